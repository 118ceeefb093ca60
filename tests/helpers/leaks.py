"""What a window test may not leave behind: windows, running threads, pool jobs, timers and animations.

A leftover does no harm in its own test; it strikes at random in a later one. The watch notes where each was started,
so the failure names the line to mend.
"""

import gc
import threading
import traceback
import weakref
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QAbstractAnimation, QCoreApplication, QEvent, QObject, QThread, QThreadPool, QTimer
from PySide6.QtWidgets import QApplication, QWidget

GRACE_MS = 300
"""How long a job that has delivered its result may take to leave its thread."""

QT_KEEPS = {"QTipLabel"}
"""Windows Qt makes for itself and deletes in its own time."""

Running = Callable[[Any], bool]

STARTED: tuple[tuple[type[QObject], Running, str], ...] = (
    (QTimer, lambda timer: timer.isActive(), "a timer is still running"),
    (QThread, lambda thread: not thread.wait(GRACE_MS), "a thread is still running"),
    (QThreadPool, lambda pool: not pool.waitForDone(GRACE_MS), "a pool still has a job"),
    (
        QAbstractAnimation,
        lambda animation: animation.state() == QAbstractAnimation.State.Running,
        "an animation is still running",
    ),
)


class Watch:
    """Notes what is started between its making and `left`, which tells what of it is still alive."""

    def __init__(self) -> None:
        self._started: list[tuple[weakref.ref[QObject], Running, str, str]] = []
        self._windows = {id(window) for window in QApplication.topLevelWidgets()}
        self._threads = set(threading.enumerate())

    def note(self, thing: QObject, running: Running, complaint: str) -> None:
        """Remember `thing` without keeping it alive, and the line of the program that started it."""
        frame = traceback.extract_stack(limit=3)[0]
        self._started.append((weakref.ref(thing), running, complaint, f"{frame.filename}:{frame.lineno}"))

    def left(self) -> list[str]:
        """One sentence for each thing still there; empty when the test cleaned up."""
        if self._left():
            gc.collect()
        return self._left()

    def _left(self) -> list[str]:
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
        return [*self._running(), *self._python_threads(), *self._open_windows()]

    def _running(self) -> Iterator[str]:
        for reference, running, complaint, where in self._started:
            thing = reference()
            if thing is not None and shiboken6.isValid(thing) and running(thing):
                yield f"{complaint}: {thing!r}, started by {where}"

    def _python_threads(self) -> Iterator[str]:
        # Threads that Qt started appear as dummies once Python code ran in them and are never taken off the list.
        dummy = threading._DummyThread
        for thread in set(threading.enumerate()) - self._threads:
            if not isinstance(thread, dummy):
                thread.join(GRACE_MS / 1000)
                if thread.is_alive():
                    yield f"a Python thread is still running: {thread.name}"

    def _open_windows(self) -> Iterator[str]:
        for window in QApplication.topLevelWidgets():
            if id(window) not in self._windows and _is_ours(window):
                yield f"a window was left: {window!r} «{window.windowTitle()}»"


def _is_ours(window: QWidget) -> bool:
    return shiboken6.isValid(window) and str(window.metaObject().className()) not in QT_KEEPS


@contextmanager
def watching() -> Iterator[Watch]:
    """A watch over everything started inside the block."""
    watch = Watch()
    with pytest.MonkeyPatch.context() as patch:
        for kind, running, complaint in STARTED:
            patch.setattr(kind, "start", _noting(watch, kind, running, complaint))
        yield watch


def _noting(watch: Watch, kind: type[QObject], running: Running, complaint: str) -> Callable[..., Any]:
    original: Callable[..., Any] = kind.start  # type: ignore[attr-defined]

    def start(self: QObject, *arguments: Any, **named: Any) -> Any:
        watch.note(self, running, complaint)
        return original(self, *arguments, **named)

    return start
