"""Changes dated about the day of the card and the day of a removal, and households that come back: every month still comes out."""

from __future__ import annotations

import random
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.case import Finding, Kind, Outcome, Status
from db.rules.changes import Change
from db.rules.codes import ApplicationKind, ChangeKind, Relation
from db.rules.counts import Count
from db.rules.ledger import VillageMonth
from db.rules.objecting import Answered
from db.rules.procedure import IDENTIFICATION
from db.rules.removal import Proposal, RemovalReason
from db.rules.values import Household
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.changes import changes
from db.services.deciding import corrections, removals
from db.services.health import audit
from db.services.ledger import ledger
from db.services.notices import objections
from db.services.notices.objections import Investigation, Objection
from db.services.office import villages
from db.services.register import households
from db.services.town import search
from db.services.town import town as town_service
from db.services.town.search import Filter
from db.services.town.town import VillageInfo
from db.store.check import check
from tests.helpers import town
from tests.helpers.changes import family, filed, make, on_register, state
from tests.helpers.record import CLERK, REVIEWER, START, vouch
from tests.helpers.steps import hung
from tests.store.services.conftest import Desk
from tests.store.services.test_movements import proposals

CARDED, LEFT = date(2016, 7, 10), date(2016, 8, 10)
SPLIT = Change(ChangeKind.SPLIT, CARDED, "户口簿", parting=(1,), parting_head=1)
ENDED = Change(ChangeKind.DISSOLVED, CARDED, reason="全户外迁")
MERGED = Change(ChangeKind.MERGED, CARDED, reason="同住", others=dict.fromkeys(range(3), Relation.OTHER))
DEATH = Change(ChangeKind.DIED, CARDED, "户口注销证明 3 号", person=0)
PASSED = {"outcome": Outcome.PASSED.value, "reason": "", "document": "1号"}
REMOVED: tuple[tuple[Kind, dict[str, object]], ...] = (
    (Kind.APPRAISED, {"yes": 40, "no": 1, "abstained": 0, "present": 41, "due": 45, "passed": True}),
    (Kind.OPINED, {"agree": True, "reason": "", "signer": "罗某军", "team_leader": "陈某新"}),
    (Kind.REVIEWED, dict(PASSED)),
    (Kind.DECIDED, dict(PASSED)),
)  # fmt: skip


@pytest.fixture
def autumn(desk: Desk) -> Desk:
    """The clock in September."""
    desk.clock.pass_time(timedelta(days=115))
    return desk


def alone(serial: int) -> Household:
    """A household of one."""
    home = town.household(serial)
    return replace(home, size_stated=1, able_stated=1, members=home.members[:1])


def looked(on: date) -> Proposal:
    return Proposal(on, ("周某坤", "杨某来"), RemovalReason.CAR, "有小汽车")


def remove(desk: Desk, household_id: int, on: date = LEFT) -> None:
    """Off the register by the county's word of that day; the door is not asked."""
    case_id = desk.act(removals.propose, household_id, looked(on - timedelta(days=15)))
    for kind, facts in REMOVED:
        if kind is Kind.REVIEWED:
            desk.record.switch(REVIEWER.name, REVIEWER.password)
        desk.act(cases.write, kind, [Act(case_id, on, facts)])
    desk.record.switch(CLERK.name, CLERK.password)
    assert state(desk, household_id).status is Status.REMOVED


def months(desk: Desk) -> dict[int, VillageMonth]:
    """The row of the first village in every month so far; a month that does not come out is refused."""
    assert desk.see(audit.faults) == ()
    return {month: desk.see(ledger.month, 2016, month).villages[0] for month in range(5, 10)}


def test_a_split_on_the_day_of_the_card_is_a_split_of_the_household_that_came(autumn: Desk) -> None:
    make(autumn, on_register(autumn, family(1), "华南-2016-0001", CARDED), SPLIT, second=True)
    july = months(autumn)[7]
    assert (july.movement.added, july.movement.split, july.closing) == (Count(1, 3), 1, Count(2, 3))


def test_a_household_ended_on_the_day_of_the_card_came_and_ended(autumn: Desk) -> None:
    make(autumn, on_register(autumn, family(1), "华南-2016-0001", CARDED), ENDED, second=True)
    july = months(autumn)[7]
    assert (july.movement.added, july.movement.cancelled, july.closing) == (Count(1, 3), Count(1, 3), Count())


@pytest.mark.parametrize("died", [date(2016, 6, 28), date(2016, 7, 5)])
def test_the_last_member_who_had_died_before_the_card_came_and_ended(autumn: Desk, died: date) -> None:
    household_id = on_register(autumn, alone(1), "华南-2016-0001", CARDED)
    make(autumn, household_id, replace(DEATH, acted_on=died))
    july = months(autumn)[7]
    assert (july.movement.added, july.movement.cancelled, july.closing) == (Count(1, 1), Count(1, 1), Count())


@pytest.mark.parametrize("died", [date(2016, 7, 28), date(2016, 8, 5)])
def test_the_last_member_who_had_died_before_the_removal_is_counted_once(autumn: Desk, died: date) -> None:
    household_id = on_register(autumn, alone(1), "华南-2016-0001", CARDED)
    remove(autumn, household_id)
    make(autumn, household_id, replace(DEATH, acted_on=died))
    rows = months(autumn)
    assert (rows[died.month].movement.cancelled, rows[8].movement.ended) == (Count(1, 1), Count())


def test_what_parts_or_ends_on_the_day_of_the_removal_comes_after_it(autumn: Desk) -> None:
    homes = [on_register(autumn, family(n), f"华南-2016-000{n}", CARDED) for n in (1, 2, 3)]
    for household_id in homes:
        remove(autumn, household_id)
    make(autumn, homes[0], replace(SPLIT, acted_on=LEFT))
    make(autumn, homes[1], replace(MERGED, acted_on=LEFT), homes[2])
    august = months(autumn)[8]
    assert (august.movement.ended, august.movement.split, august.movement.merged) == (Count(3, 9), 0, 0)


@pytest.mark.parametrize("change", [SPLIT, ENDED, MERGED])
def test_nothing_parts_or_ends_before_the_register_knew_of_it(autumn: Desk, change: Change) -> None:
    one, two = (
        on_register(autumn, family(n), f"华南-2016-000{n}", on) for n, on in ((1, date(2016, 6, 1)), (2, CARDED))
    )
    early = replace(change, acted_on=CARDED - timedelta(days=1))
    at, beside = (one, two) if change.kind is ChangeKind.MERGED else (two, 0)
    with pytest.raises(Refused, match="早于建档或清退"):
        make(autumn, at, early, beside, second=True)


def test_a_part_split_off_before_the_card_comes_on_by_its_own_climb(autumn: Desk) -> None:
    home = filed(autumn, family(1))
    part = make(autumn, home, replace(SPLIT, acted_on=date(2016, 5, 20))).split_id
    for number, household_id in enumerate((home, part), 1):
        autumn.act(town.registered, autumn.see(cases.case_of, [household_id])[household_id], f"n{number}", CARDED)
    july = months(autumn)[7]
    assert (july.movement.added, july.movement.split) == (Count(2, 3), 0)
    assert [h.identified_on for h in autumn.see(ledger.month, 2016, 7).households] == [None, None]


def test_a_part_split_off_that_was_removed_and_came_back_is_new_again(autumn: Desk) -> None:
    home = on_register(autumn, family(1), "华南-2016-0001", CARDED)
    part = make(autumn, home, SPLIT, second=True).split_id
    remove(autumn, part)
    again = replace(autumn.see(households.get, part), income=town.household(1).income)
    autumn.act(applications.apply_again, again, ApplicationKind.RESUMED, LEFT)
    autumn.act(town.registered, autumn.see(cases.case_of, [part])[part], "华南-2016-0009", date(2016, 9, 1))
    september = months(autumn)[9]
    assert (september.movement.added, september.closing) == (Count(1, 1), Count(2, 3))


def test_who_was_removed_and_withdrew_since_applies_for_resumed_help_once_more(autumn: Desk) -> None:
    household_id = on_register(autumn, family(1), "华南-2016-0001", CARDED)
    remove(autumn, household_id)
    autumn.act(applications.apply_again, autumn.see(households.get, household_id), ApplicationKind.RESUMED, LEFT)
    case_id = autumn.see(cases.case_of, [household_id])[household_id]
    autumn.act(corrections.withdraw, case_id, LEFT, "外出务工", second=vouch(autumn.record))
    for _ in range(2):
        autumn.clock.pass_time(timedelta(days=75))
        autumn.act(lambda unit: unit.trail("在用"))
    home, day = autumn.see(households.get, household_id), date(2017, 1, 5)
    with pytest.raises(Refused, match="恢复帮扶"):
        autumn.act(applications.apply_again, home, ApplicationKind.FIRST, day)
    autumn.act(applications.apply_again, home, ApplicationKind.RESUMED, day)
    assert [ladder for _, ladder, _ in autumn.see(cases.cases_of, [household_id])[household_id]].count(
        IDENTIFICATION
    ) == 3
    assert autumn.see(audit.faults) == ()


def test_a_dissolved_household_is_not_removed_besides(autumn: Desk) -> None:
    household_id = on_register(autumn, family(1), "华南-2016-0001", CARDED)
    make(autumn, household_id, ENDED, second=True)
    with pytest.raises(Refused, match="已经销户"):
        autumn.act(removals.propose, household_id, looked(LEFT))


def test_a_removal_given_up_is_proposed_again_on_what_was_found_since(autumn: Desk) -> None:
    household_id = on_register(autumn, family(1), "华南-2016-0001", CARDED)
    case_id = autumn.act(removals.propose, household_id, looked(date(2016, 8, 1)))
    autumn.act(corrections.withdraw, case_id, LEFT, "车已过户", second=vouch(autumn.record))
    with pytest.raises(Refused, match="早于上次清退办结"):
        autumn.act(removals.propose, household_id, looked(LEFT - timedelta(days=1)))
    autumn.act(removals.propose, household_id, looked(LEFT))


def _dissolve(desk: Desk, household_id: int) -> None:
    make(desk, household_id, replace(ENDED, acted_on=START.date()), second=True)


def _merge(desk: Desk, household_id: int) -> None:
    into = filed(desk, family(5))
    others = dict.fromkeys(range(2), Relation.OTHER)
    make(desk, into, replace(MERGED, acted_on=START.date(), others=others), household_id)


@pytest.mark.parametrize("end", [_dissolve, _merge])
def test_an_objection_is_answered_though_the_household_is_no_more(desk: Desk, end: Callable[[Desk, int], None]) -> None:
    (case_id,) = hung(desk, 1)
    raised = desk.act(objections.register, Objection(case_id, START.date(), "何某", "来访", "有小汽车"))
    end(desk, desk.see(cases.households_of, [case_id])[case_id])
    found = Investigation(raised, START.date(), ("古某海", "邓某华"), Finding.UNFOUNDED, "已销户，车非其所有")
    desk.act(objections.investigate, found)
    desk.act(objections.answer, raised, Answered(START.date(), "电话"))
    (view,) = desk.see(objections.register_view)
    assert (view.is_open, view.is_unanswered) == (False, False)
    assert desk.see(audit.faults) == ()


class _Year:
    """A town on whose register anything may happen; what the services refuse is passed over."""

    def __init__(self, desk: Desk, seed: int) -> None:
        self.desk, self.dice, self.serial, self.made = desk, random.Random(seed), 0, 0
        self.second = vouch(desk.record)

    def run(self, acts: int) -> None:
        """That many acts, a few days between them."""
        verbs = (self.come, self.change, self.change, self.change, self.leave, self.come_back, self.call_otherwise)
        for _ in range(acts):
            self.desk.clock.pass_time(timedelta(days=self.dice.randint(1, 9)))
            self.desk.act(lambda unit: unit.trail("在用"))
            try:
                self.dice.choice(verbs)()
            except Refused:
                continue
            self.made += 1

    def day(self) -> date:
        """Today, or some days back."""
        return self.desk.record.clock.now().date() - timedelta(days=self.dice.choice((0, 0, 1, 5, 20)))

    def homes(self, status: Status | None = None) -> list[Household]:
        found = self.desk.see(lambda unit: households.get_many(unit, search.ids(unit, Filter(status=status))))
        return list(found.values())

    def come(self) -> None:
        """A family applies and, mostly, gets its card."""
        self.serial += 1
        home, today = family(self.serial), self.desk.record.clock.now().date()
        if self.dice.random() < 0.3:
            home = alone(self.serial)
        household_id = filed(self.desk, replace(home, village=self._village(), applied_on=today))
        if self.dice.random() < 0.8:
            self._card(household_id)

    def _village(self) -> str:
        known: tuple[VillageInfo, ...] = self.desk.see(town_service.villages)
        return self.dice.choice(known).name

    def _card(self, household_id: int) -> None:
        case_id = self.desk.see(cases.case_of, [household_id])[household_id]
        self.desk.act(town.registered, case_id, f"第{case_id}号", self.desk.record.clock.now().date())

    def change(self) -> None:
        homes = self.homes()
        if homes:
            home = self.dice.choice(homes)
            others = [h for h in homes if h.id != home.id]
            change, other_id = self.dice.choice(list(proposals(home, others, self.day(), self.dice)))
            self.desk.act(changes.apply, home.id, home.version, change, other_id, second=self.second)

    def leave(self) -> None:
        homes = self.homes(Status.REGISTERED)
        if homes:
            remove(self.desk, self.dice.choice(homes).id or 0, self.desk.record.clock.now().date())

    def come_back(self) -> None:
        homes = self.homes(Status.REMOVED)
        if homes:
            home = replace(self.dice.choice(homes), income=town.household(1).income)
            self.desk.act(applications.apply_again, home, ApplicationKind.RESUMED, self.desk.record.clock.now().date())
            self._card(home.id or 0)

    def call_otherwise(self) -> None:
        village = self.dice.choice(self.desk.see(town_service.villages))
        name, when = f"{self.dice.choice('新平安乐')}华村", villages.Dated(self.day(), "县民政局批复")
        if self.dice.random() < 0.8:
            self.desk.act(villages.rename_village, village.id, name, when)
        else:
            into = self.dice.choice(self.desk.see(town_service.villages))
            self.desk.act(villages.merge_village, village.id, into.id, when)


@pytest.mark.parametrize("seed", range(2))
def test_whatever_happens_on_the_register_every_month_comes_out(desk: Desk, seed: int) -> None:
    """R64: 年初 + 新增 + 拆户 − 终止 − 销户 − 并户 = 期末, households and persons, each village and the town."""
    year = _Year(desk, seed)
    year.run(50)
    assert year.made >= 15
    today = desk.record.clock.now().date()
    for month in range(5, today.month + 12 * (today.year - 2016) + 1):
        found = desk.see(ledger.month, 2016 + (month - 1) // 12, (month - 1) % 12 + 1)
        assert found.total.movement.closing == found.total.closing
    on = [home.size for home in year.homes(Status.REGISTERED)]
    assert found.total.closing == Count(len(on), sum(on))
    assert desk.see(audit.faults) == ()
    assert check(desk.record) == []
