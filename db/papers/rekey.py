"""复录核对结果: what a drawing that was keyed again found, on one upright A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.papers.forms import labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    GridRow,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Row,
    Signatures,
    Spacer,
    Table,
    Title,
    Tone,
)
from db.papers.wording import UNKNOWN, day, listed

_SETTLED = {"first": "以原录为准", "second": "已更正", "": "待核对"}


@dataclass(frozen=True, slots=True)
class RekeyLine:
    """One field of one household that differed; ``settled`` is first, second or "". No value is printed."""

    village: str
    group: str
    head_name: str
    field: str
    settled: str


@dataclass(frozen=True, slots=True)
class RekeyFacts:
    """One round: ``drawn`` of ``pool`` households, ``keyed`` of them with ``fields`` fields; ``rate`` is wrong fields per cent,
    ``agreement`` fields alike per cent, both None before anything was keyed."""

    town: str
    subject: str
    scope: str
    drawn_on: date
    drawn_by: str
    seed: str
    pool: int
    drawn: int
    keyed: int
    fields: int
    differing: int
    wrong: int
    open: int
    rate: Decimal | None
    agreement: Decimal | None
    keyers: tuple[str, ...]
    lines: tuple[RekeyLine, ...]
    printed_on: date


def build(facts: RekeyFacts) -> Paper:
    """The result with every difference and how it was settled."""
    title = f"{facts.town}{facts.subject}复录核对结果"
    pairs = (
        ("范围", facts.scope), ("抽取日期", day(facts.drawn_on)),
        ("可抽户数", f"{facts.pool}户"), ("抽取户数", f"{facts.drawn}户"),
        ("已复录", f"{facts.keyed}户"), ("复录字段", f"{facts.fields}项"),
        ("差异", f"{facts.differing}项"), ("一致率", _percent(facts.agreement)),
        ("更正", f"{facts.wrong}项"), ("差错率", _percent(facts.rate)),
        ("抽取人", facts.drawn_by), ("复录人", listed(facts.keyers) or UNKNOWN),
    )  # fmt: skip
    still = f"还有 {facts.open} 项差异没有核对，差错率不是最后的结果。" if facts.open else ""
    missing = f"还有 {facts.drawn - facts.keyed} 户没有复录。" if facts.keyed < facts.drawn else ""
    note = (Paragraph(f"{missing}{still}", 0, tone=Tone.NOTE),) if still or missing else ()
    seed = f"抽取号 {facts.seed}：同一号从同一批户里抽出的是同样的户。差错率为更正项数除以复录字段数。"
    blocks: tuple[Block, ...] = (
        Title(title),
        KeyValueGrid((16, 34, 16, 34), tuple(GridRow(labelled(*pairs[n : n + 2]), 9) for n in range(0, len(pairs), 2))),
        Spacer(3),
        *note,
        *((Table(_COLUMNS, _rows(facts.lines), size=10.5, row_mm=7),) if facts.lines else ()),
        Paragraph(seed, 0, tone=Tone.NOTE),
        Signatures((("核对人（签名）：", "审核人（签名）："),)),
        Paragraph(day(facts.printed_on), 0, Align.RIGHT),
    )
    return Paper(title, blocks, f"复录核对-{facts.scope}-{facts.drawn_on:%Y%m%d}", margins=Margins.FORM)


_COLUMNS = (
    Column("序号", 8),
    Column("村", 18),
    Column("村民小组", 20),
    Column("户主姓名", 18),
    Column("不一致的字段", 60, Align.LEFT, prose=True),
    Column("核对结果", 22),
)


def _rows(lines: tuple[RekeyLine, ...]) -> tuple[Row, ...]:
    return tuple(
        Row((str(n), one.village, one.group, one.head_name, one.field, _SETTLED[one.settled]))
        for n, one in enumerate(lines, 1)
    )


def _percent(value: Decimal | None) -> str:
    return UNKNOWN if value is None else f"{value}%"
