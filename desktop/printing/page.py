"""One laid-out page: texts at their baselines and rules, ready to be drawn on anything.

Rules that touch are joined as they come, and rows of one table share their uprights, so a long list costs few lines.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from desktop.printing.fonts import Face

TOUCHING = 0.5
CENTRE = 0.37
"""How far the middle of a Chinese character stands above the baseline, in sizes."""


class Text(NamedTuple):
    """``y`` is the baseline; ``stretch`` opens the letters of a justified line."""

    x: float
    y: float
    text: str
    stretch: float = 1.0


class Placed(NamedTuple):
    """A picture and the box it fills."""

    x: float
    y: float
    width: float
    height: float
    content: bytes


@dataclass(slots=True)
class Page:
    """Texts by (face, size), horizontal and vertical rules, pictures; all in units from the page's top left."""

    number: int
    texts: dict[tuple[Face, float], list[Text]] = field(default_factory=dict)
    pictures: list[Placed] = field(default_factory=list)
    _rows: dict[float, list[list[float]]] = field(default_factory=dict)
    _uprights: dict[float, list[list[float]]] = field(default_factory=dict)
    _below: list[tuple[float, float, float, float]] = field(default_factory=list)
    _run: tuple[Sequence[float], float, float] = ((), 0.0, 0.0)

    def write(self, x: float, middle: float, text: str, face: Face, size: float, stretch: float = 1.0) -> None:
        """Put ``text`` so that its characters are centred on the height ``middle``."""
        line = Text(x, middle + CENTRE * size, text, stretch)
        self.texts.setdefault((face, size), []).append(line)

    def across(self, y: float, left: float, right: float) -> None:
        """A horizontal rule."""
        _join(self._rows.setdefault(round(y, 1), []), left, right)

    def down(self, x: float, top: float, bottom: float) -> None:
        """A vertical rule."""
        _join(self._uprights.setdefault(round(x, 1), []), top, bottom)

    def row(self, edges: Sequence[float], top: float, bottom: float) -> None:
        """The rules round one row of cells; a row right below one with the same ``edges`` object goes on with its uprights."""
        same, start, end = self._run
        if same is edges and abs(end - top) < TOUCHING:
            self._run = (edges, start, bottom)
        else:
            self._close_run()
            self._run = (edges, top, bottom)
            self.across(top, edges[0], edges[-1])
        self._below.append((edges[0], bottom, edges[-1], bottom))

    def rules(self) -> list[tuple[float, float, float, float]]:
        """All rules as x1, y1, x2, y2."""
        self._close_run()
        rows = [(a, y, b, y) for y, spans in self._rows.items() for a, b in spans]
        return rows + self._below + [(x, a, x, b) for x, spans in self._uprights.items() for a, b in spans]

    def renumbered(self, number: int) -> Page:
        """A copy that can be written on and leaves this one as it is."""
        self._close_run()
        texts = {key: list(lines) for key, lines in self.texts.items()}
        return Page(number, texts, list(self.pictures), self._rows, self._uprights, self._below)

    def replace_signs(self, table: Mapping[int, str]) -> None:
        """Put other signs in the place of some, as `str.translate` does."""
        for lines in self.texts.values():
            lines[:] = [line._replace(text=line.text.translate(table)) for line in lines]

    def lines(self) -> list[str]:
        """The texts as they stand, top to bottom and left to right."""
        found = [line for group in self.texts.values() for line in group]
        return [line.text for line in sorted(found, key=lambda line: (round(line.y), line.x))]

    def _close_run(self) -> None:
        edges, top, bottom = self._run
        for edge in edges:
            self.down(edge, top, bottom)
        self._run = ((), 0.0, 0.0)


def _join(spans: list[list[float]], start: float, end: float) -> None:
    last = spans[-1] if spans else None
    if last is not None and start <= last[1] + TOUCHING and end >= last[0] - TOUCHING:
        last[0] = min(last[0], start)
        last[1] = max(last[1], end)
    else:
        spans.append([start, end])
