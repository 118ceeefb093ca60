"""Looks through the finished text of a public paper for numbers that must not hang on a wall.

One pass over the runs of digits, also when blanks, hyphens or line ends split them, so that a notice of thousands of rows against a whole
record takes moments. (2018年政务公开工作要点: 公示去标识化)
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from db.rules.identity import mask

_WIDE = str.maketrans("０１２３４５６７８９Ｘｘx", "0123456789XXX")
_RUN = re.compile(r"\d(?:[\s\u200b\ufeff\-—－]*[\dX])*")
_GAP = re.compile(r"[\s\u200b\ufeff\-—－]+")
_ID_18 = re.compile(r"(?<!\d)[1-9]\d{5}(?:18|19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX](?!\d)")
_ID_15 = re.compile(r"(?<!\d)[1-9]\d{7}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}(?!\d)")
_MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
_PATTERNS = (("像身份证号", _ID_18), ("像旧身份证号", _ID_15), ("像手机号", _MOBILE))
_SHORTEST = 7
_MOST_PIECES = 5


@dataclass(frozen=True, slots=True)
class Exposure:
    """One number that would be made public. ``kind`` says what it is in Chinese, ``shown`` is masked, ``at`` its place in the text."""

    kind: str
    shown: str
    at: int


def scan(
    text: str, ids: Iterable[str], phones: Iterable[str], cards: Iterable[str], allowed_phones: Iterable[str] = ()
) -> tuple[Exposure, ...]:
    """Every ID, phone and card of the record found in ``text``, and whatever looks like an ID or a mobile number.

    ``allowed_phones`` are the offices' numbers for objections and are never reported.
    """
    known = _known(ids, phones, cards)
    allowed = {_bare(p) for p in allowed_phones}
    lengths = sorted({len(number) for number in known}, reverse=True)
    found: dict[tuple[int, int], Exposure] = {}
    for run in _RUN.finditer(text.translate(_WIDE)):
        joined = _GAP.sub("", run.group())
        if len(joined) >= _SHORTEST and joined not in allowed:
            for kind, start, number in (*_exact(joined, known, lengths), *_alike(run.group(), joined)):
                if number not in allowed:
                    at = run.start() + _offset(run.group(), start)
                    found.setdefault((at, len(number)), Exposure(kind, mask(number), at))
    return tuple(found[key] for key in sorted(found))


def _known(ids: Iterable[str], phones: Iterable[str], cards: Iterable[str]) -> dict[str, str]:
    """Number -> what it is. An ID also counts in its old form of 15 digits."""
    known = {_bare(card): "一卡通账号" for card in cards}
    known |= {_bare(phone): "农户电话" for phone in phones}
    numbers = [_bare(number) for number in ids]
    known |= {number[:6] + number[8:17]: "旧身份证号" for number in numbers if len(number) == 18}
    known |= dict.fromkeys(numbers, "身份证号")
    return {number: kind for number, kind in known.items() if len(number) >= _SHORTEST}


def _bare(number: str) -> str:
    return _GAP.sub("", number.translate(_WIDE))


def _exact(joined: str, known: dict[str, str], lengths: list[int]) -> Iterator[tuple[str, int, str]]:
    """Numbers of the record that stand in the run, the longest first."""
    for length in lengths:
        for start in range(len(joined) - length + 1):
            kind = known.get(joined[start : start + length])
            if kind:
                yield kind, start, joined[start : start + length]


def _alike(raw: str, joined: str) -> Iterator[tuple[str, int, str]]:
    """What looks like a private number: unbroken anywhere in the run, or the whole run when it is broken like a number read aloud."""
    pieces = _GAP.split(raw)
    start = 0
    for piece in pieces:
        for kind, pattern in _PATTERNS:
            yield from ((kind, start + m.start(), m.group()) for m in pattern.finditer(piece))
        start += len(piece)
    if 1 < len(pieces) <= _MOST_PIECES and max(map(len, pieces)) >= 3:
        yield from ((kind, 0, joined) for kind, pattern in _PATTERNS if pattern.fullmatch(joined))


def _offset(raw: str, start: int) -> int:
    """Where the ``start``-th character of the run without its gaps stands in the run."""
    kept = [m.start() for m in re.finditer(r"[\dX]", raw)]
    return kept[start]
