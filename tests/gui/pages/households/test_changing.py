"""The guided changes on a household's file: told, seen with their effect, confirmed; and the file as of a past day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.codes import ChangeKind, Relation
from db.services.changes import changelog
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.households.changes.guide import ChangeGuide
from desktop.pages.households.changes.past import PastDialog
from desktop.pages.households.changes.register import RegisterDialog
from desktop.pages.households.page import HouseholdsPage
from desktop.printing.window import PaperWindow
from desktop.widgets.dialogs import SecondPersonDialog
from tests.gui.pages.households.test_households import _sign
from tests.helpers import town
from tests.helpers.changes import family, filed, on_register

DAY = date(2016, 5, 18)


def _open(office: Office, qtbot: QtBot, household_id: int) -> HouseholdsPage:
    page = HouseholdsPage(office)
    qtbot.addWidget(page)
    page.resize(1190, 690)
    page.show()
    page.open_thing(household_id)
    office.work.drain()
    return page


def _guide(page: HouseholdsPage, kind: ChangeKind) -> ChangeGuide:
    page.view.changes.act(f"change:{kind.value}").trigger()
    found = page.findChildren(ChangeGuide)
    return found[-1]


def _close(office: Office, guide: ChangeGuide | PastDialog) -> None:
    office.work.drain()
    guide.close()
    QApplication.sendPostedEvents()


def _told(guide: ChangeGuide, **values: object) -> None:
    guide.telling.what.set_values({"acted_on": DAY, "proof": "证明 1 号", "proof_on": DAY, **values})


def _person(guide: ChangeGuide, name: str) -> None:
    """Choose a member as the clerk does: by the drop-down."""
    editor = guide.telling.what.editor("person")
    editor.set_raw(next(text for text in guide.telling._called if text.startswith(name)))
    editor.changed.emit()


def test_a_birth_is_told_seen_and_confirmed(office: Office, qtbot: QtBot) -> None:
    household_id = on_register(office, town.household(1), "华南-2016-0001")
    page = _open(office, qtbot, household_id)
    guide = _guide(page, ChangeKind.BORN)
    guide.next.click()
    assert guide.stack.currentIndex() == 0
    assert guide.telling.what.faulty() == ["acted_on", "proof", "proof_on"]
    _told(guide)
    assert guide.telling.entrant is not None
    for key, text in (("name", "李某苗"), ("relation", "之女"), ("sex", "女"), ("police_proof", "P440000001")):
        guide.telling.entrant.editor(key).set_raw(text)
    guide.next.click()
    assert guide.stack.currentIndex() == 1
    assert "人口 2 人 3 人" in guide.effect.text()
    assert "人均可支配收入（元） 3,000.00 2,000.00" in guide.effect.text()
    assert "李某苗还没有身份证号" in guide.effect.text()
    assert guide.next.text() == "确认办理出生（2 人 → 3 人）"
    guide.back.click()
    assert guide.telling.entrant.values()["name"] == "李某苗"
    guide.next.click()
    with qtbot.waitSignal(page.said) as said:
        guide.next.click()
        office.work.drain()
    assert said.args is not None
    assert said.args[0] == "出生：李某苗（2 人 → 3 人）"
    assert guide.card.isVisibleTo(guide)
    guide.card.click()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert "李某苗" in window.preview.paper.text()  # type: ignore[union-attr]
    window.close()
    _close(office, guide)
    assert page.view.file is not None
    assert page.view.file.household.size == 3


def test_a_dead_head_asks_for_the_next_and_proposes_who_is_what(office: Office, qtbot: QtBot) -> None:
    household_id = filed(office, family())
    page = _open(office, qtbot, household_id)
    guide = _guide(page, ChangeKind.DIED)
    telling = guide.telling
    assert telling.lead is not None
    assert telling.lead.isHidden()
    _told(guide)
    _person(guide, "李某明")
    assert not telling.lead.isHidden()
    guide.next.click()
    assert telling.lead.faulty() == ["head"]
    telling.lead.editor("head").set_raw(telling._called[1])
    telling.lead.editor("head").changed.emit()
    assert telling.kin.relations() == {2: Relation.DAUGHTER}
    guide.next.click()
    assert "户主：李某明 → 林某华" in guide.effect.text()
    guide.next.click()
    office.work.drain()
    assert office.see(households.get, household_id).head_name == "林某华"
    assert guide.slip.isVisibleTo(guide)
    guide.slip.click()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert "户主变更确认表" in window.preview.paper.text()  # type: ignore[union-attr]
    window.close()
    _close(office, guide)
    assert not page.changing.card.isHidden()


def test_a_split_of_a_registered_household_needs_a_second_person(office: Office, qtbot: QtBot, dialogs: Any) -> None:
    household_id = on_register(office, family(), "华南-2016-0001")
    page = _open(office, qtbot, household_id)
    guide = _guide(page, ChangeKind.SPLIT)
    assert guide.telling.parting is not None
    guide.telling.parting.toggle([1])
    _told(guide)
    guide.next.click()
    assert "李某明户  " in guide.effect.text()
    assert "林某华户（新户）" in guide.effect.text()
    dialogs.answer(SecondPersonDialog, _sign("分家，户口已分开"))
    guide.next.click()
    office.work.drain()
    assert "新户档案号 华南-2016-0002" in guide.finished_text.text()
    _close(office, guide)
    assert office.see(search.count, Filter()) == (2, 3)
    assert office.see(changelog.history, household_id)[0].reason == "分家，户口已分开"


def test_households_of_the_village_are_offered_for_a_merge(office: Office, qtbot: QtBot, dialogs: Any) -> None:
    one, two = (on_register(office, town.household(n), f"华南-2016-{n:04d}") for n in (1, 2))
    filed(office, town.household(3, village="小拔村"))
    page = _open(office, qtbot, one)
    guide = _guide(page, ChangeKind.MERGED)
    _told(guide, reason="兄弟同住")
    other = guide.telling.what.editor("other")
    other.set_raw("张某明（第一组，2 人）")
    other.changed.emit()
    assert guide.telling.other_id() == two
    guide.next.click()
    assert guide.stack.currentIndex() == 0
    assert guide.telling.other_kin.form is not None
    for key in guide.telling.other_kin.form.faulty():
        guide.telling.other_kin.form.editor(key).set_raw("其他")
    guide.next.click()
    assert "户卡 华南-2016-0002（张某明户）收回作废" in guide.effect.text()
    dialogs.answer(SecondPersonDialog, _sign("兄弟同住"))
    guide.next.click()
    _close(office, guide)
    assert office.see(search.count, Filter(village_id=1)) == (1, 4)


def test_a_number_the_record_knows_brings_its_person_along(office: Office, qtbot: QtBot) -> None:
    one = filed(office, town.household(1))
    filed(office, family(2))
    page = _open(office, qtbot, one)
    guide = _guide(page, ChangeKind.MARRIED_IN)
    entrant = guide.telling.entrant
    assert entrant is not None
    entrant.editor("id_number").set_raw(town.household(2).members[1].id_number)
    entrant.editor("id_number").left.emit()
    assert entrant.values()["name"] == "林某福"
    assert "现在是张某明户的成员" in guide.telling.note.text()
    entrant.editor("relation").set_raw("之儿媳")
    _told(guide)
    guide.next.click()
    assert guide.stack.currentIndex() == 0
    assert "确认后同时从该户办转出" in entrant.cell("id_number").fault.text()
    guide.telling.what.editor("reason").set_raw("婚后迁入")
    guide.next.click()
    assert "张某明户" in guide.effect.text()
    guide.next.click()
    _close(office, guide)
    assert office.see(households.get, one).size == 3


def test_esc_goes_back_from_the_effect_and_leaves_from_the_boxes(office: Office, qtbot: QtBot) -> None:
    household_id = filed(office, family())
    page = _open(office, qtbot, household_id)
    guide = _guide(page, ChangeKind.MOVED_OUT)
    _told(guide)
    _person(guide, "陈某苗")
    guide.next.click()
    assert guide.stack.currentIndex() == 1
    QTest.keyClick(guide, Qt.Key.Key_Escape)
    assert guide.stack.currentIndex() == 0
    with qtbot.waitSignal(guide.finished):
        guide.telling.what.cancel_asked.emit()
    QApplication.sendPostedEvents()
    assert office.see(changelog.history, household_id) == ()


def test_a_dissolved_household_takes_no_change(office: Office, qtbot: QtBot) -> None:
    household_id = filed(office, family())
    page = _open(office, qtbot, household_id)
    guide = _guide(page, ChangeKind.DISSOLVED)
    _told(guide, reason="全户外迁")
    guide.next.click()
    assert "本户没有人了" in guide.effect.text()
    assert guide.next.text() == "确认办理销户（本户销户）"
    guide.next.click()
    _close(office, guide)
    page.open_thing(household_id)
    assert not page.view.changes.act("change:born").isEnabled()
    assert page.view.changes.act("change:born").toolTip() == "这一户已经销户"
    page.show_list()
    page.refresh()
    assert list(page.table.ids()) == []
    page.filters.status.setCurrentIndex(page.filters.status.findText("已销户"))
    assert list(page.table.ids()) == [household_id]
    page.filters.set_wanted(Filter())
    assert page.filters.status.currentText() == "全部状态"


def test_the_household_as_of_a_past_day(office: Office, qtbot: QtBot, clock: FixedClock) -> None:
    household_id = filed(office, family())
    page = _open(office, qtbot, household_id)
    guide = _guide(page, ChangeKind.MOVED_OUT)
    _told(guide)
    _person(guide, "陈某苗")
    guide.next.click()
    guide.next.click()
    _close(office, guide)
    clock.pass_time(timedelta(days=3))
    past = page.changing.past()
    assert past.blank.isVisible()
    past.day.editor.set_raw("2016-5-17")
    past.look.click()
    assert past.blank.isHidden()
    assert past.banner.text() == "！2016-05-17 当日的情形（只读）"
    assert past.members.count() == 3
    past.days.setCurrentIndex(1)
    assert past.members.count() == 2
    assert not past.changes.isHidden()
    for raw, said in (
        ("2016-1-1", "还没有申请"),
        ("2016-6-30", "还没有到"),
        ("x", "不是日期"),
        ("", "请填要查看的日期"),
    ):
        past.day.editor.set_raw(raw)
        past.look.click()
        assert said in past.day.fault.text()
    past.day.editor.set_raw("2016-05-20")
    QTest.keyClick(past.day.editor.core, Qt.Key.Key_Return)
    assert past.file is not None
    assert past.file.household.size == 2
    _close(office, past)


def test_the_register_of_changes_is_printed_from_the_menu(office: Office, qtbot: QtBot) -> None:
    household_id = filed(office, family())
    page = _open(office, qtbot, household_id)
    assert page.view.changes.act("change_register").toolTip() == "还没有变动"
    guide = _guide(page, ChangeKind.ABROAD)
    _told(guide)
    _person(guide, "陈某苗")
    guide.next.click()
    guide.next.click()
    _close(office, guide)
    page.view.changes.act("change_register").trigger()
    window = page.findChild(PaperWindow)
    assert window is not None
    text = window.preview.paper.text()  # type: ignore[union-attr]
    assert "华南村李某明户家庭人员变动登记表" in text
    assert "出国定居" in text
    window.close()
    QApplication.sendPostedEvents()


def test_the_register_of_a_village_is_asked_for_from_the_list(office: Office, qtbot: QtBot) -> None:
    household_id = filed(office, family())
    page = _open(office, qtbot, household_id)
    assert page.changing.register_button.isHidden()
    page.show_list()
    assert not page.changing.register_button.isHidden()
    page.changing.register_button.click()
    (dialog,) = page.findChildren(RegisterDialog)
    assert dialog.form.texts() == {"village": "全镇", "first": "2016-01-01", "last": "2016-05-25"}
    dialog.form.editor("last").set_raw("20151231")
    dialog.show_it.click()
    assert "早于起日" in dialog.form.cell("last").fault.text()
    dialog.form.editor("last").set_raw("20160531")
    dialog.form.editor("village").set_raw("华南村")
    dialog.show_it.click()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert "华阳镇华南村家庭人员变动登记表" in window.preview.paper.text()  # type: ignore[union-attr]
    window.close()
    QApplication.sendPostedEvents()


def test_the_keyboard_goes_through_all_parts_of_a_change_and_back(office: Office, qtbot: QtBot) -> None:
    page = _open(office, qtbot, filed(office, family()))
    guide = _guide(page, ChangeKind.BORN)
    telling = guide.telling
    assert telling.entrant is not None
    guide.activateWindow()
    qtbot.waitUntil(guide.isActiveWindow)
    first, last = telling.entrant.editor("name").core, list(telling.what.fields())[-1]
    telling.what.go_to(last)
    QTest.keyClick(telling.what.editor(last).core, Qt.Key.Key_Return)
    assert first.hasFocus()
    QTest.keyClick(first, Qt.Key.Key_Return, Qt.KeyboardModifier.ShiftModifier)
    assert telling.what.editor(last).core.hasFocus()
    QTest.keyClick(telling.what.editor(last).core, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    assert telling.what.faulty() == ["acted_on", "proof", "proof_on"]
    _close(office, guide)


def test_enter_goes_on_to_who_is_what_to_a_new_head(office: Office, qtbot: QtBot) -> None:
    page = _open(office, qtbot, filed(office, family()))
    guide = _guide(page, ChangeKind.DIED)
    telling = guide.telling
    _told(guide)
    _person(guide, "李某明")
    assert telling.lead is not None
    telling.lead.editor("head").set_raw(telling._called[1])
    telling.lead.editor("head").changed.emit()
    guide.activateWindow()
    qtbot.waitUntil(guide.isActiveWindow)
    telling.lead.go_to_first()
    QTest.keyClick(telling.lead.editor("head").core, Qt.Key.Key_Return)
    assert telling.kin.form is not None
    box = telling.kin.form.editor("relations_2").core
    assert box.hasFocus()
    QTest.keyClick(box, Qt.Key.Key_Return)
    assert guide.stack.currentIndex() == 1
    QTest.keyClick(guide.next, Qt.Key.Key_S, Qt.KeyboardModifier.ControlModifier)
    office.work.drain()
    assert guide.stack.currentIndex() == 2
    QTest.keyClick(guide.next, Qt.Key.Key_Return)
    assert guide.isHidden()
    _close(office, guide)


def test_a_split_begins_with_who_goes(office: Office, qtbot: QtBot) -> None:
    page = _open(office, qtbot, filed(office, family()))
    guide = _guide(page, ChangeKind.SPLIT)
    guide.activateWindow()
    qtbot.waitUntil(guide.isActiveWindow)
    assert guide.telling.parting is not None
    assert guide.telling.parting.list.table.hasFocus()
    QTest.keyClick(guide.telling.parting.list.table, Qt.Key.Key_Down)
    QTest.keyClick(guide.telling.parting.list.table, Qt.Key.Key_Space)
    assert guide.telling.parting.ticked() == [1]
    _close(office, guide)


def test_the_paper_of_a_birth_is_typed_once(office: Office, qtbot: QtBot) -> None:
    page = _open(office, qtbot, filed(office, family()))
    guide = _guide(page, ChangeKind.BORN)
    guide.activateWindow()
    qtbot.waitUntil(guide.isActiveWindow)
    telling = guide.telling
    telling.what.go_to("proof")
    QTest.keyClicks(telling.what.editor("proof").core, "P440000001")
    QTest.keyClick(telling.what.editor("proof").core, Qt.Key.Key_Return)
    assert telling.entrant is not None
    assert telling.entrant.values()["police_proof"] == "P440000001"
    _close(office, guide)
