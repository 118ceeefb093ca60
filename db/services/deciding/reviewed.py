"""What the town has reviewed: one line for each village of each review, as its 镇审核表 and 退回单 are printed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.rules.case import Kind, Outcome
from db.schema.batch import BatchRow
from db.schema.case import CaseRow, EventRow
from db.schema.household import HouseholdRow
from db.schema.town import Village
from db.services.cases import batches
from db.services.town.placenames import moves, place_on
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Tally:
    """Households and persons."""

    households: int = 0
    persons: int = 0

    def plus(self, size: int) -> Tally:
        """One more household."""
        return Tally(self.households + 1, self.persons + size)


@dataclass(frozen=True, slots=True)
class ReviewedVillage:
    """One village of one review."""

    batch_id: int
    village: str
    reviewed_on: date
    reviewer: str
    passed: Tally
    returned: Tally


def villages(unit: Unit) -> tuple[ReviewedVillage, ...]:
    """Every village of every review, the newest review first, villages in the town's order; three queries."""
    query = (
        select(BatchRow.id, HouseholdRow.id, Village.name, EventRow.facts, HouseholdRow.size)
        .select_from(EventRow)
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(BatchRow, BatchRow.id == EventRow.batch_id)
        .where(EventRow.kind == Kind.REVIEWED)
        .order_by(BatchRow.id.desc(), Village.position)
    )
    tallies: dict[tuple[int, str], tuple[Tally, Tally]] = {}
    rows = unit.session.execute(query).all()
    made = batches.get_many(unit, {row[0] for row in rows})
    moved = moves(unit, {row[1] for row in rows})
    for batch_id, household_id, now, facts, size in rows:
        then = place_on(moved.get(household_id, ()), made[batch_id].dated, made[batch_id].made_at)
        village = then.village if then else now
        passed, returned = tallies.get((batch_id, village), (Tally(), Tally()))
        if json.loads(facts)["outcome"] == Outcome.RETURNED.value:
            tallies[batch_id, village] = passed, returned.plus(size)
        else:
            tallies[batch_id, village] = passed.plus(size), returned
    return tuple(
        ReviewedVillage(i, village, made[i].dated, made[i].actor, *tally) for (i, village), tally in tallies.items()
    )
