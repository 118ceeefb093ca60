"""A notice (or announcement) as the pages show it: where it hangs since when, from when to when it runs, what holds it up.

Everything follows from the batch and its events; nothing here writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.papers.notice import NoticeRow
from db.rules.case import ENDED, Kind
from db.rules.codes import BatchAct, BatchKind, EvidenceKind
from db.rules.notice import Counting, NoticeClock, Period, Posting, lengthened, notice_period
from db.schema.case import EventRow, StateRow
from db.services.cases import batches, cases
from db.services.cases.batches import Batch, BatchEvent
from db.services.evidence import scans
from db.services.evidence.scans import Scan
from db.services.town.holidays import holidays
from db.store.unit import Unit

_POSTING = (EvidenceKind.NOTICE_START, EvidenceKind.ANNOUNCEMENT)
_RULED = (BatchAct.LATE_APPROVED, BatchAct.LATE_REFUSED)


@dataclass(frozen=True, slots=True)
class Wall:
    """One place of a notice; ``posted_on`` is None until its list hangs there.

    ``counts_from`` is the day the period may begin after, ``photo`` the SHA-256 of the photo or "", ``late`` the posting that waits for
    the reviewer's word, ``ruled`` his word (补录同意, 补录不同意) once he gave it.
    """

    place: str
    posted_on: date | None = None
    recorded_on: date | None = None
    counts_from: date | None = None
    photo: str = ""
    late: int | None = None
    ruled: str = ""


@dataclass(frozen=True, slots=True)
class Printed:
    """The period that stands on the copies printed last."""

    on: date
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class NoticeView:
    """A notice as the pages show it. ``late`` are the posting events that wait for the reviewer's word.

    ``objections`` are open, ``settled`` are answered; ``down`` says that it was withdrawn as wrong, ``taken_on`` that it came down after
    its time.
    """

    id: int
    label: str
    village: str
    made_on: date
    rows: tuple[NoticeRow, ...]
    case_ids: tuple[int, ...]
    places: tuple[str, ...]
    postings: tuple[Posting, ...]
    late: tuple[int, ...]
    first: date | None
    last: date | None
    decide_from: date | None
    waits: str
    down: bool
    counting: Counting
    objections: int = 0
    settled: int = 0
    walls: tuple[Wall, ...] = ()
    taken_on: date | None = None
    printed: Printed | None = None
    village_id: int | None = None

    @property
    def persons(self) -> int:
        """Persons of all households listed."""
        return sum(row.size for row in self.rows)

    @property
    def missing(self) -> tuple[str, ...]:
        """Places without a list."""
        return tuple(w.place for w in self.walls if w.posted_on is None)

    @property
    def unpictured(self) -> tuple[str, ...]:
        """Places where the list hangs and no photo shows it."""
        return tuple(w.place for w in self.walls if w.posted_on is not None and not w.photo)


def view(unit: Unit, batch_id: int) -> NoticeView:
    """One notice as the pages show it."""
    return _view(batches.get(unit, batch_id), _objections(unit, [batch_id]), scans.of_batches(unit, [batch_id]))


def views(unit: Unit, kind: BatchKind = BatchKind.NOTICE) -> tuple[NoticeView, ...]:
    """All notices (or announcements), newest first; five queries."""
    found = batches.of_kind(unit, kind)
    objections = _objections(unit, [b.id for b in found])
    hung = scans.of_batches(unit, [b.id for b in found])
    return tuple(_view(b, objections, hung) for b in found)


def forecast(now: NoticeView, days: Mapping[str, date], today: date) -> Period | None:
    """The period the notice would have if its list were recorded today as posted on these days; None while a place is missing."""
    new = [Posting(place, day, today) for place, day in days.items() if day <= today]
    return notice_period((*now.postings, *new), now.places, now.counting, holidays()).period


def awaited(unit: Unit, batch_id: int) -> bool:
    """Whether a household still waits for the end of this paper: once all went on, its days stay what they said."""
    query = select(StateRow.case_id).where(StateRow.gate_id == batch_id, StateRow.status.not_in(ENDED)).limit(1)
    return unit.session.scalar(query) is not None


def clock_of(batch: Batch) -> NoticeClock:
    """The clock of a notice over all its places, lengthening included."""
    clock = notice_period(_postings(batch), batch.facts["places"], counting_of(batch), holidays())
    lasts = [date.fromisoformat(e.facts["last"]) for e in batch.events if e.act is BatchAct.EXTENDED]
    if clock.period is not None and lasts and max(lasts) > clock.period.last:
        return NoticeClock(lengthened(clock.period, max(lasts)), clock.missing, clock.problems)
    return clock


def counting_of(batch: Batch) -> Counting:
    """The rule the notice was made with."""
    return Counting(**batch.facts["counting"])


def _view(batch: Batch, objections: Mapping[int, tuple[int, int]], hung: Mapping[int, tuple[Scan, ...]]) -> NoticeView:
    clock, down = clock_of(batch), _down(batch)
    period = clock.period
    still_open, raised = objections.get(batch.id, (0, 0))
    return NoticeView(
        id=batch.id,
        label=batch.label,
        village=batch.village,
        made_on=batch.dated,
        rows=tuple(NoticeRow(**r) for r in batch.facts["rows"]),
        case_ids=tuple(batch.facts["cases"]),
        places=tuple(batch.facts["places"]),
        postings=_postings(batch),
        late=_late(batch),
        first=period.first if period else None,
        last=period.last if period else None,
        decide_from=None if down or not period else period.decide_from,
        waits=_waits(clock, down=down),
        down=down,
        objections=still_open,
        settled=raised - still_open,
        walls=_walls(batch, hung.get(batch.id, ())),
        counting=counting_of(batch),
        taken_on=_taken_on(batch),
        printed=_printed(batch),
        village_id=batch.village_id,
    )


def _waits(clock: NoticeClock, *, down: bool) -> str:
    if down:
        return "已撤下"
    if clock.period is None:
        return f"{'、'.join(clock.missing)}还没有张贴"
    return "；".join(clock.problems)


def _down(batch: Batch) -> bool:
    return any(e.act is BatchAct.TAKEN_DOWN and e.facts.get("wrong") for e in batch.events)


def _taken_on(batch: Batch) -> date | None:
    return next((e.acted_on for e in reversed(batch.events) if e.act is BatchAct.TAKEN_DOWN), None)


def _printed(batch: Batch) -> Printed | None:
    last = next((e for e in reversed(batch.events) if e.act is BatchAct.PRINTED), None)
    if last is None:
        return None
    return Printed(last.acted_on, date.fromisoformat(last.facts["first"]), date.fromisoformat(last.facts["last"]))


def _rulings(batch: Batch) -> dict[int, BatchAct]:
    return {e.facts["posting"]: e.act for e in batch.events if e.act in _RULED}


def _posting(event: BatchEvent, ruled: Mapping[int, BatchAct]) -> Posting:
    approved = ruled.get(event.id) is BatchAct.LATE_APPROVED
    return Posting(event.place, event.acted_on, event.entered_at.date(), approved)


def _postings(batch: Batch) -> tuple[Posting, ...]:
    ruled = _rulings(batch)
    return tuple(_posting(e, ruled) for e in batch.events if e.act is BatchAct.POSTED)


def _late(batch: Batch) -> tuple[int, ...]:
    ruled = _rulings(batch)
    posted = (e for e in batch.events if e.act is BatchAct.POSTED and e.id not in ruled)
    return tuple(e.id for e in posted if _posting(e, ruled).is_late)


def _walls(batch: Batch, hung: Sequence[Scan]) -> tuple[Wall, ...]:
    """Each place with the list that counts there, which is the one that counts from the latest day; a photo may have come in with the
    posting or been hung on the notice later."""
    ruled, late = _rulings(batch), _late(batch)
    walls = {place: Wall(place) for place in batch.facts["places"]}
    photos = {scan.place: scan.sha for scan in hung if scan.kind in _POSTING}
    photos |= {e.place: e.photo_sha for e in batch.events if e.act in (BatchAct.POSTED, BatchAct.PHOTO) and e.photo_sha}
    for event in batch.events:
        if event.act is not BatchAct.POSTED:
            continue
        known, posting = walls[event.place].counts_from, _posting(event, ruled)
        if known is None or posting.counts_from >= known:
            walls[event.place] = Wall(
                event.place, posting.posted_on, posting.recorded_on, posting.counts_from, photos.get(event.place, ""),
                event.id if event.id in late else None, ruled[event.id].label if event.id in ruled else "",
            )  # fmt: skip
    return tuple(walls.values())


def _objections(unit: Unit, batch_ids: Sequence[int]) -> dict[int, tuple[int, int]]:
    """Notice -> objections still open, and all that were raised against households on it."""
    of, answered = _raised(unit)
    raised, still_open = Counter(of.values()), Counter(of[i] for i in of if i not in answered)
    return {i: (still_open[i], raised[i]) for i in batch_ids}


def _raised(unit: Unit) -> tuple[dict[int, int], set[int]]:
    """Objection -> the notice it was raised against, and the objections that are answered."""
    of: dict[int, int] = {}
    answered: set[int] = set()
    void = cases.voided(unit, Kind.INVESTIGATED)
    kinds = (Kind.OBJECTED, Kind.INVESTIGATED)
    for event_id, kind, text in unit.session.execute(
        select(EventRow.id, EventRow.kind, EventRow.facts).where(EventRow.kind.in_(kinds))
    ):
        facts = json.loads(text)
        if kind is Kind.OBJECTED:
            of[event_id] = facts["notice"]
        elif event_id not in void:
            answered.add(facts["objection"])
    return of, answered
