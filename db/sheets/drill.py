"""The mark of a practice record on the workbooks that leave it, and what may not be read because of it.

A workbook carries the mark in its properties, which Excel and WPS keep, at the head of every printed page, on the tab, and where it has
a title in that. The office's own record takes nothing so marked, and nobody with the number of an invented one where the mark was lost; a
practice record, which everybody can open, takes nobody real.
"""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable, Iterator
from io import BytesIO
from typing import Any

from db.errors import Known
from db.rules.identity import check_digit
from db.sheets.book import Book
from db.store import practising
from db.store.practising import INVENTED, MARK, REGION, TITLED, WORDS

PROPERTY = "户有卡练习台账"
YELLOW = "F5C400"
_PARTS = ("docprops/custom.xml", "meta.xml")
_LARGEST = 200_000
_NUMBER = re.compile(r"(?<!\d)\d{17}[\dXx](?!\d)")
_LOOKED_AT = 5
_HEAD_POINTS = 14
_HEAD_FROM, _HEAD_ROOM = 0.25, 0.35
"""Inches from the rim of the paper to the mark, and from there to the sheet: with less it is cut through, or printed over the title."""


def titled(title: str) -> str:
    """The title over a sheet: 【演练】 before it while a practice record is open."""
    return practising.titled(title)


def mark(book: Any) -> None:  # noqa: ANN401 - openpyxl's Workbook
    """Mark a workbook that is about to be written, while a practice record is open."""
    if not practising.on():
        return
    from openpyxl.packaging.custom import StringProperty

    if PROPERTY not in book.custom_doc_props.names:
        book.custom_doc_props.append(StringProperty(name=PROPERTY, value=MARK))
    book.properties.title = titled(book.properties.title or "").strip()
    for sheet in book.worksheets:
        for head in (sheet.oddHeader, sheet.evenHeader, sheet.firstHeader):
            head.center.text, head.center.size = f"{MARK}　{WORDS}", _HEAD_POINTS
        edge = sheet.page_margins
        edge.header, edge.top = _HEAD_FROM, max(edge.top, _HEAD_FROM + _HEAD_ROOM)
        sheet.HeaderFooter.scaleWithDoc = False  # a wide ledger shrunk to its page must not shrink the mark with it
        colour(sheet)


def colour(sheet: Any) -> None:  # noqa: ANN401 - a sheet of openpyxl, whole or only to be written
    """Give a sheet a yellow tab, while a practice record is open; of one that is streamed before its first row."""
    if practising.on():
        sheet.sheet_properties.tabColor = YELLOW


def marked(data: bytes) -> bool:
    """Whether a file's bytes carry the mark in their properties; nothing is unpacked beyond a few thousand bytes."""
    if not data.startswith(b"PK"):
        return any(PROPERTY.encode(code) in data for code in ("utf-16-le", "gb18030", "utf-8"))
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            return any(PROPERTY.encode() in _start(archive, entry) for entry in archive.infolist())
    except (zipfile.BadZipFile, NotImplementedError, OSError, ValueError, EOFError, RuntimeError):
        return False  # whatever is wrong with it, its reader says


def require_fit(book: Book) -> None:
    """Known when a workbook from a practice record is to be read for the office's own, or real people for a practice record."""
    if practising.on():
        _require_invented(book)
    elif book.practice or _says_so(book) or any(_numbers(book, _is_invented)):
        raise Known(
            f"“{book.name}”是从练习台账导出的，里面的人和事都是编的，没有读入任何内容。",
            "请选本镇自己的文件；要练习，请先点“帮助—练习台账”。",
        )


def _start(archive: zipfile.ZipFile, entry: zipfile.ZipInfo) -> bytes:
    if entry.filename.lower().replace("\\", "/") not in _PARTS:
        return b""
    with archive.open(entry) as part:
        return part.read(_LARGEST)


def _says_so(book: Book) -> bool:
    """The title still says it where another program has lost the properties."""
    rows = (row for sheet in book.sheets for row in sheet.rows[:_LOOKED_AT])
    return any(isinstance(cell, str) and cell.strip().startswith(TITLED) for row in rows for cell in row)


def _require_invented(book: Book) -> None:
    real = len(set(_numbers(book, _is_real)))
    if real:
        raise Known(
            f"“{book.name}”里有 {real:,} 个身份证号不是练习用的，像是真人的资料；练习台账谁都能打开，没有读入任何内容。",
            "真人的名册请退出练习后在本镇档案里录入；练习请用练习台账自己导出的表。",
        )


def _is_real(number: str) -> bool:
    """Sound and of a county: somebody may bear it."""
    return not number.startswith(INVENTED) and check_digit(number[:17]) == number[17]


def _is_invented(number: str) -> bool:
    """Only in a practice record has anybody such a number."""
    return number.startswith(REGION) and check_digit(number[:17]) == number[17]


def _numbers(book: Book, wanted: Callable[[str], bool]) -> Iterator[str]:
    for sheet in book.sheets:
        for row in sheet.rows:
            for cell in row:
                text = cell if isinstance(cell, str) else str(cell) if isinstance(cell, int) else ""
                for number in _NUMBER.findall(text.upper()) if len(text) >= 18 else ():
                    if wanted(number):
                        yield number
