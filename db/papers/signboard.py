"""贫困户公示牌: the board that hangs in the village as long as there are households on the register.

It is public for years, so it shows names, head-counts, attributes, who helps and by what, and nothing that could be misused: there is
no column for a number of any kind.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Block, Column, Format, Margins, Paper, Paragraph, Row, Signatures, Table, Title, Tone
from db.papers.notice import Office
from db.papers.wording import both, day


@dataclass(frozen=True, slots=True)
class SignboardRow:
    """One household on the register; ``helper`` and ``measures`` stay blank until they are known."""

    group: str
    head_name: str
    size: int
    attribute: str
    helper: str = ""
    measures: str = ""


@dataclass(frozen=True, slots=True)
class SignboardFacts:
    """The board of one village; the offices' phones are the only ones on it. ``SignboardFacts()`` is the blank board."""

    town: str = ""
    village: str = ""
    committee: str = ""
    rows: tuple[SignboardRow, ...] = ()
    offices: tuple[Office, ...] = ()
    as_of: date | None = None


LEAST_ROWS = 10
_SIZES = ((9, 24.0), (14, 20.0), (10_000, 16.0))
"""Type of the table in points on A3 for at most so many households: few can be read from across the road, many fit one sheet."""


def build(facts: SignboardFacts, sheet: Format = Format.A3) -> Paper:
    """The board on a landscape sheet in big type; a long list takes further sheets with the header on each."""
    title = f"{facts.town}{facts.village}贫困户公示牌"
    offices = "　　".join(f"{office.name}：{office.phone}" for office in facts.offices if office.phone)
    told = f"监督电话　{offices}" if offices else "监督电话："
    size = next(size for most, size in _SIZES if (len(facts.rows) or LEAST_ROWS) <= most) * (
        1.0 if sheet is Format.A3 else 0.7
    )
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(_count(facts), 0, Align.RIGHT, Tone.NOTE, keep=True),
        _table(facts.rows, size),
        Paragraph(told, 0, Align.LEFT, Tone.NOTE, keep=True),
        Signatures((("", f"{facts.committee}　{day(facts.as_of)}"),)),
    )
    stem = f"贫困户公示牌-{facts.village}" if facts.rows else "贫困户公示牌-空白"
    return Paper(title, blocks, stem, True, Margins.POSTER, format=sheet)


def _count(facts: SignboardFacts) -> str:
    if not facts.rows:
        return "共　　户　　人"
    return f"共{both(len(facts.rows), sum(row.size for row in facts.rows))}"


def _table(rows: tuple[SignboardRow, ...], size: float) -> Table:
    columns = (
        Column("序号", 8),
        Column("村民小组", 18),
        Column("户主", 18),
        Column("人口", 9),
        Column("属性", 20),
        Column("帮扶责任人", 22),
        Column("帮扶措施", 44, Align.LEFT, prose=True),
    )
    lines = [
        Row((str(n), row.group, row.head_name, str(row.size), row.attribute, row.helper, row.measures))
        for n, row in enumerate(rows, start=1)
    ]
    lines += [Row(("",) * len(columns))] * (0 if rows else LEAST_ROWS)
    return Table(columns, tuple(lines), size=size, row_mm=size * 0.6)
