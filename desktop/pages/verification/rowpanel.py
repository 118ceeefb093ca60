"""One row of the workbook at the right: what the visitors wrote, the verdict, and for a doubtful row the households it may mean."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from db.rules.codes import Finding
from db.rules.eligibility import LOOK_WORDS, Judgement, Verification
from db.services.sheets.visit_import import Candidate, Fate, PlannedVisit
from desktop.pages.verification.conclusion import brief
from desktop.pages.verification.wording import BARS, ENTRIES, LOOKS, OUTCOMES, numbered
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.pill import Pill
from desktop.widgets.side import Line, SideCard, empty_layout

WIDTH = 320
_TITLES: dict[Fate, str] = {"ok": "", "ask": "这一行是哪一户", "skip": "为什么不采用", "fault": "哪里有错"}
_NUMBERS = {**numbered(ENTRIES), **numbered(BARS)}


class RowPanel(QScrollArea):
    """Signal ``meant(row, case_id)``: the clerk said which household the row means; 0 leaves the row out."""

    meant = Signal(object, int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._planned: PlannedVisit | None = None
        self.choice = Card("这一行是哪一户")
        self._offers = column(gap=10)
        self.choice.body.addLayout(self._offers)
        self.paper = SideCard("表上写的")
        self.verdict = SideCard("核实结论")
        inner = QWidget()
        inner.setObjectName("ground")
        stack = column(inner, 14)
        for card in (self.choice, self.paper, self.verdict):
            stack.addWidget(card)
        stack.addStretch(1)
        self.setWidget(inner)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(WIDTH)

    def show_row(self, planned: PlannedVisit | None, answer: int | None, out: bool) -> None:
        """Show a row, with the household it was said to mean, or that it was left ``out``."""
        self._planned = planned
        asked = planned is not None and planned.fate == "ask"
        why = planned.why if planned is not None else ""
        self.choice.setVisible(bool(why))
        empty_layout(self._offers)
        if why:
            self.choice.set_title(_TITLES[planned.fate] if planned is not None else "")
            self._offers.addWidget(label(why, "warn", self.choice, wrap=True))
        judgement: Judgement | None = planned.judgement if planned else None
        if planned is not None and asked:
            self._offer(planned, answer, out)
            judgement = next((c.judgement for c in planned.candidates if c.case_id == answer), None)
        visit = planned.verification if planned else None
        self.paper.setVisible(visit is not None)
        self.paper.show_lines(_paper(visit) if visit else [])
        self.verdict.setVisible(judgement is not None)
        self.verdict.show_lines(list(brief(judgement)) if judgement else [])

    def _offer(self, planned: PlannedVisit, answer: int | None, out: bool) -> None:
        for candidate in planned.candidates:
            self._offers.addWidget(self._candidate(candidate, candidate.case_id == answer))
        leave = button("都不是，这一行不采用", "plain", self.choice)
        leave.setProperty("case", 0)
        leave.setEnabled(not out)
        leave.clicked.connect(self._on_meant)
        self._offers.addWidget(leave)

    def _candidate(self, candidate: Candidate, chosen: bool) -> QWidget:
        card = Card(parent=self.choice, margin=10)
        card.body.addWidget(label(candidate.text, "", card, wrap=True))
        if candidate.problem:
            card.body.addWidget(label(candidate.problem, "fault", card, wrap=True))
        foot = row()
        if chosen:
            foot.addWidget(Pill("已指认", "pine", card))
        else:
            take = button("就是这一户", "primary", card)
            take.setProperty("case", candidate.case_id)
            take.setEnabled(not candidate.problem)
            take.clicked.connect(self._on_meant)
            foot.addWidget(take)
        foot.addStretch(1)
        foot.addWidget(label("核实结论", "caption", card))
        foot.addWidget(Pill(*OUTCOMES[candidate.status], card))
        card.body.addLayout(foot)
        return card

    def _on_meant(self) -> None:
        if self._planned is not None:
            self.meant.emit(self._planned, int(self.sender().property("case")))


def _paper(visit: Verification) -> list[Line]:
    looks = "，".join(
        f"{LOOKS[item][1:]} {LOOK_WORDS[item].get(look, '')}" for item, (look, _) in visit.looks.items() if look
    )
    signed = "、".join(
        word
        for word, there in (
            ("农户", visit.signed_household),
            ("村干部", visit.signed_officer),
            (f"调查人 {visit.signed_surveyors} 人", visit.signed_surveyors > 0),
        )
        if there
    )
    entries = [(k, note) for k, (found, note) in visit.entries.items() if found is Finding.YES]
    bars = [(k, note) for k, (found, note) in visit.bars.items() if found is Finding.YES]
    return [
        Line(f"{visit.visited_on} · {'、'.join(visit.surveyors) or '没写调查人'} · 陪同 {visit.officer or '没写'}"),
        Line(f"签名：{signed or '没有'}"),
        *([Line(looks)] if looks else []),
        *(Line(f"六进第 {_NUMBERS[k.value][0]} 项“是”", "ok", note) for k, note in entries),
        *(Line(f"七不进第 {_NUMBERS[k.value][0]} 项“是”", "bad", note) for k, note in bars),
        *([Line(f"表上结论：{visit.stated.label}")] if visit.stated else []),
        *([Line(f"说明：{visit.remark}")] if visit.remark else []),
    ]
