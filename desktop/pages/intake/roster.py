"""Taking in a roster: choose or drop the file, see what would become of each household, tick, mend, then write all of it at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QTabWidget, QWidget

from db.errors import Cancelled, Refused
from db.services.sheets.imports import FATE_WORDS, Imported, Mend, Preview, PreviewRow
from db.sheets import correcting
from db.sheets.correcting import Written
from db.sheets.findings import SheetFinding
from db.sheets.plan import RosterPlan
from db.sheets.workbook import Book
from desktop.app.office import CASES, Office
from desktop.app.paths import offered
from desktop.app.ticket import Ticket
from desktop.pages.intake import previewing
from desktop.pages.intake.asking import AskingView
from desktop.pages.intake.history import History
from desktop.pages.intake.household import HouseholdCard
from desktop.pages.intake.picks import Picks
from desktop.pages.intake.pile import Pile
from desktop.pages.intake.reading import RosterReading, trouble
from desktop.pages.intake.rosterbar import RosterBar, sheet_of
from desktop.pages.intake.rosterlist import EVERY, RosterList
from desktop.widgets.choosing import choose_file
from desktop.widgets.empty import Empty
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, column, row
from desktop.widgets.strip import Strip

FAULTY = FATE_WORDS["faulty"]
_TO_DECIDE = ("faulty", "conflict")
_WRITTEN = "已录入"


class RosterView(QWidget):
    """Signals: ``ready(households, persons)`` what the button may write now, 0 for nothing; ``typing_asked(PreviewRow)`` a faulty
    household is to be typed; ``taken()`` an import was written or taken back."""

    ready = Signal(int, int)
    typing_asked = Signal(object)
    taken = Signal()

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that acts, so that it skips its own echo."""
        super().__init__(parent)
        self._office = office
        self._by = by
        self._picks: Picks | None = None
        self._run_id = 0
        self.reading = RosterReading(office, self)
        self.strip = Strip(("撤销这次录入",), self)
        self.pile = Pile(self.reading, self)
        self.bar = RosterBar(self)
        self.day, self.again, self.export, self.unmend = (
            self.bar.day, self.bar.again, self.bar.export, self.bar.unmend,
        )  # fmt: skip
        self.file_label, self.day_label, self.counts = self.bar.file_label, self.bar.day_label, self.bar.counts
        self.start = Empty("", "", "选择名册文件…", self)
        self.history = History(office, by, self)
        self.asking = AskingView(self)
        self.households = RosterList(self)
        self.findings = ListTable(
            previewing.FINDING_COLUMNS, list(previewing.SEVERITY_WORDS.values()), "intake-findings", parent=self
        )
        self.detail = HouseholdCard(office, self._said, self)
        self.type_it = self.detail.type_it
        self.tabs = QTabWidget(self)
        self.pages = QStackedWidget(self)
        self.next_fault = QShortcut(QKeySequence(Qt.Key.Key_F8), self)
        self.next_fault.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._lay_out()
        self._connect()
        self._begin()

    @property
    def preview(self) -> Preview | None:
        """What is shown."""
        return self._picks.shown if self._picks is not None else None

    @property
    def picks(self) -> Picks | None:
        """What is ticked and mended in it."""
        return self._picks

    def clear(self) -> None:
        """Back to choosing a file, or to what was taken in earlier."""
        self.pile.forget()
        self._begin()
        self.history.refresh()

    def _begin(self) -> None:
        self._picks, self._run_id = None, 0
        self.reading.forget()
        self.bar.begin()
        self.start.say(
            "把村里报来的名册拖到这里，或选择文件",
            "先预览，看清新增、变动、冲突和有错的，勾好再录入；此前档案不会改动",
            "选择名册文件…",
        )
        self._show_start()
        self._say("")

    def choose(self) -> None:
        """Ask for a file."""
        path = choose_file(self, "选择名册")
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a file and show what taking it in would do; a file that cannot be read is said here."""
        if self.reading.running:
            return
        if self.day.check():
            self._say(self.day.problem(), "red")
            return
        self._picks = None
        self.bar.begin(path.name)
        self._say("")
        self.ready.emit(0, 0)
        self.reading.open(path, self._today())

    def judge(self) -> None:
        """Judge the file, with what was mended in it, anew; the ticks stay."""
        self.reading.judge(self._picks.mends if self._picks is not None else (), self._today())

    def write(self) -> None:
        """Take in what is ticked, after a verified copy of the record."""
        if self._picks is None or self.reading.running:
            return
        self.ready.emit(0, 0)
        self._office.long(
            "录入名册", self._write, self._on_written, self._on_unwritten, changes=CASES | {"backup"}, by=self._by, writes=True
        )  # fmt: skip

    def export_to(self, target: Path) -> None:
        """Write the workbook with its faults marked."""
        book, path, shown = self.reading.book, self.reading.path, self.preview
        if book is None or path is None or shown is None:
            return

        def write(ticket: Ticket) -> Written:
            return correcting.write(path, target, book, shown.findings, ticket)

        self._office.long("导出错误清单", write, self._on_exported, self._on_not_exported)

    def mark_typed(self, typed: PreviewRow) -> None:
        """A faulty household is in the record now."""
        if self._picks is not None:
            self._picks.typed.add(typed.key)
            self.judge()

    def go_to_next_fault(self) -> None:
        """F8: the next household that has a fault or a conflict, from the top again after the last."""
        if self._picks is None:
            return
        self.tabs.setCurrentIndex(0)
        rows = self._picks.shown.rows
        here = self.households.table.current_id()
        wanted = [n for n, one in enumerate(rows) if one.fate in _TO_DECIDE and one.key not in self._picks.typed]
        place = next((n for n in wanted if n > here), wanted[0] if wanted else -1)
        if place < 0:
            self._say("没有有错或有冲突的户了。", "pine")
            return
        self.households.go_to(place)
        self.detail.edit_fault()

    def _on_columns(self) -> None:
        if self.reading.plan is not None and not self.reading.running:
            self._ask(self.reading.plan, everything=True)

    def _ask(self, plan: RosterPlan, everything: bool = False) -> None:
        self.ready.emit(0, 0)
        self.asking.show_plan(plan, everything)
        self.pages.setCurrentWidget(self.asking)
        self.asking.take_focus()

    def _on_not_read(self) -> None:
        if self._picks is None:
            self.clear()
        else:
            self.pages.setCurrentIndex(1)
            self._count()

    def _on_book(self, _: Book) -> None:
        """The file lies open; nothing of it is judged yet."""
        self.judge()

    def _today(self) -> date | None:
        day = self.day.kind.read(self.day.raw())
        return day if isinstance(day, date) else None

    def _show(self, preview: Preview, as_of: date) -> None:
        first = self._picks is None
        if self._picks is None:
            self._picks = Picks(preview)
        else:
            self._picks.renew(preview)
        self.bar.judged_on(as_of, self.reading.came_back)
        self.households.show_picks(self._picks)
        self.findings.set_items(previewing.finding_items(preview))
        self.tabs.setTabText(1, f"逐格问题 {len(preview.findings):,}")
        self.tabs.setTabText(0, f"农户 {len(preview.rows):,}")
        self.pages.setCurrentIndex(1)
        if first:
            self.households.choose(EVERY)
            self._say(previewing.seen(self._picks), "ochre")
        if self.households.current_row() is None and self.households.count():
            self.households.table.selectRow(0)
        self._show_detail(self.households.current_row())
        self._count()

    def _count(self) -> None:
        """What will be written by what is ticked, on the button and beside the counts."""
        if self._picks is not None:
            self.bar.count(self._picks)
            self.ready.emit(*self._picks.taken())

    def _write(self, ticket: Ticket) -> tuple[Imported, str]:
        assert self._picks is not None
        ticket.report(0, 2, "先备份")
        copy = self._office.backup_before("名册录入")
        ticket.check()
        ticket.report(1, 2, "写入档案")
        return self.reading.take_in(self._picks.shown, self._picks.chosen(), ticket), copy

    def _on_written(self, found: tuple[Imported, str]) -> None:
        done, copy = found
        self._run_id = done.run_id
        self._say(previewing.result(done, copy), "ochre" if done.faulty[0] else "pine")
        self.households.choose(FAULTY if done.faulty[0] else EVERY)
        self.households.table.setFocus()
        self.judge()
        self.taken.emit()

    def _on_unread(self, error: Exception) -> None:
        """Nothing was read; what stood here before is no longer what the file's name above says."""
        if isinstance(error, Cancelled) and self.strip.text().startswith(_WRITTEN):
            # what stands below was judged before it was written: it would be offered once more
            self._begin()
            self.history.refresh()
            self._say("名册已经录入，见下面的记录；录入后的核对停下了，要看结果请重新选择这份文件。", "pine")
            return
        if self._picks is not None and isinstance(error, Cancelled):
            self._say("核对停下了，下面还是上一次核对的结果。", "ochre")
            return
        self._picks = None
        self.bar.begin(self.file_label.text())
        self._show_start()
        self._say(*trouble(error, "没有读完就停下了，没有读入任何内容。", "这份文件读到一半出了错，没有读入任何内容。"))

    def _on_unwritten(self, error: Exception) -> None:
        """What the record holds may be another by now: the file is held against it anew, and the ticks stay."""
        self._say(*trouble(error, "没有录入，档案没有改动。", "没有录入，档案没有改动。"))
        self._count()
        if isinstance(error, Refused):
            self.judge()

    def _on_exported(self, done: Written) -> None:
        self._say(previewing.exported(done), "pine")

    def _on_not_exported(self, error: Exception) -> None:
        self._say(*trouble(error, "没有导出错误清单。", "没有导出错误清单。"))

    def _show_start(self) -> None:
        self.pages.setCurrentIndex(0)
        self._show_detail(None)
        self.ready.emit(0, 0)

    def _say(self, text: str, tone: str = "ochre") -> None:
        self.strip.say(text, tone)  # type: ignore[arg-type]
        self.strip.buttons[0].setVisible(text.startswith(_WRITTEN) and bool(self._run_id))

    def _said(self, finding: SheetFinding) -> str:
        return self.reading.said(finding, self._picks.mends if self._picks is not None else ())

    def _show_detail(self, found: PreviewRow | None, at: SheetFinding | None = None) -> None:
        self.detail.show_row(self._picks, found, at)

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, PreviewRow) and thing.fate == "faulty" and not self.type_it.isHidden():
            self.detail.edit_fault()

    def _on_type_it(self) -> None:
        if self.detail.row is not None:
            self.typing_asked.emit(self.detail.row)

    def _on_mended(self, mend: Mend) -> None:
        if self._picks is not None:
            self._picks.mend(mend)
            self.judge()

    def _on_unmend(self) -> None:
        if self._picks is not None:
            self._picks.unmend()
            self.judge()

    def _on_cells_ticked(self) -> None:
        self.households.table.refresh()
        self._count()

    def _on_ticked(self) -> None:
        self.detail.renew_ticks()
        self._count()

    def _on_tab(self, place: int) -> None:
        if place == 0:
            self._show_detail(self.households.current_row())
        else:
            self._on_finding_current(self.findings.current_thing())

    def _row_with(self, finding: object) -> PreviewRow | None:
        """The household a finding is about, None for a loose one."""
        rows = self._picks.shown.rows if self._picks is not None else ()
        return next((one for one in rows if finding in one.findings), None)

    def _on_finding_current(self, thing: object) -> None:
        self._show_detail(self._row_with(thing), thing if isinstance(thing, SheetFinding) else None)

    def _on_finding(self, thing: object) -> None:
        """A finding opened shows its household in the other list."""
        found = self._row_with(thing)
        if found is not None and self._picks is not None:
            self.households.choose(EVERY)
            self.households.go_to(self._picks.place_of(found))
            self.tabs.setCurrentIndex(0)
            self._show_detail(found, thing if isinstance(thing, SheetFinding) else None)

    def _on_again(self) -> None:
        if self.reading.path is not None:
            self.take(self.reading.path)

    def _on_export(self) -> None:
        if self.reading.book is None or self.reading.path is None:
            return
        start = offered(self.reading.path.parent, correcting.file_name(self.reading.book))
        chosen, _ = QFileDialog.getSaveFileName(self, "导出错误清单", start, "工作簿 (*.xlsx)")
        if chosen:
            self.export_to(Path(chosen))

    def _on_undo(self) -> None:
        run_id = self._run_id
        self._begin()
        self.history.refresh(run_id)

    def _lay_out(self) -> None:
        start, first = QWidget(self), Card(parent=self)
        first.body.addWidget(self.start)
        beginning = column(start)
        beginning.addWidget(first, 1)
        beginning.addWidget(self.history, 2)
        shown = QWidget(self)
        whole = column(shown)
        split = row(gap=14)
        split.addWidget(self.tabs, 1)
        split.addWidget(self.detail, 0, Qt.AlignmentFlag.AlignTop)
        whole.addLayout(split, 1)
        for title, table in (("农户", self.households), ("逐格问题", self.findings)):
            self.tabs.addTab(sheet_of(table), title)
        for page in (start, shown, self.asking):
            self.pages.addWidget(page)
        outer = column(self)
        for part in (self.strip, self.pile, self.bar):
            outer.addWidget(part)
        outer.addWidget(self.pages, 1)
        outer.addSpacing(8)

    def _connect(self) -> None:
        self.reading.asked.connect(self._ask)
        self.reading.opened.connect(self._on_book)
        self.asking.decided.connect(self.reading.decide)
        self.asking.given_up.connect(self._on_not_read)
        self.bar.columns.clicked.connect(self._on_columns)
        self.reading.judged.connect(self._show)
        self.reading.failed.connect(self._on_unread)
        self.pile.asked.connect(self.take)
        self.start.acted.connect(self.choose)
        self.again.clicked.connect(self._on_again)
        self.export.clicked.connect(self._on_export)
        self.unmend.clicked.connect(self._on_unmend)
        self.strip.buttons[0].clicked.connect(self._on_undo)
        self.history.undone.connect(self.taken)
        self.households.current_changed.connect(self._show_detail)
        self.households.opened.connect(self._on_opened)
        self.households.ticked.connect(self._on_ticked)
        self.findings.opened.connect(self._on_finding)
        self.findings.current_changed.connect(self._on_finding_current)
        self.tabs.currentChanged.connect(self._on_tab)
        self.detail.cells_ticked.connect(self._on_cells_ticked)
        self.detail.mended.connect(self._on_mended)
        self.detail.typing_asked.connect(self._on_type_it)
        self.next_fault.activated.connect(self.go_to_next_fault)
