"""Pinyin initials of names, so that a clerk finds 单某明 by typing smm.

A surname has its own reading (单 shàn, 仇 qiú, 区 ōu), which the general dictionary gets wrong; those readings stand in
``resources/data/surnames.json``. The dictionary itself costs a quarter of a second to import and is loaded with the first name.
"""

from __future__ import annotations

from functools import cache, lru_cache
from itertools import islice, product

from db import resources

MOST = 16  # strings per name: four characters with two readings each; what goes beyond is dropped
_DOUBLE_LENGTH = 2
_SEPARATORS = frozenset("·•‧．. \u3000")


@lru_cache(maxsize=65536)
def initials(name: str) -> tuple[str, ...]:
    """All plausible strings of initials in lower case, the likeliest first; () for a blank name.

    One letter a character (zh is z). Latin letters and digits stand for themselves, separators and blanks are skipped, a character
    without a known reading stands for itself. A double surname (令狐) is also read as a single one with a longer given name.
    """
    chars = "".join(c for c in name if c not in _SEPARATORS)
    if not chars:
        return ()
    strings: dict[str, None] = {}
    double = _doubles().get(chars[:_DOUBLE_LENGTH])
    if double and len(chars) > _DOUBLE_LENGTH:
        strings.update(_combined(double, chars[_DOUBLE_LENGTH:]))
    strings.update(_combined((), chars))
    return tuple(islice(strings, MOST))


def _combined(front: tuple[str, ...], rest: str) -> dict[str, None]:
    """Every string of ``rest`` after the fixed letters ``front``; without them the first character is a surname."""
    options = [_given(c) for c in rest] if front else [_surname(rest[0]), *(_given(c) for c in rest[1:])]
    return {"".join((*front, *pick)): None for pick in islice(product(*options), MOST)}


def _surname(char: str) -> tuple[str, ...]:
    """Readings as a surname; a character not in our table is read as in a given name."""
    return _table("single").get(char) or _given(char)[:1]


@cache
def _given(char: str) -> tuple[str, ...]:
    """Our own readings, else the dictionary's first only: its further ones (余 tú, 红 gōng, 有 wèi) do not occur in names."""
    if own := _table("given").get(char):
        return own
    if char.isascii():
        return (char.lower(),)
    from pypinyin import Style, pinyin

    return (pinyin(char, style=Style.NORMAL)[0][0][:1],)


@cache
def _table(part: str) -> dict[str, tuple[str, ...]]:
    """First letters per character, the likeliest first: ``part`` is "single" (surnames) or "given"."""
    table: dict[str, list[str]] = resources.data("surnames.json")[part]
    return {char: tuple(dict.fromkeys(reading[0] for reading in readings)) for char, readings in table.items()}


@cache
def _doubles() -> dict[str, tuple[str, ...]]:
    """The two letters of every double surname."""
    table: dict[str, list[str]] = resources.data("surnames.json")["double"]
    return {name: tuple(part[0] for part in readings[0].split()) for name, readings in table.items()}
