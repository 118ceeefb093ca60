"""The blank sheet: the same sums and items, or the same answers, as when it was entered first, with nothing of that in it."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.errors import Problem
from db.fields import rekey
from db.fields.base import Field
from db.fields.income import ITEMS
from db.rules.codes import RekeySubject
from db.rules.eligibility import LOOK_WORDS
from db.services.rekeying import rekeys
from db.services.rekeying.rekeys import Blank
from db.services.town import drafts
from desktop.app.office import Office
from desktop.forms.incomesheet import IncomeSheet
from desktop.forms.keeper import Keeper
from desktop.pages.rekeys.drawing import CHANGED
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.faults import problems_of
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import Card, button, column, label, row, scrolled

SHEET_WIDTH = 430
DRAFT = "rekey/"
_SEGMENTS = (*rekey.PRIORITIES.values(), *rekey.ENTRIES.values(), *rekey.BARS.values())


class KeyPane(QWidget):
    """Signals: ``keyed(item_id, differing)`` it is stored and compared; ``left()`` it was given up."""

    keyed = Signal(int, int)
    left = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._blank: Blank | None = None
        self.keeper = Keeper(office, self._content, self)
        self.title = label("", "heading", self)
        self.fault = label("", "fault", self, wrap=True)
        self.income = IncomeSheet()
        self.visit = _visit_form()
        self.store = button("存入并比对", "primary", self)
        self.back = button("不录了", "plain", self)
        self.stack = QStackedWidget(self)
        self._lay_out()
        for sheet in (self.income, self.visit):
            sheet.save_asked.connect(self.save)
            sheet.changed.connect(self.keeper.touch)
            sheet.ended.connect(self.store.setFocus)
            sheet.cancel_asked.connect(self._on_back)
        self.store.clicked.connect(self.save)
        self.back.clicked.connect(self._on_back)

    def start(self, blank: Blank) -> None:
        """Show an empty sheet for one household, or what this person had keyed of it when the program ended."""
        self._blank = blank
        year = f"{blank.year} 年" if blank.year else ""
        self.title.setText(f"复录　{blank.called}　{year}{blank.subject.label}")
        self.fault.hide()
        income = blank.subject is RekeySubject.INCOME
        self.stack.setCurrentIndex(0 if income else 1)
        sheet = self.income if income else self.visit
        sheet.set_values({})
        key = f"{DRAFT}{blank.item_id}"
        self.keeper.begin(key)
        kept = next((k for k in drafts.load(self._office.record, key) if k.key == key), None)
        if kept is not None:
            sheet.set_texts(json.loads(kept.content))
        sheet.go_to_first()

    def _content(self) -> str:
        return json.dumps(self._sheet().texts(), ensure_ascii=False)

    def is_dirty(self) -> bool:
        """Whether something keyed would be lost."""
        return self._blank is not None and self._sheet().is_dirty()

    def drop(self) -> None:
        """Give up what was keyed."""
        if self.is_dirty():
            self.keeper.drop()
        self.income.set_values({})
        self.visit.set_values({})
        self._blank = None

    def save(self) -> None:
        """Ctrl+S: store what was keyed; only then the first entry is looked at."""
        if self._blank is None or not self.store.isEnabled():
            return
        sheet = self._sheet()
        if not self._checked():
            sheet.go_to_first_fault()
            return
        values: dict[str, Any] = dict(sheet.values())
        self.store.setEnabled(False)
        self._office.write(
            "复录", rekeys.answer, self._blank.item_id, values, done=self._on_stored, failed=self._on_failed,
            changes=CHANGED, by=self,
        )  # fmt: skip

    def _checked(self) -> bool:
        if self._sheet() is self.visit:
            return self.visit.check(demanded=True)
        blank = [f for f in ITEMS if f.demanded and self.income.editors[f.key].is_blank()]
        if self.income.check() and blank:
            self.income.show_problems([Problem(f"请填写{f.label}，没有的填 0", f.key) for f in blank])
        return not blank and not self.income.faulty()

    def _sheet(self) -> IncomeSheet | Form:
        return self.income if self.stack.currentIndex() == 0 else self.visit

    def _lay_out(self) -> None:
        whole, foot = column(self, 10), row()
        whole.addWidget(self.title)
        whole.addWidget(label("照纸质表录，不看档案里的原录；存入以后才比对，不能再改。", "quiet", self, wrap=True))
        whole.addWidget(self.fault)
        card = Card(parent=self)
        self.income.setMaximumWidth(SHEET_WIDTH)
        card.body.addWidget(self.income)
        card.body.addStretch(1)
        self.stack.addWidget(scrolled(card))
        self.stack.addWidget(self.visit)
        whole.addWidget(self.stack, 1)
        foot.addWidget(self.store)
        foot.addWidget(self.back)
        foot.addStretch(1)
        whole.addLayout(foot)

    def _on_stored(self, differing: int) -> None:
        assert self._blank is not None
        item_id = self._blank.item_id
        self.store.setEnabled(True)
        self.drop()
        self.keyed.emit(item_id, differing)

    def _on_failed(self, error: Exception) -> None:
        self.store.setEnabled(True)
        self.fault.setText("；".join(problem.text for problem in problems_of(error)))
        self.fault.show()

    def _on_back(self) -> None:
        if self.is_dirty():
            answers = (Answer("不录了", "drop", "danger"), Answer("接着录", "stay", "primary"))
            if ask(self, "这一户录了一半", "不录了，录入的就不保留，可以以后重新复录。", answers) != "drop":
                return
        self.drop()
        self.left.emit()


def _visit_form() -> Form:
    head = rekey.HEAD
    sections = (
        Section("入户", (head[:2], head[2:4], head[4:])),
        Section("四看", _pairs(rekey.LOOKS.values())),
        Section("五优先", _pairs(rekey.PRIORITIES.values())),
        Section("六进", _single(rekey.ENTRIES.values())),
        Section("七不进", _single(rekey.BARS.values())),
    )
    looks = {field.key: "segments" for field in _SEGMENTS}
    looks |= {field.key: "segments" for field in (rekey.SIGNED_HOUSEHOLD, rekey.SIGNED_OFFICER)}
    looks |= {field.key: "options" for field in rekey.LOOKS.values()}
    form = Form(sections, None, looks)  # type: ignore[arg-type]
    for item, field in rekey.LOOKS.items():
        form.set_options(field.key, list(LOOK_WORDS[item].values()))
    return form


def _pairs(fields: Iterable[Field]) -> tuple[tuple[Field, ...], ...]:
    """Two in a row."""
    found = tuple(fields)
    return tuple(found[n : n + 2] for n in range(0, len(found), 2))


def _single(fields: Iterable[Field]) -> tuple[tuple[Field, ...], ...]:
    """One in a row: the words of these items are long."""
    return tuple((field,) for field in fields)
