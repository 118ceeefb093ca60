"""A workbook is read whole or refused with one sentence; nothing in it vanishes without a word."""

from __future__ import annotations

import hashlib
import re
import zipfile
from datetime import date
from pathlib import Path

import openpyxl
import pytest

from db.errors import Known
from db.sheets import package, prescan
from db.sheets.prescan import Lost, column_letter, column_number
from db.sheets.workbook import open_workbook
from tests.helpers.biff import wrapped
from tests.helpers.workbooks import SHEET, repack

OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.fixture
def book(tmp_path: Path) -> Path:
    """Fifty rows of names from row 4 on, in column B, with numbers in D."""
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.title = "名册"
    sheet["B3"] = "姓名"
    for row in range(4, 54):
        sheet.cell(row, 2, f"陈某{row}")
        sheet.cell(row, 4, row)
    sheet["E4"] = date(2016, 5, 3)
    sheet.merge_cells("F10:F12")
    path = tmp_path / "名册.xlsx"
    made.save(path)
    return path


def refused(path: Path) -> str:
    with pytest.raises(Known) as caught:
        open_workbook(path)
    assert "没有读入任何内容" in caught.value.text or "不到" in caught.value.text or "文件夹" in caught.value.text
    assert caught.value.remedy.endswith("。")
    return caught.value.text


def test_rows_columns_and_merges_are_excels(book: Path) -> None:
    read = open_workbook(book)
    (sheet,) = read.sheets
    assert read.sha256 == hashlib.sha256(book.read_bytes()).hexdigest()
    assert (sheet.name, len(sheet.rows), sheet.hidden) == ("名册", 53, False)
    assert sheet.rows[2][1] == "姓名"
    assert sheet.rows[52][1] == "陈某53"
    assert sheet.rows[3][3:5] == [4.0, date(2016, 5, 3)]
    assert sheet.merges == ((9, 5, 11, 5),)


@pytest.mark.parametrize("claim", [b"A1", b"A1:B5", b"B3:C10", b"A1:XFD1048576", b"Z100:AA200"])
def test_a_wrong_dimension_loses_no_row(book: Path, claim: bytes) -> None:
    repack(book, {SHEET: lambda xml: re.sub(rb'<dimension ref="[^"]*"', b'<dimension ref="' + claim + b'"', xml)})
    assert [row[1] for row in open_workbook(book).sheets[0].rows[3:]] == [f"陈某{row}" for row in range(4, 54)]


def test_a_missing_dimension_loses_no_row(book: Path) -> None:
    repack(book, {SHEET: lambda xml: re.sub(rb"<dimension [^>]*>", b"", xml)})
    assert len(open_workbook(book).sheets[0].rows) == 53


def test_formulas_never_calculated_and_errors_are_kept_in_sight(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    sheet = made.active
    assert sheet is not None
    sheet["D5"] = "=1+1"
    sheet["D60"] = "=1+1"
    sheet["G6"] = "#N/A"
    sheet["G6"].data_type = "e"
    made.save(book)
    rows = open_workbook(book).sheets[0].rows
    assert rows[4][3] == Lost(prescan.NEVER_CALCULATED)
    assert rows[59][3] == Lost(prescan.NEVER_CALCULATED)
    assert rows[5][6] == Lost("#N/A")
    assert {len(row) for row in rows} == {7}


def test_a_calculated_formula_is_its_value(book: Path) -> None:
    cell = b'<c r="D5" t="n"><f>1+1</f><v>2</v></c><c r="E5" t="str"><f>""</f><v></v></c>'
    repack(book, {SHEET: lambda xml: xml.replace(b'<c r="D5" t="n"><v>5</v></c>', cell)})
    assert open_workbook(book).sheets[0].rows[4][3:5] == [2.0, ""]


def test_formatted_blank_rows_below_are_no_rows(book: Path) -> None:
    blank = b"".join(b'<row r="%d"><c r="A%d" s="0"/></row>' % (row, row) for row in range(60, 1060))
    repack(book, {SHEET: lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>")})
    assert len(open_workbook(book).sheets[0].rows) == 53


def test_blank_formats_to_the_last_row_and_column_do_no_harm(book: Path) -> None:
    blank = b'<row r="1048576"><c r="XFD1048576" s="0"/></row>'
    repack(book, {SHEET: lambda xml: xml.replace(b"</sheetData>", blank + b"</sheetData>")})
    assert len(open_workbook(book).sheets[0].rows) == 53


@pytest.mark.parametrize("place", [(b"1048576", b"A"), (b"60", b"XFD"), (b"199999", b"HZ")])
def test_a_value_far_away_is_refused_before_it_fills_the_memory(book: Path, place: tuple[bytes, bytes]) -> None:
    row, column = place
    far = b'<row r="%s"><c r="%s%s"><v>1</v></c></row>' % (row, column, row)
    repack(book, {SHEET: lambda xml: xml.replace(b"</sheetData>", far + b"</sheetData>")})
    assert "大得不正常" in refused(book)


def test_sheets_of_charts_are_left_out_and_hidden_ones_are_marked(book: Path) -> None:
    made = openpyxl.load_workbook(book)
    made.create_chartsheet("图")
    made.create_sheet("旧").sheet_state = "hidden"
    made.save(book)
    assert [(sheet.name, sheet.hidden) for sheet in open_workbook(book).sheets] == [("名册", False), ("旧", True)]


def test_macros_are_not_looked_at(book: Path) -> None:
    repack(book, {}, more=[("xl/vbaProject.bin", OLE2 + b"\0" * 512)])
    assert len(open_workbook(book).sheets[0].rows) == 53


@pytest.mark.parametrize(
    ("data", "says"),
    [
        (b"", "是空文件"),
        (wrapped(b"secret", "EncryptedPackage"), "设了打开密码"),
        (OLE2 + b"\0" * 600 + "Workbook".encode("utf-16-le"), "已损坏或没有下载完整"),
        (wrapped(b"letter", "WordDocument"), "是 Word 文档"),
        (b"\xef\xbb\xbf<html><p>\xe5\x90\x8d\xe5\x86\x8c</p></html>", "是网页，里面没有表格"),
        (b"PK\x03\x04 and nothing more", "已损坏或没有下载完整"),
        (b"PK\x05\x06" + b"\0" * 18, "不是 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_is_said_by_its_content(tmp_path: Path, data: bytes, says: str) -> None:
    path = tmp_path / "名册.xlsx"
    path.write_bytes(data)
    assert says in refused(path)


@pytest.mark.parametrize(
    ("part", "says"),
    [("content.xml", "没有工作表"), ("word/document.xml", "Word"), ("xl/workbook.bin", ".xlsb"), ("a.txt", "压缩文件")],
)
def test_other_office_files_are_named(tmp_path: Path, part: str, says: str) -> None:
    path = tmp_path / "名册.xlsx"
    with zipfile.ZipFile(path, "w") as made:
        made.writestr(part, "<a/>")
        made.writestr(part.split("/", maxsplit=1)[0] + "/other.xml", "<a/>")
    assert says in refused(path)


@pytest.mark.parametrize("kept", [0.3, 0.9, 0.999])
def test_a_truncated_file_is_damaged(book: Path, kept: float) -> None:
    data = book.read_bytes()
    book.write_bytes(data[: int(len(data) * kept)])
    assert "已损坏或没有下载完整" in refused(book)


def test_flipped_bytes_are_damage(book: Path) -> None:
    data = bytearray(book.read_bytes())
    spot = data.index(SHEET.encode()) + 200
    data[spot : spot + 8] = bytes(255 - byte for byte in data[spot : spot + 8])
    book.write_bytes(data)
    assert "已损坏或没有下载完整" in refused(book)


def test_broken_xml_is_damage(book: Path) -> None:
    repack(book, {"xl/workbook.xml": lambda xml: xml[:-40]})
    assert "已损坏" in refused(book)


def test_a_strict_workbook_is_read_like_any_other(book: Path) -> None:
    usual = open_workbook(book)

    def strict(xml: bytes) -> bytes:
        xml = xml.replace(
            b"http://schemas.openxmlformats.org/spreadsheetml/2006/main",
            b"http://purl.oclc.org/ooxml/spreadsheetml/main",
        )
        return xml.replace(
            b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
            b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        )

    parts = zipfile.ZipFile(book).namelist()
    repack(book, dict.fromkeys(parts, strict))
    assert prescan.scan(book.read_bytes(), "").strict
    assert open_workbook(book).sheets == usual.sheets


@pytest.mark.parametrize("bad", [b'<!DOCTYPE a [<!ENTITY b "c">]>', b'<!ENTITY b "c">'])
def test_document_definitions_are_refused(book: Path, bad: bytes) -> None:
    repack(book, {SHEET: lambda xml: bad + xml})
    assert "文档定义" in refused(book)


@pytest.mark.filterwarnings("ignore:Duplicate name")
@pytest.mark.parametrize("name", [SHEET, SHEET.upper()])
def test_doubled_parts_are_refused(book: Path, name: str) -> None:
    repack(book, {}, more=[(name, b"<worksheet/>")])
    assert "重名的部件" in refused(book)


def test_a_bomb_is_refused_by_what_it_unpacks_to(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_PART", 100_000)
    repack(book, {}, more=[("xl/media/image1.png", b"\0" * 100_001)])
    assert "大得不正常" in refused(book)


def test_parts_are_measured_together_too(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "LARGEST_TOTAL", 200_000)
    repack(book, {}, more=[(f"xl/media/{n}.png", b"\0" * 90_000) for n in range(3)])
    assert "大得不正常" in refused(book)


def test_a_size_that_lies_is_damage(book: Path) -> None:
    data = bytearray(book.read_bytes())
    spot = data.rindex(SHEET.encode()) - 46
    assert data[spot : spot + 4] == b"PK\x01\x02"
    data[spot + 16 : spot + 20] = b"\1\2\3\4"
    book.write_bytes(data)
    assert "已损坏" in refused(book)


def test_too_many_parts_are_refused(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "MOST_PARTS", 5)
    assert "个部件" in refused(book)


def test_names_with_back_slashes_are_read(book: Path) -> None:
    with zipfile.ZipFile(book) as old:
        parts = {name.replace("/", "\\"): old.read(name) for name in old.namelist()}
    with zipfile.ZipFile(book, "w") as new:
        for name, body in parts.items():
            new.writestr(name, body)
    assert len(open_workbook(book).sheets[0].rows) == 53


def test_an_endless_shared_text_is_refused(book: Path) -> None:
    texts = b"<sst><si><t>" + b"a" * 40_000 + b"</t></si></sst>"
    repack(book, {}, more=[("xl/sharedStrings.xml", texts)])
    assert "超过 32767 个字" in refused(book)


def test_too_large_a_file_is_not_even_read(book: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("db.sheets.workbook.LARGEST_FILE", 1000)
    assert "超过" in refused(book)


def test_paths_that_hold_no_workbook(tmp_path: Path) -> None:
    assert "找不到" in refused(tmp_path / "没有.xlsx")
    assert "是文件夹" in refused(tmp_path)
    owner = tmp_path / "~$名册.xlsx"
    owner.write_bytes(b"\x05admin")
    assert "临时文件" in refused(owner)


@pytest.fixture
def _crashing(monkeypatch: pytest.MonkeyPatch) -> None:
    class PanicException(BaseException):
        pass

    def crash(_source: object) -> None:
        raise PanicException

    monkeypatch.setattr(
        "db.sheets.modern.CalamineWorkbook", type("Crashing", (), {"from_filelike": staticmethod(crash)})
    )


@pytest.mark.usefixtures("_crashing")
def test_a_parser_crash_is_no_bug_another_one_reads(book: Path) -> None:
    read = open_workbook(book)
    assert [row[1] for row in read.sheets[0].rows[3:]] == [f"陈某{row}" for row in range(4, 54)]
    assert read.sheets[0].rows[3][3:5] == [4.0, date(2016, 5, 3)]
    assert [note.severity for note in read.notes] == ["W"]
    assert "换了一种读法" in read.notes[0].text


@pytest.mark.usefixtures("_crashing")
def test_what_neither_parser_opens_is_damaged(book: Path) -> None:
    repack(book, {SHEET: lambda xml: xml.replace(b"</sheetData>", b"")})
    assert "已损坏" in refused(book)


@pytest.mark.parametrize(
    ("number", "letters"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD")]
)
def test_column_letters(number: int, letters: str) -> None:
    assert column_letter(number) == letters
    assert column_number(letters) == number
