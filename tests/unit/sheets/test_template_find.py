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
from tests.helpers.countyforms import BOX


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
    assert listed.slots[0].path == ("一、基本情况", "贫困户户数（户）")
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


def _ruled(*references: str) -> Callable[[Worksheet], None]:
    """Borders around every cell of some ranges."""

    def rule(sheet: Worksheet) -> None:
        for reference in references:
            for row in sheet[reference]:
                for cell in row:
                    cell.border = BOX

    return rule


def test_a_group_over_one_caption_only_keeps_its_level(tmp_path: Path) -> None:
    def groups(sheet: Worksheet) -> None:
        for reference in ("A1:B1", "C1:D1", "F1:G1"):
            sheet.merge_cells(reference)

    upper = ("年初数", None, "本月新增", None, "自然增加", "期末数", None)
    form = _only(_written(tmp_path / "a.xlsx", upper, ("户", "人", "户", "人", "人", "户", "人"), also=groups))
    assert (form.bottom, form.first) == (1, 2)
    assert form.paths[4] == ("自然增加", "人")


def test_a_list_of_words_beside_the_form_is_no_header(tmp_path: Path) -> None:
    rows = (
        ("调查表", None, None, None, None, "市", "镇"),
        ("编号", "填表项目", "单位", "数量"),
        (1, "贫困户数", "户", None),
        (2, "人数", "人", None),
    )
    form = _only(_written(tmp_path / "a.xlsx", *rows, also=lambda sheet: sheet.merge_cells("A1:D1")))
    assert (form.kind, form.top) == (FormKind.FIGURES, 1)
    assert form.paths == (("贫困户数（户）",), ("人数（人）",))


def test_villages_go_on_below_a_subtotal(tmp_path: Path) -> None:
    rows = (
        ("村名", "户数", "人数"),
        *((name, None, None) for name in ("东村", "西村", "小计", "南村", "小计", "合计")),
    )
    form = _only(_written(tmp_path / "a.xlsx", *rows, also=_ruled("A1:C7")), ("东村", "西村", "南村"))
    assert dict(form.named) == {1: "东村", 2: "西村", 4: "南村"}
    assert dict(form.subtotals) == {3: (1, 2), 5: (1, 2)}
    assert form.total == 6
    assert not form.said


def test_a_second_table_and_a_header_that_comes_again_are_said(tmp_path: Path) -> None:
    head, blank = ("村", "户数", "人数"), (None, None, None)
    again = _written(tmp_path / "a.xlsx", head, blank, blank, head, blank, also=_ruled("A1:C5"))
    form = _only(again)
    assert (form.first, form.room) == (1, 2)
    assert form.said[0].startswith("第4行起还有一张表")
    beside = _written(tmp_path / "b.xlsx", (*head, None, "村", "残疾人"), blank, also=_ruled("A1:C3", "E1:F3"))
    form = _only(beside)
    assert [slot.place for slot in form.slots] == ["A", "B", "C"]
    assert form.said[0].startswith("E列起还有一张表")


def test_words_that_will_be_written_over_are_said(tmp_path: Path) -> None:
    path = _written(
        tmp_path / "a.xlsx", ("序号", "户主", "村"), (1, None, "某镇"), (2, None, "某镇"), also=_ruled("A1:C3")
    )
    form = _only(path, ("某镇",))
    assert (form.kind, dict(form.named)) == (FormKind.HOUSEHOLD, {})
    assert form.said == ("第2行等 2 行表样里已写了字，填了的列会换成档案里的",)


def test_two_of_ours_among_all_the_countys_villages(tmp_path: Path) -> None:
    names = ("甲村", "东村", "乙村", "丙村", "丁村", "西村", "戊村")
    rows = (("村名", "户数", "人数"), *((name, None, None) for name in names))
    form = _only(_written(tmp_path / "a.xlsx", *rows), ("东村", "西村", "某镇"))
    assert tuple(form.named.values()) == names
