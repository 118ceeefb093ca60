"""文号登记: what went out and what came in under which number, in the order of the entries; a new line is entered at the side.

Numbers typed on the pages of the reviews and the county are registered there and only shown here.
"""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from db.papers.documents import RegisterFacts, build
from db.rules.codes import Direction
from db.services.cases import documents
from db.services.cases.documents import Document
from desktop.app.office import Office
from desktop.pages.documents.entry import EntrySide
from desktop.printing.window import show_paper
from desktop.widgets.colours import Tone
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import ALL, Item, ListTable
from desktop.widgets.looks import Card, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("direction", "去向", 56),
    Column("number", "文号", 180),
    Column("dated", "成文日期", 98),
    Column("title", "标题", 240, least=84),
    Column("body", "机关", 106, least=98),
    Column("used_for", "用于", 150, least=76),
    Column("actor", "登记人", 76),
    Column("note", "备注", 110, least=48),
)
SIDE = 312


class DocumentsPage(Page):
    """``open_thing`` takes a number (text) and looks for it."""

    interests: ClassVar[frozenset[str]] = frozenset({"documents", "batches", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("文号登记", "发文、来文的文号各登记一次；镇审核和县文件处填的文号自动登记到这里。", parent)
        self._office = office
        self.out = self.add_button("打印发文登记簿")
        self.come_in = self.add_button("打印收文登记簿")
        self.year: QComboBox = Box(self)
        self.year.setAccessibleName("年度")
        self.year.setMinimumWidth(120)
        self.look = QLineEdit(self)
        for part in (self.year, self.look):
            part.setProperty("help", "documents.md#找一件")
        self.look.setPlaceholderText("查文号、标题、机关")
        self.look.setClearButtonEnabled(True)
        self.look.setAccessibleName("查找")
        self.list = ListTable(COLUMNS, Direction.labels(), "documents", parent=self)
        self.gone = label("", "warn", self, wrap=True)
        self.empty = Empty("还没有登记文号", "在右边登记第一件；下一个文号已经排好，可以改。", parent=self)
        self.side = EntrySide(office, self)
        self._lay_out()
        self.out.clicked.connect(self._on_print_out)
        self.come_in.clicked.connect(self._on_print_in)
        self.year.activated.connect(self._show)
        self.look.textChanged.connect(self._show)
        self.list.current_changed.connect(self._on_current)
        self.list.filtered.connect(self._on_filtered)
        self.list.table.selection_said.connect(self.selection_said)
        self.side.done.connect(self._on_done)

    def refresh(self) -> None:
        here = self._year()
        years = self._office.see(documents.years)
        self.year.clear()
        self.year.addItems([f"{year} 年" for year in years] + ["各年"])
        self.year.setCurrentText(f"{here} 年" if here in years else f"{years[0]} 年")
        self.side.renew(self._direction())
        self._show()

    def save(self) -> None:
        self.side.save()

    def preview(self) -> None:
        self._print(self._direction() or Direction.OUT)

    def may_leave(self) -> bool:
        if not self.side.is_dirty():
            return True
        answers = (Answer("留下继续", "stay"), Answer("不要了", "drop", "danger"))
        if ask(self, "右边登记的还没有保存", "离开就不要了吗？", answers) != "drop":
            return False
        self.side.clear()
        return True

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, str):
            self.year.setCurrentText("各年")
            self.look.setText(thing)

    def _lay_out(self) -> None:
        split, bar = row(gap=14), row(gap=10)
        sheet = Card(parent=self, margin=10)
        bar.addWidget(self.year)
        bar.addWidget(self.look, 1)
        sheet.body.addLayout(bar)
        sheet.body.addWidget(self.list, 1)
        sheet.body.addWidget(self.empty, 1)
        sheet.body.addWidget(self.gone)
        self.side.setObjectName("ground")
        self.side.setFixedWidth(SIDE)
        split.addWidget(sheet, 1)
        split.addWidget(self.side)
        self.body.addLayout(split, 1)

    def _year(self) -> int | None:
        text = self.year.currentText().partition(" ")[0]
        return int(text) if text.isdigit() else None

    def _direction(self) -> Direction | None:
        return next((one for one in Direction if self.list.chip(one.label).isChecked()), None)

    def _show(self) -> None:
        found = self._office.see(documents.listed, None, self._year(), self.look.text())
        self.list.set_items([_item(one) for one in found])
        searched = bool(self.look.text().strip())
        self.list.setVisible(bool(found) or searched)
        self.empty.setVisible(not found and not searched)
        gone = self._office.see(documents.missing, self._year())
        self.gone.setText(f"发文缺号：{'、'.join(gone)}" if gone else "")
        self.gone.setVisible(bool(gone))
        self._on_current(self.list.current_thing())

    def _print(self, direction: Direction) -> None:
        year = self._year() or self._office.record.clock.now().date().year
        self._office.read("排登记簿", documents.paper, direction, year, done=self._show_paper)

    def _show_paper(self, facts: RegisterFacts) -> None:
        show_paper(self, build(facts))

    def _on_print_out(self) -> None:
        self._print(Direction.OUT)

    def _on_print_in(self) -> None:
        self._print(Direction.IN)

    def _on_current(self, thing: object) -> None:
        self.side.show_document(thing if isinstance(thing, Document) else None)

    def _on_filtered(self, group: str) -> None:
        if group != ALL and not self.side.is_dirty():
            self.side.renew(Direction.by_label(group))

    def _on_done(self, text: str) -> None:
        self.said.emit(text, "pine")
        self.renew()


def _item(one: Document) -> Item:
    used = Cell(f"作废：{one.void}", "red", tip=one.void) if one.void else Cell(one.used_for or "—", tip=one.used_for)
    quiet: Tone = "grey" if one.void else ""
    number, dated, title, body, actor, note = (
        Cell(text, quiet, tip=text)
        for text in (one.number, f"{one.dated:%Y-%m-%d}", one.title, one.body, one.actor, one.note)
    )
    direction = Cell(one.direction.label, "pine" if one.direction is Direction.OUT else "ochre")
    return Item((direction, number, dated, title, body, used, actor, note), one.direction.label, one)
