"""Work off the window's thread: one thread writes the record, two read, and results come home through one private signal.

A job is plain Python that touches no widget; what it returns or raises is handed to a bound method on the window's thread. A refusal or
a known trouble that nobody asked for is announced by ``trouble``; a bug goes to the crash window.
"""

from __future__ import annotations

import sys
from collections import deque
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import partial
from threading import Lock
from time import monotonic
from typing import Any, TypeVar

from PySide6.QtCore import QEventLoop, QObject, QTimer, Signal, Slot
from shiboken6 import isValid

from db.errors import Cancelled, Known, Refused
from desktop.app.collecting import Collector
from desktop.app.oplog import named, timed
from desktop.app.ticket import Ticket

T = TypeVar("T")
SHOWN_AFTER = 0.6
_POLL_MS = 100


@dataclass(frozen=True, slots=True, eq=False)
class _Job:
    ticket: Ticket
    op: Callable[[], Any]
    done: Callable[[Any], None] | None
    failed: Callable[[Exception], None] | None
    asked: Callable[..., Any]
    """What the log names: ``op``, or what it carries out."""


class Work(QObject):
    """One per window, made on its thread; call ``close`` before the record is closed.

    Signals: ``trouble(error)`` a `Refused` or `Known` no caller took; ``progressed(Ticket | None)`` every 0.1 s the oldest job that has
    run longer than 0.6 s, None when there is none left; ``idle()`` the last job came home.
    """

    trouble = Signal(object)
    progressed = Signal(object)
    idle = Signal()
    _arrived = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._writer = ThreadPoolExecutor(1, "huyouka-write")
        self._readers = ThreadPoolExecutor(2, "huyouka-read")
        self._lock = Lock()
        self._home: deque[tuple[_Job, Any, Exception | None]] = deque()
        self._open: list[_Job] = []
        self._said = False
        self._timer = QTimer(self)
        self._timer.setInterval(_POLL_MS)
        self._timer.timeout.connect(self._poll)
        self._arrived.connect(self._deliver)
        self._collector = Collector(self)
        self._collector.begin()

    def write(
        self,
        title: str,
        op: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``op`` on the one writing thread, in the order given.

        ``failed`` gets every exception (bugs have then already been reported); without it `trouble` is emitted.
        """
        self._start(self._writer, _Job(Ticket(title, stoppable=False), op, done, failed, op))

    def read(
        self,
        title: str,
        op: Callable[[], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
    ) -> None:
        """Run ``op`` beside the writing thread; results may come home in another order than asked."""
        self._start(self._readers, _Job(Ticket(title, stoppable=False), op, done, failed, op))

    def long(
        self,
        title: str,
        op: Callable[[Ticket], T],
        done: Callable[[T], None] | None = None,
        failed: Callable[[Exception], None] | None = None,
        writes: bool = False,
    ) -> Ticket:
        """Run ``op(ticket)`` with progress and cancel; ``writes`` puts it on the writing thread. A cancelled job is silent."""
        ticket = Ticket(title)

        def ticketed() -> T:
            return op(ticket)

        self._start(self._writer if writes else self._readers, _Job(ticket, ticketed, done, failed, op))
        return ticket

    def tell(self, error: Exception) -> None:
        """Announce a refusal or known trouble in the window's own words; a bug was already reported, a cancel says nothing."""
        if isinstance(error, Refused | Known):
            self.trouble.emit(error)

    def busy(self) -> bool:
        """Whether any job has not come home."""
        return bool(self._open)

    def drain(self, seconds: float = 30.0) -> None:
        """Wait until every job has come home and been handed over; raises TimeoutError. For tests and closing only."""
        until = monotonic() + seconds
        while self._open:
            if monotonic() > until:
                raise TimeoutError("、".join(job.ticket.title for job in self._open))
            loop = QEventLoop()
            self.idle.connect(loop.quit)
            # Not QTimer.singleShot: given a context that dies first, it leaves a timer behind that brings the program down.
            alarm = QTimer(loop)
            alarm.setSingleShot(True)
            alarm.timeout.connect(loop.quit)
            alarm.start(50)
            loop.exec(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
            alarm.stop()

    def close(self) -> None:
        """Ask long jobs to stop, wait for all, end the threads. Nothing can be given to it afterwards."""
        for job in self._open:
            job.ticket.cancel()
        self._writer.shutdown(wait=True)
        self._readers.shutdown(wait=True)
        self._deliver()
        self._timer.stop()
        self._collector.end()

    def _start(self, pool: ThreadPoolExecutor, job: _Job) -> None:
        self._open.append(job)
        if not self._timer.isActive():
            self._timer.start()
        pool.submit(self._run, [job])

    def _run(self, given: list[_Job]) -> None:
        """On the worker: run, keep what came of it, ring the bell.

        The worker lets go of the job, in which pages wait for their answer, before anybody can take it home: who drops a page last
        deletes it, and a window deleted on a worker leaves its timers running into nothing.
        """
        job = given.pop()
        result, error = None, None
        try:
            job.ticket.check()
            result = _logged(job)
        except Exception as caught:
            error = caught
        with self._lock:
            self._home.append((job, result, error))
            del job, result, error
        self._arrived.emit()

    @Slot()
    def _deliver(self) -> None:
        while True:
            with self._lock:
                if not self._home:
                    break
                job, result, error = self._home.popleft()
            self._open.remove(job)
            self._hand_over(job, result, error)
        if not self._open:
            self._poll()
            self.idle.emit()

    def _hand_over(self, job: _Job, result: object, error: Exception | None) -> None:
        if error is not None and not isinstance(error, Refused | Known | Cancelled):
            sys.excepthook(type(error), error, error.__traceback__)
        if error is None:
            if job.done is not None and _alive(job.done):
                job.done(result)
        elif job.failed is not None and _alive(job.failed):
            job.failed(error)
        else:
            self.tell(error)

    @Slot()
    def _poll(self) -> None:
        slow = next((job.ticket for job in self._open if job.ticket.age() >= SHOWN_AFTER), None)
        if slow is not None or self._said:
            self.progressed.emit(slow)
        self._said = slow is not None
        if not self._open:
            self._timer.stop()


def _logged(job: _Job) -> object:
    """What came of a job; the office logs its verbs itself."""
    if named(job.asked).startswith("Office."):
        return job.op()
    with timed("job", job.asked):
        return job.op()


def _alive(call: Callable[..., None]) -> bool:
    """Whether the window a bound method belongs to still exists; a page closed meanwhile needs no answer."""
    owner = getattr(call.func if isinstance(call, partial) else call, "__self__", None)
    return not isinstance(owner, QObject) or isValid(owner)


__all__ = ["SHOWN_AFTER", "Ticket", "Work"]
