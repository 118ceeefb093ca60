"""收入核算表: one year's income of a household item by item, with the figure that decides and the line it is held against.

Guangdong decides by 人均可支配收入 (广东扶贫云收入核算); 纯收入 of the national form (AAC079, AAC082) stands beside it. Items the
paper never split are left as a dash, and the blank form leaves every box to be written.
"""

from __future__ import annotations

from dataclasses import dataclass
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
    RowKind,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import BLANK_DATE, UNKNOWN, day, measure, ticked, yuan
from db.rules import income
from db.rules.income import Threshold
from db.rules.values import Income

_BELOW = ("低于标准", "不低于标准")
_SUMS = {"gross": "一、总收入", "spent": "二、总支出", "disposable": "三、可支配收入", "per_head": "四、人均可支配收入"}


@dataclass(frozen=True, slots=True)
class IncomeFacts:
    """One income sheet; ``IncomeFacts()`` is the blank form. ``line`` is the entry line of the sheet's year, ``stated_on`` the day the
    household stated it."""

    town: str = ""
    village: str = ""
    group: str = ""
    number: str = ""
    head_name: str = ""
    size: int | None = None
    sheet: Income | None = None
    line: Threshold | None = None
    stated_on: date | None = None
    filler: str = ""
    reviewer: str = ""
    footer: str = ""


def build(facts: IncomeFacts) -> Paper:
    """The sheet on one portrait A4."""
    year = f"（{facts.sheet.year}年）" if facts.sheet else "（　　　　年）"
    title = f"{facts.town}{facts.village}贫困户收入核算表{year}"
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph("单位：元　　没有的项目填0", 0, Align.RIGHT, Tone.NOTE, keep=True),
        _head(facts),
        Table(_COLUMNS, tuple(_rows(facts)), joined=True, size=10.5, row_mm=6.2),
        _judged(facts),
        Signatures(
            (
                ("户主（签名、手印）：", "村负责人（签名、盖章）：", f"审核人：{facts.reviewer}"),
                ("帮扶责任人（签名）：", f"填表人：{facts.filler}", f"日期：{day(facts.stated_on, BLANK_DATE)}"),
            )
        ),
    )
    stem = f"收入核算表-{facts.village}-{facts.head_name}" if facts.head_name else "收入核算表-空白"
    return Paper(title, blocks, stem, margins=Margins.FORM, footer_left=facts.footer)


_COLUMNS = (
    Column("项目", 40, Align.LEFT),
    Column("代码", 13),
    Column("金额（元）", 22, Align.RIGHT),
    Column("怎样算", 34),
)


def _head(facts: IncomeFacts) -> KeyValueGrid:
    rows = (
        labelled(("户主姓名", facts.head_name), ("村民小组", f"{facts.village}{facts.group}")),
        labelled(("编号", facts.number), ("家庭人口", measure(facts.size, "人"))),
    )
    return KeyValueGrid((14, 36, 14, 36), grid_rows(rows, 7.5), size=11)


def _rows(facts: IncomeFacts) -> list[Row]:
    sheet = facts.sheet
    sums = _totals(facts)
    rows = [_sum("gross", sums, "AAC081", "1＋2＋3＋4")]
    for number, key, name, code, parts in _GROUPS:
        if key == "business_cost":
            rows.append(_sum("spent", sums, "", "5＋6"))
        rows.append(Row((f"　{number}. {name}", code, _amount(sheet, key, facts), _how(parts))))
        rows += [Row((f"　　　{part}", national, _amount(sheet, item, facts), "")) for item, part, national in parts]
    return [
        *rows,
        _sum("disposable", sums, "", "一－二"),
        _sum("per_head", sums, "", "三÷家庭人口，据此认定"),
        Row(("参考：纯收入", "AAC079", sums["net"], "一－5（国家口径）")),
        Row(("参考：人均纯收入", "AAC082", sums["net_per_head"], "纯收入÷家庭人口")),
        Row(("参考：未偿还借（贷）款", "", _amount(sheet, "debt", facts), "不参加计算")),
    ]


_Part = tuple[str, str, str]
_GROUPS: tuple[tuple[int, str, str, str, tuple[_Part, ...]], ...] = (
    (1, "wages", "工资性收入", "AAC073", ()),
    (2, "business", "生产经营性收入", "AAC071", ()),
    (
        3,
        "property",
        "财产性收入",
        "AAC072",
        (("dividend", "资产收益分红", "AAC092"), ("other_property", "其他财产性收入", "AAC093")),
    ),
    (
        4,
        "transfer",
        "转移性收入",
        "AAC085",
        (
            ("family_planning", "计划生育金", "AAC076"),
            ("low_income_benefit", "低保金", "AAC077"),
            ("five_guarantees", "五保金（特困供养金）", "AAC086"),
            ("pension", "养老保险金", "AAC087"),
            ("ecology", "生态补偿金", "AAC078"),
            ("medical_paid", "基本医疗保险报销医疗费", ""),
            ("medical_aid", "医疗救助金", ""),
            ("other_transfer", "其他转移性收入", "AAC083"),
        ),
    ),
    (5, "business_cost", "生产经营性支出", "AAC074", ()),
    (
        6,
        "transfer_cost",
        "转移性支出",
        "",
        (
            ("tax", "个人所得税", ""),
            ("social_security", "社会保障支出", ""),
            ("support_paid", "赡养支出", ""),
            ("other_transfer_cost", "其他转移性支出", ""),
        ),
    ),
)


def _how(parts: tuple[_Part, ...]) -> str:
    return f"下列{len(parts)}项之和" if parts else ""


def _amount(sheet: Income | None, key: str, facts: IncomeFacts) -> str:
    if sheet is None:
        return ""
    value: Decimal | None = getattr(sheet, key)
    return yuan(value)


def _sum(key: str, sums: dict[str, str], code: str, how: str) -> Row:
    return Row((_SUMS[key], code, sums[key], how), RowKind.SUBTOTAL)


def _totals(facts: IncomeFacts) -> dict[str, str]:
    keys = (*_SUMS, "net", "net_per_head")
    if facts.sheet is None:
        return dict.fromkeys(keys, "")
    found = income.totals(facts.sheet)
    heads = (
        (income.per_head(facts.sheet, facts.size), income.net_per_head(facts.sheet, facts.size)) if facts.size else ()
    )
    each = [yuan(income.to_cents(amount)) for amount in heads] or [UNKNOWN, UNKNOWN]
    spent = found.business_cost + found.transfer_cost
    return dict(
        zip(
            keys,
            (yuan(found.gross), yuan(spent), yuan(found.disposable), each[0], yuan(found.net), each[1]),
            strict=True,
        )
    )


def _judged(facts: IncomeFacts) -> KeyValueGrid:
    line, chosen = facts.line, ""
    if line is not None and facts.sheet is not None and facts.size:
        below = income.below(income.per_head(facts.sheet, facts.size), line.line)
        chosen = _BELOW[0] if below else _BELOW[1]
    figure = f"{yuan(line.amount)}元 × 价格指数{line.price_index:.3f} ＝ {yuan(line.line)}元" if line else ""
    rows = (
        *grid_rows((labelled(("当年识别标准", figure)),), 7.5),
        *grid_rows((labelled(("标准依据", line.source if line else ""), prose=True),), 7.5),
        *grid_rows((labelled(("核算结果", ticked(chosen, _BELOW))),), 7.5),
    )
    return KeyValueGrid((20, 80), rows, joined=True, size=11)
