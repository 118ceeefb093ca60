"""报表填报: drop the county's blank form, confirm what each column stands for, fill it from the register and save it under its own name.

The form is tried out beside the window after every answer; nothing is written before the clerk says where to.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import pairwise
from pathlib import Path
from typing import ClassVar

from PySide6.QtCore import QTimer
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QHideEvent
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from db.errors import Cancelled
from db.services.countyforms import countyforms
from db.services.countyforms import lists as countyforms_lists
from db.services.countyforms.countyforms import Filled, Opened
from db.services.countyforms.plan import Choices, Lack, Plan, plan
from db.services.figures.facts import Register
from db.services.figures.register import register
from db.services.town import town
from db.sheets.template import FormKind
from db.sheets.template_frame import Frame
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.pages.countyforms.lackpane import LackPane
from desktop.pages.countyforms.sheetpane import SheetPane
from desktop.pages.countyforms.shelf import Shelf
from desktop.widgets.choosing import choose_file
from desktop.widgets.looks import column, label, row
from desktop.widgets.page import Page
from desktop.widgets.tabs import Tabs

_SUBTITLE = "县里发来的空表，认出每一列填什么后按在册户填好；格式、公式、页脚照旧。"
_SIDE, _SETTLE_MS = 300, 300
_KINDS = (".xlsx", ".xlsm", ".xls", ".et")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What one trial is made from; an older one that comes home late is let go."""

    number: int
    found: Opened
    answers: dict[tuple[int, int], str]
    month: date
    choices: Choices


class CountyFormsPage(Page):
    """``open_thing`` takes the path of a blank form. Asks for "households" with a household's id."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "town"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("报表填报", _SUBTITLE, parent)
        self._office = office
        self._found: Opened | None = None
        self._registers: dict[date, Register] = {}
        self._plan: Plan | None = None
        self._source: Path | None = None
        self._number = 0
        self.panes: list[SheetPane] = []
        self.folder = clerks_folder()
        self.back = self.add_button("返回")
        self.choose = self.add_button("选择表样…")
        self.fill_button = self.add_button("填好并另存…", "primary")
        self.shelf = Shelf(self)
        self.side = LackPane(self)
        self.said_of_form = label("", "quiet", self, wrap=True)
        self.changed_label = label("", "warn", self, wrap=True)
        self.sheets = Tabs(self)
        self.stack = QStackedWidget(self)
        self._settle = QTimer(self)
        self._settle.setSingleShot(True)
        self._settle.setInterval(_SETTLE_MS)
        self.setAcceptDrops(True)
        self._lay_out()
        self._connect()
        self._show_shelf()

    def refresh(self) -> None:
        self._registers.clear()
        self.side.set_months(self._office.record.clock.now().date())
        self.side.set_villages([one.name for one in self._office.see(town.villages)])
        self.shelf.show_forms(self._office.see(countyforms.forms))
        if self._found is not None:
            self.try_out()

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, Path):
            self.read_form(thing)

    def read_form(self, path: Path) -> None:
        """Read a blank form, with progress and cancel."""
        op = partial(self._read, path)
        self._office.long(f"读取 {path.name}", op, partial(self._take, path), by=self)

    def _take(self, path: Path, found: Opened) -> None:
        self._source = path
        self.show_form(found)

    def show_form(self, found: Opened) -> None:
        """Put a form on the table."""
        self._found, self._plan = found, None
        while self.panes:
            old = self.panes.pop()
            old.hide()
            old.deleteLater()
        self._renew_sheets(found)
        self.set_title(found.name)
        self.said_of_form.setText(_standing(found))
        gone = "、".join(" › ".join(path) for path in found.gone[:6])
        self.changed_label.setText(f"上次有、这次没有的：{gone}" if gone else "")
        self.changed_label.setVisible(bool(gone))
        self.side.once.setVisible(any(sheet.kind is FormKind.PERSON for sheet in found.template.sheets))
        self.stack.setCurrentIndex(1)
        self._renew_buttons()
        self.try_out()

    def try_out(self) -> None:
        """Fill the form in thought and show what comes of it."""
        if self._found is None:
            return
        self._settle.stop()
        self._number += 1
        units = {pane.form.number: pane.chosen_unit() for pane in self.panes if pane.chosen_unit()}
        chosen = Choices(self.side.chosen_villages(), units, self.side.once.isChecked())
        asked = _Asked(self._number, self._found, self.answers(), self.side.chosen_month(), chosen)
        self._office.long("按档案试填", partial(self._tried, asked), self._show_plan, self._on_refused, by=self)

    def answers(self) -> dict[tuple[int, int], str]:
        """What every slot of the form stands for, as far as it was confirmed."""
        return {(p.form.number, place): key for p in self.panes for place, key in p.answers().items() if key}

    def fill_to(self, path: Path) -> None:
        """Write the filled form to ``path`` and remember the answers."""
        if self._found is None or self._plan is None:
            return
        if self._source is not None and path.absolute() == self._source.absolute():
            self.said.emit("这是空表本身，填好的请换一个文件名，下个月还用得着空表。", "ochre")
            return
        op = partial(self._fill, self._found, self._plan, self.answers(), path)
        self._office.long(f"填写 {path.name}", op, self._filled, by=self)

    def file_name(self) -> str:
        """The name proposed for the filled form."""
        return countyforms.file_name(self._found.template, self.side.chosen_month()) if self._found else ""

    def export_to(self, path: Path) -> None:
        """Write what is blank in the record into a list for each village."""
        if self._plan is not None and self._found is not None:
            lacks, name = self._plan.lacks, self._found.name
            op = partial(self._export, name, lacks, path)
            self._office.long(f"导出 {path.name}", op, partial(self._exported, path), by=self)

    def save(self) -> None:
        if self.fill_button.isEnabled():
            self._on_fill()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if _dropped(event) is not None:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        path = _dropped(event)
        if path is not None:
            event.acceptProposedAction()
            self.read_form(path)

    def hideEvent(self, event: QHideEvent) -> None:
        """What was just answered is tried out when the page is looked at again."""
        super().hideEvent(event)
        if self._settle.isActive():
            self._settle.stop()
            self.stale = True

    def _read(self, path: Path, ticket: Ticket) -> Opened:
        return countyforms.read(self._office.record, path, ticket)

    def _tried(self, asked: _Asked, ticket: Ticket) -> tuple[int, Plan]:
        ticket.report(0, 0, "按档案试填")
        of_month = self._registers.get(asked.month)
        if of_month is None:
            of_month = self._office.see(register, asked.month.year, asked.month.month)
            self._registers = {asked.month: of_month}
        ticket.check()
        frame = self._frame(asked.month)
        return asked.number, plan(asked.found.template, asked.answers, of_month, frame, asked.choices)

    def _frame(self, month: date) -> Frame:
        return self._office.see(countyforms.frame_of, month)

    def _show_plan(self, done: tuple[int, Plan]) -> None:
        number, made = done
        if number != self._number or self._found is None:
            return
        self._plan = made
        for pane, sheet in zip(self.panes, made.sheets, strict=True):
            pane.show_plan(sheet)
        waiting = sum(pane.unsure() for pane in self.panes)
        self.side.show_plan(made, self._found.template.losses, waiting)
        self._renew_buttons()
        self._put_in_order()

    def _put_in_order(self) -> None:
        """Let Tab go as the clerk reads: the sheets with their columns, then the month and what is missing."""
        parts = [self.back, self.choose, self.fill_button, self.sheets.bar]
        parts += [part for pane in self.panes for part in pane.in_order()]
        parts += [self.side.month, self.side.village, self.side.once, self.side.lacks, self.side.export]
        for one, other in pairwise(parts):
            QWidget.setTabOrder(one, other)

    def _on_refused(self, error: Exception) -> None:
        self._plan = None
        self._renew_buttons()
        if not isinstance(error, Cancelled):
            self._office.work.tell(error)

    def _fill(
        self, found: Opened, wanted: Plan, answers: dict[tuple[int, int], str], path: Path, ticket: Ticket
    ) -> Filled:
        done = countyforms.fill(self._office.record, found.template, wanted, path, ticket)
        self._office.act(countyforms.keep, found, answers)
        return done

    def _filled(self, done: Filled) -> None:
        self.shelf.show_forms(self._office.see(countyforms.forms))
        counted = f"{done.counted.households:,} 户 {done.counted.persons:,} 人"
        rows = f"，{done.rows:,} 行" if done.rows else ""
        self.said.emit(f"已填好 {done.path.name}：{counted}{rows}，已回读核对。位置：{done.path.parent}", "pine")

    def _export(self, name: str, lacks: tuple[Lack, ...], path: Path, ticket: Ticket) -> int:
        ticket.check()
        return countyforms_lists.write(name, lacks, path)

    def _exported(self, path: Path, lines: int) -> None:
        self.said.emit(f"已导出 {path.name}：{lines:,} 处，一村一张。位置：{path.parent}", "pine")

    def _renew_sheets(self, found: Opened) -> None:
        place = self.middle.indexOf(self.sheets)
        old, self.sheets = self.sheets, Tabs(self)
        self.middle.insertWidget(place, self.sheets, 1)
        old.hide()
        old.deleteLater()
        for sheet, proposals in zip(found.template.sheets, found.proposals, strict=True):
            pane = SheetPane(sheet, proposals, self.sheets)
            pane.changed.connect(self._settle.start)
            pane.kind_asked.connect(self._on_kind)
            self.panes.append(pane)
            self.sheets.add(pane, sheet.name.strip() or "（无名）")
        self.sheets.bar.setVisible(len(self.panes) > 1)

    def _on_kind(self, kind: FormKind) -> None:
        place = next((n for n, pane in enumerate(self.panes) if pane is self.sender()), None)
        if self._found is not None and place is not None:
            self.show_form(countyforms.rekinded(self._found, place, kind))

    def _on_choose(self) -> None:
        path = choose_file(self, "选择县里发的空表")
        if path is not None:
            self.read_form(path)

    def _on_fill(self) -> None:
        start = offered(self.folder, self.file_name())
        chosen, _ = QFileDialog.getSaveFileName(self, "填好并另存", start, "工作簿 (*.xlsx)")
        if chosen:
            path = workbook_path(chosen)
            self.folder = path.parent
            self.fill_to(path)

    def _on_export(self) -> None:
        name = f"待补清单-{self.file_name()}"
        chosen, _ = QFileDialog.getSaveFileName(self, "导出待补清单", offered(self.folder, name), "工作簿 (*.xlsx)")
        if chosen:
            self.export_to(workbook_path(chosen))

    def _on_forget(self, fingerprint: str) -> None:
        self._office.write(
            "忘掉表样", countyforms.forget, fingerprint, done=self._forgotten, changes=frozenset(), by=self
        )

    def _forgotten(self, _: None) -> None:
        self.shelf.show_forms(self._office.see(countyforms.forms))

    def _on_household(self, household_id: int) -> None:
        self.go_asked.emit("households", household_id)

    def _show_shelf(self) -> None:
        self._found, self._plan = None, None
        self._number += 1
        self.set_title("报表填报")
        self.stack.setCurrentIndex(0)
        self._renew_buttons()

    def _renew_buttons(self) -> None:
        on_table = self._found is not None
        self.back.setVisible(on_table)
        self.choose.setVisible(on_table)
        self.fill_button.setVisible(on_table)
        self.fill_button.setEnabled(self._plan is not None and bool(self.answers()))
        self.set_subtitle("" if on_table else _SUBTITLE)

    def _connect(self) -> None:
        self.back.clicked.connect(self._show_shelf)
        self.choose.clicked.connect(self._on_choose)
        self.fill_button.clicked.connect(self._on_fill)
        self.shelf.asked.connect(self._on_choose)
        self.shelf.forgotten.connect(self._on_forget)
        self.side.changed.connect(self.try_out)
        self.side.opened.connect(self._on_household)
        self.side.exported.connect(self._on_export)
        self._settle.timeout.connect(self.try_out)

    def _lay_out(self) -> None:
        table = QWidget(self)
        split, self.middle = row(table, 14), column(gap=6)
        self.middle.addWidget(self.said_of_form)
        self.middle.addWidget(self.changed_label)
        self.middle.addWidget(self.sheets, 1)
        self.side.setFixedWidth(_SIDE)
        split.addLayout(self.middle, 1)
        split.addWidget(self.side)
        self.stack.addWidget(self.shelf)
        self.stack.addWidget(table)
        self.body.addWidget(self.stack, 1)


def _standing(found: Opened) -> str:
    """How the form stands to those filled before."""
    if found.known:
        return f"{found.template.name}　表头和上次一样，已按上次的填，核对后可直接另存。"
    changed = [p for sheet in found.proposals for p in sheet if p.change]
    if found.like:
        new = sum(p.change == "new" for p in changed)
        counts = (("新增", new), ("改名", len(changed) - new), ("取消", len(found.gone)))
        said = "、".join(f"{word} {count} 列" for word, count in counts if count)
        return f"{found.template.name}　像是“{found.like}”改的：{f'{said}，其余' if said else '列都一样，'}按上次的填。"
    return f"{found.template.name}　第一次填这张表，请核对每一列。"


def _dropped(event: QDragEnterEvent | QDropEvent) -> Path | None:
    """The one workbook that is dragged in; None for anything else."""
    urls = event.mimeData().urls()
    path = Path(urls[0].toLocalFile()) if len(urls) == 1 and urls[0].isLocalFile() else None
    return path if path is not None and path.suffix.lower() in _KINDS else None
