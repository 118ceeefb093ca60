"""Earlier versions of households read back into values, exactly as they were saved.

The first program wrote every box, filled or not, with the record's own numbers among them; later ones leave blanks out. Each value is
read by the type its box has, so that a code, a sum or a day comes back as what it was.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import date, datetime
from decimal import Decimal
from types import NoneType
from typing import Any, get_args, get_type_hints

from sqlalchemy import case, func, select

from db.errors import Known
from db.rules.codes import Code
from db.rules.values import Household, Income, Living, Member
from db.schema.household import HouseholdVersion
from db.services.bulk import among
from db.store.unit import Unit

_NUMBERS = frozenset({"id", "version"})
_PARTS: Mapping[str, type[Income] | type[Living]] = {"income": Income, "living": Living}


def household_of(content: str, household_id: int, version: int) -> Household:
    """The household as one version says; Known when a newer program wrote what this one does not know."""
    said: dict[str, Any] = json.loads(content)
    members = tuple(Member(**_boxes(Member, m)) for m in said.pop("members", ()))
    parts: dict[str, Any] = {key: kind(**_boxes(kind, said[key])) for key, kind in _PARTS.items() if said.get(key)}
    plain = {key: value for key, value in said.items() if key not in _PARTS}
    return Household(**_boxes(Household, plain), **parts, members=members, id=household_id, version=version)


def of_many(unit: Unit, wanted: Iterable[tuple[int, int]]) -> dict[int, Household]:
    """Household id -> its value in the version asked for; one query."""
    asked = dict(wanted)
    if not asked:
        return {}
    v = HouseholdVersion
    query = select(v.household_id, v.version, v.content).where(among(v.household_id.expression, asked))
    return {
        household_id: household_of(content, household_id, version)
        for household_id, version, content in unit.session.execute(query)
        if asked[household_id] == version
    }


def entered_by(unit: Unit, household_ids: Iterable[int], moment: datetime) -> dict[int, Household]:
    """The households as the record had them at ``moment``, the first version of those entered later; two queries."""
    v = HouseholdVersion
    known = func.max(case((v.at <= moment, v.version), else_=None))
    query = select(v.household_id, func.coalesce(known, func.min(v.version))).group_by(v.household_id)
    asked = unit.session.execute(query.where(among(v.household_id.expression, household_ids)))
    return of_many(unit, ((row[0], row[1]) for row in asked))


def _boxes(kind: type[Any], said: Mapping[str, Any]) -> dict[str, Any]:
    """The boxes that were filled, each as its own type; what a box has by itself stays for those left out."""
    readers = _READERS[kind]
    strange = sorted(said.keys() - readers.keys() - _NUMBERS)
    if strange:
        raise Known("这一版内容是较新的程序写的，本程序看不全。", "请先升级程序，再查看以前的情形。")
    filled = {key: value for key, value in said.items() if value is not None and key in readers}
    return {key: readers[key](value) for key, value in filled.items()}


def _readers(kind: type[Any]) -> dict[str, Callable[[Any], object]]:
    """How each box of a value reads what was written for it."""
    hints = get_type_hints(kind)
    own = [f.name for f in fields(kind) if f.name not in _NUMBERS and f.name not in _PARTS and f.name != "members"]
    return {name: _reader(hints[name]) for name in own}


def _reader(hint: Any) -> Callable[[Any], object]:  # noqa: ANN401 - a type as annotations write it
    (bare,) = [part for part in get_args(hint) if part is not NoneType] or [hint]
    if bare is date:
        return date.fromisoformat
    if bare is Decimal:
        return Decimal
    if isinstance(bare, type) and issubclass(bare, Code):
        return bare.of
    assert bare in (str, int), bare
    return bare  # type: ignore[no-any-return]


_READERS: Mapping[type, Mapping[str, Callable[[Any], object]]] = {
    kind: _readers(kind) for kind in (Household, Member, Income, Living)
}
