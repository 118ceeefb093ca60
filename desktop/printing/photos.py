"""Photos and scans on paper: turned the way they were taken, scaled into their box, captions below.

Phones take 12 million points where a page shows half a million, so pictures are made small before they are kept for a file or put
into a PDF. One that cannot be opened leaves its frame with a word in it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache, partial

from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize, Qt
from PySide6.QtGui import QImage, QImageIOHandler, QImageReader, QImageWriter, QPainter

from db.errors import Known
from db.papers.model import Picture, Pictures
from desktop.printing.flow import Piece
from desktop.printing.fonts import Face
from desktop.printing.geometry import MM, PT, UNITS_PER_INCH
from desktop.printing.measure import Ruler, broken
from desktop.printing.page import Page, Placed

DPI = 200
KEPT = 1400
"""The longer side of a kept picture in points: a whole A4 page at 120 to the inch, half of one at 200."""
QUALITY = 85
GAP = 6 * MM
CAPTION = 10.5 * PT
LEADING = 1.4
BROKEN = "这张照片打不开，请重新拍照或扫描"
FRAME = (4, 3)


def size_of(content: bytes) -> QSize:
    """Width and height as it is looked at; empty when it is no picture."""
    reader = _Reader(content)
    size = reader.size()
    return size.transposed() if reader.lies() else size


def image(content: bytes, room: QSize) -> QImage:
    """The picture decoded as small as ``room`` allows, on white; null when it cannot be."""
    reader = _Reader(content)
    size = reader.size()
    wanted = size.scaled(room.transposed() if reader.lies() else room, Qt.AspectRatioMode.KeepAspectRatio)
    if size.isValid() and wanted.width() < size.width():
        reader.setScaledSize(wanted)
    found = reader.read()
    if not found.hasAlphaChannel():
        return found
    plain = QImage(found.size(), QImage.Format.Format_RGB32)
    plain.fill(Qt.GlobalColor.white)
    painter = QPainter(plain)
    painter.drawImage(0, 0, found)
    painter.end()
    return plain


def shrunk(content: bytes, longest: int = KEPT) -> bytes:
    """The picture as a JPEG of at most ``longest`` points a side; what is small already, or no picture, comes back as it was."""
    size = size_of(content)
    if not size.isValid() or max(size.width(), size.height()) <= longest:
        return content
    small = image(content, QSize(longest, longest))
    return content if small.isNull() else jpeg(small, QUALITY)


def jpeg(picture: QImage, quality: int) -> bytes:
    """The picture as a JPEG; ``quality`` from 0 to 100."""
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    writer = QImageWriter(buffer, QByteArray(b"jpeg"))
    writer.setQuality(quality)
    writer.write(picture)
    return bytes(buffer.data().data())


class Album:
    """Fetches kept pictures for papers, each once and made small; one that is gone or was changed comes as none."""

    def __init__(self, fetch: Callable[[str], bytes]) -> None:
        self._fetch = fetch
        self._known: dict[str, bytes] = {}

    def __call__(self, sha: str) -> bytes:
        if sha not in self._known:
            try:
                self._known[sha] = shrunk(self._fetch(sha))
            except Known:
                self._known[sha] = b""
        return self._known[sha]

    def keep(self, shas: set[str]) -> None:
        """Let go of all others: what the next household doesn't share with this one."""
        self._known = {sha: content for sha, content in self._known.items() if sha in shas}


class PhotoSetter:
    """Turns a block of pictures into rows within ``left`` and ``width``, no row higher than ``limit``."""

    def __init__(self, block: Pictures, left: float, width: float, limit: float, ruler: Ruler) -> None:
        self._block = block
        self._left = left
        self._room = (width - GAP * (block.across - 1)) / block.across
        self._ruler = ruler
        self._limit = limit

    def pieces(self) -> Iterator[Piece]:
        """One piece a row."""
        pictures, across = self._block.pictures, self._block.across
        for n in range(0, len(pictures), across):
            yield self._row(pictures[n : n + across])

    def _row(self, pictures: Sequence[Picture]) -> Piece:
        captions = [broken(one.caption, self._room, CAPTION, Face.SONG, self._ruler) for one in pictures]
        below = max(map(len, captions)) * CAPTION * LEADING + CAPTION
        most = min(self._block.mm * MM, self._limit - below)
        boxes = [self._box(one, most) for one in pictures]
        high = max(box[1] for box in boxes)
        places = [self._left + n * (self._room + GAP) for n in range(len(pictures))]
        draw = partial(
            _draw_row, self._ruler, self._room, high, list(zip(places, pictures, boxes, captions, strict=True))
        )
        return Piece(high + below, draw, before=GAP / 2)

    def _box(self, picture: Picture, most: float) -> tuple[float, float]:
        size = size_of(picture.content)
        wide, high = (size.width(), size.height()) if size.isValid() else FRAME
        scale = min(self._room / wide, most / high)
        return wide * scale, high * scale


Spot = tuple[float, Picture, tuple[float, float], list[str]]


def _draw_row(ruler: Ruler, room: float, high: float, spots: Sequence[Spot], page: Page, y: float) -> None:
    for left, picture, (width, height), caption in spots:
        page.pictures.append(Placed(left + (room - width) / 2, y + high - height, width, height, picture.content))
        for n, line in enumerate(caption):
            x = left + (room - ruler.width(line, Face.SONG, CAPTION)) / 2
            page.write(x, y + high + CAPTION * (0.9 + LEADING * n), line, Face.SONG, CAPTION)


@lru_cache(maxsize=24)
def printable(content: bytes, width: float, height: float) -> QImage:
    """The picture for a box of ``width`` by ``height`` units; the same object each time, so that a PDF holds it once."""
    return image(content, QSize(round(width * DPI / UNITS_PER_INCH), round(height * DPI / UNITS_PER_INCH)))


class _Reader(QImageReader):
    """Reads bytes at hand, which it keeps as long as it lives."""

    def __init__(self, content: bytes) -> None:
        self._bytes = QBuffer()
        self._bytes.setData(QByteArray(content))
        self._bytes.open(QIODevice.OpenModeFlag.ReadOnly)
        super().__init__(self._bytes)
        self.setAutoTransform(True)
        self.setDecideFormatFromContent(True)

    def lies(self) -> bool:
        """Whether it is turned by a quarter before it is looked at."""
        return bool(self.transformation() & QImageIOHandler.Transformation.TransformationRotate90)
