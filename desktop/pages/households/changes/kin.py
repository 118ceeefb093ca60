"""Who is what to a new head: one box a person, filled with what follows from the old relations, for the clerk to confirm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.base import Field
from db.fields.change import RELATION
from db.rules.codes import Relation
from db.rules.values import Member
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import column

_ACROSS = 3
_BOX, _LEAST = 300, 440


class Kin(QWidget):
    """``field`` is what problems of these boxes call themselves (``relations``, ``others``). Signals: those of its form, whichever it is now."""

    ended = Signal()
    began = Signal()
    save_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, field: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._places: tuple[int, ...] = ()
        self.form: Form | None = None
        self._whole = column(self)

    def ask(self, title: str, members: Mapping[int, Member], proposed: Mapping[int, Relation | None]) -> None:
        """Ask for these people, by their places; what was chosen before for somebody still asked for is not kept: the head is another."""
        if self.form is not None:
            self._whole.removeWidget(self.form)
            self.form.hide()
            self.form.deleteLater()
            self.form = None
        self._places = tuple(members)
        if not members:
            return
        fields = [
            Field(self._key(n), f"{m.name}（原为{m.relation.label if m.relation else '未填'}）", RELATION, True)
            for n, m in members.items()
        ]
        rows: Sequence[Sequence[Field]] = [fields[at : at + _ACROSS] for at in range(0, len(fields), _ACROSS)]
        self.form = Form((Section(title, rows),), self, scroll=False)
        self.form.set_values({self._key(n): proposed.get(n) for n in members})
        self.form.setMaximumWidth(max(_LEAST, _BOX * min(len(fields), _ACROSS)))
        for asked, told in (
            (self.form.ended, self.ended),
            (self.form.began, self.began),
            (self.form.save_asked, self.save_asked),
            (self.form.cancel_asked, self.cancel_asked),
        ):
            asked.connect(told)
        self._whole.addWidget(self.form)

    def relations(self) -> dict[int, Relation | None]:
        """Place -> what was chosen."""
        if self.form is None:
            return {}
        values = self.form.values()
        return {n: values[self._key(n)] for n in self._places}

    def show_problems(self, problems: Sequence[Problem]) -> list[Problem]:
        """Mark the boxes at fault; returns the problems that belong elsewhere."""
        mine, others = [], []
        for problem in problems:
            place = problem.where.removeprefix("member:")
            if problem.field == self._field and place.isdigit() and int(place) in self._places:
                mine.append(Problem(problem.text, self._key(int(place)), rule=problem.rule))
            else:
                others.append(problem)
        if self.form is not None:
            self.form.show_problems(mine)
        return others

    def _key(self, place: int) -> str:
        return f"{self._field}_{place}"
