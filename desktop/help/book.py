"""The printed manual as pages: a cover, the contents with page numbers, and the parts, each on a new page with its chapters run on."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from PySide6.QtCore import QLineF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QGuiApplication, QPainter, QPen, QTextCharFormat, QTextDocument

from db.store.revision import PROGRAM
from desktop.help import fieldtexts
from desktop.help.dressing import Dress, blocks, dress
from desktop.help.illustrations import marked, put_pictures
from desktop.help.pagination import level, page_of, pages_of, set_pages
from desktop.help.texts import Chapter, without_pictures
from desktop.printing.fonts import Face, chosen

TITLE = "户有卡经办人手册"
_POINTS = 72
_SIZES = (10.5, 22.0, 16.0, 12.0)
_INK, _PINE, _LINE, _QUIET = "#22302b", "#1d5c4d", "#b9bdb6", "#6c756f"
_HEIGHT = 128.0
_CAPTION = 8.5
_EDGE = 0.75
"""What is left out at the foot of a page, in points, so that no picture of the next one shows its rim."""
_HEAD, _FOOT = 26.0, 22.0
"""What the running head and the page number take of a page, in points."""
_ENTRY, _LEAST = 16.0, 12.6
"""How high a line of the contents is, and how high at least, to have them on one page."""
_LINKED = re.compile(r"(?<!!)\[([^\]]+)\]\([^)]*\)")
_TITLE = re.compile(r"^(#+) ", re.MULTILINE)
_LEFT, _RIGHT, _MIDDLE = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight, Qt.AlignmentFlag.AlignHCenter


@dataclass(frozen=True, slots=True)
class Part:
    """Chapters under one title of the contents."""

    title: str
    chapters: tuple[Chapter, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """A line of the contents."""

    title: str
    page: int
    part: bool


class Book:
    """Parts set for pages of ``size`` points, head and foot included; ``pictures`` None leaves them out."""

    def __init__(self, size: QSizeF, parts: tuple[Part, ...], pictures: Mapping[str, Path] | None, on: date) -> None:
        self._size = size
        self._text = QSizeF(size.width(), size.height() - _HEAD - _FOOT)
        self._pictures = pictures
        self._on = on
        self._font = QFont(chosen(Face.SONG).family)
        self._strong = QFont(chosen(Face.HEI).family)
        self._parts = [(part, self._set(part)) for part in parts]
        self._room = self._text.height() - 50

    def text(self) -> str:
        """All that is printed."""
        return TITLE + "".join(part.title + document.toPlainText() for part, document in self._parts)

    def draw(self, painter: QPainter, turn: Callable[[], bool]) -> int:
        """All pages in order; ``turn`` begins a new one. Returns how many."""
        self._cover(painter)
        entries = list(self._entries())
        number = 1
        for page in self._contents(entries):
            turn()
            number += 1
            self._draw_contents(painter, page, first=number == 2)
            self._draw_number(painter, number)
        for part, document in self._parts:
            for n in range(pages_of(document)):
                turn()
                number += 1
                self._draw_page(painter, document, n)
                self._draw_head(painter, part.title, _running(document, n))
                self._draw_number(painter, number)
        return number

    def _set(self, part: Part) -> QTextDocument:
        """One document for all chapters of a part: its title above, theirs a step lower than on the screen."""
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setPageSize(self._text)
        texts = [_LINKED.sub(r"“\1”", _TITLE.sub(r"#\1 ", self._printed(chapter))) for chapter in part.chapters]
        sizes = tuple(size * _point() for size in _SIZES)
        how = Dress(self._font, (sizes[0], sizes[1], sizes[2], sizes[3]), _INK, _PINE, _LINE, 6, _HEIGHT)
        dress(document, f"# {part.title}\n\n" + "\n\n".join(texts), how)
        if self._pictures is not None:
            small = QTextCharFormat()
            small.setFontPointSize(_CAPTION * _point())
            small.setForeground(QColor(_QUIET))
            put_pictures(document, self._pictures, self._text, small)
        set_pages(document)
        return document

    def _printed(self, chapter: Chapter) -> str:
        """Fields stand in a table on paper: a paragraph each, as on the screen, would fill a hundred pages."""
        subject = next((one for one in fieldtexts.subjects() if one.key == chapter.key), None)
        if subject is not None:
            return f"# {subject.title}\n\n{subject.told}\n\n{fieldtexts.table(subject)}"
        return marked(chapter.text) if self._pictures is not None else without_pictures(chapter.text)

    def _entries(self) -> Iterator[_Entry]:
        """What stands in the contents, with the pages; they stand behind the cover and the contents themselves."""
        lines = sum(1 + len(part.chapters) for part, _ in self._parts)
        first = 2 + -(-lines // self._per_page(lines))
        for part, document in self._parts:
            yield _Entry(part.title, first, part=True)
            titles = (block for block in blocks(document) if level(block) == 2)
            for block in titles:
                yield _Entry(block.text(), first + page_of(block), part=False)
            first += pages_of(document)

    def _per_page(self, lines: int) -> int:
        """How many lines of the contents stand on a page: all of them when that is still legible."""
        return lines if self._room / lines >= _LEAST else int(self._room / _ENTRY)

    def _contents(self, entries: list[_Entry]) -> Iterator[list[_Entry]]:
        many = self._per_page(len(entries))
        for at in range(0, len(entries), many):
            yield entries[at : at + many]

    def _draw_contents(self, painter: QPainter, entries: list[_Entry], *, first: bool) -> None:
        if first:
            self._write(painter, QRectF(0, _HEAD, self._size.width(), 30), "目录", 18, _PINE, _LEFT, strong=True)
        step = min(self._room / len(entries), _ENTRY)
        for n, entry in enumerate(entries):
            self._draw_entry(painter, entry, QRectF(0, _HEAD + 42 + n * step, self._size.width(), step))

    def _draw_entry(self, painter: QPainter, entry: _Entry, place: QRectF) -> None:
        size, colour = (10.5, _PINE) if entry.part else (9.5, _INK)
        left = place.adjusted(0 if entry.part else 16, 0, 0, 0)
        self._write(painter, left, entry.title, size, colour, _LEFT, strong=entry.part)
        self._write(painter, place, str(entry.page), size, colour, _RIGHT, strong=entry.part)
        width = QFontMetricsF(self._sized(size, strong=entry.part)).horizontalAdvance(entry.title)
        painter.setPen(QPen(QColor(_LINE), 0.6, Qt.PenStyle.DotLine))
        y = place.top() + size
        painter.drawLine(QLineF(left.left() + width + 6, y, place.right() - 24, y))

    def _cover(self, painter: QPainter) -> None:
        whole = QRectF(0, self._size.height() * 0.28, self._size.width(), 60)
        self._write(painter, whole, TITLE, 30, _PINE, _MIDDLE, strong=True)
        self._write(painter, whole.translated(0, 64), "户有卡、村有册、镇有账", 13, _QUIET, _MIDDLE)
        day = f"{self._on.year}年{self._on.month}月{self._on.day}日"
        self._write(painter, whole.translated(0, 300), f"程序版本 {PROGRAM}　{day}印制", 11, _INK, _MIDDLE)
        told = "图中的人名、号码都是虚构的。在程序里按 F1 可以看同样的内容。"
        self._write(painter, QRectF(0, self._size.height() * 0.92, self._size.width(), 40), told, 10, _QUIET, _MIDDLE)

    def _draw_page(self, painter: QPainter, document: QTextDocument, n: int) -> None:
        height = self._text.height()
        painter.save()
        painter.translate(0, _HEAD - n * height)
        document.drawContents(painter, QRectF(0, n * height, self._text.width(), height - _EDGE))
        painter.restore()

    def _draw_head(self, painter: QPainter, left: str, right: str) -> None:
        line = QRectF(0, 0, self._size.width(), 14)
        self._write(painter, line, f"{TITLE}　{left}", 8.5, _QUIET, _LEFT)
        self._write(painter, line, right, 8.5, _QUIET, _RIGHT)
        painter.setPen(QColor(_LINE))
        painter.drawLine(QLineF(0, 15, self._size.width(), 15))

    def _draw_number(self, painter: QPainter, number: int) -> None:
        foot = QRectF(0, self._size.height() - 14, self._size.width(), 14)
        self._write(painter, foot, str(number), 9, _QUIET, _MIDDLE)

    def _write(
        self, painter: QPainter, place: QRectF, text: str, size: float, colour: str, align: Qt.AlignmentFlag, *,
        strong: bool = False,
    ) -> None:  # fmt: skip
        painter.setFont(self._sized(size, strong=strong))
        painter.setPen(QColor(colour))
        painter.drawText(place, align, text)

    def _sized(self, size: float, *, strong: bool) -> QFont:
        """A page is measured in points here: one pixel is one point."""
        font = QFont(self._strong if strong else self._font)
        font.setPixelSize(round(size))
        return font


def _point() -> float:
    """A text is laid out by the dots of the screen; a page is measured in points here."""
    return _POINTS / QGuiApplication.primaryScreen().logicalDotsPerInchY()


def _running(document: QTextDocument, page: int) -> str:
    """The chapter at the head of a page: the one that goes on there, or that begins with its first line."""
    first = next((block for block in blocks(document) if page_of(block, -1) >= page), document.begin())
    while first.isValid() and level(first) == 1:
        first = first.next()
    while first.isValid() and level(first) != 2:
        first = first.previous()
    return first.text()
