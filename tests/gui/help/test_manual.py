"""The printable manual: written from the help's texts and a folder of pictures, refused when a picture is missing, set so that things
that belong together stand on one page."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtGui import QColor, QImage, QTextDocument
from PySide6.QtWidgets import QApplication

from desktop.help import manual
from desktop.help.dressing import Dress, blocks, dress
from desktop.help.texts import chapters


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


def test_the_manual_is_written_whole(qapp: QApplication, pictures: Path) -> None:
    data, pages = manual.build(pictures)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Type /Page\n") == pages
    assert pages > len(chapters())


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
    found = manual.taken(tmp_path)
    assert found["公示-新建"].name == "002-公示-新建.png"
    assert set(found) == {"公示-新建", "户卡"}


@pytest.mark.parametrize("before", range(14, 22))
def test_a_heading_goes_with_its_text(qapp: QApplication, before: int) -> None:
    document = QTextDocument()
    document.setDocumentMargin(0)
    document.setPageSize(manual.QSizeF(400, 300))
    text = "\n\n".join(["一行"] * before) + "\n\n## 标题\n\n" + "说明。" * 30
    dress(document, f"# 章\n\n{text}", Dress(qapp.font(), (10, 10, 10, 10), "#000000", "#000000", "#000000", 2))
    manual.keep_together(document)
    heading = next(block for block in blocks(document) if block.text() == "标题")
    assert manual._page_of(heading, top=True) == manual._page_of(heading.next(), top=True)


def test_every_page_with_text_counts_and_the_gap_at_the_end_does_not(qapp: QApplication) -> None:
    document = QTextDocument()
    document.setPageSize(manual.QSizeF(400, 300))
    dress(
        document, "\n\n".join(["一行"] * 90), Dress(qapp.font(), (10, 10, 10, 10), "#000000", "#000000", "#000000", 2)
    )
    counted = manual.pages_of(document)
    assert counted > 3
    assert document.pageCount() - 1 <= counted <= document.pageCount()
