"""What happens when the program itself is wrong: one window with a report that may be copied, and a line in the log.

The report names the kind of error and the places in our own files, never its message or any value: those may hold a person's name or
number. The same error is reported once a minute, because a table that paints can raise it three hundred times.
"""

from __future__ import annotations

import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime, timedelta, timezone
from pathlib import Path
from time import monotonic
from types import TracebackType

from PySide6.QtCore import QObject, Signal, Slot, qVersion

from db.errors import Cancelled, Known, Refused

_QUIET_SECONDS = 60.0
_CST = timezone(timedelta(hours=8))
_OURS = ("desktop", "db")


def report(kind: type[BaseException], trace: TracebackType | None) -> str:
    """Kind of error, our own frames from the outermost in, versions. No message, no values, no folder of this computer."""
    lines = [f"{kind.__module__}.{kind.__qualname__}".removeprefix("builtins.")]
    lines += [place for frame in traceback.extract_tb(trace) if (place := _place(frame))]
    lines.append(f"Python {platform.python_version()} · Qt {qVersion()} · {platform.system()} {platform.release()}")
    return "\n".join(lines)


def _place(frame: traceback.FrameSummary) -> str:
    parts = Path(frame.filename).parts
    start = next((n for n in range(len(parts) - 1, -1, -1) if parts[n] in _OURS), -1)
    return f"  {'/'.join(parts[start:])}:{frame.lineno} {frame.name}" if start >= 0 else ""


class Crash(QObject):
    """Made on the window's thread, one per process; ``show`` is called there with the report, at most one at a time.

    ``known`` is called with a `Refused` or `Known` that escaped a slot, so that even then the clerk reads its sentence.
    """

    _caught = Signal(str)
    _told = Signal(object)

    def __init__(
        self,
        log: Path,
        show: Callable[[str], None],
        known: Callable[[Exception], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._log, self._show, self._known = log, show, known
        self._seen: dict[str, float] = {}
        self._showing = False
        self._caught.connect(self._on_caught)
        self._told.connect(self._on_told)

    def install(self) -> None:
        """Take over unhandled exceptions of all threads."""
        sys.excepthook = self.take
        threading.excepthook = self._take_from_thread

    def tell_to(self, known: Callable[[Exception], None]) -> None:
        """Who is called with a `Refused` or `Known` that escaped, from now on."""
        self._known = known

    def remove(self) -> None:
        """Give unhandled exceptions back to Python."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__

    def take(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        """The hook; may be called on any thread."""
        if not issubclass(kind, Exception):
            sys.__excepthook__(kind, error, trace)
        elif isinstance(error, Refused | Known):
            self._told.emit(error)
        elif not isinstance(error, Cancelled):
            self._take_bug(report(kind, trace))

    def _take_bug(self, text: str) -> None:
        now = monotonic()
        if now - self._seen.get(text, -_QUIET_SECONDS) >= _QUIET_SECONDS:
            self._seen[text] = now
            self._write(text)
            self._caught.emit(text)

    def _take_from_thread(self, found: threading.ExceptHookArgs) -> None:
        if found.exc_value is not None:
            self.take(found.exc_type, found.exc_value, found.exc_traceback)

    def _write(self, text: str) -> None:
        try:
            with self._log.open("a", encoding="utf-8") as log:
                log.write(f"{datetime.now(_CST).isoformat(timespec='seconds')}\n{text}\n\n")
        except OSError:
            return

    @Slot(str)
    def _on_caught(self, text: str) -> None:
        if self._showing:
            return
        self._showing = True
        try:
            self._show(text)
        finally:
            self._showing = False

    @Slot(object)
    def _on_told(self, error: Exception) -> None:
        if self._known is not None:
            self._known(error)
