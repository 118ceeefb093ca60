"""A roster against a record that lives: what somebody changed since, what later steps lock, and what the clerk ticks cell by cell."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest

from db.errors import Cancelled, Refused
from db.rules.codes import Health, Relation, Sex
from db.rules.values import Household
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.health import audit
from db.services.register import households
from db.services.sheets import imports
from db.services.sheets.imports import Preview, PreviewRow
from db.store.clock import CST
from tests.helpers import steps, town
from tests.helpers.drafted import COLUMNS, SHA, roster, with_child
from tests.store.services.conftest import Desk

HOME = town.household(1)


def shown(desk: Desk, *homes: Household, **more: Any) -> Preview:
    made: Preview = desk.see(imports.preview, roster(*homes, **more), "名册.xlsx")
    return made


def taken_in(desk: Desk, *homes: Household) -> None:
    desk.do(imports.apply, shown(desk, *homes))


def edit(desk: Desk, **changes: Any) -> None:
    """The clerk changes the household in the window, a week after it came in."""
    desk.clock.pass_to(datetime(2016, 6, 2, 9, 0, tzinfo=CST))
    desk.do(applications.change, replace(desk.see(households.get, 1), **changes))


def standings(row: PreviewRow) -> dict[str, str]:
    return {cell.change.label: cell.standing for cell in row.cells}


def test_what_somebody_changed_since_is_a_conflict_with_both_sides_at_its_cell(desk: Desk) -> None:
    taken_in(desk, HOME)
    edit(desk, phone="13900000002")
    seen = shown(desk, replace(HOME, remark="低保户"))
    (row,) = seen.rows
    assert row.fate == "conflict"
    assert standings(row) == {"联系电话": "conflict", "备注": "plain"}
    phone = next(cell for cell in row.cells if cell.standing == "conflict")
    assert (phone.change.old, phone.change.new) == ("13900000002", HOME.phone)
    assert (phone.sheet, phone.row, phone.column, phone.letter) == ("贫困户", 3, *COLUMNS["phone"])
    assert phone.why == "档案里这一格 2016-06-02 由钟小明改过"
    assert phone.place == "P3"
    (told,) = row.findings
    assert (told.severity, told.letter) == ("W", "P")
    assert told.text == f"联系电话：档案是“13900000002”，名册是“{HOME.phone}”；档案里这一格 2016-06-02 由钟小明改过"


def test_unless_the_clerk_decides_otherwise_the_record_keeps_what_is_newer(desk: Desk) -> None:
    taken_in(desk, HOME)
    edit(desk, phone="13900000002")
    seen = shown(desk, replace(HOME, remark="低保户"))
    done = desk.do(imports.apply, seen)
    after = desk.see(households.get, 1)
    assert (after.phone, after.remark) == ("13900000002", "低保户")
    assert (done.changed, done.conflict) == ((1, 2), (1, 2))


def test_what_the_clerk_kept_stays_newer_than_the_same_file(desk: Desk) -> None:
    """The remark came from the file and made a new version; the telephone in it is still the clerk's own."""
    taken_in(desk, HOME)
    edit(desk, phone="13900000002")
    file = replace(HOME, remark="低保户")
    taken_in(desk, file)
    (row,) = shown(desk, file).rows
    assert (row.fate, standings(row)) == ("conflict", {"联系电话": "conflict"})
    (later,) = shown(desk, file, as_of=date(2016, 6, 2)).rows
    assert later.fate == "changed"  # a roster of a later day speaks of a later day


def test_the_clerk_takes_the_files_side_of_a_conflict(desk: Desk) -> None:
    taken_in(desk, HOME)
    edit(desk, phone="13900000002")
    seen = shown(desk, replace(HOME, remark="低保户"))
    (row,) = seen.rows
    done = desk.do(imports.apply, seen, {0: row.open_cells("conflict")})
    after = desk.see(households.get, 1)
    assert (after.phone, after.remark) == (HOME.phone, "")
    assert done.conflict == (1, 2)  # the remark stayed out
    assert desk.see(audit.faults) == ()


def test_a_conflict_alone_is_not_ticked(desk: Desk) -> None:
    taken_in(desk, HOME)
    edit(desk, phone="13900000002")
    seen = shown(desk, HOME)
    assert imports.ticked(seen) == {}
    with pytest.raises(Refused, match="没有可以录入"):
        desk.do(imports.apply, seen)
    done = desk.do(imports.apply, seen, {0: frozenset({0})})
    assert (done.changed, done.conflict) == ((1, 2), (0, 0))


@pytest.mark.parametrize(("as_of", "fate"), [(date(2016, 5, 24), "conflict"), (date(2016, 5, 25), "changed")])
def test_a_household_typed_by_hand_after_the_rosters_day_is_newer(desk: Desk, as_of: date, fate: str) -> None:
    desk.do(applications.file, HOME)
    (row,) = shown(desk, replace(HOME, phone="13900000003"), as_of=as_of).rows
    assert row.fate == fate
    assert [cell.why for cell in row.cells] == (
        ["档案里这一格 2016-05-25 由钟小明录入"] if fate == "conflict" else [""]
    )


def test_only_the_cell_that_was_changed_is_newer(desk: Desk) -> None:
    desk.do(applications.file, HOME)
    edit(desk, phone="13900000002")
    (row,) = shown(desk, replace(HOME, remark="低保户")).rows
    assert standings(row) == {"联系电话": "conflict", "备注": "plain"}


def test_a_change_taken_from_a_file_is_nobodys_own(desk: Desk) -> None:
    """The village reports twice; the second report is newer than what the first wrote."""
    taken_in(desk, HOME)
    desk.do(imports.apply, shown(desk, replace(HOME, phone="13900000002")))
    (row,) = shown(desk, replace(HOME, phone="13900000004")).rows
    assert row.fate == "changed"


def test_what_a_visit_rests_on_is_locked_and_all_else_can_be_taken(desk: Desk) -> None:
    taken_in(desk, HOME)
    case_id = desk.see(cases.case_of, [1])[1]
    desk.do(verification.record, [Visit(case_id, town.visit())])
    assert HOME.income is not None
    richer = replace(HOME, phone="13900000002", income=replace(HOME.income, wages=Decimal("9000.00")))
    seen = shown(desk, richer)
    (row,) = seen.rows
    assert row.fate == "conflict"
    assert standings(row) == {"联系电话": "plain", "工资性收入": "locked"}
    locked = next(cell for cell in row.cells if cell.standing == "locked")
    assert locked.why == "家庭收入已用于入户核实的结论，不能直接改；请先更正“入户核实”，改后重新核实"
    desk.do(imports.apply, seen, {0: frozenset({0, 1})})  # a locked cell cannot be ticked
    after = desk.see(households.get, 1)
    assert (after.phone, after.income) == ("13900000002", HOME.income)


def test_what_a_notice_printed_is_locked(desk: Desk) -> None:
    taken_in(desk, town.household(2))
    steps.hung(desk, 1)
    renamed = town.named(HOME, "陈某改")
    (row,) = shown(desk, renamed).rows
    assert row.fate == "conflict"
    assert {cell.standing for cell in row.cells} == {"locked"}
    assert "已经张榜公示" in row.cells[0].why
    assert imports.usual(row) is None


def test_cells_that_belong_together_are_taken_together(desk: Desk) -> None:
    taken_in(desk, HOME)
    renamed = town.named(HOME, "陈某改")
    seen = shown(desk, renamed)
    (row,) = seen.rows
    assert [cell.change.label for cell in row.cells] == ["户主姓名", f"{HOME.head_name}的姓名"]
    assert row.bonded({0}) == row.bonded({1}) == {0, 1}
    desk.do(imports.apply, seen, {0: frozenset({1})})
    after = desk.see(households.get, 1)
    assert after.head_name == after.members[0].name == "陈某改"


def test_a_certificate_comes_and_goes_with_the_health_it_speaks_of(desk: Desk) -> None:
    head, wife = HOME.members
    ill = replace(wife, health=Health.DISABLED, disability_number=wife.id_number + "43")
    taken_in(desk, replace(HOME, members=(head, ill)))
    (row,) = shown(desk, replace(HOME, members=(head, wife))).rows
    assert row.bonded({0}) == {0, 1}
    assert row.cells[0].place == "M4"
    assert imports.outcome(row, {0, 1}).members[1] == replace(wife, id=imports.outcome(row, {0}).members[1].id)


def test_a_stated_figure_does_not_outlive_the_items_it_was_reckoned_from(desk: Desk) -> None:
    assert HOME.income is not None
    stated = replace(HOME, income=replace(HOME.income, per_head_stated=Decimal("3000.00")))
    taken_in(desk, stated)
    seen = shown(desk, replace(HOME, income=replace(HOME.income, wages=Decimal("6100.00"))))
    assert [change.label for change in seen.rows[0].changes] == ["工资性收入"]
    desk.do(imports.apply, seen)
    after = desk.see(households.get, 1)
    assert after.income == replace(HOME.income, wages=Decimal("6100.00"), per_head_stated=None)


def test_a_newly_stated_figure_comes_with_its_items_and_is_locked_with_them(desk: Desk) -> None:
    taken_in(desk, HOME)
    assert HOME.income is not None
    sheet = replace(HOME.income, wages=Decimal("6100.00"), per_head_stated=Decimal("3050.00"), debt=Decimal("100.00"))
    (row,) = shown(desk, replace(HOME, income=sheet)).rows
    assert [sorted(row.bonded({n})) for n in range(3)] == [[0, 1], [0, 1], [2]]
    edit(desk, income=replace(HOME.income, wages=Decimal("6050.00")))
    (row,) = shown(desk, replace(HOME, income=sheet)).rows
    assert [cell.standing for cell in row.cells] == ["conflict", "conflict", "plain"]
    desk.do(verification.record, [Visit(desk.see(cases.case_of, [1])[1], town.visit())])
    (row,) = shown(desk, replace(HOME, income=sheet)).rows
    assert [cell.standing for cell in row.cells] == ["locked", "locked", "plain"]


def test_another_years_sheet_comes_as_a_whole_and_an_older_one_not_at_all(desk: Desk) -> None:
    taken_in(desk, HOME)
    assert HOME.income is not None
    newer = replace(HOME.income, year=2016, wages=Decimal("6100.00"))
    seen = shown(desk, replace(HOME, income=newer))
    (row,) = seen.rows
    assert {change.label for change in row.changes} == {"2016 年工资性收入"}
    desk.do(imports.apply, seen)
    assert desk.see(households.get, 1).income == newer
    (older,) = shown(desk, HOME).rows
    assert older.fate == "same"
    assert older.findings[0].text == "名册的收入是 2015 年的，档案里已有 2016 年的，收入没有采用"
    assert (older.findings[0].severity, older.findings[0].letter) == ("I", "L")


def test_a_household_unticked_stays_out_and_is_counted(desk: Desk) -> None:
    seen = shown(desk, HOME, town.household(2))
    done = desk.do(imports.apply, seen, {1: frozenset()})
    assert (done.new, done.left) == ((1, 2), (1, 2))
    assert desk.see(households.get, 1).head_name == town.household(2).head_name


def test_cells_that_break_the_household_are_told_before_and_refused_by_name(desk: Desk) -> None:
    """A boy who is a girl: her sex alone contradicts the number that stays."""
    family = with_child(HOME)
    taken_in(desk, family)
    boy = family.members[2]
    number = town.id_number(date(2006, 1, 1), 7, Sex.FEMALE)
    girl = replace(boy, relation=Relation.DAUGHTER, sex=Sex.FEMALE, id_number=number)
    seen = shown(desk, replace(family, members=(*family.members[:2], girl)), town.household(2))
    (row, _) = seen.rows
    alone = frozenset(n for n, cell in enumerate(row.cells) if cell.change.spot.key == "sex")
    assert "身份证号" in "".join(imports.obstacles(row, alone, date(2016, 5, 25)))
    assert imports.obstacles(row, row.open_cells(), date(2016, 5, 25)) == ()
    assert imports.obstacles(row, frozenset(), date(2016, 5, 25)) == ()
    with pytest.raises(Refused) as refused:
        desk.do(imports.apply, seen, {0: alone, 1: frozenset()})
    assert refused.value.problems[0].where == HOME.named
    assert desk.see(households.get, 1).members[2].sex is Sex.MALE
    assert shown(desk, town.household(2)).count("new") == (1, 2)  # all or nothing


def test_writing_can_be_stopped_and_leaves_nothing(desk: Desk) -> None:
    taken_in(desk, HOME)

    class Stopped:
        def report(self, done: int, total: int, text: str) -> None: ...

        def check(self) -> None:
            raise Cancelled

    seen = shown(desk, replace(HOME, phone="13900000002"), town.household(2))
    with pytest.raises(Cancelled):
        desk.do(imports.apply, seen, None, Stopped())
    assert shown(desk, HOME).count("same") == (1, 2)
    assert shown(desk, town.household(2)).count("new") == (1, 2)


@pytest.mark.parametrize("moment", [0, 1, 2])
def test_new_households_can_be_stopped_until_all_of_them_are_written(desk: Desk, moment: int) -> None:
    class StoppedLate:
        left = moment

        def report(self, done: int, total: int, text: str) -> None: ...

        def check(self) -> None:
            if self.left == 0:
                raise Cancelled
            self.left -= 1

    seen = shown(desk, HOME, town.household(2))
    if moment == 2:
        desk.do(imports.apply, seen, None, StoppedLate())
    else:
        with pytest.raises(Cancelled):
            desk.do(imports.apply, seen, None, StoppedLate())
    assert shown(desk, HOME, town.household(2)).count("same" if moment == 2 else "new") == (2, 4)


def test_the_same_file_and_the_same_content_are_recognised(desk: Desk) -> None:
    taken_in(desk, HOME, town.household(2))
    assert shown(desk, HOME, town.household(2)).seen == "这份文件已于 2016-05-25 08:30 由钟小明录入过"
    turned = shown(desk, town.household(2), HOME, sha="cd" * 32)
    assert turned.seen == "内容与 2016-05-25 08:30 由钟小明录入的“名册.xlsx”相同"
    assert shown(desk, HOME, sha="cd" * 32).seen == "这份文件里的 1 户与档案完全相同"
    assert shown(desk, HOME, town.household(3), sha="cd" * 32).seen == ""


def test_a_file_taken_in_before_runs_were_kept_is_recognised(desk: Desk) -> None:
    with desk.record.write() as unit:
        unit.trail("名册录入", entity="import", file_sha256=SHA, new=1)
    assert shown(desk, HOME).seen == "这份文件已于 2016-05-25 08:30 由钟小明录入过"


def test_the_summary_shows_both_sides_of_each_conflict(desk: Desk) -> None:
    taken_in(desk, HOME)
    edit(desk, phone="13900000002")
    told: Any = imports.summary(shown(desk, replace(HOME, remark="低保户"), town.household(2)))
    assert told["counts"] == {
        "households": {"new": 1, "changed": 0, "same": 0, "faulty": 0},
        "persons": {"new": 2, "changed": 0, "same": 0, "faulty": 0},
    }
    assert told["taken"] == 2
    (one,) = told["conflict"].pop("cells")
    assert told["conflict"] == {"households": 1, "persons": 2}
    assert (one["sheet"], one["row"], one["column"]) == ("贫困户", 3, "联系电话")
    assert (one["record"], one["file"], one["locked"]) == ("13900000002", HOME.phone, False)
