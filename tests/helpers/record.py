"""Records for tests: one is made a session, every test works on its own copy.

Take the fixture with ``from tests.helpers.record import make_record, template_record`` in a conftest; passwords cost almost nothing
here, by an argument the program never gives.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Protocol

import pytest

from db.rules.codes import Role
from db.store.clock import CST, Clock, FixedClock
from db.store.keys import keys_path
from db.store.record import Actor, NewPerson, Record, Unit
from db.store.wrap import Cost
from tests.helpers import replay

CHEAP = Cost(time=1, memory=8, lanes=1)
START = datetime(2016, 5, 25, 8, 30, tzinfo=CST)
CLERK = NewPerson("钟小明", Role.CLERK, "clerk's pass-1")
REVIEWER = NewPerson("曾阿慧", Role.REVIEWER, "reviewer's pass-2")
SECOND_CLERK = NewPerson("古大海", Role.CLERK, "other clerk's pass-3")
PEOPLE = (CLERK, REVIEWER, SECOND_CLERK)


class Template:
    """A closed pair nobody opens, and its recovery code; and one for each set-up: making a record costs as much as ten copies."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self.path = folder / "town.huk"
        self.code = create(self.path)
        self._set_up: dict[tuple[object, ...], Path] = {}

    def of(self, setup: Callable[[Unit], None], clock: Clock) -> Path:
        """The pair that ``setup`` makes when it is run by this clock; never opened either."""
        key = (setup, clock.now(), clock.monotonic(), clock.boot())
        if key not in self._set_up:
            path = self._folder / f"{len(self._set_up)}.huk"
            create(path, setup, clock)
            self._set_up[key] = path
        return self._set_up[key]


class MakeRecord(Protocol):
    """Copy the template, or the one made by ``setup``, into ``folder`` and log ``person`` in; a ``setup`` is a function that stays."""

    def __call__(
        self,
        folder: Path,
        *,
        clock: Clock | None = None,
        person: NewPerson = CLERK,
        setup: Callable[[Unit], None] | None = None,
        anchors: Path | None = None,
    ) -> Record: ...


def nothing(_: Unit) -> None:
    """A set-up that adds nothing to the people."""


def create(path: Path, setup: Callable[[Unit], None] = nothing, clock: Clock | None = None) -> str:
    """Make a record at ``path`` with ``PEOPLE``, close it and return its recovery code."""
    record, code = Record.create(path, people=PEOPLE, setup=setup, clock=clock or FixedClock(START), cost=CHEAP)
    record.close()
    return code


def copy_pair(source: Path, target: Path) -> Path:
    """Copy a closed record and its keys file."""
    shutil.copyfile(source, target)
    shutil.copyfile(keys_path(source), keys_path(target))
    return target


def reopen(path: Path, person: NewPerson = CLERK, clock: Clock | None = None, anchors: Path | None = None) -> Record:
    """Open the record at ``path`` as ``person``."""
    return Record.open(
        path, person.name, person.password, clock=clock or FixedClock(START), cost=CHEAP, anchors=anchors
    )


def vouch(record: Record, person: NewPerson = REVIEWER) -> Actor:
    """Let ``person`` give his password as the second one."""
    return record.authenticate(person.name, person.password)


@pytest.fixture(scope="session")
def template_record(tmp_path_factory: pytest.TempPathFactory) -> Template:
    """A record with ``PEOPLE`` and nothing else."""
    return Template(tmp_path_factory.mktemp("template"))


@pytest.fixture
def make_record(template_record: Template) -> Iterator[MakeRecord]:
    """See ``MakeRecord``; every record made is closed after the test."""
    made: list[Record] = []

    def make(
        folder: Path,
        *,
        clock: Clock | None = None,
        person: NewPerson = CLERK,
        setup: Callable[[Unit], None] | None = None,
        anchors: Path | None = None,
    ) -> Record:
        path = folder / "town.huk"
        made_once = template_record.path if setup is None else template_record.of(setup, clock or FixedClock(START))
        copy_pair(made_once, path)
        made.append(reopen(path, person, clock, anchors))
        replay.opened(made[-1], made_once)
        return made[-1]

    yield make
    for record in made:
        record.close()


@pytest.fixture
def record(make_record: MakeRecord, tmp_path: Path) -> Record:
    """A record of its own, the clerk logged in, the clock standing at ``START``."""
    return make_record(tmp_path)
