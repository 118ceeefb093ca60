"""核实结论: the verdict while the form is filled in, every item with its figure, its line and its article, and what the paper itself says.

The program judges by the facts; the conclusion the visitors wrote is kept beside it, and a difference is said.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from db.fields.kinds import Text
from db.rules.case import Status
from db.rules.codes import Verdict
from db.rules.eligibility import JudgedItem, Judgement
from desktop.pages.verification.wording import BARS, ENTRIES, OUTCOMES, numbered
from desktop.widgets.lines import LinesEditor
from desktop.widgets.looks import Card, button, label, row
from desktop.widgets.pill import Pill
from desktop.widgets.segmented import Segmented
from desktop.widgets.side import Line, SideCard, Sign

_OWN = ("没有", "缺", "调查人员", "核实表写了", "核实表上写的")
_ENTRIES, _BARS = numbered(ENTRIES), numbered(BARS)
_WAYS = (("entry", "六进", _ENTRIES), ("bar", "七不进", _BARS))


class ConclusionCard(Card):
    """Signal ``changed()``: the conclusion on the paper or the opinion was entered."""

    changed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.setProperty("help", "verification.md#结论")
        self._judgement: Judgement | None = None
        self._status = Status.RUNNING
        self._every = False
        self.verdict = Pill("", "grey", self)
        self.every = button("逐项看", "link", self)
        self.lines = SideCard("", self)
        self.lines.setProperty("sheet", False)
        self.lines.body.setContentsMargins(0, 0, 0, 0)
        self.stated = Segmented(Verdict.labels(), (), self)
        self.remark = LinesEditor(Text(limit=300))
        self.remark.core.setAccessibleName("综合意见")
        self._lay_out()
        self.every.clicked.connect(self._on_every)
        self.stated.changed.connect(self.changed)
        self.remark.changed.connect(self.changed)

    def stops(self) -> list[QWidget]:
        """Where Enter stops, in order."""
        return [self.stated, self.remark.core]

    def show_judgement(self, judgement: Judgement, status: Status) -> None:
        """Show a verdict anew, and how the case stands by it."""
        self._judgement, self._status = judgement, status
        self.verdict.set(*OUTCOMES[status])
        self.lines.show_lines(list(every(judgement) if self._every else brief(judgement)))

    def put(self, stated: Verdict | None, remark: str) -> None:
        """Show what the paper says, without telling anybody."""
        self.stated.choose_text(stated.label if stated else "")
        self.remark.set_raw(remark)

    def said(self) -> tuple[Verdict | None, str]:
        """What the paper says: conclusion and opinion."""
        return Verdict.by_label(self.stated.text()), self.remark.raw().strip()

    def set_read_only(self, locked: bool) -> None:
        """Lock or free what the paper says."""
        self.stated.set_read_only(locked)
        self.remark.set_read_only(locked)

    def _lay_out(self) -> None:
        head: QHBoxLayout = row()
        head.addWidget(label("核实结论", "heading", self))
        head.addWidget(self.verdict)
        head.addStretch(1)
        head.addWidget(self.every)
        self.body.addLayout(head)
        self.body.addWidget(self.lines)
        self.body.addWidget(label("核实表上的结论与综合意见", "caption", self))
        self.body.addWidget(self.stated)
        self.body.addWidget(self.remark)

    def _on_every(self) -> None:
        self._every = not self._every
        self.every.setText("只看要点" if self._every else "逐项看")
        if self._judgement is not None:
            self.show_judgement(self._judgement, self._status)


def brief(judgement: Judgement) -> Iterator[Line]:
    """The points that decide, what is against, and what is still open, each group of open items on one line."""
    items = {i.key: i for i in judgement.items}
    yield _income(items["income"])
    found = list(_found(items))
    for line in found[:-1]:
        yield line
    for line in found[-1:]:
        yield replace(line, note=items["signatures"].article)
    for prefix, series, names in _WAYS:
        still = [str(n) for code, (n, _) in names.items() if items[f"{prefix}_{code}"].figure.startswith("待核")]
        if still:
            which = "各项都" if len(still) == len(names) else f"第 {'、'.join(still)} 项"
            yield Line(f"{series}{which}待核", "mind")
    blank = [i.text for i in judgement.items if i.key.startswith("look_") and not i.figure]
    if blank:
        yield Line(f"四看还有 {len(blank)} 项没填", "mind")
    article = items["signatures"].article
    yield from (Line(r.replace(f"（{article}）", ""), "mind") for r in judgement.reasons if r.startswith(_OWN))


def _found(items: Mapping[str, JudgedItem]) -> Iterator[Line]:
    """What was found of 六进 and 七不进; their article is said once, below the last of them."""
    for prefix, series, names in _WAYS:
        for code, (number, text) in names.items():
            item = items[f"{prefix}_{code}"]
            if prefix == "entry" and item.passed:
                yield Line(f"符合{series}第 {number} 项：{text}", "ok")
            elif prefix == "bar" and item.passed is False:
                yield Line(f"{series}第 {number} 项“是”：须写明，由审核人认定，不自动排除", "bad")
            elif prefix == "bar" and item.passed and item.figure.startswith("是"):
                yield Line(f"{series}第 {number} 项“是”，经认定可以说明", "ok")


def every(judgement: Judgement) -> Iterator[Line]:
    """Every item with figure and article."""
    signs: dict[bool | None, Sign] = {True: "ok", False: "bad", None: ""}
    for item in judgement.items:
        yield Line(f"{item.text}：{item.figure or '没填'}", signs[item.passed], item.article)


def _income(item: JudgedItem) -> Line:
    sign: Sign = "mind" if item.passed is None else "ok" if item.passed else "bad"
    return Line(f"{item.text}：{item.figure}", sign, item.article)
