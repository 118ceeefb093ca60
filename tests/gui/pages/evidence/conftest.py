"""The page of photos on the invented town, with real photos made by Qt."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from PySide6.QtCore import QBuffer, QByteArray, QIODevice, Qt
from PySide6.QtGui import QColor, QImage, QImageWriter
from pytestqt.qtbot import QtBot

from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from desktop.app.office import Office
from desktop.pages.evidence.page import EvidencePage
from tests.helpers import photos, town
from tests.helpers.qt import stand

OpenPage = Callable[[], EvidencePage]
Photo = Callable[..., Path]


def drawn(width: int = 640, height: int = 480, colour: int = 0, kind: str = "JPG") -> bytes:
    """A real picture: one colour with a white left half, so that a turn shows."""
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor.fromHsv(colour % 360, 200, 120))
    for x in range(width // 2):
        for y in range(0, height, 40):
            image.setPixelColor(x, y, Qt.GlobalColor.white)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    QImageWriter(buffer, QByteArray(kind.lower().encode())).write(image)
    return bytes(buffer.data().data())


@pytest.fixture
def photo(tmp_path: Path) -> Photo:
    """A photo file with its own colour; ``taken`` is put into it as a camera would."""
    made: list[str] = []

    def make(name: str, taken: datetime | None = None, folder: str = "照片", orientation: int = 1) -> Path:
        made.append(name)
        path = tmp_path / folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        content = drawn(colour=len(made) * 7, kind="PNG" if name.endswith("png") else "JPG")
        path.write_bytes(photos.taken_in(content, taken, orientation) if taken else content)
        return path

    return make


@pytest.fixture
def homes(office: Office) -> list[int]:
    """Three households of 华南村 that passed the assembly."""
    found = [office.act(applications.file, town.household(n)).household_id for n in (1, 2, 3)]
    of = office.see(cases.case_of, found)
    climbed = [of[i] for i in found]
    office.act(verification.record, [Visit(i, town.visit()) for i in climbed])
    office.act(appraisals.record, town.meeting(), [Vote(i, 38, 2, 1) for i in climbed])
    return found


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """Open the page and wait until it stands."""

    def opened() -> EvidencePage:
        return stand(EvidencePage(office), office, qtbot)

    return opened
