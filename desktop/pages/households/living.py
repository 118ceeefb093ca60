"""生产生活条件 with 住房 and 财产, and below it 易地搬迁, which is shown only where a household moves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Problem
from db.fields.household import HOUSEHOLD
from db.rules.values import Household, Living
from desktop.forms.people import plain
from desktop.pages.households import layout
from desktop.widgets.form import Form
from desktop.widgets.looks import button, column, scrolled

_BLANK = Living()


class LivingTab(QWidget):
    """Signals as of a form: ``changed()``, ``left()``, ``save_asked()``, ``cancel_asked()``, ``ended()``, ``began()``, ``pointed(field)``."""

    changed = Signal()
    left = Signal()
    save_asked = Signal()
    cancel_asked = Signal()
    ended = Signal()
    began = Signal()
    pointed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.form = Form(layout.LIVING, self, layout.SWITCHES, scroll=False)
        self.moving = Form(layout.MOVING, self, scroll=False)
        self.moves = button("本户是易地搬迁户，填写搬迁情况", "link", self)
        ground = QWidget()
        ground.setObjectName("ground")
        inner = column(ground, 10)
        for part in (self.form, self.moving, self.moves):
            inner.addWidget(part)
        inner.addStretch(1)
        self.area = scrolled(ground)
        whole = column(self, 0)
        whole.setContentsMargins(0, 10, 0, 0)
        whole.addWidget(self.area)
        for part in self.parts:
            part.set_quiet()
            for mine, own in (
                (part.changed, self.changed), (part.left, self.left), (part.save_asked, self.save_asked),
                (part.cancel_asked, self.cancel_asked), (part.pointed, self.pointed),
            ):  # fmt: skip
                mine.connect(own)
            part.came.connect(self._on_came)
        self.form.began.connect(self.began)
        self.form.ended.connect(self._on_form_ended)
        self.moving.began.connect(self.form.go_to_last)
        self.moving.ended.connect(self.ended)
        self.moves.clicked.connect(self._on_moves)

    @property
    def parts(self) -> tuple[Form, Form]:
        """Both forms."""
        return self.form, self.moving

    def show_household(self, household: Household) -> None:
        """Show another household; the forms are clean."""
        living = household.living or _BLANK
        values = {
            **{key: getattr(household, key) for key in HOUSEHOLD},
            **{k: getattr(living, k) for k in living.__slots__},
        }
        for part in self.parts:
            part.set_values(values)
        self._show_moving(any(value is not None for value in self.moving.values().values()))

    def household(self, base: Household) -> Household:
        """``base`` with what stands here."""
        typed = {**self.form.values(), **self.moving.values()}
        own = {key: plain(value, getattr(base, key)) for key, value in typed.items() if key in HOUSEHOLD}
        return replace(base, **own, living=_living(base.living, {k: v for k, v in typed.items() if k not in HOUSEHOLD}))

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        for part in self.parts:
            part.set_texts(texts)
        self._show_moving(any(self.moving.texts().values()))

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        return {**self.form.texts(), **self.moving.texts()}

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Mark the fields named."""
        for part in self.parts:
            part.show_problems([p for p in problems if p.field in part.fields()])

    def hint(self, problems: Sequence[Problem], warnings: Sequence[Problem]) -> None:
        """Mark fields while the clerk is at work."""
        for part in self.parts:
            part.hint(problems, warnings)

    def go_to_first(self) -> None:
        """Put the keyboard into the first field."""
        self.form.go_to_first()

    def _show_moving(self, shown: bool) -> None:
        self.moving.setVisible(shown)
        self.moves.setVisible(not shown)

    def _on_moves(self) -> None:
        self._show_moving(True)
        self.moving.go_to_first()

    def _on_form_ended(self) -> None:
        if self.moving.isHidden():
            self.ended.emit()
        else:
            self.moving.go_to_first()

    def _on_came(self, cell: QWidget) -> None:
        self.area.ensureWidgetVisible(cell, 0, 30)


def _living(before: Living | None, typed: Mapping[str, Any]) -> Living | None:
    """None where nothing is known and nothing was."""
    own = before or _BLANK
    found = replace(own, **{key: plain(value, getattr(own, key)) for key, value in typed.items()})
    return before if before is None and found == _BLANK else found
