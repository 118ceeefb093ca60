"""The preview of a paste of several cells: what stands there and what would, cell by cell, to be ticked and taken or let be."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtWidgets import QDialog, QWidget

from desktop.widgets.colours import Tone
from desktop.widgets.dialogs import open_at
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.pasting import Block, Pasted
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.ticks import Tickable, Ticks

_COLUMNS = (
    Column("row", "行", 46, "right", sortable=False),
    Column("whose", "哪一{noun}", 120, sortable=False, least=80),
    Column("label", "栏", 110, sortable=False, least=70),
    Column("old", "原来", 130, sortable=False, least=80),
    Column("new", "粘贴后", 130, sortable=False, least=80),
    Column("why", "说明", 260, sortable=False, least=120),
)
_WIDTH, _HEIGHT = 900, 560
BARRED = "这一格由别处得出，不能粘贴"


class PasteBox(QDialog):
    """``noun`` is what a row of the grid is. Nothing is pasted before the button says so; Esc lets it be."""

    def __init__(self, block: Block, noun: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle("粘贴前核对")
        titles = [
            Column(c.key, c.title.format(noun=noun), c.width, c.align, c.sortable, c.summed, c.least) for c in _COLUMNS
        ]
        self.told = label(_told(block, noun), "quiet", self, wrap=True)
        self.edge = label(_edge(block), "warn", self, wrap=True)
        self.cells = Ticks(titles, "格", self)
        self.take, self.leave = button("", "primary", self), button("不粘贴", "plain", self)
        self.cells.set_rows([_tickable(cell) for cell in sorted(block.cells, key=_sound)])
        whole, foot = column(self, 10, 20), row()
        whole.addWidget(label("粘贴前核对", "heading", self))
        for part in (self.told, self.edge):
            whole.addWidget(part)
        whole.addWidget(self.cells, 1)
        foot.addStretch(1)
        foot.addWidget(self.leave)
        foot.addWidget(self.take)
        whole.addLayout(foot)
        self.edge.setVisible(bool(self.edge.text()))
        self.take.clicked.connect(self.accept)
        self.leave.clicked.connect(self.reject)
        self.cells.changed.connect(self._count)
        self.take.setDefault(True)
        open_at(self, _WIDTH, _HEIGHT)
        self._count()
        (self.take if self.take.isEnabled() else self.leave).setFocus()

    def ticked(self) -> list[Pasted]:
        """The cells to be pasted."""
        return [thing for thing in self.cells.ticked() if isinstance(thing, Pasted)]

    def _count(self) -> None:
        count = len(self.ticked())
        self.take.setText(f"粘贴 {count:,} 格")
        self.take.setEnabled(count > 0)


def ask_paste(block: Block, noun: str, parent: QWidget | None = None) -> Sequence[Pasted]:
    """The cells the clerk wants pasted, none when he lets it be."""
    box = PasteBox(block, noun, parent)
    taken = box.ticked() if box.exec() == QDialog.DialogCode.Accepted else []
    box.deleteLater()
    return taken


def _sound(cell: Pasted) -> bool:
    """What is to be looked at comes first, the rest in reading order."""
    return not (cell.fault or cell.barred)


def _told(block: Block, noun: str) -> str:
    clear = sum(not cell.new and not cell.barred for cell in block.cells)
    parts = [f"要粘贴 {block.rows:,} 行 {block.columns:,} 列：有变动 {len(block.cells):,} 格，相同 {block.same:,} 格"]
    if block.faulty:
        parts.append(f"看不懂的 {block.faulty:,} 格：原来空着的照样放进去、标红待改，原来有内容的不勾、留原来的")
    if clear:
        parts.append(f"清空 {clear:,} 格")
    if block.added:
        parts.append(f"新加 {block.added:,} {noun}")
    return "；".join(parts) + "。勾上的才粘贴，Ctrl+Z 一次撤销。"


def _edge(block: Block) -> str:
    parts = [f"右边多出 {block.wide:,} 列"] if block.wide else []
    parts += [f"下面多出 {block.long:,} 行"] if block.long else []
    return f"{'、'.join(parts)}没有地方放，不会粘贴；请看起点这一格选得对不对。" if parts else ""


def _tickable(cell: Pasted) -> Tickable:
    why = BARRED if cell.barred else cell.fault or ("" if cell.new else "清空这一格")
    tone: Tone = "grey" if cell.barred else "red" if cell.fault else "pine"
    cells = (
        str(cell.row + 1), Cell(cell.whose, tip=cell.whose), cell.label, Cell(cell.old or "（空）", "grey", tip=cell.old),
        Cell(cell.new or "（空）", tone, tip=cell.new), Cell(why, "red" if cell.fault else "grey", tip=why),
    )  # fmt: skip
    return Tickable(cells, cell, cell.wanted, cell.barred)
