"""The 比对情况说明: a page for each household, its attachments named, no whole number on it, blanks where nothing is known yet."""

from __future__ import annotations

from datetime import date

from db.papers.crosscheck import CrossFacts, CrossLine, build
from db.papers.model import PageBreak, Paragraph, Table

NUMBER = "441401196503074514"
CAR = CrossLine(
    "有车", "廖某明", "五华县公安局交警大队，2016-05-20", "在车辆名单上（按身份证号）", f"号牌号码：粤M00001；身份证：{NUMBER}", "七不进 73",
    "属实，不影响资格", "二轮摩托车", ("行驶证.jpg", f"{NUMBER}.pdf"),
)  # fmt: skip
OPEN = CrossLine("有房", "廖某明", "五华县房管局，2016-05-21", "在房产名单上", "", "七不进 72")


def facts(*lines: CrossLine) -> CrossFacts:
    return CrossFacts("华阳镇", "华南村", "第一组", "廖某明", date(2016, 6, 1), lines, "钟小明")


def test_an_explained_hit_stands_with_its_word_and_its_proofs() -> None:
    paper = build([facts(CAR)])
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert table.rows[0].cells[7:] == ("属实，不影响资格", "二轮摩托车", "行驶证.jpg；***4514.pdf")
    assert any(isinstance(b, Paragraph) and b.text.startswith("附件（2 份）：行驶证.jpg") for b in paper.blocks)
    assert paper.file_stem == "比对情况说明-华南村第一组廖某明"


def test_what_is_open_is_counted_and_left_blank() -> None:
    text = build([facts(CAR, OPEN)]).text()
    assert "共有 2 处需要说明，其中 1 处待核实后填写" in text
    (table,) = [block for block in build([facts(OPEN)]).blocks if isinstance(block, Table)]
    assert table.rows[0].cells[7:] == ("", "", "")
    assert "附件（" not in build([facts(OPEN)]).text()


def test_no_whole_number_is_printed() -> None:
    assert NUMBER not in build([facts(CAR)]).text()


def test_every_household_begins_a_page() -> None:
    paper = build([facts(CAR), facts(OPEN), facts(OPEN)])
    assert sum(isinstance(block, PageBreak) for block in paper.blocks) == 2
    assert paper.file_stem == "比对情况说明-3户"
