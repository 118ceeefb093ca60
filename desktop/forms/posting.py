"""登记张贴: one day for all places or a day for each, with a photo where there is one, and the period that follows, said at once.

The same task adds photos to lists that hang already.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.errors import Known, Refused
from db.fields.kinds import Date
from db.rules.notice import PROMPT_DAYS, Period
from db.services.evidence import attachments
from db.services.notices import notices
from db.services.notices.notices import Hung, NoticeView
from desktop.app.office import Office
from desktop.forms.days import listed, short, span
from desktop.forms.panel import Panel
from desktop.widgets.choosing import choose_file
from desktop.widgets.editors import LineEditor
from desktop.widgets.faults import problems_of
from desktop.widgets.looks import Card, button, column, label, mark, row, scrolled
from desktop.widgets.postings import Place, Postings


class PostingPanel(Panel):
    """Start it with ``begin``; ``mode`` is "post" (places still missing), "repost" (any place again) or "photos"."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, "登记张贴", parent)
        self.setProperty("help", "notices.md#登记张贴")
        self._notice: NoticeView | None = None
        self._mode = "post"
        self._photos: dict[str, Path] = {}
        self.same = LineEditor(Date(), self)
        self.same.setFixedWidth(140)
        self.same.core.setAccessibleName("各处同一天张贴")
        self.spread = button("填到各处", "plain", self)
        self.places = Postings(self, spreadable=False)
        self.outlook = label("", "", self, wrap=True)
        self._lay_out()
        self.spread.clicked.connect(self._on_spread)
        self.same.left.connect(self._on_same_left)
        self.places.changed.connect(self._on_changed)
        self.places.photo_asked.connect(self._on_photo_asked)

    def begin(self, notice: NoticeView, mode: str) -> None:
        """Show the places of ``notice`` that the mode is about, blank."""
        self._notice, self._mode = notice, mode
        self._photos.clear()
        self.faults.tell(0)
        names = {"post": notice.missing, "photos": notice.unpictured}.get(mode, notice.places)
        hung = {w.place: w.posted_on for w in notice.walls}
        days = hung if mode == "photos" else {}
        self.places.set_places([Place(name, name, days.get(name)) for name in names])
        self.places.set_read_only(mode == "photos")
        self.same.set_value(None)
        self._day_row.setVisible(mode != "photos")
        self._say_heading(notice, len(names))
        self._on_changed()
        (self.places if mode == "photos" else self.same).setFocus(Qt.FocusReason.TabFocusReason)

    def is_dirty(self) -> bool:
        return bool(self._photos) or (self._mode != "photos" and any(self.places.days().values()))

    def carry_out(self) -> None:
        if self._notice is None or not self.confirm.isEnabled():
            return
        if self._mode == "photos":
            self._add_photos(self._notice)
        elif self.places.check():
            self._post(self._notice)

    def take_photo(self, place: str, path: Path) -> None:
        """Take a file for a place if it is a photo by its content; else say why not."""
        try:
            attachments.check(path)
        except (Refused, Known) as error:
            self.show_problems(problems_of(error))
            return
        self.faults.tell(0)
        self._photos[place] = path
        self.places.set_photos({place: f"✓ {path.name}"})
        self._on_changed()

    def _lay_out(self) -> None:
        sheet = Card(parent=self)
        self._day_row = QWidget(sheet)
        days = row(self._day_row)
        days.addWidget(label("各处同一天张贴", "", self))
        days.addWidget(self.same)
        days.addWidget(self.spread)
        days.addWidget(label("个别不同的，在下面改", "quiet", self))
        days.addStretch(1)
        sheet.body.addWidget(self._day_row)
        held = QWidget(sheet)
        inner = column(held)
        inner.addWidget(self.places)
        inner.addStretch(1)
        sheet.body.addWidget(scrolled(held), 1)
        self.body.addWidget(sheet, 1)
        self.body.addWidget(self.outlook)

    def _say_heading(self, notice: NoticeView, count: int) -> None:
        named = notice.label
        said = {
            "post": (f"登记张贴 · {named}", f"还有 {count} 处没有登记；村委会和各村民小组都张贴了，公示期才起算。"),
            "repost": (f"重新张贴 · {named}", "只填重新张贴的那一处；公示期从各处中最晚的一处起算。"),
            "photos": (f"补张贴照片 · {named}", f"有 {count} 处缺照片；补照片不改变公示期。"),
        }
        heading, note = said[self._mode]
        self.heading.setText(heading)
        self.note.setText(note)

    def _post(self, notice: NoticeView) -> None:
        lists = {place: Hung(day, self._photos.get(place)) for place, day in self._days().items()}
        self.write("登记张贴", notices.hang, notice.id, lists, news=f"已登记张贴 {len(lists)} 处", notice_id=notice.id)

    def _add_photos(self, notice: NoticeView) -> None:
        photos = dict(self._photos)
        self.write(
            "补张贴照片", notices.add_photos, notice.id, photos, news=f"已补照片 {len(photos)} 处", notice_id=notice.id
        )

    def _days(self) -> dict[str, date]:
        return {place: day for place, day in self.places.days().items() if day is not None}

    def _on_same_left(self) -> None:
        """A day that was typed is for every blank place."""
        if isinstance(self.same.value(), date):
            self._fill(only_blank=True)

    def _on_spread(self) -> None:
        self._fill(only_blank=False)

    def _fill(self, *, only_blank: bool) -> None:
        day = self.same.value()
        if not isinstance(day, date):
            self.same.setFocus(Qt.FocusReason.TabFocusReason)
            return
        for place, known in self.places.days().items():
            if known is None or not only_blank:
                self.places.editor(place).set_value(day)
        self._on_changed()

    def _on_photo_asked(self, place: str) -> None:
        chosen = choose_file(self, f"{place}的张贴照片", f"照片或扫描件 ({attachments.PATTERN})")
        if chosen is not None:
            self.take_photo(place, chosen)

    def _on_changed(self) -> None:
        notice = self._notice
        if notice is None:
            return
        if self._mode == "photos":
            self.confirm.setText(f"补照片（{len(self._photos)} 处）")
            self.confirm.setEnabled(bool(self._photos))
            self.outlook.hide()
            return
        days, today = self._days(), self.office.record.clock.now().date()
        self.confirm.setText(f"登记张贴（{len(days)} 处）")
        self.confirm.setEnabled(bool(days))
        self.outlook.show()
        tone, text = outlook(notice, days, today)
        mark(self.outlook, "role", tone)
        self.outlook.setText(text)


def outlook(notice: NoticeView, days: dict[str, date], today: date) -> tuple[str, str]:
    """Tone and words for what these days would lead to: the period, late entries, a difference to what was printed."""
    ahead = [place for place, day in days.items() if day > today]
    if ahead:
        return "fault", f"{'、'.join(ahead)}的日期晚于今天 {today}，请在张贴以后登记"
    if not days:
        return "quiet", "填了张贴日期，这里会算出公示期"
    late = [place for place, day in days.items() if (today - day).days > PROMPT_DAYS]
    said = []
    if late:
        said.append(
            f"{listed(late)}登记时已超过张贴 {PROMPT_DAYS} 天：从今天起算；审核人认定补录后，才从张贴之日起算。"
        )
    period = notices.forecast(notice, days, today)
    if period is None:
        left = [place for place in notice.missing if place not in days]
        said.append(f"还差 {len(left)} 处（{listed(left)}），公示期还不起算。")
    else:
        then = "可出具初审意见" if notice.village else "可办下一步"
        said.append(f"照此登记，公示期 {span(period, today, then)}。{_printed_otherwise(notice, period, today)}")
    return ("warn" if late or "榜上印的" in said[-1] else ""), "".join(said)


def _printed_otherwise(notice: NoticeView, period: Period, today: date) -> str:
    printed = notice.printed
    if printed is None or (printed.first, printed.last) == (period.first, period.last):
        return ""
    return f"榜上印的是 {short(printed.first, today)} 至 {short(printed.last, today)}，与此不同，请重新打印换贴。"
