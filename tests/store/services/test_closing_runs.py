"""Any run of changes with months closed in between: every month comes out, and the list's changes say what the month's sheet counts."""

from __future__ import annotations

import random
from datetime import timedelta

import pytest

from db.errors import Refused
from db.rules.changes import Change
from db.rules.comparing import Comparison, Variation, problems
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.ledger import problems as figure_problems
from db.services.changes import changes
from db.services.ledger import closing, comparing, ledger
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from tests.helpers.changes import family, on_register
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk
from tests.store.services.test_movements import DAYS, proposals


def _month(desk: Desk, month: int) -> MonthLedger:
    found = desk.see(ledger.month, 2016, month)
    assert isinstance(found, MonthLedger)
    return found


def _change(desk: Desk, dice: random.Random) -> bool:
    homes = list(desk.see(lambda unit: households.get_many(unit, search.ids(unit, Filter()))).values())
    if len(homes) < 3:
        return False
    home, day = dice.choice(homes), dice.choice(DAYS)
    others = [h for h in homes if h.id != home.id]
    found: tuple[Change, int] = dice.choice(list(proposals(home, others, day, dice)))
    try:
        desk.do(changes.apply, home.id, home.version, *found, second=vouch(desk.record))
    except Refused:
        return False
    desk.clock.pass_time(timedelta(minutes=1))
    return True


def _close(desk: Desk, month: int) -> None:
    desk.do(closing.close, 2016, month, second=vouch(desk.record))
    desk.clock.pass_time(timedelta(minutes=1))


def _as_the_sheet_says(found: Comparison, month: MonthLedger) -> None:
    """The list's kinds against 月报汇总表 of the same month."""
    moved, told = month.total.movement, {kind: tally.counts for kind, tally in found.tallies.items()}
    assert told[Variation.ADDED] == moved.added
    assert told[Variation.ENDED] == Count() - moved.ended
    assert told[Variation.CANCELLED] == Count() - moved.cancelled
    assert (told[Variation.SPLIT], told[Variation.MERGED]) == (Count(moved.split, 0), Count(-moved.merged, 0))
    assert (told[Variation.JOINED], told[Variation.LEFT]) == (Count(0, moved.natural_in), Count(0, -moved.natural_out))
    assert told[Variation.ADJUSTED] == moved.adjusted


@pytest.mark.parametrize("seed", range(2))
def test_every_month_comes_out_whatever_is_entered_late(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    desk.clock.pass_time(timedelta(days=115))
    for serial in range(1, 7):
        on_register(desk, family(serial, village="小拔村" if serial % 2 else "华南村"), f"华南-2016-{serial:04d}")
    made = 0
    for months in ((5, 6), (7,), (8,), ()):
        made += sum(_change(desk, dice) for _ in range(9))
        for month in (6, 7, 8, 9):
            now = _month(desk, month)
            assert figure_problems(now) == ()
            assert sum((a.counts for a in now.adjustments), Count()) == now.total.movement.adjusted
            found = desk.see(comparing.between, (2016, month - 1), (2016, month))
            assert problems(found) == ()
            _as_the_sheet_says(found, now)
        for month in months:
            _close(desk, month)
    assert made >= 10
    assert any(_month(desk, month).adjustments for month in (7, 8, 9))
