"""The practice record for tests: made once a session, copied for each; ``played`` puts it where the program looks for it."""

from __future__ import annotations

from pathlib import Path

import pytest

from db.practice import making
from db.store.clock import FixedClock
from db.store.record import Record
from tests.helpers.record import START, copy_pair

NAME = "练习台账.huk"


@pytest.fixture(scope="session")
def practice_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A closed practice record made at ``START``; nobody opens it."""
    path = tmp_path_factory.mktemp("练习") / NAME
    making.make(path, FixedClock(START))
    return path


def played(template: Path, folder: Path) -> Path:
    """A copy of the practice record in ``folder``."""
    folder.mkdir(parents=True, exist_ok=True)
    return copy_pair(template, folder / NAME)


def enter(template: Path, folder: Path) -> Record:
    """A copy of the practice record in ``folder``, opened as the program opens it."""
    return making.enter(played(template, folder), FixedClock(START))
