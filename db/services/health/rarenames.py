"""People whose names hold a character that cannot be printed here: asked once a character, not once a person.

Which characters those are depends on the fonts of a computer, so it is no rule of the record and nothing of it is kept.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable, Iterator, Sequence

from sqlalchemy import select

from db.schema.household import HouseholdRow, MemberRow
from db.schema.town import Group, Village
from db.services.health.health import Hit
from db.store.unit import Unit

RULE = ""
"""These hits follow from no rule of the record."""
TITLE = "姓名里有这台电脑印不出的字"
_CHUNK = 500
_Row = tuple[int, int, str]


def find(unit: Unit, lacking: Callable[[str], str]) -> tuple[Hit, ...]:
    """Every member of a live household whose name has one of the characters ``lacking`` names among all that occur.

    Codes for private use are left to the rule on names (R25), which knows them on any computer. One query for the names and
    one for every few hundred households concerned; 66,000 names take a few tenths of a second.
    """
    query = (
        select(MemberRow.household_id, MemberRow.name)
        .join(HouseholdRow, HouseholdRow.id == MemberRow.household_id)
        .where(HouseholdRow.live, MemberRow.live)
        .order_by(MemberRow.household_id, MemberRow.position)
    )
    rows = list(_placed((home, name) for home, name in unit.session.execute(query)))
    signs = {sign for _, _, name in rows for sign in name}
    wrong = frozenset(lacking("".join(sorted(sign for sign in signs if unicodedata.category(sign) != "Co"))))
    return _hits(unit, [row for row in rows if not wrong.isdisjoint(row[2])], wrong) if wrong else ()


def _placed(rows: Iterable[tuple[int, str]]) -> Iterator[_Row]:
    """With the place among the members of the household, from 0."""
    home, place = 0, 0
    for of, name in rows:
        home, place = of, place + 1 if of == home else 0
        yield of, place, name


def _hits(unit: Unit, rows: Sequence[_Row], wrong: frozenset[str]) -> tuple[Hit, ...]:
    whose = _whose(unit, sorted({home for home, _, _ in rows}))
    order = {home: n for n, home in enumerate(whose)}
    found = sorted((row for row in rows if row[0] in whose), key=lambda row: (order[row[0]], row[1]))
    return tuple(
        Hit(home, *whose[home], name, RULE, "I", "name", place, _told(name, wrong)) for home, place, name in found
    )


def _whose(unit: Unit, homes: Sequence[int]) -> dict[int, tuple[str, str, str]]:
    """Village, group and head of these households, in the town's order."""
    query = (
        select(HouseholdRow.id, Village.position, Group.position, Village.name, Group.name, HouseholdRow.head_name)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
    )
    rows = [
        row
        for start in range(0, len(homes), _CHUNK)
        for row in unit.session.execute(query.where(HouseholdRow.id.in_(homes[start : start + _CHUNK])))
    ]
    rows.sort(key=lambda row: (row[1], row[2], row[0]))
    return {home: (village, group, head) for home, _, _, village, group, head in rows}


def _told(name: str, wrong: frozenset[str]) -> str:
    places = "、".join(f"第 {n} 个字（U+{ord(sign):X}）" for n, sign in _places(name, wrong))
    return f"姓名“{name}”的{places}，这台电脑的字库里没有，屏幕上是方框，纸上空着：请装上有这个字的字体，或印好后手写补上。"


def _places(name: str, wrong: frozenset[str]) -> Iterator[tuple[int, str]]:
    return ((n, sign) for n, sign in enumerate(name, start=1) if sign in wrong)
