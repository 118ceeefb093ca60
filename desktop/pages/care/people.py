"""人员: who works with the record, joining and leaving, passwords, and a new recovery key for the safe."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtWidgets import QDialog, QWidget

from db.papers import recovery
from db.papers.recovery import RecoveryFacts
from db.services.town import town
from desktop.app.keeping import Keeper, Person
from desktop.app.office import Office
from desktop.pages.care.dialogs import NewPersonDialog, OwnPasswordDialog, ResetDialog
from desktop.pages.care.panel import Panel
from desktop.printing.window import show_paper
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import Card, button, column, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Line, SideCard

COLUMNS = (
    Column("name", "姓名", 150),
    Column("role", "岗位", 110),
    Column("state", "状态", 110),
    Column("note", "说明", 320),
)
_RULES = (
    Line("录入的人不审核", "ok", "一户的审核人不能录过这一户的任何一步，由程序和档案两处把关。"),
    Line("离岗要停用", "mind", "停用后立即不能登录，他签过的名字和留痕都保留。"),
    Line("密码忘了", "", "两个人在场可以重设；都忘了，用保险柜里的恢复密钥。"),
)


class PeoplePanel(Panel):
    """The list at the left, the rules at the right."""

    title = "人员和密码"

    def __init__(self, office: Office, keeper: Keeper, parent: QWidget | None = None) -> None:
        super().__init__(office, keeper, parent)
        self.own = button("改我的密码…", "primary", self)
        self.add = button("增加人员…", "plain", self)
        self.reset = button("重设密码…", "plain", self)
        self.disable = button("停用…", "danger", self)
        self.renew = button("换新的恢复密钥…", "plain", self)
        self.table = ListTable(COLUMNS, name="people")
        self.rules = SideCard("两个人的规矩")
        self._lay_out()
        self.table.current_changed.connect(self._on_current)
        slots: tuple[tuple[QWidget, Callable[[], None]], ...] = (
            (self.own, self._on_own), (self.add, self._on_add), (self.reset, self._on_reset),
            (self.disable, self._on_disable), (self.renew, self._on_renew),
        )  # fmt: skip
        for part, slot in slots:
            part.clicked.connect(slot)  # type: ignore[attr-defined]

    def refresh(self) -> None:
        own = self.office.record.actor.id
        found = sorted(self.keeper.people(), key=_leavers_last)
        self.table.set_items(
            [
                Item(
                    (
                        p.name,
                        p.role.label,
                        Cell("在用", "pine", "pill") if p.active else Cell("已停用", "grey", "pill"),
                        "本人，正在登录" if p.id == own else "" if p.has_key or not p.active else "还没有密码，请重设",
                    ),
                    thing=(p.id, p.name, p.active),
                )
                for p in found
            ]
        )
        self.rules.show_lines(_RULES)
        self._on_current(self.table.current_thing())

    def _lay_out(self) -> None:
        buttons, split, left = row(), row(gap=14), column(gap=10)
        for part in (self.own, self.add, self.reset, self.disable, self.renew):
            buttons.addWidget(part)
        buttons.addStretch(1)
        sheet = Card(margin=0)
        sheet.body.addWidget(self.table)
        left.addLayout(buttons)
        left.addWidget(sheet, 1)
        side = column()
        self.rules.setFixedWidth(336)
        side.addWidget(self.rules)
        side.addStretch(1)
        split.addLayout(left, 1)
        split.addLayout(side)
        self.whole.addLayout(split, 1)

    def _chosen(self) -> tuple[int, str] | None:
        thing = self.table.current_thing()
        if isinstance(thing, tuple) and thing[2] and thing[0] != self.office.record.actor.id:
            return thing[0], thing[1]
        return None

    def _on_current(self, thing: object) -> None:
        other = self._chosen() is not None
        self.reset.setEnabled(other)
        self.disable.setEnabled(other)

    def _on_own(self) -> None:
        name = self.office.record.actor.name
        dialog = OwnPasswordDialog(name, self.keeper.password_problem, self)
        if dialog.exec() == QDialog.DialogCode.Accepted:
            self.keeper.change(dialog.old.text(), dialog.secret.text(), self._on_changed, self.failed)
        dialog.deleteLater()

    def _on_add(self) -> None:
        dialog = NewPersonDialog(self.keeper.password_problem, self)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        name, role, password = dialog.person.text(), dialog.chosen_role(), dialog.secret.text()
        dialog.deleteLater()
        answer = (
            self.office.second(self, f"增加{role.label} {name}", "请另一人证明；两人中要有审核人。") if agreed else None
        )
        if answer is not None:
            self.keeper.add(name, role, password, answer[0], self._on_done, self.failed)

    def _on_reset(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        account, name = chosen
        dialog = ResetDialog(name, self.keeper.password_problem, self)
        agreed = dialog.exec() == QDialog.DialogCode.Accepted
        password = dialog.secret.text()
        dialog.deleteLater()
        answer = self.office.second(self, f"重设 {name} 的密码", f"{name} 会看到是谁重设的。") if agreed else None
        if answer is not None:
            self.keeper.reset(account, password, answer[0], self._on_done, self.failed)

    def _on_disable(self) -> None:
        chosen = self._chosen()
        if chosen is None:
            return
        answer = self.office.second(self, f"停用 {chosen[1]}", f"{chosen[1]} 从现在起不能登录；签过的名和留痕都保留。")
        if answer is not None:
            self.keeper.disable(chosen[0], answer[0], self._on_done, self.failed)

    def _on_renew(self) -> None:
        why = "旧的恢复密钥页马上作废（只能打开以前的备份）。换好后请打印新页，封存前不要关闭预览。"
        answer = self.office.second(self, "换新的恢复密钥", why)
        if answer is not None:
            self.keeper.renew_recovery(answer[0], self._on_renewed, self.failed)

    def _on_renewed(self, code: str) -> None:
        record = self.office.record
        name = self.office.see(town.town).name
        facts = RecoveryFacts(name, record.path.name, self.keeper.identity, code, record.clock.now())
        show_paper(self, recovery.build(facts))
        self.said.emit("已换新的恢复密钥，旧的作废。请现在打印新页封存。", "ochre")

    def _on_changed(self, _: object) -> None:
        self.said.emit("密码已改，下次登录用新密码。", "pine")

    def _on_done(self, _: object) -> None:
        self.said.emit("已办好，并已留痕。", "pine")
        self.refresh()


def _leavers_last(person: Person) -> tuple[bool, int]:
    return not person.active, person.id
