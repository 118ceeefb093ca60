"""The colours of the register book, named by what they mean: paper, sheet, ink, what one may do, what is due, what to mind.

Three schemes follow the system: light, dark and high contrast. Painted widgets ask ``scheme()`` each time they paint, so that a change
of the system's scheme needs nothing but a repaint.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal

from PySide6.QtGui import QColor

Tone = Literal["", "pine", "ochre", "red", "grey"]


@dataclass(frozen=True, slots=True)
class Scheme:
    """Colours as ``#rrggbb``; a ``_wash`` is the pale ground that belongs to a strong colour."""

    ground: str
    sheet: str
    shade: str
    line: str
    row_line: str
    field_line: str
    ink: str
    soft: str
    quiet: str
    pine: str
    on_pine: str
    pine_wash: str
    red: str
    on_red: str
    red_wash: str
    ochre: str
    ochre_wash: str
    grey_wash: str
    select: str
    desk: str
    drill: str
    on_drill: str

    def mapping(self) -> dict[str, str]:
        """Token name to colour, for the style sheet."""
        return {field.name: getattr(self, field.name) for field in fields(self)}

    def colour(self, token: str) -> QColor:
        """The colour of one token."""
        return QColor(getattr(self, token))

    def tone(self, tone: Tone) -> tuple[QColor, QColor]:
        """Text and ground of a tag of ``tone``."""
        text, wash = {
            "pine": (self.pine, self.pine_wash),
            "ochre": (self.ochre, self.ochre_wash),
            "red": (self.red, self.red_wash),
            "grey": (self.quiet, self.grey_wash),
            "": (self.ink, self.sheet),
        }[tone]
        return QColor(text), QColor(wash)


LIGHT = Scheme(
    ground="#f5f4f0", sheet="#ffffff", shade="#fbfaf6", line="#e3e0d8", row_line="#efede7", field_line="#cfccc4",
    ink="#22302b", soft="#4a5751", quiet="#7c857f",
    pine="#1d5c4d", on_pine="#ffffff", pine_wash="#e3eeea",
    red="#b5382a", on_red="#ffffff", red_wash="#f8dcd8",
    ochre="#a2541a", ochre_wash="#fbe7d6", grey_wash="#e9e8e2",
    select="#e8f1ed", desk="#dfdcd4", drill="#f5c400", on_drill="#2a2200",
)  # fmt: skip

DARK = Scheme(
    ground="#1c211f", sheet="#252b28", shade="#2a312e", line="#3a423e", row_line="#323a36", field_line="#4d5751",
    ink="#e6ebe7", soft="#c3cac5", quiet="#939d97",
    pine="#6fbfa6", on_pine="#10201b", pine_wash="#24403a",
    red="#ef8375", on_red="#2a0f0b", red_wash="#4a2722",
    ochre="#e0a063", ochre_wash="#463321", grey_wash="#363d3a",
    select="#2b413a", desk="#151917", drill="#e0b400", on_drill="#1c1700",
)  # fmt: skip

CONTRAST = Scheme(
    ground="#000000", sheet="#000000", shade="#000000", line="#ffffff", row_line="#8a8a8a", field_line="#ffffff",
    ink="#ffffff", soft="#ffffff", quiet="#d8d8d8",
    pine="#3ff2c1", on_pine="#000000", pine_wash="#00382b",
    red="#ff9a8f", on_red="#000000", red_wash="#4d0a03",
    ochre="#ffd27a", ochre_wash="#3f2a00", grey_wash="#2b2b2b",
    select="#00543f", desk="#000000", drill="#ffee00", on_drill="#000000",
)  # fmt: skip

_current: list[Scheme] = [LIGHT]


def scheme() -> Scheme:
    """The scheme in use."""
    return _current[0]


def use(chosen: Scheme) -> None:
    """Make ``chosen`` the scheme in use; the theme restyles and repaints afterwards."""
    _current[0] = chosen
