"""村册: the book a village keeps of its households on the register (户有卡、村有册): cover, the figures, the list by group.

It is for the village's cabinet and not for the wall, so it names the cards; ID numbers are on the cards themselves.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    KeyValueGrid,
    Margins,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Spacer,
    Table,
    Title,
    Tone,
)
from db.papers.wording import UNKNOWN, both, day, number, short_day, yuan
from db.rules.codes import Attribute


@dataclass(frozen=True, slots=True)
class BookRow:
    """One household on the register; None and "" are not known."""

    group: str
    head_name: str
    number: str
    size: int
    able_members: int | None
    attribute: str
    main_cause: str = ""
    income_per_head: Decimal | None = None
    housing_grade: str = ""
    registered_on: date | None = None


@dataclass(frozen=True, slots=True)
class BookFacts:
    """The book of one village as of a day; rows by group in the order of the groups."""

    county: str
    town: str
    village: str
    committee: str
    year: int
    as_of: date
    rows: tuple[BookRow, ...]
    filler: str = ""
    footer: str = ""


def build(facts: BookFacts) -> Paper:
    """The book on portrait A4."""
    title = f"{facts.town}{facts.village}贫困户村册"
    blocks: tuple[Block, ...] = (
        Spacer(60),
        Title(title, f"（{facts.year}年）"),
        Spacer(40),
        _front(facts),
        PageBreak(),
        Paragraph("一、分属性汇总", 0, tone=Tone.HEADING, keep=True),
        _summary(facts.rows),
        Spacer(6),
        Paragraph("二、分村民小组名单", 0, tone=Tone.HEADING, keep=True),
        _households(facts.rows),
        Signatures((("村党支部书记：", "驻村工作队队长：", f"填表人：{facts.filler}"),)),
    )
    return Paper(title, blocks, f"村册-{facts.village}", margins=Margins.FORM, footer_left=facts.footer)


def _front(facts: BookFacts) -> KeyValueGrid:
    rows = (
        labelled(("县（区）、镇", f"{facts.county}{facts.town}"), columns=4),
        labelled(("行 政 村", facts.village), ("年　　度", f"{facts.year}年")),
        labelled(
            ("在册户、人", both(len(facts.rows), sum(r.size for r in facts.rows))), ("截止日期", day(facts.as_of))
        ),
        labelled(("立册单位", f"{facts.committee}（盖章）"), columns=4),
    )
    return KeyValueGrid((20, 30, 20, 30), grid_rows(rows, 15), size=14)


def _summary(rows: tuple[BookRow, ...]) -> Table:
    columns = (
        Column("属性", 30),
        Column("户数", 16),
        Column("人数", 16),
        Column("其中劳动力", 18),
        Column("占户数", 16),
    )
    known = [label for label in Attribute.labels() if any(row.attribute == label for row in rows)]
    unknown = [""] if any(row.attribute not in known for row in rows) else []
    lines = []
    for label in (*known, *unknown):
        part = tuple(row for row in rows if (row.attribute == label if label else row.attribute not in known))
        lines.append(Row(_counted(label or "属性未填", part, len(rows))))
    return Table(columns, (*lines, Row(_counted("合计", rows, len(rows)), RowKind.TOTAL)), size=12, row_mm=8)


def _counted(label: str, rows: tuple[BookRow, ...], of: int) -> tuple[str, ...]:
    able = [row.able_members for row in rows]
    workers = None if None in able else sum(n for n in able if n is not None)
    share = f"{Decimal(len(rows)) * 100 / of:.1f}%" if of else UNKNOWN
    return label, str(len(rows)), str(sum(row.size for row in rows)), number(workers), share


def _households(rows: tuple[BookRow, ...]) -> Table:
    lines: list[Row] = []
    n = 0
    for group in dict.fromkeys(row.group for row in rows):
        part = tuple(row for row in rows if row.group == group)
        lines.append(Row((f"{group}　{both(len(part), sum(row.size for row in part))}",), RowKind.GROUP))
        for row in part:
            n += 1
            lines.append(Row(_household(n, row)))
    total = Row((f"合计　{both(len(rows), sum(row.size for row in rows))}",), RowKind.TOTAL, span=len(_COLUMNS))
    return Table(_COLUMNS, (*lines, total), size=10.5, row_mm=7.5)


_COLUMNS = (
    Column("序号", 8),
    Column("户主姓名", 16),
    Column("户编号", 26),
    Column("人口", 8),
    Column("劳动力", 10),
    Column("属性", 20),
    Column("主要致贫原因", 20),
    Column("人均可支配收入", 18, Align.RIGHT),
    Column("住房等级", 12),
    Column("建卡日期", 20),
)


def _household(n: int, row: BookRow) -> tuple[str, ...]:
    cells = (
        str(n),
        row.head_name,
        row.number,
        str(row.size),
        number(row.able_members),
        row.attribute,
        row.main_cause,
        yuan(row.income_per_head),
        row.housing_grade,
        short_day(row.registered_on),
    )
    return tuple(cell or UNKNOWN for cell in cells)
