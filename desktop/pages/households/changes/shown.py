"""The second half of a guided change: what it does to head-count, income per head and the card, before anything is written."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from db.rules.changes import Effect, Figures
from db.services.changes.changes import Preview
from desktop.widgets.looks import Card, LabelRole, Rule, column, label, row
from desktop.widgets.side import Line, SideCard

_NONE = "—"


class EffectView(QWidget):
    """The figures at the left, what changes, what is asked anew and what is printed at the right."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.figures = Card("前后对照", self)
        self.told, self.anew, self.reprint = (
            SideCard("同时变动"),
            SideCard("须核对、须重办"),
            SideCard("要打印、要收回的纸"),
        )
        self._grid: QWidget | None = None
        self._texts: list[str] = []
        split = row(self, gap=14)
        left, right = column(gap=12), column(gap=12)
        left.addWidget(self.figures)
        left.addWidget(self.told)
        left.addStretch(1)
        right.addWidget(self.anew)
        right.addWidget(self.reprint)
        right.addStretch(1)
        split.addLayout(left, 1)
        split.addLayout(right, 1)

    def text(self) -> str:
        """Everything it says, a line each."""
        return "\n".join(self._texts)

    def show_preview(self, seen: Preview) -> None:
        """Show the effect of a change that nothing stands against."""
        assert seen.effect is not None
        told = seen.effect
        lines = _figures(seen, told)
        self._show_figures(lines)
        self._fill(self.told, [Line(text) for text in told.told])
        minds = [Line(p.text, "mind") for p in seen.warnings] + [Line(text, "mind") for text in told.anew]
        if seen.second:
            minds.append(Line(f"{seen.second}，须由另一人输入密码确认", "mind"))
        self._fill(self.anew, minds)
        self._fill(self.reprint, [Line(text) for text in told.reprint])
        said = [" ".join(line) for line in lines]
        self._texts = [*said, *told.told, *(m.text for m in minds), *told.reprint]

    def _fill(self, card: SideCard, lines: Sequence[Line]) -> None:
        card.show_lines(lines)
        card.setVisible(bool(lines))

    def _show_figures(self, lines: Sequence[tuple[str, str, str]]) -> None:
        if self._grid is not None:
            self.figures.body.removeWidget(self._grid)
            self._grid.hide()
            self._grid.deleteLater()
        self._grid = QWidget(self.figures)
        grid = QGridLayout(self._grid)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setVerticalSpacing(6)
        grid.setHorizontalSpacing(16)
        grid.setColumnStretch(0, 1)
        for at, (caption, before, after) in enumerate((("", "变动前", "变动后"), *lines)):
            role: LabelRole = "caption" if at == 0 else ""
            grid.addWidget(
                label(caption, "strong" if caption and not before and not after else role, self._grid), 2 * at, 0
            )
            for place, text in enumerate((before, after), 1):
                changed: LabelRole = "strong" if at and place == 2 and before != after else role
                cell = label(text, changed, self._grid)
                cell.setAlignment(Qt.AlignmentFlag.AlignRight)
                grid.addWidget(cell, 2 * at, place)
            grid.addWidget(Rule(self._grid), 2 * at + 1, 0, 1, 3)
        self.figures.body.addWidget(self._grid)


def _figures(seen: Preview, told: Effect) -> list[tuple[str, str, str]]:
    """Lines of caption, before and after: of the household, then of the second one."""
    lines = _of(f"{seen.home.head_name}户", told.before, told.after, bool(told.other[0] or told.other[1]))
    if told.other[0] is not None or told.other[1] is not None:
        other = seen.other or (seen.outcome.other if seen.outcome else None)
        name = other.head_name if other is not None else ""
        new = "（新户）" if told.other[0] is None else ""
        lines += _of(f"{name}户{new}", told.other[0], told.other[1], named=True)
    return lines


def _of(name: str, before: Figures | None, after: Figures | None, named: bool) -> list[tuple[str, str, str]]:
    lines = [(name, "", "")] if named else []
    lines.append(("人口", _people(before), _people(after)))
    lines.append(("其中劳动力", _able(before), _able(after)))
    if (before and before.per_head is not None) or (after and after.per_head is not None):
        lines.append(("人均可支配收入（元）", _money(before), _money(after)))
    return lines


def _people(figures: Figures | None) -> str:
    return f"{figures.size} 人" if figures else "无此户"


def _able(figures: Figures | None) -> str:
    return f"{figures.able} 人" if figures else _NONE


def _money(figures: Figures | None) -> str:
    return f"{figures.per_head:,.2f}" if figures and figures.per_head is not None else _NONE
