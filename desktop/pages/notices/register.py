"""异议登记簿: every objection of the record with what came of it; an open one is investigated from here."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.papers.model import Paper
from db.papers.objections import ObjectionsFacts, build
from db.services.notices import board as noticeboard
from db.services.notices.board import Board
from db.services.notices.objections import ObjectionView
from db.services.papers import answers as answer_papers
from desktop.app.office import Office
from desktop.forms.panel import Panel
from desktop.pages.notices.detail import finding_cell
from desktop.printing.window import show_paper
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button
from desktop.widgets.sheet import Cell, Column

OPEN, SETTLED = "待核查", "已办结"
COLUMNS = (
    Column("on", "收到", 90),
    Column("household", "涉及户", 190),
    Column("objector", "异议人", 84),
    Column("channel", "方式", 64),
    Column("content", "内容", 300),
    Column("finding", "结果", 150),
    Column("people", "核查人", 130),
    Column("answered", "答复", 90),
)


class RegisterPanel(Panel):
    """Signal ``investigate_asked(id)``: an open objection is to be investigated, a settled one answered."""

    investigate_asked = Signal(int)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "异议登记簿", parent)
        self.confirm.setText("核查这一件")
        self.cancel.setText("返回")
        self.list = ListTable(COLUMNS, (OPEN, SETTLED), "objections", parent=self)
        self.print = button("打印异议登记表", "plain", self)
        self.print.clicked.connect(self._on_print)
        self.foot.insertWidget(1, self.print)
        self.answer = button("打印答复书", "plain", self)
        self.answer.clicked.connect(self._on_answer)
        self.foot.insertWidget(2, self.answer)
        sheet = Card(parent=self)
        sheet.body.addWidget(self.list)
        self.body.addWidget(sheet, 1)
        self.list.opened.connect(self._on_opened)
        self.list.current_changed.connect(self._on_current)

    def start(self, board: Board) -> None:
        """Show the register."""
        still_open = len(board.open_objections)
        self.print.setText(f"打印异议登记表（{len(board.objections)} 件）")
        self.note.setText(f"共 {len(board.objections)} 件，{still_open} 件待核查。")
        self.list.set_items([_item(o) for o in board.objections])
        self.list.choose(OPEN if still_open else "全部")
        if self.list.count():
            self.list.table.selectRow(0)
        self._on_current(self.list.current_thing())

    def _on_print(self) -> None:
        self.office.read("排异议登记表", noticeboard.register_paper, done=self._show_paper)

    def _on_answer(self) -> None:
        thing = self.list.current_thing()
        if isinstance(thing, ObjectionView):
            self.office.read("准备答复书", answer_papers.answer, thing.id, done=self._show_answer)

    def _show_answer(self, paper: Paper) -> None:
        show_paper(self, paper)

    def _show_paper(self, facts: ObjectionsFacts) -> None:
        show_paper(self, build(facts))

    def carry_out(self) -> None:
        self._on_opened(self.list.current_thing())

    def _on_current(self, thing: object) -> None:
        ready = isinstance(thing, ObjectionView) and thing.is_open
        settled = isinstance(thing, ObjectionView) and not thing.is_open
        self.confirm.setEnabled(ready or settled)
        self.confirm.setText("登记答复" if settled else "核查这一件")
        self.answer.setEnabled(isinstance(thing, ObjectionView) and not thing.is_open)

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, ObjectionView):
            self.investigate_asked.emit(thing.id)


def _item(objection: ObjectionView) -> Item:
    facts = objection.investigation.facts if objection.investigation else {}
    cells: tuple[str | Cell, ...] = (
        objection.received_on.isoformat(),
        objection.household,
        objection.objector or "匿名",
        objection.channel,
        Cell(objection.content, tip=objection.content),
        finding_cell(objection),
        "、".join(facts.get("investigators", ())),
        objection.answered.on.isoformat() if objection.answered.on else "未答复" if not objection.is_open else "",
    )
    return Item(cells, OPEN if objection.is_open else SETTLED, objection)
