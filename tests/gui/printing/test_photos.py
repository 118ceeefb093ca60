"""Photos on paper: whole, upright, in rows that do not part, small in the file; a broken one says so in its frame."""

from __future__ import annotations

import struct
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, QSize
from PySide6.QtGui import QImage, QImageWriter, QPainter

from db.errors import Known
from db.papers.model import Margins, Paper, Paragraph, Picture, Pictures, Title
from desktop.printing.layout import lay_out
from desktop.printing.pdf import save_pdf
from desktop.printing.photos import KEPT, Album, image, shrunk, size_of
from desktop.printing.render import draw_page

pytestmark = pytest.mark.usefixtures("qapp")


def photo(width: int = 400, height: int = 300, colour: str = "green") -> bytes:
    made = QImage(width, height, QImage.Format.Format_RGB32)
    made.fill(colour)
    return written(made, b"jpeg")


def written(made: QImage, kind: bytes) -> bytes:
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(kind)).write(made)
    return bytes(buffer.data().data())


def turned(content: bytes) -> bytes:
    """The photo with the mark phones leave when they are held upright."""
    entry = struct.pack(">HHIHH", 0x0112, 3, 1, 6, 0)
    tiff = b"MM\x00*" + struct.pack(">IH", 8, 1) + entry + struct.pack(">I", 0)
    exif = b"Exif\x00\x00" + tiff
    return content[:2] + b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif + content[2:]


def album(count: int, across: int = 2, mm: float = 95) -> Paper:
    pictures = tuple(Picture(f"第{n}组 张贴", photo(400, 300 + 40 * (n % 3))) for n in range(count))
    return Paper("照片", (Title("照片"), Pictures(pictures, across, mm), Paragraph("完")), "照片", margins=Margins.FORM)


def test_rows_of_pictures_stay_inside_and_never_part() -> None:
    made = lay_out(album(9))
    assert sum(len(page.pictures) for page in made.pages) == 9
    for page in made.pages:
        for one in page.pictures:
            assert made.sheet.left - 1 <= one.x <= one.x + one.width <= made.sheet.right + 1
            assert made.sheet.top - 1 <= one.y <= one.y + one.height <= made.sheet.bottom + 1
        captions = [line for line in page.lines() if line.endswith("张贴")]
        assert len(captions) == len(page.pictures)


def test_pictures_keep_their_shape() -> None:
    for one in lay_out(album(3)).pages[0].pictures:
        size = size_of(one.content)
        assert one.width / one.height == pytest.approx(size.width() / size.height(), rel=0.01)


def test_one_picture_a_page_fills_it() -> None:
    made = lay_out(
        Paper("扫描", (Pictures((Picture("户口簿", photo(300, 400)),), 1, 230),), "扫描", margins=Margins.FORM)
    )
    assert len(made.pages) == 1
    assert made.pages[0].pictures[0].height > made.sheet.text_height * 0.8


def test_an_upright_photo_is_turned() -> None:
    assert size_of(photo()) == QSize(400, 300)
    assert size_of(turned(photo())) == QSize(300, 400)
    assert image(turned(photo()), QSize(150, 200)).size() == QSize(150, 200)


def test_large_photos_are_kept_small_and_small_ones_as_they_are() -> None:
    large = photo(4000, 3000)
    assert size_of(shrunk(large)) == QSize(KEPT, KEPT * 3 // 4)
    assert shrunk(photo()) == photo()
    assert shrunk(b"%PDF-") == b"%PDF-"


def test_a_see_through_picture_lies_on_white() -> None:
    clear = QImage(20, 20, QImage.Format.Format_ARGB32)
    clear.fill(0)
    assert image(written(clear, b"png"), QSize(20, 20)).pixelColor(5, 5).name() == "#ffffff"


@pytest.mark.qt_log_ignore("JPEG", "marker type")
@pytest.mark.parametrize("content", [b"", b"\xff\xd8\xff rubbish", photo()[:200]])
def test_a_broken_photo_leaves_its_frame(content: bytes, tmp_path: Path) -> None:
    made = lay_out(Paper("照片", (Pictures((Picture("第一组", content),)),), "照片"))
    canvas = QImage(600, 850, QImage.Format.Format_RGB32)
    canvas.fill("white")
    painter = QPainter(canvas)
    painter.scale(0.1, 0.1)
    draw_page(painter, made, 0)
    painter.end()
    box = made.pages[0].pictures[0]
    left, top = round(box.x / 10), round(box.y / 10)
    edge = [canvas.pixelColor(x, y).lightness() for x in range(left + 5, left + 50) for y in (top - 1, top, top + 1)]
    assert min(edge) < 200


def test_the_same_photo_stands_in_the_pdf_once(tmp_path: Path) -> None:
    one, two = photo(colour="red"), photo(colour="blue")
    same = Paper("照片", (Pictures((Picture("甲", one), Picture("乙", one), Picture("丙", two))),), "照片")
    save_pdf(same, tmp_path / "a.pdf")
    assert (tmp_path / "a.pdf").read_bytes().count(b"/Subtype /Image") == 2


def test_an_album_fetches_each_photo_once_and_forgives_one_that_is_gone() -> None:
    asked: list[str] = []

    def fetch(sha: str) -> bytes:
        asked.append(sha)
        if sha == "gone":
            raise Known("附件不在档案里。")
        return photo()

    paper = Paper(
        "照片", (Pictures((Picture("甲", sha="a"), Picture("乙", sha="a"), Picture("丙", sha="gone"))),), "照片"
    )
    book = Album(fetch)
    found = paper.pictured(book).pictured(book)
    block = found.blocks[0]
    assert isinstance(block, Pictures)
    assert [one.content for one in block.pictures] == [photo(), photo(), b""]
    assert asked == ["a", "gone"]
    book.keep(set())
    book("a")
    assert asked == ["a", "gone", "a"]
