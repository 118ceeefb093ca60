"""Rules on a change of people, each just inside and just outside its line."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.rules.changes.change import Change
from db.rules.changes.checks import Scene, dated, early_death, newborn, proved, still_there, successor
from db.rules.codes import ChangeKind, Relation, Sex
from db.rules.values import Member
from tests.helpers.families import FULL, SOUND, TODAY, number

BORN_ON = date(2016, 5, 20)
BABY = Member("魏某新", Relation.SON, number("20160520", "871"), Sex.MALE)
BIRTH = Change(ChangeKind.BORN, BORN_ON, "出生医学证明 O440000001", BORN_ON, entrant=BABY)
DEATH = Change(ChangeKind.DIED, BORN_ON, person=0)


def scene(change: Change, **more: Any) -> Scene:
    return Scene(FULL, change, TODAY, **more)


@pytest.mark.parametrize(
    ("change", "hit"),
    [
        (BIRTH, 0), (replace(BIRTH, acted_on=TODAY), 0), (replace(BIRTH, acted_on=date(2016, 5, 26)), 1),
        (replace(BIRTH, acted_on=None), 1),
    ],
)  # fmt: skip
def test_a_change_has_a_day_that_is_past(change: Change, hit: int) -> None:
    assert [f.rule for f in dated(scene(change))] == ["R73"] * hit


@pytest.mark.parametrize(("newest", "hit"), [(BORN_ON, 0), (date(2016, 5, 21), 1)])
def test_changes_come_in_order(newest: date, hit: int) -> None:
    assert [f.rule for f in dated(scene(BIRTH, newest=newest))] == ["R73"] * hit


@pytest.mark.parametrize(("entered", "hit"), [(None, 0), (BORN_ON, 0), (date(2016, 5, 21), 1)])
def test_households_are_made_and_ended_on_the_register_only_from_the_day_they_are_on_it(
    entered: date | None, hit: int
) -> None:
    ended = Change(ChangeKind.DISSOLVED, BORN_ON, reason="全户外迁")
    assert [f.rule for f in dated(scene(ended, entered=entered))] == ["R68"] * hit
    assert list(dated(scene(BIRTH, entered=entered))) == []


@pytest.mark.parametrize(
    ("change", "hit"), [(BIRTH, 0), (replace(BIRTH, proof=""), 1), (replace(BIRTH, proof_on=date(2016, 5, 26)), 1)]
)
def test_a_birth_is_proved(change: Change, hit: int) -> None:
    assert [f.rule for f in proved(scene(change))] == ["R73"] * hit


@pytest.mark.parametrize(("day", "hit"), [(BORN_ON, 0), (date(2016, 5, 21), 1)])
def test_a_birth_is_on_the_day_of_the_number(day: date, hit: int) -> None:
    assert [f.rule for f in newborn(scene(replace(BIRTH, acted_on=day)))] == ["R73"] * hit


def test_a_dead_head_has_a_successor() -> None:
    assert [f.rule for f in successor(scene(DEATH))] == ["R74"]
    named = replace(DEATH, head=1, relations={2: Relation.SON})
    assert list(successor(scene(named))) == []
    assert list(successor(scene(replace(DEATH, person=1)))) == []


@pytest.mark.parametrize(("born", "proof", "hit"), [("19560520", "", 0), ("19560521", "", 1), ("19560521", "1号", 0)])
def test_an_early_death_wants_a_proof(born: str, proof: str, hit: int) -> None:
    old = replace(SOUND.members[0], id_number=number(born, "611"))
    home = replace(SOUND, members=(old, *SOUND.members[1:]))
    found = early_death(Scene(home, replace(DEATH, proof=proof), TODAY))
    assert [(f.rule, f.severity) for f in found] == [("R75", "W")] * hit


@pytest.mark.parametrize(("live", "hit"), [(True, 0), (False, 1)])
def test_a_dissolved_household_is_left_alone(live: bool, hit: int) -> None:
    assert [f.rule for f in still_there(scene(BIRTH, live=live))] == ["R76"] * hit
