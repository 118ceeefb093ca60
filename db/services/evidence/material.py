"""照片与材料 of one household as its file shows them: what hangs on it and on its papers, and what is missing."""

from __future__ import annotations

from dataclasses import dataclass

from db.rules.evidence import Missing
from db.services.evidence import evidence, shortfall
from db.services.evidence.evidence import Hung
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Material:
    """``own`` hangs on the household, void ones included; ``shared`` on papers it shares, photos of their postings among them.

    ``due`` counts what its own steps ask for; ``small`` are the thumbnails by SHA-256.
    """

    household_id: int
    own: tuple[Hung, ...]
    shared: tuple[Hung, ...]
    missing: tuple[Missing, ...]
    due: int
    small: dict[str, bytes]

    @property
    def bare(self) -> tuple[str, ...]:
        """Photos without a thumbnail yet."""
        return tuple({h.sha for h in (*self.own, *self.shared) if not h.is_pdf and h.sha not in self.small})


def of(unit: Unit, household_id: int) -> Material:
    """The material of one household; a fixed number of queries."""
    found = shortfall.meter(unit, household_ids=[household_id])
    home = found.homes.get(household_id)
    papers = home.papers if home else ()
    own = evidence.of_household(unit, household_id)
    shared = (*evidence.postings(unit, papers), *(h for h in evidence.of_batches(unit, papers) if not h.void))
    small = evidence.thumbnails(unit, {h.sha for h in (*own, *shared)})
    due = home.own.due + sum(found.papers[i].tally.due for i in papers if i in found.papers) if home else 0
    return Material(household_id, own, shared, found.missing_of(household_id), due, small)


def pictures(unit: Unit, household_id: int) -> tuple[Hung, ...]:
    """All that counts in one household's file, its own first, each in the order of the file; for whoever binds or prints it."""
    found = of(unit, household_id)
    return (*(h for h in found.own if not h.void), *found.shared)
