"""Decoding text files: the byte-order mark first, then UTF-8, then GB18030, which holds every character an ID card may carry.

Plain GBK is never used: it fails on rare characters of names that GB18030 writes in four bytes.
"""

from __future__ import annotations

from db.errors import Known
from db.sheets.refusing import refusal

_SAMPLE = 20_000
_DECLARED = {"gb2312": "gb18030", "gbk": "gb18030", "x-gbk": "gb18030", "cp936": "gb18030", "gb_2312-80": "gb18030"}


def decode(data: bytes, name: str, declared: str = "") -> str:
    """The text of a file. ``declared`` is the charset the file itself names; it is only believed when nothing speaks against it.

    Raises `Known` when it is in none of these encodings.
    """
    for mark, coding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(mark):
            return _strictly(data[len(mark) :], coding, name)
    wide = _wide(data)
    if wide:
        return _strictly(data, wide, name)
    named = _DECLARED.get(declared.strip().lower(), declared.strip().lower())
    for coding in dict.fromkeys(("utf-8", named or "gb18030", "gb18030")):
        try:
            return data.decode(coding)
        except (UnicodeDecodeError, LookupError):
            continue
    raise _undecodable(name)


def _strictly(data: bytes, coding: str, name: str) -> str:
    try:
        return data.decode(coding)
    except UnicodeDecodeError:
        raise _undecodable(name) from None


def _wide(data: bytes) -> str:
    """UTF-16 without a mark: every second byte of digits, commas and line ends is zero."""
    head = data[:_SAMPLE]
    even, odd = head[::2].count(0), head[1::2].count(0)
    if not (even or odd) or len(data) % 2:
        return ""
    return "utf-16-le" if odd > 4 * even else "utf-16-be" if even > 4 * odd else ""


def _undecodable(name: str) -> Known:
    return refusal(
        name,
        "的文字编码认不出来（不是 UTF-8、UTF-16，也不是 GB18030）",
        "请用 WPS 或 Excel 打开，看清文字没有乱码后，另存为“Excel 工作簿（*.xlsx）”，再重新选择。",
    )
