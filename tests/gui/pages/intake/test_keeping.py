"""What was typed and not saved: kept while typing and on turning away, offered again, gone when saved or given up."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.services.cases import applications
from db.services.register import households
from db.services.town import drafts, search
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from desktop.widgets.dialogs import Ask
from tests.gui.pages.intake.conftest import Filed, put
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import press, shown, typed


def _kept(office: Office) -> list[str]:
    return [kept.content for kept in drafts.load(office.record)]


def _say(key: str) -> Any:
    def reply(dialog: Ask) -> None:
        dialog.chosen = key

    return reply


def test_typing_is_kept_without_being_asked(page: IntakePage, office: Office, qtbot: QtBot) -> None:
    page.type_new()
    page.entry.keeper._timer.setInterval(10)
    page.entry.form.head.go_to("phone")
    typed("137")
    qtbot.waitUntil(lambda: len(_kept(office)) == 1)
    assert '"phone": "137"' in _kept(office)[0]


def test_an_unsaved_form_is_offered_and_gone_on_with_after_a_crash(
    page: IntakePage, office: Office, qtbot: QtBot
) -> None:
    page.type_new()
    put(page, replace(town.household(1), main_cause=None))
    page.entry.form.income.set_texts({"wages": "约三千"})
    page.entry.keeper.flush()
    office.work.drain()
    again = shown(qtbot, IntakePage(office))
    office.work.drain()
    assert "华南村 " in again.waiting.draft.text()
    assert "05-25 08:30" in again.waiting.draft.text()
    again.waiting.draft.buttons[0].click()
    assert again.entry.form.income.texts()["wages"] == "约三千"
    assert [row["name"] for row in again.entry.form.members.rows()] == [m.name for m in town.household(1).members]
    assert again.entry.form.is_dirty()


def test_going_back_to_the_list_keeps_what_was_typed(page: IntakePage, office: Office) -> None:
    page.type_new()
    page.entry.form.head.go_to("phone")
    typed("13712342201")
    press(Qt.Key.Key_Escape)
    office.work.drain()
    assert page.views.currentWidget() is page.waiting
    assert "未保存的申请：未填户主" in page.waiting.draft.text()


def test_a_saved_application_leaves_no_draft(page: IntakePage, office: Office) -> None:
    page.type_new()
    put(page, town.household(1))
    page.entry.keeper.flush()
    office.work.drain()
    assert len(_kept(office)) == 1
    page.save()
    office.work.drain()
    assert _kept(office) == []
    assert page.waiting.draft.isHidden()


def test_giving_up_is_asked_and_then_leaves_nothing(page: IntakePage, office: Office, dialogs: Dialogs) -> None:
    page.type_new()
    put(page, town.household(1))
    page.entry.keeper.flush()
    dialogs.answer(Ask, _say(""))
    page.entry.give_up()
    assert page.views.currentWidget() is page.entry
    dialogs.answer(Ask, _say("drop"))
    page.entry.give_up()
    office.work.drain()
    assert page.views.currentWidget() is page.waiting
    assert _kept(office) == []
    assert office.see(search.count, Filter()) == (0, 0)


def test_a_draft_on_the_list_is_given_up_and_the_next_one_offered(
    page: IntakePage, office: Office, clock: FixedClock, dialogs: Dialogs
) -> None:
    for number in (1, 2):
        page.type_new()
        put(page, town.household(number))
        page.entry.keeper.flush()
        clock.pass_time(timedelta(minutes=1))
    office.work.drain()
    page.renew()
    assert town.household(2).head_name in page.waiting.draft.text()
    assert "另有 1 份" in page.waiting.draft.text()
    dialogs.answer(Ask, _say("drop"))
    page.waiting.draft.buttons[1].click()
    office.work.drain()
    assert town.household(1).head_name in page.waiting.draft.text()
    assert len(_kept(office)) == 1


def test_a_changed_household_goes_on_where_it_was_left_or_is_opened_anew(
    page: IntakePage, office: Office, filed: Filed
) -> None:
    home = filed(town.household(1))
    page.open_thing(home)
    page.entry.form.head.go_to("bank")
    typed("X Bank")
    page.back.click()
    office.work.drain()
    page.open_thing(home)
    assert page.entry.form.head.texts()["bank"] == "X Bank"
    assert "已接上 05-25 08:30" in page.entry.strip.text()
    page.entry.strip.buttons[0].click()
    office.work.drain()
    assert page.entry.form.head.texts()["bank"] == ""
    assert _kept(office) == []


def test_a_draft_of_a_household_changed_since_says_what_differs(page: IntakePage, office: Office, filed: Filed) -> None:
    home = filed(town.household(1))
    page.open_thing(home)
    page.entry.form.head.go_to("bank")
    typed("X Bank")
    page.back.click()
    office.work.drain()
    office.act(applications.file, replace(office.see(households.get, home), bank="县农信社"))
    page.open_thing(home)
    assert "开户银行：县农信社 → X Bank" in page.entry.strip.text()


def test_coming_back_to_a_household_being_typed_changes_nothing(page: IntakePage, office: Office, filed: Filed) -> None:
    home = filed(town.household(1))
    page.open_thing(home)
    page.entry.form.head.go_to("bank")
    typed("X Bank")
    assert page.may_leave()
    page.hide()
    page.show()
    page.open_thing(home)
    office.work.drain()
    assert page.entry.form.head.texts()["bank"] == "X Bank"
    assert len(_kept(office)) == 1
