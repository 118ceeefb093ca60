"""贫困户申请书（登记表）: the household's application, filled or blank, with the opinions of village, town and county on the same form.

The captions follow the 申报登记表 of the 2016 round; opinions stand on the form itself as 华阳镇's procedure asks.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal

from db.papers.forms import grid_rows, labelled, opinion, signed
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
    Table,
    Title,
    Tone,
)
from db.papers.wording import BLANK_DATE, day, measure, ticked, yuan
from db.rules.codes import ApplicationKind

SEXES = ("男", "女")
KINDS = ApplicationKind.labels()
BENEFITS = ("低保", "五保（特困）", "无")
ATTACHMENTS = ("户口簿", "身份证", "残疾证", "低保证", "病历", "学籍证明", "房屋照片")
PROMISE = "本人承诺以上所填情况属实，同意有关部门核查、比对家庭情况，如有不实，愿承担相应责任。"
LEAST_MEMBER_ROWS = 8
TIGHT_MEMBER_ROWS = 11
LONG_REASON = 120


@dataclass(frozen=True, slots=True)
class ApplicationMember:
    """One member; texts as the code tables label them, "" leaves the box to be written."""

    name: str
    id_number: str = ""
    sex: str = ""
    relation: str = ""
    health: str = ""
    labour: str = ""
    occupation: str = ""


@dataclass(frozen=True, slots=True)
class StepText:
    """What one box of the form says once its step is done: the text, who signed, and the day."""

    text: str = ""
    signed: str = ""
    on: date | None = None


@dataclass(frozen=True, slots=True)
class ApplicationFacts:
    """The application as far as it is known; every default leaves its box blank, so ``ApplicationFacts()`` is the blank form.

    ``benefit`` is one of BENEFITS, ``kind`` one of KINDS. Money is yuan of the year before, area square metres.
    """

    town: str = ""
    village: str = ""
    group: str = ""
    number: str = ""
    head_name: str = ""
    head_sex: str = ""
    head_id: str = ""
    ethnicity: str = ""
    phone: str = ""
    address: str = ""
    size: int | None = None
    able_members: int | None = None
    kind: str = ""
    benefit: str = ""
    benefit_number: str = ""
    disposable: Decimal | None = None
    per_head: Decimal | None = None
    housing_area: Decimal | None = None
    housing_grade: str = ""
    housing_kind: str = ""
    built_year: int | None = None
    main_cause: str = ""
    other_causes: tuple[str, ...] = ()
    reason: str = ""
    members: tuple[ApplicationMember, ...] = ()
    applied_on: date | None = None
    attachments: tuple[str, ...] = ()
    verification: StepText = StepText()
    appraisal: StepText = StepText()
    notice: StepText = StepText()
    village_opinion: StepText = StepText()
    town_review: StepText = StepText()
    county_office: StepText = StepText()
    county_decision: StepText = StepText()
    footer: str = ""


def build(facts: ApplicationFacts) -> Paper:
    """The form: the household on the first page, the opinions on the second."""
    place = f"{facts.town or '＿＿＿镇'}{facts.village or '＿＿＿村'}"
    title = f"{place}相对贫困户申请书（登记表）"
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(f"申请编号：{facts.number or '　　　　　　　　'}", 0, Align.RIGHT, Tone.NOTE, keep=True),
        _household(facts),
        _members(facts.members),
        _request(facts),
        _opinions(facts, _squeeze(len(facts.members), facts.reason)),
    )
    stem = f"贫困户申请书-{facts.village}-{facts.head_name}" if facts.head_name else "贫困户申请书-空白"
    return Paper(title, blocks, stem, margins=Margins.FORM, footer_left=facts.footer)


def _household(facts: ApplicationFacts) -> KeyValueGrid:
    head = (
        ("户主姓名", facts.head_name),
        ("性别", facts.head_sex or ticked("", SEXES)),
        ("民族", facts.ethnicity),
    )
    built = measure(facts.built_year, "年建")
    parts = (measure(facts.housing_area, "平方米"), facts.housing_kind, facts.housing_grade, built)
    housing = "　".join(part for part in parts if part)
    benefit = ticked(facts.benefit, BENEFITS) + f"　证号：{facts.benefit_number}"
    rows = (
        labelled(*head),
        labelled(("身份证号", facts.head_id), ("联系电话", facts.phone), columns=6),
        labelled(("住址", facts.address or "　　　　村　　　　组　　　　号"), columns=6),
        labelled(
            ("家庭人口", measure(facts.size, "人")),
            ("劳动力", measure(facts.able_members, "人")),
            ("村民小组", facts.group),
        ),
        labelled(("申请类别", ticked(facts.kind, KINDS)), columns=6),
        labelled(("现享受", benefit), columns=6),
        labelled(("上年可支配收入", yuan(facts.disposable, "")), ("人均（元）", yuan(facts.per_head, "")), columns=6),
        labelled(("住房情况", housing or "面积　　　　平方米　结构　　　　　等级　　　　建造　　　　年"), columns=6),
        labelled(("主要致贫原因", facts.main_cause), ("其他原因", "、".join(facts.other_causes)), columns=6),
    )
    return KeyValueGrid((18, 28, 13, 13, 12, 16), grid_rows(rows, 8.5), side="基本情况", size=11)


def _members(members: tuple[ApplicationMember, ...]) -> Table:
    columns = (
        Column("姓名", 15),
        Column("性别", 8),
        Column("身份证号", 36),
        Column("与户主关系", 17),
        Column("健康状况", 17),
        Column("劳动能力", 20),
        Column("在校或务工", 20),
    )
    rows = [Row((m.name, m.sex, m.id_number, m.relation, m.health, m.labour, m.occupation)) for m in members]
    rows += [Row(("",) * len(columns))] * (LEAST_MEMBER_ROWS - len(rows))
    return Table(columns, tuple(rows), side="家庭成员", joined=True, size=10.5, row_mm=8)


def _request(facts: ApplicationFacts) -> KeyValueGrid:
    signing = (signed("申请人（签名、手印）："), day(facts.applied_on))
    listed = "　".join(f"{'☑' if name in facts.attachments else '□'}{name}" for name in ATTACHMENTS)
    rows = (
        opinion("申请理由", facts.reason, (), 36),
        opinion("申请人承诺", PROMISE, signing, 24),
        GridRow((Cell("附件", label=True, align=Align.CENTER), Cell(listed)), 9),
    )
    return KeyValueGrid((17, 83), rows, joined=True, size=11)


def _squeeze(members: int, reason: str) -> float:
    """How much the boxes of the opinions give way, so that with a large family or a long reason they still end on the second page."""
    if len(reason) > LONG_REASON or members > TIGHT_MEMBER_ROWS:
        return 0.75
    return 0.9 if members > LEAST_MEMBER_ROWS else 1.0


def _opinions(facts: ApplicationFacts, squeeze: float) -> KeyValueGrid:
    boxes = (
        _box("入户核实意见", facts.verification, "核实人（2人以上签名）：", 34),
        _box("村民（代表）大会评议结果", facts.appraisal, "记录人：", 32),
        _box("公示情况", facts.notice, "经办人：", 30),
        _box("村民委员会初审意见", facts.village_opinion, "负责人：", 40, "驻村工作队队长：", seal=True),
        _box("镇审核意见", facts.town_review, "经办人：", 40, "审核人：", "负责人：", seal=True),
        _box("县扶贫办核查意见", facts.county_office, "负责人：", 32, seal=True),
        _box("县政府审定意见", facts.county_decision, "负责人：", 32, seal=True),
    )
    rows = tuple(replace(box, mm=box.mm * squeeze) for box in boxes)
    return KeyValueGrid((17, 83), rows, joined=True, size=11)


def _box(caption: str, step: StepText, signer: str, mm: float, *others: str, seal: bool = False) -> GridRow:
    places = signed(signer + step.signed, *others)
    stamp = "（盖章）　　　" if seal else ""
    return opinion(caption, step.text, (places, stamp + day(step.on, BLANK_DATE)), mm)
