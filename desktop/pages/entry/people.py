"""Fourth step of the guide: the two people without whom nothing can be decided, each with a password of his own."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.rules.codes import Role
from desktop.app.door import Door, Founder
from desktop.pages.entry.step import Step
from desktop.widgets.looks import Card, column, label, row, scrolled
from desktop.widgets.secret import NewSecret, TextLine

_WORDS = "两个人各设各的密码，互相不要知道：录入的人不能审核自己录入的户。以后可以增加人员。没有初始密码，也没有后门。"
_DUTIES = {
    Role.CLERK: "录入、核实、公示、出台账；不能审核自己录入的户。",
    Role.REVIEWER: "审核、认定七不进和补录、更正、改办理方式；不录入他要审核的户。",
}


class PersonCard(Card):
    """Name and password of one person."""

    def __init__(self, role: Role, door: Door, parent: QWidget | None = None) -> None:
        super().__init__(role.label, parent, margin=20)
        self.role = role
        self._door = door
        self.person = TextLine("姓名", self, "签在表册上的姓名")
        self.secret = NewSecret(self._judge, self)
        self.body.addWidget(label(_DUTIES[role], "quiet", self, wrap=True))
        line = row(gap=16)
        line.addWidget(self.person, 1)
        line.addWidget(self.secret, 2)
        self.body.addLayout(line)
        self.person.entered.connect(self.secret.setFocus)

    def founder(self) -> Founder:
        """The person as entered."""
        return Founder(self.person.text(), self.role, self.secret.text())

    def complete(self) -> bool:
        """Say every fault."""
        self.person.set_fault("" if self.person.text() else f"请填{self.role.label}的姓名。")
        return self.secret.check() and bool(self.person.text())

    def _judge(self, password: str) -> str:
        return self._door.password_problem(password, self.person.text())


class PeopleStep(Step):
    """``people`` are the two."""

    name = "经办人和审核人"

    def __init__(self, door: Door, parent: QWidget | None = None) -> None:
        super().__init__("经办人和审核人", _WORDS, parent)
        self.setProperty("help", "first.md#经办人和审核人")
        self.clerk = PersonCard(Role.CLERK, door, self)
        self.reviewer = PersonCard(Role.REVIEWER, door, self)
        ground = QWidget(self)
        cards = column(ground, 12)
        for card in (self.clerk, self.reviewer):
            cards.addWidget(card)
        cards.addStretch(1)
        self.inner.addWidget(scrolled(ground), 1)
        self.clerk.secret.entered.connect(self.reviewer.person.setFocus)
        self.reviewer.secret.entered.connect(self.ended)

    def people(self) -> tuple[Founder, Founder]:
        """经办人 and 审核人."""
        return self.clerk.founder(), self.reviewer.founder()

    def complete(self) -> bool:
        found = [card.complete() for card in (self.clerk, self.reviewer)]
        name = self.clerk.person.text()
        if name and name == self.reviewer.person.text():
            self.reviewer.person.set_fault("经办人和审核人要是两个人；同名的请加以区别，如“（二）”。")
            return False
        if self.clerk.secret.text() and self.clerk.secret.text() == self.reviewer.secret.text():
            self.reviewer.secret.first.set_fault("两个人的密码不能一样。")
            return False
        return all(found)

    def take_focus(self) -> None:
        self.clerk.person.setFocus()
