"""A filled form is the county's own: merges, styles, heights, notes, lists, print set-up and formulas stand where they belong."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator, Mapping
from copy import copy
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.worksheet.cell_range import CellRange
from python_calamine import CalamineWorkbook

from db.errors import Cancelled, Known
from db.sheets import template_check
from db.sheets.template import Template
from db.sheets.template_fill import Fill, SheetFill, Value, write
from db.sheets.template_frame import FILLER, OFFICE, Frame
from db.sheets.template_read import losses_of, read_template
from tests.helpers import countyforms as made
from tests.helpers.ledger import Slip

FRAME = Frame({OFFICE: "华阳镇人民政府", FILLER: "钟小明"}, date(2016, 7, 1), date(2016, 8, 2))
ID = "44140119680312001X"


def _row(number: int) -> dict[int, Value]:
    return {0: number, 1: "华南村", 3: "=HYPERLINK(1)", 4: ID, 12: Decimal("12.30"), 13: Decimal(100)}


def _filled(form: Template, path: Path, count: int, cells: Mapping[tuple[int, int], Value] | None = None) -> Any:
    def rows() -> Iterator[Mapping[int, Value]]:
        return (_row(n) for n in range(1, count + 1))

    fill = Fill((SheetFill(form.sheets[0], count, rows, cells or {}, frozenset({4})),), FRAME)
    write(form, fill, path, Slip())
    return openpyxl.load_workbook(path)


def _looks(cell: Any) -> tuple[object, ...]:
    return copy(cell.font), copy(cell.border), copy(cell.alignment), copy(cell.fill), cell.number_format


@pytest.mark.parametrize("count", [1, 3, 40])
def test_what_stands_around_the_data_is_kept_cell_by_cell(tmp_path: Path, count: int) -> None:
    path = made.person_roster(tmp_path / "a.xlsx")
    old: Any = openpyxl.load_workbook(path)["人口"]
    new = _filled(read_template(path), tmp_path / "b.xlsx", count)["人口"]
    by = max(0, count - 3)
    for row in old.iter_rows():
        for cell in row:
            if 7 <= cell.row <= 9:
                continue
            there = new.cell(cell.row + (by if cell.row >= 10 else 0), cell.column)
            assert _looks(there) == _looks(cell), cell.coordinate
            if cell.row < 10 and cell.coordinate != "A2":
                assert there.value == cell.value
    for number in range(7, 7 + max(count, 3)):
        pattern = [_looks(old.cell(7, column)) for column in range(1, 16)]
        found = [_looks(new.cell(number, column)) for column in range(1, 16)]
        pattern[4] = (*pattern[4][:4], "@" if number < 7 + count else pattern[4][4])
        assert found == pattern
        assert new.row_dimensions[number].height == 20
    assert new.row_dimensions[11 + by].height == 30
    assert {str(m) for m in new.merged_cells.ranges} == {
        _down(str(m), by) if m.min_row >= 10 else str(m) for m in old.merged_cells.ranges
    }


def _down(reference: str, by: int) -> str:
    moved = CellRange(reference)
    moved.shift(row_shift=by)
    return str(moved)


def test_formulas_lists_notes_and_print_set_up_follow(tmp_path: Path) -> None:
    form = read_template(made.person_roster(tmp_path / "a.xlsx"))
    sheet = _filled(form, tmp_path / "b.xlsx", 40)["人口"]
    assert [sheet.cell(r, 15).value for r in (7, 8, 46)] == ["=M7+N7", "=M8+N8", "=M46+N46"]
    assert [sheet[f"{c}47"].value for c in "MNO"] == ["=SUM(M7:M46)", "=SUM(N7:N46)", "=SUM(O7:O46)"]
    assert str(sheet.data_validations.dataValidation[0].sqref) == "K7:K46"
    assert sheet["F5"].comment.text == "按身份证填写"
    assert (sheet.print_area, sheet.print_title_rows) == ("'人口'!$A$1:$O$49", "$1:$6")
    assert (sheet.freeze_panes, sheet.oddFooter.center.text) == ("G7", "第&P页 共&N页")
    assert sheet["A2"].value == "填报单位（盖章）：华阳镇人民政府"
    assert sheet["J48"].value == "填表人：钟小明"
    assert sheet["M48"].value == "填报日期： 2016年8月2日"


def test_numbers_of_people_are_text_and_text_is_never_a_formula(tmp_path: Path) -> None:
    form = read_template(made.person_roster(tmp_path / "a.xlsx"))
    sheet = _filled(form, tmp_path / "b.xlsx", 5)["人口"]
    assert (sheet["E9"].value, sheet["E9"].number_format) == (ID, "@")
    with zipfile.ZipFile(tmp_path / "b.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>HYPERLINK" not in xml
    assert xml.count("=HYPERLINK(1)") == 5
    rows = CalamineWorkbook.from_path(tmp_path / "b.xlsx").get_sheet_by_name("人口").to_python()
    assert rows[10][12:14] == [12.3, 100.0]


def test_the_other_sheets_stay_and_no_name_of_a_person_is_in_the_properties(tmp_path: Path) -> None:
    book = _filled(read_template(made.person_roster(tmp_path / "a.xlsx")), tmp_path / "b.xlsx", 5)
    assert book["填表说明"]["A1"].value == "本表由镇填报，每月 5 日前报县。"
    assert (book.properties.creator, book.properties.lastModifiedBy) == ("户有卡", None)


def test_a_form_without_a_row_for_data_lends_it_its_headers_looks(tmp_path: Path) -> None:
    path = made.household_list(tmp_path / "a.xlsx", room=0)
    form = read_template(path)
    assert form.sheets[0].room == 0
    fill = Fill((SheetFill(form.sheets[0], 3, lambda: ({0: n, 1: "华南村"} for n in (1, 2, 3))),), FRAME)
    write(form, fill, tmp_path / "b.xlsx", Slip())
    sheet: Any = openpyxl.load_workbook(tmp_path / "b.xlsx")["农户"]
    assert [sheet.cell(r, 1).value for r in (5, 6, 7, 8)] == [1, 2, 3, "填表人：钟小明"]
    assert all(sheet.cell(r, 2).border.left.style == "thin" for r in (5, 6, 7))


def test_single_cells_below_the_data_move_with_them(tmp_path: Path) -> None:
    form = read_template(made.village_report(tmp_path / "a.xlsx", total=False))
    at = {(2, 14): "单位：户"}
    sheet = _filled(form, tmp_path / "b.xlsx", 4, at)["1"]
    assert sheet["O3"].value == "单位：户"
    assert sheet["A12"].value.startswith("注：")
    assert sheet.row_dimensions[8].height == 33.75


def test_a_stop_or_a_wrong_cell_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    form = read_template(made.person_roster(tmp_path / "a.xlsx"))
    target = tmp_path / "b.xlsx"
    target.write_text("old")

    def rows() -> Iterator[Mapping[int, Value]]:
        return (_row(n) for n in range(1500))

    fill = Fill((SheetFill(form.sheets[0], 1500, rows),), FRAME)
    with pytest.raises(Cancelled):
        write(form, fill, target, Slip(stop_at=3))
    monkeypatch.setattr(template_check, "_same", lambda found, wanted: wanted != ID)
    with pytest.raises(Known, match=r"人口的 E7 与档案不同"):
        write(form, fill, target, Slip())
    assert target.read_text() == "old"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


def test_too_many_rows_for_a_sheet_are_said_before_anything_is_written(tmp_path: Path) -> None:
    form = read_template(made.person_roster(tmp_path / "a.xlsx"))
    fill = Fill((SheetFill(form.sheets[0], 1_048_570, lambda: iter(())),), FRAME)
    with pytest.raises(Known, match="放不下"):
        write(form, fill, tmp_path / "b.xlsx", Slip())


def test_what_cannot_be_kept_is_said_beforehand(tmp_path: Path) -> None:
    path = made.village_report(tmp_path / "a.xlsx")
    held = io.BytesIO()
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(held, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
        new.writestr("xl/drawings/drawing1.xml", b"<xdr:wsDr><xdr:sp macro=''/></xdr:wsDr>")
        new.writestr("xl/vbaProject.bin", b"\0")
        new.writestr("xl/ctrlProps/ctrlProp1.xml", b"<formControlPr/>")
    told = losses_of(held.getvalue())
    assert "文本框" in told[0]
    assert "勾选框" in told[0]
    assert "宏" in told[1]
    assert losses_of(path.read_bytes()) == ()


def test_what_the_form_has_in_its_own_rows_stays(tmp_path: Path) -> None:
    path = made.household_list(tmp_path / "a.xlsx", room=3)
    book: Any = openpyxl.load_workbook(path)
    sheet = book["农户"]
    sheet["J5"], sheet["J6"], sheet["J7"] = "按 <户口簿> 填 & 核对", date(2016, 6, 30), "=H7*2"
    sheet["J5"].comment = Comment("写明原因", "县扶贫办")
    sheet["I6"].number_format = "yyyy-mm-dd"
    sheet.merge_cells("E5:F5")
    book.save(path)
    form = read_template(path).sheets[0]
    fill = Fill((SheetFill(form, 5, lambda: ({0: n, 8: date(2016, 7, n)} for n in range(1, 6))),), FRAME)
    write(read_template(path), fill, tmp_path / "b.xlsx", Slip())
    new: Any = openpyxl.load_workbook(tmp_path / "b.xlsx")["农户"]
    assert [new[f"J{row}"].value for row in range(5, 10)] == [
        "按 <户口簿> 填 & 核对",
        datetime(2016, 6, 30),
        "=H7*2",
        None,
        None,
    ]
    assert new["J5"].comment.text == "写明原因"
    assert [new["I5"].value, new["I6"].value] == ["2016-07-01", datetime(2016, 7, 2)]
    assert {"E5:F5", "E8:F8", "E9:F9"} <= {str(m) for m in new.merged_cells.ranges}
    assert [new.row_dimensions[row].height for row in range(5, 11)] == [22.5] * 5 + [None]


def test_a_form_that_begins_further_in_and_a_count_in_a_cell_made_for_days(tmp_path: Path) -> None:
    book: Any = openpyxl.Workbook()
    sheet = book.active
    for column, text in enumerate(("村", "户数", "人数"), 3):
        sheet.cell(4, column).value = text
    for row in (5, 6):
        sheet.cell(row, 4).number_format = "yyyy-mm-dd"
    sheet["E6"] = "=D6*3"
    book.save(tmp_path / "a.xlsx")
    form = read_template(tmp_path / "a.xlsx")
    values: tuple[dict[int, Value], ...] = ({2: "华南村", 3: 7, 4: 21}, {2: "小拔村", 3: 8, 4: 24})
    write(form, Fill((SheetFill(form.sheets[0], 2, lambda: iter(values)),), FRAME), tmp_path / "b.xlsx", Slip())
    new: Any = openpyxl.load_workbook(tmp_path / "b.xlsx").active
    assert [[cell.value for cell in row] for row in new["C5:E6"]] == [["华南村", 7, 21], ["小拔村", 8, "=D6*3"]]
    assert new["D5"].number_format == "General"
