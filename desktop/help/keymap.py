"""All keys on one page, laid over the work until any key or click takes it away."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.help.keys import Keys, groups
from desktop.widgets.looks import column, label

_LEFT = 2
"""The first groups stand at the left, the rest at the right: about as many lines each."""
_KEY = 130
"""The keys stand in one column through all groups."""

_FRAME = (20, 44)
"""What the system draws around a window."""


class KeyMap(QDialog):
    """The map of keys; deleted when it is closed."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle("快捷键")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        whole, page = column(self, 10, 20), QWidget(self)
        halves = QGridLayout(page)
        halves.setContentsMargins(0, 0, 0, 0)
        halves.setHorizontalSpacing(40)
        for side, part in enumerate((groups()[:_LEFT], groups()[_LEFT:])):
            halves.addLayout(_half(part, page), 0, side, Qt.AlignmentFlag.AlignTop)
        self._area = _moved(page, self)
        whole.addWidget(label("快捷键", "title", self))
        whole.addWidget(self._area, 1)
        whole.addWidget(label("按任意键关上。细处见帮助里的“快捷键”。", "quiet", self))
        self._fit(page)

    def _fit(self, page: QWidget) -> None:
        """As large as the keys need, but never larger than the screen, where a wheel moves them."""
        around = self.sizeHint() - self._area.sizeHint()
        room = self.screen().availableSize() - QSize(*_FRAME)
        self.resize((page.sizeHint() + around).boundedTo(room))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Control, Qt.Key.Key_Shift, Qt.Key.Key_Alt):
            self.close()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        self.close()


def _moved(page: QWidget, parent: QWidget) -> QScrollArea:
    area = QScrollArea(parent)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setProperty("clear", True)
    area.setWidget(page)
    return area


def _half(parts: tuple[Keys, ...], parent: QWidget) -> QVBoxLayout:
    whole = column(gap=12)
    for part in parts:
        lines = QGridLayout()
        lines.setHorizontalSpacing(16)
        lines.setVerticalSpacing(5)
        lines.addWidget(label(part.place, "heading", parent), 0, 0, 1, 2)
        for n, (keys, does) in enumerate(part.rows, 1):
            lines.addWidget(label(keys, "pine", parent), n, 0)
            lines.addWidget(label(does, "", parent), n, 1)
        lines.setColumnMinimumWidth(0, _KEY)
        lines.setColumnStretch(1, 1)
        whole.addLayout(lines)
    return whole
