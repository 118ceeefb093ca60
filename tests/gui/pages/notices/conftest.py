"""The page of notices on the invented town, and short words for what must have happened before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest
from pytestqt.qtbot import QtBot

from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.notices import notices
from db.services.town import town as town_service
from db.store.clock import FixedClock
from desktop.app.office import Office
from desktop.pages.notices.page import NoticesPage
from tests.helpers import town
from tests.helpers.qt import stand
from tests.helpers.replay import once

TODAY = date(2016, 5, 25)
PLACES = ("村委会", "第一组", "第二组", "第三组")
OpenPage = Callable[[], NoticesPage]


@once
def passed(office: Office, *serials: int) -> list[int]:
    """Households of 华南村 that passed the assembly; their cases."""
    homes = [office.act(applications.file, town.household(n)).household_id for n in serials]
    of = office.see(cases.case_of, homes)
    found = [of[i] for i in homes]
    office.act(verification.record, [Visit(i, town.visit()) for i in found])
    office.act(appraisals.record, town.meeting(), [Vote(i, 38, 2, 1) for i in found])
    return found


def village_id(office: Office) -> int:
    return office.see(town_service.villages)[0].id


@once
def made(office: Office, *serials: int) -> int:
    """A notice nobody posted yet."""
    return office.act(notices.create, village_id(office), passed(office, *serials))


@once
def posted(office: Office, *serials: int, on: date = TODAY) -> int:
    """A notice that hangs everywhere."""
    notice = made(office, *serials)
    office.act(notices.post, notice, dict.fromkeys(PLACES, (on, "")))
    return notice


def pass_days(office: Office, clock: FixedClock, count: int) -> None:
    """Let days pass on which somebody worked."""
    for _ in range(count):
        clock.pass_time(timedelta(days=1))
        with office.record.write():
            pass


@pytest.fixture
def open_page(office: Office, qtbot: QtBot) -> OpenPage:
    """Open the page and wait until it stands."""

    def opened() -> NoticesPage:
        return stand(NoticesPage(office), office, qtbot)

    return opened
