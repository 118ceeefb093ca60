"""The columns of the grid of a village's visits, in the order of the paper, and the way from a row of it to a visit and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, TypeVar

from db.fields.base import Field
from db.fields.kinds import Choice, Date, Name, Text
from db.rules.codes import Bar, Code, Entry, Finding, Look, LookItem, Priority
from db.rules.eligibility import LEAST_SURVEYORS, Verification
from desktop.pages.verification.head import names


class Signed(Code):
    """Whether the household or the village officer signed."""

    YES = "1", "已签", "是", "√", "有"
    NO = "0", "未签", "否", "×", "无"


class Signers(Code):
    """How many of the surveyors' signatures are missing."""

    ALL = "0", "签齐", "是", "√", "齐全"
    ONE = "1", "缺1人", "缺一人", "缺一"
    TWO = "2", "缺2人", "缺两人", "缺二人", "都没签", "否"


class House(Code):
    """一看房."""

    GOOD = "1", "好"
    FAIR = "2", "一般"
    POOR = "3", "差"


class Grain(Code):
    """二看粮."""

    GOOD = "1", "足"
    FAIR = "2", "一般"
    POOR = "3", "缺"


class Hands(Code):
    """三看劳力强不强."""

    GOOD = "1", "强"
    FAIR = "2", "一般"
    POOR = "3", "弱"


class Pupils(Code):
    """四看家中有没有读书郎."""

    PRESENT = "4", "有", "是", "√"
    ABSENT = "5", "无", "否", "×"


Item = TypeVar("Item", Entry, Bar)
GROUP, HEAD, SIZE = Field("group", "组", Text()), Field("head", "户主", Text()), Field("size", "人口", Text())
SEEN = Field("seen", "看过", Text(), help="成片粘贴的“否”要逐户看过才算数：把光标放到该行，按空格")
DAY = Field("visited_on", "核实日期", Date(), help="每户填自己的日期")
SURVEYORS = Field("surveyors", "调查人", Text(limit=60), help="两人以上，用顿号隔开")
OFFICER = Field("officer", "陪同村干部", Name())
SIGNED_HOUSEHOLD = Field("signed_household", "农户签名", Choice(table=Signed))
SIGNED_OFFICER = Field("signed_officer", "村干部签名", Choice(table=Signed))
SIGNED_SURVEYORS = Field("signed_surveyors", "调查人签名", Choice(table=Signers))
_LOOK_TABLES: Mapping[LookItem, tuple[str, type[Code]]] = {
    LookItem.HOUSE: ("看房", House),
    LookItem.GRAIN: ("看粮", Grain),
    LookItem.LABOUR: ("看劳力", Hands),
    LookItem.PUPILS: ("读书郎", Pupils),
}
LOOKS = {
    item: Field(f"look_{item.value}", title, Choice(table=table), help=item.label)
    for item, (title, table) in _LOOK_TABLES.items()
}
PRIORITIES = Field(
    "priorities",
    "五优先",
    Text(limit=20),
    help="填项号，如 1、3：" + "；".join(f"{n} {p.label}" for n, p in enumerate(Priority, 1)),
)
ENTRIES = {
    e: Field(f"entry_{e.value}", f"六进{n}", Choice(table=Finding), help=e.label) for n, e in enumerate(Entry, 1)
}
BARS = {b: Field(f"bar_{b.value}", f"七不进{n}", Choice(table=Finding), help=b.label) for n, b in enumerate(Bar, 1)}
REMARK = Field("remark", "说明", Text(), help="六进、七不进选“是”的，写明情况和依据")
LOCKED = (GROUP, HEAD, SIZE, SEEN)
FIELDS = (
    *LOCKED, DAY, SURVEYORS, OFFICER, SIGNED_HOUSEHOLD, SIGNED_OFFICER, SIGNED_SURVEYORS, *LOOKS.values(), PRIORITIES,
    *ENTRIES.values(), *BARS.values(), REMARK,
)  # fmt: skip
FINDINGS = tuple(f.key for f in (*ENTRIES.values(), *BARS.values()))
WIDTHS = {
    GROUP.key: 74, HEAD.key: 78, SIZE.key: 48, SEEN.key: 60, DAY.key: 104, SURVEYORS.key: 130, OFFICER.key: 96,
    SIGNED_HOUSEHOLD.key: 84, SIGNED_OFFICER.key: 96, SIGNED_SURVEYORS.key: 96, PRIORITIES.key: 70, REMARK.key: 200,
    **{f.key: 66 for f in LOOKS.values()}, **{f.key: 64 for f in ENTRIES.values()}, **{f.key: 76 for f in BARS.values()},
}  # fmt: skip


def values_of(visit: Verification | None) -> dict[str, object]:
    """The cells of a visit on file."""
    if visit is None:
        return {}
    went = max(len(visit.surveyors), LEAST_SURVEYORS)
    missing = min(max(went - visit.signed_surveyors, 0), 2)
    order = list(Priority)
    return {
        DAY.key: visit.visited_on,
        SURVEYORS.key: "、".join(visit.surveyors),
        OFFICER.key: visit.officer,
        SIGNED_HOUSEHOLD.key: Signed.YES if visit.signed_household else Signed.NO,
        SIGNED_OFFICER.key: Signed.YES if visit.signed_officer else Signed.NO,
        SIGNED_SURVEYORS.key: Signers.of(str(missing)),
        PRIORITIES.key: "、".join(str(order.index(p) + 1) for p in sorted(visit.priorities, key=order.index)),
        REMARK.key: visit.remark,
        **{LOOKS[i].key: _LOOK_TABLES[i][1].of(look.value) for i, (look, _) in visit.looks.items() if look},
        **{ENTRIES[e].key: found for e, (found, _) in visit.entries.items()},
        **{BARS[b].key: found for b, (found, _) in visit.bars.items()},
    }


def visit_of(cells: Mapping[str, Any], before: Verification | None) -> Verification:
    """The visit a row says; evidence on file stays with an answer that stays, new ones are explained by the row's remark."""
    surveyors, remark = names(cells[SURVEYORS.key] or ""), cells[REMARK.key] or ""
    went = max(len(surveyors), LEAST_SURVEYORS)
    signers = cells[SIGNED_SURVEYORS.key]
    looks = {i: (Look.of(v.value), _kept(before, i)) for i, f in LOOKS.items() if (v := cells[f.key]) is not None}
    made = Verification(
        visited_on=cells[DAY.key],
        surveyors=surveyors,
        officer=cells[OFFICER.key] or "",
        looks=looks,
        priorities=frozenset(list(Priority)[n - 1] for n in _numbers(cells[PRIORITIES.key])),
        entries=_answered(cells, ENTRIES, before.entries if before else {}, remark),
        bars=_answered(cells, BARS, before.bars if before else {}, remark),
        signed_household=cells[SIGNED_HOUSEHOLD.key] is Signed.YES,
        signed_officer=cells[SIGNED_OFFICER.key] is Signed.YES,
        signed_surveyors=0 if signers is None else went - int(signers.value),
        remark=remark,
    )
    return replace(made, stated=before.stated) if before else made


def priority_problem(text: str) -> str:
    """Why these are no numbers of 五优先, "" when they are."""
    return "" if all(1 <= n <= len(Priority) for n in _numbers(text)) and not re.sub(r"[\d、，,;；/\s]", "", text) else (
        "五优先填项号 1–5，用顿号隔开，如 1、3"
    )  # fmt: skip


def _numbers(text: str | None) -> list[int]:
    return [int(digit) for digit in re.findall(r"\d", text or "")]


def _kept(before: Verification | None, item: LookItem) -> str:
    return before.looks.get(item, (None, ""))[1] if before else ""


def _answered(
    cells: Mapping[str, Any],
    fields: Mapping[Item, Field],
    before: Mapping[Item, tuple[Finding, str]],
    remark: str,
) -> dict[Item, tuple[Finding, str]]:
    found = {}
    for item, field in fields.items():
        answer = cells[field.key]
        if answer is not None:
            old, note = before.get(item, (None, ""))
            said = remark if answer is Finding.YES else ""
            found[item] = (answer, note if old is answer and note else said)
    return found
