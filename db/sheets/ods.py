"""OpenDocument sheets (.ods), zipped or in one piece (.fods), read row by row with the standard library's parser."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterator
from xml.etree import ElementTree

from db.sheets.book import Cell, Leaf, Leaves, Lost, Note, leaf_of
from db.sheets.grid import Grid
from db.sheets.package import Package
from db.sheets.refusing import (
    MOST_COLUMNS,
    MOST_ROWS,
    NEVER_CALCULATED,
    check_extent,
    damaged,
    locked,
    no_sheets,
)
from db.sheets.xmltable import day_of, plain_xml

_NS = "urn:oasis:names:tc:opendocument:xmlns"
_TABLE, _OFFICE, _TEXT, _STYLE = (f"{{{_NS}:{part}:1.0}}" for part in ("table", "office", "text", "style"))
_CALC = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"
_TYPE = f"{_OFFICE}value-type"


def read_ods(package: Package) -> Leaves:
    """The sheets of an OpenDocument archive. Raises `Known` for one that is encrypted, broken or holds no sheet."""
    content = b""
    for part in package.parts():
        if part.name == "meta-inf/manifest.xml" and b"encryption-data" in part.body:
            raise locked(package.name)
        if part.name == "content.xml":
            content = part.body
    notes: list[Note] = []
    if any(name.startswith("basic/") for name in package.names()):
        notes.append(Note("文件里有宏，没有运行，也没有读取"))
    if any(name.startswith("pictures/") for name in package.names()):
        notes.append(Note("文件里的图片没有读取"))
    return Leaves(_sheets(content, package.name), notes)


def read_flat_ods(data: bytes, name: str) -> Leaves:
    """The same for the form in one piece. Raises `Known` likewise."""
    return Leaves(_sheets(plain_xml(data, name), name), [])


def _sheets(content: bytes, name: str) -> Iterator[Leaf]:
    sheets = _Sheets(name)
    found = 0
    try:
        for event, element in ElementTree.iterparse(io.BytesIO(content), ("start", "end")):
            if event == "start":
                sheets.begin(element)
            elif (leaf := sheets.end(element)) is not None:
                found += 1
                yield leaf
    except (ElementTree.ParseError, ValueError):
        raise damaged(name) from None
    if not found:
        raise no_sheets(name)


class _Sheets:
    """Takes the parser's events, gives a leaf at the end of every table that is a sheet of its own."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._grid = Grid(name)
        self._column = 0
        self._depth = 0
        self._aside = 0
        self._unseen: set[str] = set()

    def begin(self, element: ElementTree.Element) -> None:
        """An opening tag; its content is not read yet."""
        if element.tag == f"{_TABLE}table":
            self._depth += 1
            if self._depth == 1:
                self._grid, self._column = Grid(self._name), 0
        elif element.tag == f"{_TABLE}tracked-changes":
            self._aside += 1

    def end(self, element: ElementTree.Element) -> Leaf | None:
        """A closing tag."""
        tag = element.tag
        if tag == f"{_STYLE}style":
            shown = element.find(f"{_STYLE}table-properties")
            if shown is not None and shown.get(f"{_TABLE}display") == "false":
                self._unseen.add(element.get(f"{_STYLE}name", ""))
        elif tag == f"{_TABLE}tracked-changes":
            self._aside -= 1
        elif self._aside:
            element.clear()
        elif tag == f"{_TABLE}table-column" and self._depth == 1:
            self._columns(element)
        elif tag == f"{_TABLE}table-row":
            if self._depth == 1:
                self._row(element)
            element.clear()
        elif tag == f"{_TABLE}table":
            self._depth -= 1
            if not self._depth:
                hidden = element.get(f"{_TABLE}style-name", "") in self._unseen
                sheet = self._grid.sheet(element.get(f"{_TABLE}name", ""), hidden)
                element.clear()
                return leaf_of(sheet)
        return None

    def _columns(self, element: ElementTree.Element) -> None:
        start = self._column
        self._column += _count(element, "number-columns-repeated")
        if element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            self._grid.hidden_columns |= set(range(start, min(self._column, MOST_COLUMNS)))

    def _row(self, element: ElementTree.Element) -> None:
        grid = self._grid
        repeated = _count(element, "number-rows-repeated")
        first = grid.row + 1
        cells = _cells(element)
        if cells and repeated > MOST_ROWS:
            check_extent(first + repeated, max(cells) + 1, self._name)
        if element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            grid.hidden_rows |= set(range(first, min(first + repeated, MOST_ROWS)))
        for grid.row in range(first, first + repeated if cells else first):
            for column, (value, across, down) in cells.items():
                grid.put(column, value, across, down)
        grid.row = first + repeated - 1


def _cells(element: ElementTree.Element) -> dict[int, tuple[Cell, int, int]]:
    """The cells of a row that hold something or span, by column."""
    found: dict[int, tuple[Cell, int, int]] = {}
    column = 0
    for cell in element:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        repeated = _count(cell, "number-columns-repeated")
        covered = cell.tag == f"{_TABLE}covered-table-cell"
        value = "" if covered else _value(cell)
        across, down = _count(cell, "number-columns-spanned"), _count(cell, "number-rows-spanned")
        if value != "" or across > 1 or down > 1:
            for place in range(column, column + min(repeated, MOST_COLUMNS + 1)):
                found[place] = value, across, down
        column += repeated
    return found


def _count(element: ElementTree.Element, key: str) -> int:
    stated = element.get(f"{_TABLE}{key}") or ""
    return max(int(stated), 1) if stated.isdigit() and len(stated) < 9 else 1


def _value(cell: ElementTree.Element) -> Cell:
    text, kind, formula = _text(cell), cell.get(_TYPE), cell.get(f"{_TABLE}formula")
    if cell.get(f"{_CALC}value-type") == "error" or (formula and text.startswith(("#", "Err:"))):
        return Lost(text or NEVER_CALCULATED)
    if formula and kind is None and not text:
        return Lost(NEVER_CALCULATED)
    read = _TYPES.get(kind or "")
    try:
        return read(cell) if read else text
    except ValueError:
        return text


_TYPES: dict[str, Callable[[ElementTree.Element], Cell]] = {
    "float": lambda cell: float(cell.get(f"{_OFFICE}value", "")),
    "percentage": lambda cell: float(cell.get(f"{_OFFICE}value", "")),
    "currency": lambda cell: float(cell.get(f"{_OFFICE}value", "")),
    "boolean": lambda cell: cell.get(f"{_OFFICE}boolean-value") == "true",
    "date": lambda cell: day_of(cell.get(f"{_OFFICE}date-value", "")),
}


def _text(cell: ElementTree.Element) -> str:
    return "\n".join(_said(line) for line in cell if line.tag == f"{_TEXT}p")


def _said(element: ElementTree.Element) -> str:
    """The text of a paragraph with its blanks, tabs and line breaks; remarks pinned to it are left out."""
    parts = [element.text or ""]
    for inner in element:
        if inner.tag == f"{_TEXT}s":
            stated = inner.get(f"{_TEXT}c") or "1"
            parts.append(" " * min(int(stated) if stated.isdigit() else 1, 100))
        elif inner.tag == f"{_TEXT}tab":
            parts.append("\t")
        elif inner.tag == f"{_TEXT}line-break":
            parts.append("\n")
        elif inner.tag not in (f"{_OFFICE}annotation", f"{_TEXT}ruby-text"):
            parts.append(_said(inner))
        parts.append(inner.tail or "")
    return "".join(parts)
