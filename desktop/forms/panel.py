"""A task that takes the place of the list until it is done or given up: what it is about, its form, and the button that does it.

A refusal is said at the top of the task with every reason; nothing typed is lost.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QPushButton, QVBoxLayout, QWidget

from db.errors import Problem
from db.services.notices.notices import NoticeView
from desktop.app.office import Office, Verb
from desktop.widgets.editor import ENTER
from desktop.widgets.faults import FaultLine, problems_of
from desktop.widgets.form import Form
from desktop.widgets.looks import button, column, label, row


class Panel(QWidget):
    """Base of the tasks; ``parent`` is the page, which refreshes itself when the task is done. Subclasses fill ``body``, override ``carry_out`` and, where something can be lost, ``is_dirty``.

    Signals: ``done(text, notice_id)`` it is in the record; ``closed()`` it was given up.
    """

    done = Signal(str, int)
    closed = Signal()

    def __init__(self, office: Office, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self._owner = parent
        self._news = ("", 0)
        self.heading = label(title, "heading", self)
        self.note = label("", "quiet", self, wrap=True)
        self.faults = FaultLine(self)
        self.body: QVBoxLayout = column(gap=10)
        self.confirm = button(title, "primary", self)
        self.cancel = button("不办了", "plain", self)
        self.confirm.clicked.connect(self.carry_out)
        self.cancel.clicked.connect(self.closed)
        self.foot = row()
        self.whole = whole = column(self, 8)
        for part in (self.heading, self.note, self.faults):
            whole.addWidget(part)
        whole.addLayout(self.body, 1)
        self.foot.addWidget(self.confirm)
        self.foot.addWidget(self.cancel)
        self.foot.addStretch(1)
        whole.addLayout(self.foot)

    def carry_out(self) -> None:
        """Do what the button says."""
        raise NotImplementedError

    def is_dirty(self) -> bool:
        """Whether something typed would be lost."""
        return False

    def write(self, title: str, verb: Verb[Any], *args: Any, news: str, notice_id: int, **kwargs: Any) -> None:
        """Hand an act to the writing thread; ``news`` is said when it is done. A second click meanwhile does nothing."""
        self.confirm.setEnabled(False)
        self.faults.tell(0)
        self._news = (news, notice_id)
        self.office.write(title, verb, *args, done=self.on_done, failed=self.on_failed, by=self._owner, **kwargs)

    def on_done(self, result: object) -> None:
        """The act is in the record."""
        self.confirm.setEnabled(True)
        self.done.emit(*self._news)

    def on_failed(self, error: Exception) -> None:
        """The act was refused or failed; the form stays as it is."""
        self.confirm.setEnabled(True)
        self.show_problems(problems_of(error))

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        """Say what is wrong; a task with a form marks its fields."""
        self.faults.tell(0, [p.text for p in problems])

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() == Qt.Key.Key_S and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.carry_out()
        elif event.key() in ENTER:
            self._on_enter(back=bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier))
        else:
            super().keyPressEvent(event)

    def _on_enter(self, *, back: bool) -> None:
        """Enter presses the button it stands on, else goes on to the next place to fill in."""
        focused = self.focusWidget()
        if isinstance(focused, QPushButton):
            focused.click()
        elif back:
            self.focusPreviousChild()
        else:
            self.focusNextChild()


class FormPanel(Panel):
    """A task that is one form with its buttons right below; Enter on the last field goes to the button."""

    def __init__(
        self, office: Office, title: str, form: Form, parent: QWidget | None = None, grows: bool = False
    ) -> None:
        """``grows`` keeps the buttons at the bottom, for a form with a list above it."""
        super().__init__(office, title, parent)
        self.form = form
        self.body.addWidget(form)
        if not grows:
            self.whole.setStretchFactor(self.body, 0)
            self.whole.addStretch(1)
        form.save_asked.connect(self.carry_out)
        form.cancel_asked.connect(self.closed)
        form.ended.connect(self.confirm.setFocus)

    def is_dirty(self) -> bool:
        return self.form.is_dirty()

    def begin(self, values: dict[str, object]) -> None:
        """Start with these values; the form is clean and nothing is marked."""
        self.confirm.setEnabled(True)
        self.form.set_values(values)
        self.form.go_to_first()

    def ready(self) -> bool:
        """Whether the form can be handed in and nothing is under way; else its first fault gets the keyboard."""
        if self.form.check(demanded=True):
            return self.confirm.isEnabled()
        self.form.go_to_first_fault()
        return False

    def show_problems(self, problems: tuple[Problem, ...]) -> None:
        self.form.show_problems(problems)


class NoticePanel(FormPanel):
    """A form about one notice."""

    def start(self, notice: NoticeView, today: date) -> None:
        """Begin for ``notice``."""
        raise NotImplementedError
