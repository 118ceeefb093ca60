"""What was typed and not saved."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

from db.store.clock import FixedClock
from db.store.drafts import drop_draft, load_drafts, save_draft
from db.store.record import Record
from tests.helpers.record import REVIEWER, START, MakeRecord, reopen


def test_a_draft_survives_and_is_replaced_by_the_newer(make_record: MakeRecord, tmp_path: Path) -> None:
    clock = FixedClock(START)
    record = make_record(tmp_path, clock=clock)
    head = record.head()
    save_draft(record, "application:new", '{"head_name": "李"}')
    clock.pass_time(timedelta(seconds=10))
    save_draft(record, "application:new", '{"head_name": "李明"}')
    save_draft(record, "visit:7", "{}")
    assert record.head() == head
    record.close()
    with reopen(record.path) as again:
        kept = load_drafts(again)
        assert [(d.key, d.content, d.saved_at) for d in kept] == [
            ("application:new", '{"head_name": "李明"}', START + timedelta(seconds=10)),
            ("visit:7", "{}", START + timedelta(seconds=10)),
        ]
        drop_draft(again, "application:new")
        drop_draft(again, "never there")
        assert [d.key for d in load_drafts(again)] == ["visit:7"]


def test_a_draft_is_its_writers_own(record: Record) -> None:
    save_draft(record, "application:new", "the clerk's")
    record.switch(REVIEWER.name, REVIEWER.password)
    assert load_drafts(record) == []
    save_draft(record, "application:new", "the reviewer's")
    drop_draft(record, "application:new")
    record.close()
    with reopen(record.path) as again:
        assert [d.content for d in load_drafts(again)] == ["the clerk's"]


def test_typing_is_kept_while_the_screen_is_locked_or_the_date_in_doubt(
    make_record: MakeRecord, tmp_path: Path
) -> None:
    record = make_record(tmp_path)
    record.lock()
    save_draft(record, "a", "typed before the lock")
    record.close()
    with reopen(record.path, clock=FixedClock(START - timedelta(days=9))) as again:
        save_draft(again, "b", "typed with a wrong date")
        assert {d.key for d in load_drafts(again)} == {"a", "b"}


def test_a_draft_is_not_readable_outside_the_record(record: Record, tmp_path: Path) -> None:
    save_draft(record, "a", "CANARY-身份证号")
    assert all(b"CANARY" not in path.read_bytes() for path in tmp_path.iterdir())
