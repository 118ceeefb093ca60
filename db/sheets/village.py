"""What the workbooks of visits and of assemblies have in common: a sheet for each village, a row for each household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.fields.base import Field
from db.sheets.body import body_of
from db.sheets.cells import Line, LineReader
from db.sheets.findings import Severity, SheetFinding
from db.sheets.header import Header, Titles, find_header, missing
from db.sheets.places import Places
from db.sheets.prescan import refusal
from db.sheets.workbook import Book, Sheet

_PLACES = ("村", "社区", "居委会", "村委会")


@dataclass(frozen=True, slots=True)
class VillageSheet:
    """One sheet with its rows read. ``village`` is the town's spelling, "" when the sheet names none of its villages; ``top`` are
    the lines of text above the header."""

    sheet: str
    village: str
    header: Header
    top: tuple[str, ...]
    lines: tuple[Line, ...]
    fields: Mapping[str, Field]

    def finding(self, line: Line, key: str, text: str, severity: Severity, rule: str = "") -> SheetFinding:
        """A finding at one cell of a row."""
        column = self.header.columns.get(key)
        shown = column.caption if column else self.fields[key].label if key in self.fields else ""
        name = " ".join(filter(None, (self.village, line.text("group"), line.text("head_name"))))
        return SheetFinding(self.sheet, line.row, shown, name, text, severity, rule, column.letter if column else "")

    def on_sheet(self, text: str, severity: Severity) -> SheetFinding:
        """A finding on the sheet as a whole."""
        return SheetFinding(self.sheet, 0, "", self.village, text, severity)

    def unread(self, line: Line) -> Iterator[SheetFinding]:
        """The cells of a row that could not be read."""
        for fault in line.faults:
            yield self.finding(line, fault.key, fault.text, fault.severity, fault.rule)


def village_sheets(
    book: Book,
    titles: Callable[[Sheet], Titles],
    fields: Mapping[str, Field],
    needed: Sequence[Field],
    places: Places,
    what: str,
) -> tuple[list[VillageSheet], list[SheetFinding]]:
    """The sheets that are ``what`` (such as 入户核实结果表), and notes on those that are not.

    A sheet that lacks needed columns is none. Raises `db.errors.Known` when there is no such sheet or two columns claim to be one.
    """
    found, notes, closest = [], [], [field.label for field in needed]
    for sheet in book.sheets:
        header = find_header(sheet, titles(sheet))
        lacking = missing(header, needed)
        if header is not None and header.doubled:
            lacking = [label for label in lacking if label not in {fields[key].label for key in header.doubled}]
        if len(lacking) < len(closest):
            closest = lacking
        if header is None or lacking or sheet.hidden:
            notes += _note(sheet, lacking)
            continue
        for key, columns in header.doubled.items():
            spots = "、".join(f"{column.letter} 列" for column in columns)
            raise refusal(
                book.name, f"的“{sheet.name}”表有两列都像“{fields[key].label}”（{spots}）", "请删去或改名其中一列。"
            )
        found.append(_read(sheet, header, fields, places))
    if not found:
        raise refusal(
            book.name, f"不是{what}：找不到“{'”“'.join(closest[:4])}”列", "请核对是否选错了文件，或补上这些列。"
        )
    return found, notes


def _note(sheet: Sheet, lacking: Sequence[str]) -> list[SheetFinding]:
    if not any(cell != "" for row in sheet.rows for cell in row):
        return []
    why = "是隐藏的工作表" if sheet.hidden else f"没有“{'”“'.join(lacking[:4])}”列"
    return [SheetFinding(sheet.name, 0, "", "", f"工作表“{sheet.name}”{why}，没有读取", "W")]


def _read(sheet: Sheet, header: Header, fields: Mapping[str, Field], places: Places) -> VillageSheet:
    top = tuple(
        "".join(cell for cell in row if isinstance(cell, str))
        for row in sheet.rows[: header.bottom + 1 - _depth(sheet, header)]
    )
    read = LineReader(header.columns, fields).read
    lines = tuple(read(row, cells) for row, cells in body_of(sheet, header).data)
    return VillageSheet(sheet.name, _village(sheet.name, top, lines, places), header, top, lines, fields)


def _depth(sheet: Sheet, header: Header) -> int:
    """How many rows the header takes: a caption merged downwards begins above the row it is read from."""
    tops = [
        top
        for top, left, bottom, right in sheet.merges
        if bottom >= header.bottom >= top and right - left < len(header.columns)
    ]
    return header.bottom + 1 - min([header.top, *tops])


def _village(name: str, top: Sequence[str], lines: Sequence[Line], places: Places) -> str:
    """The village of a sheet: by its name; where that names none at all, by the one village its rows or its title name."""
    own = places.village(name)
    if own or name.strip().endswith(_PLACES):
        return own or ""
    written = {places.village(line.text("village")) for line in lines if line.text("village")}
    if len(written) == 1:
        return written.pop() or ""
    titled = {village for village in places.villages.values() if any(village in line for line in top)}
    return titled.pop() if len(titled) == 1 else ""
