"""The demo workbooks through the program's own readers: every planted fault is found at its row, and nothing else is."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from db.rules.codes import Verdict
from db.sheets.appraisals import AppraisalSheet, read_appraisals
from db.sheets.drafts import Roster
from db.sheets.matching import Matched, RowKey, match_rows
from db.sheets.roster import read_roster
from db.sheets.visits import VisitSheet, read_visits
from installer.demo.town import AS_OF, GROUPS, VILLAGES
from installer.make_demo import FOLDER, ROSTER_FILE, TRUTH, VISITS_FILE, VOTES_FILE

Place = tuple[str, int]


@pytest.fixture(scope="module")
def truth() -> dict[str, Any]:
    content: dict[str, Any] = json.loads(TRUTH.read_text(encoding="utf-8"))
    return content


@pytest.fixture(scope="module")
def roster() -> Roster:
    return read_roster(FOLDER / ROSTER_FILE, villages=dict.fromkeys(VILLAGES, GROUPS))


@pytest.fixture(scope="module")
def visits() -> tuple[VisitSheet, ...]:
    return read_visits(FOLDER / VISITS_FILE, VILLAGES)


@pytest.fixture(scope="module")
def meetings() -> tuple[AppraisalSheet, ...]:
    return read_appraisals(FOLDER / VOTES_FILE, VILLAGES)


def places(cases: list[dict[str, Any]], severity: str = "") -> set[Place]:
    return {(case["sheet"], case["row"]) for case in cases if severity in ("", case.get("severity"))}


def test_everybody_is_read_on_the_day_the_roster_speaks_of(roster: Roster, truth: dict[str, Any]) -> None:
    assert roster.as_of == AS_OF
    assert (len(roster.rows), roster.persons) == (truth["households"], truth["people"])


@pytest.mark.parametrize("severity", ["E", "W"])
def test_the_findings_of_the_roster_are_the_planted_ones(roster: Roster, truth: dict[str, Any], severity: str) -> None:
    found = {(finding.sheet, finding.row) for finding in roster.findings if finding.severity == severity}
    planted = places(truth["faults"], severity)
    assert planted <= found
    assert found <= planted | places(truth["counterparts"])


def test_a_village_counts_its_households_but_for_the_one_written_elsewhere(
    roster: Roster, truth: dict[str, Any]
) -> None:
    counted = Counter(row.household.village for row in roster.rows)
    strange = next(fault["village"] for fault in truth["faults"] if fault["kind"] == "村名不在本镇")
    expected = {village: pair[0] - (village == strange) for village, pair in truth["by_village"].items()}
    assert {village: counted[village] for village in VILLAGES} == expected


def test_the_visits_say_what_was_planted(visits: tuple[VisitSheet, ...], truth: dict[str, Any]) -> None:
    rows = [row for sheet in visits for row in sheet.rows]
    assert [sheet.village for sheet in visits] == list(VILLAGES)
    assert len(rows) == truth["households"]
    odd = {
        (row.village, row.head_name) for row in rows if row.verification and row.verification.stated is not Verdict.FITS
    }
    stopped = [case for case in truth["visits"] if not case["kind"].endswith("已说明")]
    assert odd == {(case["village"], case["head"]) for case in (*stopped, *truth["over_line"])}
    assert not [finding.text for sheet in visits for finding in sheet.findings if finding.severity == "E"]


def test_the_assemblies_say_what_was_planted(meetings: tuple[AppraisalSheet, ...], truth: dict[str, Any]) -> None:
    assert [sheet.village for sheet in meetings] == list(VILLAGES)
    read = {s.village: (s.held_on and s.held_on.isoformat(), s.due, s.present) for s in meetings}
    assert read == {v: (m["date"], m["due"], m["present"]) for v, m in truth["appraisal"].items()}
    wrong = {(sheet.village, row.head_name) for sheet in meetings for row in sheet.rows if row.faulty}
    assert wrong == {(case["village"], case["head"]) for case in truth["votes"]}


def test_only_the_pair_of_namesakes_must_be_asked(
    roster: Roster, meetings: tuple[AppraisalSheet, ...], truth: dict[str, Any]
) -> None:
    out = {row.row for row in roster.rows if row.faulty}
    known = {
        row.row: RowKey(row.household.village, row.household.group, row.household.head_name, row.household.size)
        for row in roster.rows
        if row.row not in out
    }
    lines = [(sheet.village, row) for sheet in meetings for row in sheet.rows]
    answers = match_rows([row.key for _, row in lines], known)
    asked = [
        (village, row.head_name)
        for (village, row), a in zip(lines, answers, strict=True)
        if a.state is Matched.AMBIGUOUS
    ]
    assert asked == [(case["village"], case["head"]) for case in truth["ambiguous"]]
    unknown = sum(answer.state is Matched.UNKNOWN for answer in answers)
    assert unknown == len(out)
