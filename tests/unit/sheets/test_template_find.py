"""What a blank form asks for is found by its layout: header levels, room for data, 合计, the lines around it, rows named beforehand."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Known
from db.sheets.template import FormKind, FormSheet, Template
from db.sheets.template_read import read_template
from tests.helpers import countyforms as made


def _only(path: Path, villages: tuple[str, ...] = ()) -> FormSheet:
    found = read_template(path, villages)
    assert len(found.sheets) == 1
    return found.sheets[0]


def _written(
    path: Path, *rows: tuple[str | int | None, ...], also: Callable[[Worksheet], None] = lambda _: None
) -> Path:
    book = Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    for line in rows:
        sheet.append(line)
    also(sheet)
    book.save(path)
    return path


def test_four_levels_under_two_titles(tmp_path: Path) -> None:
    form = _only(made.village_report(tmp_path / "a.xlsx"))
    assert (form.kind, form.top, form.bottom, form.first, form.room, form.total) == (FormKind.VILLAGE, 3, 6, 7, 1, 8)
    assert form.paths == made.REPORT
    assert [b.word for b in form.blanks] == ["填报单位", "年月", "单位负责人", "审核人", "填表人", "日期"]


def test_a_numbering_row_and_the_forms_own_formulas(tmp_path: Path) -> None:
    form = _only(made.person_roster(tmp_path / "a.xlsx"))
    assert (form.kind, form.top, form.bottom, form.first, form.room, form.total) == (FormKind.PERSON, 2, 4, 6, 3, 9)
    assert form.paths == made.ROSTER
    assert [slot.place for slot in form.slots if slot.formula] == ["O"]
    assert form.slots[10].choices == ("健康", "长期慢性病", "患有大病", "残疾")
    assert not form.summed, "its own sums are never written over"


def test_groups_that_are_not_merged(tmp_path: Path) -> None:
    path = _written(
        tmp_path / "a.xlsx",
        ("统计表",),
        ("填报单位：", None, None, "单位：户、人"),
        ("序号", "村", "贫困户", None, "残疾人", None),
        (None, None, "户数", "人数", "户数", "人数"),
    )
    form = _only(path)
    assert form.paths == (
        ("序号",), ("村",), ("贫困户", "户数"), ("贫困户", "人数"), ("残疾人", "户数"), ("残疾人", "人数"),
    )  # fmt: skip
    assert (form.first, form.room) == (4, 0)


def test_a_list_of_households_with_its_unit(tmp_path: Path) -> None:
    form = _only(made.household_list(tmp_path / "a.xlsx"))
    assert (form.kind, form.top, form.bottom, form.first, form.room, form.total) == (
        FormKind.HOUSEHOLD,
        2,
        3,
        4,
        2,
        None,
    )
    assert form.paths[2] == ("户主", "姓名")
    assert {slot.unit for slot in form.slots} == {"万元"}


def test_villages_named_beforehand_in_any_spelling(tmp_path: Path) -> None:
    path = made.village_report(tmp_path / "a.xlsx", names=("华南", "小拔村委会", "别处村"))
    form = _only(path, ("华南村", "小拔村"))
    assert (dict(form.named), form.place) == ({7: "华南", 8: "小拔村委会", 9: "别处村"}, 1)


def test_items_with_a_blank_each_and_labels_beside_blanks(tmp_path: Path) -> None:
    found = read_template(made.questionnaire(tmp_path / "a.xlsx"))
    listed, paired = found.sheets
    assert listed.kind is paired.kind is FormKind.FIGURES
    assert [slot.place for slot in listed.slots] == ["D4", "D5", "D6", "D7", "D9"]
    assert listed.slots[0].path == ("一、基本情况", "贫困户户数")
    assert listed.slots[-1].unit == "万元"
    assert [(s.place, s.path) for s in paired.slots] == [
        ("B1", ("户数",)), ("D1", ("人数",)), ("B2", ("五保户",)), ("D2", ("危房户",)),
    ]  # fmt: skip


def test_a_row_that_shows_how_is_no_data_and_a_total_may_stand_above(tmp_path: Path) -> None:
    path = _written(
        tmp_path / "a.xlsx",
        ("序号", "村", "户主", "家庭人口"),
        ("合计", None, None, None),
        ("例", "某某村", "张三", 3),
        (None, None, None, None),
        ("填表人：", None, None, None),
    )
    form = _only(path)
    assert (form.total, form.first, form.room, form.examples) == (1, 2, 2, (2,))
    assert form.summed == (1, 2, 3)


@pytest.mark.parametrize("content", [b"", b"\x89PNG\r\n", b"PK\x03\x04broken", "序号,村\n".encode()])
def test_what_is_no_form_is_said_in_one_sentence(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "a.xlsx"
    path.write_bytes(content)
    with pytest.raises(Known) as said:
        read_template(path)
    assert "a.xlsx" in said.value.text
    assert said.value.remedy


def test_a_workbook_that_asks_nothing(tmp_path: Path) -> None:
    with pytest.raises(Known, match="没有找到表头"):
        read_template(_written(tmp_path / "a.xlsx", ("只有一句话",)))


def test_hidden_sheets_are_not_filled(tmp_path: Path) -> None:
    def more(sheet: Worksheet) -> None:
        assert sheet.parent is not None
        other = sheet.parent.create_sheet("隐藏")
        other.append(("序号", "户主", "村"))
        other.sheet_state = "hidden"

    found: Template = read_template(_written(tmp_path / "a.xlsx", ("序号", "户主", "村"), also=more))
    assert [form.name for form in found.sheets] == ["Sheet"]


def test_a_caption_over_two_columns_asks_once(tmp_path: Path) -> None:
    def wide(sheet: Worksheet) -> None:
        for reference in ("C1:D1", "C2:D2", "E1:F1"):
            sheet.merge_cells(reference)

    rows = (("序号", "户主", "住址", None, "人口", None), (None,) * 6)
    form = _only(_written(tmp_path / "a.xlsx", *rows, also=wide))
    assert [slot.place for slot in form.slots] == ["A", "B", "C", "E"]
