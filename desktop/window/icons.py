"""Drawings of the navigation, taken from qtawesome after the first paint: loading its fonts would make the clerk wait at the start.

Until then, and where the library is missing, a plain square with round corners stands in their place.
"""

from __future__ import annotations

from PySide6.QtGui import QIcon

from desktop.widgets.colours import scheme

NAMES: dict[str, str] = {
    "desk": "ph.sun-horizon",
    "households": "ph.users-three",
    "applications": "ph.clipboard-text",
    "verification": "ph.house-line",
    "appraisals": "ph.hand-palm",
    "notices": "ph.push-pin",
    "reviews": "ph.check-square-offset",
    "cards": "ph.identification-card",
    "rechecks": "ph.arrow-counter-clockwise",
    "evidence": "ph.image-square",
    "ledgers": "ph.table",
    "documents": "ph.hash",
    "forms": "ph.file-text",
    "questions": "ph.question",
    "crosscheck": "ph.intersect",
    "roundtrip": "ph.paper-plane-tilt",
    "rekeys": "ph.keyboard",
    "health": "ph.heartbeat",
    "settings": "ph.gear-six",
    "help": "ph.handshake",
    "funds": "ph.currency-cny",
    "changes": "ph.arrows-clockwise",
}


def load(names: set[str]) -> dict[str, tuple[QIcon, QIcon]]:
    """Icon in quiet ink and icon on pine for each known name."""
    quiet, light = scheme().quiet, scheme().on_pine
    known = {name: NAMES[name] for name in names if name in NAMES}
    return {name: (_drawn(drawing, quiet), _drawn(drawing, light)) for name, drawing in known.items()}


def _drawn(drawing: str, colour: str) -> QIcon:
    import qtawesome

    icon = qtawesome.icon(drawing, color=colour, scale_factor=1.2)
    assert isinstance(icon, QIcon)
    return icon
