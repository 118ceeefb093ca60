"""One thing a rule found, where it stands and how grave it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Severity = Literal["E", "W", "I"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One finding: E stops the step that would use it, W asks for a reason that is kept, I is a note.

    ``field`` is the attribute name in `Household`, `Member` (then ``member`` is its index), `Income` or `Living`; ``text`` is a Chinese
    sentence saying what is wrong and what to do; ``rule`` is the rule's number such as "R05".
    """

    rule: str
    severity: Severity
    field: str
    text: str
    member: int | None = None
