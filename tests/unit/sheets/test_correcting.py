"""The workbook with its faults: the original kept in every respect but one column and the marks, and taken in again."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.comments import Comment
from openpyxl.styles import Font
from openpyxl.worksheet.datavalidation import DataValidation

from db.errors import Cancelled, Known
from db.sheets import correcting
from db.sheets.drafts import Roster
from db.sheets.findings import SheetFinding
from db.sheets.layouts.roster import FAULT_COLUMN
from db.sheets.roster import roster_of
from db.sheets.workbook import Book, Lost, Sheet, open_workbook
from tests.helpers.workbooks import HOUSEHOLD_COLUMNS, head, id_number, person, write_roster

VILLAGES = {"太平村": ("第一组",)}
SECOND = id_number(order=13)


def styled(book: openpyxl.Workbook) -> None:
    """What a county's form has besides cells."""
    sheet = book["贫困户"]
    sheet.merge_cells("A1:E1")
    sheet["A1"].font = Font(name="黑体", size=16)
    sheet.column_dimensions["B"].width = 23
    sheet["A3"] = "=ROW()-2"
    sheet["U4"] = "=1+1"
    sheet["U4"].data_type = "s"
    choice = DataValidation(type="list", formula1='"男,女"')
    choice.add("E3:E9")
    sheet.add_data_validation(choice)
    sheet["K4"].comment = Comment("镇里核过", "某人")
    book.properties.creator = "某人"
    book.properties.lastModifiedBy = "某人"


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    """Two households, the second with a cause that is in no code table."""
    heads = [
        head(),
        head(
            户主姓名="李某华",
            证件号码=SECOND,
            主要致贫原因="生病",
            联系电话="13800000002",
            一卡通账号="62100000000000002",
        ),
    ]
    persons = [person(), person(户主姓名="李某华", 户主身份证号=SECOND, 姓名="李某华", 身份证号码=SECOND)]
    return write_roster(tmp_path / "名册.xlsx", heads, persons, after=styled)


def read(path: Path) -> tuple[Book, Roster]:
    book = open_workbook(path)
    return book, roster_of(book, villages=VILLAGES)


def corrected(path: Path, findings: Sequence[SheetFinding] | None = None) -> tuple[correcting.Written, Any]:
    book, roster = read(path)
    target = path.with_name(correcting.file_name(book))
    done = correcting.write(path, target, book, roster.findings if findings is None else findings)
    return done, openpyxl.load_workbook(target)


def test_the_reason_stands_right_of_everything_and_the_cell_is_marked(faulty: Path) -> None:
    done, book = corrected(faulty)
    assert (done.path.name, done.rows, done.cells, done.same, done.why) == ("名册（错误清单）.xlsx", 1, 1, True, "")
    sheet = book["贫困户"]
    assert sheet.cell(2, len(HOUSEHOLD_COLUMNS) + 1).value == FAULT_COLUMN
    reason = sheet.cell(4, len(HOUSEHOLD_COLUMNS) + 1).value
    assert reason.startswith("【有错】K列“主要致贫原因”：主要致贫原因：“生病”")
    assert sheet.cell(3, len(HOUSEHOLD_COLUMNS) + 1).value is None
    assert sheet["K4"].fill.fgColor.rgb.endswith("FFC7CE")
    assert sheet["K4"].comment.text.startswith("镇里核过\n主要致贫原因：“生病”")
    assert sheet["K3"].fill.fgColor.rgb == "00000000"
    assert book["贫困人口"].max_column == 15


def test_the_rest_is_as_it_was(faulty: Path) -> None:
    _, book = corrected(faulty)
    sheet = book["贫困户"]
    assert sheet["A1"].font.name == "黑体"
    assert "A1:E1" in {str(area) for area in sheet.merged_cells.ranges}
    assert sheet.column_dimensions["B"].width == 23
    assert (sheet["A3"].value, sheet["A3"].data_type) == ("=ROW()-2", "f")
    assert (sheet["U4"].value, sheet["U4"].data_type) == ("=1+1", "s")
    assert sheet.data_validations.dataValidation[0].formula1 == '"男,女"'
    assert sheet.auto_filter.ref == "A2:V5"
    assert (book.properties.creator, book.properties.lastModifiedBy) == (None, None)


def test_the_file_itself_is_not_touched(faulty: Path) -> None:
    before = faulty.read_bytes()
    corrected(faulty)
    assert faulty.read_bytes() == before


def test_corrected_it_is_taken_in_again_and_exported_again(faulty: Path) -> None:
    done, book = corrected(faulty)
    book["贫困户"]["K4"] = "缺技术"
    book.save(done.path)
    again, roster = read(done.path)
    assert [row.faulty for row in roster.rows] == [False, False]
    assert not [f for f in roster.findings if FAULT_COLUMN in f.text]
    book["贫困户"]["E4"] = "女"
    book.save(done.path)
    again, roster = read(done.path)
    second = done.path.with_name("再改.xlsx")
    correcting.write(done.path, second, again, roster.findings)
    sheet: Any = openpyxl.load_workbook(second)["贫困户"]
    assert [cell.value for cell in sheet[2]].count(FAULT_COLUMN) == 1
    assert "生病" not in sheet.cell(4, len(HOUSEHOLD_COLUMNS) + 1).value
    assert sheet.cell(4, len(HOUSEHOLD_COLUMNS) + 1).value.startswith("【有错】E列")


def test_a_header_of_two_levels_gets_a_caption_of_two(tmp_path: Path) -> None:
    path = tmp_path / "两层.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["名册"])
    sheet.append(["村（居）", "户主", "", "主要致贫原因", "工资性收入", "家庭人口"])
    sheet.append(["", "姓名", "证件号码", "", "", ""])
    sheet.merge_cells("B2:C2")
    for column in "ADEF":
        sheet.merge_cells(f"{column}2:{column}3")
    sheet.append(["太平村", "陈某文", id_number(), "懒", 1, 1])
    book.save(path)
    finding = SheetFinding("Sheet", 4, "主要致贫原因", "陈某文", "不在表里", "W", letter="D")
    _, made = corrected_of(path, [finding])
    assert made["Sheet"]["G2"].value == FAULT_COLUMN
    assert "G2:G3" in {str(area) for area in made["Sheet"].merged_cells.ranges}
    assert made["Sheet"]["G4"].value == "【请核对】D列“主要致贫原因”：不在表里"
    assert made["Sheet"]["D4"].fill.fgColor.rgb.endswith("FFEB9C")


def corrected_of(path: Path, findings: Sequence[SheetFinding]) -> tuple[correcting.Written, Any]:
    book = open_workbook(path)
    target = path.with_name(correcting.file_name(book))
    done = correcting.write(path, target, book, findings)
    return done, openpyxl.load_workbook(target)


def test_a_mark_in_a_merged_area_stands_at_its_first_cell_and_the_sheet_is_not_sorted(tmp_path: Path) -> None:
    path = tmp_path / "合并.xlsx"
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    for row in (["户主姓名", "姓名", "与户主关系"], ["陈某文", "陈某文", "户主"], ["", "林某华", "配偶"]):
        sheet.append(row)
    sheet.merge_cells("A2:A3")
    book.save(path)
    found = [
        SheetFinding("Sheet", 3, "户主姓名", "", "有错", "E", letter="A"),
        SheetFinding("Sheet", 0, "", "", "整张表", "W"),
    ]
    done, made = corrected_of(path, found)
    assert made["Sheet"]["A2"].comment.text == "有错"
    assert made["Sheet"]["D1"].comment.text == "整张表"
    assert made["Sheet"].auto_filter.ref is None
    assert (done.rows, done.cells) == (1, 1)


def test_texts_of_the_finding_are_never_a_formula_nor_damage_the_file(faulty: Path) -> None:
    bad = SheetFinding("贫困户", 4, "备注", "", "=HYPERLINK(1)\x07" + "长" * 3000, "E", letter="U")
    plain = SheetFinding("贫困户", 3, "", "", "=1+1", "W")
    _, book = corrected(faulty, [bad, plain])
    column = len(HOUSEHOLD_COLUMNS) + 1
    assert book["贫困户"].cell(3, column).data_type == "s"
    assert len(book["贫困户"].cell(4, column).value) <= 2000
    assert "\x07" not in book["贫困户"]["U4"].comment.text


def test_what_is_only_told_is_not_marked(faulty: Path) -> None:
    done, book = corrected(faulty, [SheetFinding("贫困户", 3, "备注", "", "说明", "I", letter="U")])
    assert (done.rows, done.cells) == (0, 0)
    assert book["贫困户"].max_column == len(HOUSEHOLD_COLUMNS)


def test_of_another_kind_a_new_workbook_holds_the_same_cells(tmp_path: Path) -> None:
    path = tmp_path / "名册.csv"
    path.write_bytes(b"not looked at")
    rows: list[list[Any]] = [["户主姓名", "备注", "金额"], ["=陈", Lost("#N/A"), 3.0], ["", "", ""]]
    sheet = Sheet("旧/表", rows, ((0, 0, 0, 0),), hidden=True)
    sha = sha256(path.read_bytes()).hexdigest()
    book = Book("名册.csv", sha, (replace(sheet, name="旧表"),))
    target = tmp_path / "错.xlsx"
    done = correcting.write(path, target, book, [SheetFinding("旧表", 2, "备注", "", "公式出错", "E", letter="B")])
    assert not done.same
    assert "不是 .xlsx" in done.why
    made = openpyxl.load_workbook(target)["旧表"]
    assert (made["A2"].value, made["A2"].data_type, made["B2"].value, made["C2"].value) == ("=陈", "s", "#N/A", 3)
    assert made["D2"].value == "【有错】B列“备注”：公式出错"
    assert made.sheet_state == "visible"


def test_a_workbook_the_writer_cannot_keep_is_made_anew(faulty: Path) -> None:
    book, roster = read(faulty)
    faulty.write_bytes(b"PK broken")
    broken = replace(book, sha256=sha256(b"PK broken").hexdigest())
    done = correcting.write(faulty, faulty.with_name("错.xlsx"), broken, roster.findings)
    assert "另做一份" in done.why
    assert openpyxl.load_workbook(done.path)["贫困户"]["D4"].value == "李某华"


def test_refused_where_the_original_is_gone_changed_or_the_target_itself(faulty: Path, tmp_path: Path) -> None:
    book, roster = read(faulty)
    with pytest.raises(Known, match="不能写在原表上"):
        correcting.write(faulty, faulty, book, roster.findings)
    faulty.write_bytes(faulty.read_bytes() + b" ")
    with pytest.raises(Known, match="预览之后被改过"):
        correcting.write(faulty, tmp_path / "错.xlsx", book, roster.findings)
    faulty.unlink()
    with pytest.raises(Known, match="打不开了"):
        correcting.write(faulty, tmp_path / "错.xlsx", book, roster.findings)
    assert not (tmp_path / "错.xlsx").exists()


def test_it_can_be_stopped(faulty: Path, tmp_path: Path) -> None:
    class Stopped:
        def report(self, done: int, total: int, text: str) -> None: ...

        def check(self) -> None:
            raise Cancelled

    book, roster = read(faulty)
    with pytest.raises(Cancelled):
        correcting.write(faulty, tmp_path / "错.xlsx", book, roster.findings, Stopped())
    assert not (tmp_path / "错.xlsx").exists()
