"""One application at work: opened blank, from the record, from a draft or from a faulty row of a roster; saved, kept or given up."""

from __future__ import annotations

import json
from collections.abc import Sequence
from uuid import uuid4

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from db.errors import Known, Problem, Refused
from db.rules.values import Household
from db.services.cases import applications
from db.services.register import households
from db.services.register.households import Saved
from db.services.sheets import imports
from db.services.sheets.imports import PreviewRow
from db.services.town import drafts, town
from db.services.town.drafts import Kept
from desktop.app.office import Office
from desktop.forms.keeper import Keeper
from desktop.pages.intake import previewing
from desktop.pages.intake.form import ApplicationForm, Town
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.looks import column
from desktop.widgets.side import Line
from desktop.widgets.strip import Strip

PREFIX = "application/"
BLANK = Household("", "", "")


class Entry(QWidget):
    """Signals: ``saved(Household, Saved)`` it is in the record; ``closed()`` the clerk is done with it; ``said(text, tone)``; ``kept()``
    the drafts in the record are others now."""

    saved = Signal(object, object)
    closed = Signal()
    said = Signal(str, str)
    kept = Signal()

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that acts, so that it skips its own echo."""
        super().__init__(parent)
        self._office = office
        self._by = by
        self._shown = BLANK
        self._saving = False
        self.strip = Strip(("放弃，按档案重新打开",), self)
        self.form = ApplicationForm(office, self)
        self.keeper = Keeper(office, self.form.content, self)
        whole = column(self)
        whole.addWidget(self.strip)
        whole.addWidget(self.form, 1)
        self.form.edited.connect(self.keeper.touch)
        self.form.left.connect(self.closed)
        self.keeper.changed.connect(self.kept)
        self.strip.buttons[0].clicked.connect(self._on_reopen)

    @property
    def household_id(self) -> int | None:
        """The household being changed, None for a new one."""
        return self._shown.id

    def begin_new(self, like: Household = BLANK) -> None:
        """A blank form; village, group and day are those of the application before, because papers come in piles."""
        carried = Household(like.village, like.group, "", applied_on=like.applied_on)
        self._begin(carried, f"{PREFIX}new-{uuid4().hex}")

    def open(self, household_id: int) -> None:
        """A household of the record, with what was typed for it and not saved. Refused when there is none of that number."""
        key = f"{PREFIX}{household_id}"
        found = self._office.see(households.get, household_id)
        kept = next((k for k in drafts.load(self._office.record, PREFIX) if k.key == key), None)
        self._begin(found, key)
        if kept is not None:
            self._restore(kept)

    def go_on(self, kept: Kept) -> None:
        """Go on with a draft; what it stood on is read anew."""
        content = json.loads(kept.content)
        base = BLANK if content["id"] is None else self._office.see(households.get, content["id"])
        self._begin(base, kept.key)
        self._restore(kept)

    def type_row(self, found: PreviewRow) -> None:
        """A household a roster states with faults; they are shown while it is typed."""
        home = found.household
        key = f"{PREFIX}{home.id}" if home.id is not None else f"{PREFIX}new-{uuid4().hex}"
        self._begin(home, key, previewing.notes_of(found))

    def save(self) -> None:
        """Save; every problem is marked at its box, and nothing typed is lost."""
        if self._saving:
            return
        unreadable = self.form.unreadable()
        household = self.form.household()
        if unreadable:
            self.form.show_problems(self._others(household, unreadable), unreadable)
            return
        self._saving = True
        self._office.write(
            "保存申请", applications.file, household, done=self._on_saved, failed=self._on_failed, by=self._by
        )

    def give_up(self) -> None:
        """Throw away what was typed, if the clerk says so again."""
        if self.form.is_dirty():
            text = f"{self.form.title()}录入的内容还没有保存，放弃后找不回来。"
            answers = (Answer("放弃已录内容", "drop", "danger"), Answer("接着录", "", "primary"))
            if ask(self, "放弃录入", text, answers) != "drop":
                return
        self.forget()
        self.closed.emit()

    def forget(self) -> None:
        """Nothing typed here is wanted any more."""
        self.keeper.drop()
        self.form.set_clean()

    def keep_now(self) -> bool:
        """Put what is typed into the drafts before the clerk turns away; whether there was anything."""
        if self.keeper.due():
            self.keeper.flush()
        return self.form.is_dirty()

    def _begin(self, household: Household, key: str, notes: Sequence[Line] = ()) -> None:
        self._shown = household
        self.keeper.begin(key)
        self.strip.say("")
        see = self._office.see
        self.form.set_town(Town(see(town.villages), see(town.thresholds)))
        self.form.show_household(household, notes)
        self.form.go_to_start()

    def _restore(self, kept: Kept) -> None:
        content = json.loads(kept.content)
        self.keeper.begin(kept.key)
        self.form.restore(content)
        if self._shown.id is not None:
            self.strip.say(f"已接上 {kept.saved_at:%m-%d %H:%M} 录到一半、没有保存的内容。")
            if content["version"] != self._shown.version:
                self._say_newer(self._shown)

    def _others(self, household: Household, unreadable: Sequence[Problem]) -> list[Problem]:
        """What else is wrong, so that one look shows all."""
        said = {(p.where, p.field) for p in unreadable}
        errors, _ = self._office.see(households.problems, household)
        return [p for p in errors if (p.where, p.field) not in said]

    def _on_saved(self, done: Saved) -> None:
        self._saving = False
        household = self.form.household()
        self.forget()
        self.saved.emit(household, done)

    def _on_failed(self, error: Exception) -> None:
        self._saving = False
        if isinstance(error, Refused):
            if not self._is_outdated():
                self.form.show_problems(error.problems)
        elif isinstance(error, Known):
            self.said.emit(f"{error.text}{error.remedy}已录的内容都在。", "red")
        else:
            self.said.emit("没有保存，已录的内容都在；请稍后再保存一次。", "red")

    def _is_outdated(self) -> bool:
        """Whether somebody saved first; then what differs is said, and a second save is knowingly ours."""
        if self._shown.id is None:
            return False
        newest = self._office.see(households.get, self._shown.id)
        if newest.version == self._shown.version:
            return False
        self._say_newer(newest)
        return True

    def _say_newer(self, newest: Household) -> None:
        changes = imports.differences(newest, self.form.household())
        shown = "；".join(f"{c.label}：{c.old or '（空）'} → {c.new}" for c in changes[:6])
        text = f"这一户在您录入期间已被改过。档案现有的与您录入的不同之处：{shown or '没有'}。核对后再保存，即以您录入的为准。"
        self.strip.say(text, "red")
        self._shown = newest
        self.form.adopt(newest)

    def _on_reopen(self) -> None:
        if self._shown.id is not None:
            self.forget()
            self._begin(self._office.see(households.get, self._shown.id), f"{PREFIX}{self._shown.id}")
