"""Lists of other departments as workbooks, and the hands of the clerk on the page that holds them against the record."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path

import openpyxl
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent, QImage
from PySide6.QtWidgets import QWidget

from db.rules.codes import CrossOutcome, Sex
from db.rules.values import Household
from db.services.cases import applications
from db.services.crosscheck import crosscheck
from db.services.crosscheck.crosscheck import HitView
from desktop.app.office import Office
from desktop.pages.crosscheck.page import CrosscheckPage
from tests.helpers import town

HOMES = (town.household(1), town.household(2), town.household(3, village="小拔村", group="第一组"))
STRANGER = ("陌某生", town.id_number(date(1950, 1, 1), 1, Sex.MALE), "粤M99999")
HEADER = ("姓名", "身份证号", "号牌号码")


def book(path: Path, *rows: Sequence[object]) -> Path:
    made = openpyxl.Workbook()
    sheet = made.active
    assert sheet is not None
    for row in rows:
        sheet.append([*row])
    made.save(path)
    return path


def cars(path: Path, *homes: Household, plate: str = "粤M0000") -> Path:
    rows = [(home.head_name, home.head_id, f"{plate}{n}") for n, home in enumerate(homes)]
    return book(path, ("五华县公安局交警大队机动车名单（2016年5月20日）",), HEADER, *rows, STRANGER)


def file(office: Office, *homes: Household) -> list[int]:
    return [office.act(applications.file, home).household_id for home in homes]


def settled(office: Office) -> None:
    """Reading, comparing and showing follow each other through the window's thread."""
    for _ in range(4):
        office.work.drain()


def read(page: CrosscheckPage, office: Office, path: Path) -> CrosscheckPage:
    page.read_list(path)
    settled(office)
    return page


def taken(page: CrosscheckPage, office: Office, path: Path) -> CrosscheckPage:
    read(page, office, path)
    page.taking.go.click()
    settled(office)
    return page


def explain(page: CrosscheckPage, office: Office, outcome: CrossOutcome, text: str) -> None:
    """As the clerk does: choose the outcome, type, save by Ctrl+S."""
    box = page.looking.detail.answering
    box.outcome.set_raw(outcome.label)
    box.text.core.setPlainText(text)  # type: ignore[attr-defined]
    page.save()
    settled(office)


def drop(widget: QWidget, *paths: Path) -> None:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    widget.dropEvent(QDropEvent(QPoint(5, 5), Qt.DropAction.CopyAction, data, left, none))


def photo(path: Path) -> Path:
    picture = QImage(60, 40, QImage.Format.Format_RGB32)
    picture.fill(0x447799)
    picture.save(str(path))
    return path


def hits(office: Office) -> tuple[HitView, ...]:
    return office.see(crosscheck.hits)
