"""Odd files as clerks, web systems and attackers make them, built by code: modern workbooks, and what the other kinds share.

Each holds the small roster `ROSTER` or is refused; `Odd` says which, with the words that must stand in the sentence or the notes.
"""

from __future__ import annotations

import io
import warnings
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date
from functools import lru_cache, partial

import openpyxl
from openpyxl.chart import BarChart, Reference

from db.sheets.book import Lost
from db.sheets.refusing import NEVER_CALCULATED

ROSTER: list[list[object]] = [
    ["姓名", "证件号码", "人口"],
    ["陈某文", "441401197001010011", 3.0],
    ["温𠮷某", "441401198202020022", 2.0],
]
SHEET = "xl/worksheets/sheet1.xml"
MAIN = b"http://schemas.openxmlformats.org/spreadsheetml/2006/main"
LINKS = b"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
STRICT = b"http://purl.oclc.org/ooxml/"
NEVER = Lost(NEVER_CALCULATED)


@dataclass(frozen=True)
class Odd:
    """One odd file: ``says`` is what its sentence must hold, "" when it gives ``rows``; ``notes`` must stand in its notes."""

    what: str
    name: str
    data: Callable[[], bytes]
    says: str = ""
    rows: tuple[tuple[object, ...], ...] = tuple(map(tuple, ROSTER))
    notes: str = ""

    def __str__(self) -> str:
        return self.what


def rows_with(*changes: tuple[int, int, object]) -> tuple[tuple[object, ...], ...]:
    """The roster's rows with some cells changed: (row, column, value) from 0."""
    rows = [list(row) for row in ROSTER]
    for row, column, value in changes:
        rows[row][column] = value
    return tuple(map(tuple, rows))


@lru_cache
def plain() -> bytes:
    """The roster as an ordinary .xlsx."""
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "名册"
    for row in ROSTER:
        sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return _shared(out.getvalue())


def _shared(data: bytes) -> bytes:
    """The same with its texts in a part of their own, as Excel and WPS write them."""
    every = zipped(data)
    texts = list(dict.fromkeys(str(cell) for row in ROSTER for cell in row if isinstance(cell, str)))
    for number, text in enumerate(texts):
        inline = f't="inlineStr"><is><t>{text}</t></is></c>'.encode()
        every[SHEET] = every[SHEET].replace(inline, b't="s"><v>%d</v></c>' % number)
    if "xl/sharedStrings.xml" not in every:
        items = "".join(f"<si><t>{text}</t></si>" for text in texts).encode()
        every["xl/sharedStrings.xml"] = b'<sst xmlns="%s">%s</sst>' % (MAIN, items)
        links, kinds = "xl/_rels/workbook.xml.rels", "[Content_Types].xml"
        link = b'<Relationship Id="rId99" Type="%s/sharedStrings" Target="sharedStrings.xml"/></Relationships>' % LINKS
        every[links] = every[links].replace(b"</Relationships>", link)
        kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sharedStrings+xml"
        part = b'<Override PartName="/xl/sharedStrings.xml" ContentType="%s"/></Types>' % kind
        every[kinds] = every[kinds].replace(b"</Types>", part)
    return packed(every)


def zipped(data: bytes) -> dict[str, bytes]:
    """The parts of an archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def packed(parts: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip of these parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def parts() -> dict[str, bytes]:
    """The parts of `plain`."""
    return zipped(plain())


def changed(part: str, old: bytes, new: bytes, **more: bytes) -> bytes:
    """`plain` with some bytes of a part replaced (they must be there) and parts added; `_` in their names is `/`, `__` a dot."""
    every = parts()
    assert old in every[part]
    every[part] = every[part].replace(old, new)
    return packed(every | {name.replace("__", ".").replace("_", "/"): body for name, body in more.items()})


def cells(old: bytes, new: bytes) -> bytes:
    """`plain` with some bytes of its sheet replaced."""
    return changed(SHEET, old, new)


def added(**more: bytes) -> bytes:
    """`plain` with parts added."""
    return changed(SHEET, b"<sheetData>", b"<sheetData>", **more)


def renamed(pairs: dict[str, str]) -> bytes:
    """`plain` with parts named otherwise."""
    return packed({pairs.get(name, name): body for name, body in parts().items()})


def _strict() -> bytes:
    def change(body: bytes) -> bytes:
        return body.replace(MAIN, STRICT + b"spreadsheetml/main").replace(
            LINKS, STRICT + b"officeDocument/relationships"
        )

    return packed({name: change(body) for name, body in parts().items()})


def _twice(second: str) -> bytes:
    out = io.BytesIO(plain())
    with zipfile.ZipFile(out, "a") as book, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        book.writestr(second, b"<worksheet/>")
    return out.getvalue()


def _blank_tail(rows: int, wide: int) -> bytes:
    cells_of = b"".join(b'<c r="%s%%d" s="0"/>' % bytes((65 + column,)) for column in range(wide))
    body = parts()[SHEET]
    tail = b"".join(b'<row r="%d">%s</row>' % (row, cells_of.replace(b"%d", b"%d" % row)) for row in range(4, rows))
    every = parts() | {SHEET: body.replace(b"</sheetData>", tail + b"</sheetData>")}
    return packed(every)


def _merges(count: int) -> bytes:
    spans = b"".join(b'<mergeCell ref="E%d:F%d"/>' % (row, row) for row in range(1, count + 1))
    return cells(b"</sheetData>", b'</sheetData><mergeCells count="%d">%s</mergeCells>' % (count, spans))


def _prefixed() -> bytes:
    body = parts()[SHEET]
    for tag in (b"worksheet", b"sheetData", b"row", b"c", b"v", b"sheetViews", b"sheetView", b"sheetPr"):
        for opened, closed in ((b"<", b" "), (b"<", b">"), (b"</", b">"), (b"<", b"/>")):
            body = body.replace(opened + tag + closed, opened + b"x:" + tag + closed)
    return packed(parts() | {SHEET: body.replace(b'xmlns="', b'xmlns:x="')})


def _days(number_format: int, cell: bytes = b'<c r="C2" s="1"><v>42493</v></c>') -> bytes:
    every = parts()
    styles = every["xl/styles.xml"]
    start, end = styles.index(b"<cellXfs"), styles.index(b"</cellXfs>")
    formats = b'<cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="%d" applyNumberFormat="1"/>' % number_format
    every["xl/styles.xml"] = styles[:start] + formats + styles[end:]
    every[SHEET] = every[SHEET].replace(b'<c r="C2" t="n"><v>3</v></c>', cell)
    return packed(every)


def _damaged() -> bytes:
    data = bytearray(plain())
    spot = data.index(SHEET.encode()) + len(SHEET) + 60
    data[spot] ^= 255
    return bytes(data)


def _flagged() -> bytes:
    data = bytearray(plain())
    for mark, flags in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + flags] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def _bomb() -> bytes:
    """330 MB of nothing in a part no reader needs: one flushed block, again and again."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    block = deflate.compress(b"\0" * 2**20) + deflate.flush(zlib.Z_FULL_FLUSH)
    data = bytearray(packed(parts() | {"xl/media/a.bin": block * 330}, zipfile.ZIP_STORED))
    data[data.index(b"xl/media/a.bin") - 30 + 8] = zipfile.ZIP_DEFLATED
    data[data.rindex(b"xl/media/a.bin") - 46 + 10] = zipfile.ZIP_DEFLATED
    return bytes(data)


def _of_charts() -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    chart = BarChart()
    chart.add_data(Reference(sheet, min_col=1, min_row=1, max_row=2))
    book.create_chartsheet("图").add_chart(chart)
    book.remove(sheet)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


ROW_2 = b'<row r="2">'
FAR_ROW = b'<row r="1048576"><c r="A1048576"><v>1</v></c></row></sheetData>'
FAR_COLUMN = b'<row r="4"><c r="XFD4"><v>1</v></c></row></sheetData>'
END = b"</sheetData>"
THREE = b'<c r="C2" t="n"><v>3</v></c>'


def modern() -> Iterator[Odd]:
    """Modern workbooks, and what is done to them."""
    yield Odd("plain", "名册.xlsx", plain)
    yield Odd("named .xls", "名册.xls", plain)
    yield Odd("named .csv", "名册.csv", plain)
    yield Odd("macros", "名册.xlsm", lambda: added(xl_vbaProject__bin=b"\xd0\xcf"), notes="宏")
    yield Odd(
        "links to other books",
        "名册.xlsx",
        lambda: added(xl_externalLinks_externalLink1__xml=b"<a/>"),
        notes="别的工作簿",
    )
    yield Odd("pictures", "名册.xlsx", lambda: added(xl_media_image1__png=b"\x89PNG"), notes="图片")
    yield Odd("embedded objects", "名册.xlsx", lambda: added(xl_embeddings_a__bin=b"a"), notes="嵌入")
    yield Odd("strict", "名册.xlsx", _strict)
    for claim in (b"A1", b"A1:B2", b"A1:XFD1048576", b"D9:E10"):
        yield Odd(
            f"dimension {claim!r}",
            "名册.xlsx",
            partial(cells, b'<dimension ref="A1:C3"', b'<dimension ref="%s"' % claim),
        )
    nonsense = b'<dimension ref="x"'
    yield Odd(
        "dimension without sense",
        "名册.xlsx",
        lambda: cells(b'<dimension ref="A1:C3"', nonsense),
        notes="换了一种读法",
    )
    yield Odd("150,000 blank rows", "名册.xlsx", lambda: _blank_tail(150_000, 5), notes="第3行以后都是空行")
    yield Odd("2,000 blank rows", "名册.xlsx", lambda: _blank_tail(2000, 3), notes="第3行以后都是空行")
    yield Odd("far blank cell", "名册.xlsx", lambda: cells(END, FAR_ROW.replace(b"><v>1</v></c>", b' s="0"/>')))
    yield Odd("far row", "名册.xlsx", lambda: cells(END, FAR_ROW), says="第 1048576 行")
    yield Odd("far column", "名册.xlsx", lambda: cells(END, FAR_COLUMN), says="XFD 列")
    yield Odd("row twice", "名册.xlsx", lambda: cells(b'<row r="3"', b'<row r="2"'), says="写了两遍")
    yield Odd("rows backwards", "名册.xlsx", _backwards)
    yield Odd("cells without place", "名册.xlsx", _placeless)
    yield Odd("prefixed", "名册.xlsx", _prefixed)


def packages() -> Iterator[Odd]:
    """The archive done harm, or done oddly."""
    yield Odd("part twice", "名册.xlsx", lambda: _twice(SHEET), says="重名")
    yield Odd("part twice by case", "名册.xlsx", lambda: _twice(SHEET.upper()), says="重名")
    yield Odd("back slashes", "名册.xlsx", lambda: renamed({name: name.replace("/", "\\") for name in parts()}))
    yield Odd("other case of a part", "名册.xlsx", lambda: renamed({"xl/sharedStrings.xml": "xl/SharedStrings.xml"}))
    yield Odd("document type", "名册.xlsx", lambda: cells(b"<worksheet", b"<!DOCTYPE a><worksheet"), says="文档定义")
    yield Odd("entities", "名册.xlsx", lambda: cells(b"<worksheet", b'<!ENTITY a "b"><worksheet'), says="文档定义")
    yield Odd("bomb", "名册.xlsx", _bomb, says="大得不正常")
    yield Odd(
        "endless shared text",
        "名册.xlsx",
        lambda: changed("xl/sharedStrings.xml", "温𠮷某".encode(), b"a" * 40_000),
        says="32767 个字",
    )
    yield Odd("50,000 merges", "名册.xlsx", lambda: _merges(50_000))
    yield Odd("300,000 merges", "名册.xlsx", lambda: _merges(300_000), says="合并的单元格超过")
    yield Odd("no sheets but charts", "名册.xlsx", _of_charts, says="没有工作表")


def values() -> Iterator[Odd]:
    """What one cell may hold."""
    for number_format in (14, 22, 31, 57, 58):
        rows = rows_with((1, 2, date(2016, 5, 3)))
        yield Odd(f"day format {number_format}", "名册.xlsx", partial(_days, number_format), rows=rows)
    yield Odd("1904", "名册.xlsx", _since_1904, rows=rows_with((1, 2, date(2020, 5, 4))))
    yield Odd(
        "error",
        "名册.xlsx",
        lambda: cells(THREE, b'<c r="C2" t="e"><v>#N/A</v></c>'),
        rows=rows_with((1, 2, Lost("#N/A"))),
    )
    yield Odd(
        "never calculated",
        "名册.xlsx",
        lambda: cells(THREE, b'<c r="C2"><f>1+2</f></c>'),
        rows=rows_with((1, 2, NEVER)),
    )
    yield Odd(
        "never calculated, empty value",
        "名册.xlsx",
        lambda: cells(THREE, b'<c r="C2"><f>1+2</f><v/></c>'),
        rows=rows_with((1, 2, NEVER)),
    )
    yield Odd(
        "calculated to nothing",
        "名册.xlsx",
        lambda: cells(THREE, b'<c r="C2" t="str"><f>""</f><v></v></c>'),
        rows=rows_with((1, 2, "")),
    )
    yield Odd(
        "text in the cell",
        "名册.xlsx",
        lambda: cells(THREE, b'<c r="C2" t="inlineStr"><is><t>3</t></is></c>'),
        rows=rows_with((1, 2, "3")),
    )
    yield Odd("truth", "名册.xlsx", lambda: cells(THREE, b'<c r="C2" t="b"><v>1</v></c>'), rows=rows_with((1, 2, True)))
    yield Odd(
        "day in words of ISO",
        "名册.xlsx",
        lambda: _days(14, b'<c r="C2" s="1" t="d"><v>2016-05-03</v></c>'),
        rows=rows_with((1, 2, date(2016, 5, 3))),
    )
    yield Odd(
        "16 digits as a number",
        "名册.xlsx",
        lambda: cells(THREE, b'<c r="C2"><v>4.4140119700101002E+17</v></c>'),
        rows=rows_with((1, 2, 441401197001010020.0)),
    )


def harmed() -> Iterator[Odd]:
    """Damage."""
    yield Odd("cut short", "名册.xlsx", lambda: plain()[:-300], says="已损坏")
    yield Odd("cut to a head", "名册.xlsx", lambda: plain()[:40], says="已损坏")
    yield Odd("checksum", "名册.xlsx", _damaged, says="已损坏")
    yield Odd("encrypted zip", "名册.xlsx", _flagged, says="密码")
    yield Odd("odd compression", "名册.xlsx", lambda: packed(parts(), zipfile.ZIP_BZIP2), says="压缩方式")
    yield Odd("shared text missing", "名册.xlsx", lambda: cells(b"<v>4</v>", b"<v>99</v>"), says="已损坏")
    yield Odd(
        "sheet missing", "名册.xlsx", lambda: packed({n: b for n, b in parts().items() if n != SHEET}), says="已损坏"
    )
    yield Odd("broken XML", "名册.xlsx", lambda: cells(END, b"</sheetDat>"), says="已损坏")
    yield Odd("UTF-16 inside", "名册.xlsx", lambda: packed(parts() | {SHEET: parts()[SHEET].decode().encode("utf-16")}))


def _backwards() -> bytes:
    body = parts()[SHEET]
    second, third = body.index(b'<row r="2"'), body.index(b'<row r="3"')
    end = body.index(END)
    return packed(parts() | {SHEET: body[:second] + body[third:end] + body[second:third] + body[end:]})


def _placeless() -> bytes:
    body = parts()[SHEET]
    for row in "123":
        body = body.replace(f' r="{row}"'.encode(), b"")
        for column in "ABC":
            body = body.replace(f' r="{column}{row}"'.encode(), b"")
    return packed(parts() | {SHEET: body})


def _since_1904() -> bytes:
    every = zipped(_days(14))
    every["xl/workbook.xml"] = every["xl/workbook.xml"].replace(b"<workbookPr ", b'<workbookPr date1904="1" ')
    return packed(every)
