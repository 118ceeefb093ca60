"""回头看核查结果表: every household that was looked at again, by village, with what was found and by whom.

Counted at the head by finding, in households and persons, and how many nobody has looked at yet.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Column, Margins, Paper, Paragraph, Row, RowKind, Signatures, Table, Title, Tone
from db.papers.wording import both, day, masked, short_day
from db.rules.codes import Recheck
from db.rules.counts import Count


@dataclass(frozen=True, slots=True)
class RecheckRow:
    """One household; ``outcome`` is 保留, 更正, 清退 or 新增, ``reason`` begins with the code where there is one."""

    village: str
    group: str
    head_name: str
    size: int
    number: str
    outcome: str
    looked_on: date
    checkers: tuple[str, ...]
    reason: str = ""


@dataclass(frozen=True, slots=True)
class RecheckFacts:
    """One round: ``left`` are those on the register that nobody has looked at yet."""

    town: str
    label: str
    started_on: date
    as_of: date
    rows: tuple[RecheckRow, ...]
    left: Count
    filler: str = ""
    footer: str = ""


def build(facts: RecheckFacts) -> Paper:
    """The round's result as one landscape table."""
    title = f"{facts.label}核查结果表"
    blocks = (
        Title(title),
        Paragraph(_counted(facts), 0, Align.LEFT, Tone.NOTE, keep=True),
        Table(_COLUMNS, tuple(_lines(facts.rows)), size=10),
        Signatures(((f"填表人：{facts.filler}", "驻村工作队队长：", "村负责人：", f"日期：{day(facts.as_of)}"),)),
    )
    return Paper(title, blocks, f"回头看-{facts.label}", True, Margins.FORM, footer_left=facts.footer)


def _counted(facts: RecheckFacts) -> str:
    said = []
    for outcome in Recheck:
        sizes = [row.size for row in facts.rows if row.outcome == outcome.label]
        said.append(f"{outcome.label}{both(len(sizes), sum(sizes))}")
    total = both(len(facts.rows), sum(row.size for row in facts.rows))
    left = f"，未核查{both(facts.left.households, facts.left.persons)}" if facts.left.households else ""
    return f"{day(facts.started_on)}起，截至{day(facts.as_of)}已核查{total}：{'，'.join(said)}{left}。"


_COLUMNS = (
    Column("序号", 8),
    Column("村民小组", 16),
    Column("户主姓名", 14),
    Column("人口", 8),
    Column("户编号", 22),
    Column("核查日期", 16),
    Column("核查人", 22, Align.LEFT, prose=True),
    Column("结果", 9),
    Column("原因或说明", 52, Align.LEFT, prose=True),
)


def _lines(rows: tuple[RecheckRow, ...]) -> list[Row]:
    lines: list[Row] = []
    n = 0
    for village in dict.fromkeys(row.village for row in rows):
        group = [row for row in rows if row.village == village]
        lines.append(Row((f"{village}　{both(len(group), sum(row.size for row in group))}",), RowKind.GROUP))
        for row in group:
            n += 1
            told = (short_day(row.looked_on), "、".join(row.checkers), row.outcome, masked(row.reason))
            lines.append(Row((str(n), row.group, row.head_name, str(row.size), row.number, *told)))
    return lines
