"""Handing an installer that was proven to the system: Windows' own runs by itself, a .deb needs the administrator's password.

Which program opens a .deb differs from desktop to desktop; where none is found, the one command for the administrator is told.
"""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from desktop.about.hukup import Platform
from desktop.about.outside import environment

Find = Callable[[str], str | None]

OPENERS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    ("deepin-deb-installer", "软件包安装器", ()),
    ("kylin-installer", "麒麟安装器", ()),
    ("gdebi-gtk", "GDebi 软件包安装器", ()),
    ("qapt-deb-installer", "软件包安装器", ()),
    ("plasma-discover", "软件中心", ("--local-filename",)),
    ("gnome-software", "软件", ("--local-filename",)),
)
"""Program, what its window is called, and what it wants before the file: 统信UOS, 银河麒麟, then what Debian's desktops bring."""
_ARCHIVERS = ("file-roller", "ark", "engrampa", "xarchiver", "deepin-compressor")
_TYPE = "application/vnd.debian.binary-package"


@dataclass(frozen=True, slots=True)
class Launch:
    """How an installer is begun once this program is closed. ``command`` is () where the administrator must do it by ``by_hand``;
    ``told`` is what the clerk will see, in one sentence."""

    command: tuple[str, ...]
    told: str
    by_hand: str = ""


def plan(
    installer: Path, platform: Platform, find: Find = shutil.which, usual: Callable[[], str] | None = None
) -> Launch:
    """What to start for ``installer``."""
    if platform == "windows":
        return Launch((str(installer), "/S", "/RUN"), "安装程序在后台更新，约半分钟，装好后本程序自己打开。")
    by_hand = f"sudo apt-get install --allow-downgrades -y {shlex.quote(str(installer))}"
    for program, title, before in OPENERS:
        found = find(program)
        if found:
            return Launch((found, *before, str(installer)), _told(f"“{title}”"), by_hand)
    opener = find("xdg-open")
    shown = (usual or _usual)() if opener else ""
    if opener and shown and not any(word in shown.lower() for word in _ARCHIVERS):
        return Launch((opener, str(installer)), _told("系统的软件包安装器"), by_hand)
    root, apt = find("pkexec"), find("apt-get")
    if root and apt:
        command = (root, apt, "install", "--allow-downgrades", "-y", str(installer))
        return Launch(
            command, "系统会要管理员密码，输入后在后台安装，约一分钟；装好后从开始菜单重新打开本程序。", by_hand
        )
    return Launch((), "这台电脑上没有找到软件包安装器，要请管理员在终端里运行下面这一条命令。", by_hand)


def _told(what: str) -> str:
    return f"会打开{what}，请在那里点“安装”（或“升级”“降级”），按提示输入管理员密码；装好后从开始菜单重新打开本程序。"


def _usual() -> str:
    """The desktop file that opens a .deb here, "" when none does."""
    try:
        found = subprocess.run(
            ["xdg-mime", "query", "default", _TYPE],
            capture_output=True,
            text=True,
            timeout=5,
            check=False,
            env=environment(os.environ, hasattr(sys, "_MEIPASS")),
        )
    except (OSError, subprocess.SubprocessError):
        return ""
    return found.stdout.strip()
