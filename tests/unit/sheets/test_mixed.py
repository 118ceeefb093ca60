"""Households and persons on one sheet: however the rows of a household are held together, each person comes to his own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from db.sheets.drafts import Roster
from db.sheets.roster import read_roster
from tests.helpers.workbooks import FOOT, id_number

VILLAGES = {"太平村": ("第一组", "第二组"), "中坊村": ("第一组",)}
OWN = {
    "村名": "太平村", "组别": "第一组", "家庭人口": 2, "劳动力人数": 2, "贫困户属性": "一般贫困户", "有无劳动能力": "有",
    "致贫原因": "缺技术", "工资性收入": 2000, "生产经营性收入": 500, "财产性收入": 0, "转移性收入": 700, "生产经营性支出": 200,
    "申请日期": "2016-04-01", "联系电话": "13800000001",
}  # fmt: skip
HEADED = {"户主姓名": "", "户主身份证号": "", "户主性别": "男"}
MINE = ("姓名", "性别", "身份证号", "与户主关系", "民族", "文化程度", "在校生状况", "健康状况", "劳动技能")
GIVEN = "安文武平泉福贵连兴"
Rows = list[dict[str, Any]]
Dress = Callable[[Rows], Rows]


def family(number: int, **own: Any) -> Rows:
    """The two rows of a man and his wife, the household's columns on his."""
    man, wife = id_number("19700101", 11 + 2 * number), id_number("19720303", 22 + 2 * number)
    shared = {
        "民族": "汉族",
        "文化程度": "初中",
        "在校生状况": "非在校生",
        "健康状况": "健康",
        "劳动技能": "普通劳动力",
    }
    home = OWN | {"联系电话": f"1380000000{number}"} | own
    return [
        home | {"姓名": f"陈某{GIVEN[number]}", "性别": "男", "身份证号": man, "与户主关系": "户主"} | shared,
        {"姓名": f"李某{GIVEN[number]}", "性别": "女", "身份证号": wife, "与户主关系": "配偶"} | shared,
    ]


def named(rows: Rows) -> Rows:
    """With the head's columns on his row."""
    return [
        row | {"户主姓名": row["姓名"], "户主身份证号": row["身份证号"], "户主性别": "男"} if "村名" in row else row
        for row in rows
    ]


def everywhere(rows: Rows) -> Rows:
    """The household's columns on every row of it."""
    made: Rows = []
    for row in rows:
        made.append(row if "村名" in row else {**{k: v for k, v in made[-1].items() if k not in MINE}, **row})
    return made


def apart(rows: Rows) -> Rows:
    """A blank line above every household but the first."""
    made: Rows = []
    for row in rows:
        made += [{}, row] if made and "村名" in row else [row]
    return made


def write(path: Path, rows: Rows, after: Callable[[Worksheet], None] = lambda _: None, **captions: str) -> Path:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    columns = [key for key in (*OWN, *HEADED, *MINE) if any(key in row for row in rows)]
    sheet.append(["申报表"])
    sheet.append([captions.get(key, key) for key in columns])
    for row in rows:
        sheet.append([row.get(key) for key in columns] if row else [None])
    sheet.append([FOOT])
    after(sheet)
    book.save(path)
    return path


def read(tmp_path: Path, rows: Rows, **options: Any) -> Roster:
    return read_roster(write(tmp_path / "名册.xlsx", rows, **options), villages=VILLAGES)


def members(roster: Roster) -> list[tuple[int, tuple[int, ...]]]:
    return [(row.row, row.member_rows) for row in roster.rows]


def grave(roster: Roster) -> list[tuple[int, str, str]]:
    return [(f.row, f.column, f.rule) for f in roster.findings if f.severity == "E"]


THREE = [*family(1), *family(2), *family(3)]
DRESSES: Mapping[str, Sequence[Dress]] = {
    "head's row": (), "named on head's row": (named,), "every row": (everywhere,), "named on every row": (named, everywhere),
    "blank lines": (apart,), "named, blank lines": (named, apart), "every row, blank lines": (everywhere, apart),
}  # fmt: skip


@pytest.mark.parametrize("dress", DRESSES)
def test_persons_come_to_their_household(tmp_path: Path, dress: str) -> None:
    rows = THREE
    for put in DRESSES[dress]:
        rows = put(rows)
    roster = read(tmp_path, rows)
    step = 3 if "blank" in dress else 2
    if dress == "every row, blank lines":
        step = 2  # every row of it says the village: no line was put in
    assert [f.text for f in roster.findings if f.severity != "I"] == []
    assert [[m.name for m in row.household.members] for row in roster.rows] == [
        [f"陈某{GIVEN[n]}", f"李某{GIVEN[n]}"] for n in (1, 2, 3)
    ]
    assert roster.rows[1].household.head_name == "陈某武"
    if dress != "every row, blank lines":
        assert members(roster) == [(3 + step * n, (3 + step * n, 4 + step * n)) for n in range(3)]


@pytest.mark.parametrize("heads", [False, True])
def test_cells_merged_over_the_rows_hold_them_together(tmp_path: Path, heads: bool) -> None:
    rows = named(THREE) if heads else THREE
    columns = len(OWN) + (3 if heads else 0)

    def merge(sheet: Worksheet) -> None:
        for top in (3, 5, 7):
            for column in range(3, columns + 1):
                sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)
        for column in (1, 2):
            sheet.merge_cells(start_row=3, end_row=8, start_column=column, end_column=column)

    roster = read(tmp_path, rows, after=merge)
    assert roster.findings == ()
    assert members(roster) == [(3, (3, 4)), (5, (5, 6)), (7, (7, 8))]


@pytest.mark.parametrize("word", ["本人", "户 主"])
def test_the_head_may_be_called_himself(tmp_path: Path, word: str) -> None:
    rows = [row | ({"与户主关系": word} if "村名" in row else {}) for row in THREE]
    assert read(tmp_path, rows).findings == ()


def test_the_head_need_not_come_first_where_cells_are_merged(tmp_path: Path) -> None:
    rows = [*family(1), *family(2)]
    own = {key: rows[2].pop(key) for key in OWN}
    rows[2], rows[3] = {**own, **rows[3]}, rows[2]

    def merge(sheet: Worksheet) -> None:
        for top in (3, 5):
            for column in range(1, len(OWN) + 1):
                sheet.merge_cells(start_row=top, end_row=top + 1, start_column=column, end_column=column)

    roster = read(tmp_path, rows, after=merge)
    assert roster.findings == ()
    assert (roster.rows[1].household.head_name, roster.rows[1].member_rows) == ("陈某武", (6, 5))


def test_a_second_head_is_said_at_his_row(tmp_path: Path) -> None:
    rows = [*family(1), *family(2)]
    rows[3] |= {"与户主关系": "户主"}
    roster = read(tmp_path, rows)
    assert members(roster) == [(3, (3, 4)), (5, (5, 6))]
    assert {rule for _, _, rule in grave(roster)} == {"R07"}
    assert [row.faulty for row in roster.rows] == [False, True]


@pytest.mark.parametrize("dress", ["head's row", "named on every row"])
def test_a_head_whose_relation_is_spoilt_still_begins_his_household(tmp_path: Path, dress: str) -> None:
    rows = [*family(1), *family(2)]
    for put in DRESSES[dress]:
        rows = put(rows)
    rows[2] |= {"与户主关系": "户住"}
    roster = read(tmp_path, rows)
    assert members(roster) == [(3, (3, 4)), (5, (5, 6))]
    assert grave(roster) == [(5, "与户主关系", "R21")]


@pytest.mark.parametrize(
    ("key", "value", "severity"), [("家庭人口", 3, "E"), ("联系电话", "13911112222", ""), ("贫困户属性", "低保户", "E")]
)
def test_what_other_rows_say_otherwise_of_the_household_is_said_at_their_cell(
    tmp_path: Path, key: str, value: Any, severity: str
) -> None:
    rows = everywhere(named([*family(1), *family(2)]))
    rows[3] |= {key: value}
    roster = read(tmp_path, rows)
    assert [(f.severity, f.row, f.column) for f in roster.findings] == ([(severity, 6, key)] if severity else [])


def test_a_member_who_names_another_head_is_said_there(tmp_path: Path) -> None:
    rows = everywhere(named([*family(1), *family(2)]))
    rows[3] |= {"户主身份证号": id_number("19501111", 55)}
    roster = read(tmp_path, rows)
    assert members(roster) == [(3, (3, 4)), (5, (5, 6))]
    assert grave(roster) == [(6, "户主身份证号", "R10")]


def test_persons_between_blank_lines_without_a_head_are_not_given_to_anybody(tmp_path: Path) -> None:
    strays = [family(7)[1], family(8)[1]]
    roster = read(tmp_path, [*apart([*family(1), *family(2)]), {}, *strays, {}, *apart([*family(3), *family(4)])])
    assert [len(row.household.members) for row in roster.rows] == [2, 2, 2, 2]
    assert grave(roster) == [(9, "与户主关系", "R10"), (10, "与户主关系", "R10")]


def test_telephones_of_members_are_left_and_told(tmp_path: Path) -> None:
    rows = [*family(1), *family(2)]
    rows[1] |= {"联系电话": "13911112222"}
    roster = read(tmp_path, rows)
    (told,) = roster.findings
    assert (told.severity, told.column) == ("I", "联系电话")
    assert "在成员的行上另有 1 处" in told.text
    assert roster.rows[0].household.phone == "13800000001"


def test_what_is_wrong_with_the_heads_own_cell_is_said_once(tmp_path: Path) -> None:
    rows = family(1)
    rows[0] |= {"身份证号": "4.41401E+17"}
    assert grave(read(tmp_path, rows)) == [(3, "身份证号", "R01")]
    rows = family(1)
    rows[0] |= {"性别": "女"}
    assert (3, "性别", "R05") in grave(read(tmp_path, rows))
    assert len([one for one in grave(read(tmp_path, rows)) if one[1] == "性别"]) == 1


def test_a_household_copied_twice_counts_once(tmp_path: Path) -> None:
    roster = read(tmp_path, [*family(1), *family(2), *family(1)])
    assert [(f.severity, f.row) for f in roster.findings] == [("I", 7), ("I", 8)]
    assert len(roster.rows) == 2


def test_lines_between_the_rows_name_village_and_group(tmp_path: Path) -> None:
    rows = [{k: v for k, v in row.items() if k not in ("村名", "组别")} for row in [*family(1), *family(2), *family(3)]]

    def head(sheet: Worksheet) -> None:
        for at, text in ((7, "中坊村第一组"), (5, "第二组"), (3, "一、太平村 第一组")):
            sheet.insert_rows(at)
            sheet.cell(at, 1, text)

    roster = read(tmp_path, rows, after=head)
    assert roster.findings == ()
    assert [(row.household.village, row.household.group, row.row) for row in roster.rows] == [
        ("太平村", "第一组", 4), ("太平村", "第二组", 7), ("中坊村", "第一组", 10),
    ]  # fmt: skip
