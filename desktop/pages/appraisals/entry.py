"""Typing an assembly by hand: the meeting above, a row for each household of the village that waits, its result shown as one types."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QStackedWidget, QWidget

from db.errors import Problem
from db.fields.appraisal import (
    CALLED_ON,
    CHAIR,
    COURSE,
    DUE,
    GUESTS,
    HELD_ON,
    KIND,
    PLACE,
    PRESENT,
    RECORDER,
    SPEECHES,
    SUBJECT,
    TELLER,
    TIME,
    VOTE,
    WATCHER,
    WITHDREW,
)
from db.rules.codes import AppraisalKind
from db.rules.meeting import meeting_problems, passed, vote_problem
from db.services.cases.appraisals import Meeting, Vote
from db.services.papers import meetings as meeting_papers
from db.services.town.search import Line
from db.services.town.town import VillageInfo
from desktop.widgets.chips import Chips
from desktop.widgets.form import Form, Section
from desktop.widgets.grid import Grid
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.menus import MenuButton
from desktop.widgets.picks import Box

_SENTENCE = 336
"""The longest of the usual sentences on the quorum stands on one line."""
LAYOUT = (Section("会议", ((KIND, HELD_ON, PLACE, CHAIR), (RECORDER, DUE, PRESENT))),)
MINUTES = (
    Section(
        "会议通知和会议记录（可以不填，打印时用）",
        ((CALLED_ON, TIME, SUBJECT, GUESTS), (WITHDREW, WATCHER, TELLER), (COURSE,), (SPEECHES,)),
    ),
)
VOTES, MORE = "各户票数", "会议记录"


class Entry(QWidget):
    """Signals: ``village_chosen(id)``; ``save_asked()``; ``cancel_asked()``; ``paper_asked(title)`` one of the papers before the assembly;
    ``typed()`` something stands here otherwise."""

    village_chosen = Signal(int)
    save_asked = Signal()
    cancel_asked = Signal()
    paper_asked = Signal(str)
    typed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "appraisals.md#录入")
        self._lines: dict[int, Line] = {}
        self.village: QComboBox = Box(self)
        self.village.setAccessibleName("村")
        self.form = Form(LAYOUT, self, scroll=False)
        self.quorum = label("", "quiet", self, wrap=True)
        self.grid = Grid(tuple(VOTE.values()), "户", self, growable=False, derive=self._derive)
        self.minutes = Form(MINUTES, self, looks={"course": "lines", "speeches": "lines"})
        self.part = Chips((VOTES, MORE), self)
        self.parts = QStackedWidget(self)
        self.papers = MenuButton("打印会前材料", self)
        for title in meeting_papers.BEFORE:
            self.papers.add(title, title)
        self.save = button("保存评议结果", "primary", self)
        self.leave = button("返回", "plain", self)
        self._lay_out()
        self.village.activated.connect(self._on_village)
        self.form.changed.connect(self._on_meeting)
        self.grid.changed.connect(self._say_save)
        for part in (self.form, self.grid, self.minutes):
            part.changed.connect(self.typed)
        self.form.save_asked.connect(self.save_asked)
        self.form.ended.connect(self.grid.go_to_first)
        self.form.cancel_asked.connect(self.cancel_asked)
        self.grid.save_asked.connect(self.save_asked)
        self.grid.began.connect(self.form.go_to_last)
        self.minutes.save_asked.connect(self.save_asked)
        self.minutes.cancel_asked.connect(self.cancel_asked)
        self.minutes.ended.connect(self.save.setFocus)
        self.part.chosen.connect(self._on_part)
        self.papers.chosen.connect(self.paper_asked)
        self.save.clicked.connect(self.save_asked)
        self.leave.clicked.connect(self.cancel_asked)

    def offer(self, villages: Sequence[VillageInfo], waiting: Mapping[int, int], chosen: int) -> None:
        """Offer the villages, each with the number of households that wait."""
        self.village.clear()
        for village in villages:
            self.village.addItem(f"{village.name}（{waiting.get(village.id, 0)} 户待评议）", village.id)
        self.show_village(chosen)

    def show_village(self, village_id: int) -> None:
        """Name this village as the one whose assembly stands here."""
        self.village.setCurrentIndex(max(0, self.village.findData(village_id)))

    def start(self, village: str, lines: Sequence[Line]) -> None:
        """Begin an assembly of this village with these households."""
        self._lines = {line.case_id: line for line in lines}
        self.form.set_values({"kind": AppraisalKind.REPRESENTATIVES, "place": f"{village}村委会" if village else None})
        self.minutes.set_values({})
        self._on_part(VOTES)
        self.grid.set_rows([{"case_id": line.case_id} for line in lines])
        self.save.setEnabled(bool(lines))
        self._say_save()
        self._on_meeting()
        self.form.go_to("held_on")

    def is_dirty(self) -> bool:
        """Whether anything was typed."""
        return self.form.is_dirty() or self.grid.is_dirty() or self.minutes.is_dirty()

    def texts(self) -> dict[str, Any]:
        """What stands here, readable or not: for drafts."""
        votes = {str(case_id): row for case_id, row in zip(self._lines, self.grid.texts(), strict=False)}
        return {"form": self.form.texts(), "minutes": self.minutes.texts(), "votes": votes}

    def set_texts(self, texts: Mapping[str, Any]) -> None:
        """Put a draft back; votes of households that no longer wait are left out."""
        blank, votes = self.grid.texts(), texts["votes"]
        rows = [votes.get(str(case_id), row) for case_id, row in zip(self._lines, blank, strict=False)]
        self.form.set_texts(texts["form"])
        self.minutes.set_texts(texts["minutes"])
        self.grid.set_texts(rows, [{"case_id": case_id} for case_id in self._lines])
        self._say_save()
        self._on_meeting()

    def set_clean(self) -> None:
        """What stands here is saved or given up."""
        self.form.set_clean()
        self.minutes.set_clean()
        self.grid.set_clean()

    def read(self, village: str) -> tuple[Meeting, list[Vote]] | None:
        """What was typed; None, with the faults marked, when something is missing. A household without any vote is left out."""
        good_form, good_grid = self.form.check(demanded=True), self._check_votes()
        if not self.minutes.check(demanded=True):
            self._on_part(MORE)
            return None
        if not (good_form and good_grid):
            self._on_part(VOTES)
            return None
        values = self.form.values()
        meeting = Meeting(
            village, values["kind"], values["held_on"], values["place"], values["chair"], values["recorder"], values["due"],
            values["present"], **self._said(),
        )  # fmt: skip
        votes = [Vote(r["case_id"], r["yes"], r["no"] or 0, r["abstained"] or 0) for r in self._voted()]
        return meeting, votes

    def plan(self) -> dict[str, Any]:
        """The meeting as far as it was typed, for the papers before it."""
        return self.form.values() | self.minutes.values()

    def _said(self) -> dict[str, Any]:
        values = self.minutes.values()
        return {key: value if key == "called_on" else value or "" for key, value in values.items()}

    def _on_part(self, text: str) -> None:
        self.part.choose(text)
        self.parts.setCurrentWidget(self.grid if text == VOTES else self.minutes)
        if text == MORE:
            self.minutes.go_to("called_on")

    def show_problems(self, problems: Sequence[Problem]) -> None:
        """Put what the record refused at its place."""
        places = {f"case:{r['case_id']}": n for n, r in enumerate(self.grid.rows())}
        of_rows = [(places[p.where], Problem(p.text, "yes")) for p in problems if p.where in places]
        self.form.show_problems([p for p in problems if p.where not in places])
        if of_rows:
            self.grid.show_problems(of_rows)

    def _say_save(self) -> None:
        """The button counts the households that have votes; the others wait for another assembly."""
        voted = len(self._voted())
        nobody = "保存评议结果" if self._lines else "没有待评议的农户"
        self.save.setText(f"保存 {voted} 户的评议结果" if voted else nobody)

    def _voted(self) -> list[dict[str, Any]]:
        return [r for r in self.grid.rows() if r["yes"] is not None]

    def _check_votes(self) -> bool:
        good = self.grid.check()
        present = self.form.values()["present"]
        faults = []
        for place, vote in enumerate(self.grid.rows()):
            if vote["yes"] is None and (vote["no"] is not None or vote["abstained"] is not None):
                faults.append((place, Problem("没有填同意票数", "yes")))
            elif vote["yes"] is not None and present is not None:
                text = vote_problem(vote["yes"], vote["no"] or 0, vote["abstained"] or 0, present)
                if text:
                    faults.append((place, Problem(text, "yes")))
        if good and faults:
            self.grid.show_problems(faults)
        if good and not faults and not self._voted():
            self.grid.show_problems([(-1, Problem("还没有录入任何一户的票数"))])
            return False
        return good and not faults

    def _derive(self, place: int, texts: Mapping[str, str]) -> Mapping[str, str]:
        line = list(self._lines.values())[place] if place < len(self._lines) else None
        if line is None:
            return {"group": "", "head_name": "", "size": "", "result": ""}
        return {"group": line.group, "head_name": line.head_name, "size": str(line.size), "result": self._result(texts)}

    def _result(self, texts: Mapping[str, str]) -> str:
        present = self.form.values()["present"] if hasattr(self, "form") else None
        numbers = [texts.get(key, "") for key in ("yes", "no", "abstained")]
        if not numbers[0].isdigit() or not all(n.isdigit() for n in numbers if n):
            return ""
        yes, no, abstained = (int(n or 0) for n in numbers)
        if present is None:
            return ""
        if vote_problem(yes, no, abstained, present):
            return f"共 {yes + no + abstained} 票 ≠ 实到 {present}"
        return "通过" if passed(yes, present) else "未通过"

    def _on_meeting(self) -> None:
        values = self.form.values()
        kind, due, present = values["kind"], values["due"], values["present"]
        if kind is None or due is None or present is None:
            self.quorum.setText("填好会议类型、应到和实到后，这里显示是否够法定人数")
            return
        found = meeting_problems(kind, due, present)
        self.quorum.setText("；".join(found) or f"应到 {due}，实到 {present}（{present / due:.0%}），够法定人数")
        self.quorum.setProperty("role", "fault" if found else "quiet")
        self.quorum.style().polish(self.quorum)
        self.grid.view.viewport().update()

    def _on_village(self, _: int) -> None:
        self.village_chosen.emit(int(self.village.currentData()))

    def _lay_out(self) -> None:
        whole, head = column(self, 10), row(gap=10)
        head.addWidget(label("村", "caption", self))
        self.village.setMinimumWidth(220)
        head.addWidget(self.village)
        self.quorum.setMinimumWidth(_SENTENCE)
        head.addWidget(self.quorum, 1)
        head.addWidget(self.papers)
        head.addWidget(self.leave)
        head.addWidget(self.save)
        whole.addLayout(head)
        whole.addWidget(self.form)
        for part in (self.grid, self.minutes):
            self.parts.addWidget(part)
        whole.addWidget(self.part)
        whole.addWidget(self.parts, 1)
