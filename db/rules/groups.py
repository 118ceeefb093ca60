"""Names of villager groups: 第三组, 第三村民小组, 三组 and 3组 are one and the same.

A group has no national code, so the spelling of the village is all there is; named groups (新屋组) keep their name.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

MOST = 99
_SEPARATORS = re.compile(r"[、，,;；/|\s]+")
_SUFFIXES = ("村民小组", "村民组", "小组", "组")
_DIGITS = {digit: value for value, digit in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}


def group_key(name: str) -> str:
    """The spelling-free key of a group: its number as digits, or its bare name."""
    text = "".join(unicodedata.normalize("NFKC", name).split())
    for suffix in _SUFFIXES:
        if text.endswith(suffix) and len(text) > len(suffix):
            text = text.removesuffix(suffix)
            break
    number = _number(text.removeprefix("第"))
    return text if number is None else str(number)


def group_name(number: int) -> str:
    """第N组 in Chinese numerals, for 1 to 99."""
    tens, ones = divmod(number, 10)
    word = ("" if tens == 0 else "十" if tens == 1 else f"{'零一二三四五六七八九'[tens]}十") + (
        "零一二三四五六七八九"[ones] if ones or not tens else ""
    )
    return f"第{word}组"


def groups_from(text: str, default: int = 0) -> tuple[str, ...]:
    """Group names out of what was typed or pasted: a bare count (8), or names parted by 、, blanks or lines.

    Bare numbers among several become 第N组; nothing typed gives ``default`` groups. Spellings of one group stay beside each other: see
    ``doubles``.
    """
    parts = separated(text)
    if not parts:
        return numbered(default)
    if len(parts) == 1 and parts[0].removesuffix("个").isdigit():
        return numbered(int(parts[0].removesuffix("个")))
    return tuple(group_name(int(part)) if part.isdigit() and int(part) <= MOST else part for part in parts)


def separated(text: str) -> tuple[str, ...]:
    """Names out of a line or a pasted column: parted by commas, 、, blanks or lines."""
    return tuple(part for part in _SEPARATORS.split(unicodedata.normalize("NFKC", text)) if part)


def numbered(count: int) -> tuple[str, ...]:
    """第一组 to 第N组; at most 99."""
    return tuple(group_name(number) for number in range(1, min(count, MOST) + 1))


def doubles(names: Iterable[str]) -> tuple[tuple[str, str], ...]:
    """Pairs of spellings that mean one group, such as (第三组, 3组)."""
    first: dict[str, str] = {}
    found = []
    for name in names:
        key = group_key(name)
        if key in first:
            found.append((first[key], name))
        first.setdefault(key, name)
    return tuple(found)


def _number(text: str) -> int | None:
    if text.isdigit():
        return int(text)
    if not text or any(c not in _DIGITS and c != "十" for c in text):
        return None
    if "十" not in text:
        return int("".join(str(_DIGITS[c]) for c in text))
    tens, _, ones = text.partition("十")
    if len(tens) > 1 or len(ones) > 1:
        return None
    return _DIGITS.get(tens, 1) * 10 + (_DIGITS[ones] if ones else 0)
