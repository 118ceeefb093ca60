"""The seven days of 公示: when they begin and end, and what holds the closing up.

The list hangs at the village office and in every group, and the days run from the latest posting among them (湛麻发〔2016〕5号 二（四）2,
华委发〔2016〕23号 五、2). Neither a late entry nor the computer's clock can shorten them.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from db.errors import Refused
from db.rules.calendar import ONE_DAY, WEEKENDS_ONLY, Holidays, nth_workday, workday_from

LEAST_DAYS = 7
PROMPT_DAYS = 3


@dataclass(frozen=True, slots=True)
class Counting:
    """How a town counts. By default natural days after the day of posting (民法通则第154条: 开始的当天不算入).

    ``roll_to_workday`` moves a last day that is a day off to the next working day; ``workdays`` counts working days only.
    """

    days: int = LEAST_DAYS
    count_posting_day: bool = False
    workdays: bool = False
    roll_to_workday: bool = False


@dataclass(frozen=True, slots=True)
class Period:
    """First and last day of a notice, both inclusive, and the first day on which a decision may be taken."""

    first: date
    last: date

    @property
    def decide_from(self) -> date:
        return self.last + ONE_DAY


@dataclass(frozen=True, slots=True)
class Posting:
    """One list on one wall. ``recorded_on`` is when the record learnt of it; ``removed_on`` when it came down, if it did.

    ``approved_late`` says that the reviewer accepted a 补录, so that the date of posting counts after all.
    """

    place: str
    posted_on: date
    recorded_on: date
    approved_late: bool = False
    removed_on: date | None = None

    @property
    def counts_from(self) -> date:
        return effective_posting(self.posted_on, self.recorded_on, approved_late=self.approved_late)

    @property
    def is_late(self) -> bool:
        """Recorded too late to count from its own date unless the reviewer agrees."""
        return (self.recorded_on - self.posted_on).days > PROMPT_DAYS


@dataclass(frozen=True, slots=True)
class NoticeClock:
    """Where a notice stands: ``missing`` places have no list yet, so ``period`` is None until there are none.

    ``problems`` are Chinese sentences on lists that came down before the end.
    """

    period: Period | None
    missing: tuple[str, ...] = ()
    problems: tuple[str, ...] = ()


def counting_problem(counting: Counting) -> str:
    """Why a town may not count like this; "" when it may."""
    if counting.days < LEAST_DAYS:
        return f"公示不得少于 {LEAST_DAYS} 天（湛麻发〔2016〕5号、华委发〔2016〕23号），请改为 {LEAST_DAYS} 天以上"
    return ""


def period(posted_on: date, counting: Counting, holidays: Holidays = WEEKENDS_ONLY) -> Period:
    """The days of a notice hung up on ``posted_on``."""
    first = posted_on if counting.count_posting_day else posted_on + ONE_DAY
    if counting.workdays:
        return Period(first, nth_workday(first, counting.days, holidays))
    last = first + ONE_DAY * (counting.days - 1)
    return Period(first, workday_from(last, holidays) if counting.roll_to_workday else last)


def lengthened(current: Period, last: date) -> Period:
    """The same notice hanging until ``last``; Refused when that is earlier, because a notice is never shortened."""
    if last < current.last:
        raise Refused(f"公示只能延长，不能缩短：原定到 {current.last}，不能改为 {last}")
    return Period(current.first, last)


def effective_posting(posted_on: date, recorded_on: date, *, approved_late: bool) -> date:
    """The day a posting counts from: its own when recorded within 3 days or approved as 补录, else the day of recording.

    Refused when the posting lies after the day it was recorded on.
    """
    if posted_on > recorded_on:
        raise Refused(f"张贴日期 {posted_on} 晚于登记当天 {recorded_on}，请在张贴以后登记")
    prompt = (recorded_on - posted_on).days <= PROMPT_DAYS
    return posted_on if prompt or approved_late else recorded_on


def notice_period(
    postings: Iterable[Posting], places_required: Iterable[str], counting: Counting, holidays: Holidays = WEEKENDS_ONLY
) -> NoticeClock:
    """The clock of one notice over all its places; a place posted twice counts from its latest list."""
    by_place: dict[str, Posting] = {}
    for posting in postings:
        known = by_place.get(posting.place)
        if known is None or posting.counts_from >= known.counts_from:
            by_place[posting.place] = posting
    missing = tuple(place for place in places_required if place not in by_place)
    if missing or not by_place:
        return NoticeClock(None, missing)
    whole = period(max(p.counts_from for p in by_place.values()), counting, holidays)
    return NoticeClock(whole, (), tuple(_taken_down(p, whole) for p in by_place.values() if _early(p, whole)))


def closing_problems(clock: NoticeClock, today: date) -> tuple[str, ...]:
    """What holds up the closing of a notice on ``today``, as Chinese sentences; empty when it may be closed."""
    found = list(clock.problems)
    if clock.period is None:
        places = "、".join(clock.missing) or "任何地点"
        found.append(f"{places} 还没有登记张贴，村委会和各村民小组都要张贴")
    elif today < clock.period.decide_from:
        found.append(f"公示到 {clock.period.last} 才满，最早 {clock.period.decide_from} 可以作出决定")
    return tuple(found)


def _early(posting: Posting, whole: Period) -> bool:
    return posting.removed_on is not None and posting.removed_on < whole.last


def _taken_down(posting: Posting, whole: Period) -> str:
    return f"{posting.place} 的公示在 {posting.removed_on} 已撤下，公示应到 {whole.last} 为止，请重新张贴"
