"""Official papers as GB/T 9704-2012 wants them: 28 characters a line, 22 lines a page, 三号 and 二号, numbers between dashes."""

from __future__ import annotations

import pytest

from db.papers.model import Folio, Format, Margins, Paper, Paragraph, Title
from desktop.printing.fonts import Face
from desktop.printing.geometry import MM, sheet_of
from desktop.printing.layout import Layout, lay_out, numbered, set_paper
from desktop.printing.measure import Ruler

pytestmark = pytest.mark.usefixtures("qapp")


def running(count: int, **changes: object) -> Layout:
    text = "一" * 28 * count
    return lay_out(Paper("样", (Paragraph(text, 0),), "样", **changes))  # type: ignore[arg-type]


def test_a_page_holds_22_lines_of_28_characters() -> None:
    made = running(23)
    assert [sum(line.startswith("一") for line in page.lines()) for page in made.pages] == [21, 2]
    made = running(22)
    assert len(made.pages) == 1
    lines = [line for line in made.pages[0].lines() if line.startswith("一")]
    assert lines == ["一" * 28] * 22


def test_lines_fill_the_156_millimetres() -> None:
    made, ruler = running(3), Ruler()
    for (face, size), lines in made.pages[0].texts.items():
        for line in lines:
            if line.text.startswith("一"):
                wide = ruler.width(line.text, face, size) * line.stretch
                assert wide == pytest.approx(156 * MM, rel=0.001)


def test_sizes_and_margins() -> None:
    sheet = sheet_of(Paper("样", (), "样"))
    edges = [sheet.left, sheet.top, sheet.width - sheet.right, sheet.height - sheet.bottom]
    assert [round(edge / MM) for edge in edges] == [28, 37, 26, 35]
    made = lay_out(Paper("样", (Title("关于公示"), Paragraph("根据")), "样"))
    assert (Face.TITLE, 220.0) in made.pages[0].texts
    assert (Face.BODY, 160.0) in made.pages[0].texts
    assert (Face.SONG, 140.0) in made.pages[0].texts


def test_numbers_stand_between_dashes_odd_at_the_right_even_at_the_left() -> None:
    made = running(40)
    places = [
        line.x for page in made.pages for lines in page.texts.values() for line in lines if line.text.startswith("—")
    ]
    assert [page.lines()[-1] for page in made.pages] == ["— 1 —", "— 2 —"]
    middle = made.sheet.width / 2
    assert places[1] == pytest.approx(made.sheet.left + 140)
    assert places[0] > middle > places[1]


@pytest.mark.parametrize(
    ("margins", "folio", "last"),
    [
        (Margins.FORM, None, "第 1 页 共 1 页"),
        (Margins.OFFICIAL, Folio.COUNTED, "第 1 页 共 1 页"),
        (Margins.FORM, Folio.BARE, "完"),
        (Margins.POSTER, None, "完"),
    ],
)
def test_forms_are_counted_and_posters_bare(margins: Margins, folio: Folio | None, last: str) -> None:
    made = lay_out(Paper("样", (Paragraph("完", 0),), "样", margins=margins, folio=folio))
    assert made.pages[0].lines()[-1] == last


def test_pages_are_numbered_within_a_larger_file_and_headed() -> None:
    paper = Paper("样", (Paragraph("完", 0),), "样", margins=Margins.FORM, header=("申请登记表", "廖某明户"))
    made = set_paper(paper)
    later = numbered(made, paper, 7, 25)
    assert made.pages[0].lines() == ["完"]
    assert later.pages[0].lines() == ["申请登记表", "廖某明户", "完", "第 7 页 共 25 页"]


def test_a_poster_is_twice_as_large_on_the_larger_sheet() -> None:
    sheets = [sheet_of(Paper("样", (), "样", True, Margins.POSTER, format=one)) for one in (Format.A4, Format.A3)]
    assert [round(sheet.width / MM) for sheet in sheets] == [297, 420]
    assert sheets[1].title == pytest.approx(sheets[0].title * 297 / 210)
    assert sheets[0].title >= 400
