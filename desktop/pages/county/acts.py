"""What can be done with an announcement besides hanging it up: objections, a longer period, a list that hangs anew."""

from __future__ import annotations

from datetime import date

from PySide6.QtWidgets import QWidget

from db.services.deciding.county import Announced
from db.services.notices.objections import ObjectionView
from desktop.widgets.menus import MenuButton


class Acts(MenuButton):
    """``chosen(what)``: object, extend, repost, or the id of an objection to be investigated or answered."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("异议、延长、重贴", parent)
        self.add("object", "登记异议…")
        self.add("extend", "延长公告…")
        self.add("repost", "有一处重新张贴了…")
        self.add_line()
        self._objections: list[str] = []

    def show_announced(self, shown: Announced, today: date) -> None:
        """Offer what can be done with this announcement now."""
        now = shown.view
        over = now.last is not None and today > now.last
        unhung = "" if now.postings else "还没有登记张贴"
        down = "公告已撤下" if now.taken_on is not None else ""
        self.allow("object", down or unhung)
        self.allow("extend", down or ("公告期还没有起算" if now.last is None else "公告期已满" if over else ""))
        self.allow("repost", down or unhung or ("公告期已满" if over else ""))
        for what in self._objections:
            self.menu().removeAction(self.act(what))
        self._objections = [str(o.id) for o in shown.objections]
        for objection in shown.objections:
            self.add(str(objection.id), _words(objection))
        still_open = sum(o.is_open for o in shown.objections)
        self.setText(f"异议（{still_open} 件未结）、延长、重贴" if still_open else "异议、延长、重贴")


def _words(objection: ObjectionView) -> str:
    who = objection.objector or "匿名"
    does = "核查" if objection.is_open else "答复" if objection.is_unanswered else "再次答复"
    return f"{does}：{objection.household.rpartition(' ')[2]} · {who} {objection.received_on:%m-%d}"
