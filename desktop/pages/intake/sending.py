"""发给村里填: choose villages and columns, write one workbook a village, and see which of those that went out came back."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Cancelled, Known, Refused
from db.services.sheets import roundtrip, sendouts
from db.services.sheets.roundtrip import Sent
from db.services.sheets.sendouts import Outcome, Place
from desktop.app.office import Office
from desktop.app.paths import clerks_folder
from desktop.app.ticket import Ticket
from desktop.pages.intake.asked import AskedColumns
from desktop.widgets.faults import problems_of
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, column, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.strip import Strip
from desktop.widgets.ticks import Tickable, Ticks

_VILLAGES = (
    Column("name", "村", 110, least=80),
    Column("households", "户", 60, "right"),
    Column("persons", "人", 64, "right"),
)
_SENT = (
    Column("village", "村", 84),
    Column("standing", "状态", 110),
    Column("at", "发出", 126),
    Column("by", "经办人", 76),
    Column("rows", "行数", 60, "right"),
    Column("columns", "要填的栏", 260, sortable=False, least=120),
    Column("file", "文件", 250, sortable=False, least=140),
    Column("close", "", 100, sortable=False),
)
_OUT, _BACK = "在外", "已收回"
_WIDTH = 370


class SendingView(QWidget):
    """Signal ``ready(villages, households, columns)``: what the button may send now."""

    ready = Signal(int, int, int)

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that acts, so that it skips its own echo."""
        super().__init__(parent)
        self.setProperty("help", "intake.md#发给村里填")
        self._office = office
        self._by = by
        self._folder = clerks_folder()
        self.strip = Strip((), self)
        self.villages = Ticks(_VILLAGES, "村", self)
        self.asked = AskedColumns(self)
        self.sent = ListTable(_SENT, (_OUT, _BACK), "intake-sent", parent=self)
        self._lay_out()
        self.villages.changed.connect(self._count)
        self.asked.changed.connect(self._count)
        self.sent.acted.connect(self._on_acted)

    def begin(self) -> None:
        """Read villages, sheets and what was asked for last."""
        self.strip.say("")
        self._office.read("读取各村户数", sendouts.places, done=self._show_places)
        self._office.read("读取上次要填的栏", sendouts.last_columns, done=self.asked.choose)
        self.refresh()

    def refresh(self) -> None:
        """Read the sheets that went out anew."""
        self._office.read("读取发出的表", roundtrip.sheets, done=self._show_sheets)

    def choose(self) -> None:
        """Ask for the folder and send."""
        chosen = QFileDialog.getExistingDirectory(self, "填报表存到哪个文件夹", str(self._folder))
        if chosen:
            self.send_into(Path(chosen))

    def send_into(self, folder: Path) -> None:
        """Write a workbook for each ticked village into a folder."""
        self._folder = folder
        places, names, record = self._ticked(), self.asked.chosen(), self._office.record

        def send(ticket: Ticket) -> Outcome:
            return sendouts.send_all(record, places, names, folder, ticket)

        self.strip.say("")
        self.ready.emit(0, 0, 0)
        self._office.long("写填报表", send, self._on_sent, self._on_unsent, by=self._by, writes=True)

    def _ticked(self) -> list[Place]:
        return [thing for thing in self.villages.ticked() if isinstance(thing, Place)]

    def _show_places(self, found: Sequence[Place]) -> None:
        self.villages.set_rows([
            Tickable((p.name, f"{p.households:,}", f"{p.persons:,}"), p, barred=not p.households) for p in found
        ])  # fmt: skip
        self._count()

    def _show_sheets(self, found: Sequence[Sent]) -> None:
        today = self._office.record.clock.now().date()
        self.sent.set_items([_item(sent, today) for sent in found])

    def _count(self) -> None:
        places, columns = self._ticked(), len(self.asked.chosen())
        may = bool(places and columns)
        self.ready.emit(len(places) if may else 0, sum(p.households for p in places), columns)

    def _on_sent(self, done: Outcome) -> None:
        where = done.files[0].parent
        text = f"已写出 {len(done.files)} 个村 {done.households:,} 户的填报表，在“{where}”。"
        if done.beside:
            text += f"文件夹里原有同名文件，没有动，新的另起了名：{'、'.join(done.beside[:3])}。"
        if done.left:
            text += f"{'、'.join(done.left)}没有写出：{done.why}"
        self.strip.say(text, "ochre" if done.left or done.beside else "pine")
        self._count()
        self.refresh()

    def _on_unsent(self, error: Exception) -> None:
        if isinstance(error, Refused | Known):
            self.strip.say("；".join(p.text for p in problems_of(error)), "red")
        else:
            stopped = "停下了，" if isinstance(error, Cancelled) else ""
            self.strip.say(f"{stopped}没有写出任何表，档案没有改动。", "ochre")
        self._count()

    def _on_acted(self, thing: object, _: str) -> None:
        if isinstance(thing, Sent):
            self._office.write(
                "登记收回", sendouts.close, thing.id, done=self._on_closed, changes=frozenset(), by=self._by
            )

    def _on_closed(self, _: object) -> None:
        self.strip.say("已登记收回。以后这张表又交上来，照样可以录入。", "pine")
        self.refresh()

    def _lay_out(self) -> None:
        whole, upper = column(self, 12), row(gap=14)
        where, went = Card("发给哪些村", self), Card("发出的表", self)
        where.setFixedWidth(_WIDTH)
        where.body.addWidget(self.villages, 1)
        went.body.addWidget(self.sent, 1)
        upper.addWidget(where)
        upper.addWidget(self.asked, 1)
        whole.addWidget(self.strip)
        whole.addLayout(upper, 3)
        whole.addWidget(went, 2)


def _item(sent: Sent, today: date) -> Item:
    days = (today - sent.at.date()).days
    out = sent.returned is None
    standing = (
        Cell(f"在外 {days} 天" if days else "今天发出", "ochre", "pill")
        if sent.returned is None
        else Cell(f"{sent.returned:%m-%d} 收回", "pine", "pill", tip=sent.back or "只登记了收回，没有读入文件")
    )
    asked = "、".join(sent.columns)
    cells = (
        sent.village, standing, f"{sent.at:%Y-%m-%d %H:%M}", sent.by, f"{sent.rows:,}", Cell(asked, tip=asked),
        Cell(sent.file_name, tip=sent.file_name), Cell("登记收回" if out else "", look="button"),
    )  # fmt: skip
    return Item(cells, _OUT if out else _BACK, sent)
