"""Opening a file with a table in it: by its content, read once, its cells as Excel shows them.

`open_workbook` reads here and now; what a clerk chose goes through `db.sheets.opening.read_book`, which can be stopped.
"""

from __future__ import annotations

from collections.abc import Callable
from hashlib import sha256
from pathlib import Path

from db.errors import Known
from db.sheets import drill
from db.sheets.book import Book, Cell, Leaf, Leaves, Lost, Merge, Note, Sheet, leaf_of, whole
from db.sheets.kinds import Kind, kind_of
from db.sheets.refusing import LARGEST_FILE, refusal


def open_workbook(path: Path) -> Book:
    """Read a file of at most 30 MB by its content, whatever its name ends in. Macros, links and pictures are never looked at.

    Raises `db.errors.Known` with one sentence for everything that cannot or must not be read.
    """
    data = bytes_of(path)
    leaves = leaves_of(data, path.name)
    sheets = tuple(whole(leaf) for leaf in leaves.sheets)
    book = Book(path.name, sha256(data).hexdigest(), sheets, tuple(leaves.notes), drill.marked(data))
    drill.require_fit(book)
    return book


def leaves_of(data: bytes, name: str) -> Leaves:
    """The sheets of a file's bytes, to be used up one after the other; ``name`` is the file's, for sentences and a nameless sheet.

    Raises `Known`, also while the sheets are used up.
    """
    if not data:
        raise refusal(name, "是空文件（0 字节）", "请向报送单位重新要一份。")
    kind, said = kind_of(data)
    if kind is not Kind.NOTHING:
        return _READERS[kind](data, name)
    raise refusal(name, f"不是 Excel 工作簿（{said}）", _CHOOSE)


_CHOOSE = "请核对是否选错了文件；需要的是 .xlsx、.xls、.et、.ods 或 .csv 表格。"


def _packed(data: bytes, name: str) -> Leaves:
    from db.sheets.package import open_package

    package = open_package(data, name)
    if "content.xml" in package.names() and "xl/workbook.xml" not in package.names():
        from db.sheets.ods import read_ods

        return read_ods(package)
    from db.sheets.modern import read_modern

    return read_modern(package)


def _old(data: bytes, name: str) -> Leaves:
    from db.sheets.old import read_old

    return read_old(data, name)


def _web(data: bytes, name: str) -> Leaves:
    from db.sheets.webtable import read_web

    return read_web(data, name)


def _xml_table(data: bytes, name: str) -> Leaves:
    from db.sheets.xmltable import read_xml_table

    return read_xml_table(data, name)


def _flat_ods(data: bytes, name: str) -> Leaves:
    from db.sheets.ods import read_flat_ods

    return read_flat_ods(data, name)


def _text(data: bytes, name: str) -> Leaves:
    from db.sheets.delimited import read_delimited

    return read_delimited(data, name)


_READERS: dict[Kind, Callable[[bytes, str], Leaves]] = {
    Kind.PACKAGE: _packed,
    Kind.OLD: _old,
    Kind.WEB: _web,
    Kind.XML_TABLE: _xml_table,
    Kind.FLAT_ODS: _flat_ods,
    Kind.TEXT: _text,
}
"""Each imports its libraries when it is needed: a process that reads one file should not wait for all of them."""


def bytes_of(path: Path) -> bytes:
    """The file's bytes. Raises `Known` for one that is not there, not to be read, too large, or Excel's own temporary file."""
    if path.name.startswith("~$"):
        raise refusal(path.name, "是 Excel 打开文件时的临时文件", "请选择名字里没有“~$”的那一个。")
    try:
        size = path.stat().st_size
        if size > LARGEST_FILE:
            raise refusal(
                path.name,
                f"有 {size / 2**20:.0f} MB，超过 {LARGEST_FILE // 2**20} MB",
                "请去掉图片和无关的工作表再试。",
            )
        return path.read_bytes()
    except FileNotFoundError:
        raise Known(f"找不到“{path.name}”。", "请核对文件是否已移走或改名。") from None
    except IsADirectoryError:
        raise Known(f"“{path.name}”是文件夹，不是工作簿。", "请选择文件夹里的 .xlsx 文件。") from None
    except PermissionError:
        raise refusal(
            path.name,
            "不让读（没有权限，或正被别的程序占用）",
            "如果它正在 Excel 或 WPS 中打开，请先关闭；或另存一份到桌面再试。",
        ) from None
    except (OSError, ValueError):
        raise refusal(path.name, "读不出来", "请核对它所在的盘或共享文件夹还连着，或另存一份到桌面再试。") from None


__all__ = ["Book", "Cell", "Leaf", "Leaves", "Lost", "Merge", "Note", "Sheet", "leaf_of", "open_workbook"]
