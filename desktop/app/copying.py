"""Text on its way out of the program by the clipboard: marked, or taken back, like all that leaves a practice record."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication

from db.store import practising


def take(text: str) -> None:
    """Put a sentence for a report on the clipboard; 【演练】 before it while a practice record is open."""
    QGuiApplication.clipboard().setText(practising.titled(text))


def take_back() -> None:
    """Empty the clipboard of what was copied in the program: cells of a practice record are not pasted into the town's own."""
    board = QGuiApplication.clipboard()
    if board.ownsClipboard():
        board.clear()
