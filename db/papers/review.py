"""镇审核: what the town found in one village's roll, and the sheet that sends households back with a reason each.

Reviewed, passed and returned are counted in households and persons, so that the three always add up on the paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.forms import grid_rows, labelled, opinion, signed
from db.papers.model import Align, Block, Cell, Column, KeyValueGrid, Margins, Paper, Paragraph, Row, Seal, Table, Title
from db.papers.wording import BLANK_DATE, UNKNOWN, both, day


@dataclass(frozen=True, slots=True)
class ReviewRow:
    """One household of the roll; ``returned`` is the reason it goes back, "" when it passed."""

    group: str
    head_name: str
    size: int
    attribute: str
    returned: str = ""


@dataclass(frozen=True, slots=True)
class ReviewFacts:
    """The town's review of one village. ``body`` is what the town calls itself in the form, ``government`` how it signs.

    ``sampled`` is how many households were visited again; None when none was noted.
    """

    town: str
    village: str
    body: str
    government: str
    year: int
    rows: tuple[ReviewRow, ...]
    reviewed_on: date | None
    clerk: str = ""
    reviewer: str = ""
    sampled: int | None = None
    matching: str = ""
    opinion: str = ""
    document: str = ""
    footer: str = ""
    topic: str = "识别"


def build(facts: ReviewFacts) -> Paper:
    """镇审核表 of one village."""
    title = f"{facts.town}{facts.village}相对贫困户{_topic(facts)}镇审核表（{facts.year}年）"
    foot = (signed("分管领导：", "镇长（书记）："), "（盖章）　　　" + day(facts.reviewed_on, BLANK_DATE))
    rows = (
        *grid_rows(_figures(facts), 11),
        opinion("部门比对结果", facts.matching, (), 40, columns=4),
        opinion("退回户及原因", _reasons(facts.rows), (), 60, columns=4),
        opinion(f"{facts.body}意见", facts.opinion, foot, 75, columns=4),
    )
    blocks = (Title(title), KeyValueGrid((18, 32, 18, 32), rows, size=12))
    return Paper(title, blocks, f"镇审核表-{facts.village}", margins=Margins.FORM, footer_left=facts.footer)


def returned(facts: ReviewFacts) -> Paper:
    """退回单 to the village committee: every household sent back, with what is wrong and must be mended."""
    title = f"{facts.town}{facts.village}相对贫困户{_topic(facts)}退回单"
    back = [row for row in facts.rows if row.returned]
    columns = (
        Column("序号", 8),
        Column("村民小组", 16),
        Column("户主姓名", 16),
        Column("人口", 9),
        Column("退回原因", 50, Align.LEFT, prose=True),
    )
    lines = tuple(Row((str(n), row.group, row.head_name, str(row.size), row.returned)) for n, row in enumerate(back, 1))
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(f"{facts.village}村民委员会：", 0),
        Paragraph(f"你村上报的名册经审核，下列{_count(back)}予以退回，请按所列原因补正后重新上报。"),
        Table(columns, lines, size=12),
        Seal(f"{facts.government}（盖章）", day(facts.reviewed_on)),
    )
    return Paper(title, blocks, f"退回单-{facts.village}", footer_left=facts.footer)


def _topic(facts: ReviewFacts) -> str:
    """Identification is what the sheet is about when it says nothing else."""
    return "" if facts.topic == "识别" else facts.topic


def _figures(facts: ReviewFacts) -> tuple[tuple[Cell, ...], ...]:
    everything = list(facts.rows)
    passed = [row for row in everything if not row.returned]
    back = [row for row in everything if row.returned]
    return (
        labelled(("上报", _count(everything)), ("抽查核实", _sampled(facts))),
        labelled(("同意上报", _count(passed)), ("退回", _count(back))),
        labelled(("经办人", facts.clerk), ("审核人", facts.reviewer)),
        labelled(("上报文号", facts.document), columns=4),
    )


def _sampled(facts: ReviewFacts) -> str:
    if facts.sampled is None or not facts.rows:
        return UNKNOWN
    return f"{facts.sampled}户（{facts.sampled * 100 // len(facts.rows)}%）"


def _count(rows: list[ReviewRow]) -> str:
    return both(len(rows), sum(row.size for row in rows))


def _reasons(rows: tuple[ReviewRow, ...]) -> str:
    back = [f"{row.group}{row.head_name}（{row.size}人）：{row.returned}" for row in rows if row.returned]
    return "；".join(back) or "无"
