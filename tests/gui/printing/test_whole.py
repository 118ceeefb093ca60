"""No name and no figure is ever wrapped, cut or pushed out of its cell, however long it is."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.papers import application, villagebook
from db.papers.forms import grid_rows, labelled
from db.papers.model import Block, Column, KeyValueGrid, Margins, Paper, Row, RowKind, Signatures, Table
from db.papers.villagebook import BookFacts, BookRow
from db.papers.wording import yuan
from desktop.printing.geometry import PT
from desktop.printing.layout import Layout, lay_out
from desktop.printing.measure import Ruler
from tests.unit.papers import examples

pytestmark = pytest.mark.usefixtures("qapp")

SIGNS = "阿卜杜热西提买麦明江吐尔逊古丽帕某陈李"
NAMES = st.builds("·".join, st.lists(st.text(SIGNS, min_size=2, max_size=6), min_size=1, max_size=2))
FIGURES = st.decimals(Decimal("-99999999999.99"), Decimal("99999999999.99"), places=2).map(yuan)
ROOM = 1.0
"""Tenths of a point a measured width may be off."""


def lines_within(made: Layout) -> dict[str, int]:
    """How often each text stands on the pages, each within the text area."""
    ruler, sheet = Ruler(), made.sheet
    found: dict[str, int] = {}
    for page in made.pages:
        for (face, size), lines in page.texts.items():
            for line in lines:
                assert line.x >= sheet.left - ROOM
                assert line.x + ruler.width(line.text, face, size) <= sheet.right + ROOM
                found[line.text] = found.get(line.text, 0) + 1
    return found


def no_overlap(made: Layout) -> None:
    """Texts of one height stand beside each other and never on each other."""
    ruler = Ruler()
    for page in made.pages:
        rows: dict[int, list[tuple[float, float]]] = {}
        for (face, size), lines in page.texts.items():
            for line in lines:
                middle = round((line.y - 0.37 * size) / 2)
                rows.setdefault(middle, []).append((line.x, line.x + ruler.width(line.text, face, size)))
        for spans in rows.values():
            spans.sort()
            assert all(a[1] <= b[0] + ROOM for a, b in pairwise(spans))


def laid_out(*blocks: Block, landscape: bool = False) -> Layout:
    made = lay_out(Paper("样", blocks, "样", landscape, Margins.FORM))
    no_overlap(made)
    return made


@settings(max_examples=40)
@given(st.lists(st.tuples(NAMES, FIGURES, FIGURES), min_size=1, max_size=12))
def test_names_and_figures_of_a_list_stay_whole(rows: list[tuple[str, str, str]]) -> None:
    columns = (
        Column("序号", 6),
        Column("户主姓名", 12),
        Column("可支配收入", 14),
        Column("人均", 10),
        Column("备注", 60, prose=True),
    )
    lines = [Row((f"#{n}", *row, "情况属实。" * 9)) for n, row in enumerate(rows)]
    total = Row(("合计", *rows[0], ""), RowKind.TOTAL)
    found = lines_within(laid_out(Table(columns, (*lines, total), size=11)))
    for row in (*rows, rows[0]):
        assert all(found.get(cell, 0) >= 1 for cell in row)


@settings(max_examples=40)
@given(NAMES, NAMES, FIGURES, FIGURES)
def test_names_and_figures_of_a_form_stay_whole(head: str, helper: str, income: str, per_head: str) -> None:
    rows = (labelled(("户主姓名", head), ("帮扶责任人", helper)), labelled(("可支配收入", income), ("人均", per_head)))
    found = lines_within(
        laid_out(KeyValueGrid((12, 14, 12, 14), grid_rows(rows, 8)), Signatures(((head, helper, income),)))
    )
    assert {head, helper, income, per_head} <= set(found)


@settings(max_examples=40)
@given(FIGURES, st.integers(2, 8))
def test_a_figure_within_prose_is_set_smaller_and_not_torn(figure: str, weight: int) -> None:
    columns = (Column("事项", weight, prose=True), Column("其他", 30, prose=True))
    text = f"收入{figure}元，属实"
    made = laid_out(Table(columns, (Row((text, "无")),), size=14))
    found = lines_within(made)
    assert any(figure in line for line in found)


def test_a_long_name_in_a_crowded_list_can_still_be_read() -> None:
    """村册 has ten columns: one name of twelve characters must not pay for all of them."""
    name = "买买提·阿卜杜热合曼库尔班"
    rows = tuple(
        BookRow(
            "第一组", who, "华南-2016-0001", 3, 2, "一般贫困户", "缺技术", Decimal("2624.00"), "C级", date(2016, 6, 12)
        )
        for who in (name, "廖某明")
    )
    book = BookFacts("五华县", "华阳镇", "华南村", "华南村民委员会", 2016, date(2016, 6, 12), rows, "钟某")
    made = lay_out(villagebook.build(book))
    sizes = {line.text: size / PT for page in made.pages for (_, size), lines in page.texts.items() for line in lines}
    assert min(sizes[text] for text in (name, "华南-2016-0001", "一般贫困户")) >= 6.5


@pytest.mark.parametrize(("members", "reason"), [(4, 300), (11, 72), (12, 200), (16, 120)])
def test_a_large_family_or_a_long_reason_keeps_the_application_on_two_pages(members: int, reason: int) -> None:
    form = examples.application()
    wide = replace(form, members=(form.members * members)[:members], reason=(form.reason * reason)[:reason])
    assert len(lay_out(application.build(wide)).pages) == 2
