"""What came of a tour, read from the record: how far the households of every village climbed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from db.rules.case import Event, Kind, Outcome, standing
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.sheets.imports import Preview
from db.services.town import search
from db.services.town.search import Filter
from desktop.app.office import Office


def _passed_vote(event: Event) -> bool:
    return event.kind is Kind.APPRAISED and bool(event.facts["passed"])


def _agreed(event: Event) -> bool:
    return event.kind is Kind.OPINED and bool(event.facts["agree"])


def _visited(event: Event) -> bool:
    return event.kind is Kind.VERIFIED


def _listed(event: Event) -> bool:
    return event.kind is Kind.LISTED


def _reviewed(event: Event) -> bool:
    return event.kind is Kind.REVIEWED and event.facts["outcome"] == Outcome.PASSED.value


def _decided(event: Event) -> bool:
    return event.kind is Kind.DECIDED and event.facts["outcome"] == Outcome.PASSED.value


STEPS: Mapping[str, Callable[[Event], bool]] = {
    "visited": _visited,
    "passed": _passed_vote,
    "noticed": _listed,
    "opinion": _agreed,
    "reviewed": _reviewed,
    "decided": _decided,
}
"""Households are counted for a step when an act of it stands that no correction made void."""


def summary(office: Office, shown: Preview, villages: Iterable[str]) -> dict[str, Any]:
    """The counts of the whole town and of each village: households, and persons too where they come in and where they arrive.

    ``shown`` is the preview the roster was taken in from.
    """
    found = tuple(office.see(files.open_files, office.see(search.ids, Filter())).values())
    made = _counts(shown, found, None)
    made["by_village"] = {village: _counts(shown, found, village) for village in villages}
    return made


def _counts(shown: Preview, found: Iterable[CaseFile], village: str | None) -> dict[str, Any]:
    rows = [r for r in shown.rows if village in (None, r.household.village)]
    new = [r.household.size for r in rows if r.fate == "new"]
    own = [file for file in found if village in (None, file.household.village)]
    reached: Counter[str] = Counter()
    for file in own:
        events = standing(file.events)
        reached.update(step for step, done in STEPS.items() if any(map(done, events)))
    cards = [file.household.size for file in own if file.state.number]
    return {
        "imported": {"households": len(new), "persons": sum(new)},
        "faulty": sum(1 for r in rows if r.fate == "faulty"),
        **{step: reached[step] for step in STEPS},
        "carded": {"households": len(cards), "persons": sum(cards)},
    }
