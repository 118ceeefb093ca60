"""延长公示, 撤下 and 认定补录: the short acts on a notice that runs or is over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtWidgets import QWidget

from db.fields import notice as field
from db.services.notices import notices
from db.services.notices.notices import NoticeView
from desktop.app.office import Office
from desktop.forms.days import short
from desktop.forms.panel import FormPanel, NoticePanel
from desktop.widgets.form import Form, Section
from desktop.widgets.looks import Card, button
from desktop.widgets.sheet import Column
from desktop.widgets.ticks import Tickable, Ticks

LATE = (
    Column("label", "公示", 200),
    Column("place", "张贴点", 90),
    Column("posted", "张贴", 74),
    Column("recorded", "登记", 74),
    Column("photo", "照片", 70),
)


class ExtendPanel(NoticePanel):
    """延长公示; the button says until when and by how many days."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        layout = (Section("", ((field.LAST,), (field.REASON,))),)
        super().__init__(office, "延长公示", Form(layout, scroll=False), parent)
        self.setProperty("help", "notices.md#延长和撤下")
        self._notice: NoticeView | None = None
        self.form.changed.connect(self._on_changed)

    def start(self, notice: NoticeView, today: date) -> None:
        """A blank form for a notice whose period runs."""
        self._notice = notice
        last = f"{notice.last} 24:00" if notice.last else ""
        self.heading.setText(f"延长公示 · {notice.label}")
        self.note.setText(f"现在到 {last} 期满。公示只能延长，不能缩短；延长后榜上要写明新的期限。")
        self.begin({})
        self._on_changed()

    def carry_out(self) -> None:
        if self._notice is None or not self.ready():
            return
        said = self.form.values()
        news = f"{self._notice.label}延长到 {said['last']}"
        self.write(
            "延长公示", notices.extend, self._notice.id, said["last"], said["reason"], news=news,
            notice_id=self._notice.id,
        )  # fmt: skip

    def _on_changed(self) -> None:
        last, now = self.form.editor("last").value(), self._notice
        more = (last - now.last).days if isinstance(last, date) and now is not None and now.last is not None else 0
        self.confirm.setText(f"延长到 {last}（加 {more} 天）" if more > 0 else "延长公示")


class TakeDownPanel(NoticePanel):
    """撤下 after the period."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "登记撤下", Form((Section("", ((field.TAKEN_ON,),)),), scroll=False), parent)
        self.setProperty("help", "notices.md#延长和撤下")
        self._notice: NoticeView | None = None

    def start(self, notice: NoticeView, today: date) -> None:
        """A form that begins with today."""
        self._notice = notice
        self.heading.setText(f"撤下 · {notice.label}")
        self.note.setText(f"公示 {notice.last} 24:00 期满。填各处都撤下的日期；期满前撤下错榜要用“撤下错榜（更正）”。")
        self.begin({"taken_on": today})

    def carry_out(self) -> None:
        if self._notice is None or not self.ready():
            return
        taken = self.form.values()["taken_on"]
        news = f"{self._notice.label}已登记撤下"
        self.write("登记撤下", notices.take_down, self._notice.id, taken, news=news, notice_id=self._notice.id)


class LatePanel(FormPanel):
    """认定补录 by the reviewer, for all places of all notices that wait, in one batch."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        layout = (Section("", ((field.REASON,),)),)
        super().__init__(office, "同意补录", Form(layout, scroll=False), parent, grows=True)
        self.setProperty("help", "days.md#登记晚了")
        self._notice_id = 0
        self.heading.setText("认定补录")
        self.note.setText(
            "登记超过张贴 3 天的，要有张贴照片等为证。同意的从张贴之日起算公示期，不同意的从登记当天起算。"
        )
        self.places = Ticks(LATE, "处", self)
        sheet = Card(parent=self)
        sheet.body.addWidget(self.places)
        self.body.insertWidget(0, sheet, 1)
        self.refuse = button("不同意补录", "plain", self)
        self.refuse.clicked.connect(self._on_refuse)
        self.foot.insertWidget(1, self.refuse)
        self.places.changed.connect(self._on_ticks)

    def start(self, found: Sequence[NoticeView], chosen: int, today: date) -> None:
        """All late postings; those of the notice ``chosen`` are ticked."""
        self._notice_id = chosen
        self.places.set_rows([row for view in found for row in _late_rows(view, chosen, today)])
        self.begin({})
        self._on_ticks()

    def carry_out(self) -> None:
        self._rule(approve=True)

    def _on_refuse(self) -> None:
        self._rule(approve=False)

    def _rule(self, *, approve: bool) -> None:
        if not self.ready():
            return
        ids = [thing for thing in self.places.ticked() if isinstance(thing, int)]
        word = "同意" if approve else "不同意"
        reason = self.form.values()["reason"]
        self.write(
            f"{word}补录", notices.rule_late, ids, approve=approve, reason=reason, news=f"已{word}补录 {len(ids)} 处",
            notice_id=self._notice_id,
        )  # fmt: skip

    def _on_ticks(self) -> None:
        count = len(self.places.ticked())
        self.confirm.setText(f"同意补录（{count} 处）")
        self.refuse.setText(f"不同意补录（{count} 处）")
        for choice in (self.confirm, self.refuse):
            choice.setEnabled(bool(count))


def _late_rows(view: NoticeView, chosen: int, today: date) -> list[Tickable]:
    return [
        Tickable(
            (view.label, w.place, short(w.posted_on, today), short(w.recorded_on, today), "有" if w.photo else "缺"),
            w.late,
            ticked=view.id == chosen,
        )
        for w in view.walls
        if w.late is not None and w.posted_on is not None and w.recorded_on is not None
    ]
