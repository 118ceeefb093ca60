"""月结回执: which month was closed under which number, its figures village by village, each sheet with its mark, and what was adjusted.

Kept with the printed ledgers: anybody can hold a reprint against the marks on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    Head,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import both, masked, short_day
from db.rules.adjustment import Adjustment
from db.rules.counts import Count, Movement
from db.rules.ledger import MonthLedger, VillageMonth
from db.rules.monthclose import SheetMark


@dataclass(frozen=True, slots=True)
class ReceiptFacts:
    """One closing: what was frozen, its number, the moment, who closed and who confirmed, and the hash of the whole.

    ``replaces`` is the receipt this one takes the place of; ``unlocked`` says when and why it was opened again, "" while it counts.
    """

    ledger: MonthLedger
    number: str
    at: datetime
    actor: str
    second: str
    sha256: str
    sheets: tuple[SheetMark, ...]
    replaces: str = ""
    unlocked: str = ""
    footer: str = ""


def build(facts: ReceiptFacts) -> Paper:
    """The receipt as one landscape paper."""
    ledger = facts.ledger
    title = f"{ledger.town}{ledger.year}年{ledger.month}月台账月结回执"
    blocks: list[Block] = [Title(title, facts.number)]
    if facts.unlocked:
        blocks.append(Paragraph(f"本回执已作废：{facts.unlocked}", 0, Align.LEFT, Tone.STRONG, keep=True))
    blocks += [
        _head(facts),
        Paragraph("一、户数、人数", 0, tone=Tone.HEADING, keep=True),
        _figures(ledger),
        Paragraph(
            "期初＋调整＋新增－终止－销户＋拆户－并户＋自然增减＝期末；拆户、并户的人仍在册，不加减。",
            0,
            Align.LEFT,
            Tone.NOTE,
        ),
        Paragraph("二、封存的各表", 0, tone=Tone.HEADING, keep=True),
        _sheets(facts.sheets),
    ]
    if ledger.adjustments:
        blocks += [
            Paragraph("三、调整明细（以前月份月结以后查清的）", 0, tone=Tone.HEADING, keep=True),
            _adjusted(ledger.adjustments),
        ]
    blocks.append(Signatures(((f"经办人：{facts.actor}", f"审核确认：{facts.second}", "单位负责人：", "（盖章）"),)))
    watermark = "已解锁作废" if facts.unlocked else ""
    stem = f"月结回执-{ledger.year}年{ledger.month:02d}月-{ledger.town}"
    return Paper(title, tuple(blocks), stem, True, Margins.FORM, footer_left=facts.footer, watermark=watermark)


def _head(facts: ReceiptFacts) -> KeyValueGrid:
    closing = facts.ledger.total.closing
    pairs = (
        labelled(("回执编号", facts.number), ("月结时间", f"{facts.at:%Y-%m-%d %H:%M}")),
        labelled(
            ("期末在册", both(closing.households, closing.persons)), ("经办、确认", f"{facts.actor}、{facts.second}")
        ),
        labelled(("代替的回执", facts.replaces or "无"), ("调整", _adjusted_told(facts.ledger))),
        labelled(("封存校验码", facts.sha256), columns=4),
    )
    return KeyValueGrid((1, 3, 1, 3), grid_rows(pairs, 9), size=11)


def _adjusted_told(ledger: MonthLedger) -> str:
    if not ledger.adjustments:
        return "无"
    adjusted = ledger.total.movement.adjusted
    return f"{len(ledger.adjustments)} 条，户数{_signed(adjusted.households)}，人数{_signed(adjusted.persons)}"


def _signed(number: int) -> str:
    return f"{number:+d}".replace("-", "－").replace("+", "＋") if number else "不变"


_PAIRS = ("期初", "调整", "新增", "终止", "销户", "拆户", "并户", "自然增减", "期末")


def _figures(ledger: MonthLedger) -> Table:
    """Village by village how the month came to its closing; 调整 only where there is any."""
    shown = [name for name in _PAIRS if name != "调整" or any(v.movement.adjusted != Count() for v in ledger.villages)]
    columns = (Column("村（居）", 14, Align.LEFT), *(Column(unit, 7) for _ in shown for unit in ("户", "人")))
    heads = (
        (Head("村（居）", rows=2), *(Head(name, columns=2) for name in shown)),
        tuple(Head(unit) for _ in shown for unit in ("户", "人")),
    )
    rows = [Row((row.village, *_pairs(row, shown))) for row in ledger.villages]
    rows.append(Row(("合计", *_pairs(ledger.total, shown)), RowKind.TOTAL))
    return Table(columns, tuple(rows), heads, size=9.5)


def _pairs(row: VillageMonth, shown: Sequence[str]) -> list[str]:
    told = _told(row.movement, row.closing)
    return [str(figure) for name in shown for figure in told[name]]


def _told(moved: Movement, closing: Count) -> dict[str, tuple[int, int]]:
    def pair(count: Count) -> tuple[int, int]:
        return count.households, count.persons

    return {
        "期初": pair(moved.opening),
        "调整": pair(moved.adjusted),
        "新增": pair(moved.added),
        "终止": pair(moved.ended),
        "销户": pair(moved.cancelled),
        "拆户": (moved.split, moved.split_persons),
        "并户": (moved.merged, moved.merged_persons),
        "自然增减": (0, moved.natural_in - moved.natural_out),
        "期末": pair(closing),
    }


def _sheets(marks: Sequence[SheetMark]) -> Table:
    columns = (
        Column("序号", 6),
        Column("表名", 22, Align.LEFT),
        Column("行数", 8),
        Column("校验码（SHA-256）", 74, Align.LEFT),
    )
    rows = tuple(Row((str(n), mark.name, str(mark.rows), mark.sha256)) for n, mark in enumerate(marks, 1))
    return Table(columns, rows, size=9)


def _adjusted(adjustments: Sequence[Adjustment]) -> Table:
    columns = (
        Column("序号", 5),
        Column("村", 10),
        Column("户主", 9),
        Column("户", 5),
        Column("人", 5),
        Column("发生日期", 12),
        Column("调整内容", 34, Align.LEFT, prose=True),
        Column("原因", 24, Align.LEFT, prose=True),
        Column("依据", 20, Align.LEFT, prose=True),
        Column("录入", 16, prose=True),
    )
    rows = tuple(
        Row((
            str(n), one.village, one.head_name, f"{one.counts.households:+d}" if one.counts.households else "0",
            f"{one.counts.persons:+d}" if one.counts.persons else "0", short_day(one.acted_on), masked(one.what), masked(one.reason),
            one.paper or "—", f"{short_day(one.entered_on)} {one.actor}".strip(),
        ))
        for n, one in enumerate(adjustments, 1)
    )  # fmt: skip
    return Table(columns, rows, size=9)
