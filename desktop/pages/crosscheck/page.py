"""外部比对: drop another department's list, look at what it says of ours, take it in; then explain each hit before the county asks."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import Qt
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from db.errors import Cancelled, Refused
from db.rules.codes import CrossKind
from db.services.crosscheck import crosscheck
from db.services.crosscheck import reading as crosscheck_reading
from db.services.crosscheck.crosscheck import CrossPreview, HitView, ListView
from db.services.crosscheck.reading import Opened
from db.sheets.crosslist import CrossFile, ListSheet
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.pages.crosscheck.columns import ColumnsPane
from desktop.pages.crosscheck.looking import CHANGES, EXPORTS, Looking
from desktop.pages.crosscheck.taking import TakingPane
from desktop.widgets.choosing import choose_file
from desktop.widgets.empty import Empty
from desktop.widgets.menus import MenuButton
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack

_SUBTITLE = "车辆、房产、工商、财政供养、残疾人、低保等名单拿来一比，先查清、先说明，县里来问时有据可查。"
_PATTERN = "名单 (*.xlsx *.xlsm *.xls *.et *.ods *.csv *.txt *.htm *.html *.xml);;所有文件 (*)"
_EMPTY, _LOOKING, _COLUMNS, _TAKING = range(4)


class CrosscheckPage(Page):
    """``open_thing``: a household's id shows its hits, a path reads that list. Asks for "households" with a household's id."""

    interests: ClassVar[frozenset[str]] = frozenset({"crosscheck", "cases", "households", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("外部比对", _SUBTITLE, parent)
        self._office = office
        self._opened: Opened | None = None
        self._file: CrossFile | None = None
        self._number = 0
        self._wanted = 0
        self._any = False
        self.paper = self.add_button("比对情况说明")
        self.export = MenuButton("导出", self)
        self.actions_row.addWidget(self.export)
        self.choose = self.add_button("选择名单…", "primary")
        self.empty = Empty(
            "把别的部门发来的名单拖到这里",
            "车管、房管、工商、财政、残联、民政的都可以，Excel、WPS、csv 都能读。先按身份证号、再按姓名和村，找出名单里建档的人；"
            "不是本镇建档的人不会留下。",
            "选择名单…",
            self,
        )  # fmt: skip
        self.looking = Looking(office, self)
        self.columns = ColumnsPane(self)
        self.taking = TakingPane(self)
        self.stack = Stack(self)
        for part in (self.empty, self.looking, self.columns, self.taking):
            self.stack.addWidget(part)
        self.body.addWidget(self.stack, 1)
        self.setAcceptDrops(True)
        self._connect()
        self._renew()

    def refresh(self) -> None:
        self._office.read("比对结果", crosscheck.everything, done=self._show)

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, Path):
            self.read_list(thing)
        elif isinstance(thing, int):
            self._wanted = thing
            if not self.stale:
                self._show_wanted()

    def read_list(self, path: Path) -> None:
        """Read a list, with progress and cancel; what is typed in the page stays."""
        op = partial(crosscheck_reading.open_list, self._office.record, path)
        self._office.long(f"读取 {path.name}", op, self._on_opened, by=self)

    def take_in(self) -> None:
        """Keep the list that is previewed."""
        taking = self.taking
        shown, dated = taking.shown, taking.dated()
        if shown is None or dated is None or not taking.go.isEnabled():
            return
        taking.go.setEnabled(False)
        self._office.write(
            "录入比对名单", crosscheck.take_in, shown, taking.office.raw(), dated, done=self._on_taken, failed=self._on_refused,
            changes=CHANGES, by=self,
        )  # fmt: skip

    def save(self) -> None:
        if self.stack.currentIndex() == _TAKING:
            self.take_in()
        elif self.stack.currentIndex() == _LOOKING:
            self.looking.save()

    def preview(self) -> None:
        if self.stack.currentIndex() == _LOOKING:
            self.looking.show_paper()

    def next_record(self) -> None:
        if self.stack.currentIndex() == _LOOKING:
            self.looking.hits.list.table.go_next()

    def may_leave(self) -> bool:
        """What is typed is kept as a draft, so one may always go."""
        self.looking.keep_now()
        return True

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc leaves a list that is not taken in yet, a step at a time."""
        steps = {_COLUMNS: self._on_columns_left, _TAKING: self._leave}
        step = steps.get(self.stack.currentIndex())
        if event.key() == Qt.Key.Key_Escape and step is not None:
            step()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event):
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """One list is read; photos and scans go to the hit that is looked at, which takes them itself."""
        paths = _dropped(event)
        event.acceptProposedAction()
        if len(paths) == 1:
            self.read_list(paths[0])
        else:
            self.said.emit("名单请一次拖一份。", "ochre")

    def _connect(self) -> None:
        self.choose.clicked.connect(self._on_choose)
        self.empty.acted.connect(self._on_choose)
        self.paper.clicked.connect(self.looking.show_paper)
        for how, (words, _, _) in EXPORTS.items():
            self.export.add(how, words)
        self.export.chosen.connect(self.looking.choose_export)
        self.looking.changed.connect(self.refresh)
        self.looking.counted.connect(self._renew)
        self.columns.decided.connect(self._on_decided)
        self.columns.given_up.connect(self._on_columns_left)
        self.taking.asked.connect(self._compare)
        self.taking.taken.connect(self.take_in)
        self.taking.given_up.connect(self._leave)
        self.taking.columns_asked.connect(self._on_columns)

    def _show(self, found: tuple[Sequence[ListView], Sequence[HitView]]) -> None:
        lists, hits = found
        self._any = bool(lists)
        self.looking.show_record(lists, hits)
        if self.stack.currentIndex() in (_EMPTY, _LOOKING):
            self._leave()
        self.counts_said.emit({"crosscheck": sum(one.open for one in lists)})
        self._show_wanted()

    def _show_wanted(self) -> None:
        if self._wanted and self._any:
            self._leave()
            self.looking.look_at_home(self._wanted)
        self._wanted = 0

    def _on_choose(self) -> None:
        path = choose_file(self, "选择别的部门发来的名单", _PATTERN)
        if path is not None:
            self.read_list(path)

    def _on_opened(self, opened: Opened) -> None:
        self._opened, self._file = opened, None
        if opened.asked:
            self._ask()
        else:
            self._read(opened, opened.sheets)

    def _ask(self, everything: bool = False) -> None:
        assert self._opened is not None
        self.columns.ask(self._opened, everything)
        self.stack.setCurrentIndex(_COLUMNS)
        self.columns.take_focus()
        self._renew()

    def _on_columns(self) -> None:
        self._ask(everything=True)

    def _on_columns_left(self) -> None:
        """Back to the preview where there is one, else to the hits."""
        if self._file is not None:
            self.stack.setCurrentIndex(_TAKING)
            self._renew()
        else:
            self._leave()

    def _on_decided(self, opened: Opened, sheets: Sequence[ListSheet], answered: Sequence[ListSheet]) -> None:
        self._office.write("记住表头", crosscheck.remember, answered, changes=frozenset(), by=self)
        self._read(opened, sheets)

    def _read(self, opened: Opened, sheets: Sequence[ListSheet]) -> None:
        op = partial(self._rows, opened, tuple(sheets))
        self._office.long(f"读取 {opened.book.name}", op, self._on_read, by=self)

    def _rows(self, opened: Opened, sheets: Sequence[ListSheet], ticket: Ticket) -> CrossFile:
        return self._office.see(crosscheck_reading.read_rows, opened, sheets, ticket)

    def _on_read(self, file: CrossFile) -> None:
        assert self._opened is not None
        again, self._file = self._file is not None, file
        if not again:
            office = self._office.see(crosscheck_reading.office_before, self._opened)
            self.taking.begin(file.name, self._opened.guess, office)
        self.stack.setCurrentIndex(_TAKING)
        self._renew()
        self._compare()
        self.taking.take_focus()

    def _compare(self) -> None:
        """Hold the list against the record, beside the window; an answer that comes home late is let go."""
        kind = self.taking.chosen_kind()
        self._number += 1
        if kind is not None and self._file is not None:
            op = partial(self._preview, self._number, kind, self._file, self.taking.complete())
            self._office.long("比对", op, self._on_compared, self._on_refused, by=self)

    def _preview(
        self, number: int, kind: CrossKind, file: CrossFile, complete: bool, ticket: Ticket
    ) -> tuple[int, CrossPreview]:
        ticket.report(0, 0, f"{len(file.rows):,} 行")
        return number, self._office.see(crosscheck.preview, kind, file, complete=complete)

    def _on_compared(self, found: tuple[int, CrossPreview]) -> None:
        number, shown = found
        if number == self._number:
            self.taking.show_preview(shown)

    def _on_refused(self, error: Exception) -> None:
        self.taking.renew()
        if isinstance(error, Refused):
            self.taking.problem.setText("；".join(problem.text for problem in error.problems))
        elif not isinstance(error, Cancelled):
            self._office.work.tell(error)

    def _on_taken(self, list_id: int) -> None:
        shown = self.taking.shown
        self._leave()
        if shown is not None:
            told = (
                f"{len(shown.hits):,} 处要说明（{shown.households:,} 户 {shown.persons:,} 人）"
                if shown.hits
                else "没有要说明的"
            )
            self.said.emit(f"已录入{shown.kind.label}名单：{told}。", "pine")
            self.looking.look_at(shown.kind, list_id if shown.hits else 0)
        self.refresh()

    def _leave(self) -> None:
        """Back to the hits, or to the invitation where there are none."""
        if self.stack.currentIndex() in (_COLUMNS, _TAKING):
            self._opened, self._file = None, None
        self.stack.setCurrentIndex(_LOOKING if self._any else _EMPTY)
        self._renew()

    def _renew(self) -> None:
        looking = self.stack.currentIndex() == _LOOKING
        shown, homes = self.looking.counts() if looking else (0, 0)
        for made in (self.paper, self.export):
            made.setVisible(looking)
            made.setEnabled(shown > 0)
        self.paper.setText(f"比对情况说明（{homes:,} 户）" if homes > 1 else "比对情况说明")
        self.export.setText(f"导出（{shown:,} 处）" if shown else "导出")
        self.choose.setVisible(looking)


def _dropped(event: QDragEnterEvent | QDropEvent) -> list[Path]:
    return [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
