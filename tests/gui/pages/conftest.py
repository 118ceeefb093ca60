"""An office for every test of a page: a record with the invented town, the clerk logged in, the writing thread and the crier.

Move the ``clock`` to let days pass; ``office.work.drain()`` waits for what was asked. Give pages to ``qtbot.addWidget``: they are
closed before the office is.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from db.store.clock import FixedClock
from desktop.app.office import Office
from tests.helpers import town
from tests.helpers.record import START, MakeRecord, make_record, template_record

__all__ = ["make_record", "template_record"]


@pytest.fixture
def clock() -> FixedClock:
    """The clock of the office, standing at START."""
    return FixedClock(START)


@pytest.fixture
def office(qapp: QApplication, make_record: MakeRecord, tmp_path: Path, clock: FixedClock) -> Iterator[Office]:
    """The town without households, the clerk at his desk."""
    made = Office(make_record(tmp_path, clock=clock, setup=town.set_up))
    yield made
    made.close()
