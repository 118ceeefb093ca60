"""The page on the screen, and a short way to put an application into its boxes."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from db.rules.values import Household
from db.services.cases import applications
from desktop.app.office import Office
from desktop.pages.intake.page import IntakePage
from desktop.widgets.grid import Grid
from tests.helpers.qt import shown

Filed = Callable[[Household], int]
SAID = "said"


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> IntakePage:
    """The page in a window of the smallest screen, its list read."""
    made = shown(qtbot, IntakePage(office), 1190, 690)
    office.work.drain()
    return made


@pytest.fixture
def filed(office: Office) -> Filed:
    """Put an application into the record and return the household's id."""

    def file(household: Household) -> int:
        return office.act(applications.file, household).household_id

    return file


def put(page: IntakePage, household: Household) -> None:
    """What stands in ``household`` is typed, the head's name, number and sex only once."""
    form = page.entry.form
    show = {key: field.kind.show(getattr(household, key)) for key, field in form.head.fields().items()}
    form.head.set_texts(show)
    form.income.set_texts({k: f.kind.show(getattr(household.income, k)) for k, f in form.income.fields().items()})
    form.members.set_texts([{}, *(texts(form.members, m) for m in household.members[1:])])
    head = texts(form.members, household.members[0])
    columns = [field.key for field in form.members.model.fields]
    form.members.model.put(0, 0, [[head.get(key, "") for key in columns]])
    form.head.changed.emit()


def texts(grid: Grid, member: object) -> dict[str, str]:
    """A member as the texts of its row."""
    return {f.key: f.kind.show(getattr(member, f.key, None)) for f in grid.model.fields}
