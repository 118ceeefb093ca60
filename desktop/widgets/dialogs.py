"""The few questions that must stop the clerk: a decision that needs a second person, and a choice that cannot be taken back.

All else is said in place. Each dialog is modal to its window, says what will happen on its buttons, and is deleted when answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtWidgets import QComboBox, QDialog, QLineEdit, QPlainTextEdit, QPushButton, QWidget

from desktop.widgets.looks import ButtonKind, button, column, label, row
from desktop.widgets.picks import Box


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: what it says (what will happen), what ``ask`` returns for it, and how it looks."""

    text: str
    key: str
    kind: ButtonKind = "plain"


@dataclass(frozen=True, slots=True)
class SecondPerson:
    """Who approved with which password, and why. The password leaves memory with this value: hand it to the service at once."""

    name: str
    password: str
    reason: str


def open_at(dialog: QDialog, width: int, height: int) -> None:
    """The size a dialog would like, as far as the window it belongs to goes: on a small screen that one fills it."""
    parent = dialog.parentWidget()
    wanted = QSize(width, height)
    dialog.resize(wanted.boundedTo(parent.window().size()) if parent is not None else wanted)


class Growing(QDialog):
    """A dialog that grows with what is said in it, so that no sentence lies over what is typed; it never shrinks under the hand."""

    def event(self, event: QEvent) -> bool:
        if event.type() != QEvent.Type.LayoutRequest:
            return super().event(event)  # and nothing after it: the event may be the one that deletes the dialog
        done = super().event(event)
        layout = self.layout()
        if layout is not None and self.isVisible():
            self.resize(self.width(), max(self.height(), layout.totalHeightForWidth(self.width())))
        return done


class Ask(QDialog):
    """A question with named answers; Esc is ``""``. The keyboard stands on the last answer that can be taken back: Enter never loses anything."""

    def __init__(self, parent: QWidget | None, title: str, text: str, answers: Sequence[Answer]) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.chosen = ""
        self.buttons: dict[str, QPushButton] = {}
        whole, foot = column(self, 16, 24), row()
        whole.addWidget(label(title, "heading", self))
        whole.addWidget(label(text, "", self, wrap=True))
        foot.addStretch(1)
        for answer in answers:
            made = button(answer.text, answer.kind, self)
            made.setProperty("answer", answer.key)
            made.clicked.connect(self._on_answer)
            self.buttons[answer.key] = made
            foot.addWidget(made)
        whole.addLayout(foot)
        self.setMinimumWidth(420)
        safe = [answer.key for answer in answers if answer.kind != "danger"]
        if safe:
            self.buttons[safe[-1]].setDefault(True)
            self.buttons[safe[-1]].setFocus()

    def _on_answer(self) -> None:
        self.chosen = str(self.sender().property("answer"))
        self.accept()


class SecondPersonDialog(Growing):
    """Asks another person to stand by a decision with name, password and reason."""

    def __init__(
        self, parent: QWidget | None, title: str, why: str, names: Sequence[str], reason_needed: bool = True
    ) -> None:
        super().__init__(parent)
        self.setProperty("help", "login.md#两个人的规矩")
        self.setWindowTitle(title)
        self._reason_needed = reason_needed
        self.name: QComboBox = Box(self)
        self.name.addItems(list(names))
        self.password = QLineEdit(self)
        self.password.setEchoMode(QLineEdit.EchoMode.Password)
        self.reason = QPlainTextEdit(self)
        self.reason.setTabChangesFocus(True)
        self.reason.setFixedHeight(72)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self.agree = button("本人同意", "primary", self)
        self.refuse = button("不办了", "plain", self)
        self.agree.setDefault(True)
        self.agree.clicked.connect(self._on_agree)
        self.refuse.clicked.connect(self.reject)
        self._lay_out(title, why)
        self.password.setFocus(Qt.FocusReason.OtherFocusReason)

    def result_value(self) -> SecondPerson:
        """What was entered."""
        return SecondPerson(self.name.currentText(), self.password.text(), self.reason.toPlainText().strip())

    def _lay_out(self, title: str, why: str) -> None:
        whole, foot = column(self, 8, 24), row()
        whole.addWidget(label(title, "heading", self))
        whole.addWidget(label(why, "quiet", self, wrap=True))
        parts: tuple[tuple[str, QWidget], ...] = (
            ("另一人姓名", self.name), ("本人密码", self.password), ("理由", self.reason),
        )  # fmt: skip
        for caption, part in parts:
            whole.addWidget(label(caption, "caption", self))
            part.setAccessibleName(caption)
            whole.addWidget(part)
        whole.addWidget(self.fault)
        foot.addStretch(1)
        foot.addWidget(self.refuse)
        foot.addWidget(self.agree)
        whole.addLayout(foot)
        self.setMinimumWidth(440)

    def _on_agree(self) -> None:
        missing = self._missing()
        self.fault.setText(missing)
        self.fault.setVisible(bool(missing))
        if not missing:
            self.accept()
        elif self.password.text():
            self.reason.setFocus()

    def _missing(self) -> str:
        if not self.name.currentText():
            return "没有可以同意的另一人，请先在“设置”里添加。"
        if not self.password.text():
            return "请由本人录入密码。"
        if self._reason_needed and not self.reason.toPlainText().strip():
            return "请写明理由，会记入经过。"
        return ""


def ask(parent: QWidget | None, title: str, text: str, answers: Sequence[Answer]) -> str:
    """Key of the answer given, "" when the question was closed."""
    dialog = Ask(parent, title, text, answers)
    dialog.exec()
    chosen = dialog.chosen
    dialog.deleteLater()
    return chosen


def ask_second_person(
    parent: QWidget | None, title: str, why: str, names: Sequence[str], reason_needed: bool = True
) -> SecondPerson | None:
    """What another person entered, None when it was given up. Whether name and password are right is the service's to say."""
    dialog = SecondPersonDialog(parent, title, why, names, reason_needed)
    agreed = dialog.exec() == QDialog.DialogCode.Accepted
    found = dialog.result_value() if agreed else None
    dialog.password.clear()
    dialog.deleteLater()
    return found
