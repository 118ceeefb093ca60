"""What judges the package for Linux: two tours' pictures held against each other, and how old a system may be."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QColor, QImage, QPainter

from installer.linux import oldest, pictures


def picture(path: Path, *, size: tuple[int, int] = (400, 240), box: QRect | None = None, ink: str = "#1d5c4d") -> Path:
    path.parent.mkdir(exist_ok=True)
    image = QImage(*size, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.fillRect(box or QRect(40, 40, 160, 80), QColor(ink))
    painter.end()
    assert image.save(str(path))
    return path


def test_the_same_window_with_letters_drawn_otherwise_is_the_same(tmp_path: Path) -> None:
    one = picture(tmp_path / "one.png", box=QRect(40, 40, 160, 80))
    assert pictures.apart(one, picture(tmp_path / "two.png", box=QRect(41, 40, 160, 80))) < pictures.ALLOWED


@pytest.mark.parametrize("other", [{"box": QRect(200, 120, 160, 80)}, {"size": (408, 240)}, {"ink": "#ffffff"}])
def test_another_window_is_not_the_same(tmp_path: Path, other: dict[str, object]) -> None:
    one = picture(tmp_path / "one.png")
    assert pictures.apart(one, picture(tmp_path / "two.png", **other)) > pictures.ALLOWED  # type: ignore[arg-type]


def test_a_picture_that_only_one_tour_took_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for folder in ("source", "installed"):
        picture(tmp_path / folder / "001-登录.png")
    assert pictures.main(tmp_path / "source", tmp_path / "installed") == 0
    picture(tmp_path / "source" / "002-工作台.png")
    assert pictures.main(tmp_path / "source", tmp_path / "installed") == 1
    assert "only from source: 002-工作台.png" in capsys.readouterr().out


def test_an_empty_folder_proves_nothing(tmp_path: Path) -> None:
    assert pictures.main(tmp_path, tmp_path) == 1


def test_versions_are_compared_as_numbers() -> None:
    assert list(oldest.above({"GLIBC": (2, 4), "GLIBCXX": (3, 4, 9)}, oldest.UOS)) == []
    assert list(oldest.above({"GLIBC": (2, 30), "CXXABI": (1, 3, 13)}, oldest.UOS)) == ["GLIBC_2.30", "CXXABI_1.3.13"]


def test_a_text_that_names_a_version_asks_for_nothing(tmp_path: Path) -> None:
    text = tmp_path / "text"
    text.write_text("GLIBC_9.9")
    assert oldest.needed(text) == {}
