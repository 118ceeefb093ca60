"""One condition: what it asks is found in a list of everything the record holds, then its values are ticked or typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCheckBox, QDialog, QListWidget, QListWidgetItem, QStackedWidget, QWidget

from db.fields.kinds import Date, Measure, Unreadable
from db.services.questions.asked import Condition
from db.services.questions.aspects import ASPECTS, BLANK, FILLED, Aspect, Way
from desktop.pages.questions.finding import Choice, Finding
from desktop.widgets.dialogs import Growing
from desktop.widgets.lines import Line
from desktop.widgets.looks import button, column, label, row

_TICKED, _BETWEEN, _WORDS = range(3)
_USUAL = ("village", "attribute", "able", "main_cause", "danger", "age", "schooling", "health", "worker", "per_head")
"""What is asked most stands first in the list."""


class ConditionDialog(Growing):
    """``condition()`` is what was put together; None as long as it says nothing. ``today`` leaves out what is known for today only."""

    def __init__(
        self, parent: QWidget | None, places: Mapping[str, Sequence[str]], given: Condition | None = None, *, today: bool = True
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self.setProperty("help", "questions.md#加条件")
        self.setWindowTitle("条件")
        self._places, self._kept = places, {given.aspect: given.values} if given else {}
        self.finding = Finding(_choices(today=today), "打字或拼音首字母找，如 sx、nl", self)
        self.stack = QStackedWidget(self)
        self.ticks = QListWidget(self)
        self.ticks.setObjectName("hits")
        self.low, self.high, self.words = Line(self), Line(self), Line(self)
        self.blank, self.filled = QCheckBox("没有填的", self), QCheckBox("只要填了的", self)
        self.unit = label("", "quiet", self)
        self.heading = label("", "heading", self)
        self.said = label("", "strong", self, wrap=True)
        self.fault = label("", "fault", self, wrap=True)
        self.take = button("改好" if given else "加上", "primary", self)
        self.leave = button("不加了" if not given else "不改了", "plain", self)
        self._lay_out()
        self._connect()
        self.finding.choose(given.aspect if given else self.finding.key())
        self._show_aspect()
        (self._first() if given else self.finding.line).setFocus()

    def condition(self) -> Condition | None:
        """What was put together; None when nothing was ticked or typed, or what was typed is no number or day."""
        values = self._values()
        return Condition(self._aspect().key, values) if values and self._aspect_known() else None

    def _aspect(self) -> Aspect:
        return ASPECTS[self.finding.key()]

    def _aspect_known(self) -> bool:
        return self.finding.key() in ASPECTS

    def _values(self) -> tuple[str, ...]:
        self.fault.clear()
        if not self._aspect_known():
            return ()
        way = self._aspect().way
        if way in (Way.CHOICE, Way.YES, Way.PLACE):
            items = (self.ticks.item(n) for n in range(self.ticks.count()))
            return tuple(
                str(i.data(Qt.ItemDataRole.UserRole)) for i in items if i.checkState() is Qt.CheckState.Checked
            )
        more = (*((BLANK,) if self.blank.isChecked() else ()), *((FILLED,) if self.filled.isChecked() else ()))
        if way is Way.TEXT:
            return (*self.words.text().split(), *more)
        return (*self._band(way), *more)

    def _band(self, way: Way) -> tuple[str, ...]:
        try:
            low, high = _end(self.low.text(), way), _end(self.high.text(), way)
        except Unreadable as wrong:
            self.fault.setText(str(wrong))
            return ()
        if low and high and (low > high if way is Way.DAYS else float(low) > float(high)):
            self.fault.setText("“从”比“到”大，请核对")
            return ()
        return (f"{low}..{high}",) if low or high else ()

    def _show_aspect(self) -> None:
        known = self._aspect_known()
        self.stack.setVisible(known)
        if known:
            aspect = self._aspect()
            self.heading.setText(aspect.label)
            self._show_values(aspect, self._kept.get(aspect.key, ()))
        self._say()

    def _show_values(self, aspect: Aspect, values: tuple[str, ...]) -> None:
        parts = (self.low, self.high, self.words, self.blank, self.filled, self.ticks)
        for one in parts:
            one.blockSignals(True)
        self.blank.setChecked(BLANK in values)
        self.filled.setChecked(FILLED in values)
        asked = [value for value in values if value not in (BLANK, FILLED)]
        if aspect.way in (Way.BAND, Way.DAYS):
            low, _, high = asked[0].partition("..") if asked else ("", "", "")
            self.low.setText(low)
            self.high.setText(high)
            self.unit.setText(aspect.unit or "日期写成 2016-06-30 的样子")
        elif aspect.way is Way.TEXT:
            self.words.setText(" ".join(asked))
        else:
            self._fill(aspect, values)
        for one in parts:
            one.blockSignals(False)
        ticked = aspect.way in (Way.CHOICE, Way.YES, Way.PLACE)
        self.stack.setCurrentIndex(_TICKED if ticked else _WORDS if aspect.way is Way.TEXT else _BETWEEN)
        self.blank.setVisible(not ticked)
        self.filled.setVisible(not ticked)

    def _fill(self, aspect: Aspect, values: tuple[str, ...]) -> None:
        self.ticks.clear()
        for value, text in self._options(aspect):
            item = QListWidgetItem(text)
            item.setData(Qt.ItemDataRole.UserRole, value)
            item.setFlags(item.flags() | Qt.ItemFlag.ItemIsUserCheckable)
            item.setCheckState(Qt.CheckState.Checked if value in values else Qt.CheckState.Unchecked)
            self.ticks.addItem(item)
        self.ticks.setCurrentRow(0)

    def _options(self, aspect: Aspect) -> list[tuple[str, str]]:
        if aspect.key == "village":
            return [(name, name) for name in self._places]
        if aspect.way is Way.PLACE:
            return [(f"{village}{group}",) * 2 for village, groups in self._places.items() for group in groups]
        return [*aspect.options, (BLANK, "（没有填的）")]

    def _say(self) -> None:
        made = self.condition()
        self.said.setText(made.line if made is not None else "")
        self.take.setEnabled(made is not None)

    def _first(self) -> QWidget:
        way = self._aspect().way if self._aspect_known() else Way.CHOICE
        return self.words if way is Way.TEXT else self.low if way in (Way.BAND, Way.DAYS) else self.ticks

    def _on_chosen(self) -> None:
        self._first().setFocus()

    def _on_ticked(self, item: QListWidgetItem) -> None:
        on = item.checkState() is Qt.CheckState.Checked
        item.setCheckState(Qt.CheckState.Unchecked if on else Qt.CheckState.Checked)

    def _on_done(self) -> None:
        if self.take.isEnabled():
            self.accept()

    def _connect(self) -> None:
        self.finding.walked.connect(self._show_aspect)
        self.finding.chosen.connect(self._on_chosen)
        self.ticks.itemChanged.connect(self._say)
        self.ticks.itemDoubleClicked.connect(self._on_ticked)
        for line in (self.low, self.high, self.words):
            line.textChanged.connect(self._say)
            line.returnPressed.connect(self._on_done)
        for box in (self.blank, self.filled):
            box.toggled.connect(self._say)
        self.take.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)

    def _lay_out(self) -> None:
        whole, split, right, foot = column(self, 12, 20), row(gap=16), column(gap=8), row()
        self.finding.setFixedWidth(290)
        between, words = QWidget(self), QWidget(self)
        line, above, beside = row(), column(words, 6), column(between)
        ends: tuple[QWidget, ...] = (label("从", "", self), self.low, label("到", "", self), self.high, self.unit)
        for part in ends:
            line.addWidget(part)
        line.addStretch(1)
        beside.addLayout(line)
        beside.addStretch(1)
        for edit in (self.low, self.high):
            edit.setFixedWidth(110)
        above.addWidget(self.words)
        above.addWidget(label("里面有这几个字的；几个词用空格隔开，有一个就算", "quiet", self, wrap=True))
        above.addStretch(1)
        for part in (self.ticks, between, words):
            self.stack.addWidget(part)
        marks = row(gap=18)
        marks.addWidget(self.blank)
        marks.addWidget(self.filled)
        marks.addStretch(1)
        right.addWidget(self.heading)
        right.addWidget(self.stack, 1)
        right.addLayout(marks)
        right.addWidget(self.fault)
        right.addWidget(self.said)
        split.addWidget(self.finding)
        split.addLayout(right, 1)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        whole.addLayout(split, 1)
        whole.addLayout(foot)
        self.setMinimumSize(760, 460)
        for widget, name in ((self.low, "从"), (self.high, "到"), (self.words, "字词"), (self.ticks, "值")):
            widget.setAccessibleName(name)


def _choices(*, today: bool) -> list[Choice]:
    keys = [*_USUAL, *(key for key in ASPECTS if key not in _USUAL)]
    return [
        Choice(key, ASPECTS[key].label, ASPECTS[key].group, key in _USUAL)
        for key in keys
        if today or not ASPECTS[key].today
    ]


def _end(text: str, way: Way) -> str:
    """One end of a band as it is kept; Unreadable with a sentence."""
    if way is Way.DAYS:
        day = Date().read(text)
        return day.isoformat() if day is not None else ""
    number = Measure().read(text)
    return "" if number is None else f"{number:f}".rstrip("0").rstrip(".") if number % 1 else f"{number:.0f}"


def ask_condition(
    parent: QWidget, places: Mapping[str, Sequence[str]], given: Condition | None = None, *, today: bool = True
) -> Condition | None:  # fmt: skip
    """The condition the clerk put together; None when he let it be."""
    dialog = ConditionDialog(parent, places, given, today=today)
    done = dialog.exec()
    made = dialog.condition()
    dialog.deleteLater()
    return made if done == QDialog.DialogCode.Accepted else None
