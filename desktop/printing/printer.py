"""Printing a paper: the system's own dialog, then the same pages the preview shows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QDialog, QWidget

from db.errors import Known
from desktop.printing.geometry import UNITS_PER_INCH
from desktop.printing.layout import Layout
from desktop.printing.pdf import page_layout
from desktop.printing.render import draw_page

if TYPE_CHECKING:
    from PySide6.QtPrintSupport import QPrinter

NO_PRINTER = "没有可用打印机。"
USE_PDF = "请先“存为 PDF”，拿到有打印机的电脑上打印；或接好打印机后再试。"


def print_layout(layout: Layout, copies: int, parent: QWidget | None = None) -> int:
    """Ask for a printer and print; returns the copies sent, 0 when the clerk cancelled. Known: no printer, printer refuses."""
    from PySide6.QtPrintSupport import QPrintDialog, QPrinter, QPrinterInfo  # loads CUPS: only when asked for

    if not QPrinterInfo.availablePrinterNames():
        raise Known(NO_PRINTER, USE_PDF)
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    prepare(printer, layout, copies)
    dialog = QPrintDialog(printer, parent)
    dialog.setWindowTitle("打印")
    dialog.setMinMax(1, len(layout.pages))
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    dialog.deleteLater()
    if not agreed:
        return 0
    send(printer, layout)
    return printer.copyCount()


def prepare(printer: QPrinter, layout: Layout, copies: int) -> None:
    """A4 in the paper's direction, no margins of the printer's own, complete sets."""
    printer.setPageLayout(page_layout(layout.paper.landscape))
    printer.setFullPage(True)
    printer.setDocName(layout.paper.title)
    printer.setCopyCount(max(1, copies))
    printer.setCollateCopies(True)


def send(printer: QPrinter, layout: Layout) -> None:
    """Draw the chosen pages; a printer that can't repeat by itself gets every copy."""
    first, last = printer.fromPage() or 1, printer.toPage() or len(layout.pages)
    once = list(range(first - 1, min(last, len(layout.pages))))
    pages = once if printer.supportsMultipleCopies() else once * printer.copyCount()
    painter = QPainter()
    if not painter.begin(printer):
        raise Known(
            f"打印机“{printer.printerName()}”没有响应，一页也没有打印。", "请看打印机是否开机、联机，再试一次。"
        )
    scale = printer.resolution() / UNITS_PER_INCH
    painter.scale(scale, scale)
    for place, n in enumerate(pages):
        if place:
            printer.newPage()
        draw_page(painter, layout, n)
    painter.end()
