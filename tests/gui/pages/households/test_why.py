"""The panel 为什么 is filled when it is looked at, another line can be tried, and the town's list opens the household."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.values import Income
from db.services.cases import applications
from desktop.app.office import Office
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.households.whatif import WhatIfDialog
from tests.helpers import town
from tests.helpers.qt import stand


def _page(office: Office, qtbot: QtBot, *incomes: int) -> tuple[HouseholdsPage, list[int]]:
    ids = []
    for n, per_head in enumerate(incomes, 1):
        home = town.household(n)
        sheet = Income(2015, Decimal(per_head * home.size), *[Decimal(0)] * 5)
        ids.append(office.act(applications.file, replace(home, income=sheet)).household_id)
    page = stand(HouseholdsPage(office), office, qtbot)
    return page, ids


def test_the_panel_follows_the_household_while_it_is_looked_at(office: Office, qtbot: QtBot) -> None:
    page, (one, two) = _page(office, qtbot, 3000, 6000)
    page.open_household(one)
    assert page.why.verdict.text() == ""
    page.view.tabs.setCurrentWidget(page.why)
    assert (
        "2015 年贫困户识别标准 4,000.00 元（4,000.00 × 价格指数 1.000），比标准低 1,000.00 元，符合"
        in page.why.verdict.text()
    )
    page.open_household(two)
    assert "比标准高 2,000.00 元，不低于标准，不符合" in page.why.verdict.text()


def test_another_line_is_tried_on_the_household_and_on_the_town(office: Office, qtbot: QtBot) -> None:
    page, (_, two) = _page(office, qtbot, 3000, 6000)
    page.open_household(two)
    page.view.tabs.setCurrentWidget(page.why)
    assert not page.why.everyone.isEnabled()
    page.why.line.setCurrentIndex(page.why.line.findText("2018 年", Qt.MatchFlag.MatchStartsWith))
    assert page.why.tried.text().startswith("试算：人均 6,000.00 元，2018 年贫困户脱贫标准 7,365.00 元")
    page.resize(1190, 460)
    QApplication.processEvents()
    page.why.line.setCurrentIndex(page.why.line.findText("2017 年", Qt.MatchFlag.MatchStartsWith))
    assert page.why.tried.visibleRegion().boundingRect() == page.why.tried.rect()
    page.why.line.setCurrentIndex(page.why.line.findText("2018 年", Qt.MatchFlag.MatchStartsWith))
    page.why.everyone.click()
    office.work.drain()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WhatIfDialog))
    assert "变为符合 1 户 2 人" in dialog.told.text()
    page.show_list()
    dialog.table.opened.emit(two)
    assert page.view.file is not None
    assert page.view.file.household.id == two


def test_a_line_that_moves_nobody_is_said_so(office: Office, qtbot: QtBot) -> None:
    page, (one,) = _page(office, qtbot, 3000)
    page.open_household(one)
    page.view.tabs.setCurrentWidget(page.why)
    page.why.line.setCurrentIndex(page.why.line.findText("2018 年", Qt.MatchFlag.MatchStartsWith))
    page.why.everyone.click()
    office.work.drain()
    dialog = next(w for w in QApplication.topLevelWidgets() if isinstance(w, WhatIfDialog))
    assert dialog.empty.isVisible()
    assert not dialog.table.isVisible()
    dialog.accept()
