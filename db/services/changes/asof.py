"""查看某日: a household as it was on any past day, the people it had and how far its case had come.

The household is the newest version that had taken effect by that day, the case what follows from the acts done by then. What was done
before a day counts from its own date, also when it was entered later.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import func, select

from db.errors import Refused
from db.rules.case import Event, derive
from db.rules.current import Stand, current
from db.rules.procedure import Ladder
from db.rules.values import Household
from db.schema.household import HouseholdChange, HouseholdVersion
from db.services.cases import cases
from db.services.changes import changelog
from db.services.changes.changelog import ChangeLine
from db.services.deciding import files
from db.services.deciding.files import CaseFile, CaseName
from db.services.register import households, versions
from db.services.town import town
from db.services.town.placenames import Place, moves, place_on, placed
from db.store.unit import Unit


def file_on(unit: Unit, household_id: int, day: date) -> CaseFile:
    """The file of a household as of ``day``. Refused for a day to come, or before the household had applied."""
    if day > unit.today:
        raise Refused(f"{day} 还没有到，只能查看今天和以前的情形")
    known = town.options(unit).ladders
    of = [(i, known[key], year) for i, key, year in cases.cases_of(unit, [household_id]).get(household_id, ())]
    acts = {i: [e for e in found if e.acted_on <= day] for i, found in cases.events(unit, [i for i, *_ in of]).items()}
    begun = [(i, ladder, year) for i, ladder, year in of if acts[i]]
    if not begun:
        raise Refused(f"{day} 这一户还没有申请，请选申请日期以后的一天")
    case_id, ladder = _shown(begun, acts)
    state = derive(acts[case_id], ladder)
    gate = cases.gates(unit, [state.gate_id]).get(state.gate_id) if state.gate_id else None
    named = tuple(CaseName(i, f"{climbed.name} {year}") for i, climbed, year in begun)
    home = household_on(unit, household_id, day)
    return files.assemble(home, case_id, named, ladder, state, acts[case_id], gate, town.thresholds(unit), day)


def household_on(unit: Unit, household_id: int, day: date) -> Household:
    """The household's newest version that had taken effect by ``day``; the first one stands for the time before it was entered.

    What a later change of people left is not looked at, be it in a version with an earlier day (a village renamed since some time);
    the place goes by the name of that day all the same.
    """
    v, c = HouseholdVersion, HouseholdChange
    query = select(v.version, v.effective_on, v.at, v.content).where(v.household_id == household_id)
    later = unit.session.scalar(select(func.min(c.version)).where(c.household_id == household_id, c.acted_on > day))
    if later is not None:
        query = query.where(v.version < later)
    found = unit.session.execute(query.order_by(v.version)).all()
    if not found:
        raise Refused("档案里没有这一户，请刷新列表")
    chosen = found[0]
    for row in found:
        if _effective(row.effective_on, row.at) <= day:
            chosen = row
    home = versions.household_of(chosen.content, household_id, chosen.version)
    return home if later is None else _placed(unit, home, household_id, day)


def _placed(unit: Unit, home: Household, household_id: int, day: date) -> Household:
    """The household where it was on that day, by the name of that day."""
    now = households.get(unit, household_id)
    place = place_on(moves(unit, [household_id]).get(household_id, ()), day)
    return placed(home, place or Place(now.village, now.group))


def changes_until(unit: Unit, household_id: int, day: date) -> tuple[ChangeLine, ...]:
    """The changes of a household up to ``day``, the newest first."""
    return tuple(line for line in changelog.history(unit, household_id) if line.acted_on <= day)


def _effective(effective_on: date | None, at: datetime) -> date:
    return effective_on or at.date()


def _shown(begun: Sequence[tuple[int, Ladder, int]], acts: dict[int, list[Event]]) -> tuple[int, Ladder]:
    """The case a list would have shown that day."""
    stands = [Stand(i, ladder.key, derive(acts[i], ladder).status) for i, ladder, _ in begun]
    shown = current(stands)
    return shown, next(ladder for i, ladder, _ in begun if i == shown)
