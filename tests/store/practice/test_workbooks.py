"""Every workbook that leaves a practice record says so, and neither kind of record reads what belongs to the other."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Known
from db.rules.identity import check_digit
from db.services.health import health
from db.services.health import lists as healthlists
from db.services.ledger import closing, ledger
from db.services.ledger import export as ledger_export
from db.services.sheets import roundtrip, sendouts
from db.services.town import town
from db.sheets import correcting, drill, template_fill
from db.sheets.findings import SheetFinding
from db.sheets.opening import read_book
from db.sheets.template_fill import Fill, SheetFill
from db.sheets.template_frame import Frame
from db.sheets.template_read import read_template
from db.sheets.workbook import open_workbook
from db.store import practising
from db.store.record import Record
from tests.helpers.countyforms import household_list
from tests.helpers.ledger import Slip
from tests.helpers.record import MakeRecord
from tests.helpers.workbooks import write_roster

Opening = Callable[[], Record]
ROOT = Path(__file__).resolve().parents[3]


def month_book(record: Record, folder: Path) -> Path:
    with record.read() as unit:
        done = next(one for one in closing.months(unit).states if one.closing is not None)
        found = ledger.month(unit, *done.month)
    return ledger_export.export(record, found, folder / "台账.xlsx", Slip()).path


def village_sheet(record: Record, folder: Path) -> Path:
    with record.read() as unit:
        made = roundtrip.parcel(unit, town.villages(unit)[0].id, ["household.phone"])
    roundtrip.send(record, made, folder / "填报.xlsx")
    return folder / "填报.xlsx"


def checkup(record: Record, folder: Path) -> Path:
    with record.read() as unit:
        found = health.check(unit, Slip())
    healthlists.write(found, "", folder / "体检.xlsx")
    return folder / "体检.xlsx"


def correction(record: Record, folder: Path) -> Path:
    roster = write_roster(folder / "名册.xlsx", [], [])
    book = open_workbook(roster)
    findings = [SheetFinding(book.sheets[0].name, 3, "", "", "少填", "E")]
    return correcting.write(roster, folder / "错误清单.xlsx", book, findings).path


def county_form(record: Record, folder: Path) -> Path:
    template = read_template(household_list(folder / "表样.xlsx"), (), Slip())
    today = record.clock.now().date()
    fill = Fill(tuple(SheetFill(sheet) for sheet in template.sheets), Frame({}, today, today))
    template_fill.write(template, fill, folder / "报表.xlsx", Slip())
    return folder / "报表.xlsx"


WRITERS: Mapping[str, Callable[[Record, Path], Path]] = {
    "月度台账": month_book,
    "村填报表": village_sheet,
    "体检清单": checkup,
    "错误清单": correction,
    "县里报表": county_form,
}


@pytest.mark.parametrize("what", WRITERS)
def test_a_workbook_says_that_it_is_practice_and_is_not_taken_in(
    what: str, practice: Opening, tmp_path: Path, make_record: MakeRecord
) -> None:
    record = practice()
    path = WRITERS[what](record, tmp_path)
    book: Any = openpyxl.load_workbook(path)
    assert drill.PROPERTY in book.custom_doc_props.names
    assert practising.MARK in str(book.properties.title)
    sheets: list[Any] = book.worksheets
    for sheet in sheets:
        assert practising.MARK in str(sheet.oddHeader.center.text)
        assert sheet.oddHeader.center.size == 14, "read from a distance, also on a wide sheet shrunk to its page"
        assert not sheet.HeaderFooter.scaleWithDoc
        assert (sheet.page_margins.top - sheet.page_margins.header) * 72 > 1.5 * sheet.oddHeader.center.size
        assert sheet.sheet_properties.tabColor.rgb.endswith(drill.YELLOW)
    assert read_book(path, Slip()).practice, "the practice record itself reads it"
    record.close()
    make_record(tmp_path)
    for read in (open_workbook, read_book):
        with pytest.raises(Known, match="从练习台账导出的"):
            read(path)


@pytest.mark.parametrize("what", ["月度台账", "村填报表", "体检清单"])
def test_the_title_still_says_it_where_the_properties_are_lost(what: str, practice: Opening, tmp_path: Path) -> None:
    record = practice()
    rows = open_workbook(WRITERS[what](record, tmp_path)).sheets[0].rows
    record.close()
    plain = tmp_path / "另存.csv"
    plain.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    with pytest.raises(Known, match="从练习台账导出的"):
        read_book(plain)


def test_rows_copied_out_of_practice_are_known_by_the_numbers_in_them(practice: Opening, tmp_path: Path) -> None:
    """A county's form has no title of ours, and a title row is soon cut off; properties do not survive .csv."""
    record = practice()
    rows = open_workbook(month_book(record, tmp_path)).sheets[0].rows[2:]
    plain = tmp_path / "拷出来的.csv"
    plain.write_text("\n".join(",".join(map(str, row)) for row in rows), encoding="utf-8")
    assert read_book(plain).sheets, "the practice record itself reads them"
    record.close()
    with pytest.raises(Known, match="从练习台账导出的"):
        read_book(plain)


def test_a_workbook_of_the_towns_own_is_not_marked(tmp_path: Path, make_record: MakeRecord) -> None:
    path = correction(make_record(tmp_path), tmp_path)
    book: Any = openpyxl.load_workbook(path)
    assert drill.PROPERTY not in book.custom_doc_props.names
    first: Any = book.worksheets[0]
    assert not first.oddHeader.center.text
    assert not read_book(path).practice


def test_real_people_are_not_read_into_a_practice_record(practice: Opening, tmp_path: Path) -> None:
    practice()
    body = "44142419700101001"
    path = tmp_path / "名册.csv"
    path.write_text(f"姓名,身份证号\n某某,{body}{check_digit(body)}\n", encoding="utf-8")
    with pytest.raises(Known, match="有 1 个身份证号不是练习用的"):
        read_book(path)


def test_the_demo_workbooks_are_read_into_a_practice_record(practice: Opening) -> None:
    practice()
    for path in (ROOT / "resources" / "demo").glob("*.xlsx"):
        assert read_book(path).sheets


def test_a_village_sheet_comes_back_into_the_record_that_sent_it(practice: Opening, tmp_path: Path) -> None:
    """Marked as it is, practice goes the whole way round."""
    from db.sheets import sent

    record = practice()
    returned = sent.read(read_book(village_sheet(record, tmp_path)))
    with record.read() as unit:
        assert roundtrip.preview(unit, returned) is not None


def test_files_that_are_named_by_the_program_begin_with_the_mark(practice: Opening, tmp_path: Path) -> None:
    record = practice()
    with record.read() as unit:
        places = [one for one in sendouts.places(unit) if one.households]
    done = sendouts.send_all(record, places[:1], ["household.phone"], tmp_path, Slip())
    assert [path.name.startswith("演练_") for path in tmp_path.glob("*.xlsx")] == [True]
    assert done.files


def test_every_writer_marks() -> None:
    """A workbook is saved in five places; another one must not forget."""
    writers = {
        path.stem
        for path in (ROOT / "db" / "sheets").glob("*.py")
        if re.search(r"(?:made|book)\.save\(|write_data\(\)", path.read_text(encoding="utf-8"))
    }
    forgetful = {
        name for name in writers if "drill.mark(" not in (ROOT / "db" / "sheets" / f"{name}.py").read_text("utf-8")
    }
    assert len(writers) >= 5
    assert forgetful <= {"template_xls"}, "that one only turns a form into another form, in memory"
