"""The base of every table and the shapes its columns take on disk.

Money, areas, dates and times are kept as whole numbers or sortable text, never as floats. A table marked ``append_only`` gets
triggers that refuse changing or removing a row; further triggers are named beside the table that needs them.
"""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection, Integer, MetaData, PrimaryKeyConstraint, String, Table, UniqueConstraint
from sqlalchemy.engine import Dialect
from sqlalchemy.orm import DeclarativeBase
from sqlalchemy.types import TypeDecorator

from db.rules.codes import Code
from db.rules.moments import moment_text

C = TypeVar("C", bound=Code)

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class Base(DeclarativeBase):
    """Parent of every table of the record."""

    metadata = MetaData(naming_convention=NAMING)


class _Hundredths(TypeDecorator[Decimal]):
    """Decimal with two places <-> whole hundredths; more than two places is a bug of the caller (ValueError)."""

    impl = Integer
    cache_ok = True

    def process_bind_param(self, value: Decimal | None, dialect: Dialect) -> int | None:
        if value is None:
            return None
        scaled = Decimal(value).scaleb(2)
        if scaled != scaled.to_integral_value():
            raise ValueError(f"{value} has more than two places")
        return int(scaled)

    def process_result_value(self, value: int | None, dialect: Dialect) -> Decimal | None:
        return None if value is None else Decimal(value).scaleb(-2)


class Fen(_Hundredths):
    """Yuan as Decimal with two places <-> 分 as an integer."""

    cache_ok = True


class Centi(_Hundredths):
    """Square metres (or another measure) with two places <-> hundredths as an integer."""

    cache_ok = True


class CodeOf(TypeDecorator[C], Generic[C]):
    """A row of a code table <-> its national code as text."""

    impl = String
    cache_ok = True

    def __init__(self, table: type[C]) -> None:
        super().__init__()
        self.table = table
        self._rows: dict[str | None, C | None] = {None: None, **{row.value: row for row in table}}

    def process_bind_param(self, value: C | None, dialect: Dialect) -> str | None:
        if value is None:
            return None
        if not isinstance(value, self.table):
            raise TypeError(f"{value!r} is not of {self.table.__name__}")
        return str(value._value_)

    def result_processor(self, dialect: Dialect, coltype: object) -> Callable[[str | None], C | None]:
        """The table's own look-up: lists read thousands of codes, and a function of ours around it would cost three times as much."""
        return self._rows.__getitem__


class Day(TypeDecorator[date]):
    """A calendar day <-> ISO text."""

    impl = String(10)
    cache_ok = True

    def process_bind_param(self, value: date | None, dialect: Dialect) -> str | None:
        if isinstance(value, datetime):
            raise TypeError("a day is wanted, not a moment")
        return None if value is None else value.isoformat()

    def process_result_value(self, value: str | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(value)


class Moment(TypeDecorator[datetime]):
    """An aware time <-> ISO text of fixed width in +08:00, so that text order is time order."""

    impl = String(32)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:
        return None if value is None else moment_text(value)

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:
        return None if value is None else datetime.fromisoformat(value)


@dataclass(frozen=True, slots=True)
class Trigger:
    """One trigger of a table: its name and its whole CREATE TRIGGER text."""

    name: str
    sql: str


def append_only(*triggers: Trigger) -> dict[str, Any]:
    """The last item of ``__table_args__`` of a table whose rows are never changed or removed."""
    return {"info": {"append_only": True, "triggers": triggers}}


def with_triggers(*triggers: Trigger) -> dict[str, Any]:
    """The last item of ``__table_args__`` of a changeable table that has triggers of its own."""
    return {"info": {"triggers": triggers}}


def guards(table: Table) -> tuple[Trigger, ...]:
    """The three triggers that keep ``table`` append-only; the third stops REPLACE where recursive triggers are off.

    REPLACE drops the row that stands in the way of any unique key, so each of them is looked at.
    """
    name = table.name
    unique = sorted(_same(c) for c in table.constraints if isinstance(c, UniqueConstraint))
    same = " OR ".join([_same(table.primary_key), *unique])
    refusal = f"BEGIN SELECT RAISE(ABORT, '{name} is append-only'); END"
    return (
        Trigger(f"{name}_no_update", f"CREATE TRIGGER {name}_no_update BEFORE UPDATE ON {name} {refusal}"),
        Trigger(f"{name}_no_delete", f"CREATE TRIGGER {name}_no_delete BEFORE DELETE ON {name} {refusal}"),
        Trigger(
            f"{name}_no_replace",
            f"CREATE TRIGGER {name}_no_replace BEFORE INSERT ON {name} "
            f"WHEN EXISTS (SELECT 1 FROM {name} WHERE {same}) {refusal}",
        ),
    )


def _same(key: PrimaryKeyConstraint | UniqueConstraint) -> str:
    return " AND ".join(f"{column.name} = NEW.{column.name}" for column in key.columns)


def triggers_of(table: Table) -> tuple[Trigger, ...]:
    """Every trigger ``table`` must have: its guards when it is append-only, and its own."""
    own: tuple[Trigger, ...] = table.info.get("triggers", ())
    return (*(guards(table) if table.info.get("append_only") else ()), *own)


def expected_triggers(tables: Iterable[Table]) -> dict[str, str]:
    """Trigger name -> text, as sqlite_master must show them."""
    return {trigger.name: trigger.sql for table in tables for trigger in triggers_of(table)}


def install_guards(connection: Connection, tables: Iterable[Table]) -> None:
    """Create the triggers of ``tables``; used by tests, as records get theirs from the migrations."""
    for sql in expected_triggers(tables).values():
        connection.exec_driver_sql(sql)


def trigger_faults(present: Mapping[str, str], expected: Mapping[str, str]) -> list[str]:
    """Names of triggers that are missing, changed, or present without being expected."""
    wrong = {name for name, sql in expected.items() if present.get(name) != sql}
    return sorted(wrong | (present.keys() - expected.keys()))


def load_all() -> MetaData:
    """Import every module of the schema, so that the metadata is complete."""
    package = importlib.import_module("db.schema")
    for module in pkgutil.iter_modules(package.__path__):
        importlib.import_module(f"db.schema.{module.name}")
    return Base.metadata
