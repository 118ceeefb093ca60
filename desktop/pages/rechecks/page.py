"""回头看: a round over the register of a village or the town, worked through household by household, and its printed result."""

from __future__ import annotations

from typing import ClassVar

from PySide6.QtWidgets import QWidget

from db.papers import recheck as paper
from db.papers.recheck import RecheckFacts
from db.rules.codes import Recheck
from db.services.deciding import rechecks
from db.services.deciding.rechecks import Round, Target
from db.services.town import town
from desktop.app.office import Office
from desktop.pages.rechecks.begin import BeginDialog
from desktop.pages.rechecks.pane import RecheckPane
from desktop.printing.window import show_paper
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.faults import problems_of
from desktop.widgets.looks import column, label, row
from desktop.widgets.page import Page
from desktop.widgets.picks import Box
from desktop.widgets.stack import Stack

_SUBTITLE = "在册的户逐户核查：该进的进，该出的出。清退与识别一样，须民主评议、公示、县审定。"
_TODO = "选一个村或全镇开始一轮，逐户录入保留、更正或清退。"


class RechecksPage(Page):
    """``open_thing``: a round's id shows it."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "rechecks", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("回头看", _SUBTITLE, parent)
        self._office = office
        self._rounds: tuple[Round, ...] = ()
        self._wanted = 0
        self.dialog: BeginDialog | None = None
        self.print = self.add_button("打印结果表")
        self.new = self.add_button("开始一轮回头看", "primary")
        self.round = Box(self)
        self.round.setProperty("help", "rechecks.md#开始一轮")
        self.round.setAccessibleName("轮次")
        self.round.setMinimumWidth(260)
        self.progress = label("", "strong", self)
        self.found = label("", "quiet", self)
        self.pane = RecheckPane(office, self)
        self.empty = Empty("还没有回头看", _TODO, "开始一轮回头看")
        self.stack = Stack(self)
        self._lay_out()
        self.round.activated.connect(self._on_round)
        self.new.clicked.connect(self.begin)
        self.empty.acted.connect(self.begin)
        self.print.clicked.connect(self.preview)

    def refresh(self) -> None:
        self._office.read("读取回头看", rechecks.rounds, done=self._show)

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, int):
            self._wanted = thing
            if self.isVisible() and not self.stale:
                self.refresh()

    def save(self) -> None:
        if self.stack.currentIndex() == 1:
            self.pane.press()

    def preview(self) -> None:
        """Show the printed result of the round."""
        if self._rounds:
            self._office.read("排回头看结果表", rechecks.paper, self.round.currentData(), done=self._show_paper)

    def may_leave(self) -> bool:
        if not self.pane.form.is_dirty():
            return True
        answers = (Answer("不保存，离开", "drop", "danger"), Answer("接着录", "stay", "primary"))
        if ask(self, "还没有录入", "核查结果填了一半，还没有录入。", answers) != "drop":
            return False
        self.pane.form.set_clean()
        return True

    def begin(self) -> None:
        """Ask for the place and the day of a new round and begin it."""
        today = self._office.record.clock.now().date()
        self.dialog = BeginDialog(self._office.see(town.villages), today, self)
        self.dialog.agreed.connect(self._on_agreed)
        self.dialog.finished.connect(self._on_finished)
        self.dialog.open()

    def _lay_out(self) -> None:
        whole = QWidget(self)
        inner, head = column(whole, 10), row(gap=12)
        parts: tuple[QWidget, ...] = (label("轮次", "", self), self.round, self.progress, self.found)
        for part in parts:
            head.addWidget(part)
        head.addStretch(1)
        inner.addLayout(head)
        inner.addWidget(self.pane, 1)
        self.stack.addWidget(self.empty)
        self.stack.addWidget(whole)
        self.body.addWidget(self.stack, 1)

    def _show(self, found: tuple[Round, ...]) -> None:
        here = self._wanted or self.round.currentData()
        self._rounds, self._wanted = found, 0
        self.round.clear()
        for one in found:
            self.round.addItem(one.label, one.id)
        self.round.setCurrentIndex(max(self.round.findData(here), 0) if found else -1)
        self.stack.setCurrentIndex(1 if found else 0)
        self.print.setVisible(bool(found))
        self.new.setVisible(bool(found))
        self._on_round()

    def _on_round(self) -> None:
        shown = self._current()
        if shown is None:
            return
        done, left = shown.progress.done, shown.progress.left
        self.progress.setText(f"已核查 {done}，未核查 {left}" if left.households else f"已全部核查 {done}")
        words = [f"{one.label} {shown.found[one]}" for one in Recheck if shown.found[one].households]
        self.found.setText("　".join(words))
        self.print.setEnabled(bool(done.households))
        self._office.read("读取核查农户", rechecks.targets, shown.id, done=self._show_targets)

    def _show_targets(self, found: tuple[Target, ...]) -> None:
        shown = self._current()
        if shown is not None:
            self.pane.show_round(shown.id, found)

    def _current(self) -> Round | None:
        return next((r for r in self._rounds if r.id == self.round.currentData()), None)

    def _on_agreed(self) -> None:
        if self.dialog is not None:
            self._office.write(
                "开始回头看", rechecks.begin, self.dialog.village(), self.dialog.day(), done=self._on_begun,
                failed=self._on_refused, changes=frozenset({"rechecks"}), by=self,
            )  # fmt: skip

    def _on_refused(self, error: Exception) -> None:
        if self.dialog is not None:
            self.dialog.show_error(error)
        else:
            self.said.emit("；".join(p.text for p in problems_of(error)), "red")

    def _on_finished(self, _: int) -> None:
        self.dialog = None

    def _on_begun(self, round_id: int) -> None:
        if self.dialog is not None:
            self.dialog.accept()
        self._wanted = round_id
        self.said.emit("已开始一轮回头看，逐户核查后在这里录入结果", "pine")
        self.refresh()

    def _show_paper(self, facts: RecheckFacts) -> None:
        show_paper(self, paper.build(facts))
