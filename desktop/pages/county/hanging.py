"""Where the county's announcement hangs, in the town and in every village: days and photos are entered in place, and what follows
from them is said at once."""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QFileDialog, QWidget

from db.errors import Known, Refused
from db.rules.notice import PROMPT_DAYS
from db.services.evidence import attachments
from db.services.notices import notices
from db.services.notices.notices import Hung, NoticeView
from desktop.app.office import Office
from desktop.pages.county.late import LateBox
from desktop.pages.county.rows import span
from desktop.widgets.faults import FaultLine, problems_of
from desktop.widgets.looks import button, column, label, mark, row, scrolled
from desktop.widgets.page import Page
from desktop.widgets.postings import Place, Postings

_LEAST = 132
"""Four places stay in sight, however low the window."""


class Hanging(QWidget):
    """Signal ``written(text)``: something is in the record."""

    written = Signal(str)

    def __init__(self, office: Office, page: Page, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._office, self._page = office, page
        self._now: NoticeView | None = None
        self._photos: dict[str, Path] = {}
        self._news = ""
        self.heading = label("张贴（镇和各村）", "heading", self)
        self.faults = FaultLine(self)
        self.places = Postings(self)
        self.outlook = label("", "", self, wrap=True)
        self.post = button("登记张贴", "primary", self)
        self.photos = button("补照片", "plain", self)
        self.down = button("撤下（已期满）", "plain", self)
        self.late = LateBox(self)
        self.foot = row()
        """The buttons, right below the places; the page may add its own."""
        self._lay_out()
        self.places.changed.connect(self._on_changed)
        self.places.photo_asked.connect(self._on_photo_asked)
        self.post.clicked.connect(self._on_post)
        self.photos.clicked.connect(self._on_photos)
        self.down.clicked.connect(self._on_down)
        self.late.ruled.connect(self._on_late)

    def show_announcement(self, now: NoticeView | None) -> None:
        """Show another announcement; what was typed for the same one stays."""
        if now is None or (self._now is not None and self._now == now and self.is_dirty()):
            return
        self._now = now
        self._photos.clear()
        self.faults.tell(0)
        self.places.set_places([Place(w.place, w.place, w.posted_on, "✓ 照片" if w.photo else "") for w in now.walls])
        self.places.set_read_only(not now.missing)
        for wall in now.walls:
            self.places.editor(wall.place).set_read_only(wall.posted_on is not None)
        self.late.show_late(now, self._office.record.actor.role)
        self._on_changed()

    def is_dirty(self) -> bool:
        """Whether something entered would be lost."""
        return bool(self._photos or self._new_days())

    def drop(self) -> None:
        """Give up what was entered."""
        now, self._now = self._now, None
        self.show_announcement(now)

    def press(self) -> None:
        """Record the postings, as Ctrl+S does."""
        if self.post.isEnabled() and self.post.isVisibleTo(self):
            self._on_post()

    def take_photo(self, place: str, path: Path) -> None:
        """Take a file for a place if it is a photo by its content; else say why not."""
        try:
            attachments.check(path)
        except (Refused, Known) as error:
            self._refuse(error)
            return
        self.faults.tell(0)
        self._photos[place] = path
        self.places.set_photos({place: f"✓ {path.name}"})
        self._on_changed()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """More or fewer places: the area is as high as they need, while there is room."""
        if event.type() == QEvent.Type.LayoutRequest:
            high = self._area.widget().sizeHint().height()
            self._area.setMaximumHeight(high)
            self._area.setMinimumHeight(min(high, _LEAST))
        return super().eventFilter(watched, event)

    def _lay_out(self) -> None:
        whole = column(self, 8)
        whole.setContentsMargins(16, 10, 16, 12)
        ground = QWidget(self)
        inner = column(ground)
        inner.addWidget(self.places)
        for part in (self.heading, self.faults, self.outlook):
            whole.addWidget(part)
        self._area = scrolled(ground)
        ground.installEventFilter(self)
        whole.addWidget(self._area, 100)
        whole.addWidget(self.late)
        for made in (self.post, self.photos, self.down):
            self.foot.addWidget(made)
        whole.addLayout(self.foot)
        whole.addStretch(1)

    def _new_days(self) -> dict[str, date]:
        blank = set(self._now.missing) if self._now else set()
        return {place: day for place, day in self.places.days().items() if day is not None and place in blank}

    def _extra_photos(self) -> dict[str, Path]:
        blank = set(self._now.missing) if self._now else set()
        return {place: path for place, path in self._photos.items() if place not in blank}

    def _on_changed(self) -> None:
        now = self._now
        if now is None:
            return
        days, extra, today = self._new_days(), self._extra_photos(), self._today()
        hangs = now.taken_on is None
        self.post.setText(f"登记张贴（{len(days)} 处）")
        self.post.setVisible(hangs and bool(now.missing))
        self.post.setEnabled(bool(days))
        self.photos.setText(f"补照片（{len(extra)} 处）")
        self.photos.setVisible(bool(extra))
        self.down.setVisible(hangs and now.last is not None and today > now.last)
        tone, text = outlook(now, days, today)
        mark(self.outlook, "role", tone)
        self.outlook.setText(text)

    def _on_post(self) -> None:
        if self._now is None or not self.places.check():
            return
        lists = {place: Hung(day, self._photos.get(place)) for place, day in self._new_days().items()}
        self._write("登记张贴", notices.hang, self._now.id, lists, news=f"已登记张贴 {len(lists)} 处")

    def _on_photos(self) -> None:
        if self._now is not None:
            extra = self._extra_photos()
            self._write("补张贴照片", notices.add_photos, self._now.id, extra, news=f"已补照片 {len(extra)} 处")

    def _on_down(self) -> None:
        if self._now is not None:
            self._write("撤下公告", notices.take_down, self._now.id, self._today(), news="已登记撤下")

    def _on_late(self, approve: bool, reason: str) -> None:
        if self._now is not None:
            word = "同意" if approve else "不同意"
            self._write(
                "认定补录", notices.rule_late, self._now.late, approve=approve, reason=reason,
                news=f"{word}补录 {len(self._now.late)} 处",
            )  # fmt: skip

    def _write(self, title: str, verb: object, *args: object, news: str, **kwargs: object) -> None:
        self._news = news
        self.post.setEnabled(False)
        self._office.write(title, verb, *args, done=self._on_done, failed=self._refuse, by=self._page, **kwargs)  # type: ignore[arg-type]

    def _on_done(self, result: object) -> None:
        self._now = None
        self.written.emit(self._news)

    def _refuse(self, error: Exception) -> None:
        self.faults.tell(0, [p.text for p in problems_of(error)])
        self._on_changed()

    def _on_photo_asked(self, place: str) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, f"{place}的张贴照片", "", f"照片或扫描件 ({attachments.PATTERN})")
        if chosen:
            self.take_photo(place, Path(chosen))

    def _today(self) -> date:
        return self._office.record.clock.now().date()


def outlook(now: NoticeView, days: dict[str, date], today: date) -> tuple[str, str]:
    """Tone and words for the period as it is, or as these new days would make it."""
    ahead = [place for place, day in days.items() if day > today]
    if ahead:
        return "fault", f"{'、'.join(ahead)}的日期晚于今天 {today}，请在张贴以后登记"
    if now.taken_on is not None:
        return "quiet", f"{now.taken_on:%m-%d} 已撤下"
    if now.first and now.last and now.decide_from:
        return "", f"公告期 {span(now.first, now.last, now.decide_from)}"
    late = [place for place, day in days.items() if (today - day).days > PROMPT_DAYS]
    warned = (
        f"{'、'.join(late)}登记时已超过张贴 {PROMPT_DAYS} 天，从今天起算，审核人认定补录后才从张贴之日起算。"
        if late
        else ""
    )
    period = notices.forecast(now, days, today)
    if period is None:
        left = [place for place in now.missing if place not in days]
        some = "、".join(left[:3]) + (" 等" if len(left) > 3 else "")
        return "warn" if late else "quiet", f"{warned}还差 {len(left)} 处（{some}），公告期还不起算"
    return "warn" if late else "", f"{warned}照此登记，公告期 {span(period.first, period.last, period.decide_from)}"
