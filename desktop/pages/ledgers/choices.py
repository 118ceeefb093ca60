"""What the clerk chooses above the sheets: month, villages, period, unit, whole or masked, how many files, and how the sheets look.

What he chose stands there again the next time, but for the villages and the masked copy: a sheet that leaves somebody out, or hides
something, is asked for each time.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAction, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QMenu, QWidget

from db.services.ledger.export import Choice, Files
from desktop.widgets.menus import MenuButton
from desktop.widgets.picks import Box
from desktop.widgets.wrap import WrapRow, keep_whole

_MONTHS_BACK = 12
_PERIODS = ("动态表按本月", "动态表按本年累计")
_UNITS = ("金额按元", "金额按万元")
_COPIES = ("对内，写全", "对外，脱敏")
_KEY = "ledger/choice"


class Keeping(Protocol):
    """Where choices are kept between two days (`desktop.app.settings.Settings`)."""

    def text(self, key: str, default: str = "") -> str:
        """A remembered text."""
        ...

    def keep(self, key: str, value: str) -> None:
        """Remember a text."""
        ...


class _Staying(QMenu):
    """A menu that stays open while one after another is ticked."""

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        act: QAction | None = self.activeAction()
        if act is not None and act.isCheckable():
            act.trigger()
        else:
            super().mouseReleaseEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        act: QAction | None = self.activeAction()
        if event.key() == Qt.Key.Key_Space and act is not None and act.isCheckable():
            act.trigger()
        else:
            super().keyPressEvent(event)


class Choices(QWidget):
    """Signals: ``month_chosen(first day)``; ``changed()`` anything else was chosen."""

    month_chosen = Signal(object)
    changed = Signal()

    def __init__(self, keeping: Keeping | None = None, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "ledgers.md#先选")
        self._keeping = keeping
        self._months: Sequence[date] = ()
        self.month = self._box("月份", 128)
        self.villages = MenuButton("全部村", self)
        self._menu = _Staying(self)
        self.villages.setMenu(self._menu)
        self.period = self._box("期间", 150, _PERIODS)
        self.unit = self._box("金额单位", 116, _UNITS)
        self.copies = self._box("给谁看", 116, _COPIES)
        self.files = self._box("写成几个文件", 146, [one.value for one in Files])
        self.freeze = QCheckBox("冻结表头", self)
        self.repeat = QCheckBox("每人都填户的栏", self)
        self._lay_out()
        keep_whole(self)
        self._recall()
        self.month.activated.connect(self._on_month)
        self._menu.triggered.connect(self._on_village)
        for one in (self.period, self.unit, self.copies, self.files):
            one.activated.connect(self._on_changed)
        self.freeze.clicked.connect(self._on_changed)
        self.repeat.clicked.connect(self._on_changed)

    def choice(self, sheets: Sequence[str] = ()) -> Choice:
        """What is chosen, of these sheets."""
        return Choice(
            sheets=tuple(sheets),
            villages=self.chosen_villages(),
            yearly=self.period.currentIndex() == 1,
            wan=self.unit.currentIndex() == 1,
            freeze=self.freeze.isChecked(),
            repeat=self.repeat.isChecked(),
            masked=self.copies.currentIndex() == 1,
            files=[*Files][max(self.files.currentIndex(), 0)],
        )

    def chosen_villages(self) -> tuple[str, ...]:
        """The ticked villages; () when all are."""
        acts = [act for act in self._menu.actions() if act.isCheckable()]
        ticked = tuple(act.text() for act in acts if act.isChecked())
        return () if len(ticked) == len(acts) else ticked

    def show_villages(self, names: Sequence[str]) -> None:
        """Offer these villages; those ticked before stay so."""
        before = self.chosen_villages()
        self._menu.clear()
        self._menu.addAction("选中全部村")
        self._menu.addSeparator()
        for name in names:
            act = self._menu.addAction(name)
            act.setCheckable(True)
            act.setChecked(not before or name in before)
        self._say_villages()

    def choose_villages(self, names: Sequence[str]) -> None:
        """Tick these villages and no other."""
        for act in self._menu.actions():
            if act.isCheckable():
                act.setChecked(act.text() in names)
        self._said()

    def show_months(self, today: date) -> date:
        """Offer the months up to today, the one shown before chosen again; returns its first day."""
        before = self._months[self.month.currentIndex()] if self._months else None
        self._months = _months(today)
        self.month.clear()
        self.month.addItems([f"{first.year} 年 {first.month} 月" for first in self._months])
        return self.choose_month(before or self._months[0])

    def choose_month(self, first: date) -> date:
        """Choose the month that begins on that day, the present one when it is not offered; returns its first day."""
        place = self._months.index(first) if first in self._months else 0
        self.month.setCurrentIndex(place)
        return self._months[place]

    def _box(self, name: str, width: int, options: Sequence[str] = ()) -> QComboBox:
        made: QComboBox = Box(self)
        made.setAccessibleName(name)
        made.addItems(list(options))
        made.setMinimumWidth(width)
        return made

    def _lay_out(self) -> None:
        bar = WrapRow(self, gap=8)
        for one in (
            self.month,
            self.villages,
            self.period,
            self.unit,
            self.copies,
            self.files,
            self.freeze,
            self.repeat,
        ):
            bar.addWidget(one)

    def _recall(self) -> None:
        said = (self._keeping.text(_KEY) if self._keeping else "").split("|")
        kept = dict(part.split("=", 1) for part in said if "=" in part)
        for key, box in self._kept_boxes().items():
            box.setCurrentIndex(max(box.findText(kept.get(key, "")), 0))
        self.freeze.setChecked(kept.get("freeze", "1") == "1")
        self.repeat.setChecked(kept.get("repeat", "0") == "1")

    def _remember(self) -> None:
        if self._keeping is None:
            return
        kept = {key: box.currentText() for key, box in self._kept_boxes().items()}
        kept |= {"freeze": str(int(self.freeze.isChecked())), "repeat": str(int(self.repeat.isChecked()))}
        self._keeping.keep(_KEY, "|".join(f"{key}={value}" for key, value in kept.items()))

    def _kept_boxes(self) -> dict[str, QComboBox]:
        return {"period": self.period, "unit": self.unit, "files": self.files}

    def _on_month(self, place: int) -> None:
        self.month_chosen.emit(self._months[place])

    def _on_village(self, act: QAction) -> None:
        if act.isCheckable() and any(one.isChecked() for one in self._menu.actions()):
            self._said()
        else:
            self.choose_villages([one.text() for one in self._menu.actions()])

    def _said(self) -> None:
        self._say_villages()
        self.changed.emit()

    def _say_villages(self) -> None:
        chosen = self.chosen_villages()
        count = sum(act.isCheckable() for act in self._menu.actions())
        text = f"全部 {count} 个村" if not chosen else chosen[0] if len(chosen) == 1 else f"{len(chosen)} 个村"
        self.villages.setText(text)

    def _on_changed(self) -> None:
        self._remember()
        self.changed.emit()


def _months(today: date) -> Sequence[date]:
    first = today.replace(day=1)
    found = [first]
    for _ in range(_MONTHS_BACK):
        year, month = divmod(found[-1].year * 12 + found[-1].month - 2, 12)
        found.append(date(year, month + 1, 1))
    return found
