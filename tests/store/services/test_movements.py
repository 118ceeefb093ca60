"""What changes of people and households do to the month ledger; and that any run of valid changes keeps the record whole."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.errors import Refused
from db.rules.changes import Change, relations_to
from db.rules.codes import ChangeKind, Relation, Schooling
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.values import Household
from db.services.changes import changes
from db.services.health import audit
from db.services.ledger import ledger
from db.services.register import households
from db.services.town import search
from db.services.town.search import Filter
from tests.helpers.changes import child, family, filed, make, on_register
from tests.helpers.record import vouch
from tests.store.services.conftest import Desk


def _month(desk: Desk, month: int) -> MonthLedger:
    found = desk.see(ledger.month, 2016, month)
    assert isinstance(found, MonthLedger)
    return found


@pytest.fixture
def autumn(desk: Desk) -> Desk:
    """The clock in September; three families registered in May, one in July."""
    desk.clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(desk, family(serial), f"华南-2016-{serial:04d}")
    on_register(desk, family(4), "华南-2016-0004", date(2016, 7, 10))
    return desk


def test_births_deaths_splits_merges_and_ends_are_counted_where_they_belong(autumn: Desk) -> None:
    one, two, three, four = 1, 2, 3, 4
    newborn = replace(child("陈某新", birth=date(2016, 7, 5), serial=301), schooling=Schooling.NONE)
    make(autumn, one, Change(ChangeKind.BORN, date(2016, 7, 5), "出生证", date(2016, 7, 6), entrant=newborn))
    make(autumn, two, Change(ChangeKind.DIED, date(2016, 7, 8), "注销证明", person=1))
    split = Change(
        ChangeKind.SPLIT, date(2016, 7, 20), "户口簿", parting=(1, 3), parting_head=1, others={3: Relation.DAUGHTER}
    )
    part = make(autumn, one, split, second=True).split_id
    make(autumn, four, Change(ChangeKind.MOVED_OUT, date(2016, 7, 21), "迁出证明", person=2))
    merge = Change(ChangeKind.MERGED, date(2016, 8, 2), reason="同住", others={0: Relation.OTHER, 1: Relation.OTHER})
    make(autumn, two, merge, part, second=True)
    make(autumn, three, Change(ChangeKind.DISSOLVED, date(2016, 8, 9), reason="全户外迁"), second=True)

    june, july, august = (_month(autumn, month).villages[0] for month in (6, 7, 8))
    assert june.closing == Count(3, 9)
    assert july.movement.opening == Count(3, 9)
    assert july.movement.added == Count(1, 3)
    assert (july.movement.natural_in, july.movement.natural_out, july.movement.split) == (1, 2, 1)
    assert (july.movement.split_persons, august.movement.merged_persons) == (2, 2)
    assert july.closing == Count(5, 11)
    assert august.movement.opening == Count(5, 11)
    assert (august.movement.merged, august.movement.cancelled) == (1, Count(1, 3))
    assert august.closing == Count(3, 8)
    assert (august.year_start, august.year_added, august.year_other) == (Count(), Count(4, 12), Count(-1, -4))
    assert _month(autumn, 9).total.movement.opening == Count(3, 8)


def test_a_past_month_shows_who_was_there_then(autumn: Desk) -> None:
    head = Change(
        ChangeKind.DIED, date(2016, 8, 8), "注销证明", person=0, head=1, relations={2: Relation.DAUGHTER}, reason="病故"
    )
    make(autumn, 1, head)
    july, august = _month(autumn, 7).households[0], _month(autumn, 8).households[0]
    assert (july.head_name, july.size, [p.name for p in july.persons]) == ("李某明", 3, ["李某明", "林某华", "陈某苗"])
    assert (august.head_name, august.size, [p.name for p in august.persons]) == ("林某华", 2, ["林某华", "陈某苗"])
    assert july.disposable_per_head != august.disposable_per_head


def test_a_part_split_off_keeps_the_year_its_origin_was_identified(autumn: Desk) -> None:
    split = Change(ChangeKind.SPLIT, date(2016, 7, 20), "户口簿", parting=(1,), parting_head=1)
    part = make(autumn, 1, split, second=True)
    (row,) = [h for h in _month(autumn, 8).households if h.number == part.number]
    assert (row.registered_on, row.identified_on) == (date(2016, 7, 20), date(2016, 5, 16))


DAYS = [date(2016, 6, 1) + timedelta(days=3 * n) for n in range(28)]


def proposals(home: Household, others: list[Household], day: date, dice: random.Random) -> Iterator[tuple[Change, int]]:
    """Changes a clerk might tell, some of them wrong."""
    serial = dice.randrange(300, 480)
    baby = replace(child(f"陈某{'甲乙丙丁戊己'[serial % 6]}", birth=day, serial=serial), schooling=Schooling.NONE)
    person = dice.randrange(home.size)
    heads = [n for n in range(home.size) if n != person]
    head = dice.choice(heads) if heads else None
    related = relations_to(home.members, head) if head is not None else {}
    filled = {n: r or Relation.OTHER for n, r in related.items()}
    parting = tuple(sorted(dice.sample(range(home.size), dice.randint(0, home.size))))
    yield Change(ChangeKind.BORN, day, "出生证", day, "", entrant=baby), 0
    for kind in (ChangeKind.DIED, ChangeKind.MOVED_OUT, ChangeKind.PRISON, ChangeKind.WRONG_REMOVED):
        yield Change(kind, day, "证明", None, "村里报来", person=person, head=head, relations=filled), 0
    yield Change(ChangeKind.HEAD, day, reason="让位", head=head, relations=filled), 0
    others_to = dict.fromkeys(parting[1:], Relation.OTHER)
    yield Change(
        ChangeKind.SPLIT, day, "户口簿", reason="分家", parting=parting, parting_head=parting[0] if parting else None,
        others=others_to, head=next((n for n in range(home.size) if n not in parting), None),
        relations=dict.fromkeys(range(home.size), Relation.OTHER),
    ), 0  # fmt: skip
    if others:
        other = dice.choice(others)
        taken = dict.fromkeys(range(other.size), Relation.OTHER)
        yield Change(ChangeKind.MERGED, day, reason="同住", others=taken), other.id or 0
        bride = replace(dice.choice(other.members), relation=Relation.OTHER)
        yield Change(ChangeKind.MARRIED_IN, day, "结婚证", day, "成家", entrant=bride), 0
    yield Change(ChangeKind.GROUP, day, group=dice.choice(["第一组", "第二组", "第三组"])), 0
    if dice.random() < 0.15:
        yield Change(ChangeKind.DISSOLVED, day, reason="全户外迁"), 0


@pytest.mark.parametrize("seed", range(2))
def test_any_run_of_changes_leaves_one_head_no_empty_household_and_nobody_twice(desk: Desk, seed: int) -> None:
    dice = random.Random(seed)
    desk.clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(desk, family(serial), f"华南-2016-{serial:04d}")
    filed(desk, family(4))
    people, made = 12, 0
    second = vouch(desk.record)
    for day in DAYS:
        homes = desk.see(lambda unit: households.get_many(unit, search.ids(unit, Filter())))
        if not homes:
            break
        home = dice.choice(list(homes.values()))
        others = [h for h in homes.values() if h.id != home.id]
        change, other_id = dice.choice(list(proposals(home, others, day, dice)))
        try:
            desk.do(changes.apply, home.id, home.version, change, other_id, second=second)
        except Refused:
            continue
        made += 1
        people += _gain(change, home)
        _whole(desk, people)
    assert made >= 8
    for month in (5, 6, 7, 8, 9):
        assert _month(desk, month).total.movement.closing == _month(desk, month).total.closing
    assert desk.see(audit.faults) == ()


def _gain(change: Change, home: Household) -> int:
    """How many people more the record holds by the change."""
    gone = {ChangeKind.DIED, ChangeKind.MOVED_OUT, ChangeKind.PRISON, ChangeKind.WRONG_REMOVED}
    if change.kind is ChangeKind.DISSOLVED:
        return -home.size
    return 1 if change.kind is ChangeKind.BORN else -1 if change.kind in gone else 0


def _whole(desk: Desk, people: int) -> None:
    homes = desk.see(lambda unit: households.get_many(unit, search.ids(unit, Filter()))).values()
    assert all(sum(m.relation is Relation.HEAD for m in h.members) == 1 for h in homes)
    assert all(h.head_name == next(m.name for m in h.members if m.relation is Relation.HEAD) for h in homes)
    assert all(h.size >= 1 for h in homes)
    numbers = [m.id_number for h in homes for m in h.members]
    assert len(numbers) == len(set(numbers)) == people
    assert desk.see(search.count, Filter()) == (len(homes), people)
