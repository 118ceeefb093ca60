"""What stands at the right of a form: what is still missing or doubtful, and the incomes added up against the year's line."""

from __future__ import annotations

from collections.abc import Sequence

from db.errors import Problem
from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME, ITEMS
from db.fields.kinds import Money
from db.fields.living import LIVING
from db.fields.member import MEMBER
from db.rules.codes import ThresholdKind
from db.rules.income import Threshold, below, net_per_head, per_head, threshold, to_cents, totals
from db.rules.values import Household
from desktop.forms.people import member_of, without_echo
from desktop.widgets.side import Figure, Line

_SHOWN = 7
_MONEY = Money()


def findings_of(household: Household, errors: Sequence[Problem], warnings: Sequence[Problem]) -> list[Line]:
    """Faults first, then doubts, then what is not filled in yet; one line when all is well."""
    errors = without_echo(errors)
    blank = [p for p in errors if is_blank(p, household)]
    lines = [Line(p.text, "bad") for p in errors if p not in blank]
    lines += [Line(p.text, "mind") for p in without_echo(warnings)]
    hidden = len(lines) - _SHOWN
    lines = lines[:_SHOWN]
    if hidden > 0:
        lines.append(Line(f"另有 {hidden} 处", "mind"))
    if blank:
        lines.append(Line(f"还有 {len(blank)} 项必填没有填", "mind", _missing(household, blank)))
    return lines or [Line("必填都已填，各项核对无误", "ok")]


def is_blank(problem: Problem, household: Household) -> bool:
    """Whether a problem only says that something is not filled in yet."""
    return value_of(problem, household) in (None, "", ())


def value_of(problem: Problem, household: Household) -> object:
    """What stands in the box a problem is about; None when its row is gone."""
    index = member_of(problem)
    if index is not None and index >= household.size:
        return None
    if index is not None:
        return getattr(household.members[index], problem.field, None)
    if problem.field in INCOME:
        return getattr(household.income, problem.field, None)
    if problem.field in LIVING:
        return getattr(household.living, problem.field, None)
    return getattr(household, problem.field, problem.text)


def sums(household: Household, thresholds: Sequence[Threshold]) -> tuple[list[Figure], str]:
    """The income sheet added up, and the sentence on the line it is held against."""
    income = household.income
    if income is None or not household.size:
        return [], ""
    total, size = totals(income), household.size
    share = per_head(income, size)
    figures = [
        Figure("总收入", _yuan(total.gross)),
        Figure("− 生产经营性支出", _yuan(total.business_cost)),
        Figure("− 转移性支出", _yuan(total.transfer_cost)),
        Figure("可支配收入", _yuan(total.disposable)),
        Figure(f"人均可支配收入（{size} 人）", _yuan(to_cents(share)), total=True),
    ]
    figures.append(Figure("参考：人均纯收入（国家口径）", _yuan(to_cents(net_per_head(income, size)))))
    if total.missing:
        items = "、".join(f.label for f in ITEMS if f.key in total.missing)
        return figures, f"{items}还没有填，没有的填 0。"
    line = threshold(thresholds, ThresholdKind.ENTRY, income.year)
    if line is None:
        return figures, f"标准表里没有 {income.year} 年的识别标准。"
    word = "低于" if below(share, line.line) else "不低于"
    index = f"{line.amount:,.0f} 元 × 指数 {line.price_index:.3f}"
    return figures, f"{word} {income.year} 年标准 {to_cents(line.line):,.2f} 元（{index}）。{line.source}"


def _missing(household: Household, blank: Sequence[Problem]) -> str:
    names: dict[str, None] = {}
    for problem in blank:
        index = member_of(problem)
        if index is None:
            field = (HOUSEHOLD | INCOME | LIVING).get(problem.field)
            names[field.label if field else problem.field] = None
        else:
            label = MEMBER[problem.field].label if problem.field in MEMBER else problem.field
            names[f"{household.members[index].name or f'第 {index + 1} 名成员'}的{label}"] = None
    shown = list(names)
    return "、".join(shown[:12]) + ("……" if len(shown) > 12 else "")


def _yuan(amount: object) -> str:
    return _MONEY.show(amount)
