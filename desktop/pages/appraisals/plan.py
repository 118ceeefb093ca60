"""The preview of a workbook of assemblies: what will be taken in, what is asked, what stays out and why."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QScrollArea, QWidget

from db.services.sheets.vote_import import FATE_WORDS, PlannedVote, VotePlan
from desktop.widgets.colours import Tone
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import empty_layout

COLUMNS = (
    Column("place", "表 / 行", 120),
    Column("head", "户主", 84),
    Column("group", "村民小组", 84),
    Column("size", "人口", 52, "right"),
    Column("yes", "同意", 52, "right"),
    Column("no", "不同意", 62, "right"),
    Column("abstained", "弃权", 52, "right"),
    Column("fate", "处理", 84),
    Column("why", "原因", 430, sortable=False),
)
_TONES: dict[str, Tone] = {"ok": "pine", "ask": "ochre", "skip": "grey", "fault": "red"}


class PlanView(QWidget):
    """Signals: ``apply_asked()``; ``cancel_asked()``."""

    apply_asked = Signal()
    cancel_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "appraisals.md#会前")
        self._plan: VotePlan | None = None
        self._asked: dict[tuple[str, int], QComboBox] = {}
        self.told = label("", "", self, wrap=True)
        self.table = ListTable(COLUMNS, tuple(FATE_WORDS.values()), name="vote-plan")
        self.questions = Card("请指认：下面各行分不清是哪一户", self)
        self._grid = QGridLayout()
        inner = QWidget()
        inner.setLayout(self._grid)
        self._scroll = QScrollArea()
        self._scroll.setWidget(inner)
        self._scroll.setWidgetResizable(True)
        self._scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        self._scroll.setMaximumHeight(150)
        self.questions.body.addWidget(self._scroll)
        self.take = button("录入", "primary", self)
        self.leave = button("不录入，返回", "plain", self)
        self.take.clicked.connect(self.apply_asked)
        self.leave.clicked.connect(self.cancel_asked)
        head, whole = row(gap=10), column(self, 10)
        head.addWidget(self.told, 1)
        head.addWidget(self.leave)
        head.addWidget(self.take)
        whole.addLayout(head)
        whole.addWidget(self.questions)
        whole.addWidget(self.table, 1)

    @property
    def shown(self) -> VotePlan | None:
        """What is shown, None before the first."""
        return self._plan

    def show_plan(self, plan: VotePlan) -> None:
        """Show what taking in the workbook would do."""
        self._plan = plan
        faults = "；".join(f"{'、'.join(sheets)}没有采用：{why}" for why, sheets in _by_reason(plan).items())
        counts = "，".join(f"{word} {plan.count(fate)} 行" for fate, word in FATE_WORDS.items())
        self.told.setText(f"{len(plan.meetings)} 个村的评议：{counts}。{faults}")
        self.table.set_items([_item(r) for r in plan.rows])
        self._ask([r for r in plan.rows if r.fate == "ask"])
        self._renew()

    def answers(self) -> dict[tuple[str, int], int]:
        """The households pointed out; rows left open stay out."""
        return {key: int(box.currentData()) for key, box in self._asked.items() if box.currentData() is not None}

    def question(self, key: tuple[str, int]) -> QComboBox:
        """The question about one row."""
        return self._asked[key]

    def _ask(self, rows: list[PlannedVote]) -> None:
        empty_layout(self._grid)
        self._asked = {}
        for line, planned in enumerate(rows):
            box = Box()
            box.addItem("暂不录入这一行", None)
            for candidate in planned.candidates:
                box.addItem(candidate.text, candidate.case_id)
            box.currentIndexChanged.connect(self._renew)
            self._asked[planned.key] = box
            vote = planned.vote
            text = f"{planned.sheet} 第 {vote.row} 行 {vote.group} {vote.head_name} {vote.size} 人，同意 {vote.yes} 不同意 {vote.no}"
            self._grid.addWidget(label(text), line, 0)
            self._grid.addWidget(box, line, 1)
        self.questions.setVisible(bool(rows))

    def _renew(self) -> None:
        if self._plan is not None:
            count = self._plan.count("ok") + len(self.answers())
            self.take.setText(f"录入 {count} 户的评议结果")
            self.take.setEnabled(count > 0)


def _by_reason(plan: VotePlan) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for sheet, why in plan.faults.items():
        found.setdefault("；".join(why), []).append(sheet)
    return found


def _item(planned: PlannedVote) -> Item:
    vote = planned.vote
    word = FATE_WORDS[planned.fate]
    cells = (
        f"{planned.sheet} 第 {vote.row} 行",
        vote.head_name,
        vote.group,
        _number(vote.size),
        _number(vote.yes),
        _number(vote.no),
        _number(vote.abstained),
        Cell(word, _TONES[planned.fate], "pill"),
        Cell(planned.why, "grey", tip=planned.why),
    )
    return Item(cells, word, planned)


def _number(value: int | None) -> str:
    return "" if value is None else str(value)
