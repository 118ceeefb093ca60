"""``make bench``: how fast the program is, as ratios to what the machine could do at best, measured in the same run.

Each measurement runs in a process of its own; ours and its floor take turns. The targets: start within three times a bare window and
half of LibreOffice Calc, import within five times reading the cells, lists within twice the raw SQL and 50 ms, ledger within 1.3 times
openpyxl. Nothing fails when a target is missed; the last column says so.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from tests.speed import calc, start
from tests.speed.child import LARGE, SMALL, record_of
from tests.speed.health import HOUSEHOLDS as HEALTH_HOUSEHOLDS
from tests.speed.health import PERSONS as HEALTH_PERSONS
from tests.speed.ledgerrows import SHEETS as ROWS
from tests.speed.roster import HOUSEHOLDS, READING, WHOLE
from tests.speed.roster import LARGE as LARGE_ROSTER
from tests.speed.table import Row, render
from tests.speed.timing import Times

STARTS, CALC_STARTS, ASKINGS, CHECKS = 9, 3, 15, 5
IMPORTS = {HOUSEHOLDS: 7, LARGE_ROSTER: 2}
"""How often the roster of so many households is taken in."""
REGISTERS, FORMS = 5, 2
LEDGERS, LEDGER_SECONDS = 3, 90.0
"""Pairs of ledgers, as long as the time spent on them allows another; two at least."""
START_TARGET, CALC_TARGET, IMPORT_TARGET, LIST_TARGET, LEDGER_TARGET = 3.0, 0.5, 5.0, 2.0, 1.3
LIST_LIMIT = 0.05


def main() -> None:
    """Measure everything and print the table."""
    begun = perf_counter()
    rows: list[Row] = []
    with TemporaryDirectory(prefix="huyouka-bench-") as name:
        folder = Path(name)
        _say("making the records")
        _child("make", "both", folder)
        for part in (_starts, _imports, _lists, _health, _ledgers, _forms):
            rows += part(folder)
    print(
        f"\n{render(rows)}\n\n{os.cpu_count()} processors, {perf_counter() - begun:.0f} s in all; ratios are to the floor in"
    )
    print("the same row; memory is the peak of a process that does this alone, ours / floor.")


def _starts(folder: Path) -> Iterator[Row]:
    _say("starting the program, a bare window, LibreOffice Calc")
    ours, bare = start.measure(folder / "home", record_of(folder, SMALL), STARTS)
    yield Row("start to log-in page / bare window", ours.times, bare.times, START_TARGET, memory=(ours.peak, bare.peak))
    office = calc.measure(folder, CALC_STARTS)
    if isinstance(office, Times):
        yield Row("start to log-in page / Calc's window", ours.times, office, CALC_TARGET)
    else:
        print(f"  Calc was skipped: {office}.")


def _imports(folder: Path) -> Iterator[Row]:
    for households, runs in IMPORTS.items():
        what = f"roster-{households}"
        _say(f"taking in a roster of {households:,} households")
        first, bare = (_child(what, side, folder) for side in ("ours", "floor"))
        for part, times in _child(what, "both", folder, runs)["found"].items():
            whole = part == WHOLE
            yield Row(
                f"{part}, {households:,} households" if whole else part,
                Times(tuple(times["ours"])),
                Times(tuple(times["floor"])) if part in (WHOLE, READING) else None,
                IMPORT_TARGET if whole else None,
                memory=(first["peak"], bare["peak"]) if whole else None,
            )
        cold, cold_floor = (Times((made["found"][WHOLE],)) for made in (first, bare))
        yield Row("  the first one after a start", cold, cold_floor)


def _lists(folder: Path) -> Iterator[Row]:
    for households in (SMALL, LARGE):
        what = f"lists-{households}"
        _say(f"asking a record of {households:,} households")
        found = _child(what, "both", folder, ASKINGS)["found"]
        for name, times in found.items():
            floor = Times(tuple(times["floor"])) if "floor" in times else None
            yield Row(
                f"{name}, {households:,}",
                Times(tuple(times["ours"])),
                floor,
                LIST_TARGET if floor else None,
                LIST_LIMIT if floor else None,
                _memory(what, folder) if name == "first page" else None,
            )


def _health(folder: Path) -> Iterator[Row]:
    _say(f"looking {HEALTH_HOUSEHOLDS:,} households with {HEALTH_PERSONS:,} persons through")
    for name, times in _child("health", "both", folder, CHECKS)["found"].items():
        yield Row(name, Times(tuple(times["ours"])), Times(tuple(times["floor"])))


def _ledgers(folder: Path) -> Iterator[Row]:
    begun = perf_counter()
    sides: dict[str, list[dict[str, Any]]] = {"ours": [], "floor": []}
    for pair in range(LEDGERS):
        if pair >= 2 and perf_counter() - begun > LEDGER_SECONDS * 2 / 3:
            break
        _say(f"writing the ledger, pair {pair + 1}")
        for side, made in sides.items():
            made.append(_child("ledger", side, folder))
    ours, floor = (Times(tuple(made["found"][side] for made in found)) for side, found in sides.items())
    peaks = [max(made["peak"] for made in found) for found in sides.values()]
    yield Row(f"month ledger, {LARGE:,} households", ours, floor, LEDGER_TARGET, memory=(peaks[0], peaks[1]))
    for rows, layout in ROWS.items():
        _say(f"writing {rows:,} rows")
        both = {side: _child(f"rows-{rows}", side, folder) for side in ("ours", "floor")}
        times = {side: Times((made["found"][side],)) for side, made in both.items()}
        name = f"{layout.name}, {rows:,} × {len(layout.columns)}"
        memory = both["ours"]["peak"], both["floor"]["peak"]
        yield Row(name, times["ours"], times["floor"], LEDGER_TARGET, memory=memory)


def _forms(folder: Path) -> Iterator[Row]:
    _say(f"filling a county's form with {LARGE:,} households")
    taken = _child("register", "ours", folder, REGISTERS)
    yield Row(f"register for a form, {LARGE:,} households", Times(tuple(taken["found"]["ours"])), None, None)
    both = {side: [_child("form", side, folder) for _ in range(FORMS)] for side in ("ours", "floor")}
    ours, floor = (Times(tuple(made["found"][side] for made in found)) for side, found in both.items())
    peaks = [max(made["peak"] for made in found) for found in both.values()]
    yield Row(f"county form filled, {LARGE:,} × 10", ours, floor, LEDGER_TARGET, memory=(peaks[0], peaks[1]))


def _memory(what: str, folder: Path) -> tuple[float, float]:
    """The peak of a process that does it once, ours and the floor."""
    return _child(what, "ours", folder)["peak"], _child(what, "floor", folder)["peak"]


def _child(what: str, side: str, folder: Path, runs: int = 1) -> dict[str, Any]:
    """What `tests.speed.child` found; its own complaint goes to the screen when it fails."""
    command = [sys.executable, "-m", "tests.speed.child", what, side, str(folder), str(runs)]
    done = subprocess.run(command, cwd=start.ROOT, stdout=subprocess.PIPE, text=True, check=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def _say(what: str) -> None:
    print(f"{what} …", flush=True)


if __name__ == "__main__":
    main()
