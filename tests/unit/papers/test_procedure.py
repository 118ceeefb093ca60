"""The papers of the procedure: each carries its fixed title, prints blank, and says the figures it rests on."""

from dataclasses import replace
from datetime import date

import pytest

from db.papers import acceptance, answer, appraisal, convening, received, report, review
from db.papers.acceptance import AcceptanceFacts
from db.papers.appraisal import AppraisalFacts
from db.papers.convening import ConveningFacts
from db.papers.model import KeyValueGrid, Paper, RowKind, Table
from db.papers.report import counted
from tests.unit.papers import examples, procedure


def to_come(**changes: object) -> AppraisalFacts:
    values: dict[str, object] = {
        "held_on": None,
        "present": None,
        "place": "",
        "quorum": "",
        "speeches": "",
        "chair": "",
    }
    return replace(examples.appraisal(), **(values | changes))  # type: ignore[arg-type]


PAPERS: tuple[tuple[str, Paper], ...] = (
    ("申请受理登记簿", acceptance.build(procedure.acceptance())),
    ("申请受理登记簿", acceptance.build(AcceptanceFacts())),
    ("受理回执", acceptance.receipts(procedure.accepted(3), "太平镇", procedure.COMMITTEE)),
    ("受理回执", acceptance.receipts((), "太平镇")),
    ("评议会议通知", convening.build(procedure.convening())),
    ("评议会议通知", convening.build(ConveningFacts())),
    ("会议记录", appraisal.build(examples.appraisal())),
    ("会议记录", appraisal.build(to_come())),
    ("签到表", appraisal.sign_in(to_come(due=None))),
    ("评议结果表", appraisal.results(examples.appraisal())),
    ("异议答复书", answer.build(procedure.answer())),
    ("异议答复书", answer.build(procedure.answer(""))),
    ("镇审核表", review.build(examples.review())),
    ("退回单", review.returned(examples.review())),
    ("县审定", received.build(procedure.received())),
)


@pytest.mark.parametrize(("name", "paper"), PAPERS, ids=[paper.file_stem for _, paper in PAPERS])
def test_the_name_stands_in_the_title_and_in_the_file(name: str, paper: Paper) -> None:
    assert name in paper.title
    assert name in paper.file_stem


@pytest.mark.parametrize("paper", [paper for _, paper in PAPERS], ids=lambda paper: paper.file_stem)
def test_cells_fill_their_grids(paper: Paper) -> None:
    for block in paper.blocks:
        if isinstance(block, KeyValueGrid):
            assert {sum(cell.span for cell in row.cells) for row in block.rows} == {len(block.weights)}
        if isinstance(block, Table):
            widths = {len(row.cells) + row.span - 1 for row in block.rows if row.kind is not RowKind.GROUP}
            assert widths == {len(block.columns)}


def test_register_counts_both_and_keeps_the_day_of_each() -> None:
    rows = procedure.accepted(3)
    text = acceptance.build(AcceptanceFacts("太平镇", "华南村", 2016, date(2016, 5, 4), date(2016, 5, 6), rows)).text()
    assert "合计　3户6人" in text
    assert "2016年5月4日至2016年5月6日" in text
    assert "太平-华南-2016-00002" in text


def test_a_receipt_says_day_number_and_papers_and_nothing_private() -> None:
    text = acceptance.receipts(procedure.accepted(2)[1:], "太平镇", procedure.COMMITTEE).text()
    assert "已于2016年5月5日受理，申请编号太平-华南-2016-00002" in text
    assert "申请书、户口簿、身份证" in text


def test_the_call_names_day_place_and_the_households() -> None:
    paper = convening.build(procedure.convening(2))
    assert "定于2016年6月3日上午9时在华南村村委会会议室召开村民代表大会" in paper.text()
    assert "共2户3人，名单附后" in paper.text()
    assert "2016年5月24日" in paper.text()


def test_the_call_says_once_that_it_is_an_appraisal() -> None:
    called = procedure.convening(1)
    assert "议题：相对贫困户识别民主评议，" in convening.build(called).text()
    in_words = convening.build(replace(called, subject="评议本村相对贫困户申请")).text()
    assert "议题：评议本村相对贫困户申请，共" in in_words


@pytest.mark.parametrize(
    ("assembly", "rule"), [("村民大会", "过半数的十八周岁以上村民"), ("村民代表大会", "三分之二以上的代表")]
)
def test_the_call_states_the_quorum_of_its_assembly(assembly: str, rule: str) -> None:
    assert rule in convening.build(replace(procedure.convening(1), assembly=assembly)).text()


def test_minutes_to_come_hold_the_households_and_no_figure() -> None:
    paper = appraisal.build(to_come())
    (votes,) = (block for block in paper.blocks if isinstance(block, Table))
    assert [row.cells[2] for row in votes.rows] == [row.head_name for row in examples.appraisal().rows]
    assert all(set(row.cells[4:]) == {""} for row in votes.rows)
    assert paper.file_stem == "会议记录-华南村（空白）"


def test_minutes_hold_who_counted_and_who_withdrew() -> None:
    text = appraisal.build(replace(examples.appraisal(), course="逐户评议，当场计票。")).text()
    for piece in ("钟某（与申请户为兄弟）", "温某", "魏某", "逐户评议，当场计票。", "镇驻村干部李某"):
        assert piece in text


def test_posted_result_leaves_out_what_was_said() -> None:
    text = appraisal.results(examples.appraisal(3)).text()
    assert "评议3户6人，通过3户6人" in text
    assert "古某提出" not in text


def test_an_anonymous_objector_gets_a_posted_answer_without_names() -> None:
    named, posted = answer.build(procedure.answer()), answer.build(procedure.answer("", upheld=True))
    assert "钟某强：" in named.text()
    assert "李某、温某" in named.text()
    assert "异议不成立" in named.text()
    assert "送达回执" in named.text()
    assert "钟某强" not in posted.text()
    assert "李某" not in posted.text()
    assert "异议成立" in posted.text()
    assert "送达回执" not in posted.text()


def test_the_report_adds_up() -> None:
    facts = procedure.report(31)
    paper = report.build(facts)
    assert paper.title == "关于上报太平镇2016年度相对贫困户名单的报告"
    assert paper.file_stem == "上报报告-太平镇"
    (table,) = (block for block in paper.blocks if isinstance(block, Table))
    *villages, total = (tuple(map(int, row.cells[1:])) for row in table.rows)
    assert tuple(map(sum, zip(*villages, strict=True))) == total
    assert total[-2:] == (31, counted(facts.rows).persons)
    assert f"同意上报{counted(facts.rows).text()}；退回村补正4户13人" in paper.text()
    assert "收到异议3件，均已核查答复，其中成立1件" in paper.text()


def test_the_report_without_objections_says_so() -> None:
    assert "公示期间没有收到异议" in report.build(replace(procedure.report(3), objections=0)).text()


def test_received_sheet_counts_each_outcome() -> None:
    text = received.build(procedure.received(count=6)).text()
    assert "通过5户15人，不予认定1户6人" in text
    assert "某府函〔2016〕9号" in text
    assert "在营个体工商户" in text


def test_an_excerpt_lists_one_village_under_the_numbers_of_the_whole() -> None:
    facts = procedure.received(count=20)
    villages = sorted({row.village for row in facts.rows})
    assert len(villages) > 1
    whole, part = received.build(facts), received.build(replace(facts, only=villages[0]))
    listed = [
        row.cells[0]
        for block in part.blocks
        if isinstance(block, Table)
        for row in block.rows
        if row.kind is RowKind.GROUP
    ]
    assert [line.partition("　")[0] for line in listed] == [villages[0]]
    grids = [[block for block in paper.blocks if isinstance(block, KeyValueGrid)] for paper in (whole, part)]
    assert grids[0] == grids[1]
    assert villages[0] in part.file_stem
