"""From the register of objections the answer to one is printed, as soon as it was investigated."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.rules.case import Finding
from db.services.notices import notices, objections
from db.services.notices.objections import Investigation, Objection
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.printing.window import PaperWindow
from tests.gui.pages.notices.conftest import TODAY, OpenPage, pass_days, passed, village_id


def test_an_investigated_objection_has_its_answer(
    office: Office, clock: FixedClock, open_page: OpenPage, qtbot: QtBot
) -> None:
    (case_id,) = passed(office, 1)
    notice = office.act(notices.create, village_id(office), [case_id])
    office.act(notices.post, notice, dict.fromkeys(("村委会", "第一组", "第二组", "第三组"), (TODAY, "")))
    raised = office.act(objections.register, Objection(case_id, TODAY, "钟某强", "来信", "名下有小汽车"))
    page = open_page()
    QTest.mouseClick(page.register_button, Qt.MouseButton.LeftButton)
    panel = page.panel()
    assert panel is not None
    assert not panel.answer.isEnabled()  # type: ignore[attr-defined]
    pass_days(office, clock, 2)
    day = date(2016, 5, 26)
    office.act(
        objections.investigate,
        Investigation(raised, day, ("韦某", "邓某"), Finding.UNFOUNDED, "车在兄弟名下", day, "书面"),
    )
    page = open_page()
    QTest.mouseClick(page.register_button, Qt.MouseButton.LeftButton)
    panel = page.panel()
    assert panel is not None
    QTest.mouseClick(panel.answer, Qt.MouseButton.LeftButton)  # type: ignore[attr-defined]
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    assert window.preview.paper is not None
    assert "钟某强：" in window.preview.paper.text()
    window.close()
    QApplication.sendPostedEvents()
