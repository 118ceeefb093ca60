"""Every rule on a household's paper, just inside and just outside its line; a sound household has no finding at all."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.fields.member import MEMBER
from db.rules.checks import Finding, check_household
from db.rules.checks.blanks import OF_HOUSEHOLD as HOUSEHOLD_REQUIRED
from db.rules.checks.blanks import OF_MEMBER as MEMBER_REQUIRED
from db.rules.codes import (
    Attribute,
    Education,
    Health,
    Labour,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    YesNo,
)
from db.rules.identity import check_digit
from db.rules.income import REQUIRED_ITEMS
from db.rules.values import Household, Member
from tests.helpers.families import HEAD, HEAD_ID, SHEET, SON, SOUND, TODAY, WIFE, WIFE_ID, number


def found(household: Household, line: Decimal | None = None) -> list[tuple[str, str, str, int | None]]:
    return [(f.rule, f.severity, f.field, f.member) for f in check_household(household, TODAY, line)]


def with_members(*members: Member) -> Household:
    return replace(SOUND, members=members)


def test_a_sound_household_has_no_finding() -> None:
    assert check_household(SOUND, TODAY, Decimal(4000)) == ()


def test_what_the_fields_demand_is_what_the_rules_ask_for() -> None:
    demanded = {key for key, f in HOUSEHOLD.items() if f.demanded}
    assert demanded == {*HOUSEHOLD_REQUIRED, "head_id", "main_cause"}
    assert {key for key, f in MEMBER.items() if f.demanded} == {*MEMBER_REQUIRED, "name", "id_number"}
    assert {key for key, f in INCOME.items() if f.demanded} == set(REQUIRED_ITEMS)


@pytest.mark.parametrize("key", list(HOUSEHOLD_REQUIRED))
def test_a_blank_required_field_is_an_error(key: str) -> None:
    blank: dict[str, Any] = {key: "" if isinstance(getattr(SOUND, key), str) else None}
    assert ("R20", "E", key, None) in found(replace(SOUND, **blank))


@pytest.mark.parametrize("key", list(MEMBER_REQUIRED))
def test_a_blank_required_field_of_a_member_is_an_error(key: str) -> None:
    blank: dict[str, Any] = {key: None}
    assert ("R20", "E", key, 1) in found(with_members(HEAD, replace(WIFE, **blank), SON))


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"head_sex": Sex.FEMALE}, ("R05", "E", "head_sex")),
        ({"head_id": HEAD_ID[:17] + "0"}, ("R01", "E", "head_id")),
        ({"head_id": "4.41401E+17"}, ("R01", "E", "head_id")),
        ({"head_id": ""}, ("R110", "E", "head_id")),
        ({"head_id": HEAD_ID[:6] + HEAD_ID[8:17]}, ("R02", "W", "head_id")),
        ({"head_id": WIFE_ID, "head_sex": Sex.FEMALE}, ("R07", "E", "head_id")),
        ({"head_name": "魏某"}, ("R07", "E", "head_name")),
        ({"head_name": "魏"}, ("R13", "E", "head_name")),
        ({"size_stated": 4}, ("R09", "E", "size_stated")),
        ({"members": ()}, ("R08", "E", "members")),
        ({"applied_on": date(2016, 5, 26)}, ("R68", "E", "applied_on")),
        ({"main_cause": None}, ("R41", "E", "main_cause")),
        ({"other_cause_1": PovertyCause.ILLNESS}, ("R41", "E", "other_cause_1")),
        ({"other_cause_1": PovertyCause.SKILL, "other_cause_2": PovertyCause.SKILL}, ("R41", "E", "other_cause_2")),
        ({"main_cause": PovertyCause.DISABILITY}, ("R40", "W", "main_cause")),
        ({"able_stated": 2}, ("R47", "W", "able_stated")),
        ({"able": YesNo.NO}, ("R47", "W", "able")),
        ({"phone": "1869796165"}, ("R22", "W", "phone")),
        ({"bank_card": "621056863621"}, ("R23", "W", "bank_card")),
        ({"remark": "乱码\ufffd"}, ("R25", "E", "remark")),
        ({"housing_area": Decimal(-1)}, ("R21", "E", "housing_area")),
        ({"attribute": Attribute.FIVE_GUARANTEES}, ("R49", "W", "attribute")),
        ({"attribute": Attribute.FIVE_GUARANTEES}, ("R50", "W", "able")),
    ],
)
def test_rules_on_the_household(change: dict[str, Any], expected: tuple[str, str, str]) -> None:
    assert (*expected, None) in found(replace(SOUND, **change))


@pytest.mark.parametrize(
    "change",
    [
        {"applied_on": TODAY},
        {"other_cause_1": PovertyCause.SKILL, "other_cause_2": PovertyCause.MONEY},
        {"main_cause": PovertyCause.SCHOOLING},
        {"main_cause": PovertyCause.LABOUR},
        {"main_cause": PovertyCause.DRIVE},
        {"phone": ""},
        {"bank_card": ""},
        {"housing_area": Decimal(0)},
        {"head_name": "魏\u3000某华"},
        {"income": None},
    ],
)
def test_what_is_inside_the_line_has_no_finding(change: dict[str, Any]) -> None:
    household = replace(SOUND, **change)
    assert [f for f in found(household) if change.keys() != {"head_name"} or f[0] != "R13"] == []


def test_able_household_without_an_able_member() -> None:
    idle = with_members(replace(HEAD, labour=Labour.LOST, health=Health.CHRONIC), WIFE, SON)
    assert ("R47", "E", "able", None) in found(idle)
    assert ("R42", "W", "main_cause", None) in found(replace(idle, main_cause=PovertyCause.DRIVE))
    weak = with_members(replace(HEAD, labour=Labour.WEAK), WIFE, SON)
    assert found(weak) == []


@pytest.mark.parametrize(
    ("change", "rule", "severity", "field"),
    [
        ({"name": "叶2贵"}, "R13", "E", "name"),
        ({"name": "叶\ue001贵"}, "R25", "W", "name"),
        ({"id_number": ""}, "R110", "E", "id_number"),
        ({"id_number": WIFE_ID[:17] + "A"}, "R01", "E", "id_number"),
        ({"sex": Sex.MALE}, "R05", "E", "sex"),
        ({"relation": Relation.HEAD}, "R07", "E", "relation"),
        ({"relation": Relation.SON}, "R18", "E", "relation"),
        ({"relation": Relation.MOTHER}, "R16", "W", "relation"),
        ({"disability_number": f"{HEAD_ID}34", "health": Health.DISABLED}, "R19", "E", "disability_number"),
        ({"disability_number": f"{WIFE_ID}34"}, "R39", "E", "health"),
        ({"health": Health.DISABLED}, "R39", "W", "disability_number"),
        ({"education": Education.PRESCHOOL}, "R28", "E", "education"),
        ({"education": None}, "R20", "W", "education"),
        ({"schooling": Schooling.GRADE_9}, "R32", "E", "schooling"),
        ({"health": Health.HEALTHY}, "R37", "W", "labour"),
    ],
)
def test_rules_on_a_member(change: dict[str, Any], rule: str, severity: str, field: str) -> None:
    household = with_members(HEAD, replace(WIFE, **change), SON)
    assert (rule, severity, field, 1) in found(household)


def test_a_second_spouse_and_a_spouse_of_the_same_sex() -> None:
    two = with_members(HEAD, WIFE, replace(SON, relation=Relation.SPOUSE))
    assert ("R15", "E", "relation", 2) in found(two)
    man = replace(WIFE, id_number=number("19720301", "221"), sex=Sex.MALE)
    assert ("R15", "E", "relation", 1) in found(with_members(HEAD, man, SON))


def test_no_head_among_the_members() -> None:
    assert ("R07", "E", "members", None) in found(with_members(replace(HEAD, relation=Relation.OTHER), WIFE, SON))


@pytest.mark.parametrize(("born", "hit"), [("19840226", True), ("19840227", False)])
def test_a_father_of_fourteen(born: str, hit: bool) -> None:
    grown = replace(SON, id_number=number(born, "871"), schooling=Schooling.NONE, education=Education.JUNIOR)
    assert (("R16", "W", "relation", 2) in found(with_members(HEAD, WIFE, grown))) is hit


@pytest.mark.parametrize(("born", "hit"), [("19560228", True), ("19560227", False)])
def test_a_mother_of_fourteen(born: str, hit: bool) -> None:
    mother = replace(WIFE, id_number=number(born, "222"), relation=Relation.MOTHER)
    assert (("R16", "W", "relation", 1) in found(with_members(HEAD, mother, SON))) is hit


@pytest.mark.parametrize(
    ("born", "change", "rule", "hit"),
    [
        ("20130526", {"schooling": Schooling.KINDERGARTEN, "education": Education.PRESCHOOL}, "R27", True),
        ("20130525", {"schooling": Schooling.KINDERGARTEN, "education": Education.PRESCHOOL}, "R27", False),
        ("20090525", {"schooling": Schooling.NONE, "education": Education.PRESCHOOL}, "R28", True),
        ("20090526", {"schooling": Schooling.NONE, "education": Education.PRESCHOOL}, "R28", False),
        ("20100526", {"schooling": Schooling.NONE, "education": Education.PRIMARY}, "R29", True),
        ("20100525", {"schooling": Schooling.NONE, "education": Education.PRIMARY}, "R29", False),
        ("20110526", {"schooling": Schooling.PRIMARY}, "R32", True),
        ("20110525", {"schooling": Schooling.PRIMARY}, "R32", False),
        ("20000525", {"schooling": Schooling.PRIMARY}, "R32", True),
        ("20000526", {"schooling": Schooling.PRIMARY}, "R32", False),
        ("20080831", {"schooling": Schooling.NONE, "education": Education.PRESCHOOL}, "R30", True),
        ("20080901", {"schooling": Schooling.NONE, "education": Education.PRESCHOOL}, "R30", False),
        ("19990901", {"schooling": Schooling.NONE, "education": Education.JUNIOR}, "R30", True),
        ("19990831", {"schooling": Schooling.NONE, "education": Education.JUNIOR}, "R30", False),
        ("20000526", {"labour": Labour.ORDINARY}, "R34", True),
        ("20000525", {"labour": Labour.ORDINARY}, "R34", False),
    ],
)
def test_ages_on_both_sides(born: str, change: dict[str, Any], rule: str, hit: bool) -> None:
    child = replace(SON, id_number=number(born, "871"), **change)
    assert (rule in {f[0] for f in found(with_members(HEAD, WIFE, child))}) is hit


@pytest.mark.parametrize(("born", "hit"), [("19550525", True), ("19560525", False)])
def test_a_man_works_until_sixty(born: str, hit: bool) -> None:
    old = replace(HEAD, id_number=number(born, "611"))
    household = replace(with_members(old, WIFE, SON), head_id=old.id_number)
    assert (("R36", "W", "labour", 0) in found(household)) is hit


@pytest.mark.parametrize(("born", "hit"), [("20000526", True), ("20000525", False)])
def test_a_head_below_sixteen(born: str, hit: bool) -> None:
    young = replace(HEAD, id_number=number(born, "611"))
    household = replace(with_members(young, WIFE, SON), head_id=young.id_number)
    assert (("R14", "W", "head_name", None) in found(household)) is hit


@pytest.mark.parametrize(("born", "hit"), [("19960526", True), ("19960525", False)])
def test_a_wife_below_twenty(born: str, hit: bool) -> None:
    wife = replace(WIFE, id_number=number(born, "222"))
    assert (("R17", "W", "relation", 1) in found(with_members(HEAD, wife, SON))) is hit


@pytest.mark.parametrize(
    ("stated", "hit"), [("2819.00", False), ("2821.00", False), ("2821.01", True), ("2818.99", True)]
)
def test_the_stated_income_per_head_to_within_a_yuan(stated: str, hit: bool) -> None:
    household = replace(SOUND, income=replace(SHEET, per_head_stated=Decimal(stated)))
    assert (("R58", "E", "per_head_stated", None) in found(household)) is hit


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"wages": None}, ("R20", "E", "wages")),
        ({"wages": Decimal(-1)}, ("R21", "E", "wages")),
        ({"business_cost": Decimal("2000.01")}, ("R60", "W", "business_cost")),
        ({"transfer": Decimal("100000.01")}, ("R61", "W", "transfer")),
        ({"year": 2014}, ("R63", "W", "year")),
    ],
)
def test_rules_on_the_income_sheet(change: dict[str, Any], expected: tuple[str, str, str]) -> None:
    household = replace(SOUND, income=replace(SHEET, **change))
    assert (*expected, None) in found(household)


def test_an_incomplete_sheet_is_not_added_up() -> None:
    household = replace(SOUND, income=replace(SHEET, wages=None))
    assert [f[0] for f in found(household)] == ["R20"]


def test_the_line_is_shown_before_the_visit_only_when_it_is_known() -> None:
    assert ("R63", "W", "per_head_stated", None) in found(SOUND, Decimal(2820))
    assert found(SOUND, Decimal("2820.01")) == []
    assert found(SOUND) == []


def test_other_provinces_are_a_note() -> None:
    body = "45010119720301222"
    assert found(with_members(HEAD, replace(WIFE, id_number=body + check_digit(body)), SON)) == [
        ("R12", "I", "id_number", 1)
    ]


def test_the_gravest_come_first_and_every_text_says_what_to_do() -> None:
    bad = replace(
        SOUND, head_sex=Sex.FEMALE, phone="1", size_stated=9, members=(HEAD, replace(WIFE, health=Health.DISABLED), SON)
    )
    findings: tuple[Finding, ...] = check_household(bad, TODAY)
    assert [f.severity for f in findings] == ["E", "E", "W", "W", "W"]
    assert all(any(word in f.text for word in ("核对", "改正", "改成", "补填", "录入")) for f in findings)
