"""Saving many papers at once: all in one PDF, or each in a file of its own; it can be stopped and then leaves nothing behind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Protocol

from db.papers.model import Paper
from db.store.files import write_bytes
from desktop.printing.layout import Layout, lay_out
from desktop.printing.pdf import file_name, joined_bytes, pdf_bytes


class Slip(Protocol):
    """What a long job tells and asks on its way; ``check`` raises `Cancelled`."""

    def report(self, done: int, total: int, text: str) -> None: ...

    def check(self) -> None: ...


def save_together(papers: Iterable[Paper], total: int, title: str, path: Path, slip: Slip) -> Path:
    """All papers in one PDF at ``path``, whole or not at all. Known: disk full, folder closed, file held."""
    target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
    write_bytes(target, joined_bytes(_laid_out(papers, total, slip), title))
    return target


def save_each(papers: Iterable[Paper], total: int, folder: Path, slip: Slip) -> int:
    """Each paper as its own PDF in ``folder``; returns how many. When it is stopped or fails, the files it made are gone again."""
    made: list[Path] = []
    try:
        for layout in _laid_out(papers, total, slip):
            target = folder / file_name(layout.paper)
            fresh = not target.exists()
            write_bytes(target, pdf_bytes(layout))
            if fresh:
                made.append(target)
    except BaseException:
        for path in made:
            path.unlink(missing_ok=True)
        raise
    return total


def _laid_out(papers: Iterable[Paper], total: int, slip: Slip) -> Iterator[Layout]:
    for done, paper in enumerate(papers):
        slip.check()
        slip.report(done, total, paper.file_stem)
        yield lay_out(paper)
