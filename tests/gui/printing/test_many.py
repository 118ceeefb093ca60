"""Many papers at once: one PDF or many, and nothing left when it is stopped or the disk is full."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtPrintSupport import QPrinter

from db.errors import Cancelled, Known
from db.papers.model import Paper, Paragraph, Title
from desktop.printing import pdf
from desktop.printing.document import Document
from desktop.printing.many import print_documents, save_each, save_together
from tests.helpers.ledger import Slip


def _papers(count: int) -> Iterator[Paper]:
    for n in range(count):
        yield Paper(f"户卡 {n}", (Title("户卡"), Paragraph(f"第{n}户")), f"户卡-{n}", landscape=n == 1)


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def test_all_papers_stand_in_one_pdf_each_in_its_own_direction(tmp_path: Path) -> None:
    slip = Slip()
    target = save_together(_papers(3), 3, "户卡", tmp_path / "全部", slip)
    assert target.name == "全部.pdf"
    content = target.read_bytes()
    assert _pages(content) == 3
    assert b"[0 0 842.000000 595.000000]" in content
    assert slip.told[-1] == (2, 3, "户卡-2")


def test_each_paper_has_its_own_pdf(tmp_path: Path) -> None:
    assert save_each(_papers(3), 3, tmp_path, Slip()) == 3
    assert sorted(path.name for path in tmp_path.iterdir()) == ["户卡-0.pdf", "户卡-1.pdf", "户卡-2.pdf"]


def test_stopped_it_leaves_what_was_there_before(tmp_path: Path) -> None:
    (tmp_path / "户卡-0.pdf").write_bytes(b"old")
    with pytest.raises(Cancelled):
        save_each(_papers(3), 3, tmp_path, Slip(stop_at=3))
    assert [path.name for path in tmp_path.iterdir()] == ["户卡-0.pdf"]
    with pytest.raises(Cancelled):
        save_together(_papers(3), 3, "户卡", tmp_path / "a.pdf", Slip(stop_at=2))
    assert not (tmp_path / "a.pdf").exists()


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(Known, match="不存在"):
        save_each(_papers(1), 1, tmp_path / "fort", Slip())


def test_a_disk_that_fills_up_leaves_the_old_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Qt draws on without a word; that the end of the file is missing tells it."""
    (tmp_path / "a.pdf").write_bytes(b"old")
    monkeypatch.setattr(pdf, "END", b"what no file ends with")
    with pytest.raises(Known, match="磁盘已满"):
        save_together(_papers(2), 2, "户卡", tmp_path / "a.pdf", Slip())
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]
    assert (tmp_path / "a.pdf").read_bytes() == b"old"


def test_nothing_can_be_written_where_a_folder_stands(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").mkdir()
    with pytest.raises(Known):
        save_together(_papers(1), 1, "户卡", tmp_path / "a.pdf", Slip())
    assert [path.name for path in tmp_path.iterdir()] == ["a.pdf"]


def _printer(target: Path) -> QPrinter:
    printer = QPrinter(QPrinter.PrinterMode.HighResolution)
    printer.setOutputFormat(QPrinter.OutputFormat.PdfFormat)
    printer.setOutputFileName(str(target))
    printer.setFullPage(True)
    return printer


def test_many_documents_are_one_print_job(tmp_path: Path) -> None:
    slip = Slip()
    documents = map(Document.of_paper, _papers(3))
    assert print_documents(documents, 3, _printer(tmp_path / "out.pdf"), slip) == 3
    assert _pages((tmp_path / "out.pdf").read_bytes()) == 3
    assert [done for done, _, _ in slip.told] == [0, 1, 2]


def test_on_both_sides_each_document_begins_on_its_own_sheet(tmp_path: Path) -> None:
    printer = _printer(tmp_path / "out.pdf")
    printer.setDuplex(QPrinter.DuplexMode.DuplexLongSide)
    expected = 5 if printer.duplex() is QPrinter.DuplexMode.DuplexLongSide else 3
    assert print_documents(map(Document.of_paper, _papers(3)), 3, printer, Slip()) == expected


def test_a_print_job_can_be_stopped_between_two(tmp_path: Path) -> None:
    with pytest.raises(Cancelled):
        print_documents(map(Document.of_paper, _papers(3)), 3, _printer(tmp_path / "out.pdf"), Slip(stop_at=2))


@pytest.mark.qt_log_ignore("Returned false")
def test_a_printer_that_does_not_answer_is_said(tmp_path: Path) -> None:
    with pytest.raises(Known, match="没有响应"):
        print_documents(map(Document.of_paper, _papers(1)), 1, _printer(tmp_path / "fort" / "out.pdf"), Slip())
