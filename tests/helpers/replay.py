"""The same climb on the same fresh record, by many tests: acted once in a process, afterwards the record it led to is put in place.

``once`` stands on functions that act on an office and return plain values. It replays only where nothing can be told apart: a record
copied from a template, the clerk logged in, nothing written since it was opened, nothing under way. Else the function just runs.
"""

from __future__ import annotations

import copy
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec, Protocol, TypeVar
from weakref import WeakKeyDictionary

from db.store.actor import Actor
from db.store.clock import FixedClock
from db.store.record import Record
from db.store.units import fold

P = ParamSpec("P")
R = TypeVar("R")


class WithRecord(Protocol):
    """Anything with an open record."""

    record: Record


O = TypeVar("O", bound=WithRecord)  # noqa: E741 - an office


@dataclass(frozen=True, slots=True)
class _Fresh:
    """A record as it was opened: the template it is a copy of, and its log as far as it went."""

    template: Path
    actor: Actor
    log: tuple[int, int]
    now: tuple[object, ...]


@dataclass(frozen=True, slots=True)
class _Acted:
    """Where an act led to: the record, the time that passed meanwhile, what was returned."""

    path: Path
    passed: timedelta
    returned: Any


_FRESH: WeakKeyDictionary[Record, _Fresh] = WeakKeyDictionary()
_ACTED: dict[tuple[object, ...], _Acted] = {}


def opened(record: Record, template: Path) -> None:
    """Note that ``record`` is a copy of ``template`` that was opened just now."""
    _FRESH[record] = _Fresh(template, record.actor, _log(record), _now(record))


def once(act: Callable[Concatenate[O, P], R]) -> Callable[Concatenate[O, P], R]:
    """Replay ``act`` on a fresh record when it was carried out on one with the same arguments before."""

    @wraps(act)
    def replayed(office: O, /, *args: P.args, **kwargs: P.kwargs) -> R:
        fresh = _fresh(office)
        if fresh is None:
            return act(office, *args, **kwargs)
        plain = tuple(a for a in args if a is not office.record.clock)
        key = (act.__module__, act.__qualname__, fresh.template, fresh.now, plain, tuple(sorted(kwargs.items())))
        if key not in _ACTED:
            returned = act(office, *args, **kwargs)
            fold(office.record.path, office.record.key)
            if office.record.actor == fresh.actor and not _log(office.record)[0]:
                _ACTED[key] = _kept(office.record, fresh, returned)
            return returned
        _put_in_place(office.record, _ACTED[key])
        found: R = copy.deepcopy(_ACTED[key].returned)
        return found

    return replayed


def _fresh(office: WithRecord) -> _Fresh | None:
    """How the record was opened, if that is how it still is."""
    record, work = office.record, getattr(office, "work", None)
    fresh = _FRESH.get(record)
    if fresh is None or (fresh.actor, fresh.log, fresh.now) != (record.actor, _log(record), _now(record)):
        return None
    return None if work is not None and work.busy() else fresh


def _log(record: Record) -> tuple[int, int]:
    """Size and time of the write-ahead log, into which all goes that is written."""
    log = record.path.with_name(record.path.name + "-wal")
    if not log.exists():
        return 0, 0
    found = log.stat()
    return found.st_size, found.st_mtime_ns


def _now(record: Record) -> tuple[object, ...]:
    return record.clock.now(), record.clock.monotonic(), record.clock.boot()


def _kept(record: Record, fresh: _Fresh, returned: object) -> _Acted:
    path = fresh.template.with_name(f"acted-{len(_ACTED)}.huk")
    shutil.copyfile(record.path, path)
    before, after = fresh.now[1], record.clock.monotonic()
    assert isinstance(before, float)
    return _Acted(path, timedelta(seconds=after - before), copy.deepcopy(returned))


def _put_in_place(record: Record, acted: _Acted) -> None:
    record.units._engine.dispose()
    fold(record.path, record.key)
    beside = record.path.with_name("acted")
    shutil.copyfile(acted.path, beside)
    beside.replace(record.path)
    if acted.passed:
        assert isinstance(record.clock, FixedClock)
        record.clock.pass_time(acted.passed)
