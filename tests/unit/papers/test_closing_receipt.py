"""月结回执 and 名单变化表: every figure, mark and adjustment stands on the paper; numbers of people are cut to their last four."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from db.papers import closing_receipt, comparing
from db.papers.closing_receipt import ReceiptFacts
from db.papers.comparing import ChangesFacts
from db.papers.model import RowKind, Table
from db.rules.adjustment import Adjustment
from db.rules.comparing import Deed, Known, Variation, compare
from db.rules.counts import Count
from db.rules.ledger import total_of
from db.rules.monthclose import SheetMark
from tests.helpers.ledger import household, july, ledger

AT = datetime(2016, 8, 3, 9, 30)
MARKS = (SheetMark("贫困户花名册", 4, "ab" * 32), SheetMark("月报汇总表", 3, "cd" * 32))
FACTS = ReceiptFacts(july(), "月结〔2016〕7号", AT, "钟小明", "曾阿慧", "ef" * 32, MARKS)
LATE = Adjustment(
    7, "小拔村", "第一组", "小拔-2016-0007", "李某华", Count(0, 1), "出生：陈某新", "证号44140119720301222X 迟报", "出生证 1 号",
    date(2016, 6, 5), date(2016, 7, 8), "钟小明",
)  # fmt: skip


def test_the_receipt_says_number_time_people_figures_and_marks() -> None:
    paper = closing_receipt.build(FACTS)
    figures, sheets = [b for b in paper.blocks if isinstance(b, Table)]
    assert paper.file_stem == "月结回执-2016年07月-华阳镇"
    for piece in ("月结〔2016〕7号", "2016-08-03 09:30", "钟小明、曾阿慧", "4户8人", "ef" * 32):
        assert piece in paper.text()
    assert figures.rows[-1].kind is RowKind.TOTAL
    assert (figures.rows[-1].cells[0], figures.rows[-1].cells[-2:]) == ("合计", ("4", "8"))
    assert [head.text for head in figures.heads[0]][1] == "期初"
    assert [row.cells for row in sheets.rows] == [
        ("1", "贫困户花名册", "4", "ab" * 32), ("2", "月报汇总表", "3", "cd" * 32)
    ]  # fmt: skip
    assert "调整明细" not in paper.text()


def test_adjustments_have_a_column_in_the_figures_and_a_list_of_their_own() -> None:
    row = FACTS.ledger.villages[1]
    rows = (FACTS.ledger.villages[0], replace(row, movement=replace(row.movement, adjusted=Count(0, 1))))
    carried = replace(FACTS.ledger, villages=rows, total=total_of("华阳镇", rows), adjustments=(LATE,))
    paper = closing_receipt.build(replace(FACTS, ledger=carried))
    figures, _, told = [b for b in paper.blocks if isinstance(b, Table)]
    assert [head.text for head in figures.heads[0]][2] == "调整"
    assert told.rows[0].cells[:5] == ("1", "小拔村", "李某华", "0", "+1")
    assert "1 条，户数不变，人数＋1" in paper.text()
    assert "证号***222X 迟报" in paper.text()


def test_a_receipt_of_an_unlocked_month_says_that_it_counts_no_more() -> None:
    paper = closing_receipt.build(
        replace(FACTS, replaces="月结〔2016〕6号", unlocked="2016-08-05 曾阿慧解锁：漏登一人")
    )
    assert "本回执已作废：2016-08-05 曾阿慧解锁：漏登一人" in paper.text()
    assert "月结〔2016〕6号" in paper.text()
    assert paper.watermark == "已解锁作废"


def test_the_list_of_changes_is_grouped_by_kind_with_cause_and_paper() -> None:
    one, two = household("华南-2016-0001", date(2016, 6, 3)), household("华南-2016-0002", date(2016, 7, 4), size=3)
    came = Deed(Variation.ADDED, date(2016, 7, 4), Count(1, 3), "新识别，建档立卡", "61 因灾", "五府办〔2016〕7号")
    found = compare(ledger(one, month=6), ledger(one, two), Known({two.household_id: [came]}), {})
    paper = comparing.build(ChangesFacts(found, found.entries, date(2016, 8, 1), "钟小明"))
    (table,) = [b for b in paper.blocks if isinstance(b, Table)]
    assert [row.kind for row in table.rows] == [RowKind.GROUP, RowKind.DATA]
    assert table.rows[0].cells == ("新增　涉及 1 户，人数 +3",)
    assert table.rows[1].cells[5:] == ("+1", "+3", "2016-07-04", "新识别，建档立卡", "61 因灾", "五府办〔2016〕7号")
    assert "由1户2人变为2户5人" in paper.text()
