"""欠件清单: what is still missing, ready to be printed for a village or written as a workbook for several."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from db.errors import Refused
from db.papers.missing import MissingFacts, MissingRow, rows_of
from db.papers.wording import day
from db.rules.evidence import Owner
from db.services.evidence.shortfall import HouseholdMeter, Meter, meter
from db.services.town import town
from db.sheets import villagelists
from db.sheets.villagelists import VillageList
from db.store.unit import Unit


def facts(unit: Unit, village_id: int) -> MissingFacts:
    """What the households of one village and the village itself still have to bring; the town's own papers are left out."""
    return _facts(unit, meter(unit, village_id), village_id)


def write(unit: Unit, village_ids: Iterable[int], path: Path) -> int:
    """Write the lists of these villages into a workbook, a sheet each; returns how many things they name.

    Refused when nothing is missing in any of them. Known: the file cannot be written; the old one then stands.
    """
    whole = meter(unit)
    found = [one for i in village_ids if (one := _facts(unit, whole, i)).count]
    if not found:
        raise Refused("材料齐全，没有欠件，不用发清单")
    villagelists.write(path, villagelists.MISSING, [_sheet(one) for one in found])
    return sum(one.count for one in found)


def _facts(unit: Unit, found: Meter, village_id: int) -> MissingFacts:
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    if village is None:
        raise Refused("没有这个村，请刷新")
    options, homes = town.options(unit), found.homes_of(village_id)
    named = _told_apart(homes)
    shared = (
        MissingRow("", paper.label, one.step.label, one.text, one.remedy)
        for paper in found.papers_of(village_id)
        for one in paper.tally.missing
    )
    own = (
        MissingRow(home.group, named[home.id], one.step.label, one.text, one.remedy, home.id)
        for home in homes
        for one in home.own.missing
        if one.demand.owner is not Owner.TOWN
    )
    return MissingFacts(
        town=town.town(unit).name,
        village=village.name,
        office=options.office,
        phone=options.office_phone,
        as_of=unit.today,
        households=sum(1 for home in homes if home.lacking),
        shared=tuple(shared),
        own=tuple(own),
        filler=unit.actor.name,
    )


def _told_apart(homes: Sequence[HouseholdMeter]) -> dict[int, str]:
    """Heads by household id, of two of one name in a group each with the head-count."""
    same = Counter((home.group, home.head_name) for home in homes)
    return {
        home.id: f"{home.head_name}（{home.size}人）" if same[home.group, home.head_name] > 1 else home.head_name
        for home in homes
    }


def _sheet(one: MissingFacts) -> VillageList:
    note = f"截至{day(one.as_of)}，{one.households} 户欠 {len(one.own)} 件，村里欠 {len(one.shared)} 件。请收齐后连同本清单交{one.office}。"
    rows = [(r.group or "—", r.owner, r.step, r.text, r.remedy) for r in rows_of(one)]
    return VillageList(one.village, one.title, note, rows)
