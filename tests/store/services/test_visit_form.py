"""What the form of a visit starts with, and how a case will stand by what is in it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from db.errors import Refused
from db.rules.case import Kind, Outcome, Status
from db.rules.codes import Bar, Finding
from db.services.cases import applications, cases, verification
from db.services.cases.cases import Act
from db.services.cases.verification import Visit
from db.services.deciding import visit_form
from db.services.deciding.visit_form import Before, VisitForm
from db.services.sheets import visit_import
from db.services.town import town as town_service
from db.sheets.visits import VisitRow, VisitSheet
from tests.helpers import town
from tests.helpers.record import REVIEWER
from tests.store.services.conftest import Desk


def filed(desk: Desk, serial: int, village: str = "华南村") -> int:
    return int(desk.do(applications.file, town.household(serial, village=village)).household_id)


def case(desk: Desk, household_id: int) -> int:
    return int(desk.see(cases.case_of, [household_id])[household_id])


def opened(desk: Desk, household_id: int) -> VisitForm:
    form: VisitForm = desk.see(visit_form.open_form, household_id)
    return form


def returned(desk: Desk, household_id: int) -> None:
    """The town sent the case back to the visit."""
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    facts = {"outcome": Outcome.RETURNED.value, "reason": "照片缺"}
    desk.do(cases.write, Kind.REVIEWED, [Act(case(desk, household_id), date(2016, 5, 25), facts)])


def test_a_blank_form_brings_the_line_of_the_year_before_and_nobody_before(desk: Desk) -> None:
    form = opened(desk, filed(desk, 1))
    assert (form.open, form.visit, form.before, form.year) == (True, None, None, 2015)
    assert form.line is not None
    assert (form.line.line, "粤发〔2016〕13号" in form.line.source) == (Decimal(4000), True)
    with pytest.raises(Refused):
        opened(desk, 99)


def test_the_visit_entered_last_in_the_same_village_is_offered(desk: Desk) -> None:
    one, two, far = filed(desk, 1), filed(desk, 2), filed(desk, 3, "小拔村")
    desk.do(verification.record, [Visit(case(desk, one), town.visit())])
    desk.do(verification.record, [Visit(case(desk, far), replace(town.visit(), surveyors=("甲某", "乙某")))])
    head = town.household(1).head_name
    assert opened(desk, two).before == Before(head, town.VISITED, ("周某坤", "杨某来"), "叶某伟")
    assert opened(desk, one).before is None


def test_an_incomplete_visit_is_open_and_filled_in(desk: Desk) -> None:
    one = filed(desk, 1)
    visit = town.visit(signed_surveyors=1)
    desk.do(verification.record, [Visit(case(desk, one), visit)])
    form = opened(desk, one)
    assert (form.open, form.visit, form.entered_by) == (True, visit, "钟小明")


def test_a_returned_household_gets_a_blank_form_and_its_old_visit_is_not_taken_in_again(desk: Desk) -> None:
    one = filed(desk, 1)
    visit, home = town.visit(date(2016, 5, 25)), town.household(1)
    desk.do(verification.record, [Visit(case(desk, one), visit)])
    assert not opened(desk, one).open
    returned(desk, one)
    form = opened(desk, one)
    assert (form.open, form.visit) == (True, None)
    row = VisitRow(home.village, 3, home.village, home.group, home.head_name, 2, visit, (), False)
    shown = desk.see(visit_import.plan, [VisitSheet(home.village, home.village, (row,), ())])
    assert (shown.rows[0].fate, "须用重新入户" in shown.rows[0].why) == ("skip", True)


def test_a_village_lists_who_waits_with_what_is_on_file(desk: Desk) -> None:
    one, two, three, _ = filed(desk, 1), filed(desk, 2), filed(desk, 3), filed(desk, 4, "小拔村")
    lacking = town.visit(signed_surveyors=1)
    desk.do(verification.record, [Visit(case(desk, one), town.visit()), Visit(case(desk, two), lacking)])
    rows = desk.see(visit_form.open_village, desk.see(town_service.villages)[0].id)
    assert [(r.household_id, r.case_id, r.visit) for r in rows] == [
        (two, case(desk, two), lacking),
        (three, case(desk, three), None),
    ]


@pytest.mark.parametrize(
    ("hit", "signers", "income", "status"),
    [
        (None, 2, 3000, Status.RUNNING),
        (None, 1, 3000, Status.INCOMPLETE),
        (Bar.CAR, 2, 3000, Status.RULING),
        (Bar.CAR, 1, 3000, Status.INCOMPLETE),
        (None, 2, 4000, Status.REJECTED),
    ],
)
def test_the_record_stands_where_the_form_said_it_would(
    desk: Desk, hit: Bar | None, signers: int, income: int, status: Status
) -> None:
    home = desk.do(applications.file, town.household(1, income=income)).household_id
    form = opened(desk, home)
    visit = town.visit(hit=hit, signed_surveyors=signers)
    assert verification.leads_to(form.thresholds, form.household, visit) is status
    done = desk.do(verification.record, [Visit(case(desk, home), visit)])
    assert done[0].status is status
    assert desk.see(cases.states, [case(desk, home)])[case(desk, home)].status is status


def test_an_open_item_is_never_a_hit(desk: Desk) -> None:
    form = opened(desk, filed(desk, 1))
    visit = town.visit()
    undecided = replace(visit, bars={**visit.bars, Bar.CAR: (Finding.OPEN, "")})
    assert verification.leads_to(form.thresholds, form.household, undecided) is Status.INCOMPLETE
