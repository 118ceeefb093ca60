"""Fifteen layouts of one roster, none like another: every planted fault is found at its cell, and no grave one is invented."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from db.sheets.drafts import Roster
from db.sheets.plan import propose
from db.sheets.roster import read_roster
from db.sheets.workbook import open_workbook
from tests.helpers import roster_layouts as layouts
from tests.helpers import roster_odd as odd
from tests.helpers import roster_variants as variants
from tests.helpers.rosters import HOUSEHOLDS, VILLAGES, Home, Written, homes, planted

Write = Callable[[Path, Sequence[Home]], Written]
WAYS: tuple[Write, ...] = (
    layouts.merged, layouts.head_rows, layouts.blocks, layouts.two_sheets, variants.shuffled_blocks, variants.growing_blocks,
    variants.marked_households, variants.texts_on_every_row, variants.nameless_on_every_row, variants.marked_lines,
    odd.numbered_lines, odd.by_number, odd.side_by_side, odd.dittos, odd.sums_of_groups,
)  # fmt: skip
OF_HIS_ROW = (("head_name", "name"), ("head_id", "id_number"), ("head_sex", "sex"))


def told(roster: Roster, severity: str) -> set[tuple[str, int, str, str]]:
    return {(f.sheet, f.row, f.letter, f.rule) for f in roster.findings if f.severity == severity}


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_a_sound_roster_has_no_fault_in_any_layout(tmp_path: Path, way: Write) -> None:
    way(tmp_path / "名册.xlsx", homes())
    roster = read_roster(tmp_path / "名册.xlsx", villages=VILLAGES)
    assert (len(roster.rows), roster.persons) == (HOUSEHOLDS, 110)
    assert [(f.place, f.text) for f in roster.findings if f.severity == "E"] == []
    sound = homes()
    order = {home.own["head_id"]: place for place, home in enumerate(sound)}
    for home, row in zip(sound, sorted(roster.rows, key=lambda row: order[row.household.head_id]), strict=True):
        household = row.household
        assert household.village == home.own["village"]
        assert household.head_id == home.own["head_id"]
        assert [member.name for member in household.members] == [person["name"] for person in home.people]
        assert household.income is not None
        assert float(household.income.wages or 0) == home.own["wages"]


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_every_planted_fault_is_at_its_cell_and_none_is_invented(tmp_path: Path, way: Write) -> None:
    written = way(tmp_path / "名册.xlsx", planted())
    roster = read_roster(tmp_path / "名册.xlsx", villages=VILLAGES)
    assert len(roster.rows) == HOUSEHOLDS
    assert told(roster, "E") == written.expected("E", OF_HIS_ROW)
    assert written.expected("W", OF_HIS_ROW) <= told(roster, "W")


@pytest.mark.parametrize("way", WAYS, ids=lambda way: way.__name__)
def test_nothing_of_these_layouts_needs_asking(tmp_path: Path, way: Write) -> None:
    way(tmp_path / "名册.xlsx", planted())
    plan = propose(open_workbook(tmp_path / "名册.xlsx"), villages=VILLAGES)
    assert [question.text for question in plan.questions] == []
