"""The head of the sheet: on which day, who went, and who signed; what is missing stands there in vermilion.

Day and signers of the household before are offered in grey and taken over only when the clerk says so, household by household.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from db.fields.kinds import Date, Name, Text
from db.fields.rekey import OFFICER, SURVEYORS, VISITED_ON
from db.rules.eligibility import LEAST_SURVEYORS, Verification
from db.services.deciding.visit_form import Before
from desktop.widgets.editor import Editor
from desktop.widgets.lines import LineEditor
from desktop.widgets.looks import button, column, label, mark, row
from desktop.widgets.segmented import Segmented

SIGNED = ("已签", "未签")
_NAMES = re.compile(r"[、，,;；/\s]+")
MOST_SURVEYORS = 6


def names(text: str) -> tuple[str, ...]:
    """The surveyors as typed: 陈某、李某."""
    return tuple(name for name in _NAMES.split(text) if name)


class Head(QWidget):
    """Signal ``changed()``; ``copied()`` the clerk took over the day and the signers of the household before."""

    changed = Signal()
    copied = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "verification.md#表头和签名")
        self._before: Before | None = None
        self._locked = False
        self.day = LineEditor(Date(), self)
        self.surveyors = LineEditor(Text(limit=60), self)
        self.officer = LineEditor(Name(), self)
        self.day.field, self.surveyors.field, self.officer.field = VISITED_ON, SURVEYORS, OFFICER
        self.copy = button("同上一户", "link", self)
        self.household = Segmented(SIGNED, SIGNED[1:], self)
        self.village = Segmented(SIGNED, SIGNED[1:], self)
        self.signers = Segmented(_lacking(LEAST_SURVEYORS), _lacking(LEAST_SURVEYORS)[1:], self)
        self.lacking = label("", "fault", self)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self._lay_out()
        for editor in (self.day, self.surveyors, self.officer):
            editor.changed.connect(self._on_changed)
            editor.left.connect(self.show_fault)
        for signs in (self.household, self.village, self.signers):
            signs.changed.connect(self._on_changed)
        self.copy.clicked.connect(self.take_over)

    def stops(self) -> list[QWidget]:
        """Where Enter stops, in order."""
        return [self.day.core, self.surveyors.core, self.officer.core, self.household, self.village, self.signers]

    def offer(self, before: Before | None) -> None:
        """Show in grey what the household before had."""
        self._before = before
        self.day.set_placeholder(before.visited_on.isoformat() if before else "如 2016-06-30")
        self.surveyors.set_placeholder("、".join(before.surveyors) if before else "两人以上，用顿号隔开")
        self.officer.set_placeholder(before.officer if before else "")
        self.copy.setVisible(before is not None and not self._locked)
        if before is not None:
            self.copy.setToolTip(
                f"照 {before.head_name}户填上：{before.visited_on} {'、'.join(before.surveyors)} {before.officer}；签名仍逐户核对"
            )

    def take_over(self) -> None:
        """Fill in the day and the people of the household before; signatures never."""
        if self._before is None or self._locked:
            return
        self.day.set_value(self._before.visited_on)
        self.surveyors.set_raw("、".join(self._before.surveyors))
        self.officer.set_raw(self._before.officer)
        self._on_changed()
        self.show_fault()
        self.copied.emit()

    def visited_on(self) -> date | None:
        """The day, None when blank or unreadable."""
        value = self.day.value()
        return value if isinstance(value, date) else None

    def signed(self) -> int:
        """How many surveyors signed."""
        went = max(len(names(self.surveyors.raw())), LEAST_SURVEYORS)
        chosen = self.signers.chosen()
        return went - chosen if chosen >= 0 else 0

    def show_visit(self, visit: Verification | None) -> None:
        """Fill in the visit on file; None is the blank sheet."""
        self.put(_texts(visit) if visit else {})

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        return {
            "day": self.day.raw(), "surveyors": self.surveyors.raw(), "officer": self.officer.raw(),
            "household": self.household.text(), "village": self.village.text(), "signers": self.signers.text(),
        }  # fmt: skip

    def put(self, texts: Mapping[str, str]) -> None:
        """Show texts without telling anybody."""
        for editor, key in ((self.day, "day"), (self.surveyors, "surveyors"), (self.officer, "officer")):
            editor.set_raw(texts.get(key, ""))
            editor.set_problem("")
        self._renew_signers()
        self.household.choose_text(texts.get("household", ""))
        self.village.choose_text(texts.get("village", ""))
        self.signers.choose_text(texts.get("signers", ""))
        self._renew()
        self.show_fault()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the head."""
        self._locked = locked
        for part in (self.day, self.surveyors, self.officer, self.household, self.village, self.signers):
            part.set_read_only(locked)
        self.copy.setVisible(self._before is not None and not locked)

    def check(self) -> list[Editor]:
        """The editors at fault; a visit without its own day cannot be saved."""
        self.day.check()
        if self.day.is_blank():
            self.day.set_problem("核实日期没填，每户都要有自己的日期")
        self.surveyors.check()
        self.officer.check()
        self.show_fault()
        return [e for e in (self.day, self.surveyors, self.officer) if e.problem()]

    def show_problem(self, key: str, text: str) -> bool:
        """Mark the field a problem names; False when it is none of these."""
        editor = {"visited_on": self.day, "surveyors": self.surveyors, "officer": self.officer}.get(key)
        if editor is not None:
            editor.set_problem(text)
            self.show_fault()
        return editor is not None

    def show_fault(self) -> None:
        """Say below the line what is wrong with it."""
        found = [e.problem() for e in (self.day, self.surveyors, self.officer) if e.problem()]
        self.fault.setText("；".join(found))
        self.fault.setVisible(bool(found))

    def _lay_out(self) -> None:
        first, second, whole = row(gap=6), row(gap=6), column(self, 6)
        for caption, editor, least, width in (
            ("核实日期", self.day, 108, 116),
            ("调查人", self.surveyors, 120, 210),
            ("陪同村干部", self.officer, 80, 110),
        ):
            editor.setMinimumWidth(least)
            editor.setMaximumWidth(width)
            editor.core.setAccessibleName(caption)
            first.addWidget(label(caption, "caption", self))
            first.addWidget(editor, width)
            first.addSpacing(10)
        first.addWidget(self.copy)
        first.addStretch(1)
        for caption, signs in (("签名　农户", self.household), ("村干部", self.village), ("调查人", self.signers)):
            signs.setAccessibleName(caption)
            second.addWidget(label(caption, "caption", self))
            second.addWidget(signs)
            second.addSpacing(12)
        second.addWidget(self.lacking)
        second.addStretch(1)
        whole.addLayout(first)
        whole.addLayout(second)
        whole.addWidget(self.fault)

    def _on_changed(self) -> None:
        self._renew_signers()
        self._renew()
        if self.fault.isVisible():
            for editor in (self.day, self.surveyors, self.officer):
                editor.set_problem("")
            self.show_fault()
        self.changed.emit()

    def _renew_signers(self) -> None:
        """One answer for each number of signatures that may be missing among those who went."""
        went = min(max(len(names(self.surveyors.raw())), LEAST_SURVEYORS), MOST_SURVEYORS)
        with QSignalBlocker(self.signers):
            self.signers.set_options(_lacking(went), _lacking(went)[1:])

    def _renew(self) -> None:
        missing = (self.household.chosen() != 0) + (self.village.chosen() != 0)
        went = max(len(names(self.surveyors.raw())), LEAST_SURVEYORS)
        missing += went - self.signed()
        self.lacking.setText(f"缺 {missing} 人" if missing else "✓ 齐全")
        mark(self.lacking, "role", "fault" if missing else "pine")


def _lacking(went: int) -> Sequence[str]:
    return ("签齐", *(f"缺 {n} 人" for n in range(1, went + 1)))


def _texts(visit: Verification) -> dict[str, str]:
    went = max(len(visit.surveyors), LEAST_SURVEYORS)
    return {
        "day": visit.visited_on.isoformat(),
        "surveyors": "、".join(visit.surveyors),
        "officer": visit.officer,
        "household": SIGNED[0] if visit.signed_household else SIGNED[1],
        "village": SIGNED[0] if visit.signed_officer else SIGNED[1],
        "signers": _lacking(went)[min(max(went - visit.signed_surveyors, 0), went)],
    }
