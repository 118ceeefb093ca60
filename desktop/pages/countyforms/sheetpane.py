"""One sheet of a form: what a row stands for, each column with its meaning, what every figure counts, and how it will look filled."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QAbstractButton, QComboBox, QWidget

from db.services.countyforms.match import Proposal, choices, label_of, short_of
from db.services.countyforms.plan import SheetPlan
from db.services.figures.counted import is_counted
from db.sheets.template import FormKind, FormSheet, Slot
from desktop.forms.matching import MatchingTable, Meaning, Offered
from desktop.pages.countyforms.compose import compose
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.picks import Box
from desktop.widgets.sheet import Align, Cell, Column
from desktop.widgets.tabs import Tabs

_BASIS = (
    Column("place", "列", 52),
    Column("path", "表头", 230, least=120),
    Column("says", "填什么（口径）", 380, least=200),
    Column("change", "", 76, sortable=False),
)
_UNITS = ("元", "万元")
_CHANGES = {"new": "新增的列", "renamed": "原为“{}”"}


class SheetPane(QWidget):
    """Signals: ``changed()`` an answer or the unit is another; ``kind_asked(FormKind)`` the rows stand for something else."""

    changed = Signal()
    kind_asked = Signal(object)

    def __init__(self, form: FormSheet, proposals: Sequence[Proposal], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "countyforms.md#逐列核对")
        self.form = form
        self._proposals = tuple(proposals)
        self._extra: dict[str, str] = {}
        self.kind: QComboBox = Box(self)
        self.unit: QComboBox = Box(self)
        self.confirm = button("其余都按建议填", "plain", self)
        self.told = label("", "quiet", self)
        self.holder = Card(margin=8)
        self.matching = self._made(
            {n: p.key for n, p in enumerate(proposals)}, {n for n, p in enumerate(proposals) if p.sure}
        )
        self.tabs = Tabs(self)
        self.preview = Card(margin=0)
        self.table: ListTable | None = None
        self.basis = ListTable(_BASIS, name="county-form-basis")
        self._lay_out()
        self._show_basis()
        self.kind.activated.connect(self._on_kind)
        self.unit.activated.connect(self._on_changed)
        self.confirm.clicked.connect(self._on_confirm)
        self.basis.acted.connect(self._on_compose)

    def answers(self) -> dict[int, str]:
        """The meaning of each slot by its place; those nobody has looked at are left out."""
        waiting = set(self.matching.unsure())
        return {place: key for place, key in self.matching.answers().items() if place not in waiting}

    def unsure(self) -> int:
        """How many columns wait for a word."""
        return len(self.matching.unsure())

    def chosen_unit(self) -> str:
        """万元 or 元 where the clerk can choose; "" where the form has no amounts."""
        return self.unit.currentText() if self.unit.isVisibleTo(self) else ""

    def in_order(self) -> list[QWidget]:
        """What Tab goes through, in the order it is read."""
        inside = [*self.matching.findChildren(QAbstractButton), *self.matching.findChildren(QComboBox)]
        return [
            self.kind,
            self.unit,
            self.confirm,
            *inside,
            self.tabs.bar,
            *([self.table] if self.table else []),
            self.basis,
        ]

    def show_plan(self, plan: SheetPlan) -> None:
        """Show how the sheet will look."""
        columns = [
            Column(f"c{n}", f"{letter} {title}", max(64, min(200, 44 + 15 * len(title))), _align(plan.first, n))
            for n, (letter, title) in enumerate(zip(plan.letters, plan.titles, strict=True))
        ]
        made = ListTable(columns, name="")
        made.set_items([Item(tuple(map(_masked, line))) for line in plan.first])
        if self.table is not None:
            self.table.hide()
            self.table.deleteLater()
        self.table = made
        self.preview.body.addWidget(made, 1)
        count = plan.fill.count or len(self.form.named)
        self.told.setText(f"填 {count:,} 行" if count else f"填 {len(plan.fill.cells):,} 格")

    def set_meaning(self, place: int, key: str) -> None:
        """Give a slot a meaning that need not be in the list."""
        answers, waiting = self.matching.answers(), set(self.matching.unsure())
        if key and key not in dict(self._choices()):
            self._extra[key] = label_of(key)
        answers[place] = key
        everything = self.matching.shown.text().startswith("全部")
        old, self.matching = self.matching, self._made(answers, set(answers) - waiting | {place})
        self.matching.show_all(everything)
        old.hide()
        old.deleteLater()
        self._on_changed()

    def _made(self, answers: Mapping[int, str], settled: set[int]) -> MatchingTable:
        known = dict(self._choices())
        self._extra |= {key: label_of(key) for key in answers.values() if key and key not in known}
        offered = [
            Offered(n, slot.place, slot.path[-2:], _remark(self._proposals[n], slot), answers.get(n, ""), n in settled)
            for n, slot in enumerate(self.form.slots)
            if not slot.formula
        ]
        made = MatchingTable(offered, self._meanings(), self.holder)
        made.changed.connect(self._on_changed)
        self.holder.body.addWidget(made, 1)
        return made

    def _choices(self) -> list[tuple[str, str]]:
        return [(key, text) for key, text, _ in choices(self.form.kind)]

    def _meanings(self) -> list[Meaning]:
        own = [Meaning(key, text, group, many=True) for key, text, group in choices(self.form.kind)]
        extra = [Meaning(key, short_of(key), "自定" if not is_counted(key) else "", many=True) for key in self._extra]
        return [*extra, *own]

    def _lay_out(self) -> None:
        head = row(gap=10)
        for kind in FormKind:
            self.kind.addItem(kind.label, kind)
        self.kind.setCurrentIndex(list(FormKind).index(self.form.kind))
        self.kind.setEnabled(self.form.kind is not FormKind.FIGURES and not self.form.named)
        self.kind.setAccessibleName("一行是什么")
        self.unit.addItems(_UNITS)
        units = {slot.unit for slot in self.form.slots if slot.unit}
        self.unit.setCurrentIndex(1 if "万元" in units else 0)
        self.unit.setAccessibleName("金额单位")
        head.addWidget(self.kind)
        mixed = len(units) > 1
        said = "金额按各列写的元、万元" if mixed else "金额按"
        head.addWidget(label(said, "quiet", self) if units else QWidget(self))
        head.addWidget(self.unit)
        self.unit.setVisible(bool(units) and not mixed)
        head.addWidget(self.told)
        head.addStretch(1)
        head.addWidget(self.confirm)
        self.basis_card = Card(margin=0)
        self.basis_card.body.addWidget(self.basis, 1)
        self.tabs.add(self.preview, "填出来的样子")
        self.tabs.add(self.basis_card, "口径")
        whole = column(self, 8)
        whole.addLayout(head)
        whole.addWidget(self.holder, 3)
        whole.addWidget(self.tabs, 2)

    def _show_basis(self) -> None:
        answers, waiting = self.matching.answers(), set(self.matching.unsure())
        items = []
        for place, slot in enumerate(self.form.slots):
            path = " › ".join("".join(part.split()) for part in slot.path)
            if slot.formula:
                items.append(Item((slot.place, path, Cell("县表自带公式，不动", "grey"), "")))
                continue
            key = answers.get(place, "")
            said = label_of(key) if key else "空着"
            cell = Cell(f"建议：{said}", "ochre") if place in waiting and key else Cell(said, "" if key else "grey")
            items.append(Item((slot.place, path, cell, Cell("改…", look="button")), thing=place))
        self.basis.set_items(items)
        self.confirm.setVisible(bool(waiting))
        proposed = sum(1 for place in waiting if answers.get(place))
        self.confirm.setText(f"{proposed:,} 列按建议填，没有建议的空着" if proposed else "没有建议的都空着")

    def _on_kind(self) -> None:
        kind = self.kind.currentData()
        if kind is not self.form.kind:
            self.kind_asked.emit(kind)

    def _on_confirm(self) -> None:
        self.matching.confirm()
        self._on_changed()

    def _on_changed(self) -> None:
        self._show_basis()
        self.changed.emit()

    def _on_compose(self, thing: object, _: str) -> None:
        if not isinstance(thing, int):
            return
        slot = self.form.slots[thing]
        rows_only = self.form.kind in (FormKind.HOUSEHOLD, FormKind.PERSON)
        made = compose(self, "".join(slot.path[-1].split()), self.matching.answers().get(thing, ""), rows_only)
        if made is not None:
            self.set_meaning(thing, made)


def _remark(proposal: Proposal, slot: Slot) -> tuple[str, ...]:
    """What is said beside a column of a blank form: how it differs from last time, what its list allows."""
    change = (_CHANGES[proposal.change].format(proposal.before),) if proposal.change else ()
    group = ("".join(slot.path[0].split()),) if len(slot.path) > 2 else ()
    return (*change, *group, *(f"可选 {'、'.join(slot.choices[:4])}" for _ in slot.choices[:1])) or ("空表",)


def _align(rows: Sequence[Sequence[str]], place: int) -> Align:
    """Figures stand at the right; names, codes and hidden numbers do not."""
    texts = [line[place].replace(",", "").replace(".", "") for line in rows if line[place]]
    return "right" if texts and all(text.lstrip("-").isdigit() and len(text) < 11 for text in texts) else "left"


def _masked(text: str) -> str:
    """Identity, card and phone numbers are hidden on the screen; the file has them whole."""
    digits = len(text) in range(11, 21) and text[:-1].isdigit() and (text[-1].isdigit() or text[-1] == "X")
    return f"***{text[-4:]}" if digits else text
