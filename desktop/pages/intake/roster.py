"""Taking in a roster: choose or drop the file, see what would become of each household, then write all of it at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QTabWidget, QVBoxLayout, QWidget

from db.errors import Cancelled, Known, Refused
from db.fields.kinds import Date
from db.services import imports, town
from db.services.imports import FATE_WORDS, FATES, Imported, Preview, PreviewRow
from db.sheets.roster import read_roster
from desktop.app.office import CASES, Office
from desktop.app.ticket import Ticket
from desktop.pages.intake import previewing
from desktop.widgets.choosing import choose_file
from desktop.widgets.empty import Empty
from desktop.widgets.lines import LineEditor
from desktop.widgets.listtable import ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.side import SideCard
from desktop.widgets.strip import Strip

_SIDE = 336
FAULTY = FATE_WORDS["faulty"]


class RosterView(QWidget):
    """Signals: ``ready(households, persons)`` what the button may write now, 0 for nothing; ``typing_asked(PreviewRow)`` a faulty
    household is to be typed; ``taken()`` an import was written."""

    ready = Signal(int, int)
    typing_asked = Signal(object)
    taken = Signal()

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that acts, so that it skips its own echo."""
        super().__init__(parent)
        self._office = office
        self._by = by
        self._preview: Preview | None = None
        self._typed: set[int] = set()
        self._path: Path | None = None
        self._detailed: PreviewRow | None = None
        self._reading: Ticket | None = None
        self.strip = Strip((), self)
        self.day = LineEditor(Date(), self)
        self.again = button("这一天核对", "plain", self)
        self.file_label = label("", "strong", self)
        self.day_label = label("", "quiet", self)
        self.start = Empty("", "", "选择名册文件…", self)
        self.households = ListTable(
            previewing.HOUSEHOLD_COLUMNS, [FATE_WORDS[f] for f in FATES], "intake-roster", parent=self
        )
        self.findings = ListTable(
            previewing.FINDING_COLUMNS, list(previewing.SEVERITY_WORDS.values()), "intake-findings", parent=self
        )
        self.figures = SideCard("录入后", self)
        self.detail = SideCard("这一户", self)
        self.type_it = button("在窗口录入这一户", "plain", self)
        self.tabs = QTabWidget(self)
        self.pages = QStackedWidget(self)
        self._lay_out()
        self._connect()
        self.clear()

    @property
    def preview(self) -> Preview | None:
        """What is shown."""
        return self._preview

    def clear(self) -> None:
        """Back to choosing a file."""
        self._preview, self._path = None, None
        self._typed.clear()
        self.strip.say("")
        self.day.set_raw("")
        self.file_label.setText("")
        self.day_label.setText("年龄和日期按表上的填报日期核对")
        self.start.say(
            "把村里报来的名册拖到这里，或选择文件",
            "先预览，看清新增、变动和有错的，再录入；此前档案不会改动",
            "选择名册文件…",
        )
        self.pages.setCurrentIndex(0)
        self.ready.emit(0, 0)

    def choose(self) -> None:
        """Ask for a file."""
        path = choose_file(self, "选择名册")
        if path is not None:
            self.take(path)

    def take(self, path: Path) -> None:
        """Read a file and show what taking it in would do; a file that cannot be read is said here."""
        if self._reading is not None:
            return
        if self.day.check():
            self.strip.say(self.day.problem(), "red")
            return
        self._path = path
        self.file_label.setText(path.name)
        self.strip.say("")
        self.ready.emit(0, 0)
        self._reading = self._office.long(f"读取“{path.name}”", self._read, self._show, self._on_unread)

    def write(self) -> None:
        """Take in what the preview shows, after a verified copy of the record."""
        if self._preview is None:
            return
        self.ready.emit(0, 0)
        self._office.long(
            "录入名册",
            self._write,
            self._on_written,
            self._on_unwritten,
            changes=CASES | {"backup"},
            by=self._by,
            writes=True,
        )

    def mark_typed(self, typed: PreviewRow) -> None:
        """A faulty household is in the record now."""
        if self._preview is not None and typed in self._preview.rows:
            self._typed.add(self._preview.rows.index(typed))
            self.households.set_items(previewing.household_items(self._preview, self._typed))
            self._show_detail(self._detailed)

    def _read(self, ticket: Ticket) -> tuple[Preview, date]:
        assert self._path is not None
        villages = {v.name: [g.name for g in v.groups] for v in self._office.see(town.villages)}
        day = self.day.kind.read(self.day.raw())
        roster = read_roster(self._path, villages=villages, today=day, ticket=ticket)  # type: ignore[arg-type]
        ticket.check()
        return self._office.see(imports.preview, roster, self._path.name), roster.as_of

    def _show(self, found: tuple[Preview, date]) -> None:
        preview, as_of = found
        self._reading = None
        self._preview = preview
        self._typed.clear()
        self.day_label.setText(f"按 {as_of} 为准判断年龄和日期")
        self.households.set_items(previewing.household_items(preview, self._typed))
        self.findings.set_items(previewing.finding_items(preview))
        self.tabs.setTabText(1, f"逐格问题 {len(preview.findings):,}")
        self.tabs.setTabText(0, f"农户 {len(preview.rows):,}")
        self.figures.show_figures(previewing.figures(preview))
        self.households.choose("全部")
        self._show_detail(None)
        self.pages.setCurrentIndex(1)
        self.strip.say(previewing.seen(preview), "ochre")
        self.ready.emit(*previewing.taken(preview))

    def _write(self, ticket: Ticket) -> tuple[Imported, str]:
        assert self._preview is not None
        ticket.report(0, 2, "先备份")
        copy = self._office.backup_before("名册录入")
        ticket.check()
        ticket.report(1, 2, "写入档案")
        return self._office.act(imports.apply, self._preview), copy

    def _on_written(self, found: tuple[Imported, str]) -> None:
        done, copy = found
        self.strip.say(previewing.result(done, copy), "ochre" if done.faulty[0] else "pine")
        self.households.choose(FAULTY if done.faulty[0] else "全部")
        self.households.table.setFocus()
        self.taken.emit()

    def _on_unread(self, error: Exception) -> None:
        """Nothing was read; what stood here before is no longer what the file's name above says."""
        self._reading, self._preview = None, None
        self.pages.setCurrentIndex(0)
        if isinstance(error, Known):
            self.strip.say(f"{error.text}{error.remedy}", "red")
        elif isinstance(error, Cancelled):
            self.strip.say("没有读完就停下了，没有读入任何内容。")
        else:
            self.strip.say("这份文件读到一半出了错，没有读入任何内容。", "red")

    def _on_unwritten(self, error: Exception) -> None:
        if isinstance(error, Refused):
            self.strip.say("；".join(p.text for p in error.problems), "red")
        elif isinstance(error, Known):
            self.strip.say(f"{error.text}{error.remedy}", "red")
        elif self._preview is not None:
            self.strip.say("没有录入，档案没有改动。", "ochre")
        if self._preview is not None:
            self.ready.emit(*previewing.taken(self._preview))

    def _show_detail(self, thing: object) -> None:
        found = self._detailed = thing if isinstance(thing, PreviewRow) else None
        self.detail.setVisible(found is not None)
        self.type_it.setVisible(found is not None and found.fate == "faulty" and not self._is_typed(found))
        if found is not None:
            self.detail.set_title(previewing.name_of(found))
            self.detail.show_lines(previewing.lines_of(found))

    def _is_typed(self, found: PreviewRow) -> bool:
        return self._preview is not None and self._preview.rows.index(found) in self._typed

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, PreviewRow) and thing.fate == "faulty" and not self._is_typed(thing):
            self.typing_asked.emit(thing)

    def _on_acted(self, thing: object, _: str) -> None:
        self._on_opened(thing)

    def _on_type_it(self) -> None:
        self._on_opened(self._detailed)

    def _on_tab(self, place: int) -> None:
        if place == 0:
            self._show_detail(self.households.current_thing())
        else:
            self._on_finding_current(self.findings.current_thing())

    def _row_with(self, finding: object) -> int:
        """Place of the household a finding is about, −1 for a loose one."""
        rows = self._preview.rows if self._preview is not None else ()
        return next((n for n, one in enumerate(rows) if finding in one.findings), -1)

    def _on_finding_current(self, thing: object) -> None:
        place = self._row_with(thing)
        self._show_detail(self._preview.rows[place] if self._preview is not None and place >= 0 else None)

    def _on_finding(self, thing: object) -> None:
        """A finding opened shows its household in the other list."""
        place = self._row_with(thing)
        if place >= 0:
            self.households.choose("全部")
            self.households.table.go_to(place)
            self.tabs.setCurrentIndex(0)

    def _on_again(self) -> None:
        if self._path is not None:
            self.take(self._path)

    def _lay_out(self) -> None:
        self.day.setFixedWidth(120)
        self.day.setAccessibleName("按哪一天核对")
        start = Card(parent=self)
        start.body.addWidget(self.start)
        shown = QWidget(self)
        whole = column(shown)
        split = row(gap=14)
        split.addWidget(self.tabs, 1)
        split.addLayout(self._side())
        whole.addLayout(split, 1)
        for title, table in (("农户", self.households), ("逐格问题", self.findings)):
            self.tabs.addTab(_sheet(table), title)
        self.pages.addWidget(start)
        self.pages.addWidget(shown)
        outer = column(self)
        outer.addWidget(self.strip)
        outer.addLayout(self._file_line())
        outer.addWidget(self.pages, 1)
        outer.addSpacing(8)

    def _file_line(self) -> QHBoxLayout:
        line = row()
        line.addWidget(self.file_label)
        line.addWidget(self.day_label)
        line.addStretch(1)
        line.addWidget(label("改按", "quiet", self))
        line.addWidget(self.day)
        line.addWidget(self.again)
        return line

    def _side(self) -> QVBoxLayout:
        side = column(gap=14)
        for card in (self.figures, self.detail):
            card.setFixedWidth(_SIDE)
            side.addWidget(card)
        self.detail.body.addWidget(self.type_it)
        side.addStretch(1)
        return side

    def _connect(self) -> None:
        self.start.acted.connect(self.choose)
        self.again.clicked.connect(self._on_again)
        self.households.current_changed.connect(self._show_detail)
        self.households.opened.connect(self._on_opened)
        self.households.acted.connect(self._on_acted)
        self.findings.opened.connect(self._on_finding)
        self.findings.current_changed.connect(self._on_finding_current)
        self.tabs.currentChanged.connect(self._on_tab)
        self.type_it.clicked.connect(self._on_type_it)


def _sheet(table: ListTable) -> QWidget:
    holder = QWidget()
    inner = column(holder)
    inner.setContentsMargins(0, 8, 0, 0)
    inner.addWidget(table)
    return holder
