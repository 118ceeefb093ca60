"""入户核实表: what the survey team found in the house, item by item, with the three kinds of signature.

The items of 四看, 五优先, 六进, 七不进 stand word for word as 麻章区's plan of 2016 has them; the blank form leaves all boxes open.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from db.papers.card import CardIncome
from db.papers.forms import grid_rows, labelled, opinion
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
    RowKind,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import day, label, measure, ticked, yes_no, yuan
from db.rules.codes import Bar, Code, Entry, Finding, HousingGrade, Look, LookItem, Priority, Verdict, YesNo
from db.rules.values import Household, Living


@dataclass(frozen=True, slots=True)
class Answer:
    """What was found for one item: ``code`` of its table, ``found`` in words (是, 否, 待核, 一般 …), and the evidence."""

    code: str
    found: str
    evidence: str = ""


@dataclass(frozen=True, slots=True)
class MemberHealth:
    """Health and labour of one member as seen at the visit."""

    name: str
    relation: str
    health: str = ""
    disability_number: str = ""
    labour: str = ""
    illness: str = ""
    medicated: str = ""


@dataclass(frozen=True, slots=True)
class VerificationFacts:
    """The visit as far as it is known; ``VerificationFacts()`` is the blank form.

    ``looks``/``priorities``/``entries``/``bars`` hold answers for items of their tables; an item without an answer is left
    open. ``income`` is the sheet of the year before, ``threshold`` that year's entry line in yuan.
    """

    town: str = ""
    village: str = ""
    group: str = ""
    number: str = ""
    head_name: str = ""
    size: int | None = None
    visited_on: date | None = None
    surveyors: tuple[str, ...] = ()
    village_officer: str = ""
    housing: tuple[tuple[str, str], ...] = ()
    assets: tuple[tuple[str, str], ...] = ()
    members: tuple[MemberHealth, ...] = ()
    income: CardIncome | None = None
    threshold: Decimal | None = None
    looks: tuple[Answer, ...] = ()
    priorities: tuple[Answer, ...] = ()
    entries: tuple[Answer, ...] = ()
    bars: tuple[Answer, ...] = ()
    verdict: str = ""
    remarks: str = ""
    footer: str = ""


UNKNOWN_HOME = Household("", "", "")
LEAST_MEMBERS = 4


def housing_pairs(h: Household) -> tuple[tuple[str, str], ...]:
    """居住条件 as far as the record knows it; what it does not know is a box or an open line to be filled at the door."""
    of = h.living or Living()
    return (
        ("住房面积", measure(h.housing_area, "㎡")),
        ("住房结构", label(h.structure)),
        ("危房等级", ticked(label(h.housing_grade), HousingGrade.labels())),
        ("建造年份", measure(h.built_year, "年")),
        ("近三年新建住房", yes_no(of.new_house)),
        ("新建建筑面积", measure(of.new_house_area, "㎡")),
        ("政府资助建房（危改）", yes_no(of.subsidised)),
        ("城镇购买商品房", yes_no(of.town_flat)),
        ("饮水安全", yes_no(of.water_safe)),
        ("饮水困难", yes_no(of.water_scarce)),
        ("通生活用电", yes_no(of.home_power)),
        ("通生产用电", yes_no(of.farm_power)),
        ("卫生厕所", yes_no(of.toilet)),
        ("主要燃料", label(of.fuel)),
        ("入户路类型", label(of.road)),
        ("与村主干路距离", measure(of.road_distance, "公里")),
    )


def asset_pairs(h: Household) -> tuple[tuple[str, str], ...]:
    """家庭财产, each item 七不进 asks for and the savings as stated."""
    of = h.living or Living()
    return (
        ("小汽车", yes_no(of.car)),
        ("大型农机具", yes_no(of.machinery)),
        ("工商登记", yes_no(of.registered_business)),
        ("长期雇工经营", yes_no(of.employs)),
        ("财政供养直系亲属", of.public_pay),
        ("存款（自报）", measure(of.savings, "元")),
    )


def build(facts: VerificationFacts) -> Paper:
    """The form on portrait A4, two to three pages."""
    title = f"{facts.town}{facts.village}贫困户入户核实表"
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(f"申请编号：{facts.number or '　　　　　　　　'}", 0, Align.RIGHT, Tone.NOTE, keep=True),
        _head(facts),
        _pairs("居住条件", facts.housing or housing_pairs(UNKNOWN_HOME)),
        _pairs("家庭财产", facts.assets or asset_pairs(UNKNOWN_HOME)),
        _income(facts.income or CardIncome(0), facts.threshold),
        _members(facts.members),
        _checklist(facts),
        _conclusion(facts),
        Signatures(
            (
                ("户主（签名、手印）：", f"村委干部：{facts.village_officer}"),
                (f"调查人员（2人以上）：{'、'.join(facts.surveyors)}", f"日期：{day(facts.visited_on)}"),
            )
        ),
    )
    stem = f"入户核实表-{facts.village}-{facts.head_name}" if facts.head_name else "入户核实表-空白"
    return Paper(title, blocks, stem, margins=Margins.FORM, footer_left=facts.footer)


def _head(facts: VerificationFacts) -> KeyValueGrid:
    size = "" if facts.size is None else f"{facts.size}人"
    rows = (
        labelled(("户主姓名", facts.head_name), ("村民小组", facts.group)),
        labelled(("家庭人口", size), ("调查日期", day(facts.visited_on))),
        labelled(("调查人员", "、".join(facts.surveyors)), ("陪同村干部", facts.village_officer)),
    )
    return KeyValueGrid((16, 34, 16, 34), grid_rows(rows, 8.5), side="基本", size=11)


def _pairs(side: str, pairs: tuple[tuple[str, str], ...]) -> KeyValueGrid:
    couples = [pairs[n : n + 2] for n in range(0, len(pairs), 2)]
    rows = tuple(labelled(*couple, columns=4) for couple in couples)
    return KeyValueGrid((22, 28, 22, 28), grid_rows(rows, 7.5), side=side, joined=True, size=11)


def _income(income: CardIncome, threshold: Decimal | None) -> KeyValueGrid:
    rows = (
        labelled(("工资性收入", yuan(income.wages, "")), ("生产经营性收入", yuan(income.business, ""))),
        labelled(("财产性收入", yuan(income.property, "")), ("转移性收入", yuan(income.transfer, ""))),
        labelled(("生产经营性支出", yuan(income.business_cost, "")), ("转移性支出", yuan(income.transfer_cost, ""))),
        labelled(("可支配收入", yuan(income.disposable, "")), ("人均可支配收入", yuan(income.per_head, ""))),
        labelled(("当年识别标准", yuan(threshold, "")), columns=4),
    )
    side = f"{income.year}年收入" if income.year else "上年收入"
    return KeyValueGrid((22, 28, 22, 28), grid_rows(rows, 7.5, Align.RIGHT), side=side, joined=True, size=11)


def _members(members: tuple[MemberHealth, ...]) -> Table:
    columns = (
        Column("姓名", 17),
        Column("关系", 11),
        Column("健康状况", 16, prose=True),
        Column("患病名称", 20, prose=True),
        Column("长期用药", 10),
        Column("残疾证号", 32),
        Column("劳动能力", 20, prose=True),
    )
    rows = [Row((m.name, m.relation, m.health, m.illness, m.medicated, m.disability_number, m.labour)) for m in members]
    rows += [Row(("",) * len(columns))] * (0 if members else LEAST_MEMBERS)
    return Table(columns, tuple(rows), side="成员健康", joined=True, size=9.5, row_mm=6.5)


def _checklist(facts: VerificationFacts) -> Table:
    columns = (
        Column("项目", 62, Align.LEFT, prose=True),
        Column("核实", 30),
        Column("情况与依据", 40, Align.LEFT, prose=True),
    )
    rows = (
        *_items("四看", LookItem, facts.looks, None),
        *_items("五优先", Priority, facts.priorities, YesNo.labels()),
        *_items("六进", Entry, facts.entries, Finding.labels()),
        *_items("七不进（有一项为“是”即停，由审核人决定）", Bar, facts.bars, Finding.labels()),
    )
    return Table(columns, rows, joined=True, size=10, row_mm=7)


_LOOKS = {
    LookItem.HOUSE.value: ("好", "一般", "差"),
    LookItem.GRAIN.value: ("足", "一般", "缺"),
    LookItem.LABOUR.value: ("强", "一般", "弱"),
    LookItem.PUPILS.value: ("有", "无"),
}


def _items(head: str, table: type[Code], answers: tuple[Answer, ...], options: tuple[str, ...] | None) -> list[Row]:
    by_code = {answer.code: answer for answer in answers}
    rows = [Row((head,), RowKind.GROUP)]
    for n, item in enumerate(table, start=1):
        answer = by_code.get(item.value, Answer(item.value, ""))
        words = options or _LOOKS[item.value]
        rows.append(Row((f"{n}. {item.label}", ticked(_word(answer.found, words), words), answer.evidence)))
    return rows


def _word(found: str, words: tuple[str, ...]) -> str:
    """The word of this item that means what was found: 足 and 强 are the same code as 好."""
    if found in words:
        return found
    look = Look.by_label(found)
    return next((word for word in words if look is not None and Look.by_label(word) is look), "")


def _conclusion(facts: VerificationFacts) -> KeyValueGrid:
    verdict = GridRow(
        (Cell("核实结论", label=True, align=Align.CENTER), Cell(ticked(facts.verdict, Verdict.labels()))), 9
    )
    return KeyValueGrid((16, 84), (verdict, opinion("综合意见", facts.remarks, (), 22)), joined=True, size=11)
