"""What the page of notices shows at once: all notices, the villages that wait for one, and the register of objections."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from db.papers.objections import ObjectionRow, ObjectionsFacts
from db.rules.case import Finding
from db.rules.notice import Counting
from db.rules.values import Household
from db.services.cases import cases
from db.services.cases.paperhomes import homes_when
from db.services.notices import notices, objections
from db.services.notices.notices import NoticeView, Waiting
from db.services.notices.objections import ObjectionView
from db.services.town import town
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Board:
    """``notices`` newest first; ``counting`` is how a notice made now would be counted."""

    notices: tuple[NoticeView, ...]
    waiting: tuple[Waiting, ...]
    objections: tuple[ObjectionView, ...]
    counting: Counting

    @property
    def open_objections(self) -> tuple[ObjectionView, ...]:
        """Those nobody has investigated yet, newest first; of announcements, too."""
        return tuple(o for o in self.objections if o.is_open)

    def objections_on(self, notice_id: int) -> tuple[ObjectionView, ...]:
        """Those raised against households on one notice."""
        return tuple(o for o in self.objections if o.notice_id == notice_id)


def board(unit: Unit) -> Board:
    """Everything the page of notices lists; a fixed number of queries."""
    return Board(
        notices.views(unit), notices.waiting(unit), objections.register_view(unit), town.options(unit).counting
    )


def register_paper(unit: Unit) -> ObjectionsFacts:
    """What the printed register says: every objection in the order they came, as of the last day anything happened in it."""
    return register_of(unit, town.town(unit).name, objections.register_view(unit)[::-1])


def register_of(unit: Unit, scope: str, found: Sequence[ObjectionView]) -> ObjectionsFacts:
    """The register of these objections; households are called as they were when the objection came."""
    rows = tuple(replace(register_row(o), household=household_then(unit, o).named) for o in found)
    days = [day for row in rows for day in (row.received_on, row.answered_on) if day]
    return ObjectionsFacts(scope, max(days, default=unit.today), rows)


def household_then(unit: Unit, o: ObjectionView) -> Household:
    """The household an objection was raised against as it was when that was taken down."""
    household_id = cases.households_of(unit, [o.case_id])[o.case_id]
    return homes_when(unit, [household_id], o.received_on, o.received_at or unit.now)[household_id]


def register_row(o: ObjectionView) -> ObjectionRow:
    """One objection as the printed register has it."""
    facts = o.investigation.facts if o.investigation else {}
    return ObjectionRow(
        received_on=o.received_on,
        objector=o.objector,
        channel=o.channel,
        household=o.household,
        content=o.content,
        received_by=o.received_by,
        investigators=tuple(facts.get("investigators", ())),
        result=facts.get("result", ""),
        finding=Finding.of(facts["finding"]).label if facts else "",
        answered_on=o.answered.on,
        answer="：".join(part for part in (o.answered.way, o.answered.words) if part),
        claim=o.claim.label if o.claim else "",
    )
