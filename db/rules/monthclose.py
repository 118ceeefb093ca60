"""月结: which month closes next and why it may not, what is frozen, and how 调整 makes the next month begin where the frozen one ended.

Months close in order from the month of the first card; the month that follows a closed one opens with its frozen closing (R66), and what
the record says otherwise of it since is 调整, so that 期初 + 调整 + 增 − 减 = 期末.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.rules.adjustment import Adjustment
from db.rules.comparing import Entry, Variation
from db.rules.counts import Count, Movement, movement_problems
from db.rules.ledger import MonthLedger, VillageMonth, last_day, problems, total_of
from db.rules.turn import Turn

Month = tuple[int, int]
_NUMBER = re.compile(r"月结〔(\d{4})〕(\d+)号")


@dataclass(frozen=True, slots=True)
class SheetMark:
    """One sheet of a frozen ledger: its data rows, and the SHA-256 in hex of what they and 合计 say."""

    name: str
    rows: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Frozen:
    """What a closing keeps: the ledger with the marks of its sheets; ``replaces`` is the receipt of the closing that was unlocked before."""

    ledger: MonthLedger
    sheets: tuple[SheetMark, ...]
    replaces: str = ""


def next_number(taken: Iterable[str], year: int) -> str:
    """The next receipt number of a year, e.g. 月结〔2016〕7号; one that was unlocked is never given out again."""
    found = [m for text in taken if (m := _NUMBER.fullmatch(text)) and int(m[1]) == year]
    return f"月结〔{year}〕{max((int(m[2]) for m in found), default=0) + 1}号"


def after(month: Month) -> Month:
    """The month that follows."""
    year, of = month
    return (year + 1, 1) if of == 12 else (year, of + 1)


def before(month: Month) -> Month:
    """The month that precedes."""
    year, of = month
    return (year - 1, 12) if of == 1 else (year, of - 1)


def named(month: Month) -> str:
    """2016年7月."""
    return f"{month[0]}年{month[1]}月"


def next_open(closed: Sequence[Month], first_card: date | None) -> Month | None:
    """The month to be closed next: after the newest closed one, else that of the first card; None while nobody has a card."""
    if closed:
        return after(max(closed))
    return None if first_card is None else (first_card.year, first_card.month)


def hindrances(month: Month, closed: Sequence[Month], first_card: date | None, today: date) -> Iterator[str]:
    """Why a month may not be closed now, in sentences: it is closed, not over, before the first card, or an earlier one is open."""
    turn = next_open(closed, first_card)
    last = last_day(*month)
    if month in closed:
        yield f"{named(month)}已经月结，封存的台账没有变化；要重新月结，请先由审核人解锁"
    elif turn is None:
        yield "还没有建档立卡的贫困户，没有台账可以月结"
    elif month < turn:
        yield f"{named(month)}在开始月结的 {named(turn)}以前，不必月结"
    elif month > turn:
        yield f"{named(turn)}还没有月结；月结要一个月一个月按顺序办，请先办 {named(turn)}"
    if today < last:
        yield f"{named(month)}还没有过完，{last.month}月{last.day}日（当月最后一天）起可以月结"


def unlock_hindrance(month: Month, closed: Sequence[Month]) -> str:
    """Why a closed month may not be unlocked; "" when it may: only the newest one, as later months are built on it."""
    if month not in closed:
        return f"{named(month)}没有月结，不必解锁"
    newest = max(closed)
    return "" if month == newest else f"{named(newest)}建立在 {named(month)}之上，请先解锁 {named(newest)}"


def closing_problems(ledger: MonthLedger, last: MonthLedger | None, called: Mapping[str, str]) -> tuple[str, ...]:
    """R64–R66: every figure of a month to be closed that does not come out, and every opening that is not the last frozen closing."""
    found = list(problems(ledger))
    if last is not None:
        closings = _closings(last, called)
        for row in (*ledger.villages, ledger.total):
            told = last.total.closing if row is ledger.total else closings.get(row.village, Count())
            found += movement_problems(row.village, row.movement, row.closing, told)
    return tuple(dict.fromkeys(found))


def adjustments_of(found: Iterable[Entry]) -> tuple[Adjustment, ...]:
    """What is left over between a frozen month and the same month as the record has it now; what moves the counts first.

    A particular that nobody put right for that time (it holds from a later day only) is none.
    """
    made = [
        Adjustment(
            e.household_id, e.village, e.group, e.number, e.head_name, e.counts,
            e.what if e.kind is Variation.ADJUSTED else f"{e.kind.value}：{e.what}", e.cause, e.paper, e.on, e.entered_on, e.actor,
        )
        for e in found
        if e.counts != Count() or e.entered_on is not None
    ]  # fmt: skip
    return tuple(sorted(made, key=lambda one: one.counts == Count()))


def adjusted(
    live: MonthLedger,
    frozen: MonthLedger,
    since: MonthLedger,
    found: tuple[Adjustment, ...],
    called: tuple[Mapping[str, str], Mapping[str, str]],
) -> MonthLedger:
    """The ledger of an open month built on the newest closed one.

    ``since`` is the frozen month as the record has it now, ``found`` the differences between the two. ``called`` are the names ``live``
    has for the villages of ``frozen`` and of ``since``. The month right after carries the 调整; a later one only its part of the year.
    """
    follows = after((frozen.year, frozen.month)) == (live.year, live.month)
    was, now = _rows(frozen, called[0]), _rows(since, called[1])
    names = [*dict.fromkeys([row.village for row in live.villages] + [*was])]
    own = {row.village: row for row in live.villages}
    blank = VillageMonth("", Count(), Count(), Movement(), Count())
    build = _Build(live.year - frozen.year, frozen.month == 12, follows)
    rows = tuple(replace(build.row(own.get(n, blank), was.get(n, blank), now.get(n, blank)), village=n) for n in names)
    return replace(
        live, villages=rows, total=total_of(live.town, rows), adjustments=found if follows else (),
        turns=_turns(live, frozen, called[0]),
    )  # fmt: skip


def _turns(live: MonthLedger, frozen: MonthLedger, called: Mapping[str, str]) -> tuple[Turn, ...]:
    """The year's events: those that were frozen, and what happened since; what is entered late of a closed month is a 调整 instead."""
    then = last_day(frozen.year, frozen.month)
    kept = frozen.turns if frozen.year == live.year else ()
    told = (replace(turn, village=called.get(turn.village, turn.village)) for turn in kept)
    return (*told, *(turn for turn in live.turns if turn.on > then))


@dataclass(frozen=True, slots=True)
class _Build:
    """How one village's row of an open month follows from its row of the frozen month."""

    years: int
    december: bool
    follows: bool

    def row(self, live: VillageMonth, frozen: VillageMonth, since: VillageMonth) -> VillageMonth:
        """``since`` is the frozen month's row as the record has it now; the month right after begins with it and does not need it."""
        moved = live.movement
        late = (moved.opening if self.follows else since.closing) - frozen.closing
        if self.years == 0:
            added, ended, shifted = (
                (moved.added, moved.ended, replace(moved, opening=Count(), added=Count(), ended=Count()))
                if self.follows
                else (
                    live.year_added - since.year_added,
                    live.year_ended - since.year_ended,
                    _less(live.year_shifted, since.year_shifted),
                )
            )
            live = replace(
                live,
                year_start=frozen.year_start,
                year_added=frozen.year_added + added,
                year_ended=frozen.year_ended + ended,
                year_shifted=frozen.year_shifted + shifted,
                year_adjusted=frozen.year_adjusted + late,
            )
        elif self.years == 1 and self.december:
            live = replace(live, year_start=frozen.closing, year_adjusted=late)
        if self.follows:
            live = replace(live, movement=replace(moved, opening=frozen.closing, adjusted=late))
        return live


def _less(whole: Movement, part: Movement) -> Movement:
    """What is left of a movement without a part of it."""
    return Movement(
        whole.opening - part.opening,
        whole.added - part.added,
        whole.ended - part.ended,
        whole.cancelled - part.cancelled,
        whole.split - part.split,
        whole.merged - part.merged,
        whole.natural_in - part.natural_in,
        whole.natural_out - part.natural_out,
        whole.split_persons - part.split_persons,
        whole.merged_persons - part.merged_persons,
        whole.adjusted - part.adjusted,
    )


def _rows(ledger: MonthLedger, called: Mapping[str, str]) -> dict[str, VillageMonth]:
    """The rows of a ledger by the villages' names of another month; villages merged since are added up."""
    groups: dict[str, list[VillageMonth]] = {}
    for row in ledger.villages:
        groups.setdefault(called.get(row.village, row.village), []).append(row)
    return {name: total_of(name, rows) for name, rows in groups.items()}


def _closings(ledger: MonthLedger, called: Mapping[str, str]) -> dict[str, Count]:
    return {name: row.closing for name, row in _rows(ledger, called).items()}
