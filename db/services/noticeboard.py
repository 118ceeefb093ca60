"""What the page of notices shows at once: all notices, the villages that wait for one, and the register of objections."""

from __future__ import annotations

from dataclasses import dataclass

from db.papers.objections import ObjectionRow, ObjectionsFacts
from db.rules.case import Finding
from db.rules.notice import Counting
from db.services import notices, objections, town
from db.services.notices import NoticeView, Waiting
from db.services.objections import ObjectionView
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
    found = tuple(map(register_row, reversed(objections.register_view(unit))))
    days = [day for row in found for day in (row.received_on, row.answered_on) if day]
    return ObjectionsFacts(town.town(unit).name, max(days, default=unit.today), found)


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
