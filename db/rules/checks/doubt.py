"""What a reason for a doubt hangs on: whom it concerns, and the values it was given for. When they change, the reason no longer counts."""

from __future__ import annotations

from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from hashlib import sha256

from db.rules.checks.finding import Finding
from db.rules.checks.register import RULES
from db.rules.codes import Code
from db.rules.values import Household, Member

_OF_MEMBER = frozenset(f.name for f in fields(Member))
_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Doubt:
    """One finding of one household, to be recognised again. ``subject`` names the member and the field, ``fingerprint`` the values."""

    household_id: int
    rule: str
    subject: str
    fingerprint: str


def doubt_of(household_id: int, household: Household, finding: Finding) -> Doubt:
    """The finding as a reason knows it."""
    member = _member(household, finding)
    who = f"{member.id_number or member.name}/" if member else ""
    return Doubt(household_id, finding.rule, f"{who}{finding.field}", _fingerprint(household, member, finding))


def _member(household: Household, finding: Finding) -> Member | None:
    index = finding.member
    return household.members[index] if index is not None and index < len(household.members) else None


def _fingerprint(household: Household, member: Member | None, finding: Finding) -> str:
    """Of the values the rule says its reason rests on; of the sentence where it names none."""
    rule = RULES.get(finding.rule)
    said = [_said(household, member, key) for key in rule.rests] if rule else []
    return sha256("\x1f".join(said or [finding.text]).encode()).hexdigest()[:_LENGTH]


def _said(household: Household, member: Member | None, key: str) -> str:
    if key in _OF_MEMBER:
        people = household.members if member is None else (member,)
        return "|".join(_text(getattr(one, key)) for one in people)
    for place in (household, household.income, household.living):
        if place is not None and hasattr(place, key):
            return _text(getattr(place, key))
    return ""


def _text(value: object) -> str:
    if isinstance(value, Code):
        return str(value.value)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    return value.isoformat() if isinstance(value, date) else str(value if value is not None else "")
