"""A list of another department on its way in: the file opened beside the program, its columns recognised or asked about, its rows read by
the town's own villages. Nothing is written here."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from db.services.crosscheck import crosscheck
from db.services.town import town
from db.sheets import crosslist
from db.sheets.book import Book
from db.sheets.crossguess import Guess, guess
from db.sheets.crosslist import CrossFile, ListSheet
from db.sheets.findings import Ticket
from db.sheets.opening import read_book
from db.sheets.places import Places
from db.store.record import Record
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Opened:
    """A file with its sheets as far as they were recognised, and what it says of itself."""

    book: Book
    sheets: tuple[ListSheet, ...]
    guess: Guess

    @property
    def asked(self) -> tuple[ListSheet, ...]:
        """The sheets whose columns the clerk has to confirm."""
        return tuple(sheet for sheet in self.sheets if not (sheet.known and sheet.usable))


def open_list(record: Record, path: Path, ticket: Ticket) -> Opened:
    """Read a file by its content; Known with one sentence for what cannot be read or is empty, Cancelled through ``ticket``."""
    book = read_book(path, ticket)
    with record.read() as unit:
        sheets = crosslist.plan(book, crosscheck.recalled(unit))
        found = guess(book, sheets, unit.today)
    return Opened(book, sheets, found)


def read_rows(unit: Unit, opened: Opened, sheets: Sequence[ListSheet], ticket: Ticket) -> CrossFile:
    """The rows of these sheets; Known when one of them cannot tell a person, or there is nobody at all."""
    places = Places.of({one.name: [group.name for group in one.groups] for one in town.villages(unit)})
    return crosslist.read(opened.book, sheets, places, unit.today, ticket)


def office_before(unit: Unit, opened: Opened) -> str:
    """Who made the list: as the file says, else who made the last list of the same kind; "" when neither is known."""
    lists = (one.office for one in crosscheck.lists(unit) if one.kind is opened.guess.kind)
    return opened.guess.office or next(lists, "")
