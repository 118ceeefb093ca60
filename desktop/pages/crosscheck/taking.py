"""Before a list is taken in: what it is and of which day, what it would leave, and which of its rows could not be compared and why."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QCheckBox, QWidget

from db.fields.kinds import Choice, Date, Text
from db.rules.codes import CrossKind, CrossMatch
from db.rules.crosscheck import Hit, sentence
from db.services.crosscheck.crosscheck import CrossPreview, both_ways
from db.sheets.crossguess import Guess
from db.sheets.findings import SheetFinding
from desktop.widgets.banner import Banner
from desktop.widgets.empty import Empty
from desktop.widgets.lines import LineEditor
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import PickEditor
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.tabs import Tabs

HITS = (
    Column("village", "村", 80),
    Column("name", "姓名", 80),
    Column("text", "比中的情况", 370, sortable=False, least=240),
    Column("place", "名单里的位置", 130),
    Column("facts", "名单里的内容", 430, sortable=False, least=160),
)
FINDINGS = (
    Column("gravity", "", 76),
    Column("place", "位置", 260, least=160),
    Column("who", "姓名", 90),
    Column("text", "情况", 560, sortable=False, least=300),
)
_GRAVITIES = {"E": ("没有比对", "red"), "W": ("请核对", "ochre"), "I": ("提示", "grey")}


class TakingPane(QWidget):
    """Signals: ``asked()`` kind or completeness is another: compare again; ``taken()``; ``given_up()``; ``columns_asked()``."""

    asked = Signal()
    taken = Signal()
    given_up = Signal()
    columns_asked = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "crosscheck.md#读一份名单")
        self.shown: CrossPreview | None = None
        self.kind = PickEditor(Choice(table=CrossKind), self)
        self.office = LineEditor(Text(limit=40), self)
        self.day = LineEditor(Date(), self)
        self.whole = QCheckBox("名单是全部人员：不在名单上的也要说明", self)
        self.file_label = label("", "heading", self)
        self.counts = label("", "", self, wrap=True)
        self.seen = Banner(self)
        self.problem = label("", "fault", self, wrap=True)
        self.hits = ListTable(HITS, name="crosscheck-preview")
        self.findings = ListTable(FINDINGS, name="crosscheck-findings")
        self.none = Empty("", parent=self)
        self.tabs = Tabs(self)
        self.columns = button("看表头对应", "link", self)
        self.back = button("不录入", "plain", self)
        self.go = button("录入", "primary", self)
        self._lay_out()
        self.kind.changed.connect(self._on_kind)
        self.whole.clicked.connect(self.asked)
        for editor in (self.office, self.day):
            editor.changed.connect(self._on_typed)
        self.columns.clicked.connect(self.columns_asked)
        self.back.clicked.connect(self.given_up)
        self.go.clicked.connect(self.taken)

    def begin(self, name: str, proposed: Guess, office: str) -> None:
        """Another file, with what it says of itself put in."""
        self.file_label.setText(name)
        self.kind.set_value(proposed.kind)
        self.office.set_value(office)
        self.day.set_value(proposed.dated)
        self.whole.setChecked(False)
        self._offer_whole()
        self.show_preview(None)

    def chosen_kind(self) -> CrossKind | None:
        """The kind; None while none is chosen."""
        found = self.kind.value()
        return found if isinstance(found, CrossKind) else None

    def complete(self) -> bool:
        """Whether the list is said to name everybody."""
        return self.whole.isVisibleTo(self) and self.whole.isChecked()

    def dated(self) -> date | None:
        """The day of the list."""
        found = self.day.value()
        return found if isinstance(found, date) else None

    def show_preview(self, shown: CrossPreview | None) -> None:
        """Show what taking it in would leave; None while that is not known."""
        self.shown = shown
        hits = shown.hits if shown else ()
        self.counts.setText(_counts(shown) if shown else "")
        self.seen.say(_doubt(shown) if shown else "", "ochre")
        self.hits.set_items([_hit(shown.kind, hit) for hit in hits] if shown else [])
        self.hits.setVisible(bool(hits))
        self.none.setVisible(not hits)
        self._say_none(shown)
        self._show_findings(shown.findings if shown else ())
        self.tabs.set_title(self._first, f"要说明的 {len(hits):,}")
        self.go.setText(f"录入（{len(hits):,} 处要说明）" if hits else "录入（没有要说明的）")
        self.renew()

    def problems(self) -> list[str]:
        """What keeps the list from being taken in."""
        found = []
        if self.chosen_kind() is None:
            found.append("请选这是哪种名单")
        if self.office.is_blank():
            found.append("请填名单是哪个单位提供的")
        if self.dated() is None:
            found.append(self.day.problem() or "请填名单是哪一天的")
        return found

    def renew(self) -> None:
        """Say what is still missing."""
        problems = self.problems()
        self.problem.setText("；".join(problems))
        self.go.setEnabled(not problems and self.shown is not None)

    def take_focus(self) -> None:
        """Put the keyboard on the first thing that is still to be said."""
        blank = [editor for editor in (self.kind, self.office, self.day) if editor.is_blank()]
        (blank[0] if blank else self.go).setFocus()

    def _say_none(self, shown: CrossPreview | None) -> None:
        if shown is None:
            self.none.say("先选这是哪种名单" if self.chosen_kind() is None else "正在比对…")
        elif shown.agreeing:
            self.none.say("没有要说明的", f"名单里 {shown.named:,} 行是本镇建档的人，和档案都一致。")
        else:
            self.none.say("没有要说明的", "名单里没有本镇建档的人。")

    def _show_findings(self, findings: Sequence[SheetFinding]) -> None:
        self.findings.set_items([_finding(one) for one in findings])
        left_out = sum(one.severity == "E" for one in findings)
        parts = [("没有比对的行", left_out), ("提示", len(findings) - left_out)]
        self.tabs.set_title(self.findings, "，".join(f"{word} {count:,}" for word, count in parts if count) or "提示")
        self.tabs.set_shown(self.findings, bool(findings))

    def _offer_whole(self) -> None:
        kind = self.chosen_kind()
        self.whole.setVisible(kind is not None and both_ways(kind))

    def _on_kind(self) -> None:
        self._offer_whole()
        self.show_preview(None)
        self.asked.emit()

    def _on_typed(self) -> None:
        self.renew()

    def _lay_out(self) -> None:
        whole, head, foot = column(self, 8), row(), row()
        card, line = Card(parent=self, margin=12), row(gap=8)
        head.addWidget(self.file_label)
        head.addWidget(self.columns)
        head.addStretch(1)
        for text, editor, width in (
            ("名单种类", self.kind, 148),
            ("提供单位", self.office, 250),
            ("名单日期", self.day, 120),
        ):
            editor.core.setAccessibleName(text)
            editor.setFixedWidth(width)
            line.addWidget(label(text, "caption", self))
            line.addWidget(editor)
            line.addSpacing(8)
        line.addWidget(self.whole)
        line.addStretch(1)
        self._first = QWidget(self)
        inner = column(self._first)
        inner.addWidget(self.hits, 1)
        inner.addWidget(self.none, 1)
        self.tabs.add(self._first, "要说明的")
        self.tabs.add(self.findings, "没有比对的行")
        for layout in (head, line):
            card.body.addLayout(layout)
        card.body.addWidget(self.counts)
        foot.addWidget(self.problem, 1)
        foot.addWidget(self.back)
        foot.addWidget(self.go)
        for part in (card, self.seen):
            whole.addWidget(part)
        whole.addWidget(self.tabs, 1)
        whole.addLayout(foot)


def _counts(shown: CrossPreview) -> str:
    """50,000 行里 120 行是本镇的人…, each figure of a preview."""
    agreeing = f"，{shown.agreeing:,} 行和档案一致" if shown.agreeing else ""
    hits = (
        f"要说明 {len(shown.hits):,} 处（{shown.households:,} 户 {shown.persons:,} 人）"
        if shown.hits
        else "没有要说明的"
    )
    known = f"，其中 {shown.explained:,} 处以前说明过，可以沿用" if shown.explained else ""
    left_out = sum(one.severity == "E" for one in shown.findings)
    lost = f"；另有 {left_out:,} 行没有比对" if left_out else ""
    return f"名单 {shown.rows:,} 行，{shown.named:,} 行是本镇建档的人{agreeing}；{hits}{known}{lost}。不是本镇建档的人，录入时不留。"


def _doubt(shown: CrossPreview) -> str:
    """Why taking it in may not be meant: it is there already, or leaves out more of ours than it names."""
    missing = sum(hit.match is CrossMatch.MISSING for hit in shown.hits)
    few = f"档案里有 {missing:,} 处名单上没有，比名单上有的还多，请核对名单是不是全镇的、是不是全部人员。"
    parts = [f"{shown.seen}，再录入会重复一份。" if shown.seen else "", few if missing > shown.named else ""]
    return "".join(parts)


def _hit(kind: CrossKind, hit: Hit) -> Item:
    text, facts = sentence(kind, hit), "；".join(f"{caption} {said}" for caption, said in hit.facts)
    person = hit.person
    return Item(
        (person.village, person.name, Cell(text, tip=text), hit.place or "—", Cell(facts, tip=facts)), thing=hit
    )


def _finding(one: SheetFinding) -> Item:
    word, tone = _GRAVITIES[one.severity]
    mark = Cell(word, tone, "pill")  # type: ignore[arg-type]
    return Item((mark, one.place, one.key, Cell(one.text, tip=one.text)), thing=one)
