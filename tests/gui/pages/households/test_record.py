"""The record of a household edited by keys in its file: saved whole, refused at its fields, guarded by its version, kept against a crash."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.fields.household import HOUSEHOLD
from db.fields.income import INCOME
from db.fields.living import LIVING
from db.fields.member import MEMBER
from db.rules.codes import Health, IdKind, Relocation, Structure, Work, YesNo
from db.rules.values import Household, Living
from db.services.cases import applications
from db.services.register import households
from desktop.app.office import Office
from desktop.pages.households.page import HouseholdsPage
from tests.helpers import town
from tests.helpers.dialogs import Dialogs
from tests.helpers.qt import agree_to_pastes, clip, commit, press, shown, typed

ENTER, CTRL, ALT = Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier
Opened = Callable[[Household], HouseholdsPage]


@pytest.fixture
def opened(office: Office, qtbot: QtBot) -> Opened:
    """File a household and open its file."""

    def show(household: Household) -> HouseholdsPage:
        filed = office.act(applications.file, household).household_id
        page = shown(qtbot, HouseholdsPage(office), 1190, 690)
        office.work.drain()
        page.open_thing(filed)
        return page

    return show


def _stored(office: Office, page: HouseholdsPage) -> Household:
    assert page.view.file is not None
    return office.see(households.get, page.view.file.household.id or 0)


def _save(office: Office) -> None:
    press(Qt.Key.Key_S, CTRL)
    office.work.drain()


def test_every_field_of_the_full_record_can_be_entered(opened: Opened) -> None:
    tabs = opened(town.household(1)).view.tabs
    shown_fields = {
        *tabs.facts.fields(),
        *tabs.income.editors,
        *tabs.living.form.fields(),
        *tabs.living.moving.fields(),
    }
    people = {f.key for grid in tabs.people.grids for f in grid.model.fields}
    elsewhere = {"village", "group", "size_stated", "able_stated", "per_head_stated"}
    assert set(HOUSEHOLD | INCOME | LIVING) - shown_fields == elsewhere
    assert set(MEMBER) <= people


def test_the_register_is_filled_by_keys_and_saved_whole(opened: Opened, office: Office) -> None:
    page = opened(town.household(1))
    before = _stored(office, page)
    page.view.tabs.facts.go_to("bank")
    commit("五华县农信社")
    press(ENTER)
    press(ENTER)
    typed("2")
    page.view.tabs.setCurrentIndex(3)
    page.view.tabs.living.go_to_first()
    for text in ("2.4", "1.2", "0", "0", "0", "0", "0"):
        typed(text)
        press(ENTER)
    for key in "2121":
        typed(key)
        press(ENTER)
    _save(office)
    found = _stored(office, page)
    assert (found.bank, found.standard.label if found.standard else "") == ("五华县农信社", "省定标准")
    assert found.living == Living(
        arable=Decimal("2.40"), irrigated=Decimal("1.20"), woodland=Decimal(0), returned_woodland=Decimal(0), orchard=Decimal(0),
        grassland=Decimal(0), waters=Decimal(0), farm_power=YesNo.NO, home_power=YesNo.YES, water_scarce=YesNo.NO,
        water_safe=YesNo.YES,
    )  # fmt: skip
    assert found.version == before.version + 1
    assert [m.name for m in found.members] == [m.name for m in before.members]
    assert not page.view.record.is_dirty()


def test_people_are_filled_strip_by_strip_and_nobody_can_be_added(
    opened: Opened, office: Office, dialogs: Dialogs
) -> None:
    page = opened(town.household(1))
    people = page.view.tabs.people
    page.view.tabs.setCurrentWidget(people)
    people.go_to(1, "work_status")
    for text in ("3", "广州市白云区", "8", "某某制衣厂"):
        press(Qt.Key.Key_F2)
        (typed if text.isascii() else commit)(text)
        press(ENTER)
    press(Qt.Key.Key_4, ALT)
    assert people.stack.currentIndex() == 3
    grid = people.grids[3]
    grid.view.setCurrentIndex(grid.model.index(0, 1))
    clip("是\t是\n是\t否\n是\t是")
    edges = agree_to_pastes(dialogs)
    press(Qt.Key.Key_V, CTRL)
    assert edges[0].startswith("下面多出 1 行没有地方放")
    assert grid.model.rowCount() == 2
    people.go_to(1, "health_also")
    people.grids[1].model.put(1, 5, [["长期慢性病", "残疾"]])
    people.grids[0].model.put(1, 7, [["居民身份证"]])
    _save(office)
    assert not page.view.record.faults.text()
    wife = _stored(office, page).members[1]
    assert (wife.work_status, wife.work_place, wife.work_months, wife.employer) == (
        Work.PROVINCE, "广州市白云区", 8, "某某制衣厂",
    )  # fmt: skip
    assert (wife.medical_insured, wife.serious_insured) == (YesNo.YES, YesNo.NO)
    assert (wife.health, wife.health_also, wife.id_kind) == (
        Health.CHRONIC,
        Health.DISABLED,
        IdKind.RESIDENT,
    )
    assert _stored(office, page).size == 2


def test_items_typed_fill_their_sum_in_the_record(opened: Opened, office: Office) -> None:
    page = opened(town.household(1))
    page.view.tabs.go_to("pension")
    typed("1560")
    press(ENTER)
    _save(office)
    sheet = _stored(office, page).income
    assert sheet is not None
    assert (sheet.pension, sheet.transfer) == (Decimal("1560.00"), Decimal("1560.00"))
    assert any("人均可支配收入（2 人）" in text for text in _said(page))


def test_moving_is_asked_only_where_a_household_moves(opened: Opened, office: Office) -> None:
    page = opened(town.household(1))
    living = page.view.tabs.living
    page.view.tabs.setCurrentWidget(living)
    assert living.moving.isHidden()
    living.moves.click()
    typed("3")
    _save(office)
    found = _stored(office, page).living
    assert found is not None
    assert found.relocation is Relocation.HOUSEHOLD
    assert not page.view.tabs.living.moving.isHidden()


def test_what_is_wrong_is_said_at_its_field_and_nothing_is_lost(opened: Opened, office: Office) -> None:
    page = opened(town.household(1))
    tabs = page.view.tabs
    tabs.facts.go_to("phone")
    press(Qt.Key.Key_A, CTRL)
    typed("13912345678")
    tabs.go_to("built_year")
    typed("1886")
    tabs.facts.editor("main_cause").set_raw("")
    tabs.facts.changed.emit()
    tabs.people.grids[2].model.put(0, 4, [["十三"]])
    _save(office)
    assert tabs.facts.faulty() == ["main_cause"]
    assert tabs.living.form.faulty() == ["built_year"]
    assert "✕ 1" in tabs.people.strips[2].text()
    assert "有 3 处要改" in page.view.record.faults.text()
    assert tabs.currentIndex() == 0
    assert tabs.facts.editor("main_cause").core.hasFocus()
    assert tabs.facts.texts()["phone"] == "13912345678"
    assert _stored(office, page).phone != "13912345678"


def test_somebody_else_saved_first_is_said_and_a_second_save_is_knowingly_ours(opened: Opened, office: Office) -> None:
    page = opened(town.household(1))
    office.act(applications.file, replace(_stored(office, page), bank="县农信社"))
    page.view.tabs.facts.go_to("address")
    commit("第三组十二号")
    _save(office)
    assert "开户银行：县农信社 → " in page.view.record.strip.text()
    assert page.view.tabs.facts.texts()["address"] == "第三组十二号"
    _save(office)
    assert _stored(office, page).address == "第三组十二号"


def test_typing_survives_a_crash_and_news_from_elsewhere(opened: Opened, office: Office, qtbot: QtBot) -> None:
    page = opened(town.household(1))
    page.view.tabs.facts.go_to("address")
    commit("第三组十二号")
    page.take_change(frozenset({"cases"}), None)
    assert page.view.tabs.facts.texts()["address"] == "第三组十二号"
    page.view.record.keep_now()
    office.work.drain()
    again = shown(qtbot, HouseholdsPage(office), 1190, 690)
    assert page.view.file is not None
    again.open_thing(page.view.file.household.id)
    assert again.view.tabs.facts.texts()["address"] == "第三组十二号"
    assert "没有保存的内容" in again.view.record.strip.text()
    again.view.record.strip.buttons[0].click()
    office.work.drain()
    assert again.view.tabs.facts.texts()["address"] == ""
    assert not again.view.record.is_dirty()


def test_f3_saves_and_opens_the_next_household(opened: Opened, office: Office) -> None:
    second = office.act(applications.file, town.household(2)).household_id
    page = opened(town.household(1))
    first = page.view.file.household.id if page.view.file else 0
    page.view.tabs.facts.go_to("address")
    commit("第一组八号")
    page.next_record()
    office.work.drain()
    assert page.view.file is not None
    assert page.view.file.household.id == second
    assert office.see(households.get, first or 0).address == "第一组八号"


def test_the_head_is_typed_once_and_the_people_need_the_whole_width(opened: Opened, qtbot: QtBot) -> None:
    page = opened(town.household(1))
    tabs = page.view.tabs
    tabs.facts.editor("head_name").set_raw("廖某光")
    tabs.facts.changed.emit()
    tabs.setCurrentWidget(tabs.people)
    assert [grid.model.index(0, 0).data() for grid in tabs.people.grids] == ["廖某光"] * 4
    assert not tabs.people.grids[0].model.takes(0, 0)
    assert not page.view.found.isVisible()
    for grid in tabs.people.grids:
        tabs.people.show_strip(tabs.people.grids.index(grid))
        bar = grid.view.horizontalScrollBar()
        qtbot.waitUntil(lambda bar=bar: bar.maximum() == 0)  # type: ignore[misc]


def test_who_comes_and_goes_is_asked_by_the_menu_of_changes(opened: Opened, qtbot: QtBot) -> None:
    page = opened(town.household(1))
    page.view.tabs.setCurrentWidget(page.view.tabs.people)
    page.view.changes.setMenu(None)  # type: ignore[arg-type]  # the list itself would open as a window of its own
    with qtbot.waitSignal(page.view.changes.clicked):
        page.view.tabs.people.change.click()


def test_what_is_doubtful_of_a_person_is_said_at_the_cell_and_does_not_stop(opened: Opened, office: Office) -> None:
    home = town.household(1)
    wife = replace(home.members[1], health=Health.DISABLED)
    page = opened(replace(home, members=(home.members[0], wife)))
    people = page.view.tabs.people
    people.go_to(1, "disability_number")
    grid = people.grids[1]
    assert "没有填残疾证号" in grid.model.doubt(1, "disability_number")
    assert grid.view.currentIndex().data() == ""
    assert not grid.model.faults()
    assert any("没有填残疾证号" in label.text() for label in grid.findChildren(type(page.title_label)))
    grid.model.put(1, 7, [["高血压"]])
    _save(office)
    assert _stored(office, page).members[1].illness == "高血压"


def test_the_help_says_where_the_field_will_stand(opened: Opened) -> None:
    page = opened(replace(town.household(1), structure=Structure.EARTH))
    page.view.tabs.go_to("structure")
    assert page.view.record.help.text().startswith("住房结构　无房户留空")


def _said(page: HouseholdsPage) -> list[str]:
    return [child.text() for child in page.view.tabs.sums.findChildren(type(page.title_label))]


def test_the_help_of_a_field_goes_with_its_tab(opened: Opened) -> None:
    record = opened(town.household(1)).view.record
    record.tabs.go_to("address")
    assert record.help.text().startswith("住址")
    record.tabs.setCurrentIndex(2)
    assert record.help.text() == ""
    record.tabs.go_to("phone")
    assert record.help.text().startswith("联系电话")
