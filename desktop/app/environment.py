"""Whether a window can be opened on this computer at all, asked before Qt is touched: what Qt says of it no clerk can read.

Standard library only. What is missing is said in one sentence with the command that brings it.
"""

from __future__ import annotations

import ctypes
import importlib.util
import os
import re
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

PLATFORMS = "Qt/plugins/platforms"
_PACKAGES = {
    "libxcb-cursor.so.0": "libxcb-cursor0",
    "libEGL.so.1": "libegl1",
    "libGL.so.1": "libgl1",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
    "libxkbcommon.so.0": "libxkbcommon0",
    "libxcb-icccm.so.4": "libxcb-icccm4",
    "libxcb-image.so.0": "libxcb-image0",
    "libxcb-keysyms.so.1": "libxcb-keysyms1",
    "libxcb-render-util.so.0": "libxcb-render-util0",
    "libdbus-1.so.3": "libdbus-1-3",
    "libfontconfig.so.1": "libfontconfig1",
}
_STOP = 0x10
"""The box of Windows with the sign of an error."""
_MISSING = re.compile(r"(lib[\w.+-]+\.so(?:\.\d+)*): cannot open shared object")


def complaint(environ: Mapping[str, str], load: Callable[[str], object] = ctypes.CDLL) -> str:
    """The sentence that says why no window can be opened here; "" when one can."""
    found = importlib.util.find_spec("PySide6")
    if found is None or found.origin is None:
        return "程序没有装完整：缺少 PySide6。请重新安装，或在程序文件夹里运行 make setup。"
    if not sys.platform.startswith("linux"):
        return ""
    wanted = environ.get("QT_QPA_PLATFORM", "").split(";")[0].split(":")[0]
    if not wanted and not environ.get("DISPLAY") and not environ.get("WAYLAND_DISPLAY"):
        return "这里没有屏幕（没有图形桌面），窗口打不开。请在图形桌面里启动本程序。"
    plugin = "xcb" if not wanted and environ.get("DISPLAY") else wanted
    return _unloadable(Path(found.origin).parent / PLATFORMS / f"libq{plugin}.so", load) if plugin else ""


def _unloadable(plugin: Path, load: Callable[[str], object]) -> str:
    if not plugin.exists():
        return ""
    try:
        load(str(plugin))
    except OSError as error:
        match = _MISSING.search(str(error))
        library = match.group(1) if match else str(error)
        package = _PACKAGES.get(library, "")
        remedy = (
            f"请运行 sudo apt-get install {package}" if package else "请在程序文件夹里运行 make run，它会说出要装什么"
        )
        return f"这台电脑缺少显示窗口用的系统库 {library}。{remedy}，再启动本程序。"
    return ""


def say(sentence: str) -> None:
    """Tell it where it can be read without Qt; on Windows the program has no console."""
    if sys.platform == "win32":
        ctypes.windll.user32.MessageBoxW(None, sentence, "户有卡", _STOP)
    else:
        sys.stderr.write(f"{sentence}\n")


def current() -> Mapping[str, str]:
    """The environment the program was started in."""
    return os.environ
