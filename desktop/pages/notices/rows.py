"""How a notice reads in the list: its days as squares, what is missing, what was objected to."""

from __future__ import annotations

from datetime import date, timedelta

from db.services.notices.notices import NoticeView
from desktop.forms.days import short
from desktop.widgets.listtable import Item
from desktop.widgets.sheet import Cell, Column

MOST_SQUARES = 8

COLUMNS = (
    Column("label", "公示", 122),
    Column("village", "村", 64, least=60),
    Column("count", "户数", 108, "right", least=96),
    Column("posted", "张贴", 82, least=70),
    Column("last", "期满", 88, least=72),
    Column("days", "进度", 112, sortable=False),
    Column("objections", "异议", 84),
)


def item(notice: NoticeView, today: date) -> Item:
    """One line of the list."""
    cells: tuple[str | Cell, ...] = (
        notice.label.removeprefix(notice.village),
        notice.village,
        f"{len(notice.rows):,} 户 {notice.persons:,} 人",
        _posted(notice),
        _last(notice, today),
        _days(notice, today),
        _objections(notice),
    )
    return Item(cells, thing=notice.id)


def _posted(notice: NoticeView) -> Cell:
    hung = [w.posted_on for w in notice.walls if w.posted_on is not None]
    if not hung:
        return Cell("未张贴", "red")
    if notice.missing:
        return Cell(f"缺 {len(notice.missing)} 处", "red", tip="、".join(notice.missing) + "还没有登记张贴")
    if notice.late:
        return Cell(f"{max(hung):%m-%d} 补录", "ochre", tip="登记超过 3 天，待审核人认定补录")
    return Cell(f"{max(hung):%m-%d}")


def _last(notice: NoticeView, today: date) -> Cell:
    if notice.down:
        return Cell("已撤下", "grey", "pill")
    if notice.last is None:
        return Cell("未起算", "grey")
    if notice.last == today:
        return Cell("今天 24:00", "red")
    if notice.last == today + timedelta(days=1):
        return Cell("明天 24:00")
    return Cell(short(notice.last, today))


def _days(notice: NoticeView, today: date) -> Cell:
    if notice.first is None or notice.last is None or notice.down:
        return Cell("—", "grey")
    total = (notice.last - notice.first).days + 1
    done = min(max((today - notice.first).days + 1, 0), total)
    text = f"第 {done} 天 / {total} 天"
    return Cell(text, look="days", days=(done, total), tip=text) if total <= MOST_SQUARES else Cell(text)


def _objections(notice: NoticeView) -> Cell:
    if notice.objections:
        return Cell(f"{notice.objections} 件未结", "red", "pill")
    return Cell(f"{notice.settled} 件已结" if notice.settled else "无", "grey", "pill")
