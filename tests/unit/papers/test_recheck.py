"""回头看核查结果表: counted by finding, grouped by village, with the reason of each."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from db.papers.model import Table
from db.papers.recheck import RecheckFacts, RecheckRow, build
from db.rules.counts import Count

DAY = date(2017, 3, 6)
KEPT = RecheckRow("华南村", "第一组", "陈某明", 3, "华南-2016-0001", "保留", DAY, ("周某坤", "杨某来"))
GONE = replace(KEPT, village="小拔村", head_name="李某华", outcome="清退", reason="73 有小汽车一辆")
FACTS = RecheckFacts("华阳镇", "华阳镇2017年第1次回头看", DAY, DAY, (KEPT, GONE), Count(2, 5), "钟小明")


def test_the_head_counts_each_finding_and_what_is_left() -> None:
    text = build(FACTS).text()
    assert "已核查2户6人：保留1户3人，更正0户0人，清退1户3人，新增0户0人，未核查2户5人。" in text
    assert "未核查" not in build(replace(FACTS, left=Count())).text()


def test_every_household_stands_under_its_village_with_its_reason() -> None:
    (table,) = [b for b in build(FACTS).blocks if isinstance(b, Table)]
    assert [row.cells[0] for row in table.rows] == ["华南村　1户3人", "1", "小拔村　1户3人", "2"]
    assert table.rows[3].cells[2:] == (
        "李某华", "3", "华南-2016-0001", "2017-03-06", "周某坤、杨某来", "清退", "73 有小汽车一辆",
    )  # fmt: skip


def test_a_number_typed_into_a_reason_is_not_told_whole() -> None:
    said = build(replace(FACTS, rows=(replace(KEPT, reason="重复登记，证号44140119720301222X"),))).text()
    assert "证号***222X" in said
    assert "4414011972" not in said
