"""Rules on the income sheet: filled in, not negative, and adding up to what the paper states."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

from db.rules.checks.finding import Finding
from db.rules.checks.subject import Rule, Subject
from db.rules.income import REQUIRED_ITEMS, below, to_cents, totals
from db.rules.values import Income

_LABELS = {
    "wages": "工资性收入",
    "business": "生产经营性收入",
    "property": "财产性收入",
    "transfer": "转移性收入",
    "business_cost": "生产经营性支出",
    "transfer_cost": "转移性支出",
}
_TOLERANCE = 1
_LARGE = Decimal(100_000)


def filled_in(subject: Subject) -> Iterator[Finding]:
    """R20 E: every item of a sheet that was handed in has a figure; 无则填 0 (广州“双到”年度调查表填表说明)."""
    income = subject.household.income
    for key in REQUIRED_ITEMS if income else ():
        if getattr(income, key) is None:
            yield Finding("R20", "E", key, f"没有填写{_LABELS[key]}，没有的请填 0")


def not_negative(subject: Subject) -> Iterator[Finding]:
    """R21 E: incomes, costs, areas and counts are not negative."""
    household = subject.household
    for key, label in _LABELS.items():
        if household.income and (getattr(household.income, key) or 0) < 0:
            yield Finding("R21", "E", key, f"{label} {getattr(household.income, key)} 元小于 0，请核对")
    for key, label in {"size_stated": "家庭人口", "able_stated": "劳动力人数", "housing_area": "住房面积"}.items():
        if (getattr(household, key) or 0) < 0:
            yield Finding("R21", "E", key, f"{label} {getattr(household, key)} 小于 0，请核对")


def adds_up(subject: Subject) -> Iterator[Finding]:
    """R57, R58 E: the stated 人均 is (总收入 − 支出) ÷ members, to within one yuan (广东扶贫云收入核算).

    Where the head-count itself is in doubt (R09) a figure that fits either count is no second fault.
    """
    income, size = subject.household.income, subject.household.size
    if income is None or income.per_head_stated is None or size < 1:
        return
    summed = totals(income)
    if not summed.missing and not any(
        abs(summed.disposable - income.per_head_stated * heads) <= _TOLERANCE * heads for heads in _heads(subject)
    ):
        amount = Fraction(summed.disposable) / size
        text = f"人均可支配收入填 {income.per_head_stated} 元，按分项和 {size} 人核算为 {to_cents(amount)} 元，请核对各项收入"
        yield Finding("R58", "E", "per_head_stated", text)


def over_the_line(subject: Subject) -> Iterator[Finding]:
    """R63 W: at the line or above it the case will stop at the visit (粤发〔2016〕13号 一、2: 低于4000元); the visit decides, not the form."""
    income, line = subject.household.income, subject.line
    amount = _computed(income, subject.household.size) if line is not None else None
    if income and line is not None and amount is not None and not below(amount, line):
        text = f"{income.year} 年人均可支配收入 {to_cents(amount)} 元，不低于标准 {to_cents(line)} 元，核实时将停下"
        yield Finding("R63", "W", "per_head_stated", text)


def income_year(subject: Subject) -> Iterator[Finding]:
    """R63 W: the sheet is of the year before the application (粤发〔2016〕13号, 上年可支配收入)."""
    income, day = subject.household.income, subject.household.applied_on
    if income and day and day <= subject.today and income.year != day.year - 1:
        text = f"收入是 {income.year} 年的，{day.year} 年申请应填 {day.year - 1} 年收入，请核对"
        yield Finding("R63", "W", "year", text)


def costs_and_trade(subject: Subject) -> Iterator[Finding]:
    """R60 W: 经营支出 does not exceed 经营收入."""
    income = subject.household.income
    if income and income.business is not None and (income.business_cost or 0) > income.business:
        text = f"生产经营性支出 {income.business_cost} 元大于生产经营性收入 {income.business} 元，请核对"
        yield Finding("R60", "W", "business_cost", text)


def large_items(subject: Subject) -> Iterator[Finding]:
    """R61 W: an item beyond 100,000 yuan is rarely right in this office."""
    income = subject.household.income
    for key, label in _LABELS.items():
        if income and (getattr(income, key) or 0) > _LARGE:
            yield Finding("R61", "W", key, f"{label} {getattr(income, key)} 元，超过 10 万元，请核对单位是否为元")


def _heads(subject: Subject) -> set[int]:
    """The head-counts the stated 人均 may rest on: the members and, where it differs, what 家庭人口 says."""
    return {subject.household.size, subject.household.size_stated or subject.household.size}


def _computed(income: Income | None, size: int) -> Fraction | None:
    """Income per head; None while an item or the members are missing."""
    if income is None or size < 1:
        return None
    summed = totals(income)
    return None if summed.missing else Fraction(summed.disposable) / size


RULES: tuple[Rule, ...] = (filled_in, not_negative, adds_up, over_the_line, income_year, costs_and_trade, large_items)
