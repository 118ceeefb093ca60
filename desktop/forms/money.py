"""Between the figures typed and the income sheet of a household: which year it speaks of, and what its paper states."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from db.rules.income import per_head, to_cents, totals
from db.rules.values import Household, Income

TOLERANCE = 1
"""Yuan a stated 人均 may lie off the one the items make (广东扶贫云收入核算)."""


def income_year(base: Household, applied: date | None, today: date) -> int:
    """The year the income sheet speaks of: the one before the application; a sheet in the record keeps its own."""
    if base.id is not None and base.income is not None:
        return base.income.year
    return (applied or today).year - 1


def sheet_of(values: Mapping[str, Any], before: Income | None, year: int, size: int) -> Income | None:
    """The sheet of ``year`` with these figures; None where none was given and none stood before."""
    own = before if before is not None and before.year == year else None
    if own is None and not any(value is not None for value in values.values()):
        return before
    return restated(replace(own or Income(year), **values), own, size)


def restated(income: Income, before: Income | None, size: int) -> Income:
    """A paper that stated 人均 states it still; where the items no longer make that figure, the one they make."""
    if before is None or before.per_head_stated is None or size < 1:
        return income
    made = to_cents(per_head(income, size))
    still = bool(totals(income).missing) or abs(made - before.per_head_stated) <= TOLERANCE
    return replace(income, per_head_stated=before.per_head_stated if still else made)
