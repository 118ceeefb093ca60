"""An offer fills the fields it names and takes no room while it has nothing to offer."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.fields.county import DATED, NUMBER
from desktop.widgets.form import Form, Section
from desktop.widgets.offer import Offer


def test_an_offer_taken_fills_its_fields_and_leaves_the_others(qtbot: QtBot) -> None:
    form = Form((Section("", ((NUMBER,), (DATED,))),), scroll=False)
    offer = Offer(form)
    qtbot.addWidget(form)
    qtbot.addWidget(offer)
    offer.make("", {})
    assert offer.isHidden()
    form.set_texts({"dated": "2016-06-02"})
    offer.make("用下一号 华扶办〔2016〕3号", {"number": "华扶办〔2016〕3号"})
    offer.show()
    with qtbot.waitSignal(form.changed):
        QTest.mouseClick(offer.link, Qt.MouseButton.LeftButton)
    assert form.texts() == {"number": "华扶办〔2016〕3号", "dated": "2016-06-02"}
