"""户卡: the file card of a household on the register, made when the county has decided.

One card a household: who they are, why they are on the register, their members, their income, and the day of every step.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
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
from db.papers.wording import UNKNOWN, day, short_day, tail_only, yuan


@dataclass(frozen=True, slots=True)
class CardMember:
    """One member, labels as the code tables have them; ``born`` is derived from the ID number."""

    name: str
    relation: str
    sex: str
    id_number: str
    born: date | None
    education: str = ""
    schooling: str = ""
    health: str = ""
    labour: str = ""


@dataclass(frozen=True, slots=True)
class CardIncome:
    """The income sheet of one year by the Guangdong layout, yuan; None is unknown."""

    year: int
    wages: Decimal | None = None
    business: Decimal | None = None
    property: Decimal | None = None
    transfer: Decimal | None = None
    business_cost: Decimal | None = None
    transfer_cost: Decimal | None = None
    disposable: Decimal | None = None
    per_head: Decimal | None = None


@dataclass(frozen=True, slots=True)
class CardStep:
    """One step of the ladder: its name, its day, and the figure or document that carries it."""

    name: str
    on: date | None
    fact: str = ""


@dataclass(frozen=True, slots=True)
class CardFacts:
    """Everything the card says. ``area`` is 广东省梅州市五华县华阳镇; causes are labels, the first the main one.

    ``as_of`` is the day of the last change of people or household after ``filed_on``. ``show_ids`` prints whole ID numbers and birth dates; else numbers are cut to the tail and births to the month.
    """

    number: str
    area: str
    village: str
    group: str
    head_name: str
    attribute: str
    able: str
    members: tuple[CardMember, ...]
    steps: tuple[CardStep, ...]
    causes: tuple[str, ...] = ()
    entry_reason: str = ""
    standard: str = ""
    phone: str = ""
    address: str = ""
    housing_area: Decimal | None = None
    housing_grade: str = ""
    income: CardIncome | None = None
    document: str = ""
    decided_on: date | None = None
    filed_on: date | None = None
    as_of: date | None = None
    filler: str = ""
    reviewer: str = ""
    committee: str = ""
    show_ids: bool = False
    footer: str = ""
    notes: tuple[str, ...] = field(default=())


def build(facts: CardFacts) -> Paper:
    """The card on one portrait A4 for a household of usual size."""
    title = "贫困户户卡"
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"{_as_of(facts.as_of)}户编号：{facts.number}", 0, Align.RIGHT, Tone.NOTE, keep=True),
        _basics(facts),
        _members(facts),
    ]
    if facts.income is not None:
        blocks.append(_income(facts.income))
    blocks += [_steps(facts), *(Paragraph(note, 0, tone=Tone.NOTE) for note in facts.notes)]
    blocks.append(
        Signatures(
            (
                ("户主（签名）：", f"填表人：{facts.filler}", f"审核人：{facts.reviewer}"),
                (f"{facts.committee}（盖章）", "", f"建卡日期：{day(facts.filed_on)}"),
            )
        )
    )
    stem = f"户卡-{facts.number}-{facts.head_name}"
    return Paper(f"{title} {facts.number}", tuple(blocks), stem, margins=Margins.FORM, footer_left=facts.footer)


def _as_of(on: date | None) -> str:
    """People or household changed after the card was made: the card shows how they are now."""
    return f"情况截至：{day(on)}　　" if on is not None else ""


def _basics(facts: CardFacts) -> KeyValueGrid:
    able_members = sum(member.labour in _ABLE for member in facts.members)
    area = f"{facts.housing_area}平方米" if facts.housing_area is not None else UNKNOWN
    rows = (
        labelled(("户主姓名", facts.head_name), ("联系电话", facts.phone or UNKNOWN)),
        labelled(("所在镇", facts.area), ("村、村民小组", f"{facts.village}{facts.group}")),
        labelled(("家庭人口", f"{len(facts.members)}人"), ("其中劳动力", f"{able_members}人")),
        labelled(("贫困户属性", facts.attribute), ("有无劳动能力", facts.able)),
        labelled(
            ("主要致贫原因", next(iter(facts.causes), UNKNOWN)), ("其他致贫原因", "、".join(facts.causes[1:]) or "无")
        ),
        labelled(("住房面积", area), ("住房等级", facts.housing_grade or UNKNOWN)),
        labelled(("识别标准", facts.standard or UNKNOWN), ("审定文号", facts.document or UNKNOWN)),
        labelled(("进入原因", facts.entry_reason or UNKNOWN), prose=True, columns=4),
        labelled(("家庭住址", facts.address or UNKNOWN), prose=True, columns=4),
    )
    return KeyValueGrid((16, 34, 16, 34), grid_rows(rows, 6.8), side="基本情况", size=11)


_ABLE = frozenset({"普通劳动力", "技能劳动力", "弱劳动力或半劳动力"})


def _members(facts: CardFacts) -> Table:
    columns = (
        Column("姓名", 16),
        Column("关系", 13),
        Column("性别", 8),
        Column("出生日期" if facts.show_ids else "出生年月", 19),
        Column("身份证号", 36 if facts.show_ids else 15),
        Column("文化程度或在校", 24),
        Column("健康状况", 18),
        Column("劳动技能", 22),
    )
    rows = tuple(Row(_person(member, facts.show_ids)) for member in facts.members)
    return Table(columns, rows, side="家庭成员", joined=True, size=10, row_mm=6.2)


def _person(member: CardMember, show_ids: bool) -> tuple[str, ...]:
    born = short_day(member.born) if show_ids else f"{member.born:%Y-%m}" if member.born else UNKNOWN
    pupil = member.schooling not in {"", "非在校生"}
    cells = (
        member.name,
        member.relation,
        member.sex,
        born,
        member.id_number if show_ids else tail_only(member.id_number),
        member.schooling if pupil else member.education,
        member.health,
        member.labour,
    )
    return tuple(cell or UNKNOWN for cell in cells)


def _income(income: CardIncome) -> KeyValueGrid:
    rows = (
        labelled(("工资性收入", yuan(income.wages)), ("生产经营性收入", yuan(income.business))),
        labelled(("财产性收入", yuan(income.property)), ("转移性收入", yuan(income.transfer))),
        labelled(("生产经营性支出", yuan(income.business_cost)), ("转移性支出", yuan(income.transfer_cost))),
        labelled(("可支配收入", yuan(income.disposable)), ("人均可支配收入", yuan(income.per_head))),
    )
    figures = grid_rows(rows, 6.4, Align.RIGHT)
    return KeyValueGrid((20, 30, 20, 30), figures, side=f"{income.year}年收入", joined=True, size=11)


def _steps(facts: CardFacts) -> Table:
    columns = (Column("步骤", 20), Column("日期", 22), Column("依据与结果", 70, Align.LEFT, prose=True))
    rows = tuple(Row((step.name, short_day(step.on), step.fact)) for step in facts.steps)
    return Table(columns, rows, side="识别经过", joined=True, size=10, row_mm=5.8)
