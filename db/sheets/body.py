"""What stands below a header: data rows, the row of totals, the lines of the foot; and the day a sheet says it was filled in."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from db.sheets.header import DEEPEST, Header, bare
from db.sheets.workbook import Cell, Sheet

_TOTAL = re.compile(r"^(合计|总计|小计|共计|合共|本页)")
_FOOT = re.compile(
    r"^(备注|附注|注\d*$|注\d*[:：、.]|说明|单位负责人|负责人|审核人|审核|填表人|制表人|制表|经办人|填报|填表|报表日期|联系电话[:：]|以上|签名|盖章|（盖章）|\(盖章\))"
)
_FILLED_ON = re.compile(r"(?:填报|填表|制表|报表|上报)(?:日期|时间)[:：]?(\d{4})[年.\-/](\d{1,2})[月.\-/](\d{1,2})日?")


_FOOT_CELLS = 3


@dataclass(frozen=True, slots=True)
class Body:
    """The rows below a header, each with its number as Excel shows it: data, totals, and foot lines."""

    data: tuple[tuple[int, list[Cell]], ...]
    totals: tuple[tuple[int, list[Cell]], ...]


def body_of(sheet: Sheet, header: Header) -> Body:
    """Sort the rows below ``header``. Rows without anything in a known column (blank, only a serial number) and a header repeated
    on every printed page are passed over; merged cells below the header are filled down over the rows they cover."""
    _fill_down(sheet, header)
    indexes = [column.index for column in header.columns.values()]
    again = [(index, _caption_above(sheet, header.bottom, index)) for index in indexes[:3]]
    data, totals = [], []
    for number, cells in enumerate(sheet.rows[header.bottom + 1 :], header.bottom + 2):
        first = cells[0]
        if type(first) is not float:
            text = _first_text(cells)
            if _TOTAL.match(text):
                totals.append((number, cells))
                continue
            if _FOOT.match(text) and sum(_filled(cells[index]) for index in indexes) <= _FOOT_CELLS:
                continue
        if (cells[indexes[0]] or any(_filled(cells[index]) for index in indexes)) and not _repeats(cells, again):
            data.append((number, cells))
    return Body(tuple(data), tuple(totals))


def filled_on(sheet: Sheet) -> date | None:
    """The 填报日期 a sheet states in its foot or above its header; None when it states none or an impossible one."""
    for cells in (*reversed(sheet.rows[-30:]), *sheet.rows[:10]):
        line = "".join(cell if isinstance(cell, str) else "" for cell in cells if cell != "")
        found = _FILLED_ON.search(bare_line(line))
        if found:
            try:
                return date(*(int(part) for part in found.groups()))
            except ValueError:
                return None
    return None


def bare_line(line: str) -> str:
    """A line of text half-width and without blanks, for reading figures out of it."""
    return "".join(line.translate(_HALF).split())


_HALF = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def _filled(cell: Cell) -> bool:
    return cell != "" and not (isinstance(cell, str) and not cell.strip())


def _first_text(cells: list[Cell]) -> str:
    return next((bare(cell) or bare_line(cell) for cell in cells if isinstance(cell, str) and cell.strip()), "")


def _caption_above(sheet: Sheet, bottom: int, index: int) -> Cell:
    """The words of a column's header as they stand in the file, in the lowest header row that has some."""
    return next(
        (
            sheet.rows[row][index]
            for row in range(bottom, max(-1, bottom - DEEPEST), -1)
            if sheet.rows[row][index] != ""
        ),
        "",
    )


def _repeats(cells: list[Cell], again: list[tuple[int, Cell]]) -> bool:
    return any(cells[index] == caption and caption != "" for index, caption in again)


def _fill_down(sheet: Sheet, header: Header) -> None:
    """Cells merged over several rows of one household hold their value in the first row only."""
    known = {column.index for column in header.columns.values()}
    for top, left, bottom, right in sheet.merges:
        if top > header.bottom and bottom > top and left == right and left in known:
            for row in range(top + 1, min(bottom + 1, len(sheet.rows))):
                sheet.rows[row][left] = sheet.rows[top][left]
