"""What rows and captions of a roster may leave out or say twice: the head's name, a merged caption, sums on top, words of a page."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from tests.helpers.workbooks import HOUSEHOLD_COLUMNS
from tests.unit.sheets.test_roster_layouts import couple, home, read, told, two


def test_persons_need_not_name_their_head_where_he_stands_above_them(tmp_path: Path) -> None:
    heads, persons = two()
    for one in persons:
        for key in ("户主姓名", "户主身份证号"):
            del one[key]
    roster = read(tmp_path, heads, persons)
    assert roster.findings == ()
    assert [row.member_rows for row in roster.rows] == [(3, 4), (5, 6)]
    persons[2]["与户主关系"] = "户住"
    roster = read(tmp_path, heads, persons)
    assert told(roster) == [("E", "贫困人口", 5, "与户主关系")]
    assert [row.member_rows for row in roster.rows] == [(3, 4), (5, 6)]


def test_a_caption_merged_over_two_columns_is_one_column(tmp_path: Path) -> None:
    def widen(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.insert_cols(5)
        sheet.merge_cells("D2:E2")

    roster = read(tmp_path, [home()], couple(), after=widen)
    assert roster.findings == ()
    assert roster.rows[0].household.head_name == "陈某文"


@pytest.mark.parametrize(("said", "rows"), [(4, []), (5, [3])])
def test_a_row_of_sums_on_top_is_held_against_all_rows_below(tmp_path: Path, said: int, rows: list[int]) -> None:
    def sum_up(book: openpyxl.Workbook) -> None:
        sheet = book.worksheets[0]
        sheet.insert_rows(3)
        sheet.cell(3, 1, "合计")
        sheet.cell(3, 2, "2户")
        sheet.cell(3, HOUSEHOLD_COLUMNS.index("家庭人口") + 1, said)

    roster = read(tmp_path, *two(), after=sum_up)
    assert [f.row for f in roster.findings] == rows
    assert len(roster.rows) == 2


@pytest.mark.parametrize("words", ["（续表）", "接上页", "以下空白", "第2页 共3页"])
def test_what_a_page_says_of_itself_is_no_household(tmp_path: Path, words: str) -> None:
    def page(book: openpyxl.Workbook) -> None:
        book.worksheets[0].insert_rows(4)
        book.worksheets[0].cell(4, 4, words)

    roster = read(tmp_path, *two(), after=page)
    assert roster.findings == ()
    assert len(roster.rows) == 2


@pytest.mark.parametrize("words", ["村委会（盖章）", "户主签名", "华阳镇人民政府", "2016年5月25日"])
def test_a_stamp_below_the_rows_is_no_person(tmp_path: Path, words: str) -> None:
    def stamp(book: openpyxl.Workbook) -> None:
        book.worksheets[1].cell(9, 4, words)

    roster = read(tmp_path, *two(), after=stamp)
    assert told(roster) == [("I", "贫困人口", 9, "")]
