"""The last net over the texts of a support package: whatever in them is known to name this person or this computer is taken out.

The texts are made of codes and counts in the first place. This looks for what must never be there all the same.
"""

from __future__ import annotations

import getpass
import platform
import re
from collections.abc import Iterable
from pathlib import Path

_NUMBERS = re.compile(r"(?<![0-9A-Fa-f.])[0-9０-９]{7,}[Xx]?(?![0-9A-Fa-f])")
"""As long as a telephone's or longer: a telephone, an identity number, a bank card."""
_HOMES = re.compile(r"(?:/home/|/Users/|[A-Za-z]:\\Users\\)[^/\\\s:*?\"<>|]+")
_SHORTEST = {True: 3, False: 2}
"""Letters an ASCII word must have to be looked for, and a Chinese one: 'a' would be found everywhere."""


class Scrub:
    """``words`` are names of people, of the town and of files that this computer knows; ``home`` is the clerk's own folder."""

    def __init__(self, words: Iterable[str] = (), home: Path | None = None) -> None:
        place = str(home or Path.home())
        self._places = [place, place.replace("\\", "/"), place.replace("\\", "\\\\")]
        self._words = _pattern({*words, _user(), platform.node()} - {""})

    def clean(self, text: str) -> str:
        """The text without them."""
        for place in self._places:
            if len(place) > 1:
                text = text.replace(place, "~")
        text = _NUMBERS.sub("〈数字〉", _HOMES.sub("~", text))
        return self._words.sub("〈略〉", text) if self._words is not None else text


def _pattern(words: set[str]) -> re.Pattern[str] | None:
    long = sorted((word for word in words if len(word) >= _SHORTEST[word.isascii()]), key=len, reverse=True)
    parts = [rf"(?<![A-Za-z0-9]){re.escape(w)}(?![A-Za-z0-9])" if w.isascii() else re.escape(w) for w in long]
    return re.compile("|".join(parts), re.IGNORECASE) if parts else None


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return ""
