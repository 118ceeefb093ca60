"""“XML 表格 2003” (SpreadsheetML), which web systems write and name .xls; read part by part with the standard library's parser."""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from datetime import date, datetime
from xml.etree import ElementTree

from db.sheets.book import Cell, Leaf, Leaves, Lost, Note, leaf_of
from db.sheets.grid import Grid
from db.sheets.refusing import MOST_COLUMNS, MOST_ROWS, NEVER_CALCULATED, RESAVE, damaged, no_sheets, refusal
from db.sheets.text import decode

_SS = "{urn:schemas-microsoft-com:office:spreadsheet}"
_X = "{urn:schemas-microsoft-com:office:excel}"
_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
_NO_CHARACTER = re.compile(
    r"&#(?:x0*(?:[0-8bcefBCEF]|1[0-9a-fA-F])|0*(?:[0-8]|1[124-9]|2\d|3[01]));|[\x00-\x08\x0b\x0c\x0e-\x1f]"
)
"""Control characters, which XML forbids and Excel writes all the same."""
_ENCODING = re.compile(rb"encoding\s*=\s*[\"']([\w-]+)")


def read_xml_table(data: bytes, name: str) -> Leaves:
    """The sheets of a SpreadsheetML file. Raises `Known` for broken XML and for document definitions."""
    notes: list[Note] = []
    return Leaves(_sheets(data, name, notes), notes)


def plain_xml(data: bytes, name: str) -> bytes:
    """XML text as UTF-8 without its declaration, whatever encoding it came in; refuses document definitions."""
    declared = _ENCODING.search(data[:200])
    text = _DECLARATION.sub("", decode(data, name, declared[1].decode() if declared else ""), count=1)
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refusal(name, "里面有不该出现的文档定义，可能不安全", RESAVE)
    return _NO_CHARACTER.sub("", text).encode("utf-8", "surrogatepass")


def _sheets(data: bytes, name: str, notes: list[Note]) -> Iterator[Leaf]:
    sheets = _Sheets(name, notes)
    found = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(plain_xml(data, name)), ("start", "end")):
            leaf = sheets.take(event, element)
            if leaf is not None:
                found += 1
                yield leaf
    except ElementTree.ParseError:
        raise damaged(name) from None
    if not found:
        raise no_sheets(name)


class _Sheets:
    """Takes the parser's events, gives a leaf at the end of every worksheet."""

    def __init__(self, name: str, notes: list[Note]) -> None:
        self._name = name
        self._notes = notes
        self._grid = Grid(name)
        self._column = 0
        self._since_1904 = False
        self._hidden = False

    def take(self, event: str, element: ElementTree.Element) -> Leaf | None:
        """One opening (whose content is not read yet) or closing tag."""
        tag = element.tag
        if event == "start":
            if tag == f"{_SS}Worksheet":
                self._grid, self._column, self._hidden = Grid(self._name), 0, False
            return None
        if tag == f"{_SS}Row":
            self._row(element)
            element.clear()
        elif tag == f"{_SS}Column":
            self._columns(element)
        elif tag == f"{_X}Visible":
            self._hidden = "hidden" in (element.text or "").lower()
        elif tag == f"{_X}Date1904":
            self._since_1904 = True
        elif tag == f"{_SS}Worksheet":
            sheet = self._grid.sheet(element.get(f"{_SS}Name") or "", self._hidden, self._since_1904)
            element.clear()
            return leaf_of(sheet)
        return None

    def _columns(self, element: ElementTree.Element) -> None:
        start = _number(element, "Index", self._column + 1) - 1
        self._column = start + 1 + _number(element, "Span", 0)
        if element.get(f"{_SS}Hidden") == "1":
            self._grid.hidden_columns |= set(range(start, min(self._column, MOST_COLUMNS)))

    def _row(self, element: ElementTree.Element) -> None:
        grid = self._grid
        grid.row = _number(element, "Index", grid.row + 2) - 1
        span = _number(element, "Span", 0)
        if element.get(f"{_SS}Hidden") == "1":
            grid.hidden_rows |= set(range(grid.row, min(grid.row + span + 1, MOST_ROWS)))
        column = 0
        for cell in element.iter(f"{_SS}Cell"):
            stated = cell.get(f"{_SS}Index")
            column = int(stated) - 1 if stated and stated.isdigit() else grid.free(column)
            across, down = _number(cell, "MergeAcross", 0) + 1, _number(cell, "MergeDown", 0) + 1
            grid.put(column, _value(cell), across, down)
            column += across
        grid.row += span


def _number(element: ElementTree.Element, key: str, otherwise: int) -> int:
    stated = element.get(f"{_SS}{key}") or ""
    return int(stated) if stated.isdigit() and len(stated) < 8 else otherwise


def _value(cell: ElementTree.Element) -> Cell:
    content = cell.find(f"{_SS}Data")
    if content is None:
        return Lost(NEVER_CALCULATED) if cell.get(f"{_SS}Formula") else ""
    text = "".join(content.itertext())
    read = _TYPES.get(content.get(f"{_SS}Type", ""))
    try:
        return read(text) if read else text
    except ValueError:
        return text


def day_of(text: str) -> date | datetime:
    """An ISO date, or date and time when the time is not midnight. Raises ValueError."""
    moment = datetime.fromisoformat(text.strip().removesuffix("Z").partition(".")[0])
    return moment.date() if not (moment.hour or moment.minute or moment.second) else moment


_TYPES: dict[str, Callable[[str], Cell]] = {
    "Number": float,
    "Boolean": lambda text: text.strip() == "1",
    "DateTime": day_of,
    "Error": lambda text: Lost(text or NEVER_CALCULATED),
}
