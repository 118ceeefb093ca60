"""调整: the open month built on the newest closed one, with every difference between what was frozen and what the record says now."""

from __future__ import annotations

from sqlalchemy import literal, or_, select

from db.rules.adjustment import Adjustment
from db.rules.case import Kind
from db.rules.comparing import entries
from db.rules.ledger import MonthLedger, last_day
from db.rules.monthclose import adjusted, adjustments_of, after
from db.schema.base import Base
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.household import HouseholdChange, HouseholdVersion
from db.schema.town import VillageEvent
from db.services.ledger import deeds
from db.services.town.placenames import AsOf, names_between
from db.store.unit import Unit

_OF_THE_REGISTER = (Kind.CARDED, Kind.INHERITED, Kind.DECIDED, Kind.CORRECTED, Kind.WITHDRAWN)
"""The acts that put a household on the register or take it off."""


def is_touched(unit: Unit, frozen: MonthLedger) -> bool:
    """Whether anything was entered since a month was closed that says something of its time; four questions, each answered by one row."""
    last, since = last_day(frozen.year, frozen.month), frozen.closed_at
    e, c, v, place = EventRow, HouseholdChange, HouseholdVersion, VillageEvent
    on_register = select(CaseRow.household_id).join(StateRow, StateRow.case_id == CaseRow.id)
    then = or_(v.effective_on.is_(None), v.effective_on <= last)
    questions = (
        (e.entered_at > since) & e.kind.in_(_OF_THE_REGISTER) & ((e.acted_on <= last) | (e.kind == Kind.CORRECTED)),
        (c.entered_at > since) & (c.acted_on <= last),
        (v.at > since) & then & v.household_id.in_(on_register.where(StateRow.registered_on <= last)),
        (place.at > since) & (place.acted_on <= last),
    )
    rows: tuple[type[Base], ...] = (e, c, v, place)
    asked = zip(rows, questions, strict=True)
    return any(unit.session.scalar(select(literal(1)).select_from(row).where(where).limit(1)) for row, where in asked)


def build_on(unit: Unit, live: MonthLedger, frozen: MonthLedger, since: MonthLedger) -> MonthLedger:
    """The ledger of an open month that opens with ``frozen``; ``since`` is that month as the record has it now, ``frozen`` itself when
    nothing was entered that touches it."""
    follows = after((frozen.year, frozen.month)) == (live.year, live.month)
    found = found_since(unit, frozen, since) if follows and since is not frozen else ()
    now = AsOf(last_day(live.year, live.month))
    then = last_day(frozen.year, frozen.month)
    called = names_between(unit, AsOf(then, frozen.closed_at), now), names_between(unit, AsOf(then), now)
    return adjusted(live, frozen, since, found, called)


def found_since(unit: Unit, frozen: MonthLedger, since: MonthLedger) -> tuple[Adjustment, ...]:
    """Household by household what the record says of a closed month now and the frozen ledger does not, with reason and paper."""
    then = last_day(frozen.year, frozen.month)
    called = names_between(unit, AsOf(then, frozen.closed_at), AsOf(then))
    return adjustments_of(entries(frozen.households, since.households, deeds.known(unit, frozen, since), called))
