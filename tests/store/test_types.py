"""The shapes of columns: what goes in comes out, and what lies on the disk can be summed and sorted."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Column, Connection, Integer, MetaData, Table, create_engine
from sqlalchemy.exc import DBAPIError, IntegrityError, StatementError

from db.rules.codes import Role, Sex
from db.rules.moments import CST, moment_text
from db.schema.base import (
    Centi,
    CodeOf,
    Day,
    Fen,
    Moment,
    append_only,
    expected_triggers,
    install_guards,
    trigger_faults,
)

METADATA = MetaData()
SHAPES = Table(
    "shapes",
    METADATA,
    Column("id", Integer, primary_key=True),
    Column("fen", Fen),
    Column("area", Centi),
    Column("sex", CodeOf(Sex)),
    Column("day", Day),
    Column("at", Moment),
    **append_only(),
)
NOON = datetime(2016, 5, 25, 12, tzinfo=CST)


@pytest.fixture
def connection() -> Iterator[Connection]:
    engine = create_engine("sqlite://")
    with engine.connect() as found:
        METADATA.create_all(found)
        yield found
    engine.dispose()


def stored(connection: Connection, name: str, value: object) -> tuple[object, object]:
    """The value as it lies on the disk, and as it comes back."""
    key = connection.execute(SHAPES.insert().values({name: value})).inserted_primary_key
    assert key is not None
    raw = connection.exec_driver_sql(f"SELECT {name} FROM shapes WHERE id = ?", (key[0],)).scalar()
    back = connection.execute(SHAPES.select().where(SHAPES.c.id == key[0])).one()
    return raw, getattr(back, name)


@pytest.mark.parametrize(
    ("name", "value", "raw"),
    [
        ("fen", Decimal("12345678.05"), 1234567805),
        ("fen", Decimal("-0.01"), -1),
        ("area", Decimal("80.50"), 8050),
        ("sex", Sex.FEMALE, "2"),
        ("day", date(2016, 2, 29), "2016-02-29"),
        ("at", NOON, "2016-05-25T12:00:00.000000+08:00"),
        ("at", NOON.astimezone(UTC), "2016-05-25T12:00:00.000000+08:00"),
        ("fen", None, None),
        ("area", None, None),
        ("sex", None, None),
        ("day", None, None),
        ("at", None, None),
    ],
)
def test_shapes_come_back(connection: Connection, name: str, value: object, raw: object) -> None:
    assert stored(connection, name, value) == (raw, value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("fen", Decimal("0.005")),
        ("area", Decimal("1.234")),
        ("sex", Role.CLERK),
        ("day", NOON),
        ("at", datetime(2016, 5, 25, 12)),
    ],
)
def test_what_does_not_fit_is_a_bug_not_a_rounding(connection: Connection, name: str, value: object) -> None:
    with pytest.raises((StatementError, ValueError, TypeError)):
        stored(connection, name, value)


@given(st.datetimes(min_value=datetime(1900, 1, 1), max_value=datetime(2100, 1, 1), timezones=st.just(UTC)))
def test_moments_sort_as_text(moment: datetime) -> None:
    later = moment + timedelta(microseconds=1)
    assert moment_text(moment) < moment_text(later)
    assert datetime.fromisoformat(moment_text(moment)) == moment


def test_guards_stop_update_delete_and_replace(connection: Connection) -> None:
    install_guards(connection, [SHAPES])
    connection.exec_driver_sql("INSERT INTO shapes (id, fen) VALUES (1, 5)")
    for attack in (
        "UPDATE shapes SET fen = 6",
        "DELETE FROM shapes",
        "INSERT OR REPLACE INTO shapes (id, fen) VALUES (1, 6)",
    ):
        with pytest.raises(IntegrityError, match="append-only"):
            connection.exec_driver_sql(attack)
    assert connection.exec_driver_sql("SELECT id, fen FROM shapes").all() == [(1, 5)]


def test_a_missing_a_changed_and_a_strange_trigger_are_named(connection: Connection) -> None:
    install_guards(connection, [SHAPES])
    connection.exec_driver_sql("DROP TRIGGER shapes_no_update")
    connection.exec_driver_sql("DROP TRIGGER shapes_no_delete")
    connection.exec_driver_sql("CREATE TRIGGER shapes_no_delete BEFORE DELETE ON shapes BEGIN SELECT 1; END")
    connection.exec_driver_sql("CREATE TRIGGER extra AFTER INSERT ON shapes BEGIN SELECT 1; END")
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all()
    present = {row[0]: row[1] for row in rows}
    assert trigger_faults(present, expected_triggers([SHAPES])) == ["extra", "shapes_no_delete", "shapes_no_update"]


def test_an_unknown_code_on_the_disk_is_not_read_as_something_else(connection: Connection) -> None:
    connection.exec_driver_sql("INSERT INTO shapes (sex) VALUES ('9')")
    with pytest.raises((KeyError, DBAPIError)):
        connection.execute(SHAPES.select()).all()
