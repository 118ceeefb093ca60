"""Which columns the list has and in which order: found at the left, taken over to the right, moved there."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractItemView, QDialog, QListWidget, QListWidgetItem, QWidget

from db.services.questions.columns import COLUMNS, offered
from desktop.pages.questions.finding import Choice, Finding
from desktop.widgets.dialogs import Growing
from desktop.widgets.looks import button, column, label, row


class ColumnsDialog(Growing):
    """``columns()`` are the keys chosen, in their order."""

    def __init__(self, parent: QWidget | None, chosen: Sequence[str], *, persons: bool, today: bool) -> None:
        super().__init__(parent)
        self.setProperty("help", "questions.md#名单")
        self.setWindowTitle("选栏目")
        self._offered = [one for one in offered(persons=persons) if today or not one.today]
        self.finding = Finding([], "打字或拼音首字母找，回车加上", self)
        self.chosen = QListWidget(self)
        self.chosen.setObjectName("hits")
        self.chosen.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self.up, self.down = button("上移", "plain", self), button("下移", "plain", self)
        self.add, self.out = button("加上 →", "plain", self), button("← 去掉", "plain", self)
        self.take, self.leave = button("就用这些栏目", "primary", self), button("不改了", "plain", self)
        self._lay_out()
        for key in chosen:
            self._put(key)
        self.chosen.setCurrentRow(0)
        self._renew()
        self._connect()
        self.finding.line.setFocus()

    def columns(self) -> tuple[str, ...]:
        """The columns chosen."""
        items = (self.chosen.item(n) for n in range(self.chosen.count()))
        return tuple(str(item.data(Qt.ItemDataRole.UserRole)) for item in items)

    def _put(self, key: str) -> None:
        item = QListWidgetItem(COLUMNS[key].label)
        item.setData(Qt.ItemDataRole.UserRole, key)
        self.chosen.addItem(item)
        self.chosen.setCurrentItem(item)

    def _renew(self) -> None:
        there = set(self.columns())
        self.finding.set_choices(
            [Choice(one.key, one.label, one.group) for one in self._offered if one.key not in there]
        )
        self.take.setEnabled(bool(there))

    def _on_add(self) -> None:
        key = self.finding.key()
        if key and key not in self.columns():
            self._put(key)
            self.finding.line.selectAll()
            self._renew()

    def _on_out(self) -> None:
        place = self.chosen.currentRow()
        if place >= 0:
            self.chosen.takeItem(place)
            self._renew()

    def _on_move(self) -> None:
        step = -1 if self.sender() is self.up else 1
        place = self.chosen.currentRow()
        if 0 <= place + step < self.chosen.count():
            item = self.chosen.takeItem(place)
            self.chosen.insertItem(place + step, item)
            self.chosen.setCurrentItem(item)

    def _connect(self) -> None:
        self.finding.chosen.connect(self._on_add)
        self.add.clicked.connect(self._on_add)
        self.out.clicked.connect(self._on_out)
        self.up.clicked.connect(self._on_move)
        self.down.clicked.connect(self._on_move)
        self.chosen.itemDoubleClicked.connect(self._on_out)
        self.take.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        whole, split, middle, right, foot = column(self, 12, 20), row(gap=12), column(), column(gap=6), row()
        middle.addStretch(1)
        for one in (self.add, self.out):
            middle.addWidget(one)
        middle.addStretch(1)
        moves = row()
        moves.addWidget(self.up)
        moves.addWidget(self.down)
        moves.addStretch(1)
        right.addWidget(label("名单的栏目，从左到右", "caption", self))
        right.addWidget(self.chosen, 1)
        right.addLayout(moves)
        split.addWidget(self.finding, 1)
        split.addLayout(middle)
        split.addLayout(right, 1)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        whole.addLayout(split, 1)
        whole.addLayout(foot)
        self.setMinimumSize(680, 480)


def ask_columns(parent: QWidget, chosen: Sequence[str], *, persons: bool, today: bool) -> tuple[str, ...] | None:
    """The columns the clerk chose; None when he let it be."""
    dialog = ColumnsDialog(parent, chosen, persons=persons, today=today)
    done = dialog.exec()
    made = dialog.columns()
    dialog.deleteLater()
    return made if done == QDialog.DialogCode.Accepted and made else None
