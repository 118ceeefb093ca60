"""Which editor each kind of value gets: one table from kind to editor, kept complete by a test.

A form may ask for another look of the same kind: ``lines`` (several lines), ``options`` (a drop-down over texts given later),
``segments`` (joined buttons).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from PySide6.QtWidgets import QWidget

from db.fields.kinds import Area, Card, Choice, Count, Date, Digits, IdNumber, Kind, Measure, Money, Name, Phone, Text
from desktop.widgets.editor import Editor
from desktop.widgets.lines import LineEditor, LinesEditor
from desktop.widgets.picks import PickEditor, SegmentEditor

Look = Literal["", "lines", "options", "segments"]

EDITORS: dict[type[Kind], Callable[[Kind, QWidget | None], Editor]] = {
    Text: LineEditor,
    Name: LineEditor,
    Digits: LineEditor,
    IdNumber: LineEditor,
    Phone: LineEditor,
    Card: LineEditor,
    Money: LineEditor,
    Area: LineEditor,
    Measure: LineEditor,
    Count: LineEditor,
    Date: LineEditor,
    Choice: PickEditor,
}


def editor_for(kind: Kind, parent: QWidget | None = None, look: Look = "") -> Editor:
    """A new editor for values of ``kind``."""
    if look == "lines":
        return LinesEditor(kind, parent)
    if look == "options":
        return PickEditor(kind, parent)
    if look == "segments" and isinstance(kind, Choice):
        return SegmentEditor(kind, parent)
    return EDITORS[type(kind)](kind, parent)


__all__ = ["EDITORS", "Editor", "LineEditor", "LinesEditor", "Look", "PickEditor", "SegmentEditor", "editor_for"]
