"""Reading a cell quickly gives what the field's kind gives, and a fault is remembered as little as a value is confused."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.fields.base import Field
from db.fields.kinds import (
    Area,
    Card,
    Choice,
    Count,
    Date,
    Digits,
    IdNumber,
    Kind,
    Money,
    Name,
    Phone,
    Text,
    Unreadable,
)
from db.rules.codes import PovertyCause
from db.sheets.cells import LineReader, reader
from db.sheets.header import Column
from db.sheets.prescan import Lost
from db.sheets.workbook import Cell

CELLS = st.one_of(
    st.floats(allow_nan=False, allow_infinity=False),
    st.integers(0, 10**19).map(float),
    st.floats(0, 100_000).map(lambda number: round(number, 2)),
    st.text("0123456789Xx １２。，, 元陈某文·•-/年月日", max_size=20),
    st.text(max_size=20),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.timedeltas(),
)


def result(read: object, cell: Cell) -> object:
    assert callable(read)
    try:
        return read(cell)
    except Unreadable as problem:
        return str(problem)


@pytest.mark.parametrize("kind", [Money(), Money(least=None), Area(), Count(), Date(), Text()], ids=repr)
@given(cell=CELLS)
def test_values_are_the_kinds_own(kind: Kind, cell: Cell) -> None:
    assert result(reader(kind), cell) == result(kind.read, cell)


@pytest.mark.parametrize("kind", [IdNumber(), Name(), Phone(), Card(), Digits()], ids=repr)
@given(cell=CELLS)
def test_short_cuts_only_save_time(kind: Kind, cell: Cell) -> None:
    """What is read once more gives itself, so the short way and the long way meet."""
    value = result(reader(kind), cell)
    if isinstance(value, str) and value and "，" not in value:
        assert result(reader(kind), value) == value


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        (" 陈 某•文 ", "陈某·文"),
        ("陈某文", "陈某文"),
        ("\ufa0c某", "\ufa0c某"),
        ("𠮷某", "𠮷某"),
        ("㛃某", "㛃某"),
        ("  ", None),
    ],
)
def test_names_are_tidied_and_never_normalised(cell: str, value: str | None) -> None:
    assert reader(Name())(cell) == value


@pytest.mark.parametrize("cell", [441401197001010110.0, 6.21e18, 1e15])
@pytest.mark.parametrize("kind", [IdNumber(), Card(), Phone(), Digits()], ids=repr)
def test_long_numbers_stored_as_numbers_are_refused(kind: Kind, cell: float) -> None:
    with pytest.raises(Unreadable, match="存成了数字"):
        reader(kind)(cell)


@pytest.mark.parametrize(
    ("written", "proposal"),
    [("生病", "因病"), ("残疾", "因残"), ("缺技能", "缺技术"), ("没钱花", ""), ("自身动力不足", "自身发展动力不足")],
)
def test_a_word_outside_its_table_gets_a_proposal(written: str, proposal: str) -> None:
    with pytest.raises(Unreadable) as caught:
        reader(Choice(table=PovertyCause))(written)
    assert ("是不是" in str(caught.value)) is bool(proposal)
    assert f"是不是“{proposal}”" in str(caught.value) or not proposal


@pytest.mark.parametrize(("number", "truth"), [(1.0, True), (0.0, False)])
def test_a_truth_value_is_no_number_seen_before(number: float, truth: bool) -> None:
    fields = {"size": Field("size", "人口", Count())}
    read = LineReader({"size": Column("size", 0, "人口")}, fields).read
    assert read(1, [number]).values == {"size": int(number)}
    line = read(2, [truth])
    assert line.values == {}
    assert line.faults[0].text.startswith(f"人口：“{truth}”不是整数")


def test_a_lost_cell_is_not_the_text_of_the_same_look() -> None:
    fields = {"remark": Field("remark", "备注", Text())}
    read = LineReader({"remark": Column("remark", 0, "备注")}, fields).read
    assert read(1, ["#N/A"]).values == {"remark": "#N/A"}
    assert "公式出错（#N/A）" in read(2, [Lost("#N/A")]).faults[0].text


def test_a_sentence_about_an_endless_cell_is_cut() -> None:
    read = LineReader({"pay": Column("pay", 0, "收入")}, {"pay": Field("pay", "收入", Money())}).read
    (fault,) = read(1, ["约" * 30_000]).faults
    assert fault.text.startswith("收入：“约约")
    assert len(fault.text) < 300


def test_a_line_keeps_what_stood_there() -> None:
    fields = {"name": Field("name", "姓名", Name()), "day": Field("day", "日期", Date())}
    columns = {"day": Column("day", 2, "日期"), "name": Column("name", 0, "姓名")}
    line = LineReader(columns, fields).read(7, [" 陈某 ", "别的", datetime(2016, 5, 3)])
    assert (line.row, line.values, line.raw) == (
        7,
        {"day": date(2016, 5, 3), "name": "陈某"},
        (datetime(2016, 5, 3), " 陈某 "),
    )
    assert line.text("name") == "陈某"
    assert line.text("none") == ""


def test_a_span_of_time_is_no_date() -> None:
    with pytest.raises(Unreadable):
        reader(Date())(timedelta(hours=3))


@pytest.mark.parametrize(
    "cell",
    ["2016-12", "2016.12", 2016.12, "2016年12月", "2016-111", "201641", "16/5/3", "5/3/2016", "五月", "1816-04-01"],
)
def test_what_is_no_day_is_never_made_one(cell: Cell) -> None:
    with pytest.raises(Unreadable):
        reader(Date())(cell)


@pytest.mark.parametrize(
    "cell",
    [
        "2016-5-3 00:00:00",
        "2016-05-03T08:30",
        "2016年5月3号",
        "2016、5、3",
        "2016—5—3",
        "'2016-05-03",
        "2016 05 03",
        42493.0,
    ],
)
def test_the_ways_to_write_a_day(cell: Cell) -> None:
    assert reader(Date())(cell) == date(2016, 5, 3)


@pytest.mark.parametrize("cell", ["12,00", "1,2,0,0", "1,20", "nan", "inf", "0.2万", "1.2.3"])
def test_a_comma_that_parts_no_thousands_is_asked(cell: str) -> None:
    with pytest.raises(Unreadable, match="不是金额"):
        reader(Money())(cell)


@pytest.mark.parametrize("cell", ["1,200", "￥1200", "¥1,200元", "１，２００．００", "1200.0"])
def test_harmless_ways_to_write_an_amount(cell: str) -> None:
    assert reader(Money())(cell) == Decimal("1200.00")


@pytest.mark.parametrize("cell", ["3人", "３口", "3", 3.0, "3票"])
def test_a_count_with_its_measure_word(cell: Cell) -> None:
    assert reader(Count())(cell) == 3
