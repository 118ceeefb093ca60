"""The first-start guide: five steps from the name of the town to the recovery sheet in the safe.

Back and forth keep everything typed; a step that is not complete says why at its fields. The record is made after the fourth step.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QLabel, QStackedWidget, QWidget

from desktop.app.door import Door, Founded
from desktop.app.work import Work
from desktop.pages.entry.people import PeopleStep
from desktop.pages.entry.place import PlaceStep
from desktop.pages.entry.sheet import sentence
from desktop.pages.entry.step import Step
from desktop.pages.entry.villages import VillagesStep
from desktop.widgets.banner import Banner
from desktop.widgets.looks import button, column, label, mark, row, scrolled

NAMES = ("本镇与位置", "村和村民小组", "办理方式和标准", "经办人和审核人", "恢复密钥")
MAKE, LAST = 3, 4


class Guide(QWidget):
    """Signals: ``founded(Founded)`` the record exists; ``made(Founded)`` and its sheet was locked away; ``other_asked()`` open a record instead,
    ``practice_asked()`` try everything on an invented town first."""

    founded = Signal(object)
    made = Signal(object)
    other_asked = Signal()
    practice_asked = Signal()

    def __init__(self, door: Door, work: Work, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("ground")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._door = door
        self._work = work
        self._founded: Founded | None = None
        self.place = PlaceStep(door, self)
        self.villages = VillagesStep(self)
        self.people = PeopleStep(door, self)
        self.steps: dict[int, Step] = {0: self.place, 1: self.villages, 3: self.people}
        self.stack = QStackedWidget(self)
        for built in self.steps.values():
            self.stack.addWidget(built)
        self.banner = Banner(self)
        self.back = button("上一步", "plain", self)
        self.other = button("打开已有的档案…", "link", self)
        self.practice = button("先用练习台账试试", "link", self)
        self.on = button("下一步", "primary", self)
        self._at = 0
        self._marks: list[QLabel] = []
        self._lay_out()
        self.back.clicked.connect(self._on_back)
        self.on.clicked.connect(self.go_on)
        self.other.clicked.connect(self.other_asked)
        self.practice.clicked.connect(self.practice_asked)
        for step in self.steps.values():
            step.ended.connect(self.go_on)
        self._show(0)

    @property
    def at(self) -> int:
        """Number of the step that is open, from 0."""
        return self._at

    def go_on(self) -> None:
        """To the next step when this one is complete; after the people the record is made."""
        if not self.on.isEnabled() or not self.steps[self._at].complete():
            return
        self.banner.close_now()
        if self._at == MAKE:
            self._make()
        elif self._at == LAST and self._founded is not None:
            self.made.emit(self._founded)
        else:
            self._show(self._at + 1)

    def _on_back(self) -> None:
        self.banner.close_now()
        self._show(self._at - 1)

    def _show(self, at: int) -> None:
        self._at = at
        if at not in self.steps:
            self._build_ways()
        step = self.steps[at]
        self.stack.addWidget(step)
        self.stack.setCurrentWidget(step)
        for number, line in enumerate(self._marks):
            line.setText(f"{'✓' if number < at else number + 1}　{NAMES[number]}")
            mark(line, "role", "strong" if number == at else "pine" if number < at else "quiet")
        self.back.setVisible(0 < at < LAST)
        self.other.setVisible(at < LAST)
        self.practice.setVisible(at < LAST)
        self.on.setText({MAKE: "建立档案", LAST: "去登录"}.get(at, "下一步"))
        step.take_focus()

    def _build_ways(self) -> None:
        """The town's options come with the database, which is loaded while the first two steps are filled in."""
        from db.services.town.town import Options
        from desktop.pages.entry.ways import WaysStep

        step = self.steps[2] = WaysStep(Options().values(), self)
        step.ended.connect(self.go_on)

    def _make(self) -> None:
        from db.services.town.town import Options, TownSetup, VillageSetup
        from desktop.pages.entry.ways import WaysStep

        ways = self.steps[2]
        assert isinstance(ways, WaysStep)
        villages = tuple(VillageSetup(one.name, one.groups, one.phone) for one in self.villages.villages())
        setup = TownSetup(**self.place.values(), villages=villages, options=Options.of_values(ways.values()))
        folder, people = self.place.folder(), self.people.people()
        self._set_busy("正在建立…")

        def make() -> Founded:
            return self._door.found(folder, setup, people)

        self._work.write("建立档案", make, self._on_made, self._on_failed)

    def _on_made(self, founded: Founded) -> None:
        from desktop.pages.entry.safe import SafeStep

        self._founded = founded
        self.founded.emit(founded)
        self.steps[LAST] = SafeStep(founded, self)
        self._set_busy("")
        self._show(LAST)

    def _on_failed(self, error: Exception) -> None:
        self._set_busy("")
        self.banner.say(f"{sentence(error)}填的内容都在，可以改好再试。", "red")

    def _set_busy(self, what: str) -> None:
        self.on.setText(what or "建立档案")
        for part in (self.on, self.back, self.other, self.practice, self.stack):
            part.setEnabled(not what)

    def _lay_out(self) -> None:
        whole, middle, left, right, foot = (
            column(self, 16, 24),
            row(gap=32),
            column(gap=14),
            column(gap=12),
            row(gap=12),
        )
        brand = label("户有卡", "", self)
        mark(brand, "role", "brand")
        left.addWidget(brand)
        brand.setFixedWidth(150)
        left.addSpacing(12)
        left.addWidget(label("第一次使用", "heading", self))
        self._marks = [label(name, "quiet", self) for name in NAMES]
        for line in self._marks:
            left.addWidget(line)
        left.addStretch(1)
        left.addWidget(self.practice, 0, Qt.AlignmentFlag.AlignLeft)
        left.addWidget(self.other, 0, Qt.AlignmentFlag.AlignLeft)
        right.addWidget(self.banner)
        area = scrolled(self.stack)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAsNeeded)  # a small screen drawn at 200 %
        right.addWidget(area, 1)
        foot.addStretch(1)
        for part in (self.back, self.on):
            part.setMinimumSize(110, 36)
            foot.addWidget(part)
        right.addLayout(foot)
        middle.addLayout(left)
        middle.addLayout(right, 1)
        whole.addLayout(middle, 1)
