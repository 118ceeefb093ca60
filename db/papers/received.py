"""县公告、县核查、县审定 as received: what a document of the county said of each household, kept by the town beside the original.

The county's paper itself is filed as a scan; this sheet is the town's reading of it: number, date, and the outcome household by household.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    KeyValueGrid,
    Margins,
    Paper,
    Row,
    RowKind,
    Signatures,
    Table,
    Title,
)
from db.papers.wording import both, day, listed


@dataclass(frozen=True, slots=True)
class ReceivedRow:
    """One household in the county's document; ``outcome`` in words (列入公告, 通过, 退回, 不予认定), ``reason`` when it is not good."""

    village: str
    group: str
    head_name: str
    size: int
    attribute: str
    outcome: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class ReceivedFacts:
    """One document. ``kind`` is 县公告, 县核查 or 县审定, ``period`` and ``places`` are of an announcement.

    ``rows`` are always all of its households; ``only`` is the village an excerpt lists, with the numbers of the whole above it.
    """

    kind: str
    town: str
    year: int
    county: str
    document: str
    dated: date
    rows: tuple[ReceivedRow, ...]
    received_on: date | None = None
    note: str = ""
    period: str = ""
    places: tuple[str, ...] = ()
    clerk: str = ""
    footer: str = ""
    only: str = ""


def build(facts: ReceivedFacts) -> Paper:
    """The sheet on portrait A4, households by village with 户/人 for each outcome."""
    title = f"{facts.town}{facts.year}年度相对贫困户{facts.kind}结果登记表"
    blocks: tuple[Block, ...] = (
        Title(title, f"（{facts.only}部分，名单全文见原件）" if facts.only else ""),
        _head(facts),
        _table(tuple(row for row in facts.rows if facts.only in ("", row.village))),
        Signatures(((f"登记人：{facts.clerk}", "审核人（签名）：", "镇扶贫办（盖章）"),)),
    )
    number = facts.document.replace("/", "／")
    return Paper(
        title,
        blocks,
        f"{facts.kind}收文-{facts.only or facts.town}-{number}",
        margins=Margins.FORM,
        footer_left=facts.footer,
    )


def _head(facts: ReceivedFacts) -> KeyValueGrid:
    outcomes = dict.fromkeys(row.outcome for row in facts.rows)
    told = [f"{word}{_count([row for row in facts.rows if row.outcome == word])}" for word in outcomes]
    rows = [
        labelled(("来文机关", facts.county), ("文号", facts.document)),
        labelled(("成文日期", day(facts.dated)), ("录入日期", day(facts.received_on))),
        labelled(("涉及农户", _count(list(facts.rows))), ("结果", "，".join(told))),
    ]
    if facts.period:
        rows.append(labelled(("公告时间", facts.period), columns=4))
        rows.append(labelled(("公告地点", listed(facts.places)), columns=4, prose=True))
    if facts.note:
        rows.append(labelled(("说明", facts.note), columns=4, prose=True))
    return KeyValueGrid((13, 37, 13, 37), grid_rows(rows, 8), size=11)


def _count(rows: list[ReceivedRow]) -> str:
    return both(len(rows), sum(row.size for row in rows))


def _table(rows: tuple[ReceivedRow, ...]) -> Table:
    columns = (
        Column("序号", 8), Column("村民小组", 18), Column("户主姓名", 18), Column("人口", 9), Column("属性", 18),
        Column("结果", 14), Column("原因", 40, Align.LEFT, prose=True),
    )  # fmt: skip
    lines: list[Row] = []
    n = 0
    for village in dict.fromkeys(row.village for row in rows):
        of = [row for row in rows if row.village == village]
        lines.append(Row((f"{village}　{_count(of)}",), RowKind.GROUP))
        for row in of:
            n += 1
            cells = (str(n), row.group, row.head_name, str(row.size), row.attribute, row.outcome, row.reason)
            lines.append(Row(cells))
    return Table(columns, tuple(lines), size=11, row_mm=6.5)
