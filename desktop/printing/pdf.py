"""Saving as PDF: a paper is made in memory, many are written page by page; either way beside the target, then put in its place."""

from __future__ import annotations

import errno
import mmap
import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QFile, QFileDevice, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from db.papers.model import Paper
from db.store.files import atomic_write, write_bytes
from db.store.practising import named
from desktop.printing import drill
from desktop.printing.document import Document
from desktop.printing.geometry import UNITS_PER_INCH
from desktop.printing.layout import Layout, lay_out
from desktop.printing.readable import readable, readable_in_place
from desktop.printing.render import draw_page

END = b"%%EOF"
_TAIL = 64


def save_pdf(paper: Paper, path: Path) -> int:
    """Write ``paper`` to ``path`` whole or not at all, and return its pages. Known: disk full, folder closed, file held."""
    layout = lay_out(paper)
    save_layout(layout, path)
    return len(layout.pages)


def save_layout(layout: Layout, path: Path) -> None:
    """As ``save_pdf`` for a paper already laid out."""
    write_bytes(path, pdf_bytes(layout))


def save_document(document: Document, path: Path) -> None:
    """As ``save_pdf`` for all papers of a document."""
    stream_pdf(document.layouts, document.title, path)


def file_name(paper: Paper) -> str:
    """The PDF's name from the paper's, without the signs Windows forbids."""
    return pdf_name(paper.file_stem)


def pdf_name(stem: str) -> str:
    """A PDF's name without the signs Windows forbids; 演练_ before it while a practice record is open."""
    return named(re.sub(r'[\\/:*?"<>|\s]+', "_", stem).strip("_.") + ".pdf")


def page_layout(paper: Paper) -> QPageLayout:
    """The paper's sheet without margins: the layout brings its own."""
    orientation = QPageLayout.Orientation.Landscape if paper.landscape else QPageLayout.Orientation.Portrait
    size = QSizeF(*paper.format.value)
    match = QPageSize.SizeMatchPolicy.FuzzyMatch
    return QPageLayout(QPageSize(size, QPageSize.Unit.Millimeter, paper.format.name, match), orientation, QMarginsF())


def pdf_bytes(layout: Layout) -> bytes:
    """The PDF in memory: Qt would hide a full disk, Python's own writing does not. No author is named in it."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    signs = _write(buffer, [layout], layout.paper.title)
    return readable(bytes(buffer.data().data()), signs)


def stream_pdf(layouts: Iterable[Layout], title: str, path: Path) -> None:
    """Several papers one behind the other in one PDF, each with its own sheet; only one is in memory at a time, at least one is given.

    Whole or not at all, also when ``layouts`` raises. Known as ``save_pdf``.
    """
    written: list[str] = []

    def produce(fresh: Path) -> None:
        file = QFile(str(fresh))
        if not file.open(QIODevice.OpenModeFlag.WriteOnly):
            raise OSError(errno.ENOENT if not fresh.parent.is_dir() else errno.EACCES, file.errorString())
        try:
            written.append(_write(file, layouts, title))
        finally:
            file.close()
        if file.error() is not QFileDevice.FileError.NoError or not _ended(fresh):
            raise OSError(errno.ENOSPC, file.errorString())
        with fresh.open("r+b") as content, mmap.mmap(content.fileno(), 0) as pdf:
            readable_in_place(pdf, written[0])

    atomic_write(path, produce)


def _ended(path: Path) -> bool:
    """Qt goes on drawing when the disk is full; the end of the file is then missing."""
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _TAIL))
        return END in file.read()


def _write(device: QIODevice, layouts: Iterable[Layout], title: str) -> str:
    """Draw everything into ``device``; returns the characters used."""
    writer = QPdfWriter(device)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(title)
    writer.setCreator("户有卡")
    painter = QPainter()
    signs: set[str] = set()
    try:
        for layout in layouts:
            _draw(painter, writer, layout)
            texts = (line.text for page in layout.pages for lines in page.texts.values() for line in lines)
            signs.update(*texts, drill.LINE if layout.drill else "")
    finally:
        # A painter that outlives its writer takes the program down.
        if painter.isActive():
            painter.end()
    return "".join(sorted(signs))


def _draw(painter: QPainter, writer: QPdfWriter, layout: Layout) -> None:
    writer.setPageLayout(page_layout(layout.paper))
    for n in range(len(layout.pages)):
        if painter.isActive():
            writer.newPage()
        else:
            painter.begin(writer)
        draw_page(painter, layout, n)
