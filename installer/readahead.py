"""The very first thing the packed program does on Linux: lets the disk bring in all the large files the first picture waits for.

Page by page, as they are touched, takes a third of a second longer on a disk that was just switched on. It costs nothing where they are in
memory already, and Windows does the same by itself. PyInstaller runs this before any import.
"""

import os
import sys

FIRST_NEEDED = (
    "../huyouka", "PySide6/QtCore.abi3.so", "PySide6/Qt/lib/libQt6Core.so.6", "PySide6/Qt/lib/libicui18n.so.73",
    "PySide6/Qt/lib/libicuuc.so.73", "PySide6/Qt/lib/libQt6Gui.so.6", "PySide6/Qt/plugins/platforms/libqxcb.so",
    "PySide6/Qt/lib/libQt6XcbQpa.so.6", "PySide6/Qt/lib/libQt6DBus.so.6", "PySide6/QtGui.abi3.so", "PySide6/QtWidgets.abi3.so",
    "PySide6/Qt/lib/libQt6Widgets.so.6", "resources/fonts/NotoSansSC.otf",
)  # fmt: skip
"""In the order they are asked for."""


def read_ahead(folder: str) -> int:
    """Ask for them; how many were there."""
    found = 0
    for name in FIRST_NEEDED if hasattr(os, "posix_fadvise") else ():
        try:
            file = os.open(f"{folder}/{name}", os.O_RDONLY)
        except OSError:
            continue
        os.posix_fadvise(file, 0, 0, os.POSIX_FADV_WILLNEED)
        os.close(file)
        found += 1
    return found


if hasattr(sys, "_MEIPASS"):
    read_ahead(sys._MEIPASS)
