"""The other papers: what they must show, what stays blank, and what adds up."""

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.papers import announcement, application, appraisal, card, leftout, recovery, review, verification, wording
from db.papers.application import ApplicationFacts
from db.papers.model import KeyValueGrid, Paper, RowKind, Table
from db.papers.verification import Answer, VerificationFacts
from db.rules.codes import Bar, Entry
from tests.unit.papers import examples


def every_paper() -> list[Paper]:
    return [
        card.build(examples.card()),
        application.build(examples.application()),
        application.build(ApplicationFacts()),
        verification.build(examples.verification()),
        verification.build(VerificationFacts()),
        appraisal.build(examples.appraisal()),
        appraisal.sign_in(examples.appraisal()),
        review.build(examples.review()),
        review.returned(examples.review()),
        announcement.build(examples.announcement()),
        recovery.build(examples.recovery()),
        leftout.build(examples.left_out()),
    ]


@pytest.mark.parametrize("paper", every_paper(), ids=lambda paper: paper.file_stem)
def test_cells_fill_their_grids(paper: Paper) -> None:
    for block in paper.blocks:
        if isinstance(block, KeyValueGrid):
            assert {sum(cell.span for cell in row.cells) for row in block.rows} == {len(block.weights)}
        if isinstance(block, Table):
            widths = {len(row.cells) + row.span - 1 for row in block.rows if row.kind is not RowKind.GROUP}
            assert widths == {len(block.columns)}


def test_card_hides_birth_dates_and_numbers_unless_asked() -> None:
    closed, opened = card.build(examples.card()).text(), card.build(replace(examples.card(), show_ids=True)).text()
    number = examples.invented_id(1)
    assert number not in closed
    assert "1956-02-02" not in closed
    assert number in opened
    assert "1956-02-02" in opened


def test_card_shows_number_steps_and_decision() -> None:
    paper = card.build(examples.card())
    for piece in ("华南-2016-0037", "入户核实", "2016-07-08", "某府扶〔2016〕5号", "4人", "2人", "3,212.00"):
        assert piece in paper.text()
    assert paper.file_stem == "户卡-华南-2016-0037-廖某明"


def test_unknown_income_is_a_dash_not_a_zero() -> None:
    facts = examples.card()
    assert facts.income is not None
    paper = card.build(replace(facts, income=replace(facts.income, property=None)))
    cells = [
        cell.text
        for block in paper.blocks
        if isinstance(block, KeyValueGrid)
        for row in block.rows
        for cell in row.cells
    ]
    assert cells[cells.index("财产性收入") + 1] == "—"


def test_blank_application_invents_nothing() -> None:
    paper = application.build(ApplicationFacts())
    assert "☑" not in paper.text()
    assert not any(sign.isdigit() for sign in paper.text().replace("2人以上", ""))
    assert paper.file_stem == "贫困户申请书-空白"
    for box in ("村民委员会初审意见", "镇审核意见", "县政府审定意见", "公示情况"):
        assert box in paper.text()


def test_filled_application_ticks_one_box_each() -> None:
    text = application.build(examples.application()).text()
    assert "☑首次申请　□返贫" in text
    assert "□五保（特困）　☑无" in text
    assert "经评议、公示无异议，同意上报。" in text


def test_visit_lists_every_item_and_its_answer() -> None:
    paper = verification.build(examples.verification())
    rows = {row.cells[0].split(" ", 1)[-1]: row.cells for b in paper.blocks if isinstance(b, Table) for row in b.rows}
    assert rows[Bar.IDLE.label][1:] == ("□是　□否　☑待核", "邻居有议论，待走访")
    assert rows[Entry.BREADWINNER_ILL.label][1] == "☑是　□否　□待核"
    assert all(item.label in rows for table in (Bar, Entry) for item in table)
    assert rows["二看粮"][1] == "□足　☑一般　□缺"


def test_a_look_is_ticked_by_its_meaning() -> None:
    paper = verification.build(VerificationFacts(looks=(Answer("2", "好"), Answer("3", "差"))))
    assert "☑足　□一般　□缺" in paper.text()
    assert "□强　□一般　☑弱" in paper.text()


def test_assembly_counts_passed_in_both() -> None:
    facts = examples.appraisal(3)
    lost = replace(facts, rows=(replace(facts.rows[0], result="未通过"), *facts.rows[1:]))
    assert "评议3户6人，通过2户5人" in appraisal.build(lost).text()


@pytest.mark.parametrize(
    ("present", "due", "rate"), [(43, 45, "95.6%"), (45, 45, "100.0%"), (1, 0, "—"), (1, 16, "6.3%")]
)
def test_attendance(present: int, due: int, rate: str) -> None:
    assert appraisal.attendance(present, due) == rate


def test_review_splits_into_passed_and_returned() -> None:
    facts = examples.review()
    cells = review.build(facts).text()
    back = sum(row.size for row in facts.rows if row.returned)
    passed = sum(row.size for row in facts.rows) - back
    assert f"18户{passed}人" in cells
    assert f"2户{back}人" in cells
    assert "收入表缺户主签名" in review.returned(facts).text()
    assert "太平镇人民政府（盖章）" in review.returned(facts).text()
    assert "镇政府意见" in review.build(facts).text()


def test_announcement_counts_each_village() -> None:
    facts = examples.announcement()
    persons = sum(row.size for row in facts.rows if row.village == "坪南村")
    assert f"坪南村　18户{persons}人" in announcement.build(facts).text()


def test_recovery_code_can_be_read_back_whole() -> None:
    facts = examples.recovery()
    lines = recovery.code_lines(facts.code)
    assert "-".join(lines) == facts.code
    assert all(line in recovery.build(facts).text() for line in lines)


def test_left_out_gives_step_reason_and_both_counts() -> None:
    text = leftout.build(examples.left_out()).text()
    assert "入户核实　2户7人" in text
    assert "同意18票，实到43人，未过半数" in text
    assert "共3户9人" in text


def test_wording() -> None:
    assert wording.day(date(2016, 6, 6)) == "2016年6月6日"
    assert wording.period(date(2016, 12, 28), date(2017, 1, 3)) == "2016-12-28至2017-01-03"
    assert wording.period(None, date(2017, 1, 3)) == "—"
    assert wording.yuan(Decimal("12848")) == "12,848.00"
    assert wording.tail_only("44140119560202001X") == "*001X"
    assert wording.tail_only("") == ""
