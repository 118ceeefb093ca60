"""One measurement in a process of its own: ``python -m tests.speed.child WHAT SIDE FOLDER RUNS`` prints one JSON object.

``WHAT`` is make, lists-552, lists-20000, roster-552, roster-6289, health, ledger, register, form or rows-20000, rows-200000; ``SIDE`` is both (times in turn), ours or floor (once, for the memory).
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

from tests.speed.timing import peak_mb

SMALL, LARGE = 552, 20_000


def record_of(folder: Path, households: int, *, registered: bool = False) -> Path:
    """Where the record of so many households lies."""
    return folder / f"{'ledger' if registered else 'lists'}-{households}.huk"


def run(what: str, side: str, folder: Path, runs: int) -> dict[str, Any]:
    """Do one measurement; what is imported here is all that its process holds."""
    if what == "make":
        return _make(folder)
    if what in ("ledger", "form", "register"):
        return _registered(record_of(folder, LARGE, registered=True), what, side, runs)
    if what.startswith("rows-"):
        from tests.speed import ledgerrows

        return {side: getattr(ledgerrows, side)(folder, int(what.removeprefix("rows-")))}
    if what.startswith("roster-"):
        from tests.speed import roster

        households = int(what.removeprefix("roster-"))
        return roster.measure(folder, runs, households) if side == "both" else roster.once(folder, side, households)
    if what == "health":
        from tests.speed import health

        path = folder / "health.huk"
        return health.measure(path, runs) if side == "both" else health.once(path)
    return _lists(record_of(folder, int(what.removeprefix("lists-"))), side, runs)


def _registered(record: Path, what: str, side: str, runs: int) -> dict[str, Any]:
    """What is drawn from a town whose households are all on the register."""
    if what == "ledger":
        from tests.speed import ledger

        return {side: getattr(ledger, side)(record)}
    from tests.speed import countyform

    return countyform.registers(record, runs) if what == "register" else {side: getattr(countyform, side)(record)}


def _lists(path: Path, side: str, runs: int) -> dict[str, Any]:
    if side == "floor":
        from tests.speed import raw

        raw.once(path)
        return {}
    from tests.speed import lists

    return lists.measure(path, runs) if side == "both" else lists.once(path)


def _make(folder: Path) -> dict[str, Any]:
    from tests.speed import countyform, health, ledger, roster, town

    roster.prepare(folder)
    health.prepare(folder / "health.huk")
    for households in (SMALL, LARGE):
        town.make(record_of(folder, households), households, registered=False)
    registered = record_of(folder, LARGE, registered=True)
    town.make(registered, LARGE, registered=True)
    ledger.prepare(registered)
    countyform.prepare(registered)
    return {}


if __name__ == "__main__":
    found = run(sys.argv[1], sys.argv[2], Path(sys.argv[3]), int(sys.argv[4]))
    sys.stdout.write(json.dumps({"peak": peak_mb(), "found": found}))
