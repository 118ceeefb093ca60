"""Odd files that are no workbooks: text tables, web pages, XML tables, OpenDocument, and things of quite another kind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from functools import partial

from db.sheets.book import Lost
from tests.helpers.oddbooks import NEVER, ROSTER, Odd, packed, plain, rows_with

WORDS = tuple(tuple(str(cell).removesuffix(".0") for cell in row) for row in ROSTER)
"""The roster where a file knows no numbers."""
_ODS = "urn:oasis:names:tc:opendocument:xmlns"


def text(separator: str = ",", end: str = "\r\n") -> str:
    """The roster as lines of text."""
    return "".join(separator.join(row) + end for row in WORDS)


def words_with(*changes: tuple[int, int, str]) -> tuple[tuple[object, ...], ...]:
    """`WORDS` with some cells changed."""
    rows = [list(row) for row in WORDS]
    for row, column, value in changes:
        rows[row][column] = value
    return tuple(map(tuple, rows))


def texts() -> Iterator[Odd]:
    """Text tables."""
    for coding in ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "gb18030"):
        yield Odd(f"csv {coding}", "名册.csv", partial(text().encode, coding), rows=WORDS)
    yield Odd("csv utf-16-be with mark", "名册.csv", lambda: b"\xfe\xff" + text().encode("utf-16-be"), rows=WORDS)
    for separator in "\t;|，":
        yield Odd(f"text {separator!r}", "名册.txt", partial(text(separator).encode, "gb18030"), rows=WORDS)
    yield Odd("csv named .xls", "名册.xls", lambda: text("\t", "\n").encode("gb18030"), rows=WORDS)
    yield Odd("says its separator", "名册.csv", lambda: b"sep=;\r\n" + text(";").encode(), rows=WORDS)
    broken = '"陈\n某文"'
    yield Odd(
        "line break in quotes",
        "名册.csv",
        lambda: text().replace("陈某文", broken).encode(),
        rows=words_with((1, 0, "陈\n某文")),
    )
    yield Odd(
        "comma in quotes",
        "名册.csv",
        lambda: text().replace("陈某文", '"陈,某文"').encode(),
        rows=words_with((1, 0, "陈,某文")),
    )
    yield Odd(
        "rounded number",
        "名册.csv",
        lambda: text().replace(WORDS[1][1], "4.40E+17").encode(),
        rows=words_with((1, 1, "4.40E+17")),
    )
    kept = f'="{WORDS[1][1]}"'
    yield Odd("number kept as text", "名册.csv", lambda: text().replace(WORDS[1][1], kept).encode(), rows=WORDS)
    quoted = '"""陈"",某文'
    yield Odd(
        "one quote too many",
        "名册.csv",
        lambda: text().replace("陈某文", '"陈某文').encode(),
        rows=words_with((1, 0, '"陈某文')),
        notes="双引号",
    )
    yield Odd(
        "quote inside",
        "名册.csv",
        lambda: text().replace("陈某文", f'{quoted}"').encode(),
        rows=words_with((1, 0, '"陈",某文')),
    )
    yield Odd("blank lines only", "名册.csv", lambda: b"\r\n,,\r\n", says="只有空行")
    yield Odd("no encoding", "名册.csv", lambda: text().encode("gb18030") + b"\xff\xff,\xff\n" * 9, says="编码")
    yield Odd("endless cell", "名册.csv", lambda: b"a," + b"b" * 40_000, says="32767 个字")
    yield Odd("too many columns", "名册.csv", lambda: b"a," * 2000, says="大得不正常")


def table(rows: str | None = None, *, before: str = "", after: str = "") -> str:
    """The roster as a web page."""
    made = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in WORDS)
    return f"<html><body>{before}<table border=1>{made if rows is None else rows}</table>{after}</body></html>"


def pages() -> Iterator[Odd]:
    """Web pages named .xls."""
    head = '<head><meta http-equiv="Content-Type" content="text/html; charset=gb2312"></head>'
    yield Odd("page", "名册.xls", lambda: table().encode(), rows=WORDS)
    yield Odd("page with mark", "名册.xls", lambda: table().encode("utf-8-sig"), rows=WORDS)
    yield Odd(
        "page in gb2312", "名册.xls", lambda: table().replace("<body>", f"{head}<body>").encode("gb18030"), rows=WORDS
    )
    yield Odd("page in utf-16", "名册.xls", lambda: table().encode("utf-16"), rows=WORDS)
    yield Odd("table alone", "名册.xlsx", table().split("<body>")[1].encode, rows=WORDS)
    unclosed = "".join("<tr>" + "".join(f"<td>{cell}" for cell in row) for row in WORDS)
    yield Odd("unclosed", "名册.xls", lambda: table(unclosed).encode(), rows=WORDS)
    titled = (("名册", "", ""), *WORDS)
    yield Odd("title above", "名册.xls", lambda: table(before="<p>名册</p>").encode(), rows=titled)
    yield Odd(
        "two tables", "名册.xls", lambda: table(before="<table><tr><th>名册</th></tr></table>").encode(), rows=titled
    )
    spans = "<tr><td colspan=3>名册</td></tr><tr><td rowspan=2>村</td><td>甲</td><td>1</td></tr><tr><td>乙</td><td>2</td></tr>"
    spanned = (("名册", "", ""), ("村", "甲", "1"), ("", "乙", "2"))
    yield Odd("spans", "名册.xls", lambda: table(spans).encode(), rows=spanned)
    marked = "<tr><td>a&nbsp;&amp;b<br>c<td><b>d</b> <!-- x -->e<td style=\"mso-number-format:'\\@'\">01</tr>"
    yield Odd("marks", "名册.xls", lambda: table(marked).encode(), rows=(("a\xa0&b\nc", "d e", "01"),))
    scripts = "<script>document.write('<table><tr><td>x</td></tr></table>')</script><style>td{}</style>"
    yield Odd("scripts", "名册.xls", lambda: table(before=scripts).encode(), rows=WORDS)
    yield Odd("page without table", "名册.xls", lambda: b"<html><body>404</body></html>", says="没有表格")
    yield Odd("page with empty table", "名册.xls", lambda: table("<tr><td></td></tr>").encode(), says="没有内容")
    yield Odd("endless span", "名册.xls", lambda: table("<tr>" + "<td colspan=99999>a" * 9).encode(), says="大得不正常")


def xml_table(rows: str, *, more: str = "", head: str = '<?xml version="1.0"?>') -> str:
    """SpreadsheetML with these rows."""
    return (
        f'{head}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" xmlns:x="urn:schemas-microsoft-com:office:excel" '
        f'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="名册"><Table>{rows}</Table>{more}'
        "</Worksheet></Workbook>"
    )


def _xml_rows() -> str:
    return "".join(
        "<Row>"
        + "".join(
            f'<Cell><Data ss:Type="{"Number" if isinstance(cell, float) else "String"}">{cell}</Data></Cell>'
            for cell in row
        )
        + "</Row>"
        for row in ROSTER
    )


def xml_tables() -> Iterator[Odd]:
    """XML 表格 2003."""
    good = xml_table(_xml_rows())
    number = '<Cell><Data ss:Type="Number">3.0</Data></Cell>'

    def with_cell(cell: str) -> bytes:
        return good.replace(number, cell).encode()

    yield Odd("XML table", "名册.xls", good.encode)
    gb2312 = xml_table(_xml_rows(), head='<?xml version="1.0" encoding="GB2312"?>')
    yield Odd("XML table in gb2312", "名册.xls", lambda: gb2312.encode("gb18030"))
    yield Odd("XML table in utf-16", "名册.xml", lambda: good.encode("utf-16"))
    for what, cell, read in (
        ("error", '<Cell><Data ss:Type="Error">#N/A</Data></Cell>', Lost("#N/A")),
        ("never calculated", '<Cell ss:Formula="=1+2"/>', NEVER),
        ("day", '<Cell><Data ss:Type="DateTime">2016-05-03T00:00:00.000</Data></Cell>', date(2016, 5, 3)),
        ("truth", '<Cell><Data ss:Type="Boolean">1</Data></Cell>', True),
        ("no number", '<Cell><Data ss:Type="Number">三</Data></Cell>', "三"),
        ("control character", '<Cell><Data ss:Type="String">a&#2;b</Data></Cell>', "ab"),
    ):
        yield Odd(f"XML table, {what}", "名册.xls", partial(with_cell, cell), rows=rows_with((1, 2, read)))
    placed = '<Row ss:Index="2"><Cell ss:Index="2" ss:MergeDown="1"><Data ss:Type="String">村</Data></Cell><Cell><Data ss:Type="String">甲</Data></Cell></Row><Row><Cell ss:Index="3"><Data ss:Type="String">乙</Data></Cell></Row>'
    yield Odd(
        "XML table, places",
        "名册.xls",
        lambda: xml_table(placed).encode(),
        rows=(("", "", ""), ("", "村", "甲"), ("", "", "乙")),
    )
    yield Odd(
        "XML table, document type",
        "名册.xls",
        lambda: good.replace("<Workbook", "<!DOCTYPE a><Workbook").encode(),
        says="文档定义",
    )
    yield Odd("XML table, cut short", "名册.xls", lambda: good.encode()[:-60], says="已损坏")
    yield Odd("XML without table", "名册.xml", lambda: b"<?xml version='1.0'?><a><b>1</b></a>", says="XML 文件")
    far = '<Row ss:Index="999999"><Cell><Data ss:Type="String">a</Data></Cell></Row>'
    yield Odd("XML table, far row", "名册.xls", lambda: xml_table(far).encode(), says="大得不正常")


def _ods_cell(cell: object) -> str:
    kind = f'float" office:value="{cell}' if isinstance(cell, float) else "string"
    return f'<table:table-cell office:value-type="{kind}"><text:p>{cell}</text:p></table:table-cell>'


def ods(rows: str | None = None, *, tail: str = "", encrypted: bool = False, flat: bool = False) -> bytes:
    """The roster as OpenDocument."""
    made = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in ROSTER)
    spaces = " ".join(f'xmlns:{part}="{_ODS}:{part}:1.0"' for part in ("office", "table", "text", "style"))
    calc = 'xmlns:calcext="urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0"'
    root = "document" if flat else "document-content"
    content = (
        f"<office:{root} {spaces} {calc}><office:body><office:spreadsheet>"
        f'<table:table table:name="名册">{made if rows is None else rows}{tail}</table:table>'
        f"</office:spreadsheet></office:body></office:{root}>"
    )
    if flat:
        return content.encode()
    manifest = b"<m><encryption-data/></m>" if encrypted else b"<m/>"
    return packed({"mimetype": b"", "content.xml": content.encode(), "META-INF/manifest.xml": manifest})


def documents() -> Iterator[Odd]:
    """OpenDocument sheets."""
    three = _ods_cell(3.0)

    def with_cell(cell: str) -> bytes:
        rows = "".join(f"<table:table-row>{''.join(map(_ods_cell, row))}</table:table-row>" for row in ROSTER)
        assert three in rows
        return ods(rows.replace(three, cell))

    yield Odd("ods", "名册.ods", ods)
    yield Odd("ods named .xlsx", "名册.xlsx", ods)
    yield Odd("ods in one piece", "名册.fods", lambda: ods(flat=True))
    blank = '<table:table-row table:number-rows-repeated="1048573"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
    yield Odd("ods, blank to the end", "名册.ods", lambda: ods(tail=blank))
    full = blank.replace("16384", "3").replace(
        "/></table:table-row>", ' office:value-type="string"><text:p>a</text:p></table:table-cell></table:table-row>'
    )
    yield Odd("ods, full to the end", "名册.ods", lambda: ods(tail=full), says="大得不正常")
    for what, cell, read in (
        (
            "error",
            '<table:table-cell table:formula="of:=1/0" calcext:value-type="error" office:value-type="string"><text:p>#DIV/0!</text:p></table:table-cell>',
            Lost("#DIV/0!"),
        ),
        ("never calculated", '<table:table-cell table:formula="of:=1+2"/>', NEVER),
        (
            "day",
            '<table:table-cell office:value-type="date" office:date-value="2016-05-03"><text:p>5月3日</text:p></table:table-cell>',
            date(2016, 5, 3),
        ),
        (
            "truth",
            '<table:table-cell office:value-type="boolean" office:boolean-value="true"><text:p>真</text:p></table:table-cell>',
            True,
        ),
        (
            "blanks and remark",
            '<table:table-cell office:value-type="string"><office:annotation><text:p>x</text:p></office:annotation><text:p>a<text:s text:c="2"/>b</text:p><text:p>c</text:p></table:table-cell>',
            "a  b\nc",
        ),
    ):
        yield Odd(f"ods, {what}", "名册.ods", partial(with_cell, cell), rows=rows_with((1, 2, read)))
    yield Odd("ods, locked", "名册.ods", lambda: ods(encrypted=True), says="密码")
    yield Odd("ods, no sheet", "名册.ods", lambda: packed({"content.xml": b"<a/>"}), says="没有工作表")
    yield Odd("ods, cut content", "名册.ods", lambda: packed({"content.xml": b"<a><b>"}), says="已损坏")
    yield Odd("ods, document type", "名册.ods", lambda: packed({"content.xml": b"<!DOCTYPE a><a/>"}), says="文档定义")


def strangers() -> Iterator[Odd]:
    """Files of quite another kind, named like a workbook."""
    for what, data, says in (
        ("nothing", b"", "空文件"),
        ("zeros", b"\0" * 4096, "空字节"),
        ("noise", bytes(range(256)) * 8, "认不出来"),
        ("PDF", b"%PDF-1.7\n", "PDF"),
        ("PNG", b"\x89PNG\r\n\x1a\n", "图片"),
        ("JPEG", b"\xff\xd8\xff\xe0", "图片"),
        ("photo of a telephone", b"\0\0\0\x18ftypheic", "照片"),
        ("RAR", b"Rar!\x1a\7\0", "RAR"),
        ("7z", b"7z\xbc\xaf'\x1c", "7z"),
        ("program", b"MZ\x90\0", "程序"),
        ("RTF", b"{\\rtf1", "RTF"),
        ("JSON", b'{"a": 1}', "JSON"),
        ("web archive", b"MIME-Version: 1.0\r\n", "网页归档"),
        ("SYLK", b"ID;PWXL;N;E\r\n", "SYLK"),
    ):
        yield Odd(what, "名册.xlsx", partial(bytes, data), says=says)
    for what, part, says in (
        ("Word", "word/document.xml", "Word"),
        ("slides", "ppt/presentation.xml", "演示文稿"),
        ("binary workbook", "xl/workbook.bin", ".xlsb"),
        ("Numbers", "Index/Document.iwa", "Numbers"),
        ("OFD", "OFD.xml", "OFD"),
        ("other archive", "a.txt", "压缩文件"),
    ):
        yield Odd(what, "名册.xlsx", partial(packed, {part: b"<a/>"}), says=says)
    yield Odd("archive of workbooks", "名册.zip", lambda: packed({"a/名册.xlsx": plain()}), says="请先解压")
    yield Odd("owner file", "~$名册.xlsx", lambda: b"\5admin", says="临时文件")
