"""The month ledger from a real record, its export, and what the trail says of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import delete, event, select, update

from db.errors import Cancelled, Known, Refused
from db.rules.case import Kind
from db.rules.codes import PovertyCause, Relation
from db.rules.counts import Count
from db.rules.ledger import MonthLedger
from db.rules.values import Household, Income
from db.schema.household import HouseholdRow, IncomeRow, MemberRow
from db.schema.trail import Trail
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.ledger import export as ledger_export
from db.services.ledger import ledger
from db.store.unit import Unit
from tests.helpers import town
from tests.helpers.ledger import Slip
from tests.store.services.conftest import Desk


def _on_register(desk: Desk, home: Household, number: str, day: date) -> int:
    """File a household and write its card, the doors between them left aside; returns the household."""
    household_id: int = desk.do(applications.file, home).household_id
    case_id = desk.see(cases.case_of, [household_id])[household_id]
    desk.do(cases.write, Kind.CARDED, [Act(case_id, day, {"number": number})])
    return household_id


@pytest.fixture
def august(desk: Desk) -> Desk:
    """The clock in August; cards of last December, June and July, and one of August; one household without a card."""
    desk.clock.pass_time(timedelta(days=75))
    south, small = town.household(1), town.household(2, village="小拔村", group="第二组")
    _on_register(desk, town.household(3, group="第三组"), "华南-2016-0002", date(2016, 7, 31))
    _on_register(desk, small, "小拔-2015-0001", date(2015, 12, 31))
    _on_register(desk, south, "华南-2016-0001", date(2016, 6, 30))
    _on_register(desk, town.household(4), "华南-2016-0003", date(2016, 8, 1))
    desk.do(applications.file, town.household(5))
    return desk


def _month(desk: Desk, year: int, month: int) -> MonthLedger:
    found = desk.see(ledger.month, year, month)
    assert isinstance(found, MonthLedger)
    return found


def test_the_register_of_a_month_by_village_group_and_number(august: Desk) -> None:
    july = _month(august, 2016, 7)
    assert (july.province, july.city, july.county, july.town) == ("广东省", "梅州市", "五华县", "华阳镇")
    assert [(h.village, h.group, h.number) for h in july.households] == [
        ("华南村", "第一组", "华南-2016-0001"),
        ("华南村", "第三组", "华南-2016-0002"),
        ("小拔村", "第二组", "小拔-2015-0001"),
    ]
    first = july.households[0]
    given = town.household(1)
    assert (first.head_name, first.head_id, first.size, first.able_count) == (given.head_name, given.head_id, 2, 2)
    assert (first.disposable_per_head, first.net_per_head) == (Decimal("3000.00"), Decimal("3000.00"))
    assert [(p.name, p.relation) for p in first.persons] == [(m.name, m.relation) for m in given.members]


def test_openings_movement_and_closing(august: Desk) -> None:
    south, small = _month(august, 2016, 7).villages
    assert (south.year_start, south.movement.opening, south.movement.added, south.closing) == (
        Count(), Count(1, 2), Count(1, 2), Count(2, 4)
    )  # fmt: skip
    assert (small.year_start, small.movement.opening, small.movement.added, small.closing) == (
        Count(1, 2), Count(1, 2), Count(), Count(1, 2)
    )  # fmt: skip
    assert _month(august, 2016, 6).total.closing == _month(august, 2016, 7).total.movement.opening == Count(2, 4)
    assert _month(august, 2016, 8).total.closing == Count(4, 8)
    assert _month(august, 2015, 11).total.closing == Count()


def test_the_head_comes_first_and_both_other_causes_are_named(desk: Desk) -> None:
    home = town.household(1)
    turned = replace(
        home,
        members=(home.members[1], home.members[0]),
        other_cause_1=PovertyCause.ILLNESS,
        other_cause_2=PovertyCause.MONEY,
    )
    _on_register(desk, home, "华南-2016-0001", date(2016, 5, 25))

    def turn(unit: Unit) -> None:
        for position, member in enumerate(turned.members):
            where = MemberRow.name == member.name
            unit.session.execute(update(MemberRow).where(where).values(position=position))
        causes = {"other_cause_1": turned.other_cause_1, "other_cause_2": turned.other_cause_2}
        unit.session.execute(update(HouseholdRow).values(causes))

    desk.do(turn)
    found = _month(desk, 2016, 5).households[0]
    assert [p.relation for p in found.persons] == [Relation.HEAD, Relation.SPOUSE]
    assert found.other_causes == "因病、缺资金"


def test_the_newest_income_sheet_up_to_the_year_counts(august: Desk) -> None:
    def later(unit: Unit) -> None:
        household_id = unit.session.scalar(
            select(HouseholdRow.id).where(HouseholdRow.head_id == town.household(1).head_id)
        )
        for sheet in (Income(2016, Decimal("5000.01"), transfer_cost=Decimal(1000)), Income(2017, Decimal(1))):
            unit.session.add(
                IncomeRow(
                    household_id=household_id, year=sheet.year, wages=sheet.wages, transfer_cost=sheet.transfer_cost
                )
            )

    august.do(later)
    first = _month(august, 2016, 7).households[0]
    assert (first.disposable_per_head, first.net_per_head) == (Decimal("2000.01"), Decimal("2500.01"))


def test_a_household_without_income_sheet_has_no_figure(desk: Desk) -> None:
    _on_register(desk, town.household(1), "华南-2016-0001", date(2016, 5, 25))
    desk.do(lambda unit: unit.session.execute(delete(IncomeRow)))
    assert _month(desk, 2016, 5).households[0].disposable_per_head is None


def test_a_month_that_has_not_begun_is_refused(desk: Desk) -> None:
    assert _month(desk, 2016, 5).households == ()
    with pytest.raises(Refused, match="2016年6月还没有到"):
        _month(desk, 2016, 6)


def test_a_head_count_that_is_not_the_number_of_rows_stops_the_ledger(august: Desk) -> None:
    where = HouseholdRow.head_id == town.household(1).head_id
    august.do(lambda unit: unit.session.execute(update(HouseholdRow).where(where).values(size=3)))
    with pytest.raises(Refused, match="华南村：期初加减变动得 2 户 5 人，花名册为 2 户 4 人"):
        _month(august, 2016, 7)


@contextmanager
def _statements(unit: Unit) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_c: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        seen.append(statement)

    event.listen(unit.connection, "before_cursor_execute", note)
    yield seen
    event.remove(unit.connection, "before_cursor_execute", note)


def test_the_number_of_queries_does_not_grow_with_the_register(august: Desk) -> None:
    counts = []
    with august.record.read() as unit:
        for month in (1, 8):
            with _statements(unit) as seen:
                ledger.recorded(unit, 2016, month)
            counts.append(len(seen))
    assert counts == [12, 12]


def _last_link(desk: Desk) -> Trail:
    query = select(Trail).order_by(Trail.seq.desc()).limit(1)
    found = desk.see(lambda unit: unit.session.scalars(query).one())
    assert isinstance(found, Trail)
    return found


def test_an_export_is_in_the_trail_with_its_hash_and_counts(august: Desk, tmp_path: Path) -> None:
    july = _month(august, 2016, 7)
    path = tmp_path / ledger_export.file_name(july, ledger_export.Choice())
    done = ledger_export.export(august.record, july, path, Slip())
    assert done.counted == Count(3, 6)
    assert done.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
    link = _last_link(august)
    assert link.action == "导出台账"
    assert json.loads(link.payload) == {
        "month": "2016-07", "sha256": done.sha256, "households": 3, "persons": 6, "sheets": "全部"
    }  # fmt: skip
    assert august.record.verify_chain() == []
    roster = load_workbook(path)["贫困户花名册"]
    assert [roster[f"E{row}"].value for row in range(5, 9)] == ["华南-2016-0001", "华南-2016-0002", "小拔-2015-0001", 3]


def test_a_cancelled_export_leaves_neither_file_nor_trail(august: Desk, tmp_path: Path) -> None:
    before = _last_link(august).seq
    path = tmp_path / "out" / "a.xlsx"
    path.parent.mkdir()
    with pytest.raises(Cancelled):
        ledger_export.export(august.record, _month(august, 2016, 7), path, Slip(stop_at=3))
    assert [*path.parent.iterdir()] == []
    assert _last_link(august).seq == before


def test_a_file_that_could_not_be_put_in_place_is_not_in_the_trail(
    august: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = _last_link(august).seq
    july = _month(august, 2016, 7)
    path = tmp_path / "a.xlsx"
    path.write_bytes(b"old")

    def held(self: Path, *_: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "replace", held)
    with pytest.raises(Known, match="没有权限写入"):
        ledger_export.export(august.record, july, path, Slip())
    assert path.read_bytes() == b"old"
    assert _last_link(august).seq == before


def test_without_a_trail_there_is_no_file(august: Desk, tmp_path: Path) -> None:
    july = _month(august, 2016, 7)
    august.record.lock()
    path = tmp_path / "out" / "a.xlsx"
    path.parent.mkdir()
    with pytest.raises(Known, match="屏幕已锁定"):
        ledger_export.export(august.record, july, path, Slip())
    assert [*path.parent.iterdir()] == []
