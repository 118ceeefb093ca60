"""未进入名单: every application that did not reach the register, the step where it stopped, and why.

The office answers for each of them, so none is dropped from the list and each has its reason and its day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Column, Margins, Paper, Paragraph, Row, RowKind, Signatures, Table, Title, Tone
from db.papers.wording import both, day, short_day


@dataclass(frozen=True, slots=True)
class LeftOutRow:
    """One household; ``step`` is where it stands (入户核实 …), ``kept_by`` who decided or what it waits for."""

    village: str
    group: str
    head_name: str
    size: int
    step: str
    reason: str
    on: date | None = None
    kept_by: str = ""


@dataclass(frozen=True, slots=True)
class LeftOutFacts:
    """``scope`` is the town or village, ``as_of`` the day the list speaks of."""

    scope: str
    year: int
    as_of: date
    rows: tuple[LeftOutRow, ...]
    filler: str = ""
    footer: str = ""


def build(facts: LeftOutFacts) -> Paper:
    """Grouped by the step where they stopped, each group with 户/人."""
    title = f"{facts.scope}{facts.year}年度未进入名单农户及原因"
    total = both(len(facts.rows), sum(row.size for row in facts.rows))
    blocks = (
        Title(title),
        Paragraph(f"截至{day(facts.as_of)}，共{total}", 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_COLUMNS, tuple(_rows(facts.rows)), size=10),
        Signatures(((f"填表人：{facts.filler}", "审核人：", f"日期：{day(facts.as_of)}"),)),
    )
    return Paper(title, blocks, f"未进入名单-{facts.scope}", True, Margins.FORM, footer_left=facts.footer)


_COLUMNS = (
    Column("序号", 8),
    Column("村", 16),
    Column("村民小组", 16),
    Column("户主姓名", 16),
    Column("人口", 8),
    Column("停在", 18),
    Column("日期", 18),
    Column("原因", 90, Align.LEFT, prose=True),
    Column("决定人或等待", 24, Align.LEFT, prose=True),
)


def _rows(rows: tuple[LeftOutRow, ...]) -> list[Row]:
    lines: list[Row] = []
    n = 0
    for step in dict.fromkeys(row.step for row in rows):
        group = [row for row in rows if row.step == step]
        lines.append(Row((f"{step}　{both(len(group), sum(row.size for row in group))}",), RowKind.GROUP))
        for row in group:
            n += 1
            cells = (str(n), row.village, row.group, row.head_name, str(row.size), row.step, short_day(row.on))
            lines.append(Row((*cells, row.reason, row.kept_by)))
    return lines
