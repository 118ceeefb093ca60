"""Plants the mistakes a village's roster has: each in one cell of one row, told in the truth file with its severity.

E keeps the household out, W is shown and taken in. Beside them goes harmless mess, which a reader must absorb without a word.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from installer.demo import rows
from installer.demo.families import Family
from installer.demo.people import DISABLED, FEMALE, PRIMARY, Person
from installer.demo.picking import Picker
from installer.demo.rows import Cell, Row
from installer.demo.town import ELSEWHERE, age

Entry = dict[str, str | int]


def _sound_tail(family: Family) -> bool:
    return family.head.id_number[-1].isdigit()


@dataclass(slots=True)
class Roster:
    """The two sheets as rows with what was planted in them."""

    families: list[Family]
    households: list[Row]
    members: list[Row]
    faults: list[Entry] = field(default_factory=list)
    counterparts: list[Entry] = field(default_factory=list)
    mess: dict[str, int] = field(default_factory=dict)
    faulty: set[int] = field(default_factory=set)  # id() of families with an E

    @classmethod
    def of(cls, families: list[Family]) -> Roster:
        """The faultless roster."""
        households = [rows.household_row(i, f) for i, f in enumerate(families, 1)]
        pairs = [(f, p) for f in families for p in f.members]
        return cls(families, households, [rows.member_row(i, f, p) for i, (f, p) in enumerate(pairs, 1)])

    def household(self, family: Family) -> Row:
        """The family's row in the first sheet."""
        return self.households[self._index(family)]

    def member(self, family: Family, person: Person) -> Row:
        """The person's row in the second sheet."""
        return self.members[self._member_index(family, person)]

    def note(self, kind: str, severity: str, family: Family, person: Person | None = None) -> None:
        """Write down one planted fault."""
        self.faults.append({**self._place(family, person), "kind": kind, "severity": severity})
        if severity == "E":
            self.faulty.add(id(family))

    def note_counterpart(self, kind: str, family: Family, person: Person | None = None) -> None:
        """Write down the innocent row whose number a planted fault repeats: a finding there is right too."""
        self.counterparts.append({**self._place(family, person), "kind": kind})
        self.faulty.add(id(family))

    def _place(self, family: Family, person: Person | None) -> Entry:
        row = self._index(family) + rows.HOUSEHOLD_START
        if person is not None:
            row = self._member_index(family, person) + rows.MEMBER_START
        sheet = rows.HOUSEHOLD_SHEET if person is None else rows.MEMBER_SHEET
        return {"sheet": sheet, "row": row, "village": family.village, "head": family.head.name}

    def _index(self, family: Family) -> int:
        return next(i for i, f in enumerate(self.families) if f is family)

    def _member_index(self, family: Family, person: Person) -> int:
        before = sum(f.size for f in self.families[: self._index(family)])
        return before + next(i for i, p in enumerate(family.members) if p is person)


class Faults:
    """Plants every kind once."""

    def __init__(self, random: Random, picker: Picker, roster: Roster) -> None:
        self._random = random
        self._picker = picker
        self._roster = roster

    def plant(self) -> None:
        """All faults of both sheets."""
        self._cell("坏校验位", "E", rows.ID, lambda f: _wrong_tail(f.head.id_number), _sound_tail)
        self._cell("性别与身份证不符", "E", rows.SEX, lambda f: "男" if f.head.sex == FEMALE else "女")
        self._cell("缺户主姓名", "E", rows.NAME, lambda _: "", lambda f: f.size == 1)
        self._cell("电话位数不对", "W", rows.PHONE, lambda f: f.phone[:-1])
        self._cell("人数与成员数不符", "E", rows.SIZE, lambda f: f.size + 1, lambda f: f.size >= 2)
        self._cell("致贫原因不在表内", "E", rows.CAUSE, lambda _: "生病", lambda f: f.cause == "因病")
        self._cell("收入为文字", "E", rows.WAGES, lambda _: "约三千", lambda f: f.able > 0)
        self._cell("身份证成科学计数", "E", rows.ID, lambda f: float(f.head.id_number[:15] + "000"), _sound_tail)
        self._cell("人均收入与分项不符", "E", rows.PER_HEAD, lambda f: float(f.income["per_head"]) + 480)
        self._cell("村名不在本镇", "E", rows.VILLAGE, lambda _: ELSEWHERE)
        self._cell("申请日期晚于今日", "E", rows.APPLIED, lambda _: datetime(2061, 5, 3))
        self._cell("15位旧身份证", "W", rows.ID, lambda f: f.head.id_number[:6] + f.head.id_number[8:17])
        self._cell("卡号过短", "W", rows.ACCOUNT, lambda f: f.account[:12])
        self._twin_head()
        self._preschool_pupil()
        self._strange_certificate()
        self._son_for_daughter()
        self._twin_spouse()

    def _cell(
        self,
        kind: str,
        severity: str,
        column: int,
        value: Callable[[Family], Cell],
        suits: Callable[[Family], bool] = lambda _: True,
    ) -> None:
        family = self._picker.take(suits)
        self._roster.household(family)[column] = value(family)
        self._roster.note(kind, severity, family)

    def _twin_head(self) -> None:
        family, other = self._picker.take(), self._picker.take()
        while other.head.sex != family.head.sex or other.village == family.village:
            other = self._picker.take()
        self._roster.household(family)[rows.ID] = other.head.id_number
        self._roster.note("身份证重复", "E", family)
        self._roster.note_counterpart("身份证重复", other)

    def _preschool_pupil(self) -> None:
        family, child = self._member(lambda p: p.schooling == PRIMARY and age(p.birth) >= 8)
        self._roster.member(family, child)[rows.MEMBER_EDUCATION] = "学龄前儿童"
        self._roster.note("学龄与文化程度矛盾", "E", family, child)

    def _strange_certificate(self) -> None:
        family, person = self._member(lambda p: p.health == DISABLED)
        number = person.id_number[:6] + "19400229" + person.id_number[14:]
        self._roster.member(family, person)[rows.MEMBER_CERTIFICATE] = number + person.certificate[18:]
        self._roster.note("残疾证号与身份证不符", "E", family, person)

    def _son_for_daughter(self) -> None:
        family, child = self._member(lambda p: p.relation == "之女")
        self._roster.member(family, child)[rows.MEMBER_RELATION] = "之子"
        self._roster.note("关系与性别矛盾", "E", family, child)

    def _twin_spouse(self) -> None:
        family, person = self._member(_working_wife)
        other, twin = self._member(lambda p: _working_wife(p) and abs(age(p.birth) - age(person.birth)) <= 3)
        self._roster.member(family, person)[rows.MEMBER_ID] = twin.id_number
        self._roster.note("成员身份证重复", "E", family, person)
        self._roster.note_counterpart("成员身份证重复", other, twin)

    def _member(self, suits: Callable[[Person], bool]) -> tuple[Family, Person]:
        family = self._picker.take(lambda f: any(suits(p) for p in f.members))
        return family, next(p for p in family.members if suits(p))


class Mess:
    """Makes the cells untidy without making them wrong."""

    def __init__(self, random: Random, picker: Picker, roster: Roster) -> None:
        self._random = random
        self._roster = roster
        self._clean = [f for f in roster.families if picker.is_free(f)]

    def spread(self) -> None:
        """Every kind of mess over households without a planted fault."""
        self._untidy("全角数字", rows.ID, 7, lambda text: text.translate(_FULL_WIDTH), lambda text: text.isdigit())
        self._untidy("小写x", rows.ID, 12, str.lower, lambda text: text.endswith("X"))
        self._untidy("姓名含空格", rows.NAME, 13, lambda text: f"{text[0]}\u3000{text[1:]} ")
        self._untidy("组名写法不一", rows.GROUP, 8, self._other_group)
        self._untidy("电话为数字", rows.PHONE, 200, int)
        self._untidy("日期为文字", rows.APPLIED, 34, self._date_text)
        self._untidy(
            "收入带千分位文字", rows.PER_HEAD, 13, lambda amount: f"{amount:,.2f}", lambda amount: amount >= 1000
        )

    def _untidy(
        self,
        kind: str,
        column: int,
        count: int,
        change: Callable[..., Cell],
        suits: Callable[..., bool] = lambda _: True,
    ) -> None:
        able = [f for f in self._clean if suits(self._roster.household(f)[column])]
        for family in self._random.sample(able, count):
            row = self._roster.household(family)
            row[column] = change(row[column])
        self._roster.mess[kind] = count

    def _other_group(self, text: str) -> str:
        number = "零一二三四五六七八".index(text[1])
        return self._random.choice((f"{number}组", f"第{text[1]}村民小组", f"第{number}组"))

    def _date_text(self, day: datetime) -> str:
        form = self._random.choice(("%Y%m%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"))
        return day.strftime(form)


_FULL_WIDTH = str.maketrans("0123456789", "０１２３４５６７８９")


def _wrong_tail(number: str) -> str:
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def _working_wife(person: Person) -> bool:
    return (
        person.relation == "配偶"
        and person.able
        and person.sex == FEMALE
        and not person.certificate
        and 25 <= age(person.birth) <= 54
    )
