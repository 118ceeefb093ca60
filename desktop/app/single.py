"""One program for each clerk: a second start hands over what it was to open, the first window comes forward, and the second ends.

Who is first is said by a lock of the operating system, which ends with its holder, so that a program that was killed leaves nothing in
the way. The lock and the socket lie in the clerk's own private folder; two people of one computer, two screens and two HUYOUKA_HOME
have nothing to do with each other. The network part of Qt is only imported once the window stands, or by the second start.
"""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal, Slot

from db.store.lockfile import seize
from desktop.app.paths import private_folder

if TYPE_CHECKING:
    from PySide6.QtNetwork import QLocalServer, QLocalSocket

STARTING = 30.0
"""Seconds a second start waits for the first to open its door: an old disk may take that long to bring up the first window."""
HEARD = 5000
"""Milliseconds it waits to be heard once the door is open."""
_POLL = 0.05
_LONGEST = 1 << 16
_TAKEN = b"taken\n"


class Single(QObject):
    """``first`` says whether this is the one. Signal ``called(record, token)``: another start named ``record``, None when it named
    none; ``token`` is what the desktop gave it to come forward with, "" where it gives none."""

    called = Signal(object, str)

    def __init__(self, folder: Path | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._folder = folder or private_folder()
        self._lock: io.FileIO | None = None
        self._server: QLocalServer | None = None

    def first(self) -> bool:
        """Take the lock; True as well where none can be had, for then nobody can be asked."""
        if self._folder is None or self._lock is not None:
            return True
        try:
            lock = (self._folder / f"{_mark()}.lock").open("a+b", buffering=0)
        except OSError:
            return True
        if not seize(lock):
            lock.close()
            return False
        self._lock = lock
        return True

    def hand_over(self, record: Path | None, starting: float = STARTING) -> bool:
        """Tell the first start what to open. False when it does not answer; see ``first`` then, it may have ended."""
        from PySide6.QtNetwork import QLocalSocket

        until = time.monotonic() + starting
        while True:
            socket = QLocalSocket()
            socket.connectToServer(self._address())
            if socket.waitForConnected(HEARD):
                return _say(socket, record)
            if self.first() or time.monotonic() > until:
                return False
            time.sleep(_POLL)

    def listen(self) -> None:
        """Open the door to later starts; without a lock of ours there is none."""
        if self._lock is None or self._server is not None:
            return
        from PySide6.QtNetwork import QLocalServer

        server = QLocalServer(self)
        server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(self._address())
        if server.listen(self._address()):
            server.newConnection.connect(self._on_connection)
            self._server = server

    def close_door(self) -> None:
        """Take no more calls: the window is gone, but the record may still be closing. A start now waits for the lock."""
        if self._server is not None:
            self._server.close()
            self._server.deleteLater()
            self._server = None

    def end(self) -> None:
        """Let the next start be the first."""
        self.close_door()
        if self._lock is not None:
            self._lock.close()
            self._lock = None

    def _address(self) -> str:
        """On Windows the name of a pipe, else the file of a socket."""
        return _mark() if sys.platform == "win32" else str((self._folder or Path()) / f"{_mark()}.socket")

    @Slot()
    def _on_connection(self) -> None:
        while self._server is not None and (socket := self._server.nextPendingConnection()) is not None:
            socket.readyRead.connect(self._on_ready)
            socket.disconnected.connect(socket.deleteLater)
            if socket.bytesAvailable():
                self._hear(socket)

    @Slot()
    def _on_ready(self) -> None:
        socket = self.sender()
        self._hear(socket)  # type: ignore[arg-type]

    def _hear(self, socket: QLocalSocket) -> None:
        if not socket.canReadLine():
            if socket.bytesAvailable() > _LONGEST:
                socket.abort()
            return
        heard = _understood(bytes(socket.readLine(_LONGEST).data()))
        socket.write(_TAKEN)
        socket.flush()
        socket.disconnectFromServer()
        if heard is not None:
            self.called.emit(*heard)


def _say(socket: QLocalSocket, record: Path | None) -> bool:
    _let_come_forward()
    words = {
        "record": None if record is None else str(record),
        "token": os.environ.get("XDG_ACTIVATION_TOKEN", ""),
    }
    socket.write(json.dumps(words).encode() + b"\n")
    socket.waitForBytesWritten(HEARD)
    return socket.waitForReadyRead(HEARD) and socket.readAll().data() == _TAKEN


def _understood(line: bytes) -> tuple[Path | None, str] | None:
    with suppress(ValueError, KeyError, TypeError, RecursionError):
        words = json.loads(line)
        record, token = words["record"], str(words["token"])
        if b"\0" in os.fsencode(f"{record}{token}"):
            return None
        return (None if record is None else Path(record).absolute()), token
    return None


def _mark() -> str:
    """Who sits here, before which screen, with which home of the program."""
    if sys.platform == "win32":
        import ctypes

        session = ctypes.c_ulong()
        ctypes.windll.kernel32.ProcessIdToSessionId(os.getpid(), ctypes.byref(session))
        place = [os.environ.get("USERDOMAIN", ""), os.environ.get("USERNAME", ""), str(session.value)]
    else:
        place = [os.environ.get("WAYLAND_DISPLAY", "") or os.environ.get("DISPLAY", "").partition(".")[0]]
    home = os.environ.get("HUYOUKA_HOME")
    place.append(str(Path(home).absolute()) if home else "")
    return f"huyouka-{hashlib.sha256(json.dumps(place).encode()).hexdigest()[:12]}"


def _let_come_forward() -> None:
    """Windows lets a window come forward only if the program in front, which is the one just started, allows it."""
    if sys.platform == "win32":
        import ctypes

        anybody = -1
        ctypes.windll.user32.AllowSetForegroundWindow(anybody)
