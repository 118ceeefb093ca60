"""What a check of the record found as lists for the villages: on paper and as a workbook."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.errors import Refused
from db.papers.checkup import CheckupFacts, CheckupRow
from db.papers.wording import masked
from db.services.health.health import Checkup, Found
from db.sheets import villagelists
from db.sheets.villagelists import VillageList

LISTED = ("E", "W", "done")
"""What a list for a village names; notes stay in the office."""


def facts(found: Checkup, village: str = "", groups: Sequence[Found] | None = None) -> tuple[CheckupFacts, ...]:
    """The lists of one village or of all that have findings, of every rule or of those given; notes are left out unless given."""
    chosen = groups if groups is not None else [g for g in found.groups(village) if g.kind in LISTED]
    names = [village] if village else found.villages
    made = (_of_village(found, name, chosen) for name in names)
    return tuple(one for one in made if one.rows)


def write(found: Checkup, village: str, path: Path) -> int:
    """Write the lists into a workbook, a sheet a village; returns how many findings they name.

    Refused when there are none. Known: the file cannot be written; the old one then stands.
    """
    lists = facts(found, village)
    if not lists:
        raise Refused("没有查出要改或要说明的地方，不用导出")
    villagelists.write(path, villagelists.CHECKUP, [_sheet(one) for one in lists])
    return sum(len(one.rows) for one in lists)


def _of_village(found: Checkup, village: str, groups: Sequence[Found]) -> CheckupFacts:
    hits = [(group.title, hit) for group in groups for hit in group.hits if hit.village == village]
    rows = tuple(
        CheckupRow(title, hit.group, hit.head_name, hit.who, hit.text, hit.why.reason if hit.why else "")
        for title, hit in hits
    )
    return CheckupFacts(village, found.at, rows, len({hit.home for _, hit in hits}))


def _sheet(one: CheckupFacts) -> VillageList:
    rows = [(r.group, r.head_name, r.who, r.title, masked(r.text), masked(r.reason)) for r in one.rows]
    return VillageList(one.village, one.title, one.note, rows)
