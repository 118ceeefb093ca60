"""A village's visits as a grid: a row for each household that waits, each with its own day and signers.

否 pasted over several rows counts for none of them until the clerk has looked at the household and pressed Space on its row.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import QEvent, QModelIndex, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from db.errors import Problem, Refused
from db.rules.codes import Finding
from db.services.cases import verification
from db.services.cases.verification import Recorded, Visit
from db.services.deciding import visit_form
from db.services.deciding.visit_form import GridRow
from desktop.app.office import Office
from desktop.pages.verification import gridfields as fields
from desktop.pages.verification.wording import counted
from desktop.widgets.dialogs import Answer, ask
from desktop.widgets.empty import Empty
from desktop.widgets.grid import Grid
from desktop.widgets.looks import button, column, label, row

UNSEEN = "未看"
SEEN = "已看"
_NO = Finding.NO.label


class VillageView(QWidget):
    """Signals: ``left()`` back to the form; ``said(text, tone)``; ``recorded()`` visits were saved."""

    left = Signal()
    said = Signal(str, str)
    recorded = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._village_id = 0
        self._rows: tuple[GridRow, ...] = ()
        self._first: list[dict[str, str]] = []
        self._last: list[dict[str, str]] = []
        self._unseen: set[int] = set()
        self._looked: set[int] = set()
        self.here = label("", "strong", self)
        self.told = label("", "quiet", self)
        self.back = button("返回逐户录入", "plain", self)
        self.keep = button("保存", "primary", self)
        self.grid = Grid(fields.FIELDS, "户", growable=False, derive=self._derived)
        self.empty = Empty("这个村没有等着入户核实的农户", "换一个村，或先在“申请与名册”里录入申请")
        self._lay_out()
        self.grid.changed.connect(self._on_changed)
        self.grid.save_asked.connect(self.save)
        self.grid.view.installEventFilter(self)
        self.grid.view.selectionModel().currentChanged.connect(self._on_moved)
        self.back.clicked.connect(self._on_back)
        self.keep.clicked.connect(self.save)

    def open_village(self, village_id: int) -> None:
        """Show the households of a village that wait for their visit."""
        self._village_id = village_id
        self._rows = self._office.see(visit_form.open_village, village_id)
        self._unseen, self._looked = set(), set()
        self.grid.set_rows([{"case": r.case_id, **fields.values_of(r.visit)} for r in self._rows])
        self._first = self._last = self.grid.texts()
        self.grid.setVisible(bool(self._rows))
        self.empty.setVisible(not self._rows)
        self._renew()
        if self._rows:
            self.grid.go_to_first()

    def refresh(self) -> None:
        """Read the village anew, unless something was typed."""
        if self._village_id and not self.changed_rows():
            self.open_village(self._village_id)

    def changed_rows(self) -> list[int]:
        """The rows in which something was entered."""
        now = self.grid.texts()
        return [n for n, texts in enumerate(now) if n >= len(self._first) or texts != self._first[n]]

    def unseen(self) -> set[int]:
        """The rows whose pasted 否 nobody has confirmed."""
        return set(self._unseen)

    def confirm(self, row: int) -> None:
        """The clerk has looked at this household."""
        if row in self._unseen:
            self._unseen.discard(row)
            self._looked.add(row)
            self.grid.model.renew()
            if self.grid.faults.telling():
                self.grid.hint(self._lacking(self.changed_rows()))
            self._renew()

    def may_leave(self) -> bool:
        """Ask before what was typed is given up."""
        changed = self.changed_rows() if self._rows else []
        if not changed:
            return True
        answers = (Answer("放弃这些录入", "drop", "danger"), Answer("继续录入", "stay", "primary"))
        text = f"表格里有 {len(changed)} 户还没有保存。"
        if ask(self, "放弃表格里没保存的录入？", text, answers) != "drop":
            return False
        self._rows = ()
        self.grid.set_rows(())
        self._first = self._last = []
        return True

    def save(self) -> None:
        """Record the rows in which something was entered, all or none."""
        changed = self.changed_rows()
        if not changed or not self.keep.isEnabled():
            return
        readable = self.grid.check()
        problems = self._problems(changed)
        if problems:
            self.grid.show_problems(problems)
        elif readable:
            cells = self.grid.rows()
            visits = [Visit(self._rows[n].case_id, fields.visit_of(cells[n], self._rows[n].visit)) for n in changed]
            self.keep.setEnabled(False)
            self._office.write(
                "保存表格录入",
                verification.record,
                visits,
                bulk=True,
                done=self._on_saved,
                failed=self._on_refused,
                by=self,
            )

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Space confirms the row the keyboard is on, and goes to the next that waits for it."""
        if watched is self.grid.view and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            at = self.grid.view.currentIndex()
            if event.key() == Qt.Key.Key_Space and at.row() in self._unseen:
                self.confirm(at.row())
                later = min((n for n in self._unseen if n > at.row()), default=None)
                if later is not None:
                    self.grid.view.setCurrentIndex(self.grid.model.index(later, at.column()))
                return True
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        whole, head = column(self, 10), row()
        head.addWidget(self.here)
        head.addWidget(self.told, 1)
        head.addWidget(self.back)
        head.addWidget(self.keep)
        whole.addLayout(head)
        whole.addWidget(self.grid, 1)
        whole.addWidget(self.empty, 1)
        self.empty.hide()
        for place, field in enumerate(fields.FIELDS):
            self.grid.view.setColumnWidth(place, fields.WIDTHS[field.key])

    def _derived(self, number: int, _: Mapping[str, str]) -> Mapping[str, str]:
        """Who the row is, and whether its 否 were looked at; none of it is typed."""
        if number >= len(self._rows):
            return {f.key: "" for f in fields.LOCKED}
        home = self._rows[number]
        seen = UNSEEN if number in self._unseen else SEEN if number in self._looked else ""
        shown = (home.group, home.head_name, str(home.size), seen)
        return {f.key: text for f, text in zip(fields.LOCKED, shown, strict=True)}

    def _problems(self, changed: Sequence[int]) -> list[tuple[int, Problem]]:
        return [(at, Problem(text, key)) for at, key, text in self.grid.model.faults()] + self._lacking(changed)

    def _lacking(self, changed: Sequence[int]) -> list[tuple[int, Problem]]:
        """What can be read and still is not enough."""
        found: list[tuple[int, Problem]] = []
        texts = self.grid.texts()
        for n in changed:
            for field in (fields.DAY, fields.SURVEYORS, fields.OFFICER):
                if not texts[n][field.key]:
                    found.append((n, Problem(f"{field.label}没填，每户都要有自己的日期和人员", field.key)))
            wrong = fields.priority_problem(texts[n][fields.PRIORITIES.key])
            if wrong:
                found.append((n, Problem(wrong, fields.PRIORITIES.key)))
            if n in self._unseen:
                text = f"{self._rows[n].head_name}户的“否”是成片粘贴的，请对着核实表看过，在该行按空格"
                found.append((n, Problem(text, fields.SEEN.key)))
        return found

    def _on_changed(self) -> None:
        now = self.grid.texts()
        fresh = [n for n, texts in enumerate(now) if self._new_no(n, texts)]
        if len(fresh) > 1:
            self._unseen |= set(fresh)
            self._looked -= set(fresh)
        self._unseen = {n for n in self._unseen if n < len(now) and any(now[n].get(k) == _NO for k in fields.FINDINGS)}
        self._last = now
        self._renew()

    def _new_no(self, number: int, texts: Mapping[str, str]) -> bool:
        before = self._last[number] if number < len(self._last) else {}
        return any(texts.get(k) == _NO and before.get(k) != _NO for k in fields.FINDINGS)

    def _renew(self) -> None:
        changed = len(self.changed_rows())
        self.keep.setText(f"保存 {changed} 户" if changed else "保存")
        self.keep.setEnabled(changed > 0)
        waits = f"{len(self._unseen)} 户的“否”是成片粘贴的，逐户看过后在该行按空格。" if self._unseen else ""
        self.told.setText(waits or f"{len(self._rows)} 户等着核实；没看的项留空，留空和“待核”都算待补充。")

    def _on_moved(self, index: QModelIndex) -> None:
        at = index.row()
        home = self._rows[at] if 0 <= at < len(self._rows) else None
        self.here.setText(f"第 {at + 1} 行 · {home.group} {home.head_name}户（{home.size} 人）" if home else "")

    def _on_saved(self, done: tuple[Recorded, ...]) -> None:
        self.said.emit(f"已保存 {len(done)} 户的入户核实：{counted(d.status for d in done)}。", "pine")
        self.open_village(self._village_id)
        self.recorded.emit()

    def _on_refused(self, error: Exception) -> None:
        self.keep.setEnabled(True)
        if isinstance(error, Refused):
            self.grid.show_problems([(-1, p) for p in error.problems])
        else:
            self._office.work.tell(error)

    def _on_back(self) -> None:
        if self.may_leave():
            self.left.emit()
