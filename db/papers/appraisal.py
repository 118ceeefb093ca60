"""民主评议: the record of the assembly with its votes, and the sheet its members sign.

The quorum is shown with its figures, because a list is only as good as the meeting that passed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Seal,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import UNKNOWN, both, day, number


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One household's votes; None is not known. ``result`` is 通过 or 未通过."""

    group: str
    head_name: str
    size: int
    yes: int | None
    no: int | None
    abstained: int | None
    result: str
    summary: str = ""


@dataclass(frozen=True, slots=True)
class AppraisalFacts:
    """One assembly. ``quorum`` says in words whether it was reached and by which rule, e.g. 到会过三分之二，符合法定人数."""

    town: str
    village: str
    committee: str
    assembly: str
    subject: str
    held_on: date
    place: str
    chair: str
    recorder: str
    due: int
    present: int
    quorum: str
    rows: tuple[VoteRow, ...]
    guests: str = ""
    withdrew: str = ""
    counting: str = ""
    speeches: str = ""
    footer: str = ""


def build(facts: AppraisalFacts) -> Paper:
    """The record: the meeting, what was said, the votes per household, signatures."""
    title = f"{facts.village}{facts.assembly}民主评议会议记录"
    blocks: tuple[Block, ...] = (
        Title(title),
        _meeting(facts),
        *_speeches(facts.speeches),
        Paragraph("评议结果", 0, tone=Tone.HEADING, keep=True),
        _votes(facts.rows),
        Signatures((("主持人（签名）：", "记录人（签名）：", "监票人（签名）："),)),
        Seal(f"{facts.committee}（盖章）", day(facts.held_on)),
    )
    return Paper(title, blocks, f"评议记录-{facts.village}", margins=Margins.FORM, footer_left=facts.footer)


def sign_in(facts: AppraisalFacts) -> Paper:
    """签到表: one numbered line for everybody who is due."""
    title = f"{facts.village}{facts.assembly}签到表"
    columns = (
        Column("序号", 8),
        Column("姓名", 20),
        Column("身份（代表、村民、党员）", 30),
        Column("联系电话", 22),
        Column("签名（手印）", 24),
    )
    rows = tuple(Row((str(n), "", "", "", "")) for n in range(1, facts.due + 1))
    blocks = (
        Title(title),
        Paragraph(
            f"时间：{day(facts.held_on)}　　地点：{facts.place}　　应到：{facts.due}人", 0, tone=Tone.NOTE, keep=True
        ),
        Table(columns, rows, size=12, row_mm=9),
    )
    return Paper(title, blocks, f"签到表-{facts.village}", margins=Margins.FORM, footer_left=facts.footer)


def attendance(present: int, due: int) -> str:
    """到会率 in per cent with one place; a dash when nobody was due."""
    if due <= 0:
        return UNKNOWN
    return f"{(Decimal(present) * 100 / due).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _meeting(facts: AppraisalFacts) -> KeyValueGrid:
    rows = (
        labelled(("会议类型", facts.assembly), ("议题", facts.subject)),
        labelled(("时间", day(facts.held_on)), ("地点", facts.place), prose=True),
        labelled(("主持人", facts.chair), ("记录人", facts.recorder)),
        labelled(
            ("应到", f"{facts.due}人"), ("实到", f"{facts.present}人（到会率{attendance(facts.present, facts.due)}）")
        ),
        labelled(("法定人数", facts.quorum), columns=4, prose=True),
        labelled(("列席", facts.guests), columns=4, prose=True),
        labelled(("回避人", facts.withdrew), columns=4, prose=True),
        labelled(("监票、唱票", facts.counting), columns=4, prose=True),
    )
    return KeyValueGrid((14, 36, 14, 36), grid_rows(rows, 9), size=12)


def _speeches(text: str) -> tuple[Paragraph, ...]:
    """Running text and no box, because it may be longer than a page."""
    parts = [part for part in text.split("\n") if part.strip()]
    return (Paragraph("发言摘要", 0, tone=Tone.HEADING, keep=True), *map(Paragraph, parts)) if parts else ()


def _votes(rows: tuple[VoteRow, ...]) -> Table:
    columns = (
        Column("序号", 8),
        Column("村民小组", 16),
        Column("户主姓名", 16),
        Column("人口", 9),
        Column("同意", 9),
        Column("不同意", 11),
        Column("弃权", 9),
        Column("结果", 12),
        Column("评议意见", 26, Align.LEFT, prose=True),
    )
    body = [Row(_vote(n, row)) for n, row in enumerate(rows, start=1)]
    passed = [row for row in rows if row.result == "通过"]
    total = (
        f"合计　评议{both(len(rows), sum(row.size for row in rows))}"
        f"，通过{both(len(passed), sum(row.size for row in passed))}"
    )
    return Table(columns, (*body, Row((total,), RowKind.TOTAL, span=len(columns))), size=11)


def _vote(n: int, row: VoteRow) -> tuple[str, ...]:
    votes = (number(row.yes), number(row.no), number(row.abstained))
    return (str(n), row.group, row.head_name, str(row.size), *votes, row.result, row.summary)
