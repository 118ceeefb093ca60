"""What the clerk has decided in a preview, without any window."""

from __future__ import annotations

from dataclasses import replace

import pytest

from db.rules.values import Household
from db.services.cases import applications
from db.services.register import households
from db.services.sheets import imports
from db.services.sheets.imports import Mend, Preview
from desktop.app.office import Office
from desktop.pages.intake.picks import ALL, BARRED, NONE, SOME, Picks
from tests.helpers import town
from tests.helpers.drafted import roster

HOME, OTHER, NEW = (town.household(n) for n in (1, 2, 3))


def shown(office: Office, *homes: Household) -> Preview:
    made: Preview = office.see(imports.preview, roster(*homes), "名册.xlsx")
    return made


@pytest.fixture
def picks(office: Office) -> Picks:
    """A household in conflict only, one renamed (two cells that go together) with a plain change beside, a new one and one as it was."""
    office.act(imports.apply, shown(office, HOME, OTHER, town.household(4)))
    office.act(applications.change, replace(office.see(households.get, 1), phone="13900000001"))
    renamed = replace(town.named(OTHER, "李某新"), remark="漏雨")
    return Picks(shown(office, HOME, renamed, NEW, town.household(4)))


def marks(picks: Picks) -> list[str]:
    return [picks.mark(place) for place in range(len(picks.shown.rows))]


def test_to_begin_with_new_and_plain_are_ticked(picks: Picks) -> None:
    assert marks(picks) == [NONE, ALL, ALL, BARRED]
    assert picks.taken() == (2, 4)
    assert picks.new_and_changed() == ((1, 2), (1, 2), 3)


def test_a_household_in_conflict_only_is_ticked_by_the_clerk_alone(picks: Picks) -> None:
    picks.toggle([0])
    assert marks(picks)[0] == ALL
    picks.toggle([0])
    assert marks(picks)[0] == NONE


def test_one_off_among_several_turns_all_on(picks: Picks) -> None:
    picks.toggle([0, 1, 2, 3])
    assert marks(picks) == [ALL, ALL, ALL, BARRED]
    picks.toggle([0, 1, 2, 3])
    assert marks(picks) == [NONE, NONE, NONE, BARRED]
    assert picks.taken() == (0, 0)


def test_cells_that_go_together_come_and_go_together(picks: Picks) -> None:
    row = picks.shown.rows[1]
    name = next(n for n, cell in enumerate(row.cells) if cell.change.label == "户主姓名")
    picks.set_cells(1, picks.cells(1) - {name})
    assert [row.cells[n].change.label for n in picks.cells(1)] == ["备注"]
    assert marks(picks)[1] == SOME
    picks.set_cells(1, {*picks.cells(1), name})
    assert marks(picks)[1] == ALL
    picks.set_cells(1, [])
    assert 1 not in picks.chosen()


def test_ticks_are_carried_to_the_same_file_judged_anew(picks: Picks, office: Office) -> None:
    picks.toggle([2])
    picks.toggle([0])
    again = shown(office, HOME, replace(town.named(OTHER, "李某新"), remark="漏得厉害"), NEW)
    picks.renew(again)
    assert marks(picks) == [ALL, ALL, NONE]
    picks.renew(shown(office, replace(HOME, phone="13900000001"), OTHER))
    assert marks(picks) == [BARRED, BARRED]
    assert picks.taken() == (0, 0)


def test_the_last_mend_of_a_cell_counts(picks: Picks) -> None:
    for text in ("甲", "乙"):
        picks.mend(Mend("贫困户", 3, "K", text))
    picks.mend(Mend("贫困户", 4, "K", "丙"))
    assert [m.text for m in picks.mends] == ["乙", "丙"]
    picks.unmend()
    assert picks.mends == ()
