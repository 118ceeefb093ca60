"""The sheet a paper is set on: A4, its margins, and the sizes of its faces.

Everything is counted in tenths of a point, so that fonts get whole sizes and every device only scales. OFFICIAL is GB/T
9704-2012 (margins 37/26/35/28 mm, body 三号, title 二号, 22 lines a page); FORM leaves the room to boxes and wide tables.
"""

from __future__ import annotations

from dataclasses import dataclass

from db.papers.model import Margins, Paper, Tone

PT = 10.0
MM = 720 / 25.4
UNITS_PER_INCH = 720
A4_MM = (210.0, 297.0)


@dataclass(frozen=True, slots=True)
class Sheet:
    """Page and text area in units; ``sizes`` gives each tone's size, ``pitch`` the line pitch of running text."""

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
    width, height = (n * MM for n in (A4_MM[::-1] if paper.landscape else A4_MM))
    if paper.margins is Margins.OFFICIAL:
        sizes = {Tone.BODY: 160.0, Tone.HEADING: 160.0, Tone.STRONG: 160.0, Tone.NOTE: 120.0}
        top, right, bottom, left = 37.0, 26.0, 35.0, 28.0
        return _sheet(width, height, (top, right, bottom, left), 220.0, sizes, 285.0, 140.0)
    sizes = {Tone.BODY: 120.0, Tone.HEADING: 130.0, Tone.STRONG: 120.0, Tone.NOTE: 105.0}
    edges = (20.0, 15.0, 18.0, 15.0) if paper.landscape else (18.0, 15.0, 18.0, 20.0)
    return _sheet(width, height, edges, 200.0, sizes, 200.0, 90.0)


def _sheet(
    width: float,
    height: float,
    edges: tuple[float, float, float, float],
    title: float,
    sizes: dict[Tone, float],
    pitch: float,
    folio: float,
) -> Sheet:
    top, right, bottom, left = (edge * MM for edge in edges)
    return Sheet(width, height, left, top, width - right, height - bottom, title, sizes, pitch, folio)
