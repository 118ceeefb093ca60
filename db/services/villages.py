"""Villages and groups that come later: a village forgotten at the start, a group that was split off, a new office phone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from sqlalchemy import func, select

from db.errors import Problem, Refused
from db.rules.groups import doubles, group_key
from db.schema.town import Group, Village
from db.services.town import VillageSetup, add_villages
from db.store.unit import Unit


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
