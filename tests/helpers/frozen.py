"""Makes the frozen sample of the newest revision: ``python -m tests.helpers.frozen`` writes it once, when the revision is released.

A sample is never written anew. Every later program must open it, by upgrading it, with all that is in it.
"""

from __future__ import annotations

import sys
from datetime import date, timedelta
from pathlib import Path

from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.notices import notices
from db.services.town import town as town_service
from db.store.clock import FixedClock
from db.store.keys import keys_path
from db.store.record import Record
from db.store.revision import HEAD
from tests.helpers import town
from tests.helpers.record import START, create, reopen

FOLDER = Path(__file__).resolve().parents[1] / "store" / "upgrade"
PLACES = ("村委会", "第一组", "第二组", "第三组")


def sample(revision: str) -> Path:
    """Where the sample of a revision lies; its keys file lies beside it."""
    return FOLDER / f"{revision}.huk"


def fill(record: Record, clock: FixedClock) -> None:
    """Six households: two on a posted notice, one voted down, one before the assembly, one visit incomplete, one only filed."""
    ids = []
    with record.write() as unit:
        ids = [applications.file(unit, town.household(n)).household_id for n in range(1, 7)]
    with record.read() as unit:
        of = cases.case_of(unit, ids)
    found = [of[i] for i in ids]
    with record.write() as unit:
        verification.record(unit, [Visit(i, town.visit()) for i in found[:4]])
        verification.record(unit, [Visit(found[4], town.visit(signed_surveyors=1))])
    with record.write() as unit:
        votes = [Vote(i, 38, 2, 1) for i in found[:2]] + [Vote(found[2], 10, 30, 1)]
        appraisals.record(unit, town.meeting(), votes)
    with record.write() as unit:
        notice = notices.create(unit, town_service.villages(unit)[0].id, found[:2])
        notices.post(unit, notice, dict.fromkeys(PLACES, (date(2016, 5, 25), "")))
    clock.pass_time(timedelta(hours=1))


def main() -> int:
    """Write the sample of the newest revision; 1 when there is one already."""
    path = sample(HEAD)
    if path.exists():
        sys.stderr.write(f"{path.name} is frozen\n")
        return 1
    FOLDER.mkdir(exist_ok=True)
    clock = FixedClock(START)
    create(path, town.set_up, clock)
    record = reopen(path, clock=clock)
    fill(record, clock)
    record.close()
    for half in (path, keys_path(path)):
        sys.stdout.write(f"{half.name}: {half.stat().st_size} bytes\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
