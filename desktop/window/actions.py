"""Every action with a key of its own, declared once; menus, buttons and help cite it by name.

Those that concern what is shown go to the page that is looked at.
"""

from __future__ import annotations

from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QWidget


@dataclass(frozen=True, slots=True)
class Act:
    """``name`` is what code cites, ``title`` what the clerk reads, ``keys`` the shortcut in Qt's spelling."""

    name: str
    title: str
    keys: str


ACTS = (
    Act("search", "查找", "Ctrl+K"),
    Act("save", "保存", "Ctrl+S"),
    Act("preview", "预览打印", "Ctrl+P"),
    Act("next", "下一户", "F3"),
    Act("refresh", "刷新", "F5"),
    Act("lock", "锁定", "Ctrl+L"),
    Act("help", "帮助：说明正在填的这一栏、这一页", "F1"),
    Act("keys", "快捷键一览", "Ctrl+/"),
)


def build(parent: QWidget) -> dict[str, QAction]:
    """One QAction per declared act, added to ``parent`` and working anywhere in its window."""
    made = {}
    for act in ACTS:
        action = QAction(act.title, parent)
        action.setObjectName(act.name)
        action.setShortcut(QKeySequence(act.keys))
        action.setShortcutContext(Qt.ShortcutContext.WindowShortcut)
        parent.addAction(action)
        made[act.name] = action
    return made
