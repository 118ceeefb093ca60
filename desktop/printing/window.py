"""One paper, or a file of them, in a window of its own: seen as it will print, saved as PDF or printed from there."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.papers.model import Paper
from desktop.printing.document import Document
from desktop.printing.preview import PaperPreview


class PaperWindow(QDialog):
    """Esc closes it; it deletes itself."""

    def __init__(self, document: Document, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(document.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview = PaperPreview(self)
        QVBoxLayout(self).addWidget(self.preview)
        usual = QSize(900, 680)
        self.resize(usual.boundedTo(parent.window().size()) if parent is not None else usual)
        self.preview.show_document(document)


def show_paper(parent: QWidget, paper: Paper) -> PaperWindow:
    """Open the window beside the page; the clerk goes on working."""
    return show_document(parent, Document.of_paper(paper))


def show_document(parent: QWidget, document: Document) -> PaperWindow:
    """As ``show_paper`` for what is already laid out."""
    window = PaperWindow(document, parent)
    window.show()
    return window
