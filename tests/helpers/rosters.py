"""Three invented villages of some forty households with faults planted at known cells, to be written down in any layout.

A cell is named by what it is (household, person or -1 for the household itself, key); a layout remembers where it wrote it, so that the
findings a layout must give follow from the faults alone.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, NamedTuple

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from tests.helpers.workbooks import id_number

VILLAGES = dict.fromkeys(("上坪村", "河唇村", "石塘围村"), ("第一组", "第二组", "第三组"))
SURNAMES = "赖钟温古曾邱廖谢罗巫饶丘蓝卓"
GIVEN = "福贵英兰新财容连添胜妹泉荣凤"
HOUSEHOLDS = 40


class Spot(NamedTuple):
    """A cell by its meaning; ``person`` -1 is the household itself."""

    home: int
    person: int
    key: str


@dataclass
class Home:
    """One household: its own columns and those of its people, the head first."""

    own: dict[str, Any]
    people: list[dict[str, Any]]


@dataclass(frozen=True)
class Fault:
    """What is written instead, and the finding it must give: rule and severity at that cell."""

    spot: Spot
    value: Any
    rule: str
    severity: str = "E"


def _person(name: str, sex: str, born: str, order: int, relation: str, **more: Any) -> dict[str, Any]:
    return {
        "name": name, "sex": sex, "id_number": id_number(born, order), "relation": relation, "ethnicity": "汉族",
        "education": "初中", "schooling": "非在校生", "health": "健康", "disability_number": "", "labour": "普通劳动力",
    } | more  # fmt: skip


def _people(number: int) -> list[dict[str, Any]]:
    surname, given, born = SURNAMES[number % 14], GIVEN[number * 5 % 14], 1962 + number % 16
    odd, even = 101 + 2 * number, 200 + 2 * number
    child = {"education": "", "labour": "无劳动力"}
    head = _person(f"{surname}某{given}", "男", f"{born}0{1 + number % 9}12", odd, "户主")
    wife = _person(
        f"{SURNAMES[(number + 3) % 14]}某{GIVEN[number % 14]}", "女", f"{born + 2}0{1 + number % 9}21", even, "配偶"
    )
    if number % 4 == 0:
        return [head, wife, _person(f"{surname}某文", "男", "20050610", odd, "之子", **child, schooling="小学")]
    if number % 4 == 1:
        return [_person(f"{surname}某{given}", "女", f"{born}0314", even, "户主")]
    if number % 4 == 2:
        mother = _person(
            f"{SURNAMES[(number + 7) % 14]}某娘",
            "女",
            "19331125",
            even + 100,
            "之母",
            education="文盲或半文盲",
            labour="无劳动力",
        )
        return [head, wife, mother, _person(f"{surname}某强", "男", "19960205", odd + 100, "之子")]
    return [head, wife, _person(f"{surname}某花", "女", "20010703", even, "之女", **child, schooling="九年级")]


def homes() -> list[Home]:
    """The households without a fault, village by village."""
    made = []
    for number in range(HOUSEHOLDS):
        people = _people(number)
        able = sum(person["labour"] == "普通劳动力" for person in people)
        wages, transfer = 1200.0 * len(people), 340.0 * len(people)
        own = {
            "village": [*VILLAGES][number * 3 // HOUSEHOLDS], "group": VILLAGES["上坪村"][number % 3],
            "head_name": people[0]["name"], "head_sex": people[0]["sex"], "head_id": people[0]["id_number"],
            "size_stated": len(people), "able_stated": able, "attribute": "一般贫困户", "able": "有",
            "main_cause": ("缺技术", "缺资金", "缺土地")[number % 3], "wages": wages, "business": 500.0, "property": 0.0,
            "transfer": transfer, "business_cost": 100.0,
            "per_head_stated": round((wages + transfer + 400) / len(people), 2), "phone": f"139{number:08d}",
            "bank_card": f"62100000{number:08d}", "applied_on": date(2016, 4, 1) + timedelta(days=number % 20),
        }  # fmt: skip
        made.append(Home(own, people))
    return made


def faults() -> tuple[Fault, ...]:
    """Every fault with the finding it must give, in whatever layout it is written down."""
    sound = homes()
    other = sound[34].people[3]["id_number"]
    bad = sound[4].people[1]["id_number"]
    return (
        Fault(Spot(1, -1, "per_head_stated"), 2222.0, "R58"),
        Fault(Spot(2, -1, "main_cause"), "生病", "R21"),
        Fault(Spot(4, 1, "id_number"), bad[:-1] + ("0" if bad[-1] != "0" else "1"), "R01"),
        Fault(Spot(6, 2, "sex"), "男", "R05"),
        Fault(Spot(8, -1, "wages"), "约二千", "R21"),
        Fault(Spot(10, -1, "size_stated"), 5, "R09"),
        Fault(Spot(12, -1, "applied_on"), "2016-02-30", "R21"),
        Fault(Spot(14, 0, "relation"), "户住", "R21"),
        Fault(Spot(16, -1, "group"), "第九组", "R24"),
        Fault(Spot(18, 1, "id_number"), 441401198001010110.0, "R01"),
        Fault(Spot(20, -1, "attribute"), "", "R20"),
        Fault(Spot(22, 3, "ethnicity"), "汉旗", "R21"),
        Fault(Spot(26, 3, "id_number"), other, "R03"),
        Fault(Spot(30, 1, "relation"), "", "R20"),
        Fault(Spot(34, 2, "id_number"), "4.41401E+17", "R01"),
        Fault(Spot(36, -1, "phone"), "1390000003", "R22", "W"),
        Fault(Spot(38, 3, "name"), "", "R13"),
    )


def planted() -> list[Home]:
    """The households with every fault in its place."""
    made = homes()
    for fault in faults():
        home = made[fault.spot.home]
        row = home.own if fault.spot.person < 0 else home.people[fault.spot.person]
        row[fault.spot.key] = fault.value
    return made


@dataclass
class Written:
    """Where a layout put which cell: from a `Spot` to sheet, row and letter."""

    places: dict[Spot, tuple[str, int, str]] = field(default_factory=dict)

    def put(self, sheet: Worksheet, row: int, column: int, value: Any, spot: Spot) -> None:
        """Write one cell; the first place of a spot counts, where a household stands on every row of it."""
        cell = sheet.cell(row, column, None if value == "" else value)
        if isinstance(value, str):
            cell.number_format = "@"
        self.places.setdefault(spot, (sheet.title, row, get_column_letter(column)))

    def line(
        self, sheet: Worksheet, row: int, columns: Sequence[str], values: Mapping[str, Any], home: int, person: int,
        dress: Callable[[str, Any], Any] = lambda _, value: value,
    ) -> None:  # fmt: skip
        """Write the cells of a household or person into the columns of their keys; keys of the other kind are left alone."""
        for column, key in enumerate(columns, 1):
            if key in values:
                self.put(sheet, row, column, dress(key, values[key]), Spot(home, person, key))

    def expected(self, severity: str = "E", borrowed: Iterable[tuple[str, str]] = ()) -> set[tuple[str, int, str, str]]:
        """The findings of one severity as sheet, row, letter and rule; ``borrowed`` are keys of a household with that of its head's own
        row it has no column of its own for."""
        instead = dict(borrowed)
        found = set()
        for spot, rule, gravity in _told():
            at = spot if spot in self.places or spot.key not in instead else Spot(spot.home, 0, instead[spot.key])
            if gravity == severity:
                found.add((*self.places[at], rule))
        return found


def _told() -> list[tuple[Spot, str, str]]:
    """Every finding: one a fault, for a number stated twice also where it is right, for a wrong sex also the relation it makes wrong."""
    own = [(fault.spot, fault.rule, fault.severity) for fault in faults()]
    return [*own, (Spot(34, 3, "id_number"), "R03", "E"), (Spot(6, 2, "relation"), "R18", "E")]
