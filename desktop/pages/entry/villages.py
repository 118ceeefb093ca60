"""Second step of the guide: the villages and their groups, typed or pasted, in a grid that can be edited like a sheet of WPS."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.kinds import Count, Unreadable
from db.fields.town import GROUPS, VILLAGE, VILLAGE_PHONE
from db.rules.groups import doubles, groups_from, separated
from desktop.pages.entry.step import Step
from desktop.widgets.grid import Grid
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.secret import Captioned, TextLine

DEFAULT_GROUPS = "8"
_WORDS = "把村名一次粘贴进来（从 WPS 复制一列，或“华新村，坪南村……”），小组和电话在表里改。第三组、第三村民小组、3组 是同一个组。"


@dataclass(frozen=True, slots=True)
class VillageRow:
    """One village as it stands in the grid."""

    name: str
    groups: tuple[str, ...]
    phone: str


class VillagesStep(Step):
    """``villages`` is what was entered."""

    name = "村和村民小组"

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("村和村民小组", _WORDS, parent)
        self.setProperty("help", "first.md#村和小组")
        self.names = TextLine("村名（多个村用逗号、顿号、空格或换行隔开）", self, "华新村，坪南村，……")
        self.each = TextLine("每村几个小组", self)
        self.each.set_text(DEFAULT_GROUPS)
        self.each.setFixedWidth(110)
        self.add = button("加入下表", "plain", self)
        self.grid = Grid((VILLAGE, GROUPS, VILLAGE_PHONE), "村", self)
        self.grid.view.setColumnWidth(0, 200)
        self.grid.view.setColumnWidth(1, 480)
        self.total = label("", "quiet", self)
        self._fill()
        self.add.clicked.connect(self._on_add)
        self.names.entered.connect(self._on_add)
        self.grid.changed.connect(self._count)
        self.grid.ended.connect(self.ended)
        self._count()

    def villages(self) -> tuple[VillageRow, ...]:
        """What stands in the grid; villages without groups have the default number."""
        return tuple(
            VillageRow(line["village"] or "", groups_from(line["groups"] or "", self._each()), line["phone"] or "")
            for line in self.grid.rows()
        )

    def complete(self) -> bool:
        each = self._each()
        self.each.set_fault("" if each else "请填 1 到 99")
        fit = self.grid.check(demanded=True)
        if fit:
            problems = list(self._problems())
            self.grid.show_problems(problems)
            fit = not problems
        return fit and bool(each)

    def take_focus(self) -> None:
        self.names.setFocus()

    def _problems(self) -> Iterator[tuple[int, Problem]]:
        villages = self.villages()
        if not villages:
            yield -1, Problem("至少要有一个村，请粘贴或输入村名。")
        twice = Counter(one.name for one in villages)
        for at, one in zip(self.grid.model.filled(), villages, strict=True):
            if twice[one.name] > 1:
                yield at, Problem(f"“{one.name}”有 {twice[one.name]} 行，请去掉多余的。", VILLAGE.key)
            for first, second in doubles(one.groups):
                yield at, Problem(f"“{first}”和“{second}”是同一个组，请去掉一个。", GROUPS.key)

    def _each(self) -> int:
        try:
            count = Count(most=Decimal(99)).read(self.each.text())
        except Unreadable:
            return 0
        return count or 0

    def _on_add(self) -> None:
        known = {one.name for one in self.villages()}
        fresh = [name for name in dict.fromkeys(separated(self.names.text())) if name not in known]
        if fresh:
            groups = "、".join(groups_from("", self._each()))
            at = len(self.grid.model.filled())
            self.grid.model.put(at, 0, [[name, groups] for name in fresh])
            self.names.set_text("")
        elif not self.names.text() and known:
            self.ended.emit()
            return
        self.names.set_fault("" if fresh else "请输入或粘贴还没有加入的村名。")
        self.names.setFocus()

    def _count(self) -> None:
        villages = self.villages()
        groups = sum(len(one.groups) for one in villages)
        self.total.setText(f"共 {len(villages)} 个村 {groups} 个小组" if villages else "还没有村")

    def _fill(self) -> None:
        line = row()
        line.addWidget(self.names, 1)
        line.addWidget(self.each)
        line.addWidget(Captioned("", self.add, self))
        sheet = Card(parent=self)
        sheet.body.addLayout(line)
        sheet.body.addWidget(self.grid, 1)
        sheet.body.addWidget(self.total)
        self.inner.addWidget(sheet, 1)
