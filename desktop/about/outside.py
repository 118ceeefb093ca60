"""Other programs of this computer: showing a folder, opening a package. They must not load the libraries that came with this program.

The bundle's loader sets LD_LIBRARY_PATH to its own folder and keeps the former value beside it; what is started gets the former one.
"""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QProcess, QProcessEnvironment

_LOADER = ("LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH")
_OURS = ("QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QML2_IMPORT_PATH")

_INNER = "_PYI_"
"""What the loader tells itself; a newer program that an installer begins would take it for its own."""


def environment(ours: Mapping[str, str], bundled: bool) -> dict[str, str]:
    """The environment as it was before the bundle's loader touched it."""
    found = dict(ours)
    if bundled:
        for name in _LOADER:
            before = found.pop(f"{name}_ORIG", None)
            found.pop(name, None)
            if before:
                found[name] = before
        for name in [name for name in found if name in _OURS or name.startswith(_INNER)]:
            del found[name]
    return found


def start(command: Sequence[str]) -> bool:
    """Start another program and let it be, even when this one ends; False when it cannot be started."""
    if not command:
        return False
    process = QProcess()
    process.setProgram(command[0])
    process.setArguments(list(command[1:]))
    surroundings = QProcessEnvironment()
    for name, value in environment(os.environ, hasattr(sys, "_MEIPASS")).items():
        surroundings.insert(name, value)
    process.setProcessEnvironment(surroundings)
    for silenced in (process.setStandardOutputFile, process.setStandardErrorFile):
        silenced(QProcess.nullDevice())
    process.setStandardInputFile(QProcess.nullDevice())
    _free_loader()
    done: bool | tuple[bool, int] = process.startDetached()
    return done[0] if isinstance(done, tuple) else done


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
