"""一户一档 from the household page: one file in the preview by menu or key, those of the list in one PDF, stopped without a trace."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtPrintSupport import QPrinterInfo
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot

from db.rules.codes import BatchKind, EvidenceKind
from db.schema.evidence import EvidenceRow
from db.services.cases import applications, batches, cases
from db.services.town.search import Filter
from db.store import attachments
from db.store.unit import Unit
from desktop.app.office import Office
from desktop.pages.households import dossier
from desktop.pages.households.dossier import DossierWindow
from desktop.pages.households.page import HouseholdsPage
from desktop.widgets.dialogs import Ask
from tests.helpers import steps, town
from tests.helpers.dialogs import Dialogs


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> HouseholdsPage:
    """Three households, the list shown."""
    for n in (1, 2, 3):
        office.act(applications.file, town.household(n, village="小拔村" if n == 3 else "华南村"))
    made = HouseholdsPage(office)
    qtbot.addWidget(made)
    made.resize(1190, 690)
    with qtbot.waitExposed(made):
        made.show()
    office.work.drain()
    return made


def _window() -> DossierWindow:
    found = [w for w in QApplication.topLevelWidgets() if isinstance(w, DossierWindow) and w.isVisible()]
    assert len(found) == 1
    return found[0]


def test_the_menu_of_a_household_shows_its_file(page: HouseholdsPage, office: Office) -> None:
    page.open_household(page.table.ids()[0])
    assert not page.dossiers.menu.isVisible()
    page.view.papers.act("dossier").trigger()
    office.work.drain()
    window = _window()
    assert window.windowTitle().startswith("一户一档 华南村第一组")
    assert window.preview.page_count >= 5
    window.close()


def test_the_key_shows_the_file_of_the_household_in_the_list(
    page: HouseholdsPage, office: Office, qtbot: QtBot
) -> None:
    page.table.go_to(page.table.ids()[1])
    page.activateWindow()
    page.table.setFocus()
    qtbot.keyClick(page.table, Qt.Key.Key_P, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier)
    office.work.drain()
    window = _window()
    assert "张某明" in window.windowTitle()
    window.close()


def test_the_button_counts_what_is_listed_or_selected(page: HouseholdsPage) -> None:
    menu = page.dossiers.menu
    assert menu.text() == "打印一户一档（3 户）"
    page.table.selectAll()
    assert menu.text() == "打印一户一档（3 户）"
    page.filters.set_wanted(Filter(text="没有这人"))
    assert menu.isHidden()


def test_a_village_is_saved_in_one_pdf(page: HouseholdsPage, office: Office, dialogs: Dialogs, tmp_path: Path) -> None:
    page.filters.set_wanted(Filter(village_id=1))
    assert page.dossiers.menu.text() == "打印一户一档（2 户）"
    target = tmp_path / "华南村.pdf"
    dialogs.answer_static(QFileDialog, "getSaveFileName", (str(target), ""))
    said: list[str] = []
    page.said.connect(lambda text, _: said.append(text))
    page.dossiers.menu.act("pdf").trigger()
    office.work.drain()
    assert said == ["2 户的一户一档已存为“华南村.pdf”。"]
    assert target.read_bytes().startswith(b"%PDF-")


def test_stopped_it_leaves_nothing(page: HouseholdsPage, office: Office, tmp_path: Path) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    page.dossiers.save(page.dossiers.wanted(), folder / "a.pdf").cancel()
    office.work.drain()
    assert list(folder.iterdir()) == []


def test_a_whole_town_is_asked_first(
    page: HouseholdsPage, office: Office, dialogs: Dialogs, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dossier, "_MANY", 3)
    asked: list[str] = []

    def stay(box: Ask) -> int:
        asked.extend(button.text() for button in box.buttons.values())
        return 0

    dialogs.answer(Ask, stay)
    page.dossiers.menu.act("pdf").trigger()
    assert asked == ["先不打印", "打印 3 户"]


def test_without_a_printer_it_is_said(page: HouseholdsPage, office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QPrinterInfo, "availablePrinterNames", staticmethod(list))
    troubles: list[object] = []
    office.work.trouble.connect(troubles.append)
    page.dossiers.menu.act("print").trigger()
    assert "没有可用打印机" in str(troubles[0])


def _scan(unit: Unit) -> None:
    batch = batches.of_kind(unit, BatchKind.APPRAISAL)[0].id
    sha = attachments.attach(unit, "签到.pdf", b"%PDF-1.4 scan")
    unit.session.add(
        EvidenceRow(sha256=sha, kind=EvidenceKind.SIGN_IN, batch_id=batch, at=unit.now, actor_id=unit.actor.id)
    )


def test_saving_the_preview_saves_the_scans_that_are_pdf(office: Office, qtbot: QtBot, tmp_path: Path) -> None:
    found = steps.hung(office, 5)
    office.act(_scan)
    made = HouseholdsPage(office)
    qtbot.addWidget(made)
    made.show()
    made.dossiers.show(office.see(cases.households_of, found)[found[0]])
    office.work.drain()
    window = _window()
    folder = tmp_path / "out"
    folder.mkdir()
    window.preview.save_to(folder / "一户.pdf")
    office.work.drain()
    assert sorted(path.name for path in folder.iterdir()) == ["一户-附件", "一户.pdf"]
    assert "1 个 PDF 附件存在“一户-附件”" in window.preview.note.text()
    window.close()
