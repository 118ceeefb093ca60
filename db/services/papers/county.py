"""What the county said, document by document: announcements, second checks and decisions as the town received them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers import received
from db.papers.model import Paper
from db.papers.received import ReceivedFacts, ReceivedRow
from db.papers.wording import day
from db.rules.case import Event, Outcome
from db.rules.codes import BatchKind
from db.rules.values import Household
from db.services.cases import batches, cases
from db.services.cases.batches import Batch
from db.services.cases.paperhomes import homes_of
from db.services.notices import notices
from db.services.town import town
from db.services.town.placenames import names_on
from db.store.unit import Unit

KINDS = (BatchKind.ANNOUNCEMENT, BatchKind.RECHECK, BatchKind.DECISION)
LISTED = "列入公告"


@dataclass(frozen=True, slots=True)
class Received:
    """One document of the county in a list."""

    batch_id: int
    kind: str
    document: str
    dated: date


def documents(unit: Unit) -> tuple[Received, ...]:
    """All of them, the newest first."""
    found = [batch for kind in KINDS for batch in batches.of_kind(unit, kind)]
    return tuple(
        Received(b.id, b.kind.label, str(b.facts.get("document", "")), b.dated)
        for b in sorted(found, key=lambda b: (b.dated, b.id), reverse=True)
    )


def sheet(unit: Unit, batch_id: int, only: str = "") -> Paper:
    """县公告, 县核查 or 县审定 as received: number, date and what it says of each household, or of those of ``only`` one village."""
    batch, named = batches.get(unit, batch_id), town.town(unit)
    found = cases.events_of_batch(unit, batch_id)
    of = cases.households_of(unit, found)
    homes = homes_of(unit, of.values(), batch)
    rows = tuple(_row(homes[of[case_id]], event) for case_id, event in found.items())
    place = {name: n for n, name in enumerate(names_on(unit, batch.dated))}
    period, places = _hanging(unit, batch)
    return received.build(
        ReceivedFacts(
            kind=batch.kind.label,
            town=named.name,
            year=batch.year,
            county=f"{named.county}人民政府" if batch.kind is BatchKind.DECISION else f"{named.county}扶贫办",
            document=str(batch.facts.get("document", "")),
            dated=batch.dated,
            rows=tuple(sorted(rows, key=lambda row: place.get(row.village, 0))),
            received_on=batch.made_at.date(),
            note=str(batch.facts.get("note", "")),
            period=period,
            places=places,
            clerk=batch.actor,
            only=only,
        )
    )


def _row(h: Household, event: Event) -> ReceivedRow:
    outcome = event.facts.get("outcome")
    said = Outcome.of(outcome).label if outcome else LISTED
    attribute = h.attribute.label if h.attribute else ""
    return ReceivedRow(h.village, h.group, h.head_name, h.size, attribute, said, str(event.facts.get("reason", "")))


def _hanging(unit: Unit, batch: Batch) -> tuple[str, tuple[str, ...]]:
    """From when to when an announcement hangs, and where; nothing for the other documents."""
    if batch.kind is not BatchKind.ANNOUNCEMENT:
        return "", ()
    now = notices.view(unit, batch.id)
    return (f"{day(now.first)}至{day(now.last)}", now.places) if now.first and now.last else ("", now.places)
