"""A village's visits from its workbook: every row and what will become of it, the doubtful ones asked, then all in one act.

Nothing is guessed: a row that may mean several households is recorded only after the clerk said which.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.errors import Refused
from db.services.cases.verification import Recorded
from db.services.sheets import visit_import
from db.services.sheets.visit_import import FATE_WORDS, Fate, PlannedVisit, VisitPlan
from db.services.town import town
from db.sheets.visits import read_visits
from desktop.app.office import CASES, Office
from desktop.app.work import Ticket
from desktop.pages.verification.rowpanel import RowPanel
from desktop.pages.verification.wording import OUTCOMES, counted
from desktop.widgets.colours import Tone
from desktop.widgets.faults import FaultLine
from desktop.widgets.listtable import ALL, Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("sheet", "工作表", 68),
    Column("row", "行", 42, "right"),
    Column("group", "村民小组", 74),
    Column("head", "户主", 70),
    Column("size", "人口", 50, "right"),
    Column("day", "核实日期", 92),
    Column("verdict", "核实结论", 76),
    Column("fate", "处理", 78),
    Column("why", "说明", 240),
)
_TONES: dict[Fate, Tone] = {"ok": "pine", "ask": "ochre", "skip": "grey", "fault": "red"}
Key = tuple[str, int]


class ImportView(QWidget):
    """Signals: ``left()`` back to the form; ``said(text, tone)``; ``recorded()`` the workbook was taken in."""

    left = Signal()
    said = Signal(str, str)
    recorded = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._plan: VisitPlan | None = None
        self._path = Path()
        self.answers: dict[Key, int] = {}
        self._out: set[Key] = set()
        self.told = label("", "quiet", self, wrap=True)
        self.faults = FaultLine(self)
        self.table = ListTable(COLUMNS, tuple(FATE_WORDS.values()), "visit-import")
        self.panel = RowPanel()
        self.back = button("返回逐户录入", "plain", self)
        self.apply = button("录入", "primary", self)
        self._lay_out()
        self.table.current_changed.connect(self._on_current)
        self.panel.meant.connect(self._on_meant)
        self.back.clicked.connect(self.left)
        self.apply.clicked.connect(self.take_in)

    def open_file(self, path: Path) -> None:
        """Read a workbook and show what would become of its rows."""
        self._path = path
        self._office.long("读取核实表", partial(_read, self._office, path), self._show, self._office.work.tell)

    def plan(self) -> VisitPlan | None:
        """What is shown."""
        return self._plan

    def answer(self, key: Key, case_id: int | None) -> None:
        """Say which household a row means; None leaves the row out."""
        if case_id is None:
            self.answers.pop(key, None)
            self._out.add(key)
        else:
            self.answers[key] = case_id
            self._out.discard(key)
        self._fill()

    def take_in(self) -> None:
        """Record what is shown, after a verified backup; all rows or none."""
        if self._plan is None or not self.apply.isEnabled():
            return
        self.apply.setEnabled(False)
        op = partial(_take_in, self._office, self._plan, dict(self.answers))
        self._office.long("录入核实表", op, self._on_recorded, self._on_refused, changes=CASES, by=self, writes=True)

    def _lay_out(self) -> None:
        whole, split, foot = column(self, 10), row(gap=14), row()
        sheet = Card(margin=8)
        sheet.body.addWidget(self.table, 1)
        split.addWidget(sheet, 1)
        split.addWidget(self.panel)
        foot.addWidget(self.told, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.apply)
        whole.addLayout(foot)
        whole.addWidget(self.faults)
        whole.addLayout(split, 1)

    def _show(self, shown: VisitPlan) -> None:
        self._plan = shown
        self.answers, self._out = {}, set()
        self.faults.tell(0, [f"{f.place}：{f.text}" for f in shown.notes])
        self.table.choose(FATE_WORDS["ask"] if shown.count("ask") else ALL)
        self._fill()
        if self.table.count():
            self.table.table.go_to(self.table.table.ids()[0])
        self.table.table.setFocus()

    def _fill(self) -> None:
        if self._plan is None:
            return
        self.table.set_items([self._item(planned) for planned in self._plan.rows])
        chosen = len(self._plan.chosen(self.answers))
        open_ = sum(
            1 for r in self._plan.rows if r.fate == "ask" and r.key not in self.answers and r.key not in self._out
        )
        later = f"；{open_} 行还没指认，先不录" if open_ else ""
        self.told.setText(
            f"{self._path.name}：共 {len(self._plan.rows)} 行。录入前自动备份；不采用和有错的行不会录入{later}。"
        )
        self.apply.setText(f"录入 {chosen} 户")
        self.apply.setEnabled(chosen > 0)
        self._on_current(self.table.current_thing())

    def _item(self, planned: PlannedVisit) -> Item:
        visit, fate = planned.verification, FATE_WORDS[planned.fate]
        meant = next((c for c in planned.candidates if c.case_id == self.answers.get(planned.key)), None)
        judgement = meant.judgement if meant else planned.judgement
        status = meant.status if meant else planned.status
        verdict = Cell(*OUTCOMES[status], "pill") if status else Cell("")
        state, why = Cell(fate, _TONES[planned.fate], "pill"), planned.why
        if planned.fate == "ok" and judgement is not None:
            why = "；".join(judgement.reasons) or "、".join(f.text for f in planned.findings)
        if meant is not None:
            state, why = Cell("已指认", "pine", "pill"), meant.text
        elif planned.key in self._out:
            state = Cell("不采用", "grey", "pill")
        size = "" if planned.size is None else str(planned.size)
        day = visit.visited_on.isoformat() if visit else ""
        cells = (
            planned.sheet, str(planned.row), planned.group, planned.head_name, size, day, verdict, state, Cell(why, tip=why),
        )  # fmt: skip
        return Item(cells, fate, planned)

    def _on_current(self, thing: object) -> None:
        planned = thing if isinstance(thing, PlannedVisit) else None
        key = planned.key if planned else ("", 0)
        self.panel.show_row(planned, self.answers.get(key), key in self._out)

    def _on_meant(self, planned: PlannedVisit, case_id: int) -> None:
        self.answer(planned.key, case_id or None)

    def _on_recorded(self, done: tuple[Recorded, ...]) -> None:
        """Say what was recorded and go on with the rows that stayed out."""
        assert self._plan is not None
        rest = self._plan.rest(self.answers)
        told = counted(d.status for d in done)
        left = sum(len(s.rows) for s in rest)
        self.said.emit(f"已录入 {len(done)} 户的入户核实：{told}。{left} 行没有录入。", "pine")
        self._show(self._office.see(visit_import.plan, rest))
        self.told.setText(f"已录入 {len(done)} 户（{told}）；下面 {left} 行没有录入，原因写在“说明”里。")
        self.recorded.emit()

    def _on_refused(self, error: Exception) -> None:
        self.apply.setEnabled(True)
        if isinstance(error, Refused):
            self.faults.tell(0, [f"{p.where}：{p.text}" if p.where else p.text for p in error.problems])
        else:
            self._office.work.tell(error)


def _read(office: Office, path: Path, ticket: Ticket) -> VisitPlan:
    villages = [v.name for v in office.see(town.villages)]
    return office.see(visit_import.plan, read_visits(path, villages, ticket))


def _take_in(office: Office, shown: VisitPlan, answers: dict[Key, int], ticket: Ticket) -> tuple[Recorded, ...]:
    ticket.report(0, 2, "正在备份")
    office.backup_before("核实表录入")
    ticket.check()
    ticket.report(1, 2, f"正在录入 {len(shown.chosen(answers))} 户")
    return office.act(visit_import.apply, shown, answers)
