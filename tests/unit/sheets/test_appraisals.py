"""The assemblies of a town: the meeting from its two top lines, the votes of each household, and where they do not add up."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Known
from db.rules.codes import AppraisalKind
from db.sheets.appraisals import AppraisalSheet, read_appraisals
from db.sheets.matching import RowKey
from tests.unit.sheets.samples import APPRAISALS, ROSTER, answers, villages

TITLE = "太平村村民代表大会民主评议结果"
INFO = "时间：2016年6月10日　地点：太平村村委会　主持人：叶某添　记录人：谢某兰　应到 30 人　实到 20 人"


def read(
    tmp_path: Path, *rows: list[Any], title: str = TITLE, info: str = INFO, name: str = "太平村"
) -> AppraisalSheet:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    for line in ([title], [info], ["序号", "户主姓名", "组别", "人口", "同意", "不同意", "弃权", "结果"], *rows):
        sheet.append(line)
    sheet.merge_cells("A1:H1")
    book.save(tmp_path / "评议.xlsx")
    (made,) = read_appraisals(tmp_path / "评议.xlsx", ["太平村"])
    return made


@cache
def sample() -> tuple[AppraisalSheet, ...]:
    return read_appraisals(APPRAISALS, villages())


@pytest.mark.parametrize("village", answers()["appraisal"])
def test_the_samples_meetings_are_read(village: str) -> None:
    expected = answers()["appraisal"][village]
    sheet = next(sheet for sheet in sample() if sheet.village == village)
    assert sheet.kind is AppraisalKind.REPRESENTATIVES
    assert (sheet.held_on, sheet.due, sheet.present) == (
        date.fromisoformat(expected["date"]),
        expected["members"],
        expected["present"],
    )
    assert sheet.place == f"{village}村委会"
    assert len(sheet.chair) == len(sheet.recorder) == 3
    assert sum(bool(row.stated) for row in sheet.rows) == expected["passed"]
    assert len(sheet.rows) == answers()["by_village"][village][0]


def test_the_samples_wrong_votes_are_found_and_nothing_else() -> None:
    faulty = [(sheet.village, row.head_name) for sheet in sample() for row in sheet.rows if row.faulty]
    assert faulty == [(case["village"], case["head"]) for case in answers()["votes"]]
    (finding,) = [finding for sheet in sample() for finding in sheet.findings]
    assert (finding.severity, finding.column, finding.row) == ("E", "同意", 48)
    assert "共 42 票，与实到 40 人不符" in finding.text


def test_a_row_and_its_meeting(tmp_path: Path) -> None:
    sheet = read(tmp_path, [1, "陈 某文", "第一组", 2, 11, 8, 1, "通过"])
    (row,) = sheet.rows
    assert (sheet.place, sheet.chair, sheet.recorder, sheet.due, sheet.present) == (
        "太平村村委会",
        "叶某添",
        "谢某兰",
        30,
        20,
    )
    assert (row.row, row.yes, row.no, row.abstained, row.stated, row.faulty) == (4, 11, 8, 1, True, False)
    assert row.key == RowKey("太平村", "第一组", "陈某文", 2)
    assert sheet.findings == ()


@pytest.mark.parametrize(
    "info",
    [
        "时间:2016.6.10 地点:太平村村委会 主持:叶某添 记录:谢某兰 应到人数：30 实到人数：20",
        "应到30人，实到20人；主持人：叶某添；记录人：谢某兰；地点：太平村村委会；日期：2016-06-10",
    ],
)
def test_the_line_of_the_meeting_may_be_written_otherwise(tmp_path: Path, info: str) -> None:
    sheet = read(tmp_path, [1, "陈某文", "第一组", 2, 20, 0, 0, "通过"], info=info)
    assert (sheet.held_on, sheet.due, sheet.present) == (date(2016, 6, 10), 30, 20)
    assert (sheet.place, sheet.chair, sheet.recorder) == ("太平村村委会", "叶某添", "谢某兰")


@pytest.mark.parametrize(
    ("title", "kind"),
    [
        (TITLE, AppraisalKind.REPRESENTATIVES),
        ("太平村村民大会评议结果", AppraisalKind.VILLAGERS),
        ("太平村村民会议", AppraisalKind.VILLAGERS),
    ],
)
def test_the_kind_stands_in_the_title(tmp_path: Path, title: str, kind: AppraisalKind) -> None:
    assert read(tmp_path, [1, "陈某文", "第一组", 2, 20, 0, 0, "通过"], title=title).kind is kind


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"title": "太平村民主评议结果"}, "没有写明是村民大会还是村民代表大会"),
        ({"info": "应到30人 实到20人"}, "没有写明评议时间"),
        ({"info": "时间：2016年13月10日 应到30人 实到20人"}, "没有写明评议时间"),
        ({"info": "时间：2016年6月10日"}, "没有写明应到、实到"),
        ({"info": "时间：2016年6月10日 应到31人 实到20人"}, "评议无效"),
        ({"info": "时间：2016年6月10日 应到19人 实到20人"}, "不符"),
        ({"name": "新塘围村", "title": "村民代表大会"}, "看不出"),
    ],
)
def test_what_the_meeting_lacks_is_said(tmp_path: Path, change: dict[str, str], says: str) -> None:
    sheet = read(tmp_path, [1, "陈某文", "第一组", 2, 20, 0, 0, "通过"], **change)
    (finding,) = sheet.findings
    assert (finding.severity, finding.row) == ("E", 0)
    assert says in finding.text


@pytest.mark.parametrize(
    ("votes", "severity", "says"),
    [
        ([12, 8, 1, "通过"], "E", "共 21 票，与实到 20 人不符"),
        ([12, 7, 0, "通过"], "E", "共 19 票"),
        (["", 8, 1, "通过"], "E", "没有填同意"),
        (["多数", 8, 1, "通过"], "E", "不是整数"),
        ([10, 10, 0, "通过"], "W", "应为未通过"),
        ([11, 9, 0, "未通过"], "W", "应为通过"),
    ],
)
def test_votes_that_do_not_add_up(tmp_path: Path, votes: list[Any], severity: str, says: str) -> None:
    (row,) = read(tmp_path, [1, "陈某文", "第一组", 2, *votes]).rows
    (finding,) = row.findings
    assert (finding.severity, row.faulty) == (severity, severity == "E")
    assert says in finding.text


def test_more_than_half_of_those_present_passes(tmp_path: Path) -> None:
    sheet = read(tmp_path, [1, "陈某文", "第一组", 2, 11, 9, 0, "通过"], [2, "林某", "第一组", 1, 10, 9, 1, "未通过"])
    assert sheet.findings == ()


def test_a_workbook_without_votes_is_refused() -> None:
    with pytest.raises(Known, match="不是民主评议结果表"):
        read_appraisals(ROSTER, villages())


def test_the_day_the_sheet_was_filled_in_is_not_the_meetings(tmp_path: Path) -> None:
    info = "填报日期：2016年6月15日　会议时间：2016年6月10日　应到 30 人　实到 20 人"
    assert read(tmp_path, info=info).held_on == date(2016, 6, 10)
    assert read(tmp_path, info="填报日期：2016年6月15日　应到 30 人　实到 20 人").held_on is None


@pytest.mark.parametrize(
    "info", ["时间：2016年6月10日 应到村民代表30人，实到代表20人", "时间：二〇一六年六月十日 应参加人数30 实际参加20人"]
)
def test_attendance_and_day_in_other_words(tmp_path: Path, info: str) -> None:
    sheet = read(tmp_path, info=info)
    assert (sheet.held_on, sheet.due, sheet.present) == (date(2016, 6, 10), 30, 20)


def test_the_meeting_may_stand_in_cells_of_its_own(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "太平村"
    sheet.append([TITLE])
    sheet.append(["时间：", date(2016, 6, 10), "地点：", "太平村祠堂", "应到", 30, "实到", 20])
    sheet.append(["序号", "户主姓名", "组别", "人口", "同意", "不同意", "弃权", "结果"])
    sheet.append([1, "陈某文", "第一组", 2, "15票", 3, 2, "通过"])
    book.save(tmp_path / "评议.xlsx")
    (made,) = read_appraisals(tmp_path / "评议.xlsx", ["太平村"])
    assert (made.held_on, made.place, made.due, made.present) == (date(2016, 6, 10), "太平村祠堂", 30, 20)
    assert made.rows[0].yes == 15
    assert made.findings == ()
