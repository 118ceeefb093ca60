"""Every input of the program that can be seen has a paragraph of the help: the field it is for, or the topic a part around it names.

The chapter of the page alone does not count: a clerk who presses F1 in a blank asks about that blank.
"""

from __future__ import annotations

from collections.abc import Iterator

from PySide6.QtWidgets import QApplication, QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QRadioButton, QWidget

from desktop.help.asking import asked_by
from desktop.help.window import HelpWindow
from desktop.widgets.editor import Editor
from desktop.widgets.segmented import Segmented

_INPUTS = (Editor, Segmented, QCheckBox, QRadioButton, QComboBox, QLineEdit, QPlainTextEdit)
_ROOMS = ("desktop.pages", "desktop.app", "desktop.window.search", "desktop.widgets.dialogs")
"""Where inputs are put in front of a clerk; a bare editor of the widgets' own tests is nobody's."""


def unexplained(within: QWidget | None = None) -> list[str]:
    """The inputs F1 has no paragraph for, each by the part it stands in and what it is called; all there are, or those of one dialog."""
    return sorted({_called(one) for one in inputs(within) if asked_by(one) is None})


def inputs(within: QWidget | None = None) -> Iterator[QWidget]:
    """Every input there is now, in pages and dialogs, shown or not."""
    for widget in QApplication.allWidgets() if within is None else within.findChildren(QWidget):
        if isinstance(widget, _INPUTS) and _room(widget) is not None and not _read_only(widget):
            yield widget


def _read_only(widget: QWidget) -> bool:
    return isinstance(widget, QPlainTextEdit) and widget.isReadOnly()


def _room(widget: QWidget) -> QWidget | None:
    """The part of the program an input stands in."""
    around = widget.parentWidget()
    while around is not None and not isinstance(around, HelpWindow):
        if type(around).__module__.startswith(_ROOMS):
            return around
        around = around.parentWidget()
    return None


def _called(widget: QWidget) -> str:
    room = _room(widget)
    parts = []
    around: QWidget | None = room
    while around is not None:
        if type(around).__module__.startswith("desktop."):
            parts.append(type(around).__name__)
        around = around.parentWidget()
    named = widget.accessibleName() or getattr(widget, "text", str)() or getattr(widget, "placeholderText", str)()
    return f"{type(room).__module__} {' < '.join(parts)}: {type(widget).__name__} {named}"
