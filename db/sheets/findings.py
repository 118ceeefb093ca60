"""What was found wrong in a workbook, at its cell and in a sentence the clerk can act on.

E keeps the row's household out, W lets it in and is shown, I is a note. ``Ticket`` is what a long reading reports to.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal, Protocol

Severity = Literal["E", "W", "I"]


@dataclass(frozen=True, slots=True)
class SheetFinding:
    """One finding. ``row`` is 1-based as Excel shows it, 0 for a whole sheet; ``column`` the caption of the header, ``letter`` its
    column in Excel ("" when it concerns the row); ``key`` names the household ("华新村 第一组 温某菊"), ``rule`` the check ("R05")."""

    sheet: str
    row: int
    column: str
    key: str
    text: str
    severity: Severity
    rule: str = ""
    letter: str = ""

    @property
    def place(self) -> str:
        """Where the clerk looks, for instance 贫困户 第31行 性别（E列）."""
        column = f" {self.column}（{self.letter}列）" if self.letter else f" {self.column}".rstrip()
        return f"{self.sheet} 第{self.row}行{column}" if self.row else f"{self.sheet}{column}"


class Ticket(Protocol):
    """The slip of a long job: it is told how far the work is and raises `db.errors.Cancelled` when the clerk stopped it."""

    def report(self, done: int, total: int, text: str) -> None:
        """``done`` of ``total`` units are finished; ``text`` says what is being done."""

    def check(self) -> None:
        """Raise `db.errors.Cancelled` when the job was stopped."""


def blocked(findings: Iterable[SheetFinding]) -> bool:
    """Whether one of them keeps the row out."""
    return any(finding.severity == "E" for finding in findings)
