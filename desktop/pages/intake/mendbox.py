"""One cell of the file mended in the preview: what the file says, the field's own editor, and Enter judges the household anew.

The file itself is not changed; that is said where it is done.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.fields.base import Field
from db.services.sheets.imports import Mend, PreviewRow
from db.sheets.findings import SheetFinding
from db.sheets.layouts.roster import HOUSEHOLD_FIELDS, PERSON_FIELDS
from desktop.widgets.editor import ENTER, Editor
from desktop.widgets.editors import editor_for
from desktop.widgets.looks import button, column, label, row


class MendBox(QWidget):
    """Signal ``mended(Mend)``: the clerk gave the cell another text."""

    mended = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._finding: SheetFinding | None = None
        self.editor: Editor | None = None
        self.caption = label("", "strong", self)
        self.said = label("", "quiet", self, wrap=True)
        self.do_it = button("改这一格", "plain", self)
        whole, self._line = column(self, 4), row()
        whole.addWidget(self.caption)
        whole.addWidget(self.said)
        whole.addLayout(self._line)
        self._line.addWidget(self.do_it)
        self.do_it.clicked.connect(self._on_done)
        self.hide()

    def show_cell(self, of: PreviewRow | None, finding: SheetFinding | None, now: str) -> None:
        """Offer the cell a finding stands at, which says ``now``; hidden where no single cell of a known column is at fault."""
        field = field_of(of, finding) if of is not None and finding is not None else None
        self._finding = finding
        if self.editor is not None:
            self.editor.removeEventFilter(self)
            self.editor.core.removeEventFilter(self)
            self.editor.hide()
            self.editor.deleteLater()
            self.editor = None
        self.setVisible(field is not None)
        if field is None or finding is None:
            return
        self.caption.setText(f"{finding.letter}{finding.row} {field.label}")
        self.said.setText(
            f"表上写的是“{now}”。只在这里改，原文件不动。" if now else "表上这一格是空的。只在这里改，原文件不动。"
        )
        self.editor = editor_for(field.kind, self)
        self.editor.field = field
        self.editor.core.setAccessibleName(field.label)
        self.editor.set_raw(now)
        self.editor.set_problem(finding.text if finding.severity == "E" else "")
        self.editor.core.installEventFilter(self)
        self._line.insertWidget(0, self.editor, 1)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if (
            self.editor is not None
            and watched is self.editor.core
            and isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.KeyPress
            and event.key() in ENTER
            and event.modifiers() in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
            and not getattr(watched, "composing", False)
        ):
            self._on_done()
            return True
        return super().eventFilter(watched, event)

    def _on_done(self) -> None:
        if self.editor is None or self._finding is None:
            return
        finding = self._finding
        self.mended.emit(Mend(finding.sheet, finding.row, finding.letter, self.editor.raw()))


def field_of(of: PreviewRow, finding: SheetFinding) -> Field | None:
    """The field a finding's column means, None where it stands at no single cell."""
    draft = of.draft
    if draft is None or not finding.letter or not finding.row:
        return None
    for sheet, rows, columns, fields in (
        (draft.sheet, (draft.row,), draft.columns, HOUSEHOLD_FIELDS),
        (draft.member_sheet, draft.member_rows, draft.member_columns, PERSON_FIELDS),
    ):
        if finding.sheet == sheet and finding.row in rows:
            key = next((key for key, (_, letter) in columns.items() if letter == finding.letter), "")
            if key in fields:
                return fields[key]
    return None
