"""What looking into hits came to: outcome, explanation, proofs; said of one hit or of many. What was typed for a hit and not saved stays
with it, overnight as well."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.fields.kinds import Choice, Text
from db.rules.codes import CrossOutcome
from db.services.crosscheck.crosscheck import Answer
from desktop.pages.crosscheck.attached import Attached, AttachedList
from desktop.widgets.lines import LinesEditor
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.picks import PickEditor


@dataclass(frozen=True, slots=True)
class Typed:
    """What stands in the box for one hit."""

    outcome: str = ""
    text: str = ""
    files: tuple[Attached, ...] = ()


class Answering(QWidget):
    """Signals: ``saved()`` the word is to be kept; ``touched()`` something was typed; ``looked(attached)``."""

    saved = Signal()
    touched = Signal()
    looked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "crosscheck.md#逐处说明")
        self._unsaved: dict[int, Typed] = {}
        self._hit = 0
        self.outcome = PickEditor(Choice(table=CrossOutcome), self)
        self.text = LinesEditor(Text(limit=500), self, lines=3)
        self.attached = AttachedList(self)
        self.problem = label("", "fault", self, wrap=True)
        self.save_button = button("保存说明", "primary", self)
        self._lay_out()
        for editor in (self.outcome, self.text, self.attached):
            editor.changed.connect(self._on_changed)
        self.attached.looked.connect(self.looked)
        self.save_button.clicked.connect(self.saved)

    def begin(self, hit_id: int, said: Answer | None, names: Mapping[str, str]) -> None:
        """Show what was said of a hit, or what was typed for it and not saved."""
        self._hit = hit_id
        shas = said.attachments if said else ()
        kept = Typed(
            said.outcome.label if said else "", said.explanation if said else "", tuple(Attached(names.get(s, "附件"), s) for s in shas)
        )  # fmt: skip
        self._put(self._unsaved.get(hit_id, kept))
        self.set_problem("")

    def set_count(self, count: int) -> None:
        """How many hits the word is for."""
        self.save_button.setText(f"保存说明（{count:,} 处）" if count > 1 else "保存说明")
        self.save_button.setEnabled(count > 0)

    def chosen(self) -> CrossOutcome | None:
        """The outcome; None while none is chosen."""
        found = self.outcome.value()
        return found if isinstance(found, CrossOutcome) else None

    def set_problem(self, text: str) -> None:
        """What is wrong with what was typed."""
        self.problem.setText(text)
        self.problem.setVisible(bool(text))

    def forget(self, hit_id: int) -> None:
        """It was saved."""
        self._unsaved.pop(hit_id, None)

    def holds(self) -> bool:
        """Whether anything is typed and not saved."""
        return bool(self._unsaved)

    def draft(self) -> str:
        """Everything typed and not saved, as text."""
        return json.dumps({
            str(hit): [one.outcome, one.text, [[f.name, f.sha, str(f.path or "")] for f in one.files]]
            for hit, one in self._unsaved.items()
        }, ensure_ascii=False)  # fmt: skip

    def take_draft(self, text: str) -> None:
        """Bring back what was typed before the program was closed."""
        for hit, (outcome, said, files) in json.loads(text).items():
            found = tuple(Attached(name, sha, Path(path) if path else None) for name, sha, path in files)
            self._unsaved.setdefault(int(hit), Typed(outcome, said, found))

    def _put(self, typed: Typed) -> None:
        self.outcome.set_raw(typed.outcome)
        self.text.set_raw(typed.text)
        self.attached.show_files(typed.files)

    def _on_changed(self) -> None:
        self._unsaved[self._hit] = Typed(self.outcome.raw(), self.text.raw(), self.attached.files())
        self.set_problem("")
        self.touched.emit()

    def _lay_out(self) -> None:
        whole, first, foot = column(self, 6), row(), row()
        self.outcome.core.setAccessibleName("核实结果")
        self.text.core.setAccessibleName("情况说明")
        self.text.core.setPlaceholderText("查到了什么、怎么查的，县里来问时就看这一句")  # type: ignore[attr-defined]
        first.addWidget(label("核实结果", "caption", self))
        first.addWidget(self.outcome, 1)
        foot.addStretch(1)
        foot.addWidget(self.save_button)
        whole.addLayout(first)
        whole.addWidget(self.text)
        whole.addWidget(self.attached)
        whole.addWidget(self.problem)
        whole.addLayout(foot)
        self.problem.hide()
