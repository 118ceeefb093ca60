"""How a household that waits for the county, and an announcement, read in the lists of this page."""

from __future__ import annotations

from datetime import date

from db.services.deciding.queues import Queued
from db.services.notices.notices import NoticeView
from desktop.widgets.batch import BatchRow, both
from desktop.widgets.colours import Tone
from desktop.widgets.listtable import Item
from desktop.widgets.sheet import Cell, Column

MOST_SQUARES = 8

COLUMNS = (
    Column("village", "村", 80),
    Column("group", "村民小组", 86),
    Column("head", "户主", 86),
    Column("size", "人口", 56, "right"),
    Column("attribute", "属性", 98),
    Column("since", "上一步", 98),
    Column("why", "说明", 150, sortable=False),
)
ANNOUNCEMENTS = (
    Column("document", "文号", 170),
    Column("count", "户数", 110, "right"),
    Column("posted", "张贴", 92),
    Column("last", "期满", 96),
    Column("days", "进度", 110, sortable=False),
)


def queue_row(queued: Queued, fifth: Cell | None = None, said: str = "") -> BatchRow:
    """One household of a queue; ``fifth`` stands in place of the day of the last step, ``said`` is the remark of one that may pass."""
    line, barred = queued.line, bool(queued.why)
    tone: Tone = "grey" if barred else ""
    texts = (line.village, line.group, line.head_name, str(line.size), line.attribute)
    remark = queued.why or said
    last = fifth or Cell(f"{line.since:%Y-%m-%d}", tone)
    cells = (*(Cell(text, tone) for text in texts), last, Cell(remark, tone, tip=remark))
    return BatchRow(line.case_id, line.village, line.named, line.size, cells, barred)


def announcement_item(now: NoticeView, document: str, today: date) -> Item:
    """One announcement."""
    cells: tuple[str | Cell, ...] = (
        document,
        both(len(now.rows), now.persons),
        _posted(now),
        _last(now, today),
        _days(now, today),
    )
    return Item(cells, thing=now.id)


def span(first: date, last: date, opens: date) -> str:
    """06-03 至 06-09 24:00，06-10 起可办下一步."""
    return f"{first:%m-%d} 至 {last:%m-%d} 24:00，{opens:%m-%d} 起可办下一步"


def _posted(now: NoticeView) -> Cell:
    hung = [w.posted_on for w in now.walls if w.posted_on is not None]
    if not hung:
        return Cell("未张贴", "red")
    if now.missing:
        return Cell(f"缺 {len(now.missing)} 处", "red", tip="、".join(now.missing) + "还没有登记张贴")
    return Cell(f"{max(hung):%m-%d} 补录", "ochre") if now.late else Cell(f"{max(hung):%m-%d}")


def _last(now: NoticeView, today: date) -> Cell:
    if now.last is None:
        return Cell("未起算", "grey")
    return Cell("今天 24:00", "red") if now.last == today else Cell(f"{now.last:%Y-%m-%d}")


def _days(now: NoticeView, today: date) -> Cell:
    if now.first is None or now.last is None:
        return Cell("—", "grey")
    total = (now.last - now.first).days + 1
    done = min(max((today - now.first).days + 1, 0), total)
    text = f"第 {done} 天 / {total} 天"
    return Cell(text, look="days", days=(done, total), tip=text) if total <= MOST_SQUARES else Cell(text)
