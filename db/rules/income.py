"""From the income sheet to 人均可支配收入, and the yearly lines it is compared with.

Guangdong decides by 可支配收入 = 总收入 − 经营支出 − 转移性支出; the national system's 纯收入 leaves the last out and is kept beside it.
Comparing is done on the unrounded figure, rounding only for paper.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

from db.errors import Refused
from db.rules.codes import ThresholdKind
from db.rules.values import Income

ZERO = Decimal(0)
CENT = Decimal("0.01")
REQUIRED_ITEMS = ("wages", "business", "property", "transfer", "business_cost")


@dataclass(frozen=True, slots=True)
class IncomeTotals:
    """The sums of one income sheet, yuan. ``missing`` names the required items left blank (they count as 0 here).

    ``transfer_cost_given`` is False when the paper has no 转移性支出; it then counts as 0 and the sheet should say so.
    """

    gross: Decimal
    business_cost: Decimal
    transfer_cost: Decimal
    disposable: Decimal
    net: Decimal
    missing: tuple[str, ...]
    transfer_cost_given: bool


@dataclass(frozen=True, slots=True)
class Threshold:
    """One yearly line: yuan a head at the prices of its base, the price index of ``year``, and the document it stands in."""

    year: int
    kind: ThresholdKind
    amount: Decimal
    price_index: Decimal
    source: str

    @property
    def line(self) -> Decimal:
        """The amount at the prices of its year, unrounded."""
        return self.amount * self.price_index


def totals(income: Income) -> IncomeTotals:
    """Add up an income sheet by the Guangdong layout (广东扶贫云收入核算) with the national 纯收入 beside it."""
    gross = sum((v or ZERO for v in (income.wages, income.business, income.property, income.transfer)), ZERO)
    business_cost, transfer_cost = income.business_cost or ZERO, income.transfer_cost or ZERO
    return IncomeTotals(
        gross=gross,
        business_cost=business_cost,
        transfer_cost=transfer_cost,
        disposable=gross - business_cost - transfer_cost,
        net=gross - business_cost,
        missing=tuple(key for key in REQUIRED_ITEMS if getattr(income, key) is None),
        transfer_cost_given=income.transfer_cost is not None,
    )


def decides(income: Income | None) -> tuple[int, IncomeTotals] | None:
    """What of a sheet the verdict rests on: its year and its sums; the items of a sum may be filled in later."""
    return (income.year, totals(income)) if income is not None else None


def per_head(income: Income, size: int) -> Fraction:
    """人均可支配收入 in yuan, exact. ``size`` counts every member, pupils and soldiers too; raises ValueError below 1."""
    return _share(totals(income).disposable, size)


def net_per_head(income: Income, size: int) -> Fraction:
    """人均纯收入 of the national form in yuan, exact; raises ValueError for a size below 1."""
    return _share(totals(income).net, size)


def to_cents(amount: Fraction | Decimal) -> Decimal:
    """The amount as paper shows it: two places, half a fen up. Never compare with this."""
    exact = Fraction(amount)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(CENT, ROUND_HALF_UP)


def cents_a_head(amount: Decimal, size: int) -> Decimal:
    """A household's amount a head as ``to_cents`` shows it, for tables of many households; ``size`` is at least 1.

    A share that lies half way between two fen ends there, so dividing to 28 digits never moves one across it.
    """
    return (amount / size).quantize(CENT, ROUND_HALF_UP)


def below(amount: Fraction, line: Decimal) -> bool:
    """Whether income per head lies strictly below the line (低于4000元: a household at the line stays out)."""
    return amount < Fraction(line)


def threshold(thresholds: Iterable[Threshold], kind: ThresholdKind, year: int) -> Threshold | None:
    """The line valid for ``year``: the last one entered for that year, else of the nearest earlier year; None before the first.

    Lines are only ever added, so a later row of one year replaces the earlier.
    """
    valid = [t for t in thresholds if t.kind is kind and t.year <= year]
    latest = max((t.year for t in valid), default=None)
    return next((t for t in reversed(valid) if t.year == latest), None)


def entry_line(thresholds: Iterable[Threshold], year: int) -> Decimal:
    """The identification line for incomes of ``year``: 4000 × that year's price index; Refused when the table has none."""
    found = threshold(thresholds, ThresholdKind.ENTRY, year)
    if found is None:
        raise Refused(f"标准表里没有 {year} 年的贫困户识别标准，请先在标准表里录入该年标准和文件依据")
    return found.line


def _share(amount: Decimal, size: int) -> Fraction:
    if size < 1:
        raise ValueError("size must be at least 1")
    return Fraction(amount) / size


def _row(year: int, kind: ThresholdKind, amount: int, source: str) -> Threshold:
    return Threshold(year, kind, Decimal(amount), Decimal("1.000"), source)


_PROVINCE = "粤发〔2016〕13号"
BUILT_IN: tuple[Threshold, ...] = (
    _row(2014, ThresholdKind.ENTRY, 4000, f"{_PROVINCE} 一、2.对象范围（2014年不变价；价格指数以县通知为准）"),
    _row(
        2014,
        ThresholdKind.VILLAGE_ENTRY,
        8000,
        f"{_PROVINCE} 一、2.对象范围（2014年不变价，且贫困人口占户籍人口5%以上）",
    ),
    _row(2016, ThresholdKind.EXIT, 6433, "广东扶贫云2016年脱贫标准（2015年全省农村居民人均可支配收入年增7%的45%）"),
    _row(2017, ThresholdKind.EXIT, 6883, "仁化县新时期精准扶贫精准脱贫三年攻坚行动方案（三）目标任务"),
    _row(2018, ThresholdKind.EXIT, 7365, f"{_PROVINCE} 一、3.目标任务（全省农村居民人均可支配收入的45%）"),
    _row(2018, ThresholdKind.VILLAGE_EXIT, 9820, f"{_PROVINCE} 一、3.目标任务（全省农村居民人均可支配收入的60%）"),
)
