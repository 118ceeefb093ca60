"""What the dated changes did to the register, for the month's ledger: who shifted when, who left, and how a household was on a past day.

Read with two queries whatever the number of households; only those changed after the ledger's last day are read back from versions.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from db.rules.changes import OF_HOUSEHOLDS
from db.rules.codes import ChangeKind
from db.rules.ledger import Shift
from db.rules.values import Household
from db.schema.household import HouseholdChange
from db.services.changes.changelog import movement_of
from db.services.register import versions
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Movements:
    """``shifts`` of a household in the order they were entered, up to the ledger's last day; ``dissolved`` is the day it ended, by then;
    ``origins`` is the household a part was split off from and the day; ``later`` how a household was that has changed since."""

    shifts: Mapping[int, tuple[Shift, ...]] = field(default_factory=dict)
    dissolved: Mapping[int, date] = field(default_factory=dict)
    origins: Mapping[int, tuple[int, date]] = field(default_factory=dict)
    later: Mapping[int, Household] = field(default_factory=dict)

    def since(self, household_id: int, registered_on: date, left_on: date | None = None) -> tuple[Shift, ...]:
        """The shifts of a household while it was on the register, ``left_on`` being the day it was removed from it.

        On the day of the card a split, merge or 销户 comes after the card, and so does the end of a household whose last member had
        died before it; on the day of a removal they come after the removal.
        """
        if household_id not in self.shifts:
            return ()
        found = tuple(s for s in self.shifts[household_id] if left_on is None or _before(s, left_on))
        first = next((n for n, s in enumerate(found) if _counts(s, registered_on)), len(found))
        return tuple(replace(s, on=max(s.on, registered_on)) for s in found[first:])

    def size_at_leaving(self, household_id: int, left_on: date, last: int) -> int:
        """How many people a removed household had when it left; ``last`` is how many it has at the end of the month."""
        found = self.shifts.get(household_id, ())
        return next((s.before for s in found if s.on > left_on or (s.of_household and s.on == left_on)), last)

    def split_off(self, household_id: int, registered_on: date) -> bool:
        """Whether a household came on the register by being split off one that was there, not by a climb of its own."""
        return household_id in self.origins and self.origins[household_id][1] == registered_on


def _before(shift: Shift, left_on: date) -> bool:
    """Whether a shift belongs to the time before the removal."""
    return shift.on < left_on or (shift.on == left_on and not shift.of_household)


def _counts(shift: Shift, registered_on: date) -> bool:
    """Whether a shift belongs to the time after the card."""
    return shift.on > registered_on or shift.ends or (shift.of_household and shift.on == registered_on)


def movements(unit: Unit, last: date) -> Movements:
    """All changes of the record as the ledger of a month that ends on ``last`` needs them."""
    c = HouseholdChange
    columns = (c.id, c.household_id, c.kind, c.other_id, c.acted_on, c.version, c.facts)
    shifts: dict[int, list[Shift]] = {}
    dissolved: dict[int, date] = {}
    origins: dict[int, tuple[int, date]] = {}
    first_later: dict[int, int] = {}
    for row in unit.session.execute(select(*columns).order_by(c.id)):
        if row.acted_on > last:
            first_later.setdefault(row.household_id, row.version)
            continue
        facts = json.loads(row.facts)
        shift = Shift(
            row.acted_on, facts["before"], movement_of(facts), row.kind in OF_HOUSEHOLDS, row.kind is ChangeKind.DISSOLVED,
            row.kind, row.id, row.other_id or 0,
        )  # fmt: skip
        shifts.setdefault(row.household_id, []).append(shift)
        if row.kind is ChangeKind.DISSOLVED:
            dissolved[row.household_id] = row.acted_on
        if row.kind is ChangeKind.SPLIT and row.other_id is not None:
            origins[row.other_id] = (row.household_id, row.acted_on)
    return Movements(
        {household_id: tuple(found) for household_id, found in shifts.items()},
        dissolved,
        origins,
        _as_before(unit, first_later),
    )


def _as_before(unit: Unit, first_later: Mapping[int, int]) -> dict[int, Household]:
    """Each household as its version said before the first of its later changes."""
    wanted: Iterable[tuple[int, int]] = [(household_id, version - 1) for household_id, version in first_later.items()]
    return versions.of_many(unit, wanted)
