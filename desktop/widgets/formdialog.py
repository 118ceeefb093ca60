"""A dialog that is one form: what it is about, the form, a button that does it and one that lets it be.

It stays open until the record took what was typed, so that a refusal is said where it can be mended.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.widgets.dialogs import Growing
from desktop.widgets.editors import Look
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import button, column, label, row


class FormDialog(Growing):
    """``above`` takes what stands between the explanation and the form; ``title`` is the heading and the button unless they are given.

    Signals: ``agreed()`` the button was pressed and the form is whole.
    """

    agreed = Signal()

    def __init__(
        self, title: str, told: str, layout: Sequence[Section], looks: Mapping[str, Look] | None = None, *,
        heading: str = "", agree: str = "", leave: str = "不办了", width: int = 460, parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setMinimumWidth(width)
        self.form = Form(layout, self, looks, scroll=False)
        self.agree, self.leave = button(agree or title, "primary", self), button(leave, "plain", self)
        self.above: QVBoxLayout = column(gap=10)
        self._lay_out(heading or title, told)
        self.agree.clicked.connect(self.press)
        self.leave.clicked.connect(self.reject)
        self.form.save_asked.connect(self.press)
        self.form.cancel_asked.connect(self.reject)
        self.form.ended.connect(self.agree.setFocus)

    def press(self) -> None:
        """Do what the button does: hand the form in when it is whole; nothing while an act is under way."""
        if self.agree.isEnabled() and self.form.check(demanded=True):
            self.hand_in()

    def hand_in(self) -> None:
        """The form is whole: say so and wait."""
        self.agree.setEnabled(False)
        self.agreed.emit()

    def show_error(self, error: Exception) -> None:
        """Say why it was refused; what was typed stays."""
        self.agree.setEnabled(True)
        self.form.show_problems(problems_of(error))

    def _lay_out(self, heading: str, told: str) -> None:
        whole, foot = column(self, 10, 24), row()
        whole.addWidget(label(heading, "heading", self))
        if told:
            whole.addWidget(label(told, "quiet", self, wrap=True))
        whole.addLayout(self.above)
        whole.addWidget(self.form)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.agree)
        whole.addLayout(foot)
