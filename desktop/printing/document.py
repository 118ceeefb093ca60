"""What is printed or saved in one go: one paper, or a whole file of papers one behind the other."""

from __future__ import annotations

from dataclasses import dataclass

from db.papers.model import Paper
from desktop.printing.glyphs import Lack, merged
from desktop.printing.layout import Layout, lay_out


@dataclass(frozen=True, slots=True)
class Document:
    """``title`` names it at the printer, ``file_stem`` its PDF; at least one layout."""

    title: str
    file_stem: str
    layouts: tuple[Layout, ...]

    @classmethod
    def of(cls, layout: Layout) -> Document:
        """One paper."""
        return cls(layout.paper.title, layout.paper.file_stem, (layout,))

    @classmethod
    def of_paper(cls, paper: Paper) -> Document:
        """One paper, still to be laid out."""
        return cls.of(lay_out(paper))

    @property
    def pages(self) -> tuple[tuple[Layout, int], ...]:
        """Each page as its layout and its place there, from 0."""
        return tuple((layout, n) for layout in self.layouts for n in range(len(layout.pages)))

    @property
    def lacks(self) -> tuple[Lack, ...]:
        """Characters that will not print as they should, each once with all its places."""
        return merged(lack for layout in self.layouts for lack in layout.lacks)
