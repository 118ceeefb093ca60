"""A printed paper as data: what it says and in which blocks, not how it is drawn.

A builder turns the facts of one act into a ``Paper``; the desktop lays the same paper out for the screen, the printer and
the PDF. Every text of a paper can be read back with ``Paper.text()``, so the whole of it can be scanned before it is posted.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Align(Enum):
    LEFT = "left"
    CENTER = "center"
    RIGHT = "right"


class Tone(Enum):
    """How a paragraph speaks; the desktop chooses face and size (GB/T 9704: body 仿宋, first heading 黑体)."""

    BODY = "body"
    HEADING = "heading"
    NOTE = "note"
    STRONG = "strong"


class Margins(Enum):
    """OFFICIAL follows GB/T 9704 (37/26/35/28 mm); FORM leaves the room to forms and wide tables."""

    OFFICIAL = "official"
    FORM = "form"


class RowKind(Enum):
    """GROUP runs over the whole width with one cell; SUBTOTAL and TOTAL are set strong."""

    DATA = "data"
    GROUP = "group"
    SUBTOTAL = "subtotal"
    TOTAL = "total"


@dataclass(frozen=True, slots=True)
class Title:
    """The paper's name, centred; kept on one line where it fits, else broken in balance."""

    text: str
    subtitle: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    """Running text. ``indent`` is the first line's in characters; ``keep`` holds it on one page with what follows."""

    text: str
    indent: float = 2
    align: Align = Align.LEFT
    tone: Tone = Tone.BODY
    keep: bool = False


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``weight`` is its share of the width; ``prose`` cells may wrap, all others stay on one line whole."""

    title: str
    weight: float = 1.0
    align: Align = Align.CENTER
    prose: bool = False


@dataclass(frozen=True, slots=True)
class Head:
    """One cell of a merged header: spans ``columns`` to the right and ``rows`` down."""

    text: str
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row. ``span`` is how many columns the first cell covers (so ``cells`` is shorter by ``span - 1``)."""

    cells: tuple[str, ...]
    kind: RowKind = RowKind.DATA
    span: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A ruled table whose header is repeated on every page it reaches; a row never falls apart over two pages.

    ``heads`` are the header's rows when cells are merged, else the column titles make one row. ``side`` is set upright in a
    strip on the left as paper forms do. ``joined`` puts the table without a gap under the block above. ``size`` in points.
    """

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    heads: tuple[tuple[Head, ...], ...] = ()
    side: str = ""
    joined: bool = False
    size: float = 12
    row_mm: float = 0


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell of a form. A label is the printed caption; ``foot`` lines stand at the bottom right (signature, seal, date).

    ``span`` counts grid columns. A value that is not ``prose`` is never wrapped.
    """

    text: str = ""
    span: int = 1
    label: bool = False
    prose: bool = False
    align: Align = Align.LEFT
    foot: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class GridRow:
    """One row of a form; ``mm`` is its least height."""

    cells: tuple[Cell, ...]
    mm: float = 0


@dataclass(frozen=True, slots=True)
class KeyValueGrid:
    """The bordered form of captions and values; ``weights`` are the shares of its columns."""

    weights: tuple[float, ...]
    rows: tuple[GridRow, ...]
    side: str = ""
    joined: bool = False
    size: float = 12


@dataclass(frozen=True, slots=True)
class Signatures:
    """Places to sign, spread over one line per entry of ``lines``."""

    lines: tuple[tuple[str, ...], ...]


@dataclass(frozen=True, slots=True)
class Seal:
    """落款: the body that seals and the date below it, at the right, never alone on a page."""

    body: str
    date: str


@dataclass(frozen=True, slots=True)
class Spacer:
    mm: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


Block = Title | Paragraph | Table | KeyValueGrid | Signatures | Seal | Spacer | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper ready to be laid out. ``file_stem`` names its PDF, e.g. 公示-华南村.

    ``footer_left`` is small print at the foot of every page (a check code, the time of printing); ``watermark`` lies behind.
    """

    title: str
    blocks: tuple[Block, ...]
    file_stem: str
    landscape: bool = False
    margins: Margins = Margins.OFFICIAL
    page_numbers: bool = True
    footer_left: str = ""
    watermark: str = ""

    def text(self) -> str:
        """Everything the paper prints except its page numbers, one piece a line."""
        pieces = [piece for block in self.blocks for piece in _texts(block)]
        return "\n".join(piece for piece in (*pieces, self.footer_left, self.watermark) if piece)


def _texts(block: Block) -> Iterator[str]:
    match block:
        case Title(text=text, subtitle=subtitle):
            yield from (text, subtitle)
        case Paragraph(text=text):
            yield text
        case Table():
            yield block.side
            yield from (head.text for row in block.heads for head in row)
            yield from (column.title for column in block.columns)
            yield from (cell for row in block.rows for cell in row.cells)
        case KeyValueGrid():
            yield block.side
            yield from (piece for row in block.rows for cell in row.cells for piece in (cell.text, *cell.foot))
        case Signatures(lines=lines):
            yield from (piece for line in lines for piece in line)
        case Seal(body=body, date=when):
            yield from (body, when)
