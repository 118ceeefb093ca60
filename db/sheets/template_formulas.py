"""Formulas of a form when rows are put in: references below move, sums over the data reach to its end, a row's own are copied down."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from openpyxl.formula import Tokenizer
from openpyxl.formula.tokenizer import Token

_REF = re.compile(
    r"^(?P<sheet>(?:'(?:[^']|'')+'|[^'!\s]+)!)?(?P<c1>\$?[A-Z]{1,3})?(?P<a1>\$?)(?P<r1>\d+)"
    r"(?::(?P<c2>\$?[A-Z]{1,3})?(?P<a2>\$?)(?P<r2>\d+))?$",
    re.IGNORECASE,
)
_SUMS = re.compile(r"^=\s*(?:SUM|SUBTOTAL|AVERAGE|COUNTA?|MAX|MIN)\s*\(", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Rows put into one sheet: everything from row ``at`` on moves down by ``by``; the data begin in row ``first``. Rows from 1."""

    sheet: str
    first: int
    at: int
    by: int

    def row(self, row: int) -> int:
        """Where a row is afterwards."""
        return row + self.by if row >= self.at else row

    def end(self, first: int, last: int) -> int:
        """Where a stretch of rows ends afterwards: one that covers the last row of the data reaches to its new end."""
        return last + self.by if last >= self.at or (last == self.at - 1 and last >= self.first >= 1) else last


def moved(formula: str, inside: str, stretch: Stretch, *, sums: bool = True) -> str:
    """A formula (with its ``=``) standing on the sheet ``inside``; ``sums`` False for one within the data, whose references stay single."""
    if not any(char.isdigit() for char in formula):
        return formula
    tokens = Tokenizer(formula)
    adds = sums and bool(_SUMS.match(formula))
    return "=" + "".join(
        _moved(t.value, inside, stretch, sums, adds) if _is_reference(t) else t.value for t in tokens.items
    )


def copied_down(formula: str, row: int) -> Callable[[int], str]:
    """The formula of a cell in ``row`` as it stands in the same column of any other row."""
    parts: list[str | tuple[str, int]] = ["="]
    for token in Tokenizer(formula).items:
        found = _REF.match(token.value) if _is_reference(token) else None
        if found is None:
            parts.append(token.value)
            continue
        parts.append(found["sheet"] or "")
        for n in ("1", "2"):
            if found[f"r{n}"] is None:
                continue
            lead = (":" if n == "2" else "") + (found[f"c{n}"] or "")
            parts.append(f"{lead}${found[f'r{n}']}" if found[f"a{n}"] else (lead, int(found[f"r{n}"]) - row))

    def at(target: int) -> str:
        return "".join(part if isinstance(part, str) else f"{part[0]}{part[1] + target}" for part in parts)

    return at


def _is_reference(token: Token) -> bool:
    return bool(token.type == Token.OPERAND and token.subtype == Token.RANGE)


def _moved(reference: str, inside: str, stretch: Stretch, sums: bool, adds: bool) -> str:
    found = _REF.match(reference)
    if found is None or _sheet_of(found["sheet"], inside) != stretch.sheet:
        return reference
    first = int(found["r1"])
    head = f"{found['sheet'] or ''}{found['c1'] or ''}{found['a1']}{stretch.row(first)}"
    if found["r2"] is None:
        only = adds and first == stretch.first == stretch.at - 1
        return f"{head}:{found['c1'] or ''}{found['a1']}{first + stretch.by}" if only else head
    last = int(found["r2"])
    end = stretch.end(first, last) if sums else stretch.row(last)
    return f"{head}:{found['c2'] or ''}{found['a2']}{end}"


def _sheet_of(prefix: str | None, inside: str) -> str:
    if not prefix:
        return inside
    return prefix[:-1].strip("'").replace("''", "'")
