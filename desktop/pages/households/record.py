"""The record of one household open for editing: judged while it is typed, saved by Ctrl+S, kept against a crash, guarded by its version."""

from __future__ import annotations

import json

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QWidget

from db.errors import Known, Problem, Refused
from db.rules.values import Household
from db.services.cases import applications
from db.services.register import households
from db.services.register.households import Saved
from db.services.sheets import imports
from db.services.town import drafts, town
from db.services.town.drafts import Kept
from desktop.app.office import Office
from desktop.forms.explaining import explain
from desktop.forms.findings import findings_of, is_blank
from desktop.forms.keeper import Keeper
from desktop.pages.households.tabs import RecordTabs
from desktop.widgets.faults import FaultLine
from desktop.widgets.helpline import HelpLine
from desktop.widgets.looks import button, column, row
from desktop.widgets.strip import Strip

PREFIX = "record/"
_JUDGE_MS = 250
_NOBODY = Household("", "", "")


class Record(QWidget):
    """Signals: ``saved(household_id)``; ``said(text, tone)``; ``judged(lines)`` what is wrong or doubtful; ``left()`` Esc;
    ``change_asked()`` 人员变动."""

    saved = Signal(int)
    said = Signal(str, str)
    judged = Signal(object)
    left = Signal()
    change_asked = Signal()

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that acts, so that it skips its own echo."""
        super().__init__(parent)
        self._office, self._by = office, by
        self._shown = _NOBODY
        self._saving = self._asked = False
        self.strip = Strip(("放弃，按档案重新打开",), self)
        self.faults = FaultLine(self)
        self.tabs = RecordTabs(office.record.clock.now().date(), self)
        self.help = HelpLine(explain, self)
        self.help.watch(self.tabs)
        self.keep = button("保存 Ctrl+S", "primary", self)
        self.keeper = Keeper(office, self._content, self)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_MS)
        self._lay_out()
        self._connect()
        self._renew_foot()

    def show_household(self, household: Household) -> None:
        """Show a household, with what was typed for it and not saved. What is being typed for the same one stays, and a newer version
        in the record is said."""
        if self.tabs.is_dirty() and household.id == self._shown.id:
            if household.version != self._shown.version:
                self._say_newer(household)
            return
        if self.keeper.due():
            self.keeper.flush()
        self._begin(household)
        kept = next(
            (k for k in drafts.load(self._office.record, self._key(household)) if k.key == self._key(household)), None
        )
        if kept is not None:
            self._restore(kept)
        self.judge()

    def is_dirty(self) -> bool:
        """Whether something typed is not saved; it lies in the drafts all the same."""
        return self.tabs.is_dirty()

    def keep_now(self) -> None:
        """Put what is typed into the drafts before the clerk turns away; what is not looked at is not judged."""
        self._timer.stop()
        if self.keeper.due():
            self.keeper.flush()

    def save(self) -> None:
        """Save; every problem is marked at its field and nothing typed is lost."""
        if self._saving or not self.tabs.is_dirty():
            return
        unreadable = self.tabs.unreadable()
        household = self.tabs.household()
        if unreadable:
            errors, _ = self._office.see(households.problems, household)
            said = {(p.where, p.field) for p in unreadable}
            self._refuse([*unreadable, *(p for p in errors if (p.where, p.field) not in said)])
            return
        self._saving = True
        self._office.write(
            "保存农户资料", applications.file, household, done=self._on_saved, failed=self._on_failed, by=self._by
        )

    def judge(self) -> None:
        """Mark what is wrong with filled fields, list the rest."""
        self._timer.stop()
        household = self.tabs.household()
        errors, warnings = self._office.see(households.problems, household)
        marked = [p for p in errors if self._asked or not is_blank(p, household)]
        self.tabs.hint(marked, warnings)
        if self.faults.telling():
            self.faults.tell(self.tabs.faults())
        self.judged.emit(findings_of(household, errors, warnings) if errors or warnings else [])

    def _begin(self, household: Household) -> None:
        self._shown, self._asked = household, False
        self.keeper.begin(self._key(household))
        self.strip.say("")
        self.faults.tell(0)
        self.tabs.show_household(household, self._office.see(town.thresholds))
        self._renew_foot()

    def _restore(self, kept: Kept) -> None:
        content = json.loads(kept.content)
        self.tabs.set_texts(content["texts"])
        self._renew_foot()
        if content["version"] != self._shown.version:
            self._say_newer(self._shown)
        else:
            self.strip.say(f"已接上 {kept.saved_at:%m-%d %H:%M} 录到一半、没有保存的内容。")

    def _content(self) -> str:
        return json.dumps({"version": self._shown.version, "texts": self.tabs.texts()}, ensure_ascii=False)

    def _say_newer(self, newest: Household) -> None:
        changes = imports.differences(newest, self.tabs.household())
        shown = "；".join(f"{c.label}：{c.old or '（空）'} → {c.new}" for c in changes[:6])
        self.strip.say(
            f"这一户在您录入期间已被改过。档案现有的与您录入的不同之处：{shown or '没有'}。核对后再保存，即以您录入的为准。",
            "red",
        )
        self._shown = newest
        self.tabs.adopt(newest)

    def _refuse(self, problems: list[Problem]) -> None:
        self._asked = True
        others = self.tabs.show_problems(problems)
        self.faults.tell(self.tabs.faults(), [p.text for p in others])

    def _on_saved(self, done: Saved) -> None:
        self._saving = False
        self.keeper.drop()
        self.tabs.set_clean()
        doubts = "；".join(p.text for p in done.warnings)
        self.said.emit(f"已保存。注意：{doubts}。" if doubts else "已保存。", "ochre" if doubts else "pine")
        self.saved.emit(done.household_id)

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, Refused):
            newest = self._office.see(households.get, self._shown.id or 0)
            if newest.version != self._shown.version:
                self._say_newer(newest)
            else:
                self._refuse(list(error.problems))
        elif isinstance(error, Known):
            self.said.emit(f"{error.text}{error.remedy}已录的内容都在。", "red")
        else:
            self.said.emit("没有保存，已录的内容都在；请稍后再保存一次。", "red")

    def _on_edited(self) -> None:
        self.keeper.touch()
        self._timer.start()
        self._renew_foot()

    def _on_left(self) -> None:
        if self.isVisible():
            self._timer.start()

    def _on_reopen(self) -> None:
        self.keeper.drop()
        self.tabs.set_clean()
        self._begin(self._office.see(households.get, self._shown.id or 0))
        self.judge()

    def _on_first_fault(self) -> None:
        self._refuse(self.tabs.unreadable() or list(self._office.see(households.problems, self.tabs.household())[0]))

    def _renew_foot(self) -> None:
        self.keep.setVisible(self.tabs.is_dirty())

    def _lay_out(self) -> None:
        whole, foot = column(self), row()
        whole.addWidget(self.strip)
        whole.addWidget(self.faults)
        whole.addWidget(self.tabs, 1)
        foot.addWidget(self.help, 1)
        foot.addWidget(self.keep)
        whole.addLayout(foot)

    def _connect(self) -> None:
        self.strip.buttons[0].clicked.connect(self._on_reopen)
        self.faults.asked.connect(self._on_first_fault)
        self.keep.clicked.connect(self.save)
        self.tabs.currentChanged.connect(self.help.clear)
        self.tabs.edited.connect(self._on_edited)
        self.tabs.left.connect(self._on_left)
        self.tabs.save_asked.connect(self.save)
        self.tabs.cancel_asked.connect(self.left)
        self.tabs.change_asked.connect(self.change_asked)
        self._timer.timeout.connect(self.judge)

    @staticmethod
    def _key(household: Household) -> str:
        return f"{PREFIX}{household.id}"
