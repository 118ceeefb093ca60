"""Lists sent to the villages as workbooks: whatever was typed or read into a sentence, Excel opens the file and sees text."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

from db.sheets import villagelists
from db.sheets.villagelists import CHECKUP, MISSING, VillageList


@pytest.mark.parametrize(
    ("typed", "kept"),
    [("已问过\x0b本人\x00", "已问过本人"), ("=1+1", "=1+1"), ("𠮷\ue000\ufffe", "𠮷\ue000"), ("两\n行", "两\n行")],
)
def test_what_no_workbook_may_hold_is_left_out_and_nothing_is_a_formula(tmp_path: Path, typed: str, kept: str) -> None:
    path = tmp_path / "清单.xlsx"
    villagelists.write(
        path, CHECKUP, [VillageList("华南村", "题", "注", [("第一组", "陈某", "", "类", "问题", typed)])]
    )
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert [cell.data_type for cell in cells if cell.value == kept] == ["s"]
    villagelists.write(path, MISSING, [VillageList("华南村", "题", "注", [("第一组", typed, "步", "件", "补")])])
    cells = [cell for row in openpyxl.load_workbook(path).active.iter_rows() for cell in row]  # type: ignore[union-attr]
    assert [cell.data_type for cell in cells if cell.value == kept] == ["s"]
