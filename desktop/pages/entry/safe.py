"""Last step of the guide: the recovery sheet, printed for the safe before the first log-in."""

from __future__ import annotations

from PySide6.QtWidgets import QCheckBox, QWidget

from db.papers import recovery
from db.papers.recovery import RecoveryFacts
from desktop.app.door import Founded
from desktop.pages.entry.step import Step
from desktop.printing.preview import PaperPreview
from desktop.widgets.looks import label, row

_WORDS = "档案已建好。请现在打印恢复密钥（或存为 PDF 到 U 盘打印后删除），封好交单位保险柜。以后不再显示；遗失时由两人在“设置与备份”换新的。"
TICK = "已打印并交单位负责人锁存"


class SafeStep(Step):
    """Shows the sheet of a record that was just made."""

    name = "恢复密钥"

    def __init__(self, made: Founded, parent: QWidget | None = None) -> None:
        super().__init__("恢复密钥", _WORDS, parent)
        self.setProperty("help", "first.md#恢复密钥")
        facts = RecoveryFacts(made.town, made.path.name, made.mark, made.code, made.made_at)
        self.preview = PaperPreview(self)
        self.preview.show_paper(recovery.build(facts))
        self.tick = QCheckBox(TICK, self)
        self.fault = label("", "fault", self)
        line = row()
        line.addWidget(self.tick)
        line.addWidget(self.fault)
        line.addStretch(1)
        self.inner.addWidget(self.preview, 1)
        self.inner.addLayout(line)
        self.tick.toggled.connect(self._on_tick)

    def complete(self) -> bool:
        self.fault.setText("" if self.tick.isChecked() else "请先打印并锁存，再勾选。")
        return self.tick.isChecked()

    def take_focus(self) -> None:
        self.preview.print.setFocus()

    def _on_tick(self) -> None:
        self.fault.setText("")
