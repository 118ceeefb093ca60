"""Saving and printing many papers at once: all in one PDF, each in a file of its own, or one print job.

It can be stopped, and then leaves no half file behind; only one document is held in memory at a time.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from db.papers.model import Paper
from db.store.files import write_bytes
from desktop.printing.document import Document
from desktop.printing.layout import Layout
from desktop.printing.pdf import file_name, pdf_bytes, stream_pdf
from desktop.printing.printer import send_many

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter


class Slip(Protocol):
    """What a long job tells and asks on its way; ``check`` raises `Cancelled`."""

    def report(self, done: int, total: int, text: str) -> None: ...

    def check(self) -> None: ...


def save_together(papers: Iterable[Paper], total: int, title: str, path: Path, slip: Slip) -> Path:
    """All papers in one PDF at ``path``, whole or not at all. Known: disk full, folder closed, file held."""
    return save_documents(map(Document.of_paper, papers), total, title, path, slip)


def save_documents(documents: Iterable[Document], total: int, title: str, path: Path, slip: Slip) -> Path:
    """As ``save_together`` for documents."""
    target = path if path.suffix.lower() == ".pdf" else path.with_name(path.name + ".pdf")
    stream_pdf(_layouts(told(documents, total, slip)), title, target)
    return target


def print_documents(documents: Iterable[Document], total: int, printer: QPrinter, slip: Slip) -> int:
    """All documents as one print job; returns the pages. Known: the printer does not answer."""
    return send_many(printer, told(documents, total, slip))


def save_each(papers: Iterable[Paper], total: int, folder: Path, slip: Slip) -> int:
    """Each paper as its own PDF in ``folder``; returns how many. When it is stopped or fails, the files it made are gone again."""
    made: list[Path] = []
    try:
        for document in told(map(Document.of_paper, papers), total, slip):
            layout = document.layouts[0]
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


def told(documents: Iterable[Document], total: int, slip: Slip) -> Iterator[Document]:
    """The documents, with a word on each to ``slip``, which may stop it between two."""
    for done, document in enumerate(documents):
        slip.check()
        slip.report(done, total, document.file_stem)
        yield document
    slip.check()


def _layouts(documents: Iterable[Document]) -> Iterator[Layout]:
    for document in documents:
        yield from document.layouts
