"""Dozens of photos sorted and kept, the meter that leads to the mend, and every bad file said at its place."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPointF, QSize, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QFileDialog, QPushButton
from pytestqt.qtbot import QtBot

from db.rules.codes import EvidenceKind
from db.services.evidence import evidence, shortfall
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.evidence.page import EvidencePage
from desktop.pages.evidence.piece import Piece
from desktop.printing.thumbs import LONGEST, thumbnail
from desktop.printing.window import PaperWindow
from desktop.widgets.photoview import PhotoView
from tests.gui.pages.evidence.conftest import OpenPage, Photo, drawn
from tests.helpers import photos, town
from tests.helpers.dialogs import Dialogs

K = EvidenceKind
LEFT = Qt.MouseButton.LeftButton
HEADS = {n: town.household(n).head_name for n in (1, 2, 3)}


def add(page: EvidencePage, office: Office, *paths: Path) -> None:
    page.tray.add(paths)
    office.work.drain()


def piece(page: EvidencePage, name: str) -> Piece:
    return next(p for p in page.tray.pieces if p.looked.path.name == name)


def choose(page: EvidencePage, *names: str) -> None:
    page.tray.gallery.choose([str(p.looked.path) for p in page.tray.pieces if p.looked.path.name in names])


def pick(page: EvidencePage, box: str, text: str) -> None:
    found = getattr(page.tray.settling, box)
    at = found.findText(text)
    assert at >= 0, [found.itemText(n) for n in range(found.count())]
    found.setCurrentIndex(at)
    found.activated.emit(at)


def test_the_choice_of_photos_begins_in_a_folder_that_is_there(
    open_page: OpenPage, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[str] = []

    def closed(parent: object, title: str, folder: str, pattern: str) -> tuple[list[str], str]:
        begun.append(folder)
        return [], ""

    monkeypatch.setattr(QFileDialog, "getOpenFileNames", closed)
    monkeypatch.setattr("platformdirs.user_pictures_dir", lambda: str(tmp_path / "没有"))
    page = open_page()
    page._on_choose()
    assert begun == [str(Path.home())]


def test_an_empty_record_says_what_to_do(open_page: OpenPage) -> None:
    page = open_page()
    assert page.pane.empty.text() == "还没有农户"
    assert not page.filing.isEnabled()


def test_photos_dropped_at_once_are_proposed_and_nothing_is_kept_before_the_button(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    at = datetime(2016, 5, 21, 9)
    named = [photo(f"{HEADS[n]}户口簿.jpg", at.replace(hour=9 + n)) for n in HEADS]
    photo("IMG_2.jpg", at.replace(hour=10, second=30))
    photo("签到.png", folder="照片/华南村")
    add(page, office, named[0].parent)
    assert [p.ready for p in page.tray.pieces].count(True) == 4
    follower = piece(page, "IMG_2.jpg")
    assert (follower.home_id, follower.kind, follower.lacks) == (homes[0], None, "材料")
    assert follower.why[-1] == "与前一张相隔 30 秒"
    assert page.filing.text() == "归档（4 张）"
    assert "还有 1 个没有分好" in page.tray.left.text()
    assert office.see(evidence.of_household, homes[0]) == ()
    QTest.mouseClick(page.filing, LEFT)
    office.work.drain()
    assert [h.kind for h in office.see(evidence.of_household, homes[0])] == [K.HOUSEHOLD_BOOK]
    assert [h.kind for h in office.see(evidence.of_batches, [1])] == [K.SIGN_IN]
    assert [p.looked.path.name for p in page.tray.pieces] == ["IMG_2.jpg"]
    sha = office.see(evidence.of_household, homes[0])[0].sha
    assert QImage.fromData(office.see(evidence.thumbnails, [sha])[sha]).width() == LONGEST


def test_forty_photos_are_sorted_and_kept(open_page: OpenPage, office: Office, photo: Photo, homes: list[int]) -> None:
    page = open_page()
    words = ("身份证", "外观", "室内", "合影", "核实表", "申请书", "收入核算", "户口簿")
    paths = [photo(f"{HEADS[1 + n % 3]}{words[n % 8]}{n}.jpg") for n in range(40)]
    add(page, office, *paths)
    assert len(page.tray.ready()) == 40
    page.save()
    office.work.drain()
    assert page.tray.pieces == []
    assert sum(len(office.see(evidence.of_household, i)) for i in homes) == 40
    left = office.see(shortfall.meter).homes[homes[0]].lacking
    assert str(left) in page.pane.village.itemText(0) or left == 0


def test_several_are_corrected_at_once(open_page: OpenPage, office: Office, photo: Photo, homes: list[int]) -> None:
    page = open_page()
    add(page, office, photo("a.jpg"), photo("b.jpg"), photo("c.jpg"))
    choose(page, "a.jpg", "b.jpg")
    assert page.tray.settling.heading.text() == "选中 2 张，一起改："
    pick(page, "village", "华南村")
    pick(page, "kind", "室内照片")
    pick(page, "owner", f"第一组 {HEADS[2]}")
    assert [(p.home_id, p.kind) for p in page.tray.pieces] == [(homes[1], K.HOUSE_INSIDE)] * 2 + [(0, None)]
    assert page.filing.text() == "归档（2 张）"
    choose(page, "c.jpg")
    pick(page, "village", "华南村")
    pick(page, "kind", "评议会议记录（签名）")
    assert piece(page, "c.jpg").batch_id == 1
    pick(page, "kind", "户口簿")
    assert (piece(page, "c.jpg").batch_id, piece(page, "c.jpg").ready) == (0, False)


@pytest.mark.qt_log_ignore("JPEG", "propagateSizeHints")
def test_bad_files_are_said_at_their_place_and_the_others_go_on(
    open_page: OpenPage, office: Office, photo: Photo, tmp_path: Path, homes: list[int]
) -> None:
    page = open_page()
    bad = {
        "空.jpg": (b"", "是空文件"),
        "程序.jpg": (photos.EXE, "其实是一个程序"),
        "苹果.heic": (photos.HEIC, "HEIC"),
        "断了.jpg": (b"\xff\xd8\xff\xe0" + bytes(60), "打不开，文件可能没有传完整"),
        "半张.jpg": (drawn(1600, 1200)[:-2000], "打不开，文件可能没有传完整"),
        "半份.pdf": (b"%PDF-1.4\n1 0 obj", "打不开，文件可能没有传完整"),
        "炸弹.png": (photos.png_of(50_000, 50_000), "有 50000×50000 点，太大"),
    }
    for name, (content, _) in bad.items():
        (tmp_path / name).write_bytes(content)
    with (tmp_path / "大.jpg").open("wb") as file:
        file.truncate(500 * 1024 * 1024)
    good = photo(f"{HEADS[1]}身份证.jpg")
    add(page, office, good, tmp_path / "大.jpg", *(tmp_path / name for name in bad))
    for name, (_, said) in bad.items():
        assert said in piece(page, name).fault, name
    assert "有 500 MB，超过 20 MB" in piece(page, "大.jpg").fault
    choose(page, "空.jpg")
    assert "是空文件" in page.tray.settling.reason.text()
    assert not page.tray.settling.kind.isEnabled()
    page.save()
    office.work.drain()
    assert len(office.see(evidence.of_household, homes[0])) == 1
    assert {p.looked.path.name for p in page.tray.pieces} == {*bad, "大.jpg"}


def test_a_photo_changed_or_gone_before_it_is_kept_stays_with_the_reason(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    changed, gone, fine = (photo(f"{HEADS[1]}{what}.jpg") for what in ("身份证", "户口簿", "室内"))
    add(page, office, changed, gone, fine)
    changed.write_bytes(drawn(colour=300))
    gone.unlink()
    page.save()
    office.work.drain()
    assert "在选入以后被改过" in piece(page, changed.name).fault
    assert "读不出" in piece(page, gone.name).fault
    assert [h.kind for h in office.see(evidence.of_household, homes[0])] == [K.HOUSE_INSIDE]


def test_the_same_photo_for_two_households_is_warned_of(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    first = photo(f"{HEADS[1]}室内.jpg")
    add(page, office, first)
    page.save()
    office.work.drain()
    twin, third = first.with_name(f"{HEADS[2]}室内.jpg"), first.with_name(f"{HEADS[3]}室内.jpg")
    twin.write_bytes(first.read_bytes())
    third.write_bytes(first.read_bytes())
    add(page, office, twin, third)
    assert piece(page, twin.name).warning == f"同一张已用于 华南村第一组 {HEADS[1]}户 的室内照片"
    assert piece(page, third.name).doubt == f"与“{twin.name}”是同一张照片"


def test_the_meter_leads_to_the_mend(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int], qtbot: QtBot
) -> None:
    page = open_page()
    page.open_thing(homes[1])
    assert page.pane.heading.text() == f"第一组 {HEADS[2]}　欠 8 件（应有 8 件）"
    buttons = {b.text(): b for b in page.pane.lines.findChildren(QPushButton) if b.property("missing") == 2}
    QTest.mouseClick(buttons["补这件"], LEFT)
    assert page.tray.aim.text().startswith(f"正在补：华南村第一组 {HEADS[2]}户 的身份证")
    add(page, office, photo("随便.jpg"))
    assert (page.tray.pieces[0].home_id, page.tray.pieces[0].kind) == (homes[1], K.ID_CARD)
    page.save()
    office.work.drain()
    assert page.pane.heading.text() == f"第一组 {HEADS[2]}　欠 7 件（应有 8 件）"
    with qtbot.waitSignal(page.go_asked) as asked:
        QTest.mouseClick(page.pane.lines.findChildren(QPushButton)[1], LEFT)
    assert asked.args == ["households", homes[1]]


def test_a_filter_shows_a_village(open_page: OpenPage, office: Office, homes: list[int]) -> None:
    page = open_page()
    page.open_thing(Filter(village_id=1))
    assert page.pane.village_id() == 1
    assert [i.thing.id for i in page.pane.homes.items()][1:] == homes  # type: ignore[attr-defined]


def test_files_come_in_by_dragging(open_page: OpenPage, office: Office, photo: Photo, homes: list[int]) -> None:
    page = open_page()
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(photo(f"{HEADS[1]}室内.jpg"))), QUrl("https://example.com/x.jpg")])
    copy, none = Qt.DropAction.CopyAction, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(QPointF(9, 9).toPoint(), copy, data, LEFT, none)
    page.tray.dragEnterEvent(enter)
    assert enter.isAccepted()
    page.tray.dropEvent(QDropEvent(QPointF(9, 9), copy, data, LEFT, none))
    office.work.drain()
    assert [p.home_id for p in page.tray.pieces] == [homes[0]]


def test_the_tray_is_there_again_after_the_program_was_closed(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    add(page, office, photo("a.jpg"), photo("b.jpg"))
    choose(page, "a.jpg")
    pick(page, "village", "华南村")
    pick(page, "kind", "室内照片")
    pick(page, "owner", f"第一组 {HEADS[3]}")
    assert page.may_leave()
    office.work.drain()
    piece(page, "b.jpg").looked.path.unlink()
    again = open_page()
    office.work.drain()
    assert [(p.looked.path.name, p.home_id, p.kind) for p in again.tray.pieces] == [
        ("a.jpg", homes[2], K.HOUSE_INSIDE),
        ("b.jpg", 0, None),
    ]
    assert "已经不在原来的地方" in piece(again, "b.jpg").fault
    add(again, office, photo("b.jpg"))
    assert (len(again.tray.pieces), piece(again, "b.jpg").fault) == (2, "")


def test_what_was_kept_before_a_crash_is_not_kept_twice(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    done, waiting = photo(f"{HEADS[1]}室内.jpg"), photo(f"{HEADS[2]}室内.jpg")
    add(page, office, done, waiting)
    page.tray.keeper.flush()
    office.act(evidence.hang, [piece(page, done.name).hanging()])
    again = open_page()
    again.save()
    office.work.drain()
    assert [len(office.see(evidence.of_household, home)) for home in homes] == [1, 1, 0]
    assert "已经归档在这里" in piece(again, done.name).fault


def test_pressed_twice_it_keeps_once_and_says_so_once(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    add(page, office, photo(f"{HEADS[1]}室内.jpg"))
    said: list[str] = []

    def note(text: str, tone: str) -> None:
        said.append(text)

    page.save()
    page.said.connect(note)
    page.save()
    office.work.drain()
    assert said == ["已归档 1 张。"]
    add(page, office, photo(f"{HEADS[2]}室内.jpg"))
    page.save()
    office.work.drain()
    assert [len(office.see(evidence.of_household, home)) for home in homes] == [1, 1, 0]


def test_a_locked_scan_is_warned_of(open_page: OpenPage, office: Office, tmp_path: Path, homes: list[int]) -> None:
    page = open_page()
    path = tmp_path / f"{HEADS[1]}身份证.pdf"
    path.write_bytes(b"%PDF-1.6\ntrailer<</Root 1 0 R/Encrypt 3 0 R>>\n%%EOF\n")
    add(page, office, path)
    assert "加了密码或限制" in piece(page, path.name).warning


def test_taken_out_of_the_tray_the_file_stays_where_it_lies(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int]
) -> None:
    page = open_page()
    path = photo("a.jpg")
    add(page, office, path)
    choose(page, "a.jpg")
    QTest.keyClick(page.tray.gallery, Qt.Key.Key_Delete)
    assert page.tray.pieces == []
    assert path.exists()


def test_a_photo_is_looked_at_as_it_was_taken(
    open_page: OpenPage, office: Office, photo: Photo, homes: list[int], dialogs: Dialogs
) -> None:
    page = open_page()
    path = photo("a.jpg", datetime(2016, 5, 20, 9), orientation=6)
    add(page, office, path)
    small = QImage.fromData(piece(page, "a.jpg").looked.thumbnail)
    assert (small.width(), small.height()) == (180, 240)
    sizes: list[QSize] = []

    def look(dialog: PhotoView) -> int:
        sizes.append(dialog.picture.pixmap().size())
        return 1

    dialogs.answer(PhotoView, look)
    choose(page, "a.jpg")
    QTest.mouseClick(page.tray.settling.open, LEFT)
    assert sizes[0].width() < sizes[0].height()


def test_the_list_of_what_is_missing_prints_and_exports(
    open_page: OpenPage, office: Office, homes: list[int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_page()
    assert not page.paper.isEnabled()
    page.open_thing(Filter(village_id=1))
    QTest.mouseClick(page.paper, LEFT)
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert "欠件清单-华南村" in window.preview.paper.file_stem  # type: ignore[union-attr]
    window.close()
    target = tmp_path / "清单"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    said: list[str] = []

    def note(text: str, tone: str) -> None:
        said.append(text)

    page.said.connect(note)
    QTest.mouseClick(page.workbook, LEFT)
    office.work.drain()
    assert openpyxl.load_workbook(tmp_path / "清单.xlsx").sheetnames == ["华南村"]
    assert "没有身份证号和电话" in said[-1]


def test_thumbnails_are_small_and_what_is_no_picture_has_none() -> None:
    small = QImage.fromData(thumbnail(drawn(1200, 900)))
    assert (small.width(), small.height()) == (240, 180)
    assert thumbnail(photos.PDF) == b""
    assert thumbnail(b"") == b""
