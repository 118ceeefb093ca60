"""异议登记表: every objection with what was raised, who looked into it, what it came to and how it was answered.

An internal paper; the objector is named only where he gave his name, and what is not known yet is left open to be written in.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Column, Margins, Paper, Paragraph, Row, Signatures, Table, Title, Tone
from db.papers.wording import day, short_day

ANONYMOUS = "匿名"
BLANK_ROWS = 10


@dataclass(frozen=True, slots=True)
class ObjectionRow:
    """One objection. ``finding`` is 不成立, 成立… or "" while it is open; ``answer`` is how the objector was answered."""

    received_on: date
    objector: str
    channel: str
    household: str
    content: str
    received_by: str
    investigators: tuple[str, ...] = ()
    result: str = ""
    finding: str = ""
    answered_on: date | None = None
    answer: str = ""
    claim: str = ""


@dataclass(frozen=True, slots=True)
class ObjectionsFacts:
    """``scope`` is the town, ``as_of`` the day the register speaks of, None on a blank one; rows in the order they came."""

    scope: str
    as_of: date | None
    rows: tuple[ObjectionRow, ...]
    filler: str = ""


def build(facts: ObjectionsFacts) -> Paper:
    """The register as one landscape table."""
    title = f"{facts.scope}公示异议登记表"
    still_open = sum(not row.finding for row in facts.rows)
    said = (
        f"截至{day(facts.as_of)}，共{len(facts.rows)}件，未办结{still_open}件" if facts.rows else "没有异议的也要写明"
    )
    rows = [Row(_cells(n, row)) for n, row in enumerate(facts.rows, start=1)]
    rows += [Row(("",) * len(_COLUMNS))] * (0 if rows else BLANK_ROWS)
    blocks = (
        Title(title),
        Paragraph(said, 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_COLUMNS, tuple(rows), size=10, row_mm=0 if facts.rows else 11),
        Signatures(((f"填表人：{facts.filler}", "审核人：", f"日期：{day(facts.as_of)}"),)),
    )
    return Paper(title, blocks, f"异议登记表-{facts.scope}{'' if facts.rows else '（空白）'}", True, Margins.FORM)


_COLUMNS = (
    Column("序号", 7),
    Column("日期", 15),
    Column("异议人", 11),
    Column("方式", 9),
    Column("涉及户", 20, Align.LEFT, prose=True),
    Column("异议内容", 33, Align.LEFT, prose=True),
    Column("受理人", 11),
    Column("核查人", 14, Align.LEFT, prose=True),
    Column("核查结果", 34, Align.LEFT, prose=True),
    Column("是否成立", 14, Align.LEFT, prose=True),
    Column("答复日期", 15),
    Column("答复方式", 24, Align.LEFT, prose=True),
)


def _cells(number: int, row: ObjectionRow) -> tuple[str, ...]:
    return (
        str(number),
        short_day(row.received_on),
        row.objector or ANONYMOUS,
        row.channel,
        row.household,
        f"【{row.claim}】{row.content}" if row.claim else row.content,
        row.received_by,
        "、\n".join(row.investigators),
        row.result,
        row.finding,
        short_day(row.answered_on, ""),
        row.answer,
    )
