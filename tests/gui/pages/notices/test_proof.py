"""公示证明单 from the page of notices: blank at any time, of a notice once its list hangs."""

from __future__ import annotations

from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app.office import Office
from desktop.pages.notices.page import NoticesPage
from desktop.printing.window import PaperWindow
from tests.helpers import steps
from tests.helpers.qt import stand


def _shown(office: Office, qtbot: QtBot) -> NoticesPage:
    return stand(NoticesPage(office), office, qtbot)


def _choose(page: NoticesPage, office: Office, what: str) -> PaperWindow:
    page.proof.menu.act(what).trigger()
    office.work.drain()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PaperWindow) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def test_before_anything_hangs_only_the_blank_sheet_is_offered(office: Office, qtbot: QtBot) -> None:
    page = _shown(office, qtbot)
    act = page.proof.menu.act("proof")
    assert not act.isEnabled()
    assert "登记张贴" in act.toolTip()
    window = _choose(page, office, "blank")
    assert window.preview.paper is not None
    assert window.preview.paper.file_stem == "公示证明单-空白"
    window.close()


def test_the_sheet_of_the_chosen_notice_is_shown(office: Office, qtbot: QtBot) -> None:
    steps.hung(office, 1, 2)
    page = _shown(office, qtbot)
    window = _choose(page, office, "proof")
    paper = window.preview.paper
    assert paper is not None
    assert "2户4人" in paper.text()
    assert "第三组" in paper.text()
    window.close()
