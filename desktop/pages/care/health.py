"""数据体检: whether the file, the trail and the meaning of the record are sound; and the trail itself to read."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.services.office import standing
from db.services.office.standing import TrailLine
from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.pages.care.panel import Panel
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, label, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Line, SideCard

COLUMNS = (
    Column("seq", "序号", 58, align="right"),
    Column("at", "时间", 152),
    Column("actor", "经办", 80),
    Column("action", "办了什么", 116),
    Column("reason", "理由", 150, sortable=False),
    Column("facts", "内容", 236, sortable=False, least=200),
)
WORDS = {
    "login": "登录",
    "record.create": "新建档案",
    "record.upgrade": "升级档案",
    "account.add": "增加人员",
    "account.disable": "停用账号",
    "password.change": "改密码",
    "password.reset": "重设密码",
    "password.recover": "用恢复密钥设密码",
    "recovery.renew": "换恢复密钥",
    "clock.confirm": "确认电脑日期",
    "history.accept": "认可档案经过",
}
_SHOWN = 12
_WORDS = "操作日志最近 500 条；每条都和前一条锁在一起，改不了、删不掉，登录时自动核对。"


class HealthPanel(Panel):
    """The trail at the left, the check at the right."""

    title = "数据体检和日志"

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self.run = button("体检一遍", "primary", self)
        self.accept = button("认可这份档案的经过…", "danger", self)
        self.result = SideCard("体检结果")
        self.table = ListTable(COLUMNS, name="trail")
        split, left, side = row(gap=14), column(gap=10), column(gap=10)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table)
        left.addWidget(label(_WORDS, "quiet", self))
        left.addWidget(sheet, 1)
        self.result.setFixedWidth(336)
        side.addWidget(self.run)
        side.addWidget(self.result)
        side.addWidget(self.accept)
        side.addStretch(1)
        split.addLayout(left, 1)
        split.addLayout(side)
        self.whole.addLayout(split, 1)
        self.result.show_lines([Line("还没有体检", "", "查数据页、引用、附件、操作日志、办理进度和人数，几秒钟。")])
        self.run.clicked.connect(self._on_run)
        self.accept.clicked.connect(self._on_accept)

    def refresh(self) -> None:
        self.accept.setVisible(not self.keeper.same_history)
        self.office.read("读取操作日志", standing.trail_lines, done=self._show)

    def _show(self, found: tuple[TrailLine, ...]) -> None:
        self.table.set_items([_item(line) for line in found])

    def _on_run(self) -> None:
        self.run.setEnabled(False)
        self.result.show_lines([Line("正在体检…")])
        self.keeper.check(self._on_checked, self._on_failed)

    def _on_checked(self, faults: list[str]) -> None:
        self.run.setEnabled(True)
        now = f"{self.office.record.clock.now():%H:%M}"
        if not faults:
            self.result.show_lines(
                [Line(f"{now} 体检通过", "ok", "数据页、引用、附件、操作日志、办理进度、人数都相符。")]
            )
            return
        lines = [Line(f"{now} 发现 {len(faults)} 处", "bad", "请先备份并留下这份档案，不要继续录入，告知审核人。")]
        lines += [Line(text, "bad") for text in faults[:_SHOWN]]
        more = len(faults) - _SHOWN
        self.result.show_lines([*lines, Line(f"另有 {more} 处")] if more > 0 else lines)

    def _on_failed(self, error: Exception) -> None:
        self.run.setEnabled(True)
        self.failed(error)

    def _on_accept(self) -> None:
        why = "这份档案比上次在本机用的旧，或不是同一份。确认就用它继续（例如恢复了备份），写明原因，会留痕。"
        answer = self.office.second(self, "认可这份档案的经过", why)
        if answer is not None:
            self.keeper.accept_history(answer[0], answer[1], self._on_accepted, self.failed)

    def _on_accepted(self, _: None) -> None:
        self.said.emit("已认可，并已留痕。", "pine")
        self.refresh()


def _item(line: TrailLine) -> Item:
    at = f"{line.at:%Y-%m-%d %H:%M:%S}"
    return Item(
        (
            str(line.seq),
            Cell(at, "" if line.trusted else "red", tip="" if line.trusted else "当时电脑日期没有得到确认"),
            line.actor,
            WORDS.get(line.action, line.action),
            Cell(line.reason, tip=line.reason),
            Cell(line.facts, "grey", tip=line.facts),
        )
    )
