"""Reasons and papers of the register's events from a real record, the households behind each figure, and files under the county's names."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.errors import Cancelled, Refused
from db.rules.case import Kind, Outcome
from db.rules.changes import Change
from db.rules.codes import ChangeKind, Entry, Finding, Relation, Schooling
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.turn import Turn, TurnKind
from db.rules.turns import turn_problems
from db.schema.trail import Trail
from db.services.cases import cases, verification
from db.services.cases.cases import Act
from db.services.cases.verification import Visit
from db.services.deciding import cards, county
from db.services.deciding.county import Ruling
from db.services.ledger import behind as ledger_behind
from db.services.ledger import export as ledger_export
from db.services.ledger import ledger
from db.services.ledger.export import Choice, Files
from db.services.office import settings
from db.services.town import town as town_service
from tests.helpers import steps, town
from tests.helpers.changes import child, family, filed, make, on_register
from tests.helpers.ledger import Slip
from tests.helpers.record import CLERK, REVIEWER
from tests.store.services.conftest import Desk
from tests.store.services.test_closing import autumn, born, close
from tests.store.services.test_removals import PAPER, reviewed

__all__ = ["autumn"]


def _month(desk: Desk, month: int) -> MonthLedger:
    found = desk.see(ledger.month, 2016, month)
    assert isinstance(found, MonthLedger)
    return found


def _of(found: MonthLedger, kind: TurnKind) -> list[Turn]:
    return [turn for turn in found.turns if turn.kind is kind]


def test_a_household_is_added_for_the_first_of_its_reasons(desk: Desk) -> None:
    home = filed(desk, family(1))
    case_id = desk.see(cases.case_of, [home])[home]
    seen = town.visit()
    entries = {**seen.entries, Entry.UNSAFE_HOME: (Finding.YES, ""), Entry.BREADWINNER_ILL: (Finding.YES, "")}
    desk.do(verification.record, [Visit(case_id, replace(seen, entries=entries))])
    desk.do(cases.write, Kind.CARDED, [Act(case_id, date(2016, 5, 25), {"number": "华南-2016-0001"})])
    (turn,) = _month(desk, 5).turns
    assert (turn.kind, turn.code, turn.persons) == (TurnKind.ADDED, "63", 3)
    assert turn.reason == "63 家庭主要劳动力长期生病、不能从事基本劳动的农户"


def test_a_climb_leaves_its_papers_on_the_event(desk: Desk) -> None:
    found = steps.decided(desk, desk.clock, 1, 2)
    desk.do(cards.issue, found, steps.CHECKED)
    month = _month(desk, 6)
    assert [(t.code, t.town, t.county) for t in month.turns] == [
        ("60", "2016-06-02", "2016-06-10 华府函〔2016〕9号")
    ] * 2
    assert all("民主评议，公示05-2" in t.proof for t in month.turns)


def test_a_removal_is_counted_under_its_code(desk: Desk) -> None:
    homes, found = reviewed(desk, 1, 2)
    desk.do(county.decide, [Ruling(i, Outcome.PASSED) for i in found], PAPER)
    month = _month(desk, 6)
    ended = _of(month, TurnKind.ENDED)
    assert [(t.household_id, t.code, t.county) for t in ended] == [
        (i, "73", "2016-06-02 华府函〔2016〕21号") for i in homes
    ]
    assert all(t.number and t.head_name and t.group for t in ended)
    sheet = next(p for p in ledger_export.preview(month) if p.name == "终止统计表")
    told = dict(zip(sheet.titles, sheet.total, strict=True))
    assert (told["合计 户"], told["七不进之三 户"], told["其他 户"]) == ("2", "2", "0")
    at = sheet.titles.index("七不进之三 人")
    assert ledger_behind.behind(month, "终止统计表", "华南村", at) == tuple(homes)
    opened = desk.see(ledger_behind.opened, month, "终止统计表", "", at)
    assert (opened.title, {line.state for line in opened.lines}) == ("2016年6月 合计 七不进之三 人", {"已清退"})


@pytest.fixture
def july(desk: Desk) -> Desk:
    """The clock in September; a birth, a part split off and a household gone, all in July."""
    desk.clock.pass_time(timedelta(days=115))
    for serial in (1, 2):
        on_register(desk, family(serial), f"华南-2016-{serial:04d}")
    on_register(desk, family(3, village="小拔村"), "小拔-2016-0001", date(2016, 7, 10))
    newborn = replace(child("陈某新", birth=date(2016, 7, 5), serial=301), schooling=Schooling.NONE)
    make(desk, 1, Change(ChangeKind.BORN, date(2016, 7, 5), "出生证 16号", date(2016, 7, 6), entrant=newborn))
    split = Change(
        ChangeKind.SPLIT, date(2016, 7, 20), "户口簿", reason="分家", parting=(1, 3), parting_head=1,
        others={3: Relation.DAUGHTER},
    )  # fmt: skip
    make(desk, 1, split, second=True)
    make(desk, 2, Change(ChangeKind.DISSOLVED, date(2016, 7, 28), reason="全户外迁"), second=True)
    return desk


def test_changes_are_told_with_national_code_proof_and_who_confirmed(july: Desk) -> None:
    told = [(t.kind.label, t.reason, t.proof, t.households, t.persons) for t in _month(july, 7).turns if t.change_id]
    assert told == [
        ("自然增加", "06 新生儿", "出生证 16号 2016-07-06", 0, 1),
        ("拆户", "分家", "户口簿", 1, 2),
        ("销户", "全户外迁", "", 1, 3),
    ]
    assert all(t.town.startswith("2016-09-") for t in _month(july, 7).turns if t.change_id)


def test_behind_every_number_stand_as_many_households_as_it_says(july: Desk) -> None:
    checked = 0
    for month in (5, 6, 7, 8):
        found = _month(july, month)
        for sheet in ledger_export.preview(found, Choice(yearly=True)):
            opens = ledger_behind.opens(found, sheet.name)
            for at in [n for n, may in enumerate(opens) if may and sheet.titles[n].endswith("户")]:
                for row, said in [*zip(sheet.keys, sheet.first, strict=True), ("", sheet.total)]:
                    behind = ledger_behind.behind(found, sheet.name, row, at, yearly=True)
                    if "其他增减" not in sheet.titles[at]:
                        assert len(behind) == int(said[at]), (sheet.name, row, sheet.titles[at])
                        checked += 1
    assert checked > 400


def test_a_number_that_opens_nothing_is_an_error(july: Desk) -> None:
    found = _month(july, 7)
    assert not any(ledger_behind.opens(found, "贫困户花名册"))
    with pytest.raises(ValueError, match="月报汇总表 0"):
        ledger_behind.behind(found, "月报汇总表", "", 0)


def test_the_households_behind_a_number_are_written_as_a_sheet(july: Desk, tmp_path: Path) -> None:
    found = _month(july, 7)
    opened = july.see(ledger_behind.opened, found, "月报汇总表", "小拔村", 6)
    assert opened.title == "2016年7月 小拔村 新增 户"
    done = ledger_behind.export(july.record, found, opened, tmp_path / "a.xlsx", Slip(), masked=True)
    page = load_workbook(done.path)["农户名单"]
    assert [cell.value for cell in page[4]][1:5] == ["小拔村", "第一组", "小拔-2016-0001", opened.lines[0].head_name]
    assert str(page["F4"].value) == "*" * 14 + opened.lines[0].head_id[-4:]
    assert page["A6"].value == "注：本表为“2016年7月 小拔村 新增 户”的农户，按导出时的档案。"
    assert _trail(july)[-1] == {
        "month": "2016-07", "sha256": done.sha256, "households": 1, "persons": 3, "sheets": "农户名单", "kind": "脱敏件"
    }  # fmt: skip


def test_one_file_for_each_village_or_sheet_under_the_countys_names(july: Desk, tmp_path: Path) -> None:
    options = july.see(town_service.options)
    july.record.switch(REVIEWER.name, REVIEWER.password)
    july.do(settings.change, replace(options, ledger_pattern="{镇}{村}{表名}{年}{月}"))
    july.record.switch(CLERK.name, CLERK.password)
    found, named = _month(july, 7), july.see(ledger_export.pattern)
    done = ledger_export.export_files(july.record, found, tmp_path, Slip(), Choice(files=Files.VILLAGE), named)
    assert [(d.path.name, d.counted) for d in done] == [
        ("华阳镇华南村台账201607.xlsx", Count(2, 4)), ("华阳镇小拔村台账201607.xlsx", Count(1, 3))
    ]  # fmt: skip
    assert [line.get("village") for line in _trail(july)[-2:]] == ["华南村", "小拔村"]
    chosen = Choice(sheets=("收入明细", "自然增减表"), files=Files.SHEET)
    done = ledger_export.export_files(july.record, found, tmp_path, Slip(), chosen, named)
    assert [d.path.name for d in done] == ["华阳镇收入明细201607.xlsx", "华阳镇自然增减表201607.xlsx"]
    assert [load_workbook(d.path).sheetnames for d in done] == [["收入明细"], ["自然增减表"]]


def test_villages_whose_names_differ_by_a_sign_no_disk_takes_have_files_of_their_own(july: Desk) -> None:
    found = _month(july, 7)
    strange = {"华南村": "大/坪村", "小拔村": "大坪村"}

    def renamed(thing: Any) -> Any:
        return replace(thing, village=strange.get(thing.village, thing.village))

    made = replace(
        found, households=tuple(map(renamed, found.households)), villages=tuple(map(renamed, found.villages))
    )
    files = ledger_export.files_of(made, Choice(files=Files.VILLAGE))
    assert [(name, part.villages) for name, part in files] == [
        ("2016年07月台账-华阳镇（大坪村）.xlsx", ("大/坪村",)), ("2016年07月台账-华阳镇（大坪村）-2.xlsx", ("大坪村",))
    ]  # fmt: skip


def test_cancelled_between_two_files_the_finished_one_stays(july: Desk, tmp_path: Path) -> None:
    found, folder = _month(july, 7), tmp_path / "out"
    folder.mkdir()
    whole = Slip()
    ledger_export.export_files(july.record, found, tmp_path, whole, Choice(sheets=("月报汇总表",)))
    with pytest.raises(Cancelled):
        ledger_export.export_files(
            july.record, found, folder, Slip(stop_at=whole.checks + 1), Choice(sheets=("月报汇总表", "新增统计表"), files=Files.SHEET)
        )  # fmt: skip
    assert [file.name for file in folder.iterdir()] == ["2016年07月月报汇总表-华阳镇.xlsx"]


def test_a_pattern_that_names_two_months_alike_is_refused(desk: Desk) -> None:
    options = desk.see(town_service.options)
    desk.record.switch(REVIEWER.name, REVIEWER.password)
    with pytest.raises(Refused, match="文件名样式里要有"):
        desk.do(settings.change, replace(options, ledger_pattern="{镇}台账"))


def test_the_events_of_the_year_stay_what_was_frozen_and_add_up_with_the_summary(autumn: Desk) -> None:
    close(autumn, 5)
    close(autumn, 6)
    close(autumn, 7)
    make(autumn, 1, born(date(2016, 7, 5)))
    make(autumn, 2, born(date(2016, 8, 5), 302))
    for month in (8, 9):
        found = _month(autumn, month)
        assert turn_problems(found) == ()
        assert [t.on for t in _of(found, TurnKind.NATURAL_IN)] == [date(2016, 8, 5)]
        assert len(_of(found, TurnKind.ADDED)) == found.total.year_added.households == 4
    assert [a.counts.persons for a in _month(autumn, 8).adjustments] == [1]


def _trail(desk: Desk) -> list[dict[str, object]]:
    rows = desk.see(lambda unit: unit.session.scalars(select(Trail).order_by(Trail.seq)).all())
    return [json.loads(row.payload) for row in rows if row.action == "导出台账"]
