"""A household or a person as one line of canonical JSON: what versions keep, changes tell and digests are made of."""

from __future__ import annotations

import json
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from db.rules.values import Household, Income, Living, Member

_NUMBERS = frozenset({"id", "version"})


def snapshot(household: Household) -> str:
    """The household as canonical JSON: codes as codes, money and dates as text, no record numbers, blanks left out."""
    bare = _said(household)
    bare["members"] = [_said(m) for m in household.members]
    for part in ("income", "living"):
        sheet: Income | Living | None = getattr(household, part)
        if sheet is not None:
            bare[part] = _said(sheet)
    return _CANONICAL.encode(bare)


def person_facts(member: Member) -> dict[str, Any]:
    """A person whole, as the facts of a change keep him: codes as codes, blanks left out."""
    told: dict[str, Any] = json.loads(_CANONICAL.encode(_said(member)))
    return told


def _said(value: Household | Member | Income | Living) -> dict[str, Any]:
    """What is filled in, without the record's own numbers."""
    return {
        key: said
        for key in value.__slots__
        if key not in _NUMBERS and (said := getattr(value, key)) is not None and said != ""
    }


def _json(value: object) -> str:
    if isinstance(value, Enum):
        return str(value._value_)
    if isinstance(value, Decimal):
        return f"{value:.2f}"
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(type(value))


_CANONICAL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=_json)
