"""Drafts as pages use them: kept, offered newest first, gone when dropped, and kept behind a locked screen."""

from datetime import timedelta

import pytest

from db.errors import Known
from db.services.town import drafts
from tests.store.services.conftest import Desk


def test_a_draft_is_replaced_offered_newest_first_and_dropped(desk: Desk) -> None:
    drafts.keep(desk.record, "application/new-1", "甲")
    desk.clock.pass_time(timedelta(minutes=1))
    drafts.keep(desk.record, "application/7", "乙")
    drafts.keep(desk.record, "visit/7", "丙")
    drafts.keep(desk.record, "application/7", "乙二")
    assert [(k.key, k.content) for k in drafts.load(desk.record, "application/")] == [
        ("application/7", "乙二"),
        ("application/new-1", "甲"),
    ]
    drafts.drop(desk.record, "application/7")
    assert [k.key for k in drafts.load(desk.record)] == ["visit/7", "application/new-1"]


def test_what_was_typed_is_kept_behind_a_locked_screen(desk: Desk) -> None:
    desk.record.lock()
    drafts.keep(desk.record, "application/new-1", "甲")
    with pytest.raises(Known, match="锁定"):
        drafts.load(desk.record)
    desk.record.unlock("clerk's pass-1")
    assert [k.content for k in drafts.load(desk.record)] == ["甲"]
