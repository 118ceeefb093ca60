"""House, property and health at the visit: known boxes are gone past, what differs goes into the record, property points to 七不进."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.codes import Bar, Fuel, Health, Road, Structure, YesNo
from db.rules.values import Household, Living
from db.services.cases import applications
from db.services.changes import asof
from db.services.register import households
from desktop.app.office import Office
from tests.gui.pages.verification.test_form import ENTER, opened, status, to_looks, type_head
from tests.helpers import town
from tests.helpers.qt import commit, press, typed

KNOWN = Living(
    new_house=YesNo.NO, new_house_area=Decimal(0), subsidised=YesNo.NO, town_flat=YesNo.NO, water_safe=YesNo.YES,
    water_scarce=YesNo.NO, home_power=YesNo.YES, farm_power=YesNo.YES, toilet=YesNo.NO, fuel=Fuel.WOOD, road=Road.CEMENT,
    road_distance=Decimal("0.50"), machinery=YesNo.NO, registered_business=YesNo.NO, employs=YesNo.NO, savings=Decimal(0),
)  # fmt: skip


def _known(serial: int = 1) -> Household:
    """All is known but whether there is a car and kin paid by the state."""
    return replace(town.household(serial), structure=Structure.EARTH, built_year=1978, living=KNOWN)


def test_enter_stops_only_at_what_the_record_does_not_know(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    page = opened(office, qtbot, one)
    home = page.view.sheet.home
    type_head(page)
    press(ENTER)
    assert home.form.editor("car").core.hasFocus()
    typed("2")
    press(ENTER)
    assert home.form.editor("public_pay").core.hasFocus()
    press(ENTER)
    looks = list(page.view.sheet.looks.values())
    assert looks[0].answer.hasFocus()
    press(ENTER, Qt.KeyboardModifier.ShiftModifier)
    assert home.form.editor("car").core.hasFocus()


def test_what_the_visit_finds_goes_into_the_record_as_of_its_day(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    page = opened(office, qtbot, one)
    home = page.view.sheet.home
    type_head(page)
    press(ENTER)
    typed("1")
    press(ENTER)
    commit("长子，镇中学教师")
    home.form.editor("housing_area").set_raw("48")
    home.form.changed.emit()
    home.health.model.put(1, 1, [["长期慢性病", "", "高血压", "是"]])
    page.view.income.editors["pension"].set_raw("1200")
    page.view.income.editors["pension"].changed.emit()
    page.save()
    office.work.drain()
    found = office.see(households.get, one)
    assert found.living == replace(KNOWN, car=YesNo.YES, public_pay="长子，镇中学教师")
    assert found.housing_area == Decimal("48.00")
    wife = found.members[1]
    assert (wife.health, wife.illness, wife.medicated) == (Health.CHRONIC, "高血压", YesNo.YES)
    assert wife.education is town.household(1).members[1].education
    assert found.income is not None
    assert (found.income.pension, found.income.transfer) == (Decimal("1200.00"), Decimal("1200.00"))
    assert found.version == 2
    assert status(office, one)[1] is Status.INCOMPLETE


def test_property_points_to_the_items_and_answers_none_of_them(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    page = opened(office, qtbot, one)
    bars = page.view.sheet.bars
    assert not any(line.proposal() for line in bars.values())
    page.view.sheet.home.form.go_to("car")
    typed("1")
    page.view.sheet.home.form.go_to("new_house")
    typed("1")
    page.view.sheet.home.form.editor("new_house_area").set_raw("96")
    page.view.sheet.home.form.changed.emit()
    assert bars[Bar.CAR].proposal() == "财产一栏填了小汽车，请核对七不进第三条"
    assert bars[Bar.NEW_HOUSE].proposal() == "居住条件填了新建 96 ㎡，请核对七不进第一条"
    assert not any(line.text() for line in bars.values())
    bars[Bar.CAR].answer.setFocus()
    typed("1")
    assert bars[Bar.CAR].wants_evidence()


def test_what_is_typed_of_the_house_survives_and_faults_are_said_at_their_place(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    office.act(applications.file, _known(2))
    page = opened(office, qtbot, one)
    typed("20160520")
    home = page.view.sheet.home
    home.form.go_to("built_year")
    press(Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    typed("1886")
    home.health.model.put(0, 3, [["风湿"]])
    page.next_record()
    page.previous.click()
    assert home.form.texts()["built_year"] == "1886"
    assert home.health.texts()[0]["illness"] == "风湿"
    page.save()
    office.work.drain()
    assert home.form.faulty() == ["built_year"]
    assert home.form.editor("built_year").core.hasFocus()
    assert "有 1 处要改" in page.view.faults.text()
    assert status(office, one)[1] is Status.RUNNING


def test_page_keys_turn_part_by_part(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    page = opened(office, qtbot, one)
    to_looks()
    assert next(iter(page.view.sheet.looks.values())).answer.hasFocus()
    press(Qt.Key.Key_PageDown)
    press(Qt.Key.Key_PageDown)
    assert page.view.sheet.bars[Bar.NEW_HOUSE].answer.hasFocus()
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_PageUp)
    press(Qt.Key.Key_PageUp)
    assert QApplication.focusWidget() is page.view.sheet.home.health.view


def test_the_foot_says_where_a_field_will_stand(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    page = opened(office, qtbot, one)
    page.view.sheet.home.form.go_to("toilet")
    assert page.view.help.text() == "有卫生厕所　依据：贫困户登记表　出现在：入户核实表、贫困户登记表"


def test_the_day_found_is_kept_with_the_version(office: Office, qtbot: QtBot) -> None:
    one = office.act(applications.file, _known()).household_id
    page = opened(office, qtbot, one)
    type_head(page)
    page.view.sheet.home.form.go_to("car")
    typed("2")
    page.save()
    office.work.drain()
    before, after = (office.see(asof.household_on, one, date(2016, 5, day)) for day in (19, 20))
    assert before.living == KNOWN
    assert after.living == replace(KNOWN, car=YesNo.NO)
