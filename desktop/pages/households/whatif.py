"""Whom another line would move: the households that would come below it and those that no longer would, with both numbers."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from db.rules.lines import Crossing
from db.services.deciding.why import WhatIf
from db.services.town.search import Line
from desktop.pages.households.why import named
from desktop.widgets.colours import Tone
from desktop.widgets.dialogs import open_at
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.sheet import Cell, Column

_ENTERS, _LEAVES = "会符合", "会不符合"
COLUMNS = (
    Column("village", "村", 90),
    Column("group", "村民小组", 90, sortable=False),
    Column("head_name", "户主", 90),
    Column("size", "人口", 64, "right", summed=True),
    Column("attribute", "贫困户属性", 110),
    Column("per_head", "人均可支配（元）", 146, "right"),
    Column("moves", "按试算标准", 110),
    Column("status", "现在状态", 96),
)


class WhatIfDialog(QDialog):
    """Signal ``opened(household_id)``: the clerk wants to see one of them; the dialog is closed then."""

    opened = Signal(int)

    def __init__(self, found: WhatIf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "households.md#为什么")
        self.setWindowTitle("换一条标准，全镇哪些户会变")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.table = ListTable(COLUMNS, (_ENTERS, _LEAVES), "what-if", parent=self)
        self.told = label(told(found), "", self, wrap=True)
        whole, foot = column(self, 12, 20), row()
        whole.addWidget(label(f"按 {named(found.against)}试算", "heading", self))
        whole.addWidget(self.told)
        whole.addWidget(self.table, 1)
        self.empty = Empty("没有会变的户", "各户按两条标准，结果都一样。", parent=self)
        whole.addWidget(self.empty, 1)
        moved = bool(found.entering or found.leaving)
        self.table.setVisible(moved)
        self.empty.setVisible(not moved)
        how = "双击打开这一户。" if moved else ""
        foot.addWidget(label(f"只是试算，没有改动任何一户。{how}", "quiet", self))
        foot.addStretch(1)
        close = button("关闭", "plain", self)
        close.clicked.connect(self.accept)
        foot.addWidget(close)
        whole.addLayout(foot)
        open_at(self, 880, 560)
        self.table.set_items([*_items(found.entering, _ENTERS), *_items(found.leaving, _LEAVES)])
        self.table.opened.connect(self._on_opened)

    def _on_opened(self, household_id: object) -> None:
        if isinstance(household_id, int):
            self.opened.emit(household_id)
            self.accept()


def told(found: WhatIf) -> str:
    """Both numbers of both sides, and what could not be judged."""
    text = f"会由不符合变为符合 {_both(found.entering)}，会由符合变为不符合 {_both(found.leaving)}。"
    rest = f"另有 {found.unjudged} 户还没有收入核算，没有算在内。" if found.unjudged else ""
    return f"比较了 {found.judged} 户的收入核算表，按各户收入年度的识别标准与试算标准对照。{text}{rest}"


def _both(pairs: Sequence[tuple[Line, Crossing]]) -> str:
    return f"{len(pairs)} 户 {sum(crossing.size for _, crossing in pairs)} 人"


def _items(pairs: Sequence[tuple[Line, Crossing]], moves: str) -> list[Item]:
    tone: Tone = "pine" if moves == _ENTERS else "red"
    return [
        Item(
            (
                line.village, line.group, line.head_name, str(line.size), line.attribute, f"{crossing.per_head:,.2f}",
                Cell(moves, tone, "pill"), line.status.label,
            ),
            moves,
            line.id,
        )
        for line, crossing in pairs
    ]  # fmt: skip
