"""What a rule of the register is: its number, how grave it is, what it asks in a clerk's words, and the one function that holds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

from db.rules.checks.finding import Severity

Scope = Literal["member", "household", "record", "paper", "date"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule. ``severity`` is its gravest; ``title`` says in plain words what is not in order.

    ``check`` takes a `Subject` for the scopes member and household; rules over the record, a paper or its dates take what their
    docstring says. ``rests`` names the fields a reason for a doubt rests on: when one changes, the reason no longer counts.
    ``also`` are other functions that ask the same at another place, as dotted names.
    """

    number: str
    severity: Severity
    title: str
    scope: Scope
    check: Callable[..., Any]
    rests: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
