"""What a roster leaves unclear is asked in the window, once for each layout; a roster that is clear comes to its preview at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import openpyxl
import pytest

from db.services.town import search
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.forms.matching import MatchingTable
from desktop.pages.intake.asking import AskingView
from desktop.pages.intake.page import IntakePage
from tests.helpers.workbooks import head, person, write_roster

Change = Callable[[openpyxl.Workbook], None]
PLACE = {"村（居）": "华南村"}


def odd(book: openpyxl.Workbook) -> None:
    """A caption nobody knows, a telephone twice, a hidden row."""
    sheet = book["贫困户"]
    sheet["D2"], sheet["V2"], sheet["V3"] = "户主名字", "联系电话", "某干部"
    sheet.row_dimensions[3].hidden = True


@pytest.fixture
def read(page: IntakePage, office: Office, tmp_path: Path) -> Callable[..., AskingView]:
    def take(name: str = "四月.xlsx", change: Change = odd) -> AskingView:
        path = write_roster(tmp_path / name, [head(**PLACE)], [person(行政村="华南村")], after=change)
        page.open_thing(path)
        office.work.drain()
        return page.roster.asking

    return take


def table(asking: AskingView) -> MatchingTable:
    (found,) = asking.tables.values()
    return found


def asked(page: IntakePage) -> bool:
    return page.roster.pages.currentWidget() is page.roster.asking


def test_proposals_are_shown_and_taken_with_one_button(
    page: IntakePage, office: Office, read: Callable[..., AskingView]
) -> None:
    asking = read()
    assert asked(page)
    assert page.take_in.isHidden()
    assert asking.heading.text() == "“四月.xlsx”有 2 处拿不准，请核对"
    assert table(asking).unsure() == [3, 17, 21]
    assert asking.problems() == []
    asking.go.click()
    office.work.drain()
    assert not asked(page)
    assert page.take_in.text() == "录入 1 户 1 人"
    page.take_in.click()
    office.work.drain()
    assert office.see(search.count, Filter()) == (1, 1)


def test_the_same_captions_are_not_asked_about_again(
    page: IntakePage, office: Office, read: Callable[..., AskingView]
) -> None:
    read().go.click()
    office.work.drain()
    asking = read("五月.xlsx")
    assert asked(page), "hidden rows are asked of every file"
    assert (list(asking.tables), len(asking.picks)) == ([], 1)
    page.roster.clear()

    def shown(book: openpyxl.Workbook) -> None:
        odd(book)
        book["贫困户"].row_dimensions[3].hidden = False

    read("六月.xlsx", shown)
    assert not asked(page)


def test_two_columns_of_one_meaning_keep_the_button_shut(page: IntakePage, read: Callable[..., AskingView]) -> None:
    asking = read()
    table(asking).set_answers({21: "phone"})
    table(asking).changed.emit()
    assert not asking.go.isEnabled()
    assert "“联系电话”对应了 R、V 两列以上" in asking.problem.text()
    table(asking).set_answers({21: "", 3: ""})
    table(asking).changed.emit()
    assert "还没有一列对应“户主姓名”" in asking.problem.text()
    assert "请在表里补上再选文件" in asking.problem.text()


def test_a_file_can_be_left_unread(page: IntakePage, read: Callable[..., AskingView]) -> None:
    read().back.click()
    assert page.roster.pages.currentIndex() == 0
    assert page.roster.reading.book is None


def test_what_columns_were_taken_for_can_be_looked_at_and_changed(
    page: IntakePage, office: Office, read: Callable[..., AskingView]
) -> None:
    asking = read("清楚.xlsx", lambda _: None)
    assert not asked(page)
    page.roster.bar.columns.click()
    assert asked(page)
    assert [len(one.answers()) for one in asking.tables.values()] == [20, 14]
    first = next(iter(asking.tables.values()))
    first.set_answers({17: ""})
    asking.go.click()
    office.work.drain()
    assert page.roster.preview is not None
    assert page.roster.preview.rows[0].household.phone == ""
    page.roster.bar.columns.click()
    asking.back.click()
    assert page.roster.pages.currentIndex() == 1
    assert page.take_in.text() == "录入 1 户 1 人"


def test_a_file_that_lacks_a_column_altogether_is_one_sentence(
    page: IntakePage, read: Callable[..., AskingView]
) -> None:
    def drop(book: openpyxl.Workbook) -> None:
        book["贫困户"].delete_cols(20)

    read("缺列.xlsx", drop)
    assert not asked(page)
    assert "找不到“申请日期”列" in page.roster.strip.text()
