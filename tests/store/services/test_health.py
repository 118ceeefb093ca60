"""The whole record looked through: what is planted is found at its place, what is in order is not, and a reason given is kept."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from functools import partial
from typing import Any

import pytest
from sqlalchemy import update

from db.errors import Cancelled, Refused
from db.rules.case import Kind, Outcome
from db.rules.codes import BatchKind, EvidenceKind, PovertyCause, Sex
from db.rules.values import Household, Income
from db.schema.attachment import Attachment
from db.schema.base import Base
from db.schema.evidence import EvidenceRow
from db.schema.household import HouseholdRow, MemberRow
from db.services.bulk import insert_rows
from db.services.cases import applications, appraisals, batches, cases, reasons, verification
from db.services.cases.appraisals import Vote
from db.services.cases.cases import Act
from db.services.cases.verification import Visit
from db.services.deciding import reviews
from db.services.deciding.reviews import Opinion
from db.services.health import health
from db.services.health.health import Checkup, Hit
from db.services.notices import notices
from db.services.register import households
from tests.helpers import steps, town
from tests.helpers.record import REVIEWER
from tests.store.services.conftest import Desk


@dataclass
class Slip:
    """A ticket that remembers what it was told and can be stopped."""

    told: list[tuple[int, int]] = field(default_factory=list)
    stop: bool = False

    def report(self, done: int, total: int, text: str) -> None:
        self.told.append((done, total))

    def check(self) -> None:
        if self.stop:
            raise Cancelled


def check(desk: Desk) -> Checkup:
    found: Checkup = desk.see(health.check, Slip())
    return found


def hits(desk: Desk, rule: str) -> list[Hit]:
    return [hit for hit in check(desk).hits if hit.rule == rule]


def file(desk: Desk, *homes: Household) -> list[int]:
    return [desk.do(applications.file, home).household_id for home in homes]


def spoil(desk: Desk, row: type[Base], where: Any, **values: object) -> None:
    """Change a row behind the program's back, as another program or an old record may have it."""
    with desk.record.write() as unit:
        unit.session.execute(update(row).where(where).values(values))


def doubtful(serial: int, **change: Any) -> Household:
    """Filed with a doubt: ill, but nobody is."""
    return replace(town.household(serial), main_cause=PovertyCause.ILLNESS, **change)


def test_a_record_in_order_has_nothing_to_mend(desk: Desk) -> None:
    steps.decided(desk, desk.clock, 1, 2)
    found = check(desk)
    assert [hit for hit in found.hits if hit.severity != "I"] == []
    assert (found.households, found.persons, found.villages) == (2, 4, ("华南村", "小拔村"))


def test_an_empty_record_is_looked_through_too(desk: Desk) -> None:
    found = check(desk)
    assert (found.households, found.hits, found.groups()) == (0, (), ())


def test_a_doubt_is_placed_and_grouped_in_plain_words(desk: Desk) -> None:
    first, second = file(desk, doubtful(1), doubtful(2, village="小拔村", group="第一组"))
    (group,) = [g for g in check(desk).groups() if g.kind == "W"]
    assert (group.rule, group.title, group.households) == ("R40", "致贫原因在成员里找不到", 2)
    assert [(h.household_id, h.village, h.field, h.member) for h in group.hits] == [
        (first, "华南村", "main_cause", None), (second, "小拔村", "main_cause", None),
    ]  # fmt: skip
    assert [len(g.hits) for g in check(desk).groups("小拔村", "W")] == [1]


def test_a_reason_for_many_is_kept_until_the_values_change(desk: Desk) -> None:
    first, second = file(desk, doubtful(1), doubtful(2))
    found = [hit.doubt for hit in hits(desk, "R40")]
    assert desk.do(reasons.keep, found, "两户都有病历，人已病故") == 2
    again = hits(desk, "R40")
    assert [(h.kind, h.why.reason, h.why.actor) for h in again if h.why] == [
        ("done", "两户都有病历，人已病故", "钟小明")
    ] * 2
    assert check(desk).count("W") == 0
    home = desk.see(households.get, first)
    desk.do(households.save, replace(home, main_cause=PovertyCause.DISABILITY))
    assert [(h.household_id, h.kind) for h in hits(desk, "R40")] == [(first, "W"), (second, "done")]


def test_reasons_given_since_are_shown_without_looking_again(desk: Desk) -> None:
    file(desk, doubtful(1))
    found = check(desk)
    (hit,) = [h for h in found.hits if h.rule == "R40"]
    desk.do(reasons.keep, [hit.doubt], "病人已去世")
    assert found.explain(desk.see(reasons.kept)).count("done") == 1


def test_a_reason_must_say_something(desk: Desk) -> None:
    file(desk, doubtful(1))
    doubts = [hit.doubt for hit in hits(desk, "R40")]
    with pytest.raises(Refused):
        desk.do(reasons.keep, doubts, " 有 ")
    with pytest.raises(Refused):
        desk.do(reasons.keep, [], "已核对")
    assert desk.see(reasons.kept) == {}


def test_the_door_asks_for_doubts_without_a_reason(desk: Desk) -> None:
    first, second = file(desk, doubtful(1), town.household(2))
    (one,) = desk.see(reasons.open_doubts, [second, first])
    assert (one.doubt.household_id, one.title) == (first, "致贫原因在成员里找不到")
    assert one.home.startswith("华南村")
    desk.do(reasons.keep, [one.doubt], "病人已去世")
    assert desk.see(reasons.open_doubts, [first, second]) == ()


def test_one_person_in_two_households(desk: Desk) -> None:
    first, second = file(desk, town.household(1), town.household(2))
    number = desk.see(households.get, first).members[1].id_number
    spoil(desk, MemberRow, (MemberRow.household_id == second) & (MemberRow.position == 1), id_number=number)
    assert [(h.household_id, h.member, h.severity) for h in hits(desk, "R03")] == [(first, 1, "E"), (second, 1, "E")]


def test_an_account_of_two_and_a_phone_of_six(desk: Desk) -> None:
    same = [replace(town.household(n), phone="13800000000", bank_card="6212632455325283478") for n in range(1, 7)]
    file(desk, *same)
    assert len(hits(desk, "R22")) == 6
    assert len([h for h in hits(desk, "R23") if h.severity == "W"]) == 6


def test_one_photo_for_two_households(desk: Desk) -> None:
    first, second = file(desk, town.household(1), town.household(2))
    with desk.record.write() as unit:
        photo = Attachment(
            sha256="aa" * 32, mime="image/jpeg", size=1, name="a.jpg", content=b"x", added_at=unit.now, added_by=unit.actor.id
        )  # fmt: skip
        unit.session.add(photo)
        unit.session.flush()
        for household_id in (first, second):
            values = {
                "sha256": "aa" * 32, "kind": EvidenceKind.HOUSE_OUTSIDE, "village_id": None, "household_id": household_id,
                "batch_id": None, "place": "", "taken_on": None, "note": "", "at": unit.now, "actor_id": unit.actor.id,
            }  # fmt: skip
            insert_rows(unit, EvidenceRow, [values])
        unit.trail("上传照片")
    assert [(h.household_id, h.field) for h in hits(desk, "R99")] == [(first, "evidence"), (second, "evidence")]


def test_an_income_that_jumped(desk: Desk) -> None:
    (first,) = file(desk, town.household(1))
    home = desk.see(households.get, first)
    assert home.income is not None
    doubled = replace(home.income, year=2016, wages=(home.income.wages or 0) + Decimal(20_000), per_head_stated=None)
    desk.do(households.save, replace(home, income=doubled))
    assert [h.household_id for h in hits(desk, "R61")] == [first]


def test_who_is_registered_and_over_the_exit_line(desk: Desk) -> None:
    (first,) = desk.do(town.on_register, 1)
    home = desk.see(households.get, first)
    assert home.income is not None
    rich = Income(2016, Decimal(13_000), *[Decimal(0)] * 5)
    desk.do(households.save, replace(home, income=rich))
    assert [h.household_id for h in hits(desk, "R62")] == [first]
    assert hits(desk, "R63") == []  # it applies no longer


SEEN = {
    "verdict": "1", "hits": [], "why": "", "year": 2015, "per_head": "3000", "surveyors": [], "officer": "", "looks": {},
    "priorities": [], "entries": {}, "bars": {}, "signed": [True, True, 2], "stated": "", "remark": "",
}  # fmt: skip
VOTES = {"yes": 38, "no": 2, "abstained": 1, "present": 41, "due": 45, "passed": True}
AGREED = {"agree": True, "reason": "", "notice_last": "2016-06-01"}


def _filed(desk: Desk) -> int:
    (household_id,) = file(desk, town.household(1))
    case_id: int = desk.see(cases.case_of, [household_id])[household_id]
    return case_id


def _write(desk: Desk, kind: Kind, case_id: int, day: date, facts: dict[str, Any], batch_id: int | None = None) -> None:
    """Write an event without asking the door, as an older program may have done."""
    desk.do(cases.write, kind, [Act(case_id, day, facts)], batch_id=batch_id)


def _visits(desk: Desk, day: date) -> int:
    case_id = _filed(desk)
    _write(desk, Kind.VERIFIED, case_id, day, SEEN)
    _write(desk, Kind.APPRAISED, case_id, date(2016, 5, 24), VOTES)
    return case_id


def _opines(desk: Desk, day: date) -> None:
    (case_id,) = steps.hung(desk, 1)
    notice = desk.see(cases.states, [case_id])[case_id].gate_id
    _write(desk, Kind.OPINED, case_id, day, AGREED | {"notice_id": notice})


def _hangs(desk: Desk, *places: str) -> None:
    case_id = _filed(desk)
    desk.do(verification.record, [Visit(case_id, town.visit())])
    desk.do(appraisals.record, town.meeting(), [Vote(case_id, 38, 2, 1)])
    notice = desk.do(notices.create, 1, [case_id])
    desk.do(notices.post, notice, dict.fromkeys(places, (date(2016, 5, 25), "")))
    _write(desk, Kind.OPINED, case_id, date(2016, 6, 2), AGREED | {"notice_id": notice})


def _votes(desk: Desk, yes: int) -> None:
    case_id = _filed(desk)
    _write(desk, Kind.VERIFIED, case_id, date(2016, 5, 20), SEEN)
    _write(desk, Kind.APPRAISED, case_id, date(2016, 5, 24), VOTES | {"yes": yes, "no": 40 - yes})


def _came(desk: Desk, present: int) -> None:
    case_id = _filed(desk)
    facts = {"kind": "2", "due": 45, "present": present}
    day = date(2016, 5, 24)
    meeting = desk.do(batches.make, BatchKind.APPRAISAL, village_id=1, dated=day, facts=facts, village="华南村")
    _write(desk, Kind.VERIFIED, case_id, date(2016, 5, 20), SEEN)
    _write(desk, Kind.APPRAISED, case_id, day, VOTES, meeting)


def _objects(desk: Desk, *, answered: bool) -> None:
    (case_id,) = steps.hung(desk, 1)
    _write(desk, Kind.OBJECTED, case_id, date(2016, 5, 25), {})
    if answered:
        (objection,) = desk.see(cases.states, [case_id])[case_id].objections
        facts = {"objection": objection, "finding": "unfounded", "result": "查无此事"}
        _write(desk, Kind.INVESTIGATED, case_id, date(2016, 5, 25), facts)
    _write(desk, Kind.OPINED, case_id, date(2016, 6, 2), AGREED)


@pytest.mark.parametrize(
    ("rule", "plant", "found"),
    [
        ("R68", partial(_visits, day=date(2016, 5, 24)), 0),
        ("R68", partial(_visits, day=date(2016, 5, 25)), 1),
        ("R69", partial(_opines, day=date(2016, 6, 2)), 0),
        ("R69", partial(_opines, day=date(2016, 6, 1)), 1),
        ("R70", partial(_votes, yes=21), 0),
        ("R70", partial(_votes, yes=20), 1),
        ("R70", partial(_came, present=30), 0),
        ("R70", partial(_came, present=29), 1),
        ("R71", partial(_objects, answered=True), 0),
        ("R71", partial(_objects, answered=False), 1),
    ],
)
def test_what_is_wrong_with_the_procedure(desk: Desk, rule: str, plant: Callable[[Desk], None], found: int) -> None:
    plant(desk)
    told = hits(desk, rule)
    assert [(hit.severity, hit.of_case, hit.field) for hit in told] == [("E", True, "case")] * found


def test_a_list_that_did_not_hang_everywhere(desk: Desk) -> None:
    _hangs(desk, "村委会", "第一组", "第二组")
    (hit,) = hits(desk, "R69")
    assert "第三组没有张贴公示的记录" in hit.text


def test_a_step_done_anew_is_judged_by_its_new_day(desk: Desk) -> None:
    (case_id,) = steps.opined(desk, desk.clock, 1)
    with pytest.raises(Refused):
        desk.do(reviews.opine, [case_id], Opinion(steps.READY, "罗某军", "陈某新"))
    assert hits(desk, "R68") == []


def test_a_check_is_stopped_between_households(desk: Desk) -> None:
    file(desk, town.household(1))
    slip = Slip()
    desk.see(health.check, slip)
    assert slip.told[-1] == (1, 1)
    with pytest.raises(Cancelled):
        desk.see(health.check, Slip(stop=True))


def test_the_last_check_is_remembered(desk: Desk) -> None:
    assert desk.see(health.last) is None
    file(desk, doubtful(1))
    found = check(desk)
    desk.do(health.note, found)
    done = desk.see(health.last)
    assert (done.households, done.errors, done.doubts, done.actor) == (1, 0, 1, "钟小明")


def test_left_households_are_not_looked_at(desk: Desk) -> None:
    (first,) = file(desk, doubtful(1))
    spoil(desk, HouseholdRow, HouseholdRow.id == first, live=False)
    assert check(desk).households == 0


def _ready(desk: Desk, *homes: Household) -> list[int]:
    """Cases of these households with the village's opinion, the reviewer logged in."""
    of = desk.see(cases.case_of, file(desk, *homes))
    found = list(of.values())
    desk.do(verification.record, [Visit(i, town.visit()) for i in found])
    desk.do(appraisals.record, town.meeting(), [Vote(i, 38, 2, 1) for i in found])
    notice = desk.do(notices.create, 1, found)
    desk.do(notices.post, notice, dict.fromkeys(steps.PLACES["华南村"], (date(2016, 5, 25), "")))
    steps.wait(desk, desk.clock, 8)
    desk.do(reviews.opine, found, Opinion(steps.READY, "罗某军", "陈某新"))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    return found


def test_nobody_is_passed_with_a_doubt_unexplained(desk: Desk) -> None:
    sound, doubted = _ready(desk, town.household(1), doubtful(2))
    with pytest.raises(Refused) as refused:
        desk.do(reviews.review, [sound, doubted], reviewed_on=steps.READY, outcome=Outcome.PASSED)
    (problem,) = refused.value.problems
    assert problem.rule == "R40"
    assert "还没有说明理由" in problem.text
    (one,) = desk.see(reasons.open_in_cases, [sound, doubted])
    desk.do(reasons.keep, [one.doubt], "病人已去世")
    assert desk.do(reviews.review, [sound, doubted], reviewed_on=steps.READY, outcome=Outcome.PASSED)


def test_nobody_is_passed_with_a_fault(desk: Desk) -> None:
    (case_id,) = _ready(desk, town.household(1))
    spoil(desk, MemberRow, MemberRow.position == 1, sex=Sex.MALE)
    with pytest.raises(Refused) as refused:
        desk.do(reviews.review, [case_id], reviewed_on=steps.READY, outcome=Outcome.PASSED)
    assert {p.rule for p in refused.value.problems} == {"R05", "R15"}
    assert desk.see(reasons.open_in_cases, [case_id]) == ()


def test_who_is_doubted_may_be_sent_back(desk: Desk) -> None:
    (case_id,) = _ready(desk, doubtful(1))
    assert desk.do(reviews.review, [case_id], reviewed_on=steps.READY, outcome=Outcome.RETURNED, reason="请补病历")
