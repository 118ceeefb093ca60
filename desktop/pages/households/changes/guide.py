"""One change of a household, guided: tell it, see its effect, confirm it, print what it asks for."""

from __future__ import annotations

import json
from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QStackedWidget, QWidget

from db.errors import Refused
from db.rules.changes import Change
from db.rules.codes import ChangeKind
from db.rules.values import Household
from db.services.changes import changelog, changes
from db.services.changes.changes import Made, Preview
from db.services.register import households
from db.services.town import drafts
from desktop.app.office import Office
from desktop.forms.keeper import Keeper
from desktop.pages.households.changes.shown import EffectView
from desktop.pages.households.changes.telling import Around, Telling
from desktop.widgets.dialogs import open_at
from desktop.widgets.looks import Card, button, column, label, row, scrolled
from desktop.widgets.segmented import Segmented
from desktop.widgets.side import Line, SideCard

_STEPS = ("1 何人、何时、凭什么", "2 看清影响", "3 办完")
DRAFT = "change/"
_WIDTH, _HEIGHT = 920, 660


class ChangeGuide(QDialog):
    """Signals: ``made(Made)`` the change was written; ``paper_asked(what, id)`` with "card" and a household, "slip" and a change."""

    made = Signal(object)
    paper_asked = Signal(str, int)

    def __init__(
        self,
        office: Office,
        kind: ChangeKind,
        home: Household,
        around: Around,
        by: object,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setProperty("help", "changes.md#三步办完")
        self._office, self._kind, self._home, self._by = office, kind, home, by
        self._seen: Preview | None = None
        self._done: Made | None = None
        self.setWindowTitle(f"人员变动 · {kind.label}")
        self.setModal(True)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.telling = Telling(kind, home, around)
        self.keeper = Keeper(office, self._content, self)
        self.kept = label("", "warn", self, wrap=True)
        self.effect = EffectView()
        self.finished_text = label("", "", self, wrap=True)
        self.stack = QStackedWidget(self)
        self._parts = [scrolled(part) for part in (self.telling, self.effect, self._end())]
        for part in self._parts:
            self.stack.addWidget(part)
        self.leave, self.back = button("不办了", "plain", self), button("上一步", "plain", self)
        self.next = button("", "primary", self)
        self._lay_out()
        self.telling.ended.connect(self.show_effect)
        self.telling.cancel_asked.connect(self.reject)
        self.leave.clicked.connect(self._on_leave)
        self.back.clicked.connect(self.go_back)
        self.next.clicked.connect(self._on_next)
        self._take_up()
        self.telling.typed.connect(self.keeper.touch)
        self._go(0)
        open_at(self, _WIDTH, _HEIGHT)

    def show_effect(self) -> None:
        """Judge what was told; show its effect, or what is wrong at its box."""
        if not self.telling.check():
            return
        change, other_id = self.telling.change(), self.telling.other_id()
        seen = self._office.see(changes.preview, self._home.id or 0, change, other_id)
        if seen.errors or seen.effect is None:
            self.telling.show_problems(seen.errors)
            return
        if seen.warnings and not change.reason.strip():
            self.telling.show_problems([*seen.warnings, changes.WHY])
            return
        self.telling.show_problems(())
        self._seen = seen
        self.effect.show_preview(seen)
        self._go(1)

    def go_back(self) -> None:
        """Mend what was told; nothing typed is lost."""
        self._go(0)

    def confirm(self) -> None:
        """Make the change, with a second person where it needs one."""
        assert self._seen is not None
        change, second = self.telling.change(), None
        if self._seen.second:
            answer = self._office.second(
                self, f"{self._kind.label}", f"{self._home.head_name}户：{self._seen.second}。"
            )
            if answer is None:
                return
            second, reason = answer
            change = _with_reason(change, reason)
        self.next.setEnabled(False)
        self._office.write(
            f"人员变动：{self._kind.label}", changes.apply, self._home.id, self._home.version, change, self.telling.other_id(),
            second=second, done=self._on_made, failed=self._on_failed, by=self._by,
        )  # fmt: skip

    def done(self, result: int) -> None:
        """Closed with Esc or by its frame, what was told is there again the next time."""
        if self.keeper.due():
            self.keeper.flush()
        super().done(result)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.stack.currentIndex() == 1:
            self.go_back()
        elif event.matches(QKeySequence.StandardKey.Save):
            self.next.click()
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            if self.stack.currentIndex() == 2:
                self.accept()
            event.accept()  # Enter goes on within the boxes; what is written is confirmed with the button alone
        else:
            super().keyPressEvent(event)

    def _content(self) -> str:
        return json.dumps(self.telling.texts(), ensure_ascii=False)

    def _take_up(self) -> None:
        """Go on with what was told of this change of this household and not confirmed."""
        key = f"{DRAFT}{self._kind.value}/{self._home.id}"
        self.keeper.begin(key)
        found = next((k for k in drafts.load(self._office.record, key) if k.key == key), None)
        self.kept.setVisible(found is not None)
        if found is not None:
            self.telling.set_texts(json.loads(found.content))
            self.kept.setText(f"已接上 {found.saved_at:%m-%d %H:%M} 没有办完的内容，请核对；不要了点“不办了”。")

    def _on_leave(self) -> None:
        self.keeper.drop()
        self.reject()

    def _on_next(self) -> None:
        if self.stack.currentIndex() == 0:
            self.show_effect()
        elif self.stack.currentIndex() == 1:
            self.confirm()
        else:
            self.accept()

    def _on_made(self, made: Made) -> None:
        self._done = made
        self.keeper.drop()
        self.kept.hide()
        told = self._office.see(changelog.one, made.change_id)
        number = f"新户档案号 {made.number}。" if made.number else ""
        self.finished_text.setText(f"{told.acted_on} {told.text}。{number}已记入“人员变动”，以前的情形用“查看某日”看。")
        live = self._office.see(households.is_live, made.household_id)
        assert self._seen is not None
        registered = self._seen.effect is not None and any(t.startswith("户卡") for t in self._seen.effect.reprint)
        self.card.setVisible(registered and live)
        self.new_card.setVisible(bool(made.number))
        self.slip.setVisible(bool(told.new_head) or self._kind is ChangeKind.SPLIT)
        self.papers.show_lines([Line(text) for text in self._seen.effect.reprint] if self._seen.effect else [])
        self._go(2)
        self.made.emit(made)

    def _on_failed(self, error: Exception) -> None:
        self.next.setEnabled(True)
        if isinstance(error, Refused):
            self._go(0)
            self.telling.show_problems(error.problems)
        else:
            self._office.work.tell(error)

    def _go(self, place: int) -> None:
        self.stack.setCurrentIndex(place)
        self.steps.choose(place)
        self.back.setVisible(place == 1)
        self.leave.setVisible(place < 2)
        self.next.setEnabled(True)
        self.next.setProperty("space", place == 1)
        self.next.setText(("下一步：看影响", self._confirmation(), "关闭")[place])
        if place == 0:
            self.telling.go_to_first()
        else:
            self.next.setFocus()

    def _confirmation(self) -> str:
        """The button says what it will do."""
        if self._seen is None or self._seen.effect is None:
            return "确认办理"
        before, after = self._seen.effect.before, self._seen.effect.after
        people = f"{before.size} 人 → {after.size} 人" if after is not None else "本户销户"
        changed = after is None or after.size != before.size
        return f"确认办理{self._kind.label}（{people}）" if changed else f"确认办理{self._kind.label}"

    def _end(self) -> QWidget:
        """What can be printed at once."""
        made = QWidget()
        whole, offers = column(made, 12), row()
        sheet, self.papers = Card("已办理", made), SideCard("要打印、要收回的纸", made)
        self.card = button("打印户卡", "plain", made)
        self.new_card = button("打印新户的户卡", "plain", made)
        self.slip = button("打印确认表", "plain", made)
        for part, what in ((self.card, "card"), (self.new_card, "new_card"), (self.slip, "slip")):
            part.setProperty("what", what)
            part.clicked.connect(self._on_paper)
            offers.addWidget(part)
        offers.addStretch(1)
        sheet.body.addWidget(self.finished_text)
        self.papers.body.addLayout(offers)
        whole.addWidget(sheet)
        whole.addWidget(self.papers)
        whole.addStretch(1)
        return made

    def _on_paper(self) -> None:
        assert self._done is not None
        what = str(self.sender().property("what"))
        ids = {"card": self._done.household_id, "new_card": self._done.split_id, "slip": self._done.change_id}
        self.paper_asked.emit(what.removeprefix("new_"), ids[what])

    def _lay_out(self) -> None:
        home = self._home
        self.steps = Segmented(_STEPS, parent=self)
        self.steps.set_read_only(True)
        self.steps.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        head, foot, whole = row(), row(), column(self, 12, 20)
        head.addWidget(label(f"{home.named} · {self._kind.label}", "heading", self))
        head.addStretch(1)
        head.addWidget(self.steps)
        whole.addLayout(head)
        whole.addWidget(self.kept)
        whole.addWidget(self.stack, 1)
        foot.addStretch(1)
        for part in (self.leave, self.back, self.next):
            foot.addWidget(part)
        whole.addLayout(foot)


def _with_reason(change: Change, reason: str) -> Change:
    """The reason the second person gave is kept where none was typed before."""
    return change if change.reason.strip() else replace(change, reason=reason)
