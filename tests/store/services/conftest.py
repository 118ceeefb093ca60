"""A record with the invented town in it, and short words for acting in it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import pytest

from db.store.clock import FixedClock
from db.store.record import Record
from tests.helpers import town
from tests.helpers.record import START, MakeRecord


class Office(Protocol):
    """What a test of the services acts with."""

    record: Record
    clock: FixedClock


class Desk:
    """The record with a movable clock; ``do`` writes as the person logged in, ``see`` reads."""

    def __init__(self, record: Record, clock: FixedClock) -> None:
        self.record = record
        self.clock = clock

    def do(self, verb: Callable[..., Any], *args: Any, second: Any = None, **kwargs: Any) -> Any:
        with self.record.write(second) as unit:
            return verb(unit, *args, **kwargs)

    act = do

    def see(self, verb: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        with self.record.read() as unit:
            return verb(unit, *args, **kwargs)


@pytest.fixture
def desk(make_record: MakeRecord, tmp_path: Path) -> Desk:
    """The town, the clerk logged in, the clock at START."""
    clock = FixedClock(START)
    return Desk(make_record(tmp_path, clock=clock, setup=town.set_up), clock)
