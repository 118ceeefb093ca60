"""清退 climbs its own ladder over the same services; the household stays in the record whatever comes of it."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.case import Finding, Kind, Outcome, Status
from db.rules.codes import ApplicationKind, BatchKind
from db.rules.counts import Count, Movement
from db.rules.procedure import IDENTIFICATION, REMOVAL, Step
from db.rules.removal import Proposal, RemovalReason
from db.services.cases import applications, appraisals, batches, cases, verification
from db.services.cases.appraisals import Vote
from db.services.cases.verification import Visit
from db.services.deciding import corrections, county, files, queues, removals, reviews, why
from db.services.deciding.county import CountyPaper, Ruling
from db.services.deciding.reviews import Opinion
from db.services.health import audit
from db.services.ledger import ledger
from db.services.notices import notices, objections
from db.services.notices.objections import Investigation, Objection
from db.services.office import desk as overview_service
from db.services.papers import answers as answer_papers
from db.services.papers import household as household_papers
from db.services.town import search
from db.services.town import town as town_service
from db.services.town.search import Filter
from tests.helpers import town
from tests.helpers.record import CLERK, REVIEWER, vouch
from tests.helpers.steps import PLACES, wait
from tests.store.services.conftest import Desk

TODAY = date(2016, 5, 25)
FOUND = Proposal(TODAY, ("周某坤", "杨某来"), RemovalReason.CAR, "核查发现有小汽车一辆")
PAPER = CountyPaper("华府函〔2016〕21号", date(2016, 6, 2))


def proposed(desk: Desk, *serials: int) -> tuple[list[int], list[int]]:
    """Households of these serials and the cases of their removal."""
    homes = desk.do(town.on_register, *serials)
    return homes, [desk.do(removals.propose, home, FOUND) for home in homes]


def listed(desk: Desk, *serials: int) -> tuple[list[int], list[int], int]:
    homes, found = proposed(desk, *serials)
    desk.do(appraisals.record, town.meeting(TODAY), [Vote(i, 38, 2, 1) for i in found])
    village = desk.see(town_service.villages)[0].id
    notice = desk.do(notices.create, village, list(desk.see(notices.candidates, village, REMOVAL)))
    desk.do(notices.post, notice, dict.fromkeys(PLACES["华南村"], (TODAY, "")))
    return homes, found, notice


def reviewed(desk: Desk, *serials: int) -> tuple[list[int], list[int]]:
    homes, found, _ = listed(desk, *serials)
    wait(desk, desk.clock, 8)
    desk.do(reviews.opine, found, Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, found, reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)
    desk.record.switch(CLERK.name, CLERK.password)
    return homes, found


def line(desk: Desk, home: int) -> search.Line:
    found: dict[int, search.Line] = desk.see(search.lines, [home])
    return found[home]


def test_a_removal_climbs_from_the_proposal_to_the_county_and_off_the_register(desk: Desk) -> None:
    (home, other), _ = proposed(desk, 1, 2)
    assert line(desk, home).ladder == REMOVAL
    assert line(desk, home).on_register
    desk.do(corrections.withdraw, line(desk, other).case_id, TODAY, "误登", second=vouch(desk.record))
    (case_id,) = [line(desk, home).case_id]
    desk.do(appraisals.record, town.meeting(TODAY), [Vote(case_id, 38, 2, 1)])
    village = desk.see(town_service.villages)[0].id
    notice = desk.do(notices.create, village, [case_id])
    assert desk.see(notices.view, notice).label == "华南村2016年第1次清退公示"
    assert "拟清退名单的公示" in desk.see(notices.sheet, notice, TODAY).paper.text()
    desk.do(notices.post, notice, dict.fromkeys(PLACES["华南村"], (TODAY, "")))
    with pytest.raises(Refused, match="期满"):
        desk.do(reviews.opine, [case_id], Opinion(TODAY, "罗某军", "陈某新"))
    wait(desk, desk.clock, 8)
    desk.do(reviews.opine, [case_id], Opinion(date(2016, 6, 2), "罗某军", "陈某新"))
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    desk.do(reviews.review, [case_id], reviewed_on=date(2016, 6, 2), outcome=Outcome.PASSED)
    desk.record.switch(CLERK.name, CLERK.password)
    assert desk.see(search.count, Filter(status=Status.REGISTERED))[0] == 2
    desk.do(county.decide, [Ruling(case_id, Outcome.PASSED)], PAPER)
    gone = line(desk, home)
    assert (gone.status, gone.on_register, gone.card_number) == (Status.REMOVED, False, "华南-2016-0001")
    assert gone.why == "已清退（73 核查发现有小汽车一辆）"
    assert desk.see(search.ids, Filter(status=Status.REGISTERED)) == [other]
    assert line(desk, other).status is Status.REGISTERED
    assert desk.see(audit.faults) == ()


def test_the_ledger_counts_a_removed_household_until_it_left(desk: Desk) -> None:
    (home, _), (removal, _) = reviewed(desk, 1, 2)
    desk.do(county.decide, [Ruling(removal, Outcome.PASSED)], PAPER)
    may, june = desk.see(ledger.month, 2016, 5), desk.see(ledger.month, 2016, 6)
    assert may.total.closing == Count(2, 4)
    assert june.total.movement == Movement(opening=Count(2, 4), ended=Count(1, 2))
    assert (june.total.closing, june.total.year_ended) == (Count(1, 2), Count(1, 2))
    kept = desk.see(files.open_file, home).household
    desk.do(applications.apply_again, kept, ApplicationKind.RESUMED, date(2016, 6, 2))
    again = desk.see(cases.case_of, [home])[home]
    desk.do(town.registered, again, "华南-2016-0009", date(2016, 6, 2))
    assert desk.see(ledger.month, 2016, 6).total.closing == Count(2, 4)


def test_no_household_stands_twice_in_a_list_and_all_its_cases_stay_readable(desk: Desk) -> None:
    (home,), (removal,) = proposed(desk, 1)
    assert desk.see(search.ids, Filter()) == [home]
    assert desk.see(search.count, Filter(status=Status.REGISTERED)) == (1, 2)
    file = desk.see(files.open_file, home)
    assert [c.text for c in file.cases] == ["识别 2016", "清退 2016"]
    assert (file.case_id, file.ladder.key, file.rungs[0].step) == (removal, REMOVAL, Step.PROPOSAL)
    assert "核查发现有小汽车一辆" in file.history[0].text
    before = desk.see(files.open_file, home, file.cases[0].case_id)
    assert (before.ladder.key, before.state.status) == (IDENTIFICATION, Status.REGISTERED)
    assert desk.see(files.open_files, [home], IDENTIFICATION)[home].case_id == file.cases[0].case_id
    assert desk.see(cases.case_of, [home], REMOVAL) == {home: removal}


def test_the_papers_of_identification_are_printed_as_before_while_a_removal_runs(desk: Desk) -> None:
    (home,) = desk.do(town.on_register, 1)
    before = (
        desk.see(household_papers.application, home),
        desk.see(household_papers.card, home),
        desk.see(why.why, home),
    )
    desk.do(removals.propose, home, FOUND)
    after = desk.see(household_papers.application, home), desk.see(household_papers.card, home), desk.see(why.why, home)
    assert after == before
    assert after[1].number == "华南-2016-0001"
    assert desk.see(why.why_of_file, desk.see(files.open_file, home)) == after[2]


def test_a_removal_voted_down_leaves_the_household_on_the_register(desk: Desk) -> None:
    (home,), (removal,) = proposed(desk, 1)
    desk.do(appraisals.record, town.meeting(TODAY), [Vote(removal, 10, 30, 1)])
    assert (line(desk, home).status, line(desk, home).ladder) == (Status.REGISTERED, IDENTIFICATION)
    again = desk.do(removals.propose, home, FOUND)
    assert line(desk, home).case_id == again
    with pytest.raises(Refused, match="后来又办了"):
        desk.do(corrections.correct, [removal], Step.APPRAISAL, "录错", second=vouch(desk.record))
    assert desk.see(audit.faults) == ()


def test_a_wrong_vote_on_a_removal_is_corrected_and_it_runs_again(desk: Desk) -> None:
    (home,), (removal,) = proposed(desk, 1)
    desk.do(appraisals.record, town.meeting(TODAY), [Vote(removal, 10, 30, 1)])
    desk.do(corrections.correct, [removal], Step.APPRAISAL, "票数录错", second=vouch(desk.record))
    assert (line(desk, home).case_id, line(desk, home).step) == (removal, Step.APPRAISAL)


def test_an_objection_to_a_removal_that_holds_keeps_the_household(desk: Desk) -> None:
    (home, _), (removal, other), _ = listed(desk, 1, 2)
    raised = desk.do(objections.register, Objection(removal, TODAY, "廖某明", "来访", "车是亲戚的"))
    assert line(desk, home).status is Status.HELD
    done = Investigation(raised, TODAY, ("黎某坚", "古某平"), Finding.UPHELD, "行驶证不在其名下", TODAY, "当面答复")
    desk.do(objections.investigate, done)
    assert "不予清退，该户继续在册" in desk.see(answer_papers.answer, raised).text()
    assert (line(desk, home).status, line(desk, home).on_register) == (Status.REGISTERED, True)
    assert desk.see(cases.states, [other])[other].status is Status.RUNNING


def test_no_paper_mixes_identification_and_removal(desk: Desk) -> None:
    (_, _), (removal, _) = proposed(desk, 1, 2)
    new = desk.do(applications.file, town.household(3)).household_id
    case_id = desk.see(cases.case_of, [new])[new]
    desk.do(verification.record, [Visit(case_id, town.visit())])
    with pytest.raises(Refused, match="同一份文件"):
        desk.do(appraisals.record, town.meeting(TODAY), [Vote(removal, 38, 2, 1), Vote(case_id, 38, 2, 1)])
    assert [q.line.case_id for q in desk.see(queues.waiting, Kind.APPRAISED)] == [case_id]
    waiting = desk.see(queues.waiting, Kind.APPRAISED, ladder=REMOVAL)
    assert len(waiting) == 2
    assert not any(q.why for q in waiting)


def test_each_ladder_numbers_its_own_papers_and_the_villages_wait_apart(desk: Desk) -> None:
    _, found = proposed(desk, 1, 2)
    new = desk.do(applications.file, town.household(3)).household_id
    case_id = desk.see(cases.case_of, [new])[new]
    desk.do(verification.record, [Visit(case_id, town.visit(TODAY))])
    for votes in ([case_id], found):
        desk.do(appraisals.record, town.meeting(TODAY), [Vote(i, 38, 2, 1) for i in votes])
    labels = [(b.label, b.ladder) for b in desk.see(batches.of_kind, BatchKind.APPRAISAL)]
    assert labels == [
        ("华南村2016年第1次清退民主评议", REMOVAL),
        ("华南村2016年第1次民主评议", IDENTIFICATION),
    ]
    waiting = desk.see(notices.waiting)
    assert [(w.ladder, w.households, w.persons) for w in waiting] == [(IDENTIFICATION, 1, 2), (REMOVAL, 2, 4)]
    village = waiting[0].village_id
    assert desk.see(notices.candidates, village) == (case_id,)
    assert sorted(desk.see(notices.candidates, village, REMOVAL)) == sorted(found)


def test_the_desk_counts_removals_apart_and_says_what_waits(desk: Desk) -> None:
    proposed(desk, 1, 2)
    seen = desk.see(overview_service.overview)
    assert {c.text: (c.households, c.persons) for c in seen.counts if c.households} == {
        "在册": (2, 4), "清退办理中": (2, 4),
    }  # fmt: skip
    for count in seen.counts:
        assert desk.see(search.count, count.wanted) == (count.households, count.persons)
    (todo,) = seen.todos
    assert (todo.text, todo.page, todo.wanted.ladder) == ("清退：待民主评议", "appraisals", REMOVAL)


def test_only_who_is_on_the_register_and_not_already_leaving_is_proposed(desk: Desk) -> None:
    new = desk.do(applications.file, town.household(3)).household_id
    with pytest.raises(Refused, match="正在办理"):
        desk.do(removals.propose, new, FOUND)
    (home,), _ = proposed(desk, 1)
    with pytest.raises(Refused, match="正在办理"):
        desk.do(removals.propose, home, FOUND)
    (rich,) = desk.do(lambda unit: [applications.file(unit, town.household(5, income=9000)).household_id])
    case_id = desk.see(cases.case_of, [rich])[rich]
    desk.do(verification.record, [Visit(case_id, town.visit())])
    with pytest.raises(Refused, match="不在册"):
        desk.do(removals.propose, rich, FOUND)
    assert desk.see(cases.case_of, [rich]) == {rich: case_id}


def test_a_returned_removal_goes_to_the_assembly_again(desk: Desk) -> None:
    (home,), (removal,) = reviewed(desk, 1)
    desk.do(county.decide, [Ruling(removal, Outcome.RETURNED, "缺行驶证复印件")], PAPER)
    assert (line(desk, home).step, line(desk, home).status) == (Step.APPRAISAL, Status.RUNNING)
    with pytest.raises(Refused, match="早于最近一次退回"):
        desk.do(appraisals.record, town.meeting(date(2016, 6, 1)), [Vote(removal, 38, 2, 1)])
    desk.do(appraisals.record, town.meeting(date(2016, 6, 2)), [Vote(removal, 38, 2, 1)])
    assert line(desk, home).step is Step.NOTICE


def test_who_entered_the_proposal_does_not_review_the_removal(desk: Desk) -> None:
    homes = desk.do(town.on_register, 1)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    removal = desk.do(removals.propose, homes[0], FOUND)
    assert desk.see(reviews.own_cases, [removal]) == {removal}


def test_a_returning_household_may_not_be_edited_where_the_register_stands_on_it(desk: Desk) -> None:
    """Head-count and name of who is on the register are not typed over, also while the removal runs."""
    (home,), _ = proposed(desk, 1)
    kept = desk.see(files.open_file, home).household
    with pytest.raises(Refused, match="户主姓名"):
        desk.do(applications.change, town.named(kept, "陈某改"))


def test_who_was_removed_applies_for_resumed_help_and_who_was_refused_in_a_later_year(desk: Desk) -> None:
    (home,), (removal,) = reviewed(desk, 1)
    desk.do(county.decide, [Ruling(removal, Outcome.PASSED)], PAPER)
    kept = desk.see(files.open_file, home).household
    kind = ApplicationKind
    with pytest.raises(Refused, match="恢复帮扶"):
        desk.do(applications.apply_again, kept, kind.FIRST, date(2016, 6, 2))
    desk.do(applications.apply_again, kept, kind.RESUMED, date(2016, 6, 2))
    file = desk.see(files.open_file, home)
    assert [c.text for c in file.cases] == ["识别 2016", "清退 2016", "识别 2016"]
    assert (file.ladder.key, file.state.at) == (IDENTIFICATION, Step.VERIFICATION)
    assert file.household.application_kind is kind.RESUMED
    desk.do(verification.record, [Visit(file.case_id, town.visit(date(2016, 6, 2)))])
    assert line(desk, home).step is Step.APPRAISAL
    assert desk.see(audit.faults) == ()


def test_who_was_removed_and_came_to_nothing_since_is_still_offered_resumed_help(desk: Desk) -> None:
    (home,), (removal,) = reviewed(desk, 1)
    desk.do(county.decide, [Ruling(removal, Outcome.PASSED)], PAPER)
    assert desk.see(applications.kind_of_another, home) is ApplicationKind.RESUMED
    kept = desk.see(files.open_file, home).household
    desk.do(applications.apply_again, kept, ApplicationKind.RESUMED, date(2016, 6, 2))
    desk.do(corrections.withdraw, line(desk, home).case_id, date(2016, 6, 2), "不再申请", second=vouch(desk.record))
    assert line(desk, home).status is Status.WITHDRAWN
    assert desk.see(applications.kind_of_another, home) is ApplicationKind.RESUMED


def test_who_was_refused_applies_anew_only_in_a_later_year(desk: Desk) -> None:
    home = desk.do(applications.file, town.household(1, income=9000)).household_id
    first = desk.see(cases.case_of, [home])[home]
    desk.do(verification.record, [Visit(first, town.visit())])
    assert line(desk, home).status is Status.REJECTED
    kept, kind = desk.see(files.open_file, home).household, ApplicationKind.FIRST
    with pytest.raises(Refused, match="下一年度"):
        desk.do(applications.apply_again, kept, kind, TODAY)
    with pytest.raises(Refused, match="晚于今天"):
        desk.do(applications.apply_again, kept, kind, date(2017, 3, 1))
    desk.clock.pass_time(timedelta(days=280))
    desk.do(applications.apply_again, kept, kind, date(2017, 3, 1))
    assert (line(desk, home).step, line(desk, home).status) == (Step.VERIFICATION, Status.RUNNING)
    assert desk.see(files.open_file, home, first).state.status is Status.REJECTED
    with pytest.raises(Refused, match="后来又办了"):
        desk.do(corrections.correct, [first], Step.VERIFICATION, "录错", second=vouch(desk.record))
    assert len(desk.see(search.ids, Filter())) == 1
