"""One practice record a session, made on the day of the tests' clock; every test works on its own copy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from db.store.record import Record
from tests.helpers.practice import enter, practice_template

__all__ = ["practice_template"]


@pytest.fixture
def practice(practice_template: Path, tmp_path: Path) -> Iterator[Callable[[], Record]]:
    """Opens a copy of the practice record; closed after the test."""
    made: list[Record] = []

    def opened() -> Record:
        made.append(enter(practice_template, tmp_path / "练习"))
        return made[-1]

    yield opened
    for record in made:
        record.close()
