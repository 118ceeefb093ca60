"""文号: the number of an official paper, 华扶办〔2016〕12号 — who issues it, the year in hexagonal brackets, the running number.

By GB/T 9704-2012 7.2.5 the year stands in full between 〔〕, and the running number has neither 第 nor leading noughts. A series is one
issuer in one year; its numbers run without gaps.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

MOST = 9999
_BLANKS = re.compile(r"\s+")
_OPENING, _CLOSING = "[【(（﹝〔［", "]】)）﹞〕］"
_BRACKETS = str.maketrans({**dict.fromkeys(_OPENING, "〔"), **dict.fromkeys(_CLOSING, "〕")})
_FORM = re.compile(r"(?P<issuer>[^\d〔〕]{1,12})〔(?P<year>\d{4})年?〕第?(?P<serial>\d{1,4})号?")


@dataclass(frozen=True, slots=True, order=True)
class Number:
    """One number, taken apart."""

    issuer: str
    year: int
    serial: int

    @property
    def text(self) -> str:
        """As it is printed."""
        return f"{self.issuer}〔{self.year}〕{self.serial}号"


def tidy(text: str) -> str:
    """The number as it is printed whichever brackets, blanks or noughts were typed; another text keeps its words."""
    found = read(text)
    return found.text if found else _squeezed(text)


def read(text: str) -> Number | None:
    """The number taken apart; None for what is not of the form, such as 无文号 or a number without a year."""
    found = _FORM.fullmatch(_squeezed(text))
    if found is None or not int(found["serial"]):
        return None
    return Number(found["issuer"], int(found["year"]), int(found["serial"]))


def fault(text: str, dated: date) -> str:
    """Why this can't be a number the office gives out on that day; "" when it can."""
    found = read(text)
    if found is None:
        return "文号应写成“华扶办〔2016〕12号”：发文机关代字、〔年份〕、序号"
    if found.year != dated.year:
        return f"文号的年份是 {found.year}，成文日期是 {dated.year} 年，请核对"
    return ""


def next_number(taken: Iterable[Number], issuer: str, year: int) -> Number:
    """The number that follows the highest of the series; its first when there is none."""
    return Number(issuer, year, 1 + max((n.serial for n in taken if (n.issuer, n.year) == (issuer, year)), default=0))


def gaps(taken: Iterable[Number]) -> tuple[Number, ...]:
    """The numbers left out between 1 and the highest of each series."""
    series: dict[tuple[str, int], set[int]] = {}
    for number in taken:
        series.setdefault((number.issuer, number.year), set()).add(number.serial)
    return tuple(
        Number(issuer, year, serial)
        for (issuer, year), serials in sorted(series.items())
        for serial in range(1, max(serials))
        if serial not in serials
    )


def runs(numbers: Iterable[Number]) -> tuple[str, ...]:
    """Numbers in words, neighbours together: 华扶办〔2016〕3—5号."""
    found: list[list[Number]] = []
    for number in sorted(numbers):
        last = found[-1][-1] if found else None
        if last and (last.issuer, last.year, last.serial + 1) == (number.issuer, number.year, number.serial):
            found[-1].append(number)
        else:
            found.append([number])
    return tuple(
        run[0].text if len(run) == 1 else f"{run[0].text.removesuffix('号')}—{run[-1].serial}号" for run in found
    )


def _squeezed(text: str) -> str:
    """Half-width figures, one kind of bracket, no blanks."""
    bracketed = text.translate(_BRACKETS)
    return _BLANKS.sub("", unicodedata.normalize("NFKC", bracketed).translate(_BRACKETS))
