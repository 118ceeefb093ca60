"""A blank form is dropped, its columns are confirmed, it is tried out at every answer, filled and remembered."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from PySide6.QtCore import QMimeData, QPoint, Qt, QUrl
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QFileDialog, QLabel
from pytestqt.qtbot import QtBot

from db.services.cases import applications, cases
from db.services.countyforms.match import fixed
from db.sheets.template import FormKind
from desktop.app.office import Office
from desktop.pages.countyforms.compose import Compose
from desktop.pages.countyforms.page import CountyFormsPage
from tests.helpers import countyforms as made
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import press, stand


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> CountyFormsPage:
    """The page of a town with four households on the register; the third has no phone."""
    homes = [replace(town.household(n), phone="" if n == 3 else f"1380000000{n}") for n in range(1, 5)]
    ids = [office.act(applications.file, home).household_id for home in homes]
    of = office.see(cases.case_of, ids)
    for number, home in enumerate(ids, 1):
        office.act(town.registered, of[home], f"华南-2016-{number:04d}", date(2016, 5, 24))
    return stand(CountyFormsPage(office), office, qtbot)


def _read(page: CountyFormsPage, office: Office, path: Path) -> None:
    page.read_form(path)
    office.work.drain()


def _preview(page: CountyFormsPage) -> list[list[str]]:
    table = page.panes[0].table
    assert table is not None
    return [[str(cell) for cell in item.cells] for item in table.items()]


def _side(page: CountyFormsPage) -> str:
    return "；".join(w.text() for w in page.side.notes.findChildren(QLabel))


def test_without_a_form_the_page_says_what_to_do(page: CountyFormsPage) -> None:
    assert page.shelf.empty.isVisible()
    assert "拖到这里" in page.shelf.empty.text()
    assert not page.shelf.kept.isVisible()
    assert not page.fill_button.isVisible()


def test_what_is_unsure_waits_for_a_word_and_is_not_filled(
    page: CountyFormsPage, office: Office, tmp_path: Path
) -> None:
    _read(page, office, made.village_report(tmp_path / "情况表.xlsx"))
    pane = page.panes[0]
    assert page.title_label.text() == "情况表"
    assert pane.unsure() == 12
    assert _preview(page)[0] == ["华南村", "4", "8", "0", "0", "0", "0", "0"]
    assert "12 列还没有核对" in _side(page)
    pane.confirm.click()
    page.try_out()
    office.work.drain()
    assert _preview(page)[0] == ["华南村", "4", "8", "0", "0", "4", "8", "0", "0", "0", "0", "0", "0", "0"]
    assert "6 列不填或档案里没有" in _side(page)


def test_the_form_is_saved_under_its_month_and_remembered(
    page: CountyFormsPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    _read(page, office, made.household_list(tmp_path / "2016年4月收入表.xlsx"))
    assert page.file_name() == "2016年05月收入表.xlsx"
    with qtbot.waitSignal(page.said) as said:
        page.fill_to(tmp_path / page.file_name())
        office.work.drain()
    assert "4 户 8 人" in said.args[0]
    sheet = openpyxl.load_workbook(tmp_path / page.file_name()).worksheets[0]
    assert sheet["D5"].value == town.household(1).head_id
    assert sheet["A9"].value == "填表人：钟小明"
    page.back.click()
    assert [str(item.cells[0]) for item in page.shelf.list.items()] == ["2016年4月收入表"]
    _read(page, office, made.household_list(tmp_path / "2016年5月收入表.xlsx"))
    assert "和上次一样" in page.said_of_form.text()


def test_numbers_of_people_are_hidden_on_the_screen(page: CountyFormsPage, office: Office, tmp_path: Path) -> None:
    _read(page, office, made.household_list(tmp_path / "a.xlsx"))
    shown = " ".join(cell for line in _preview(page) for cell in line)
    assert town.household(1).head_id not in shown
    assert f"***{town.household(1).head_id[-4:]}" in shown


def test_what_the_record_lacks_leads_to_the_household_and_into_a_list(
    page: CountyFormsPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    _read(page, office, made.household_list(tmp_path / "a.xlsx"))
    assert page.side.heading.text() == "档案里空着的 1 处"
    with qtbot.waitSignal(page.go_asked) as asked:
        page.side.lacks.acted.emit(page.side.lacks.items()[0].thing, "go")
    assert asked.args == ["households", 3]
    page.export_to(tmp_path / "b.xlsx")
    office.work.drain()
    assert openpyxl.load_workbook(tmp_path / "b.xlsx").sheetnames == ["华南村"]


def test_the_village_month_and_unit_chosen_are_those_filled(
    page: CountyFormsPage, office: Office, tmp_path: Path
) -> None:
    _read(page, office, made.household_list(tmp_path / "a.xlsx"))
    assert _preview(page)[0][7] == "0.60"
    page.panes[0].unit.setCurrentIndex(0)
    page.try_out()
    office.work.drain()
    assert _preview(page)[0][7] == "6,000.00"
    page.side.village.setCurrentIndex(2)
    page.side.village.activated.emit(2)
    office.work.drain()
    assert _preview(page) == []
    page.side.village.setCurrentIndex(0)
    page.side.month.setCurrentIndex(1)
    page.side.month.activated.emit(1)
    office.work.drain()
    assert _preview(page) == []


def test_rows_may_stand_for_something_else(page: CountyFormsPage, office: Office, tmp_path: Path) -> None:
    _read(page, office, made.household_list(tmp_path / "a.xlsx"))
    pane = page.panes[0]
    pane.kind.setCurrentIndex(list(FormKind).index(FormKind.PERSON))
    pane.kind.activated.emit(pane.kind.currentIndex())
    office.work.drain()
    assert page.panes[0].form.kind is FormKind.PERSON
    assert len(_preview(page)) == 8


def test_a_column_takes_a_figure_or_a_text_of_the_clerks_own(
    page: CountyFormsPage, office: Office, dialogs: Dialogs, tmp_path: Path
) -> None:
    _read(page, office, made.village_report(tmp_path / "a.xlsx"))
    pane = page.panes[0]

    def text(dialog: Compose) -> int:
        dialog.way.choose_text("固定文字")
        dialog.words.setText("县农业局")
        return Compose.DialogCode.Accepted

    dialogs.answer(Compose, text)
    pane.basis.acted.emit(0, "change")
    assert pane.answers()[0] == fixed("县农业局")

    def women(dialog: Compose) -> int:
        dialog.way.choose_text("人数")
        which, value, low, _ = dialog.rows[0]
        which.setCurrentText("性别")
        value.setCurrentText("女")
        dialog.rows[1][0].setCurrentText("年龄")
        dialog.rows[1][2].setText("40")
        assert dialog.said.text() == "口径：全部在册户里，年龄40周岁及以上、性别为“女”的人数"
        assert not low.isVisible()
        return Compose.DialogCode.Accepted

    dialogs.answer(Compose, women)
    pane.basis.acted.emit(13, "change")
    assert pane.answers()[13] == "count:persons?age=40..&sex=2"
    page.try_out()
    office.work.drain()
    assert [line[0] for line in _preview(page)] == ["县农业局", "县农业局"]
    assert pane.unsure() == 10


def test_a_form_is_dropped_and_what_is_no_form_is_said(
    page: CountyFormsPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    path = made.questionnaire(tmp_path / "调查表.xlsx")
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(str(path))])
    event = QDropEvent(
        QPoint(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    )
    page.dropEvent(event)
    office.work.drain()
    assert [page.sheets.title(pane) for pane in page.panes] == ["调查表", "简表"]
    path.write_bytes(b"nothing")
    with qtbot.waitSignal(office.work.trouble) as trouble:
        page.read_form(path)
        office.work.drain()
    assert "调查表.xlsx" in trouble.args[0].text
    assert page.title_label.text() == "调查表", "the form on the table stays"


def test_the_blank_form_itself_is_never_written_over(
    page: CountyFormsPage, office: Office, qtbot: QtBot, tmp_path: Path
) -> None:
    path = made.household_list(tmp_path / "a.xlsx")
    blank = path.read_bytes()
    page.open_thing(path)
    office.work.drain()
    with qtbot.waitSignal(page.said) as said:
        page.fill_to(path)
    assert "空表本身" in said.args[0]
    office.work.drain()
    assert path.read_bytes() == blank


def test_a_target_that_cannot_be_written_is_said(
    page: CountyFormsPage, office: Office, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    _read(page, office, made.household_list(tmp_path / "a.xlsx"))
    target = tmp_path / "没有" / "b.xlsx"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(target), ""))
    with qtbot.waitSignal(office.work.trouble) as trouble:
        page.fill_button.click()
        office.work.drain()
    assert "不存在" in trouble.args[0].text


def test_columns_in_different_units_keep_their_own(page: CountyFormsPage, office: Office, tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    sheet = book.worksheets[0]
    for row in (("编号", "填表项目", "单位", "数量"), (1, "工资性收入", "万元", None), (2, "转移性收入", "元", None)):
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")
    _read(page, office, tmp_path / "a.xlsx")
    pane = page.panes[0]
    assert pane.chosen_unit() == ""
    assert _preview(page)[0] == ["2.40", "0.00"]


def test_tab_goes_through_the_columns_before_the_side(page: CountyFormsPage, office: Office, tmp_path: Path) -> None:
    _read(page, office, made.village_report(tmp_path / "a.xlsx"))
    page.activateWindow()
    page.fill_button.setFocus()
    seen: list[str] = []
    for _ in range(40):
        press(Qt.Key.Key_Tab)
        found = page.window().focusWidget()
        assert found is not None
        seen.append(found.accessibleName())
        if found is page.side.month:
            break
    columns = [place for place, name in enumerate(seen) if "对应为" in name]
    assert seen.index("一行是什么") < columns[0] < columns[-1] < seen.index("月份")
