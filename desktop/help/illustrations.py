"""The pictures of a played tour, cut to what a reader looks at and put where the text of a chapter names them.

A whole window on paper would have letters nobody can read: the list of pages at its left, the bars above and below and the empty ground
at its end are cut away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path

from PySide6.QtCore import QRect, QSizeF, Qt, QUrl
from PySide6.QtGui import QImage, QTextBlockFormat, QTextCharFormat, QTextCursor, QTextDocument, QTextImageFormat

from desktop.help.dressing import blocks
from desktop.window.sidebar import WIDTH

WHOLE = frozenset({"工作台-名册录入后"})
"""Shown with all of the window, once, so that the reader knows where he is."""
_NUMBERED = re.compile(r"\d+-(.+)")
_PICTURE = re.compile(r"!\[([^\]]*)\]\(([^)]+)\)")
_MARKED = re.compile("⟦(.+?)｜(.*?)⟧")
_TOP, _FOOT, _AROUND = 52, 28, 14
"""What the bars of the window take, in pixels, and the ground that is left around what is shown."""
_SHARE = 0.42
"""A picture takes at most this part of a page's height, so that its text stands with it."""


def taken(pictures: Path) -> Mapping[str, Path]:
    """The pictures of a played tour by what they show; of several of one name the first."""
    found: dict[str, Path] = {}
    for path in sorted(pictures.glob("*.png")):
        match = _NUMBERED.fullmatch(path.stem)
        found.setdefault(match[1] if match else path.stem, path)
    return found


def marked(text: str) -> str:
    """Markdown with each picture as a line of its own that says which."""
    return _PICTURE.sub(r"⟦\2｜\1⟧", text)


def put_pictures(document: QTextDocument, pictures: Mapping[str, Path], page: QSizeF, small: QTextCharFormat) -> None:
    """Each line that stands for a picture becomes the picture with its caption below, ``small``."""
    for block in list(blocks(document)):
        match = _MARKED.fullmatch(block.text())
        if match is None:
            continue
        name, caption = match[1], match[2]
        image = cut(QImage(str(pictures[name])), whole=name in WHOLE)
        document.addResource(QTextDocument.ResourceType.ImageResource.value, QUrl(name), image)
        width = min(page.width(), page.height() * _SHARE * image.width() / image.height())
        form = QTextImageFormat()
        form.setName(name)
        form.setWidth(width)
        form.setHeight(width * image.height() / image.width())
        cursor = QTextCursor(block)
        cursor.select(QTextCursor.SelectionType.LineUnderCursor)
        cursor.removeSelectedText()
        cursor.setBlockFormat(_middle())
        cursor.insertImage(form)
        if caption:
            cursor.insertText(f"\u2028{caption}", small)


def cut(image: QImage, *, whole: bool = False) -> QImage:
    """A window without its list of pages and its bars, and any picture without the empty ground at its end."""
    area = image.rect()
    if not whole and _has_sidebar(image):
        area = QRect(WIDTH, _TOP, image.width() - WIDTH, image.height() - _TOP - _FOOT)
    inner = image.copy(area)
    return inner if whole else inner.copy(0, 0, inner.width(), min(_end(inner) + _AROUND, inner.height()))


def _has_sidebar(image: QImage) -> bool:
    """The list of pages has another ground than the page beside it."""
    middle = image.height() // 2
    return image.width() > 2 * WIDTH and image.pixel(4, middle) != image.pixel(WIDTH + 4, middle)


def _end(image: QImage) -> int:
    """Below this line there is nothing but ground."""
    small = image.convertToFormat(QImage.Format.Format_RGB32)
    line = small.bytesPerLine()
    bits = bytes(small.constBits())
    ground = bits[-line:][:4] * (line // 4)
    lines = range(small.height() - 1, 0, -1)
    return next((y + 1 for y in lines if bits[y * line : (y + 1) * line] != ground), small.height())


def _middle() -> QTextBlockFormat:
    form = QTextBlockFormat()
    form.setAlignment(Qt.AlignmentFlag.AlignHCenter)
    form.setTopMargin(4)
    form.setBottomMargin(9)
    return form
