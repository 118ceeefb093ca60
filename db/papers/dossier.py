"""一户一档: a household's whole file in archive order, as data: its papers, its scans, and what is still missing.

Which pages the papers stand on is known only when they are laid out, so cover and contents are made last (`db.papers.cover`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.papers.model import Margins, Paper, Picture, Pictures

SCAN_MM = 225.0
PHOTO_MM = 105.0


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that is no picture (a scan as PDF): kept as ``sha``, saved beside the dossier under ``name``."""

    sha: str
    name: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the contents. Without papers it has no page of its own; ``enclosures`` then says where it is."""

    title: str
    on: date | None = None
    papers: tuple[Paper, ...] = ()
    remark: str = ""
    enclosures: tuple[Enclosure, ...] = ()


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the file lacks: what, at which step of the procedure, and what to do about it."""

    title: str
    step: str
    remedy: str


@dataclass(frozen=True, slots=True)
class DossierFacts:
    """One household's file. ``number`` is its card's number, "" before it has one; ``year`` is that of the application."""

    county: str
    town: str
    village: str
    group: str
    head_name: str
    number: str
    size: int
    attribute: str
    year: int
    entries: tuple[Entry, ...]
    missing: tuple[Missing, ...]
    made_on: date
    filler: str = ""

    @property
    def title(self) -> str:
        """What the file is called on every page."""
        return f"{self.village}{self.group}　{self.head_name}户"

    @property
    def file_stem(self) -> str:
        return f"一户一档-{self.village}-{self.head_name}" + (f"-{self.number}" if self.number else "")

    @property
    def enclosures(self) -> tuple[Enclosure, ...]:
        """Every file to be saved beside the PDF."""
        return tuple(one for entry in self.entries for one in entry.enclosures)


def pictured(title: str, pictures: Sequence[Picture], *, whole: bool = False) -> Paper:
    """Photos two in a row, or scans of papers each on a page of its own when ``whole``."""
    block = Pictures(tuple(pictures), 1 if whole else 2, SCAN_MM if whole else PHOTO_MM)
    return Paper(title, (block,), title, margins=Margins.FORM)
