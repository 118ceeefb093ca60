"""Finding the header of a sheet by its captions: any column order, one to four merged levels, titles and notes above it.

Captions are compared without blanks, line breaks, stars and bracketed units. A caption under a group caption is tried together with
it first (户主 + 姓名), so the same word under two groups is told apart.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from db.fields.base import Field
from db.sheets.book import Cell, Sheet
from db.sheets.refusing import column_letter

DEEPEST = 4
SEARCHED = 30
_NOISE = re.compile(r"[\s\u200b\ufeff*★☆#:：]+")
_MARKS = re.compile(r"^[\s*★☆]*[①-⒛㈠-㈩㊀-㊉]")
_NUMBERING = re.compile(r"^(?:\d{1,2}|[一二三四五六七八九十]{1,2})[.、．]")
_BRACKETS = re.compile(r"[(\[〔【][^()\[\]〔〕【】]*[)\]〕】]")
_STRANGERS = re.compile("帮扶|挂钩|结对|包户|责任人|干部|驻村|填表|经办|监护|配偶|联系人|代理|委托|介绍人")
_ABOUT = re.compile("基本|情况|信息|资料|概况")
"""What a group says beside whom it is about: 户主基本情况 is 户主."""
_LABEL, _SYNONYM = 2, 1

Titles = dict[str, tuple[str, int]]
"""From a caption as `caption` makes it to the key it means and how surely."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column that is understood: the key it means, its index from 0, the words of its header, and with those of the groups above
    its own as ``path``. Its numbers count ``factor`` times (10,000 where the caption says 万元)."""

    key: str
    index: int
    caption: str
    path: tuple[str, ...] = ()
    factor: int = 1

    @property
    def letter(self) -> str:
        """The letter Excel shows above it."""
        return column_letter(self.index)


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header lies (rows from 0, both included) and what its columns mean.

    ``doubled`` are keys that two columns claim with equal right; none of them is in ``columns``.
    """

    top: int
    bottom: int
    columns: Mapping[str, Column]
    doubled: Mapping[str, tuple[Column, ...]]


@lru_cache(maxsize=8192)
def caption(text: str) -> str:
    """A caption for comparing: half-width, without blanks, stars, numbering; brackets and their content stay."""
    return _NUMBERING.sub("", _NOISE.sub("", unicodedata.normalize("NFKC", _MARKS.sub("", text))))


@lru_cache(maxsize=8192)
def bare(text: str) -> str:
    """The same without bracketed units and notes."""
    return _BRACKETS.sub("", caption(text))


def titles_of(fields: Iterable[Field], extra: Mapping[str, Sequence[str]] | None = None) -> Titles:
    """The captions fields are known by: their label surely, their other titles and ``extra`` ones (by key) less so."""
    found: dict[str, tuple[str, int]] = {}
    for field in fields:
        for title in (*field.titles, *(extra or {}).get(field.key, ())):
            _add(found, title, field.key, _SYNONYM)
        _add(found, field.label, field.key, _LABEL)
    return found


def titles_from(words: Mapping[str, Sequence[str]]) -> Titles:
    """The captions of columns that are no fields: key to its titles, the first of them the surest."""
    found: dict[str, tuple[str, int]] = {}
    for key, titles in words.items():
        for place, title in enumerate(titles):
            _add(found, title, key, _SYNONYM if place else _LABEL)
    return found


def find_header(sheet: Sheet, titles: Titles) -> Header | None:
    """The header that explains most columns, the flattest of equals; None when no row has two known captions."""
    shown = _spread(sheet)
    best: Header | None = None
    for bottom in _bottoms(sheet, shown, titles):
        for top in range(bottom, max(-1, bottom - DEEPEST), -1):
            header = _read(shown, top, bottom, titles)
            if best is None or _weight(header) > _weight(best):
                best = header
    return best


def captions_of(sheet: Sheet, top: int, bottom: int) -> dict[int, tuple[str, ...]]:
    """The captions above every column that has any, known or not, from the group down to its own, as they stand in the header of the
    rows ``top`` to ``bottom`` (from 0, both included); by index of the column from 0. A caption merged over cells is that of each."""
    shown = _spread(sheet, top, bottom + 1)
    width = max(map(len, shown), default=0)
    paths = ((index, tuple(_path(shown, 0, len(shown) - 1, index))) for index in range(width))
    return {index: path for index, path in paths if path}


def known_in(row: Sequence[Cell], titles: Titles) -> int:
    """How many different keys the captions in a row mean."""
    found = (_known(cell, titles) for cell in row if isinstance(cell, str) and cell)
    return len({meant[0] for meant in found if meant})


def missing(header: Header | None, needed: Iterable[Field]) -> list[str]:
    """The labels of needed fields no column explains, in their order."""
    known = header.columns if header else {}
    return [field.label for field in needed if field.key not in known]


def _add(found: dict[str, tuple[str, int]], title: str, key: str, sure: int) -> None:
    for text in (bare(title), caption(title)):
        if found.get(text, ("", 0))[1] < sure:
            found[text] = (key, sure)


def _weight(header: Header) -> tuple[int, int]:
    return len(header.columns) + len(header.doubled), len(header.columns)


def _spread(sheet: Sheet, first: int = 0, end: int = SEARCHED) -> list[list[str]]:
    """Rows ``first`` to before ``end`` as text with merged captions repeated over all the cells they cover."""
    shown = [["" if cell == "" else _text(cell) for cell in row] for row in sheet.rows[first:end]]
    for top, left, bottom, right in sheet.merges:
        if first <= top < first + len(shown) and left < len(shown[top - first]):
            text = shown[top - first][left]
            for row in shown[top - first : bottom + 1 - first]:
                row[left : right + 1] = [text] * (min(right + 1, len(row)) - left)
    return shown


def _text(cell: Cell) -> str:
    if isinstance(cell, str):
        return cell
    return str(int(cell)) if type(cell) is float and 0 < cell < SEARCHED and cell.is_integer() else ""


def _bottoms(sheet: Sheet, shown: list[list[str]], titles: Titles) -> list[int]:
    """Rows a header may end in: those with two known captions, the next row (1, 2, 3 under a group), and those a caption is merged down
    to."""
    known = {number for number, row in enumerate(shown) if _captions(row, titles) >= 2}
    merged = {
        row
        for top, _, bottom, _ in sheet.merges
        if top in known and bottom < len(shown)
        for row in range(top, bottom + 1)
    }
    below = {number + 1 for number in known if number + 1 < len(shown)}
    return sorted(known | merged | below)


def _captions(row: list[str], titles: Titles) -> int:
    return sum(_known(text, titles) is not None for text in set(row) if text)


def _known(text: str, titles: Titles) -> tuple[str, int] | None:
    return titles.get(caption(text)) or titles.get(bare(text))


def _read(shown: list[list[str]], top: int, bottom: int, titles: Titles) -> Header:
    claims: dict[str, list[tuple[tuple[int, int], Column]]] = {}
    for index in range(len(shown[bottom])):
        path = _path(shown, top, bottom, index)
        meant = meaning(path, titles)
        if meant:
            key, right = meant
            claims.setdefault(key, []).append((right, Column(key, index, "".join(path[-1].split()), tuple(path))))
    columns, doubled = {}, {}
    for key, claimed in claims.items():
        best = max(right for right, _ in claimed)
        first, *others = [column for right, column in claimed if right == best]
        if others:
            doubled[key] = (first, *others)
        else:
            columns[key] = first
    return Header(top, bottom, columns, doubled)


def _path(shown: list[list[str]], top: int, bottom: int, index: int) -> list[str]:
    """The captions above a column from the group down to its own; a blank group cell belongs to the caption left of it."""
    column = [shown[row][index] for row in range(top, bottom + 1)]
    for place in range(len(column) - 1):
        if not column[place] and column[-1]:
            left = next((text for text in reversed(shown[top + place][:index]) if text), "")
            column[place] = left
    texts = [text for text in column if text]
    return [*(upper for upper, lower in pairwise(texts) if upper != lower), *texts[-1:]]


def meaning(path: Sequence[str], titles: Titles) -> tuple[str, tuple[int, int]] | None:
    """The key a column means and its right to it: more levels of caption used first, then label before synonym.

    A column under the caption of somebody who is not of the household (帮扶责任人 | 联系电话) is none of ours.
    """
    for start in range(len(path)):
        levels = list(path[start:])
        if any(_STRANGERS.search(group) for group in path[:start]):
            return None
        for words in _readings(levels):
            found = titles.get("".join(map(caption, words))) or titles.get("".join(map(bare, words)))
            if found:
                return found[0], (len(levels), found[1])
    return None


def _readings(levels: list[str]) -> Iterator[list[str]]:
    """How captions from a group down to a column may read as one: as they stand, backwards, the groups without 基本情况."""
    yield levels
    if len(levels) > 1:
        yield levels[::-1]
        short = [*(_ABOUT.sub("", group) for group in levels[:-1]), levels[-1]]
        if short != levels:
            yield short
