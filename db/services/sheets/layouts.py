"""What was answered about the layouts of rosters, kept in the record so that the same columns are asked about once."""

from __future__ import annotations

from collections.abc import Callable

from db.services.sheets import sheetmemory
from db.services.town.town import villages
from db.sheets.asked import Answers
from db.sheets.book import Book
from db.sheets.plan import RosterPlan, propose
from db.store.unit import Unit

ROSTER = "roster"


def recall(unit: Unit, purpose: str = ROSTER) -> Callable[[str], Answers | None]:
    """What was once answered about a layout of this purpose, to be asked by its fingerprint."""

    def find(fingerprint: str) -> Answers | None:
        memory = sheetmemory.recall(unit, purpose, fingerprint)
        return memory.answers if memory else None

    return find


def propose_roster(unit: Unit, book: Book) -> RosterPlan:
    """How a book would be read as a roster, with what is remembered of its layouts and the town's villages."""
    return propose(book, recall(unit), [village.name for village in villages(unit)])


def keep(unit: Unit, plan: RosterPlan) -> int:
    """Remember what was answered about the layouts of a plan, where it is not remembered so already; how many were kept."""
    find, kept = recall(unit), 0
    for fingerprint, (name, answers) in plan.to_remember().items():
        if find(fingerprint) != answers:
            sheetmemory.keep(unit, ROSTER, fingerprint, name, answers)
            kept += 1
    return kept
