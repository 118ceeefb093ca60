"""Characters that will not print as they should: which, and in whose name or where on the paper they stand.

Rare ones (𪚥) need a font that has them; codes for private use mean another sign, or none, on every other computer. Nothing is
printed in their place, so that they can be written in by hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from db.papers.model import Paper, Table
from db.rules.names import standard
from desktop.printing.fonts import Face, missing

BLANK = "　"
NEAR = 4
"""Characters shown on either side of the one that is lacking."""
SHOWN = 5
"""How many places a sentence names; of more it tells the number."""


class Lack(NamedTuple):
    """One character: the pieces of text it stands in, whether it is for private use, whether its place stays blank."""

    sign: str
    places: tuple[str, ...]
    private: bool
    blank: bool


def lacks(paper: Paper) -> tuple[Lack, ...]:
    """The characters of ``paper`` that need a word, each once, in order; names in a table with the number of their row."""
    wrong = _wrong("".join(sorted(set(paper.text()))))
    if not wrong:
        return ()
    return merged(
        Lack(sign, (_place(piece, at, number),), _private(sign), True)
        for piece, number in _numbered(paper)
        for at, sign in enumerate(piece)
        if sign in wrong
    )


def merged(found: Iterable[Lack]) -> tuple[Lack, ...]:
    """Each character once, with all its places, each place once."""
    places: dict[str, dict[str, None]] = {}
    for lack in found:
        places.setdefault(lack.sign, {}).update(dict.fromkeys(lack.places))
    return tuple(Lack(sign, tuple(where), _private(sign), True) for sign, where in places.items())


def said(found: Sequence[Lack]) -> str:
    """One sentence for the rare characters and one for the private codes, with what to do; "" when all is well."""
    rare = [lack for lack in found if not lack.private]
    own = [lack for lack in found if lack.private]
    sentences = ""
    if rare:
        signs = "、".join(f"“{lack.sign}”（U+{ord(lack.sign):X}）" for lack in rare[:SHOWN]) + _and_more(rare)
        sentences += (
            f"这台电脑的字库里没有{signs}：{_where(rare)}，印出来是空着的，请装上有这些字的字体，或印好后手写补上。"
        )
    if own:
        signs = "、".join(f"编码 {ord(lack.sign):X}{_should_be(lack.sign)}" for lack in own[:SHOWN]) + _and_more(own)
        sentences += (
            f"有自造字（{signs}），别的电脑认不出：{_where(own)}，印出来是空着的，请改成规范字，或印好后手写补上。"
        )
    return sentences


def _where(found: Sequence[Lack]) -> str:
    places = list(dict.fromkeys(_readable(place) for lack in found for place in lack.places))
    return "、".join(places[:SHOWN]) + (f"等 {len(places)} 处" if len(places) > SHOWN else "")


def _and_more(found: Sequence[Lack]) -> str:
    return f"等 {len(found)} 个字" if len(found) > SHOWN else ""


def _should_be(sign: str) -> str:
    better = standard(sign)
    return f"，应是“{better}”" if better else ""


def _numbered(paper: Paper) -> Iterator[tuple[str, str]]:
    """The pieces of text that may name somebody; those of a row whose first cell is a number with that number."""
    for block in paper.blocks:
        if isinstance(block, Table):
            for row in block.rows:
                first = row.cells[0] if row.cells and row.cells[0].isdecimal() else ""
                yield from ((cell, first) for cell in row.cells)
    yield from ((piece, "") for piece in _beside_rows(paper))


def _beside_rows(paper: Paper) -> Iterator[str]:
    rows = {cell for block in paper.blocks if isinstance(block, Table) for row in block.rows for cell in row.cells}
    return (piece for piece in paper.pieces() if piece not in rows)


def _place(piece: str, at: int, number: str) -> str:
    near = piece[max(at - NEAR, 0) : at + NEAR + 1]
    return f"“{near}”（序号 {number}）" if number else f"“{near}”"


@lru_cache(maxsize=64)
def _wrong(signs: str) -> str:
    own = "".join(filter(_private, signs))
    return own + missing("".join(sign for sign in signs if sign not in own), Face.BODY)


def _private(sign: str) -> bool:
    return unicodedata.category(sign) == "Co"


def _readable(text: str) -> str:
    return "".join("□" if _private(sign) else sign for sign in text)
