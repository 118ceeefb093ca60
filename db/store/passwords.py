"""What a password must be: long enough, not one everybody tries, not the person's own name or a number others know.

Length and a list of bad choices, no rules about kinds of characters (NIST SP 800-63B 5.1.1.2).
"""

from __future__ import annotations

import re
import unicodedata

from db.errors import Problem, Refused

SHORTEST = 8
_COMMON = frozenset(
    [
        "12345678",
        "123456789",
        "1234567890",
        "87654321",
        "11111111",
        "00000000",
        "88888888",
        "66666666",
        "12341234",
        "11223344",
        "147258369",
        "123123123",
        "password",
        "password1",
        "passw0rd",
        "p@ssw0rd",
        "p@ssword",
        "qwertyui",
        "qwerty123",
        "qwer1234",
        "1qaz2wsx",
        "asdfghjk",
        "abc12345",
        "abcd1234",
        "a1234567",
        "a12345678",
        "aa123456",
        "asd12345",
        "admin123",
        "admin888",
        "administrator",
        "iloveyou",
        "woaini1314",
        "woaini520",
        "5201314520",
        "letmein1",
        "welcome1",
        "zaq12wsx",
        "1q2w3e4r",
        "q1w2e3r4",
        "fupin123",
        "fupinban",
        "huyouka1",
        "huyouka123",
    ]
)
_NUMBER = re.compile(r"\d{17}[\dx]|\d{15}|(?:\+?86)?1[3-9]\d{9}", re.IGNORECASE)


def normal(password: str) -> str:
    """The form that is hashed: full-width letters of a Chinese keyboard count as their narrow ones."""
    return unicodedata.normalize("NFKC", password)


def check_password(password: str, name: str) -> None:
    """Refuse a password that is too weak for ``name``, with every reason."""
    text = normal(password)
    folded = text.casefold()
    faults = (
        (len(text) < SHORTEST, f"密码至少要有{SHORTEST}个字符。"),
        (folded in _COMMON or len(set(folded)) <= 2, "这个密码太常见，请换一个。"),
        (bool(name) and normal(name).casefold() in folded, "密码里不要用本人姓名。"),
        (bool(_NUMBER.fullmatch(re.sub(r"[\s-]", "", text))), "不要用身份证号或手机号作密码。"),
    )
    problems = tuple(Problem(text, field="password") for wrong, text in faults if wrong)
    if problems:
        raise Refused(problems)
