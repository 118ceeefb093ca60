"""Filling pages from top to bottom with pieces that never fall apart.

A piece may be glued to the next one (a heading to its table, the last rows to the seal); glued pieces move to the next page
together. A table's header is set again on every page the table reaches.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Protocol

from desktop.printing.geometry import Sheet
from desktop.printing.page import Page


class Draw(Protocol):
    """Puts a piece on a page with its top at ``y``."""

    def __call__(self, page: Page, y: float) -> None: ...


@dataclass(slots=True)
class Strip:
    """The upright strip at the left of a block: drawn once for each page it reaches, over the height it has there."""

    text: str
    draw: StripDraw


class StripDraw(Protocol):
    def __call__(self, page: Page, top: float, bottom: float) -> None: ...


@dataclass(slots=True)
class Piece:
    """Something of one height. ``before`` is the space above, dropped at the top of a page."""

    height: float
    draw: Draw
    before: float = 0.0
    glue: bool = False
    header: Piece | None = None
    strip: Strip | None = None
    turns: bool = False


@dataclass(slots=True)
class _Filling:
    sheet: Sheet
    pages: list[Page] = field(default_factory=list)
    y: float = 0.0
    strip: Strip | None = None
    strip_top: float = 0.0

    def turn(self) -> None:
        self.close_strip()
        self.pages.append(Page(len(self.pages) + 1))
        self.y = self.sheet.top

    @property
    def fresh(self) -> bool:
        return self.y <= self.sheet.top

    def fits(self, height: float) -> bool:
        return self.y + height <= self.sheet.bottom + 0.5

    def place(self, piece: Piece) -> None:
        if piece.strip is not self.strip:
            self.close_strip()
        if not self.fresh:
            self.y += piece.before
        if piece.strip is not self.strip:
            self.strip, self.strip_top = piece.strip, self.y
        piece.draw(self.pages[-1], self.y)
        self.y += piece.height

    def close_strip(self) -> None:
        if self.strip is not None:
            self.strip.draw(self.pages[-1], self.strip_top, self.y)
        self.strip = None


def fill(pieces: Iterable[Piece], sheet: Sheet) -> list[Page]:
    """Pages holding all pieces in order; at least one."""
    filling = _Filling(sheet)
    filling.turn()
    for group in _glued(pieces):
        if group[0].turns and not filling.fresh:
            filling.turn()
        if not filling.fresh and not filling.fits(sum(piece.before + piece.height for piece in group)):
            _turn(filling, group[0])
        for piece in group:
            if not filling.fresh and not filling.fits(piece.before + piece.height):
                _turn(filling, piece)
            filling.place(piece)
    filling.close_strip()
    return filling.pages


def _turn(filling: _Filling, piece: Piece) -> None:
    filling.turn()
    if piece.header is not None:
        filling.place(piece.header)


def _glued(pieces: Iterable[Piece]) -> Iterator[list[Piece]]:
    group: list[Piece] = []
    for piece in pieces:
        group.append(piece)
        if not piece.glue:
            yield group
            group = []
    if group:
        yield group
