"""Where the columns of a file are matched to what they mean: a row for each column with its captions, samples of what stands in it,
and a drop-down with a proposal.

What was recognised surely is set already; what is unsure waits for the clerk's word, its proposal shown but marked. A column left at
the first choice is not taken.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from desktop.widgets.chips import Chips
from desktop.widgets.looks import column, label, mark, row, scrolled
from desktop.widgets.picks import Box

NOT_TAKEN = "（不用这一列）"
_KEY = int(Qt.ItemDataRole.UserRole) + 2
_ALL, _OPEN = "全部列", "要核对的列"
_CAPTIONS, _BOX, _STATE = 250, 270, 92


@dataclass(frozen=True, slots=True)
class Offered:
    """One column: its index from 0 and letter, its captions from the group down to its own, a few texts that stand in it, the key it
    most likely means ("" for none) and whether that is sure."""

    index: int
    letter: str
    path: tuple[str, ...]
    samples: tuple[str, ...]
    proposed: str = ""
    sure: bool = False


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a column may mean. ``group`` tells equal labels apart (姓名 of the 户主, of the 成员); a ``needed`` one has to be
    matched; one that may stand in ``many`` columns is never called doubled."""

    key: str
    label: str
    group: str = ""
    needed: bool = False
    many: bool = False

    @property
    def text(self) -> str:
        """As the drop-down shows it; the label first, so that its initials find it."""
        return f"{self.label}（{self.group}）" if self.group else self.label


class MatchingTable(QWidget):
    """Signal ``changed()``: the clerk chose a meaning."""

    changed = Signal()

    def __init__(self, columns: Sequence[Offered], choices: Sequence[Meaning], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._columns = tuple(columns)
        self._choices = {choice.key: choice for choice in choices}
        self._items = _items(choices, self)
        self._settled = {one.index for one in columns if one.sure}
        self._rows: dict[int, tuple[QWidget, ...]] = {}
        self._boxes: dict[int, Box] = {}
        self._states: dict[int, QLabel] = {}
        self.shown = Chips((_OPEN, _ALL), self)
        self.note = label("", "quiet", self)
        self._lay_out()
        self.shown.chosen.connect(self._on_shown)
        self._mark_all()
        open_ones = len(self._columns) - len(self._settled)
        self.shown.chip(_OPEN).setText(f"{_OPEN} {open_ones:,}")
        self.shown.chip(_ALL).setText(f"{_ALL} {len(self._columns):,}")
        self.show_all(not open_ones)

    def answers(self) -> dict[int, str]:
        """The key each column means by its index, "" for one that is not taken."""
        return {index: str(box.currentData(_KEY) or "") for index, box in self._boxes.items()}

    def set_answers(self, answers: Mapping[int, str]) -> None:
        """Put answers in, from a draft or another proposal; they count as the clerk's."""
        for index, key in answers.items():
            if index in self._boxes:
                self._boxes[index].setCurrentIndex(max(self._boxes[index].findData(key, _KEY), 0))
                self._settled.add(index)
        self._mark_all()

    def confirm(self) -> None:
        """Take every proposal that still waits for a word as answered."""
        self._settled.update(self._boxes)
        self._mark_all()

    def unsure(self) -> list[int]:
        """The columns whose proposal nobody has looked at yet, by index."""
        return [index for index in self._boxes if index not in self._settled]

    def problems(self) -> list[str]:
        """What keeps the answers from being used: one meaning for two columns, a needed one without a column."""
        found = []
        for key, indexes in self._doubled().items():
            letters = "、".join(self._letter(index) for index in indexes)
            found.append(f"“{self._choices[key].text}”对应了 {letters} 两列以上，只能留一列")
        taken = {*self.answers().values()}
        lacking = [choice.text for choice in self._choices.values() if choice.needed and choice.key not in taken]
        return [*found, *([f"还没有一列对应“{'”“'.join(lacking)}”"] if lacking else [])]

    def box(self, index: int) -> Box:
        """The drop-down of one column."""
        return self._boxes[index]

    def state(self, index: int) -> str:
        """The word behind the drop-down of one column."""
        return self._states[index].text()

    def show_all(self, everything: bool) -> None:
        """Show every column, or those only that were not sure when the file was opened."""
        self.shown.choose(_ALL if everything else _OPEN)
        self._filter()

    def _lay_out(self) -> None:
        inner = QWidget(self)
        grid = QGridLayout(inner)
        grid.setContentsMargins(2, 0, 8, 0)
        grid.setHorizontalSpacing(10)
        grid.setVerticalSpacing(4)
        grid.setColumnStretch(2, 1)
        for place, title in enumerate(("列", "表头", "这一列写的是", "对应为", "")):
            grid.addWidget(label(title, "caption", inner), 0, place)
        for number, one in enumerate(self._columns, 1):
            parts = self._row(one, inner)
            self._rows[one.index] = parts
            for place, part in enumerate(parts):
                grid.addWidget(part, number, place)
        grid.setRowStretch(len(self._columns) + 1, 1)
        whole, head = column(self, 6), row()
        head.addWidget(self.shown)
        head.addWidget(self.note, 1)
        whole.addLayout(head)
        whole.addWidget(scrolled(inner), 1)

    def _row(self, one: Offered, parent: QWidget) -> tuple[QWidget, ...]:
        box = Box(parent)
        box.setModel(self._items)
        box.setCurrentIndex(max(box.findData(one.proposed, _KEY), 0))
        box.setFixedWidth(_BOX)
        box.setProperty("column", one.index)
        box.setAccessibleName(f"{one.letter} 列“{''.join(one.path)}”对应为")
        box.activated.connect(self._on_chosen)
        self._boxes[one.index] = box
        captions = _Elided(" › ".join("".join(text.split()) for text in one.path), "", parent)
        captions.setFixedWidth(_CAPTIONS)
        state = self._states[one.index] = label("", "quiet", parent)
        state.setFixedWidth(_STATE)
        samples = _Elided("；".join(one.samples) or "（空）", "quiet", parent)
        return label(one.letter, "strong", parent), captions, samples, box, state

    def _mark_all(self) -> None:
        doubled = {index for indexes in self._doubled().values() for index in indexes}
        for index, box in self._boxes.items():
            role, text = self._standing(index, doubled)
            self._states[index].setText(text)
            mark(self._states[index], "role", role)
            mark(box, "fault", index in doubled)
        waiting = len(self.unsure())
        self.note.setText(f"还有 {waiting:,} 列请核对" if waiting else "")

    def _standing(self, index: int, doubled: set[int]) -> tuple[str, str]:
        taken = bool(self.answers()[index])
        if index in doubled:
            return "fault", "重复了"
        if index not in self._settled:
            return "warn", "请核对" if taken else "请指定"
        return ("pine", "✓ 已对应") if taken else ("quiet", "不用")

    def _doubled(self) -> dict[str, list[int]]:
        by_key: dict[str, list[int]] = {}
        for index, key in self.answers().items():
            if key and not self._choices[key].many:
                by_key.setdefault(key, []).append(index)
        return {key: indexes for key, indexes in by_key.items() if len(indexes) > 1}

    def _letter(self, index: int) -> str:
        return next(one.letter for one in self._columns if one.index == index)

    def _filter(self) -> None:
        everything = self.shown.chip(_ALL).isChecked()
        for one in self._columns:
            for part in self._rows[one.index]:
                part.setVisible(everything or not one.sure)

    def _on_shown(self) -> None:
        self._filter()

    def _on_chosen(self) -> None:
        index = int(self.sender().property("column"))
        self._settled.add(index)
        if self._boxes[index].currentIndex() < 0:  # the key Delete left the box blank
            self._boxes[index].setCurrentIndex(0)
        self._mark_all()
        self.changed.emit()


class _Elided(QLabel):
    """One line of plain text that ends in … where it is longer than its room; the whole of it is the tip."""

    def __init__(self, text: str, role: str, parent: QWidget) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", role)
        self.setToolTip(text)
        self.setMinimumWidth(40)

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        shown = self.fontMetrics().elidedText(self.text(), Qt.TextElideMode.ElideRight, self.width())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(self.rect(), int(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter), shown)
        painter.end()


def _items(choices: Sequence[Meaning], parent: QWidget) -> QStandardItemModel:
    """One list for all drop-downs: sixty columns with sixty choices each would otherwise be thousands of items."""
    model = QStandardItemModel(parent)
    for text, key in ((NOT_TAKEN, ""), *((choice.text, choice.key) for choice in choices)):
        item = QStandardItem(text)
        item.setData(key, _KEY)
        model.appendRow(item)
    return model
