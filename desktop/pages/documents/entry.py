"""The side of the register: one line is entered, with the next number proposed, and a wrong one is made void."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.document import BODY, DATED, DIRECTION, NOTE, NUMBER, REASON, TITLE, USED_FOR
from db.rules import documents as rules
from db.rules.codes import Direction
from db.services.cases import documents
from db.services.cases.documents import Document, Draft, Use
from desktop.app.office import Office
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import Card, button, column, label, row

LAYOUT = (Section("", ((DIRECTION, DATED), (NUMBER,), (TITLE,), (BODY,), (USED_FOR,), (NOTE,))),)
CHANGED = frozenset({"documents"})
_LEAST = 230
"""In a low window the page is moved rather than the form made too small to be read."""


class EntrySide(QWidget):
    """Signal ``done(text)``: something was written; the page reads anew and says it."""

    done = Signal(str)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._uses: dict[str, Use] = {}
        self._current: Document | None = None
        self._proposed = ""
        self._news = ""
        looks = {"direction": "segments", "used_for": "options", "title": "lines"}
        self.form = Form(LAYOUT, self, looks)  # type: ignore[arg-type]
        self.form.faults.set_narrow()
        self.form.setMinimumHeight(_LEAST)
        self.enter = button("登记", "primary", self)
        self.blank = button("清空", "plain", self)
        self.voiding = Card("作废", parent=self)
        self.void_form = Form((Section("", ((REASON,),)),), self.voiding, scroll=False)
        self.void = button("作废这一条", "danger", self.voiding)
        self._lay_out()
        self.form.changed.connect(self._on_changed)
        self.form.save_asked.connect(self.save)
        self.form.ended.connect(self.enter.setFocus)
        self.form.cancel_asked.connect(self.clear)
        self.enter.clicked.connect(self.save)
        self.blank.clicked.connect(self.clear)
        self.void.clicked.connect(self.make_void)
        self.void_form.save_asked.connect(self.make_void)

    def renew(self, direction: Direction | None) -> None:
        """Propose the next number; what was typed stays. ``direction`` is the one the list shows."""
        self._proposed = self._office.see(documents.propose)
        self._uses = {use.label: use for use in self._office.see(documents.uses)}
        self.form.set_options("used_for", ["", *self._uses])
        if not self.form.is_dirty():
            self._fill(direction or self._direction() or Direction.OUT)
        self._say()

    def show_document(self, document: Document | None) -> None:
        """Offer to make void the line the keyboard is on."""
        self._current = document
        self.voiding.setVisible(document is not None and not document.void)
        if document is not None:
            self.voiding.set_title(f"作废 {document.number}")
            self.void_form.set_values({})

    def is_dirty(self) -> bool:
        """Whether something entered would be lost."""
        return self.form.is_dirty() or self.void_form.is_dirty()

    def clear(self) -> None:
        """Give up what was typed and propose anew."""
        self._fill(self._direction() or Direction.OUT)
        self._say()

    def save(self) -> None:
        """Ctrl+S: register the line."""
        if not self.form.check(demanded=True):
            self.form.go_to_first_fault()
            return
        said = self.form.values()
        use = self._uses.get(said["used_for"] or "", Use(""))
        number = rules.tidy(said["number"])
        draft = Draft(
            said["direction"], number, said["title"], said["body"], said["dated"], use.batch_id, use.village_id,
            said["note"] or "",
        )  # fmt: skip
        self._news = f"已登记{draft.direction.label} {number}"
        self.enter.setEnabled(False)
        self._office.write(
            "登记文号", documents.register, draft, done=self._on_done, failed=self._on_failed, changes=CHANGED, by=self
        )

    def make_void(self) -> None:
        """Make the line void, with its reason."""
        if self._current is None or not self.void_form.check(demanded=True):
            return
        reason = self.void_form.values()["reason"]
        self._news = f"{self._current.number} 已作废，仍留在登记簿上"
        self._office.write(
            "文号作废", documents.void, self._current.id, reason, done=self._on_void, failed=self._on_void_failed,
            changes=CHANGED, by=self,
        )  # fmt: skip

    def _lay_out(self) -> None:
        whole, foot = column(self, 10), row()
        whole.addWidget(label("登记一件", "heading", self))
        whole.addWidget(self.form, 1)
        foot.addWidget(self.enter, 1)
        foot.addWidget(self.blank)
        whole.addLayout(foot)
        self.voiding.body.addWidget(self.void_form)
        self.voiding.body.addWidget(self.void)
        whole.addWidget(self.voiding)

    def _direction(self) -> Direction | None:
        found = self.form.editor("direction").value()
        return found if isinstance(found, Direction) else None

    def _fill(self, direction: Direction) -> None:
        number = self._proposed if direction is Direction.OUT else None
        self.form.set_values(
            {"direction": direction, "number": number, "dated": self._office.record.clock.now().date()}
        )

    def _say(self) -> None:
        number = rules.tidy(self.form.editor("number").raw())
        self.enter.setText(f"登记 {number}" if number else "登记")
        self.enter.setEnabled(True)

    def _on_changed(self) -> None:
        """Turned to 来文 the proposal goes, turned back it comes again; a number typed by hand stays."""
        editor = self.form.editor("number")
        if self._direction() is Direction.IN and editor.raw() == self._proposed:
            editor.set_raw("")
        elif self._direction() is Direction.OUT and editor.is_blank() and not editor.core.hasFocus():
            editor.set_raw(self._proposed)
        self._say()

    def _on_done(self, _: int) -> None:
        self.form.set_clean()
        self.done.emit(self._news)

    def _on_failed(self, error: Exception) -> None:
        self._say()
        self.form.show_problems(problems_of(error))

    def _on_void(self, _: None) -> None:
        self.void_form.set_values({})
        self.done.emit(self._news)

    def _on_void_failed(self, error: Exception) -> None:
        self.void_form.show_problems([Problem(p.text, "reason") for p in problems_of(error)])
