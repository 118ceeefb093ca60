"""撤销录入: one step back as long as nothing was built on it, and every thing that can have been built is named."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from db.errors import Cancelled, Refused
from db.rules.case import Status
from db.rules.changes import Change
from db.rules.codes import ChangeKind, EvidenceKind
from db.rules.values import Household
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.changes import changes
from db.services.evidence import evidence
from db.services.evidence.evidence import Hanging
from db.services.health import audit
from db.services.register import households, snapshots
from db.services.sheets import imports
from db.services.sheets import runs as import_runs
from db.services.sheets import undo as import_undo
from db.services.sheets.undo import Undoing
from db.services.town import search
from db.services.town.search import Filter
from db.store.clock import CST
from tests.helpers import steps, town
from tests.helpers.drafted import roster
from tests.helpers.photos import png_of
from tests.store.services.conftest import Desk

HOME, OTHER = town.household(1), town.household(2)
WHY = "村里报错了文件"


def take(desk: Desk, *homes: Household, sha: str = "ab" * 32) -> int:
    """Take a roster in and return the run."""
    seen = desk.see(imports.preview, roster(*homes, sha=sha), "名册.xlsx")
    return int(desk.do(imports.apply, seen).run_id)


def undo(desk: Desk, run_id: int, reason: str = WHY) -> Undoing:
    done: Undoing = desk.do(import_undo.undo, run_id, reason)
    return done


def listed(desk: Desk) -> tuple[int, int]:
    found: tuple[int, int] = desk.see(search.count, Filter())
    return found


def test_new_households_leave_and_their_numbers_are_free_again(desk: Desk) -> None:
    done = undo(desk, take(desk, HOME, OTHER))
    assert (done.withdrawn, done.restored) == ((2, 4), (0, 0))
    assert listed(desk) == (0, 0)
    states = desk.see(cases.states, [1, 2])
    assert {s.status for s in states.values()} == {Status.WITHDRAWN}
    assert desk.see(audit.faults) == ()
    again = desk.see(imports.preview, roster(HOME, OTHER))
    assert again.count("new") == (2, 4)
    desk.do(applications.file, HOME)  # the same people by hand
    assert listed(desk) == (1, 2)
    assert desk.see(audit.faults) == ()


def test_changed_households_are_as_they_were_and_both_versions_stay_readable(desk: Desk) -> None:
    take(desk, HOME, OTHER)
    before = desk.see(households.get, 1)
    run = take(desk, replace(HOME, phone="13900000002", applied_on=date(2016, 5, 12)), OTHER, sha="cd" * 32)
    assert desk.see(import_undo.look, run).restored == (1, 2)
    undo(desk, run)
    after = desk.see(households.get, 1)
    assert (after.version, after.phone, after.applied_on) == (3, HOME.phone, HOME.applied_on)
    assert snapshots.snapshot(after) == snapshots.snapshot(before)
    assert desk.see(cases.states, [1])[1].done[-1].on == HOME.applied_on
    assert listed(desk) == (2, 4)
    assert desk.see(audit.faults) == ()
    (row, _) = desk.see(imports.preview, roster(replace(HOME, phone="13900000002"), OTHER)).rows
    assert row.fate == "changed"  # nobody changed it by hand since the first file


def test_a_sheet_of_incomes_that_came_with_the_file_goes_with_it(desk: Desk) -> None:
    take(desk, HOME)
    assert HOME.income is not None
    run = take(desk, replace(HOME, income=replace(HOME.income, year=2016, wages=Decimal("9.00"))), sha="cd" * 32)
    undo(desk, run)
    assert desk.see(households.get, 1).income == HOME.income


def test_it_is_undone_once_with_a_reason_and_said_so(desk: Desk) -> None:
    run = take(desk, HOME)
    with pytest.raises(Refused, match="请写明为什么撤销"):
        undo(desk, run, "  ")
    undo(desk, run)
    with pytest.raises(Refused, match="已于 2016-05-25 08:30 由钟小明撤销，不必再撤销"):
        undo(desk, run)
    assert desk.see(import_runs.seen, "ab" * 32).endswith("，已于 2016-05-25 08:30 由钟小明撤销")
    (told,) = desk.see(import_runs.earlier)
    assert (told.file_name, told.new, told.changed, told.actor) == ("名册.xlsx", (1, 2), (0, 0), "钟小明")
    assert told.undone
    assert desk.see(import_undo.standing, [told]) == {}
    with pytest.raises(LookupError):
        desk.see(import_runs.one, 99)


def test_a_run_stands_apart_from_the_next(desk: Desk) -> None:
    first, second = take(desk, HOME), take(desk, OTHER, sha="cd" * 32)
    undo(desk, first)
    assert listed(desk) == (1, 2)
    assert desk.see(import_undo.standing, desk.see(import_runs.earlier)) == {second: 0}


def test_what_was_taken_back_itself_is_nothing_built(desk: Desk) -> None:
    """Two files one after the other are taken back one after the other."""
    first = take(desk, HOME)
    second = take(desk, replace(HOME, phone="13900000002"), sha="cd" * 32)
    assert [p.text for p in desk.see(import_undo.look, first).built] == [f"{HOME.named}：后来有修改资料"]
    undo(desk, second)
    undo(desk, first)
    assert listed(desk) == (0, 0)
    assert desk.see(audit.faults) == ()


def visit(desk: Desk, _: Path) -> None:
    desk.do(verification.record, [Visit(1, town.visit())])


def hang(desk: Desk, folder: Path) -> None:
    (folder / "屋.png").write_bytes(png_of(4, 4))
    desk.do(evidence.hang, [Hanging(folder / "屋.png", EvidenceKind.HOUSE_INSIDE, household_id=1)])


def edit(desk: Desk, _: Path) -> None:
    desk.do(applications.change, replace(desk.see(households.get, 1), phone="13900000009"))


def dissolve(desk: Desk, _: Path) -> None:
    home = desk.see(households.get, 1)
    change = Change(ChangeKind.DISSOLVED, date(2016, 5, 24), "派出所证明", date(2016, 5, 24), "全户迁出")
    desk.do(changes.apply, 1, home.version, change)


@pytest.mark.parametrize(
    ("build", "said"),
    [(visit, "录入入户核实"), (hang, "归档材料"), (edit, "修改资料"), (dissolve, "销户")],
)
def test_what_was_built_is_named_and_nothing_is_undone(
    desk: Desk, tmp_path: Path, build: Callable[[Desk, Path], None], said: str
) -> None:
    run = take(desk, HOME, OTHER)
    build(desk, tmp_path)
    before = listed(desk)
    with pytest.raises(Refused) as refused:
        undo(desk, run)
    (problem,) = refused.value.problems
    assert problem.where == HOME.named
    assert problem.text.startswith(f"{HOME.named}：后来有")
    assert said in problem.text
    assert listed(desk) == before
    assert desk.see(import_undo.standing, desk.see(import_runs.earlier)) == {run: 1}


def test_a_file_taken_down_again_is_nothing_built(desk: Desk, tmp_path: Path) -> None:
    run = take(desk, HOME)
    hang(desk, tmp_path)
    desk.do(evidence.void, 1, "挂错了户")
    undo(desk, run)
    assert listed(desk) == (0, 0)


def test_every_later_step_is_named_up_to_the_opened_notice(desk: Desk) -> None:
    run = take(desk, HOME, OTHER)
    steps.climbed(desk, 1)
    (problem,) = desk.see(import_undo.look, run).built
    said = "录入入户核实、录入民主评议、列入公示、列入华南村2016年第1次公示"
    assert problem.text == f"{HOME.named}：后来有{said}"


def test_a_number_that_is_somebody_elses_by_now_is_named(desk: Desk) -> None:
    """The file mended a number; a new household came in with the old one."""
    take(desk, HOME)
    head, wife = HOME.members
    mended = replace(wife, id_number=OTHER.members[1].id_number)
    run = take(desk, replace(HOME, members=(head, mended)), sha="cd" * 32)
    desk.do(
        applications.file,
        replace(OTHER, members=(OTHER.members[0], replace(OTHER.members[1], id_number=wife.id_number))),
    )
    with pytest.raises(Refused) as refused:
        undo(desk, run)
    (problem,) = refused.value.problems
    assert problem.text == f"{HOME.named}：恢复后的身份证号（尾号 {wife.id_number[-4:]}）现在登记在{OTHER.head_name}户"
    assert desk.see(import_undo.standing, [desk.see(import_runs.one, run)]) == {run: 1}


def test_undoing_can_be_stopped_and_leaves_all_as_it_is(desk: Desk) -> None:
    run = take(desk, HOME)

    class Stopped:
        def report(self, done: int, total: int, text: str) -> None: ...

        def check(self) -> None:
            raise Cancelled

    with pytest.raises(Cancelled):
        desk.do(import_undo.undo, run, WHY, Stopped())
    assert listed(desk) == (1, 2)


def test_a_row_changed_beside_the_program_shows(desk: Desk) -> None:
    """Who is off the lists without a change that ended it or a file taken back was taken off by hand."""
    take(desk, HOME)
    undo(desk, take(desk, OTHER, sha="cd" * 32))
    desk.clock.pass_to(datetime(2016, 5, 26, 9, 0, tzinfo=CST))
    with desk.record.write() as unit:
        unit.connection.exec_driver_sql("UPDATE household SET live = 0 WHERE id = 1")
        unit.trail("试")
    said: Any = desk.see(audit.faults)
    assert [text for text in said if "不在名单上" in text] == [f"{HOME.head_name}户没有销户，却不在名单上，被改动过"]
