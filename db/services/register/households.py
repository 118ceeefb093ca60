"""Households in and out of the record: read whole, saved whole with their members and income, every version kept.

Saving counts the members itself, refuses an ID number that another live person has (R03), and locks what a posted notice has printed.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import delete, select, update

from db.errors import Problem, Refused
from db.rules.case import Status
from db.rules.checks import check_household
from db.rules.codes import Relation
from db.rules.values import Household, Income, Living, Member
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow, HouseholdVersion, IncomeRow, MemberRow
from db.schema.living import LivingRow
from db.services.bulk import among, insert_rows
from db.services.register.snapshots import snapshot
from db.services.town.town import VillageInfo, villages
from db.store import practising
from db.store.pinyin import initials
from db.store.unit import Unit

_PARTS = frozenset({"village", "group", "size_stated", "able_stated", "income", "living", "members", "id", "version"})
_PLAIN = tuple(f.name for f in fields(Household) if f.name not in _PARTS)
_OF_HOUSEHOLD = ("id", "village_id", "group_id", "size", "able_count", "version", *_PLAIN)
_OF_MEMBER = tuple(f.name for f in fields(Member))
_MEMBER = tuple(name for name in _OF_MEMBER if name != "id")
_INCOME = tuple(f.name for f in fields(Income))
_LIVING = tuple(f.name for f in fields(Living))


@dataclass(frozen=True, slots=True)
class Saved:
    """What one save did: the household, its new version, and the warnings it came in with."""

    household_id: int
    version: int
    warnings: tuple[Problem, ...] = ()


def get(unit: Unit, household_id: int) -> Household:
    """One household whole; Refused when the record has none of that number."""
    found = get_many(unit, [household_id])
    if household_id not in found:
        raise Refused("档案里没有这一户，可能已被删除，请刷新列表")
    return found[household_id]


def get_many(unit: Unit, household_ids: Iterable[int]) -> dict[int, Household]:
    """Households by id with members, newest income and way of living; five queries however many."""
    ids = list(household_ids)
    if not ids:
        return {}
    places = {(v.id, g.id): (v.name, g.name) for v in villages(unit) for g in v.groups}
    members: dict[int, list[Member]] = {}
    m, i, h = MemberRow.__table__.c, IncomeRow.__table__.c, HouseholdRow.__table__
    query = select(m.household_id, *(m[key] for key in _OF_MEMBER)).where(among(m.household_id, ids), m.live)
    for household_id, *facts in unit.session.execute(query.order_by(m.household_id, m.position)):
        members.setdefault(household_id, []).append(Member(*facts))
    sheets = select(i.household_id, *(i[key] for key in _INCOME)).where(among(i.household_id, ids))
    incomes = {of: Income(*facts) for of, *facts in unit.session.execute(sheets.order_by(i.year))}
    how = LivingRow.__table__.c
    asked = select(how.household_id, *(how[key] for key in _LIVING)).where(among(how.household_id, ids))
    livings = {of: Living(*facts) for of, *facts in unit.session.execute(asked)}
    found = {}
    for row in unit.session.execute(select(*(h.c[key] for key in _OF_HOUSEHOLD)).where(among(h.c.id, ids))):
        of, village_id, group_id, size, able_count, version, *plain = row
        village, group = places[village_id, group_id]
        # A dissolved household has nobody left to share an income: its sheets stay with the versions of its time.
        found[of] = Household(
            village=village, group=group, size_stated=size, able_stated=able_count, income=incomes.get(of) if size else None,
            living=livings.get(of), members=tuple(members.get(of, ())), id=of, version=version, **dict(zip(_PLAIN, plain, strict=True)),
        )  # fmt: skip
    return found


def problems(
    unit: Unit, household: Household, besides: Collection[int] = ()
) -> tuple[tuple[Problem, ...], tuple[Problem, ...]]:
    """What stops the household (E) and what is only shown (W), field by field, including duplicates in the record.

    The people of the households ``besides`` do not count as taken: they go from there to here by the same act.
    """
    found = check_household(household, unit.today)
    errors = [*_place_problems(unit, household), *_duplicates(unit, household, besides), *_practised(household)]
    errors += [_problem(f.text, f.field, f.member, f.rule) for f in found if f.severity == "E"]
    warnings = [_problem(f.text, f.field, f.member, f.rule) for f in found if f.severity == "W"]
    return tuple(errors), tuple(warnings)


def _problem(text: str, key: str, member: int | None, rule: str) -> Problem:
    return Problem(text, key, "" if member is None else f"member:{member}", rule)


def save(unit: Unit, household: Household, effective_on: date | None = None) -> Saved:
    """Insert or update one household with its members and income; Refused with every problem at its field.

    An update must carry the version it was read with; a newer one in the record means that another window saved first.
    ``effective_on`` is the day it was found so in the village, None the day of entry.
    """
    errors, warnings = problems(unit, household)
    if errors:
        raise Refused(errors)
    if household.id is None:
        household_id = insert_many(unit, [household], effective_on=effective_on)[0]
        return Saved(household_id, 1, warnings)
    _update(unit, household, effective_on)
    return Saved(household.id, household.version + 1, warnings)


def change(unit: Unit, household: Household, effective_on: date | None, gone: Collection[int] = ()) -> int:
    """Keep a household as a dated change left it (without a day: as it was before a wrong entry), and return its new version; what may
    stand in its way was asked before.

    ``gone`` are the ids of the members who left the record: their rows stay behind the household, so that no paper ever shows their
    numbers and who they were is known. Refused when another window saved first, or the household was dissolved.
    """
    assert household.id is not None
    _retire(unit, gone)
    _update(unit, household, effective_on)
    return household.version + 1


def close(unit: Unit, household: Household, effective_on: date, gone: Collection[int] = ()) -> int:
    """Take a household without people off the record's lists (销户, 并户) and return its last version; refused as ``change`` is."""
    version = change(unit, replace(household, members=()), effective_on, gone)
    unit.session.execute(update(HouseholdRow).where(HouseholdRow.id == household.id).values(live=False))
    return version


def change_many(unit: Unit, households: Sequence[Household]) -> None:
    """Keep many households as a file or its undoing left them, a dozen statements however many; what may stand in their way was asked
    before. Refused with every household that another window saved first or that was dissolved."""
    known = _current(unit, [h.id or 0 for h in households])
    gone = [h for h in households if known.get(h.id or 0) != h.version]
    if gone:
        text = "{}刚在另一个窗口改过或已经销户，没有写入；请重新核对"
        raise Refused([Problem(text.format(h.named), where=h.named, rule="R76") for h in gone])
    if not households:
        return
    places = {v.name: v for v in villages(unit)}
    rows = [{**_row(h, places), "id": h.id, "version": h.version + 1} for h in households]
    unit.session.execute(update(HouseholdRow), rows)
    of = {h.id or 0: h for h in households}
    member, income, living = MemberRow, IncomeRow, LivingRow
    unit.session.execute(delete(member).where(among(member.household_id.expression, of), member.live))
    unit.session.execute(delete(living).where(among(living.household_id.expression, of)))
    for year in {h.income.year for h in households if h.income is not None}:
        ids = [i for i, h in of.items() if h.income is not None and h.income.year == year]
        unit.session.execute(delete(income).where(among(income.household_id.expression, ids), income.year == year))
    _write_parts(unit, of)
    _write_versions(unit, get_many(unit, of))


def _current(unit: Unit, household_ids: Sequence[int]) -> dict[int, int]:
    """The version of each household that still is one."""
    row = HouseholdRow
    query = select(row.id, row.version).where(among(row.id.expression, household_ids), row.live)
    return {one.id: one.version for one in unit.session.execute(query)}


def take_back(unit: Unit, household_ids: Sequence[int]) -> None:
    """Take households entered by mistake, which nothing was built on, off the lists with all their people; five statements however
    many. Their numbers are free again, what was entered stays readable as their earlier version."""
    row = HouseholdRow
    of_these = among(row.id.expression, household_ids)
    unit.session.execute(
        update(MemberRow)
        .where(among(MemberRow.household_id.expression, household_ids), MemberRow.live)
        .values(live=False)
    )
    unit.session.execute(update(row).where(of_these).values(live=False, size=0, able_count=0, version=row.version + 1))
    _write_versions(unit, get_many(unit, household_ids))


def _retire(unit: Unit, members: Collection[int]) -> None:
    if members:
        unit.session.execute(update(MemberRow).where(among(MemberRow.id.expression, members)).values(live=False))


def is_live(unit: Unit, household_id: int) -> bool:
    """Whether the household still is one; False after 销户 or 并户."""
    return bool(unit.session.scalar(select(HouseholdRow.live).where(HouseholdRow.id == household_id)))


def insert_many(
    unit: Unit, households: Sequence[Household], source_sha: str = "", effective_on: date | None = None
) -> tuple[int, ...]:
    """Insert checked households with members, incomes and first versions; five statements however many."""
    places = {v.name: v for v in villages(unit)}
    rows = [{**_row(h, places), "version": 1, "live": True, "source_sha": source_sha} for h in households]
    ids = insert_rows(unit, HouseholdRow, rows)
    _write_parts(unit, dict(zip(ids, households, strict=True)))
    kept = {i: _as_kept(h, places) for i, h in zip(ids, households, strict=True)}
    _write_versions(unit, kept, effective_on)
    return ids


def _as_kept(h: Household, places: Mapping[str, VillageInfo]) -> Household:
    """The new household as it will be read back: the group by its own name, people counted."""
    group = places[h.village].group(h.group)
    assert group is not None
    return replace(h, group=group.name, size_stated=h.size, able_stated=_able(h), version=1)


def _able(h: Household) -> int:
    return sum(1 for m in h.members if m.labour is not None and m.labour.able)


def _update(unit: Unit, household: Household, effective_on: date | None = None) -> None:
    assert household.id is not None
    if not is_live(unit, household.id):
        raise Refused([Problem("这一户已经销户，不能再改；以前的内容可以用“查看某日”看", rule="R76")])
    places = {v.name: v for v in villages(unit)}
    values = {**_row(household, places), "version": household.version + 1}
    where = (HouseholdRow.id == household.id) & (HouseholdRow.version == household.version)
    done = unit.session.execute(update(HouseholdRow).where(where).values(values))
    if done.rowcount != 1:  # type: ignore[attr-defined]
        raise Refused("这一户刚在另一个窗口改过，您录入的内容还在；请刷新后对照，再保存")
    unit.session.execute(delete(MemberRow).where(MemberRow.household_id == household.id, MemberRow.live))
    if household.income is not None:
        where_income = (IncomeRow.household_id == household.id) & (IncomeRow.year == household.income.year)
        unit.session.execute(delete(IncomeRow).where(where_income))
    unit.session.execute(delete(LivingRow).where(LivingRow.household_id == household.id))
    _write_parts(unit, {household.id: household})
    _write_versions(unit, get_many(unit, [household.id]), effective_on)


def _row(h: Household, places: Mapping[str, VillageInfo]) -> dict[str, Any]:
    village = places[h.village]
    group = village.group(h.group)
    assert group is not None
    return {
        "village_id": village.id,
        "group_id": group.id,
        "size": h.size,
        "able_count": _able(h),
        "head_py": " ".join(initials(h.head_name)),
        "phone_tail": h.phone[-4:],
        **{key: getattr(h, key) for key in _PLAIN},
    }


def _write_parts(unit: Unit, households: Mapping[int, Household]) -> None:
    members = [
        {
            "household_id": household_id,
            "position": position,
            "live": True,
            "py": " ".join(initials(m.name)),
            "id_tail": m.id_number[-4:],
            **{key: getattr(m, key) for key in _MEMBER},
        }
        for household_id, h in households.items()
        for position, m in enumerate(h.members)
    ]
    insert_rows(unit, MemberRow, members)
    incomes = [
        {"household_id": household_id, **_plain(h.income)}
        for household_id, h in households.items()
        if h.income is not None
    ]
    insert_rows(unit, IncomeRow, incomes)
    livings = [
        {"household_id": household_id, **_plain(h.living)}
        for household_id, h in households.items()
        if h.living is not None
    ]
    insert_rows(unit, LivingRow, livings)


def _write_versions(unit: Unit, households: Mapping[int, Household], effective_on: date | None = None) -> None:
    stamp = {"at": unit.now, "actor_id": unit.actor.id, "effective_on": effective_on}
    kept = [{"household_id": i, "version": h.version, "content": snapshot(h), **stamp} for i, h in households.items()]
    insert_rows(unit, HouseholdVersion, kept)


def _plain(value: Household | Member | Income | Living) -> dict[str, Any]:
    return {key: getattr(value, key) for key in value.__slots__}


def _place_problems(unit: Unit, household: Household) -> list[Problem]:
    """A village or group that is not there; that none is written is said by R20."""
    if not household.village:
        return []
    village = next((v for v in villages(unit) if v.name == household.village), None)
    if village is None:
        return [Problem(f"没有找到村名“{household.village}”，请选本镇的村", "village", rule="R24")]
    if household.group and village.group(household.group) is None:
        return [
            Problem(f"{village.name}没有“{household.group}”，请核对组名，或在设置中加上这个组", "group", rule="R24")
        ]
    return []


def _practised(household: Household) -> list[Problem]:
    """People of a practice record, however they came here: typed, pasted or read from a copied table."""
    if practising.on():
        return []
    text = "这是练习台账里编的身份证号，不能录入本镇的档案；请按身份证填写"
    return [
        Problem(text, "id_number", f"member:{index}", "R01")
        for index, m in enumerate(household.members)
        if (m.id_number or "").startswith(practising.REGION)
    ]


def problems_of_many(unit: Unit, households: Sequence[Household]) -> list[Problem]:
    """What stops any of many households that are in the record (E), each with the household it concerns as ``where``; two queries."""
    numbers = [m.id_number for h in households for m in h.members if m.id_number]
    query = select(MemberRow.id_number, MemberRow.household_id, MemberRow.name, HouseholdRow.head_name)
    query = query.join(HouseholdRow, HouseholdRow.id == MemberRow.household_id)
    where = query.where(MemberRow.live, among(MemberRow.id_number.expression, numbers))
    owner = {number: (home, _owner(name, head, None)) for number, home, name, head in unit.session.execute(where)}
    found = []
    for h in households:
        found += [
            Problem(f.text, f.field, h.named, f.rule) for f in check_household(h, unit.today) if f.severity == "E"
        ]
        found += [replace(p, where=h.named) for p in (*_place_problems(unit, h), *_practised(h))]
        for m in h.members:
            home, whose = owner.get(m.id_number, (h.id, ""))
            if home != h.id:
                found.append(Problem(f"{m.name}的身份证号已属于{whose}，同一人不能在两户", "id_number", h.named, "R03"))
    return found


def _duplicates(unit: Unit, household: Household, besides: Collection[int] = ()) -> list[Problem]:
    numbers = [m.id_number for m in household.members if m.id_number]
    query = (
        select(MemberRow.id_number, MemberRow.name, HouseholdRow.head_name, StateRow.status)
        .join(HouseholdRow, HouseholdRow.id == MemberRow.household_id)
        .outerjoin(CaseRow, CaseRow.household_id == HouseholdRow.id)
        .outerjoin(StateRow, StateRow.case_id == CaseRow.id)
        .where(StateRow.current.is_not(False))
        .where(MemberRow.id_number.in_(numbers), MemberRow.live, HouseholdRow.id.not_in([household.id or 0, *besides]))
    )
    taken = {number: _owner(name, head, status) for number, name, head, status in unit.session.execute(query)}
    found = []
    for index, m in enumerate(household.members):
        if m.id_number in taken:
            text = f"这个身份证号已属于{taken[m.id_number]}，同一人不能在两户，请核对证件"
            found.append(Problem(text, "id_number", f"member:{index}", "R03"))
        if m.id_number and numbers.count(m.id_number) > 1:
            found.append(Problem("本户内有两人身份证号相同，请核对", "id_number", f"member:{index}", "R03"))
    return found


def _owner(name: str, head: str, status: Status | None) -> str:
    """Whose number it is, and whether his household's application ended: the household stays on file all the same."""
    ended = f"（该户申请{status.label}，档案仍保留）" if status in (Status.REJECTED, Status.WITHDRAWN) else ""
    return f"{head}户的{name}{ended}"


def head_first(members: Sequence[Member]) -> tuple[Member, ...]:
    """The members with the head in front, otherwise in their order."""
    return tuple(sorted(members, key=lambda m: m.relation is not Relation.HEAD))
