"""Before a form is on the table: where to drop one, and the forms that were filled before."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.services.countyforms.countyforms import Remembered
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, label
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("name", "填过的表", 420, least=240),
    Column("file", "当时的文件", 300, least=160),
    Column("columns", "要填的列", 90, "right"),
    Column("at", "上次填报", 110),
    Column("forget", "", 84, sortable=False),
)


class Shelf(QWidget):
    """Signals: ``asked()`` a form is to be chosen; ``forgotten(fingerprint)``."""

    asked = Signal()
    forgotten = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.empty = Empty(
            "把县里发的空表拖到这里",
            "可以是 .xlsx 或 .xls；表头几层、合并不合并、几张工作表都可以。认出每一列填什么后，按在册户填好，另存一份，原表不动。",
            "选择表样…",
        )
        self.list = ListTable(COLUMNS, name="county-forms")
        self.kept = Card(margin=0)
        self.kept.body.addWidget(self.list, 1)
        self.told = label(
            "下次来的表和其中一张表头相同，就按上次的填；改了表头，会标出新增、改名和取消的列。",
            "quiet",
            self,
            wrap=True,
        )
        whole = column(self, 10)
        whole.addWidget(self.empty, 2)
        whole.addWidget(self.told)
        whole.addWidget(self.kept, 3)
        self.empty.acted.connect(self.asked)
        self.list.acted.connect(self._on_acted)

    def show_forms(self, forms: Sequence[Remembered]) -> None:
        """List the forms filled before."""
        rows = [
            Item((f.name, f.file, f"{f.columns:,}", f.at.isoformat(), Cell("忘掉", look="button")), thing=f.fingerprint)
            for f in forms
        ]
        self.list.set_items(rows)
        self.kept.setVisible(bool(rows))
        self.told.setVisible(bool(rows))

    def _on_acted(self, thing: object, key: str) -> None:
        if key == "forget" and isinstance(thing, str):
            self.forgotten.emit(thing)
