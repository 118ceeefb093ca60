"""Which step is to be corrected, and what falls with it, told before anything happens."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QComboBox, QWidget

from db.rules.case import Event, Kind, latest
from db.rules.correction import correctable, falling
from db.rules.procedure import IDENTIFICATION, REMOVAL, Step
from db.services.deciding.files import CaseFile
from desktop.widgets.dialogs import Growing
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.picks import Box

_WITHDRAWN = {
    IDENTIFICATION: "户主去世而家中无人续办的，也在这里办。",
    REMOVAL: "本户仍在册。",
}


class CorrectDialog(Growing):
    """Offers the steps done so far, the newest first, or the withdrawal of a case that was withdrawn; to withdraw one it only tells
    what will happen."""

    def __init__(self, file: CaseFile, *, withdraw: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("help", "households.md#更正和撤回")
        self._events, self._ladder = file.events, file.ladder
        title = f"撤回{file.ladder.opening}" if withdraw else "更正"
        self.setWindowTitle(title)
        self.steps: QComboBox = Box(self)
        self._gone = latest(self._events, Kind.WITHDRAWN)
        if self._gone is not None:
            self.steps.addItem(f"撤回{file.ladder.opening}", None)
        for step in reversed(correctable(self._events, self._ladder)):
            self.steps.addItem(step.label, step)
        self.steps.setVisible(not withdraw)
        self.told = label("", "quiet", self, wrap=True)
        agree, leave = button("下一步：另一人确认", "primary", self), button("不办了", "plain", self)
        agree.clicked.connect(self.accept)
        leave.clicked.connect(self.reject)
        whole, foot = column(self, 12, 24), row()
        whole.addWidget(label(f"{file.household.head_name}户 · {title}", "heading", self))
        if not withdraw:
            whole.addWidget(label("哪一步录错了", "caption", self))
        whole.addWidget(self.steps)
        whole.addWidget(self.told)
        foot.addStretch(1)
        foot.addWidget(leave)
        foot.addWidget(agree)
        whole.addLayout(foot)
        self.setMinimumWidth(440)
        self.steps.currentIndexChanged.connect(self._tell)
        if withdraw:
            self.told.setText(
                f"本户的{file.ladder.opening}就此结束，不再往下办；已办的记录和纸件都保留。{_WITHDRAWN[file.ladder.key]}"
            )
        else:
            self._tell()

    def step(self) -> Step | None:
        """The step chosen; None for the withdrawal."""
        chosen: Step | None = self.steps.currentData()
        return chosen

    def _tell(self) -> None:
        chosen = self.step()
        if self._gone is not None:
            self.told.setText(f"将作废：{_named([self._gone])}。作废的记录保留可查；从撤回前的那一步接着办。")
        if chosen is None:
            return
        self.told.setText(
            f"将作废：{_named(falling(self._events, self._ladder, chosen))}。作废的记录保留可查；从“{chosen.label}”起重新办理，公示须重新张贴满期。"
        )


def _named(events: Sequence[Event]) -> str:
    return "、".join(f"{e.kind.label}（{e.acted_on:%m-%d}）" for e in events)
