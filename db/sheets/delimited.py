"""Text tables (.csv, .txt, also named .xls by web systems): encoding and separator are told from the content.

Everything stays text: digits a spreadsheet has already rounded (4.40E+17) are not turned into numbers here.
"""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath

from db.sheets.book import Cell, Leaf, Leaves, Note, Sheet, leaf_of
from db.sheets.refusing import LONGEST_TEXT, MOST_ROWS, check_extent, check_text, refusal
from db.sheets.text import decode

_SEPARATORS = "\t,;|，"
_SAMPLE_LINES = 200
_KEPT_AS_TEXT = re.compile(r'^="(.*)"$', re.S)
"""How web systems keep a spreadsheet from rounding long digits: ="44140119700101001X"."""
_SAID = re.compile(r"^sep=(.)\r?\n", re.I)


def read_delimited(data: bytes, name: str) -> Leaves:
    """The one sheet of a text file, named as the file is. Raises `Known` for text that is no table or in no known encoding."""
    notes: list[Note] = []
    return Leaves(_sheets(data, name, notes), notes)


def _sheets(data: bytes, name: str, notes: list[Note]) -> Iterator[Leaf]:
    text = decode(data, name).lstrip("\ufeff")
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else separator_of(text)
    rows = _rows(text, separator, name, notes)
    check_extent(len(rows), max(map(len, rows), default=0), name)
    if not any(cell for row in rows for cell in row):
        raise refusal(name, "里没有内容，只有空行", "请向报送单位重新要一份。")
    yield leaf_of(Sheet(PurePath(name).stem, rows, (), hidden=False))


def separator_of(text: str) -> str:
    """The separator that parts the first lines most evenly into columns."""
    best, most = ",", 0
    sample = "".join(text.splitlines(keepends=True)[:_SAMPLE_LINES])
    for separator in _SEPARATORS:
        try:
            widths = Counter(len(row) for row in csv.reader(io.StringIO(sample), delimiter=separator))
        except csv.Error:
            continue
        parted = sum((width - 1) * times for width, times in widths.items()) + sum(
            times for width, times in widths.most_common(1) if width > 1
        )
        if parted > most:
            best, most = separator, parted
    return best


def _rows(text: str, separator: str, name: str, notes: list[Note]) -> list[list[Cell]]:
    csv.field_size_limit(max(len(text), LONGEST_TEXT))
    quoted = "strict" if '"' in text else "plain"
    try:
        return list(_parsed(text, separator, quoted, name))
    except csv.Error:
        notes.append(Note("文件里的双引号不成对，引号按原样读了，请核对含引号的行", severity="W"))
        return list(_parsed(text, separator, "plain", name))


def _parsed(text: str, separator: str, quoted: str, name: str) -> Iterator[list[Cell]]:
    lines = io.StringIO(text, newline="")
    if quoted == "strict":
        reader = csv.reader(lines, delimiter=separator, strict=True)
    else:
        reader = csv.reader(lines, delimiter=separator, quoting=csv.QUOTE_NONE)
    for number, row in enumerate(reader, 1):
        if number > 2 * MOST_ROWS:
            raise refusal(name, f"超过 {MOST_ROWS} 行", "请把名册以外的行删去，或分成几个文件再试。")
        yield [_cell(cell, name) for cell in row]


def _cell(cell: str, name: str) -> Cell:
    check_text(cell, name)
    kept = _KEPT_AS_TEXT.match(cell)
    return kept[1].replace('""', '"') if kept else cell.strip("\0")
