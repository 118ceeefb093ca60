"""Times and memory: two things measured in turn, so that a machine that slows down slows both, and the peak the kernel saw."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

Job = Callable[[], object]


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of each run, in the order they were run."""

    runs: tuple[float, ...]

    @property
    def best(self) -> float:
        """The fastest run: what the machine can do when nothing disturbs it."""
        return min(self.runs)

    @property
    def median(self) -> float:
        """The run in the middle."""
        return statistics.median(self.runs)


def seconds(job: Job) -> float:
    """How long ``job`` takes."""
    start = time.perf_counter()
    job()
    return time.perf_counter() - start


def alternate(ours: Job, floor: Job, runs: int) -> tuple[Times, Times]:
    """Both jobs, one run of each not counted, then ``runs`` times in turn."""
    ours(), floor()
    pairs = [(seconds(ours), seconds(floor)) for _ in range(runs)]
    return Times(tuple(a for a, _ in pairs)), Times(tuple(b for _, b in pairs))


def peak_mb(status: Path = Path("/proc/self/status")) -> float:
    """The most memory this process ever held, in MB (VmHWM); 0 where the system does not say."""
    if not status.exists():
        return 0.0
    found = (line.split() for line in status.read_text(encoding="ascii").splitlines())
    return next((int(words[1]) / 1024 for words in found if words[0] == "VmHWM:"), 0.0)
