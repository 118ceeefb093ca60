"""What a notice has to say of the lists before it: the one it takes the place of, or the one whose entries it corrects.

A list that was taken down is void as a whole; one that still hangs goes on for everybody else on it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.papers.notice import NoticeRow, corrected
from db.rules.codes import BatchKind
from db.services.cases import batches
from db.services.notices.views import view
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Earlier:
    """``replaces`` and ``corrects`` are posting days; ``changes`` says what reads otherwise now, household by household."""

    replaces: date | None = None
    corrects: date | None = None
    changes: tuple[str, ...] = ()


FIRST = Earlier()
"""Of a list that is the first."""


def earlier_list(
    unit: Unit, village_id: int | None, rows: Mapping[int, NoticeRow], before: int | None = None
) -> Earlier:
    """The newest list of the village that holds any of these cases; ``before`` is the notice's own id once it is made."""
    for other in batches.of_kind(unit, BatchKind.NOTICE):
        common = [i for i in other.facts["cases"] if i in rows]
        if other.village_id != village_id or not common or (before is not None and other.id >= before):
            continue
        then = view(unit, other.id)
        posted = min((p.posted_on for p in then.postings), default=None)
        if posted is None:
            continue
        if then.down:
            return Earlier(replaces=posted)
        old = dict(zip(other.facts["cases"], then.rows, strict=True))
        return Earlier(corrects=posted, changes=_changes(common, old, rows))
    return FIRST


def _changes(common: Sequence[int], old: Mapping[int, NoticeRow], new: Mapping[int, NoticeRow]) -> tuple[str, ...]:
    return tuple(text for i in common if (text := corrected(old[i], new[i])))
