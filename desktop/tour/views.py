"""Looks at pages that show more than they do: the desk, the list of all, a household found by its initials, its file."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from db.rules.case import Kind, Status
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.town import search
from db.services.town.search import Filter
from desktop.pages.desk.page import DeskPage
from desktop.pages.households.page import HouseholdsPage
from desktop.tour.stage import Stage
from desktop.widgets.initials import initials

TYPING_MS = 300
"""The search box waits a moment for more letters before it looks."""


def desk(stage: Stage, name: str) -> None:
    """今天要办的事."""
    stage.page("desk", DeskPage)
    stage.picture(name)


def households(stage: Stage) -> None:
    """Everybody in the record, one found by his initials, one file of those who arrived and one of those who did not."""
    page = stage.page("households", HouseholdsPage)
    page.show_list()
    stage.picture("农户档案")
    found = tuple(stage.office.see(files.open_files, stage.office.see(search.ids, Filter())).values())
    carded = [file for file in found if file.state.status is Status.REGISTERED]
    stopped = [file for file in found if file.state.status is Status.REJECTED]
    for chosen, name in ((sorted(carded, key=_excused_first)[:1], "已建档"), (stopped[:1], "未通过")):
        for file in chosen:
            stage.page("households", HouseholdsPage, file.household.id)
            stage.picture(f"户档-{name}")
    if carded:
        look_up(stage, carded[0].household.head_name)


def look_up(stage: Stage, name: str) -> None:
    """Ctrl+K and the initials of a name, as one types them."""
    field = stage.shell.top.search.field
    stage.shell.actions_by_name["search"].trigger()
    QTest.keyClicks(field, initials(name))
    QTest.qWait(TYPING_MS)
    stage.picture("查找-拼音首字母")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    field.clear()


def _excused_first(file: CaseFile) -> bool:
    return not any(event.kind is Kind.RULED for event in file.events)
