"""Months are closed in order with the reviewer; what is frozen stays, and what is entered later comes as 调整 in the next open month."""

from __future__ import annotations

import base64
import json
import zlib
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from zipfile import ZipFile

import pytest
from openpyxl import load_workbook
from sqlalchemy import select, text

from db.errors import Cancelled, Known, Refused
from db.papers import closing_receipt
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Relation, Schooling
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.monthclose import Frozen
from db.rules.monthfile import value_of
from db.schema.closing import MonthClose
from db.schema.trail import Trail
from db.services.cases import applications
from db.services.health import audit
from db.services.ledger import closing, frozenmonths, ledger
from db.services.ledger import export as ledger_export
from db.services.ledger.closing import Close
from db.services.office import villages
from db.services.office.villages import Dated
from db.services.register import households
from db.sheets import ledger_marks
from tests.helpers.changes import child, family, make, on_register
from tests.helpers.ledger import Slip
from tests.helpers.record import SECOND_CLERK, vouch
from tests.store.services.conftest import Desk


@pytest.fixture
def autumn(desk: Desk) -> Desk:
    """The clock on 17 September; three families registered in May, one in July."""
    desk.clock.pass_time(timedelta(days=115))
    for serial in (1, 2, 3):
        on_register(desk, family(serial), f"华南-2016-{serial:04d}")
    on_register(desk, family(4), "华南-2016-0004", date(2016, 7, 10))
    return desk


def close(desk: Desk, month: int, year: int = 2016) -> Close:
    made = desk.do(closing.close, year, month, second=vouch(desk.record))
    desk.clock.pass_time(timedelta(minutes=1))
    assert isinstance(made, Close)
    return made


def seen(desk: Desk, month: int, year: int = 2016) -> MonthLedger:
    found = desk.see(ledger.month, year, month)
    assert isinstance(found, MonthLedger)
    return found


def born(on: date, serial: int = 301) -> Change:
    baby = replace(child("陈某新", birth=on, serial=serial), schooling=Schooling.NONE)
    return Change(ChangeKind.BORN, on, "出生医学证明 P44000001", on, entrant=baby)


def test_months_close_in_order_from_the_month_of_the_first_card(autumn: Desk) -> None:
    months = autumn.see(closing.months)
    assert months.turn == (2016, 5)
    assert [s.month for s in months.states] == [(2016, n) for n in (9, 8, 7, 6, 5)]
    with pytest.raises(Refused, match="2016年5月还没有月结"):
        close(autumn, 6)
    with pytest.raises(Refused, match="以前，不必月结"):
        close(autumn, 4)
    first = close(autumn, 5)
    assert (first.number, first.month, first.actor, first.second) == ("月结〔2016〕1号", (2016, 5), "钟小明", "曾阿慧")
    assert close(autumn, 6).number == "月结〔2016〕2号"
    with pytest.raises(Refused, match="已经月结"):
        close(autumn, 6)
    assert autumn.see(closing.months).turn == (2016, 7)


def test_a_month_that_is_not_over_is_not_closed(autumn: Desk) -> None:
    for month in (5, 6, 7, 8):
        close(autumn, month)
    with pytest.raises(Refused, match="9月30日（当月最后一天）起可以月结"):
        close(autumn, 9)
    autumn.clock.pass_time(timedelta(days=13))
    assert close(autumn, 9).month == (2016, 9)


def test_closing_needs_the_reviewer_beside_the_clerk(autumn: Desk) -> None:
    with pytest.raises(Refused, match="另一人在场"):
        autumn.do(closing.close, 2016, 5)
    with pytest.raises(Refused, match="须由审核人确认"):
        autumn.do(closing.close, 2016, 5, second=vouch(autumn.record, SECOND_CLERK))
    assert autumn.see(frozenmonths.closes) == ()


def test_nothing_to_close_without_a_card(desk: Desk) -> None:
    assert desk.see(closing.months).states == ()
    with pytest.raises(Refused, match="还没有建档立卡"):
        close(desk, 5)


def test_a_closed_month_says_the_same_whatever_is_entered_later(autumn: Desk) -> None:
    close(autumn, 5)
    done = close(autumn, 6)
    before = seen(autumn, 6)
    assert (before.receipt, before.closed_at) == (done.number, done.at)
    make(autumn, 1, born(date(2016, 6, 5)))
    make(autumn, 2, Change(ChangeKind.DISSOLVED, date(2016, 6, 9), reason="全户外迁"), second=True)
    assert seen(autumn, 6) == before
    assert autumn.see(ledger.recorded, 2016, 6).total.closing == Count(2, 7)


def test_what_is_entered_late_is_told_as_adjustment_of_the_next_open_month(autumn: Desk) -> None:
    for month in (5, 6):
        close(autumn, month)
    make(autumn, 1, born(date(2016, 6, 5)))
    make(autumn, 2, Change(ChangeKind.DISSOLVED, date(2016, 6, 9), "户口注销证明", reason="全户外迁"), second=True)
    make(autumn, 3, Change(ChangeKind.DIED, date(2016, 7, 3), "注销证明", person=1))
    on_register(autumn, family(5, village="小拔村"), "小拔-2016-0001", date(2016, 5, 30))
    july = seen(autumn, 7)
    south, small = july.villages
    assert south.movement.opening == Count(3, 9)
    assert south.movement.adjusted == Count(-1, -2)
    assert (south.movement.added, south.movement.natural_out) == (Count(1, 3), 1)
    assert south.closing == south.movement.closing == Count(3, 9)
    assert (small.movement.opening, small.movement.adjusted, small.closing) == (Count(), Count(1, 3), Count(1, 3))
    assert july.total.movement.adjusted == Count(0, 1)
    told = {a.head_name: a for a in july.adjustments}
    assert {a.counts for a in july.adjustments} == {Count(0, 1), Count(-1, -3), Count(1, 3)}
    gone = told[family(2).head_name]
    assert (gone.counts, gone.reason, gone.paper, gone.acted_on) == (
        Count(-1, -3), "全户外迁", "户口注销证明", date(2016, 6, 9)
    )  # fmt: skip
    assert told[family(1).head_name].paper == "出生医学证明 P44000001（2016-06-05）"
    assert told[family(5).head_name].what == "新识别，建档立卡"
    assert {a.actor for a in july.adjustments} == {"钟小明"}
    assert (south.year_start, south.year_added, south.year_adjusted) == (Count(), Count(4, 12), Count(-1, -2))
    assert seen(autumn, 8).adjustments == ()
    assert seen(autumn, 8).total.year_adjusted == Count(0, 1)
    close(autumn, 7)
    august = seen(autumn, 8)
    assert (august.total.movement.opening, august.total.movement.adjusted) == (july.total.closing, Count())
    assert close(autumn, 8).counted == Count(4, 12)
    assert seen(autumn, 9).total.year_adjusted == Count(0, 1)


def test_a_corrected_particular_is_an_adjustment_without_counts(autumn: Desk) -> None:
    close(autumn, 5)
    home = autumn.see(households.get, 1)
    autumn.do(applications.change, replace(home, phone="13900000009"))
    (one,) = seen(autumn, 6).adjustments
    assert (one.counts, one.head_name, one.actor) == (Count(), home.head_name, "钟小明")
    assert one.what == "信息变更：联系电话 13800000001 → 13900000009"
    assert one.reason == "更正资料"
    autumn.do(applications.change, replace(autumn.see(households.get, 2), phone="13900000008"), date(2016, 9, 1))
    assert len(seen(autumn, 6).adjustments) == 1


def test_a_year_begins_with_the_frozen_december(desk: Desk) -> None:
    desk.clock.pass_time(timedelta(days=240))
    on_register(desk, family(1), "华南-2016-0001", date(2016, 11, 10))
    close(desk, 11)
    close(desk, 12)
    make(desk, 1, born(date(2016, 12, 5)))
    january = seen(desk, 1, 2017)
    assert january.total.year_start == january.total.movement.opening == Count(1, 3)
    assert january.total.year_adjusted == january.total.movement.adjusted == Count(0, 1)
    assert january.total.closing == Count(1, 4)


def test_the_openings_follow_a_village_that_was_merged(autumn: Desk) -> None:
    on_register(autumn, family(5, village="小拔村"), "小拔-2016-0001")
    close(autumn, 5)
    by = Dated(date(2016, 6, 20), "县民政局批复〔2016〕3号")
    autumn.do(villages.merge_village, 2, 1, by, second=vouch(autumn.record))
    june = seen(autumn, 6)
    assert [(v.village, v.movement.opening, v.closing) for v in june.villages] == [
        ("华南村", Count(4, 12), Count(4, 12))
    ]
    assert close(autumn, 6).counted == Count(4, 12)


def test_a_village_renamed_with_an_earlier_day_moves_no_counts(autumn: Desk) -> None:
    close(autumn, 5)
    by = Dated(date(2016, 5, 10), "县民政局批复〔2016〕4号")
    autumn.do(villages.rename_village, 1, "新华村", by, second=vouch(autumn.record))
    june = seen(autumn, 6)
    assert next((v.village, v.movement.opening, v.movement.adjusted) for v in june.villages) == (
        "新华村", Count(3, 9), Count()
    )  # fmt: skip
    assert seen(autumn, 5).villages[0].village == "华南村"
    assert all(a.counts == Count() for a in june.adjustments)


def test_unlocking_leaves_a_record_and_the_new_receipt_names_the_old_one(autumn: Desk) -> None:
    for month in (5, 6):
        close(autumn, month)
    make(autumn, 1, born(date(2016, 6, 5)))
    second = vouch(autumn.record)
    with pytest.raises(Refused, match="请先解锁 2016年6月"):
        autumn.do(closing.unlock, 2016, 5, "登错", second=second)
    with pytest.raises(Refused, match="写明解锁的原因"):
        autumn.do(closing.unlock, 2016, 6, " ", second=second)
    with pytest.raises(Refused, match="另一人在场"):
        autumn.do(closing.unlock, 2016, 6, "漏登一人")
    autumn.do(closing.unlock, 2016, 6, "漏登一人", second=second)
    with pytest.raises(Refused, match="没有月结"):
        autumn.do(closing.unlock, 2016, 6, "漏登一人", second=second)
    june = seen(autumn, 6)
    assert (june.receipt, june.total.closing, june.total.movement.natural_in) == ("", Count(3, 10), 1)
    anew = close(autumn, 6)
    assert anew.number == "月结〔2016〕3号"
    state = next(s for s in autumn.see(closing.months).states if s.month == (2016, 6))
    assert state.closing == anew
    (old,) = state.earlier
    assert old.unlocked is not None
    assert (old.number, old.unlocked.reason, old.unlocked.second) == ("月结〔2016〕2号", "漏登一人", "曾阿慧")
    facts = autumn.see(closing.receipt, anew.id)
    assert facts.replaces == "月结〔2016〕2号"
    assert "月结〔2016〕2号" in closing_receipt.build(facts).text()
    undone = closing_receipt.build(autumn.see(closing.receipt, old.id))
    assert "本回执已作废" in undone.text()
    assert undone.watermark


def test_the_receipt_names_figures_sheets_people_and_adjustments(autumn: Desk) -> None:
    close(autumn, 5)
    make(autumn, 1, born(date(2016, 5, 25)))
    done = close(autumn, 6)
    facts = autumn.see(closing.receipt, done.id)
    said = closing_receipt.build(facts).text()
    for piece in (
        "月结〔2016〕2号",
        "钟小明",
        "曾阿慧",
        done.sha256,
        "贫困户花名册",
        "调整明细",
        "出生医学证明",
        "3户10人",
    ):
        assert piece in said
    assert {mark.name for mark in facts.sheets} >= {"贫困户花名册", "贫困人口花名册", "月报汇总表"}
    assert next(mark for mark in facts.sheets if mark.name == "贫困人口花名册").rows == 10


def test_closing_leaves_a_line_in_the_trail(autumn: Desk) -> None:
    done = close(autumn, 5)
    line = autumn.see(lambda unit: unit.session.scalars(select(Trail).order_by(Trail.seq.desc())).first())
    said = json.loads(line.payload)
    assert (line.action, line.entity_id, said["document"], said["sha256"]) == (
        "月结",
        done.id,
        done.number,
        done.sha256,
    )
    assert (said["households"], said["persons"]) == (3, 9)
    assert autumn.see(audit.faults) == ()


def test_what_was_frozen_is_not_given_out_when_it_has_been_tampered_with(autumn: Desk) -> None:
    done = close(autumn, 5)

    def tamper(unit: object) -> None:
        session = unit.session  # type: ignore[attr-defined]
        row = session.get(MonthClose, done.id)
        kept = zlib.decompress(base64.b64decode(row.payload)).decode()
        wrong = base64.b64encode(zlib.compress(kept.replace("华南村", "华北村").encode())).decode()
        session.execute(text("DROP TRIGGER month_close_no_update"))
        session.execute(text("UPDATE month_close SET payload = :p"), {"p": wrong})

    autumn.do(tamper)
    with pytest.raises(Known, match="校验码不符"):
        seen(autumn, 5)


def test_what_is_frozen_is_canonical_text(autumn: Desk) -> None:
    done = close(autumn, 5)
    payload = autumn.see(lambda unit: unit.session.scalar(select(MonthClose.payload)))
    kept = value_of(Frozen, zlib.decompress(base64.b64decode(payload)).decode())
    assert kept.ledger == seen(autumn, 5)
    assert autumn.see(lambda unit: frozenmonths.frozen(unit, done)) == kept


def test_a_split_of_a_closed_month_entered_late_adjusts_both_households(autumn: Desk) -> None:
    close(autumn, 5)
    split = Change(
        ChangeKind.SPLIT, date(2016, 5, 26), "户口簿", reason="分家", parting=(1, 2), parting_head=1,
        others={2: Relation.DAUGHTER},
    )  # fmt: skip
    make(autumn, 1, split, second=True)
    june = seen(autumn, 6)
    assert june.total.movement.adjusted == Count(1, 0)
    assert sorted((a.counts.households, a.counts.persons) for a in june.adjustments) == [(0, -2), (1, 2)]
    assert {a.reason for a in june.adjustments} == {"分家"}


def test_a_closed_month_written_again_is_the_same_file(autumn: Desk, tmp_path: Path) -> None:
    close(autumn, 5)
    done = close(autumn, 6)
    first = ledger_export.export(autumn.record, seen(autumn, 6), tmp_path / "a.xlsx", Slip())
    make(autumn, 1, born(date(2016, 6, 5)))
    autumn.do(applications.change, replace(autumn.see(households.get, 2), phone="13900000009"))
    autumn.clock.pass_time(timedelta(hours=5))
    again = ledger_export.export(autumn.record, seen(autumn, 6), tmp_path / "b.xlsx", Slip())
    assert again.sha256 == first.sha256
    with ZipFile(tmp_path / "a.xlsx") as one, ZipFile(tmp_path / "b.xlsx") as two:
        assert one.namelist() == two.namelist()
        assert all(one.read(name) == two.read(name) for name in one.namelist())
    kept = autumn.see(closing.receipt, done.id)
    assert ledger_marks.marks(seen(autumn, 6)) == kept.sheets


def test_the_next_month_s_workbook_lists_what_was_adjusted(autumn: Desk, tmp_path: Path) -> None:
    for month in (5, 6):
        close(autumn, month)
    make(autumn, 1, born(date(2016, 6, 5)))
    july = seen(autumn, 7)
    ledger_export.export(autumn.record, july, tmp_path / "a.xlsx", Slip())
    book = load_workbook(tmp_path / "a.xlsx")
    said = [str(c.value) for line in book["调整明细"].iter_rows() for c in line if c.value is not None]
    assert "出生医学证明 P44000001（2016-06-05）" in said
    summary = [[c.value for c in line] for line in book["月报汇总表"].iter_rows()]
    assert any("调整" in [str(v) for v in line] for line in summary)


def test_a_closing_is_made_ready_beside_the_record_and_only_kept_while_nothing_else_was_entered(autumn: Desk) -> None:
    look = autumn.see(closing.look, 2016, 5)
    slip = Slip()
    ready = autumn.see(closing.prepare, 2016, 5, slip, look)
    assert ready.look is look
    assert [text for _, _, text in slip.told][:2] == ["正在核对 2016年5月", "正在封存 贫困户花名册"]
    assert all(done <= total for done, total, _ in slip.told)
    done = autumn.do(closing.close, 2016, 5, ready=ready, second=vouch(autumn.record))
    assert (done.number, done.sha256) == ("月结〔2016〕1号", ready.sealed.sha256)
    assert autumn.see(lambda unit: frozenmonths.frozen(unit, done)) == ready.sealed.what
    autumn.clock.pass_time(timedelta(minutes=1))
    stale = autumn.see(closing.prepare, 2016, 6)
    make(autumn, 1, born(date(2016, 6, 5)))
    june = autumn.do(closing.close, 2016, 6, ready=stale, second=vouch(autumn.record))
    assert june.counted == Count(3, 10)
    assert june.sha256 != stale.sealed.sha256


def test_what_stops_a_closing_also_stops_one_made_ready(autumn: Desk) -> None:
    ready = autumn.see(closing.prepare, 2016, 6)
    assert ready.sealed is None
    with pytest.raises(Refused, match="2016年5月还没有月结"):
        autumn.do(closing.close, 2016, 6, ready=ready, second=vouch(autumn.record))


@pytest.mark.parametrize("check", [1, 4, 7])
def test_a_closing_cancelled_while_made_ready_leaves_nothing(autumn: Desk, check: int) -> None:
    with pytest.raises(Cancelled):
        autumn.see(closing.prepare, 2016, 5, Slip(stop_at=check))
    assert autumn.see(frozenmonths.closes) == ()
