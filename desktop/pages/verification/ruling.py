"""七不进认定: what was found, what was said about it, and the decision of the reviewer; everybody sees it, only the reviewer decides."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.fields.kinds import Text
from db.rules.case import Status
from db.rules.codes import Finding, Role
from db.services.deciding.visit_form import VisitForm
from desktop.app.office import Office
from desktop.pages.verification.wording import BARS, numbered
from desktop.widgets.lines import LinesEditor
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.side import Line, SideCard

_NUMBERS = numbered(BARS)


class RulingCard(Card):
    """Signal ``ruled(admit, reason)``: the reviewer decided."""

    ruled = Signal(bool, str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("七不进认定", parent)
        self.setProperty("help", "verification.md#七不进认定")
        self._office = office
        self.found = SideCard("", self)
        self.found.setProperty("sheet", False)
        self.found.body.setContentsMargins(0, 0, 0, 0)
        self.who = label("", "warn", self, wrap=True)
        self.reason = LinesEditor(Text(limit=300), self)
        self.reason.core.setAccessibleName("认定理由")
        self.fault = label("", "fault", self, wrap=True)
        self.admit = button("准予继续", "primary", self)
        self.uphold = button("认定成立", "danger", self)
        self._decision = QWidget(self)
        self._lay_out()
        self.admit.clicked.connect(self._on_admit)
        self.uphold.clicked.connect(self._on_uphold)

    def show_form(self, form: VisitForm) -> None:
        """Show the case when it waits for a ruling, hide otherwise."""
        waits = form.file.state.status is Status.RULING
        self.setVisible(waits)
        if not waits or form.visit is None:
            return
        hits = [(b, note) for b, (found, note) in form.visit.bars.items() if found is Finding.YES]
        self.found.show_lines(
            [Line(f"第 {_NUMBERS[b.value][0]} 项：{BARS[b]}", "bad", note or "核实表没有写明情况") for b, note in hits]
        )
        self.who.setText(self._veto(form.entered_by))
        self.who.setVisible(bool(self.who.text()))
        self._decision.setVisible(not self.who.text())
        self.reason.set_raw("")
        self.say("")

    def say(self, text: str) -> None:
        """Say below the reason what is wrong with it."""
        self.fault.setText(text)
        self.fault.setVisible(bool(text))

    def _veto(self, entered_by: str) -> str:
        """Why the person logged in cannot decide, and who can; "" when he can."""
        actor = self._office.record.actor
        if actor.role is Role.REVIEWER and actor.name != entered_by:
            return ""
        others = [
            p.name
            for p in self._office.record.people()
            if p.active and p.role is Role.REVIEWER and p.name not in (entered_by, actor.name)
        ]
        who = f"请{'或'.join(others)}登录后认定" if others else "请先在“设置”里添加另一名审核人"
        if actor.role is Role.REVIEWER:
            return f"本次核实由您录入，须由另一名审核人认定：{who}。"
        return f"七不进由审核人认定，经办人不能认定：{who}。本户先停在这里，其他户照常办。"

    def _lay_out(self) -> None:
        self.body.addWidget(self.found)
        self.body.addWidget(self.who)
        inner = column(self._decision)
        inner.addWidget(label("认定理由（记入经过）", "caption"))
        inner.addWidget(self.reason)
        inner.addWidget(self.fault)
        foot = row()
        foot.addWidget(self.admit)
        foot.addWidget(self.uphold)
        foot.addStretch(1)
        inner.addLayout(foot)
        self.body.addWidget(self._decision)

    def _on_admit(self) -> None:
        self._decide(admit=True)

    def _on_uphold(self) -> None:
        self._decide(admit=False)

    def _decide(self, *, admit: bool) -> None:
        reason = self.reason.raw().strip()
        if not reason:
            self.say("请写明理由，会记入经过。")
            self.reason.setFocus()
            return
        self.ruled.emit(admit, reason)
