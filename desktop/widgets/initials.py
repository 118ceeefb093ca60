"""Pinyin initials of a label, so that a choice can be made by typing ``yb`` for 因病.

The pinyin table is loaded at the first letter typed, not at start.
"""

from __future__ import annotations

from functools import lru_cache


@lru_cache(maxsize=2048)
def initials(text: str) -> str:
    """Lower-case initials, letters and digits kept: ``A级`` gives ``aj``."""
    from pypinyin import Style, lazy_pinyin

    return "".join(lazy_pinyin(text, style=Style.FIRST_LETTER, errors=_keep)).lower()


def _keep(text: str) -> str:
    return "".join(char for char in text if char.isalnum())
