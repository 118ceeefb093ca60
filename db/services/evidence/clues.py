"""What the record knows that helps to sort a pile of photos: names, days of visits, assemblies and postings, what is still missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date

from sqlalchemy import select

from db.rules.case import Kind
from db.rules.codes import BatchAct, BatchKind, EvidenceKind
from db.rules.evidence import OF_BATCH, SHARED
from db.rules.sorting import Clue, Home, Known, Occasion, Proposal, propose
from db.schema.case import CaseRow, EventRow
from db.schema.household import HouseholdRow, MemberRow
from db.schema.town import Group
from db.services.cases import batches
from db.services.cases.batches import Batch
from db.services.evidence.shortfall import Meter, meter
from db.services.town import town
from db.store.unit import Unit

_FIRST = {BatchKind.APPRAISAL: EvidenceKind.MEETING_PHOTO, BatchKind.NOTICE: EvidenceKind.NOTICE_START}
"""What a photo of the day of a paper most likely shows."""


def sort(unit: Unit, clues: Sequence[Clue]) -> tuple[Proposal, ...]:
    """Where these files seem to belong, in their order; a fixed number of queries."""
    return propose(clues, known(unit), unit.today)


def known(unit: Unit) -> Known:
    """Everything that sorting goes by."""
    whole = meter(unit)
    villages = town.villages(unit)
    papers = _papers(unit)
    return Known(
        villages={v.id: v.name for v in villages},
        homes=_homes(unit),
        occasions=(*_visits(unit), *_days(papers)),
        papers=_takers(papers, whole),
        places={v.id: ("村委会", *(g.name for g in v.groups)) for v in villages},
        lacking={i: tuple(one.kind for one in home.own.missing) for i, home in whole.homes.items()},
    )


def _homes(unit: Unit) -> list[Home]:
    m, h = MemberRow.__table__.c, HouseholdRow.__table__.c
    people: dict[int, list[str]] = defaultdict(list)
    query = select(m.household_id, m.name).where(m.live, m.position > 0)
    for of, name in unit.session.execute(query.order_by(m.household_id, m.position)):
        people[of].append(name)
    heads = select(h.id, h.village_id, Group.name, h.head_name).join(Group, Group.id == h.group_id)
    return [
        Home(i, village_id, group, head, tuple(people.get(i, ())))
        for i, village_id, group, head in unit.session.execute(heads.where(h.live))
    ]


def _visits(unit: Unit) -> Iterator[Occasion]:
    query = (
        select(HouseholdRow.id, HouseholdRow.village_id, EventRow.acted_on)
        .join(CaseRow, CaseRow.household_id == HouseholdRow.id)
        .join(EventRow, EventRow.case_id == CaseRow.id)
        .where(EventRow.kind == Kind.VERIFIED)
        .distinct()
    )
    for home_id, village_id, on in unit.session.execute(query):
        yield Occasion(on, village_id, EvidenceKind.VISIT_PHOTO, home_id=home_id)


def _papers(unit: Unit) -> list[Batch]:
    """Papers of villages, newest first."""
    found = [b for kind in _FIRST for b in batches.of_kind(unit, kind)]
    return sorted(found, key=lambda b: -b.id)


def _days(papers: Sequence[Batch]) -> Iterator[Occasion]:
    for batch in papers:
        days: set[date] = {batch.dated} if batch.kind is BatchKind.APPRAISAL else set()
        days |= {e.acted_on for e in batch.events if e.act is BatchAct.POSTED}
        what = "开评议会" if batch.kind is BatchKind.APPRAISAL else "张贴公示"
        for on in sorted(days):
            yield Occasion(
                on, batch.village_id or 0, _FIRST[batch.kind], batch_id=batch.id, told=f"{batch.village}{what}"
            )


def _takers(papers: Sequence[Batch], whole: Meter) -> dict[tuple[int, EvidenceKind], list[int]]:
    """The papers of each village that still ask for a kind; where none does, all of them."""
    asking: dict[tuple[int, EvidenceKind], list[int]] = defaultdict(list)
    for meter_of in whole.papers.values():
        for kind in dict.fromkeys(one.kind for one in meter_of.tally.missing):
            asking[meter_of.village_id, kind].append(meter_of.id)
    found: dict[tuple[int, EvidenceKind], list[int]] = defaultdict(list)
    for batch in papers:
        kinds = {d.kind for d in OF_BATCH[batch.kind]} | {k for k, b in SHARED.items() if b is batch.kind}
        for kind in kinds:
            found[batch.village_id or 0, kind].append(batch.id)
    return {**found, **asking}
