"""Codes in the record that no code table knows: a row that holds one cannot be read, so they are looked for on bare text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlalchemy import Column, String, Table, select, type_coerce

from db.fields.household import HOUSEHOLD
from db.fields.living import LIVING
from db.fields.member import MEMBER
from db.schema.base import Base, CodeOf
from db.schema.household import HouseholdRow
from db.schema.town import Village
from db.store.seal import Sealed
from db.store.unit import Unit

_FIELDS = {"household": HOUSEHOLD, "member": MEMBER, "living": LIVING}
_LABELS = {table.value: table.label for table in Sealed} | {"case_state": "申请进度", "trail": "操作日志"}


@dataclass(frozen=True, slots=True)
class Strange:
    """A code nobody knows in a row of ``table``; ``household_id`` where the row is part of a household's registration."""

    table: str
    household_id: int | None
    text: str


def find(unit: Unit) -> tuple[Strange, ...]:
    """All of them, table by table; one query a column, and one more for the households named."""
    found = [
        hit for table in Base.metadata.sorted_tables for column in _coded(table) for hit in _of(unit, table, column)
    ]
    named = _named(unit, {key for table, _, key, _ in found if table.name in _FIELDS})
    return tuple(_told(table, column, key, code, named) for table, column, key, code in found)


def _coded(table: Table) -> Iterator[Column[object]]:
    return (column for column in table.columns if isinstance(column.type, CodeOf))


def _of(unit: Unit, table: Table, column: Column[object]) -> Iterator[tuple[Table, Column[object], int, str]]:
    assert isinstance(column.type, CodeOf)
    own = table.columns["household_id"] if table.name in _FIELDS and "household_id" in table.columns else None
    key = own if own is not None else next(iter(table.primary_key.columns))
    bare = type_coerce(column, String)
    query = select(key, bare).where(bare.not_in([row.value for row in column.type.table])).order_by(key)
    for number, code in unit.session.execute(query):
        yield table, column, number, code


def _named(unit: Unit, household_ids: set[int]) -> dict[int, str]:
    """Village and head of these households; none of the columns read holds a code."""
    query = select(HouseholdRow.id, Village.name, HouseholdRow.head_name).join(
        Village, Village.id == HouseholdRow.village_id
    )
    if not household_ids:
        return {}
    return {home: f"{village} {head}户" for home, village, head in unit.session.execute(query) if home in household_ids}


def _told(table: Table, column: Column[object], key: int, code: str, named: dict[int, str]) -> Strange:
    wrong = f"代码“{code}”，代码表里没有这一项，被改动过"
    fields = _FIELDS.get(table.name)
    if fields is None:
        return Strange(table.name, None, f"{_LABELS.get(table.name, table.name)}第 {key} 条写着{wrong}")
    field = fields.get(column.name)
    place = f"的“{field.label}”" if field else "的资料"
    return Strange(table.name, key, f"{named.get(key, f'第 {key} 号农户')}{place}写着{wrong}")
