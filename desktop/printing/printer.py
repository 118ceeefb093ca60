"""Printing: the system's own dialog, then the same pages the preview shows; one document, or many one behind the other."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import Cancelled, Known
from desktop.printing.document import Document
from desktop.printing.geometry import UNITS_PER_INCH
from desktop.printing.layout import Layout
from desktop.printing.pdf import page_layout
from desktop.printing.render import draw_page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

NO_PRINTER = "没有可用打印机。"
USE_PDF = "请先“存为 PDF”，拿到有打印机的电脑上打印；或接好打印机后再试。"


def print_document(document: Document, copies: int, parent: QWidget | None = None) -> int:
    """Ask for a printer and print; returns the copies sent, 0 when the clerk cancelled. Known: no printer, printer refuses."""
    printer = new_printer()
    prepare(printer, document, copies)
    if not agreed(printer, len(document.pages), parent):
        return 0
    send(printer, document)
    return printer.copyCount()


def new_printer() -> QPrinter:
    """The system's first choice. Known: there is no printer."""
    from PySide6.QtPrintSupport import QPrinter, QPrinterInfo  # loads CUPS: only when asked for

    if not QPrinterInfo.availablePrinterNames():
        raise Known(NO_PRINTER, USE_PDF)
    return QPrinter(QPrinter.PrinterMode.HighResolution)


def agreed(printer: QPrinter, pages: int, parent: QWidget | None) -> bool:
    """Let the clerk choose printer, pages and copies; False when he thinks better of it. ``pages`` 0 offers no choice of pages."""
    from PySide6.QtPrintSupport import QPrintDialog

    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    if pages:
        dialog.setMinMax(1, pages)
    chosen = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    return chosen


def prepare(printer: QPrinter, document: Document, copies: int) -> None:
    """The first paper's sheet, no margins of the printer's own, complete sets."""
    printer.setPageLayout(page_layout(document.layouts[0].paper))
    printer.setFullPage(True)
    printer.setDocName(document.title)
    printer.setCopyCount(max(1, copies))
    printer.setCollateCopies(True)


def send(printer: QPrinter, document: Document) -> None:
    """Draw the chosen pages; a printer that can't repeat by itself gets every copy."""
    pages = document.pages
    first, last = printer.fromPage() or 1, printer.toPage() or len(pages)
    once = pages[first - 1 : last]
    painter = _begun(printer, once[0][0])
    for place, page in enumerate(once if printer.supportsMultipleCopies() else once * printer.copyCount()):
        _put(painter, printer, page, fresh=place > 0)
    painter.end()


def send_many(printer: QPrinter, documents: Iterable[Document]) -> int:
    """Print one document after the other as one job and return the pages; on both sides each begins on a sheet of its own.

    When ``documents`` raises `Cancelled`, what the printer has not taken yet is thrown away.
    """
    painter: QPainter | None = None
    pages = 0
    try:
        for document in documents:
            if painter is None:
                painter = _begun(printer, document.layouts[0])
            elif pages % 2 and printer.duplex() is not printer.DuplexMode.DuplexNone:
                printer.newPage()
                pages += 1
            for page in document.pages:
                _put(painter, printer, page, fresh=pages > 0)
                pages += 1
    except Cancelled:
        printer.abort()
        raise
    finally:
        if painter is not None:
            painter.end()
    return pages


def _begun(printer: QPrinter, first: Layout) -> QPainter:
    printer.setPageLayout(page_layout(first.paper))
    painter = QPainter()
    if not painter.begin(printer):
        raise Known(
            f"打印机“{printer.printerName()}”没有响应，一页也没有打印。", "请看打印机是否开机、联机，再试一次。"
        )
    return painter


def _put(painter: QPainter, printer: QPrinter, page: tuple[Layout, int], *, fresh: bool) -> None:
    """One page on the next sheet; smaller where the printer has no sheet of that size."""
    layout, n = page
    if fresh:
        printer.setPageLayout(page_layout(layout.paper))
        printer.newPage()
    sheet, there = layout.sheet, printer.pageLayout().fullRectPixels(printer.resolution())
    whole = printer.resolution() / UNITS_PER_INCH
    scale = min(whole, there.width() / sheet.width, there.height() / sheet.height)
    painter.save()
    painter.scale(scale, scale)
    draw_page(painter, layout, n)
    painter.restore()
