"""The roster of 华阳镇: every planted fault at its row, nothing else grave, its mess absorbed."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from datetime import date

import pytest

from db.rules.codes import PovertyCause, Relation
from db.rules.values import Member
from db.sheets.findings import SheetFinding
from tests.unit.sheets.samples import ROSTER, answers, roster, villages

KINDS = {
    "性别与身份证不符": ("E", "性别", "R05"),
    "缺户主姓名": ("E", "户主姓名", "R20"),
    "致贫原因不在表内": ("E", "主要致贫原因", "R21"),
    "身份证成科学计数": ("E", "证件号码", "R01"),
    "收入为文字": ("E", "工资性收入", "R21"),
    "坏校验位": ("E", "证件号码", "R01"),
    "人均收入与分项不符": ("E", "人均可支配收入", "R58"),
    "人数与成员数不符": ("E", "家庭人口", "R09"),
    "卡号过短": ("W", "一卡通账号", "R23"),
    "15位旧身份证": ("W", "证件号码", "R02"),
    "申请日期晚于今日": ("E", "申请日期", "R68"),
    "身份证重复": ("E", "证件号码", "R03"),
    "电话位数不对": ("W", "联系电话", "R22"),
    "村名不在本镇": ("E", "村（居）", "R24"),
    "身份证末三位成000": ("E", "证件号码", "R01"),
    "学龄与文化程度矛盾": ("E", "文化程度", "R28"),
    "残疾证号与身份证不符": ("E", "残疾证号", "R19"),
    "关系与性别矛盾": ("E", "与户主关系", "R18"),
    "成员身份证重复": ("E", "身份证号码", "R03"),
}
PLANTED = [*answers()["faults"], *answers()["person_faults"]]


def at_rows() -> dict[tuple[str, int], list[SheetFinding]]:
    found = defaultdict(list)
    for finding in roster().findings:
        found[finding.sheet, finding.row].append(finding)
    return found


def test_all_households_and_persons_are_read() -> None:
    read = roster()
    assert read.as_of == date(2016, 5, 25)
    assert read.sha256 == hashlib.sha256(ROSTER.read_bytes()).hexdigest()
    assert (len(read.rows), read.persons) == (552, 1496)
    assert [read.rows[0].row, read.rows[-1].row] == [5, 556]
    in_town = [row.household for row in read.rows if row.household.village in villages()]
    counted = Counter(household.village for household in in_town)
    wrong = Counter(fault["village"] for fault in PLANTED if fault["kind"] == "村名不在本镇")
    assert counted + wrong == {village: households for village, (households, _) in answers()["by_village"].items()}


@pytest.mark.parametrize("fault", PLANTED, ids=lambda fault: f"{fault['sheet']}{fault['row']}{fault['kind']}")
def test_every_planted_fault_is_found_at_its_cell(fault: dict[str, object]) -> None:
    severity, column, rule = KINDS[str(fault["kind"])]
    found = at_rows()[str(fault["sheet"]), int(str(fault["row"]))]
    assert (severity, column, rule) in {(finding.severity, finding.column, finding.rule) for finding in found}
    assert all(finding.key.endswith(str(fault["head"])) for finding in found)


def test_nothing_grave_is_invented() -> None:
    planted = {(fault["sheet"], fault["row"]) for fault in PLANTED}
    grave = {(finding.sheet, finding.row) for finding in roster().findings if finding.severity == "E"}
    assert grave <= planted
    doubled = {row for _, _, row in answers()["doubled_rows"] if row}
    warned = {(finding.sheet, finding.row): finding.rule for finding in roster().findings if finding.severity == "W"}
    innocent = {place: rule for place, rule in warned.items() if place not in planted}
    assert set(innocent.values()) == {"R03"}
    assert doubled <= {row for _, row in innocent}


def test_of_two_equal_numbers_the_row_that_contradicts_itself_is_faulty() -> None:
    faulty = next(f for f in at_rows()["贫困户", 259] if f.rule == "R03")
    other = next(f for f in at_rows()["贫困户", 182] if f.rule == "R03")
    assert (faulty.severity, other.severity) == ("E", "W")
    assert "第182行" in faulty.text
    assert "第259行" in other.text


def test_a_fault_keeps_the_household_out_also_from_a_members_row() -> None:
    by_row = {row.row: row for row in roster().rows}
    faults = {fault["row"]: fault["kind"] for fault in answers()["faults"]}
    for row, kind in faults.items():
        assert by_row[row].faulty is (KINDS[kind][0] == "E"), row
    for fault in answers()["person_faults"]:
        assert next(row for row in roster().rows if fault["row"] in row.member_rows).faulty
    assert sum(row.faulty for row in roster().rows) == 35


def test_a_proposal_is_made_and_not_taken() -> None:
    by_row = {row.row: row for row in roster().rows}
    assert by_row[64].household.main_cause is None
    assert "是不是“因病”？" in at_rows()["贫困户", 64][0].text
    assert isinstance(by_row[63].household.main_cause, PovertyCause)


def test_an_old_number_is_converted_and_joins_its_persons() -> None:
    household = next(row.household for row in roster().rows if row.row == 231)
    assert household.head_id == household.members[0].id_number == "441401197701187916"


def test_persons_join_households_whose_name_number_or_village_is_damaged() -> None:
    by_row = {row.row: row for row in roster().rows}
    assert [by_row[row].member_rows for row in (38, 70, 96, 259, 317)] == [
        (93,),
        (170, 171, 172, 173, 174),
        (252,),
        (694,),
        (842, 843, 844),
    ]
    assert all(row.member_rows for row in roster().rows)


def test_mess_is_absorbed_without_a_word() -> None:
    clean = [row.household for row in roster().rows if not row.faulty]
    people: list[Member] = [member for household in clean for member in household.members]
    assert all(
        len(member.id_number) == 18 and member.id_number.isascii() and "x" not in member.id_number for member in people
    )
    assert not any(" " in member.name or "　" in member.name for member in people)
    assert not any(" " in household.head_name or "　" in household.head_name for household in clean)
    assert all(isinstance(household.applied_on, date) and household.applied_on.year == 2016 for household in clean)
    assert all(
        household.income and household.income.year == 2015 and household.income.wages is not None for household in clean
    )
    assert all(household.members[0].relation is Relation.HEAD for household in clean)
    assert all(household.members[0].id_number == household.head_id for household in clean)


def test_the_row_of_totals_is_compared() -> None:
    (note,) = roster().loose
    assert (note.sheet, note.row, note.severity, note.letter) == ("贫困户", 557, "I", "G")
    assert "1500" in note.text
    assert "1496" in note.text


def test_findings_stand_in_the_order_of_the_file() -> None:
    places = [(finding.sheet != "贫困户", finding.row) for finding in roster().findings]
    assert places == sorted(places)
