"""新建公示: a village, its households that passed the assembly, all ticked; the paper stands beside it before it is made."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from db.fields.kinds import Text
from db.rules.procedure import IDENTIFICATION, ladders
from db.services.notices import notices
from db.services.notices.notices import Candidate, Waiting
from desktop.app.office import Office
from desktop.forms.panel import Panel
from desktop.widgets.editors import PickEditor
from desktop.widgets.looks import Card, label, row
from desktop.widgets.sheet import Column
from desktop.widgets.ticks import Tickable, Ticks

COLUMNS = (
    Column("group", "村民小组", 100),
    Column("head", "户主", 110),
    Column("size", "人口", 70, "right"),
    Column("attribute", "属性", 120),
    Column("held", "评议", 150),
)


class CreatePanel(Panel):
    """Signal ``draft_asked(village_id, case_ids)``: another village or other ticks; show the paper they would make."""

    draft_asked = Signal(int, object)

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "新建公示", parent)
        self.setProperty("help", "notices.md#新建公示")
        self._waiting: tuple[Waiting, ...] = ()
        self._village: Waiting | None = None
        self._sizes: dict[int, int] = {}
        self.note.setText("列入公示以后，姓名、人口要改须重新公示，请先核对右边的榜。")
        self.village = PickEditor(Text(), self)
        self.village.core.setAccessibleName("村")
        self.village.core.setMinimumWidth(260)
        self.households = Ticks(COLUMNS, "户", self)
        sheet, pick = Card(parent=self), row()
        pick.addWidget(label("村", "", self))
        pick.addWidget(self.village)
        pick.addStretch(1)
        sheet.body.addLayout(pick)
        sheet.body.addWidget(self.households, 1)
        self.body.addWidget(sheet, 1)
        self.village.changed.connect(self._on_village)
        self.households.changed.connect(self._on_ticks)

    def begin(self, waiting: Sequence[Waiting], village_id: int | None = None, ladder: str = IDENTIFICATION) -> None:
        """Offer the villages that wait, those of removals apart; start with ``village_id`` on that ladder or the first."""
        self._waiting = tuple(waiting)
        self.faults.tell(0)
        self.village.set_options([_words(w) for w in self._waiting])
        chosen = next((w for w in self._waiting if (w.village_id, w.ladder) == (village_id, ladder)), self._waiting[0])
        self.village.set_value(_words(chosen))
        self._on_village()
        self.village.setFocus()

    def case_ids(self) -> tuple[int, ...]:
        """The ticked cases in the order of the list."""
        return tuple(thing for thing in self.households.ticked() if isinstance(thing, int))

    def carry_out(self) -> None:
        if self._village is None or not self.confirm.isEnabled():
            return
        ids = self.case_ids()
        self._made = f"已新建公示（{self._counted(ids)}），打印后张贴"
        self.write("新建公示", notices.create, self._village.village_id, ids, news=self._made, notice_id=0)

    def on_done(self, result: object) -> None:
        self.confirm.setEnabled(True)
        self.done.emit(self._made, result if isinstance(result, int) else 0)

    def _on_village(self) -> None:
        text = self.village.raw()
        self._village = next((w for w in self._waiting if _words(w) == text), None)
        if self._village is not None:
            self.office.read(
                "读取已评议农户", notices.listable, self._village.village_id, self._village.ladder, done=self._show
            )

    def _show(self, found: tuple[Candidate, ...]) -> None:
        self._sizes = {c.case_id: c.row.size for c in found}
        self.households.set_rows([_tickable(c) for c in found])
        self._on_ticks()

    def _on_ticks(self) -> None:
        ids = self.case_ids()
        self.faults.tell(0)
        self.confirm.setText(f"新建公示（{self._counted(ids)}）")
        self.confirm.setEnabled(bool(ids))
        if self._village is not None:
            self.draft_asked.emit(self._village.village_id, ids)

    def _counted(self, ids: Sequence[int]) -> str:
        return f"{len(ids):,} 户 {sum(self._sizes[i] for i in ids):,} 人"


def _tickable(candidate: Candidate) -> Tickable:
    r = candidate.row
    return Tickable((r.group, r.head_name, str(r.size), r.attribute, candidate.passed), candidate.case_id)


def _words(waiting: Waiting) -> str:
    topic = "" if waiting.ladder == IDENTIFICATION else f" · {ladders()[waiting.ladder].name}"
    return f"{waiting.village}{topic}（{waiting.households:,} 户 {waiting.persons:,} 人已评议）"
