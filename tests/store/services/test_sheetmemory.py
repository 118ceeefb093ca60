"""A layout explained once is remembered, explained anew in its place, and forgotten when told to."""

from __future__ import annotations

from datetime import timedelta

from db.services.sheets import sheetmemory
from db.store.clock import FixedClock
from db.store.record import Record


def test_what_was_answered_is_recalled_for_its_purpose_only(record: Record) -> None:
    with record.write() as unit:
        sheetmemory.keep(unit, "roster", "f" * 8, "华南村名册", {"3": "main_cause", "一": ""})
    with record.read() as unit:
        found = sheetmemory.recall(unit, "roster", "f" * 8)
        assert found is not None
        assert (found.name, dict(found.answers)) == ("华南村名册", {"3": "main_cause", "一": ""})
        assert sheetmemory.recall(unit, "form", "f" * 8) is None
        assert sheetmemory.recall(unit, "roster", "e" * 8) is None


def test_the_newer_answer_stands_and_the_newest_layout_comes_first(record: Record) -> None:
    with record.write() as unit:
        sheetmemory.keep(unit, "form", "a", "月报", {"0": "village"})
        sheetmemory.keep(unit, "form", "b", "季报", {"0": "village"})
    assert isinstance(record.clock, FixedClock)
    record.clock.pass_time(timedelta(hours=1))
    with record.write() as unit:
        sheetmemory.keep(unit, "form", "a", "月报（新）", {"0": "town"})
    with record.read() as unit:
        assert [(m.name, m.answers["0"]) for m in sheetmemory.all_of(unit, "form")] == [
            ("月报（新）", "town"),
            ("季报", "village"),
        ]


def test_a_forgotten_layout_is_unknown_again_and_the_trail_still_holds(record: Record) -> None:
    with record.write() as unit:
        sheetmemory.keep(unit, "form", "a", "月报", {})
    with record.write() as unit:
        sheetmemory.forget(unit, "form", "a")
    with record.read() as unit:
        assert sheetmemory.all_of(unit, "form") == ()
    assert record.verify_chain() == []
