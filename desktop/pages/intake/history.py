"""历次录入: the files taken in, what each wrote, and taking one back as long as nothing was built on it."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from db.errors import Known, Refused
from db.services.sheets import undo as import_undo
from db.services.sheets.runs import Run
from db.services.sheets.undo import Undoing
from desktop.app.office import CASES, Office
from desktop.app.ticket import Ticket
from desktop.pages.intake.previewing import both
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.strip import Strip

_COLUMNS = (
    Column("at", "时间", 130),
    Column("file", "文件", 250, least=140),
    Column("actor", "经办人", 80),
    Column("new", "新增", 120, "right", sortable=False),
    Column("changed", "变动", 120, "right", sortable=False),
    Column("mended", "就地改的格", 96, "right"),
    Column("undo", "", 96, sortable=False),
    Column("standing", "能否撤销", 260, sortable=False, least=160),
)
_SHOWN = 8


class History(QWidget):
    """Signals: ``undone()`` a file was taken back."""

    undone = Signal()

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that acts, so that it skips its own echo."""
        super().__init__(parent)
        self._office = office
        self._by = by
        self._wanted = 0
        self.title = label("历次录入", "heading", self)
        self.strip = Strip((), self)
        self.table = ListTable(_COLUMNS, name="intake-history", parent=self)
        self.box = UndoBox(self)
        whole = column(self)
        for part in (self.title, self.strip, self.box):
            whole.addWidget(part)
        whole.addWidget(self.table, 1)
        self.table.acted.connect(self._on_acted)
        self.box.agreed.connect(self._on_agreed)
        self.setVisible(False)

    def refresh(self, wanted: int = 0) -> None:
        """Read the list anew; ``wanted`` is a run whose undoing is asked for at once."""
        self._wanted = wanted
        self._office.read("读取历次录入", import_undo.history, done=self._show)

    def ask(self, run_id: int) -> None:
        """Show what undoing a run would do and ask for the reason."""
        self.strip.say("")
        self._office.read("核对能否撤销", import_undo.look, run_id, done=self.box.ask)

    def _show(self, found: Sequence[tuple[Run, int]]) -> None:
        self.setVisible(bool(found))
        self.table.set_items([_item(run, built) for run, built in found])
        if self._wanted:
            self.ask(self._wanted)
            self._wanted = 0

    def _on_acted(self, thing: object, _: str) -> None:
        if isinstance(thing, Run):
            self.ask(thing.id)

    def _on_agreed(self, run_id: int, reason: str) -> None:
        def take_back(ticket: Ticket) -> Undoing:
            done: Undoing = self._office.act(import_undo.undo, run_id, reason, ticket)
            return done

        self._office.long(
            "撤销录入", take_back, self._on_undone, self._on_kept, changes=CASES, by=self._by, writes=True
        )

    def _on_undone(self, done: Undoing) -> None:
        self.box.close_it()
        self.strip.say(
            f"已撤销“{done.run.file_name}”的录入：{_what(done, '撤下', '恢复')}。撤下的户的身份证号可以重新录入。",
            "pine",
        )
        self.refresh()
        self.undone.emit()

    def _on_kept(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.box.say("；".join(p.text for p in error.problems))
        elif isinstance(error, Known):
            self.strip.say(f"{error.text}{error.remedy}", "red")
        else:
            self.strip.say("没有撤销，档案没有改动。", "ochre")


class UndoBox(Card):
    """What undoing a run would do, and the reason it must be given. Signal ``agreed(run_id, reason)``."""

    agreed = Signal(int, str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("撤销录入", parent)
        self.setProperty("help", "intake.md#撤销一次录入")
        self._run_id = 0
        self.what = label("", "", self, wrap=True)
        self.built = label("", "fault", self, wrap=True)
        self.reason = QLineEdit(self)
        self.reason.setPlaceholderText("为什么撤销（会记入经过）")
        self.reason.setAccessibleName("撤销的理由")
        self.do_it = button("撤销这次录入", "danger", self)
        self.leave = button("不撤了", "plain", self)
        line = row()
        line.addWidget(self.reason, 100)
        line.addWidget(self.do_it)
        line.addWidget(self.leave)
        line.addStretch(1)
        self.body.addWidget(self.what)
        self.body.addWidget(self.built)
        self.body.addLayout(line)
        self.do_it.clicked.connect(self._on_do_it)
        self.reason.returnPressed.connect(self._on_do_it)
        self.leave.clicked.connect(self.close_it)
        self.close_it()

    def ask(self, found: Undoing) -> None:
        """Ask about one run; where something was built on it only say what."""
        self._run_id = found.run.id
        free = not found.built
        self.set_title(f"撤销“{found.run.file_name}”的录入")
        self.what.setText(
            f"将{_what(found, '撤下', '恢复成录入前的')}；撤下的户以后可以重新录入，经过都留在档案里。" if free else ""
        )
        self.what.setVisible(free)
        self.say(_built(found))
        for part in (self.reason, self.do_it):
            part.setVisible(free)
        self.do_it.setText(f"撤销这次录入（{_what(found, '撤下', '恢复')}）")
        self.leave.setText("不撤了" if free else "知道了")
        self.reason.clear()
        self.show()
        (self.reason if free else self.leave).setFocus()

    def say(self, text: str) -> None:
        """Say what stands in the way."""
        self.built.setText(text)
        self.built.setVisible(bool(text))

    def close_it(self) -> None:
        """Nothing is undone."""
        self.hide()

    def _on_do_it(self) -> None:
        if not self.reason.text().strip():
            self.say("请写明为什么撤销，会记入经过")
            self.reason.setFocus()
            return
        self.agreed.emit(self._run_id, self.reason.text())


def _built(found: Undoing) -> str:
    if not found.built:
        return ""
    homes = len({problem.where for problem in found.built})
    shown = "；".join(problem.text for problem in found.built[:_SHOWN])
    more = f"；等 {homes} 户" if len(found.built) > _SHOWN else ""
    return f"不能撤销：有 {homes} 户录入以后又办了事。{shown}{more}。请先按“更正”办好这几户，或只改这几户的资料。"


def _what(found: Undoing, withdrawn: str, restored: str) -> str:
    parts = [f"{withdrawn}新增的 {both(found.withdrawn)}"] if found.withdrawn[0] else []
    if found.restored[0]:
        parts.append(f"{restored} {both(found.restored)}")
    return "、".join(parts)


def _item(run: Run, built: int) -> Item:
    free = not run.undone and not built
    standing = run.undone or (f"{built:,} 户录入以后又办了事，不能撤销" if built else "可以撤销")
    cells = (
        f"{run.at:%Y-%m-%d %H:%M}",
        Cell(run.file_name or "（没有文件名）", tip=run.file_name),
        run.actor,
        both(run.new) if run.new[0] else "",
        both(run.changed) if run.changed[0] else "",
        f"{run.mended:,}" if run.mended else "",
        Cell("" if run.undone else "撤销…" if free else "看原因…", look="button"),
        Cell(standing, "pine" if free else "grey", tip=standing),
    )
    return Item(cells, thing=run)
