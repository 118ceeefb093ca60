"""The ticket a long job carries: it says how far it is and asks whether it should stop.

The job writes from its own thread, the window reads from the GUI thread; both only touch plain values, so no lock is needed.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from threading import Event
from time import monotonic

from db.errors import Cancelled


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a job is: ``total`` 0 means nobody knows how long it will take."""

    done: int = 0
    total: int = 0
    text: str = ""


@dataclass(eq=False)
class Ticket:
    """``title`` is what the clerk reads, ``stoppable`` whether he is offered 取消."""

    title: str
    stoppable: bool = True
    started: float = field(default_factory=monotonic)
    progress: Progress = Progress()
    _stop: Event = field(default_factory=Event)

    def report(self, done: int, total: int, text: str = "") -> None:
        """Say how far the job is."""
        self.progress = Progress(done, total, text)

    def check(self) -> None:
        """Raise `Cancelled` when the clerk asked to stop; call it where stopping leaves nothing half done."""
        if self._stop.is_set():
            raise Cancelled

    def cancel(self) -> None:
        """Ask the job to stop at its next check."""
        self._stop.set()

    def stopping(self) -> bool:
        """Whether it was asked to stop."""
        return self._stop.is_set()

    def age(self) -> float:
        """Seconds since the job was given to us."""
        return monotonic() - self.started
