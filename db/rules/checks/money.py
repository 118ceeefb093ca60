"""Rules on the income sheet: not negative, adding up, fitting the members who earn it, and below the line."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from fractions import Fraction
from operator import attrgetter

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Subject
from db.rules.checks.work import works
from db.rules.codes import Attribute, YesNo
from db.rules.income import below, to_cents, totals
from db.rules.values import Income

_LABELS = {
    "wages": "工资性收入",
    "business": "生产经营性收入",
    "property": "财产性收入",
    "transfer": "转移性收入",
    "business_cost": "生产经营性支出",
    "transfer_cost": "转移性支出",
}
_six = attrgetter(*_LABELS)
_PARTS = {
    "transfer": (
        "family_planning", "low_income_benefit", "five_guarantees", "pension", "ecology", "medical_paid", "medical_aid",
        "other_transfer",
    ),
    "property": ("dividend", "other_property"),
    "transfer_cost": ("tax", "social_security", "support_paid", "other_transfer_cost"),
}  # fmt: skip
_COUNTS = {"size_stated": "家庭人口", "able_stated": "劳动力人数", "housing_area": "住房面积"}
_MONTHS = 12
_PENSION_AGE = 60
_TOLERANCE = 1
_LARGE = Decimal(100_000)


def figures(subject: Subject) -> Iterator[Finding]:
    """R21 E: incomes, costs, areas and counts are not negative, months are 0–12 (广州“双到”填表说明); 可支配收入 itself may be negative."""
    household = subject.household
    for key, value in _amounts(household.income):
        if value < 0:
            yield Finding("R21", "E", key, f"{_LABELS[key]} {value} 元小于 0，请核对")
    for key, label in _COUNTS.items():
        if (getattr(household, key) or 0) < 0:
            yield Finding("R21", "E", key, f"{label} {getattr(household, key)} 小于 0，请核对")
    for person in subject.registered:
        months = person.member.work_months
        if months is not None and not 0 <= months <= _MONTHS:
            text = f"{person.label}务工时间 {months} 个月，应为 0–{_MONTHS}，请改正"
            yield Finding("R21", "E", "work_months", text, person.index)


def adds_up(subject: Subject) -> Iterator[Finding]:
    """R58 E: the stated 人均 is (总收入 − 支出) ÷ members, to within one yuan (广东扶贫云收入核算).

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


def entry_line(subject: Subject) -> Iterator[Finding]:
    """R63 W in the form, E at the visit: the income is of the year before the application and lies below the line of that year (粤发〔2016〕13号
    一、2: 低于4000元). The visit decides, not the form (`db.rules.eligibility`)."""
    income, day, line = subject.household.income, subject.household.applied_on, subject.line
    if income is None:
        return
    amount = _computed(income, subject.household.size) if line is not None else None
    if line is not None and amount is not None and not below(amount, line):
        text = f"{income.year} 年人均可支配收入 {to_cents(amount)} 元，不低于标准 {to_cents(line)} 元，核实时将停下"
        yield Finding("R63", "W", "per_head_stated", text)
    if day and day <= subject.today and income.year != day.year - 1:
        text = f"收入是 {income.year} 年的，{day.year} 年申请应填 {day.year - 1} 年收入，请核对"
        yield Finding("R63", "W", "year", text)


def trade(subject: Subject) -> Iterator[Finding]:
    """R60 W: 经营支出 does not exceed 经营收入, and who farms land has some (建档立卡逻辑校验)."""
    income, living = subject.household.income, subject.household.living
    if income is None or income.business is None:
        return
    if (income.business_cost or 0) > income.business:
        text = f"生产经营性支出 {income.business_cost} 元大于生产经营性收入 {income.business} 元，请核对"
        yield Finding("R60", "W", "business_cost", text)
    if living is not None and living.arable and not income.business:
        text = f"有耕地 {living.arable} 亩，生产经营性收入却是 0，请核对是否撂荒或出租"
        yield Finding("R60", "W", "business", text)


def large_items(subject: Subject) -> Iterator[Finding]:
    """R61 W: an item beyond 100,000 yuan is rarely right in this office (建档立卡逻辑校验)."""
    for key, value in _amounts(subject.household.income):
        if value > _LARGE:
            yield Finding("R61", "W", key, f"{_LABELS[key]} {value} 元，超过 10 万元，请核对单位是否为元")


def transfer_parts(subject: Subject) -> Iterator[Finding]:
    """R55 E: 转移性收入 is the sum of its items once one of them is given (广东扶贫云收入核算)."""
    yield from _parts(subject, "R55", "transfer")


def property_parts(subject: Subject) -> Iterator[Finding]:
    """R56 E: 财产性收入 is 分红 and 其他财产性 once one of them is given (建档立卡 AC07)."""
    yield from _parts(subject, "R56", "property")


def cost_parts(subject: Subject) -> Iterator[Finding]:
    """R57 E: 转移性支出 is the sum of its items once one of them is given (广东扶贫云收入核算)."""
    yield from _parts(subject, "R57", "transfer_cost")


def wages_and_workers(subject: Subject) -> Iterator[Finding]:
    """R59 W: wages come from somebody who is 务工, and who is 务工 brings wages (建档立卡逻辑校验). Asked once 家庭成员表 is filled in."""
    income = subject.household.income
    if income is None or income.wages is None or not subject.registered:
        return
    working = [p for p in subject.persons if works(p) or p.member.public_post is YesNo.YES]
    if income.wages > 0 and not working:
        text = f"工资性收入 {income.wages} 元，成员里却没有人务工或在公益岗位，请核对"
        yield Finding("R59", "W", "wages", text)
    elif working and not income.wages:
        yield Finding("R59", "W", "wages", f"{working[0].label}在务工，工资性收入却是 0，请核对")


def benefit_paid(subject: Subject) -> Iterator[Finding]:
    """R51 W: 低保金 goes with 享受低保 (建档立卡逻辑校验)."""
    income, attribute = subject.household.income, subject.household.attribute
    answers = [p.member.benefits for p in subject.registered if p.member.benefits is not None]
    if income is None or income.low_income_benefit is None or not answers:
        return
    if income.low_income_benefit > 0 and YesNo.YES not in answers:
        text = f"低保金 {income.low_income_benefit} 元，成员里却没有人享受低保，请核对"
        yield Finding("R51", "W", "low_income_benefit", text)
    elif not income.low_income_benefit and YesNo.YES in answers and attribute is not Attribute.FIVE_GUARANTEES:
        yield Finding("R51", "W", "low_income_benefit", "有成员享受低保，低保金却是 0，请核对")


def support_paid(subject: Subject) -> Iterator[Finding]:
    """R52 W: 五保金 is paid to 五保 households only (农村五保供养工作条例)."""
    income, attribute = subject.household.income, subject.household.attribute
    paid = income.five_guarantees if income else None
    if paid and attribute is not None and attribute is not Attribute.FIVE_GUARANTEES:
        text = f"五保金 {paid} 元，贫困户属性却是{attribute.label}，请核对"
        yield Finding("R52", "W", "five_guarantees", text)


def pension(subject: Subject) -> Iterator[Finding]:
    """R53 W: from 60 on everybody is in 养老保险 and draws it (广东扶贫云社会保障核查)."""
    income = subject.household.income
    old = [p for p in subject.persons if p.age is not None and p.age >= _PENSION_AGE]
    for person in old:
        if person.member.pension_insured is YesNo.NO:
            text = f"{person.label} {person.age} 岁，没有参加养老保险，请核对"
            yield Finding("R53", "W", "pension_insured", text, person.index)
    insured = [p for p in old if p.member.pension_insured is YesNo.YES]
    if insured and income is not None and income.pension is not None and not income.pension:
        text = f"{insured[0].label} {insured[0].age} 岁、已参加养老保险，养老保险金却是 0，请核对"
        yield Finding("R53", "W", "pension", text)


def medical(subject: Subject) -> Iterator[Finding]:
    """R54 W: every member is in 城乡居民基本医疗保险 (广东扶贫云: 退出时须 100%)."""
    for person in subject.registered:
        if person.member.medical_insured is YesNo.NO:
            text = f"{person.label}没有参加城乡居民医保，请核对并动员参保"
            yield Finding("R54", "W", "medical_insured", text, person.index)


def _amounts(income: Income | None) -> Iterable[tuple[str, Decimal]]:
    """The six deciding items that are filled in and not 0."""
    return () if income is None else [pair for pair in zip(_LABELS, _six(income), strict=True) if pair[1]]


def _parts(subject: Subject, rule: str, key: str) -> Iterator[Finding]:
    income = subject.household.income
    given = [v for part in _PARTS[key] if income and (v := getattr(income, part)) is not None]
    if not given:
        return
    stated, summed = getattr(income, key), sum(given, Decimal(0))
    if stated is not None and stated != summed:
        text = f"{_LABELS[key]}填 {stated} 元，其中各项合计 {summed} 元，请核对"
        yield Finding(rule, "E", key, text)


def _heads(subject: Subject) -> set[int]:
    """The head-counts the stated 人均 may rest on: the members and, where it differs, what 家庭人口 says."""
    return {subject.household.size, subject.household.size_stated or subject.household.size}


def _computed(income: Income | None, size: int) -> Fraction | None:
    """Income per head; None while an item or the members are missing."""
    if income is None or size < 1:
        return None
    summed = totals(income)
    return None if summed.missing else Fraction(summed.disposable) / size


_SIX = tuple(_LABELS)
RULES = (
    Rule("R21", "E", "数字小于 0，或月数超过 12", "household", figures),
    Rule("R58", "E", "人均可支配收入与分项不符", "household", adds_up),
    Rule("R60", "W", "生产经营的收支对不上", "household", trade, ("business", "business_cost", "arable")),
    Rule("R61", "W", "收入过大，或与上年相差一半以上", "household", large_items, _SIX, ("db.rules.checks.record.income_jump",)),
    Rule("R63", "W", "收入超标，或不是上年收入", "household", entry_line, (*_SIX, "year", "size_stated"),
         ("db.rules.eligibility.judge",)),
)  # fmt: skip
EXTRA = (
    Rule("R51", "W", "低保金与享受低保对不上", "household", benefit_paid, ("low_income_benefit", "benefits")),
    Rule("R52", "W", "不是五保户却有五保金", "household", support_paid, ("five_guarantees", "attribute")),
    Rule("R53", "W", "60 岁以上没有养老保险", "member", pension, ("pension_insured", "pension")),
    Rule("R54", "W", "没有参加城乡居民医保", "member", medical, ("medical_insured",)),
    Rule("R55", "E", "转移性收入与其中各项不符", "household", transfer_parts),
    Rule("R56", "E", "财产性收入与其中各项不符", "household", property_parts),
    Rule("R57", "E", "转移性支出与其中各项不符", "household", cost_parts),
    Rule(
        "R59",
        "W",
        "工资性收入与务工的人对不上",
        "household",
        wages_and_workers,
        ("wages", "work_status", "work_months", "public_post"),
    ),
)
