"""县公告: the county's list, printed again by the town to be hung on its own board and in the villages.

It obeys the same privacy as the notice: no number, no illness, no address.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date

from db.papers.model import Block, Column, Paper, Paragraph, Row, RowKind, Seal, Table, Title
from db.papers.notice import Office
from db.papers.wording import both, day, listed


@dataclass(frozen=True, slots=True)
class AnnouncementRow:
    """One household the county announces."""

    village: str
    group: str
    head_name: str
    size: int
    attribute: str


@dataclass(frozen=True, slots=True)
class AnnouncementFacts:
    """The county's announcement. ``scope`` is the town or village this copy is for, ``places`` where it is shown."""

    county_office: str
    scope: str
    year: int
    basis: str
    rows: tuple[AnnouncementRow, ...]
    first_day: date
    last_day: date
    days: int
    places: tuple[str, ...]
    offices: tuple[Office, ...]
    issued_on: date
    document: str = ""
    footer: str = ""


def build(facts: AnnouncementFacts) -> Paper:
    """The announcement; households by village with 户/人 for each village."""
    title = f"关于{facts.scope}{facts.year}年度相对贫困户名单的公告"
    total = both(len(facts.rows), sum(row.size for row in facts.rows))
    offices = "；".join(f"{office.name} {office.phone}" for office in facts.offices)
    clauses = (
        f"根据{facts.basis}，经村民主评议和公示、镇审核，现将{facts.scope}{total}相对贫困户名单予以公告。",
        f"公告时间：{day(facts.first_day)}至{day(facts.last_day)}，共{facts.days}天。公告地点：{listed(facts.places)}。",
        f"对名单有异议的，请在公告期内向下列单位反映：{offices}。",
    )
    number = (Paragraph(facts.document, 0),) if facts.document else ()
    blocks: tuple[Block, ...] = (
        Title(title),
        *number,
        *map(Paragraph, clauses),
        _table(facts.rows),
        Seal(f"{facts.county_office}（盖章）", day(facts.issued_on)),
    )
    return Paper(title, blocks, f"县公告-{facts.scope}", footer_left=facts.footer)


def _table(rows: tuple[AnnouncementRow, ...]) -> Table:
    columns = (
        Column("序号", 8),
        Column("村民小组", 18),
        Column("户主姓名", 18),
        Column("家庭人口", 14),
        Column("贫困户属性", 20),
    )
    counts = Counter(row.village for row in rows)
    persons: Counter[str] = Counter()
    for row in rows:
        persons[row.village] += row.size
    lines: list[Row] = []
    n = 0
    for village in counts:
        lines.append(Row((f"{village}　{both(counts[village], persons[village])}",), RowKind.GROUP))
        for row in (row for row in rows if row.village == village):
            n += 1
            lines.append(Row((str(n), row.group, row.head_name, str(row.size), row.attribute)))
    return Table(columns, tuple(lines), size=12)
