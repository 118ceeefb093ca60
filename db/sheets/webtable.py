"""Web pages named .xls, as web systems export them: all tables of the page one below the other, as Excel shows them.

Text between the tables (a title, the 填报日期) takes a row of its own; what a cell shows is read, never what a script would make of it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import PurePath

from db.sheets.book import Leaf, Leaves, Sheet, leaf_of
from db.sheets.grid import Grid
from db.sheets.refusing import MOST_COLUMNS, check_extent, refusal
from db.sheets.text import decode

_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([\w-]+)", re.I)
_SHEET_NAME = re.compile(r"<x:Name>([^<]{1,31})</x:Name>")
_UNSEEN = re.compile(r"display\s*:\s*none", re.I)
_SPACE = re.compile(r"[ \t\r\n\f]+")
_SILENT = frozenset({"script", "style", "title", "xml", "noscript", "template", "select"})
_BREAKS = frozenset({"br", "p", "div", "li"})
_HEAD = 4096


def read_web(data: bytes, name: str) -> Leaves:
    """The one sheet of a web page. Raises `Known` when the page holds no table."""
    return Leaves(_sheets(data, name), [])


def _sheets(data: bytes, name: str) -> Iterator[Leaf]:
    declared = _CHARSET.search(data[:_HEAD])
    text = decode(data, name, declared[1].decode() if declared else "").replace("\0", "")
    page = _Page(name)
    page.feed(text)
    page.close()
    page.end_page()
    if not page.tables:
        raise refusal(
            name, "是网页，里面没有表格", "请在导出它的系统里重新导出，或用浏览器打开，把表格复制到新工作簿。"
        )
    titled = _SHEET_NAME.findall(text)
    sheet = page.grid.sheet(titled[0] if len(titled) == 1 else PurePath(name).stem)
    if not sheet.rows:
        raise refusal(name, "是网页，里面的表格没有内容", "请在导出它的系统里重新导出。")
    yield leaf_of(Sheet(sheet.name, sheet.rows, sheet.merges, hidden=False, hidden_rows=sheet.hidden_rows))


class _Page(HTMLParser):
    """Puts the cells of the page on one grid; a table inside a cell follows below the table it stands in."""

    def __init__(self, name: str) -> None:
        super().__init__(convert_charrefs=True)
        self.name = name
        self.grid = Grid(name)
        self.tables = 0
        self._inner: list[str] = []
        self._depth = 0
        self._silent = 0
        self._text: list[str] = []
        self._cell: tuple[int, int] | None = None
        self._column = 0
        self._in_row = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """One opening tag; rows and cells may be left unclosed, as browsers allow."""
        if tag in _SILENT:
            self._silent += 1
        elif tag in _BREAKS:
            self._text.append("\n")
        elif tag == "table":
            self._begin_table()
        elif self._depth and tag == "tr":
            self._begin_row(dict(attrs))
        elif self._depth and tag in ("td", "th"):
            self._begin_cell(dict(attrs))

    def handle_endtag(self, tag: str) -> None:
        """One closing tag; a stray one does no harm."""
        if tag in _SILENT:
            self._silent = max(0, self._silent - 1)
        elif tag in ("td", "th"):
            self._end_cell()
        elif tag == "tr":
            self._end_row()
        elif tag == "table" and self._depth:
            self._end_row()
            self._depth -= 1
            self.grid.covered.clear()
        elif tag in _BREAKS and tag != "br":
            self._text.append("\n")

    def handle_data(self, data: str) -> None:
        """Text, wherever it stands; line breaks of the source are blanks."""
        if not self._silent:
            self._text.append(_SPACE.sub(" ", data))

    def end_page(self) -> None:
        """What was left open ends with the page."""
        self._end_row()
        self._loose()

    def _begin_table(self) -> None:
        if self._cell is not None:
            self._end_cell()
        if not self._depth:
            self._loose()
        self._in_row = False
        self.grid.covered.clear()
        self._depth += 1
        self.tables += 1

    def _begin_row(self, attrs: dict[str, str | None]) -> None:
        self._end_row()
        self._text.clear()
        self.grid.row += 1
        self._in_row, self._column = True, 0
        if _UNSEEN.search(attrs.get("style") or ""):
            self.grid.hidden_rows.add(self.grid.row)

    def _begin_cell(self, attrs: dict[str, str | None]) -> None:
        self._end_cell()
        if not self._in_row:
            self._begin_row({})
        self._text.clear()
        self._column = self.grid.free(self._column)
        if self._column > 4 * MOST_COLUMNS:
            check_extent(self.grid.row + 1, self._column, self.name)
        self._cell = (_count(attrs.get("colspan")), _count(attrs.get("rowspan")))

    def _end_cell(self) -> None:
        if self._cell is None:
            return
        across, down = self._cell
        self._cell = None
        self.grid.put(self._column, self._said(), across, down)
        self._column += across

    def _end_row(self) -> None:
        self._end_cell()
        self._in_row = False

    def _loose(self) -> None:
        """Text outside any table: one row for each of its lines."""
        for line in self._said().split("\n"):
            if line.strip():
                self.grid.row += 1
                self.grid.put(0, line.strip())

    def _said(self) -> str:
        text = "".join(self._text)
        self._text.clear()
        return "\n".join(filter(None, (line.strip(" ") for line in text.split("\n"))))


def _count(value: str | None) -> int:
    digits = re.match(r"\s*(\d{1,6})", value or "")
    return min(int(digits[1]), 100_000) if digits else 1
