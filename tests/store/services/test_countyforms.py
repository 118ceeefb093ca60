"""The county's forms filled from the register: every number is that of the record, answers are remembered, what lacks is listed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.datavalidation import DataValidation

from db.errors import Known, Refused
from db.rules.codes import Attribute, Health, HousingGrade, Labour, Relation, Sex, YesNo
from db.rules.values import Household
from db.services.cases import applications, cases
from db.services.countyforms import countyforms
from db.services.countyforms import lists as countyforms_lists
from db.services.countyforms.countyforms import Opened
from db.services.countyforms.match import fixed
from db.services.countyforms.plan import Choices, Plan, plan
from db.services.figures.register import register
from db.sheets.template import FormKind, Template
from db.sheets.template_read import read_template
from db.store.record import Record, Unit
from tests.helpers import countyforms as made
from tests.helpers import town
from tests.helpers.ledger import Slip
from tests.helpers.record import MakeRecord

MAY = date(2016, 5, 1)
ALL = Choices()


def _homes() -> list[Household]:
    """Ten households of two villages that differ in what forms count."""
    found = []
    for n in range(1, 11):
        home = town.household(n, village="华南村" if n <= 6 else "小拔村", income=1000 * n)
        attribute = (Attribute.ORDINARY, Attribute.LOW_INCOME, Attribute.FIVE_GUARANTEES)[n % 3]
        grade = (HousingGrade.A, HousingGrade.C, None, HousingGrade.D)[n % 4]
        members = home.members
        if n % 2:
            members = (members[0], replace(members[1], labour=Labour.NONE, health=Health.DISABLED))
        if n in (4, 8):
            members = tuple(replace(m, labour=Labour.NONE) for m in members)
        able = YesNo.NO if n in (4, 8) else YesNo.YES
        phone = "" if n == 3 else home.phone
        found.append(replace(home, attribute=attribute, housing_grade=grade, members=members, able=able, phone=phone))
    return found


def _carded(unit: Unit, homes: Sequence[Household], on: date = date(2016, 5, 24)) -> None:
    ids = [applications.file(unit, home).household_id for home in homes]
    of = cases.case_of(unit, ids)
    for number, home in enumerate(ids, 1):
        town.registered(unit, of[home], f"户-2016-{number:04d}", on)


@pytest.fixture
def filled(make_record: MakeRecord, tmp_path: Path) -> Record:
    """The town with ten households on the register."""
    record = make_record(tmp_path, setup=town.set_up)
    with record.write() as unit:
        _carded(unit, _homes())
    return record


def _all(found: Opened) -> dict[tuple[int, int], str]:
    pairs = zip(found.template.sheets, found.proposals, strict=True)
    return {(sheet.number, n): p.key for sheet, of in pairs for n, p in enumerate(of) if p.key}


def _opened(record: Record, path: Path) -> Opened:
    """As `countyforms.read`, without a process of its own for each test."""
    with record.read() as unit:
        return countyforms.opened(unit, read_template(path, ("华南村", "小拔村", "华阳镇")))


def _planned(record: Record, found: Opened, answers: dict[tuple[int, int], str], choices: Choices = ALL) -> Plan:
    with record.read() as unit:
        return plan(found.template, answers, register(unit, 2016, 5), countyforms.frame_of(unit, MAY), choices)


def _filled(record: Record, path: Path, choices: Choices = ALL, **more: str) -> tuple[Any, Plan]:
    found = _opened(record, path)
    letters = {slot.place: (s.number, n) for s in found.template.sheets for n, slot in enumerate(s.slots)}
    answers = _all(found) | {letters[letter]: key for letter, key in more.items()}
    made_plan = _planned(record, found, answers, choices)
    target = path.with_name("填好.xlsx")
    countyforms.fill(record, found.template, made_plan, target, Slip())
    return openpyxl.load_workbook(target).worksheets[0], made_plan


def test_a_report_of_figures_by_village(filled: Record, tmp_path: Path) -> None:
    sheet, done = _filled(filled, made.village_report(tmp_path / "2016年4月情况表.xlsx"), A=fixed("县农业局"))
    homes = _homes()
    for row, village in ((8, "华南村"), (9, "小拔村")):
        own = [h for h in homes if h.village == village]

        def count(attribute: Attribute, able: YesNo, own: list[Household] = own) -> list[int]:
            met = [h for h in own if h.attribute is attribute and h.able is able]
            return [len(met), sum(h.size for h in met)]

        low, ordinary = Attribute.LOW_INCOME, Attribute.ORDINARY
        expected = [
            "县农业局", village, len(own), sum(h.size for h in own),
            *count(low, YesNo.YES), *count(ordinary, YesNo.YES), *count(low, YesNo.NO), *count(ordinary, YesNo.NO),
            sum(h.housing_grade in (HousingGrade.C, HousingGrade.D) for h in own), None, None, None, None, None, 0, 0,
        ]  # fmt: skip
        assert [sheet.cell(row, column).value for column in range(1, 21)] == expected
    assert sheet["C10"].value == "=SUM(C8:C9)"
    assert str(done.counted) == "10 户 20 人"
    assert done.sheets[0].unanswered[0] == "1.贫困户基本情况 › 去世失踪等"


def test_rows_named_beforehand_are_filled_in_place(filled: Record, tmp_path: Path) -> None:
    path = made.village_report(tmp_path / "a.xlsx", names=("小拔村委会", "别处村"))
    sheet, done = _filled(filled, path)
    assert [sheet.cell(8, c).value for c in (2, 3, 4)] == ["小拔村委会", 4, 8]
    assert [sheet.cell(9, c).value for c in (2, 3, 4)] == ["别处村", None, None]
    assert done.sheets[0].notes == ("第9行“别处村”不是本镇的村，没有填", "表样里没有“华南村”，没有填进去")


def test_a_roster_of_persons(filled: Record, tmp_path: Path) -> None:
    sheet, done = _filled(filled, made.person_roster(tmp_path / "a.xlsx"))
    rows = [(home, person, place) for home in _homes() for place, person in enumerate(home.members)]
    assert done.fill.rows == len(rows) == 20
    for number, (home, person, place) in enumerate(rows, 1):
        income = home.income
        assert income is not None
        amounts = [income.wages, income.transfer] if place == 0 else [None, None]
        expected = [
            number, home.village, home.group, home.head_name, home.head_id, person.name,
            "男" if person.sex is Sex.MALE else "女", person.id_number,
            "户主" if person.relation is Relation.HEAD else "配偶", 48 if person.sex is Sex.MALE else 45,
            "残疾" if person.health is Health.DISABLED else "健康", None, *amounts,
        ]  # fmt: skip
        assert [sheet.cell(6 + number, c).value for c in range(1, 15)] == expected
    assert sheet["M27"].value == "=SUM(M7:M26)"
    assert [sheet["E8"].number_format, sheet["H8"].number_format] == ["@", "@"]


def test_a_list_of_households_in_ten_thousands(filled: Record, tmp_path: Path) -> None:
    sheet, done = _filled(filled, made.household_list(tmp_path / "a.xlsx"))
    for number, home in enumerate(_homes(), 1):
        assert home.income is not None
        assert home.income.wages is not None
        assert home.attribute is not None
        expected = [
            number, home.village, home.head_name, home.head_id, home.phone or None, home.attribute.label, 2,
            float(home.income.wages / 10_000), 0, None,
        ]  # fmt: skip
        assert [sheet.cell(4 + number, c).value for c in range(1, 11)] == expected
    assert [(one.head_name, one.what) for one in done.lacks] == [(_homes()[2].head_name, "联系电话")]


def test_one_village_and_plain_yuan(filled: Record, tmp_path: Path) -> None:
    choices = Choices(villages=("小拔村",), units={0: "元"})
    sheet, done = _filled(filled, made.household_list(tmp_path / "a.xlsx"), choices)
    assert done.fill.rows == 4
    assert Decimal(str(sheet["H5"].value)) == Decimal(14000)


def test_an_old_form_is_filled(filled: Record, tmp_path: Path) -> None:
    source = Path(__file__).parents[2] / "data" / "县表" / "农户收入表.xls"
    path = tmp_path / source.name
    path.write_bytes(source.read_bytes())
    sheet, _ = _filled(filled, path)
    assert [sheet.cell(r, 3).value for r in (5, 14)] == [_homes()[0].head_name, _homes()[9].head_name]
    assert sheet["A15"].value == "填表人：钟小明"


def test_single_figures(filled: Record, tmp_path: Path) -> None:
    path = made.questionnaire(tmp_path / "a.xlsx")
    sheet, _ = _filled(filled, path)
    low = sum(h.attribute is Attribute.LOW_INCOME for h in _homes())
    assert [sheet[f"D{row}"].value for row in (4, 5, 6, 7, 9)] == [10, 20, low, None, 11]
    assert sheet["A10"].value == "填表人：钟小明　填报日期：2016-05-25"


def test_the_month_decides_who_is_counted(filled: Record, tmp_path: Path) -> None:
    found = _opened(filled, made.village_report(tmp_path / "a.xlsx"))
    with filled.read() as unit:
        april = register(unit, 2016, 4)
        planned = plan(found.template, _all(found), april, countyforms.frame_of(unit, MAY), ALL)
    assert planned.sheets[0].first[0][:3] == ("华南村", "0", "0")
    with filled.read() as unit, pytest.raises(Refused):
        register(unit, 2016, 7)


def test_answers_are_remembered_and_carried_to_a_changed_form(filled: Record, tmp_path: Path) -> None:
    found = _opened(filled, made.village_report(tmp_path / "a.xlsx"))
    assert not found.known
    answers = _all(found) | {(0, 0): fixed("县农业局")}
    with filled.write() as unit:
        countyforms.keep(unit, found, answers)
    again = countyforms.read(filled, made.village_report(tmp_path / "五月.xlsx"), Slip())
    assert again.known
    assert all(p.sure for p in again.proposals[0])
    assert again.proposals[0][0].key == fixed("县农业局")
    book = openpyxl.load_workbook(tmp_path / "a.xlsx")
    book["1"]["N5"] = "去世、失踪、服刑等"
    book["1"]["T6"] = "残疾人"
    book.save(tmp_path / "六月.xlsx")
    changed = _opened(filled, tmp_path / "六月.xlsx")
    assert (changed.known, changed.like) == (False, "a")
    told = {p.slot.place: p.change for p in changed.proposals[0] if p.change}
    assert told == {"N": "renamed", "T": "renamed"}
    with filled.read() as unit:
        assert [(f.name, f.columns) for f in countyforms.forms(unit)] == [("a", 20)]
    with filled.write() as unit:
        countyforms.forget(unit, countyforms.forms(unit)[0].fingerprint)
        assert countyforms.forms(unit) == ()


def test_another_kind_of_rows_is_remembered(filled: Record, tmp_path: Path) -> None:
    found = _opened(filled, made.household_list(tmp_path / "a.xlsx"))
    other = countyforms.rekinded(found, 0, FormKind.PERSON)
    assert other.template.sheets[0].kind is FormKind.PERSON
    with filled.write() as unit:
        countyforms.keep(unit, other, _all(other))
    assert _opened(filled, tmp_path / "a.xlsx").template.sheets[0].kind is FormKind.PERSON


def test_the_trail_says_what_was_filled_and_a_failure_says_nothing(filled: Record, tmp_path: Path) -> None:
    found = _opened(filled, made.village_report(tmp_path / "a.xlsx"))
    wanted = _planned(filled, found, _all(found))
    before = filled.head().seq
    with pytest.raises(Known):
        countyforms.fill(filled, found.template, wanted, tmp_path / "没有" / "b.xlsx", Slip())
    with pytest.raises(Known, match=r"\.xlsx"):
        countyforms.fill(filled, found.template, wanted, tmp_path / "b.xls", Slip())
    assert filled.head().seq == before
    done = countyforms.fill(filled, found.template, wanted, tmp_path / "b.xlsx", Slip())
    assert filled.head().seq == before + 1
    assert (done.rows, len(done.sha256)) == (2, 64)
    assert filled.verify_chain() == []


def test_what_is_blank_is_a_list_for_each_village(filled: Record, tmp_path: Path) -> None:
    found = _opened(filled, made.household_list(tmp_path / "a.xlsx"))
    planned = _planned(filled, found, _all(found))
    assert countyforms_lists.write(found.name, planned.lacks, tmp_path / "b.xlsx") == 1
    sheet = openpyxl.load_workbook(tmp_path / "b.xlsx")["华南村"]
    assert [cell.value or "" for cell in sheet[4]] == [1, "第一组", _homes()[2].head_name, "", "联系电话", ""]
    with pytest.raises(Refused):
        countyforms_lists.write(found.name, (), tmp_path / "c.xlsx")


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("2016年4月情况表.xlsx", "2016年05月情况表.xlsx"),
        ("情况表（4月份）.xls", "情况表（2016年05月）.xlsx"),
        ("情况表.xlsx", "2016年05月情况表.xlsx"),
        ("201604报表.xlsx", "2016年05月报表.xlsx"),
    ],
)
def test_the_file_is_named_after_the_form_and_the_month(name: str, expected: str) -> None:
    assert countyforms.file_name(Template(name, "", b"", ()), MAY) == expected


def _table(path: Path, *rows: tuple[object, ...]) -> Path:
    book = openpyxl.Workbook()
    sheet: Any = book.active
    for row in rows:
        sheet.append(row)
        for cell in sheet[sheet.max_row]:
            cell.border = made.BOX
    book.save(path)
    return path


def test_subtotals_are_of_the_villages_above_them(filled: Record, tmp_path: Path) -> None:
    names = ("华南村", "小计", "小拔村", "外镇村", "小计", "合计")
    rows = (("村名", "户数", "低保户", "占比"), *((name, None, None, None) for name in names))
    sheet, wanted = _filled(filled, _table(tmp_path / "a.xlsx", *rows))
    assert [sheet.cell(r, 2).value for r in range(2, 8)] == [6, 6, 4, None, 4, 10]
    assert [sheet.cell(r, 3).value for r in range(2, 8)] == [2, 2, 2, None, 2, 4]
    assert [sheet.cell(r, 4).value for r in range(2, 8)] == [33.33, 33.33, 50, None, 50, 40]
    assert wanted.sheets[0].notes == ("第5行“外镇村”不是本镇的村，没有填",)


def test_the_towns_own_row_among_other_towns(filled: Record, tmp_path: Path) -> None:
    rows = (("单位", "户数", "人数"), ("外镇", None, None), ("华阳镇", None, None))
    sheet, wanted = _filled(filled, _table(tmp_path / "a.xlsx", *rows))
    assert [sheet.cell(r, 2).value for r in (2, 3)] == [None, 10]
    assert wanted.sheets[0].notes == ("第2行“外镇”不是本镇的村，没有填",)


def test_words_a_drop_down_does_not_allow_are_said(filled: Record, tmp_path: Path) -> None:
    path = _table(tmp_path / "a.xlsx", ("户主姓名", "致贫原因"), (None, None))
    book = openpyxl.load_workbook(path)
    rule = DataValidation(type="list", formula1='"因病,因残"')
    rule.add("B2:B9")
    book.worksheets[0].add_data_validation(rule)
    book.save(path)
    _, wanted = _filled(filled, path)
    assert wanted.sheets[0].notes == ("B列的下拉里没有“缺技术”，照档案填了",)


def test_answers_follow_a_sheet_that_is_called_otherwise(filled: Record, tmp_path: Path) -> None:
    """Two sheets, one named after its month; next month that name is another, and later the other sheet is left out."""
    path = _table(tmp_path / "a.xlsx", ("村", "户数", "帮扶单位"), (None, None, None))
    book = openpyxl.load_workbook(path)
    book.worksheets[0].title = "4月"
    book.create_sheet("附表").append(("村", "残疾人", "责任人"))
    book.save(path)
    first = _opened(filled, path)
    with filled.write() as unit:
        countyforms.keep(unit, first, {**_all(first), (0, 2): fixed("县农业局")})
        unit.trail("测试")
    book.worksheets[0].title = "5月"
    book.save(path)
    renamed = _opened(filled, path)
    assert (renamed.known, renamed.like, renamed.gone) == (False, "a", ())
    assert [(p.key, p.sure, p.change) for p in renamed.proposals[0]][2] == (fixed("县农业局"), True, "")
    del book["附表"]
    book.save(path)
    alone = _opened(filled, path)
    assert alone.proposals[0][2].key == fixed("县农业局")
    assert alone.gone == (("工作表“附表”",),)
