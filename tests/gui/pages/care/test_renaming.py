"""更名与合并 in 设置: only what the act needs is asked, what it does is said first, what is refused stays typed."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from db.rules.codes import VillageAct
from db.services.cases import applications
from db.services.register import households
from db.services.town import town
from desktop.app.keeping import Keeper
from desktop.app.office import Office
from desktop.pages.care.villages import VillagesPanel
from desktop.widgets.dialogs import Ask
from tests.helpers import steps
from tests.helpers import town as invented
from tests.helpers.dialogs import Dialogs


@pytest.fixture
def panel(office: Office, qtbot: QtBot) -> Iterator[VillagesPanel]:
    """The panel turned to renaming."""
    made = VillagesPanel(office, Keeper(office))
    qtbot.addWidget(made)
    made.resize(1150, 600)
    made.show()
    made.refresh()
    _click(office, made.rename_chip)
    yield made
    office.work.drain()


def _click(office: Office, widget: QWidget) -> None:
    QTest.mouseClick(widget, Qt.MouseButton.LeftButton)
    office.work.drain()


def _fill(panel: VillagesPanel, act: VillageAct, **texts: str) -> None:
    panel.renaming.form.set_values({"act": act})
    for key, text in ({"on": "2016-05-20", "basis": "华民函〔2016〕3号"} | texts).items():
        panel.renaming.form.editor(key).set_raw(text)
        panel.renaming.form.changed.emit()


@pytest.mark.parametrize("act", list(VillageAct))
def test_what_is_asked_stands_side_by_side(panel: VillagesPanel, act: VillageAct, qtbot: QtBot) -> None:
    form = panel.renaming.form
    beside = form.cell("on").x()
    _fill(panel, act)
    shown = [k for k in ("village", "group", "new_name", "into", "into_group") if not form.cell(k).isHidden()]
    assert len(shown) == (3 if act in (VillageAct.GROUP_RENAMED, VillageAct.GROUP_MERGED) else 2)
    qtbot.waitUntil(lambda: form.cell(shown[1]).x() == form.cell("on").x() >= beside > 0)
    assert [form.cell(k).x() for k in shown] == sorted({form.cell(k).x() for k in shown})


def test_a_village_is_renamed_after_its_effect_was_said(office: Office, panel: VillagesPanel, dialogs: Dialogs) -> None:
    home = office.act(applications.file, invented.household(1)).household_id
    _fill(panel, VillageAct.RENAMED, village="华南村", new_name="华新村")
    assert "华南村现有 1 户 2 人" in panel.renaming.effect.text()
    dialogs.answer(Ask, lambda box: box.buttons["go"].click())
    with_said: list[str] = []
    panel.said.connect(lambda text, _: with_said.append(text))
    _click(office, panel.renaming.enter)
    assert office.see(households.get, home).village == "华新村"
    assert with_said == ["已办理更名：华南村 → 华新村，并已留痕"]
    (line,) = panel.renaming.history.items()
    assert line.cells[3].text == "华南村 → 华新村"  # type: ignore[union-attr]


def test_let_be_at_the_question_nothing_is_written(office: Office, panel: VillagesPanel, dialogs: Dialogs) -> None:
    _fill(panel, VillageAct.MERGED, village="小拔村", into="华南村")
    dialogs.answer(Ask, lambda box: box.buttons["back"].click())
    _click(office, panel.renaming.enter)
    assert len(office.see(town.villages)) == 2


def test_a_village_with_a_running_notice_is_refused_in_a_sentence_and_what_was_typed_stays(
    office: Office, panel: VillagesPanel, dialogs: Dialogs
) -> None:
    steps.hung(office, 1)
    _fill(panel, VillageAct.MERGED, village="华南村", into="小拔村")
    dialogs.answer(Ask, lambda box: box.buttons["go"].click())
    _click(office, panel.renaming.enter)
    assert "还没有办结" in panel.renaming.form.faults.text()
    assert panel.renaming.form.editor("into").raw() == "小拔村"


def test_groups_are_offered_by_village_and_merged(office: Office, panel: VillagesPanel, dialogs: Dialogs) -> None:
    _fill(panel, VillageAct.GROUP_MERGED, village="小拔村", group="第二组", into_group="第一组")
    assert panel.renaming.form.cell("new_name").isHidden()
    assert not panel.renaming.form.cell("into_group").isHidden()
    dialogs.answer(Ask, lambda box: box.buttons["go"].click())
    _click(office, panel.renaming.enter)
    assert [g.name for g in office.see(town.villages)[1].groups] == ["第一组"]


def test_what_is_missing_is_marked_and_what_is_not_asked_is_not(office: Office, panel: VillagesPanel) -> None:
    _fill(panel, VillageAct.RENAMED, village="华南村", basis="")
    _click(office, panel.renaming.enter)
    assert panel.renaming.form.cell("basis").editor.problem()
    assert panel.renaming.form.cell("new_name").editor.problem()
    assert [v.name for v in office.see(town.villages)] == ["华南村", "小拔村"]
