"""What a clerk is asked about a workbook before it is read, and what the sentence is where nobody can be asked."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from db.fields.base import Field
from db.sheets.columns import Seen

About = Literal["role", "sheet", "columns", "unit", "hidden", "rows", "village", "day"]
LASTING: frozenset[About] = frozenset({"role", "columns", "unit", "hidden"})
"""What is true of every file with these captions and so remembered; the rest is asked of every file."""
SKIP, TAKE = "skip", "take"


@dataclass(frozen=True, slots=True)
class Question:
    """One question. ``about`` with ``of`` (a layout's fingerprint, a sheet, "" for the file) names it.

    A question of columns has ``columns`` and what they may mean (``meanings``, of which ``needed`` must be there); its answer is a
    mapping from index as text to key. The question of the day is answered with a date as 2016-05-25; every other one with one of
    ``options`` (answer and its words), of which ``proposed`` is the likely one. ``refusal`` is what is wrong and what to do where the
    file can't be read without an answer; "" where it can.
    """

    about: About
    of: str
    text: str
    options: tuple[tuple[str, str], ...] = ()
    proposed: str = ""
    columns: tuple[Seen, ...] = ()
    meanings: tuple[tuple[Field, str], ...] = ()
    needed: frozenset[str] = frozenset()
    refusal: tuple[str, str] = ("", "")

    @property
    def key(self) -> str:
        """What its answer is kept under."""
        return f"{self.about}:{self.of}"


Answers = Mapping[str, Any]
"""From a question's key to its answer; plain enough for JSON."""
