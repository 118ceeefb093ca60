"""The printable manual: written from the help's texts and a folder of pictures, refused when a picture is missing, set so that things
that belong together stand on one page and no page stays half blank for a picture."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QRect, QSizeF
from PySide6.QtGui import QColor, QImage, QPainter, QTextBlock, QTextCharFormat, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.help import manual
from desktop.help.book import Book
from desktop.help.dressing import Dress, blocks, dress
from desktop.help.illustrations import cut, marked, put_pictures, taken
from desktop.help.pagination import PICTURE, level, page_of, pages_of, set_pages
from desktop.help.texts import chapters
from desktop.window.sidebar import WIDTH

DAY = date(2016, 7, 1)
PAGE = QSizeF(400, 300)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder like that of a played tour."""
    folder = tmp_path_factory.mktemp("tour")
    image = QImage(683, 384, QImage.Format.Format_RGB32)
    image.fill(QColor("#dddddd"))
    names = sorted({name for chapter in chapters().values() for name in chapter.pictures})
    for n, name in enumerate(names, 1):
        assert image.save(str(folder / f"{n:03d}-{name}.png"))
    return folder


def _document(qapp: QApplication, text: str) -> QTextDocument:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setPageSize(PAGE)
    dress(document, text, Dress(qapp.font(), (10, 10, 10, 10), "#000000", "#000000", "#000000", 2))
    return document


def test_the_manual_is_written_whole(qapp: QApplication, pictures: Path) -> None:
    data, pages = manual.build(pictures, DAY)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == pages
    assert pages > len(manual.parts()) + 2
    without, fewer = manual.build(None, DAY)
    assert without.startswith(b"%PDF")
    assert 10 < fewer <= pages


def test_the_contents_name_the_page_each_chapter_begins_on(qapp: QApplication) -> None:
    book = Book(QSizeF(480, 740), manual.parts(), None, DAY)
    entries = list(book._entries())
    assert [one.title for one in entries if not one.part] == [_title(chapter.text) for chapter in chapters().values()]
    assert [one.title for one in entries if one.part] == [part.title for part in manual.parts()]
    pages = [one.page for one in entries]
    assert pages == sorted(pages)
    assert pages[0] >= 3


def _title(text: str) -> str:
    return text.partition("\n")[0].removeprefix("# ")


def test_a_missing_picture_stops_it_and_is_named(
    qapp: QApplication, pictures: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    lost = "公示-新建"
    for path in pictures.glob("*.png"):
        if not path.stem.endswith(lost):
            (tmp_path / path.name).symlink_to(path)
    assert manual.main([str(tmp_path / "out.pdf"), str(tmp_path)]) == 1
    assert lost in capsys.readouterr().err
    assert not (tmp_path / "out.pdf").exists()


def test_pictures_are_known_by_their_words_the_first_of_a_name_counts(tmp_path: Path) -> None:
    for name in ("002-公示-新建.png", "011-公示-新建.png", "户卡.png"):
        (tmp_path / name).touch()
    found = taken(tmp_path)
    assert found["公示-新建"].name == "002-公示-新建.png"
    assert set(found) == {"公示-新建", "户卡"}


def test_a_window_is_cut_to_its_page_and_the_empty_ground_below_goes() -> None:
    image = QImage(1366, 768, QImage.Format.Format_RGB32)
    image.fill(QColor("#f5f4f0"))
    painter = QPainter(image)
    painter.fillRect(QRect(0, 0, WIDTH, 768), QColor("#fbfaf6"))
    painter.fillRect(QRect(200, 100, 900, 200), QColor("#ffffff"))
    painter.end()
    page = cut(image)
    assert page.width() == 1366 - WIDTH
    assert 248 <= page.height() <= 270
    assert cut(image, whole=True).size() == image.size()


@pytest.mark.parametrize("before", range(14, 22))
def test_a_heading_goes_with_its_text(qapp: QApplication, before: int) -> None:
    text = "\n\n".join(["一行"] * before) + "\n\n## 标题\n\n" + "说明。" * 60
    document = _document(qapp, f"# 章\n\n{text}")
    set_pages(document)
    heading = next(block for block in blocks(document) if block.text() == "标题")
    assert page_of(heading) == page_of(heading.next(), 1)


def _with_picture(qapp: QApplication, folder: Path, before: int) -> QTextDocument:
    """Lines, a picture, a paragraph with a heading of its own, and the next chapter."""
    lines = "\n\n".join(["一行"] * before)
    text = f"# 章\n\n{lines}\n\n![说明](图)\n\n### 一段\n\n甲\n\n乙\n\n丙\n\n## 下一章\n\n丁"
    document = _document(qapp, marked(text))
    put_pictures(document, taken(folder), PAGE, QTextCharFormat())
    return document


def test_text_of_the_chapter_fills_the_page_a_picture_has_no_room_on(qapp: QApplication, tmp_path: Path) -> None:
    image = QImage(400, 160, QImage.Format.Format_RGB32)
    image.fill(QColor("#dddddd"))
    image.setPixelColor(5, 150, QColor("#000000"))
    assert image.save(str(tmp_path / "图.png"))
    document = next(
        made for made in (_with_picture(qapp, tmp_path, n) for n in range(4, 40)) if page_of(_picture(made)) == 1
    )
    said = [block.text() for block in blocks(document)]
    set_pages(document)
    after = [block.text() for block in blocks(document)]
    at = _picture(document).blockNumber()
    assert sorted(after) == sorted(said)
    assert after.index("甲") < at < after.index("下一章")
    assert not level(document.findBlockByNumber(at - 1))
    assert "说明" in after[at]


def _picture(document: QTextDocument) -> QTextBlock:
    return next(block for block in blocks(document) if PICTURE in block.text())


def test_every_page_with_text_counts_and_the_gap_at_the_end_does_not(qapp: QApplication) -> None:
    document = _document(qapp, "\n\n".join(["一行"] * 90))
    counted = pages_of(document)
    assert counted > 3
    assert document.pageCount() - 1 <= counted <= document.pageCount()
