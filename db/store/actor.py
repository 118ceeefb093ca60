"""Who acts: a person of the office as he logged in, and a person to be entered when a record is made."""

from __future__ import annotations

from dataclasses import dataclass, field

from db.rules.codes import Role


@dataclass(frozen=True, slots=True)
class Actor:
    """A person whose password has been checked."""

    id: int
    name: str
    role: Role


@dataclass(frozen=True, slots=True)
class NewPerson:
    """A person to be given an account; the password is never shown in a representation."""

    name: str
    role: Role
    password: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Person:
    """One account as the list of people shows it; ``has_key`` is false when the person can't log in."""

    id: int
    name: str
    role: Role
    active: bool
    has_key: bool
