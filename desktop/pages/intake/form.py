"""The application laid out like the paper: household, members as a grid, incomes, reasons; judged while it is typed.

Each thing is typed once: the head's name, number and sex stand in the first section and are shown in the first row of the members.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QScrollArea, QWidget

from db.errors import Problem
from db.fields.household import HEAD_ID, HEAD_NAME, HEAD_SEX
from db.rules.identity import judge
from db.rules.income import Threshold
from db.rules.values import Household
from db.services.register import households
from db.services.town.town import VillageInfo
from desktop.app.office import Office
from desktop.forms.explaining import explain
from desktop.forms.findings import findings_of, is_blank, sums, value_of
from desktop.forms.people import HEAD_OF, beside, derived_short, member_of, rows_of, without_echo
from desktop.pages.intake import boxes
from desktop.pages.intake.boxes import Boxes
from desktop.widgets.faults import FaultLine
from desktop.widgets.form import Form
from desktop.widgets.grid import Grid
from desktop.widgets.helpline import HelpLine
from desktop.widgets.looks import Card, button, column, label
from desktop.widgets.picks import PickEditor
from desktop.widgets.sheet import ROW_HEIGHT
from desktop.widgets.side import Line, SideCard

_JUDGE_MS = 250
_AROUND = 90
_SIDE = 336
_LAST_WIDTH = 84
_LEAST_ROWS = 4


@dataclass(frozen=True, slots=True)
class Town:
    """What the form must know of the town."""

    villages: tuple[VillageInfo, ...]
    thresholds: tuple[Threshold, ...]

    def groups_of(self, village: str) -> tuple[str, ...]:
        """Names of a village's groups; none for an unknown village."""
        found = next((v for v in self.villages if v.name == village), None)
        return tuple(g.name for g in found.groups) if found else ()


class ApplicationForm(QWidget):
    """Signals: ``edited()`` the clerk typed; ``save_asked()`` Ctrl+S; ``left()`` Esc; ``ended()`` Enter past the last box;
    ``change_asked()`` somebody came or left."""

    edited = Signal()
    save_asked = Signal()
    left = Signal()
    ended = Signal()
    change_asked = Signal()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._town = Town((), ())
        self._base = Household("", "", "")
        self._notes: tuple[Line, ...] = ()
        self._asked = False
        self._standing: list[tuple[Problem, object]] = []
        self.faults = FaultLine(self)
        self.head = Form(
            boxes.HEAD_LAYOUT, self, {"village": "options", "group": "options", "able": "segments", "head_sex": "segments"},
            scroll=False,
        )  # fmt: skip
        self.members = Grid(boxes.MEMBER_FIELDS, "成员", self, derive=self._derived, anchored=1)
        self.income = Form(boxes.INCOME_LAYOUT, self, scroll=False)
        self.reasons = Form(boxes.REASON_LAYOUT, self, {"reason": "lines"}, scroll=False)
        self.findings = SideCard("核对", self)
        self.sums = SideCard("收入核算", self)
        self.sheet = Card("家庭成员", self)
        self.change = button("有人来去、改户主：去农户档案办“人员变动”", "link", self.sheet)
        self._income_title = label("收入核算", "heading", self.income)
        self.help = HelpLine(explain, self)
        self.help.watch(self.head, self.members, self.income, self.reasons)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(_JUDGE_MS)
        self._area = QScrollArea(self)
        self._lay_out()
        self._connect()
        self._fit()

    @property
    def today(self) -> date:
        return self._office.record.clock.now().date()

    def set_town(self, town: Town) -> None:
        """Offer the town's villages; what stands in the boxes stays."""
        self._town = town
        self._pick("village").set_options([v.name for v in town.villages])
        self._offer_groups()

    def show_household(self, household: Household, notes: Sequence[Line] = ()) -> None:
        """Fill the boxes; ``notes`` are shown above the findings (what a roster said of it). The form is clean."""
        self._base = household
        self._notes = tuple(notes)
        self._say_year(household)
        self._asked, self._standing = False, []
        self.members.set_growable(household.id is None)
        self.change.setVisible(household.id is not None)
        self.head.set_values(boxes.head_values(household))
        self._offer_groups()
        self.members.set_rows(rows_of(household))
        self.income.set_values(boxes.income_values(household))
        self.reasons.set_values(boxes.head_values(household))
        self._timer.stop()
        self.judge()

    def household(self) -> Household:
        """What stands in the boxes, on top of what was shown."""
        read = Boxes({**self.head.values(), **self.reasons.values()}, self.members.rows(), self.income.values())
        return boxes.household_of(read, self._base, self.today)

    def adopt(self, household: Household) -> None:
        """From now on the boxes stand on ``household`` (a newer version in the record); nothing typed changes."""
        self._base = household

    def title(self) -> str:
        """How the clerk finds it again: village and head."""
        texts = self.head.texts()
        name = texts[HEAD_NAME.key].strip()
        return " ".join(part for part in (texts["village"], f"{name}户" if name else "未填户主") if part)

    def is_dirty(self) -> bool:
        """Whether anything was typed since it was shown or saved."""
        return any(part.is_dirty() for part in (self.head, self.members, self.income, self.reasons))

    def set_clean(self) -> None:
        """What stands here is saved."""
        for part in (self.head, self.members, self.income, self.reasons):
            part.set_clean()

    def content(self) -> str:
        """All that stands in the boxes, readable or not, with what it stands on: for drafts."""
        return json.dumps(
            {
                "title": self.title(), "id": self._base.id, "version": self._base.version, "head": self.head.texts(),
                "members": self.members.texts(), "income": self.income.texts(), "reasons": self.reasons.texts(),
            },
            ensure_ascii=False,
        )  # fmt: skip

    def restore(self, content: Mapping[str, object]) -> None:
        """Put back what ``content`` gave; the form counts as edited."""
        for part, key in ((self.head, "head"), (self.income, "income"), (self.reasons, "reasons")):
            texts = content[key]
            assert isinstance(texts, dict)
            part.set_texts(texts)
        members = content["members"]
        assert isinstance(members, list)
        self.members.set_texts(members, beside(members, self._base))
        self._offer_groups()
        self.judge()

    def unreadable(self) -> list[Problem]:
        """Boxes whose text is no value, as problems at their places."""
        found = []
        for form in (self.head, self.income, self.reasons):
            form.check()
            found += [Problem(form.editor(key).problem(), key) for key in form.faulty()]
        self.members.check()
        rows = self.members.model.filled()
        for row, key, text in self.members.model.faults():
            found.append(Problem(text, key, f"member:{rows.index(row)}"))
        return found

    def show_problems(self, refused: Sequence[Problem], unreadable: Sequence[Problem] = ()) -> None:
        """Mark every problem at its box; those of no box are listed at the top. The keyboard goes to the first.

        From now on blank boxes are marked too, and what was refused stands until its box is changed.
        """
        household = self.household()
        judged, _ = self._office.see(households.problems, household)
        self._asked = True
        self._standing = [(p, value_of(p, household)) for p in refused if p not in judged]
        at_boxes, at_members = self._placed([*unreadable, *refused])
        known = {*self.income.fields(), *self.reasons.fields()}
        self.reasons.show_problems([p for p in at_boxes if p.field in self.reasons.fields()])
        self.income.show_problems([p for p in at_boxes if p.field in self.income.fields()])
        self.members.show_problems(at_members)
        self.head.show_problems([p for p in at_boxes if p.field not in known])

    def judge(self) -> None:
        """Judge what stands in the boxes, mark what is wrong with filled ones, explain the rest at the right."""
        self._timer.stop()
        household = self.household()
        errors, warnings = self._office.see(households.problems, household)
        standing = [p for p, value in self._standing if value_of(p, household) == value]
        marked = [p for p in errors if self._asked or not is_blank(p, household)]
        at_boxes, at_members = self._placed([*standing, *marked])
        doubts = [p for p in warnings if member_of(p) is None and not is_blank(p, household)]
        for form in (self.head, self.income, self.reasons):
            form.hint(at_boxes, doubts)
        self.members.hint(at_members)
        self._count_members(household)
        self._say_year(household)
        self._income_title.setText(f"收入核算（{household.income.year if household.income else ''} 年，元）")
        self.findings.show_lines((*self._notes, *findings_of(household, errors, warnings)))
        figures, note = sums(household, self._town.thresholds)
        self.sums.show_figures(figures, note)

    def go_to_start(self) -> None:
        """Put the keyboard into the first box that must be filled and is not, else to the head's name."""
        blank = (
            key for key, field in self.head.fields().items() if field.demanded and self.head.editor(key).is_blank()
        )
        self._area.verticalScrollBar().setValue(0)
        self.head.go_to(next(blank, HEAD_NAME.key))

    def go_to_first_fault(self) -> None:
        """Put the keyboard where the first fault is."""
        for part in (self.head, self.members, self.income, self.reasons):
            if part.faults.at_fields:
                part.go_to_first_fault()
                return

    def _placed(self, problems: Sequence[Problem]) -> tuple[list[Problem], list[tuple[int, Problem]]]:
        """Problems of boxes, and those of members by row; what is wrong with the head's row is said at the box it comes from."""
        rows = self.members.model.filled()
        at_boxes, at_members = [], []
        for problem in without_echo(problems):
            index = member_of(problem)
            if index is None:
                at_boxes.append(problem)
            elif index == 0 and problem.field in HEAD_OF:
                at_boxes.append(Problem(problem.text, HEAD_OF[problem.field], rule=problem.rule))
            else:
                at_members.append((rows[index], problem))
        return at_boxes, at_members

    def _count_members(self, household: Household) -> None:
        self.sheet.set_title(f"家庭成员　{household.size} 人，劳动力 {household.able_stated} 人")

    def _derived(self, number: int, texts: Mapping[str, str]) -> Mapping[str, str]:
        return derived_short(number, texts, self.head.texts() if number == 0 else {}, self.today)

    def _say_year(self, household: Household) -> None:
        """Codes that the dictionary of the application's year did not have are shown as such."""
        for part in (self.head, self.members):
            part.set_year((household.applied_on or self.today).year)

    def _pick(self, key: str) -> PickEditor:
        editor = self.head.editor(key)
        assert isinstance(editor, PickEditor)
        return editor

    def _offer_groups(self) -> None:
        self._pick("group").set_options(self._town.groups_of(self._pick("village").raw()))

    def _fit(self) -> None:
        """All members are seen at once; what scrolls is the sheet."""
        rows = max(self.members.model.rowCount(), _LEAST_ROWS)
        self.members.view.setFixedHeight((rows + 1) * ROW_HEIGHT + 20)

    def _on_focus(self, _: QWidget | None, here: QWidget | None) -> None:
        """Wherever the keyboard goes on the sheet, the eye follows."""
        if here is not None and self.isVisible() and self._area.isAncestorOf(here):
            self._area.ensureWidgetVisible(here, 0, _AROUND)

    def _on_head_changed(self) -> None:
        self._offer_groups()
        self.members.model.renew()
        self._on_changed()

    def _on_head_left(self) -> None:
        """A sound identity number says the sex; nobody types it twice."""
        verdict = judge(self.head.editor(HEAD_ID.key).raw(), self.today)
        if verdict.sex is not None and self.head.editor(HEAD_SEX.key).is_blank():
            self.head.editor(HEAD_SEX.key).set_value(verdict.sex)
        self.members.model.renew()
        self._timer.start()

    def _on_changed(self) -> None:
        self._timer.start()
        self.edited.emit()

    def _on_told(self) -> None:
        """One line at the top counts for all parts."""
        lines = [part.faults for part in (self.head, self.members, self.income, self.reasons)]
        self.faults.tell(sum(line.at_fields for line in lines), [text for line in lines for text in line.others])

    def _lay_out(self) -> None:
        area, ground, grid = self._area, QWidget(), QGridLayout()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(self.focusPolicy())
        ground.setObjectName("ground")
        self.sheet.body.addWidget(self.members)
        self.sheet.body.addWidget(self.change, 0, Qt.AlignmentFlag.AlignLeft)
        for place, field in enumerate(boxes.MEMBER_FIELDS):
            self.members.view.setColumnWidth(place, boxes.MEMBER_WIDTHS.get(field.key, _LAST_WIDTH))
        self.income.sheet.body.insertWidget(0, self._income_title)
        left = column(gap=12)
        left.addWidget(self.income)
        left.addWidget(self.reasons)
        left.addStretch(1)
        grid.setContentsMargins(0, 0, 0, 8)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(12)
        grid.addWidget(_top(self.head), 0, 0)
        grid.addWidget(_top(self.findings, _SIDE), 0, 1)
        grid.addWidget(self.sheet, 1, 0, 1, 2)
        grid.addLayout(left, 2, 0)
        grid.addWidget(_top(self.sums, _SIDE), 2, 1)
        grid.setColumnStretch(0, 1)
        grid.setColumnMinimumWidth(1, _SIDE)
        inner = column(ground)
        inner.addLayout(grid)
        inner.addStretch(1)
        area.setWidget(ground)
        whole = column(self)
        whole.addWidget(self.faults)
        whole.addWidget(area, 1)
        whole.addWidget(self.help)

    def _connect(self) -> None:
        for part in (self.head, self.members, self.income, self.reasons):
            part.faults.silent = True
            part.faults.told.connect(self._on_told)
            part.save_asked.connect(self.save_asked)
        for form in (self.head, self.income, self.reasons):
            form.set_quiet()
            form.cancel_asked.connect(self.left)
        for part in (self.members, self.income, self.reasons):
            part.changed.connect(self._on_changed)
        self.head.changed.connect(self._on_head_changed)
        self.head.left.connect(self._on_head_left)
        self.income.left.connect(self._timer.start)
        self.faults.asked.connect(self.go_to_first_fault)
        self._timer.timeout.connect(self.judge)
        self.change.clicked.connect(self.change_asked)
        for signal in (self.members.model.rowsInserted, self.members.model.rowsRemoved, self.members.model.modelReset):
            signal.connect(self._fit)
        QApplication.instance().focusChanged.connect(self._on_focus)  # type: ignore[union-attr]
        self.head.ended.connect(self.members.go_to_first)
        self.members.ended.connect(self.income.go_to_first)
        self.members.began.connect(self.head.go_to_last)
        self.income.ended.connect(self.reasons.go_to_first)
        self.income.began.connect(self.members.go_to_first)
        self.reasons.ended.connect(self.ended)
        self.reasons.began.connect(self.income.go_to_last)


def _top(part: QWidget, width: int = 0) -> QWidget:
    """A card that keeps its own height at the top of its place."""
    holder = QWidget()
    inner = column(holder)
    if width:
        part.setFixedWidth(width)
    inner.addWidget(part)
    inner.addStretch(1)
    return holder
