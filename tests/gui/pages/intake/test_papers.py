"""The register of applications, the receipts and the blank forms come from one menu of the intake page."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication

from db.papers.model import Paper
from db.services.papers import blanks as blank_papers
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from desktop.pages.intake.papers import BLANK, RECEIPTS, REGISTER, THIS_MONTH
from desktop.printing.window import PaperWindow
from tests.gui.pages.intake.conftest import Filed
from tests.helpers import town


def printed(office: Office, page: IntakePage, what: str) -> Paper:
    page.papers.act(what).trigger()
    office.work.drain()
    window = page.findChild(PaperWindow)
    assert window is not None
    paper = window.preview.paper
    assert paper is not None
    window.close()
    QApplication.sendPostedEvents()
    return paper


def test_the_register_and_receipts_of_what_is_listed(office: Office, page: IntakePage, filed: Filed) -> None:
    one, _ = filed(town.household(1)), filed(town.household(2))
    page.refresh()
    office.work.drain()
    assert "合计　2户4人" in printed(office, page, REGISTER).text()
    assert "2016年5月1日至" in printed(office, page, THIS_MONTH).text()
    page.waiting.table.go_to(one)
    text = printed(office, page, RECEIPTS).text()
    assert town.household(1).head_name in text
    assert "华阳-华南-2016-00001" in text


@pytest.mark.parametrize("title", blank_papers.TITLES)
def test_every_blank_form_prints(office: Office, page: IntakePage, title: str) -> None:
    paper = printed(office, page, f"{BLANK}{title}")
    assert title in paper.file_stem
    assert "空白" in paper.file_stem
