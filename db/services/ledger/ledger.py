"""台账: the register of a month with its summary.

The register of a month is every household whose card was made on or before its last day and that had not left by then. Head-counts and
particulars are those the record holds now, and of households that have changed since, those before that change. Whatever the size of
the town, it is read with a dozen queries.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Row, Select, case, func, select
from sqlalchemy.orm import aliased

from db.errors import Problem, Refused
from db.rules import income
from db.rules.case import Status
from db.rules.codes import Relation
from db.rules.ledger import (
    Earned,
    Gone,
    LedgerHousehold,
    LedgerPerson,
    MonthLedger,
    last_day,
    problems,
    summarise,
    total_of,
)
from db.rules.monthclose import after
from db.rules.turns import turn_problems
from db.rules.values import Household, Income
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow, IncomeRow, MemberRow
from db.schema.town import Group, Village
from db.services.changes.movements import Movements, movements
from db.services.ledger import adjusting, frozenmonths, turns
from db.services.town import town
from db.services.town.placenames import Place, moves, names_on, place_on
from db.store.unit import Unit


def month(unit: Unit, year: int, month: int) -> MonthLedger:
    """The ledger of a month: as it was frozen when the month is closed, else as ``recorded``, built on the newest closed month with what
    was adjusted of it since."""
    return built(unit, year, month)[0]


def built(unit: Unit, year: int, month: int) -> tuple[MonthLedger, MonthLedger | None]:
    """The ledger of a month, and the frozen one an open month is built on (None for a closed one, and before the first closing)."""
    closed = frozenmonths.standing(unit)
    if (year, month) in closed:
        return frozenmonths.frozen(unit, closed[year, month]).ledger, None
    live = recorded(unit, year, month)
    base = frozenmonths.newest_before(closed, (year, month))
    if base is None:
        return live, None
    frozen = frozenmonths.frozen(unit, base).ledger
    needed = after(base.month) != (year, month) or adjusting.is_touched(unit, frozen)
    since = recorded(unit, *base.month) if needed else frozen
    return adjusting.build_on(unit, live, frozen, since), frozen


def recorded(unit: Unit, year: int, month: int) -> MonthLedger:
    """The ledger of a month as the record has it now, closed or not. Refused when the month has not begun, or with a sentence for every
    figure that does not come out."""
    last = last_day(year, month)
    if last.replace(day=1) > unit.today:
        raise Refused(f"{year}年{month}月还没有到，不能出台账")
    place = town.town(unit)
    moved = movements(unit, last)
    registered, left = _registered_rows(unit, last), _left_rows(unit, last)
    called = _called(unit, {row.id for row in (*registered, *left)}, last)
    homes, ended = _households(unit, last, moved, registered, called)
    gone = (*_gone(left, moved, called), *ended)
    villages = summarise(names_on(unit, last), homes, year, month, gone)
    ledger = MonthLedger(
        place.province, place.city, place.county, place.name, year, month, homes, villages, total_of(place.name, villages),
        gone=gone, turns=turns.told(unit, homes, gone, date(year, 1, 1)),
    )  # fmt: skip
    found = (*problems(ledger), *turn_problems(ledger))
    if found:
        raise Refused([Problem(text) for text in found])
    return ledger


def _registered(last: date, *columns: Any) -> Select[Any]:
    """``columns`` of households on the register on that day, with their village, group, case and state at hand."""
    return (
        select(*columns)
        .select_from(StateRow)
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(StateRow.status == Status.REGISTERED, StateRow.registered_on <= last)
        .where(CaseRow.id.not_in(_superseded(last)))
    )


def _superseded(last: date) -> Select[Any]:
    """Cases of households that were removed from the register afterwards, up to a day; who came back has a newer case."""
    removed, of, earlier = aliased(StateRow), aliased(CaseRow), aliased(CaseRow)
    return (
        select(earlier.id)
        .select_from(removed)
        .join(of, of.id == removed.case_id)
        .join(earlier, (earlier.household_id == of.household_id) & (earlier.id < of.id))
        .where(removed.step.is_(None), removed.status == Status.REMOVED, removed.since <= last)
    )


def _left_rows(unit: Unit, last: date) -> Sequence[Row[*tuple[Any, ...]]]:
    """Who was taken off the register up to that day, each leaving with the registration before it."""
    removed, of = aliased(StateRow), aliased(CaseRow)
    query = (
        select(
            HouseholdRow.id,
            Village.name.label("village"),
            Group.name.label("group"),
            HouseholdRow.head_name,
            removed.card_number,
            HouseholdRow.size,
            func.max(StateRow.registered_on, type_=StateRow.registered_on.type).label("registered_on"),
            removed.since,
        )
        .select_from(removed)
        .join(of, of.id == removed.case_id)
        .join(CaseRow, (CaseRow.household_id == of.household_id) & (CaseRow.id < of.id))
        .join(StateRow, (StateRow.case_id == CaseRow.id) & (StateRow.status == Status.REGISTERED))
        .join(HouseholdRow, HouseholdRow.id == of.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
        .where(removed.step.is_(None), removed.status == Status.REMOVED, removed.since <= last)
        .group_by(of.id)
    )
    return unit.session.execute(query).all()


def _gone(rows: Iterable[Row[Any]], moved: Movements, called: Mapping[int, Place]) -> Iterator[Gone]:
    for row in rows:
        assert row.registered_on is not None
        split = moved.split_off(row.id, row.registered_on)
        empty_on = moved.dissolved.get(row.id)
        if empty_on is not None and empty_on < row.since:  # its last member had died by then: 销户 came first
            yield _ended(row, called, empty_on, moved)
            continue
        size = moved.size_at_leaving(row.id, row.since, _size(row.id, row.size, moved))
        shifts = moved.since(row.id, row.registered_on, row.since)
        place = called.get(row.id, Place(row.village, row.group))
        yield Gone(
            place.village, size, row.registered_on, row.since, shifts, split, True, row.id, place.group, row.card_number,
            row.head_name,
        )  # fmt: skip


def _ended(row: Row[Any], called: Mapping[int, Place], on: date, moved: Movements) -> Gone:
    """A household on the register that was dissolved or merged."""
    place = called.get(row.id, Place(row.village, row.group))
    split, shifts = moved.split_off(row.id, row.registered_on), moved.since(row.id, row.registered_on)
    left_on = max(on, row.registered_on)
    return Gone(
        place.village, 0, row.registered_on, left_on, shifts, split, False, row.id, place.group, row.card_number, row.head_name
    )  # fmt: skip


def _size(household_id: int, now: int, moved: Movements) -> int:
    """The people of a household at the end of the month."""
    return moved.later[household_id].size if household_id in moved.later else now


def _registered_rows(unit: Unit, last: date) -> Sequence[Row[Any]]:
    """Who came on the register up to that day and was not taken off it since, by village, group and number."""
    h = HouseholdRow
    query = (
        _registered(
            last, h.id, Village.name.label("village"), Group.name.label("group"), StateRow.card_number, h.head_name,
            h.head_sex, h.head_id, h.size, h.able_count, h.attribute, h.able, h.main_cause, h.other_cause_1,
            h.other_cause_2, h.housing_grade, h.phone, h.remark, StateRow.registered_on,
        )
        .join(Village, Village.id == h.village_id)
        .join(Group, Group.id == h.group_id)
        .order_by(Village.position, Group.position, StateRow.card_number, h.id)
    )  # fmt: skip
    return unit.session.execute(query).all()


def _households(
    unit: Unit, last: date, moved: Movements, rows: Sequence[Row[Any]], called: Mapping[int, Place]
) -> tuple[tuple[LedgerHousehold, ...], tuple[Gone, ...]]:
    """The households on the register at the end of the month, and those that were dissolved or merged by then."""
    persons, figures = _persons(unit, last), _incomes(unit, last, moved)
    identified = _identified({row.id: row.registered_on for row in rows}, moved)
    homes, ended = [], []
    for row in rows:
        left_on, split = moved.dissolved.get(row.id), moved.split_off(row.id, row.registered_on)
        if left_on is not None:
            ended.append(_ended(row, called, left_on, moved))
        else:
            since: dict[str, Any] = {
                "shifts": moved.since(row.id, row.registered_on), "split_off": split, "identified_on": identified.get(row.id)
            }  # fmt: skip
            made = _household(row, persons.get(row.id, []), {**figures.get(row.id, {}), **since})
            made = _as_it_was(made, moved.later[row.id]) if row.id in moved.later else made
            homes.append(
                replace(made, village=called[row.id].village, group=called[row.id].group) if row.id in called else made
            )
    return tuple(homes), tuple(ended)


def _called(unit: Unit, ids: Iterable[int], last: date) -> dict[int, Place]:
    """Where households were at the end of the month, of those that are elsewhere or called otherwise since."""
    found = ((i, place_on(moved, last)) for i, moved in moves(unit, list(ids)).items())
    return {i: place for i, place in found if place is not None}


def _identified(registered: Mapping[int, date], moved: Movements) -> dict[int, date]:
    """The day a part split off was identified: that of its household of origin."""
    found = {}
    for child in moved.origins.keys() & registered.keys():
        if not moved.split_off(child, registered[child]):
            continue
        origin = moved.origins[child][0]
        while origin in moved.origins and moved.split_off(origin, registered.get(origin, moved.origins[origin][1])):
            origin = moved.origins[origin][0]
        found[child] = registered.get(origin, registered[child])
    return found


def _as_it_was(now: LedgerHousehold, then: Household) -> LedgerHousehold:
    """A household that has changed since the month, with the people and particulars it had."""
    people = sorted(then.members, key=lambda m: m.relation is not Relation.HEAD)
    return replace(
        now,
        group=then.group,
        head_name=then.head_name,
        head_sex=then.head_sex,
        head_id=then.head_id,
        size=then.size,
        able_count=sum(1 for m in then.members if m.labour is not None and m.labour.able),
        able=then.able,
        phone=then.phone,
        persons=tuple(
            LedgerPerson(m.name, m.id_number, m.relation, m.ethnicity, m.education, m.schooling, m.health, m.labour)
            for m in people
        ),
    )


def _household(row: Row[Any], persons: Sequence[LedgerPerson], more: Mapping[str, Any]) -> LedgerHousehold:
    return LedgerHousehold(
        household_id=row.id,
        village=row.village,
        group=row.group,
        number=row.card_number,
        head_name=row.head_name,
        head_sex=row.head_sex,
        head_id=row.head_id,
        size=row.size,
        able_count=row.able_count,
        attribute=row.attribute,
        able=row.able,
        main_cause=row.main_cause,
        other_causes="、".join(cause.label for cause in (row.other_cause_1, row.other_cause_2) if cause is not None),
        housing_grade=row.housing_grade,
        phone=row.phone,
        remark=row.remark,
        registered_on=row.registered_on,
        persons=tuple(persons),
        **{**_UNASKED, **more},
    )


_UNASKED: dict[str, Any] = {"disposable_per_head": None, "net_per_head": None}
"""What a household says that has no income sheet."""


def _persons(unit: Unit, last: date) -> dict[int, list[LedgerPerson]]:
    m = MemberRow
    query = (
        _registered(
            last, m.household_id, m.name, m.id_number, m.relation, m.ethnicity, m.education, m.schooling, m.health, m.labour
        )
        .join(m, m.household_id == HouseholdRow.id)
        .where(m.live)
        .order_by(m.household_id, case((m.relation == Relation.HEAD, 0), else_=1), m.position)
    )  # fmt: skip
    found: dict[int, list[LedgerPerson]] = {}
    for household_id, *columns in unit.session.execute(query):
        found.setdefault(household_id, []).append(LedgerPerson(*columns))
    return found


def _incomes(unit: Unit, last: date, moved: Movements) -> Mapping[int, Mapping[str, Any]]:
    """What the newest income sheet up to the ledger's year comes to, by the people of the month: each household's own boxes of it."""
    i = IncomeRow
    query = (
        _registered(
            last, i.household_id, HouseholdRow.size, i.year, i.wages, i.business, i.property, i.transfer, i.business_cost,
            i.transfer_cost,
        )
        .join(i, i.household_id == HouseholdRow.id)
        .where(i.year <= last.year)
        .order_by(i.year)
    )  # fmt: skip
    found = {}
    for household_id, now, *items in unit.session.execute(query):
        sheet = Income(*items)
        size = _size(household_id, now, moved)
        if not size:  # dissolved by then
            continue
        sums = income.totals(sheet)
        found[household_id] = {
            "disposable_per_head": income.cents_a_head(sums.disposable, size),
            "net_per_head": income.cents_a_head(sums.net, size),
            "earned": Earned(sheet.year, sums.gross, sums.gross - sums.disposable, sums.disposable),
        }
    return found
