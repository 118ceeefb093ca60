"""Finds paragraphs by words, or by the pinyin initials of a heading: headings that say it come before texts that do."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from desktop.help.texts import Place, chapters
from desktop.widgets.initials import initials

MOST = 60
_AROUND = 22
_IN_TEXT = 4


@dataclass(frozen=True, slots=True)
class Found:
    """A paragraph: where it is, the chapter's title, its heading ("" for the chapter itself) and some words around what was asked."""

    place: Place
    chapter: str
    heading: str
    words: str


@dataclass(frozen=True, slots=True)
class _Part:
    place: Place
    chapter: str
    heading: str
    words: str

    @property
    def title(self) -> str:
        return self.heading or self.chapter


def find(asked: str) -> tuple[Found, ...]:
    """The paragraphs that say every word of ``asked``, best first, at most `MOST`; () for nothing asked."""
    words = asked.lower().split()
    if not words:
        return ()
    ranked = [(rank, part) for part in _parts() if (rank := _rank(part, words)) is not None]
    ranked.sort(key=_order)
    return tuple(
        Found(part.place, part.chapter, part.heading, _excerpt(part.words, words)) for _, part in ranked[:MOST]
    )


def _order(found: tuple[int, _Part]) -> tuple[int, int]:
    """Of equal rank the shorter heading comes first: it says little else."""
    rank, part = found
    return rank, len(part.title) if rank < _IN_TEXT else 0


def _rank(part: _Part, words: list[str]) -> int | None:
    """The worst of its words: 0 the heading itself, 1 its beginning, 2 within it or its initials, 3 within these, 4 in the text."""
    ranks = [_rank_of(part, word) for word in words]
    return None if None in ranks else max(rank for rank in ranks if rank is not None)


def _rank_of(part: _Part, word: str) -> int | None:
    title = part.title.lower()
    if word in title:
        return 0 if word == title else 1 if title.startswith(word) else 2
    letters = initials(part.title) if _letters(word) else ""
    if word in letters:
        return 2 if letters.startswith(word) else 3
    return _IN_TEXT if word in part.words.lower() or word in part.chapter.lower() else None


def _letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _excerpt(text: str, words: list[str]) -> str:
    at = min((place for word in words if (place := text.lower().find(word)) >= 0), default=0)
    start = max(at - _AROUND // 2, 0)
    return ("…" if start else "") + text[start : start + 2 * _AROUND]


@cache
def _parts() -> tuple[_Part, ...]:
    return tuple(
        _Part(Place(key, heading), chapter.title, heading, words)
        for key, chapter in chapters().items()
        for heading, words in chapter.paragraphs()
    )
