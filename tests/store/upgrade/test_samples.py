"""A record of every released revision still opens, upgraded with a backup where need be, and nothing in it is lost."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.health import audit
from db.services.town import search
from db.services.town.search import Filter
from db.store.clock import FixedClock
from db.store.keyring import by_password
from db.store.revision import HEAD
from db.store.upgrade import upgrade
from tests.helpers.frozen import FOLDER, sample
from tests.helpers.record import CHEAP, CLERK, START, copy_pair, reopen

VERSIONS = Path(__file__).resolve().parents[3] / "db" / "migrations" / "versions"
REVISIONS = sorted(path.stem[:4] for path in VERSIONS.glob("[0-9]*.py"))


def test_every_revision_has_its_frozen_sample() -> None:
    assert REVISIONS[-1] == HEAD
    assert [path.stem for path in sorted(FOLDER.glob("*.huk"))] == REVISIONS


@pytest.mark.parametrize("revision", REVISIONS)
def test_a_sample_opens_with_everything_in_it(revision: str, tmp_path: Path) -> None:
    path, clock = copy_pair(sample(revision), tmp_path / "town.huk"), FixedClock(START)
    clock.pass_to(START.replace(day=26))
    made = upgrade(path, by_password(CLERK.name, CLERK.password), clock=clock, cost=CHEAP)
    assert (made is None) is (revision == HEAD)
    with reopen(path, clock=clock) as record, record.read() as unit:
        assert record.verify_chain() == []
        assert audit.faults(unit) == ()
        assert search.count(unit, Filter()) == (6, 12)
        stands = [(line.step, line.status) for line in search.lines(unit, search.ids(unit, Filter())).values()]
        assert stands == [
            (Step.NOTICE, Status.RUNNING),
            (Step.NOTICE, Status.RUNNING),
            (Step.APPRAISAL, Status.REJECTED),
            (Step.APPRAISAL, Status.RUNNING),
            (Step.VERIFICATION, Status.INCOMPLETE),
            (Step.VERIFICATION, Status.RUNNING),
        ]
