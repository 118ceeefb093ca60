"""The other side of `db.sheets.opening`: a process of its own that reads one file and dies.

It is told on its standard input what to read, hands the book over in pieces on its standard output, and ends at once when that input
closes, because then nobody waits for it any more.
"""

from __future__ import annotations

import gc
import json
import os
import pickle
import sys
from collections.abc import Callable, Iterable
from hashlib import sha256
from pathlib import Path
from threading import Thread
from typing import Any, BinaryIO

from db.errors import Known
from db.sheets.book import Cell, Leaf
from db.sheets.drill import marked
from db.sheets.workbook import bytes_of, leaves_of

ROWS_AT_A_TIME = 2000


def main() -> None:
    """Read the file named on standard input; what becomes of it goes out as pickled messages."""
    told, out = _own_pipes()
    asked = json.loads(told.readline())
    Thread(target=_die_with_parent, args=(told,), daemon=True).start()
    gc.disable()  # it lives for one file, and nothing of it is garbage before the end
    limit_self(asked["memory"], asked["seconds"])

    def send(*message: object) -> None:
        pickle.dump(message, out, protocol=5)
        out.flush()

    try:
        _read(Path(asked["path"]), send)
    except Known as known:
        send("known", known.text, known.remedy)
    except MemoryError:
        send("memory")
    except BrokenPipeError:
        os._exit(1)
    except Exception as error:  # the other side says so in a sentence; this process has no one to tell
        send("bug", type(error).__name__)


def _read(path: Path, send: Callable[..., None]) -> None:
    data = bytes_of(path)
    leaves = leaves_of(data, path.name)
    digest, practice = sha256(data).hexdigest(), marked(data)
    del data
    for leaf in leaves.sheets:
        send("sheet", leaf.head, leaf.expected)
        for rows in _batches(leaf):
            send("rows", rows)
    send("end", digest, leaves.notes, practice)


def _batches(leaf: Leaf) -> Iterable[list[list[Cell]]]:
    """Rows in handfuls; equal texts and days become one object, which keeps the message and the other side's memory small."""
    known: dict[Any, Any] = {}
    same = known.setdefault
    batch: list[list[Cell]] = []
    for row in leaf.rows:
        batch.append([cell if type(cell) is float or cell == "" else same((type(cell), cell), cell) for cell in row])
        if len(batch) == ROWS_AT_A_TIME:
            yield batch
            batch = []
            known.clear()
    if batch:
        yield batch


def limit_self(memory: int, seconds: int) -> None:
    """No more than so many bytes and seconds of processor; Windows has no such limits from inside, the parent sets them there."""
    try:
        import resource
    except ImportError:
        return
    for what, most in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CPU, seconds)):
        _, hard = resource.getrlimit(what)
        least = most if hard == resource.RLIM_INFINITY else min(most, hard)
        resource.setrlimit(what, (least, hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


def _die_with_parent(told: BinaryIO) -> None:
    while told.read(1):
        pass
    os._exit(1)


def _own_pipes() -> tuple[BinaryIO, BinaryIO]:
    """Standard input and output by their numbers, because a program without a console has no `sys.stdout`; what a library prints must
    not get among the messages."""
    own = os.dup(1)
    if sys.platform == "win32":
        import msvcrt

        for pipe in (0, own):
            msvcrt.setmode(pipe, os.O_BINARY)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    return os.fdopen(0, "rb", buffering=0, closefd=False), os.fdopen(own, "wb", buffering=1 << 20)


if __name__ == "__main__":
    main()
