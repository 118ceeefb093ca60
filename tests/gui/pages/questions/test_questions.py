"""A clerk asks for a number: conditions are found by letters, counted at once, the list opens households and goes out as a workbook."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QFileDialog
from pytestqt.qtbot import QtBot

from db.rules.codes import Attribute, HousingGrade
from db.rules.counts import Count
from db.services.cases import applications, cases
from db.services.figures.counted import Condition as Part
from db.services.figures.counted import Counted
from db.services.questions import questions
from db.services.questions.asked import Condition, Counts, Question, Scope
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.questions.columns import ColumnsDialog
from desktop.pages.questions.condition import ConditionDialog
from desktop.pages.questions.page import QuestionsPage
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import clip, focus, press, shown, stand, typed

LOW = Condition("attribute", ("04",))


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> QuestionsPage:
    """Six households: two on 低保, one of these in a dangerous home; the last is not on the register yet."""
    homes = [town.household(n, village="小拔村" if n == 5 else "华南村") for n in range(1, 7)]
    homes[0] = replace(homes[0], attribute=Attribute.LOW_INCOME, housing_grade=HousingGrade.D)
    homes[1] = replace(homes[1], attribute=Attribute.LOW_INCOME, phone="")
    ids = [office.act(applications.file, home).household_id for home in homes]
    of = office.see(cases.case_of, ids)
    for number, home in enumerate(ids[:5], 1):
        office.act(town.registered, of[home], f"华南-2016-{number:04d}", date(2016, 5, 24))
    return stand(QuestionsPage(office), office, qtbot)


def _ask(page: QuestionsPage, office: Office, question: Question) -> None:
    page.ask(question)
    office.work.drain()


def _rows(page: QuestionsPage) -> list[list[str]]:
    table = page.listing.table
    assert table is not None
    return [[table.cell(n, place).text for place in range(len(table.columns))] for n in range(table.count())]


def _dialog(dialogs: Dialogs, kind: type, act: Callable[[Any], None]) -> None:
    def reply(dialog: Any) -> Any:
        act(dialog)
        return QDialog.DialogCode.Accepted

    dialogs.answer(kind, reply)


def test_the_page_opens_with_all_on_the_register_and_every_usual_question_counted(page: QuestionsPage) -> None:
    assert page.asking.figure.text() == "5 户  10 人"
    said = {item.cells[0]: item.cells[1].text for item in page.shelf.list.items()}  # type: ignore[union-attr]
    assert said["危房户"] == "1 户"
    assert said["低保户、五保户"] == "2 户"
    assert said["16—59 周岁的劳动力"] == "10 人"
    assert said["材料不齐的户"] == ""


def test_a_record_without_anybody_on_the_register_says_where_to_look(office: Office, qtbot: QtBot) -> None:
    office.act(applications.file, town.household(1))
    page = stand(QuestionsPage(office), office, qtbot)
    assert page.asking.figure.text() == "0 户  0 人"
    assert "改选“档案里全部农户”" in page.listing.said.text()
    page.asking.scope.setCurrentIndex(page.asking.scope.count() - 1)
    page.asking.changed.emit()
    office.work.drain()
    assert page.asking.figure.text() == "1 户  2 人"


def test_a_change_elsewhere_is_counted_at_the_next_look(page: QuestionsPage, office: Office) -> None:
    home = office.act(applications.file, town.household(9)).household_id
    of = office.see(cases.case_of, [home])
    office.act(town.registered, of[home], "华南-2016-0009", date(2016, 5, 24))
    page.take_change(frozenset({"cases"}), None)
    office.work.drain()
    assert page.asking.figure.text() == "6 户  12 人"


def test_a_condition_is_added_and_taken_off(page: QuestionsPage, office: Office, dialogs: Dialogs) -> None:
    def fill(dialog: ConditionDialog) -> None:
        dialog.finding.line.setText("sx")
        assert dialog.heading.text() == "贫困户属性"
        dialog.ticks.item(1).setCheckState(Qt.CheckState.Checked)
        assert dialog.said.text() == "贫困户属性 是 低保户"

    _dialog(dialogs, ConditionDialog, fill)
    page.asking.add.click()
    office.work.drain()
    assert page.question.where == (LOW,)
    assert page.asking.figure.text() == "2 户  4 人"
    assert "贫困户属性为“低保户”的户：2 户 4 人。" in page.asking.basis.text()
    page.asking.conditions.acted.emit(0, "drop")
    office.work.drain()
    assert page.asking.figure.text() == "5 户  10 人"


def test_delete_takes_a_condition_off_and_enter_mends_it(
    page: QuestionsPage, office: Office, dialogs: Dialogs, qtbot: QtBot
) -> None:
    _ask(page, office, Question(where=(LOW, Condition("danger", ("1",)))))
    assert page.asking.figure.text() == "1 户  2 人"
    shown(qtbot, page, 1190, 690)
    focus(page.asking.conditions.table)
    page.asking.conditions.table.selectRow(1)
    press(Qt.Key.Key_Delete)
    office.work.drain()
    assert page.question.where == (LOW,)

    def mend(dialog: ConditionDialog) -> None:
        assert dialog.ticks.item(1).checkState() is Qt.CheckState.Checked
        dialog.ticks.item(0).setCheckState(Qt.CheckState.Checked)

    _dialog(dialogs, ConditionDialog, mend)
    page.asking.conditions.table.selectRow(0)
    press(Qt.Key.Key_Return)
    office.work.drain()
    assert page.question.where == (Condition("attribute", ("01", "04")),)


def test_enter_in_the_list_opens_the_household(page: QuestionsPage, office: Office, qtbot: QtBot) -> None:
    _ask(page, office, Question(Counts.PERSONS, (LOW, Condition("relation", ("02",)))))
    shown(qtbot, page, 1190, 690)
    assert page.listing.table is not None
    focus(page.listing.table)
    page.listing.table.selectRow(1)
    with qtbot.waitSignal(page.go_asked) as asked:
        press(Qt.Key.Key_Return)
    assert page.found is not None
    assert asked.args == ["households", page.found.household_id(page.found.places[1])]


def test_numbers_of_people_are_masked_on_the_screen(page: QuestionsPage, office: Office) -> None:
    page.open_thing("60 周岁以上的人")
    page.change(Question(Counts.PERSONS, (LOW,), columns=("member.name", "member.id_number")))
    office.work.drain()
    assert {row[1][:-4] for row in _rows(page)} == {"*" * 14}


def test_a_question_is_kept_renamed_asked_again_and_put_away(page: QuestionsPage, office: Office) -> None:
    _ask(page, office, Question(where=(LOW,)))
    page.asking.name.setText("低保")
    page.save()
    office.work.drain()
    (kept,) = office.see(questions.kept)
    assert (kept.name, kept.question) == ("低保", Question(where=(LOW,)))
    assert page.asking.keep.text() == "保存改动"
    page.asking.name.setText("低保户")
    page.asking.keep.click()
    office.work.drain()
    assert [one.name for one in office.see(questions.kept)] == ["低保户"]
    page.fresh.click()
    office.work.drain()
    page.open_thing(kept.id)
    office.work.drain()
    assert page.asking.figure.text() == "2 户  4 人"
    page.asking.away.click()
    office.work.drain()
    assert office.see(questions.kept) == ()
    assert page.asking.keep.text() == "记住这一问"
    assert page.question.where == (LOW,)


def test_a_kept_question_says_what_it_was_when_it_is_another_number_now(page: QuestionsPage, office: Office) -> None:
    number = office.act(questions.keep, "低保", Question(where=(LOW,)), Count(1, 3))
    page.renew()
    page.open_thing(number)
    office.work.drain()
    assert page.asking.also.text() == "2016-05-25 记住时是 1 户 3 人"
    page.save()
    office.work.drain()
    page.open_thing(number)
    office.work.drain()
    assert page.asking.also.text() == ""


def test_a_name_that_is_taken_is_said_beside_it_and_nothing_is_lost(page: QuestionsPage, office: Office) -> None:
    office.act(questions.keep, "低保", Question(where=(LOW,)))
    page.renew()
    _ask(page, office, Question(where=(Condition("danger", ("1",)),)))
    page.asking.name.setText("低保")
    page.save()
    office.work.drain()
    assert "已经记住一个“低保”" in page.asking.fault.text()
    assert page.asking.name.text() == "低保"


def test_what_was_put_together_and_not_kept_stays_at_hand(page: QuestionsPage, office: Office) -> None:
    _ask(page, office, Question())
    page.change(Question(where=(LOW, Condition("danger", ("1",)))))
    page.open_thing("危房户")
    office.work.drain()
    assert page.asking.name.text() == "危房户"
    assert page.shelf.list.items()[0].thing == ""
    page.shelf.chosen.emit("")
    office.work.drain()
    assert page.question.where == (LOW, Condition("danger", ("1",)))


def test_a_usual_question_that_was_changed_does_not_keep_its_name(page: QuestionsPage, office: Office) -> None:
    page.open_thing("危房户")
    page.change(replace(page.question, where=(LOW,)))
    assert page.asking.name.text() == ""


def test_the_last_months_end_is_asked_and_what_is_of_today_only_is_refused(
    page: QuestionsPage, office: Office, clock: FixedClock
) -> None:
    clock.pass_time(timedelta(days=20))
    page.renew()
    office.work.drain()
    page.asking.scope.setCurrentIndex(1)
    page.asking.changed.emit()
    office.work.drain()
    assert page.question.month == date(2016, 5, 1)
    assert page.asking.basis.text() == "2016年5月末在册户：5 户 10 人。"
    page.change(replace(page.question, where=(Condition("proofs", ("1",)),)))
    assert "材料只知道今天的" in page.asking.basis.text()
    assert not page.listing.export_button.isEnabled()


def test_households_that_climb_are_found_in_the_whole_record(page: QuestionsPage, office: Office) -> None:
    page.open_thing("正在办理、还没建档的户")
    office.work.drain()
    assert page.question.scope is Scope.ALL
    assert [row[3] for row in _rows(page)] == [town.household(6).head_name]
    page.open_thing("材料不齐的户")
    office.work.drain()
    assert page.asking.figure.text() == "5 户  10 人"
    assert "户口簿" in _rows(page)[0][-1]


def test_the_figure_of_a_countys_form_opens_its_households(page: QuestionsPage, office: Office) -> None:
    page.open_thing(Counted("persons", (Part("attribute", ("04",)), Part("age", ("16..59",)))).key)
    office.work.drain()
    assert page.asking.figure.text() == "4 人"
    assert len(_rows(page)) == 4


def test_columns_are_chosen_and_the_list_is_sorted_by_them(
    page: QuestionsPage, office: Office, dialogs: Dialogs
) -> None:
    def fill(dialog: ColumnsDialog) -> None:
        dialog.finding.line.setText("zfmj")
        dialog.add.click()
        dialog.up.click()

    _dialog(dialogs, ColumnsDialog, fill)
    page.listing.columns_button.click()
    office.work.drain()
    assert page.question.columns[-2:] == ("home.housing_area", "home.phone")
    assert page.listing.table is not None
    page.listing.table.sort_by("home.head_name", descending=True)
    names = [row[3] for row in _rows(page)]
    assert names == sorted(names, reverse=True)
    page.asking.name.setText("面积")
    page.save()
    office.work.drain()
    (kept,) = office.see(questions.kept)
    assert kept.question is not None
    assert (kept.question.order, kept.question.descending) == ("home.head_name", True)


def test_the_sentence_is_copied_and_the_list_written(
    page: QuestionsPage, office: Office, dialogs: Dialogs, tmp_path: Path, qtbot: QtBot
) -> None:
    _ask(page, office, Question(where=(LOW,)))
    page.asking.copy.click()
    assert clip() == "2016年5月25日在册户中，贫困户属性为“低保户”的户：2 户 4 人。"
    path = tmp_path / "低保"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(path), ""))
    with qtbot.waitSignal(page.said) as said:
        page.listing.export_button.click()
        office.work.drain()
    assert "已写出 低保.xlsx：2 户 4 人" in said.args[0]
    sheet = openpyxl.load_workbook(path.with_suffix(".xlsx")).worksheets[0]
    assert [sheet.cell(row, 2).value for row in (4, 5)] == ["华南村", "华南村"]


def test_bands_are_typed_with_units_and_faults_said_in_place(page: QuestionsPage, qtbot: QtBot) -> None:
    dialog = shown(qtbot, ConditionDialog(page, page._places()), 760, 460)
    typed("nl")
    press(Qt.Key.Key_Return)
    typed("6o")
    assert "不是数" in dialog.fault.text()
    assert not dialog.take.isEnabled()
    dialog.low.setText("60")
    dialog.high.setText("30")
    assert "“从”比“到”大" in dialog.fault.text()
    dialog.high.setText("")
    assert dialog.condition() == Condition("age", ("60..",))
    dialog.finding.line.setText("建档日期")
    dialog.low.setText("2016年5月1日")
    assert dialog.condition() == Condition("made.registered_on", ("2016-05-01..",))
    dialog.finding.line.setText("村民小组")
    assert dialog.ticks.item(0).text() == "华南村第一组"
    dialog.reject()
