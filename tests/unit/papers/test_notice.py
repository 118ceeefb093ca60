"""The notice says what the procedure asks, in exactly its columns, and nothing that belongs to nobody."""

import re
from dataclasses import replace
from datetime import date

import pytest

from db.papers import notice
from db.papers.model import Paper, Seal, Table, Title
from db.papers.notice import NoticeRow
from tests.unit.papers import examples


def table(paper: Paper) -> Table:
    return next(block for block in paper.blocks if isinstance(block, Table))


def head(name: str, size: int = 3, sex: str = "男", group: str = "第一村民小组", minor: bool = False) -> NoticeRow:
    return NoticeRow(group, name, size, "低保户", sex, "因病", minor)


def test_columns_are_exactly_the_five_decided() -> None:
    made = table(notice.build(examples.notice()))
    assert [column.title for column in made.columns] == ["序号", "村民小组", "户主姓名", "家庭人口", "贫困户属性"]
    assert made.rows[0].cells == ("1", "第一村民小组", "廖某明", "1", "低保户")
    assert [row.cells[0] for row in made.rows] == [str(n) for n in range(1, 48)]


@pytest.mark.parametrize(
    ("cause", "printed"), [("因病", "其他"), ("因残", "其他"), ("因婚", "其他"), ("因丧", "其他"), ("缺资金", "缺资金")]
)
def test_cause_is_an_option_and_hides_illness(cause: str, printed: str) -> None:
    rows = (replace(head("廖某明"), cause=cause),)
    made = table(notice.build(examples.notice(rows=rows, show_cause=True)))
    assert made.columns[-1].title == "主要致贫原因"
    assert made.rows[0].cells[-1] == printed
    assert cause not in notice.build(examples.notice(rows=rows)).text()


def test_counts_both_households_and_persons() -> None:
    facts = examples.notice(5)
    persons = sum(row.size for row in facts.rows)
    assert f"5户{persons}人" in notice.build(facts).text()


def test_names_what_the_villagers_need() -> None:
    text = notice.build(examples.notice()).text()
    for piece in (
        "粤发〔2016〕13号",
        "2016年6月3日华南村村民代表大会",
        "2016年6月7日至2016年6月13日，共7天",
        "华南村村民委员会、第一村民小组",
        "第八村民小组",
        "0753-4400001",
        "0753-4400002",
        "监督电话：县扶贫局 0753-4400003",
        "华南村村民委员会（盖章）",
    ):
        assert piece in text


def test_title_seal_and_file_name() -> None:
    paper = notice.build(examples.notice())
    assert paper.blocks[0] == Title("关于华南村2016年度相对贫困户（拟）名单的公示")
    assert paper.blocks[-1] == Seal("华南村村民委员会（盖章）", "2016年6月6日")
    assert paper.file_stem == "公示-华南村"


def test_holds_no_number_as_long_as_an_id() -> None:
    assert re.search(r"\d{15}", notice.build(examples.notice(300)).text()) is None


def test_head_count_tells_two_of_one_name_apart() -> None:
    assert notice.printed_names([head("李某", 2), head("李某", 3, "女")]) == ("李某", "李某")


def test_sex_tells_two_of_one_name_and_count_apart() -> None:
    rows = [head("李某", 3, "男"), head("李某", 3, "女"), head("李某", 3, "女", "第二村民小组")]
    assert notice.printed_names(rows) == ("李某（男）", "李某（女）", "李某")
    assert notice.indistinct(rows) == ()


def test_what_cannot_be_told_apart_is_named() -> None:
    rows = [head("李某"), head("李某"), head("张某")]
    assert notice.indistinct(rows) == (rows[0], rows[1])


def test_a_head_under_age_is_not_named() -> None:
    rows = (head("欧阳小明", minor=True), head("陈小华", minor=True))
    assert notice.printed_names(rows) == ("欧阳某", "陈某")
    text = notice.build(examples.notice(rows=rows)).text()
    assert "小明" not in text
    assert "小华" not in text


def test_a_new_list_says_what_it_replaces() -> None:
    assert "2016年6月4日张贴的名单作废" in notice.build(examples.notice(replaces=date(2016, 6, 4))).text()
    assert "作废" not in notice.build(examples.notice()).text()
    again = notice.build(examples.notice(replaces=date(2016, 6, 4)))
    assert again.title == "关于华南村2016年度相对贫困户（拟）名单的重新公示"
    assert again.file_stem == "重新公示-华南村"


def test_a_correction_says_what_it_corrects_and_that_the_others_go_on() -> None:
    old = examples.notice(1).rows[0]
    change = notice.corrected(old, replace(old, size=old.size + 1, attribute="五保户"))
    paper = notice.build(examples.notice(1, corrects=date(2016, 6, 4), changes=(change,)))
    assert paper.title.endswith("名单的更正公示")
    assert paper.file_stem == "更正公示-华南村"
    assert "原在2016年6月4日张贴的名单中" in paper.text()
    assert f"家庭人口由“{old.size}”更正为“{old.size + 1}”" in paper.text()
    assert "原名单中的其他农户不变" in paper.text()


def test_a_row_that_reads_the_same_needs_no_correction() -> None:
    old = examples.notice(1).rows[0]
    assert notice.corrected(old, replace(old, cause="因学")) == ""


def test_a_correction_keeps_a_minor_by_surname() -> None:
    old = replace(examples.notice(1).rows[0], head_is_minor=True)
    assert old.head_name not in notice.corrected(old, replace(old, size=9))


def test_a_list_of_removals_says_so_in_title_and_words() -> None:
    paper = notice.build(examples.notice(topic="清退"))
    assert paper.blocks[0] == Title("关于华南村2016年度相对贫困户拟清退名单的公示")
    text = paper.text()
    assert "经回头看核查" in text
    assert "不符合相对贫困户条件，拟予清退" in text
    assert "农户申请" not in text
    assert paper.file_stem.startswith("清退公示-")
