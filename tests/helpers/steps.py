"""Households of the invented town brought up to a step, for tests of the pages that come late in the procedure."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any, Protocol

from db.rules.case import Outcome
from db.services.cases import applications, appraisals, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import county, reviews
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.reviews import Opinion
from db.services.notices import notices
from db.services.town import town as town_service
from db.store.clock import FixedClock
from db.store.record import Record
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER
from tests.helpers.replay import once

PLACES = {"华南村": ("村委会", "第一组", "第二组", "第三组"), "小拔村": ("村委会", "第一组", "第二组")}
READY = date(2016, 6, 2)
"""The first day of an opinion on a notice hung at the start."""
CHECKED = date(2016, 6, 10)
"""The first day of the county's check on an announcement hung on READY."""


class Acting(Protocol):
    """Anything with an open record that acts and reads."""

    record: Record

    def act(self, verb: Any, *args: Any, **kwargs: Any) -> Any: ...

    def see(self, verb: Any, *args: Any, **kwargs: Any) -> Any: ...


@once
def hung(office: Acting, *serials: int, village: str = "华南村") -> list[int]:
    """Cases on a notice that hangs everywhere since today."""
    homes = [office.act(applications.file, town.household(n, village=village)).household_id for n in serials]
    return climbed(office, *homes, village=village)


def climbed(office: Acting, *homes: int, village: str = "华南村") -> list[int]:
    """Cases of filed households on a notice that hangs everywhere since today."""
    of = office.see(cases.case_of, homes)
    found = [of[i] for i in homes]
    office.act(verification.record, [Visit(i, town.visit()) for i in found])
    office.act(appraisals.record, town.meeting(village=village), [Vote(i, 38, 2, 1) for i in found])
    village_id = {v.name: v.id for v in office.see(town_service.villages)}[village]
    notice = office.act(notices.create, village_id, found)
    today = office.record.clock.now().date()
    office.act(notices.post, notice, dict.fromkeys(PLACES[village], (today, "")))
    return found


def wait(office: Acting, clock: FixedClock, days: int) -> None:
    """Let days pass on which somebody worked."""
    for _ in range(days):
        clock.pass_time(timedelta(days=1))
        with office.record.write():
            pass


@once
def opined(office: Acting, clock: FixedClock, *serials: int, village: str = "华南村") -> list[int]:
    """Cases with the village's opinion, on READY."""
    found = hung(office, *serials, village=village)
    wait(office, clock, 8)
    office.act(reviews.opine, found, Opinion(READY, "罗某军", "陈某新"))
    return found


@once
def passed(office: Acting, clock: FixedClock, *serials: int) -> list[int]:
    """Cases the town has passed, on READY; the clerk is logged in again."""
    found = opined(office, clock, *serials)
    office.record.switch(REVIEWER.name, REVIEWER.password)
    office.act(reviews.review, found, reviewed_on=READY, outcome=Outcome.PASSED)
    office.record.switch(CLERK.name, CLERK.password)
    return found


@once
def announced(office: Acting, clock: FixedClock, *serials: int) -> list[int]:
    """Cases on an announcement whose days are over, on CHECKED."""
    found = passed(office, clock, *serials)
    batch = office.act(county.announce, found, CountyPaper("华扶公告〔2016〕1号", READY))
    office.act(notices.post, batch, {"华阳镇": (READY, ""), "华南村": (READY, "")})
    wait(office, clock, 8)
    return found


@once
def decided(office: Acting, clock: FixedClock, *serials: int) -> list[int]:
    """Cases the county decided, on CHECKED."""
    found = announced(office, clock, *serials)
    for verb in (county.recheck, county.decide):
        office.act(verb, [Ruling(i, Outcome.PASSED) for i in found], CountyPaper("华府函〔2016〕9号", CHECKED))
    return found
