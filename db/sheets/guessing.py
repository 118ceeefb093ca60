"""What a column most likely means when its caption does not say so surely: by captions that look alike and by what stands in it.

A guess is only ever a proposal for the clerk; nothing is read by it before he says yes.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from difflib import SequenceMatcher

from db.fields.base import Field
from db.fields.household import GROUP, VILLAGE
from db.fields.kinds import Card, Choice, Count, Date, IdNumber, Kind, Money, Name, Phone, Unreadable, squeeze
from db.sheets.book import Cell
from db.sheets.header import Titles, bare

LIKE = 0.66
_CONTAINED = 4
_SAYS_IT = 0.8
_ENOUGH = 5
_ID = re.compile(r"\d{17}[\dX]|\d{15}")
_PHONE = re.compile(r"1\d{10}|0\d{9,11}|\d{7,8}")
_CARD = re.compile(r"\d{16,19}")
_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·某*]{2,12}")
_WORDED = {
    VILLAGE.key: re.compile(".+(?:村|社区|居委会|村委会)"),
    GROUP.key: re.compile(r"(?:第?[一二三四五六七八九十\d]{1,3}|.{1,6})(?:村民)?小?组|[一二三四五六七八九十]{1,2}队"),
}
"""Texts that only a column of this key has."""
_FOREIGN = re.compile(
    "帮扶|挂钩|结对|责任人|干部|驻村|填表|经办|监护|年龄|出生|编号|错误原因|序号|编码|^户码$|^代码$|^[市县区镇省]"
)
"""Captions that are not asked about by their looks: they say clearly that they mean something a roster has no column for."""


def foreign(path: Sequence[str]) -> bool:
    """Whether captions say clearly that a roster has no column for it."""
    return any(_FOREIGN.search(bare(text)) for text in path)


def by_caption(path: Sequence[str], titles: Titles, free: Collection[str]) -> str:
    """The free key whose title looks most like the caption, "" when none comes near."""
    words = {bare("".join(path)), bare(path[-1])} - {""}
    best, key = LIKE, ""
    for title, (meant, _) in titles.items():
        if meant in free:
            near = max((_likeness(word, title) for word in words), default=0.0)
            if near > best:
                best, key = near, meant
    return key


def by_content(cells: Sequence[Cell], fields: Mapping[str, Field], free: Sequence[str]) -> str:
    """The free key whose kind nearly all cells are of, the one that must be there before others; "" when none or several are."""
    if len(cells) < 2:
        return ""
    worded = [key for key in _WORDED if key in free and _all_like(_WORDED[key], cells)]
    if worded:
        return worded[0]
    fitting = [key for key in free if _telling(fields[key].kind, cells) and fits(fields[key].kind, cells) >= _SAYS_IT]
    choices = [key for key in fitting if isinstance(fields[key].kind, Choice)]
    found = choices or fitting
    found = [key for key in found if fields[key].demanded] or found
    return found[0] if len(found) == 1 else ""


def contradicts(kind: Kind, cells: Sequence[Cell]) -> bool:
    """Whether a column whose caption is known holds nothing of its kind at all."""
    if len(cells) < _ENOUGH or not isinstance(kind, (IdNumber, Date, Choice, Money, Count)):
        return False
    return not any(_fits(kind, cell) for cell in cells)


def fits(kind: Kind, cells: Sequence[Cell]) -> float:
    """The share of cells that are of a kind, from 0 to 1."""
    return sum(_fits(kind, cell) for cell in cells) / len(cells) if cells else 0.0


def _all_like(form: re.Pattern[str], cells: Sequence[Cell]) -> bool:
    return sum(bool(form.fullmatch(squeeze(cell))) for cell in cells) >= _SAYS_IT * len(cells)


def _likeness(word: str, title: str) -> float:
    if len(title) > 1 and title in word and len(word) - len(title) <= _CONTAINED:
        return 0.7 + 0.25 * len(title) / len(word)
    return SequenceMatcher(None, word, title).ratio()


def _telling(kind: Kind, cells: Sequence[Cell]) -> bool:
    """Whether a kind tells anything: a figure may be anything, and a column of 是 and 否 answers any question."""
    if isinstance(kind, Choice):
        return len({squeeze(cell) for cell in cells}) > 1 and len(kind.options()) > 2
    return isinstance(kind, (IdNumber, Date, Phone, Card, Name))


def _fits(kind: Kind, cell: Cell) -> bool:
    if isinstance(kind, Date):
        return isinstance(cell, date) or (isinstance(cell, str) and _reads(kind, cell))
    text = squeeze(cell).lstrip("'").upper()
    if isinstance(kind, IdNumber):
        return bool(_ID.fullmatch(text)) or "E+17" in text
    if isinstance(kind, Phone):
        return bool(_PHONE.fullmatch(text.replace("-", "")))
    if isinstance(kind, Card):
        return bool(_CARD.fullmatch(text)) and not _ID.fullmatch(text)
    if isinstance(kind, Name):
        return bool(_NAME.fullmatch(text))
    return _reads(kind, cell)


def _reads(kind: Kind, cell: Cell) -> bool:
    try:
        return kind.read(cell) is not None
    except Unreadable:
        return False
