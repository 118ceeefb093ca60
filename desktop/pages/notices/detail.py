"""Below the list: where the chosen notice hangs, since when, with which photo, what was objected to, and what can be done now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from db.rules.case import Finding
from db.rules.codes import Role
from db.rules.notice import Period
from db.services.notices.notices import NoticeView
from db.services.notices.objections import ObjectionView
from desktop.forms.days import listed, short, span
from desktop.pages.notices.walls import WallGrid
from desktop.widgets.listtable import Item, ListTable
from desktop.widgets.looks import ButtonKind, LabelRole, button, column, label, row
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import empty_layout

OBJECTIONS = (
    Column("on", "收到", 58),
    Column("household", "涉及户", 150),
    Column("objector", "异议人", 84),
    Column("content", "内容", 180),
    Column("finding", "结果", 150),
)
_FIRST_ROW = ("post", "photos", "object", "investigate", "extend", "take_down")
_KINDS: dict[str, ButtonKind] = {"wrong": "danger", "repost": "link"}


class Detail(QWidget):
    """Signals: ``asked(act)`` one of post, repost, photos, object, investigate, extend, take_down, wrong, late; ``photo_asked(sha)``;
    ``objection_opened(id)`` an objection is to be investigated or answered."""

    asked = Signal(str)
    photo_asked = Signal(str)
    objection_opened = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.buttons: dict[str, QPushButton] = {}
        self.heading = label("", "heading", self)
        self.walls = WallGrid(self)
        self.walls.photo_asked.connect(self.photo_asked)
        self.register = ListTable(OBJECTIONS, parent=self)
        self.register.opened.connect(self._on_opened)
        self._lines = column(gap=4)
        whole = column(self, 8)
        whole.setContentsMargins(16, 10, 16, 12)
        whole.addWidget(self.heading)
        whole.addWidget(self.walls)
        whole.addLayout(self._lines)
        whole.addWidget(self.register)
        self._first, self._second = row(), row()
        for act in (*_FIRST_ROW, "repost", "wrong", "late"):
            self._add_button(act)
        for line in (self._first, self._second):
            line.addStretch(1)
            whole.addLayout(line)
        whole.addStretch(1)

    def show_notice(self, notice: NoticeView, objections: Sequence[ObjectionView], today: date, role: Role) -> None:
        """Show another notice, or the same one anew."""
        self.heading.setText(f"{notice.village} · 张贴与异议")
        self.walls.show_walls(notice.walls, today)
        self._say(lines_of(notice, today))
        self.register.set_items([_item(o) for o in objections])
        self.register.setVisible(bool(objections))
        self.register.setFixedHeight(38 + 34 * min(max(len(objections), 1), 3))
        still_open = sum(o.is_open for o in objections)
        for act, text in offers(notice, still_open, today, role).items():
            self.buttons[act].setText(text)
            self.buttons[act].setVisible(bool(text))
        self.buttons["late"].setEnabled(role is Role.REVIEWER)
        self.buttons["late"].setToolTip("" if role is Role.REVIEWER else "补录由审核人认定，请换审核人登录")

    def _add_button(self, act: str) -> None:
        made = button("", _KINDS.get(act, "plain"), self)
        made.setProperty("act", act)
        made.clicked.connect(self._on_button)
        self.buttons[act] = made
        (self._first if act in _FIRST_ROW else self._second).addWidget(made)

    def _say(self, lines: Sequence[tuple[str, LabelRole]]) -> None:
        empty_layout(self._lines)
        for text, role in lines:
            self._lines.addWidget(label(text, role, self, wrap=True))

    def _on_button(self) -> None:
        self.asked.emit(str(self.sender().property("act")))

    def _on_opened(self, thing: object) -> None:
        if isinstance(thing, ObjectionView):
            self.objection_opened.emit(thing.id)


def offers(notice: NoticeView, still_open: int, today: date, role: Role) -> dict[str, str]:
    """What can be done with a notice now: act to the words on its button, "" for what cannot be done."""
    hanging = notice.taken_on is None
    over = notice.last is not None and today > notice.last
    photos = len(notice.unpictured)
    who = "" if role is Role.REVIEWER else "（须审核人）"
    return {
        "post": f"登记张贴（缺 {len(notice.missing)} 处）" if hanging and notice.missing else "",
        "photos": f"补张贴照片（缺 {photos} 处）" if hanging and photos else "",
        "object": "登记异议" if hanging and notice.postings else "",
        "investigate": f"核查异议（{still_open} 件）" if still_open else "",
        "extend": "延长公示" if hanging and notice.last is not None and not over else "",
        "take_down": "撤下（已期满）" if hanging and over else "",
        "repost": "有一处重新张贴了" if hanging and notice.postings and not over else "",
        "wrong": "撤下错榜（更正）" if hanging else "",
        "late": f"认定补录（{len(notice.late)} 处）{who}" if notice.late else "",
    }


def lines_of(notice: NoticeView, today: date) -> list[tuple[str, LabelRole]]:
    """The sentences on a notice's period, each with its tone."""
    found: list[tuple[str, LabelRole]] = []
    if notice.down:
        found.append(("撤下：错榜，名单作废；更正以后请重新公示，公示期重新计算", "warn"))
        return found
    if notice.first is None or notice.last is None:
        found.append((f"公示期：{notice.waits}，还没有起算", "fault"))
    else:
        found.append((f"公示期：{span(Period(notice.first, notice.last), today)}", ""))
    if notice.taken_on is not None:
        found.append((f"撤下：{short(notice.taken_on, today)}", ""))
    else:
        found.append(("撤下：尚未（期满后登记）", "quiet"))
    found += [(text, "warn") for text in (*_late_lines(notice, today), *_printed_lines(notice, today)) if text]
    return found


def _late_lines(notice: NoticeView, today: date) -> list[str]:
    late: dict[tuple[date, date], list[str]] = {}
    for w in notice.walls:
        if w.late is not None and w.posted_on and w.recorded_on:
            late.setdefault((w.posted_on, w.recorded_on), []).append(w.place)
    if not late:
        return []
    said = "；".join(
        f"{listed(places)} {short(posted, today)} 张贴，{short(recorded, today)} 才登记"
        for (posted, recorded), places in late.items()
    )
    return [f"补录：{said}。登记超过 3 天的从登记当天起算；审核人认定补录后，才从张贴之日起算"]


def _printed_lines(notice: NoticeView, today: date) -> list[str]:
    printed = notice.printed
    if printed is None or notice.first is None or notice.last is None:
        return []
    if (printed.first, printed.last) == (notice.first, notice.last):
        return []
    then = f"{short(printed.first, today)} 至 {short(printed.last, today)}"
    now = f"{short(notice.first, today)} 至 {short(notice.last, today)}"
    return [f"榜上印的公示期是 {then}，按实际张贴是 {now}；请重新打印换贴，或在榜上更正后补照片"]


def _item(objection: ObjectionView) -> Item:
    return Item(
        (
            f"{objection.received_on:%m-%d}",
            objection.household.partition(" ")[2] or objection.household,
            objection.objector or "匿名",
            Cell(objection.content, tip=objection.content),
            finding_cell(objection),
        ),
        thing=objection,
    )


def finding_cell(objection: ObjectionView) -> Cell:
    """What came of an objection, in a pill."""
    if objection.is_open:
        return Cell("待核查", "red", "pill")
    if objection.investigation is None:
        return Cell("随榜作废", "grey", "pill")
    if objection.is_unanswered:
        return Cell(f"{finding_word(objection)}，未答复", "ochre", "pill")
    return Cell(finding_word(objection), "grey", "pill", tip=str(objection.investigation.facts["result"]))


def finding_word(objection: ObjectionView) -> str:
    """The finding in words, "" without one."""
    return Finding.of(objection.investigation.facts["finding"]).label if objection.investigation else ""
