"""数据体检清单: parted by what was found, a village a page, and no whole number of anybody in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest

from db.papers.checkup import CheckupFacts, CheckupRow, build
from db.papers.model import PageBreak, RowKind, Table
from db.papers.wording import masked

ROWS = (
    CheckupRow("证件号码不对", "第三组", "魏某华", "叶某贵", "身份证号 441401197203012221 的校验位不对，请核对"),
    CheckupRow("证件号码不对", "第三组", "罗某军", "", "身份证号 440 应为 18 位"),
    CheckupRow("联系电话不对", "第一组", "陈某新", "", "手机号 1375706527 是 10 位", "本人没有电话"),
)
FACTS = CheckupFacts("华南村", datetime(2016, 5, 26, 9), ROWS, 3)


def test_rows_stand_under_what_was_found() -> None:
    paper = build([FACTS])
    (table,) = [block for block in paper.blocks if isinstance(block, Table)]
    assert [row.cells[0] for row in table.rows if row.kind is RowKind.GROUP] == [
        "证件号码不对（2 处）", "联系电话不对（1 处）",
    ]  # fmt: skip
    assert [row.cells[0] for row in table.rows if row.kind is RowKind.DATA] == ["1", "2", "3"]
    assert "已说明：本人没有电话" in paper.text()
    assert "2016年5月26日体检，3 户 3 处" in paper.text()


def test_each_village_begins_a_page() -> None:
    paper = build([FACTS, FACTS])
    assert sum(isinstance(block, PageBreak) for block in paper.blocks) == 1
    assert paper.file_stem == "数据体检清单-各村"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("身份证号 44140119720301222X 不对", "身份证号 ***222X 不对"),
        ("残疾证号 44140119720301222144 不对", "残疾证号 ***2144 不对"),
        ("残疾证号 44140119720301222X44 不对", "残疾证号 ***2X44 不对"),
        ("残疾证号 4414011972030122214401 不对", "残疾证号 ***4401 不对"),
        ("号码“4414 0119 7203 0122 21”里有空格", "号码“***2221”里有空格"),
        ("证件号码 H1234567801 不对", "证件号码 ***7801 不对"),
        ("一卡通账号 6212632455325283478 有 2 户共用", "一卡通账号 ***3478 有 2 户共用"),
        ("手机号 13757065278 有 6 户共用", "手机号 ***5278 有 6 户共用"),
        ("人均可支配收入填 2820.00 元，2016-05-26 体检", "人均可支配收入填 2820.00 元，2016-05-26 体检"),
        ("2016-05-24 至 2016-05-30，华扶办〔2016〕12号", "2016-05-24 至 2016-05-30，华扶办〔2016〕12号"),
    ],
)
def test_numbers_are_cut_to_their_last_four(text: str, said: str) -> None:
    assert masked(text) == said


def test_the_paper_tells_no_whole_number() -> None:
    assert "441401197203012221" not in build([FACTS]).text()
    told = replace(FACTS, rows=(replace(FACTS.rows[0], reason="已问 1375706 5278"),))
    assert "已问 ***5278" in build([told]).text()
