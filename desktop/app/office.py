"""The office at work: the open record with the thread that writes it and the crier that tells what changed.

Pages get one of these and nothing else. They act on the record only by handing a service (a verb of `db.services`) to ``write`` or
``read``; the service gets its unit here, so no page ever holds a session or a file.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.errors import Known
from db.rules.codes import Role
from db.store.backup import backup
from db.store.record import Actor, Record, Unit
from desktop.app.hub import Hub
from desktop.app.oplog import SLOW_LOOK, timed
from desktop.app.ticket import Ticket
from desktop.app.work import Work
from desktop.widgets.dialogs import ask_second_person

P = ParamSpec("P")
T = TypeVar("T")
Verb = Callable[..., T]
Failed = Callable[[Exception], None]

CASES = frozenset({"cases", "households", "batches"})
"""The kinds of change that any step of the procedure makes."""


class Office(QObject):
    """One per open record; lives as long as the window."""

    def __init__(self, record: Record, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.record = record
        self.work = Work(self)
        self.hub = Hub(self)

    def see(self, verb: Callable[Concatenate[Unit, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Read at once on the window's thread; only for what takes a few milliseconds (a page of rows, one household)."""
        with timed("see", verb, SLOW_LOOK), self.record.read() as unit:
            return verb(unit, *args, **kwargs)

    def read(
        self,
        title: str,
        verb: Verb[T],
        *args: Any,
        done: Callable[[T], None],
        failed: Failed | None = None,
        **kwargs: Any,
    ) -> None:
        """Read beside the window; ``done`` gets the result on the window's thread."""
        self.work.read(title, partial(self.see, verb, *args, **kwargs), done, failed)

    def write(
        self,
        title: str,
        verb: Verb[T],
        *args: Any,
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        changes: frozenset[str] = CASES,
        by: object = None,
        second: Actor | None = None,
        **kwargs: Any,
    ) -> None:
        """Act on the record on the writing thread, in one transaction; then ``done``, then the crier tells ``changes``.

        ``failed`` gets every exception; without it a refusal or known trouble is shown in the window's banner.
        """
        op = partial(self._act, verb, args, kwargs, second)
        self.work.write(title, op, partial(self._written, done, changes, by), failed)

    def long(
        self,
        title: str,
        op: Callable[[Ticket], T],
        done: Callable[[T], None] | None = None,
        failed: Failed | None = None,
        *,
        changes: frozenset[str] = frozenset(),
        by: object = None,
        writes: bool = False,
    ) -> Ticket:
        """A job with progress and cancel; ``op`` opens its own units by ``see`` or ``act``."""
        return self.work.long(title, op, partial(self._written, done, changes, by), failed, writes)

    def act(self, verb: Verb[T], *args: Any, second: Actor | None = None, **kwargs: Any) -> T:
        """One transaction on the calling thread: inside long jobs, the tour and tests."""
        return self._act(verb, args, kwargs, second)

    def second(self, parent: QWidget, title: str, why: str, *, reviewer: bool = False) -> tuple[Actor, str] | None:
        """Ask another person to stand by an act with his password and a reason; None when they let it be.

        ``reviewer`` offers reviewers only. A wrong password is said and asked again; nothing typed elsewhere is lost.
        """
        people = [p for p in self.record.people() if p.active and p.id != self.record.actor.id]
        names = [p.name for p in people if not reviewer or p.role is Role.REVIEWER]
        while True:
            answer = ask_second_person(parent, title, why, names)
            if answer is None:
                return None
            try:
                return self.record.authenticate(answer.name, answer.password), answer.reason
            except Known as wrong:
                why = f"{wrong.text}{wrong.remedy}"

    def backup_before(self, what: str) -> str:
        """Make a verified copy of the record before ``what`` (名册录入) and return its file name; call it inside a long job.

        Known when it could not be made; ``what`` must then not begin.
        """
        try:
            return backup(self.record).path.name
        except Known as trouble:
            text = f"{what}前的备份没有做成，{what}没有开始，档案没有改动。{trouble.text}"
            raise Known(text, trouble.remedy) from trouble

    def close(self) -> None:
        """Let running work come home, then close the record."""
        self.work.close()
        self.record.close()

    def _act(self, verb: Verb[T], args: tuple[Any, ...], kwargs: Mapping[str, Any], second: Actor | None) -> T:
        with timed("do", verb), self.record.write(second) as unit:
            return verb(unit, *args, **kwargs)

    def _written(self, done: Callable[[T], None] | None, changes: frozenset[str], by: object, result: T) -> None:
        if done is not None:
            done(result)
        self.hub.announce(changes, by)
