"""外部比对: our people held against a list of another department, the way the province's platform finds 异常数据.

A hit is never a verdict: it has to be looked into and explained. A number is compared first; a name counts only together with the village,
and where several of ours bear it each of them is named.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from db.rules.codes import Attribute, Bar, CrossKind, CrossMatch
from db.rules.names import normalise_name

WELFARE: Mapping[CrossKind, Attribute] = {
    CrossKind.LOW_INCOME: Attribute.LOW_INCOME,
    CrossKind.FIVE_GUARANTEES: Attribute.FIVE_GUARANTEES,
}
"""Lists of households in a benefit, and the attribute their households have here."""
BOTH_WAYS = frozenset({*WELFARE, CrossKind.DISABLED, CrossKind.IDENTITY})
"""Lists that should name some of ours; who is not on a complete one is a hit too."""
BARS: Mapping[CrossKind, Bar] = {
    CrossKind.VEHICLE: Bar.CAR,
    CrossKind.HOUSE: Bar.NEW_HOUSE,
    CrossKind.PUBLIC_PAY: Bar.PUBLIC_PAY,
    CrossKind.BUSINESS: Bar.EMPLOYER,
}
"""The 七不进 item a list bears on (麻章区 2016)."""
ALARMS: Mapping[CrossKind, str] = {
    CrossKind.IDENTITY: "身份证不匹配",
    CrossKind.VEHICLE: "有车",
    CrossKind.HOUSE: "有房",
    CrossKind.BUSINESS: "工商登记",
    CrossKind.PUBLIC_PAY: "财政供养",
    CrossKind.DISABLED: "残疾不匹配",
    CrossKind.LOW_INCOME: "低保不匹配",
    CrossKind.FIVE_GUARANTEES: "五保不匹配",
}
"""What the province's platform calls the hits (广东扶贫云 异常数据)."""
_ADVICE: Mapping[CrossKind, str] = {
    CrossKind.IDENTITY: "对照户口簿、身份证，错在档案的请更正",
    CrossKind.VEHICLE: "核对车型和用途；摩托车、农用三轮车不在此列",
    CrossKind.HOUSE: "核对建成或购买的年份、面积，是否政府资助",
    CrossKind.BUSINESS: "核对是否本人经营、是否长期雇工、是否已注销",
    CrossKind.PUBLIC_PAY: "核对编制和在岗情况，临时公益岗位不在此列",
    CrossKind.DISABLED: "核对残疾人证号、类别和等级",
    CrossKind.LOW_INCOME: "核对低保证和起止时间",
    CrossKind.FIVE_GUARANTEES: "核对五保（特困）供养证和起止时间",
}


@dataclass(frozen=True, slots=True)
class Person:
    """One of ours. ``number`` is the 18-digit number ("" without one); ``disabled`` as his health or his certificate says."""

    household_id: int
    village: str
    name: str
    number: str
    attribute: Attribute | None
    disabled: bool = False
    head: bool = False

    @property
    def key(self) -> str:
        """What the person is known by among the hits: the number, else the name."""
        return self.number or self.name


@dataclass(frozen=True, slots=True)
class ListRow:
    """One row of a list: where it stands (车辆 第12行), the name and the number that can be compared ("" for none), the town's village
    it names, and its other cells as caption and text."""

    place: str
    name: str
    number: str
    village: str = ""
    facts: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Hit:
    """One of ours and the row that names him; of MISSING the place is "" and there are no facts."""

    person: Person
    match: CrossMatch
    place: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    listed_name: str = ""
    listed_number: str = ""


@dataclass(frozen=True, slots=True)
class Compared:
    """What a list came to. ``named`` rows name one of ours, ``agreeing`` of them say nothing new."""

    hits: tuple[Hit, ...]
    rows: int
    named: int
    agreeing: int


def compare(kind: CrossKind, people: Sequence[Person], rows: Sequence[ListRow], *, complete: bool = False) -> Compared:
    """Hold a list against our people; ``complete`` says that it names everybody it should, so that who is missing is a hit too."""
    find = _Finder(people)
    hits: list[Hit] = []
    named: list[Person] = []
    count = agreeing = 0
    for row in rows:
        found = find.of(row)
        count += bool(found)
        named += [hit.person for hit in found]
        told = [hit for hit in found if _says_something(kind, hit)]
        agreeing += bool(found) and not told
        hits += told
    if complete and kind in BOTH_WAYS:
        hits += _missing(kind, people, named)
    return Compared(tuple(_each_once(hits)), len(rows), count, agreeing)


def sentence(kind: CrossKind, hit: Hit) -> str:
    """What a hit says, as the clerk reads it."""
    label = kind.label
    ours = hit.person
    if hit.match is CrossMatch.MISSING:
        said = {
            CrossKind.DISABLED: "档案登记为残疾",
            CrossKind.IDENTITY: "档案里有这个人",
        }.get(kind, f"档案登记的属性是{ours.attribute.label if ours.attribute else '空白'}")
        return f"{said}，{label}名单里没有{ours.name}"
    if hit.match is CrossMatch.NAME_DIFFERS:
        return f"身份证号相同，档案里是{ours.name}，{label}名单里是{hit.listed_name or '空白'}"
    if kind is CrossKind.IDENTITY:
        return f"姓名和村相同，{label}名单里的身份证号是 {hit.listed_number or '空白'}，与档案不同"
    by = "身份证号" if hit.match is CrossMatch.NUMBER else "姓名和村（身份证号没有或不同，可能是同名）"
    if kind in WELFARE:
        return f"在{label}名单上（按{by}），档案登记的属性是{ours.attribute.label if ours.attribute else '空白'}"
    if kind is CrossKind.DISABLED:
        return f"在{label}名单上（按{by}），档案没有登记残疾"
    return f"在{label}名单上（按{by}）"


def article(kind: CrossKind) -> str:
    """What the hit bears on: the 七不进 item with its words, else the platform's own check."""
    bar = BARS.get(kind)
    return f"七不进 {bar.value}：{bar.label}" if bar else f"省平台异常数据：{ALARMS[kind]}"


def advice(kind: CrossKind) -> str:
    """What is to be looked at before the hit is explained."""
    return _ADVICE[kind]


class _Finder:
    """Our people by number and by name with village."""

    def __init__(self, people: Iterable[Person]) -> None:
        self._by_number: dict[str, list[Person]] = defaultdict(list)
        self._by_name: dict[tuple[str, str], list[Person]] = defaultdict(list)
        for person in people:
            if person.number:
                self._by_number[person.number].append(person)
            self._by_name[normalise_name(person.name), person.village].append(person)

    def of(self, row: ListRow) -> list[Hit]:
        """Who a row names; by number if that is one of ours, else by name and village."""
        name = normalise_name(row.name)
        owners = self._by_number.get(row.number, []) if row.number else []
        if owners:
            return [
                self._hit(p, CrossMatch.NUMBER if self._same(p, name) else CrossMatch.NAME_DIFFERS, row) for p in owners
            ]
        if not (name and row.village):
            return []
        return [self._hit(person, CrossMatch.NAME, row) for person in self._by_name.get((name, row.village), ())]

    @staticmethod
    def _same(person: Person, name: str) -> bool:
        return not name or normalise_name(person.name) == name

    @staticmethod
    def _hit(person: Person, match: CrossMatch, row: ListRow) -> Hit:
        return Hit(person, match, row.place, row.facts, row.name, row.number)


def _says_something(kind: CrossKind, hit: Hit) -> bool:
    """Whether a row tells more than what the record says already."""
    if hit.match is CrossMatch.NAME_DIFFERS:
        return True
    if kind is CrossKind.IDENTITY:
        return hit.match is CrossMatch.NAME and bool(hit.listed_number or hit.person.number)
    if kind in WELFARE:
        return hit.person.attribute is not WELFARE[kind]
    if kind is CrossKind.DISABLED:
        return not hit.person.disabled
    return True


def _missing(kind: CrossKind, people: Sequence[Person], named: Iterable[Person]) -> list[Hit]:
    """Who a complete list should have named: of a benefit the household (its head stands for it), else each person."""
    if kind in WELFARE:
        homes = {person.household_id for person in named}
        ours = [p for p in people if p.head and p.attribute is WELFARE[kind] and p.household_id not in homes]
    else:
        known = {(person.household_id, person.key) for person in named}
        ours = [
            p for p in people if (kind is CrossKind.IDENTITY or p.disabled) and (p.household_id, p.key) not in known
        ]
    return [Hit(person, CrossMatch.MISSING) for person in ours]


def _each_once(hits: Iterable[Hit]) -> list[Hit]:
    """The same row is told once for one person; a certain match goes before a likely one."""
    order = list(CrossMatch)
    best: dict[tuple[int, str, str], Hit] = {}
    for hit in hits:
        key = hit.person.household_id, hit.person.key, hit.place
        if key not in best or order.index(hit.match) < order.index(best[key].match):
            best[key] = replace(hit)
    return list(best.values())
