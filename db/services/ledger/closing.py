"""月结: a month's ledgers are frozen with a receipt, shown and written from what was frozen, and unlocked only with a record of it.

Closing needs a second person, one of the two being the reviewer. Nothing in the record is locked by it: what is entered later about a
closed month appears as 调整 in the next open one.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from sqlalchemy import func, select

from db.errors import Problem, Refused, refuse_any
from db.papers.closing_receipt import ReceiptFacts
from db.rules.codes import Role
from db.rules.ledger import MonthLedger, last_day
from db.rules.monthclose import (
    Frozen,
    Month,
    closing_problems,
    hindrances,
    named,
    next_number,
    next_open,
    unlock_hindrance,
)
from db.schema.case import StateRow
from db.schema.closing import MonthUnlock
from db.schema.trail import Trail
from db.services.ledger import frozenmonths, ledger
from db.services.ledger.frozenmonths import Close, Sealed
from db.services.town.placenames import AsOf, names_between
from db.sheets.findings import Ticket
from db.sheets.ledger_marks import marks
from db.store.unit import Unit

__all__ = ["Close", "Look", "MonthState", "Months", "Ready", "close", "look", "months", "prepare", "receipt", "unlock"]


@dataclass(frozen=True, slots=True)
class MonthState:
    """One month as the page lists it: ``closing`` is what closed it, None while it is open; ``earlier`` are its closings unlocked since."""

    month: Month
    closing: Close | None
    earlier: tuple[Close, ...] = ()


@dataclass(frozen=True, slots=True)
class Months:
    """Every month from the first card, newest first; ``turn`` is the one to be closed next, None without a card."""

    states: tuple[MonthState, ...]
    turn: Month | None


@dataclass(frozen=True, slots=True)
class Look:
    """A month before it is closed: its ledger (None when its figures do not come out), and every sentence that stops the closing.

    ``link`` is the last line of the trail when it was read: while the trail ends with it, nothing was entered since."""

    month: Month
    ledger: MonthLedger | None
    stops: tuple[str, ...]
    link: int = 0


@dataclass(frozen=True, slots=True)
class Ready:
    """A month made ready to be closed: what was looked at and, unless something stops it, what will be kept."""

    look: Look
    sealed: Sealed | None


def months(unit: Unit) -> Months:
    """The months with their state; two queries."""
    first, all_closes = _first_card(unit), frozenmonths.closes(unit)
    of: dict[Month, list[Close]] = {}
    for one in all_closes:
        of.setdefault(one.month, []).append(one)
    standing = [month for month, found in of.items() if found[-1].unlocked is None]
    begin = min([*of, *([(first.year, first.month)] if first else [])], default=None)
    if begin is None:
        return Months((), None)
    states = []
    now = (unit.today.year, unit.today.month)
    for n in range(now[0] * 12 + now[1] - 1, begin[0] * 12 + begin[1] - 2, -1):
        month = (n // 12, n % 12 + 1)
        found = of.get(month, [])
        closing = found[-1] if found and found[-1].unlocked is None else None
        states.append(MonthState(month, closing, tuple(one for one in found if one.unlocked is not None)))
    return Months(tuple(states), next_open(standing, first))


def look(unit: Unit, year: int, month: int) -> Look:
    """What closing a month would freeze, and what stops it."""
    of, link = (year, month), _link(unit)
    stops = list(hindrances(of, [*frozenmonths.standing(unit)], _first_card(unit), unit.today))
    try:
        found, base = ledger.built(unit, year, month)
    except Refused as refused:
        return Look(of, None, (*stops, *(p.text for p in refused.problems)), link)
    if found.receipt:
        return Look(of, found, tuple(stops), link)
    return Look(of, found, (*stops, *_faults(unit, found, base)), link)


def prepare(unit: Unit, year: int, month: int, ticket: Ticket | None = None, seen: Look | None = None) -> Ready:
    """Everything of a closing that takes time, with nothing written: ``close`` takes it while nothing else has been entered.

    ``seen`` spares the reading when nothing was entered since. Cancelled through ``ticket``.
    """
    if ticket is not None:
        ticket.report(0, 0, f"正在核对 {named((year, month))}")
    fresh = seen is not None and seen.month == (year, month) and seen.link == _link(unit)
    found = seen if seen is not None and fresh else look(unit, year, month)
    if found.ledger is None or found.stops:
        return Ready(found, None)
    earlier = frozenmonths.closes(unit)
    number = next_number((one.number for one in earlier), unit.today.year)
    replaced = [one.number for one in earlier if one.month == (year, month)][-1:]
    made = replace(found.ledger, receipt=number, closed_at=unit.now)
    what = Frozen(made, marks(made, ticket), replaced[0] if replaced else "")
    if ticket is not None:
        ticket.report(1, 1, "正在封存")
        ticket.check()
    return Ready(found, frozenmonths.seal(what))


def close(unit: Unit, year: int, month: int, note: str = "", ready: Ready | None = None) -> Close:
    """Freeze every ledger of a month under the next receipt number. Refused with everything that stops it; needs the reviewer.

    ``note`` is what the second person said to it. What was made ``ready`` is made anew when anything was entered since.
    """
    unit.require_trusted_day()
    second = _with_reviewer(unit, "月结")
    if ready is None or ready.look.month != (year, month) or ready.look.link != _link(unit):
        ready = prepare(unit, year, month)
    refuse_any([Problem(text) for text in ready.look.stops])
    assert ready.sealed is not None
    what, digest = ready.sealed.what, ready.sealed.sha256
    close_id = frozenmonths.keep(unit, ready.sealed, (unit.actor.id, second))
    counted = what.ledger.total.closing
    unit.trail(
        "月结", entity="month_close", entity_id=close_id, reason=note.strip(), month=f"{year}-{month:02d}",
        document=what.ledger.receipt, sha256=digest, households=counted.households, persons=counted.persons,
        adjusted=len(what.ledger.adjustments), replaces=what.replaces,
    )  # fmt: skip
    found = frozenmonths.of_month(unit, (year, month))
    assert found is not None
    return found


def _link(unit: Unit) -> int:
    """The number of the last line of the trail; every act adds one."""
    return unit.session.scalar(select(func.max(Trail.seq))) or 0


def unlock(unit: Unit, year: int, month: int, reason: str) -> None:
    """Open the newest closed month again; what it froze stays readable. Needs the reviewer and a reason."""
    second = _with_reviewer(unit, "解锁月结")
    if not reason.strip():
        raise Refused([Problem("请写明解锁的原因，会记入经过", "reason")])
    standing = frozenmonths.standing(unit)
    stop = unlock_hindrance((year, month), [*standing])
    if stop:
        raise Refused(stop)
    closing = standing[year, month]
    row = MonthUnlock(close_id=closing.id, at=unit.now, actor_id=unit.actor.id, second_id=second, reason=reason.strip())
    unit.session.add(row)
    unit.trail(
        "解锁月结", entity="month_close", entity_id=closing.id, reason=reason.strip(), month=f"{year}-{month:02d}",
        document=closing.number,
    )  # fmt: skip


def receipt(unit: Unit, close_id: int) -> ReceiptFacts:
    """The receipt of a closing as a paper's facts, also of one unlocked since."""
    found = next((one for one in frozenmonths.closes(unit) if one.id == close_id), None)
    if found is None:
        raise Refused("没有这一次月结，请刷新")
    kept = frozenmonths.frozen(unit, found)
    undone = found.unlocked
    return ReceiptFacts(
        kept.ledger, found.number, found.at, found.actor, found.second, found.sha256, kept.sheets, kept.replaces,
        f"{undone.at:%Y-%m-%d %H:%M} {undone.actor}、{undone.second}解锁：{undone.reason}" if undone else "",
    )  # fmt: skip


def _faults(unit: Unit, found: MonthLedger, base: MonthLedger | None) -> tuple[str, ...]:
    """R64–R66 of a month to be closed."""
    if base is None:
        return closing_problems(found, None, {})
    then, now = last_day(base.year, base.month), last_day(found.year, found.month)
    return closing_problems(found, base, names_between(unit, AsOf(then, base.closed_at), AsOf(now)))


def _first_card(unit: Unit) -> date | None:
    s = StateRow
    return unit.session.scalar(select(func.min(s.registered_on, type_=s.registered_on.type)))


def _with_reviewer(unit: Unit, what: str) -> int:
    """The id of the second person; Refused unless there is one and one of the two is the reviewer."""
    if unit.second is None or unit.second.id == unit.actor.id:
        raise Refused(f"{what}须有另一人在场，请由另一人输入密码确认")
    if Role.REVIEWER not in (unit.actor.role, unit.second.role):
        raise Refused(f"{what}须由审核人确认，请审核人输入密码")
    return unit.second.id
