"""家庭人员变动登记表, and the slip a household signs when its head changes or it splits.

The register stays in the office, one line a change in the order of the days; nobody's number stands on either paper.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.forms import labelled, opinion, signed
from db.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    GridRow,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Row,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import BLANK_DATE, day, number, short_day

BLANK_ROWS = 14


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change. ``what`` is its kind, ``who`` whom it concerns, ``detail`` what became of the household (户主 甲 → 乙)."""

    acted_on: date
    group: str
    head_name: str
    what: str
    who: str
    relation: str
    before: int
    after: int
    proof: str
    proof_on: date | None
    detail: str
    entered_by: str
    village: str = ""


@dataclass(frozen=True, slots=True)
class ChangesFacts:
    """``scope`` is whose changes these are (华阳镇华南村, or with a household's name), ``first`` and ``last`` the period, None for all.
    ``gained`` and ``lost`` are persons, ``households`` what splits, merges and 销户 came to."""

    scope: str
    rows: tuple[ChangeRow, ...]
    first: date | None = None
    last: date | None = None
    gained: int = 0
    lost: int = 0
    households: int = 0
    filler: str = ""
    as_of: date | None = None
    footer: str = ""


@dataclass(frozen=True, slots=True)
class SlipMember:
    """One person of a household on the slip, with what he was and what he is to its head."""

    name: str
    was: str
    now: str


@dataclass(frozen=True, slots=True)
class SlipFacts:
    """户主变更 or 分户. ``parts`` are the household afterwards and, when it split, the one that went: head, number, members."""

    title: str
    town: str
    village: str
    group: str
    acted_on: date | None
    old_head: str
    reason: str
    proof: str
    parts: tuple[tuple[str, str, tuple[SlipMember, ...]], ...]
    committee: str = ""
    footer: str = ""


def build(facts: ChangesFacts) -> Paper:
    """The register on landscape A4."""
    title = f"{facts.scope}家庭人员变动登记表"
    rows = [Row(_cells(n, row)) for n, row in enumerate(facts.rows, start=1)]
    rows += [Row(("",) * len(_COLUMNS))] * (0 if rows else BLANK_ROWS)
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(_said(facts), 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_COLUMNS, tuple(rows), size=10, row_mm=7 if facts.rows else 9),
        Signatures(
            (("村委会（盖章）：", f"登记人：{facts.filler}", "镇审核人（签名）：", f"日期：{day(facts.as_of)}"),)
        ),
    )
    stem = f"家庭人员变动登记表-{facts.scope}{'' if facts.rows else '（空白）'}"
    return Paper(title, blocks, stem, True, Margins.FORM, footer_left=facts.footer)


def slip(facts: SlipFacts) -> Paper:
    """The slip on upright A4, with places to sign for everybody it concerns."""
    head = labelled(("原户主", facts.old_head), ("村、村民小组", f"{facts.village}{facts.group}"))
    when = labelled(("日期", day(facts.acted_on)), ("证明材料", facts.proof or "　"))
    why = labelled(("事由", facts.reason or "　"), columns=4, prose=True)
    blocks: list[Block] = [
        Title(f"{facts.town}{facts.title}"),
        KeyValueGrid((16, 34, 16, 34), (GridRow(head, 9), GridRow(when, 9), GridRow(why, 16))),
    ]
    for name, card, members in facts.parts:
        table = Table(
            _PEOPLE, tuple(Row((str(n), m.name, m.was, m.now, "")) for n, m in enumerate(members, 1)), row_mm=9
        )
        number_said = f"，档案号 {card}" if card else ""
        blocks += [Paragraph(f"户主{name}，{len(members)} 人{number_said}", 0, tone=Tone.STRONG, keep=True), table]
    agreed = Cell(
        "以上人员和与户主关系经本户核对无误。",
        span=1,
        prose=True,
        foot=(signed("原户主（或家属）签名、手印：", "新户主签名、手印："), BLANK_DATE),
    )
    blocks.append(
        KeyValueGrid(
            (16, 84),
            (
                GridRow((Cell("农户意见", label=True, align=Align.CENTER), agreed), 30),
                opinion("村委会意见", "", (signed("负责人（签名、盖章）："), BLANK_DATE), 26),
                opinion("镇扶贫办意见", "", (signed("经办人：", "负责人（盖章）："), BLANK_DATE), 26),
            ),
        )
    )
    return Paper(
        facts.title,
        tuple(blocks),
        f"{facts.title}-{facts.village}{facts.old_head}",
        margins=Margins.FORM,
        footer_left=facts.footer,
    )


_COLUMNS = (
    Column("序号", 6),
    Column("日期", 15),
    Column("村民小组", 13),
    Column("户主", 11),
    Column("变动类型", 17),
    Column("变动人员", 18, Align.LEFT, prose=True),
    Column("与户主关系", 12),
    Column("变动前人口", 8),
    Column("变动后人口", 8),
    Column("证明材料", 30, Align.LEFT, prose=True),
    Column("说明", 34, Align.LEFT, prose=True),
    Column("登记人", 11),
)
_PEOPLE = (
    Column("序号", 8),
    Column("姓名", 20),
    Column("原与户主关系", 22),
    Column("现与户主关系", 22),
    Column("本人签名", 28),
)


def _cells(place: int, row: ChangeRow) -> tuple[str, ...]:
    proof = row.proof + (f"（{short_day(row.proof_on)}）" if row.proof_on else "")
    return (
        str(place),
        short_day(row.acted_on),
        f"{row.village}{row.group}",
        row.head_name,
        row.what,
        row.who,
        row.relation,
        number(row.before),
        number(row.after),
        proof,
        row.detail,
        row.entered_by,
    )


def _said(facts: ChangesFacts) -> str:
    if not facts.rows:
        return "没有变动的也要写明"
    period = f"{short_day(facts.first)}至{short_day(facts.last)}，" if facts.first and facts.last else ""
    moved = f"，户数{facts.households:+d}" if facts.households else ""
    return f"{period}共{len(facts.rows)}件，增加{facts.gained}人，减少{facts.lost}人{moved}"
