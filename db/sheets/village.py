"""What the workbooks of visits and of assemblies have in common: a sheet for each village, a row for each household."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from db.fields.base import Field
from db.sheets.body import body_of, line_of
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
    the lines of text above the header, ``notes`` rows below it that hold a remark only, ``named`` the villages that rows themselves
    name, by row ("" for one the town has not)."""

    sheet: str
    village: str
    header: Header
    top: tuple[str, ...]
    lines: tuple[Line, ...]
    fields: Mapping[str, Field]
    notes: tuple[tuple[int, str], ...] = ()
    named: Mapping[int, str] = field(default_factory=dict)

    def village_of(self, line: Line) -> str:
        """The village of a row: the sheet's, else the one the row itself names; "" when neither does."""
        return self.village or self.named.get(line.row, "")

    def misplaced(self, line: Line) -> Iterator[SheetFinding]:
        """R24 E: a row that names another village than its sheet, or one the town has not."""
        own = self.named.get(line.row)
        if own is None or own == self.village != "":
            return
        written = line.text("village")
        if self.village:
            yield self.finding(line, "village", f"村名写“{written}”，这张表是{self.village}的，请核对", "E", "R24")
        elif not own:
            yield self.finding(line, "village", f"本镇没有“{written}”这个村，请改为本镇的村名", "E", "R24")

    def remarks(self) -> Iterator[SheetFinding]:
        """I: rows that were taken for remarks and not for households."""
        for row, words in self.notes:
            yield SheetFinding(self.sheet, row, "", self.village, f"这一行只写了“{words}”，当作说明，没有录入", "I")

    def finding(self, line: Line, key: str, text: str, severity: Severity, rule: str = "") -> SheetFinding:
        """A finding at one cell of a row."""
        column = self.header.columns.get(key)
        shown = column.caption if column else self.fields[key].label if key in self.fields else ""
        name = " ".join(filter(None, (self.village_of(line), line.text("group"), line.text("head_name"))))
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
    top = tuple(line_of(row) for row in sheet.rows[: header.bottom + 1 - _depth(sheet, header)])
    read = LineReader(header.columns, fields, sheet.since_1904).read
    body = body_of(sheet, header)
    lines = tuple(read(row, cells) for row, cells in body.data)
    named = {line.row: places.village(line.text("village")) or "" for line in lines if line.text("village")}
    village = _village(sheet.name, top, lines, places)
    return VillageSheet(sheet.name, village, header, top, lines, fields, body.notes, named)


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
