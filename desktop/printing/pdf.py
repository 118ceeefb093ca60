"""Saving a paper as PDF: written beside the target, checked, then put in its place."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QMarginsF, QSizeF
from PySide6.QtGui import QPageLayout, QPageSize, QPainter, QPdfWriter

from db.errors import Known
from db.papers.model import Paper
from db.store.files import atomic_write
from desktop.printing.geometry import A4_MM, UNITS_PER_INCH
from desktop.printing.layout import Layout, lay_out
from desktop.printing.render import draw_page


def save_pdf(paper: Paper, path: Path) -> int:
    """Write ``paper`` to ``path`` whole or not at all, and return its pages. Known: disk full, folder closed, file held."""
    layout = lay_out(paper)
    save_layout(layout, path)
    return len(layout.pages)


def save_layout(layout: Layout, path: Path) -> None:
    """As ``save_pdf`` for a paper already laid out."""
    atomic_write(path, lambda fresh: _write(layout, fresh), _whole)


def page_layout(landscape: bool) -> QPageLayout:
    """A4 without margins: the layout brings its own."""
    orientation = QPageLayout.Orientation.Landscape if landscape else QPageLayout.Orientation.Portrait
    size = QPageSize(QSizeF(*A4_MM), QPageSize.Unit.Millimeter, "A4", QPageSize.SizeMatchPolicy.FuzzyMatch)
    return QPageLayout(size, orientation, QMarginsF())


def _write(layout: Layout, path: Path) -> None:
    writer = QPdfWriter(str(path))
    writer.setResolution(UNITS_PER_INCH)
    writer.setPageLayout(page_layout(layout.paper.landscape))
    writer.setTitle(layout.paper.title)
    writer.setCreator("户有卡")
    painter = QPainter()
    if not painter.begin(writer):
        raise Known(f"“{path.parent}”里写不进文件，PDF 没有保存。", "请换一个文件夹，或检查磁盘空间后再试。")
    for n in range(len(layout.pages)):
        if n:
            writer.newPage()
        draw_page(painter, layout, n)
    painter.end()


def _whole(path: Path) -> None:
    """A PDF cut short by a full disk has no end mark; Qt doesn't tell."""
    with path.open("rb") as file:
        head = file.read(5)
        file.seek(max(0, path.stat().st_size - 1024))
        tail = file.read()
    if head != b"%PDF-" or b"%%EOF" not in tail:
        raise Known("PDF 没有写完整，原来的文件没有变化。", "请检查磁盘空间后再存一次。")
