"""What a form asks that the record lacks, as a list for each village to fill in."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from db.errors import Refused
from db.services.countyforms.plan import Lack
from db.sheets import villagelists
from db.sheets.villagelists import VillageList


def gathered(lacks: Sequence[Lack]) -> tuple[Lack, ...]:
    """One line a household or person, with everything that is blank there."""
    found: dict[tuple[int, str], list[Lack]] = {}
    for one in lacks:
        found.setdefault((one.household_id, one.person), []).append(one)
    return tuple(
        Lack(of[0].household_id, of[0].village, of[0].group, of[0].head_name, of[0].person, "、".join(dict.fromkeys(o.what for o in of)))
        for of in found.values()
    )  # fmt: skip


def write(form: str, lacks: Sequence[Lack], path: Path) -> int:
    """Write the lists into a workbook, a sheet a village; returns how many lines they have.

    Refused when nothing is lacking. Known: the file cannot be written; the old one then stands.
    """
    lines = gathered(lacks)
    if not lines:
        raise Refused("表要的档案里都有，不用导出")
    villages = dict.fromkeys(line.village for line in lines)
    sheets = [_sheet(form, name, [line for line in lines if line.village == name]) for name in villages]
    villagelists.write(path, villagelists.LACKING, sheets)
    return len(lines)


def _sheet(form: str, village: str, lines: Sequence[Lack]) -> VillageList:
    homes = len({line.household_id for line in lines})
    rows = [(line.group, line.head_name, line.person, line.what) for line in lines]
    return VillageList(
        village, f"{village} 待补内容", f"“{form}”要填、档案里空着的，共 {homes} 户 {len(rows)} 处", rows
    )
