"""What a press of F1 asks about: the field the keyboard is in, else the topic a part of the window names, else nothing here.

A part that is no field may name its paragraph with the property ``help``, e.g. ``verification.md#七不进认定``.
"""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from db.fields.base import Field
from desktop.help.texts import Place, exists, place_of
from desktop.widgets.gridview import GridView

TOPIC = "help"


def asked_by(widget: QWidget | None) -> Field | Place | None:
    """Look from ``widget`` outwards, through dialogs to the page they belong to."""
    while widget is not None:
        found = _named(widget) or _field(widget)
        if found is not None:
            return found
        widget = widget.parentWidget()
    return None


def _named(widget: QWidget) -> Place | None:
    topic = widget.property(TOPIC)
    place = place_of(topic) if isinstance(topic, str) else None
    return place if place is not None and exists(place) else None


def _field(widget: QWidget) -> Field | None:
    if isinstance(widget, GridView):
        return widget.current_field()
    field = getattr(widget, "field", None)
    return field if isinstance(field, Field) else None
