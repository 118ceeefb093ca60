"""Cells mended in the preview: the workbook is another, the one that was read stays."""

from __future__ import annotations

from typing import Any

import pytest

from db.sheets.mending import Mend, cell_at, column_number, mended
from db.sheets.workbook import Book, Sheet

ROWS: list[list[Any]] = [["村", "户主"], ["华南村", "陈某"], ["", "李某"]]
BOOK = Book("名册.xlsx", "ab", (Sheet("一", ROWS, ((1, 0, 2, 0),), hidden=False), Sheet("二", ROWS, (), hidden=False)))


@pytest.mark.parametrize(("letter", "number"), [("A", 0), ("Z", 25), ("AA", 26), ("BC", 54)])
def test_letters_are_counted_from_nought(letter: str, number: int) -> None:
    assert column_number(letter) == number


def test_a_cell_is_replaced_in_a_copy() -> None:
    made = mended(BOOK, [Mend("一", 3, "B", "李某华")])
    assert made.sheets[0].rows[2] == ["", "李某华"]
    assert BOOK.sheets[0].rows[2] == ["", "李某"]
    assert made.sheets[1] is BOOK.sheets[1]
    assert cell_at(made, "一", 3, "B") == "李某华"


def test_the_later_mend_of_a_cell_counts() -> None:
    assert cell_at(mended(BOOK, [Mend("二", 2, "B", "甲"), Mend("二", 2, "B", "乙")]), "二", 2, "B") == "乙"


def test_a_merged_cell_is_mended_where_its_value_stands() -> None:
    made = mended(BOOK, [Mend("一", 3, "A", "小拔村")])
    assert [row[0] for row in made.sheets[0].rows] == ["村", "小拔村", ""]
    assert cell_at(made, "一", 3, "A") == "小拔村"


def test_outside_the_sheet_there_is_nothing() -> None:
    assert mended(BOOK, [Mend("一", 9, "B", "甲"), Mend("一", 1, "Z", "甲"), Mend("三", 1, "A", "甲")]) == BOOK
    assert cell_at(BOOK, "一", 9, "B") == cell_at(BOOK, "三", 1, "A") == cell_at(BOOK, "一", 1, "Z") == ""


def test_a_mend_names_its_cell() -> None:
    assert Mend("贫困户", 5, "K", "因病").place == "贫困户!K5"
