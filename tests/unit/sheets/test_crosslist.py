"""Lists of other departments: the person of each row is found whatever the columns are called, and what cannot be compared is said."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from db.errors import Known
from db.sheets.crosslist import ADDRESS, NAME, NUMBER, VILLAGE, CrossFile, ListSheet, plan, read
from db.sheets.places import Places
from db.sheets.workbook import open_workbook
from tests.helpers.workbooks import id_number

TODAY = date(2016, 6, 1)
PLACES = Places.of({"华南村": ("第一组",), "华新村": ("第一组",)})
ONE, TWO = id_number("19700101", 11), id_number("19800202", 12)


def book(folder: Path, *sheets: tuple[str, Sequence[Sequence[Any]]]) -> Path:
    made = openpyxl.Workbook()
    made.remove(made.active)  # type: ignore[arg-type]
    for title, rows in sheets:
        sheet = made.create_sheet(title)
        for row in rows:
            sheet.append(list(row))
    path = folder / "车辆名单.xlsx"
    made.save(path)
    return path


def planned(path: Path) -> tuple[ListSheet, ...]:
    return plan(open_workbook(path), {})


def taken(path: Path) -> CrossFile:
    opened = open_workbook(path)
    return read(opened, plan(opened, {}), PLACES, TODAY)


def test_the_person_is_read_and_the_rest_of_the_row_kept_as_it_reads(tmp_path: Path) -> None:
    path = book(tmp_path, ("车辆", [
        ["五华县机动车登记名单"], ["序号", "机动车所有人", "身份证明号码", "号牌号码", "初次登记日期", "核定载客"],
        [1, "廖某明", ONE, "粤M00001", date(2014, 3, 1), 5], [2, "张某", TWO, "粤M00002", date(2015, 1, 9), 7],
    ]))  # fmt: skip
    found = taken(path)
    assert [(r.name, r.number, r.place) for r in found.rows] == [
        ("廖某明", ONE, "车辆 第3行"),
        ("张某", TWO, "车辆 第4行"),
    ]
    assert found.rows[0].facts == (
        ("序号", "1"), ("号牌号码", "粤M00001"), ("初次登记日期", "2014-03-01"), ("核定载客", "5")
    )  # fmt: skip
    assert found.findings == ()


def test_a_village_is_read_from_its_column_or_from_the_address(tmp_path: Path) -> None:
    path = book(tmp_path, ("低保", [
        ["姓名", "身份证号", "家庭住址", "保障金额"],
        ["廖某明", "", "五华县华阳镇华南村第一组", 300], ["张某", "", "五华县别处", 300], ["温某", "", "华南村与华新村之间", 300],
    ]))  # fmt: skip
    found = taken(path)
    assert [(r.name, r.village) for r in found.rows] == [("廖某明", "华南村")]
    assert [(f.row, f.severity) for f in found.findings] == [(3, "E"), (4, "E")]
    assert "“五华县别处”不是本镇的村" in found.findings[0].text


def test_a_number_that_cannot_be_compared_is_said_at_its_cell_and_never_used(tmp_path: Path) -> None:
    path = book(tmp_path, ("房产", [
        ["行政村", "姓名", "身份证号"], ["华南村", "廖某明", 4.41401197001011e17], ["", "张某", "44140119700101"], ["", "", ""],
    ]))  # fmt: skip
    found = taken(path)
    assert [(r.name, r.number, r.village) for r in found.rows] == [("廖某明", "", "华南村")]
    assert [(f.row, f.letter, f.severity) for f in found.findings] == [(2, "C", "W"), (3, "C", "E")]
    assert "Excel" in found.findings[0].text


def test_old_numbers_and_certificates_become_the_number_they_hold(tmp_path: Path) -> None:
    path = book(tmp_path, ("残联", [["姓名", "残疾人证号"], ["廖某明", f"{ONE}44"]]))
    old = book(tmp_path, ("残联", [["姓名", "身份证号"], ["廖某明", ONE[:6] + ONE[8:17]]]))
    assert taken(old).rows[0].number == ONE
    path = book(tmp_path, ("残联", [["姓名", "残疾人证号"], ["廖某明", f"{ONE}44"]]))
    assert taken(path).rows[0].number == ONE


def test_unknown_captions_are_asked_for_with_a_proposal_and_remembered(tmp_path: Path) -> None:
    path = book(tmp_path, ("名单", [["称呼", "编码", "备注"], ["廖某明", ONE, "在岗"], ["张某", TWO, "退休"]]))
    (asked,) = planned(path)
    assert not asked.known
    assert [(c.letter, c.proposed, c.sure) for c in asked.columns] == [
        ("A", "", False),
        ("B", NUMBER, False),
        ("C", "", False),
    ]
    answered = asked.answered({0: NAME, 1: NUMBER, 2: ""})
    assert answered.usable
    opened = open_workbook(path)
    assert [r.name for r in read(opened, [answered], PLACES, TODAY).rows] == ["廖某明", "张某"]
    (again,) = plan(opened, {asked.fingerprint: {0: NAME, 1: NUMBER}})
    assert (again.known, dict(again.meanings)) == (True, {0: NAME, 1: NUMBER})


def test_two_columns_with_one_meaning_are_asked_about(tmp_path: Path) -> None:
    path = book(tmp_path, ("名单", [["姓名", "身份证号", "身份证号"], ["廖某明", ONE, TWO]]))
    (asked,) = planned(path)
    assert not asked.known


def test_sheets_that_are_no_list_are_left_out_where_another_is_one(tmp_path: Path) -> None:
    path = book(tmp_path, ("说明", [["本表由车管所提供"]]), ("车辆", [["姓名", "身份证号"], ["廖某明", ONE]]))
    assert [one.sheet for one in planned(path)] == ["车辆"]


def test_a_list_that_cannot_tell_a_person_is_refused(tmp_path: Path) -> None:
    path = book(tmp_path, ("名单", [["姓名", "车牌"], ["廖某明", "粤M00001"]]))
    (asked,) = planned(path)
    assert not asked.usable
    with pytest.raises(Known, match="认不出是谁"):
        read(open_workbook(path), [asked], PLACES, TODAY)


def test_an_empty_list_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Known, match="没有可以比对的人"):
        taken(book(tmp_path, ("名单", [["姓名", "身份证号"]])))


def test_a_village_alone_needs_no_address(tmp_path: Path) -> None:
    (one,) = planned(book(tmp_path, ("名单", [["村名", "户主姓名", "联系人"], ["华南村", "廖某明", "张某"]])))
    assert set(one.meanings.values()) == {VILLAGE, NAME}
    assert ADDRESS not in one.meanings.values()
    assert one.known


def test_sums_the_foot_and_a_repeated_header_are_nobody(tmp_path: Path) -> None:
    path = book(tmp_path, ("名单", [
        ["姓名", "身份证号"], ["廖某明", ONE], ["姓名", "身份证号"], ["张某", TWO], ["合计", ""], ["填表人：钟某", ""],
    ]))  # fmt: skip
    found = taken(path)
    assert [r.name for r in found.rows] == ["廖某明", "张某"]
    assert found.findings == ()


def test_what_is_hidden_is_compared_and_said(tmp_path: Path) -> None:
    path = book(tmp_path, ("名单", [["姓名", "身份证号"], ["廖某明", ONE], ["张某", TWO]]))
    made = openpyxl.load_workbook(path)
    made["名单"].row_dimensions[3].hidden = True
    made.save(path)
    found = taken(path)
    assert len(found.rows) == 2
    assert [(f.severity, f.text) for f in found.findings] == [("I", "有 1 行是隐藏或筛选掉的，也一起比对了")]


def test_village_and_address_stay_to_be_read(tmp_path: Path) -> None:
    path = book(tmp_path, ("名单", [["姓名", "身份证号", "住址"], ["廖某明", ONE, "五华县华阳镇华南村"]]))
    assert taken(path).rows[0].facts == (("住址", "五华县华阳镇华南村"),)


def test_a_sum_is_no_person_even_where_the_numbers_stand(tmp_path: Path) -> None:
    rows = [
        ["姓名", "身份证号", "行政村"],
        ["廖某明", ONE, "华南村"],
        ["合计", "1人", ""],
        ["", "", "制表人：某某"],
        ["小计", TWO, ""],
    ]
    found = taken(book(tmp_path, ("名单", rows)))
    assert [row.name for row in found.rows] == ["廖某明", "小计"]
    assert found.findings == ()
