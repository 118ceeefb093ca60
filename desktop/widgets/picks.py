"""Editors that take one of a few: a drop-down answered by number, pinyin initials or click, and joined buttons.

A wheel turned over a drop-down that has no keyboard does nothing: it was meant to scroll the form.
"""

from __future__ import annotations

from collections.abc import Sequence
from time import monotonic

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QPalette, QPen, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from db.fields.kinds import Choice, Kind, Unreadable
from desktop.widgets.colours import scheme
from desktop.widgets.editor import Editor
from desktop.widgets.initials import initials
from desktop.widgets.segmented import Segmented

_PATIENCE = 1.2


class TypeAhead:
    """Which option a run of keys means: digits count the options from 1, letters are pinyin initials."""

    def __init__(self) -> None:
        self._typed = ""
        self._when = 0.0

    def find(self, options: Sequence[str], key: str, current: int) -> int:
        """Index meant after ``key``, −1 when none; a repeated letter walks through the options that begin with it."""
        fresh = monotonic() - self._when > _PATIENCE
        self._when = monotonic()
        self._typed = key.lower() if fresh else self._typed + key.lower()
        found = self._match(options, self._typed, current)
        if found < 0 and len(self._typed) > 1:
            self._typed = key.lower()
            found = self._match(options, self._typed, current)
        return found

    @staticmethod
    def _match(options: Sequence[str], typed: str, current: int) -> int:
        if typed.isdigit():
            return int(typed) - 1 if 1 <= int(typed) <= len(options) else -1
        hits = [
            n for n, text in enumerate(options) if initials(text).startswith(typed) or text.lower().startswith(typed)
        ]
        if not hits:
            return -1
        later = [n for n in hits if n > current]
        return later[0] if len(typed) == 1 and later else hits[0]


_NOTE = int(Qt.ItemDataRole.UserRole) + 1


class _Numbered(QStyledItemDelegate):
    """Shows the number to type before each option of the open list; one of other years is grey and says which."""

    def initStyleOption(self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex) -> None:
        super().initStyleOption(option, index)
        note = index.data(_NOTE)
        option.text = f"{index.row() + 1}  {option.text}{f'　{note}' if note else ''}"  # type: ignore[attr-defined]
        if note:
            option.palette.setColor(QPalette.ColorRole.Text, scheme().colour("quiet"))  # type: ignore[attr-defined]


class _Options(QListView):
    """The open list; typing in it means the same as typing in the closed box."""

    def __init__(self, box: Box) -> None:
        super().__init__(box)
        self._box = box

    def keyboardSearch(self, search: str) -> None:
        found = self._box.meant(search, self.currentIndex().row())
        if found >= 0:
            self.setCurrentIndex(self._box.model().index(found, 0))


class Box(QComboBox):
    """A drop-down over texts."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._ahead = TypeAhead()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(4)
        self.setMaxVisibleItems(16)
        self.setView(_Options(self))
        self.setItemDelegate(_Numbered(self))

    def options(self) -> list[str]:
        """The texts in order."""
        return [self.itemText(n) for n in range(self.count())]

    def set_notes(self, notes: Sequence[str]) -> None:
        """Say beside options why they are out of the ordinary; they can be chosen all the same."""
        for at, note in enumerate(notes[: self.count()]):
            self.setItemData(at, note, _NOTE)

    def note(self, at: int) -> str:
        """What is said beside one option."""
        return str(self.itemData(at, _NOTE) or "")

    def meant(self, key: str, current: int) -> int:
        """Index the keys typed so far mean, −1 for none."""
        return self._ahead.find(self.options(), key, current)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        key, text = event.key(), event.text()
        plain = not event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self._take(-1)
        elif plain and text.isalnum():
            found = self.meant(text, self.currentIndex())
            if found >= 0:
                self._take(found)
        elif not plain and text:
            event.ignore()  # Ctrl+S is the form's, not a search for a letter
        else:
            super().keyPressEvent(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        if self.hasFocus():
            super().wheelEvent(event)
        else:
            event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(scheme().colour("quiet"), 1.5))
        x, y = self.width() - 15.0, self.height() / 2
        painter.drawPolyline([QPointF(x - 4, y - 2), QPointF(x, y + 2), QPointF(x + 4, y - 2)])
        painter.end()

    def _take(self, index: int) -> None:
        if index != self.currentIndex():
            self.setCurrentIndex(index)
            self.activated.emit(index)


class PickEditor(Editor):
    """A drop-down over the labels of a code table, or over any texts given by ``set_options`` (villages, groups, persons)."""

    def __init__(self, kind: Kind, parent: QWidget | None = None, options: Sequence[str] = ()) -> None:
        self._box = Box()
        super().__init__(kind, self._box, parent)
        self._stray = ""
        self.set_options(options or (kind.options() if isinstance(kind, Choice) else ()))
        self._box.activated.connect(self._on_activated)

    def set_options(self, options: Sequence[str]) -> None:
        """Offer other texts; the present answer is kept, even when it is no longer among them."""
        kept = self.raw()
        self._box.clear()
        self._box.addItems(list(options))
        self.set_raw(kept)

    def options(self) -> list[str]:
        """The texts offered."""
        return self._box.options()

    def raw(self) -> str:
        return self._box.currentText() if self._box.currentIndex() >= 0 else self._stray

    def set_raw(self, text: str) -> None:
        index = self._box.findText(self._label(text)) if text else -1
        self._stray = text if index < 0 else ""
        self._box.setCurrentIndex(index)
        self._box.setPlaceholderText(self._stray)

    def set_read_only(self, locked: bool) -> None:
        self._box.setEnabled(not locked)

    def set_year(self, year: int) -> None:
        if isinstance(self.kind, Choice):
            self._box.set_notes(self.kind.notes(year))

    def note(self, option: str) -> str:
        """What is said beside an option of other years, "" for the others."""
        return self._box.note(self._box.findText(option))

    def doubt(self) -> str:
        note = self._box.note(self._box.currentIndex()) if self._box.currentIndex() >= 0 else ""
        return (
            f"“{self._box.currentText()}”{note}才有，请核对"
            if note.endswith("起")
            else f"“{self._box.currentText()}”只用{note}，请核对"
            if note
            else ""
        )

    def begin(self) -> None:
        if self._box.isEnabled():
            self._box.showPopup()

    def _label(self, text: str) -> str:
        try:
            return self.kind.show(self.kind.read(text))
        except Unreadable:
            return text

    def _on_activated(self) -> None:
        self._stray = ""
        self._box.setPlaceholderText("")
        self.check()
        self.changed.emit()


class SegmentEditor(Editor):
    """Joined buttons over a short code table, for answers given a hundred times a week."""

    def __init__(self, kind: Choice, parent: QWidget | None = None, alarm: Sequence[str] = ()) -> None:
        self.segmented = Segmented(kind.options(), alarm)
        super().__init__(kind, self.segmented, parent)
        layout = self.layout()
        if layout is not None:
            layout.setAlignment(self.segmented, Qt.AlignmentFlag.AlignLeft)
        self.segmented.changed.connect(self.changed)

    def raw(self) -> str:
        return self.segmented.text()

    def set_raw(self, text: str) -> None:
        self.segmented.choose_text(text)

    def set_read_only(self, locked: bool) -> None:
        self.segmented.set_read_only(locked)
