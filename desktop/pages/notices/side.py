"""The real page of a notice at the right: for the planned day of posting until it hangs everywhere, then as it hangs.

Before anything is shown, printed or saved the whole text was searched for every number of the record; what is found is said here
instead of a page.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.fields.kinds import Date
from db.papers.notice import NoticeFacts
from db.services.notices import notices
from db.services.notices.notices import NoticeView, Sheet
from desktop.app.office import Office
from desktop.printing.preview import PaperPreview
from desktop.widgets.editors import LineEditor
from desktop.widgets.faults import problems_of
from desktop.widgets.looks import Card, label, mark, row

SAMPLE = "样稿"


class SheetSide(Card):
    """Signals: ``printed(planned, copies)`` the notice shown was printed or saved as PDF (copies 0) for that planned day."""

    printed = Signal(object, int)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent, margin=10)
        self.setProperty("help", "notices.md#打印")
        self._office = office
        self._notice: NoticeView | None = None
        self._draft: tuple[int, tuple[int, ...]] | None = None
        self._asked = 0
        self.planned = LineEditor(Date(), self)
        self.planned.setFixedWidth(124)
        self.planned.core.setAccessibleName("计划张贴日期")
        self.caption = label("计划张贴", "", self)
        self.period = label("", "quiet", self, wrap=True)
        self.fault = label("", "fault", self, wrap=True)
        self.fault.hide()
        self.preview = PaperPreview(self)
        self._lay_out()
        self.planned.left.connect(self.reload)
        self.preview.saved.connect(self._on_saved)
        self.preview.printed.connect(self._on_printed)

    def show_notice(self, notice: NoticeView | None) -> None:
        """Show a notice, or nothing."""
        same = notice is not None and self._notice is not None and notice.id == self._notice.id
        self._notice, self._draft = notice, None
        hangs = notice is None or not notice.missing or notice.taken_on is not None
        self._ask_for_day(not hangs, keep=same)
        self.preview.set_copies(len(notice.places) if notice else 1)
        self.reload()

    def show_draft(self, village_id: int, case_ids: tuple[int, ...]) -> None:
        """Show what a notice of these cases would say; it is marked as a sample and not remembered as printed."""
        keep = self._draft is not None
        self._notice, self._draft = None, (village_id, case_ids)
        self._ask_for_day(True, keep=keep)
        self.preview.set_copies(1)
        self.reload()

    def planned_day(self) -> date:
        """The planned day of posting; today when it is blank or no date."""
        day = self.planned.value()
        return day if isinstance(day, date) else self._today()

    def reload(self) -> None:
        """Lay the paper out anew."""
        self._asked += 1
        if self._notice is not None:
            self._office.read(
                "排公示榜", _numbered, self._asked, notices.sheet, self._notice.id, self.planned_day(),
                done=self._show, failed=self._refuse,
            )  # fmt: skip
        elif self._draft is not None:
            village_id, case_ids = self._draft
            self._office.read(
                "排公示榜", _numbered, self._asked, notices.draft, village_id, case_ids, self.planned_day(),
                done=self._show, failed=self._refuse,
            )  # fmt: skip
        else:
            self.preview.show_paper(None)
            self._say("", "")

    def _lay_out(self) -> None:
        self._day = QWidget(self)
        head = row(self._day)
        head.addWidget(self.caption)
        head.addWidget(self.planned)
        head.addWidget(self.period, 1)
        self.body.addWidget(self._day)
        self.body.addWidget(self.fault)
        self.body.addWidget(self.preview, 1)

    def _ask_for_day(self, wanted: bool, *, keep: bool) -> None:
        if not keep or self.planned.is_blank():
            self.planned.set_value(self._today())
        self.caption.setVisible(wanted)
        self.planned.setVisible(wanted)

    def _show(self, found: tuple[int, Sheet]) -> None:
        number, sheet = found
        if number != self._asked:
            return
        paper = sheet.paper if self._draft is None else replace(sheet.paper, watermark=SAMPLE)
        self.preview.show_paper(paper)
        lack = f"榜上缺{'、'.join(sheet.gaps)}，请先在“设置”里填好。" if sheet.gaps else ""
        self._say(_period(sheet.facts), lack, warn=True)

    def _refuse(self, error: Exception) -> None:
        self.preview.show_paper(None)
        self._say("", "\n".join(p.text for p in problems_of(error)))

    def _say(self, period: str, fault: str, *, warn: bool = False) -> None:
        self.period.setText(period)
        self._day.setVisible(bool(period) or self.planned.isVisibleTo(self._day))
        self.fault.setText(fault)
        mark(self.fault, "role", "warn" if warn else "fault")
        self.fault.setVisible(bool(fault))

    def _on_saved(self, path: str) -> None:
        self._tell(0)

    def _on_printed(self, copies: int) -> None:
        self._tell(copies)

    def _tell(self, copies: int) -> None:
        if self._notice is not None and not self._notice.down:
            self.printed.emit(self.planned_day(), copies)

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def _period(facts: NoticeFacts) -> str:
    first, last = facts.first_day, facts.last_day
    return f"榜上印 {first.month}月{first.day}日至{last.month}月{last.day}日，共 {facts.days} {facts.day_kind}"


def _numbered(unit: object, number: int, verb: object, *args: object) -> tuple[int, Sheet]:
    """A reading that knows which question it answers; answers may come home out of order."""
    return number, verb(unit, *args)  # type: ignore[operator]
