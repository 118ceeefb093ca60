"""发文登记簿 and 收文登记簿: the numbers of papers that went out and came in during a year, on landscape A4."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import (
    Align,
    Block,
    Column,
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
from db.papers.wording import day, listed, masked, short_day

BLANK_ROWS = 18


@dataclass(frozen=True, slots=True)
class DocumentLine:
    """One number; ``body`` is to whom it went or who sent it, ``entered_on`` the day it was registered."""

    number: str
    title: str
    body: str
    dated: date
    entered_on: date
    used_for: str = ""
    clerk: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class RegisterFacts:
    """A register of one year; ``missing`` are the numbers left out. Without lines it prints empty ones to write on."""

    town: str
    out: bool
    year: int
    lines: tuple[DocumentLine, ...]
    missing: tuple[str, ...] = ()
    printed_on: date | None = None


def build(facts: RegisterFacts) -> Paper:
    """The register, oldest entry first."""
    name = "发文登记簿" if facts.out else "收文登记簿"
    title = f"{facts.town}扶贫办{name}（{facts.year}年）"
    rows = [Row(_cells(facts.out, n, line)) for n, line in enumerate(facts.lines, 1)]
    rows += [Row(("",) * len(_columns(facts.out)))] * (0 if rows else BLANK_ROWS)
    if facts.lines:
        rows.append(Row((f"共 {len(facts.lines)} 件",), RowKind.TOTAL, span=len(_columns(facts.out))))
    gone = (Paragraph(f"缺号：{listed(facts.missing)}", 0, tone=Tone.NOTE),) if facts.missing else ()
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(f"打印日期：{day(facts.printed_on)}", 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_columns(facts.out), tuple(rows), size=10.5, row_mm=7),
        *gone,
        Signatures((("登记人（签名）：", "核对人（签名）："),)),
    )
    return Paper(title, blocks, f"{name}-{facts.year}", True, Margins.FORM)


def _columns(out: bool) -> tuple[Column, ...]:
    return (
        Column("序号", 8),
        Column("成文日期" if out else "收文日期", 18),
        Column("文号", 32),
        Column("标题", 62, Align.LEFT, prose=True),
        Column("主送机关" if out else "来文机关", 30, Align.LEFT, prose=True),
        Column("用于" if out else "成文日期", 38 if out else 18, Align.LEFT if out else Align.CENTER, prose=out),
        *(() if out else (Column("用于", 38, Align.LEFT, prose=True),)),
        Column("登记人", 15),
        Column("备注", 30 if out else 22, Align.LEFT, prose=True),
    )


def _cells(out: bool, n: int, line: DocumentLine) -> tuple[str, ...]:
    start = (str(n), short_day(line.dated if out else line.entered_on), line.number, masked(line.title), line.body)
    middle = (line.used_for,) if out else (short_day(line.dated), line.used_for)
    return (*start, *middle, line.clerk, masked(line.note))
