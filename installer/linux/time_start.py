"""How long the installed program takes from its start until the clerk can type, and everything the screen showed meanwhile.

Usage: ``python installer/linux/time_start.py PROGRAM [RECORD] [--runs 5] [--cold] [--pictures FOLDER]``. A screen of its own (Xvfb, with
openbox where there is one) is read 200 times a second out of its memory, so that looking costs the program nothing, and a letter is
typed over and over until it appears. ``--cold`` (root) empties the file cache before each start.
"""

from __future__ import annotations

import argparse
import mmap
import os
import shutil
import statistics
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

WIDE, HIGH = 1366, 768
LOOK = 0.005
TYPE = 0.03
LIMIT = 30.0
SHOWN = 0.2
"""The part of the screen that must differ from the empty one before it counts as a window."""
LETTER = 4
"""A change at least so many pixels wide and high, and no wider than a few letters, is what was typed; the blinking mark is thinner."""


class Screen:
    """The picture Xvfb keeps in a file."""

    def __init__(self, file: Path) -> None:
        with file.open("rb") as opened:
            self._memory = mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ)
        head = struct.unpack(">25I", self._memory[:100])
        self._begin, self._line = head[0] + head[19] * 12, head[12]

    def rows(self) -> bytes:
        """All pixels, four bytes each, line by line."""
        return self._memory[self._begin : self._begin + self._line * HIGH]


@dataclass(slots=True)
class Run:
    """Seconds from the start of the process; ``changes`` are the pictures that differed from the one before."""

    first: float = 0.0
    shown: float = 0.0
    usable: float = 0.0
    changes: list[tuple[float, bytes]] = field(default_factory=list)


def main(arguments: Sequence[str] | None = None) -> int:
    """Print each run and the medians."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "program", type=Path, nargs="+", help="the program and what it is started with, a record perhaps"
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--pictures", type=Path, help="keep every picture of the last run here")
    wanted = parser.parse_args(arguments)
    command = [str(part) for part in wanted.program]
    with screen_of_its_own() as (screen, environ):
        runs = [_start(command, screen, environ, cold=wanted.cold) for _ in range(wanted.runs + 1)][1:]
    for run in runs:
        sys.stdout.write(f"first pixel {run.first:.3f}  window {run.shown:.3f}  usable {run.usable:.3f} s\n")
    middle = [statistics.median(getattr(run, name) for run in runs) for name in ("first", "shown", "usable")]
    sys.stdout.write("median: first pixel {:.3f}  window {:.3f}  usable {:.3f} s\n".format(*middle))
    if wanted.pictures:
        _keep(runs[-1], wanted.pictures)
    return 0


@contextmanager
def screen_of_its_own() -> Iterator[tuple[Screen, dict[str, str]]]:
    """An empty screen, and the environment of a clerk who never used the program."""
    with tempfile.TemporaryDirectory() as folder:
        read, write = os.pipe()
        size = f"{WIDE}x{HIGH}x24"
        command = ["Xvfb", "-displayfd", str(write), "-screen", "0", size, "-fbdir", folder, "-nolisten", "tcp"]
        server = subprocess.Popen(command, pass_fds=(write,), stderr=subprocess.DEVNULL)
        display = f":{os.read(read, 16).decode().strip()}"
        home = Path(folder) / "home"
        home.mkdir()
        environ = {**os.environ, "DISPLAY": display, "HOME": str(home), "HUYOUKA_HOME": str(home)}
        environ.pop("QT_QPA_PLATFORM", None)
        manager = subprocess.Popen(["openbox"], env=environ) if shutil.which("openbox") else None
        try:
            time.sleep(1)
            yield Screen(Path(folder) / "Xvfb_screen0"), environ
        finally:
            for process in (manager, server):
                if process is not None:
                    process.terminate()
                    process.wait()


def _start(command: Sequence[str], screen: Screen, environ: dict[str, str], *, cold: bool) -> Run:
    if cold:
        os.sync()
        Path("/proc/sys/vm/drop_caches").write_text("3", encoding="ascii")
    empty = screen.rows()
    begun = time.perf_counter()
    with subprocess.Popen(command, env=environ) as process:
        try:
            return _watch(screen, empty, begun, environ)
        finally:
            process.terminate()
            process.wait()
            while screen.rows() != empty:
                time.sleep(LOOK)


def _watch(screen: Screen, empty: bytes, begun: float, environ: dict[str, str]) -> Run:
    run, before, typed = Run(), empty, 0.0
    while (now := time.perf_counter() - begun) < LIMIT:
        picture = screen.rows()
        if picture != before:
            run.changes.append((now, picture))
            run.first = run.first or now
            if run.shown and _is_letter(before, picture):
                run.usable = now
                return run
            if not run.shown and _differing(empty, picture) > SHOWN:
                run.shown = now
            before = picture
        if run.first and now - typed > TYPE:
            subprocess.Popen(["xdotool", "key", "a"], env=environ)
            typed = now
        time.sleep(LOOK)
    raise SystemExit("nothing that was typed appeared within half a minute")


def _differing(one: bytes, other: bytes) -> float:
    step = WIDE * 4 * 8
    lines = range(0, len(one), step)
    return sum(one[n : n + WIDE * 4] != other[n : n + WIDE * 4] for n in lines) / len(lines)


def _is_letter(before: bytes, after: bytes) -> bool:
    line = WIDE * 4
    rows = [n for n in range(HIGH) if before[n * line : (n + 1) * line] != after[n * line : (n + 1) * line]]
    if not LETTER <= len(rows) <= 40:
        return False
    columns: set[int] = set()
    for n in rows:
        one, other = before[n * line : (n + 1) * line], after[n * line : (n + 1) * line]
        columns.update(x for x in range(WIDE) if one[x * 4 : x * 4 + 3] != other[x * 4 : x * 4 + 3])
    return LETTER <= max(columns) - min(columns) + 1 <= 80 if columns else False


def _keep(run: Run, folder: Path) -> None:
    from PySide6.QtGui import QImage

    folder.mkdir(parents=True, exist_ok=True)
    for at, picture in run.changes:
        image = QImage(picture, WIDE, HIGH, len(picture) // HIGH, QImage.Format.Format_RGB32)
        image.save(str(folder / f"{at * 1000:05.0f}ms.png"))


if __name__ == "__main__":
    raise SystemExit(main())
