"""The very workbook back with a column 错误原因, so that the village corrects it in WPS and it is taken in again.

An .xlsx keeps its styles, merges, widths, formulas and validations; of every other kind a new workbook holds the same cells. Nothing in
it becomes a formula that was none, and the file says nothing of who made it.
"""

from __future__ import annotations

import io
import warnings
from collections import defaultdict
from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell as OpenCell
from openpyxl.comments import Comment
from openpyxl.packaging.core import DocumentProperties
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter, range_boundaries
from openpyxl.worksheet.worksheet import Worksheet

from db.errors import Known
from db.sheets import drill
from db.sheets.findings import Severity, SheetFinding, Ticket
from db.sheets.header import find_header
from db.sheets.layouts import roster as layout
from db.sheets.mending import column_number
from db.sheets.styled import UNFIT
from db.sheets.workbook import Book, Cell, Lost, Sheet
from db.store.files import atomic_write

_FILLS: Mapping[Severity, str] = {"E": "FFC7CE", "W": "FFEB9C"}
_WORDS: Mapping[Severity, str] = {"E": "有错", "W": "请核对"}
_LONGEST = 2000
_WIDTH = 60
_STEP = 500


@dataclass(frozen=True, slots=True)
class Written:
    """``rows`` with a reason and ``cells`` marked; ``same`` is false where the original's form could not be kept, which ``why`` says."""

    path: Path
    rows: int
    cells: int
    same: bool
    why: str = ""


def file_name(book: Book) -> str:
    """What the workbook is called beside the original."""
    return f"{Path(book.name).stem}（错误清单）.xlsx"


def write(
    path: Path, target: Path, book: Book, findings: Sequence[SheetFinding], ticket: Ticket | None = None
) -> Written:
    """Write the workbook that was read from ``path`` to ``target`` with its faults (E) and doubts (W) marked.

    Known when the original is gone or no longer what was read, when ``target`` is the original, or cannot be written.
    """
    if target.exists() and path.exists() and target.samefile(path):
        raise Known("错误清单不能写在原表上。", "请另起一个名字保存，原表没有动。")
    told = [f for f in findings if f.severity in _WORDS]
    made, why = _original(path, book)
    _without_names(made)
    rows = cells = 0
    for sheet in book.sheets:
        own = [f for f in told if f.sheet == sheet.name]
        if own and sheet.name in made.sheetnames:
            marked = _Marking(made[sheet.name], sheet, own)
            rows += marked.reasons(ticket)
            cells += marked.cells()
    atomic_write(target, lambda fresh: _save(made, fresh))
    return Written(target, rows, cells, not why, why)


class _Marking:
    """One sheet of the workbook to be, with what was found in it."""

    def __init__(self, into: Worksheet, sheet: Sheet, findings: Sequence[SheetFinding]) -> None:
        self._into = into
        self._sheet = sheet
        self._findings = findings
        self._top, self._bottom = header_rows(sheet, min((f.row for f in findings if f.row), default=1))
        self._column = _reason_column(sheet, self._top, self._bottom)

    def reasons(self, ticket: Ticket | None) -> int:
        """Write the column; how many rows have a reason."""
        by_row: dict[int, list[SheetFinding]] = defaultdict(list)
        for finding in self._findings:
            by_row[finding.row].append(finding)
        self._caption(by_row.pop(0, []))
        again = any(self._column <= len(row) for row in self._sheet.rows[:1])
        for row in range(self._bottom + 1, len(self._sheet.rows) + 1 if again else 0):
            self._put(row, "")
        for number, (row, own) in enumerate(sorted(by_row.items())):
            if ticket is not None and number % _STEP == 0:
                ticket.check()
                ticket.report(number, len(by_row), f"正在标注“{self._sheet.name}”")
            self._put(row, "；".join(map(_reason, own))[:_LONGEST])
        self._let_sort()
        return len(by_row)

    def cells(self) -> int:
        """Mark the cells at fault with a colour and a note; how many."""
        by_cell: dict[tuple[int, int], list[SheetFinding]] = defaultdict(list)
        for finding in self._findings:
            if finding.letter and finding.row:
                by_cell[finding.row, column_number(finding.letter) + 1].append(finding)
        for (row, column), own in by_cell.items():
            cell = self._first(row, column)
            gravest: Severity = "E" if any(f.severity == "E" for f in own) else "W"
            cell.fill = PatternFill("solid", fgColor=_FILLS[gravest])
            _note(cell, "；".join(f.text for f in own))
        return len(by_cell)

    def _caption(self, loose: Sequence[SheetFinding]) -> None:
        """The caption in the header's depth and looks; what concerns the whole sheet hangs on it."""
        left: Any = self._into.cell(self._top, max(1, self._column - 1))
        cell: Any = self._into.cell(self._top, self._column)
        _say(cell, layout.FAULT_COLUMN)
        if left.has_style:
            cell._style = copy(left._style)  # the whole style at once; openpyxl has no other way to take it over
        cell.font = Font(name=left.font.name, size=left.font.size, bold=True, color="C00000")
        cell.alignment = Alignment(horizontal="center", vertical="center", wrap_text=True)
        if self._bottom > self._top and not self._merged(self._top, self._column):
            self._into.merge_cells(
                start_row=self._top, end_row=self._bottom, start_column=self._column, end_column=self._column
            )
        self._into.column_dimensions[get_column_letter(self._column)].width = _WIDTH
        if loose:
            _note(cell, "；".join(f.text for f in loose))

    def _put(self, row: int, text: str) -> None:
        cell = self._into.cell(row, self._column)
        if not isinstance(cell, OpenCell) or (not text and cell.value is None):
            return
        _say(cell, text)
        if text:
            cell.alignment = Alignment(vertical="center", wrap_text=True)
            cell.font = Font(color="C00000")

    def _first(self, row: int, column: int) -> OpenCell:
        """The cell, or the first of the merged area it lies in."""
        merged = self._merged(row, column)
        found = self._into.cell(*merged) if merged else self._into.cell(row, column)
        assert isinstance(found, OpenCell)
        return found

    def _merged(self, row: int, column: int) -> tuple[int, int] | None:
        for area in self._into.merged_cells.ranges:
            if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
                return area.min_row, area.min_col
        return None

    def _let_sort(self) -> None:
        """A filter over the header's last row, so that the rows with a reason come together; where the data are merged Excel cannot
        sort them, and a table has a filter of its own."""
        below = any(area.max_row > self._bottom for area in self._into.merged_cells.ranges)
        if self._into.tables or below or self._bottom >= len(self._sheet.rows):
            return
        first = 1
        if self._into.auto_filter.ref:
            first = range_boundaries(self._into.auto_filter.ref)[0] or 1
        last = len(self._sheet.rows)
        self._into.auto_filter.ref = f"{get_column_letter(first)}{self._bottom}:{get_column_letter(self._column)}{last}"


def header_rows(sheet: Sheet, first: int) -> tuple[int, int]:
    """First and last row of the header as Excel counts, with the levels its captions are merged down from, for a sheet whose data or
    findings begin in row ``first``."""
    for titles in (layout.HOUSEHOLD_TITLES, layout.PERSON_TITLES):
        header = find_header(sheet, titles)
        if header is not None and header.bottom + 1 < first and len(header.columns) > 1:
            down = (top for top, _, bottom, _ in sheet.merges if top < header.top <= bottom <= header.bottom)
            return min((header.top, *down)) + 1, header.bottom + 1
    above = max(1, first - 1)
    return above, above


def _reason_column(sheet: Sheet, top: int, bottom: int) -> int:
    """Our column of last time, else the one right of everything; from 1."""
    for row in sheet.rows[top - 1 : bottom]:
        for index, cell in enumerate(row):
            if cell == layout.FAULT_COLUMN:
                return index + 1
    widest = max((_last_filled(row) for row in sheet.rows), default=-1)
    merged = max((right for row, _, _, right in sheet.merges if row < bottom), default=-1)
    return max(widest, merged) + 2


def _last_filled(row: Sequence[Cell]) -> int:
    return next((index for index in range(len(row) - 1, -1, -1) if row[index] != ""), -1)


def _reason(finding: SheetFinding) -> str:
    """A reason as the column says it: which cell, how grave, what."""
    where = f"{finding.letter}列“{finding.column}”" if finding.letter else ""
    return f"【{_WORDS[finding.severity]}】{where}{'：' if where else ''}{finding.text}"


def _original(path: Path, book: Book) -> tuple[Workbook, str]:
    """The workbook as it is in the file, or a fresh one with the same cells and why it had to be."""
    try:
        data = path.read_bytes()
    except OSError:
        raise Known(f"原表“{book.name}”打不开了，没有写出错误清单。", "请核对文件是否已移走，再重新选择。") from None
    if sha256(data).hexdigest() != book.sha256:
        raise Known(f"原表“{book.name}”在预览之后被改过，没有写出错误清单。", "请重新选择这份文件，再导出。")
    if not data.startswith(b"PK"):
        return _fresh(book), "原表不是 .xlsx，已另做一份内容相同的 .xlsx，原来的格式没有带过来"
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            made = load_workbook(io.BytesIO(data), rich_text=True)
    except Exception:  # whatever openpyxl makes of a workbook that other readers understand
        return _fresh(book), "原表的格式没能原样带过来，已另做一份内容相同的 .xlsx"
    if not {sheet.name for sheet in book.sheets} <= set(made.sheetnames):
        return _fresh(book), "原表的格式没能原样带过来，已另做一份内容相同的 .xlsx"
    return made, ""


def _fresh(book: Book) -> Workbook:
    """A new workbook with the same cells: text as text, merges and hidden sheets as they were."""
    made = Workbook()
    assert made.active is not None
    made.remove(made.active)
    for sheet in book.sheets:
        into = made.create_sheet(UNFIT.sub("", sheet.name)[:31])
        into.sheet_state = "hidden" if sheet.hidden else "visible"
        for number, cells in enumerate(sheet.rows, 1):
            for index, value in enumerate(cells, 1):
                if value != "":
                    _keep(into.cell(number, index), value)
        for top, left, bottom, right in sheet.merges:
            if bottom > top or right > left:
                into.merge_cells(start_row=top + 1, start_column=left + 1, end_row=bottom + 1, end_column=right + 1)
    if all(one.sheet_state == "hidden" for one in made.worksheets):
        made.worksheets[0].sheet_state = "visible"
    return made


def _keep(cell: Any, value: Cell) -> None:  # noqa: ANN401 - openpyxl types a cell as either of two classes
    if isinstance(value, (str, Lost)):
        _say(cell, str(value))
    elif isinstance(value, timedelta):
        cell.value = value
    else:
        cell.value = int(value) if type(value) is float and value.is_integer() else value


def _say(cell: Any, text: str) -> None:  # noqa: ANN401 - as above
    """Text as text: never a formula, never a character no workbook may hold."""
    fit = UNFIT.sub("", text)
    cell.value = fit or None
    if fit:
        cell.data_type = "s"


def _note(cell: OpenCell, text: str) -> None:
    """A note on the cell, behind what somebody noted there before."""
    earlier = f"{cell.comment.text}\n" if cell.comment is not None else ""
    fit = UNFIT.sub("", f"{earlier}{text}")[:_LONGEST]
    cell.comment = Comment(fit, "户有卡", height=90, width=260)


def _without_names(book: Workbook) -> None:
    """Who made the file and when is nobody's business."""
    book.properties = DocumentProperties(creator="", lastModifiedBy="")


def _save(book: Workbook, fresh: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        drill.mark(book)
        book.save(fresh)
