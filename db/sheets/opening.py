"""Opening a file a clerk chose: in a process of its own, so that it can be stopped and cannot take the program with it.

The child is limited in memory and time; cancelling kills it. What comes back is the book, or one sentence. In a packed program the
child is the program itself, started with `HOOK` as its only argument: see `serve`.
"""

from __future__ import annotations

import json
import os
import pickle
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from time import monotonic
from typing import IO, Any

from db.errors import Known
from db.sheets import drill
from db.sheets.book import Book, Note, Sheet
from db.sheets.findings import Ticket
from db.sheets.jobs import Fence
from db.sheets.refusing import RESAVE, refusal

HOOK = "--read-book"
SECONDS = 60
MEMORY = 2**30
_POLL = 0.1
_ROOT = Path(__file__).resolve().parents[2]
_STARTED = "import sys; sys.path.insert(0, sys.argv[1]); from db.sheets.worker import main; main()"
_ALLOWED = {
    ("datetime", "date"),
    ("datetime", "datetime"),
    ("datetime", "time"),
    ("datetime", "timedelta"),
    ("db.sheets.book", "Lost"),
    ("db.sheets.book", "Note"),
    ("db.sheets.book", "Sheet"),
    ("copyreg", "__newobj__"),
    ("copyreg", "_reconstructor"),
    ("builtins", "object"),
    ("builtins", "frozenset"),
}


def serve(arguments: Sequence[str]) -> bool:
    """Be the child when that is what this process was started for: the very first thing a packed program does, before any window's
    library is imported. True when it was, and the process has nothing more to do."""
    if list(arguments[1:2]) != [HOOK]:
        return False
    from db.sheets.worker import main

    main()
    return True


def read_book(path: Path, ticket: Ticket | None = None, *, seconds: float = SECONDS, memory: int = MEMORY) -> Book:
    """Read a file by its content: .xlsx, .xlsm, .xls, .et, .ods, .csv, .txt, and web pages or XML tables named so.

    Raises `db.errors.Known` with one sentence for everything that cannot or must not be read (too slow and too large included, and what
    `db.sheets.drill` keeps apart),
    `db.errors.Cancelled` through ``ticket`` at once; the child is gone when this returns.
    """
    child = _start()
    fence = Fence(child, memory)
    try:
        book = _listen(child, path, ticket, monotonic() + seconds, (seconds, memory))
        drill.require_fit(book)
        return book
    finally:
        child.kill()
        for pipe in (child.stdin, child.stdout):
            _close(pipe)
        child.wait()
        fence.close()


def _start() -> subprocess.Popen[bytes]:
    frozen = getattr(sys, "frozen", False)
    command = [sys.executable, HOOK] if frozen else [sys.executable, "-I", "-c", _STARTED, str(_ROOT)]
    flags = getattr(subprocess, "CREATE_NO_WINDOW", 0)
    return subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        creationflags=flags,
        close_fds=True,
    )


def _listen(
    child: subprocess.Popen[bytes], path: Path, ticket: Ticket | None, until: float, limits: tuple[float, int]
) -> Book:
    messages: SimpleQueue[tuple[Any, ...]] = SimpleQueue()
    asked = {"path": os.fspath(path.absolute()), "seconds": max(1, round(limits[0])) + 1, "memory": limits[1]}
    Thread(target=_receive, args=(child, json.dumps(asked), messages), name="read-book", daemon=True).start()
    taking = _Taking(path.name)
    while True:
        if ticket:
            ticket.check()
        if monotonic() > until:
            raise refusal(path.name, f"读了 {limits[0]:.0f} 秒还没有读完", f"它太大或太复杂。{RESAVE}")
        try:
            message = messages.get(timeout=_POLL)
        except Empty:
            continue
        book = taking.take(message)
        if book is not None:
            return book
        if ticket:
            ticket.report(*taking.progress)


def _receive(child: subprocess.Popen[bytes], asked: str, messages: SimpleQueue[tuple[Any, ...]]) -> None:
    """Hand over what the child sends, in a thread of its own because a pipe cannot be waited for with a limit everywhere."""
    assert child.stdin is not None
    assert child.stdout is not None
    with suppress(OSError):  # it may have ended before it was asked; what it said of that still lies in the other pipe
        child.stdin.write(f"{asked}\n".encode())
        child.stdin.flush()
    try:
        while True:
            message = _Plain(child.stdout).load()
            messages.put(message)
            if message[0] not in ("sheet", "rows"):
                return
    except (EOFError, OSError, ValueError, pickle.UnpicklingError):
        messages.put(("died",))


class _Plain(pickle.Unpickler):
    """Takes plain values and nothing else, whatever a file may have made of the child."""

    def find_class(self, module: str, name: str) -> Any:  # noqa: ANN401
        """Only what a book is made of."""
        if (module, name) not in _ALLOWED:
            raise pickle.UnpicklingError(f"{module}.{name}")
        return super().find_class(module, name)


class _Taking:
    """Puts the book together from the child's messages."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._sheets: list[Sheet] = []
        self.progress = (0, 0, "正在打开文件")

    def take(self, message: tuple[Any, ...]) -> Book | None:
        """The next message; gives the book with the last one. Raises `Known` for every other end."""
        what, *rest = message
        if what == "sheet":
            self._sheets.append(rest[0])
            self.progress = (0, rest[1], f"正在读取“{rest[0].name}”")
        elif what == "rows":
            self._sheets[-1].rows.extend(rest[0])
            self.progress = (len(self._sheets[-1].rows), self.progress[1], self.progress[2])
        elif what == "end":
            notes: list[Note] = rest[1]
            return Book(self._name, rest[0], tuple(self._sheets), tuple(notes), rest[2])
        else:
            raise self._fault(what, rest)
        return None

    def _fault(self, what: str, rest: list[str]) -> Known:
        if what == "known":
            return Known(*rest)
        if what == "memory":
            return refusal(self._name, "要用的内存超过了限度，它可能太大，或者已损坏", RESAVE)
        if what == "bug":
            return refusal(self._name, f"读到一半出了意外（记号 {rest[0]}）", RESAVE)
        return refusal(self._name, "没有读完就断了，它可能已损坏，或者太大、内存不够", RESAVE)


def _close(pipe: IO[bytes] | None) -> None:
    try:
        if pipe is not None:
            pipe.close()
    except OSError:
        pass
