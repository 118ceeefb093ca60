"""Many rows in one statement, in and out: rosters, events of a batch, pages of a list."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Column, ColumnElement, String, Table, bindparam, func, literal, select

from db.schema.base import Base
from db.store.unit import Unit


def insert_rows(unit: Unit, row: type[Base], values: Sequence[Mapping[str, Any]]) -> tuple[int, ...]:
    """Insert rows, each with the same columns and without ``id``; returns their ids in that order.

    The ids follow on the highest there is, which is safe because a writing unit has the record to itself. The values go to the
    driver as they are stored: binding each row for itself would take three times as long.
    """
    if not values:
        return ()
    table = row.__table__
    assert isinstance(table, Table)
    highest = unit.session.scalar(select(func.max(table.c.id))) or 0
    ids = tuple(range(highest + 1, highest + 1 + len(values)))
    given = {name: [one[name] for one in values] for name in values[0]}
    names = tuple(name for name, column in given.items() if not _blank(table.c[name], column))
    sql = f"INSERT INTO {table.name} (id, {', '.join(names)}) VALUES (?{', ?' * len(names)})"
    columns = [_stored(unit, table.c[name], given[name]) for name in names]
    unit.connection.exec_driver_sql(sql, list(zip(ids, *columns, strict=True)))
    return ids


def _blank(column: Column[Any], values: list[Any]) -> bool:
    """Whether a column stays NULL without being named; most of a person's facts are not known when a roster comes in."""
    return column.server_default is None and all(value is None for value in values)


def _stored(unit: Unit, column: Column[Any], values: list[Any]) -> list[Any]:
    """The values of a column as they lie on the disk."""
    process = column.type.bind_processor(unit.connection.dialect)
    return values if process is None else [process(value) for value in values]


def among(column: ColumnElement[Any], values: Iterable[int | str]) -> ColumnElement[bool]:
    """Whether a column is one of any number of values; they travel as one parameter, where a list of parameters has an end."""
    return _in(column, literal(json.dumps(list(values), ensure_ascii=False)))


def listed(column: ColumnElement[Any]) -> ColumnElement[bool]:
    """As ``among``, for a statement that is made once: its values come with ``numbers``."""
    return _in(column, bindparam("numbers", type_=String))


def numbers(values: Iterable[int]) -> dict[str, str]:
    """The parameter of ``listed``."""
    return {"numbers": json.dumps(list(values))}


def _in(column: ColumnElement[Any], array: ColumnElement[str]) -> ColumnElement[bool]:
    return column.in_(select(func.json_each(array).table_valued("value").c.value))
