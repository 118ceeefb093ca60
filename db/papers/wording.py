"""The phrases papers share: dates in Arabic digits, 户 and 人 always together, figures, masked numbers.

What a paper does not know is left as a rule to write on or a dash, never as a zero.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date
from decimal import Decimal

from db.rules.codes import Code, YesNo

_NUMBER = re.compile(r"(?<!\d)(?:[A-Za-z]\d{8,}|\d(?:[ \u3000]?\d){9,}(?:[ \u3000]?[XxＸｘ×](?:[ \u3000]?\d)*)?)")

BLANK_DATE = "　　年　　月　　日"
UNKNOWN = "—"


def day(value: date | None, blank: str = BLANK_DATE) -> str:
    """2016年11月16日, as GB/T 9704 writes the date of a paper."""
    return blank if value is None else f"{value.year}年{value.month}月{value.day}日"


def short_day(value: date | None, blank: str = UNKNOWN) -> str:
    """2016-11-16, for table cells."""
    return blank if value is None else value.isoformat()


def period(first: date | None, last: date | None) -> str:
    """2016-06-07至06-13; the year of the end only when it differs."""
    if first is None or last is None:
        return UNKNOWN
    end = last.isoformat() if last.year != first.year else f"{last:%m-%d}"
    return f"{first.isoformat()}至{end}"


def both(households: int, persons: int) -> str:
    """Counts always in 户 and 人 together."""
    return f"{households}户{persons}人"


def number(value: int | None, blank: str = UNKNOWN) -> str:
    return blank if value is None else str(value)


def yuan(value: Decimal | None, blank: str = UNKNOWN) -> str:
    """Thousands separated, two places."""
    return blank if value is None else f"{value:,.2f}"


def listed(places: Iterable[str]) -> str:
    """Names one after another as Chinese lists them."""
    return "、".join(places)


def tail_only(id_number: str) -> str:
    """An ID number reduced to its last four signs: the region and birth date a 6+8+4 mask leaves would give it back."""
    return f"*{id_number[-4:]}" if id_number else ""


def masked(text: str) -> str:
    """A sentence for a paper that leaves the office: numbers of cards, phones and accounts in it are cut to their last four.

    Blanks within a number, the X of an identity number inside a 残疾证号 and the letter of a permit (通行证) hide none.
    """
    return _NUMBER.sub(lambda found: f"***{''.join(found.group().split())[-4:]}", text)


def ticked(chosen: str, options: Iterable[str]) -> str:
    """Options of a paper form with the chosen one ticked; none chosen leaves all boxes open."""
    return "　".join(f"{'☑' if option == chosen else '□'}{option}" for option in options)


def label(code: Code | None) -> str:
    """What the clerk reads of a code; nothing of an answer not given."""
    return code.label if code is not None else ""


def yes_no(answer: YesNo | None) -> str:
    """□是　□否 with the answer ticked."""
    return ticked(label(answer), YesNo.labels())


def measure(value: Decimal | int | None, unit: str, blank: str = "") -> str:
    """A figure without idle noughts, and its unit: 68.5平方米."""
    return blank if value is None else f"{_plain(value)}{unit}"


def _plain(value: Decimal | int) -> str:
    return f"{value.normalize():f}" if isinstance(value, Decimal) else str(value)
