"""Saving a paper as PDF: made in memory, written beside the target, then put in its place."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from db.papers.model import Paper
from db.store.files import write_bytes
from desktop.printing.geometry import A4_MM, UNITS_PER_INCH
from desktop.printing.layout import Layout, lay_out
from desktop.printing.readable import readable
from desktop.printing.render import draw_page


def save_pdf(paper: Paper, path: Path) -> int:
    """Write ``paper`` to ``path`` whole or not at all, and return its pages. Known: disk full, folder closed, file held."""
    layout = lay_out(paper)
    save_layout(layout, path)
    return len(layout.pages)


def save_layout(layout: Layout, path: Path) -> None:
    """As ``save_pdf`` for a paper already laid out."""
    write_bytes(path, pdf_bytes(layout))


def file_name(paper: Paper) -> str:
    """The PDF's name from the paper's, without the signs Windows forbids."""
    return re.sub(r'[\\/:*?"<>|\s]+', "_", paper.file_stem).strip("_.") + ".pdf"


def page_layout(landscape: bool) -> QPageLayout:
    """A4 without margins: the layout brings its own."""
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize(QSizeF(*A4_MM), QPageSize.Unit.Millimeter, "A4", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, orientation, QMarginsF())


def pdf_bytes(layout: Layout) -> bytes:
    """The PDF in memory: Qt would hide a full disk, Python's own writing does not. No author is named in it."""
    return joined_bytes([layout], layout.paper.title)


def joined_bytes(layouts: Iterable[Layout], title: str) -> bytes:
    """Several papers one behind the other in one PDF, each with its own direction and page numbers; at least one."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QPdfWriter(buffer)
    writer.setResolution(UNITS_PER_INCH)
    writer.setTitle(title)
    writer.setCreator("户有卡")
    painter = QPainter()
    signs: set[str] = set()
    try:
        for layout in layouts:
            _draw(painter, writer, layout)
            signs.update(
                s for page in layout.pages for lines in page.texts.values() for line in lines for s in line.text
            )
    finally:
        # A painter that outlives its writer takes the program down.
        if painter.isActive():
            painter.end()
    return readable(bytes(buffer.data().data()), "".join(sorted(signs)))


def _draw(painter: QPainter, writer: QPdfWriter, layout: Layout) -> None:
    writer.setPageLayout(page_layout(layout.paper.landscape))
    for n in range(len(layout.pages)):
        if painter.isActive():
            writer.newPage()
        else:
            painter.begin(writer)
        draw_page(painter, layout, n)
