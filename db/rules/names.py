"""Personal names: what may be tidied without asking, and what must be looked at.

Rare characters are names of real people and stay as they are, so a name is never put through Unicode normalisation: NFC and NFKC
replace compatibility ideographs by others that stand on no identity card.
"""

from __future__ import annotations

import re
import unicodedata

SEPARATOR = "·"
_PLAIN = re.compile("[\u4e00-\u9fa5]{2,}")
_INVISIBLE = frozenset(
    "\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
_BETWEEN = re.compile(r"[、，,；;\s]+")
_SEPARATORS = str.maketrans(dict.fromkeys("•‧・･．.∙⋅", SEPARATOR))
_GBK_PRIVATE, _GBK_COUNT = 0xE815, 80
_GBK_LATER = {
    0xE816: 0x20087, 0xE817: 0x20089, 0xE818: 0x200CC, 0xE81E: 0x9FB4, 0xE826: 0x9FB5, 0xE82B: 0x9FB6, 0xE82C: 0x9FB7,
    0xE831: 0x215D7, 0xE832: 0x9FB8, 0xE83B: 0x2298F, 0xE843: 0x9FB9, 0xE854: 0x9FBA, 0xE855: 0x241FE, 0xE864: 0x9FBB,
}  # fmt: skip
_NEWER = ((0x2EBF0, 0x2EE5D), (0x31350, 0x323AF))
"""CJK extensions I (characters of identity cards) and H, coded since and not known to older tables of characters."""
_IDEOGRAPHS = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF), (0x3007, 0x3007))


def normalise_name(text: str) -> str:
    """The name without blanks anywhere inside and with one kind of separator (·); nothing else is touched."""
    return "".join(c for c in text if not (c.isspace() or c in _INVISIBLE)).translate(_SEPARATORS)


def people_in(text: str) -> tuple[str, ...]:
    """The names in a line that holds several, parted at 、 ， ； or blanks, full or half width."""
    return tuple(name for name in _BETWEEN.split(text) if name)


def is_plain(name: str) -> bool:
    """Whether the name is nothing but two or more common characters, as nearly all are."""
    return _PLAIN.fullmatch(name) is not None


def name_problem(name: str) -> str:
    """Why this cannot be a name, as a Chinese sentence; "" when it can.

    At least two characters as on the identity card (建档立卡登记表填表说明); characters that were lost on the way are refused.
    """
    if _PLAIN.fullmatch(name):
        return ""
    if not name:
        return "没有填写姓名，请按身份证填写"
    letters = [c for c in name if c != SEPARATOR]
    wrong = next((c for c in letters if not (_is_ideograph(c) or _is_private(c) or c.isalpha())), "")
    what = ""
    if lost_text(name):
        what = "里有损坏的字符，请按身份证重新录入"
    elif wrong:
        what = f"里有“{wrong}”，请按身份证改正"
    elif len(letters) < 2:
        what = "只有一个字，请按身份证写全"
    elif name[0] == SEPARATOR or name[-1] == SEPARATOR:
        what = "的间隔号在头或尾，请按身份证改正"
    return f"姓名“{visible(name)}”{what}" if what else ""


def name_doubt(name: str) -> str:
    """What in the name needs a second look but stops nothing, as a Chinese sentence; "" when nothing does."""
    if _PLAIN.fullmatch(name):
        return ""
    if any(_is_private(c) for c in name):
        better = "、".join(f"“{known}”" for c in name if (known := standard(c)))
        meant = f"（应是{better}）" if better else ""
        return f"姓名“{visible(name)}”里有自造字，别的电脑上可能看不见，需核对并尽量改用标准字{meant}"
    foreign = [c for c in name if c != SEPARATOR and not _is_ideograph(c)]
    if foreign:
        return f"姓名“{name}”里有“{foreign[0]}”，需与身份证核对"
    return ""


def standard(char: str) -> str:
    """The coded character an old GBK font showed under a private code (䶮 under U+E863), "" when it is no such code.

    GBK's own last column lies in order at U+E815; GB 18030-2000 gave most of it codes, GB 18030-2005 and -2022 the rest.
    """
    place = ord(char) - _GBK_PRIVATE
    if not 0 <= place < _GBK_COUNT:
        return ""
    low = 0x50 + place
    found = _GBK_LATER.get(ord(char)) or ord(bytes((0xFE, low + (low >= 0x7F))).decode("gb18030"))
    return "" if found == ord(char) else chr(found)


def lost_text(text: str) -> bool:
    """Whether characters were lost or control characters crept in on the way from another program."""
    if text.isprintable() and "\ufffd" not in text:
        return False
    return any(c == "\ufffd" or _is_nothing(c) for c in text if c not in "\n\t\r")


def visible(text: str) -> str:
    """The text with everything that cannot be printed shown as □."""
    return "".join("□" if _is_nothing(c) or _is_private(c) or c == "\ufffd" else c for c in text)


def _is_nothing(char: str) -> bool:
    kind = unicodedata.category(char)
    return kind in ("Cc", "Cs") or (kind == "Cn" and not any(a <= ord(char) <= z for a, z in _NEWER))


def _is_ideograph(char: str) -> bool:
    return any(first <= ord(char) <= last for first, last in _IDEOGRAPHS)


def _is_private(char: str) -> bool:
    return unicodedata.category(char) == "Co"
