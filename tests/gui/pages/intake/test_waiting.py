"""The list of applications under way: chips, village, text, both figures, and what an empty one says."""

from __future__ import annotations

from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from db.rules.case import Status
from db.rules.procedure import Step
from db.services.cases import cases, verification
from db.services.cases.verification import Visit
from db.services.town.search import Filter
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from tests.gui.pages.intake.conftest import Filed
from tests.helpers import town
from tests.helpers.qt import press


def _shown(page: IntakePage, office: Office) -> list[int]:
    page.renew()
    office.work.drain()
    return list(page.waiting.ids())


def test_an_empty_record_says_what_to_do_first(page: IntakePage) -> None:
    assert page.waiting.empty.text() == "还没有农户申请"
    assert page.waiting.empty.button.text() == "导入名册"
    page.waiting.empty.button.click()
    assert page.views.currentWidget() is page.roster


def test_both_figures_and_chips_count(page: IntakePage, office: Office, filed: Filed) -> None:
    ids = [filed(town.household(n)) for n in (1, 2)] + [filed(town.household(3, village="小拔村"))]
    assert _shown(page, office) == ids
    assert page.subtitle_label.text() == "等待入户核实 3 户 6 人"
    assert page.waiting.total.text() == "共 3 户 6 人"
    assert page.waiting.chips["待入户核实"].text() == "待入户核实 3"
    page.waiting.village.setCurrentIndex(2)
    office.work.drain()
    assert list(page.waiting.ids()) == ids[2:]
    assert page.waiting.total.text() == "共 1 户 2 人"


def test_a_chip_shows_what_is_to_be_completed(page: IntakePage, office: Office, filed: Filed) -> None:
    first, second = filed(town.household(1)), filed(town.household(2))
    case = office.see(cases.case_of, [first])[first]
    office.act(verification.record, [Visit(case, town.visit(signed_surveyors=1))])
    _shown(page, office)
    page.waiting.chips["待补充"].click()
    office.work.drain()
    assert list(page.waiting.ids()) == [first]
    page.open_thing(Filter(step=Step.VERIFICATION, status=Status.RUNNING))
    office.work.drain()
    assert list(page.waiting.ids()) == [second]


def test_text_finds_and_a_search_without_hits_says_so(
    page: IntakePage, office: Office, filed: Filed, qtbot: QtBot
) -> None:
    filed(town.household(1))
    wanted = filed(town.household(2))
    _shown(page, office)
    page.waiting.text.setText(town.household(2).head_name)
    qtbot.waitUntil(lambda: list(page.waiting.ids()) == [wanted])
    page.waiting.text.setText("无此人")
    qtbot.waitUntil(lambda: "没有“待入户核实”的农户" in page.waiting.empty.text())


def test_enter_opens_the_form_and_the_button_the_visit(
    page: IntakePage, office: Office, filed: Filed, qtbot: QtBot
) -> None:
    home = filed(town.household(1))
    _shown(page, office)
    with qtbot.waitSignal(page.go_asked) as asked:
        page.waiting.table.acted.emit(home, "visit")
    assert asked.args == ["verification", home]
    page.waiting.table.go_to(home)
    page.waiting.table.setFocus()
    press(Qt.Key.Key_Return)
    assert page.views.currentWidget() is page.entry
    assert page.entry.form.head.texts()["head_name"] == town.household(1).head_name


def test_the_search_goes_below_the_chips_in_a_narrow_window(page: IntakePage, office: Office, filed: Filed) -> None:
    filed(town.household(1))
    page.refresh()
    office.work.drain()
    list_ = page.waiting
    for width, below in ((1160, False), (800, True), (1160, False)):
        list_.resize(width, 500)
        layout = list_.layout()
        assert layout is not None
        layout.activate()
        assert (list_.text.y() > list_.chips["全部"].y() + list_.chips["全部"].height()) is below
        assert list_.minimumSizeHint().width() < 640
