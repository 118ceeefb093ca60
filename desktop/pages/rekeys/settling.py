"""What differs, side by side: each difference is settled for the first entry or for the second; the rest is not shown."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.rules.rekey import FIRST, SECOND
from db.services.rekeying import rekeys
from db.services.rekeying.rekeys import Compared
from desktop.app.office import CASES, Office
from desktop.pages.rekeys.drawing import CHANGED
from desktop.widgets.empty import Empty
from desktop.widgets.faults import problems_of
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("label", "字段", 154, least=110),
    Column("first", "原录", 90, least=70),
    Column("second", "复录", 90, least=70),
    Column(FIRST, "", 112, sortable=False),
    Column(SECOND, "", 178, sortable=False),
)
_WORDS = {FIRST: "以原录为准", SECOND: "以复录为准（更正）"}


class SettlePane(QWidget):
    """Signal ``settled(text)``: choices were written."""

    settled = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._shown: Compared | None = None
        self._chosen: dict[str, str] = {}
        self._news = ""
        self.title = label("", "heading", self)
        self.who = label("", "quiet", self, wrap=True)
        self.list = ListTable(COLUMNS, name="rekey-differences", parent=self)
        self.same = Empty("两次录入完全一致", "没有要核对的字段。", parent=self)
        self.fault = label("", "fault", self, wrap=True)
        self.write = button("保存核对结果", "primary", self)
        whole, foot = column(self, 10), row()
        card = Card(parent=self, margin=0)
        card.body.addWidget(self.list, 1)
        card.body.addWidget(self.same, 1)
        whole.addWidget(self.title)
        whole.addWidget(self.who)
        whole.addWidget(card, 1)
        whole.addWidget(self.fault)
        foot.addWidget(self.write)
        foot.addStretch(1)
        whole.addLayout(foot)
        self.list.acted.connect(self._on_acted)
        self.list.opened.connect(self._on_opened)
        self.write.clicked.connect(self.save)

    def show_compared(self, found: Compared) -> None:
        """Show the differences of one household."""
        if self._shown is None or self._shown.item_id != found.item_id:
            self._chosen = {}
        self._shown = found
        self.fault.hide()
        self.title.setText(found.called)
        self.who.setText(
            f"原录 {found.first_by}，复录 {found.second_by}；复录 {found.fields} 项，{len(found.differences)} 项不一致。"
            "对照纸质原件，逐项选定以哪一次为准；以复录为准的按更正办理，须另一人在场并写明理由。"
        )
        self._renew()

    def is_dirty(self) -> bool:
        """Whether choices would be lost."""
        return bool(self._chosen)

    def drop(self) -> None:
        """Give the choices up."""
        self._chosen = {}

    def save(self) -> None:
        """Ctrl+S: write the choices; a correction asks for the second person and the reason."""
        if self._shown is None or not self._chosen:
            return
        second, reason = None, ""
        wrong = sum(choice == SECOND for choice in self._chosen.values())
        if wrong:
            why = f"{self._shown.called}有 {wrong} 项以复录为准；用过这些内容的步骤会作废重做，原来的仍留在经过里。"
            answer = self._office.second(self, f"更正原录 {wrong} 项", why)
            if answer is None:
                return
            second, reason = answer
        self._news = f"{self._shown.called}已核对 {len(self._chosen)} 项，其中更正 {wrong} 项"
        self.write.setEnabled(False)
        self._office.write(
            "核对复录差异", rekeys.settle, self._shown.item_id, dict(self._chosen), reason, done=self._on_written,
            failed=self._on_failed, changes=CASES | CHANGED if wrong else CHANGED, by=self, second=second,
        )  # fmt: skip

    def _renew(self) -> None:
        assert self._shown is not None
        found = self._shown.differences
        self.list.setVisible(bool(found))
        self.same.setVisible(not found)
        items = []
        for d in found:
            chosen = d.settled or self._chosen.get(d.key, "")
            cells = [Cell(d.label, tip=d.label), Cell(d.first or "（空）"), Cell(d.second or "（空）", "ochre")]
            for way in (FIRST, SECOND):
                if d.settled:
                    cells.append(Cell(_WORDS[way] if d.settled == way else "", "pine", "pill"))
                else:
                    cells.append(Cell(f"✓ {_WORDS[way]}" if chosen == way else _WORDS[way], "", "button"))
            items.append(Item(tuple(cells), thing=d.key))
        here = self.list.table.currentIndex().row() if self.list.count() else -1
        self.list.set_items(items)
        if items:
            self.list.table.go_to(min(max(here, 0), len(items) - 1))
        self.write.setVisible(any(not d.settled for d in found))
        self.write.setEnabled(bool(self._chosen))
        self.write.setText(f"保存核对结果（{len(self._chosen)} 项）")

    def _on_acted(self, thing: object, way: str) -> None:
        assert self._shown is not None
        still = {d.key for d in self._shown.differences if not d.settled}
        if thing in still:
            self._chosen[str(thing)] = way
            self._renew()

    def _on_opened(self, thing: object) -> None:
        """Enter turns from one entry to the other, for those who work by keyboard."""
        self._on_acted(thing, SECOND if self._chosen.get(str(thing)) == FIRST else FIRST)

    def _on_written(self, _: None) -> None:
        self._chosen = {}
        self.settled.emit(self._news)

    def _on_failed(self, error: Exception) -> None:
        self.write.setEnabled(True)
        self.fault.setText("；".join(problem.text for problem in problems_of(error)))
        self.fault.show()
