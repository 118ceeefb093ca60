"""From the start of the process to the first picture: our log-in page, a bare QMainWindow, LibreOffice Calc."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

from tests.speed.timing import Times

ROOT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Started:
    """How long until the picture stood, and the peak memory then, in MB."""

    times: Times
    peak: float


def measure(home: Path, record: Path, runs: int) -> tuple[Started, Started]:
    """Ours and the bare window in turn, after one start of each that is not counted."""
    commands = (["ours", str(record)], ["bare"])
    found = [[_start(home, command) for command in commands] for _ in range(runs + 1)][1:]
    ours, bare = (
        Started(Times(tuple(run[side][0] for run in found)), max(run[side][1] for run in found)) for side in (0, 1)
    )
    return ours, bare


def _start(home: Path, arguments: list[str]) -> tuple[float, float]:
    environ = {**os.environ, "QT_QPA_PLATFORM": "offscreen", "HUYOUKA_HOME": str(home), "PYTHONUTF8": "1"}
    command = [sys.executable, "-m", "tests.speed.windows", *arguments]
    begun = perf_counter()
    with subprocess.Popen(command, cwd=ROOT, env=environ, stdout=subprocess.PIPE, text=True) as running:
        assert running.stdout is not None
        told = running.stdout.readline()
        length = perf_counter() - begun
    assert running.returncode == 0, f"{arguments[0]} was not painted"
    return length, float(told)
