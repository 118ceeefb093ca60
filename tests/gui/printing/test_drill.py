"""While a practice record is open every paper is marked, whatever it is and however it leaves the program; else none is."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrinter

from db.papers import (
    acceptance,
    announcement,
    answer,
    application,
    appraisal,
    card,
    convening,
    income_sheet,
    leftout,
    notice,
    people,
    received,
    recovery,
    registration,
    report,
    review,
    roll,
    verification,
)
from db.papers.model import Format, Paper, Paragraph
from db.store import practising
from desktop.printing.document import Document
from desktop.printing.dossier import Binder, save_dossiers
from desktop.printing.layout import Layout, lay_out
from desktop.printing.many import save_each, save_together
from desktop.printing.pdf import file_name, save_document, save_pdf
from desktop.printing.printer import prepare, send, send_many
from desktop.printing.sheet import PaperSheet
from tests.helpers.ledger import Slip
from tests.unit.papers import examples, homes, procedure
from tests.unit.papers.test_dossier import facts

pytestmark = pytest.mark.usefixtures("qapp")
needs_poppler = pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
ROOT = Path(__file__).resolve().parents[3]
SHORT = Paper("通知", (Paragraph("正文"),), "通知")
PAPERS = (
    notice.build(examples.notice()), roll.build(examples.roll()), card.build(examples.card()),
    application.build(examples.application()), verification.build(examples.verification()),
    appraisal.build(examples.appraisal()), review.build(examples.review()),
    announcement.build(examples.announcement()), recovery.build(examples.recovery()),
    leftout.build(examples.left_out()), acceptance.build(procedure.acceptance()),
    convening.build(procedure.convening()), answer.build(procedure.answer()), report.build(procedure.report()),
    received.build(procedure.received()), income_sheet.build(homes.income()), people.build(homes.people()),
    registration.build(homes.registration()),
)  # fmt: skip


@pytest.fixture
def practice() -> Iterator[None]:
    """A practice record is open."""
    record = practising.new_uuid(practice=True)
    practising.hold(record)
    yield
    practising.release(record)


def pages(path: Path) -> list[str]:
    """The words of each page of a PDF, without blanks."""
    done = subprocess.run(["pdftotext", "-raw", str(path), "-"], capture_output=True, check=True)
    return [re.sub(r"[\s　]+", "", page) for page in done.stdout.decode().split("\f")[:-1]]


def all_marked(path: Path) -> bool:
    found = pages(path)
    return bool(found) and all(practising.WORDS in page and page.count("演") >= 3 for page in found)


def test_every_paper_is_marked(practice: None) -> None:
    assert [paper.title for paper in PAPERS if not lay_out(paper).drill] == []


def test_no_paper_of_the_towns_own_record_is() -> None:
    assert [paper.title for paper in PAPERS if lay_out(paper).drill] == []


@needs_poppler
@pytest.mark.parametrize("paper", PAPERS, ids=[paper.file_stem for paper in PAPERS])
def test_the_words_stand_on_every_page(paper: Paper, tmp_path: Path, practice: None) -> None:
    save_pdf(paper, tmp_path / "a.pdf")
    assert all_marked(tmp_path / "a.pdf")


@needs_poppler
def test_every_way_of_saving_marks(tmp_path: Path, practice: None) -> None:
    document = Document.of_paper(SHORT)
    save_document(document, tmp_path / "one.pdf")
    save_together([SHORT, PAPERS[0]], 2, "两件", tmp_path / "many.pdf", Slip())
    save_each([SHORT], 1, tmp_path, Slip())
    save_dossiers([facts()], 1, "一户一档", tmp_path / "file.pdf", lambda _: b"", Slip())
    for name in ("one.pdf", "many.pdf", "file.pdf", file_name(SHORT)):
        assert all_marked(tmp_path / name), name
    assert file_name(SHORT) == "演练_通知.pdf"


@needs_poppler
def test_the_printer_prints_the_mark(tmp_path: Path, practice: None) -> None:
    document = Document.of_paper(PAPERS[0])
    for name in ("one", "many"):
        printer = QPrinter(QPrinter.PrinterMode.HighResolution)
        printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
        printer.setOutputFileName(str(tmp_path / f"{name}.pdf"))
        prepare(printer, document, 1)
        if name == "one":
            send(printer, document)
        else:
            send_many(printer, [document])
        drawn = pages(tmp_path / f"{name}.pdf")
        assert [page.count(sign) >= 3 for page in drawn for sign in practising.MARK] == [True] * 2 * len(document.pages)


def test_the_preview_shows_the_mark(practice: None) -> None:
    plain, marked = shown(replace(lay_out(SHORT), drill=False)), shown(lay_out(SHORT))
    assert plain != marked


def test_a_layout_keeps_its_mark_when_the_record_is_closed() -> None:
    record = practising.new_uuid(practice=True)
    practising.hold(record)
    made = lay_out(SHORT)
    practising.release(record)
    assert made.drill
    assert not lay_out(SHORT).drill


def test_a_dossier_is_marked_from_its_cover(practice: None) -> None:
    document = Binder(lambda _: b"").bind(facts())
    assert [layout.paper.title for layout in document.layouts if not layout.drill] == []


def test_a_poster_is_marked(tmp_path: Path, practice: None) -> None:
    assert lay_out(Paper("榜", (Paragraph("正文"),), "榜", format=Format.A3, landscape=True)).drill


def test_papers_are_laid_out_and_drawn_in_one_place() -> None:
    """A second place that makes layouts or paints pages could forget the mark."""
    made, drawn = [], set()
    for path in (ROOT / "desktop").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        made += [path.name] * len(re.findall(r"(?<![\w.])Layout\(", text))
        if re.search(r"QPdfWriter\(|\bQPrinter\(|draw_page\(", text) and path.parent.name != "help":
            drawn.add(path.name)  # the help draws the manual, which says nothing of any record
    assert made == ["layout.py"]
    assert drawn == {"pdf.py", "printer.py", "render.py", "sheet.py"}


def shown(layout: Layout) -> QImage:
    sheet = PaperSheet()
    sheet.resize(400, 560)
    sheet.show_page(layout)
    image = sheet.grab().toImage()
    sheet.deleteLater()
    return image
