"""Invented persons: 某-names, identity numbers of a code that is hardly ever issued, schooling, health and labour that fit the age.

The region code 440801 names the city itself, the check digit follows GB 11643. Labour follows the age limits 16–60 (men) and
16–55 (women): nobody younger works, healthy grown-ups do, the old do not.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from installer.demo.town import SCHOOL_YEAR, age, born_at

REGION = "440801"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_SURNAMES = "陈陈陈陈李李李黄黄黄梁梁林林林吴吴杨杨郑郑王王何何周周庞许许谢蔡符麦叶叶冯莫莫邓罗苏戴殷钟劳杜彭卢方洪单仇区曾曾冼覃缪卜翟解"
_MEN = "明华国强军伟平文志德福贵生旺才来安义忠孝坤庆海运添水木火金新武胜荣光兴日保养土观寿有进"
_WOMEN = "英兰秀芳珍莲花梅凤香菊琴玉霞云芬娥娣妹招嫦桂银娟燕丽萍妃红连彩清金月美爱惠琼群容"

MALE, FEMALE = "男", "女"
HEALTHY, CHRONIC, SERIOUS, DISABLED = "健康", "长期慢性病", "患有大病", "残疾"
ORDINARY, SKILLED, LOST, NONE = "普通劳动力", "技能劳动力", "丧失劳动力", "无劳动力"
NOT_IN_SCHOOL, KINDERGARTEN, PRIMARY = "非在校生", "学前教育", "小学"
_GRADES = {12: "七年级", 13: "八年级", 14: "九年级", 15: "高中一年级", 16: "高中二年级", 17: "高中三年级"}
_VOCATIONAL = {15: "中职一年级", 16: "中职二年级", 17: "中职三年级"}


@dataclass(slots=True)
class Person:
    """One invented person as the members' sheet shows one."""

    name: str
    sex: str
    birth: date
    id_number: str
    relation: str
    schooling: str = NOT_IN_SCHOOL
    education: str = ""
    health: str = HEALTHY
    certificate: str = ""
    labour: str = NONE

    @property
    def able(self) -> bool:
        """Counts as 劳动力."""
        return self.labour in (ORDINARY, SKILLED)

    @property
    def pupil(self) -> bool:
        """In school beyond the kindergarten."""
        return self.schooling not in (NOT_IN_SCHOOL, KINDERGARTEN)


def check_digit(body: str) -> str:
    """The 18th character of an identity number (GB 11643)."""
    return "10X98765432"[sum(w * int(d) for w, d in zip(_WEIGHTS, body, strict=True)) % 11]


class Registry:
    """Hands out names and numbers; no identity number, phone or account is given twice."""

    def __init__(self, random: Random) -> None:
        self._random = random
        self._taken: set[str] = set()

    def surname(self, other_than: str = "") -> str:
        """A family name of the region, now and then one that is read unlike its character."""
        return self._random.choice([s for s in _SURNAMES if s != other_than])

    def name(self, surname: str, sex: str) -> str:
        """Surname, 某, and one character: no real person is meant."""
        return f"{surname}某{self._random.choice(_MEN if sex == MALE else _WOMEN)}"

    def id_number(self, birth: date, sex: str) -> str:
        """A correct, unused number; its 17th digit is odd for men."""
        sequence = self._random.randrange(1 if sex == MALE else 2, 1000, 2)
        body = f"{REGION}{birth:%Y%m%d}{sequence:03d}"
        return self._unused(body + check_digit(body)) or self.id_number(birth, sex)

    def phone(self) -> str:
        """11 digits in ranges not assigned to any operator, so that nobody's telephone rings."""
        prefix = self._random.choice(("142", "143", "154", "161"))
        return self._unused(f"{prefix}{self._random.randrange(10**8):08d}") or self.phone()

    def account(self) -> str:
        """19 digits that fail the Luhn test every bank card passes."""
        number = f"6200{self._random.randrange(10**15):015d}"
        return (self._unused(number) if _luhn(number) else "") or self.account()

    def _unused(self, number: str) -> str:
        if number in self._taken:
            return ""
        self._taken.add(number)
        return number


def _luhn(number: str) -> int:
    """The Luhn remainder: 0 for every real card."""
    doubled = (int(d) * (1 + i % 2) for i, d in enumerate(reversed(number)))
    return sum(d - 9 if d > 9 else d for d in doubled) % 10


class People:
    """Makes one person after another, each with a life that fits the age."""

    def __init__(self, random: Random, registry: Registry) -> None:
        self._random = random
        self._registry = registry

    def make(self, surname: str, sex: str, years: int, relation: str, avoid: set[str]) -> Person:
        """A person of ``years`` on the roster's day whose name is not in ``avoid`` (which grows by it)."""
        birth = born_at(years, self._random.randrange(365))
        name = self._registry.name(surname, sex)
        while name in avoid:
            name = self._registry.name(surname, sex)
        avoid.add(name)
        person = Person(name, sex, birth, self._registry.id_number(birth, sex), relation)
        self._school(person)
        self.fall_ill(person, self._health(person))
        return person

    def fall_ill(self, person: Person, health: str) -> None:
        """Give a person this health, the certificate that goes with a disability, and the labour that remains."""
        person.health = health
        person.certificate = ""
        if health == DISABLED:
            category, grade = self._random.randint(1, 7), self._random.randint(1, 4)
            person.certificate = f"{person.id_number}{category}{grade}"
        person.labour = self._labour(person)

    def _school(self, person: Person) -> None:
        years = age(person.birth, SCHOOL_YEAR)
        draw = self._random.random()
        if years < 6:
            person.education = "学龄前儿童"
            person.schooling = KINDERGARTEN if years >= 3 and draw < 0.8 else NOT_IN_SCHOOL
        elif years < 12:
            person.schooling = PRIMARY
        elif years <= 15 or (years <= 17 and draw < 0.9):
            person.schooling = (_VOCATIONAL if years in _VOCATIONAL and draw < 0.25 else _GRADES)[years]
        elif 18 <= years <= 21 and draw < 0.55:
            person.schooling = "大专及以上"
        else:
            person.education = self._education(years)

    def _education(self, years: int) -> str:
        levels = ("文盲或半文盲", "小学", "初中", "高中", "大专及以上")
        weights = (1, 14, 60, 18, 7) if years < 35 else (6, 40, 42, 11, 1) if years < 60 else (38, 46, 13, 3, 0)
        return self._random.choices(levels, weights)[0]

    def _health(self, person: Person) -> str:
        years = age(person.birth)
        healthy = 90 if years < 16 else 70 if years < 40 else 52 if years < 60 else 42
        rest = 100 - healthy
        return self._random.choices(
            (HEALTHY, CHRONIC, SERIOUS, DISABLED), (healthy, rest * 0.45, rest * 0.23, rest * 0.32)
        )[0]

    def _labour(self, person: Person) -> str:
        years = age(person.birth)
        last = 60 if person.sex == MALE else 55
        if years < 16 or years > last or person.pupil:
            return NONE
        kept = {HEALTHY: 1.0, CHRONIC: 0.8, SERIOUS: 0.05, DISABLED: 0.3}[person.health]
        if self._random.random() >= kept:
            return LOST
        return SKILLED if self._random.random() < 0.1 else ORDINARY
