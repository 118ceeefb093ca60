"""Rosters as villages arrange them for a printed page: what is told about them, what stays a fault, and which day they are judged on."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.plan import propose
from db.sheets.roster import roster_of
from db.sheets.workbook import open_workbook
from tests.helpers import roster_odd as odd
from tests.helpers.rosters import VILLAGES, homes
from tests.unit.sheets.test_mixed import VILLAGES as PLACES
from tests.unit.sheets.test_mixed import family, grave, read, write
from tests.unit.sheets.test_roster_layouts import couple, told, two
from tests.unit.sheets.test_roster_layouts import read as read_two


def test_marks_for_the_same_as_above_are_told_by_column(tmp_path: Path) -> None:
    odd.dittos(tmp_path / "名册.xlsx", homes())
    roster = roster_of(open_workbook(tmp_path / "名册.xlsx"), villages=VILLAGES)
    told = {f.column: f.text for f in roster.findings if "同上" in f.text}
    assert sorted(told) == ["1.村名", "健康情况", "劳动力状况", "在校状况", "民族"]
    assert "有 37 处" in told["1.村名"], "forty households of three villages"


@pytest.mark.parametrize(("key", "row"), [("姓名", 4), ("身份证号", 4), ("联系电话", 5), ("民族", 3)])
def test_nobody_has_a_name_or_number_of_another_and_nothing_stands_above_the_first(
    tmp_path: Path, key: str, row: int
) -> None:
    rows = [*family(1), *family(2)]
    rows[row - 3][key] = "同上"
    roster = read(tmp_path, rows)
    assert any(f.row == row and f.column == key for f in roster.findings)
    assert not any("记号" in f.text for f in roster.findings)


def test_a_blank_relation_of_the_head_is_said_once_at_its_cell(tmp_path: Path) -> None:
    rows = [*family(1), *family(2)]
    rows[2]["与户主关系"] = ""
    assert grave(read(tmp_path, rows)) == [(5, "与户主关系", "R20")]


def test_a_household_on_a_line_of_its_own_without_people_is_told(tmp_path: Path) -> None:
    rows = [*family(1), {**{k: v for k, v in family(2)[0].items() if k not in family(2)[1]}}, *family(3)]
    roster = read(tmp_path, rows)
    assert [row.member_rows for row in roster.rows] == [(3, 4), (5,), (6, 7)]
    assert roster.rows[1].faulty


def _halves(sheet: Worksheet, gap: int) -> None:
    """The lower half of the rows below a header set beside the upper one."""
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=sheet.max_row - 1)]
    width = len(rows[0])
    captions, data = rows[0], rows[1:]
    half = len(data) // 2
    for place, line in enumerate([captions, *data[half:]], 2):
        for column, value in enumerate(line, width + gap + 1):
            sheet.cell(place, column, value)
    sheet.delete_rows(3 + half, len(data) - half)


@pytest.mark.parametrize("gap", [0, 1])
def test_the_halves_of_a_list_printed_side_by_side_are_both_read(tmp_path: Path, gap: int) -> None:
    path = write(tmp_path / "名册.xlsx", [*family(1), *family(2)], lambda sheet: _halves(sheet, gap))
    roster = roster_of(open_workbook(path), villages=PLACES)
    assert roster.findings == ()
    assert [row.household.members[1].name for row in roster.rows] == ["李某文", "李某武"]


def test_persons_without_a_number_of_their_household_are_not_given_to_the_one_above(tmp_path: Path) -> None:
    heads, persons = two()
    for one in persons:
        del one["户主姓名"], one["户主身份证号"]
    persons[1]["身份证号码"], persons[2]["身份证号码"] = persons[2]["身份证号码"], persons[1]["身份证号码"]

    def number(book: openpyxl.Workbook) -> None:
        for sheet, numbers in zip(book.worksheets, (("H0", "H1"), ("H0", "H1", "H1", None)), strict=True):
            column = sheet.max_column + 1
            for row, text in enumerate(("户编号", *numbers), 2):
                sheet.cell(row, column, text)

    roster = read_two(tmp_path, heads, persons, after=number)
    assert roster.rows[0].member_rows == (3,)
    assert roster.rows[1].member_rows == (5, 4)
    assert ("E", "贫困人口", 6, "户主姓名") in told(roster)


def test_the_day_is_that_of_what_is_read(tmp_path: Path) -> None:
    def last_year(book: openpyxl.Workbook) -> None:
        old = book.copy_worksheet(book.worksheets[0])
        old.title = "2015年"
        book.move_sheet(old, -2)
        for row in old.iter_rows():
            for cell in row:
                if "填报日期" in str(cell.value):
                    cell.value = "填报日期：2015年5月25日"

    from tests.helpers.workbooks import head, write_roster

    path = write_roster(tmp_path / "名册.xlsx", [head(家庭人口=2, 劳动力人数=2)], couple(), after=last_year)
    plan = propose(open_workbook(path), villages=PLACES)
    assert plan.day == date(2016, 5, 25)
    plan = plan.answered({q.key: q.proposed for q in plan.questions})
    assert "2015年" not in plan.roles
    assert plan.day == date(2016, 5, 25)


def test_a_list_with_ages_instead_of_numbers_is_not_asked_about(tmp_path: Path) -> None:
    rows = [
        {("年龄" if k == "身份证号" else k): (46 if k == "身份证号" else v) for k, v in row.items()}
        for row in family(1)
    ]
    path = write(tmp_path / "名册.xlsx", rows)
    made = openpyxl.load_workbook(path)
    made.worksheets[0].insert_cols(1)
    for row, text in enumerate(("", "年龄", 46, 44), 1):
        made.worksheets[0].cell(row, 1, text)
    made.save(path)
    why_not = propose(open_workbook(path), villages=PLACES).hopeless()
    assert why_not is not None
    assert why_not.text.count("“身份证号”") == 1


def test_the_reasons_beside_two_halves_do_not_join_them(tmp_path: Path) -> None:
    def spoilt(sheet: Worksheet) -> None:
        _halves(sheet, 0)
        column = sheet.max_column + 1
        sheet.cell(2, column, "错误原因")
        sheet.cell(3, column, "身份证号不对")

    path = write(tmp_path / "名册.xlsx", [*family(1), *family(2)], spoilt)
    assert len(roster_of(open_workbook(path), villages=PLACES).rows) == 2


@pytest.mark.parametrize(
    ("cell", "village", "group"),
    [
        ("太平村第一组", "太平村", "第一组"),
        ("中坊村委会 1组", "中坊村", "第一组"),
        ("太平村村民委员会第二组", "太平村", "第二组"),
    ],
)
def test_a_column_may_name_village_and_group_at_once(tmp_path: Path, cell: str, village: str, group: str) -> None:
    rows = [*family(1), *family(2, 组别=cell)]
    rows[0]["组别"] = "太平村第一组"
    for row in rows:
        row.pop("村名", None)
    path = write(tmp_path / "名册.xlsx", rows)
    assert propose(open_workbook(path), villages=PLACES).questions == ()
    roster = roster_of(open_workbook(path), villages=PLACES)
    assert roster.findings == ()
    assert (roster.rows[1].household.village, roster.rows[1].household.group) == (village, group)


def test_several_people_in_one_row_are_refused_in_a_sentence(tmp_path: Path) -> None:
    def abreast(sheet: Worksheet) -> None:
        width = sheet.max_column
        for column in range(width - 8, width + 1):
            for row in (2, 3):
                sheet.cell(row, column + 9, sheet.cell(row if row == 2 else 4, column).value)
        sheet.delete_rows(4)

    path = write(tmp_path / "名册.xlsx", family(1), abreast)
    why_not = propose(open_workbook(path), villages=PLACES).hopeless()
    assert why_not is not None
    assert "一行里并排写了几个人" in why_not.text
    assert "一人一行" in why_not.remedy


@pytest.mark.parametrize(
    ("numbers", "found"),
    [
        ((1, 2, 1, 2), [(3, 5), (4, 6)]),  # all heads first, their people after them: the number tells
        ((1, 1, 2, 2), [(3,), (4, 5, 6)]),  # two heads of one number: the place tells
        ((1, 2, 3, 4), [(3,), (4, 5, 6)]),  # every row counted for itself
        (("", "", "", ""), [(3,), (4, 5, 6)]),
    ],
)
def test_the_number_of_a_household_tells_before_the_place(
    tmp_path: Path, numbers: tuple[object, ...], found: list[tuple[int, ...]]
) -> None:
    one, two_ = family(1), family(2)

    def number(sheet: Worksheet) -> None:
        column = sheet.max_column + 1
        for row, text in enumerate(("户编号", *numbers), 2):
            sheet.cell(row, column, text)

    roster = read(tmp_path, [one[0], two_[0], one[1], two_[1]], after=number)
    assert [row.member_rows for row in roster.rows] == found


def test_numbers_that_begin_anew_in_every_village_join_nobody(tmp_path: Path) -> None:
    def number(sheet: Worksheet) -> None:
        column = sheet.max_column + 1
        for row, text in enumerate(("户编号", 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 1, 1), 2):
            sheet.cell(row, column, text)

    rows = [row for serial in range(1, 6) for row in family(serial)]
    roster = read(tmp_path, [*rows, *family(6, 村名="中坊村")], after=number)
    assert roster.findings == ()
    assert [row.member_rows for row in roster.rows] == [(3 + n, 4 + n) for n in range(0, 12, 2)]
