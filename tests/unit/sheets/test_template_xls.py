"""An old form (.xls) is filled as its new twin: looks, merges, print set-up, formulas and notes come over."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Known
from db.sheets.template import FormKind
from db.sheets.template_read import read_template
from tests.helpers import countyforms as made

OLD = Path(__file__).parents[2] / "data" / "县表"


def _pair(name: str, twin: Path) -> tuple[Any, Any]:
    found = read_template(OLD / name)
    return openpyxl.load_workbook(io.BytesIO(found.content)).worksheets[0], openpyxl.load_workbook(twin).worksheets[0]


def _line(cell: Any) -> str | None:
    side = cell.border.left
    return side.style if side is not None else None


def test_a_list_of_households_comes_over_with_its_looks(tmp_path: Path) -> None:
    old, new = _pair("农户收入表.xls", made.household_list(tmp_path / "a.xlsx"))
    for row in new.iter_rows():
        for cell in row:
            there = old[cell.coordinate]
            assert there.value == cell.value
            assert (there.font.sz, there.font.b) == (cell.font.sz, cell.font.b)
            assert _line(there) == _line(cell)
            assert there.alignment.horizontal == cell.alignment.horizontal
            assert there.number_format == cell.number_format
    assert {str(m) for m in old.merged_cells.ranges} == {str(m) for m in new.merged_cells.ranges}
    assert old.row_dimensions[5].height == 22.5
    assert old.column_dimensions["D"].width == pytest.approx(21, abs=0.5)
    assert (old.page_setup.orientation, old.page_setup.paperSize, old.page_margins.left) == ("landscape", 9, 0.4)
    assert old.print_title_rows == "$1:$4"


def test_formulas_notes_and_print_area_come_over(tmp_path: Path) -> None:
    old, new = _pair("贫困人口花名册.xls", made.person_roster(tmp_path / "a.xlsx"))
    formulas = {c.coordinate: c.value for row in new.iter_rows() for c in row if c.data_type == "f"}
    assert {place: old[place].value for place in formulas} == formulas
    assert old.print_area == "'人口'!$A$1:$O$12"
    assert old.oddFooter.center.text == "第&P页 共&N页"
    assert "按身份证填写" in old["F5"].comment.text


def test_it_is_understood_as_its_twin_and_what_is_lost_is_said() -> None:
    found = read_template(OLD / "贫困人口花名册.xls")
    assert found.sheets[0].paths == made.ROSTER
    assert found.sheets[0].kind is FormKind.PERSON
    assert any("下拉选项" in text for text in found.losses)


def test_a_broken_one_is_said(tmp_path: Path) -> None:
    path = tmp_path / "a.xls"
    path.write_bytes((OLD / "农户收入表.xls").read_bytes()[:3000])
    with pytest.raises(Known, match="已损坏"):
        read_template(path)
