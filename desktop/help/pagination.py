"""Pages of a text document: which page a line stands on, and what must not be torn apart.

Qt breaks pages wherever a line no longer fits; it keeps neither a heading with its text nor a picture with its caption.
"""

from __future__ import annotations

from PySide6.QtGui import (
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QTextImageFormat,
    QTextTable,
)

from desktop.help.dressing import blocks, within_table

PICTURE = "\ufffc"
"""The sign by which a document holds an object."""
_SMALLEST = 0.8
"""A picture is drawn at least this large, so that its letters can be read."""
_SHORT = 14
"""A table of as few rows stands on one page."""
_GAP = 0.06
"""As much of a page may stay blank above a picture; more is filled."""


def set_pages(document: QTextDocument) -> None:
    """Go through all blocks once, in order, as what is changed at one moves only those behind it.

    No heading stands at the foot of a page without two lines of its text, no first line alone, no picture without its caption; a picture
    that does not fit on its page any more lets the text of its chapter that follows come first, or is drawn a little smaller.
    """
    block = document.begin()
    while block.isValid():
        number = block.blockNumber()
        if PICTURE in block.text() and _gap_above(block) > _GAP * document.pageSize().height():
            if _behind(block):
                block = document.findBlockByNumber(number)
                continue
            _shrink(block)
        if not within_table(block) and _torn(block):
            _break_before(block)
        block = document.findBlockByNumber(number + 1)


def _break_before(block: QTextBlock) -> None:
    cursor = QTextCursor(block)
    form = block.blockFormat()
    form.setPageBreakPolicy(QTextBlockFormat.PageBreakFlag.PageBreak_AlwaysBefore)
    cursor.setBlockFormat(form)


def page_of(block: QTextBlock, line: int = 0) -> int:
    """The page on which a line of a block stands, counted from 0; ``line`` -1 is its last; -1 for a block without lines.

    Asking for the pages lays all of the document out first.
    """
    document = block.document()
    document.pageCount()
    lines = block.layout()
    if not lines.lineCount():
        return -1
    found = lines.lineAt(min(line, lines.lineCount() - 1) if line >= 0 else lines.lineCount() - 1)
    y = document.documentLayout().blockBoundingRect(block).top() + found.y() + found.height() / 2
    return int(y // document.pageSize().height())


def pages_of(document: QTextDocument) -> int:
    """The pages something stands on: the gap below the last line makes none."""
    last = [block for block in blocks(document) if block.text().strip()][-1]
    return max(page_of(last, -1) + 1, 1)


def level(block: QTextBlock) -> int:
    """1 for a title, 2 and more for headings, 0 for text."""
    return block.blockFormat().headingLevel()


def _gap_above(block: QTextBlock) -> float:
    """What is left blank on the page before the one a block begins."""
    before = block.previous()
    if page_of(block) == page_of(before, -1):
        return 0
    height = block.document().pageSize().height()
    place = block.document().documentLayout().blockBoundingRect(before)
    return float(height - place.bottom() % height)


def _shrink(picture: QTextBlock) -> None:
    """Draw a picture a little smaller where that lets it stand on the page before."""
    gap = _gap_above(picture) - 2 * picture.blockFormat().topMargin()
    height = picture.document().documentLayout().blockBoundingRect(picture).height()
    form = _image_format(picture)
    if form is None or gap >= height or gap < _SMALLEST * height:
        return
    smaller = (form.height() - (height - gap)) / form.height()
    form.setWidth(form.width() * smaller)
    form.setHeight(form.height() * smaller)
    cursor = QTextCursor(picture)
    cursor.movePosition(QTextCursor.MoveOperation.Right, QTextCursor.MoveMode.KeepAnchor)
    cursor.setCharFormat(form)


def _image_format(picture: QTextBlock) -> QTextImageFormat | None:
    fragment = picture.begin().fragment()
    form = fragment.charFormat()
    return form.toImageFormat() if form.isImageFormat() else None


def _behind(picture: QTextBlock) -> bool:
    """Move a picture behind as much of the text after it as fills the page; False where there is no such text."""
    target, block, room = None, picture.next(), _gap_above(picture)
    while _may_come_first(block):
        room -= picture.document().documentLayout().blockBoundingRect(block).height()
        after = block.next()
        if not level(block) and not (after.isValid() and after.textList() is not None):
            target = block
            if room <= 0:
                break
        block = after
    if target is not None:
        _move(picture, target)
    return target is not None


def _move(block: QTextBlock, target: QTextBlock) -> None:
    """Take a block out and put it behind another one further down."""
    document, number, form = block.document(), target.blockNumber(), block.blockFormat()
    cursor = QTextCursor(block)
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock, QTextCursor.MoveMode.KeepAnchor)
    content = cursor.selection()
    cursor.select(QTextCursor.SelectionType.BlockUnderCursor)
    cursor.removeSelectedText()
    cursor = QTextCursor(document.findBlockByNumber(number - 1))
    cursor.movePosition(QTextCursor.MoveOperation.EndOfBlock)
    cursor.insertBlock(form, QTextCharFormat())
    cursor.insertFragment(content)


def _may_come_first(block: QTextBlock) -> bool:
    return block.isValid() and level(block) not in (1, 2) and PICTURE not in block.text() and not within_table(block)


def _torn(block: QTextBlock) -> bool:
    if PICTURE in block.text():
        return page_of(block) != page_of(block, -1)
    if not level(block):
        return block.layout().lineCount() > 1 and page_of(block) != page_of(block, 1)
    after = block.next()
    while after.isValid() and level(after):
        after = after.next()
    if not after.isValid():
        return False
    inner = after if within_table(after) else after.next()
    table: QTextTable | None = QTextCursor(inner).currentTable() if inner.isValid() else None
    if table is not None:
        last = table.rows() - 1 if table.rows() <= _SHORT else 1
        return page_of(block) != page_of(table.cellAt(last, 0).firstCursorPosition().block(), -1)
    return page_of(block) != page_of(after, -1 if PICTURE in after.text() else 1)
