"""Other programs of this computer: showing a folder, opening a package. They must not load the libraries that came with this program.

The bundle's loader sets LD_LIBRARY_PATH to its own folder and keeps the former value beside it; what is started gets the former one.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

_LOADER = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_OURS = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH")
_DETACHED = 0x00000008 | 0x00000200
"""Windows: no console of ours, and not ended with us."""


def environment(ours: Mapping[str, str], bundled: bool) -> dict[str, str]:
    """The environment as it was before the bundle's loader touched it."""
    found = dict(ours)
    if bundled:
        for name in _LOADER:
            before = found.pop(f"{name}_ORIG", None)
            found.pop(name, None)
            if before:
                found[name] = before
        for name in _OURS:
            found.pop(name, None)
    return found


def start(command: Sequence[str]) -> bool:
    """Start another program and let it be; False when it cannot be started."""
    windows = sys.platform == "win32"
    _free_loader()
    try:
        subprocess.Popen(
            list(command),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            close_fds=True,
            env=environment(os.environ, hasattr(sys, "_MEIPASS")),
            creationflags=_DETACHED if windows else 0,
            start_new_session=not windows,
        )
    except OSError:
        return False
    return True


def show_folder(folder: Path) -> bool:
    """Open a folder in the system's file manager; False when there is none to be found."""
    if sys.platform == "win32":
        return start(("explorer.exe", str(folder)))
    opener = shutil.which("xdg-open")
    return opener is not None and start((opener, str(folder)))


def _free_loader() -> None:
    """Windows: a bundle's loader also adds its folder to the search path of whatever it starts."""
    if sys.platform == "win32" and hasattr(sys, "_MEIPASS"):
        import ctypes

        ctypes.windll.kernel32.SetDllDirectoryW(None)
