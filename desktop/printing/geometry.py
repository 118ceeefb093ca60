"""The sheet a paper is set on: A4, its margins, and the sizes of its faces.

Everything is counted in tenths of a point, so that fonts get whole sizes and every device only scales. OFFICIAL is GB/T
9704-2012 (margins 37/26/35/28 mm, body 三号, title 二号, 22 lines of 28 characters a page); FORM leaves the room to boxes and
wide tables; POSTER is read from three paces.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.papers.model import Format, Margins, Paper, Tone

PT = 10.0
MM = 720 / 25.4
UNITS_PER_INCH = 720
LINES, SIGNS = 22, 28
"""Lines a page and characters a line of an official paper."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """Page and text area in units; ``sizes`` gives each tone's size, ``pitch`` the line pitch of running text.

    ``squeeze`` closes the letters of running text: 28 characters of 三号 are a little wider than the 156 mm they have to fill.
    """

    width: float
    height: float
    left: float
    top: float
    right: float
    bottom: float
    title: float
    sizes: dict[Tone, float]
    pitch: float
    folio: float
    squeeze: float = 1.0

    @property
    def text_width(self) -> float:
        return self.right - self.left

    @property
    def text_height(self) -> float:
        return self.bottom - self.top

    def pitch_of(self, tone: Tone) -> float:
        """The line pitch of a tone; notes stand closer."""
        return self.pitch * self.sizes[tone] / self.sizes[Tone.BODY]


def sheet_of(paper: Paper) -> Sheet:
    """The sheet a paper asks for."""
    width, height = (n * MM for n in (paper.format.value[::-1] if paper.landscape else paper.format.value))
    match paper.margins:
        case Margins.OFFICIAL:
            return _official(width, height)
        case Margins.FORM:
            sizes = {Tone.BODY: 120.0, Tone.HEADING: 130.0, Tone.STRONG: 120.0, Tone.NOTE: 105.0}
            edges = (20.0, 15.0, 18.0, 15.0) if paper.landscape else (18.0, 15.0, 18.0, 20.0)
            return Sheet(width, height, *_area(width, height, edges), 200.0, sizes, 200.0, 90.0)
        case Margins.POSTER:
            big = min(width, height) / (Format.A4.value[0] * MM)
            sizes = {tone: size * big for tone, size in _POSTER.items()}
            edges = (20.0 * big, 18.0 * big, 18.0 * big, 18.0 * big)
            return Sheet(width, height, *_area(width, height, edges), 400.0 * big, sizes, 300.0 * big, 90.0 * big)


_POSTER = {Tone.BODY: 200.0, Tone.HEADING: 240.0, Tone.STRONG: 200.0, Tone.NOTE: 140.0}


def _official(width: float, height: float) -> Sheet:
    sizes = {Tone.BODY: 160.0, Tone.HEADING: 160.0, Tone.STRONG: 160.0, Tone.NOTE: 120.0}
    left, top, right, bottom = _area(width, height, (37.0, 26.0, 35.0, 28.0))
    upright = height > width
    pitch = (bottom - top) / LINES if upright else 285.0
    squeeze = min(1.0, (right - left) / (SIGNS * sizes[Tone.BODY])) if upright else 1.0
    return Sheet(width, height, left, top, right, bottom, 220.0, sizes, pitch, 140.0, squeeze)


def _area(width: float, height: float, edges: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the text from the margins in mm: top, right, bottom, left."""
    top, right, bottom, left = (edge * MM for edge in edges)
    return left, top, width - right, height - bottom
