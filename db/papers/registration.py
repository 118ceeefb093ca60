"""贫困户登记表（信息采集表）: the household as the national form of 2014–2018 keeps it, section by section, with the places to sign.

What the record does not know is a blank box to be written by hand, so the same builder makes the empty form for the visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Cell,
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
from db.papers.wording import BLANK_DATE, day, label, listed, measure, number, short_day, ticked, yes_no, yuan
from db.rules import income
from db.rules.codes import (
    Attribute,
    Fuel,
    HousingGrade,
    Relocation,
    RelocationTrouble,
    Resettlement,
    ResettlementPlace,
    Road,
    Standard,
    Structure,
    YesNo,
)
from db.rules.values import Household, Income, Living, Member

TITLE = "贫困户登记表（信息采集表）"
UNKNOWN_HOUSEHOLD = Household("", "", "")
LEAST_MEMBERS = 6
HELPER_ROWS = 3
_HEIGHT, _ROOMY = 7.0, 8.4
_ABLE = {YesNo.YES: "有", YesNo.NO: "无"}


@dataclass(frozen=True, slots=True)
class HelperLine:
    """One person paired with the household; texts as the national form labels them, open dates None."""

    name: str = ""
    sex: str = ""
    unit: str = ""
    level: str = ""
    post: str = ""
    politics: str = ""
    education: str = ""
    skill: str = ""
    resident: str = ""
    phone: str = ""
    first: date | None = None
    last: date | None = None


@dataclass(frozen=True, slots=True)
class RegistrationFacts:
    """One household; ``RegistrationFacts()`` is the blank form. ``area`` is 广东省梅州市五华县华阳镇.

    ``year`` is the year of identification, ``document`` and ``decided_on`` the county's decision, ``filled_on`` the day of the sheet.
    """

    household: Household = UNKNOWN_HOUSEHOLD
    area: str = ""
    number: str = ""
    year: int | None = None
    status: str = ""
    entry_reason: str = ""
    document: str = ""
    decided_on: date | None = None
    helpers: tuple[HelperLine, ...] = ()
    filler: str = ""
    filled_on: date | None = None
    footer: str = ""


def build(facts: RegistrationFacts) -> Paper:
    """The form on portrait A4, two to three pages for a household of ordinary size."""
    h, living = facts.household, facts.household.living or Living()
    blocks: tuple[Block, ...] = (
        Title(TITLE),
        Paragraph(
            f"户编号：{facts.number or '　　　　　　　　'}　　金额单位：元", 0, Align.RIGHT, Tone.NOTE, keep=True
        ),
        KeyValueGrid((17, 33, 17, 33), grid_rows(_basics(facts), _HEIGHT), side="一　基本信息", size=10.5),
        _members(h.members),
        _section("三　收入", _income(h), (20, 30, 20, 30)),
        _section("四　生产生活条件", _living(h, living), (22, 28, 22, 28), _ROOMY),
        _section("五　易地搬迁", _relocation(living), (16, 84), _ROOMY),
        _helpers(facts.helpers),
        Signatures(
            (
                ("户主（签名、手印）：", "帮扶责任人（签名）："),
                ("村负责人（签名、盖章）：", f"填表人：{facts.filler}　　填表日期：{day(facts.filled_on, BLANK_DATE)}"),
            )
        ),
    )
    stem = f"贫困户登记表（信息采集表）-{h.village}-{h.head_name}" if h.head_name else f"{TITLE}-空白"
    return Paper(TITLE, blocks, stem, margins=Margins.FORM, footer_left=facts.footer)


def _section(
    side: str, rows: Sequence[tuple[Cell, ...]], weights: tuple[float, ...], mm: float = _HEIGHT
) -> KeyValueGrid:
    return KeyValueGrid(weights, grid_rows(rows, mm), side=side, joined=True, size=10.5)


def _basics(facts: RegistrationFacts) -> tuple[tuple[Cell, ...], ...]:
    h = facts.household
    place = f"{facts.area}{h.village}{h.group}" or "　　　市　　　县　　　镇　　　村　　　组"
    able = _ABLE[h.able] if h.able else ""
    causes = [label(cause) for cause in (h.other_cause_1, h.other_cause_2)]
    decided = f"{short_day(facts.decided_on, '')}　{facts.document}".strip()
    return (
        labelled(("所在地", place), columns=4),
        labelled(("户主姓名", h.head_name), ("联系电话", h.phone)),
        labelled(("家庭住址", h.address), columns=4),
        labelled(("开户银行", h.bank), columns=4),
        labelled(("银行卡号", h.bank_card), ("低保（五保）证号", h.benefit_number)),
        labelled(("识别标准", ticked(label(h.standard), Standard.labels())), columns=4),
        labelled(("贫困户属性", ticked(label(h.attribute), Attribute.labels())), columns=4),
        labelled(("有无劳动能力", ticked(able, _ABLE.values())), ("家庭人口", measure(h.size or None, "人"))),
        labelled(("主要致贫原因", label(h.main_cause)), ("其他致贫原因", listed(c for c in causes if c))),
        labelled(("致贫原因说明", h.cause_note), columns=4, prose=True),
        labelled(("独生子女户", yes_no(h.only_child)), ("双女户", yes_no(h.two_daughters))),
        labelled(("军烈属", yes_no(h.martyr_family)), ("脱贫属性", facts.status)),
        labelled(("识别年度", number(facts.year, "")), ("审定日期文号", decided)),
        labelled(("进入原因", facts.entry_reason), columns=4, prose=True),
    )


def _members(members: tuple[Member, ...]) -> Table:
    columns = (
        Column("姓名", 18),
        Column("性别", 7),
        Column("证件号码", 32),
        Column("与户主关系", 12),
        Column("文化程度", 14, prose=True),
        Column("在校生状况", 15, prose=True),
        Column("健康状况", 18, prose=True),
        Column("劳动技能", 19, prose=True),
    )
    rows = [Row(_person(m)) for m in members]
    rows += [Row(("",) * len(columns))] * (LEAST_MEMBERS - len(rows))
    return Table(columns, tuple(rows), side="二　家庭成员", joined=True, size=9, row_mm=6.8)


def _person(m: Member) -> tuple[str, ...]:
    health = listed(word for word in (label(m.health), label(m.health_also)) if word)
    number = m.id_number or m.police_proof
    words = (label(m.relation), label(m.education), label(m.schooling), health, label(m.labour))
    return (m.name, label(m.sex), number, *words)


def _income(h: Household) -> tuple[tuple[Cell, ...], ...]:
    sheet = h.income
    known = income.totals(sheet) if sheet else None
    year = f"{sheet.year}年" if sheet else ""
    return (
        labelled(("核算年度", year), ("工资性收入", _money(sheet, "wages"))),
        labelled(("生产经营性收入", _money(sheet, "business")), ("财产性收入", _money(sheet, "property"))),
        labelled(("资产收益分红", _money(sheet, "dividend")), ("其他财产性收入", _money(sheet, "other_property"))),
        labelled(("转移性收入", _money(sheet, "transfer")), ("计划生育金", _money(sheet, "family_planning"))),
        labelled(
            ("低保金", _money(sheet, "low_income_benefit")), ("五保（特困）供养金", _money(sheet, "five_guarantees"))
        ),
        labelled(("养老保险金", _money(sheet, "pension")), ("生态补偿金", _money(sheet, "ecology"))),
        labelled(
            ("其他转移性收入", _money(sheet, "other_transfer")), ("生产经营性支出", _money(sheet, "business_cost"))
        ),
        labelled(("年收入", yuan(known.gross, "") if known else ""), ("纯收入", yuan(known.net, "") if known else "")),
        labelled(("人均纯收入", _each(h, net=True)), ("人均可支配收入", _each(h, net=False))),
    )


def _money(sheet: Income | None, key: str) -> str:
    return yuan(getattr(sheet, key), "") if sheet else ""


def _each(h: Household, *, net: bool) -> str:
    if h.income is None or not h.size:
        return ""
    share = income.net_per_head if net else income.per_head
    return yuan(income.to_cents(share(h.income, h.size)))


def _living(h: Household, of: Living) -> tuple[tuple[Cell, ...], ...]:
    return (
        labelled(("耕地面积", _mu(of.arable)), ("有效灌溉面积", _mu(of.irrigated))),
        labelled(("林地面积", _mu(of.woodland)), ("退耕还林面积", _mu(of.returned_woodland))),
        labelled(("林果面积", _mu(of.orchard)), ("牧草地面积", _mu(of.grassland))),
        labelled(("水域面积", _mu(of.waters)), ("与村主干路距离", measure(of.road_distance, "公里", "　　　公里"))),
        labelled(("通生产用电", yes_no(of.farm_power)), ("通生活用电", yes_no(of.home_power))),
        labelled(("饮水困难", yes_no(of.water_scarce)), ("饮水安全", yes_no(of.water_safe))),
        labelled(("通广播电视", yes_no(of.broadcast)), ("卫生厕所", yes_no(of.toilet))),
        labelled(("入户路类型", ticked(label(of.road), Road.labels())), columns=4),
        labelled(("主要燃料类型", ticked(label(of.fuel), Fuel.labels())), columns=4),
        labelled(
            ("住房面积", measure(h.housing_area, "平方米", "　　　平方米")), ("建造年份", measure(h.built_year, "年"))
        ),
        labelled(("住房结构", ticked(label(h.structure), Structure.labels())), columns=4),
        labelled(
            ("是否危房", yes_no(_dangerous(h))), ("危房等级", ticked(label(h.housing_grade), HousingGrade.labels()))
        ),
        labelled(("加入农民专业合作社", yes_no(of.cooperative)), ("龙头企业带动", yes_no(of.enterprise_led))),
        labelled(("创业致富带头人带动", yes_no(of.leader_led)), columns=4),
    )


def _dangerous(h: Household) -> YesNo | None:
    """C and D are dangerous (住建部 危险房屋鉴定); the answer on the sheet goes before what the grade says."""
    if h.dangerous is not None or h.housing_grade is None:
        return h.dangerous
    return YesNo.YES if h.housing_grade in (HousingGrade.C, HousingGrade.D) else YesNo.NO


def _mu(value: object) -> str:
    return measure(value, "亩", "　　　亩")  # type: ignore[arg-type]


def _relocation(of: Living) -> tuple[tuple[Cell, ...], ...]:
    return (
        labelled(("搬迁方式", ticked(label(of.relocation), Relocation.labels()))),
        labelled(("安置方式", ticked(label(of.resettlement), Resettlement.labels()))),
        labelled(("安置地", ticked(label(of.resettlement_place), ResettlementPlace.labels()))),
        labelled(("存在困难", ticked(label(of.relocation_trouble), RelocationTrouble.labels()))),
    )


def _helpers(helpers: tuple[HelperLine, ...]) -> Table:
    columns = (
        Column("姓名", 12), Column("性别", 6), Column("单位", 24, prose=True), Column("隶属关系", 9), Column("职务级别", 12),
        Column("政治面貌", 12), Column("学历", 11), Column("技术特长", 9), Column("驻村", 6), Column("联系电话", 17),
        Column("结对开始", 13), Column("结对结束", 13),
    )  # fmt: skip
    rows = [Row(_helper(one)) for one in helpers]
    rows += [Row(("",) * len(columns))] * (HELPER_ROWS - len(rows))
    return Table(columns, tuple(rows), side="六　帮扶责任人", joined=True, size=9.5, row_mm=8.5)


def _helper(one: HelperLine) -> tuple[str, ...]:
    return (
        one.name, one.sex, one.unit, one.level, one.post, one.politics, one.education, one.skill, one.resident, one.phone,
        short_day(one.first, ""), short_day(one.last, ""),
    )  # fmt: skip
