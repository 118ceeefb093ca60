"""A roster looked through by the same rules before it comes in: what is wrong with it, by rule and village, at its row and column."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from db.services.health.health import Checkup, Hit
from db.services.sheets import layouts
from db.services.town import town
from db.sheets.findings import SheetFinding, Ticket
from db.sheets.opening import read_book
from db.sheets.roster import roster_of
from db.store.unit import Unit

TITLES: Mapping[str, str] = {
    "R10": "成员和户对不上",
    "R21": "格子里的内容读不出",
    "R24": "村名、组名不在本镇",
    "R68": "日期晚于填表日，或太早",
    "R120": "合计与各行对不上",
    "": "读名册时的提示",
}
"""What rules mean of the cells of a workbook, and those only a workbook can break."""
ELSEWHERE = "村名不对"


def check(unit: Unit, path: Path, ticket: Ticket) -> Checkup:
    """Read a roster and sort what is wrong with it; nothing comes into the record.

    Raises `db.errors.Known` for a file that is no roster, `db.errors.Cancelled` through ``ticket``.
    """
    villages = town.villages(unit)
    groups = {v.name: [g.name for g in v.groups] for v in villages}
    book = read_book(path, ticket)
    roster = roster_of(book, layouts.propose_roster(unit, book), villages=groups, ticket=ticket)
    known = [v.name for v in villages]
    hits = tuple(_hit(finding, known) for finding in roster.findings)
    order = {name: place for place, name in enumerate(known)}
    sorted_ = tuple(sorted(hits, key=lambda hit: order.get(hit.village, len(order))))
    names = (*known, ELSEWHERE) if any(hit.village == ELSEWHERE for hit in hits) else tuple(known)
    return Checkup(unit.now, len(roster.rows), roster.persons, names, sorted_, path, TITLES)


def _hit(finding: SheetFinding, villages: list[str]) -> Hit:
    village, group, head = (*finding.key.split(" ", 2), "", "", "")[:3]
    place = village if village in villages else ELSEWHERE
    return Hit(
        household_id=0, village=place, group=group, head_name=head, who="", rule=finding.rule, severity=finding.severity,
        field=finding.column, member=None, text=f"{finding.text}〔{finding.place}〕",
    )  # fmt: skip
