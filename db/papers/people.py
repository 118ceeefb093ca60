"""家庭成员表: everything the national form keeps of each member, in three strips of one landscape page.

No sheet of A4 holds thirty columns in a size that can be read, so each strip names the member again; the codes are printed as their labels.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
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
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import BLANK_DATE, day, label, number, short_day
from db.rules.codes import YesNo
from db.rules.identity import age_on, judge
from db.rules.values import Member

LEAST_ROWS = 5
_SIZE = 9
_Told = Callable[[Member], str]


@dataclass(frozen=True, slots=True)
class PeopleFacts:
    """The members of one household; ``PeopleFacts()`` is the blank form. ``filled_on`` is the day the sheet speaks of: ages are
    counted for it."""

    town: str = ""
    village: str = ""
    group: str = ""
    number: str = ""
    head_name: str = ""
    members: tuple[Member, ...] = ()
    filled_on: date | None = None
    filler: str = ""
    footer: str = ""


def build(facts: PeopleFacts) -> Paper:
    """The sheet on landscape A4; a household of ordinary size fills one page."""
    title = f"{facts.town}{facts.village}贫困户家庭成员表"
    head = (
        f"户主姓名：{facts.head_name or '　　　　　'}　　村民小组：{facts.group or '　　　　　　'}"
        f"　　编号：{facts.number or '　　　　　　　'}　　家庭人口：{len(facts.members) or '　　'}人"
    )
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(head, 0, Align.LEFT, Tone.NOTE, keep=True),
        _strip("身份与教育", _identity(facts.filled_on), facts.members, joined=False),
        _strip("健康与务工", _WORK, facts.members, joined=True),
        _strip("参保与待遇", _INSURED, facts.members, joined=True),
        Signatures(
            (
                (
                    "户主（签名、手印）：",
                    "村负责人（签名）：",
                    f"填表人：{facts.filler}",
                    f"填表日期：{day(facts.filled_on, BLANK_DATE)}",
                ),
            )
        ),
    )
    stem = f"家庭成员表-{facts.village}-{facts.head_name}" if facts.head_name else "家庭成员表-空白"
    return Paper(title, blocks, stem, True, Margins.FORM, footer_left=facts.footer)


def _strip(side: str, columns: Sequence[tuple[Column, _Told]], members: tuple[Member, ...], *, joined: bool) -> Table:
    lines = [Row((str(n), m.name, *(told(m) for _, told in columns))) for n, m in enumerate(members, start=1)]
    lines += [Row((str(n), *[""] * (len(columns) + 1))) for n in range(len(lines) + 1, LEAST_ROWS + 1)]
    heads = (Column("序号", 6), Column("姓名", 15), *(column for column, _ in columns))
    return Table(heads, tuple(lines), side=side, joined=joined, size=_SIZE, row_mm=6.6)


def _identity(filled_on: date | None) -> tuple[tuple[Column, _Told], ...]:
    return (
        (Column("与户主关系", 13), lambda m: label(m.relation)),
        (Column("性别", 6), lambda m: label(m.sex)),
        (Column("证件类型", 15, prose=True), lambda m: label(m.id_kind)),
        (Column("证件号码", 30), lambda m: m.id_number or m.police_proof),
        (Column("出生日期", 16), lambda m: short_day(_birth(m, filled_on), "")),
        (Column("周岁", 7), lambda m: _age(m, filled_on)),
        (Column("民族", 9), lambda m: label(m.ethnicity)),
        (Column("政治面貌", 13), lambda m: label(m.politics)),
        (Column("文化程度", 14, prose=True), lambda m: label(m.education)),
        (Column("在校生状况", 14, prose=True), lambda m: label(m.schooling)),
        (Column("就读学校", 24, prose=True), lambda m: m.school),
        (Column("失学辍学原因", 12), lambda m: label(m.dropout)),
    )


def _birth(m: Member, on: date | None) -> date | None:
    return judge(m.id_number, on).birth if on is not None and m.id_number else None


def _age(m: Member, on: date | None) -> str:
    born = _birth(m, on)
    return str(age_on(born, on)) if born is not None and on is not None and born <= on else ""


def _health(m: Member) -> str:
    return "、".join(word for word in (label(m.health), label(m.health_also)) if word)


def _answer(value: YesNo | None) -> str:
    return label(value)


_WORK: tuple[tuple[Column, _Told], ...] = (
    (Column("健康状况", 18, prose=True), _health),
    (Column("患病名称", 20, prose=True), lambda m: m.illness),
    (Column("长期用药", 9), lambda m: _answer(m.medicated)),
    (Column("残疾证号", 32), lambda m: m.disability_number),
    (Column("劳动技能", 18, prose=True), lambda m: label(m.labour)),
    (Column("务工状况", 18, prose=True), lambda m: label(m.work_status)),
    (Column("务工地", 26, prose=True), lambda m: m.work_place),
    (Column("务工月数", 9), lambda m: number(m.work_months, "")),
    (Column("务工企业", 24, prose=True), lambda m: m.employer),
    (Column("公益岗位", 9), lambda m: _answer(m.public_post)),
)
_INSURED: tuple[tuple[Column, _Told], ...] = (
    (Column("现役军人", 12), lambda m: _answer(m.soldier)),
    (Column("城乡居民基本医疗保险", 18), lambda m: _answer(m.medical_insured)),
    (Column("大病保险", 14), lambda m: _answer(m.serious_insured)),
    (Column("城乡居民基本养老保险", 18), lambda m: _answer(m.pension_insured)),
    (Column("享受低保（五保）", 16), lambda m: _answer(m.benefits)),
    (Column("商业医疗保险", 16), lambda m: _answer(m.commercial_insured)),
    (Column("意外保险补贴", 16), lambda m: _answer(m.accident_insured)),
    (Column("会讲普通话", 14), lambda m: _answer(m.mandarin)),
)
