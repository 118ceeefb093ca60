"""为什么: one panel for any household: its income against the line of that year, the 六进 and 七不进 items with their evidence, what is open.

Below the sum another line can be tried on this household at once; whom it would move in the whole town is a dialog of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QComboBox, QScrollArea, QWidget

from db.fields.income import INCOME
from db.rules.codes import Bar, Entry
from db.rules.eligibility import JudgedItem
from db.rules.income import Threshold
from db.rules.lines import Held, held
from db.rules.values import Household
from db.services.deciding.why import Visited, Why
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.side import Figure, Line, SideCard, Sign

_SIGNS: dict[bool | None, Sign] = {True: "ok", False: "bad", None: "mind"}
_MARKS: dict[str, Sign] = {"ok": "ok", "open": "mind", "stop": "bad"}


class WhyPanel(QWidget):
    """Signal ``town_asked(line)``: whom would this line move in the whole town."""

    town_asked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "households.md#为什么")
        self._home: Household | None = None
        self._why: Why | None = None
        self.sum = SideCard("收入与标准")
        self.verdict = label("", "", self, wrap=True)
        self.line: QComboBox = Box(self)
        self.line.setAccessibleName("换一条标准试算")
        self.tried = label("", "quiet", self, wrap=True)
        self.everyone = button("全镇哪些户会变", "plain", self)
        self.entries, self.bars = SideCard("六进"), SideCard("七不进")
        self.seen, self.open = SideCard("四看、五优先与签名"), SideCard("还没有定下的")
        self._lay_out()
        self.line.currentIndexChanged.connect(self._on_line)
        self.everyone.clicked.connect(self._on_everyone)

    def show_why(self, home: Household, why: Why, tries: Sequence[Threshold]) -> None:
        """Show another household; ``tries`` are the lines that may be tried on it."""
        if self._home is None or self._home.id != home.id:
            self._scroll.verticalScrollBar().setValue(0)
        self._home, self._why = home, why
        self._show_sum(why)
        self._offer(tries)
        who = _who(why.visited)
        ruled = _ruling(why.visited)
        self.entries.show_lines([*_lines(why.items, "entry"), *who] or [_unvisited()])
        self.bars.show_lines([*_lines(why.items, "bar"), *ruled, *who] or [_unvisited()])
        self.seen.show_lines([*_lines(why.items, "look", "priority", "signatures")] or [_unvisited()])
        points = [Line(point.text, _MARKS[point.mark], point.article) for point in why.open_points]
        self.open.show_lines(points or [Line("没有", "ok")])

    def _show_sum(self, why: Why) -> None:
        if why.held is None:
            self.sum.set_title("收入与标准")
            self.sum.show_figures((), "还没有收入核算表，入户核实时录入后才能与标准比较。")
            self.verdict.setText("")
            return
        self.sum.set_title(f"收入与标准（{why.year} 年，元）")
        self.sum.show_figures(list(_figures(why.held, why.year)))
        self.verdict.setText(said(why.held, why.year))

    def _offer(self, tries: Sequence[Threshold]) -> None:
        self.line.blockSignals(True)
        self.line.clear()
        self.line.addItem("不试算", None)
        for line in tries:
            self.line.addItem(named(line), line)
        self.line.blockSignals(False)
        self._try()

    def _try(self) -> None:
        line: Threshold | None = self.line.currentData()
        self.everyone.setEnabled(line is not None)
        if line is None or self._home is None or self._home.income is None or not self._home.size:
            self.tried.setText("选一条别的年度标准，看本户会怎样；只是试算，不改任何数据。")
            return
        self.tried.setText("试算：" + said(held(self._home.income, self._home.size, (), line)))

    def _on_line(self) -> None:
        """What comes of it stands below the lines, often below the edge of the window."""
        self._try()
        self._scroll.ensureWidgetVisible(self._trying)

    def _on_everyone(self) -> None:
        self.town_asked.emit(self.line.currentData())

    def _lay_out(self) -> None:
        trying = self._trying = Card("换一条标准试算", self)
        pick = row(gap=8)
        pick.addWidget(self.line, 1)
        pick.addWidget(self.everyone)
        trying.body.addLayout(pick)
        trying.body.addWidget(self.tried)
        self.sum.body.addWidget(self.verdict)
        left, right, both = column(gap=14), column(gap=14), row(gap=14)
        for stack, parts in ((left, (self.sum, trying, self.open)), (right, (self.bars, self.entries, self.seen))):
            for part in parts:
                stack.addWidget(part)
            stack.addStretch(1)
            both.addLayout(stack, 1)
        inner = QWidget()
        whole = column(inner)
        whole.addLayout(both)
        scroll = self._scroll = QScrollArea(self)
        scroll.setWidget(inner)
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        outer = column(self)
        outer.setContentsMargins(0, 10, 0, 0)
        outer.addWidget(scroll)


def named(line: Threshold, year: int | None = None) -> str:
    """How a line is called in a list: 2016 年贫困户脱贫标准 6,433.00 元; ``year`` names a later one for which it still holds."""
    return f"{year or line.year} 年{line.kind.label} {line.line:,.2f} 元"


def said(found: Held, year: int | None = None) -> str:
    """The comparison in one sentence, with where the line comes from; ``year`` is that of the income when its own line is meant."""
    if found.line is None or found.gap is None:
        return "标准表里没有这一年的标准，请先在“设置与备份”录入。"
    index = (
        f"（{found.line.amount:,.2f} × 价格指数 {found.line.price_index:.3f}）"
        if year or found.line.price_index != 1
        else ""
    )
    rest = f"低 {found.gap:,.2f} 元，符合" if found.below else f"高 {-found.gap:,.2f} 元，不低于标准，不符合"
    if not found.gap:
        rest = "正好等于标准，不低于标准，不符合"
    return (
        f"人均 {found.per_head:,.2f} 元，{named(found.line, year)}{index}，"
        f"{'比标准' if found.gap else ''}{rest}。依据：{found.line.source}"
    )


def _figures(found: Held, year: int | None) -> Iterator[Figure]:
    for step in found.steps:
        field = INCOME[step.key]
        sign = "− " if step.cost else ""
        yield Figure(sign + field.label, f"{step.amount:,.2f}" if step.given else "未填，按 0 计")
    yield Figure("= 家庭可支配收入", f"{found.disposable:,.2f}", total=True)
    yield Figure(f"÷ {found.size} 人 = 人均可支配收入", f"{found.per_head:,.2f}", total=True)
    if found.line is not None:
        yield Figure(f"{year or found.line.year} 年标准", f"{found.line.line:,.2f}")


def _lines(items: Sequence[JudgedItem], *groups: str) -> Iterator[Line]:
    """The items of these groups with what was found; the article they all stand in is said once, below them."""
    chosen = [item for item in items if item.key.partition("_")[0] in groups]
    for item in chosen:
        judges = item.key.partition("_")[0] in ("bar", "signatures")
        sign: Sign = _SIGNS[item.passed] if judges else "ok" if item.passed else ""
        yield Line(f"{_ordinal(item.key)}{item.text}", sign, item.figure)
    for article in dict.fromkeys(item.article for item in chosen):
        yield Line("", "", f"依据：{article}")


def _ordinal(key: str) -> str:
    """之一…之七, as the province counts them."""
    group, _, code = key.partition("_")
    if group not in ("entry", "bar"):
        return ""
    codes = [row.value for row in (Entry if group == "entry" else Bar)]
    return f"{codes.index(code) + 1}. "


def _who(visited: Visited | None) -> list[Line]:
    if visited is None:
        return []
    names = "、".join((*visited.surveyors, visited.officer))
    return [Line(f"{visited.on:%Y-%m-%d} 核实：{names}", "", f"录入：{visited.entered_by}")]


def _ruling(visited: Visited | None) -> list[Line]:
    if visited is None or not visited.ruled_by:
        return []
    return [Line(f"{visited.ruled_by}认定：{visited.ruling}", "mind")]


def _unvisited() -> Line:
    return Line("还没有入户核实", "mind")
