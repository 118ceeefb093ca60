"""Whether a photo or scan is there to its end: what was cut off on its way from a telephone opens half grey, or not at all.

Read from the bytes alone (ISO/IEC 10918-1, PNG, ISO 32000-1), so that a wrong file is said when it is chosen and not when it is printed.
"""

from __future__ import annotations

MOST_POINTS = 64_000_000
"""Points a PNG may have: its few bytes can unfold to more than a computer holds, a photo of a telephone comes as JPEG."""
_CUT = "打不开，文件可能没有传完整，没有收入。请从手机重新传一次，或重新扫描。"
_PNG, _IEND = b"\x89PNG\r\n\x1a\n", b"IEND\xaeB`\x82"
_SCAN, _END = 0xDA, b"\xff\xd9"


def flaw(content: bytes) -> str:
    """What is wrong with a JPEG, PNG or PDF as the end of a sentence that begins with its name; "" when it is whole."""
    if content.startswith(b"\xff\xd8"):
        return "" if _jpeg_ends(content) else _CUT
    if content.startswith(_PNG):
        width, height = (int.from_bytes(content[at : at + 4], "big") for at in (16, 20))
        if width * height > MOST_POINTS:
            return f"有 {width}×{height} 点，太大，没有收入。请缩小或另存为 jpg 后再选。"
        return "" if _IEND in content else _CUT
    return _CUT if content.startswith(b"%PDF-") and b"%%EOF" not in content else ""


def is_locked(content: bytes) -> bool:
    """Whether a PDF is encrypted: it may ask for a password when it is opened, or only forbid changes."""
    return content.startswith(b"%PDF-") and b"/Encrypt" in content


def _jpeg_ends(content: bytes) -> bool:
    """Whether the picture itself ends; the small one inside its head, which has an end of its own, is stepped over."""
    at = 2
    while at + 4 <= len(content) and content[at] == 0xFF:
        marker = content[at + 1]
        if marker == _SCAN:
            return content.find(_END, at) >= 0
        at += 1 if marker == 0xFF else 2 + int.from_bytes(content[at + 2 : at + 4], "big")
    return False
