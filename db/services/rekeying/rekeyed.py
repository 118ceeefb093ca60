"""Between the record's values and what is keyed again: the same fields of an income sheet or a visit, as they read and back."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from db.fields import rekey
from db.fields.base import Field
from db.fields.kinds import Money
from db.rules.codes import Code, Finding, LookItem, Priority, YesNo
from db.rules.eligibility import LOOK_WORDS, Verification
from db.rules.values import Income

C = TypeVar("C", bound=Code)

_BETWEEN = re.compile(r"[、，,;；/\s]+")


def read(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Field key to the text a person reads; an item left out and one of 0 yuan are the same, names go in one order."""
    return {key: _text(field, values.get(key)) for key, field in fields.items()}


def kept(fields: Mapping[str, Field], values: Mapping[str, Any]) -> dict[str, str]:
    """Field key to the text that can be read back whole."""
    return {key: field.kind.edit(values[key]) for key, field in fields.items() if values.get(key) is not None}


def back(fields: Mapping[str, Field], texts: Mapping[str, str]) -> dict[str, Any]:
    """What ``kept`` wrote, as values."""
    return {key: field.kind.read(texts[key]) if key in texts else None for key, field in fields.items()}


def of_income(sheet: Income) -> dict[str, Any]:
    """An income sheet by field."""
    return {key: getattr(sheet, key) for key in rekey.INCOME}


def of_visit(v: Verification) -> dict[str, Any]:
    """A visit by field."""
    found: dict[str, Any] = {
        rekey.VISITED_ON.key: v.visited_on,
        rekey.SURVEYORS.key: "、".join(v.surveyors),
        rekey.OFFICER.key: v.officer,
        rekey.SIGNED_HOUSEHOLD.key: _yes(v.signed_household),
        rekey.SIGNED_OFFICER.key: _yes(v.signed_officer),
        rekey.SIGNED_SURVEYORS.key: v.signed_surveyors,
    }
    for item, field in rekey.LOOKS.items():
        look = v.looks.get(item, (None, ""))[0]
        found[field.key] = LOOK_WORDS[item][look] if look else None
    found |= {field.key: _yes(p in v.priorities) for p, field in rekey.PRIORITIES.items()}
    found |= {field.key: v.entries[e][0] if e in v.entries else None for e, field in rekey.ENTRIES.items()}
    found |= {field.key: v.bars[b][0] if b in v.bars else None for b, field in rekey.BARS.items()}
    return found


def visit_with(v: Verification, values: Mapping[str, Any]) -> Verification:
    """The visit with these fields as they were keyed again; notes stay with their answers."""
    said = of_visit(v) | dict(values)
    visited_on = said[rekey.VISITED_ON.key]
    assert isinstance(visited_on, date)
    return replace(
        v,
        visited_on=visited_on,
        surveyors=_names(said[rekey.SURVEYORS.key]),
        officer=said[rekey.OFFICER.key] or "",
        signed_household=said[rekey.SIGNED_HOUSEHOLD.key] is YesNo.YES,
        signed_officer=said[rekey.SIGNED_OFFICER.key] is YesNo.YES,
        signed_surveyors=int(said[rekey.SIGNED_SURVEYORS.key] or 0),
        looks=_looks(v, said),
        priorities=frozenset(p for p in Priority if said[rekey.PRIORITIES[p].key] is YesNo.YES),
        entries=_findings(v.entries, {e: said[f.key] for e, f in rekey.ENTRIES.items()}),
        bars=_findings(v.bars, {b: said[f.key] for b, f in rekey.BARS.items()}),
    )


def _looks(v: Verification, said: Mapping[str, Any]) -> dict[LookItem, Any]:
    found = {}
    for item, field in rekey.LOOKS.items():
        look = next((look for look, word in LOOK_WORDS[item].items() if word == said[field.key]), None)
        if look is not None or item in v.looks:
            found[item] = (look, v.looks.get(item, (None, ""))[1])
    return found


def _findings(
    before: Mapping[C, tuple[Finding, str]], said: Mapping[C, Finding | None]
) -> dict[C, tuple[Finding, str]]:
    return {one: (found, before[one][1] if one in before else "") for one, found in said.items() if found is not None}


def _yes(value: bool) -> YesNo:
    return YesNo.YES if value else YesNo.NO


def _names(text: str | None) -> tuple[str, ...]:
    return tuple(name for name in _BETWEEN.split(text or "") if name)


def _text(field: Field, value: object) -> str:
    if field is rekey.SURVEYORS:
        return "、".join(sorted(_names(value if isinstance(value, str) else None)))
    if isinstance(field.kind, Money) and not field.demanded and value == Decimal(0):
        return ""
    return "" if value is None else field.kind.show(value)
