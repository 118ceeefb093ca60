"""What the register of applications and the receipts say: who applied when, with which papers, and who took them in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from sqlalchemy import select

from db.errors import Refused
from db.papers import acceptance
from db.papers.acceptance import AcceptanceFacts, AcceptedRow
from db.papers.model import Paper
from db.rules.case import Event, Kind, latest, standing
from db.rules.codes import ApplicationKind, EvidenceKind
from db.rules.procedure import IDENTIFICATION
from db.rules.values import Household
from db.schema.evidence import EvidenceRow, EvidenceVoid
from db.services.bulk import among
from db.services.cases import cases
from db.services.cases.signed import signed
from db.services.notices.paper import committee_of
from db.services.register import households
from db.services.register.numbering import application_numbers
from db.services.town import search, town
from db.services.town.placenames import moves, place_on, placed, village_then
from db.services.town.search import Filter
from db.store.unit import Unit

TICKS = {
    EvidenceKind.HOUSEHOLD_BOOK: "户口簿",
    EvidenceKind.ID_CARD: "身份证",
    EvidenceKind.DISABILITY_CARD: "残疾证",
    EvidenceKind.BENEFIT_CARD: "低保证",
    EvidenceKind.MEDICAL: "病历",
    EvidenceKind.SCHOOL: "学籍证明",
    EvidenceKind.POLICE_PROOF: "公安证明",
    EvidenceKind.HOUSE_OUTSIDE: "房屋照片",
}
"""What an applicant hands in beside the form itself, in the form's words."""


def register(unit: Unit, village_id: int | None = None, first: date | None = None, last: date | None = None) -> Paper:
    """申请受理登记簿 of a village or the town, for a period or for everything; Refused when nobody applied."""
    village = next((v for v in town.villages(unit) if v.id == village_id), None)
    ids = search.ids(unit, Filter(village_id=village_id))
    found = sorted(_accepted(unit, ids), key=lambda row: (row.accepted_on or date.min, row.number))
    rows = tuple(row for row in found if _within(row.accepted_on, first, last))
    if not rows:
        raise Refused(f"{village.name if village else '全镇'}在这段时间没有受理过申请，登记簿是空的")
    days = [row.accepted_on for row in rows if row.accepted_on]
    start, end = first or min(days), last or max(days)
    shown = rows if village else tuple(_with_village(row) for row in rows)
    called = village_then(unit, village.id, end, unit.now).name if village else ""
    facts = AcceptanceFacts(town.town(unit).name, called, start.year, start, end, shown)
    return acceptance.build(facts)


def receipts(unit: Unit, household_ids: Sequence[int]) -> Paper:
    """受理回执 of these households, four to a page, in their order; of several villages each with its own committee's name left out."""
    rows = tuple(_accepted(unit, household_ids))
    if not rows:
        raise Refused("没有选中任何一户")
    villages = {row.village for row in rows}
    committee = committee_of(villages.pop()) if len(villages) == 1 else ""
    return acceptance.receipts(rows, town.town(unit).name, committee)


def attachments(unit: Unit, household_ids: Iterable[int]) -> dict[int, tuple[str, ...]]:
    """Which papers of the application are kept for each household, in the form's words and order; one query."""
    query = select(EvidenceRow.household_id, EvidenceRow.kind).where(
        among(EvidenceRow.household_id.expression, household_ids),
        EvidenceRow.id.not_in(select(EvidenceVoid.evidence_id)),
    )
    kept: dict[int, set[EvidenceKind]] = {}
    for household_id, kind in unit.session.execute(query):
        if household_id is not None:
            kept.setdefault(household_id, set()).add(kind)
    return {i: tuple(word for kind, word in TICKS.items() if kind in kinds) for i, kinds in kept.items()}


def ticked(unit: Unit, household_id: int) -> tuple[str, ...]:
    """As ``attachments``, of one household."""
    return attachments(unit, [household_id]).get(household_id, ())


def _accepted(unit: Unit, household_ids: Sequence[int]) -> list[AcceptedRow]:
    found = households.get_many(unit, household_ids)
    case_ids = cases.case_of(unit, household_ids, IDENTIFICATION)
    events = cases.events(unit, case_ids.values())
    homes = _as_applied(unit, found, {i: events.get(case_ids.get(i, 0), []) for i in found})
    numbers, handed = application_numbers(unit, household_ids), attachments(unit, household_ids)
    return [
        _row(homes[i], events.get(case_ids.get(i, 0), []), numbers.get(i, ""), handed.get(i, ()))
        for i in household_ids
        if i in homes
    ]


def _as_applied(
    unit: Unit, homes: Mapping[int, Household], events: Mapping[int, Sequence[Event]]
) -> dict[int, Household]:
    """The households as they applied, villages and groups under their names of that day."""
    moved, known = moves(unit, homes), cases.cases_of(unit, homes)
    anew = [i for i, of in known.items() if len([key for _, key, _ in of if key == IDENTIFICATION]) > 1]
    then = {i: said.applied or homes[i] for i, said in signed(unit, homes, events, anew).items()}
    return {i: placed(h, place_on(moved.get(i, ()), h.applied_on)) if h.applied_on else h for i, h in then.items()}


def _row(h: Household, events: Sequence[Event], number: str, handed: tuple[str, ...]) -> AcceptedRow:
    filed = latest(standing(events), Kind.FILED)
    withdrawn = latest(standing(events), Kind.WITHDRAWN)
    kind = h.application_kind
    remarks = (
        kind.label if kind is not None and kind is not ApplicationKind.FIRST else "",
        f"{withdrawn.acted_on}撤回" if withdrawn else "",
    )
    return AcceptedRow(
        number=number,
        accepted_on=filed.acted_on if filed else h.applied_on,
        head_name=h.head_name,
        group=h.group,
        size=h.size,
        attachments=handed,
        taken_by=filed.actor if filed else "",
        remark="；".join(remark for remark in remarks if remark),
        village=h.village,
    )


def _with_village(row: AcceptedRow) -> AcceptedRow:
    return AcceptedRow(
        row.number, row.accepted_on, row.head_name, f"{row.village}{row.group}", row.size, row.attachments, row.taken_by,
        row.remark, row.village,
    )  # fmt: skip


def _within(day: date | None, first: date | None, last: date | None) -> bool:
    return day is None or ((first is None or day >= first) and (last is None or day <= last))
