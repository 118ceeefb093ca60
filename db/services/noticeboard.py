"""What the page of notices shows at once: all notices, the villages that wait for one, and the register of objections."""

from __future__ import annotations

from dataclasses import dataclass

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
