"""A workbook of visits finds its households or asks, is judged before it is saved, and goes in as one act or not at all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.case import Status
from db.rules.codes import Bar, Finding, Verdict
from db.rules.eligibility import Verification
from db.rules.procedure import Step
from db.rules.values import Household
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.deciding import corrections
from db.services.health import audit
from db.services.sheets import visit_import
from db.services.sheets.visit_import import PlannedVisit, VisitPlan
from db.sheets.findings import SheetFinding
from db.sheets.visits import VisitRow, VisitSheet
from tests.helpers import town
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk


def filed(desk: Desk, *homes: Household) -> list[int]:
    ids = [desk.do(applications.file, home).household_id for home in homes]
    of = desk.see(cases.case_of, ids)
    return [of[i] for i in ids]


def row(home: Household, number: int = 3, visit: Verification | None = None, **changes: object) -> VisitRow:
    made = VisitRow(
        home.village, number, home.village, home.group, home.head_name, home.size, visit or town.visit(), (), False
    )
    return replace(made, **changes)  # type: ignore[arg-type]


def sheet(*rows: VisitRow) -> list[VisitSheet]:
    return [VisitSheet(rows[0].sheet, rows[0].village, rows, tuple(f for r in rows for f in r.findings))]


def planned(desk: Desk, *rows: VisitRow) -> VisitPlan:
    shown: VisitPlan = desk.see(visit_import.plan, sheet(*rows))
    return shown


def only(shown: VisitPlan) -> PlannedVisit:
    assert len(shown.rows) == 1
    return shown.rows[0]


def namesakes(desk: Desk) -> tuple[Sequence[Household], list[int]]:
    one = town.household(1)
    two = town.named(town.household(2), one.head_name)
    return (one, two), filed(desk, one, two)


def test_a_matched_row_is_judged_before_and_recorded_in_bulk(desk: Desk) -> None:
    poor, rich = town.household(1), town.household(2, income=5000)
    ids = filed(desk, poor, rich)
    shown = planned(desk, row(poor, 3), row(rich, 4))
    assert [(r.fate, r.case_id) for r in shown.rows] == [("ok", ids[0]), ("ok", ids[1])]
    assert [r.judgement.verdict for r in shown.rows if r.judgement] == [Verdict.FITS, Verdict.UNFIT]
    done = desk.do(visit_import.apply, shown, {})
    assert [d.judgement.verdict for d in done] == [Verdict.FITS, Verdict.UNFIT]
    states = desk.see(cases.states, ids)
    assert (states[ids[0]].at, states[ids[1]].status) == (Step.APPRAISAL, Status.REJECTED)
    assert all(desk.see(cases.events, ids)[i][-1].bulk for i in ids)
    assert not desk.see(audit.faults)


def test_two_namesakes_are_asked_and_their_tails_tell_them_apart(desk: Desk) -> None:
    homes, ids = namesakes(desk)
    shown = planned(desk, row(homes[0], 3), row(homes[1], 4, town.visit(date(2016, 5, 21))))
    assert [r.fate for r in shown.rows] == ["ask", "ask"]
    texts = [c.text for c in shown.rows[0].candidates]
    assert [home.head_id[-4:] in text for home, text in zip(homes, texts, strict=True)] == [True, True]
    assert not any(home.head_id in text for home in homes for text in texts)
    with pytest.raises(Refused, match="没有可以录入的"):
        desk.do(visit_import.apply, shown, {})
    desk.do(visit_import.apply, shown, {shown.rows[0].key: ids[1], shown.rows[1].key: ids[0]})
    events = desk.see(cases.events, ids)
    assert [events[i][-1].acted_on for i in ids] == [date(2016, 5, 21), town.VISITED]


def test_one_household_takes_one_row_and_only_an_offered_answer_counts(desk: Desk) -> None:
    homes, ids = namesakes(desk)
    (stranger,) = filed(desk, town.household(3))
    shown = planned(desk, row(homes[0], 3), row(homes[1], 4, town.visit(date(2016, 5, 21))))
    keys = [r.key for r in shown.rows]
    with pytest.raises(Refused, match="指认成了同一户"):
        desk.do(visit_import.apply, shown, dict.fromkeys(keys, ids[0]))
    with pytest.raises(Refused, match="不是列出的农户"):
        desk.do(visit_import.apply, shown, {keys[0]: stranger})
    assert {s.at for s in desk.see(cases.states, ids).values()} == {Step.VERIFICATION}


def test_an_unanswered_row_stays_out_with_its_reason(desk: Desk) -> None:
    homes, ids = namesakes(desk)
    shown = planned(desk, row(homes[0], 3), row(homes[1], 4, town.visit(date(2016, 5, 21))))
    answers = {shown.rows[0].key: ids[0]}
    assert [(r.row, why) for r, why in shown.left_out(answers)] == [(4, shown.rows[1].why)]
    desk.do(visit_import.apply, shown, answers)
    assert desk.see(cases.states, ids)[ids[1]].at is Step.VERIFICATION


def test_unknown_stopped_and_finished_households_are_listed_never_applied(desk: Desk) -> None:
    known, gone, past = town.household(1), town.household(2), town.household(3)
    ids = filed(desk, known, gone, past)
    desk.do(verification.record, [Visit(ids[2], town.visit())])
    desk.do(corrections.withdraw, ids[1], date(2016, 5, 24), "户主申请撤回", second=vouch(desk.record))
    shown = planned(desk, row(known, 3), row(gone, 4), row(past, 5), row(town.household(4), 6))
    assert [r.fate for r in shown.rows] == ["ok", "skip", "skip", "skip"]
    assert [word in r.why for word, r in zip(("已撤回", "民主评议", "没有这一户"), shown.rows[1:], strict=True)] == [
        True
    ] * 3
    desk.do(visit_import.apply, shown, {})
    assert desk.see(cases.states, ids)[ids[1]].status is Status.WITHDRAWN


def test_another_head_count_is_asked_not_guessed(desk: Desk) -> None:
    home = town.household(1)
    (case_id,) = filed(desk, home)
    one = only(planned(desk, row(home, size=3)))
    assert (one.fate, [c.case_id for c in one.candidates]) == ("ask", [case_id])
    assert "人口不同" in one.why


def test_faults_keep_a_row_out_each_in_its_sentence(desk: Desk) -> None:
    early, late, twin, unread = (town.household(n) for n in (1, 2, 3, 4))
    filed(desk, early, late, twin, unread)
    finding = SheetFinding("华南村", 6, "核实日期", "华南村", "没有填核实日期", "E")
    shown = planned(
        desk,
        row(early, 3, town.visit(town.APPLIED - timedelta(days=1))),
        row(late, 4, town.visit(date(2016, 5, 26))),
        row(twin, 5, replace(town.visit(), surveyors=("周某坤", "周某坤"))),
        row(unread, 6, verification=None, findings=(finding,), faulty=True),
    )
    assert {r.fate for r in shown.rows} == {"fault"}
    words = ("次序颠倒", "晚于今天", "同一人", "没有填核实日期")
    assert [word in r.why for word, r in zip(words, shown.rows, strict=True)] == [True] * 4
    with pytest.raises(Refused):
        desk.do(visit_import.apply, shown, {})


def test_the_same_visit_is_not_recorded_twice_but_a_completed_one_is(desk: Desk) -> None:
    home = town.household(1)
    (case_id,) = filed(desk, home)
    lacking = town.visit(signed_surveyors=1)
    desk.do(visit_import.apply, planned(desk, row(home, 3, lacking)), {})
    assert desk.see(cases.states, [case_id])[case_id].status is Status.INCOMPLETE
    again = only(planned(desk, row(home, 3, lacking)))
    assert (again.fate, "已录过" in again.why) == ("skip", True)
    desk.do(visit_import.apply, planned(desk, row(home, 3)), {})
    assert desk.see(cases.states, [case_id])[case_id].at is Step.APPRAISAL


def test_a_hit_waits_for_the_reviewer_also_from_the_workbook(desk: Desk) -> None:
    home = town.household(1)
    (case_id,) = filed(desk, home)
    shown = planned(desk, row(home, 3, town.visit(hit=Bar.CAR)))
    found = only(shown)
    assert found.judgement is not None
    assert found.judgement.awaits_ruling
    desk.do(visit_import.apply, shown, {})
    assert desk.see(cases.states, [case_id])[case_id].status is Status.RULING


def test_a_record_changed_after_the_preview_is_not_written_over(desk: Desk) -> None:
    one, two = town.household(1), town.household(2)
    ids = filed(desk, one, two)
    shown = planned(desk, row(one, 3), row(two, 4))
    desk.do(verification.record, [Visit(ids[0], town.visit(date(2016, 5, 22)))])
    with pytest.raises(Refused, match="预览之后"):
        desk.do(visit_import.apply, shown, {})
    assert desk.see(cases.states, ids)[ids[1]].at is Step.VERIFICATION


def test_a_sheet_of_no_village_is_a_fault_of_every_row(desk: Desk) -> None:
    home = town.household(1)
    filed(desk, home)
    lost = only(planned(desk, row(home, 3, sheet="Sheet1", village="")))
    assert (lost.fate, "哪个村" in lost.why) == ("fault", True)
    assert desk.see(visit_import.plan, sheet(row(home, 3, sheet="Sheet1", village=""))).count("fault") == 1


def test_open_items_keep_it_incomplete(desk: Desk) -> None:
    home = town.household(1)
    filed(desk, home)
    visit = town.visit()
    open_bar = replace(visit, bars={**visit.bars, Bar.CAR: (Finding.OPEN, "")})
    found = only(planned(desk, row(home, 3, open_bar)))
    assert found.judgement is not None
    assert found.judgement.verdict is Verdict.INCOMPLETE
