"""A file on its way to the preview: opened once, then judged as often as something in it was mended.

A sheet that was sent to a village and comes back filled is known by its token; nothing about its layout is asked.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from db.errors import Cancelled, Known, Refused
from db.services.sheets import imports, layouts, roundtrip
from db.services.sheets.imports import Chosen, Imported, Mend, Preview
from db.services.town import town
from db.sheets import mending, sent
from db.sheets.drafts import Roster
from db.sheets.findings import SheetFinding
from db.sheets.opening import read_book
from db.sheets.plan import RosterPlan
from db.sheets.roster import roster_of
from db.sheets.workbook import Book
from desktop.app.office import Office
from desktop.app.ticket import Ticket
from desktop.widgets.faults import problems_of


class RosterReading(QObject):
    """One job at a time; a judging asked for while one runs follows it.

    Signals: ``asked(RosterPlan)`` something about its layout is unclear, `decide` goes on; ``opened(Book)`` the file lies open, nothing of
    it is judged; ``judged(Preview, date)`` with the day it was judged on; ``failed(error)``.
    """

    asked = Signal(object)
    opened = Signal(object)
    judged = Signal(object, object)
    failed = Signal(object)

    def __init__(self, office: Office, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._office = office
        self._running = False
        self._next: tuple[tuple[Mend, ...], date | None] | None = None
        self.path: Path | None = None
        self.book: Book | None = None
        self.plan: RosterPlan | None = None

    @property
    def running(self) -> bool:
        """Whether a job is under way."""
        return self._running

    @property
    def came_back(self) -> bool:
        """Whether the open file is one that was sent to a village."""
        return self.book is not None and self.plan is None

    def forget(self) -> None:
        """No file."""
        self.path, self.book, self.plan = None, None, None

    def open(self, path: Path, today: date | None = None) -> None:
        """Open a file; with ``today`` it need not state a day."""
        self.forget()
        self.path = path

        def read(ticket: Ticket) -> tuple[Book, RosterPlan | None, date | None]:
            book = read_book(path, ticket)
            ticket.check()
            if sent.token_of(book):
                return book, None, today
            plan = self._office.see(layouts.propose_roster, book)
            why_not = plan.hopeless()
            if why_not is not None:
                raise why_not
            ticket.check()
            return book, plan, today

        self._running = True
        self._office.long(f"读取“{path.name}”", read, self._on_opened, self._on_failed)

    def decide(self, plan: RosterPlan) -> None:
        """Read the open file as the clerk answered, and remember that for files of the same layout."""
        self.plan, self._running = plan, True
        self._office.write(
            "记住表头对应", layouts.keep, plan, done=self._on_decided, failed=self._on_decided, changes=frozenset()
        )

    def judge(self, mends: Sequence[Mend] = (), today: date | None = None) -> None:
        """Judge the open file with these cells mended, ages and dates on ``today`` or the day the file states."""
        if self._running:
            self._next = (tuple(mends), today)
            return
        self._running = True
        book, wanted = self.book, tuple(mends)
        assert book is not None

        def judged(ticket: Ticket) -> tuple[Preview, date]:
            if self.came_back:
                found = self._office.see(roundtrip.preview, sent.read(mending.mended(book, wanted)), wanted)
                return found, self._office.record.clock.now().date()
            roster = self._roster_of(mending.mended(book, wanted), today, ticket)
            ticket.check()
            shown = self._office.see(imports.preview, roster, book.name, wanted)
            ticket.check()
            return shown, roster.as_of

        self._office.long("核对名册", judged, self._on_judged, self._on_failed)

    def take_in(self, shown: Preview, chosen: Chosen, ticket: Ticket) -> Imported:
        """Write what was ticked; called inside a long job."""
        if self.book is not None and self.came_back:
            done: Imported = self._office.act(roundtrip.take_in, sent.read(self.book), shown, chosen, ticket)
        else:
            done = self._office.act(imports.apply, shown, chosen, ticket)
        return done

    def said(self, finding: SheetFinding, mends: Sequence[Mend]) -> str:
        """What the file says at the cell of a finding, with what was mended in it, as the clerk would type it."""
        if self.book is None:
            return ""
        book = mending.mended(self.book, [m for m in mends if m.sheet == finding.sheet])
        cell = mending.cell_at(book, finding.sheet, finding.row, finding.letter)
        return str(int(cell)) if type(cell) is float and cell.is_integer() else str(cell)

    def _roster_of(self, book: Book, today: date | None, ticket: Ticket) -> Roster:
        villages: Mapping[str, list[str]] = {
            v.name: [g.name for g in v.groups] for v in self._office.see(town.villages)
        }
        return roster_of(book, self.plan, villages=villages, today=today, ticket=ticket)

    def _on_opened(self, found: tuple[Book, RosterPlan | None, date | None]) -> None:
        self._running, self._next = False, None
        self.book, self.plan, today = found
        if self.plan is not None and self.plan.open(today):
            self.asked.emit(self.plan)
        else:
            self.opened.emit(self.book)

    def _on_decided(self, _: object) -> None:
        """Remembered, or not where somebody else has the record in hand: the file is read by the answers all the same."""
        self._running, self._next = False, None
        self.opened.emit(self.book)

    def _on_judged(self, found: tuple[Preview, date]) -> None:
        self._running = False
        if self._next is not None:
            wanted, self._next = self._next, None
            self.judge(*wanted)
            return
        self.judged.emit(*found)

    def _on_failed(self, error: Exception) -> None:
        self._running, self._next = False, None
        self.failed.emit(error)


def trouble(error: Exception, stopped: str, broken: str) -> tuple[str, str]:
    """What went wrong, in a sentence, and its tone; what was ``stopped`` by the clerk is no fault."""
    if isinstance(error, Cancelled):
        return stopped, "ochre"
    return "；".join(p.text for p in problems_of(error)) if isinstance(error, Refused | Known) else broken, "red"
