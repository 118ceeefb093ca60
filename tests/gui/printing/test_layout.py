"""Pages as they will print: headers repeat, rows and names stay whole, the seal is never left alone."""

import re
from dataclasses import replace

import pytest

from db.papers import appraisal, card, notice, roll, verification
from db.papers.model import Column, Head, PageBreak, Paper, Paragraph, Row, Seal, Table, Title
from desktop.printing.layout import Layout, halves, lay_out
from desktop.printing.page import Page, Text
from tests.unit.papers import examples

HEADINGS = ("序号", "村民小组", "户主姓名", "家庭人口", "贫困户属性")


def every(page: Page) -> list[tuple[Text, float]]:
    return [(line, size) for (_, size), lines in page.texts.items() for line in lines]


def paper_of(*blocks: Title | Paragraph | Table | Seal | PageBreak, **changes: object) -> Paper:
    return replace(Paper("样", blocks, "样"), **changes)  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def posted(qapp: object) -> Layout:
    return lay_out(notice.build(examples.notice(47)))


def test_header_stands_on_every_page(posted: Layout) -> None:
    assert len(posted.pages) == 3
    for page in posted.pages:
        for heading in HEADINGS:
            assert page.lines().count(heading) == 1


def test_every_household_stands_once_and_whole(posted: Layout) -> None:
    rows = next(block for block in posted.paper.blocks if isinstance(block, Table)).rows
    found = [line for page in posted.pages for line in page.lines()]
    for name in {row.cells[2] for row in rows}:
        assert found.count(name) == sum(row.cells[2] == name for row in rows)


def test_cells_of_a_row_stand_on_one_height_of_one_page(posted: Layout) -> None:
    for page in posted.pages:
        heights: dict[float, list[str]] = {}
        for line, _ in every(page):
            heights.setdefault(round(line.y), []).append(line.text)
        rows = [texts for texts in heights.values() if any(re.fullmatch(r"第.村民小组", text) for text in texts)]
        assert rows
        assert all(len(texts) == len(HEADINGS) for texts in rows)


def test_pages_are_numbered_as_official_papers_are(posted: Layout) -> None:
    for n, page in enumerate(posted.pages, start=1):
        assert f"— {n} —" in page.lines()
        assert any("校验码" in line for line in page.lines())


def test_everything_stays_inside_the_text_area(posted: Layout) -> None:
    sheet = posted.sheet
    for page in posted.pages:
        for x1, y1, x2, y2 in page.rules():
            assert sheet.left - 1 <= min(x1, x2) <= max(x1, x2) <= sheet.right + 1
            assert sheet.top - 1 <= min(y1, y2) <= max(y1, y2) <= sheet.bottom + 1


@pytest.mark.parametrize("count", range(4, 44))
def test_the_seal_is_never_alone(count: int, qapp: object) -> None:
    made = lay_out(notice.build(examples.notice(count)))
    last = made.pages[-1].lines()
    assert "华南村村民委员会（盖章）" in last
    assert "2016年6月6日" in last
    assert str(count) in last, "the last household goes with the seal"


def test_a_long_name_is_set_smaller_on_one_line(qapp: object) -> None:
    name = "阿卜杜热西提·买买提依明江·吐尔逊"
    rows = tuple(replace(row, head_name=name) if n == 2 else row for n, row in enumerate(examples.notice(5).rows))
    page = lay_out(notice.build(examples.notice(rows=rows))).pages[0]
    sizes = {line.text: size for line, size in every(page)}
    assert name in sizes
    assert sizes[name] < sizes["张某华"] == 140


def test_rules_round_the_table_are_closed(posted: Layout) -> None:
    for page in posted.pages:
        uprights = {x1 for x1, _, x2, _ in page.rules() if x1 == x2}
        assert len(uprights) == len(HEADINGS) + 1


def test_group_rows_are_not_left_at_the_foot(qapp: object) -> None:
    for count in range(20, 40):
        for page in lay_out(roll.build(examples.roll(count))).pages:
            body = [line for line in page.lines() if not line.startswith("第 ")]
            assert not re.match(r"[一二三]、", body[-1])


def test_a_table_header_may_have_merged_cells(qapp: object) -> None:
    heads = ((Head("户主", rows=2), Head("人口", columns=2)), (Head("男"), Head("女")))
    columns = (Column("户主"), Column("男"), Column("女"))
    made = lay_out(paper_of(Table(columns, (Row(("张某", "1", "2")),), heads=heads)))
    places = {line.text: line for line, _ in every(made.pages[0])}
    assert places["人口"].y < places["男"].y == places["女"].y
    assert places["人口"].y < places["户主"].y < places["男"].y
    assert places["男"].x < places["人口"].x < places["女"].x


def test_prose_grows_its_row_and_never_reaches_the_next(qapp: object) -> None:
    columns = (Column("姓名"), Column("原因", prose=True))
    rows = (Row(("张某", "家庭主要劳动力长期生病" * 12)), Row(("李某", "短")))
    made = lay_out(paper_of(Table(columns, rows)))
    lines = [line for line, _ in every(made.pages[0])]
    reason = [line.y for line in lines if "长期" in line.text]
    assert len(reason) > 3
    assert max(reason) < next(line.y for line in lines if line.text == "李某")


def test_a_row_taller_than_a_page_is_set_smaller(qapp: object) -> None:
    columns = (Column("姓名"), Column("发言", prose=True))
    made = lay_out(paper_of(Table(columns, (Row(("张某", "情况属实。" * 500)),))))
    assert len(made.pages) == 1
    assert max(line.y for line, _ in every(made.pages[0]) if "属实" in line.text) < made.sheet.bottom


def test_page_break_starts_a_page_but_never_an_empty_one(qapp: object) -> None:
    made = lay_out(paper_of(PageBreak(), Paragraph("一"), PageBreak(), Paragraph("二")))
    assert [[line for line in page.lines() if len(line) == 1] for page in made.pages] == [["一"], ["二"]]


def test_a_long_title_is_parted_in_balance() -> None:
    title = "关于太平镇华南村坪南村2016年度相对贫困户拟认定名单及有关事项的公示"
    first, second = halves(title)
    assert first + second == title
    assert abs(len(first) - len(second)) <= 10
    assert first[-1] in "的度村镇县"


def test_card_and_visit_keep_to_their_pages(qapp: object) -> None:
    assert len(lay_out(card.build(examples.card(4))).pages) == 1
    assert len(lay_out(card.build(examples.card(20))).pages) == 2
    assert len(lay_out(verification.build(examples.verification())).pages) == 2


def test_the_upright_strip_is_drawn_on_each_page_it_reaches(qapp: object) -> None:
    made = lay_out(card.build(examples.card(40)))
    assert len(made.pages) > 1
    spelled = ["".join(line for line in page.lines() if line in {"家", "庭", "成", "员"}) for page in made.pages[:2]]
    assert spelled == ["家庭成员", "家庭成员"]


def test_a_section_with_a_strip_stays_on_one_page(qapp: object) -> None:
    for members in range(4, 26):
        pages = [page.lines() for page in lay_out(card.build(examples.card(members))).pages]
        assert sum("工资性收入" in lines and "人均可支配收入" in lines for lines in pages) == 1


def test_empty_lists_still_make_a_paper(qapp: object) -> None:
    assert len(lay_out(notice.build(examples.notice(0))).pages) == 1
    assert "合计　0户0人" in lay_out(roll.build(examples.roll(0))).pages[0].lines()


def test_long_speeches_run_over_pages(qapp: object) -> None:
    facts = replace(examples.appraisal(), speeches="代表发言，情况属实，同意评议。" * 200)
    made = lay_out(appraisal.build(facts))
    assert len(made.pages) >= 3
    bottom = made.sheet.bottom
    assert all(line.y < bottom for page in made.pages for line, _ in every(page) if "属实" in line.text)


def test_words_below_a_table_stand_clear_of_it(qapp: object) -> None:
    table, below = Table((Column("户主"),), (Row(("廖某明",)),)), Paragraph("以上属实。", 0)
    made = lay_out(paper_of(table, below))
    middles = {line.text: line.y for line, _ in every(made.pages[0])}
    touching = (table.size * 10 * 1.62 + made.sheet.pitch) / 2
    assert middles["以上属实。"] - middles["廖某明"] > touching + 50
