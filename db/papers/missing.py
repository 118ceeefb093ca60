"""欠件清单: what the files of one village still lack, sent out to the village so that it can be brought.

It goes out of the office, so it has names and no number of any identity card, telephone or account of a household.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from db.papers.model import (
    Align,
    Block,
    Column,
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
from db.papers.wording import day


@dataclass(frozen=True, slots=True)
class MissingRow:
    """One thing: ``owner`` is the head of the household, or the paper it belongs to when ``group`` is "".

    ``household`` tells two heads of one name apart.
    """

    group: str
    owner: str
    step: str
    text: str
    remedy: str
    household: int = 0


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
    """A row for each paper and each household with boxes to tick, and below how each kind is mended, once."""
    total = f"截至{day(facts.as_of)}，{facts.households} 户欠 {len(facts.own)} 件"
    village = f"，村里的文件欠 {len(facts.shared)} 件" if facts.shared else ""
    ask = f"请收齐后把照片或扫描件连同本清单交{facts.office}" + (f"（{facts.phone}）。" if facts.phone else "。")
    blocks: tuple[Block, ...] = (
        Title(facts.title),
        Paragraph(f"{total}{village}。补一件勾一件。{ask}", 0, Align.LEFT, Tone.NOTE, keep=True),
        *_of_papers(facts),
        *_of_homes(facts),
        *_remedies(facts),
        Signatures(((f"填表人：{facts.filler}", "村接收人：", "交齐日期："),)),
    )
    return Paper("欠件清单", blocks, facts.file_stem, margins=Margins.FORM, footer_left=facts.footer)


_PAPERS = (
    Column("序号", 9),
    Column("村里的文件", 50),
    Column("件", 8),
    Column("欠的材料", 109, Align.LEFT, prose=True),
)
_HOMES = (
    Column("序号", 9), Column("村民小组", 24), Column("户主姓名", 26), Column("件", 8),
    Column("欠的材料", 109, Align.LEFT, prose=True),
)  # fmt: skip


def _of_papers(facts: MissingFacts) -> Iterator[Block]:
    rows = [
        Row((str(n), label.removeprefix(facts.village), *_boxes(tuple(found))))
        for n, (label, found) in enumerate(groupby(facts.shared, key=_owner), 1)
    ]
    if rows:
        yield Table(_PAPERS, tuple(rows), size=10.5, row_mm=8)
        yield Spacer(4)


def _of_homes(facts: MissingFacts) -> Iterator[Block]:
    rows = [
        Row((str(n), *whose[:2], *_boxes(tuple(found))))
        for n, (whose, found) in enumerate(groupby(facts.own, key=_whose), 1)
    ]
    if rows:
        yield Table(_HOMES, tuple(rows), size=10.5, row_mm=8)
    elif not facts.shared:
        yield Paragraph("材料齐全，没有欠件。")


def _boxes(found: Sequence[MissingRow]) -> tuple[str, str]:
    return str(len(found)), "　".join(f"□{row.text}" for row in found)


def _remedies(facts: MissingFacts) -> Iterator[Block]:
    """How each kind that is missing is mended, in the order of the list."""
    ways = dict.fromkeys((row.text.partition("（")[0], row.remedy) for row in rows_of(facts))
    if ways:
        yield Paragraph("怎么补", 0, tone=Tone.HEADING, keep=True)
        yield Paragraph("；".join(f"{kind}：{remedy}" for kind, remedy in ways) + "。", 0, tone=Tone.NOTE)


def rows_of(facts: MissingFacts) -> Sequence[MissingRow]:
    """All rows in the order of the list, the village's own first."""
    return (*facts.shared, *facts.own)


def _owner(row: MissingRow) -> str:
    return row.owner


def _whose(row: MissingRow) -> tuple[str, str, int]:
    return row.group, row.owner, row.household
