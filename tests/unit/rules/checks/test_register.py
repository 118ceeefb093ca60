"""Every rule of the register on both sides of its line: the same household with one thing changed is in order, or it is not."""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.rules.checks import check_household, check_subject
from db.rules.checks.asked import ASKED, ASKED_OF_MORE
from db.rules.checks.finding import Severity
from db.rules.checks.register import NOT_ASKED, RULES
from db.rules.checks.subject import look_at
from db.rules.codes import (
    Attribute,
    Dropout,
    Education,
    Health,
    HousingGrade,
    IdKind,
    Labour,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    Structure,
    Work,
    YesNo,
)
from db.rules.identity import check_digit
from db.rules.values import Household, Living
from tests.helpers.families import FULL, SOUND, TODAY, WIFE_ID, number

HEAD, WIFE, SON = range(3)
YES, NO = YesNo.YES, YesNo.NO


def home(**change: Any) -> Household:
    return replace(FULL, **change)


def person(index: int, **change: Any) -> Household:
    members = list(FULL.members)
    members[index] = replace(members[index], **change)
    return replace(FULL, members=tuple(members))


def born(index: int, day: str, **change: Any) -> Household:
    """The same person born on another day; the head's line follows."""
    own = number(day, "222" if index == WIFE else "871")
    made = person(index, id_number=own, **change)
    return replace(made, head_id=own) if index == HEAD else made


def sheet(**change: Any) -> Household:
    assert FULL.income is not None
    return replace(FULL, income=replace(FULL.income, per_head_stated=None, **change))


def lives(**change: Any) -> Household:
    assert FULL.living is not None
    return replace(FULL, living=replace(FULL.living, **change))


def register(*changes: dict[str, Any], **household: Any) -> Household:
    """Change all three members, one after the other."""
    members = tuple(replace(m, **c) for m, c in zip(FULL.members, changes, strict=True))
    return replace(FULL, members=members, **household)


def _whole(body: str) -> str:
    return body + check_digit(body)


FIVE: dict[str, Any] = {"attribute": Attribute.FIVE_GUARANTEES, "able": NO}
CASES: list[tuple[str, Severity, Household, Household]] = [
    ("R01", "E", person(WIFE, id_number=WIFE_ID), person(WIFE, id_number=WIFE_ID[:17] + ("0" if WIFE_ID[17] != "0" else "1"))),
    ("R01", "E", person(WIFE, id_kind=IdKind.HONGKONG_MACAU_TAIWAN, id_number=_whole("81000019720301222")),
     person(WIFE, id_kind=IdKind.HONGKONG_MACAU_TAIWAN)),
    ("R01", "E", person(WIFE, id_kind=IdKind.OFFICER, id_number="军字第1234567号"), person(WIFE, id_kind=IdKind.OFFICER, id_number="12345")),
    ("R01", "E", person(WIFE, id_kind=IdKind.DISABILITY, id_number=f"{WIFE_ID}44"), person(WIFE, id_kind=IdKind.DISABILITY)),
    ("R02", "W", FULL, person(WIFE, id_number=WIFE_ID[:6] + WIFE_ID[8:17])),
    ("R04", "E", FULL, person(WIFE, id_number=f"{WIFE_ID} ")),
    ("R05", "E", person(WIFE, sex=Sex.FEMALE), person(WIFE, sex=Sex.MALE)),
    ("R07", "E", FULL, person(WIFE, relation=Relation.HEAD)),
    ("R07", "E", FULL, person(HEAD, relation=Relation.OTHER)),
    ("R08", "E", FULL, home(members=())),
    ("R09", "E", home(size_stated=3), home(size_stated=4)),
    ("R12", "I", FULL, person(WIFE, id_number=_whole("45010119720301222"))),
    ("R13", "E", person(WIFE, name="古丽·买买提"), person(WIFE, name="叶")),
    ("R13", "E", person(WIFE, name="叶𠮷龑"), person(WIFE, name="叶 贵1")),
    ("R14", "W", born(HEAD, "20000525"), born(HEAD, "20000526")),
    ("R15", "E", FULL, person(SON, relation=Relation.SPOUSE)),
    ("R16", "W", born(SON, "19840227", schooling=Schooling.NONE, education=Education.JUNIOR),
     born(SON, "19840226", schooling=Schooling.NONE, education=Education.JUNIOR)),
    ("R17", "W", born(WIFE, "19960525"), born(WIFE, "19960526")),
    ("R18", "E", person(SON, relation=Relation.SON), person(SON, relation=Relation.DAUGHTER)),
    ("R19", "E", person(WIFE, disability_number=f"{WIFE_ID}44", health_also=Health.DISABLED),
     person(WIFE, disability_number=f"{WIFE_ID}84", health_also=Health.DISABLED)),
    ("R20", "E", home(group="第七组"), home(group="")),
    ("R20", "W", person(WIFE, education=Education.JUNIOR), person(WIFE, education=None)),
    ("R20", "E", sheet(property=Decimal(60)), sheet(property=None, dividend=None, other_property=None)),
    ("R21", "E", person(HEAD, work_months=12), person(HEAD, work_months=13)),
    ("R21", "E", home(housing_area=Decimal(40)), home(housing_area=Decimal(-1))),
    ("R22", "W", home(phone="13757065278"), home(phone="1375706527")),
    ("R23", "W", home(bank_card="6212632455325283"), home(bank_card="621263245532528")),
    ("R25", "E", person(WIFE, illness="高血压"), person(WIFE, illness="高血\ufffd")),
    ("R25", "W", person(WIFE, name="叶某贵"), person(WIFE, name="叶\ue001贵")),
    ("R27", "W", born(SON, "20130525", schooling=Schooling.KINDERGARTEN), born(SON, "20130526", schooling=Schooling.KINDERGARTEN)),
    ("R28", "E", born(SON, "20090526", schooling=Schooling.NONE, education=Education.PRESCHOOL),
     born(SON, "20090525", schooling=Schooling.NONE, education=Education.PRESCHOOL)),
    ("R29", "E", born(SON, "20100525", education=Education.PRIMARY), born(SON, "20100526", education=Education.PRIMARY)),
    ("R30", "W", person(SON, schooling=Schooling.NONE, education=Education.PRIMARY, dropout=Dropout.ILLNESS),
     person(SON, schooling=Schooling.NONE, education=Education.PRIMARY)),
    ("R31", "W", born(SON, "19910526", schooling=Schooling.SENIOR_3), born(SON, "19910525", schooling=Schooling.SENIOR_3)),
    ("R32", "E", born(SON, "20110525"), born(SON, "20110526")),
    ("R33", "E", person(SON, work_status=Work.OTHER, work_months=1), person(SON, work_status=Work.TOWN, work_months=1)),
    ("R34", "E", born(SON, "20000525", schooling=Schooling.SENIOR_1, labour=Labour.ORDINARY),
     born(SON, "20000526", schooling=Schooling.SENIOR_1, labour=Labour.ORDINARY)),
    ("R35", "E", person(WIFE, labour=Labour.WEAK, work_status=Work.TOWN), person(WIFE, work_status=Work.TOWN)),
    ("R36", "W", born(WIFE, "19610525", labour=Labour.ORDINARY), born(WIFE, "19600525", labour=Labour.ORDINARY)),
    ("R37", "W", person(WIFE, health=Health.CHRONIC), person(WIFE, health=Health.HEALTHY)),
    ("R38", "E", person(WIFE, health_also=Health.SERIOUS), person(WIFE, health_also=Health.HEALTHY)),
    ("R38", "E", person(WIFE, health_also=None), person(WIFE, health_also=Health.CHRONIC)),
    ("R39", "E", person(WIFE, disability_number=f"{WIFE_ID}44", health_also=Health.DISABLED),
     person(WIFE, disability_number=f"{WIFE_ID}44")),
    ("R39", "W", FULL, person(WIFE, health_also=Health.DISABLED)),
    ("R40", "W", FULL, person(WIFE, health=Health.HEALTHY, labour=Labour.WEAK)),
    ("R40", "W", person(WIFE, health=Health.HEALTHY, health_also=Health.SERIOUS), person(WIFE, health=Health.DISABLED)),
    ("R41", "E", home(other_cause_1=PovertyCause.SKILL), home(other_cause_1=PovertyCause.ILLNESS)),
    ("R41", "I", home(applied_on=date(2015, 4, 6), other_cause_1=PovertyCause.MARRIAGE),
     home(applied_on=date(2014, 4, 6), other_cause_1=PovertyCause.MARRIAGE)),
    ("R42", "W", home(main_cause=PovertyCause.DRIVE),
     register({"labour": Labour.LOST, "health": Health.CHRONIC}, {}, {}, main_cause=PovertyCause.DRIVE)),
    ("R43", "W", person(HEAD, work_months=1), person(HEAD, work_months=0)),
    ("R43", "W", FULL, person(HEAD, work_status=None, work_place="")),
    ("R44", "W", FULL, person(HEAD, work_place="出国务工未归")),
    ("R45", "W", born(SON, "19990525", soldier=YES, labour=Labour.ORDINARY), born(SON, "19990526", soldier=YES, labour=Labour.ORDINARY)),
    ("R45", "W", person(HEAD, soldier=YES), person(HEAD, soldier=YES, health=Health.DISABLED)),
    ("R46", "W", home(only_child=YES), person(WIFE, relation=Relation.DAUGHTER)),
    ("R46", "W", home(two_daughters=NO), home(two_daughters=YES)),
    ("R47", "E", FULL, register({"labour": Labour.LOST, "health": Health.CHRONIC}, {}, {})),
    ("R47", "W", home(able_stated=1), home(able_stated=2)),
    ("R48", "W", FULL, register({"benefits": NO}, {"benefits": NO}, {"benefits": NO})),
    ("R48", "W", register({"benefits": NO}, {"benefits": NO}, {"benefits": NO}, attribute=Attribute.ORDINARY),
     home(attribute=Attribute.ORDINARY)),
    ("R49", "W", home(**FIVE, members=FULL.members[:2]), home(**FIVE)),
    ("R49", "W", born(SON, "19980526", schooling=Schooling.NONE, labour=Labour.ORDINARY),
     replace(born(SON, "19980525", schooling=Schooling.NONE, labour=Labour.ORDINARY), **FIVE)),
    ("R50", "W", home(**FIVE), home(attribute=Attribute.FIVE_GUARANTEES, able=YES)),
    ("R51", "W", FULL, sheet(low_income_benefit=Decimal(0), other_transfer=Decimal(3600))),
    ("R51", "W", FULL, register({"benefits": NO}, {"benefits": NO}, {"benefits": NO})),
    ("R52", "W", sheet(five_guarantees=Decimal(0)), sheet(five_guarantees=Decimal(1))),
    ("R53", "W", born(WIFE, "19560526", pension_insured=NO), born(WIFE, "19560525", pension_insured=NO)),
    ("R53", "W", sheet(pension=Decimal(0)), replace(born(WIFE, "19560525"), income=sheet(pension=Decimal(0)).income)),
    ("R54", "W", person(SON, medical_insured=None), person(SON, medical_insured=NO)),
    ("R55", "E", sheet(ecology=Decimal(400)), sheet(ecology=Decimal("400.01"))),
    ("R56", "E", sheet(dividend=Decimal(60)), sheet(dividend=Decimal("59.99"))),
    ("R57", "E", sheet(tax=Decimal(0)), sheet(tax=Decimal("0.01"))),
    ("R58", "E", FULL, replace(FULL, income=replace(FULL.income, per_head_stated=Decimal("2761.01")))),  # type: ignore[type-var]
    ("R59", "W", FULL, register({"work_status": None, "work_months": None, "work_place": ""}, {}, {})),
    ("R59", "W", sheet(wages=Decimal(1)), sheet(wages=Decimal(0))),
    ("R60", "W", sheet(business_cost=Decimal(2000)), sheet(business_cost=Decimal("2000.01"))),
    ("R60", "W", lives(arable=Decimal(0), irrigated=None), sheet(business=Decimal(0), business_cost=Decimal(0))),
    ("R61", "W", sheet(wages=Decimal(100_000)), sheet(wages=Decimal("100000.01"))),
    ("R63", "W", sheet(wages=Decimal(6719)), sheet(wages=Decimal(6720))),
    ("R63", "W", sheet(year=2015), sheet(year=2014)),
    ("R110", "W", FULL, person(WIFE, id_kind=IdKind.NONE, id_number="", police_proof="华公证201601")),
    ("R110", "E", person(WIFE, id_kind=IdKind.NONE, id_number="", police_proof="华公证201601"), person(WIFE, id_kind=IdKind.NONE, id_number="")),
    ("R110", "E", FULL, person(WIFE, id_number="")),
    ("R111", "W", home(main_cause=PovertyCause.OTHER), home(main_cause=PovertyCause.OTHER, cause_note="")),
    ("R112", "W", home(cause_note=""), register({}, {"illness": ""}, {}, cause_note="")),
    ("R115", "W", FULL, home(attribute=Attribute.ORDINARY)),
    ("R116", "W", lives(new_house=YES, new_house_area=Decimal("79.99")), lives(new_house=YES, new_house_area=Decimal(80))),
    ("R116", "W", lives(new_house=YES, new_house_area=Decimal(80), subsidised=YES), lives(new_house=YES, new_house_area=Decimal(80))),
    ("R116", "W", home(built_year=2013, housing_area=Decimal(80)), home(built_year=2014, housing_area=Decimal(80))),
    ("R116", "W", home(housing_area=Decimal(0), structure=None), home(housing_area=Decimal(0), structure=Structure.EARTH)),
    ("R117", "W", FULL, lives(water_scarce=YES)),
    ("R118", "W", FULL, home(housing_grade=HousingGrade.C)),
    ("R118", "W", home(dangerous=YES, housing_grade=HousingGrade.D), home(dangerous=YES)),
    ("R119", "W", FULL, lives(irrigated=Decimal("1.51"))),
]  # fmt: skip
_CHECKS, _RULES = "tests/unit/rules/checks", "tests/unit/rules"
ON_PLACE: dict[str, str] = {
    **dict.fromkeys(("R03", "R62", "R80", "R99"), f"{_CHECKS}/test_record.py"),
    **dict.fromkeys(("R68", "R69", "R70", "R71"), f"{_CHECKS}/test_dates.py"),
    **dict.fromkeys(("R64", "R65", "R66", "R120"), f"{_RULES}/test_counts.py"),
    **dict.fromkeys(("R73", "R74", "R75", "R76"), f"{_CHECKS}/test_changes.py"),
    "R67": f"{_RULES}/test_turns.py",
    "R72": f"{_RULES}/test_case.py",
    "R78": f"{_RULES}/test_removal.py",
    "R101": f"{_RULES}/test_privacy.py",
}
"""Rules over more than one household, and where their two sides are tested."""
LINE = Decimal(4000)
ROOT = Path(__file__).parents[4]


def told(rule: str, severity: Severity, household: Household) -> list[str]:
    return [f.text for f in check_household(household, TODAY, LINE) if (f.rule, f.severity) == (rule, severity)]


def test_the_sound_households_have_no_finding() -> None:
    assert check_household(SOUND, TODAY, LINE) == ()
    assert check_household(FULL, TODAY, LINE) == ()


@pytest.mark.parametrize(
    ("rule", "severity", "inside", "outside"), CASES, ids=[f"{case[0]}-{n}" for n, case in enumerate(CASES)]
)
def test_both_sides_of_the_line(rule: str, severity: Severity, inside: Household, outside: Household) -> None:
    assert told(rule, severity, inside) == []
    said = told(rule, severity, outside)
    assert said
    assert all(text.strip() == text and "None" not in text for text in said)


def test_every_rule_is_tested_on_both_sides() -> None:
    assert {case[0] for case in CASES} == {rule.number for rule in (*ASKED, *ASKED_OF_MORE)}
    assert set(RULES) == {case[0] for case in CASES} | set(ON_PLACE)


def test_the_register_covers_the_whole_list() -> None:
    listed = {f"R{n:02}" for n in (*range(1, 81), 99, 101, *range(110, 121))}
    assert set(RULES) | set(NOT_ASKED) == listed
    assert not set(RULES) & set(NOT_ASKED)


@pytest.mark.parametrize("rule", ON_PLACE)
def test_a_rule_held_elsewhere_is_tested_there(rule: str) -> None:
    """The file of tests calls the function that holds the rule."""
    text = (ROOT / ON_PLACE[rule]).read_text(encoding="utf-8")
    functions = [RULES[rule].check.__name__, *(name.rpartition(".")[2] for name in RULES[rule].also)]
    assert any(name in text for name in functions)


def test_no_rule_is_in_the_register_twice() -> None:
    asked = [rule.number for rule in (*ASKED, *ASKED_OF_MORE)]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("rule", RULES.values(), ids=lambda rule: rule.number)
def test_a_rule_says_its_number_and_its_source(rule: Any) -> None:
    functions = [rule.check, *(_named(name) for name in rule.also)]
    assert rule.title
    assert rule.severity in "EWI"
    assert all(callable(f) for f in functions)
    module = inspect.getmodule(rule.check)
    assert module is not None
    said = (inspect.getdoc(rule.check) or "") + (inspect.getdoc(module) or "")
    assert rule.number in said or rule.number in _PROCEDURE_SAYS


_PROCEDURE_SAYS = {"R64", "R72", "R101"}
"""Rules of rooms whose functions hold several at once, or that say the article and not the number."""


def test_what_a_reason_rests_on_are_fields() -> None:
    assert FULL.income is not None
    places = (FULL, FULL.members[0], FULL.income, Living())
    keys = {key for rule in RULES.values() for key in rule.rests}
    assert [key for key in keys if not any(hasattr(place, key) for place in places)] == []


def test_doubts_rest_on_something() -> None:
    doubtful = [case[0] for case in CASES if case[1] == "W"]
    assert [number for number in doubtful if not RULES[number].rests] == []


def test_notes_for_the_whole_record_only() -> None:
    small = home(housing_area=Decimal(38), bank="", bank_card="6212632455325283479")
    assert check_household(small, TODAY, LINE) == ()
    found = check_subject(look_at(small, TODAY, LINE, whole=True))
    assert [(f.rule, f.severity, f.field) for f in found] == [
        ("R23", "I", "bank_card"), ("R23", "I", "bank"), ("R116", "I", "housing_area"),
    ]  # fmt: skip


def test_the_full_record_is_not_asked_of_a_bare_application() -> None:
    assert not look_at(SOUND, TODAY, None).more
    assert look_at(FULL, TODAY, None).more
    assert look_at(replace(SOUND, living=Living()), TODAY, None).more


def test_a_head_without_a_number_may_have_the_police_proof() -> None:
    assert told("R110", "E", replace(person(HEAD, id_number="", police_proof="1"), head_id="")) == []
    assert len(told("R110", "E", replace(person(HEAD, id_number=""), head_id=""))) == 2


def _named(name: str) -> Callable[..., Any]:
    module, _, function = name.rpartition(".")
    found: Callable[..., Any] = getattr(importlib.import_module(module), function)
    return found
