"""What a file is by its first bytes, whatever its name ends in.

A clerk meets web pages and text named .xls, old workbooks named .xlsx, and pictures, papers and archives named either.
"""

from __future__ import annotations

import re
from enum import Enum, auto

_MARKS: tuple[tuple[bytes, str], ...] = (
    (b"%PDF", "是 PDF 文件"),
    (b"\x89PNG", "是图片"),
    (b"\xff\xd8\xff", "是图片"),
    (b"GIF8", "是图片"),
    (b"BM", "是图片"),
    (b"II*\0", "是图片"),
    (b"MM\0*", "是图片"),
    (b"Rar!", "是 RAR 压缩文件"),
    (b"7z\xbc\xaf'\x1c", "是 7z 压缩文件"),
    (b"\x1f\x8b", "是压缩文件"),
    (b"BZh", "是压缩文件"),
    (b"{\\rtf", "是 Word 能打开的 RTF 文档"),
    (b"MZ", "是程序，不是文件资料"),
    (b"\x7fELF", "是程序，不是文件资料"),
    (b"ID;P", "是 SYLK 文件"),
    (b"TABLE\r\n0,1", "是 DIF 文件"),
    (b"TABLE\n0,1", "是 DIF 文件"),
    (b"SQLite format 3\0", "是数据库文件"),
    (b"\0\1\0\0Standard", "是 Access 数据库"),
    (b"\0\0\1\0", "是图片"),
)
_TEXT_MARKS = {"{": "是 JSON 数据", "[{": "是 JSON 数据", "MIME-Version:": "是网页归档文件（.mht）"}
_STRANGE = "内容认不出来"
_BIFF = re.compile(rb"\x09[\x00\x02\x04\x08][\x04\x06\x08\x10]\x00")
_ROOT = re.compile(r"<\s*(?:[\w.-]+:)?(html|table|head|body|meta|div|style|script|!doctype\s+html)\b", re.I)
_SPREADSHEET = "urn:schemas-microsoft-com:office:spreadsheet"
_LOOKED_AT = 65_536


class Kind(Enum):
    """The ways a file can be read; `NOTHING` is none of them."""

    PACKAGE = auto()
    OLD = auto()
    WEB = auto()
    XML_TABLE = auto()
    FLAT_ODS = auto()
    TEXT = auto()
    NOTHING = auto()


def kind_of(data: bytes) -> tuple[Kind, str]:
    """How to read a file, and for `NOTHING` what it is, in words that follow its name."""
    if data.startswith(b"PK"):
        return Kind.PACKAGE, ""
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1") or _BIFF.match(data):
        return Kind.OLD, ""
    foreign = _foreign(data)
    return (Kind.NOTHING, foreign) if foreign else _of_text(data)


def _foreign(data: bytes) -> str:
    if data[4:8] == b"ftyp" or data[:4] == b"RIFF":
        return "是照片、录音或视频"
    if not data.strip(b"\0"):
        return "里面全是空字节，多半是没有下载完，或拷贝时断了"
    return next((said for mark, said in _MARKS if data.startswith(mark)), "")


def _of_text(data: bytes) -> tuple[Kind, str]:
    head = opening(data)
    start = "" if head is None else head.lstrip("\ufeff \r\n\t\0")
    if head is None:
        return Kind.NOTHING, _STRANGE
    if not start.startswith("<"):
        said = next((said for mark, said in _TEXT_MARKS.items() if start.startswith(mark)), "")
        return (Kind.NOTHING, said) if said else (Kind.TEXT, "")
    return _of_markup(head)


def _of_markup(head: str) -> tuple[Kind, str]:
    for mark, kind in ((_SPREADSHEET, Kind.XML_TABLE), ("<office:document", Kind.FLAT_ODS)):
        if mark in head:
            return kind, ""
    return (Kind.WEB, "") if _ROOT.search(head) else (Kind.NOTHING, "是 XML 文件，里面没有表格")


def opening(data: bytes) -> str | None:
    """The first of a file's text, roughly decoded; None when it is no text."""
    head = data[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return head[: len(head) // 2 * 2].decode("utf-16", "replace")
    if head.count(0):
        wide = _without_mark(head)
        if wide:
            return wide
    controls = sum(head.count(code) for code in (*range(9), *range(14, 27), *range(28, 32)))
    return None if controls > len(head) // 200 else head.decode("latin-1").replace("\0", "")


def _without_mark(head: bytes) -> str:
    """UTF-16 without a byte-order mark, told by its zero bytes in every second place."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    whole = head[: len(head) // 2 * 2]
    if odd > 4 * even and odd > len(head) // 20:
        return whole.decode("utf-16-le", "replace")
    if even > 4 * odd and even > len(head) // 20:
        return whole.decode("utf-16-be", "replace")
    return ""
