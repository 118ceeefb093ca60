"""The consistency rules a household's paper must hold before it is taken in, each one function with its number and source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from db.rules.checks import family, household, money, people, schooling, work
from db.rules.checks.finding import Finding, Severity
from db.rules.checks.subject import look_at
from db.rules.values import Household

__all__ = ["Finding", "Severity", "check_household"]

RULES = (*household.RULES, *people.RULES, *family.RULES, *schooling.RULES, *work.RULES, *money.RULES)


def check_household(household_seen: Household, today: date, line: Decimal | None = None) -> tuple[Finding, ...]:
    """Everything found in one household, members and income on ``today``, the gravest first.

    ``line`` is the identification line of the income's year; without it R63 is not asked. A blank required field is an E of R20, R41
    or R110, so a reader that refused a cell itself drops the finding of that field. Doubled numbers (R03) and the existence of the
    village (R24) need the whole record and are not asked here.
    """
    subject = look_at(household_seen, today, line)
    found = [finding for rule in RULES for finding in rule(subject)]
    return tuple(sorted(found, key=lambda f: "EWI".index(f.severity)))
