"""The file of one household: ladder on top, its facts in tabs, at the right why it stands where it stands and what happened."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from db.fields.household import HOUSEHOLD
from db.fields.member import MEMBER
from db.rules.case import Status
from db.rules.correction import correctable
from db.rules.procedure import Step
from db.services.deciding.files import CaseFile, Past, Reason
from db.services.health.health import Spot
from db.services.papers import index as paper_list
from db.services.papers.index import Offer
from desktop.app.listing import TONES
from desktop.app.office import Office
from desktop.forms.people import HEAD_OF
from desktop.pages.households.record import Record
from desktop.widgets.ladder import Ladder, LadderStep
from desktop.widgets.looks import button, column, label, row
from desktop.widgets.menus import MenuButton
from desktop.widgets.pill import Pill
from desktop.widgets.side import Line, SideCard, Sign

_SIGNS: dict[str, Sign] = {"ok": "ok", "open": "mind", "stop": "bad"}
PAGE_OF = {
    Step.PROPOSAL: "rechecks",
    Step.VERIFICATION: "verification",
    Step.APPRAISAL: "appraisals",
    Step.NOTICE: "notices",
    Step.OPINION: "reviews",
    Step.REVIEW: "reviews",
    Step.ANNOUNCEMENT: "county",
    Step.RECHECK: "county",
    Step.DECISION: "county",
    Step.CARD: "county",
}

_COUNTED = {
    "members": "name",
    "size_stated": "name",
    "able_stated": "labour",
    "per_head_stated": "wages",
    "year": "wages",
}
"""Where the keyboard goes for what is counted or shown, not typed."""


class FileView(QWidget):
    """Signals: ``back()`` to the list; ``asked(what)`` the key of a button or of an act of the menus ``papers``, ``changes`` and
    ``more``; whoever adds an act to a menu answers for it."""

    back = Signal()
    asked = Signal(str)

    def __init__(self, office: Office, by: QObject, parent: QWidget | None = None) -> None:
        """``by`` is the page that saves."""
        super().__init__(parent)
        self.setProperty("help", "households.md#一户的档案")
        self.file: CaseFile | None = None
        self.name = label("", "title", self)
        self.attribute, self.state = Pill(parent=self), Pill(parent=self)
        self.place = label("", "subtitle", self)
        self.ladder = Ladder(self)
        self.record = Record(office, by, self)
        self.tabs = self.record.tabs
        self.found = SideCard("核对")
        self.why = SideCard("为什么在这一步")
        self.past = SideCard("经过")
        self.papers, self.changes, self.more = (MenuButton(t, self) for t in ("打印", "人员变动", "更多"))
        for title in paper_list.TITLES:
            self.papers.add(title, title)
        self._buttons = {
            key: button(text, "primary" if key == "next" else "plain", self)
            for key, text in (("correct", "更正"), ("withdraw", "撤回申请"), ("next", "办下一步"))
        }
        self.more.add("edit", "修改申请登记")
        for menu in (self.papers, self.changes, self.more):
            menu.chosen.connect(self.asked)
        self._lay_out()
        self._connect()
        for key, made in self._buttons.items():
            made.setProperty("what", key)
            made.clicked.connect(self._on_asked)

    def button(self, key: str) -> QPushButton:
        """One of the buttons by what it asks."""
        return self._buttons[key]

    def show_file(self, file: CaseFile) -> None:
        """Show another household, or the same anew."""
        self.file = file
        home, state = file.household, file.state
        self.name.setText(f"{home.head_name} 户")
        self.attribute.set(home.attribute.label if home.attribute else "属性未定", "pine")
        self.state.set(state.status.label, TONES[state.status])
        number = f" · 档案号 {state.number}" if state.number else ""
        self.place.setText(f"{home.village} · {home.group} · {home.size} 人{number}")
        self.ladder.set_steps([LadderStep(r.step.label, r.note, r.state) for r in file.rungs])  # type: ignore[arg-type]
        self.record.show_household(home)
        self.why.show_lines([_reason(r) for r in file.reasons])
        self.past.show_lines([_past(p) for p in file.history])
        for menu in (self.papers, self.changes, self.more):
            menu.setVisible(not menu.menu().isEmpty())
        self._renew_buttons(file)

    def go_to(self, spot: Spot) -> None:
        """Put the keyboard into a field of the file; what has no field of its own is shown where it is counted."""
        head = self.file is not None and spot.member == 0 and spot.field in HEAD_OF
        member = None if head else spot.member
        key = HEAD_OF[spot.field] if head else _COUNTED.get(spot.field, spot.field)
        if key in MEMBER and key not in HOUSEHOLD and member is None:
            member = 0
        self.tabs.go_to(key, member)

    def show_papers(self, offers: Sequence[Offer]) -> None:
        """Which papers of the household can be printed; the others stay in the list, grey, with what they wait for."""
        for offer in offers:
            self.papers.allow(offer.title, offer.why)
            self.papers.act(offer.title).setText(f"{offer.title}\t{offer.why}" if offer.why else offer.title)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape:
            self.back.emit()
        else:
            super().keyPressEvent(event)

    def _renew_buttons(self, file: CaseFile) -> None:
        state = file.state
        reviewed = state.reached(Step.REVIEW) is not None
        running = not state.ended and state.at is not None
        self._buttons["next"].setVisible(running)
        if running and state.at is not None:
            self._buttons["next"].setText(f"办“{state.at.label}”")
        newest = file.case_id == file.cases[-1].case_id
        withdrawn = state.status is Status.WITHDRAWN
        self._buttons["correct"].setVisible(newest and (withdrawn or bool(correctable(file.events, file.ladder))))
        self._buttons["withdraw"].setVisible(running and not reviewed)
        self._buttons["withdraw"].setText(f"撤回{file.ladder.opening}")

    def _lay_out(self) -> None:
        back = button("‹ 名单", "plain", self)
        back.clicked.connect(self.back)
        head = row(gap=10)
        for part in (back, self.name, self.attribute, self.state, self.place):
            head.addWidget(part)
        head.addStretch(1)
        for menu in (self.papers, self.changes, self.more):
            head.addWidget(menu)
        for made in self._buttons.values():
            head.addWidget(made)
        whole = column(self, 10)
        whole.addLayout(head)
        whole.addWidget(self.ladder)
        whole.addLayout(self._middle(), 1)

    def _middle(self) -> QHBoxLayout:
        split = row(gap=14)
        split.addWidget(self.record, 1)
        side = QWidget()
        stack: QVBoxLayout = column(side, 14)
        stack.addWidget(self.found)
        stack.addWidget(self.why)
        stack.addWidget(self.past)
        stack.addStretch(1)
        scroll = QScrollArea(self)
        scroll.setWidget(side)
        scroll.setWidgetResizable(True)
        scroll.setFixedWidth(344)
        scroll.setFrameShape(QScrollArea.Shape.NoFrame)
        split.addWidget(scroll)
        self._side = scroll
        return split

    def _connect(self) -> None:
        self.record.judged.connect(self._on_judged)
        self.record.left.connect(self.back)
        self.record.change_asked.connect(self.changes.click)
        self.tabs.currentChanged.connect(self._on_tab)

    def _on_judged(self, lines: Sequence[Line]) -> None:
        self.found.show_lines(lines)
        self.found.setVisible(bool(lines))

    def _on_tab(self) -> None:
        """The people need the whole width; what explains the household comes back with the next tab."""
        self._side.setVisible(self.tabs.currentWidget() is not self.tabs.people)

    def _on_asked(self) -> None:
        self.asked.emit(str(self.sender().property("what")))


def _reason(reason: Reason) -> Line:
    return Line(reason.text, _SIGNS[reason.mark], reason.article)


def _past(past: Past) -> Line:
    when = f"{past.at:%Y-%m-%d %H:%M}"
    acted = "" if past.on == past.at.date() else f"（办理日期 {past.on:%Y-%m-%d}）"
    void = "〔已作废〕" if past.void else ""
    return Line(f"{void}{past.text}", "", f"{when} {past.who}{acted}")
