"""The preview shows the paper itself, turns its pages by button and key, saves and prints, and says what stands in the way."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor
from PySide6.QtPrintSupport import QPrinter, QPrinterInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from db.papers import card, notice, roll
from db.papers.model import Paper, Paragraph
from desktop.printing.document import Document
from desktop.printing.preview import PaperPreview, font_note
from desktop.printing.printer import prepare, send
from tests.helpers.dialogs import Dialogs
from tests.unit.papers import examples


@pytest.fixture
def preview(qtbot: QtBot) -> PaperPreview:
    made = PaperPreview()
    qtbot.addWidget(made)
    made.resize(470, 600)
    with qtbot.waitExposed(made):
        made.show()
    made.show_paper(notice.build(examples.notice(47)))
    return made


def test_shows_place_and_copies(preview: PaperPreview) -> None:
    preview.set_copies(9)
    assert preview.place.text() == "1 / 3"
    assert preview.print.text() == "打印 9 份"
    assert not preview.previous.isEnabled()


def test_turns_by_button_and_stops_at_the_ends(preview: PaperPreview) -> None:
    for _ in range(4):
        preview.next.click()
    assert preview.place.text() == "3 / 3"
    assert not preview.next.isEnabled()
    preview.previous.click()
    assert preview.place.text() == "2 / 3"


def test_turns_by_key(preview: PaperPreview) -> None:
    preview.activateWindow()
    preview.save.setFocus()
    QTest.keyClick(preview, Qt.Key.Key_PageDown)
    assert preview.place.text() == "2 / 3"
    QTest.keyClick(preview, Qt.Key.Key_End)
    assert preview.place.text() == "3 / 3"
    QTest.keyClick(preview, Qt.Key.Key_PageUp)
    QTest.keyClick(preview, Qt.Key.Key_Home)
    assert preview.place.text() == "1 / 3"


def test_paints_the_page_with_its_ink(preview: PaperPreview) -> None:
    picture = preview.sheet.grab().toImage()
    middle = picture.pixelColor(picture.width() // 2, 30)
    assert middle == QColor(Qt.GlobalColor.white)
    dark = sum(
        picture.pixelColor(x, y).lightness() < 110
        for x in range(0, picture.width(), 2)
        for y in range(0, picture.height(), 2)
    )
    assert dark > 100


def test_real_size_asks_for_room_and_gives_it_back(preview: PaperPreview) -> None:
    preview.zoom.click()
    assert preview.sheet.minimumWidth() > 780
    assert preview.zoom.text() == "整页"
    preview.zoom.click()
    assert preview.sheet.minimumWidth() == 0


def test_a_new_paper_starts_at_its_first_page(preview: PaperPreview) -> None:
    preview.go_to(2)
    preview.show_paper(roll.build(examples.roll()))
    assert preview.place.text().startswith("1 / ")


def test_a_paper_of_one_page_has_nothing_to_turn(preview: PaperPreview, qtbot: QtBot) -> None:
    wide = preview.minimumSizeHint().width()
    assert preview.next.isVisible()
    preview.show_paper(Paper("收条", (Paragraph("今收到申请书一份。"),), "收条"))
    assert preview.page_count == 1
    assert not preview.next.isVisible()
    qtbot.waitUntil(lambda: preview.minimumSizeHint().width() < wide - 100)  # a small screen gets the room


def test_an_empty_preview_offers_nothing(preview: PaperPreview, tmp_path: Path) -> None:
    preview.show_paper(None)
    assert preview.paper is None
    assert not any(button.isEnabled() for button in (preview.next, preview.save, preview.print, preview.zoom))
    preview.save_to(tmp_path / "a.pdf")
    preview.ask_and_print()
    assert list(tmp_path.iterdir()) == []


def test_saves_under_the_offered_name(preview: PaperPreview, qtbot: QtBot, dialogs: Dialogs, tmp_path: Path) -> None:
    target = tmp_path / "公示-华南村.pdf"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(target), ""))
    with qtbot.waitSignal(preview.saved) as caught:
        preview.save.click()
    assert caught.args == [str(target)]
    assert target.read_bytes().startswith(b"%PDF-")
    assert "已存为“公示-华南村.pdf”" in preview.note.text()


def test_a_name_without_ending_gets_one(preview: PaperPreview, tmp_path: Path) -> None:
    preview.save_to(tmp_path / "公示1.0")
    assert [path.name for path in tmp_path.iterdir()] == ["公示1.0.pdf"]


def test_a_folder_that_is_gone_is_said_in_place(preview: PaperPreview, qtbot: QtBot, tmp_path: Path) -> None:
    with qtbot.assertNotEmitted(preview.saved):
        preview.save_to(tmp_path / "没有" / "a.pdf")
    assert "不存在" in preview.note.text()
    assert preview.note.property("role") == "fault"


def test_without_a_printer_the_pdf_is_offered(
    preview: PaperPreview, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    with qtbot.assertNotEmitted(preview.printed):
        preview.print.click()
    assert preview.note.text().startswith("没有可用打印机。")
    assert "存为 PDF" in preview.note.text()


@pytest.mark.parametrize(("answer", "sent"), [(QDialog.DialogCode.Accepted, [4]), (QDialog.DialogCode.Rejected, [])])
def test_prints_what_the_dialog_agreed_to(
    preview: PaperPreview,
    dialogs: Dialogs,
    monkeypatch: pytest.MonkeyPatch,
    answer: QDialog.DialogCode,
    sent: list[int],
) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(lambda: ["纸样"]))
    pages: list[int] = []
    monkeypatch.setattr("desktop.printing.printer.send", lambda printer, document: pages.append(len(document.pages)))
    dialogs.answer(QDialog, lambda dialog: answer)
    copies: list[int] = []
    preview.printed.connect(copies.append)
    preview.set_copies(4)
    preview.ask_and_print()
    assert dialogs.opened == ["打印"]
    assert copies == sent
    assert pages == [3] * len(sent)


def test_printer_gets_every_page_and_copy(tmp_path: Path, qapp: object) -> None:
    document = Document.of_paper(card.build(examples.card(20)))
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(tmp_path / "out.pdf"))
    prepare(printer, document, 3)
    send(printer, document)
    pages = (tmp_path / "out.pdf").read_bytes().count(b"/Type /Page\n")
    assert pages == (2 if printer.supportsMultipleCopies() else 6)


def test_font_note_names_boxes_first(qapp: object) -> None:
    note = font_note(Document.of_paper(Paper("样", (), "样", footer_left="李\U0002fffd")))
    assert note.startswith("这台电脑的字库里没有“\U0002fffd”")


def test_a_character_that_stays_blank_is_said_before_it_is_saved(
    preview: PaperPreview, dialogs: Dialogs, tmp_path: Path
) -> None:
    preview.show_paper(Paper("样", (Paragraph("陈\U0002fffd明"),), "样"))
    assert preview.note.property("role") == "fault"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(tmp_path / "a.pdf"), ""))
    preview.save.click()
    assert list(tmp_path.iterdir()) == []
    assert preview.note.text().endswith("请再按一次“存为 PDF”。")
    preview.save.click()
    assert (tmp_path / "a.pdf").exists()
    assert preview.note.text().startswith("已存为“a.pdf”。这台电脑的字库里没有“\U0002fffd”")
