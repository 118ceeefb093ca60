"""The recovery code for the safe: 128 random bits in letters and digits that can't be mistaken, in groups, with a check character.

What is typed back may be in small letters, with blanks or dashes anywhere, and with O for 0 or I and L for 1.
"""

from __future__ import annotations

import secrets
import unicodedata

from db.errors import Refused

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
SIGNS = 26
GROUP = 5
_CHECKS = ALPHABET + "*~$=U"
_MISREAD = str.maketrans("OIL", "011")
_WRONG = "恢复码输入有误，请对照打印的恢复码再核对一遍。"


def new_code() -> str:
    """A fresh code as it is printed, such as ``7K3QF-…``; 26 signs of 5 bits hold 128 bits, and one check sign follows."""
    return printed(secrets.token_bytes(16))


def printed(secret: bytes) -> str:
    """The printed form of 16 bytes."""
    number = int.from_bytes(secret)
    signs = "".join(ALPHABET[number >> 5 * place & 31] for place in reversed(range(SIGNS))) + _CHECKS[number % 37]
    return "-".join(signs[i : i + GROUP] for i in range(0, len(signs), GROUP))


def understood(typed: str) -> bytes:
    """The 16 bytes behind what was typed; Refused when a sign is missing, foreign or mistyped."""
    signs = "".join(c for c in unicodedata.normalize("NFKC", typed).upper() if not c.isspace() and c not in "-—–_")
    if len(signs) != SIGNS + 1:
        raise Refused(f"恢复码应有{SIGNS + 1}位，现在是{len(signs)}位，请核对。")
    body, check = signs[:-1].translate(_MISREAD), signs[-1]
    if any(c not in ALPHABET for c in body):
        raise Refused(_WRONG)
    number = 0
    for sign in body:
        number = number << 5 | ALPHABET.index(sign)
    expected = _CHECKS[number % 37]
    if number >> 128 or check.translate(_MISREAD if expected in "01" else {}) != expected:
        raise Refused(_WRONG)
    return number.to_bytes(16)
