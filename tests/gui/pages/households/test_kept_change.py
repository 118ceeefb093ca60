"""What was told of a change of people and not confirmed is kept as a draft, as every other form is."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.codes import ChangeKind
from db.services.town import drafts
from desktop.app.office import Office
from tests.gui.pages.households.test_changing import _close, _guide, _open
from tests.helpers.changes import family, filed


def test_what_was_told_is_there_again_after_the_program_was_killed(office: Office, qtbot: QtBot) -> None:
    household_id = filed(office, family())
    guide = _guide(_open(office, qtbot, household_id), ChangeKind.BORN)
    assert not guide.keeper.due()
    assert guide.telling.entrant is not None
    guide.telling.entrant.editor("name").set_raw("李某苗")
    guide.telling.what.editor("acted_on").set_raw("2016-05-")
    guide.telling.what.changed.emit()
    assert guide.keeper.due()
    guide.keeper.flush()
    office.work.drain()
    again = _guide(_open(office, qtbot, household_id), ChangeKind.BORN)
    assert again.telling.entrant is not None
    assert again.telling.entrant.values()["name"] == "李某苗"
    assert again.telling.what.texts()["acted_on"] == "2016-05-"
    assert "没有办完的内容" in again.kept.text()
    again.leave.click()
    office.work.drain()
    assert drafts.load(office.record, "change/") == []
    _close(office, guide)
    QApplication.sendPostedEvents()
