"""The computer as far as it matters for the program: screens, fonts, printers, room on the disk. No name of a person or a computer."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtGui import QFontDatabase, QGuiApplication, QScreen

from desktop.about import facts
from desktop.app.settings import Settings
from desktop.printing import fonts

Lines = list[tuple[str, str]]
_SESSION = ("XDG_SESSION_TYPE", "XDG_CURRENT_DESKTOP", "QT_IM_MODULE", "XMODIFIERS", "LANG")


def screens() -> Lines:
    """On the window's thread: how large the screens are and how they are scaled, the looks, the fonts."""
    found: Lines = [(f"屏幕 {n}", _screen(one)) for n, one in enumerate(QGuiApplication.screens(), 1)]
    families = QFontDatabase.families()
    chinese = QFontDatabase.families(QFontDatabase.WritingSystem.SimplifiedChinese)
    found += [("窗口平台", QGuiApplication.platformName()), ("字体", f"{len(families)} 种，其中中文 {len(chinese)} 种")]
    found += [(f"纸上的{face.value}", fonts.chosen(face).family or "系统默认") for face in fonts.Face]
    return [*found, ("界面语言", QLocale().name())]


def surroundings(record: Path | None) -> Lines:
    """Beside the window: the system, its session, processors, disk. CUPS may take its time to count printers."""
    found: Lines = [("处理器", f"{os.cpu_count()} 个"), ("打印机", _printers())]
    found += [(name, os.environ.get(name, "")) for name in _SESSION if os.environ.get(name)]
    for caption, folder in facts.places(record):
        if folder.is_dir():
            free = shutil.disk_usage(folder).free
            found.append((f"{caption}所在盘剩余", f"{free / 1e9:.1f} GB"))
    return found


def settings(kept: Settings) -> Lines:
    """Figures only: which record, whose name and which town stay here."""
    minutes = kept.text("idle/minutes")
    return [
        ("多久不动就锁", f"{minutes} 分钟" if minutes.isdigit() else "没有改过"),
        ("记得列宽的表格", f"{kept.layouts()} 张"),
        ("记得窗口位置", "否" if kept.geometry().isEmpty() else "是"),
        ("记得上次的档案", "否" if kept.last_record is None else "是"),
    ]


def _screen(screen: QScreen) -> str:
    size, scale = screen.size(), screen.devicePixelRatio()
    return f"{size.width()} × {size.height()}，缩放 {scale:.0%}，{screen.logicalDotsPerInch():.0f} 点/英寸"


def _printers() -> str:
    from PySide6.QtPrintSupport import QPrinterInfo  # loads CUPS

    return f"{len(QPrinterInfo.availablePrinterNames())} 台"
