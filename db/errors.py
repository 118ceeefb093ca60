"""What can go wrong, in three kinds.

``Refused`` is the clerk's input or a step the procedure does not allow: shown at the fields. ``Known`` is the world's fault
(disk full, wrong password, file open elsewhere): one sentence and what to do. Anything else that escapes is a bug of ours.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that stops an act, said in a full Chinese sentence.

    ``field`` is the key of the field at fault ("" when it concerns the whole), ``where`` names the place the clerk looks at
    (a household, a row, a cell), ``rule`` is the check's number such as "R05" when one applies.
    """

    text: str
    field: str = ""
    where: str = ""
    rule: str = ""


class Refused(Exception):
    """The act was refused; nothing was written. Carries every problem found, not only the first."""

    def __init__(self, problems: Iterable[Problem] | str) -> None:
        found = (Problem(problems),) if isinstance(problems, str) else tuple(problems)
        super().__init__("；".join(p.text for p in found))
        self.problems = found


def refuse_any(problems: Iterable[Problem]) -> None:
    """Refused with all the problems, when there are any."""
    found = tuple(problems)
    if found:
        raise Refused(found)


class Known(Exception):
    """The surroundings failed in a way we expect: ``text`` says what and that nothing was lost, ``remedy`` what to do."""

    def __init__(self, text: str, remedy: str = "") -> None:
        super().__init__(f"{text}{remedy}")
        self.text = text
        self.remedy = remedy


class Cancelled(Exception):
    """The clerk stopped a long job; nothing it did remains."""
