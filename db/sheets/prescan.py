"""A look at a workbook's bytes before any parser touches them: is it one, is it whole, is it harmless.

Everything a damaged or hostile file can do to a parser (bombs, entities, doubled parts, far-away cells) is refused here with a
sentence; cells whose value a reader would drop without a word (formulas never calculated, error values) are noted by their place.
"""

from __future__ import annotations

import posixpath
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice, pairwise
from xml.etree import ElementTree

from db.sheets.book import Lost, Note
from db.sheets.package import Package, Part, open_package
from db.sheets.refusing import (
    LARGEST_FILE,
    LONGEST_TEXT,
    MOST_CELLS,
    MOST_COLUMNS,
    MOST_MERGES,
    NEVER_CALCULATED,
    RESAVE,
    check_extent,
    check_text,
    column_letter,
    column_number,
    damaged,
    refusal,
)

_STRICT = b"http://purl.oclc.org/ooxml/"
_TAG = re.compile(rb"<[^>]*>")
_FAR_ROW = re.compile(rb'r="([A-Z]{1,3})(2[5-9]\d{4}|[3-9]\d{5}|\d{7,9})"')
_FAR_COLUMN = re.compile(rb'r="([A-Z]{3})(\d{1,9})"')
_TWO_LETTERS = 2
_SINCE_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?(row|col)\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_WORKSHEET = re.compile(rb"<(\w+:)?worksheet\b")
_SPACE = rb"(?:\s|&#(?:x0*[9aAdD]|0*(?:9|10|13));)*"
_T = rb"(?:\w+:)?t\b[^>]*(?:/>|>%s</(?:\w+:)?t>)" % _SPACE
_TEXT_START = re.compile(rb"<(?:\w+:)?si[\s/>]")
_BLANK_TEXT = re.compile(rb"<(?:\w+:)?si>\s*(?:<%s)?\s*</(?:\w+:)?si>|<(?:\w+:)?si\s*/>" % _T)
_BLANKS_COUNTED = 200
_BLANK_ENOUGH = 1000
_OTHERS: dict[str, tuple[str, str | tuple[str, ...]]] = {
    "是 Word 文档": ("word/", ""),
    "是演示文稿": ("ppt/", ""),
    "是 .xlsb 文件": ("xl/workbook.bin", ""),
    "是苹果电脑的 Numbers 表格": ("", ".iwa"),
    "是 OFD 版式文件": ("ofd.xml", ""),
    "内部结构不规范": ("[content_types].xml", ""),
    "是压缩包，表格在里面，请先解压": ("", (".xlsx", ".xls", ".et", ".csv", ".ods")),
}
"""By how the name of one of its parts begins and ends."""
_ASIDE = (
    ("xl/vbaproject.bin", "文件里有宏，没有运行，也没有读取"),
    ("xl/macrosheets/", "文件里有宏表，没有运行，也没有读取"),
    ("xl/externallinks/", "有的公式引用了别的工作簿，读的是文件里存着的结果，没有去取那个工作簿"),
    ("xl/connections.xml", "文件连着外部数据，没有去连接"),
    ("xl/embeddings/", "文件里嵌入的对象没有读取"),
    ("xl/media/", "文件里的图片没有读取"),
)


@dataclass(slots=True)
class Look:
    """What one sheet's part shows: lost cells by row and column, rows and columns hidden or filtered out, all from 0; how many cells
    hold a value; the last row with one (from 1), how many rows below it are blank; a row written twice (from 1, 0 for none)."""

    lost: dict[tuple[int, int], Lost] = field(default_factory=dict)
    hidden_rows: frozenset[int] = frozenset()
    hidden_columns: frozenset[int] = frozenset()
    values: int = 0
    last_row: int = 0
    blank_rows: int = 0
    repeated_row: int = 0


@dataclass(frozen=True, slots=True)
class Scan:
    """What the look found out: ``sheets`` by name; ``since_1904``: days are counted from 1904, as Excel for the Macintosh did;
    ``data`` is the archive for the parser; ``strict``: it is Strict Open XML, which openpyxl reads as no sheets at all;
    ``listed`` counts the sheets the workbook names, those of charts included."""

    sheets: dict[str, Look]
    since_1904: bool
    data: bytes
    notes: list[Note]
    strict: bool
    listed: int


def scan(data: bytes, name: str) -> Scan:
    """Look through a workbook's bytes; ``name`` is the file's name for sentences. Raises `Known` when it is not to be read."""
    return scan_package(open_package(data, name))


def scan_package(package: Package) -> Scan:
    """The same for an archive whose directory was looked over."""
    name, kind = package.name, other_kind(package)
    if kind:
        raise refusal(name, f"不是 Excel 工作簿（{kind}）", RESAVE)
    looks: dict[str, Look] = {}
    kept: dict[str, bytes] = {}
    blanks: list[int] = []
    for part in package.parts():
        if part.name in ("xl/workbook.xml", "xl/_rels/workbook.xml.rels"):
            kept[part.name] = part.body
        elif part.name.endswith("sharedstrings.xml"):
            _check_texts(part.body, name)
            blanks = _blank_texts(part.body)
        elif _WORKSHEET.search(part.body, 0, 4096):
            looks[part.name] = _look(part, name, blanks)
    workbook = kept["xl/workbook.xml"]
    listed = dict(_sheets(kept.get("xl/_rels/workbook.xml.rels", b"<none/>"), workbook, name))
    sheets = {sheet: looks[path] for sheet, path in listed.items() if path in looks}
    notes = [*_aside(package), *(note for sheet, look in sheets.items() for note in _doubts(sheet, look, name))]
    return Scan(
        sheets, _SINCE_1904.search(workbook) is not None, package.clean(), notes, _STRICT in workbook, len(listed)
    )


def other_kind(package: Package) -> str:
    """What an archive is when it is no .xlsx workbook; "" when it is one."""
    names = package.names()
    if "xl/workbook.xml" in names:
        return ""
    for said, marks in _OTHERS.items():
        if any(part.startswith(marks[0]) and part.endswith(marks[1]) for part in names):
            return said
    return "是别的压缩文件"


def _aside(package: Package) -> Iterator[Note]:
    names = package.names()
    for start, said in _ASIDE:
        if any(part.startswith(start) for part in names):
            yield Note(said)


def _doubts(sheet: str, look: Look, name: str) -> Iterator[Note]:
    if look.repeated_row:
        raise refusal(name, f"的“{sheet}”表内部第 {look.repeated_row} 行写了两遍，不同软件会读出不同内容", RESAVE)
    if look.blank_rows > _BLANK_ENOUGH:
        yield Note(f"“{sheet}”表第{look.last_row}行以后都是空行（约 {look.blank_rows} 行），没有读", sheet)


def _check_texts(body: bytes, name: str) -> None:
    start = -1
    for found in _TEXT_START.finditer(body) if len(body) > LONGEST_TEXT else ():
        if start >= 0 and found.start() - start > LONGEST_TEXT:
            _check_length(body[start : found.start()], name)
        start = found.start()
    if len(body) - start > LONGEST_TEXT:
        _check_length(body[max(start, 0) :], name)


def _check_length(text: bytes, name: str) -> None:
    check_text(_TAG.sub(b"", text).decode("utf-8", "replace"), name)


def _sheets(links: bytes, workbook: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Sheet names with the parts they lie in, in small letters."""
    try:
        targets = {link.get("Id"): link.get("Target", "") for link in ElementTree.fromstring(links)}
        book = ElementTree.fromstring(workbook)
    except (ElementTree.ParseError, ValueError):
        raise damaged(name) from None
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            link = next((value for key, value in sheet.attrib.items() if key.endswith("relationships}id")), "")
            if link in targets:
                path = posixpath.join("/xl", targets[link].replace("\\", "/"))
                yield sheet.get("name", ""), posixpath.normpath(path).lstrip("/").lower()


def _look(part: Part, name: str, blanks: list[int]) -> Look:
    """Lost cells of one sheet's XML and all else; refuses a sheet whose filled cells reach too far. ``blanks`` are the shared texts
    without a word."""
    body = part.body
    if body.count(b"mergeCell ") > MOST_MERGES:
        raise refusal(name, f"里合并的单元格超过 {MOST_MERGES} 处，大得不正常", "请取消不需要的合并，保存后再试。")
    root = _WORKSHEET.search(body, 0, 4096)
    prefix = root[1] if root and root[1] else b""
    look = Look(
        hidden_rows=frozenset(_hidden_rows(body)),
        hidden_columns=frozenset(_hidden_columns(body)),
        values=_values(body, prefix, blanks),
    )
    for mark, test in ((rb"<%sf[ >/]" % prefix, _uncalculated), (rb' t="e"', _error)):
        for hit in re.finditer(mark, body):
            opening, cell = _cell(body, hit.start(), prefix)
            value = test(opening, cell, prefix)
            if value:
                look.lost[_place(opening, name)] = Lost(value)
    _number_rows(body, prefix, look, part.blank_rows)
    _check_extent(body, look, prefix, name)
    return look


def _values(body: bytes, prefix: bytes, blanks: list[int]) -> int:
    """How many cells hold something, those with nothing but blanks left out (rather too many of these than too few)."""
    empty = re.compile(rb"<%sv>%s</%sv>" % (prefix, _SPACE, prefix))
    values = body.count(b"<%sv>" % prefix) - len(empty.findall(body))
    values -= sum(body.count(b"<%sv>%d</%sv>" % (prefix, index, prefix)) for index in blanks)
    inline = body.count(b"<%sis>" % prefix)
    blank = re.compile(rb"<%sis>\s*(?:<%s)?\s*</(?:\w+:)?is>" % (prefix, _T))
    return values + (inline - len(blank.findall(body)) if inline else 0)


def _blank_texts(body: bytes) -> list[int]:
    """Places of the shared texts that hold nothing but blanks; a parser gives them as blank cells."""
    blanks = [found.start() for found in islice(_BLANK_TEXT.finditer(body), _BLANKS_COUNTED)]
    if not blanks:
        return []
    starts = [found.start() for found in _TEXT_START.finditer(body)]
    return [bisect_left(starts, blank) for blank in blanks]


def _number_rows(body: bytes, prefix: bytes, look: Look, dropped: int) -> None:
    """Whether the rows' numbers only ever grow, and how many rows below the last value are blank."""
    stated = re.compile(rb'<%srow\s(?:[^>]*?\s)?r="(\d{1,9})"' % prefix)
    numbers = list(map(int, stated.findall(body)))
    if any(after <= before for before, after in pairwise(numbers)):
        look.repeated_row = next((number for number, times in Counter(numbers).items() if times > 1), 0)
    last = max(body.rfind(b"<%s%s" % (prefix, mark)) for mark in (b"v>", b"is>", b"f>", b"f "))
    look.blank_rows = body.count(b"<%srow " % prefix, max(last, 0)) + dropped
    row = body.rfind(b"<%srow " % prefix, 0, max(last, 0))
    number = stated.match(body, row) if row >= 0 else None
    look.last_row = int(number[1]) if number else 0


def _hidden_rows(body: bytes) -> Iterator[int]:
    for tag in _hidden(body, b"row"):
        number = re.search(rb'\sr="(\d+)"', tag)
        if number:
            yield int(number[1]) - 1


def _hidden_columns(body: bytes) -> Iterator[int]:
    for tag in _hidden(body, b"col"):
        first, last = (re.search(rb'\b%s="(\d+)"' % edge, tag) for edge in (b"min", b"max"))
        if first and last:
            yield from range(int(first[1]) - 1, min(int(last[1]), MOST_COLUMNS))


def _hidden(body: bytes, what: bytes) -> list[bytes]:
    if b"hidden=" not in body:
        return []
    return [found[0] for found in _HIDDEN.finditer(body) if found[1] == what]


def _cell(body: bytes, inside: int, prefix: bytes) -> tuple[bytes, bytes]:
    """The opening tag and the content of the cell that ``inside`` lies in."""
    start = body.rfind(b"<%sc " % prefix, 0, inside + 1)
    opened = body.find(b">", start) + 1
    return body[start:opened], body[opened : body.find(b"</%sc>" % prefix, opened)]


def _uncalculated(opening: bytes, cell: bytes, prefix: bytes) -> str:
    """A formula that gives an empty text is calculated (t="str"); one without a value is not."""
    filled = re.search(rb"<%sv>[^<]" % prefix, cell) or (b't="str"' in opening and b"<%sv" % prefix in cell)
    return "" if filled else NEVER_CALCULATED


def _error(opening: bytes, cell: bytes, prefix: bytes) -> str:
    value = re.search(rb"<%sv>([^<]+)" % prefix, cell)
    return value[1].decode("utf-8", "replace") if value else NEVER_CALCULATED


def _place(opening: bytes, name: str) -> tuple[int, int]:
    spot = re.search(rb'\sr="([A-Z]{1,3})(\d{1,7})"', opening)
    if spot is None:
        raise refusal(name, "里有没有算出结果的公式", "请用 Excel 或 WPS 打开，保存一次，再重新选择。")
    return int(spot[2]) - 1, column_number(spot[1].decode())


def _check_extent(body: bytes, look: Look, prefix: bytes, name: str) -> None:
    """Refuse filled cells that lie too far out, before a parser makes room for everything up to them. Cells are only looked at one by
    one where some reference is far enough to matter."""
    rows, columns = look.last_row, 0
    far = [_FAR_ROW, _FAR_COLUMN]
    most = column_letter(MOST_CELLS // max(rows, 1))
    if len(most) == _TWO_LETTERS:
        far.append(re.compile(rb'r="([%s-Z][A-Z])(\d{1,9})"' % most[:1].encode()))
    for reference in far:
        if reference.search(body):
            cells = re.compile(rb"<%sc\s(?:[^>]*?\s)?" % prefix + reference.pattern + rb"[^>]*(?<!/)>(?!</)")
            for cell in cells.finditer(body):
                rows, columns = max(rows, int(cell[2])), max(columns, column_number(cell[1].decode()) + 1)
    check_extent(rows, columns, name)


__all__ = [
    "LARGEST_FILE",
    "NEVER_CALCULATED",
    "Look",
    "Lost",
    "Scan",
    "column_letter",
    "column_number",
    "damaged",
    "refusal",
    "scan",
    "scan_package",
]
