"""Rules on the days of a case and on its papers, asked of what the record holds already; at the door of each step `db.rules.door` asks first.

They take plain values, so that a whole record is looked through without deriving every case.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from db.rules.checks.rule import Rule
from db.rules.codes import AppraisalKind
from db.rules.counts import pair_problem
from db.rules.meeting import meeting_problems, passed, vote_problem
from db.rules.privacy import scan


def in_order(days: Sequence[tuple[str, date]], today: date) -> Iterator[str]:
    """R68 E: 申请 ≤ 核实 ≤ 评议 ≤ 公示 < 村初审 ≤ 镇审核 ≤ 公告 ≤ 县核查 ≤ 县审定, none after today (湛麻发〔2016〕5号 二（四）2).

    ``days`` are the acts that count, in the order of the steps, each with its word.
    """
    before: tuple[str, date] | None = None
    for word, day in days:
        if day > today:
            yield f"{word} {day} 晚于 {today}"
        elif before is not None and day < before[1]:
            yield f"{word} {day} 早于{before[0]} {before[1]}，次序颠倒"
        if before is None or day > before[1]:
            before = word, day


def after_notice(
    decided: tuple[str, date], last: date | None, places: Iterable[str], hung: Iterable[str]
) -> Iterator[str]:
    """R69 E: a list hung at the village office and in every group, and the decision comes after its last day (湛麻发〔2016〕5号 二（四）2,
    华委发〔2016〕23号 五、2). ``places`` are those of the notice, ``hung`` those with a posting."""
    word, day = decided
    missing = [place for place in places if place not in set(hung)]
    if missing:
        yield f"{'、'.join(missing)}没有张贴公示的记录"
    if last is not None and day <= last:
        yield f"{word} {day} 在公示期内，公示到 {last} 才满"


def assembly(kind: AppraisalKind, due: int, present: int, *, by_households: bool = False) -> Iterator[str]:
    """R70 E: enough people came (村民委员会组织法第二十二条、第二十五条)."""
    yield from meeting_problems(kind, due, present, by_households=by_households)


def vote(yes: int, no: int, abstained: int, present: int, *, went_on: bool) -> Iterator[str]:
    """R70 E: the votes add up to those present, and who went on had more than half of them (村民委员会组织法第二十二条)."""
    problem = vote_problem(yes, no, abstained, present)
    if problem:
        yield problem
    elif went_on and not passed(yes, present):
        yield f"同意 {yes} 票，未超过实到 {present} 人的一半，却按通过办理"


def unheard(objections: Iterable[tuple[int, date]], answered: Iterable[int], opined_on: date) -> Iterator[str]:
    """R71 E: no 初审 while an objection registered before it waits for its answer (华委发〔2016〕23号 五、2). ``answered`` are the
    objections investigated before the opinion, by their ids."""
    done = set(answered)
    for number, day in objections:
        if number not in done:
            yield f"{day} 登记的异议没有核查答复，{opined_on} 却出具了村初审意见"


RULES = (
    Rule("R68", "E", "办理日期次序颠倒或晚于今天", "date", in_order, (), ("db.rules.checks.household.applied_in_future", "db.rules.door.refusals")),
    Rule("R69", "E", "公示没贴全或期未满就初审", "date", after_notice, (), ("db.rules.notice.closing_problems", "db.rules.door.refusals")),
    Rule("R70", "E", "评议人数、票数不对", "paper", vote, (), ("db.rules.checks.dates.assembly", "db.rules.meeting.meeting_problems")),
    Rule("R71", "E", "异议没有答复就出具初审意见", "date", unheard, (), ("db.rules.door.refusals",)),
    Rule("R101", "E", "公示里有身份证号或电话", "paper", scan, (), ("db.services.notices.paper.checked",)),
    Rule("R120", "E", "户数和人数对不上", "paper", pair_problem),
)  # fmt: skip
