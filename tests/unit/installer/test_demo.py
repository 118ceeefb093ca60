"""The demo town: what is shipped is what the generator makes, its people are sound, and only the planted faults are wrong."""

from __future__ import annotations

import json
import re
import zipfile
from collections import Counter
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from db.rules.checks import check_household
from db.rules.codes import (
    Attribute,
    Education,
    Ethnicity,
    Health,
    HousingGrade,
    Labour,
    PovertyCause,
    Relation,
    Schooling,
    Sex,
    YesNo,
)
from db.rules.values import Household, Income, Member
from installer.demo import rows
from installer.demo.families import Family
from installer.demo.faults import Roster
from installer.demo.people import Person
from installer.demo.town import AS_OF, FIRST_VISIT, LAST_VISIT, VILLAGES
from installer.make_demo import FOLDER, ROSTER_FILE, TRUTH, VISITS_FILE, VOTES_FILE, Demo

LINE = Decimal("4000")


@pytest.fixture(scope="module")
def demo() -> Demo:
    return Demo()


@pytest.fixture(scope="module")
def made(demo: Demo, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with freshly made workbooks."""
    folder = tmp_path_factory.mktemp("demo")
    demo.write(folder)
    return folder


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
    return content


def cells(path: Path) -> dict[str, list[tuple[object, ...]]]:
    """Every cell of a workbook, sheet by sheet."""
    return {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in load_workbook(path)}


def member(person: Person) -> Member:
    return Member(
        person.name,
        Relation.by_label(person.relation),
        person.id_number,
        Sex.by_label(person.sex),
        Ethnicity.HAN,
        Education.by_label(person.education),
        Schooling.by_label(person.schooling),
        Health.by_label(person.health),
        person.certificate,
        Labour.by_label(person.labour),
    )


def household(family: Family) -> Household:
    """The family before anybody mistyped it, as the rules see it."""
    income = family.income
    return Household(
        village=family.village,
        group=family.group,
        head_name=family.head.name,
        head_id=family.head.id_number,
        head_sex=Sex.by_label(family.head.sex),
        size_stated=family.size,
        able_stated=family.able,
        attribute=Attribute.by_label(family.attribute),
        able=YesNo.YES if family.able else YesNo.NO,
        main_cause=PovertyCause.by_label(family.cause),
        housing_area=Decimal(family.area),
        housing_grade=HousingGrade.by_label(family.grade),
        phone=family.phone,
        bank_card=family.account,
        applied_on=date.fromisoformat(family.applied_on),
        income=Income(
            2015,
            wages=income["wages"],
            business=income["business"],
            property=income["property"],
            transfer=income["transfer"],
            business_cost=income["cost"],
            per_head_stated=income["per_head"],
        ),
        members=tuple(member(person) for person in family.members),
    )


@pytest.mark.parametrize("file", [ROSTER_FILE, VISITS_FILE, VOTES_FILE])
def test_the_shipped_workbooks_are_what_the_generator_makes(made: Path, file: str) -> None:
    assert cells(made / file) == cells(FOLDER / file)


def test_a_workbook_has_no_clock_in_it(made: Path) -> None:
    with zipfile.ZipFile(made / VOTES_FILE) as parts:
        assert {part.date_time[:3] for part in parts.infolist()} == {(2016, 5, 25)}
        times = re.findall(rb"\d{4}-\d\d-\d\dT", parts.read("docProps/core.xml"))
        assert set(times) == {b"2016-05-25T"}


def test_the_truth_file_is_what_the_generator_knows(demo: Demo, truth: dict[str, Any]) -> None:
    assert json.loads(json.dumps(demo.truth())) == truth


def test_the_town_has_its_size(truth: dict[str, Any]) -> None:
    assert truth["households"] == 480
    assert 1250 <= truth["people"] <= 1350
    assert list(truth["by_village"]) == list(VILLAGES)
    assert [sum(pair[i] for pair in truth["by_village"].values()) for i in (0, 1)] == [480, truth["people"]]


def test_before_the_mistakes_the_rules_find_nothing_but_incomes_over_the_line(demo: Demo) -> None:
    found = {
        (family.village, family.head.name, finding.rule)
        for family in demo.families
        for finding in check_household(household(family), AS_OF, LINE)
    }
    assert found == {(family.village, family.head.name, "R63") for family in demo.over_line}


def test_only_planted_faults_and_the_counted_mess_change_a_cell(demo: Demo, truth: dict[str, Any]) -> None:
    clean = Roster.of(demo.families)
    changed = [
        (sheet, number, column)
        for sheet, start, before, after in (
            (rows.HOUSEHOLD_SHEET, rows.HOUSEHOLD_START, clean.households, demo.roster.households),
            (rows.MEMBER_SHEET, rows.MEMBER_START, clean.members, demo.roster.members),
        )
        for number, (old, new) in enumerate(zip(before, after, strict=True), start)
        for column, (a, b) in enumerate(zip(old, new, strict=True))
        if (type(a), a) != (type(b), b)
    ]
    planted = Counter((fault["sheet"], fault["row"]) for fault in truth["faults"])
    places = Counter((sheet, number) for sheet, number, _ in changed)
    assert all(places[place] == 1 for place in planted)
    assert len(changed) - len(planted) == sum(truth["harmless"].values())


def test_no_household_carries_two_planted_cases(truth: dict[str, Any]) -> None:
    cases = [
        (case["village"], case["head"])
        for part in ("faults", "counterparts", "over_line", "visits", "votes")
        for case in truth[part]
    ]
    assert len(cases) == len(set(cases))


def test_nobody_is_meant(demo: Demo) -> None:
    people = [person for family in demo.families for person in family.members]
    assert all(re.fullmatch("..?某.", person.name) for person in people)
    assert all(person.id_number.startswith("440801") for person in people)
    assert len({person.id_number for person in people}) == len(people)
    assert all(re.fullmatch(r"1(42|43|54|61)\d{8}", family.phone) for family in demo.families)


def test_rows_are_told_apart_by_village_name_group_and_size_but_for_one_pair(demo: Demo, truth: dict[str, Any]) -> None:
    twice = [key for key, times in Counter(family.key for family in demo.families).items() if times > 1]
    pair = truth["ambiguous"]
    assert [key[0:3] for key in twice] == [(pair[0]["village"], pair[0]["group"], pair[0]["head"])]
    assert pair[0] == pair[1]


def test_visits_are_signed_dated_and_judged_but_for_the_planted(demo: Demo, truth: dict[str, Any]) -> None:
    lines = [line for sheet in demo.visits.values() for line in sheet]
    assert len(lines) == 480
    assert all(FIRST_VISIT <= line[4].date() <= LAST_VISIT for line in lines)  # type: ignore[union-attr]
    assert Counter(line[10] for line in lines) == {"是": 479, "缺一人": 1}
    unfit = sum(case["kind"].endswith("不符合") for case in truth["visits"]) + len(truth["over_line"])
    assert Counter(line[29] for line in lines) == {"符合": 480 - unfit - 1, "不符合": unfit, "待补充": 1}


def test_assemblies_meet_their_quorum_and_count_right_but_for_the_planted(demo: Demo, truth: dict[str, Any]) -> None:
    assert all(meeting.present * 3 >= meeting.due * 2 for meeting in demo.meetings)
    wrong = [
        (meeting.village, line[1])
        for meeting in demo.meetings
        for line in meeting.rows
        if sum(line[4:7]) != meeting.present  # type: ignore[arg-type]
    ]
    assert wrong == [(case["village"], case["head"]) for case in truth["votes"]]
    failed = 480 - sum(meeting.passed for meeting in demo.meetings)
    assert 5 <= failed <= 25
    least, most = truth["cards_between"]
    assert 400 < least < most < 480 - failed
