"""办理方式: what differs from town to town. A change needs the reviewer and holds for what begins after it."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.rules.codes import Role
from db.services.office import settings
from db.services.town import town
from db.services.town.town import Options
from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.app.townform import LAYOUT, LOOKS
from desktop.pages.care.panel import Panel
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.form import Form
from desktop.widgets.looks import button, label, row

TOWN = frozenset({"town", "cases", "batches"})
_WORDS = "改动须由审核人确认并留痕，只对以后开始的事有效：已张贴的公示仍按张贴时的算法，只能延长不能缩短。"


class WaysPanel(Panel):
    """The same form as in the first-start guide."""

    title = "办理方式"

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self.form = Form(LAYOUT, self, looks=LOOKS)
        self.save_button = button("保存（审核人确认）", "primary", self)
        self.undo = button("不改了", "plain", self)
        top = row()
        top.addWidget(label(_WORDS, "quiet", self, wrap=True), 1)
        top.addWidget(self.undo)
        top.addWidget(self.save_button)
        self.whole.addLayout(top)
        self.whole.addWidget(self.form, 1)
        self.form.changed.connect(self._mark)
        self.form.save_asked.connect(self.save)
        self.form.cancel_asked.connect(self._show)
        self.undo.clicked.connect(self._show)
        self.save_button.clicked.connect(self.save)

    def refresh(self) -> None:
        if not self.form.is_dirty():
            self._show()

    def may_leave(self) -> bool:
        if not self.form.is_dirty():
            return True
        answers = (Answer("不要这些改动", "drop", "danger"), Answer("留在这里", "stay", "primary"))
        left = ask(self, "办理方式改了没有保存", "离开会丢掉刚才的改动。", answers) == "drop"
        if left:
            self._show()
        return left

    def save(self) -> None:
        """Ctrl+S: check, ask the reviewer, write."""
        if not self.form.is_dirty() or not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return
        second = None
        if self.office.record.actor.role is not Role.REVIEWER:
            answer = self.office.second(self, "更改办理方式", "请审核人核对改动并确认。", reviewer=True)
            if answer is None:
                return
            second = answer[0]
        self.office.write(
            "更改办理方式", settings.change, Options.of_values(self.form.values()),
            done=self._on_saved, failed=self._on_refused, changes=TOWN, by=self, second=second,
        )  # fmt: skip

    def _show(self) -> None:
        self.form.set_values(self.office.see(town.options).values())
        self._mark()

    def _mark(self) -> None:
        for part in (self.save_button, self.undo):
            part.setEnabled(self.form.is_dirty())

    def _on_saved(self, _: None) -> None:
        self._show()
        self.said.emit("已保存，对以后开始的事有效。", "pine")

    def _on_refused(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.form.show_problems(error.problems)
        else:
            self.failed(error)
