"""Finds paragraphs by words, by the words a clerk may use instead, or by the pinyin initials of a heading: what is called so comes before
what only says so. Where nothing says all that was asked, what says most of it is found."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from desktop.help.texts import Place, chapters
from desktop.widgets.initials import initials

MOST = 60
_AROUND = 22
_CALLED, _IN_TEXT = -1, 4
_FIELDS = "fields-"
_LEAST = 0.33
"""As much of what was asked a paragraph must say where none says it all."""
_IDLE = re.compile("为什么|怎么办|没有|这样|怎么|怎样|如何|什么|哪里|在哪|可以|能不能|不能|[的了吗呢啊？?！!，。、]")
"""Words of a question that say nothing of its matter."""


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
    also: tuple[str, ...]

    @property
    def title(self) -> str:
        return self.heading or self.chapter

    @property
    def of_field(self) -> bool:
        return self.place.chapter.startswith(_FIELDS)


def find(asked: str) -> tuple[Found, ...]:
    """The paragraphs that say every word of ``asked``, best first, at most `MOST`; () for nothing asked."""
    words = asked.lower().split()
    if not words:
        return ()
    ranked = [(rank, part) for part in _parts() if (rank := _rank(part, words)) is not None]
    if not ranked:
        return tuple(_found(part, pieces) for part, pieces in _nearest(words)[:MOST])
    ranked.sort(key=_order)
    return tuple(_found(part, words) for _, part in ranked[:MOST])


def _found(part: _Part, words: list[str]) -> Found:
    return Found(part.place, part.chapter, part.heading, _excerpt(part.words, words))


def _order(found: tuple[int, _Part]) -> tuple[int, bool, int]:
    """Of equal rank what tells how something is done comes before a single field, and the shorter heading first: it says little else."""
    rank, part = found
    return rank, part.of_field, len(part.title) if rank < _IN_TEXT else 0


def _rank(part: _Part, words: list[str]) -> int | None:
    """The worst of its words: −1 it is called so, 0 the heading itself, 1 its beginning, 2 within it or its initials, 3 within these, 4 in
    the text."""
    ranks = [_rank_of(part, word) for word in words]
    return None if None in ranks else max(rank for rank in ranks if rank is not None)


def _rank_of(part: _Part, word: str) -> int | None:
    title = part.title.lower()
    if word in part.also:
        return _CALLED
    if word in title:
        return 0 if word == title else 1 if title.startswith(word) else 2
    letters = initials(part.title) if _letters(word) else ""
    if word in letters:
        return 2 if letters.startswith(word) else 3
    if any(word in other for other in part.also):
        return 3
    return _IN_TEXT if word in _close(part.words) or word in part.chapter.lower() else None


def _nearest(words: list[str]) -> list[tuple[_Part, list[str]]]:
    """The paragraphs that say most of it, two signs at a time, each with what it says."""
    matter = _IDLE.sub(" ", " ".join(words)).split()
    pairs = list(dict.fromkeys(word[n : n + 2] for word in matter for n in range(len(word) - 1)))
    scored = []
    for part in _parts():
        named = f"{part.title} {' '.join(part.also)}".lower()
        said = [pair for pair in pairs if pair in named or pair in _close(part.words)]
        if said and len(said) >= _LEAST * len(pairs):
            scored.append((-len(said), -sum(pair in named for pair in pairs), part.of_field, part, said))
    scored.sort(key=_score)
    return [(part, said) for *_, part, said in scored]


def _score(found: tuple[int, int, bool, _Part, list[str]]) -> tuple[int, int, bool]:
    return found[:3]


def _close(text: str) -> str:
    """Without blanks: “U 盘” is found by U盘."""
    return text.lower().replace(" ", "")


def _letters(word: str) -> bool:
    return word.isascii() and word.isalpha()


def _excerpt(text: str, words: list[str]) -> str:
    at = min((place for word in words if (place := text.lower().find(word)) >= 0), default=0)
    start = max(at - _AROUND // 2, 0)
    return ("…" if start else "") + text[start : start + 2 * _AROUND]


@cache
def _parts() -> tuple[_Part, ...]:
    return tuple(
        _Part(Place(key, heading), chapter.title, heading, words, _lower(chapter.also.get(heading, ())))
        for key, chapter in chapters().items()
        for heading, words in chapter.paragraphs()
    )


def _lower(words: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(word.lower() for word in words)
