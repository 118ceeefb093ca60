"""The visits of a town: each row with its own date, signatures and items; what is unreadable is said at its cell."""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Known
from db.rules.codes import Bar, Entry, Finding, Look, LookItem, Priority, Verdict
from db.sheets.matching import Matched, RowKey, match_rows
from db.sheets.visits import VisitRow, VisitSheet, read_visits
from tests.unit.sheets.samples import VISITS, answers, roster, villages

COLUMNS = (
    "序号", "户主姓名", "组别", "人口", "核实日期", "调查人一", "调查人二", "陪同村干部", "农户签名", "村干部签名", "调查人签名", "看房", "看粮",
    "看劳力", "看读书郎", *(f"六进{n}" for n in range(1, 7)), *(f"七不进{n}" for n in range(1, 8)), "说明", "核实结论",
)  # fmt: skip


def row(**changes: Any) -> dict[str, Any]:
    return (
        dict(
            zip(
                COLUMNS[:15],
                (
                    1,
                    "陈某文",
                    "第一组",
                    2,
                    date(2016, 6, 2),
                    "叶某",
                    "魏某",
                    "周某",
                    "是",
                    "是",
                    "是",
                    "好",
                    "足",
                    "弱",
                    "无",
                ),
                strict=True,
            )
        )
        | dict.fromkeys(COLUMNS[15:28], "否")
        | {"说明": "", "核实结论": "符合"}
        | changes
    )


def read(tmp_path: Path, *rows: dict[str, Any], name: str = "太平村", columns: tuple[str, ...] = COLUMNS) -> VisitSheet:
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = name
    sheet.append([f"{name}入户核实结果汇总"])
    sheet.append(list(columns))
    for one in rows:
        sheet.append([one.get(column, "") for column in columns])
    book.save(tmp_path / "核实.xlsx")
    (made,) = read_visits(tmp_path / "核实.xlsx", ["太平村", "中坊村"])
    return made


@cache
def sample() -> tuple[VisitSheet, ...]:
    return read_visits(VISITS, villages())


def by_head(village: str, name: str) -> VisitRow:
    return next(one for sheet in sample() if sheet.village == village for one in sheet.rows if one.head_name == name)


def test_the_sample_is_read_whole_and_without_fault() -> None:
    assert {sheet.village: len(sheet.rows) for sheet in sample()} == {
        village: households for village, (households, _) in answers()["by_village"].items()
    }
    assert all(sheet.findings == () for sheet in sample())
    assert all(one.verification and len(one.verification.surveyors) == 2 for sheet in sample() for one in sheet.rows)


def test_the_planted_cases_are_seen() -> None:
    barred = {
        (sheet.village, one.head_name)
        for sheet in sample()
        for one in sheet.rows
        if one.verification and any(found is Finding.YES for found, _ in one.verification.bars.values())
    }
    assert barred == {
        (case["village"], case["head"]) for case in answers()["visits"] if case["kind"].startswith("七不进")
    }
    unsigned = by_head("华西村", "叶某庆").verification
    assert unsigned is not None
    assert (unsigned.signed_surveyors, unsigned.stated) == (1, Verdict.INCOMPLETE)
    car = by_head("大拔村", "邓某英").verification
    assert car is not None
    assert car.bars[Bar.CAR] == (Finding.YES, "三轮摩托一辆，用于接送病人，非小汽车")
    assert car.entries[Entry.UNSAFE_HOME] == (Finding.YES, "")


def test_rows_meet_their_households_and_the_ambiguous_pair_is_asked() -> None:
    households = {
        index: RowKey(row.household.village, row.household.group, row.household.head_name, row.household.size)
        for index, row in enumerate(roster().rows)
        if not row.faulty
    }
    rows = [one for sheet in sample() for one in sheet.rows]
    answered = match_rows([one.key for one in rows], households)
    asked = [one.head_name for one, match in zip(rows, answered, strict=True) if match.state is Matched.AMBIGUOUS]
    assert asked == [pair["head"] for pair in answers()["ambiguous"]]
    assert sum(match.state is Matched.UNKNOWN for match in answered) == sum(row.faulty for row in roster().rows)


def test_a_row_as_the_visitors_wrote_it(tmp_path: Path) -> None:
    sheet = read(tmp_path, row(六进3="是", 七不进3="待核", 说明="车已卖"))
    (one,) = sheet.rows
    visit = one.verification
    assert visit is not None
    assert (one.row, one.key, one.faulty) == (3, RowKey("太平村", "第一组", "陈某文", 2), False)
    assert (visit.visited_on, visit.surveyors, visit.officer) == (date(2016, 6, 2), ("叶某", "魏某"), "周某")
    assert (visit.signed_household, visit.signed_officer, visit.signed_surveyors) == (True, True, 2)
    assert {item: look for item, (look, _) in visit.looks.items()} == {
        LookItem.HOUSE: Look.GOOD, LookItem.GRAIN: Look.GOOD, LookItem.LABOUR: Look.POOR, LookItem.PUPILS: Look.ABSENT,
    }  # fmt: skip
    assert visit.entries[Entry.BREADWINNER_ILL][0] is Finding.YES
    assert visit.bars[Bar.CAR] == (Finding.OPEN, "车已卖")
    assert (len(visit.entries), len(visit.bars)) == (6, 7)


def test_blank_items_stay_open_and_are_no_no(tmp_path: Path) -> None:
    visit = read(tmp_path, row(六进1="", 七不进2="", 看房="", 农户签名="", 调查人签名="")).rows[0].verification
    assert visit is not None
    assert Entry.BREADWINNER_DEAD not in visit.entries
    assert Bar.UNFILIAL not in visit.bars
    assert LookItem.HOUSE not in visit.looks
    assert (visit.signed_household, visit.signed_surveyors) == (False, 0)


@pytest.mark.parametrize(
    ("written", "signed"),
    [("是", 2), ("√", 2), ("否", 0), ("缺一人", 1), ("缺1名", 1), ("缺二人", 0), ("缺三人", 0), ("缺", 1)],
)
def test_surveyors_signatures_are_counted(tmp_path: Path, written: str, signed: int) -> None:
    visit = read(tmp_path, row(调查人签名=written)).rows[0].verification
    assert visit is not None
    assert visit.signed_surveyors == signed


def test_surveyors_may_share_a_cell(tmp_path: Path) -> None:
    columns = tuple("调查人" if column == "调查人一" else column for column in COLUMNS if column != "调查人二")
    visit = read(tmp_path, row(调查人="叶某、魏某，江某"), columns=columns).rows[0].verification
    assert visit is not None
    assert visit.surveyors == ("叶某", "魏某", "江某")


@pytest.mark.parametrize(
    ("column", "written", "says"),
    [
        ("核实日期", "", "没有填核实日期"),
        ("核实日期", "六月初", "不是日期"),
        ("户主姓名", "", "没有填户主姓名"),
        ("人口", "两", "不是整数"),
        ("看房", "强", "应为：好、一般、差"),
        ("看读书郎", "好", "应为：有、无"),
        ("七不进3", "可能", "应为：是、有、√、否"),
        ("农户签名", "代签", "应为：是、有"),
        ("核实结论", "还行", "应为：符合、不符合、待补充"),
    ],
)
def test_an_unreadable_cell_keeps_the_row_out(tmp_path: Path, column: str, written: str, says: str) -> None:
    (one,) = read(tmp_path, row(**{column: written})).rows
    (finding,) = one.findings
    assert (finding.row, finding.column, finding.severity, one.faulty) == (3, column, "E", True)
    assert says in finding.text


def test_priorities_are_read_where_the_sheet_has_them(tmp_path: Path) -> None:
    visit = (
        read(tmp_path, row(五优先2="是", 五优先1="否"), columns=(*COLUMNS, "五优先1", "五优先2")).rows[0].verification
    )
    assert visit is not None
    assert visit.priorities == {Priority.HOMELESS}


def test_the_village_comes_from_the_name_or_the_title(tmp_path: Path) -> None:
    assert read(tmp_path, row(), name="太平村委会").village == "太平村"
    stranger = read(tmp_path, row(), name="新塘围村")
    assert (stranger.village, stranger.findings[0].severity) == ("", "E")


def test_a_workbook_without_visits_is_refused() -> None:
    with pytest.raises(Known, match="不是入户核实结果表：找不到“核实日期”“农户签名”"):
        read_visits(VISITS.parent / "华阳镇民主评议结果.xlsx", villages())


def test_a_sheet_that_is_none_is_said(tmp_path: Path) -> None:
    read(tmp_path, row())
    book = openpyxl.load_workbook(tmp_path / "核实.xlsx")
    book.create_sheet("说明")["A1"] = "填表说明"
    book.save(tmp_path / "核实.xlsx")
    first, second = read_visits(tmp_path / "核实.xlsx", ["太平村"])
    assert (len(first.rows), second.rows) == (1, ())
    assert (second.findings[0].severity, second.findings[0].sheet) == ("W", "说明")


def test_rows_may_name_their_village_themselves(tmp_path: Path) -> None:
    columns = ("村", *COLUMNS)
    rows = [row(村="太平村"), row(村="中坊村委会", 户主姓名="林某武"), row(村="安流村", 户主姓名="何某")]
    sheet = read(tmp_path, *rows, name="汇总", columns=columns)
    assert [r.village for r in sheet.rows] == ["太平村", "中坊村", ""]
    assert [(f.row, f.severity, f.column) for f in sheet.findings] == [(5, "E", "村")]
    assert [r.faulty for r in sheet.rows] == [False, False, True]


def test_a_row_of_another_village_than_its_sheets_is_kept_out(tmp_path: Path) -> None:
    (made,) = read(tmp_path, row(村="中坊村"), columns=("村", *COLUMNS)).rows
    assert made.faulty
    assert "这张表是太平村的" in made.findings[0].text


@pytest.mark.parametrize("form", ["{}", "{}、情形{}", "({})情形{}", "①②③④⑤⑥⑦"])
def test_items_may_stand_numbered_under_their_group(tmp_path: Path, form: str) -> None:
    captions = [(form[n - 1] + f"情形{n}" if form.startswith("①") else form.format(n, n)) for n in range(1, 8)]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "太平村"
    first = COLUMNS.index("六进1") + 1
    groups = {first: "六进", first + 6: "七不进"}
    sheet.append(["太平村入户核实结果汇总"])
    sheet.append([groups.get(n, "") if first <= n < first + 13 else c for n, c in enumerate(COLUMNS, 1)])
    plain = [int(c) if c.isdigit() else c for c in captions]
    sheet.append([""] * (first - 1) + plain[:6] + plain)
    sheet.append([row(七不进3="是", 六进2="是")[c] for c in COLUMNS])
    for start, end in ((first, first + 5), (first + 6, first + 12)):
        sheet.merge_cells(start_row=2, end_row=2, start_column=start, end_column=end)
    book.save(tmp_path / "核实.xlsx")
    (made,) = read_visits(tmp_path / "核实.xlsx", ["太平村"])[0].rows
    assert made.verification is not None
    assert [bar for bar, (found, _) in made.verification.bars.items() if found is Finding.YES] == [list(Bar)[2]]
    assert [entry for entry, (found, _) in made.verification.entries.items() if found is Finding.YES] == [
        list(Entry)[1]
    ]


def test_a_line_to_sign_is_no_household(tmp_path: Path) -> None:
    sheet = read(tmp_path, row(), dict.fromkeys(COLUMNS, "") | {"户主姓名": "核实组长："})
    assert len(sheet.rows) == 1
    assert [(f.row, f.severity) for f in sheet.findings] == [(4, "I")]
