"""Characters that will not print as they should: which, and where on the paper they stand.

Rare ones (𠮷, 䶮) need a font that has them; codes for private use mean another sign, or none, on every other computer. Nothing is
printed in their place, so that they can be written in by hand.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from db.papers.model import Paper
from desktop.printing.fonts import Face, missing

BLANK = "　"
NEAR = 4
"""Characters shown on either side of the one that is lacking."""


class Lack(NamedTuple):
    """One character: a piece of the text it stands in, whether it is for private use, whether its place stays blank."""

    sign: str
    where: str
    private: bool
    blank: bool


def lacks(paper: Paper) -> tuple[Lack, ...]:
    """The characters of ``paper`` that need a word, each once, in order."""
    wrong = _wrong("".join(sorted(set(paper.text()))))
    if not wrong:
        return ()
    found: dict[str, Lack] = {}
    for piece in paper.pieces():
        for at, sign in enumerate(piece):
            if sign in wrong and sign not in found:
                where = piece[max(at - NEAR, 0) : at + NEAR + 1]
                found[sign] = Lack(sign, where, _private(sign), True)
    return tuple(found.values())


def said(found: Sequence[Lack]) -> str:
    """One sentence for the rare characters and one for the private codes; "" when all is well."""
    rare = [lack for lack in found if not lack.private]
    own = [lack for lack in found if lack.private]
    sentences = ""
    if rare:
        places = "、".join(f"“{lack.sign}”（在“{lack.where}”处）" for lack in rare)
        sentences += f"字库里没有{places}，印出来是空着的，请装上有这些字的字体，或印好后手写补上。"
    if own:
        places = "、".join(f"{ord(lack.sign):X}（在“{_readable(lack.where)}”处）" for lack in own)
        sentences += f"有自造字，编码{places}，别的电脑认不出，印出来是空着的，请改成规范字，或印好后手写补上。"
    return sentences


@lru_cache(maxsize=64)
def _wrong(signs: str) -> str:
    own = "".join(filter(_private, signs))
    return own + missing("".join(sign for sign in signs if sign not in own), Face.BODY)


def _private(sign: str) -> bool:
    return unicodedata.category(sign) == "Co"


def _readable(text: str) -> str:
    return "".join("□" if _private(sign) else sign for sign in text)
