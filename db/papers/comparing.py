"""名单变化表: who came on the list, left it, or changed between two months, by kind, each with day, cause and paper.

The head counts each kind in 户 and 人, so that the old list, the kinds and the new list add up before anybody's eyes.
"""

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
from db.papers.wording import day, masked, short_day
from db.rules.comparing import Comparison, Entry, Variation, sentence


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """A comparison, the entries to be printed (all, or one kind), who fills it in and the day."""

    comparison: Comparison
    entries: tuple[Entry, ...]
    as_of: date
    filler: str = ""
    footer: str = ""


def build(facts: ChangesFacts) -> Paper:
    """The list as one landscape table."""
    found = facts.comparison
    (old_year, old_month), (year, month) = found.old_month, found.new_month
    title = f"{found.town}{year}年{month}月贫困户名单变化表"
    blocks: tuple[Block, ...] = (
        Title(title, f"与{old_year}年{old_month}月底对照"),
        Paragraph(sentence(found), 2, Align.LEFT, Tone.BODY, keep=True),
        Table(_COLUMNS, _lines(facts.entries), size=9.5),
        Signatures(((f"填表人：{facts.filler}", "审核人：", "单位负责人：", f"日期：{day(facts.as_of)}"),)),
    )
    return Paper(title, blocks, f"名单变化-{year}年{month:02d}月", True, Margins.FORM, footer_left=facts.footer)


_COLUMNS = (
    Column("序号", 6),
    Column("村", 10),
    Column("组", 10),
    Column("户主", 9),
    Column("户编号", 18),
    Column("户", 5),
    Column("人", 5),
    Column("日期", 12),
    Column("变化", 36, Align.LEFT, prose=True),
    Column("原因", 26, Align.LEFT, prose=True),
    Column("依据", 22, Align.LEFT, prose=True),
)


def _lines(entries: tuple[Entry, ...]) -> tuple[Row, ...]:
    lines: list[Row] = []
    for kind in Variation:
        of_kind = [e for e in entries if e.kind is kind]
        if of_kind:
            households = len({e.household_id for e in of_kind})
            persons = sum(e.counts.persons for e in of_kind)
            told = f"，人数 {persons:+d}" if persons else ""
            lines.append(Row((f"{kind.value}　涉及 {households} 户{told}",), RowKind.GROUP))
            lines += [_line(n, e) for n, e in enumerate(of_kind, 1)]
    return tuple(lines)


def _line(number: int, e: Entry) -> Row:
    households = f"{e.counts.households:+d}" if e.counts.households else "0"
    persons = f"{e.counts.persons:+d}" if e.counts.persons else "0"
    return Row((
        str(number), e.village, e.group, e.head_name, e.number, households, persons, short_day(e.on), masked(e.what), masked(e.cause) or "—",
        e.paper or "—",
    ))  # fmt: skip
