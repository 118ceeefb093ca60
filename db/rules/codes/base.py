"""What a code table is: an enum whose value is the national code; other labels are understood on reading, never guessed."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Self


@dataclass(frozen=True, slots=True)
class Valid:
    """The years in which the national dictionary had this row, both inclusive; None is open."""

    since: int | None = None
    until: int | None = None

    def covers(self, year: int) -> bool:
        """Whether the row stood in the dictionary of ``year``."""
        return (self.since is None or self.since <= year) and (self.until is None or year <= self.until)

    @property
    def told(self) -> str:
        """The years in words: 2018 年起, 至 2015 年, 2014–2015 年; "" where it always stood."""
        if self.since and self.until:
            return f"{self.since}–{self.until} 年"
        return f"{self.since} 年起" if self.since else f"至 {self.until} 年" if self.until else ""


ALWAYS = Valid()


class Code(Enum):
    """One row of a code table.

    ``value`` is the stored code, ``label`` what the clerk reads, ``synonyms`` other spellings that mean exactly the same
    (never a guess), ``valid`` the years the row was in force.
    """

    label: str
    synonyms: tuple[str, ...]
    valid: Valid

    def __new__(cls, code: str, label: str, *more: str | Valid) -> Self:
        row = object.__new__(cls)
        row._value_ = code
        row.label = label
        row.synonyms = tuple(word for word in more if isinstance(word, str))
        row.valid = next((years for years in more if isinstance(years, Valid)), ALWAYS)
        return row

    @classmethod
    def of(cls, code: str) -> Self:
        """The row with this stored code; KeyError when the table lacks it."""
        row: Self = cls._value2member_map_[code]  # type: ignore[assignment]
        return row

    @classmethod
    def by_label(cls, text: str) -> Self | None:
        """The row whose label or synonym is exactly ``text``; None when there is none."""
        return next((row for row in cls if text == row.label or text in row.synonyms), None)

    @classmethod
    def labels(cls) -> tuple[str, ...]:
        """All labels in the order of the table."""
        return tuple(row.label for row in cls)
