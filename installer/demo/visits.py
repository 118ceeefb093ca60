"""The visits of the demo town: one sheet a village, each household with its own day, signatures, what was seen, and a verdict.

What was seen agrees with the roster's truth (rooms with the house's grade, hands with the workers, 六进 with illness, disability and
lone old age). Planted are hits of 七不进, plain and explained, incomes over the line and one missing signature.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from random import Random

from installer.demo.families import FIVE_GUARANTEES, Family
from installer.demo.people import DISABLED, LOST, MALE, SERIOUS, Registry
from installer.demo.picking import Picker
from installer.demo.rows import Row, midnight
from installer.demo.town import FIRST_VISIT, LAST_VISIT, VILLAGES, age

FITS, UNFIT, INCOMPLETE = "符合", "不符合", "待补充"
_BARS = 7


@dataclass(slots=True)
class Planted:
    """What the visits found beside the ordinary: bar and remark per household, and who lacks a signature."""

    bars: dict[int, tuple[int, str, bool]] = field(default_factory=dict)  # id(family): item 1–7, remark, explained
    over_line: list[Family] = field(default_factory=list)
    unsigned: Family | None = None
    told: list[dict[str, str]] = field(default_factory=list)

    def verdict(self, family: Family) -> str:
        """核实结论 of the household."""
        bar = self.bars.get(id(family))
        if (bar and not bar[2]) or any(family is f for f in self.over_line):
            return UNFIT
        return INCOMPLETE if family is self.unsigned else FITS


def plant(picker: Picker) -> Planted:
    """Choose the households with a hit of 七不进 and the one whose second surveyor did not sign."""
    planted = Planted()
    roomy = picker.take(lambda f: f.area >= 96 and f.grade == "A级")
    rebuilt = picker.take(lambda f: f.area >= 80 and f.grade == "A级")
    father = picker.take(lambda f: f.size <= 2 and age(f.head.birth) >= 61 and f.attribute != FIVE_GUARANTEES)
    cases = (
        (roomy, 1, f"2014年新建住房，约{roomy.area}平方米", False),
        (rebuilt, 1, "2015年危房改造政府资助建房，有批复", True),
        (picker.take(lambda f: f.able > 1), 3, "小汽车登记在户主名下", False),
        (picker.take(lambda f: f.able == 1), 3, "三轮摩托一辆，用于接送病人，非小汽车", True),
        (father, 4, "户主长子在区直单位任职，已另立户口", False),
    )
    for family, item, remark, explained in cases:
        planted.bars[id(family)] = (item, remark, explained)
        _tell(planted, family, f"七不进{item}，{'已说明' if explained else UNFIT}")
    planted.unsigned = picker.take(lambda f: f.size >= 2)
    _tell(planted, planted.unsigned, "调查人签名缺一")
    return planted


def _tell(planted: Planted, family: Family, kind: str) -> None:
    planted.told.append({"village": family.village, "head": family.head.name, "group": family.group, "kind": kind})


class Visits:
    """Writes the visits' rows village by village."""

    def __init__(self, random: Random, registry: Registry, planted: Planted) -> None:
        self._random = random
        self._planted = planted
        self._teams = {village: self._team(registry) for village in VILLAGES}

    def sheet(self, families: list[Family]) -> list[Row]:
        """30 cells a household of one village."""
        return [self._row(number, family) for number, family in enumerate(families, 1)]

    def _team(self, registry: Registry) -> list[str]:
        team: list[str] = []
        while len(team) < 3:
            name = registry.name(registry.surname(), MALE)
            team += [name] * (name not in team)
        return team

    def _row(self, number: int, family: Family) -> Row:
        day = FIRST_VISIT + timedelta(days=self._random.randrange((LAST_VISIT - FIRST_VISIT).days + 1))
        item, remark, _ = self._planted.bars.get(id(family), (0, "", False))
        return [
            number,
            family.head.name,
            family.group,
            family.size,
            midnight(day),
            *self._teams[family.village],
            "是",
            "是",
            "缺一人" if family is self._planted.unsigned else "是",
            {"A级": "好", "B级": "一般"}.get(family.grade, "差"),
            self._random.choice(("足", "一般", "缺")),
            "强" if family.able > 1 else "一般" if family.able else "弱",
            "有" if any(p.pupil for p in family.members) else "无",
            *("是" if reason else "否" for reason in _reasons(family)),
            *("是" if bar == item else "否" for bar in range(1, _BARS + 1)),
            remark or None,
            self._planted.verdict(family),
        ]


def _reasons(family: Family) -> tuple[bool, ...]:
    """六进 one by one, as far as the roster tells."""
    head, others = family.head, family.members[1:]
    minors = any(age(p.birth) < 18 for p in others)
    grandchildren = any(p.relation in ("之孙子", "之孙女") for p in others)
    lone = family.size == 1 and age(head.birth) >= 60 and family.attribute != FIVE_GUARANTEES
    single = bool(others) and minors and not grandchildren and all(p.relation in ("之子", "之女") for p in others)
    return (
        grandchildren and minors,
        lone or single,
        head.health == SERIOUS,
        any(p.health == DISABLED and p.labour == LOST for p in family.members),
        family.grade == "D级",
        family.cause == "因灾",
    )
