"""Changing what is counted (改口径): households or persons, and up to four conditions, said as a sentence while they are chosen; or a text
that is the same in every row."""

from __future__ import annotations

from typing import Literal

from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QWidget

from db.services.countyforms.match import fixed, fixed_text
from db.services.figures.counted import Condition, Counted, counted_of
from db.services.figures.dimensions import DIMENSIONS, Dimension, band
from desktop.widgets.dialogs import Growing
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.segmented import Segmented

_ROWS = 4
_NONE = "（不限）"
_UNITS: tuple[Literal["households", "persons"], ...] = ("households", "persons")
_WAYS = ("户数", "人数", "固定文字")


class Compose(Growing):
    """``key()`` is the meaning made; "" when nothing was chosen. ``rows_only`` leaves 户数 out: a row is one household already."""

    def __init__(self, parent: QWidget | None, caption: str, key: str, rows_only: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("help", "countyforms.md#一列自己定")
        self.setWindowTitle("改口径")
        self._dimensions = [one for one in DIMENSIONS.values() if not (rows_only and one.of == "home")]
        self.way = Segmented(_WAYS[1:] if rows_only else _WAYS, parent=self)
        self.words = QLineEdit(self)
        self.words.setPlaceholderText("每一行都填这几个字，如 县农业局")
        self.said = label("", "strong", self, wrap=True)
        self.rows: list[tuple[QComboBox, QComboBox, QLineEdit, QLineEdit]] = []
        self.take = button("就按这个填", "primary", self)
        self.leave = button("取消", "plain", self)
        self._lay_out(caption)
        self._start(key)
        self.way.changed.connect(self._renew)
        self.words.textChanged.connect(self._renew)
        self.take.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self._renew()

    def key(self) -> str:
        """What the column is to mean."""
        if self.way.text() == _WAYS[2]:
            text = self.words.text().strip()
            return fixed(text) if text else ""
        unit = _UNITS[_WAYS.index(self.way.text())] if self.way.text() in _WAYS else "households"
        return Counted(unit, self._conditions()).key

    def _conditions(self) -> tuple[Condition, ...]:
        found: dict[str, tuple[str, ...]] = {}
        for which, value, low, high in self.rows:
            if which.currentIndex() <= 0:
                continue
            dimension = self._dimensions[which.currentIndex() - 1]
            said = _band(low.text(), high.text()) if dimension.is_band else str(value.currentData() or "")
            if said:
                found[dimension.key] = (*found.get(dimension.key, ()), said)
        return tuple(Condition(key, values) for key, values in found.items())

    def _lay_out(self, caption: str) -> None:
        whole, foot = column(self, 10, 24), row()
        whole.addWidget(label(f"“{caption}”填什么", "heading", self))
        whole.addWidget(self.way)
        for _ in range(_ROWS):
            line = row(gap=8)
            which, value = Box(self), Box(self)
            low, high = QLineEdit(self), QLineEdit(self)
            which.addItems([_NONE, *(one.label for one in self._dimensions)])
            which.setMinimumWidth(190)
            value.setMinimumWidth(190)
            which.setAccessibleName("条件")
            value.setAccessibleName("值")
            for edit, told in ((low, "从"), (high, "到")):
                edit.setPlaceholderText(told)
                edit.setMaximumWidth(90)
                edit.textChanged.connect(self._renew)
            which.currentIndexChanged.connect(self._on_which)
            value.currentIndexChanged.connect(self._renew)
            for part in (which, value, low, high):
                line.addWidget(part)
            line.addStretch(1)
            whole.addLayout(line)
            self.rows.append((which, value, low, high))
        whole.addWidget(self.words)
        whole.addWidget(self.said)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        whole.addLayout(foot)
        self.setMinimumWidth(520)

    def _start(self, key: str) -> None:
        text, figure = fixed_text(key), counted_of(key)
        if text is not None:
            self.way.choose_text(_WAYS[2])
            self.words.setText(text)
        else:
            unit = figure.unit if figure is not None and figure.unit != "sum" else "persons"
            self.way.choose_text(_WAYS[1] if unit == "persons" else _WAYS[0])
        if not self.way.text():
            self.way.choose(0)
        keys = [one.key for one in self._dimensions]
        for place, condition in enumerate(figure.where[:_ROWS] if figure is not None else ()):
            if condition.dimension in keys:
                self._set_row(place, keys.index(condition.dimension) + 1, condition)
        for number in range(_ROWS):
            self._show_row(number)

    def _set_row(self, place: int, index: int, condition: Condition) -> None:
        which, value, low, high = self.rows[place]
        which.setCurrentIndex(index)
        self._show_row(place)
        first, _, last = condition.values[0].partition("..")
        if DIMENSIONS[condition.dimension].is_band:
            low.setText(first)
            high.setText(last)
        else:
            value.setCurrentIndex(max(0, value.findData(condition.values[0])))

    def _on_which(self) -> None:
        for number, (which, *_) in enumerate(self.rows):
            if which is self.sender():
                self._show_row(number)
        self._renew()

    def _show_row(self, number: int, *, anew: bool = True) -> None:
        """Show the boxes one condition needs; ``anew`` offers the values of its dimension."""
        which, value, low, high = self.rows[number]
        dimension = self._dimensions[which.currentIndex() - 1] if which.currentIndex() > 0 else None
        banded = dimension is not None and dimension.is_band
        value.setVisible(dimension is not None and not banded)
        low.setVisible(banded)
        high.setVisible(banded)
        if anew and dimension is not None and not banded:
            self._offer(value, dimension)

    def _offer(self, value: QComboBox, dimension: Dimension) -> None:
        value.blockSignals(True)
        value.clear()
        for one in dimension.values():
            value.addItem(dimension.shown(one), one)
        value.blockSignals(False)

    def _renew(self) -> None:
        words = self.way.text() == _WAYS[2]
        self.words.setVisible(words)
        for which, value, low, high in self.rows:
            which.setVisible(not words)
            for part in (value, low, high):
                if words:
                    part.hide()
        if not words:
            for number in range(_ROWS):
                self._show_row(number, anew=False)
        figure = counted_of(self.key())
        self.said.setText(f"口径：{figure.sentence}" if figure is not None else "")
        self.take.setEnabled(bool(self.key()))


def _band(low: str, high: str) -> str:
    first, last = low.strip(), high.strip()
    if not (first or last) or not all(text.isdigit() for text in (first, last) if text):
        return ""
    return band(int(first) if first else None, int(last) if last else None)


def compose(parent: QWidget, caption: str, key: str, rows_only: bool = False) -> str | None:
    """The meaning the clerk made; None when he let it be."""
    dialog = Compose(parent, caption, key, rows_only)
    done = dialog.exec()
    made = dialog.key()
    dialog.deleteLater()
    return made if done == QDialog.DialogCode.Accepted and made else None
