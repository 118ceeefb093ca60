"""A sheet goes to a village, comes back edited, and only what was filled touches the record; nothing newer is overwritten."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Known, Refused
from db.fields.kinds import Choice
from db.rules.codes import Sex
from db.services.cases import applications
from db.services.health import audit
from db.services.register import households
from db.services.sheets import imports, roundtrip
from db.services.sheets import undo as import_undo
from db.services.sheets.imports import Preview
from db.services.town import town as town_service
from db.sheets import sent
from db.sheets.workbook import open_workbook
from tests.helpers import biff, town
from tests.store.services.conftest import Desk

COLUMNS = ("household.housing_area", "household.housing_grade", "household.phone", "income.wages", "member.education")


@pytest.fixture
def homes(desk: Desk) -> list[int]:
    with desk.record.write() as unit:
        return [applications.file(unit, town.household(n)).household_id for n in range(1, 5)]


def send(desk: Desk, path: Path, columns: tuple[str, ...] = COLUMNS) -> Path:
    village = desk.see(town_service.villages)[0].id
    roundtrip.send(desk.record, desk.see(roundtrip.parcel, village, columns), path)
    return path


def edited(path: Path, *cells: tuple[str, str, Any]) -> Path:
    book = openpyxl.load_workbook(path)
    for sheet, place, value in cells:
        page = book[sheet]
        assert isinstance(page, Worksheet)
        page[place] = value
    book.save(path)
    return path


def back(desk: Desk, path: Path) -> tuple[sent.Returned, Preview]:
    returned = sent.read(open_workbook(path))
    return returned, desk.see(roundtrip.preview, returned)


def fates(shown: Preview) -> list[str]:
    return [row.fate for row in shown.rows]


def test_a_sheet_that_comes_back_untouched_changes_nothing(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    _, shown = back(desk, send(desk, tmp_path / "华南村.xlsx"))
    assert fates(shown) == ["same"] * len(homes)
    assert shown.findings == ()
    with pytest.raises(Refused, match="没有可以录入"):
        desk.do(imports.apply, shown)


def test_only_the_filled_cells_are_taken_each_at_its_place(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = edited(
        send(desk, tmp_path / "华南村.xlsx"), ("农户", "E4", "72.5"), ("农户", "H5", 2500), ("成员", "G5", "初中")
    )
    returned, shown = back(desk, path)
    assert fates(shown) == ["changed", "changed", "same", "same"]
    told = [(c.change.label, c.change.old, c.change.new, c.sheet, c.place) for row in shown.rows for c in row.cells]
    assert told[0][0] == "住房面积"
    assert told[0][3:] == ("农户", "E4")
    assert [one[3:] for one in told] == [("农户", "E4"), ("成员", "G5"), ("农户", "H5")]
    done = desk.do(roundtrip.take_in, returned, shown)
    assert done.changed == (2, 4)
    first, second = (desk.see(households.get, i) for i in homes[:2])
    assert str(first.housing_area) == "72.50"
    assert first.members[1].education is not None
    assert first.members[1].education.label == "初中"
    assert second.income is not None
    assert second.income.wages == 2500
    (kept,) = desk.see(roundtrip.sheets)
    assert kept.returned is not None
    assert desk.see(audit.faults) == ()


def test_a_cell_changed_here_too_is_a_conflict_and_stays_unless_ticked(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    path = send(desk, tmp_path / "华南村.xlsx")
    with desk.record.write() as unit:
        home = households.get(unit, homes[0])
        applications.change(unit, replace(home, phone="13911112222"))
    edited(path, ("农户", "G4", "13933334444"), ("农户", "E4", "72.5"))
    returned, shown = back(desk, path)
    assert fates(shown)[0] == "conflict"
    by_label = {cell.change.label: cell for cell in shown.rows[0].cells}
    assert by_label["联系电话"].standing == "conflict"
    assert "发出以后档案里改过" in by_label["联系电话"].why
    assert by_label["住房面积"].standing == "plain"
    desk.do(roundtrip.take_in, returned, shown)
    kept = desk.see(households.get, homes[0])
    assert (kept.phone, str(kept.housing_area)) == ("13911112222", "72.50")


def test_what_was_changed_here_only_is_not_touched_by_an_untouched_cell(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    path = send(desk, tmp_path / "华南村.xlsx")
    with desk.record.write() as unit:
        applications.change(unit, replace(households.get(unit, homes[0]), phone="13911112222"))
    _, shown = back(desk, path)
    assert fates(shown) == ["same"] * 4


def test_every_column_goes_out_and_comes_back_the_same_with_what_may_be_chosen(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    every = tuple(offer.name for offer in roundtrip.offers())
    path = send(desk, tmp_path / "华南村.xlsx", every)
    _, shown = back(desk, path)
    assert fates(shown) == ["same"] * 4
    assert shown.findings == ()
    book = openpyxl.load_workbook(path)
    assert [(page.title, page.sheet_state) for page in book.worksheets] == [("农户", "visible"), ("成员", "visible")]
    listed = sum(len(page.data_validations.dataValidation) for page in book.worksheets)
    assert listed == sum(isinstance(sent.SentColumn.named(name).field.kind, Choice) for name in every)
    page = book["农户"]
    titles = [cell.value for cell in page[3]]
    letter = get_column_letter(titles.index("有无劳动能力") + 1)
    (rule,) = (r for r in page.data_validations.dataValidation if f"{letter}4" in r.sqref)
    assert page[f"{letter}4"].value in rule.formula1.strip('"').split(",")


def test_text_stays_text_and_only_what_is_asked_for_can_be_filled_in(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    with desk.record.write() as unit:
        applications.change(unit, replace(households.get(unit, homes[0]), remark="=1+1"))
    path = send(desk, tmp_path / "华南村.xlsx", ("household.remark",))
    page = openpyxl.load_workbook(path)["农户"]
    assert isinstance(page, Worksheet)
    assert (page["E4"].value, page["E4"].data_type, page["E4"].number_format) == ("=1+1", "s", "@")
    assert [bool(page[place].protection.locked) for place in ("A4", "D4", "E4")] == [True, True, False]
    assert page.protection.sheet
    assert fates(back(desk, path)[1]) == ["same"] * 4


def test_a_sheet_that_comes_back_in_the_old_format_is_taken(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = edited(send(desk, tmp_path / "华南村.xlsx"), ("农户", "E4", "72.5"), ("成员", "G5", "初中"))
    sheets = [biff.OldSheet(sheet.rows, sheet.name, hidden_columns=(0,)) for sheet in open_workbook(path).sheets]
    old = tmp_path / "华南村.xls"
    old.write_bytes(biff.wrapped(biff.stream(sheets)))
    returned, shown = back(desk, old)
    assert fates(shown) == ["changed", "same", "same", "same"]
    assert desk.do(roundtrip.take_in, returned, shown).changed == (1, 2)


def test_one_sheet_saved_as_text_brings_back_its_own_rows_and_says_what_is_missing(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    path = edited(send(desk, tmp_path / "华南村.xlsx"), ("农户", "E4", "72.5"))
    rows = open_workbook(path).sheets[0].rows
    text = tmp_path / "华南村.csv"
    text.write_bytes("\r\n".join(",".join(str(cell) for cell in row) for row in rows).encode("gb18030"))
    _, shown = back(desk, text)
    assert fates(shown) == ["changed", "same", "same", "same"]
    assert [f.text for f in shown.findings] == [
        "收回的表里少了 1 列（文化程度），这些内容没有变动", "发出 12 行，收回 4 行；少了的行没有变动",
    ]  # fmt: skip


def test_a_person_is_known_again_after_the_household_was_saved_since(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    path = edited(send(desk, tmp_path / "华南村.xlsx"), ("成员", "G5", "初中"))
    with desk.record.write() as unit:
        home = households.get(unit, homes[0])
        mended = replace(home.members[1], id_number=town.id_number(date(1970, 6, 2), 400, Sex.FEMALE))
        applications.change(unit, replace(home, phone="13911112222", members=(home.members[0], mended)))
    returned, shown = back(desk, path)
    assert shown.findings == ()
    desk.do(roundtrip.take_in, returned, shown)
    taken = desk.see(households.get, homes[0]).members[1]
    assert taken.education is not None
    assert (taken.education.label, taken.id_number) == ("初中", mended.id_number)


def test_no_whole_number_goes_out_and_a_masked_one_is_no_change(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = send(desk, tmp_path / "华南村.xlsx")
    words = {str(cell.value) for sheet in openpyxl.load_workbook(path) for row in sheet for cell in row}
    with desk.record.read() as unit:
        people = [households.get(unit, i) for i in homes]
    numbers = {n for home in people for n in (home.phone, home.bank_card, *(m.id_number for m in home.members))}
    assert not any(number in word for number in numbers for word in words)
    edited(path, ("农户", "G4", "****0009"))
    _, shown = back(desk, path)
    assert fates(shown)[0] == "faulty"
    assert any("没有填全" in f.text and f.letter == "G" for f in shown.findings)


def test_sorted_rows_moved_columns_and_lost_rows_do_no_harm(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = send(desk, tmp_path / "华南村.xlsx")
    book = openpyxl.load_workbook(path)
    page = book["农户"]
    assert isinstance(page, Worksheet)
    rows = [[cell.value for cell in row] for row in page.iter_rows(min_row=4)]
    rows[0][4] = "72.5"
    for number, row in enumerate([rows[3], rows[1], rows[0]], 4):
        for place, value in enumerate(row, 1):
            page.cell(row=number, column=place).value = value
    page.delete_rows(7)
    book.save(path)
    returned, shown = back(desk, path)
    assert "收回 11 行" in "".join(f.text for f in shown.findings)
    desk.do(roundtrip.take_in, returned, shown)
    assert [str(desk.see(households.get, i).housing_area) for i in homes] == ["72.50", "60.00", "60.00", "60.00"]


def test_added_copied_and_strange_rows_are_said_and_left_out(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = send(desk, tmp_path / "华南村.xlsx", COLUMNS[:2])
    edited(
        path, ("农户", "D8", "新来的"), ("农户", "E8", "50"), ("农户", "A9", "H1"), ("农户", "E9", "51"),
        ("农户", "A10", "H77"), ("农户", "E10", "52"),
    )  # fmt: skip
    _, shown = back(desk, path)
    assert fates(shown) == ["same"] * 4
    texts = {f.row: f.text for f in shown.findings}
    assert "不是发出的行" in texts[8]
    assert "复制来的" in texts[9]
    assert "认不出是哪一户" in texts[10]


def test_a_cell_that_cannot_be_read_keeps_its_household_out(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = edited(send(desk, tmp_path / "华南村.xlsx"), ("农户", "E4", "很大"), ("农户", "E5", "72.5"))
    _, shown = back(desk, path)
    assert fates(shown) == ["faulty", "changed", "same", "same"]
    assert [(f.row, f.letter, f.severity) for f in shown.findings] == [(4, "E", "E")]


def test_another_record_does_not_take_it(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    path = send(desk, tmp_path / "华南村.xlsx")
    book = openpyxl.load_workbook(path)
    for page in book.worksheets:
        for row in page.iter_rows(max_row=3):
            for cell in row:
                if isinstance(cell.value, str) and cell.value.startswith("户有卡"):
                    cell.value = "户有卡：" + "0" * 16
    book.save(path)
    with pytest.raises(Refused, match="不是从本档案发出的"):
        back(desk, path)


def test_it_can_be_taken_back_as_one_step_and_is_recognised_the_second_time(
    desk: Desk, homes: list[int], tmp_path: Path
) -> None:
    path = edited(send(desk, tmp_path / "华南村.xlsx"), ("农户", "E4", "72.5"))
    returned, shown = back(desk, path)
    done = desk.do(roundtrip.take_in, returned, shown)
    assert "收回过" in back(desk, path)[1].seen
    desk.do(import_undo.undo, done.run_id, "村里填错了")
    assert str(desk.see(households.get, homes[0]).housing_area) == "60.00"


def test_a_file_that_cannot_be_written_leaves_nothing_kept(desk: Desk, homes: list[int], tmp_path: Path) -> None:
    with pytest.raises(Known):
        send(desk, tmp_path / "没有这个文件夹" / "华南村.xlsx")
    assert desk.see(roundtrip.sheets) == ()


def test_a_village_without_households_and_a_sheet_without_columns_are_refused(desk: Desk, homes: list[int]) -> None:
    here, other = desk.see(town_service.villages)[:2]
    with pytest.raises(Refused, match="至少选一栏"):
        desk.see(roundtrip.parcel, here.id, ())
    with pytest.raises(Refused, match="还没有农户"):
        desk.see(roundtrip.parcel, other.id, COLUMNS)
