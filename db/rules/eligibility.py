"""From the visit to the verdict: 四看 五优先 六进 七不进, the signatures and the income line, every item with its article.

The program computes and stops; it never rejects for a 七不进 item by itself: a named person who did not enter the visit decides that
with a reason.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import TypeVar

from db.rules.codes import Bar, Entry, Finding, Look, LookItem, Priority, Verdict
from db.rules.income import below, per_head, to_cents, totals
from db.rules.names import normalise_name
from db.rules.values import Income

RECOGNITION = "湛麻发〔2016〕5号 二（四）1；华委发〔2016〕23号 五、1"
PROCEDURE = "湛麻发〔2016〕5号 二（四）2；华委发〔2016〕23号 五、2"
INCOME_LINE = "粤发〔2016〕13号 一、2.对象范围"
LEAST_SURVEYORS = 2
Kind = TypeVar("Kind", Entry, Bar)

LOOK_WORDS: Mapping[LookItem, Mapping[Look, str]] = {
    LookItem.HOUSE: {Look.GOOD: "好", Look.FAIR: "一般", Look.POOR: "差"},
    LookItem.GRAIN: {Look.GOOD: "足", Look.FAIR: "一般", Look.POOR: "缺"},
    LookItem.LABOUR: {Look.GOOD: "强", Look.FAIR: "一般", Look.POOR: "弱"},
    LookItem.PUPILS: {Look.PRESENT: "有", Look.ABSENT: "无"},
}


@dataclass(frozen=True, slots=True)
class Verification:
    """The facts of one visit as the paper states them.

    ``looks`` give what was seen and a note, ``entries`` and ``bars`` the finding and its evidence. ``signed_surveyors`` counts the
    surveyors who signed, ``surveyors`` names all who went. ``stated`` is the verdict the visitors wrote down themselves.
    """

    visited_on: date
    surveyors: tuple[str, ...] = ()
    officer: str = ""
    looks: Mapping[LookItem, tuple[Look | None, str]] = field(default_factory=dict)
    priorities: frozenset[Priority] = frozenset()
    entries: Mapping[Entry, tuple[Finding, str]] = field(default_factory=dict)
    bars: Mapping[Bar, tuple[Finding, str]] = field(default_factory=dict)
    signed_household: bool = False
    signed_officer: bool = False
    signed_surveyors: int = 0
    stated: Verdict | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """What a named person decided on the 七不进 items found. ``excused`` lets the case go on, otherwise it ends 不符合."""

    by: str
    entered_by: str
    excused: bool
    reason: str


@dataclass(frozen=True, slots=True)
class JudgedItem:
    """One line of the verdict. ``passed`` is None where the item decides nothing or is still open; ``article`` is its source."""

    key: str
    text: str
    figure: str
    passed: bool | None
    article: str


@dataclass(frozen=True, slots=True)
class Judgement:
    """The verdict with every item. ``stops`` holds the case; ``awaits_ruling`` says a 七不进 item is to be decided first.

    ``reasons`` are Chinese sentences on everything that keeps the verdict from 符合 and on what differs from the paper.
    """

    verdict: Verdict
    items: tuple[JudgedItem, ...]
    stops: bool
    awaits_ruling: bool
    reasons: tuple[str, ...]


def judge(
    verification: Verification,
    income: Income | None,
    size: int,
    line: Decimal,
    line_year: int,
    ruling: Ruling | None = None,
) -> Judgement:
    """The verdict on one visit.

    ``income`` is the sheet of ``line_year``, ``size`` the head-count, ``line`` yuan a head of that year. Income strictly below passes;
    at the line or above the case stops. A ruling that does not hold (see `ruling_problem`) counts as none.
    """
    rich = _income_reason(income, size, line, line_year)
    hits = _hits(verification)
    decided = ruling if hits and ruling is not None and not ruling_problem(ruling) else None
    upheld = decided is not None and not decided.excused
    awaits = bool(hits) and decided is None
    unfit = [*rich, *_upheld_reasons(hits, decided), *_stated_unfit(verification, hits)]
    open_points = [*_income_gaps(income, size, line_year), *_open_points(verification), *_signature_gaps(verification)]
    if verification.stated is Verdict.UNFIT and not hits and not unfit:
        open_points.append("核实表写了不符合，但没有写明理由，请补写")
    waiting = _waiting_reasons(hits, ruling) if awaits else []
    verdict = Verdict.UNFIT if unfit else Verdict.INCOMPLETE if waiting or open_points else Verdict.FITS
    differing = [] if awaits else _differs(verification, verdict)
    reasons = (*unfit, *waiting, *open_points, *differing)
    items = tuple(_items(verification, income, size, line, line_year, decided))
    return Judgement(verdict, items, bool(rich or upheld or unfit or awaits), awaits, reasons)


def ruling_problem(ruling: Ruling) -> str:
    """Why a ruling on 七不进 does not hold; "" when it does: a named person, not the one who entered the visit, with a reason."""
    if not ruling.by:
        return "七不进须由具名的人决定，请由审核人登录后处理"
    if ruling.by == ruling.entered_by:
        return f"{ruling.by} 是本次核实的录入人，七不进须由另一人决定"
    if not ruling.reason.strip():
        return "请写明对七不进作出决定的理由"
    return ""


def _income_reason(income: Income | None, size: int, line: Decimal, year: int) -> list[str]:
    if income is None or income.year != year or size < 1 or totals(income).missing:
        return []
    amount = per_head(income, size)
    if below(amount, line):
        return []
    return [f"{year} 年人均可支配收入 {to_cents(amount)} 元，不低于标准 {to_cents(line)} 元，不符合（{INCOME_LINE}）"]


def _income_gaps(income: Income | None, size: int, year: int) -> list[str]:
    if size < 1:
        return ["没有家庭成员，无法核算人均收入"]
    if income is None or income.year != year:
        return [f"没有 {year} 年的收入核算表"]
    if totals(income).missing:
        return [f"{year} 年收入核算表有空项，没有的请填 0"]
    return []


def _hits(verification: Verification) -> list[Bar]:
    return [bar for bar in Bar if _found(verification.bars, bar) is Finding.YES]


def _found(facts: Mapping[Kind, tuple[Finding, str]], key: Kind) -> Finding:
    """What was found for one item; an item not mentioned is as open as one marked 待核."""
    return facts[key][0] if key in facts else Finding.OPEN


def _upheld_reasons(hits: list[Bar], decided: Ruling | None) -> list[str]:
    if decided is None or decided.excused:
        return []
    return [f"{decided.by} 认定属“七不进”（{_labels(hits)}）：{decided.reason}"]


def _stated_unfit(verification: Verification, hits: list[Bar]) -> list[str]:
    """The visitors' own 不符合 counts when it rests on something else than a 七不进 item, which is for the named person to decide."""
    if hits or verification.stated is not Verdict.UNFIT or not verification.remark.strip():
        return []
    return [f"调查人员结论为不符合：{verification.remark.strip()}"]


def _waiting_reasons(hits: list[Bar], ruling: Ruling | None) -> list[str]:
    found = [f"查到“七不进”：{_labels(hits)}。先停下，须由非录入人写明理由作出决定（{RECOGNITION}）"]
    return found if ruling is None else [*found, ruling_problem(ruling)]


def _open_points(verification: Verification) -> list[str]:
    points = [
        *(f"六进“{e.label}”待核" for e in Entry if _found(verification.entries, e) is Finding.OPEN),
        *(f"七不进“{b.label}”待核" for b in Bar if _found(verification.bars, b) is Finding.OPEN),
        *(f"四看“{i.label}”没有填写" for i in LookItem if verification.looks.get(i, (None, ""))[0] is None),
    ]
    if verification.stated is Verdict.INCOMPLETE:
        points.append(f"调查人员注明待补充{'：' if verification.remark else ''}{verification.remark}")
    return points


def _signature_gaps(verification: Verification) -> list[str]:
    gaps = []
    surveyors = [name for name in verification.surveyors if name.strip()]
    if len({normalise_name(name) for name in surveyors}) < LEAST_SURVEYORS:
        gaps.append("调查人员要有两人以上，请补填")
    if not verification.officer.strip():
        gaps.append("没有填写陪同的村干部，请补填")
    if not verification.signed_household:
        gaps.append(f"缺农户签名，请补签（{RECOGNITION}）")
    if not verification.signed_officer:
        gaps.append(f"缺村干部签名，请补签（{RECOGNITION}）")
    lacking = max(len(surveyors), LEAST_SURVEYORS) - verification.signed_surveyors
    if lacking > 0:
        gaps.append(f"缺调查人员签名 {lacking} 人，请补签（{RECOGNITION}）")
    return gaps


def _differs(verification: Verification, verdict: Verdict) -> list[str]:
    stated = verification.stated
    if stated is None or stated is verdict:
        return []
    return [f"核实表上写的结论是{stated.label}，按各项事实应为{verdict.label}，请核对"]


def _items(
    v: Verification, income: Income | None, size: int, line: Decimal, year: int, decided: Ruling | None
) -> Iterator[JudgedItem]:
    yield _income_item(income, size, line, year)
    for look in LookItem:
        seen, note = v.looks.get(look, (None, ""))
        yield JudgedItem(
            f"look_{look.value}",
            look.label,
            _join(LOOK_WORDS[look].get(seen, "") if seen else "", note),
            None,
            RECOGNITION,
        )
    for priority in Priority:
        chosen = "是" if priority in v.priorities else "否"
        yield JudgedItem(f"priority_{priority.value}", priority.label, chosen, None, RECOGNITION)
    for entry in Entry:
        found, evidence = v.entries.get(entry, (Finding.OPEN, ""))
        passed = None if found is not Finding.YES else True
        yield JudgedItem(f"entry_{entry.value}", entry.label, _join(found.label, evidence), passed, RECOGNITION)
    for bar in Bar:
        found, evidence = v.bars.get(bar, (Finding.OPEN, ""))
        yield JudgedItem(
            f"bar_{bar.value}", bar.label, _join(found.label, evidence), _bar_passed(found, decided), RECOGNITION
        )
    gaps = _signature_gaps(v)
    yield JudgedItem("signatures", "农户、村干部、调查人员签名", "；".join(gaps) or "齐全", not gaps, RECOGNITION)


def _income_item(income: Income | None, size: int, line: Decimal, year: int) -> JudgedItem:
    text = f"{year} 年人均可支配收入低于 {to_cents(line):,.2f} 元"
    if _income_gaps(income, size, year) or income is None:
        return JudgedItem("income", text, "未核算", None, INCOME_LINE)
    amount = per_head(income, size)
    return JudgedItem("income", text, f"{to_cents(amount):,.2f} 元", below(amount, line), INCOME_LINE)


def _bar_passed(found: Finding, decided: Ruling | None) -> bool | None:
    if found is Finding.OPEN:
        return None
    if found is Finding.NO:
        return True
    return decided.excused if decided else False


def _labels(bars: list[Bar]) -> str:
    return "；".join(bar.label for bar in bars)


def _join(value: str, note: str) -> str:
    return f"{value}（{note}）" if note else value
