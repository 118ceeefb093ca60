"""Setting texts into the cells of tables and forms.

A name or a figure stays on one line and is set smaller where the cell is too narrow; only prose wraps, and never within a
figure.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from db.papers.model import Align
from desktop.printing.fonts import Face
from desktop.printing.measure import Ruler, broken, evenly
from desktop.printing.page import Page

PAD = 36.0
LEADING = 1.32
ROOM = 0.62
"""Air above and below the lines of a cell together, in sizes."""


class Set(NamedTuple):
    """One line of a cell: left edge, middle height below the cell's top, text, face and size."""

    x: float
    middle: float
    text: str
    face: Face
    size: float


class Block(NamedTuple):
    """The lines of a cell with the sizes they were given; ``height`` includes the air."""

    lines: Sequence[str]
    size: float
    height: float


def line_height(size: float) -> float:
    """Height of a cell holding one line."""
    return (1 + ROOM) * size


def block(text: str, room: float, face: Face, size: float, wraps: bool, ruler: Ruler, even: bool = False) -> Block:
    """``text`` as lines fitting ``room`` units of inner width; captions wrap in ``even`` lines."""
    if wraps:
        size = ruler.whole(text, face, size, room)
        lines: Sequence[str] = (evenly if even else broken)(text, room, size, face, ruler)
        return Block(lines, size, (len(lines) * LEADING - LEADING + 1 + ROOM) * size)
    fitted = ruler.fitting(text, face, size, room)
    return Block((text,), fitted, line_height(size))


def lines_of(made: Block, box: tuple[float, float, float], face: Face, align: Align, ruler: Ruler) -> list[Set]:
    """The lines of ``made`` centred on the height of ``box`` (left, width, height) and aligned in its width."""
    left, width, height = box
    step = made.size * LEADING
    middle = height / 2 - step * (len(made.lines) - 1) / 2
    placed = []
    for line in made.lines:
        if line:
            placed.append(Set(_start(line, left, width, face, made.size, align, ruler), middle, line, face, made.size))
        middle += step
    return placed


def draw(sets: Sequence[Set], page: Page, y: float) -> None:
    """Write the lines of a row whose top is at ``y``."""
    for line in sets:
        page.write(line.x, y + line.middle, line.text, line.face, line.size)


def _start(text: str, left: float, width: float, face: Face, size: float, align: Align, ruler: Ruler) -> float:
    if align is Align.LEFT:
        return left + PAD
    rest = width - ruler.width(text, face, size)
    return left + (rest / 2 if align is Align.CENTER else rest - PAD)
