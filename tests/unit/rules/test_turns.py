"""The events of the register, what the county's sheets count of them, and the households behind each figure."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from db.rules.codes import ChangeKind
from db.rules.counts import Count, Movement
from db.rules.ledger import Gone, LedgerHousehold, MonthLedger, Shift
from db.rules.turn import Turn, TurnKind
from db.rules.turns import Tally, behind, natural_rows, reason_rows, turn_problems, turns_of
from tests.helpers.ledger import household, ledger

YEAR, MONTH = date(2016, 1, 1), date(2016, 7, 1)


def shift(on: date, before: int, kind: ChangeKind, change_id: int, other_id: int = 0, **counts: Any) -> Shift:
    """A change of a household on the register."""
    of_household = kind in (ChangeKind.SPLIT, ChangeKind.MERGED)
    return Shift(on, before, Movement(**counts), of_household, False, kind, change_id, other_id)


def born(on: date, before: int, change_id: int) -> Shift:
    return shift(on, before, ChangeKind.BORN, change_id, natural_in=1)


def grown(serial: int, size: int, *shifts: Shift, on: date = date(2015, 12, 1)) -> LedgerHousehold:
    """A household numbered ``serial`` that has ``size`` people after its changes."""
    made = household(f"华南-{serial}", on, size=size)
    return replace(made, household_id=serial, shifts=shifts)


@pytest.fixture
def busy() -> MonthLedger:
    """A month with a birth and a marriage in one household, a split, a new household of June and one of July, and one removed."""
    family = grown(
        1, 4, born(date(2016, 7, 3), 2, 11), shift(date(2016, 7, 9), 3, ChangeKind.MARRIED_IN, 12, natural_in=1)
    )
    origin = grown(2, 2, shift(date(2016, 7, 5), 3, ChangeKind.SPLIT, 13, 3, split=1, split_persons=1))
    part = replace(grown(3, 1, on=date(2016, 7, 5)), split_off=True)
    june, july = grown(4, 2, on=date(2016, 6, 2)), grown(5, 3, on=date(2016, 7, 20))
    away = replace(grown(6, 2, born(date(2016, 6, 30), 1, 14)), village="小拔村")
    removed = Gone(
        "华南村", 4, date(2015, 12, 1), date(2016, 7, 30), household_id=7, number="华南-7", head_name="李某才"
    )
    return ledger(family, origin, part, june, july, away, gone=(removed,))


def of(month: MonthLedger, kind: TurnKind) -> list[Turn]:
    return [turn for turn in month.turns if turn.kind is kind]


def test_every_event_is_told_once_by_its_day(busy: MonthLedger) -> None:
    told = [(t.on.day, t.kind.label, t.household_id, t.households, t.persons) for t in busy.turns if t.on >= MONTH]
    assert told == [
        (3, "自然增加", 1, 0, 1), (5, "拆户", 2, 1, 1), (9, "自然增加", 1, 0, 1), (20, "新增", 5, 1, 3), (30, "终止", 7, 1, 4),
    ]  # fmt: skip
    assert [t.on for t in turns_of(busy.households, busy.gone, date(2016, 7, 21))] == [date(2016, 7, 30)]
    assert turn_problems(busy) == ()


def test_an_event_that_is_missing_is_named_with_its_village(busy: MonthLedger) -> None:
    lost = replace(busy, turns=tuple(t for t in busy.turns if t.kind is not TurnKind.ADDED))
    found = turn_problems(lost)
    assert len(found) == 2
    assert found[0].startswith("华南村：2016年07月01日起新增各条合计 0 户 0 人，汇总表为 1 户 3 人")


def test_reasons_are_counted_under_their_item_and_the_rest_under_other(busy: MonthLedger) -> None:
    codes = {4: "62", 5: "60", 7: "73"}
    known = replace(busy, turns=tuple(replace(t, code=codes.get(t.household_id, "")) for t in busy.turns))
    month = reason_rows(known, TurnKind.ADDED, MONTH)[0]
    assert (month.total, month.other, month.item2) == (Tally(1, 3, (5,)), Tally(1, 3, (5,)), Tally())
    year = reason_rows(known, TurnKind.ADDED, YEAR)[0]
    assert (year.total.households, year.item2, year.other.ids) == (2, Tally(1, 2, (4,)), (5,))
    ended = reason_rows(known, TurnKind.ENDED, MONTH)
    assert [(row.village, row.total.persons) for row in ended] == [("华南村", 4), ("小拔村", 0), ("太平村", 0)]
    assert ended[0].item3 == Tally(1, 4, (7,))


def test_a_household_with_two_events_counts_once_in_the_sum_and_once_in_each_column(busy: MonthLedger) -> None:
    row = natural_rows(busy, MONTH)[0]
    assert row.came == Tally(1, 2, (1,))
    assert (row.born, row.married_in, row.other_in) == (Tally(1, 1, (1,)), Tally(1, 1, (1,)), Tally())
    assert row.went == Tally()
    assert natural_rows(busy, YEAR)[1].born == Tally(1, 1, (6,))


@pytest.mark.parametrize(
    ("kind", "column"),
    [
        (ChangeKind.DIED, "died"),
        (ChangeKind.MARRIED_OUT, "married_out"),
        (ChangeKind.WRONG_REMOVED, "wrong_out"),
        (ChangeKind.MOVED_OUT, "other_out"),
        (ChangeKind.PRISON, "other_out"),
    ],
)
def test_who_left_stands_in_the_column_of_what_happened(kind: ChangeKind, column: str) -> None:
    left = ledger(grown(1, 2, shift(date(2016, 7, 3), 3, kind, 11, natural_out=1)))
    row = natural_rows(left, MONTH)[0]
    assert getattr(row, column) == row.went == Tally(1, 1, (1,))


def test_behind_every_figure_stand_as_many_households_as_it_says(busy: MonthLedger) -> None:
    row = busy.villages[0]
    assert behind(busy, "华南村", "year_start") == (1, 2, 7)
    assert behind(busy, "华南村", "movement.opening") == (1, 2, 4, 7)
    assert behind(busy, "华南村", "closing") == (1, 2, 3, 4, 5)
    assert (row.year_start.households, row.movement.opening.households, row.closing.households) == (3, 4, 5)
    assert behind(busy, "华南村", "movement.added") == (5,)
    assert behind(busy, "华南村", "year_added") == (4, 5)
    assert behind(busy, "华南村", "movement.ended") == behind(busy, "", "year_ended") == (7,)
    assert behind(busy, "", "movement.split") == (3,)
    assert behind(busy, "", "movement.natural_in") == (1,)
    assert behind(busy, "", "closing") == (1, 2, 3, 4, 5, 6)
    assert behind(busy, "小拔村", "year_other") == (6,)
    assert busy.total.movement.added == Count(1, 3)
    with pytest.raises(ValueError, match="village"):
        behind(busy, "", "village")
