"""F1 on every field of every form of every page, in the real window: the paragraph of that field opens; on every page its chapter."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from db.fields.base import Field
from db.fields.recheck import ACTED_ON
from db.rules.codes import Role
from db.services.cases import applications
from desktop.app.jobs import JOBS
from desktop.app.program import Program
from desktop.app.wiring import Workplace
from desktop.forms.amount import Amount
from desktop.help import fieldtexts
from desktop.help.asking import asked_by
from desktop.help.keymap import KeyMap
from desktop.help.texts import Place
from desktop.help.window import HelpWindow
from desktop.pages.care.page import CarePage
from desktop.pages.documents.page import DocumentsPage
from desktop.pages.entry.people import PersonCard
from desktop.pages.households.page import HouseholdsPage
from desktop.pages.intake.page import IntakePage
from desktop.pages.verification.page import VerificationPage
from desktop.widgets.cell import FieldCell
from desktop.widgets.form import Section
from desktop.widgets.formdialog import FormDialog
from desktop.widgets.gridview import GridView
from desktop.widgets.page import Page
from tests.helpers import town
from tests.helpers.explained import unexplained
from tests.helpers.program import Clerk, clerk, settle
from tests.helpers.qt import press

__all__ = ["clerk"]


@pytest.fixture
def program(clerk: Clerk) -> Program:
    """The clerk at his desk in the real window."""
    clerk.make_record()
    started = clerk.start(clerk.path)
    clerk.log_in(started)
    return started


def _place(program: Program) -> Workplace:
    assert program.workplace is not None
    return program.workplace


def _help(window: QWidget) -> HelpWindow:
    found = window.findChild(HelpWindow)
    assert found is not None
    return found


def _right(shown: HelpWindow, field: Field) -> bool:
    """Whether the paragraph shown is that of ``field``: what it says stands below its heading."""
    where = fieldtexts.place_of(field)
    told = shown.text.toPlainText()
    expected = Place(*where) if where else Place("", field.label)
    return shown.place() == expected and field.label in told and field.help in told and field.basis in told


def _pages_with_fields(place: Workplace) -> list[Page]:
    """Every page, and those whose forms open on a thing opened on one."""
    household = place.office.act(applications.file, town.household(1)).household_id
    place.office.hub.announce(frozenset({"cases", "households"}))
    for job in JOBS:
        place.shell.go(job.key)
        settle(place)
    place.shell.go("households", household)
    settle(place)
    place.shell.go("verification", household)
    settle(place)
    return list(place.shell.built().values())


def test_every_field_of_every_page_has_its_paragraph(program: Program) -> None:
    place = _place(program)
    seen: set[type[Page]] = set()
    asked: set[Field] = set()
    for page in _pages_with_fields(place):
        for cell in (*page.findChildren(FieldCell), *page.findChildren(Amount)):
            shown = program.help.explain(cell.editor.core)
            assert _right(shown, cell.field), (type(page).__name__, cell.field.label)
            seen.add(type(page))
            asked.add(cell.field)
        for view in page.findChildren(GridView):
            for column in range(view.model().columnCount()) if view.model().rowCount() else ():
                view.setCurrentIndex(view.model().index(0, column))
                field = view.current_field()
                assert field is not None
                assert _right(program.help.explain(view), field), (type(page).__name__, field.label)
                asked.add(field)
    assert {HouseholdsPage, IntakePage, VerificationPage, DocumentsPage} <= seen
    assert len(asked) > 130


def test_f1_opens_the_chapter_of_every_page(program: Program) -> None:
    place = _place(program)
    for job in JOBS:
        place.shell.go(job.key)
        settle(place)
        shown = program.help.explain(place.shell.current_page())
        assert shown.place() == Place(job.key), job.title
    shown.hide()


def test_each_part_of_the_settings_has_its_paragraph(program: Program) -> None:
    page = _place(program).shell.go("care")
    assert isinstance(page, CarePage)
    for panel in page.panels.values():
        assert program.help.explain(panel).place() == Place("care", panel.title)


def test_the_key_itself_finds_the_field_and_once_more_the_keys(program: Program, qtbot: QtBot) -> None:
    place = _place(program)
    page = place.shell.go("documents")
    settle(place)
    assert isinstance(page, DocumentsPage)
    cell = page.findChildren(FieldCell)[1]
    program.window.activateWindow()
    cell.editor.setFocus(Qt.FocusReason.TabFocusReason)
    press(Qt.Key.Key_F1)
    shown = _help(program.window)
    assert shown.isVisible()
    assert _right(shown, cell.field)
    qtbot.waitUntil(shown.isActiveWindow)
    QTest.keyClick(shown, Qt.Key.Key_F1)
    maps = [w for w in QApplication.topLevelWidgets() if isinstance(w, KeyMap)]
    assert len(maps) == 1
    QTest.keyClick(maps[0], Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not [w for w in QApplication.topLevelWidgets() if isinstance(w, KeyMap)])


def test_a_dialog_that_blocks_the_window_has_its_own_help(program: Program, qtbot: QtBot) -> None:
    place = _place(program)
    page = place.shell.go("rechecks")
    settle(place)
    dialog = _dialog(page)
    first = next(iter(dialog.form.fields()))
    handle = dialog.windowHandle()
    assert handle is not None
    qtbot.waitUntil(dialog.isActiveWindow)
    dialog.form.go_to(first)
    QTest.keyClick(handle, Qt.Key.Key_F1)
    shown = _help(dialog)
    assert _right(shown, dialog.form.fields()[first])
    assert QGuiApplication.modalWindow() is handle
    dialog.reject()
    qtbot.waitUntil(lambda: not place.shell.findChildren(FormDialog))


def _dialog(page: Page | None) -> FormDialog:
    made = FormDialog("登记", "", (Section("", ((ACTED_ON,),)),), parent=page)
    made.open()
    return made


def test_before_anybody_is_logged_in_it_explains_the_way_in(clerk: Clerk) -> None:
    program = clerk.start()
    assert program.help.explain(program.entry).place() == Place("first")
    assert program.help.explain(program.entry.focusWidget()).place() == Place("fields-town", "省")


def test_an_input_that_nothing_explains_is_noticed(clerk: Clerk) -> None:
    """What every window test is held to: the lines of a person's card stand in no part with a paragraph until the step holds them."""
    below = QWidget()
    card = PersonCard(Role.CLERK, clerk.door, below)
    lost = unexplained(below)
    assert [line for line in lost if "PersonCard" in line and "姓名" in line]
    below.setProperty("help", "first.md#经办人和审核人")
    assert unexplained(below) == []
    assert asked_by(card.person.line) == Place("first", "经办人和审核人")
