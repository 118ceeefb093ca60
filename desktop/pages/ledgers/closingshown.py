"""What the tab 月结 shows: the months with their state, the figures of one, what stops it, its receipts and its 调整."""

from __future__ import annotations

from collections.abc import Sequence

from db.papers.wording import masked
from db.rules.adjustment import Adjustment
from db.rules.counts import Count, Movement
from db.rules.ledger import MonthLedger, VillageMonth
from db.rules.monthclose import Month, named
from db.services.ledger.closing import Close, Look, MonthState
from desktop.widgets.listtable import Item
from desktop.widgets.sheet import Cell, Column
from desktop.widgets.side import Figure, Line

MONTHS = (
    Column("month", "月份", 92, sortable=False),
    Column("state", "状态", 84, sortable=False),
    Column("counted", "期末", 112, "right", sortable=False),
    Column("number", "回执", 122, sortable=False),
)
ADJUSTED = (
    Column("village", "村", 76),
    Column("head", "户主", 72),
    Column("households", "户", 44, "right", summed=True),
    Column("persons", "人", 44, "right", summed=True),
    Column("what", "调整内容", 230, least=120),
    Column("reason", "原因", 130, least=70),
    Column("paper", "依据", 150, least=80),
    Column("entered", "登记", 104),
)


VILLAGES = (
    Column("village", "户 / 人", 78),
    Column("opening", "期初", 100, "right"),
    Column("adjusted", "调整", 72, "right"),
    Column("added", "新增", 112, "right"),
    Column("ended", "终止", 78, "right"),
    Column("other", "其他增减", 88, "right"),
    Column("closing", "期末", 96, "right"),
)


def both(count: Count) -> str:
    """566 户 1,531 人."""
    return f"{count.households:,} 户 {count.persons:,} 人"


def month_items(states: Sequence[MonthState], turn: Month | None) -> list[Item]:
    """One row a month; the one to be closed next is marked."""
    items = []
    for state in states:
        closing = state.closing
        if closing is not None:
            told = (
                Cell("已月结", "pine", "pill"),
                Cell(both(closing.counted)),
                Cell(closing.number, tip=closing.number),
            )
        else:
            again = "（曾解锁）" if state.earlier else ""
            mark = Cell("轮到月结", "ochre", "pill") if state.month == turn else Cell("未结", "grey")
            told = (mark, Cell("—", "grey"), Cell(again, "grey"))
        items.append(Item((Cell(named(state.month)), *told), thing=state.month))
    return items


def stop_lines(look: Look, sheets: int, *, first: bool) -> list[Line]:
    """What stops the closing, else what was found right."""
    if look.stops:
        return [Line(text, "bad") for text in look.stops]
    lines = [
        Line("期初、增减、期末加得起来，各村之和等于全镇合计，各表等于名册", "ok"),
        Line("这是第一个月结的月份" if first else "期初等于上月封存的期末", "ok"),
        Line(f"将封存 {sheets} 张表，以后重印、再导出逐字相同；月结后录入的更正列入下月“调整”", "mind"),
    ]
    if look.ledger is not None and look.ledger.adjustments:
        lines.append(Line(f"含以前月份的调整 {len(look.ledger.adjustments)} 条，见下表", "mind"))
    return lines


def closed_lines(closing: Close, earlier: Sequence[Close]) -> list[Line]:
    """Who closed the month and when; the closings unlocked before with their reasons."""
    lines = [
        Line(f"{closing.number}　{closing.at:%Y-%m-%d %H:%M}", "ok", f"经办 {closing.actor}，确认 {closing.second}"),
        Line("封存的台账没有变化；以后录入的更正列入下一个未结月份的“调整”", "", f"校验码 {closing.sha256[:16]}…"),
    ]
    return [*lines, *unlocked_lines(earlier)]


def unlocked_lines(earlier: Sequence[Close]) -> list[Line]:
    """Closings that count no more."""
    return [
        Line(
            f"{one.number} 已解锁：{one.unlocked.reason}", "mind",
            f"{one.unlocked.at:%Y-%m-%d %H:%M}　{one.unlocked.actor}、{one.unlocked.second}",
        )
        for one in earlier
        if one.unlocked is not None
    ]  # fmt: skip


def figures(moved: Movement, closing: Count) -> list[Figure]:
    """How the month came to its closing; what is nought stays away, 期初 and 期末 never."""
    signed = [
        ("＋ 调整", moved.adjusted),
        ("＋ 新增", moved.added),
        ("－ 终止", moved.ended),
        ("－ 销户", moved.cancelled),
        ("＋ 拆户", Count(moved.split, 0)),
        ("－ 并户", Count(moved.merged, 0)),
        ("＋ 自然增加", Count(0, moved.natural_in)),
        ("－ 自然减少", Count(0, moved.natural_out)),
    ]
    found = [Figure("期初", both(moved.opening))]
    found += [Figure(caption, both(count)) for caption, count in signed if count != Count()]
    return [*found, Figure("期末", both(closing), total=True)]


def village_items(ledger: MonthLedger) -> list[Item]:
    """How each village came to its closing, the town first; 其他增减 are 销户, 拆户, 并户 and 自然增减 together."""
    return [_village(row, "全镇" if row is ledger.total else row.village) for row in (ledger.total, *ledger.villages)]


def _village(one: VillageMonth, name: str) -> Item:
    moved = one.movement
    other = one.closing - moved.opening - moved.adjusted - moved.added + moved.ended
    return Item((
        Cell(name), Cell(_pair(moved.opening)), Cell(_net(moved.adjusted)), Cell(_net(moved.added)), Cell(_net(Count() - moved.ended)),
        Cell(_net(other)), Cell(_pair(one.closing)),
    ))  # fmt: skip


def _pair(count: Count) -> str:
    return f"{count.households:,} / {count.persons:,}"


def _net(count: Count) -> str:
    return f"{signed(count.households)} / {signed(count.persons)}" if count != Count() else "—"


def adjusted_items(found: Sequence[Adjustment]) -> list[Item]:
    """One row a difference; each hands back its household."""
    return [
        Item(
            (
                Cell(one.village, tip=f"{one.village}{one.group}"), Cell(one.head_name, tip=one.number), Cell(signed(one.counts.households)),
                Cell(signed(one.counts.persons)), Cell(masked(one.what), tip=masked(one.what)),
                Cell(masked(one.reason) or "—", tip=masked(one.reason)),
                Cell(masked(one.paper) or "—", tip=masked(one.paper)), Cell(f"{one.entered_on:%m-%d} {one.actor}" if one.entered_on else "—", "grey"),
            ),
            thing=one.household_id,
        )
        for one in found
    ]  # fmt: skip


def signed(number: int) -> str:
    """+3, -3, 0."""
    return f"{number:+d}" if number else "0"
