"""名单变化: any month's list against an earlier one, frozen or not, with cause and paper; as a workbook and as a printed list."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, func, or_, select

from db.errors import Refused
from db.papers.comparing import ChangesFacts
from db.rules.comparing import Comparison, Deed, Entry, Known, Variation, compare
from db.rules.differing import PERSON_LABELS
from db.rules.ledger import LedgerHousehold, LedgerPerson, MonthLedger, last_day
from db.rules.monthclose import Month, named
from db.rules.values import Household, Member
from db.schema.household import HouseholdVersion
from db.services.ledger import deeds, frozenmonths, ledger
from db.services.register import versions
from db.services.town.placenames import AsOf, names_between
from db.sheets import changes as workbook
from db.sheets import ledger as writer
from db.sheets.findings import Ticket
from db.store.record import Record
from db.store.unit import Unit

__all__ = ["Comparison", "Entry", "Exported", "Variation", "between", "export", "file_name", "paper"]

file_name = workbook.file_name


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, its SHA-256 in hex, and how many lines."""

    path: Path
    sha256: str
    lines: int


def between(unit: Unit, old: Month, new: Month) -> Comparison:
    """The list of ``new`` against that of ``old``. Refused when ``old`` is not the earlier one, or a month has not begun."""
    if old >= new:
        raise Refused(f"对照的月份要早于 {named(new)}，请另选一个月")
    earlier, later = (_as_it_was(unit, ledger.month(unit, *month)) for month in (old, new))
    known = _until(deeds.known(unit, earlier, later), later)
    then, now = AsOf(last_day(*old), earlier.closed_at), AsOf(last_day(*new), later.closed_at)
    return compare(earlier, later, known, names_between(unit, then, now))


def paper(unit: Unit, comparison: Comparison, entries: Sequence[Entry]) -> ChangesFacts:
    """These entries of a comparison as a paper's facts."""
    return ChangesFacts(comparison, tuple(entries), unit.today, unit.actor.name)


def export(record: Record, comparison: Comparison, entries: Sequence[Entry], path: Path, ticket: Ticket) -> Exported:
    """Write the list and the figures of every village to a workbook, with a line in the trail; either both or neither."""
    with ExitStack() as held:
        digest = ""

        def seal(fresh: Path) -> None:
            nonlocal digest
            with fresh.open("rb") as file:
                digest = hashlib.file_digest(file, "sha256").hexdigest()
            unit = held.enter_context(record.write())
            unit.trail(
                "导出名单变化", entity="ledger", month="{}-{:02d}".format(*comparison.new_month), sha256=digest, count=len(entries)
            )  # fmt: skip

        writer.write(workbook.sheets(comparison, entries), path, ticket, made=record.clock.now(), seal=seal)
    return Exported(path, digest, len(entries))


def _until(known: Known, later: MonthLedger) -> Known:
    """Without the corrections that came after the newer list's last day: they are not on it."""
    if later.closed_at is not None:
        return known
    last = last_day(later.year, later.month)
    kept: dict[int, Sequence[Deed]] = {
        household_id: found
        for household_id, all_of in known.edits.items()
        if (found := [d for d in all_of if d.entered_on is None or d.entered_on <= last])
    }
    return replace(known, edits=kept)


def _as_it_was(unit: Unit, found: MonthLedger) -> MonthLedger:
    """An open month that is over, with the particulars as they stood on its last day; a frozen one has them.

    What was entered before the closing it is built on stands in that frozen list already, so it stands in this one too.
    """
    last = last_day(found.year, found.month)
    if found.closed_at is not None or last >= unit.today:
        return found
    base = frozenmonths.newest_before(frozenmonths.standing(unit), (found.year, found.month))
    before = versions.of_many(unit, _last_versions(unit, last, base.at if base else None).items())
    if not before:
        return found
    homes = tuple(
        _with(home, before[home.household_id]) if home.household_id in before else home for home in found.households
    )
    return replace(found, households=homes)


def _last_versions(unit: Unit, last: date, frozen_at: datetime | None) -> Mapping[int, int]:
    """Household id -> its newest version in effect by that day or entered by ``frozen_at``, of those saved again since; one query.

    The first one stands for the time before it was entered.
    """
    v = HouseholdVersion
    in_effect: ColumnElement[bool] = func.coalesce(v.effective_on, func.substr(v.at, 1, 10)) <= last
    if frozen_at is not None:
        in_effect = or_(in_effect, v.at <= frozen_at)
    known = func.coalesce(func.max(v.version).filter(in_effect), func.min(v.version))
    query = select(v.household_id, known).group_by(v.household_id).having(known < func.max(v.version))
    return {row[0]: row[1] for row in unit.session.execute(query)}


def _with(home: LedgerHousehold, then: Household) -> LedgerHousehold:
    """The particulars of a version, for the people that the list has."""
    people = {m.id_number or m.name: m for m in then.members}
    same_head = then.head_name == home.head_name
    return replace(
        home,
        head_id=then.head_id if same_head else home.head_id,
        attribute=then.attribute,
        able=then.able,
        main_cause=then.main_cause,
        other_causes="、".join(c.label for c in (then.other_cause_1, then.other_cause_2) if c is not None),
        housing_grade=then.housing_grade,
        phone=then.phone,
        remark=then.remark,
        persons=tuple(_person(p, people[p.key]) if p.key in people else p for p in home.persons),
    )


_OF_PERSON = tuple(key for key in PERSON_LABELS if key not in ("name", "id_number"))


def _person(person: LedgerPerson, then: Member) -> LedgerPerson:
    return replace(person, **{key: getattr(then, key) for key in _OF_PERSON})
