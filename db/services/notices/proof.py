"""公示证明单 of a notice: its places with their days and photos, from the postings themselves and from what was hung on it later."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from db.errors import Refused
from db.papers.proof import Moment, ProofFacts, ProofPhoto, ProofPlace
from db.rules.codes import BatchAct, EvidenceKind
from db.services.cases import batches
from db.services.cases.batches import Batch
from db.services.evidence import scans
from db.services.evidence.scans import Scan
from db.services.notices.paper import committee_of
from db.services.notices.views import NoticeView, view
from db.store.unit import Unit

MOMENTS: Mapping[EvidenceKind, Moment] = {
    EvidenceKind.NOTICE_START: Moment.START,
    EvidenceKind.NOTICE_DURING: Moment.DURING,
    EvidenceKind.NOTICE_END: Moment.END,
}


def proof(unit: Unit, notice_id: int) -> ProofFacts:
    """The sheet of one notice. Refused before its list hangs anywhere."""
    now = view(unit, notice_id)
    if not now.postings:
        raise Refused("这份公示还没有登记张贴，没有可以证明的；先登记张贴")
    return proof_of(batches.get(unit, notice_id), now, scans.of_batches(unit, [notice_id]).get(notice_id, ()))


def proof_of(batch: Batch, now: NoticeView, hung: Sequence[Scan]) -> ProofFacts:
    """The sheet of a notice already read, with the files that hang on it."""
    taken = {e.place: e.acted_on for e in batch.events if e.act is BatchAct.TAKEN_DOWN}
    places = tuple(
        ProofPlace(
            wall.place, wall.posted_on, taken.get(wall.place, now.taken_on),
            tuple(_photos(batch, now, wall.place, hung)),
        )
        for wall in now.walls
    )  # fmt: skip
    return ProofFacts(
        title=now.label,
        village=now.village,
        committee=committee_of(now.village),
        households=len(now.rows),
        persons=now.persons,
        first_day=now.first,
        last_day=now.last,
        objections=_objections(now),
        places=places,
        sealed_on=now.taken_on,
    )


def _photos(batch: Batch, now: NoticeView, place: str, hung: Sequence[Scan]) -> Iterable[ProofPhoto]:
    """Photos of one wall, oldest first, each once."""
    found: dict[str, ProofPhoto] = {}
    for event in batch.events:
        if event.place == place and event.photo_sha:
            found[event.photo_sha] = ProofPhoto(
                event.photo_sha, _moment(event.act, event.acted_on, now), event.acted_on
            )
    for scan in hung:
        moment = MOMENTS.get(scan.kind)
        if moment is not None and scan.place == place and not scan.is_pdf:
            on = scan.taken_on or now.first or now.made_on
            found[scan.sha] = ProofPhoto(scan.sha, moment, on)
    return sorted(found.values(), key=_taken)


def _taken(photo: ProofPhoto) -> date:
    return photo.on


def _moment(act: BatchAct, on: date, now: NoticeView) -> Moment:
    if act is BatchAct.POSTED:
        return Moment.START
    after = now.last is not None and on > now.last
    return Moment.END if act is BatchAct.TAKEN_DOWN or after else Moment.DURING


def _objections(now: NoticeView) -> str:
    if not now.objections and not now.settled:
        return "公示期内没有收到异议" if now.last else ""
    waiting = f"，{now.objections}件未办结" if now.objections else "，均已办结"
    return f"公示期内收到异议{now.objections + now.settled}件{waiting}"
