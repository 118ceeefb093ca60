"""How long LibreOffice Calc takes from its start to a window on the screen, on a screen of its own that nobody sees."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from ctypes.util import find_library
from pathlib import Path
from time import perf_counter, sleep

from tests.speed.timing import Times

_LONGEST = 30.0
_VIEWABLE = 2
_LEAST_WIDTH = 600
"""A window narrower than this is the start-up picture, not the sheet."""


class _Attributes(ctypes.Structure):
    _fields_ = (
        ("x", ctypes.c_int), ("y", ctypes.c_int), ("width", ctypes.c_int), ("height", ctypes.c_int),
        ("border_width", ctypes.c_int), ("depth", ctypes.c_int), ("visual", ctypes.c_void_p), ("root", ctypes.c_ulong),
        ("c_class", ctypes.c_int), ("bit_gravity", ctypes.c_int), ("win_gravity", ctypes.c_int), ("backing_store", ctypes.c_int),
        ("backing_planes", ctypes.c_ulong), ("backing_pixel", ctypes.c_ulong), ("save_under", ctypes.c_int),
        ("colormap", ctypes.c_ulong), ("map_installed", ctypes.c_int), ("map_state", ctypes.c_int), ("rest", ctypes.c_long * 5),
    )  # fmt: skip


_IGNORE = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)(lambda _display, _error: 0)


class Screen:
    """The windows of one X display, seen from outside."""

    def __init__(self, number: int) -> None:
        self._x = ctypes.CDLL(find_library("X11") or "libX11.so.6")
        self._x.XOpenDisplay.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        # A window that is gone before it was looked at is an error, and Xlib's own handler ends the program on every error.
        self._x.XSetErrorHandler(_IGNORE)
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(f":{number}".encode()))
        if self._display.value is None:
            raise OSError("the X server does not answer")
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def has_window(self) -> bool:
        """Whether a wide window is mapped."""
        children, parent, root = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_ulong(), ctypes.c_ulong()
        number = ctypes.c_uint()
        parts = (ctypes.byref(part) for part in (root, parent, children, number))
        self._x.XQueryTree(self._display, self._root, *parts)
        found = any(self._is_wide(children[place]) for place in range(number.value))
        if number.value:
            self._x.XFree(children)
        return found

    def close(self) -> None:
        """Leave the display."""
        self._x.XCloseDisplay(self._display)

    def _is_wide(self, window: int) -> bool:
        seen = _Attributes()
        self._x.XGetWindowAttributes(self._display, ctypes.c_ulong(window), ctypes.byref(seen))
        return bool(seen.map_state == _VIEWABLE and seen.width > _LEAST_WIDTH)


def measure(folder: Path, runs: int) -> Times | str:
    """Seconds of each start after the first, which makes the profile; or the word why it was skipped."""
    soffice = shutil.which("soffice")
    if soffice is None:
        return "LibreOffice is not installed"
    if shutil.which("Xvfb") is None:
        return "Xvfb is not installed"
    try:
        with _screen() as number:
            return Times(tuple(_start(soffice, folder / "calc", number) for _ in range(runs + 1))[1:])
    except OSError as error:
        return str(error)


@contextmanager
def _screen() -> Iterator[int]:
    """A display that no one sees; the X server chooses its number."""
    read, write = os.pipe()
    command = ["Xvfb", "-displayfd", str(write), "-screen", "0", "1366x768x24", "-nolisten", "tcp", "-noreset"]
    server = subprocess.Popen(command, pass_fds=(write,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as told:
            number = told.readline().strip()
        if not number:
            raise OSError("Xvfb did not start")
        yield int(number)
    finally:
        server.terminate()
        server.wait()


def _start(soffice: str, profile: Path, number: int) -> float:
    screen = Screen(number)
    environ = {**os.environ, "DISPLAY": f":{number}", "SAL_USE_VCLPLUGIN": "gen"}
    command = [
        soffice,
        f"-env:UserInstallation=file://{profile}",
        "--calc",
        "--nologo",
        "--norestore",
        "--nofirststartwizard",
    ]
    _until(lambda: not screen.has_window())  # the killed one's window may still be there
    begun = perf_counter()
    # A session of its own: soffice starts a second process, and both must end.
    running = subprocess.Popen(
        command, env=environ, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True
    )
    try:
        _until(screen.has_window)
        return perf_counter() - begun
    finally:
        os.killpg(running.pid, signal.SIGKILL)
        running.wait()
        screen.close()


def _until(holds: Callable[[], bool]) -> None:
    begun = perf_counter()
    while not holds():
        if perf_counter() - begun > _LONGEST:
            raise OSError("LibreOffice showed no window, or kept one")
        sleep(0.005)
