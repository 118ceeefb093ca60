"""村册 and 贫困户公示牌 of the village whose cards are listed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.papers.model import Format
from db.services.deciding import cards
from db.services.town import town as town_service
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.county.page import CountyPage
from desktop.printing.window import PaperWindow
from tests.helpers import steps
from tests.helpers.qt import stand


@pytest.fixture
def page(office: Office, clock: FixedClock, qtbot: QtBot) -> CountyPage:
    """Two households of 华南村 on the register."""
    office.act(cards.issue, steps.decided(office, clock, 1, 2), steps.CHECKED)
    made = stand(CountyPage(office), office, qtbot)
    made.cards.renew()
    return made


def _choose(page: CountyPage, office: Office, what: str) -> PaperWindow:
    page.cards.papers.menu.act(what).trigger()
    office.work.drain()
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, PaperWindow) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def test_they_are_of_one_village(page: CountyPage, office: Office) -> None:
    acts = [page.cards.papers.menu.act(what) for what in ("book", "board_a3", "board_a4")]
    assert [act.toolTip() for act in acts] == ["先在左边选一个村"] * 3
    villages = {v.name: v.id for v in office.see(town_service.villages)}
    page.cards.choose_village(villages["小拔村"])
    assert not any(act.isEnabled() for act in acts)
    assert "还没有在册" in acts[0].toolTip()
    page.cards.choose_village(villages["华南村"])
    assert all(act.isEnabled() for act in acts)


@pytest.mark.parametrize(
    ("what", "stem", "sheet"),
    [
        ("book", "村册-华南村", Format.A4),
        ("board_a3", "贫困户公示牌-华南村", Format.A3),
        ("board_a4", "贫困户公示牌-华南村", Format.A4),
        ("blank", "贫困户公示牌-空白", Format.A3),
    ],
)
def test_each_is_shown_as_it_prints(page: CountyPage, office: Office, what: str, stem: str, sheet: Format) -> None:
    page.cards.choose_village({v.name: v.id for v in office.see(town_service.villages)}["华南村"])
    window = _choose(page, office, what)
    paper = window.preview.paper
    assert paper is not None
    assert (paper.file_stem, paper.format) == (stem, sheet)
    assert what == "blank" or "李某明" in paper.text()
    window.close()
