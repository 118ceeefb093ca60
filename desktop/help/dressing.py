"""Markdown made a page that reads well: a document with headings in the colours of the window, lines apart, tables with hairlines.

The same is used on the screen and, with its own measures, for the printed manual.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtGui import (
    QColor,
    QFont,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextFrameFormat,
    QTextLength,
    QTextTable,
)

_IN_TABLE = 110.0
_SHARES = {2: (30, 70), 3: (26, 51, 23)}
"""Percent of the width for the columns of a table."""
_PROPORTIONAL = QTextBlockFormat.LineHeightTypes.ProportionalHeight.value


@dataclass(frozen=True, slots=True)
class Dress:
    """``sizes`` are those of text, title, heading and small heading, in ``unit`` of a font; colours as ``#rrggbb``; ``height`` of a line in
    percent of its letters."""

    font: QFont
    sizes: tuple[float, float, float, float]
    ink: str
    strong: str
    line: str
    gap: float
    height: float = 145.0


def dress(document: QTextDocument, text: str, how: Dress) -> None:
    """Fill ``document`` with Markdown."""
    font = QFont(how.font)
    font.setPointSizeF(how.sizes[0])
    document.setDefaultFont(font)
    document.setMarkdown(text, QTextDocument.MarkdownFeature.MarkdownDialectGitHub)
    for block in blocks(document):
        _dress_block(block, how)
    for frame in document.rootFrame().childFrames():
        if isinstance(frame, QTextTable):
            _dress_table(frame, how)


def blocks(document: QTextDocument) -> Iterator[QTextBlock]:
    """Every block in order."""
    block = document.begin()
    while block.isValid():
        yield block
        block = block.next()


def heading_at(document: QTextDocument, heading: str) -> QTextBlock | None:
    """The block of a heading."""
    return next((b for b in blocks(document) if b.blockFormat().headingLevel() > 1 and b.text() == heading), None)


def within_table(block: QTextBlock) -> bool:
    """Whether a block stands in a cell."""
    table: QTextTable | None = QTextCursor(block).currentTable()
    return table is not None


def _dress_block(block: QTextBlock, how: Dress) -> None:
    cursor = QTextCursor(block)
    form = block.blockFormat()
    level = form.headingLevel()
    within = within_table(block)
    form.setLineHeight(_IN_TABLE if within else how.height, _PROPORTIONAL)
    form.setTopMargin(how.gap * 1.5 if level > 1 else 0)
    form.setBottomMargin(0 if within else how.gap * 0.7)
    cursor.setBlockFormat(form)
    if level:
        cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
        cursor.setCharFormat(_heading_format(level, how))
        return
    fragment = block.begin()
    while not fragment.atEnd():
        part = fragment.fragment()
        if part.charFormat().isAnchor():
            _recolour(block.document(), part.position(), part.length(), how.strong)
        fragment += 1


def _heading_format(level: int, how: Dress) -> QTextCharFormat:
    form = QTextCharFormat()
    form.setFontPointSize(how.sizes[min(level, 3)])
    form.setFontWeight(QFont.Weight.Bold)
    form.setForeground(QColor(how.strong if level > 1 else how.ink))
    return form


def _recolour(document: QTextDocument, at: int, length: int, colour: str) -> None:
    cursor = QTextCursor(document)
    cursor.setPosition(at)
    cursor.setPosition(at + length, QTextCursor.MoveMode.KeepAnchor)
    form = QTextCharFormat()
    form.setForeground(QColor(colour))
    cursor.mergeCharFormat(form)


def _dress_table(table: QTextTable, how: Dress) -> None:
    form = table.format()
    form.setHeaderRowCount(1)
    form.setBorderCollapse(True)
    form.setBorder(1)
    form.setBorderStyle(QTextFrameFormat.BorderStyle.BorderStyle_Solid)
    form.setBorderBrush(QColor(how.line))
    form.setCellPadding(how.gap * 0.5)
    form.setCellSpacing(0)
    form.setWidth(QTextLength(QTextLength.Type.PercentageLength, 100))
    shares = _SHARES.get(table.columns())
    if shares:
        form.setColumnWidthConstraints([QTextLength(QTextLength.Type.PercentageLength, share) for share in shares])
    table.setFormat(form)
