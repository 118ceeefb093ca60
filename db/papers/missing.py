"""欠件清单: what the files of one village still lack, sent out to the village so that it can be brought.

It goes out of the office, so it has names and no number of any identity card, telephone or account of a household.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import count, groupby

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
from db.papers.wording import day


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One thing: ``owner`` is the head of the household, or the paper it belongs to when ``group`` is ""."""

    group: str
    owner: str
    step: str
    text: str
    remedy: str


@dataclass(frozen=True, slots=True)
class MissingFacts:
    """``shared`` belongs to papers of the village, ``own`` to its households; ``households`` counts those that lack something."""

    town: str
    village: str
    office: str
    phone: str
    as_of: date
    households: int
    shared: tuple[MissingRow, ...]
    own: tuple[MissingRow, ...]
    filler: str = ""
    footer: str = ""

    @property
    def title(self) -> str:
        return f"{self.village}贫困户识别材料欠件清单"

    @property
    def file_stem(self) -> str:
        return f"欠件清单-{self.village}-{self.as_of:%Y%m%d}"

    @property
    def count(self) -> int:
        """How many things are missing."""
        return len(self.shared) + len(self.own)


def build(facts: MissingFacts) -> Paper:
    """One page or more, households together, with a column to tick what was brought."""
    total = f"截至{day(facts.as_of)}，{facts.households} 户欠 {len(facts.own)} 件"
    village = f"，村里欠 {len(facts.shared)} 件" if facts.shared else ""
    ask = f"请收齐后把照片或扫描件连同本清单交{facts.office}" + (f"（{facts.phone}）。" if facts.phone else "。")
    blocks: tuple[Block, ...] = (
        Title(facts.title),
        Paragraph(f"{total}{village}。{ask}", 0, Align.LEFT, Tone.NOTE, keep=True),
        Table(_COLUMNS, tuple(_rows(facts)), size=10.5),
        Signatures(((f"填表人：{facts.filler}", "村接收人：", "交齐日期："),)),
    )
    return Paper("欠件清单", blocks, facts.file_stem, margins=Margins.FORM, footer_left=facts.footer)


_COLUMNS = (
    Column("序号", 9),
    Column("村民小组", 16),
    Column("户主姓名", 16),
    Column("步骤", 18),
    Column("欠的材料", 52, Align.LEFT, prose=True),
    Column("怎么补", 58, Align.LEFT, prose=True),
    Column("已补", 10),
)


def _rows(facts: MissingFacts) -> Iterator[Row]:
    lines = map(str, count(1))
    if facts.shared:
        yield Row((f"村里的文件　{len(facts.shared)} 件",), RowKind.GROUP)
        for paper, rows in groupby(facts.shared, key=_owner):
            yield Row((paper,), RowKind.GROUP)
            for row in rows:
                yield Row((next(lines), "—", "—", row.step, row.text, row.remedy, ""))
    if facts.own:
        yield Row((f"各户的材料　{facts.households} 户 {len(facts.own)} 件",), RowKind.GROUP)
    for row in facts.own:
        yield Row((next(lines), row.group, row.owner, row.step, row.text, row.remedy, ""))
    if not facts.count:
        yield Row(("材料齐全，没有欠件",), RowKind.GROUP)


def rows_of(facts: MissingFacts) -> Sequence[MissingRow]:
    """All rows in the order of the list, the village's own first."""
    return (*facts.shared, *facts.own)


def _owner(row: MissingRow) -> str:
    return row.owner
