"""The printable 经办人手册: every chapter of the help with the pictures the tour took, as one PDF with a cover, contents and page numbers.

``python -m desktop.help.manual OUT.pdf PICTURES``; PICTURES is the folder of a played tour. Exit codes: 0 written, 1 refused with a
Chinese sentence, 2 usage. It is made when the program is built, so that words and pictures are those of the same day.
"""

from __future__ import annotations

import os
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import groupby
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QSizeF
from PySide6.QtGui import QGuiApplication, QPageLayout, QPageSize, QPainter, QPdfWriter

from db.errors import Known
from db.store.clock import SystemClock
from db.store.files import write_bytes
from desktop.help.book import TITLE, Book, Part
from desktop.help.illustrations import taken
from desktop.help.texts import Chapter, chapters
from desktop.printing.readable import readable

_POINTS = 72
_RESOLUTION = 1200
_SIDE_MM, _TOP_MM, _FOOT_MM = 20.0, 14.0, 12.0


def build(pictures: Path | None, on: date) -> tuple[bytes, int]:
    """The PDF and its pages; without pictures for None. Known: a picture a chapter names is not in the folder."""
    there = taken(pictures) if pictures is not None else None
    if there is not None:
        _see_all(there)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer)
    book = Book(QSizeF(writer.pageLayout().paintRectPoints().size()), parts(), there, on)
    painter = QPainter(writer)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.scale(_RESOLUTION / _POINTS, _RESOLUTION / _POINTS)
    pages = book.draw(painter, writer.newPage)
    painter.end()
    return readable(bytes(buffer.data().data()), book.text()), pages


def parts() -> tuple[Part, ...]:
    """The chapters of each part, in order."""
    return tuple(Part(title, tuple(found)) for title, found in groupby(chapters().values(), key=_group))


def _group(chapter: Chapter) -> str:
    return chapter.group


def _see_all(there: Mapping[str, Path]) -> None:
    lacking = sorted({name for chapter in chapters().values() for name in chapter.pictures} - there.keys())
    if lacking:
        raise Known(f"文件夹里缺手册要用的图：{'、'.join(lacking)}。", "请先完整演示一遍，再做手册。")


def _writer(buffer: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    margins = QMarginsF(_SIDE_MM, _TOP_MM, _SIDE_MM, _FOOT_MM)
    page = QPageLayout(QPageSize(QPageSize.PageSizeId.A4), QPageLayout.Orientation.Portrait, margins)
    page.setUnits(QPageLayout.Unit.Millimeter)
    page.setMargins(margins)
    writer.setPageLayout(page)
    writer.setTitle(TITLE)
    writer.setCreator("户有卡")
    return writer


def main(arguments: Sequence[str]) -> int:
    """Write the manual as the command line says."""
    parser = ArgumentParser(prog="python -m desktop.help.manual", description="做经办人手册（PDF）")
    parser.add_argument("out", type=Path, help="手册写到哪个文件")
    parser.add_argument("pictures", type=Path, help="演示全过程存图片的文件夹")
    given = parser.parse_args(arguments)
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication.instance() or QGuiApplication([])
    try:
        data, pages = build(given.pictures, SystemClock().now().date())
        write_bytes(given.out.absolute(), data)
    except Known as known:
        sys.stderr.write(f"{known.text}{known.remedy}\n")
        return 1
    finally:
        del app
    sys.stdout.write(f"{given.out.name}：{pages} 页\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
