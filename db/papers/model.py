"""A printed paper as data: what it says and in which blocks, not how it is drawn.

A builder turns the facts of one act into a ``Paper``; the desktop lays the same paper out for the screen, the printer and
the PDF. Every text of a paper can be read back with ``Paper.text()``, so the whole of it can be scanned before it is posted.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
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
    """OFFICIAL follows GB/T 9704 (37/26/35/28 mm); FORM leaves the room to forms and wide tables; POSTER is read from afar."""

    OFFICIAL = "official"
    FORM = "form"
    POSTER = "poster"


class Format(Enum):
    """The sheet: width and height in mm, upright."""

    A4 = (210.0, 297.0)
    A3 = (297.0, 420.0)


class Folio(Enum):
    """How pages are numbered: — 1 — as GB/T 9704 has it, 第 1 页 共 3 页, or not at all."""

    DASHED = "dashed"
    COUNTED = "counted"
    BARE = "bare"


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
class Picture:
    """A photo or scan: its bytes (JPEG or PNG), or the ``sha`` they are kept under as long as nobody has fetched them."""

    caption: str
    content: bytes = b""
    sha: str = ""


@dataclass(frozen=True, slots=True)
class Pictures:
    """Pictures with their captions below, ``across`` in a row, each at most ``mm`` high; a row never falls apart over two pages."""

    pictures: tuple[Picture, ...]
    across: int = 2
    mm: float = 95


@dataclass(frozen=True, slots=True)
class Spacer:
    mm: float


@dataclass(frozen=True, slots=True)
class PageBreak:
    """What follows starts a new page."""


Block = Title | Paragraph | Table | KeyValueGrid | Pictures | Signatures | Seal | Spacer | PageBreak


@dataclass(frozen=True, slots=True)
class Paper:
    """One paper ready to be laid out. ``file_stem`` names its PDF, e.g. 公示-华南村.

    ``footer_left`` is small print at the foot of every page (a check code, the time of printing); ``watermark`` lies behind.
    ``header`` is small print at the head, left and right. Without a ``folio`` the margins decide: official papers are numbered
    — 1 —, forms 第 1 页 共 3 页, posters not.
    """

    title: str
    blocks: tuple[Block, ...]
    file_stem: str
    landscape: bool = False
    margins: Margins = Margins.OFFICIAL
    folio: Folio | None = None
    footer_left: str = ""
    watermark: str = ""
    header: tuple[str, str] = ("", "")
    format: Format = Format.A4

    def text(self) -> str:
        """Everything the paper prints except its page numbers, one piece a line."""
        return "\n".join(self.pieces())

    def pieces(self) -> Iterator[str]:
        """As ``text``, piece by piece."""
        for block in self.blocks:
            yield from filter(None, _texts(block))
        yield from filter(None, (*self.header, self.footer_left, self.watermark))

    @property
    def numbering(self) -> Folio:
        """How its pages are numbered."""
        return self.folio or _FOLIOS[self.margins]

    def pictured(self, fetch: Callable[[str], bytes]) -> Paper:
        """The paper with the bytes of every picture that is known by its ``sha`` only."""
        blocks = tuple(_fetched(block, fetch) if isinstance(block, Pictures) else block for block in self.blocks)
        return replace(self, blocks=blocks)


_FOLIOS = {Margins.OFFICIAL: Folio.DASHED, Margins.FORM: Folio.COUNTED, Margins.POSTER: Folio.BARE}


def _fetched(block: Pictures, fetch: Callable[[str], bytes]) -> Pictures:
    found = (one if one.content or not one.sha else replace(one, content=fetch(one.sha)) for one in block.pictures)
    return replace(block, pictures=tuple(found))


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
        case Pictures(pictures=pictures):
            yield from (picture.caption for picture in pictures)
        case Signatures(lines=lines):
            yield from (piece for line in lines for piece in line)
        case Seal(body=body, date=when):
            yield from (body, when)
