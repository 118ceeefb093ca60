"""The one search at the top: a field, and below it a list of what was found, walked with the arrow keys.

It knows nothing of how finding works; it says what was typed and shows what it is given.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QModelIndex, QObject, QPersistentModelIndex, QPoint, QRect, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QLabel, QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.widgets.colours import scheme
from desktop.widgets.editor import ENTER
from desktop.widgets.lines import Line
from desktop.widgets.looks import label, row

HINT = "搜农户、成员、身份证后四位、拼音首字母（如 zxm）、村名"
_WAIT_MS = 150
_HIT, _NOTE = int(Qt.ItemDataRole.UserRole) + 1, int(Qt.ItemDataRole.UserRole) + 2
_ROW, _MOST = 36, 10
_LEAST, _USUAL = 200, 520


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: what is read first, what tells it from others, and the thing to hand back."""

    text: str
    note: str
    thing: object


class SearchBox(QWidget):
    """Signals: ``asked(text)`` something was typed and a moment passed; ``chosen(thing)`` a hit was chosen."""

    asked = Signal(str)
    chosen = Signal(object)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setProperty("help", "desk.md#找一户")
        self.field = Line(self)
        self.field.setObjectName("search")
        self.field.setPlaceholderText(HINT)
        self.field.setAccessibleName("查找")
        self._key: QLabel = label("Ctrl K", "", self.field)
        self._key.setObjectName("keyhint")
        hint = row(self.field, 0)
        hint.setContentsMargins(0, 0, 12, 0)
        hint.addWidget(self._key, 0, Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
        self.hits = QListView(parent)
        self._dress_hits()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_WAIT_MS)
        self._timer.timeout.connect(self._on_waited)
        self.field.textEdited.connect(self._on_edited)
        self.field.textChanged.connect(self._on_changed)
        self.field.installEventFilter(self)
        row(self, 0).addWidget(self.field)
        self.setMinimumWidth(_LEAST)
        self.setMaximumWidth(_USUAL)

    def take_focus(self) -> None:
        """Ctrl+K."""
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()

    def show_hits(self, text: str, hits: Sequence[Hit]) -> None:
        """Show what was found for ``text``; an answer to an older question is dropped."""
        if text != self.field.text().strip():
            return
        model = self.hits.model()
        assert isinstance(model, QStandardItemModel)
        model.clear()
        for hit in hits:
            model.appendRow(_item(hit))
        if not hits:
            model.appendRow(_item(Hit(f"没有找到“{text}”", "可试姓名、拼音首字母、证件或电话末几位、村名", None)))
        self._unfold()

    def fold(self) -> None:
        """Take the list away."""
        self.hits.hide()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.field and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._take_key(event)
        if watched is self.field and event.type() == QEvent.Type.FocusOut:
            self.fold()
        return super().eventFilter(watched, event)

    def _take_key(self, event: QKeyEvent) -> bool:
        if self.field.composing or event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            return False
        if event.key() in (Qt.Key.Key_Down, Qt.Key.Key_Up) and self.hits.isVisible():
            self._walk(1 if event.key() == Qt.Key.Key_Down else -1)
        elif event.key() in ENTER:
            self._on_enter()
        elif event.key() == Qt.Key.Key_Escape:
            self.fold()
        else:
            return False
        return True

    def _walk(self, by: int) -> None:
        count = self.hits.model().rowCount()
        at = self.hits.currentIndex().row() + by
        self.hits.setCurrentIndex(self.hits.model().index(min(max(at, 0), count - 1), 0))

    def _on_enter(self) -> None:
        if self.hits.isVisible():
            self._choose(self.hits.currentIndex())
        else:
            self._on_waited()

    def _choose(self, index: QModelIndex) -> None:
        thing = index.data(_HIT) if index.isValid() else None
        if thing is not None:
            self.fold()
            self.chosen.emit(thing)

    def _unfold(self) -> None:
        corner = self.field.mapTo(self.window(), QPoint(0, self.field.height() + 4))
        rows = min(self.hits.model().rowCount(), _MOST)
        self.hits.setParent(self.window())
        self.hits.setGeometry(QRect(corner, QSize(self.field.width(), rows * _ROW + 14)))
        self.hits.setCurrentIndex(self.hits.model().index(0, 0))
        self.hits.show()
        self.hits.raise_()

    def _on_edited(self) -> None:
        self._timer.start()

    def _on_changed(self, text: str) -> None:
        self._key.setVisible(not text)

    def _on_waited(self) -> None:
        self._timer.stop()
        text = self.field.text().strip()
        if text:
            self.asked.emit(text)
        else:
            self.fold()

    def _dress_hits(self) -> None:
        self.hits.setObjectName("hits")
        self.hits.setModel(QStandardItemModel(self.hits))
        self.hits.setItemDelegate(_HitPainter(self.hits))
        self.hits.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.hits.setEditTriggers(QListView.EditTrigger.NoEditTriggers)
        self.hits.setUniformItemSizes(True)
        self.hits.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.hits.hide()
        self.hits.clicked.connect(self._choose)


def _item(hit: Hit) -> QStandardItem:
    item = QStandardItem(hit.text)
    item.setData(hit.thing, _HIT)
    item.setData(hit.note, _NOTE)
    return item


class _HitPainter(QStyledItemDelegate):
    """The name in ink, what tells it from others in quiet letters."""

    def sizeHint(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> QSize:
        return QSize(200, _ROW)

    def paint(
        self, painter: QPainter, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> None:
        rect: QRect = option.rect  # type: ignore[attr-defined]
        chosen = option.state & QStyle.StateFlag.State_Selected  # type: ignore[attr-defined]
        colours = scheme()
        painter.save()
        painter.setFont(option.font)  # type: ignore[attr-defined]
        painter.fillRect(rect, colours.colour("select" if chosen else "sheet"))
        metrics = painter.fontMetrics()
        inner = rect.adjusted(12, 0, -12, 0)
        text = metrics.elidedText(str(index.data()), Qt.TextElideMode.ElideRight, inner.width())
        painter.setPen(colours.colour("ink"))
        painter.drawText(inner, Qt.AlignmentFlag.AlignVCenter, text)
        rest = inner.adjusted(max(metrics.horizontalAdvance(text) + 16, 120), 0, 0, 0)
        painter.setPen(colours.colour("quiet"))
        painter.drawText(
            rest,
            Qt.AlignmentFlag.AlignVCenter,
            metrics.elidedText(str(index.data(_NOTE)), Qt.TextElideMode.ElideRight, rest.width()),
        )
        painter.restore()
