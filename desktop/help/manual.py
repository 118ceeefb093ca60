"""The printable 经办人手册: every chapter of the help with the pictures the tour took, as one PDF with a cover, contents and page numbers.

``python -m desktop.help.manual OUT.pdf PICTURES``; PICTURES is the folder of a played tour. Exit codes: 0 written, 1 refused with a
Chinese sentence, 2 usage. It is made when the program is built, so that words and pictures are those of the same day.
"""

from __future__ import annotations

import os
import re
import sys
from argparse import ArgumentParser
from collections.abc import Mapping, Sequence
from pathlib import Path

from PySide6.QtCore import QBuffer, QIODevice, QMarginsF, QRectF, QSizeF, Qt, QUrl
from PySide6.QtGui import (
    QColor,
    QFont,
    QGuiApplication,
    QImage,
    QPageLayout,
    QPageSize,
    QPainter,
    QPdfWriter,
    QTextBlock,
    QTextBlockFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
)

from db.errors import Known
from db.store.files import write_bytes
from desktop.help import fieldtexts
from desktop.help.dressing import Dress, blocks, dress
from desktop.help.texts import Chapter, chapters
from desktop.printing.fonts import Face, chosen

TITLE = "户有卡经办人手册"
_POINTS = 72
_RESOLUTION = 1200
_MARGIN_MM = 20.0
_SIZES = (10.5, 18.0, 13.0, 11.0)
_INK, _PINE, _LINE, _QUIET = "#22302b", "#1d5c4d", "#b9bdb6", "#6c756f"
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_NUMBERED = re.compile(r"\d+-(.+)")
_PICTURE_PIXELS = 1100
_LINE_HEIGHT = 125.0
_LINKED = re.compile(r"(?<!!)\[([^\]]+)\]\([^)]*\)")
_PICTURE_SHARE = 0.38
"""A picture takes at most this part of a page's height, so that its text stands with it."""


def build(pictures: Path) -> tuple[bytes, int]:
    """The PDF and its pages. Known: a picture a chapter names is not in the folder."""
    there = taken(pictures)
    lacking = sorted({name for chapter in chapters().values() for name in chapter.pictures} - there.keys())
    if lacking:
        raise Known(f"文件夹里缺手册要用的图：{'、'.join(lacking)}。", "请先完整演示一遍，再做手册。")
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = _writer(buffer)
    size = writer.pageLayout().paintRectPoints().size()
    book = _Book(QSizeF(size), there)
    painter = QPainter(writer)
    painter.scale(_RESOLUTION / _POINTS, _RESOLUTION / _POINTS)
    pages = book.draw(painter, writer)
    painter.end()
    return bytes(buffer.data().data()), pages


def taken(pictures: Path) -> Mapping[str, Path]:
    """The pictures of a played tour by what they show; of several of one name the first."""
    found: dict[str, Path] = {}
    for path in sorted(pictures.glob("*.png")):
        match = _NUMBERED.fullmatch(path.stem)
        found.setdefault(match[1] if match else path.stem, path)
    return found


class _Book:
    """Chapters set for pages of ``size`` points, foot included."""

    def __init__(self, size: QSizeF, pictures: Mapping[str, Path]) -> None:
        self._size = size
        self._text = QSizeF(size.width(), size.height() - 24)
        self._pictures = pictures
        self._font = QFont(chosen(Face.SONG).family)
        self._head = QFont(chosen(Face.HEI).family)
        self._parts = [(chapter, self._set(chapter)) for chapter in chapters().values()]

    def draw(self, painter: QPainter, writer: QPdfWriter) -> int:
        """Cover, contents, chapters; returns the pages."""
        contents = self._contents({})
        first = 2 + pages_of(contents)
        starts: dict[str, int] = {}
        page = first
        for chapter, document in self._parts:
            starts[chapter.key] = page
            page += pages_of(document)
        self._cover(painter)
        number = 1
        for document in (self._contents(starts), *(document for _, document in self._parts)):
            for n in range(pages_of(document)):
                writer.newPage()
                number += 1
                self._page(painter, document, n, number)
        return number

    def _set(self, chapter: Chapter) -> QTextDocument:
        document = self._blank()
        dress(document, _LINKED.sub(r"“\1”", without_pictures_kept(_printed(chapter))), self._dress())
        self._put_pictures(document)
        keep_together(document)
        return document

    def _put_pictures(self, document: QTextDocument) -> None:
        """Each line that stands for a picture becomes the picture with its caption below."""
        for block in list(blocks(document)):
            match = _MARKED.fullmatch(block.text())
            if match is None:
                continue
            name, caption = match[1], match[2]
            image = QImage(str(self._pictures[name]))
            small = image.scaledToWidth(_PICTURE_PIXELS, Qt.TransformationMode.SmoothTransformation)
            document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), small)
            width = min(self._text.width(), self._text.height() * _PICTURE_SHARE * image.width() / image.height())
            form = QTextImageFormat()
            form.setName(name)
            form.setWidth(width)
            form.setHeight(width * image.height() / image.width())
            cursor = QTextCursor(block)
            cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
            cursor.removeSelectedText()
            middle = QTextBlockFormat()
            middle.setAlignment(Qt.AlignmentFlag.AlignHCenter)
            middle.setTopMargin(4)
            middle.setBottomMargin(8)
            cursor.insertBlock(middle)
            cursor.insertImage(form)
            if caption:
                small_print = cursor.charFormat()
                small_print.setFontPointSize(9)
                small_print.setForeground(QColor(_QUIET))
                cursor.insertText(f"\u2028{caption}", small_print)

    def _contents(self, starts: Mapping[str, int]) -> QTextDocument:
        """The list of chapters with the pages they begin on."""
        lines, group = ["# 目录", "", "| 章 | 页 |", "|---|---|"], ""
        for chapter, _ in self._parts:
            if chapter.group != group:
                group = chapter.group
                lines.append(f"| **{group}** | |")
            lines.append(f"| {chapter.title} | {starts.get(chapter.key, 0)} |")
        document = self._blank()
        dress(document, "\n".join(lines), self._dress(wide=False))
        return document

    def _blank(self) -> QTextDocument:
        document = QTextDocument()
        document.setDocumentMargin(0)
        document.setPageSize(self._text)
        return document

    def _dress(self, *, wide: bool = True) -> Dress:
        return Dress(self._font, _SIZES, _INK, _PINE, _LINE, 7 if wide else 2, _LINE_HEIGHT)

    def _cover(self, painter: QPainter) -> None:
        font = QFont(self._head)
        font.setPointSizeF(30)
        painter.setFont(_pixels(font))
        painter.setPen(QColor(_PINE))
        area = QRectF(0, self._size.height() * 0.3, self._size.width(), 60)
        painter.drawText(area, Qt.AlignmentFlag.AlignHCenter, TITLE)
        font.setPointSizeF(12)
        painter.setFont(_pixels(font))
        painter.setPen(QColor(_QUIET))
        painter.drawText(area.translated(0, 64), Qt.AlignmentFlag.AlignHCenter, "户有卡、村有册、镇有账")
        below = QRectF(0, self._size.height() * 0.9, self._size.width(), 40)
        painter.drawText(
            below, Qt.AlignmentFlag.AlignHCenter, "图中的人名、号码都是虚构的。按 F1 可以在程序里看同样的内容。"
        )

    def _page(self, painter: QPainter, document: QTextDocument, n: int, number: int) -> None:
        height = self._text.height()
        painter.save()
        painter.translate(0, -n * height)
        document.drawContents(painter, QRectF(0, n * height, self._text.width(), height))
        painter.restore()
        font = QFont(self._font)
        font.setPointSizeF(9)
        painter.setFont(_pixels(font))
        painter.setPen(QColor(_QUIET))
        foot = QRectF(0, height + 8, self._size.width(), 16)
        painter.drawText(foot, Qt.AlignmentFlag.AlignLeft, TITLE)
        painter.drawText(foot, Qt.AlignmentFlag.AlignRight, str(number))


def keep_together(document: QTextDocument) -> None:
    """No heading stands at the foot of a page without its text, no picture without its caption."""
    for block in blocks(document):
        last = block.next() if block.blockFormat().headingLevel() else block
        picture = "\ufffc" in block.text()
        if (
            (picture or last != block)
            and last.isValid()
            and _page_of(block, top=True) != _page_of(last, top=not picture)
        ):
            cursor = QTextCursor(block)
            form = block.blockFormat()
            form.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
            cursor.setBlockFormat(form)


def _page_of(block: QTextBlock, *, top: bool) -> int:
    """The page on which the first or the last line of a block stands. Asking for the pages lays all of the document out first."""
    block.document().pageCount()
    lines = block.layout()
    if not lines.lineCount():
        return -1
    line = lines.lineAt(0 if top else lines.lineCount() - 1)
    document = block.document()
    y = document.documentLayout().blockBoundingRect(block).top() + line.y() + line.height() / 2
    return int(y // document.pageSize().height())


def pages_of(document: QTextDocument) -> int:
    """The pages something stands on: the gap below the last line makes none."""
    last = [block for block in blocks(document) if block.text().strip()][-1]
    return max(_page_of(last, top=False) + 1, 1)


def _printed(chapter: Chapter) -> str:
    """Fields stand in a table on paper: a paragraph each, as on the screen, would fill a hundred pages."""
    subject = next((one for one in fieldtexts.subjects() if one.key == chapter.key), None)
    return f"# {subject.title}\n\n{subject.told}\n\n{fieldtexts.table(subject)}" if subject else chapter.text


_MARKED = re.compile("⟦(.+?)｜(.*?)⟧")


def without_pictures_kept(text: str) -> str:
    """Each picture as a line of its own that says which."""
    return _PICTURE.sub(r"⟦\2｜\1⟧", text)


def _pixels(font: QFont) -> QFont:
    """A page is measured in points here: one pixel is one point."""
    font.setPixelSize(round(font.pointSizeF()))
    return font


def _writer(buffer: QBuffer) -> QPdfWriter:
    writer = QPdfWriter(buffer)
    writer.setResolution(_RESOLUTION)
    margins = QMarginsF(_MARGIN_MM, _MARGIN_MM, _MARGIN_MM, _MARGIN_MM - 4)
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
        data, pages = build(given.pictures)
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
