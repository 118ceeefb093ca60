"""回头看 from the beginning of a round to its paper: what each finding leads to, and what is refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Recheck
from db.rules.counts import Count
from db.rules.procedure import REMOVAL
from db.rules.recheck import Outcome
from db.rules.removal import RemovalReason
from db.services.cases import applications
from db.services.changes import changes
from db.services.deciding import corrections, rechecks
from db.services.health import audit
from db.services.office import desk as overview
from db.services.town import search
from db.services.town import town as town_service
from tests.helpers import town
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk

TODAY = date(2016, 5, 25)
KEPT = Outcome(Recheck.KEPT, TODAY, ("周某坤", "杨某来"))
GONE = replace(KEPT, outcome=Recheck.REMOVED, code=RemovalReason.CAR, reason="有小汽车一辆")


def villages(desk: Desk) -> list[int]:
    return [v.id for v in desk.see(town_service.villages)]


def test_a_round_goes_over_the_register_and_each_finding_leads_on(desk: Desk) -> None:
    homes = desk.do(town.on_register, 1, 2, 3)
    south = villages(desk)[0]
    made = desk.do(rechecks.begin, south, TODAY)
    (shown,) = desk.see(rechecks.rounds)
    assert (shown.label, shown.village) == ("华南村2016年第1次回头看", "华南村")
    assert (shown.progress.whole, shown.progress.left) == (Count(3, 6), Count(3, 6))
    desk.do(rechecks.record, made, homes[:1], KEPT)
    desk.do(rechecks.record, made, homes[1:2], replace(KEPT, outcome=Recheck.CORRECTED, reason="住房面积记错"))
    (removal,) = desk.do(rechecks.record, made, homes[2:], GONE)
    line = desk.see(search.lines, homes)[homes[2]]
    assert (line.case_id, line.ladder) == (removal, REMOVAL)
    (shown,) = desk.see(rechecks.rounds)
    assert shown.progress.left == Count()
    assert shown.found[Recheck.REMOVED] == shown.found[Recheck.KEPT] == Count(1, 2)
    found = {t.line.id: t.looked for t in desk.see(rechecks.targets, made)}
    gone = found[homes[2]]
    assert gone is not None
    assert (gone.code, gone.case_id, gone.by) == (RemovalReason.CAR, removal, "钟小明")
    facts = desk.see(rechecks.paper, made)
    assert [r.outcome for r in facts.rows] == ["保留", "更正", "清退"]
    assert facts.rows[2].reason == "73 有小汽车一辆"
    assert desk.see(audit.faults) == ()


def test_what_was_found_is_found_anew_but_a_removal_stands(desk: Desk) -> None:
    homes = desk.do(town.on_register, 1, 2)
    made = desk.do(rechecks.begin, None, TODAY)
    desk.do(rechecks.record, made, homes, KEPT)
    desk.do(rechecks.record, made, homes[:1], GONE)
    with pytest.raises(Refused, match="撤回清退"):
        desk.do(rechecks.record, made, homes[:1], KEPT)
    outcomes = {t.line.id: t.looked for t in desk.see(rechecks.targets, made)}
    assert [o.outcome for o in (outcomes[h] for h in homes) if o] == [Recheck.REMOVED, Recheck.KEPT]
    case_id = desk.see(search.lines, homes)[homes[0]].case_id
    desk.do(corrections.withdraw, case_id, TODAY, "车已过户", second=vouch(desk.record))
    assert desk.see(search.lines, homes)[homes[0]].on_register
    desk.do(rechecks.record, made, homes[:1], KEPT)
    assert desk.see(rechecks.rounds)[0].found[Recheck.KEPT] == Count(2, 4)
    assert desk.see(audit.faults) == ()


def test_a_finding_is_of_a_household_of_the_round_that_is_still_there(desk: Desk) -> None:
    homes = desk.do(town.on_register, 1, 2)
    (elsewhere,) = desk.do(town.on_register, 3, village="小拔村")
    made = desk.do(rechecks.begin, villages(desk)[0], TODAY)
    gone = Change(ChangeKind.DISSOLVED, TODAY, reason="全户外迁")
    desk.do(changes.apply, homes[0], 1, gone, second=vouch(desk.record))
    for wrong, said in (([homes[0]], "已经销户"), ([elsewhere], "不是本村"), ([homes[1], homes[1]], "选了两次")):
        with pytest.raises(Refused, match=said):
            desk.do(rechecks.record, made, wrong, KEPT)


def test_a_batch_with_a_removal_that_may_not_begin_is_not_written_at_all(desk: Desk) -> None:
    homes = desk.do(town.on_register, 1, 2)
    made = desk.do(rechecks.begin, None, TODAY)
    for wrong in (
        replace(GONE, code=None),
        replace(GONE, checkers=("周某坤",)),
        replace(GONE, acted_on=date(2016, 5, 24)),
    ):
        with pytest.raises(Refused):
            desk.do(rechecks.record, made, homes, wrong)
    assert not any(t.looked for t in desk.see(rechecks.targets, made))
    with pytest.raises(Refused, match="没有选中"):
        desk.do(rechecks.record, made, [], KEPT)


def test_a_missed_household_is_put_down_as_such_and_never_one_on_the_register(desk: Desk) -> None:
    (home,) = desk.do(town.on_register, 1)
    new = desk.do(applications.file, town.household(2)).household_id
    made = desk.do(rechecks.begin, None, TODAY)
    missed = replace(KEPT, outcome=Recheck.ADDED, reason="上年漏评")
    with pytest.raises(Refused, match="已在册"):
        desk.do(rechecks.record, made, [home], missed)
    with pytest.raises(Refused, match="只能作“新增”"):
        desk.do(rechecks.record, made, [new], KEPT)
    desk.do(rechecks.record, made, [new], missed)
    assert [t.line.id for t in desk.see(rechecks.targets, made)] == [home, new]
    assert desk.see(rechecks.rounds)[0].progress.left == Count(1, 2)


def test_rounds_are_begun_one_after_the_other_where_somebody_is_registered(desk: Desk) -> None:
    desk.do(town.on_register, 1)
    south, small = villages(desk)
    with pytest.raises(Refused, match="还没有在册的农户"):
        desk.do(rechecks.begin, small, TODAY)
    with pytest.raises(Refused, match="晚于今天"):
        desk.do(rechecks.begin, south, TODAY + timedelta(1))
    made = desk.do(rechecks.begin, south, TODAY)
    for place in (south, None):
        with pytest.raises(Refused, match="核查完再开新的一轮"):
            desk.do(rechecks.begin, place, TODAY)
    with pytest.raises(Refused, match="名单是空的"):
        desk.see(rechecks.paper, made)
    desk.do(rechecks.record, made, [t.line.id for t in desk.see(rechecks.targets, made)], KEPT)
    desk.do(town.on_register, 3, on=TODAY + timedelta(1))
    again = desk.do(rechecks.begin, south, TODAY)
    assert [r.label for r in desk.see(rechecks.rounds)] == ["华南村2016年第2次回头看", "华南村2016年第1次回头看"]
    assert len(desk.see(rechecks.targets, again)) == 1


def test_the_desk_says_which_round_is_not_finished(desk: Desk) -> None:
    homes = desk.do(town.on_register, 1, 2)
    made = desk.do(rechecks.begin, None, TODAY)
    (todo,) = desk.see(overview.todos)
    assert (todo.text, todo.subject, todo.page, todo.batch_id) == (
        "华阳镇2016年第1次回头看待核查", "全镇 · 2 户 4 人", "rechecks", made,
    )  # fmt: skip
    desk.do(rechecks.record, made, homes, KEPT)
    assert desk.see(overview.todos) == ()
