"""数据体检: every rule asked of the whole record; what it found by rule and village, mended at its field or explained, printed and sent.

The check runs beside the window, can be stopped, and changes nothing. Reasons given are shown at once without another check.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar

from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Cancelled
from db.papers import checkup as paper
from db.services.cases import reasons
from db.services.health import health
from db.services.health import lists as healthlists
from db.services.health import roster as healthroster
from db.services.health.health import Checkup, Hit, LastRun
from desktop.app.office import Office
from desktop.app.paths import clerks_folder, offered, workbook_path
from desktop.app.ticket import Ticket
from desktop.pages.health.hits import HitList
from desktop.pages.health.rare import with_rare_names
from desktop.pages.health.rules import RuleList
from desktop.printing.window import show_paper
from desktop.widgets.choosing import choose_file
from desktop.widgets.empty import Empty
from desktop.widgets.looks import label, row
from desktop.widgets.page import Page

_SUBTITLE = "查身份、家庭、收入、住房、日期和公示的每一条规则，只看不改；几千户只要几秒。"
_RUN, _AGAIN = "体检一遍", "再体检一遍"


class HealthPage(Page):
    """``open_thing``: a village's name shows that village once something was found. Asks for "households" with a `Spot`."""

    interests: ClassVar[frozenset[str]] = frozenset({"cases", "households", "batches", "town", "evidence"})

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__("数据体检", _SUBTITLE, parent)
        self._office = office
        self._checkup: Checkup | None = None
        self._running = False
        self.ticket = Ticket("")
        self.print_it = self.add_button("打印清单")
        self.export = self.add_button("导出清单（Excel）")
        self.read = self.add_button("查一份名册…")
        self.run = self.add_button(_RUN, "primary")
        self.old = label("", "warn", self, wrap=True)
        self.rules = RuleList(self)
        self.hits = HitList(self)
        self.empty = Empty("", parent=self)
        self.split = QWidget(self)
        inner = row(self.split, 14)
        inner.addWidget(self.rules)
        inner.addWidget(self.hits, 1)
        self.subtitle_label.setWordWrap(True)
        self.old.hide()
        self.split.hide()
        self.body.addWidget(self.old)
        self.body.addWidget(self.split, 1)
        self.body.addWidget(self.empty, 1)
        self._connect()
        self._renew_buttons()

    def refresh(self) -> None:
        """Say when the last check was; findings that are shown are older than what has changed since."""
        if self._checkup is not None and self._checkup.roster is not None:
            return
        if self._checkup is None:
            self._invite(self._office.see(health.last))
        else:
            self.old.setText("体检以后档案有改动，下面是改动以前查出的；再体检一遍就是现在的。")
            self.old.show()

    def open_thing(self, thing: object) -> None:
        if isinstance(thing, str):
            self.rules.choose_village(thing)

    def preview(self) -> None:
        if self.print_it.isEnabled():
            self._on_print()

    def next_record(self) -> None:
        self.hits.shown().table.go_next()

    def check(self) -> None:
        """Look the whole record through, with progress and cancel."""
        if self._running:
            return
        self._running = True
        self._renew_buttons()
        self.ticket = self._office.long("数据体检", self._look, self._on_checked, self._on_failed, by=self)

    def _look(self, ticket: Ticket) -> Checkup:
        return with_rare_names(self._office, self._office.see(health.check, ticket))

    def check_roster(self, path: Path) -> None:
        """Look a roster through by the same rules; nothing comes into the record."""
        if self._running:
            return
        self._running = True
        self._renew_buttons()
        op = partial(self._look_at, path)
        self.ticket = self._office.long(f"查名册 {path.name}", op, self._show_roster, self._on_failed, by=self)

    def _look_at(self, path: Path, ticket: Ticket) -> Checkup:
        return self._office.see(healthroster.check, path, ticket)

    def _show_roster(self, found: Checkup) -> None:
        self._running = False
        self.old.hide()
        self._show(found)

    def _connect(self) -> None:
        self.run.clicked.connect(self.check)
        self.read.clicked.connect(self._on_read)
        self.empty.acted.connect(self.check)
        self.print_it.clicked.connect(self._on_print)
        self.export.clicked.connect(self._on_export)
        self.rules.chosen.connect(self.hits.show_found)
        self.rules.narrowed.connect(self._renew_buttons)
        self.rules.list.table.selection_said.connect(self.selection_said)
        self.hits.go.connect(self._on_go)
        self.hits.explained.connect(self._on_explained)

    def _on_checked(self, found: Checkup) -> None:
        self._running = False
        self.old.hide()
        self._show(found)
        self.rules.list.table.setFocus()
        self._office.write("记下体检", health.note, found, changes=frozenset(), by=self)

    def _on_failed(self, error: Exception) -> None:
        self._running = False
        self._renew_buttons()
        if isinstance(error, Cancelled):
            self.said.emit("体检停下了，档案没有改动。", "ochre")
        else:
            self._office.work.tell(error)

    def _show(self, found: Checkup) -> None:
        self._checkup = found
        waiting = f"要改 {found.count('E'):,} 处、要说明 {found.count('W'):,} 处"
        when = f"{found.at:%Y-%m-%d %H:%M} 体检" if found.roster is None else f"查名册 {found.roster.stem[:12]}…"
        at = f"{when} {found.households:,} 户 {found.persons:,} 人"
        self.subtitle_label.setToolTip(str(found.roster or ""))
        self.set_subtitle(f"{at}：{waiting}，已说明 {found.count('done'):,} 处，提示 {found.count('I'):,} 处。")
        self.rules.show_checkup(found)
        self.split.setVisible(bool(found.hits))
        self.empty.setVisible(not found.hits)
        if not found.hits:
            self.empty.say("没有查出问题", f"{at}，每一条规则都符合。", _AGAIN)
        if found.roster is None:
            self.counts_said.emit({"health": found.count("E")})
        self._renew_buttons()

    def _invite(self, last: LastRun | None) -> None:
        if last is None:
            self.empty.say("还没有体检过", "按一下就把全镇的档案按每一条规则查一遍，只看不改。", _RUN)
            return
        told = f"上次体检：{last.at:%Y-%m-%d %H:%M}，{last.actor}，{last.households:,} 户，要改 {last.errors:,} 处，要说明 {last.doubts:,} 处。"
        self.empty.say("上次查出的没有留在屏幕上", told, _AGAIN)

    def _renew_buttons(self) -> None:
        found = self._checkup
        listed = 0 if found is None else sum(found.count(kind, self.rules.village()) for kind in ("E", "W", "done"))
        for made in (self.print_it, self.export):
            made.setEnabled(listed > 0)
        where = self.rules.village() or "各村"
        self.print_it.setText(f"打印清单（{where}）" if listed else "打印清单")
        self.run.setText("正在体检…" if self._running else _AGAIN if found else _RUN)
        for made in (self.run, self.read):
            made.setEnabled(not self._running)
        self.empty.button.setEnabled(not self._running)

    def _on_go(self, thing: object) -> None:
        if not isinstance(thing, Hit):
            return
        if self._checkup is not None and self._checkup.roster is not None:
            self.go_asked.emit("intake", self._checkup.roster)
        elif thing.field == "evidence":
            self.go_asked.emit("evidence", thing.household_id)
        else:
            self.go_asked.emit("households", thing.spot)

    def _on_explained(self, doubts: object, reason: str) -> None:
        assert isinstance(doubts, list)
        self._office.write(
            "说明理由", reasons.keep, doubts, reason, done=self._on_kept, changes=frozenset({"reasons"}), by=self
        )

    def _on_kept(self, count: int) -> None:
        self.hits.box.clear()
        self.said.emit(f"已说明 {count:,} 处，理由会和姓名、日期一起留存；值改动以后要重新说明。", "pine")
        if self._checkup is not None:
            self._show(self._checkup.explain(self._office.see(reasons.kept)))

    def _on_read(self) -> None:
        path = choose_file(self, "选择要查的名册")
        if path is not None:
            self.check_roster(path)

    def _on_print(self) -> None:
        if self._checkup is not None:
            lists = healthlists.facts(self._checkup, self.rules.village())
            if lists:
                show_paper(self, paper.build(lists))

    def _on_export(self) -> None:
        if self._checkup is None:
            return
        name = f"数据体检清单-{self.rules.village() or '各村'}-{self._checkup.at:%Y%m%d}.xlsx"
        path, _ = QFileDialog.getSaveFileName(self, "导出清单", offered(clerks_folder(), name), "工作簿 (*.xlsx)")
        if path:
            self.export_to(workbook_path(path))

    def export_to(self, path: Path) -> None:
        """Write the lists of the village shown, or of all, beside the window."""
        if self._checkup is not None:
            op = partial(healthlists.write, self._checkup, self.rules.village(), path)
            self._office.work.read("导出清单", op, partial(self._exported, path))

    def _exported(self, path: Path, count: int) -> None:
        self.said.emit(f"已写出 {path.name}：{count:,} 处。位置：{path.parent}", "pine")
