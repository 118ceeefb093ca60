"""数据体检清单: what the record's check found of one village, to be mended with the papers at hand or asked at the village.

It leaves the office, so numbers of cards, phones and accounts in it are cut to their last four.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from db.papers.model import (
    Align,
    Block,
    Column,
    Margins,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import day, masked

_COLUMNS = (
    Column("序号", 9), Column("村民小组", 20), Column("户主", 20), Column("成员", 20),
    Column("查出的问题", 92, Align.LEFT, prose=True), Column("处理结果", 29),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class CheckupRow:
    """One finding: ``title`` is its rule in plain words, by which the list is parted; ``reason`` the one kept for it."""

    title: str
    group: str
    head_name: str
    who: str
    text: str
    reason: str = ""


@dataclass(frozen=True, slots=True)
class CheckupFacts:
    """What was found of one village; ``rows`` stand together by their title."""

    village: str
    checked_at: datetime
    rows: tuple[CheckupRow, ...]
    households: int

    @property
    def title(self) -> str:
        return f"{self.village}数据体检清单"

    @property
    def note(self) -> str:
        """The counts, in words."""
        return f"{day(self.checked_at.date())}体检，{self.households} 户 {len(self.rows)} 处。"


def build(villages: Sequence[CheckupFacts]) -> Paper:
    """The lists of the villages, each beginning on a page of its own."""
    blocks: list[Block] = []
    for number, facts in enumerate(villages):
        blocks += [PageBreak()] if number else []
        blocks += _of_village(facts)
    name = villages[0].village if len(villages) == 1 else "各村"
    return Paper("数据体检清单", tuple(blocks), f"数据体检清单-{name}", margins=Margins.FORM)


def _of_village(facts: CheckupFacts) -> tuple[Block, ...]:
    rows, title = [], ""
    for number, one in enumerate(facts.rows, 1):
        if one.title != title:
            title = one.title
            count = sum(row.title == title for row in facts.rows)
            rows.append(Row((f"{title}（{count} 处）",), RowKind.GROUP, span=len(_COLUMNS)))
        told = f"已说明：{masked(one.reason)}" if one.reason else ""
        rows.append(Row((str(number), one.group, one.head_name, one.who, masked(one.text), told)))
    return (
        Title(facts.title),
        Paragraph(
            f"{facts.note}请对照证件和原始材料核对，改正后在“处理结果”写明；无须改的写明理由。",
            0,
            Align.LEFT,
            Tone.NOTE,
            keep=True,
        ),
        Table(_COLUMNS, tuple(rows), size=10.5, row_mm=8),
        Signatures((("核对人：", "村负责人：", "日期："),)),
    )
