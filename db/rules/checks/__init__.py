"""The consistency rules R01–R80, R99, R101 and R110–R120 of the papers, each one function with its number and source."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from db.rules.checks import household
from db.rules.checks.asked import ASKED, ASKED_OF_MORE
from db.rules.checks.finding import Finding, Severity
from db.rules.checks.subject import Check, Subject, look_at
from db.rules.values import Household

__all__ = ["Finding", "Severity", "check_household", "check_subject"]

_ASKED: tuple[Check, ...] = (household.applied_in_future, *(rule.check for rule in ASKED))
_ASKED_OF_MORE: tuple[Check, ...] = tuple(rule.check for rule in ASKED_OF_MORE)


def check_household(household_seen: Household, today: date, line: Decimal | None = None) -> tuple[Finding, ...]:
    """Everything found in one household, members, income and living on ``today``, the gravest first.

    ``line`` is the identification line of the income's year; without it R63 is not asked. A blank required field is an E of R20, R41
    or R110, so a reader that refused a cell itself drops the finding of that field. Doubled numbers (R03) and the existence of the
    village (R24) need the whole record and are not asked here.
    """
    return check_subject(look_at(household_seen, today, line))


def check_subject(subject: Subject) -> tuple[Finding, ...]:
    """As ``check_household`` for a household already looked at."""
    checks = (*_ASKED, *_ASKED_OF_MORE) if subject.more or subject.whole else _ASKED
    found = [finding for check in checks for finding in check(subject)]
    return tuple(sorted(found, key=_gravity)) if len(found) > 1 else tuple(found)


def _gravity(finding: Finding) -> int:
    return "EWI".index(finding.severity)
