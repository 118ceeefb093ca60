"""From a paper to pages: every block becomes pieces, the pieces fill pages, and each page gets its number and footer.

The result is the same for screen, printer and PDF; nothing here knows a device.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import partial

from db.papers.model import (
    Align,
    Block,
    KeyValueGrid,
    PageBreak,
    Paper,
    Paragraph,
    Pictures,
    Seal,
    Signatures,
    Spacer,
    Table,
    Title,
    Tone,
)
from db.store import practising
from desktop.printing.flow import Piece, fill
from desktop.printing.fonts import Face
from desktop.printing.geometry import MM, PT, Sheet, sheet_of
from desktop.printing.glyphs import BLANK, Lack, lacks
from desktop.printing.grids import STRIP, GridSetter, strip
from desktop.printing.measure import Ruler, broken
from desktop.printing.page import Page
from desktop.printing.photos import PhotoSetter
from desktop.printing.smallprint import small_print
from desktop.printing.tables import TableSetter

FACES = {Tone.BODY: Face.BODY, Tone.HEADING: Face.HEI, Tone.STRONG: Face.HEI, Tone.NOTE: Face.SONG}
GAP = 4 * MM
LOOSEST = 1.2
"""A line is justified by opening its letters up to this factor; looser lines stay ragged."""
TITLE_SHRINK = 0.85
COMPANY = 2
"""How many pieces before a seal or signatures go to the next page with it."""
NATURAL_ENDS = "的度村镇县"


@dataclass(frozen=True, slots=True)
class Layout:
    """A paper on its pages. ``lacks`` are the characters that don't print as they should; ``drill`` marks it as made for practice."""

    paper: Paper
    sheet: Sheet
    pages: tuple[Page, ...]
    lacks: tuple[Lack, ...] = ()
    drill: bool = False


def lay_out(paper: Paper) -> Layout:
    """Set the whole paper; 6,289 rows take a few tenths of a second."""
    made = set_paper(paper)
    return numbered(made, paper, 1, len(made.pages))


def set_paper(paper: Paper) -> Layout:
    """The pages of a paper without numbers and small print; a character no font has leaves its place free to write in."""
    sheet = sheet_of(paper)
    pages = fill(_Setter(sheet, Ruler()).pieces(paper.blocks), sheet)
    found = lacks(paper)
    blank = {ord(lack.sign): BLANK for lack in found if lack.blank}
    for page in pages if blank else ():
        page.replace_signs(blank)
    return Layout(paper, sheet, tuple(pages), found, practising.on())


def numbered(made: Layout, paper: Paper, first: int, total: int) -> Layout:
    """The pages with the numbers and the small print of ``paper``, counted from ``first`` of ``total``; ``made`` is left as it is."""
    ruler = Ruler()
    pages = tuple(page.renumbered(n) for n, page in enumerate(made.pages, start=first))
    for page in pages:
        small_print(page, total, paper, made.sheet, ruler)
    return replace(made, paper=paper, pages=pages)


class _Setter:
    def __init__(self, sheet: Sheet, ruler: Ruler) -> None:
        self._sheet = sheet
        self._ruler = ruler
        self._break = False
        self._space = 0.0
        self._boxed = False

    def pieces(self, blocks: Iterable[Block]) -> Iterator[Piece]:
        """All pieces; those before a seal or signatures are glued to it, breaks and spaces go to the piece after them."""
        waiting: list[Piece] = []
        for block in blocks:
            if isinstance(block, PageBreak):
                self._break = True
            elif isinstance(block, Spacer):
                self._space += block.mm * MM
            else:
                self._part(block)
                closing = isinstance(block, Seal | Signatures)
                yield from (replace(piece, glue=True) if closing else piece for piece in waiting)
                waiting = []
                for piece in self._started(self._of(block)):
                    waiting.append(piece)
                    if len(waiting) > COMPANY:
                        yield waiting.pop(0)
        yield from waiting

    def _part(self, block: Block) -> None:
        """Words below a table stand clear of its last line."""
        if self._boxed and isinstance(block, Paragraph):
            self._space += GAP / 2
        self._boxed = isinstance(block, Table | KeyValueGrid)

    def _started(self, pieces: Iterable[Piece]) -> Iterator[Piece]:
        for piece in pieces:
            if self._break or self._space:
                yield replace(piece, turns=self._break, before=piece.before + self._space)
                self._break, self._space = False, 0.0
            else:
                yield piece

    def _of(self, block: Block) -> Iterable[Piece]:
        match block:
            case Title():
                return self._title(block)
            case Paragraph():
                return self._paragraph(block)
            case Table() | KeyValueGrid():
                made = self._table(block) if isinstance(block, Table) else self._grid(block)
                return self._spaced(block.joined, made)
            case Pictures():
                sheet = self._sheet
                return PhotoSetter(block, sheet.left, sheet.text_width, sheet.text_height, self._ruler).pieces()
            case Signatures():
                return self._signatures(block)
            case Seal():
                return [self._seal(block)]
        raise TypeError(block)

    def _spaced(self, joined: bool, pieces: Iterator[Piece]) -> Iterator[Piece]:
        yield replace(next(pieces), before=0.0 if joined else GAP / 2)
        yield from pieces

    def _table(self, table: Table) -> Iterator[Piece]:
        sheet, side = self._sheet, STRIP if table.side else 0.0
        mark = strip(table.side, sheet.left, table.size * PT, self._ruler)
        width = sheet.text_width - side
        return TableSetter(table, sheet.left + side, width, sheet.text_height, self._ruler, mark).pieces()

    def _grid(self, grid: KeyValueGrid) -> Iterator[Piece]:
        sheet, side = self._sheet, STRIP if grid.side else 0.0
        mark = strip(grid.side, sheet.left, grid.size * PT, self._ruler)
        width = sheet.text_width - side
        return GridSetter(grid, sheet.left + side, width, sheet.text_height, self._ruler, mark).pieces()

    def _title(self, title: Title) -> Iterator[Piece]:
        sheet = self._sheet
        size = self._ruler.fitting(title.text, Face.TITLE, sheet.title, sheet.text_width)
        lines = [title.text]
        if size < sheet.title * TITLE_SHRINK:
            lines = halves(title.text)
            widest = max(lines, key=lambda line: self._ruler.width(line, Face.TITLE, 1))
            size = self._ruler.fitting(widest, Face.TITLE, sheet.title, sheet.text_width)
        for line in lines:
            yield self._line(line, Align.CENTER, Face.TITLE, size, size * 1.5)
        if title.subtitle:
            size = sheet.sizes[Tone.BODY]
            yield self._line(title.subtitle, Align.CENTER, Face.KAI, size, size * 1.6)
        yield Piece(sheet.pitch * 0.6, _nothing, glue=True)

    def _line(self, text: str, align: Align, face: Face, size: float, height: float) -> Piece:
        fitted = self._ruler.fitting(text, face, size, self._sheet.text_width)
        rest = self._sheet.text_width - self._ruler.width(text, face, fitted)
        shift = {Align.LEFT: 0.0, Align.CENTER: rest / 2, Align.RIGHT: rest}[align]
        return Piece(height, partial(_write, text, self._sheet.left + shift, height / 2, face, fitted, 1.0), glue=True)

    def _paragraph(self, paragraph: Paragraph) -> Iterator[Piece]:
        sheet, tone = self._sheet, paragraph.tone
        face, size, pitch = FACES[tone], sheet.sizes[tone], sheet.pitch_of(tone)
        if paragraph.align is not Align.LEFT:
            yield replace(self._line(paragraph.text, paragraph.align, face, size, pitch), glue=paragraph.keep)
            return
        first = paragraph.indent * size
        lines = broken(paragraph.text, sheet.text_width / sheet.squeeze, size, face, self._ruler, first)
        for n, line in enumerate(lines):
            shift = 0.0 if n else first * sheet.squeeze
            last = n == len(lines) - 1
            stretch = sheet.squeeze if last else self._stretch(line, face, size, sheet.text_width - shift)
            lonely = len(lines) > 1 and n in (0, len(lines) - 2)
            glued = lonely or (paragraph.keep and n == len(lines) - 1)
            before = GAP / 2 if tone is Tone.HEADING and n == 0 else 0.0
            draw = partial(_write, line, sheet.left + shift, pitch / 2, face, size, stretch)
            yield Piece(pitch, draw, before, glued)

    def _stretch(self, line: str, face: Face, size: float, room: float) -> float:
        squeeze = self._sheet.squeeze
        stretch = room / self._ruler.width(line, face, size) if line else squeeze
        return stretch if stretch <= LOOSEST else squeeze

    def _signatures(self, signatures: Signatures) -> Iterator[Piece]:
        sheet = self._sheet
        size, height = sheet.sizes[Tone.BODY], 11 * MM
        for n, places in enumerate(signatures.lines):
            room = sheet.text_width / len(places)
            texts = [
                (place, sheet.left + room * i, self._ruler.fitting(place, Face.BODY, size, room - size / 2))
                for i, place in enumerate(places)
            ]
            last = n == len(signatures.lines) - 1
            yield Piece(height, partial(_write_all, texts, height / 2), before=0.0 if n else GAP / 2, glue=not last)

    def _seal(self, seal: Seal) -> Piece:
        """Two lines of room for the stamp, the body over the middle of the date, the date four characters in."""
        sheet = self._sheet
        size, pitch = sheet.sizes[Tone.BODY], sheet.pitch_of(Tone.BODY)
        body, when = (self._ruler.width(text, Face.BODY, size) for text in (seal.body, seal.date))
        right = sheet.right - 4 * size
        middle = min(right - when / 2, sheet.right - body / 2)
        texts = [(seal.body, middle - body / 2, size), (seal.date, right - when, size)]
        return Piece(pitch * 4, partial(_write_seal, texts, pitch), before=GAP)


def halves(text: str) -> list[str]:
    """A title in two lines, parted after a natural word near the middle."""
    half = len(text) // 2
    near = [n for n in range(half - 5, half + 6) if 0 < n < len(text) and text[n - 1] in NATURAL_ENDS]
    cut = min(near, key=lambda n: abs(n - half), default=half)
    return [text[:cut], text[cut:]]


def _nothing(page: Page, y: float) -> None:
    """Empty space is drawn by leaving it."""


def _write(text: str, x: float, middle: float, face: Face, size: float, stretch: float, page: Page, y: float) -> None:
    page.write(x, y + middle, text, face, size, stretch)


def _write_all(texts: list[tuple[str, float, float]], middle: float, page: Page, y: float) -> None:
    for text, x, size in texts:
        page.write(x, y + middle, text, Face.BODY, size)


def _write_seal(texts: list[tuple[str, float, float]], pitch: float, page: Page, y: float) -> None:
    for n, (text, x, size) in enumerate(texts):
        page.write(x, y + pitch * (2.5 + n), text, Face.BODY, size)
