"""Villages and groups that come later, are renamed or merged: dated acts with their basis (村民委员会组织法 第三条).

A new name or a merger gives every household concerned a new version from that day; papers of earlier days keep the old name. While a
notice of the village hangs that its households still wait for, nothing is merged: the list and its places must stay what they are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, select, update

from db.errors import Problem, Refused, refuse_any
from db.rules.case import ENDED
from db.rules.codes import BatchKind, VillageAct
from db.rules.groups import doubles, group_key
from db.rules.procedure import Step
from db.schema.account import Account
from db.schema.batch import BatchRow
from db.schema.case import CaseRow, StateRow
from db.schema.household import HouseholdRow, HouseholdVersion
from db.schema.town import Group, Village, VillageEvent
from db.services.bulk import among, insert_rows
from db.services.deciding import rechecks
from db.services.register import households, snapshots
from db.services.town.town import VillageSetup, add_villages
from db.store.unit import Unit

_HANGING = (Step.NOTICE, Step.OPINION)


@dataclass(frozen=True, slots=True)
class Dated:
    """From which day a change holds, and the paper it rests on (县民政局批复、村民会议决定)."""

    on: date
    basis: str


@dataclass(frozen=True, slots=True)
class PlaceEvent:
    """One thing that happened to a village or a group: in which village, what it was called before and after."""

    act: VillageAct
    village: str
    old: str
    new: str
    acted_on: date
    basis: str
    actor: str
    entered_on: date


def add_village(unit: Unit, village: VillageSetup) -> None:
    """Add a village below the others. Refused: no name, a name already there, no group, a group twice."""
    problems = list(_problems(unit, village))
    if problems:
        raise Refused(problems)
    add_villages(unit, [village])
    unit.trail("增加村", entity="village", village=village.name, groups=len(village.groups))


def add_groups(unit: Unit, village_id: int, names: Sequence[str]) -> None:
    """Add groups to a village. Refused: none named, or one that is there already in any spelling."""
    village = unit.session.get_one(Village, village_id)
    rows = unit.session.scalars(select(Group).where(Group.village_id == village_id)).all()
    known = {row.key: row.name for row in rows}
    problems = [
        Problem(f"{village.name}已有“{known[k]}”，和“{n}”是同一个组", "groups")
        for n in names
        if (k := group_key(n)) in known
    ]
    problems += [Problem(f"“{a}”和“{b}”是同一个组", "groups") for a, b in doubles(names)]
    if not names:
        problems.append(Problem("请写出要增加的村民小组", "groups"))
    if problems:
        raise Refused(problems)
    at = 1 + max((row.position for row in rows), default=-1)
    for position, name in enumerate(names, at):
        unit.session.add(Group(village_id=village_id, name=name, key=group_key(name), position=position))
    unit.trail("增加村民小组", entity="village", entity_id=village_id, village=village.name, groups=len(names))


def set_phone(unit: Unit, village_id: int, phone: str) -> None:
    """Another office phone; printed on notices posted from now on."""
    village = unit.session.get_one(Village, village_id)
    if village.phone != phone:
        village.phone = phone
        unit.trail("更改村委会电话", entity="village", entity_id=village_id, village=village.name)


def _problems(unit: Unit, village: VillageSetup) -> Iterator[Problem]:
    if not village.name:
        yield Problem("请填写村名", "village")
    elif unit.session.scalar(select(func.count()).select_from(Village).where(Village.name == village.name)):
        yield Problem(f"已有“{village.name}”", "village")
    if not village.groups:
        yield Problem(f"{village.name}还没有村民小组", "groups")
    for first, second in doubles(village.groups):
        yield Problem(f"“{first}”和“{second}”是同一个组", "groups")


def rename_village(unit: Unit, village_id: int, name: str, when: Dated) -> int:
    """A village goes by a new name from a day; returns how many households got a new version. Refused with every reason."""
    row, name = _standing(unit, village_id), name.strip()
    problems = [*_dated_problems(unit, village_id, when), *_name_problems(unit, row.name, name)]
    refuse_any(problems)
    old, row.name = row.name, name
    ids = _ids(unit, HouseholdRow.village_id == village_id)
    return _close(unit, _Change(VillageAct.RENAMED, row, old, name), when, ids)


def rename_group(unit: Unit, group_id: int, name: str, when: Dated) -> int:
    """A group goes by a new name from a day; as `rename_village`."""
    group, name = _standing_group(unit, group_id), name.strip()
    village = unit.session.get_one(Village, group.village_id)
    problems = [*_dated_problems(unit, village.id, when)]
    others = unit.session.scalars(select(Group).where(Group.village_id == village.id, Group.id != group_id))
    taken = {other.key: other.name for other in others}
    if not name or name == group.name:
        problems.append(Problem("请填写新的组名，和原来的不同", "new_name"))
    elif group_key(name) in taken:
        problems.append(Problem(f"{village.name}已有“{taken[group_key(name)]}”，换一个名字", "new_name"))
    refuse_any(problems)
    old, group.name, group.key = group.name, name, group_key(name)
    ids = _ids(unit, HouseholdRow.group_id == group_id)
    return _close(unit, _Change(VillageAct.GROUP_RENAMED, village, old, name, group_id), when, ids)


def merge_village(unit: Unit, village_id: int, into_id: int, when: Dated) -> int:
    """A village goes up in another with all its groups and households; returns how many households moved.

    A group whose name the other village has already takes its old village's name before it (小拔第一组).
    """
    row = _standing(unit, village_id)
    problems = [*_dated_problems(unit, village_id, when), *_running(unit, village_id), *_looking(unit, village_id)]
    if into_id == village_id:
        problems.append(Problem("不能并入自己，请选另一个村", "into"))
    refuse_any(problems)
    into = _standing(unit, into_id)
    row.until, ids = when.on, _ids(unit, HouseholdRow.village_id == village_id)
    for group in unit.session.scalars(_groups(village_id)).all():
        group.until = when.on
        _place(unit, group, _add_group(unit, into_id, group.name, row.name))
    return _close(unit, _Change(VillageAct.MERGED, row, row.name, into.name, None, into_id), when, ids)


def merge_group(unit: Unit, group_id: int, into_id: int, when: Dated) -> int:
    """A group goes up in another one; returns how many households moved."""
    group = _standing_group(unit, group_id)
    village = unit.session.get_one(Village, group.village_id)
    problems = [*_dated_problems(unit, village.id, when), *_running(unit, village.id)]
    if into_id == group_id:
        problems.append(Problem("不能并入自己，请选另一个组", "into_group"))
    refuse_any(problems)
    into = _standing_group(unit, into_id)
    group.until, ids = when.on, _ids(unit, HouseholdRow.group_id == group_id)
    _place(unit, group, into)
    change = _Change(VillageAct.GROUP_MERGED, village, group.name, into.name, group_id, into_id)
    return _close(unit, change, when, ids)


def concerned(unit: Unit, village_id: int, group_id: int | None = None) -> tuple[int, int]:
    """How many households and persons a change of this village or group concerns."""
    where = HouseholdRow.group_id == group_id if group_id else HouseholdRow.village_id == village_id
    query = select(func.count(), func.coalesce(func.sum(HouseholdRow.size), 0)).where(where, HouseholdRow.live)
    count, persons = unit.session.execute(query).one()
    return count, persons


def history(unit: Unit) -> tuple[PlaceEvent, ...]:
    """Everything renamed and merged, newest first."""
    query = (
        select(VillageEvent, Village.name, Account.name)
        .join(Village, Village.id == VillageEvent.village_id)
        .join(Account, Account.id == VillageEvent.actor_id)
        .order_by(VillageEvent.acted_on.desc(), VillageEvent.id.desc())
    )
    return tuple(
        PlaceEvent(e.act, village, e.old_name, e.new_name, e.acted_on, e.basis, actor, e.at.date())
        for e, village, actor in unit.session.execute(query)
    )


@dataclass(frozen=True, slots=True)
class _Change:
    """What is renamed or merged: the village it is in, both names, the group if it is one, and the other it goes up in."""

    act: VillageAct
    village: Village
    old: str
    new: str
    group_id: int | None = None
    other_id: int | None = None


def _standing(unit: Unit, village_id: int) -> Village:
    row = unit.session.get(Village, village_id)
    if row is None or row.until is not None:
        raise Refused("没有这个村，或者已经并入别的村，请刷新")
    return row


def _standing_group(unit: Unit, group_id: int) -> Group:
    row = unit.session.get(Group, group_id)
    if row is None or row.until is not None:
        raise Refused("没有这个村民小组，或者已经并入别的组，请刷新")
    return row


def _groups(village_id: int) -> Select[Group]:
    return select(Group).where(Group.village_id == village_id, Group.until.is_(None)).order_by(Group.position)


def _dated_problems(unit: Unit, village_id: int, when: Dated) -> Iterator[Problem]:
    if when.on > unit.today:
        yield Problem(f"日期 {when.on} 晚于今天 {unit.today}；到那一天再录入", "on")
    last = unit.session.scalar(select(func.max(VillageEvent.acted_on)).where(VillageEvent.village_id == village_id))
    if last is not None and when.on < last:
        yield Problem(f"这个村 {last} 已有一次变更，日期不能更早", "on")
    if not when.basis.strip():
        yield Problem("请写明依据的文件，如 县民政局批复的文号", "basis")


def _name_problems(unit: Unit, old: str, name: str) -> Iterator[Problem]:
    if not name or name == old:
        yield Problem("请填写新的村名，和原来的不同", "new_name")
        return
    other = unit.session.scalar(select(Village).where(Village.name == name))
    if other is not None and other.until is None:
        yield Problem(f"已有“{name}”，换一个名字；两村合并请选“并入”", "new_name")
    elif other is not None:
        yield Problem(f"“{name}”是 {other.until} 并入别村的村名，旧文书还用着它，不能再用", "new_name")


def _running(unit: Unit, village_id: int) -> Iterator[Problem]:
    """A notice that hangs and that households still wait for holds the village together."""
    query = (
        select(BatchRow.label, func.count())
        .join(StateRow, StateRow.gate_id == BatchRow.id)
        .join(CaseRow, CaseRow.id == StateRow.case_id)
        .where(BatchRow.kind == BatchKind.NOTICE, BatchRow.village_id == village_id)
        .where(StateRow.step.in_(_HANGING), StateRow.status.not_in(ENDED))
        .group_by(BatchRow.id)
    )
    for label, count in unit.session.execute(query):
        yield Problem(f"{label}还没有办结（{count} 户在公示或等村初审），办结后才能合并")


def _looking(unit: Unit, village_id: int) -> Iterator[Problem]:
    """A round of 回头看 over the village is finished first: its households could not be told from those of the other village."""
    for one in rechecks.rounds(unit):
        if one.village_id == village_id and one.progress.left.households:
            yield Problem(f"{one.label}还有 {one.progress.left} 没有核查，核查完后才能合并")


def _add_group(unit: Unit, village_id: int, name: str, from_village: str) -> Group:
    rows = unit.session.scalars(select(Group).where(Group.village_id == village_id)).all()
    taken = {row.key for row in rows}
    called = name if group_key(name) not in taken else f"{from_village.removesuffix('村')}{name}"
    position = 1 + max((row.position for row in rows), default=-1)
    made = Group(village_id=village_id, name=called, key=group_key(called), position=position)
    unit.session.add(made)
    unit.session.flush()
    return made


def _ids(unit: Unit, where: ColumnElement[bool]) -> Sequence[int]:
    """Every household there, those that left the record included: their papers are kept with the others."""
    return unit.session.scalars(select(HouseholdRow.id).where(where)).all()


def _place(unit: Unit, group: Group, into: Group) -> None:
    unit.session.flush()
    where = update(HouseholdRow).where(HouseholdRow.group_id == group.id)
    unit.session.execute(where.values(village_id=into.village_id, group_id=into.id))


def _close(unit: Unit, change: _Change, when: Dated, ids: Sequence[int]) -> int:
    """Write the event and the new version of every household concerned."""
    unit.session.flush()
    unit.session.execute(
        update(HouseholdRow)
        .where(among(HouseholdRow.id.expression, ids))
        .values(version=HouseholdRow.version + 1)
        .execution_options(synchronize_session=False)
    )
    stamp = {"at": unit.now, "actor_id": unit.actor.id, "effective_on": when.on}
    homes = households.get_many(unit, ids)
    kept = [
        {"household_id": i, "version": h.version, "content": snapshots.snapshot(h), **stamp} for i, h in homes.items()
    ]
    insert_rows(unit, HouseholdVersion, kept)
    event = VillageEvent(
        village_id=change.village.id,
        group_id=change.group_id,
        act=change.act,
        acted_on=when.on,
        old_name=change.old,
        new_name=change.new,
        other_id=change.other_id,
        basis=when.basis.strip(),
        at=unit.now,
        actor_id=unit.actor.id,
    )
    unit.session.add(event)
    unit.trail(
        change.act.label, entity="village", entity_id=change.village.id, reason=when.basis.strip(), old=change.old,
        new=change.new, households=len(ids),
    )  # fmt: skip
    return len(ids)
