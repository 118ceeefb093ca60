"""One change of a household as the clerk tells it: what happened, when, to whom, on which paper, and who is who afterwards.

Persons are named by their place among the members of the household the change is told of; the household's version guards the place.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from db.rules.codes import ChangeKind, Relation
from db.rules.values import Member

ENTERING = frozenset({ChangeKind.BORN, ChangeKind.MARRIED_IN, ChangeKind.MOVED_IN, ChangeKind.WRONG_ADDED})
LEAVING = frozenset({
    ChangeKind.DIED, ChangeKind.MARRIED_OUT, ChangeKind.MOVED_OUT, ChangeKind.ABROAD, ChangeKind.PRISON, ChangeKind.WRONG_REMOVED,
})  # fmt: skip
WRONG = frozenset({ChangeKind.WRONG_ADDED, ChangeKind.WRONG_REMOVED})
OF_HOUSEHOLDS = frozenset({ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.DISSOLVED})
PAIRED: Mapping[ChangeKind, ChangeKind] = {
    ChangeKind.MARRIED_IN: ChangeKind.MARRIED_OUT,
    ChangeKind.MOVED_IN: ChangeKind.MOVED_OUT,
}
"""Who comes from another household of the record leaves that one by the second of the pair (R80)."""


@dataclass(frozen=True, slots=True)
class Change:
    """``person`` leaves or ``entrant`` comes; ``proof`` is the paper and its number, ``proof_on`` its date.

    ``head`` is the place of the head afterwards where that changes, ``relations`` place -> relation to the head afterwards.
    A split names ``parting``, the places of those who go, and ``parting_head`` among them; ``others`` are the relations in the second
    household: of those who part (places here), or, when households merge, of those taken in (places in the household taken in).
    ``group`` is the new villager group, of the household or of the part split off.
    """

    kind: ChangeKind
    acted_on: date | None = None
    proof: str = ""
    proof_on: date | None = None
    reason: str = ""
    person: int | None = None
    entrant: Member | None = None
    head: int | None = None
    relations: Mapping[int, Relation | None] = field(default_factory=dict)
    parting: tuple[int, ...] = ()
    parting_head: int | None = None
    others: Mapping[int, Relation | None] = field(default_factory=dict)
    group: str = ""
