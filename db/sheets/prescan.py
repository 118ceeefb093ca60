"""A look at a workbook's bytes before any parser touches them: is it one, is it whole, is it harmless.

Everything a damaged or hostile file can do to a parser (bombs, entities, doubled parts, far-away cells) is refused here with a
sentence; cells whose value a reader would drop without a word (formulas never calculated, error values) are noted by their place.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree import ElementTree

from db.errors import Known

LARGEST_FILE = 30 * 2**20
LARGEST_PART = 200 * 2**20
LARGEST_TOTAL = 300 * 2**20
MOST_PARTS = 2000
MOST_ROWS = 200_000
MOST_COLUMNS = 300
MOST_CELLS = 20_000_000
LONGEST_TEXT = 32_767
RESAVE = "请用 WPS 或 Excel 打开，另存为“Excel 工作簿（*.xlsx）”，再重新选择。"
_OLE2 = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_STRICT = b"http://purl.oclc.org/ooxml/"
_TAG = re.compile(rb"<[^>]*>")
_FAR = re.compile(rb' r="(?:[A-Z]{3}|[A-Z]{0,2}\d{5})')
_SINCE_1904 = re.compile(rb'\bdate1904="(?:1|true)"')
_HIDDEN = re.compile(rb'<(?:\w+:)?(row|col)\b(?=[^>]*\bhidden="(?:1|true)")[^>]*>')
_RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NEVER_CALCULATED = "公式未计算"


@dataclass(frozen=True, slots=True)
class Lost:
    """A cell whose value is not in the file: `NEVER_CALCULATED`, or the error Excel shows there such as #N/A."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Scan:
    """What the look found out: per sheet name the lost cells by row and column, and the rows and columns that are hidden or filtered
    out, all from 0; ``since_1904``: days are counted from 1904, as Excel for the Macintosh did."""

    lost: dict[str, dict[tuple[int, int], Lost]]
    hidden_rows: dict[str, frozenset[int]]
    hidden_columns: dict[str, frozenset[int]]
    since_1904: bool


def scan(data: bytes, name: str) -> Scan:
    """Look through a workbook's bytes; ``name`` is the file's name for sentences. Raises `Known` when it is not to be read."""
    _check_kind(data, name)
    texts = dict(_parts(data, name))
    if not any(part.lower() == "xl/workbook.xml" for part in texts):
        raise refusal(name, f"不是 Excel 工作簿（{_other_kind(texts)}）", RESAVE)
    workbook = next(body for part, body in texts.items() if part.lower() == "xl/workbook.xml")
    if _STRICT in workbook:
        raise refusal(name, "是“严格 Open XML”格式，本程序不读这种格式", RESAVE)
    sheets = {sheet: texts[part] for sheet, part in _sheets(texts, workbook, name) if part in texts}
    return Scan(
        {sheet: _look(body, name) for sheet, body in sheets.items()},
        {sheet: frozenset(_hidden_rows(body)) for sheet, body in sheets.items()},
        {sheet: frozenset(_hidden_columns(body)) for sheet, body in sheets.items()},
        _SINCE_1904.search(workbook) is not None,
    )


def refusal(name: str, what: str, remedy: str) -> Known:
    """The one way a file is turned down: what is wrong with it, that nothing was taken in, what to do."""
    return Known(f"“{name}”{what}，没有读入任何内容。", remedy)


def damaged(name: str) -> Known:
    """The sentence for a file that cannot be read to its end."""
    return refusal(name, "已损坏或没有下载完整", "请向报送单位重新要一份，或用 WPS、Excel 打开后另存再试。")


def _check_kind(data: bytes, name: str) -> None:
    if not data:
        raise refusal(name, "是空文件（0 字节）", "请向报送单位重新要一份。")
    if data.startswith(_OLE2):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise refusal(name, "设了打开密码", "请先在 WPS 或 Excel 里取消打开密码并保存，再重新选择。")
        raise refusal(name, "是旧版 .xls 或 WPS .et 格式", RESAVE)
    if not data.startswith(b"PK"):
        kind = "看来是网页或 XML 文件改了名字" if data.lstrip(b"\xef\xbb\xbf \r\n\t").startswith(b"<") else "内容不对"
        raise refusal(name, f"不是 Excel 工作簿（{kind}）", RESAVE)


def _parts(data: bytes, name: str) -> Iterator[tuple[str, bytes]]:
    """The XML parts, unpacked within the limits; other parts are only measured."""
    try:
        entries = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, EOFError, OSError):
        raise damaged(name) from None
    _check_names(entries, name)
    left = LARGEST_TOTAL
    for entry in entries:
        body = _unpack(data, entry, min(LARGEST_PART, left), name)
        left -= len(body)
        if entry.filename.lower().endswith((".xml", ".rels", ".vml")):
            _check_text(entry.filename, body, name)
            yield entry.filename, body


def _check_names(entries: list[zipfile.ZipInfo], name: str) -> None:
    names = [entry.filename.lower() for entry in entries]
    if len(names) > MOST_PARTS:
        raise refusal(name, f"内部有 {len(names)} 个部件，不像正常的工作簿", RESAVE)
    if len(set(names)) < len(names):
        raise refusal(name, "内部有重名的部件，不同软件会读出不同内容", RESAVE)
    if any("\\" in entry.orig_filename for entry in entries):
        raise refusal(name, "内部结构不规范", RESAVE)
    if any(entry.flag_bits & 1 for entry in entries):
        raise refusal(name, "设了打开密码", "请先取消密码并保存，再重新选择。")


def _unpack(data: bytes, entry: zipfile.ZipInfo, limit: int, name: str) -> bytes:
    """One part, whatever size it declares: at most ``limit`` bytes are ever unpacked."""
    try:
        skip = sum(struct.unpack_from("<HH", data, entry.header_offset + 26))
        start = entry.header_offset + 30 + skip
        body = raw = data[start : start + entry.compress_size]
        if entry.compress_type == zipfile.ZIP_DEFLATED:
            body = zlib.decompressobj(-15).decompress(raw, limit + 1)
    except (zlib.error, struct.error):
        raise damaged(name) from None
    if len(body) > limit:
        raise refusal(
            name, "解开后大得不正常", "如确是要报送的名册，请用 WPS 或 Excel 打开，把内容复制到新工作簿再试。"
        )
    if zlib.crc32(body) != entry.CRC:
        raise damaged(name)
    return body


def _check_text(part: str, body: bytes, name: str) -> None:
    if b"<!DOCTYPE" in body or b"<!ENTITY" in body or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise refusal(name, "里面有不该出现的文档定义，可能不安全", RESAVE)
    if part.lower().endswith("sharedstrings.xml"):
        for text in body.split(b"<si")[1:]:
            if len(text) > LONGEST_TEXT and len(_TAG.sub(b"", text).decode("utf-8", "replace")) > LONGEST_TEXT:
                raise refusal(name, f"有单元格超过 {LONGEST_TEXT} 个字", "请删去过长的文字后再试。")


def _other_kind(parts: dict[str, bytes]) -> str:
    names = {part.lower() for part in parts}
    if "content.xml" in names:
        return "是 .ods 文件"
    if any(part.startswith("word/") for part in names):
        return "是 Word 文档"
    if any(part.startswith("xl/") for part in names):
        return "是 .xlsb 文件"
    return "是别的压缩文件"


def _sheets(parts: dict[str, bytes], workbook: bytes, name: str) -> Iterator[tuple[str, str]]:
    """Sheet names with the parts they lie in."""
    try:
        links = ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<none/>"))
        book = ElementTree.fromstring(workbook)
    except ElementTree.ParseError:
        raise damaged(name) from None
    targets = {link.get("Id"): link.get("Target", "") for link in links}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet") and sheet.get(_RELATION) in targets:
            target = targets[sheet.get(_RELATION)]
            yield sheet.get("name", ""), target.lstrip("/") if target.startswith("/") else f"xl/{target}"


def _look(body: bytes, name: str) -> dict[tuple[int, int], Lost]:
    """Lost cells of one sheet's XML; refuses a sheet whose filled cells reach too far."""
    if _FAR.search(body):
        _check_extent(body, name)
    root = re.search(rb"<(\w+:)?worksheet\b", body)
    prefix = root[1] if root and root[1] else b""
    lost: dict[tuple[int, int], Lost] = {}
    for mark, test in ((rb"<%sf[ >/]" % prefix, _uncalculated), (rb' t="e"', _error)):
        for hit in re.finditer(mark, body):
            opening, cell = _cell(body, hit.start(), prefix)
            value = test(opening, cell, prefix)
            if value:
                lost[_place(opening, name)] = Lost(value)
    return lost


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


def _check_extent(body: bytes, name: str) -> None:
    rows = columns = 0
    for cell in re.finditer(rb'<(?:\w+:)?c\s[^>]*?\br="([A-Z]+)(\d+)"[^>]*(?<!/)>(?!</)', body):
        rows, columns = max(rows, int(cell[2])), max(columns, column_number(cell[1].decode()) + 1)
    if rows > MOST_ROWS or columns > MOST_COLUMNS or rows * columns > MOST_CELLS:
        raise refusal(
            name,
            f"的内容一直写到第 {rows} 行、{column_letter(columns - 1)} 列，大得不正常",
            "请把名册以外的行列删去再试。",
        )


def column_number(letters: str) -> int:
    """A is 0, Z 25, AA 26."""
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def column_letter(number: int) -> str:
    """0 is A, 25 Z, 26 AA."""
    letters = ""
    number += 1
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters
