"""What the printed notice says: the list, the period by the town's counting, the places, and the offices that take objections.

The same facts serve the draft before a notice is made, the copies that go on the walls and the copy in the file.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.errors import Refused
from db.papers.model import Paper
from db.papers.notice import NoticeFacts, NoticeRow, Office, build
from db.rules import notice
from db.rules.calendar import is_workday
from db.rules.case import Kind, latest
from db.rules.codes import AppraisalKind, BatchKind
from db.rules.notice import Counting, Period
from db.rules.procedure import IDENTIFICATION
from db.schema.town import Village
from db.services.cases import batches, cases, documents
from db.services.cases.batches import Batch
from db.services.notices import exposure
from db.services.notices.earlier import FIRST, Earlier, earlier_list
from db.services.notices.views import NoticeView, counting_of, view
from db.services.town import town
from db.services.town.holidays import holidays
from db.services.town.town import Options
from db.store.chain import head
from db.store.unit import Unit

VOID = "已作废"


@dataclass(frozen=True, slots=True)
class _Village:
    """What a notice says of its village."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True)
class _Sheet:
    """What the draft and the made notice have in common."""

    year: int
    rows: tuple[NoticeRow, ...]
    places: tuple[str, ...]
    counting: Counting
    assemblies: tuple[tuple[str, date], ...]
    show_cause: bool
    period: Period
    posted_on: date
    earlier: Earlier = FIRST
    ladder: str = IDENTIFICATION


def facts_of(unit: Unit, notice_id: int, planned: date) -> NoticeFacts:
    """The notice as it hangs, or as it would hang if the places still missing were posted on ``planned``."""
    batch, now = batches.get(unit, notice_id), view(unit, notice_id)
    if batch.kind is not BatchKind.NOTICE:
        raise Refused("这不是村公示")
    period, posted_on = hanging_period(now, planned)
    sheet = _Sheet(
        batch.year, now.rows, now.places, counting_of(batch), _kept_assemblies(batch),
        bool(batch.facts.get("show_cause", False)), period, posted_on,
        earlier_list(unit, batch.village_id, dict(zip(batch.facts["cases"], now.rows, strict=True)), batch.id), batch.ladder,
    )  # fmt: skip
    said = town.options(unit, batch.made_at)
    facts = _facts(unit, _village(unit, batch.village_id, batch.village), sheet, said)
    return replace(facts, document=documents.number_of(unit, notice_id))


def draft_of(
    unit: Unit, village_id: int, case_ids: Sequence[int], rows: tuple[NoticeRow, ...], places: tuple[str, ...],
    planned: date,
) -> NoticeFacts:  # fmt: skip
    """The notice as it would be if it were made now of these cases and posted on ``planned``."""
    options = town.options(unit)
    period = notice.period(planned, options.counting, holidays())
    held = assemblies(unit, case_ids)
    sheet = _Sheet(unit.today.year, rows, places, options.counting, held, options.show_cause, period, planned)
    before = earlier_list(unit, village_id, dict(zip(case_ids, rows, strict=True)))
    sheet = replace(sheet, ladder=cases.ladder_of(unit, case_ids).key, earlier=before)
    return _facts(unit, _village(unit, village_id), sheet, options)


def checked(unit: Unit, facts: NoticeFacts, *, void: bool = False) -> Paper:
    """The paper, after every ID, phone and card of the record was looked for in it; Refused when one is found."""
    paper = build(facts)
    exposure.require_clean(unit, paper, [o.phone for o in (*facts.offices, *facts.supervision)])
    return replace(paper, watermark=VOID) if void else paper


def gaps(facts: NoticeFacts) -> tuple[str, ...]:
    """What the notice should say and cannot, because the town's settings lack it."""
    offices = (*facts.offices, *facts.supervision)
    found = [f"{office.name}的电话" for office in offices if not office.phone]
    town_office = facts.offices[-1]
    return (*found, *(() if town_office.person else (f"{town_office.name}的联系人",)))


def assemblies(unit: Unit, case_ids: Sequence[int]) -> tuple[tuple[str, date], ...]:
    """The assemblies at which these households passed, oldest first: kind and day."""
    votes = (latest(found, Kind.APPRAISED) for found in cases.events(unit, case_ids).values())
    held = {vote.batch_id for vote in votes if vote is not None and vote.batch_id is not None}
    found = batches.get_many(unit, held).values()
    return tuple(sorted({(AppraisalKind.of(b.facts["kind"]).label, b.dated) for b in found}, key=_held_on))


def _held_on(held: tuple[str, date]) -> date:
    return held[1]


def _kept_assemblies(batch: Batch) -> tuple[tuple[str, date], ...]:
    return tuple((kind, date.fromisoformat(held_on)) for kind, held_on in batch.facts["assemblies"])


def hanging_period(now: NoticeView, planned: date) -> tuple[Period, date]:
    """The period and the day below the seal; places still missing are taken to be posted on ``planned``."""
    hung = [w for w in now.walls if w.posted_on is not None and w.counts_from is not None]
    if now.first is not None and now.last is not None:
        return Period(now.first, now.last), max(w.posted_on for w in hung if w.posted_on)
    start = max([planned, *(w.counts_from for w in hung if w.counts_from)])
    return notice.period(start, now.counting, holidays()), start


def _village(unit: Unit, village_id: int | None, called: str = "") -> _Village:
    """The village as it stands, or under the name it was ``called`` when the notice was made, be it gone since."""
    row = unit.session.get(Village, village_id) if village_id is not None else None
    if row is None:
        raise Refused("没有这个村，请刷新")
    return _Village(called or row.name, row.phone)


def _facts(unit: Unit, village: _Village, sheet: _Sheet, options: Options) -> NoticeFacts:
    named = town.town(unit)
    committee = committee_of(village.name)
    kind, held_on = sheet.assemblies[-1]
    days, day_kind = _length(sheet)
    return NoticeFacts(
        village=village.name,
        committee=committee,
        year=sheet.year,
        basis=options.basis,
        assembly=kind,
        assembly_on=held_on,
        rows=sheet.rows,
        first_day=sheet.period.first,
        last_day=sheet.period.last,
        days=days,
        places=(f"{village.name}{sheet.places[0]}", *sheet.places[1:]),
        offices=(
            Office(committee, "", village.phone),
            Office(office_name(options, named.name), options.contact, options.office_phone),
        ),
        supervision=(Office(f"{named.county}扶贫办", "", options.county_phone),),
        posted_on=sheet.posted_on,
        show_cause=sheet.show_cause,
        replaces=sheet.earlier.replaces,
        day_kind=day_kind,
        footer=f"校验码 {head(unit.connection, unit.record).short}　{unit.now:%Y-%m-%d %H:%M}",
        earlier=sheet.assemblies[:-1],
        corrects=sheet.earlier.corrects,
        changes=sheet.earlier.changes,
        topic=options.ladders[sheet.ladder].name,
    )


def committee_of(village: str) -> str:
    """村民委员会 of a village by its full name."""
    return f"{village}民委员会" if village.endswith("村") else f"{village}村民委员会"


def _length(sheet: _Sheet) -> tuple[int, str]:
    """How long the period is in the days it was counted in, lengthening included."""
    first, last = sheet.period.first, sheet.period.last
    span = (last - first).days + 1
    if not sheet.counting.workdays:
        return span, "天"
    return sum(is_workday(first + timedelta(days=n), holidays()) for n in range(span)), "个工作日"


def office_name(options: Options, named: str) -> str:
    """镇扶贫办 on the town's own wall needs the town's name."""
    return f"{named}{options.office.removeprefix('镇')}" if options.office.startswith("镇") else options.office
