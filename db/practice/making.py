"""Making the practice record: a clock walks from three months ago up to now, and on each day is done what happened then.

It grows under a hidden name and takes its place when it is finished, so that a half-made one is never met.
"""

from __future__ import annotations

import shutil
from datetime import timedelta
from itertools import groupby
from pathlib import Path

from db.errors import Known
from db.practice import cast
from db.practice.story import Deed, deeds
from db.rules.codes import Role
from db.services.town import town
from db.sheets.findings import Ticket
from db.store.actor import Actor
from db.store.clock import Clock, FixedClock
from db.store.clockguard import ClockState
from db.store.files import explained
from db.store.keys import keys_path
from db.store.place import require_local
from db.store.practising import PASSWORD
from db.store.record import Record, Unit
from db.store.wrap import Cost

COST = Cost(time=1, memory=1024, lanes=1)
"""A password everybody knows is guessed at no price; a dear one would only make the start slow."""
_FRESH = "新"
_FIRST_YEAR = 2016
"""粤发〔2016〕13号 began it; a computer whose battery is dead says 2000 or 2009."""


def make(path: Path, clock: Clock, ticket: Ticket | None = None) -> None:
    """Make the practice record at ``path`` (its folder too) in place of the one before. Known when the disk refuses, or when the date of
    the computer is from before there was anything to practise; Cancelled."""
    require_local(path)
    today = clock.now().date()
    if today.year < _FIRST_YEAR:
        raise Known(
            f"这台电脑的日期是 {today}，早于 {_FIRST_YEAR} 年，编不出练习镇。", "请先把电脑的日期改对，再点“练习台账”。"
        )
    folder = path.parent / _FRESH
    shutil.rmtree(folder, ignore_errors=True)
    try:
        folder.mkdir(parents=True)
        _play(folder / path.name, clock, ticket)
        for old in path.parent.glob(f"{path.name}*"):
            old.unlink()
        for made in (keys_path(folder / path.name), folder / path.name):
            made.replace(path.parent / made.name)
    except OSError as error:
        raise explained(error, path) from error
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def enter(path: Path, clock: Clock) -> Record:
    """Open the practice record as its clerk; a date that leapt ahead since is answered for, as nothing hangs on it. Known as ``Record.open``."""
    record = Record.open(path, cast.CLERK.name, PASSWORD, clock=clock, cost=COST)
    try:
        if record.clock_state is not ClockState.TRUSTED:
            second = record.authenticate(cast.REVIEWER.name, PASSWORD)
            record.confirm_clock(second, "练习台账，日期由程序确认")
            record.lock()
            record.unlock(PASSWORD)
    except BaseException:
        record.close()
        raise
    return record


def _found(unit: Unit) -> None:
    town.set_up(unit, cast.TOWN)


def _play(path: Path, clock: Clock, ticket: Ticket | None) -> None:
    today = clock.now().date()
    told = deeds(today)
    walk = FixedClock(clock.now() - timedelta(days=told[0].ago + 1))
    people = (cast.CLERK, cast.REVIEWER)
    record, _ = Record.create(path, people=people, setup=_found, clock=walk, cost=COST, practice=True)
    with record:
        for ago, of_day in groupby(told, key=lambda deed: deed.ago):
            walk.pass_to(clock.now() - timedelta(days=ago))
            for deed in of_day:
                _do(record, deed)
            if ticket is not None:
                ticket.check()
                ticket.report(told[0].ago - ago, told[0].ago, f"正在练习 {today - timedelta(days=ago)} 的事")


def _do(record: Record, deed: Deed) -> None:
    """One deed by the person it falls to."""
    if record.actor.role is not deed.by:
        _change(record, deed.by)
    second: Actor | None = record.authenticate(cast.REVIEWER.name, PASSWORD) if deed.both else None
    with record.write(second) as unit:
        deed.act(unit)


def _change(record: Record, role: Role) -> None:
    person = cast.REVIEWER if role is Role.REVIEWER else cast.CLERK
    record.switch(person.name, person.password)
