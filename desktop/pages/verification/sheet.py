"""The sheet of one visit as the paper has it: head, 四看, 五优先, 六进, 七不进, item by item.

What was not looked at stays unanswered and is missing from the visit; it counts as 待核, never as 否.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QScrollArea, QVBoxLayout, QWidget

from db.rules.codes import Bar, Finding, Look, LookItem
from db.rules.eligibility import LOOK_WORDS, Verification
from desktop.pages.verification.head import SIGNED, Head, names
from desktop.pages.verification.home import HomePart
from desktop.pages.verification.items import Chips, ItemRow
from desktop.pages.verification.wording import BARS, ENTRIES, FINDINGS, LOOKS, PRIORITIES
from desktop.widgets.looks import Card, column, label, row

_YES = Finding.YES.label


class VisitSheet(QWidget):
    """Signal ``changed()``: the clerk answered or typed."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.head = Head()
        self.home = HomePart()
        self.looks = {item: ItemRow(text, item.label, tuple(LOOK_WORDS[item].values())) for item, text in LOOKS.items()}
        self.priorities = Chips(tuple(PRIORITIES.values()))
        self.entries = {
            e: ItemRow(f"{n} {text}", e.label, FINDINGS, (), (_YES,), "凭什么认定：证件、病历、证明")
            for n, (e, text) in enumerate(ENTRIES.items(), 1)
        }
        self.bars = {
            b: ItemRow(f"{n} {text}", b.label, FINDINGS, (_YES,), (_YES,), "须写明情况，由审核人认定")
            for n, (b, text) in enumerate(BARS.items(), 1)
        }
        self._counts: dict[str, QLabel] = {}
        self.area = QScrollArea(self)
        self._lay_out()
        self.head.changed.connect(self.changed)
        self.priorities.changed.connect(self.changed)
        self.home.changed.connect(self.changed)
        self.home.came.connect(self.go_to)
        for item in self.items():
            item.changed.connect(self._on_changed)

    def items(self) -> list[ItemRow]:
        """All lines with an answer, in the order of the paper."""
        return [*self.looks.values(), *self.entries.values(), *self.bars.values()]

    def stops(self) -> list[QWidget]:
        """Where Enter stops now: evidence only where it is wanted or already given."""
        found = self.head.stops()
        found += [self.home.form] if self.home.waits() else []
        found += [self.home.health] if self.home.health_waits() else []
        for item in self.looks.values():
            found += self._stops_of(item)
        found.append(self.priorities.first)
        for item in (*self.entries.values(), *self.bars.values()):
            found += self._stops_of(item)
        return found

    def sections(self) -> list[QWidget]:
        """Where the page keys stop: the beginning of each part of the paper."""
        firsts = (next(iter(lines.values())).answer for lines in (self.looks, self.entries, self.bars))
        return [self.head.day.core, self.home.form, self.home.health, *firsts]

    def propose(self, hints: Mapping[Bar, str]) -> None:
        """Say at the 七不进 items what house and property point to."""
        for bar, line in self.bars.items():
            line.propose(hints.get(bar, ""))

    def visit(self, day: date) -> Verification:
        """What stands here, with ``day`` where the date is not filled in yet."""
        return Verification(
            visited_on=self.head.visited_on() or day,
            surveyors=names(self.head.surveyors.raw()),
            officer=self.head.officer.raw().strip(),
            looks={item: (look, line.note()) for item, line in self.looks.items() if (look := _look(item, line))},
            priorities=frozenset(list(PRIORITIES)[n] for n in self.priorities.chosen()),
            entries={e: (found, line.note()) for e, line in self.entries.items() if (found := _finding(line))},
            bars={b: (found, line.note()) for b, line in self.bars.items() if (found := _finding(line))},
            signed_household=self.head.household.text() == SIGNED[0],
            signed_officer=self.head.village.text() == SIGNED[0],
            signed_surveyors=self.head.signed(),
        )

    def show_visit(self, visit: Verification | None) -> None:
        """Fill in the visit on file; None is the blank sheet."""
        self.head.show_visit(visit)
        shown = visit or _BLANK
        for item, line in self.looks.items():
            look, note = shown.looks.get(item, (None, ""))
            line.put(LOOK_WORDS[item].get(look, "") if look else "", note)
        self.priorities.choose([n for n, p in enumerate(PRIORITIES) if p in shown.priorities])
        for entry, line in self.entries.items():
            line.put(*_said(shown.entries.get(entry)))
        for bar, line in self.bars.items():
            line.put(*_said(shown.bars.get(bar)))
        self._count()

    def texts(self) -> dict[str, str]:
        """What stands here, for drafts."""
        found = {f"head.{key}": text for key, text in self.head.texts().items()}
        found["priorities"] = json.dumps(self.priorities.chosen())
        for n, item in enumerate(self.items()):
            found[f"answer.{n}"], found[f"note.{n}"] = item.text(), item.note()
        return found

    def set_texts(self, texts: Mapping[str, str]) -> None:
        """Put a draft back."""
        self.head.put({key.removeprefix("head."): text for key, text in texts.items() if key.startswith("head.")})
        self.priorities.choose(json.loads(texts.get("priorities", "[]")))
        for n, item in enumerate(self.items()):
            item.put(texts.get(f"answer.{n}", ""), texts.get(f"note.{n}", ""))
        self._count()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free the sheet."""
        self.head.set_read_only(locked)
        self.home.set_read_only(locked)
        self.priorities.set_read_only(locked)
        for item in self.items():
            item.set_read_only(locked)

    def go_to(self, widget: QWidget) -> None:
        """Bring a part of the sheet into sight."""
        if self.isAncestorOf(widget) and self.area.widget().isAncestorOf(widget):
            self.area.ensureWidgetVisible(widget, 0, 70)

    def to_top(self) -> None:
        """Show the head."""
        self.area.verticalScrollBar().setValue(0)

    @staticmethod
    def _stops_of(item: ItemRow) -> list[QWidget]:
        return [item.answer, item.evidence.core] if item.wants_evidence() else [item.answer]

    def _lay_out(self) -> None:
        sheet = Card(margin=0)
        inner = column(gap=0)
        inner.setContentsMargins(18, 12, 18, 12)
        inner.addWidget(self.head)
        inner.addSpacing(8)
        inner.addWidget(self.home)
        self._section(inner, "四看", "looks", list(self.looks.values()))
        chips = row(gap=10)
        chips.addWidget(label("五优先", "heading"), 0, Qt.AlignmentFlag.AlignTop)
        chips.addWidget(self.priorities, 1)
        inner.addSpacing(8)
        inner.addLayout(chips)
        self._section(inner, "六进", "entries", list(self.entries.values()))
        self._section(inner, "七不进", "bars", list(self.bars.values()))
        inner.addStretch(1)
        sheet.body.addLayout(inner)
        self.area.setWidget(sheet)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        whole = column(self, 0)
        whole.addWidget(self.area)

    def _section(self, inner: QVBoxLayout, title: str, key: str, items: list[ItemRow]) -> None:
        head = row(gap=10)
        head.addWidget(label(title, "heading"))
        self._counts[key] = label("", "quiet")
        head.addWidget(self._counts[key])
        head.addStretch(1)
        inner.addSpacing(8)
        inner.addLayout(head)
        for item in items:
            inner.addWidget(item)

    def _on_changed(self) -> None:
        self._count()
        self.changed.emit()

    def _count(self) -> None:
        """Say at each heading how many items nobody looked at yet."""
        groups = (("looks", self.looks.values()), ("entries", self.entries.values()), ("bars", self.bars.values()))
        for key, lines in groups:
            blank = sum(not line.text() for line in lines)
            self._counts[key].setText(f"还有 {blank} 项没看" if blank else "")


_BLANK = Verification(date.min)


def _look(item: LookItem, line: ItemRow) -> Look | None:
    return next((look for look, word in LOOK_WORDS[item].items() if word == line.text()), None)


def _finding(line: ItemRow) -> Finding | None:
    return Finding.by_label(line.text())


def _said(found: tuple[Finding, str] | None) -> tuple[str, str]:
    return (found[0].label, found[1]) if found else ("", "")
