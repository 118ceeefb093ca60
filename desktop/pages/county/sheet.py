"""The announcement as it prints, for the town's board with everybody or for one village's with its own households."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.fields.kinds import Date
from db.papers.model import Paper
from db.services.notices.notices import NoticeView
from db.services.papers import village as village_papers
from desktop.app.office import Office
from desktop.printing.preview import PaperPreview
from desktop.widgets.editors import LineEditor
from desktop.widgets.faults import problems_of
from desktop.widgets.looks import Card, label, row
from desktop.widgets.picks import Box


class SheetSide(Card):
    """Empty without an announcement."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=10)
        self.setProperty("help", "county.md#县公告")
        self._office = office
        self._now: NoticeView | None = None
        self.copy_for = Box(self)
        self.copy_for.setAccessibleName("张贴在")
        self.copy_for.setMinimumWidth(150)
        self.caption = label("计划张贴", "", self)
        self.planned = LineEditor(Date(), self)
        self.planned.setFixedWidth(112)
        self.planned.core.setAccessibleName("计划张贴日期")
        self.fault = label("", "fault", self, wrap=True)
        self.preview = PaperPreview(self)
        head = row()
        parts: tuple[QWidget, ...] = (label("张贴在", "", self), self.copy_for, self.caption, self.planned)
        for part in parts:
            head.addWidget(part)
        head.addStretch(1)
        self.body.addLayout(head)
        self.body.addWidget(self.fault)
        self.body.addWidget(self.preview, 1)
        self.fault.hide()
        self.copy_for.activated.connect(self.reload)
        self.planned.left.connect(self.reload)

    def show_announcement(self, now: NoticeView | None) -> None:
        """Show another announcement, or the same anew."""
        other = now is None or self._now is None or now.id != self._now.id
        self._now = now
        if other:
            self.copy_for.clear()
            for n, place in enumerate(now.places if now else ()):
                self.copy_for.addItem(place if n else f"{place}（全部）", place if n else "")
            self.planned.set_value(self._office.record.clock.now().date())
        waits = now is not None and bool(now.missing)
        self.caption.setVisible(waits)
        self.planned.setVisible(waits)
        self.reload()

    def reload(self) -> None:
        """Build the page anew; until it hangs everywhere, for the planned day."""
        if self._now is None:
            self.preview.show_paper(None)
            return
        planned = self.planned.value()
        self._office.read(
            "准备公告", village_papers.announcement_sheet, self._now.id, planned if isinstance(planned, date) else None,
            str(self.copy_for.currentData() or ""), done=self._show, failed=self._refuse,
        )  # fmt: skip

    def _show(self, paper: Paper) -> None:
        self.fault.hide()
        self.preview.show_paper(paper)

    def _refuse(self, error: Exception) -> None:
        self.preview.show_paper(None)
        self.fault.setText("\n".join(p.text for p in problems_of(error)))
        self.fault.show()
