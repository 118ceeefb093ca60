"""How wide a text is and where a line of Chinese may end.

Widths are taken once at a large size and scaled, because the faces are set unhinted. Lines never begin with a closing sign
nor end with an opening one, and a figure, a date's part, a phone number, the number of a paper or a box to tick with its words is
never torn.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtGui import QFontMetricsF

from desktop.printing.fonts import Face, font

REFERENCE = 1000.0
CLOSING = frozenset("，。、；：？！）》」』】〕”’％…—·")
OPENING = frozenset("（《「『【〔“‘")
_NUMBERED = r"[\u4e00-\u9fff]{1,4}(?:-[\u4e00-\u9fff]{1,8})*-\d{4}-\d{2,}|[\u4e00-\u9fff]{1,4}〔\d{4}〕第?\d+号"
"""A number that begins with words: 华阳-华南-2016-00001, 华府报〔2016〕3号."""
_BOXED = r"[□☑][^□☑\s，。；]{1,16}"
"""A box and what it stands for; beyond so many words a line may end within them."""
_TOKEN = re.compile(
    _NUMBERED + rf"|{_BOXED}" + r"|[+\-−¥￥]?[0-9A-Za-z*][0-9A-Za-z.,:/%+*\-]*[年月日户人元天组]?|\s+|.", re.DOTALL
)


class Ruler:
    """Widths of texts as the sum of their characters, each measured once: Chinese faces don't kern."""

    def __init__(self) -> None:
        self._metrics: dict[Face, QFontMetricsF] = {}
        self._signs: dict[tuple[Face, str], float] = {}
        self._texts: dict[tuple[Face, str], float] = {}

    def width(self, text: str, face: Face, size: float) -> float:
        """Width in units at ``size`` units."""
        key = (face, text)
        known = self._texts.get(key)
        if known is None:
            known = self._texts[key] = sum(self._sign(sign, face) for sign in text)
        return known * size

    def _sign(self, sign: str, face: Face) -> float:
        known = self._signs.get((face, sign))
        if known is None:
            if face not in self._metrics:
                self._metrics[face] = QFontMetricsF(font(face, REFERENCE))
            known = self._signs[face, sign] = self._metrics[face].horizontalAdvance(sign) / REFERENCE
        return known

    def fitting(self, text: str, face: Face, size: float, room: float) -> float:
        """The size at which ``text`` stands on one line in ``room``: ``size`` itself, or smaller."""
        wide = self.width(text, face, size)
        return size if wide <= room else size * room / wide

    def whole(self, text: str, face: Face, size: float, room: float) -> float:
        """The size at which no figure in ``text`` is wider than a line of ``room``: ``size`` itself, or smaller."""
        if len(text) * size <= room:
            return size
        figures = (piece for piece in clusters(text) if len(piece) > 1 and not piece.isspace())
        return min((self.fitting(piece, face, size, room) for piece in figures), default=size)


@lru_cache(maxsize=4096)
def clusters(text: str) -> tuple[str, ...]:
    """The pieces a line may be broken between."""
    pieces: list[str] = []
    opening = ""
    for token in _TOKEN.findall(text):
        if token in CLOSING and pieces and not opening:
            pieces[-1] += token
        elif token in OPENING:
            opening += token
        else:
            pieces.append(opening + token)
            opening = ""
    return (*pieces, opening) if opening else tuple(pieces)


def broken(text: str, room: float, size: float, face: Face, ruler: Ruler, first: float = 0) -> list[str]:
    """``text`` in lines no wider than ``room``; the first line has ``first`` units less."""
    return [line for part in text.split("\n") for line in _broken(part, room, size, face, ruler, first)]


def evenly(text: str, room: float, size: float, face: Face, ruler: Ruler) -> list[str]:
    """A caption in as few lines as ``room`` allows, all about as long as one another."""
    lines = broken(text, room, size, face, ruler)
    if len(lines) == 1:
        return lines
    even = broken(text, ruler.width(text, face, size) / len(lines) + size * 0.6, size, face, ruler)
    return even if len(even) == len(lines) else lines


def _broken(text: str, room: float, size: float, face: Face, ruler: Ruler, first: float) -> list[str]:
    lines: list[str] = []
    line, used, limit = "", 0.0, room - first
    for piece in _fitted(text, room - first, size, face, ruler):
        wide = ruler.width(piece, face, size)
        if line and used + wide > limit + 0.5:
            lines.append(line.rstrip(" "))
            line, used, limit = "", 0.0, room
            if piece.isspace():
                continue
        line += piece
        used += wide
    return [*lines, line]


def _fitted(text: str, room: float, size: float, face: Face, ruler: Ruler) -> list[str]:
    """Clusters, with any that is wider than a whole line taken apart by characters."""
    fitted: list[str] = []
    for piece in clusters(text):
        fitted += [piece] if len(piece) == 1 or ruler.width(piece, face, size) <= room else list(piece)
    return fitted
