"""调整: the open month built on the newest closed one, with every difference between what was frozen and what the record says now."""

from __future__ import annotations

from db.rules.adjustment import Adjustment
from db.rules.comparing import entries
from db.rules.ledger import MonthLedger, last_day
from db.rules.monthclose import adjusted, adjustments_of
from db.services import deeds
from db.services.placenames import AsOf, names_between
from db.store.unit import Unit


def build_on(unit: Unit, live: MonthLedger, frozen: MonthLedger, since: MonthLedger) -> MonthLedger:
    """The ledger of an open month that opens with ``frozen``; ``since`` is that month as the record has it now."""
    found = found_since(unit, frozen, since)
    now = AsOf(last_day(live.year, live.month))
    then = last_day(frozen.year, frozen.month)
    called = names_between(unit, AsOf(then, frozen.closed_at), now), names_between(unit, AsOf(then), now)
    return adjusted(live, frozen, since, found, called)


def found_since(unit: Unit, frozen: MonthLedger, since: MonthLedger) -> tuple[Adjustment, ...]:
    """Household by household what the record says of a closed month now and the frozen ledger does not, with reason and paper."""
    then = last_day(frozen.year, frozen.month)
    called = names_between(unit, AsOf(then, frozen.closed_at), AsOf(then))
    return adjustments_of(entries(frozen.households, since.households, deeds.known(unit, frozen, since), called))
