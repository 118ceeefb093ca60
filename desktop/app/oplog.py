"""The running log: which verb ran how long and how it ended, in codes. It never holds a value of the record.

A line is built of what the code itself is called (verbs, classes, rule numbers, places in our files) and of durations; what could
come from a person is not handed over at all. A filter takes out whatever still looks like a name, a number of a person or a path.
"""

from __future__ import annotations

import errno
import logging
import re
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from functools import partial
from pathlib import Path
from time import perf_counter
from types import TracebackType
from typing import Any

from db.errors import Cancelled, Known, Refused

FILE = "operations.log"
LARGEST = 400_000
KEPT = 2
"""Bytes of one file, and how many older ones stay: some months of a clerk's work."""
SLOW_LOOK = 0.3
"""Seconds from which reading for the screen is worth a line; there are thousands of quicker ones a day."""

_CST = timezone(timedelta(hours=8))
_OURS = ("desktop", "db")
_SERVICES = "db.services."
_NUMBERS = re.compile(r"[0-9０-９]{6,}")
_STRANGE = re.compile(r"[^A-Za-z0-9 _.,:+<>#()-]+")
_RULE = re.compile(r"[A-Z]\d{1,3}")
_log = logging.getLogger("huyouka")
_log.propagate = False
_log.setLevel(logging.INFO)


def clean(text: str) -> str:
    """Nothing but code: no number as long as a telephone's, no Chinese character, no separator of a path."""
    return _STRANGE.sub("?", _NUMBERS.sub("#", text))


class _Plain(logging.Filter):
    def filter(self, record: logging.LogRecord) -> bool:
        record.msg, record.args, record.exc_info, record.stack_info = clean(record.getMessage()), (), None, None
        return True


class _Lines(logging.Formatter):
    def format(self, record: logging.LogRecord) -> str:
        at = datetime.fromtimestamp(record.created, _CST)
        return f"{at:%Y-%m-%dT%H:%M:%S} {record.getMessage()}"


class _Rotating(logging.FileHandler):
    """A log that cannot be written must not stop the work. (The library's own rotation takes the network's modules in with it, which
    the start would wait for.)"""

    def emit(self, record: logging.LogRecord) -> None:
        try:
            super().emit(record)
            if self.stream is not None and self.stream.tell() > LARGEST:
                self._turn_over()
        except (OSError, ValueError):
            return

    def handleError(self, record: logging.LogRecord) -> None:
        return

    def _turn_over(self) -> None:
        self.close()  # the next line opens it again
        newest = Path(self.baseFilename)
        for n in range(KEPT, 0, -1):
            older = newest.with_name(f"{FILE}.{n - 1}") if n > 1 else newest
            if older.exists():
                older.replace(newest.with_name(f"{FILE}.{n}"))


def begin(folder: Path) -> None:
    """Write into ``folder`` from now on."""
    end()
    kept_in = _Rotating(folder / FILE, encoding="ascii", errors="replace", delay=True)
    kept_in.addFilter(_Plain())
    kept_in.setFormatter(_Lines())
    _log.addHandler(kept_in)


def end() -> None:
    """Write no more."""
    for kept_in in tuple(_log.handlers):
        _log.removeHandler(kept_in)
        kept_in.close()


def files(folder: Path) -> list[Path]:
    """The log's files, oldest first."""
    named = [folder / f"{FILE}.{n}" for n in range(KEPT, 0, -1)]
    return [path for path in (*named, folder / FILE) if path.is_file()]


def note(what: str, *codes: object) -> None:
    """One line of codes."""
    if _log.handlers:
        _log.info(" ".join([what, *map(str, codes)]))


class timed:  # noqa: N801 — read as a word: with timed("do", verb)
    """One line about what runs inside: what, which, how long, how it ended; nothing for what ended well within ``least`` seconds."""

    def __init__(self, what: str, which: Callable[..., Any], least: float = 0.0) -> None:
        self._what, self._which, self._least = what, which, least
        self._began = 0.0

    def __enter__(self) -> None:
        self._began = perf_counter()

    def __exit__(self, kind: object, error: BaseException | None, trace: TracebackType | None) -> None:
        took = perf_counter() - self._began
        if error is not None or took >= self._least:
            note(self._what, named(self._which), f"{took * 1000:.0f}ms", outcome(error))


def named(call: Callable[..., Any]) -> str:
    """What a function is called in the code: ``appraisals.meetings.enter`` with the room of a service, ``Door.open``."""
    while isinstance(call, partial):
        call = call.func
    name = str(getattr(call, "__qualname__", type(call).__name__))
    module = str(getattr(call, "__module__", ""))
    shown = module.removeprefix(_SERVICES) if module.startswith(_SERVICES) else module.rpartition(".")[2]
    return name if "." in name else f"{shown}.{name}"


def outcome(error: BaseException | None) -> str:
    """How something ended: ``ok``, ``refused R05``, ``known ENOSPC db.store.files:81``, ``stopped``, ``bug KeyError …``."""
    if error is None:
        return "ok"
    if isinstance(error, Cancelled):
        return "stopped"
    if isinstance(error, Refused):
        rules = {p.rule if _RULE.fullmatch(p.rule) else "-" for p in error.problems}
        return f"refused {','.join(sorted(rules))} x{len(error.problems)}"
    kind = f"known {_code(error)}".rstrip() if isinstance(error, Known) else f"bug {type(error).__name__}"
    return f"{kind} {place(error.__traceback__)}".rstrip()


def place(trace: TracebackType | None) -> str:
    """The innermost line of ours that an error went through: ``db.store.files:81``."""
    ours = [found for frame in traceback.extract_tb(trace) if (found := _place(frame))]
    return ours[-1] if ours else ""


def _place(frame: traceback.FrameSummary) -> str:
    parts = Path(frame.filename).with_suffix("").parts
    start = next((n for n in range(len(parts) - 1, -1, -1) if parts[n] in _OURS), -1)
    return f"{'.'.join(parts[start:])}:{frame.lineno}" if start >= 0 else ""


def _code(error: Known) -> str:
    """What the system called it, where it was the system."""
    cause = error.__cause__
    if isinstance(cause, OSError):
        return errno.errorcode.get(cause.errno or 0, "") or f"win{getattr(cause, 'winerror', '') or ''}"
    return type(cause).__name__ if cause is not None else type(error).__name__.replace("Known", "")
