"""汇总名册: every household of a village that its committee passes on to the town, grouped by attribute.

The town keeps it, so it carries what a notice must not; ID numbers are cut to their tail unless they are asked for.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.papers.model import (
    Align,
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
from db.papers.wording import UNKNOWN, both, day, number, period, short_day, tail_only, yuan
from db.rules.codes import Attribute

NUMERALS = "一二三四五六七八九十"


@dataclass(frozen=True, slots=True)
class RollRow:
    """One household. None or "" means the record does not know it; ``able`` is 有 or 无, money is yuan per head."""

    group: str
    head_name: str
    head_sex: str
    id_number: str
    size: int
    able_members: int | None
    attribute: str
    able: str
    main_cause: str
    income_per_head: Decimal | None
    housing_grade: str
    appraised_on: date | None
    notice_first: date | None
    notice_last: date | None
    opinion: str
    remark: str = ""


@dataclass(frozen=True, slots=True)
class RollFacts:
    """The roll of one village; ``show_ids`` prints whole ID numbers, for the county's own use only; ``document`` is its number."""

    town: str
    village: str
    committee: str
    year: int
    rows: tuple[RollRow, ...]
    compiled_on: date
    filler: str = ""
    secretary: str = ""
    team_leader: str = ""
    show_ids: bool = False
    footer: str = ""
    topic: str = "识别"
    document: str = ""


def build(facts: RollFacts) -> Paper:
    """The roll on landscape A4, numbered through the groups, with 户/人 for each group and for all."""
    listed = "相对贫困户汇总名册" if facts.topic == "识别" else f"相对贫困户拟{facts.topic}名册"
    title = f"{facts.town}{facts.village}{listed}（{facts.year}年）"
    blocks = (
        Title(title),
        Paragraph(_under_title(facts), 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_columns(facts.show_ids), tuple(_rows(facts)), size=8.5 if facts.show_ids else 9.5),
        Signatures(
            (
                (
                    f"{facts.committee}（盖章）",
                    f"村党支部书记：{facts.secretary}",
                    f"驻村工作队队长：{facts.team_leader}",
                    f"填表人：{facts.filler}",
                ),
            )
        ),
    )
    return Paper(
        title,
        blocks,
        f"{listed.removeprefix('相对贫困户')}-{facts.village}",
        True,
        Margins.FORM,
        footer_left=facts.footer,
    )


def _under_title(facts: RollFacts) -> str:
    number = f"文号：{facts.document}　　" if facts.document else ""
    return f"{number}填报日期：{day(facts.compiled_on)}　　单位：人、元"


def by_attribute(rows: tuple[RollRow, ...]) -> list[tuple[str, tuple[RollRow, ...]]]:
    """Households by 属性 in the order of the code table, each with its own rows in the order given."""
    order = {label: n for n, label in enumerate(Attribute.labels())}
    names = sorted({row.attribute for row in rows}, key=lambda name: (order.get(name, len(order)), name))
    return [(name, tuple(row for row in rows if row.attribute == name)) for name in names]


def _columns(show_ids: bool) -> tuple[Column, ...]:
    return (
        Column("序号", 8),
        Column("村民小组", 16),
        Column("户主姓名", 16),
        Column("性别", 8),
        Column("身份证号", 34 if show_ids else 14),
        Column("人口", 8),
        Column("劳动力", 10),
        Column("属性", 18),
        Column("劳动能力", 11),
        Column("主要致贫原因", 21),
        Column("人均可支配收入", 17, Align.RIGHT),
        Column("住房等级", 11),
        Column("评议通过日期", 19),
        Column("公示起止", 31),
        Column("村初审意见", 14),
        Column("备注", 16, Align.LEFT, prose=True),
    )


def _rows(facts: RollFacts) -> list[Row]:
    rows: list[Row] = []
    for n, (name, members) in enumerate(by_attribute(facts.rows)):
        mark = NUMERALS[n] if n < len(NUMERALS) else str(n + 1)
        done = sum(row.kind is RowKind.DATA for row in rows)
        rows.append(Row((f"{mark}、{name or '属性未填'}",), RowKind.GROUP))
        rows += [_data(done + i, row, facts.show_ids) for i, row in enumerate(members, start=1)]
        rows.append(_sum("小计", members, RowKind.SUBTOTAL))
    rows.append(_sum("合计", facts.rows, RowKind.TOTAL))
    return rows


def _data(n: int, row: RollRow, show_ids: bool) -> Row:
    cells = (
        str(n),
        row.group,
        row.head_name,
        row.head_sex,
        row.id_number if show_ids else tail_only(row.id_number),
        str(row.size),
        number(row.able_members),
        row.attribute,
        row.able,
        row.main_cause,
        yuan(row.income_per_head),
        row.housing_grade,
        short_day(row.appraised_on),
        period(row.notice_first, row.notice_last),
        row.opinion,
    )
    return Row((*(cell or UNKNOWN for cell in cells), row.remark))


def _sum(word: str, members: tuple[RollRow, ...], kind: RowKind) -> Row:
    able = [row.able_members for row in members]
    known = None if None in able else sum(n for n in able if n is not None)
    persons = sum(row.size for row in members)
    cells = (f"{word}　{both(len(members), persons)}", str(persons), number(known), *[""] * 9)
    return Row(cells, kind, span=5)
