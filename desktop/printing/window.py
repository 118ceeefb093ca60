"""One paper in a window of its own: seen as it will print, saved as PDF or printed from there."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from db.papers.model import Paper
from desktop.printing.preview import PaperPreview


class PaperWindow(QDialog):
    """Esc closes it; it deletes itself."""

    def __init__(self, paper: Paper, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(paper.title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.preview = PaperPreview(self)
        QVBoxLayout(self).addWidget(self.preview)
        self.resize(900, 680)
        self.preview.show_paper(paper)


def show_paper(parent: QWidget, paper: Paper) -> PaperWindow:
    """Open the window beside the page; the clerk goes on working."""
    window = PaperWindow(paper, parent)
    window.show()
    return window
