"""A household's file bound: true page numbers in the contents, numbered through, many in one PDF, and nothing half done."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from db.errors import Cancelled, Known
from db.papers.cover import CONTENTS, COVER, SHORTFALL
from db.papers.dossier import DossierFacts, Enclosure, Entry, pictured
from db.papers.model import Margins, Paper, Paragraph, Picture
from desktop.printing.document import Document
from desktop.printing.dossier import Binder, save_dossiers, save_enclosures
from tests.gui.printing.test_photos import photo
from tests.helpers.ledger import Slip
from tests.unit.papers.test_dossier import facts

pytestmark = pytest.mark.usefixtures("qapp")

LONG = Paper("长表", tuple(Paragraph(f"第{n}行", 0) for n in range(70)), "长表", margins=Margins.FORM)
SHORT = Paper("通知", (Paragraph("正文"),), "通知")
SHEETS = {"a": photo(colour="red"), "b": photo(300, 400)}


def fetch(sha: str) -> bytes:
    if sha not in SHEETS:
        raise Known("附件不在档案里。")
    return SHEETS[sha]


def made(count: int = 3) -> DossierFacts:
    entries = tuple(Entry(f"材料{n}", None, (LONG, SHORT)) for n in range(count))
    scans = Entry("户口簿", None, (pictured("户口簿", [Picture("户口簿", sha=s) for s in "ab"], whole=True),))
    outside = Entry("签到表", None, (), "", (Enclosure("a", "签到.pdf"), Enclosure("gone", "失去.pdf")))
    return facts(entries=(*entries, scans, outside))


def texts(document: Document) -> list[list[str]]:
    return [layout.pages[n].lines() for layout, n in document.pages]


@pytest.mark.parametrize("count", [0, 1, 3, 40])
def test_the_contents_name_the_page_each_paper_begins_on(count: int) -> None:
    document = Binder(fetch).bind(made(count))
    pages = texts(document)
    total = len(pages)
    for n in range(count):
        listed = next(page for page in pages if f"材料{n}" in page)
        at = listed.index(f"材料{n}")
        place = int(next(text for text in listed[at + 1 : at + 4] if text.isdigit()))
        assert "长表" in pages[place - 1]
        assert "第0行" in pages[place - 1]
        assert f"第 {place} 页 共 {total} 页" in pages[place - 1]


def test_pages_are_numbered_through_and_name_the_household() -> None:
    pages = texts(Binder(fetch).bind(made()))
    assert f"共{len(pages)}页" in pages[0]
    assert not any("页 共" in line for line in pages[0])
    for n, page in enumerate(pages[1:], start=2):
        assert f"第 {n} 页 共 {len(pages)} 页" in page
        assert "华南村第一组　廖某明户" in page
        assert not any(line.startswith("— ") for line in page)


def test_the_first_sheets_are_cover_contents_and_what_is_missing() -> None:
    document = Binder(fetch).bind(made())
    assert [layout.paper.title for layout in document.layouts[:3]] == [COVER, CONTENTS, SHORTFALL]
    assert document.file_stem == "一户一档-华南村-廖某明-华南-2016-0037"


def test_a_paper_of_many_households_is_laid_out_once_and_left_as_it_is() -> None:
    binder = Binder(fetch)
    first, second = binder.bind(made(1)), binder.bind(replace(made(2), head_name="张某"))
    layouts = [layout for document in (first, second) for layout in document.layouts if layout.paper.title == "长表"]
    bodies = [
        [line for line in page.lines() if line.startswith("第")] for layout in layouts for page in layout.pages[:1]
    ]
    assert all(len([line for line in body if " 页 共 " in line]) == 1 for body in bodies)


def test_photos_are_in_the_file() -> None:
    document = Binder(fetch).bind(made(0))
    shown = [one.content for layout, n in document.pages for one in layout.pages[n].pictures]
    assert shown == [SHEETS["a"], SHEETS["b"]]


def _pages(pdf: bytes) -> int:
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", pdf))


def households(count: int) -> Iterator[DossierFacts]:
    for n in range(count):
        yield replace(made(1), head_name=f"张某{n}")


def test_many_files_stand_in_one_pdf_with_their_enclosures_beside(tmp_path: Path) -> None:
    saved = save_dossiers(households(3), 3, "一户一档", tmp_path / "华南村", fetch, Slip())
    one = len(Binder(fetch).bind(made(1)).pages)
    assert _pages((tmp_path / "华南村.pdf").read_bytes()) == 3 * one
    names = sorted(path.name for path in (tmp_path / "华南村-附件").iterdir())
    assert names == [f"{n + 1:03d}-华南村-张某{n}-签到.pdf" for n in range(3)]
    assert (saved.enclosures, len(saved.lost)) == (3, 3)
    assert saved.told().startswith("3 个 PDF 附件存在“华南村-附件”。档案里找不到附件")


@pytest.mark.parametrize("stop_at", [1, 3])
def test_stopped_it_leaves_nothing(stop_at: int, tmp_path: Path) -> None:
    (tmp_path / "华南村.pdf").write_bytes(b"old")
    with pytest.raises(Cancelled):
        save_dossiers(households(3), 3, "一户一档", tmp_path / "华南村.pdf", fetch, Slip(stop_at=stop_at))
    assert [path.name for path in tmp_path.iterdir()] == ["华南村.pdf"]
    assert (tmp_path / "华南村.pdf").read_bytes() == b"old"


def test_a_folder_that_is_gone_is_said(tmp_path: Path) -> None:
    with pytest.raises(Known):
        save_dossiers(households(1), 1, "一户一档", tmp_path / "没有" / "a.pdf", fetch, Slip())
    assert list(tmp_path.iterdir()) == []


def test_enclosures_of_one_file_are_saved_beside_its_pdf(tmp_path: Path) -> None:
    saved = save_enclosures(made(0), tmp_path / "廖某明.pdf", fetch)
    assert saved.folder is not None
    assert [path.read_bytes() for path in saved.folder.iterdir()] == [SHEETS["a"]]
    again = save_enclosures(made(0), tmp_path / "廖某明.pdf", fetch)
    assert again.enclosures == 1
    assert sorted(path.name for path in tmp_path.iterdir()) == ["廖某明-附件"]


def test_files_come_one_by_one() -> None:
    seen: list[str] = []

    def watched() -> Iterator[DossierFacts]:
        for one in households(3):
            seen.append(one.head_name)
            yield one

    documents = Binder(fetch).bind_all(watched())
    next(documents)
    assert seen == ["张某0"]


def test_rare_characters_of_any_household_are_told_at_the_end(tmp_path: Path) -> None:
    found = [made(0), replace(made(0), head_name="陈\U0002fffd明")]
    saved = save_dossiers(found, 2, "一户一档", tmp_path / "a.pdf", fetch, Slip())
    assert [lack.sign for lack in saved.lacks] == ["\U0002fffd"]
    assert "陈\U0002fffd明" in saved.told()
