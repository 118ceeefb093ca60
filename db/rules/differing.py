"""How two lists of households differ, household by household: who came and left, which persons, and which particulars.

A household is the same by the record's own number, a person by the ID number; somebody whose number was corrected is known by the name.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.codes import Code
from db.rules.counts import Count
from db.rules.ledger import LedgerHousehold, LedgerPerson

HOUSEHOLD_LABELS: Mapping[str, str] = {
    "village": "村",
    "group": "村民小组",
    "number": "户编号",
    "head_name": "户主",
    "head_sex": "户主性别",
    "head_id": "户主证件号码",
    "able_count": "劳动力数",
    "attribute": "属性",
    "able": "有无劳动能力",
    "main_cause": "主要致贫原因",
    "other_causes": "其他致贫原因",
    "disposable_per_head": "人均可支配收入",
    "net_per_head": "人均纯收入",
    "housing_grade": "危房等级",
    "phone": "联系电话",
    "remark": "备注",
    "registered_on": "建档日期",
}
"""The particulars of a household that are told when they differ; the other parts of a row follow from these or from the people."""

PERSON_LABELS: Mapping[str, str] = {
    "name": "姓名",
    "id_number": "证件号码",
    "relation": "与户主关系",
    "ethnicity": "民族",
    "education": "文化程度",
    "schooling": "在校生状况",
    "health": "健康状况",
    "labour": "劳动技能",
}
_FOLLOWING = frozenset({"able_count", "disposable_per_head", "net_per_head"})
"""What changes by itself when people come or go."""
_OF_HEAD = frozenset({"name", "id_number"})
"""What the household's own row says of its head already."""


@dataclass(frozen=True, slots=True)
class Cell:
    """One particular that differs; ``who`` is the person's name, "" for the household's own."""

    who: str
    label: str
    old: str
    new: str

    def __str__(self) -> str:
        return f"{self.who}{self.label} {self.old} → {self.new}"


@dataclass(frozen=True, slots=True)
class Difference:
    """One household in two lists; None where a list has not got it. ``village`` names are those of the newer list."""

    household_id: int
    old: LedgerHousehold | None
    new: LedgerHousehold | None
    old_village: str
    joined: tuple[LedgerPerson, ...] = ()
    left: tuple[LedgerPerson, ...] = ()
    cells: tuple[Cell, ...] = ()

    @property
    def shown(self) -> LedgerHousehold:
        """The household as the newer list has it, as the older one had it when it is gone."""
        home = self.new or self.old
        assert home is not None
        return home

    @property
    def by_village(self) -> Mapping[str, Count]:
        """What the household adds to, or takes from, each village it is or was in."""
        found: dict[str, Count] = {}
        if self.old is not None:
            found[self.old_village] = Count() - counted(self.old)
        if self.new is not None:
            found[self.new.village] = found.get(self.new.village, Count()) + counted(self.new)
        return found


def counted(home: LedgerHousehold) -> Count:
    """One household and the persons listed in it."""
    return Count(1, len(home.persons))


def differences(
    old: Iterable[LedgerHousehold], new: Iterable[LedgerHousehold], called: Mapping[str, str]
) -> Iterator[Difference]:
    """Every household that differs, in the order of the newer list, those that are gone last.

    ``called`` gives the newer list's name of a village the older one calls otherwise.
    """
    before = {home.household_id: home for home in old}
    for home in new:
        was = before.pop(home.household_id, None)
        if was is None:
            yield Difference(home.household_id, None, home, home.village)
        elif was != home or called.get(was.village, was.village) != home.village:
            made = _differing(was, home, called.get(was.village, was.village))
            if made.joined or made.left or made.cells:
                yield made
    for gone in before.values():
        yield Difference(gone.household_id, gone, None, called.get(gone.village, gone.village))


def _differing(old: LedgerHousehold, new: LedgerHousehold, old_village: str) -> Difference:
    pairs, joined, left = _matched(old.persons, new.persons)
    aside = _FOLLOWING if joined or left else frozenset[str]()
    cells = [c for c in _cells("", old, new, HOUSEHOLD_LABELS, aside) if c.label != "村" or old_village != new.village]
    for was, now in pairs:
        of_head = _OF_HEAD if now is new.persons[0] else frozenset[str]()
        cells += _cells(now.name, was, now, PERSON_LABELS, of_head)
    return Difference(new.household_id, old, new, old_village, tuple(joined), tuple(left), tuple(cells))


def _cells(who: str, old: object, new: object, labels: Mapping[str, str], aside: frozenset[str]) -> Iterator[Cell]:
    for key, label in labels.items():
        before, after = getattr(old, key), getattr(new, key)
        if key not in aside and before != after:
            yield Cell(who, label, _shown(before), _shown(after))


def _matched(
    old: Sequence[LedgerPerson], new: Sequence[LedgerPerson]
) -> tuple[list[tuple[LedgerPerson, LedgerPerson]], list[LedgerPerson], list[LedgerPerson]]:
    """The persons of both lists side by side, then who is only in the new and only in the old one."""
    if old == new:
        return [], [], []
    pairs: list[tuple[LedgerPerson, LedgerPerson]] = []
    joined, left = list(new), list(old)
    for same in (_key, _name):
        rest = {same(person): person for person in left}
        for person in joined[:]:
            was = rest.pop(same(person), None)
            if was is not None:
                pairs.append((was, person))
                joined.remove(person)
                left.remove(was)
    return pairs, joined, left


def _key(person: LedgerPerson) -> str:
    return person.key


def _name(person: LedgerPerson) -> str:
    return person.name


def _shown(value: object) -> str:
    if value is None or value == "":
        return "（空）"
    if isinstance(value, Code):
        return value.label
    return f"{value:,.2f}" if isinstance(value, Decimal) else str(value)
