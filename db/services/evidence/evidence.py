"""Hanging photos and scans on households and on the papers they share, taking a wrong one down with a reason, reading them for lists.

A file hung wrongly is made void, never removed. Lists read thumbnails only; the whole file is read when somebody opens it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from sqlalchemy import ColumnElement, select

from db.errors import Problem, Refused, refuse_any
from db.rules.codes import EvidenceKind
from db.rules.evidence import PLACED, SHARED
from db.schema.account import Account
from db.schema.attachment import Attachment
from db.schema.batch import BatchEventRow, BatchRow
from db.schema.evidence import EvidenceRow, EvidenceVoid, Thumbnail
from db.schema.household import HouseholdRow
from db.schema.town import Group, Village
from db.services.bulk import among
from db.services.cases import batches
from db.services.evidence import attachments
from db.services.evidence.scans import PDF
from db.store.unit import Unit

MOST_NOTE = 200


@dataclass(frozen=True, slots=True)
class Hanging:
    """A file to be hung up: what it shows, of which household or on which paper (``batch_id``, with the ``place`` of a posting).

    ``sha`` is what the file was when the clerk looked at it, "" when he did not; ``thumbnail`` a small JPEG, empty for a PDF.
    """

    path: Path
    kind: EvidenceKind
    household_id: int = 0
    batch_id: int = 0
    place: str = ""
    taken_on: date | None = None
    note: str = ""
    sha: str = ""
    thumbnail: bytes = b""


@dataclass(frozen=True, slots=True)
class Hung:
    """A file that hangs in the record; ``void`` is the reason it was taken down for, "" while it counts."""

    id: int
    sha: str
    kind: EvidenceKind
    name: str
    is_pdf: bool
    place: str
    taken_on: date | None
    note: str
    at: datetime
    actor: str
    void: str = ""


def hang(unit: Unit, things: Sequence[Hanging]) -> tuple[int, ...]:
    """Keep these files and hang them up, all or none; returns their ids.

    Refused with every reason: nothing to hang it on, an empty, huge or foreign file, one that changed since it was looked at, one that
    hangs there already. Known: a file cannot be read.
    """
    refuse_any(_problems(unit, things))
    rows = [_hung(unit, thing) for thing in things]
    unit.session.add_all(rows)
    unit.session.flush()
    households = {thing.household_id for thing in things if thing.household_id}
    only = households.pop() if len(households) == 1 else None
    unit.trail("归档照片与材料", entity="household" if only else "", entity_id=only, files=len(rows))
    return tuple(row.id for row in rows)


def _problems(unit: Unit, things: Sequence[Hanging]) -> Iterable[Problem]:
    if not things:
        yield Problem("没有选中任何一张照片")
    known = _known_batches(unit, [t.batch_id for t in things if t.batch_id])
    for thing in things:
        where = thing.path.name
        paper = SHARED.get(thing.kind)
        if paper is None and not thing.household_id:
            yield Problem(f"“{where}”是{thing.kind.label}，请选是哪一户的", "household", where)
        elif paper is not None and not thing.batch_id:
            yield Problem(f"“{where}”是{thing.kind.label}，请选归于哪一次{paper.label}", "batch", where)
        elif paper is not None and known.get(thing.batch_id) is not paper:
            yield Problem(f"“{where}”是{thing.kind.label}，不能归于别的文件，请另选", "batch", where)
        elif thing.kind in PLACED and not thing.place:
            yield Problem(f"“{where}”是{thing.kind.label}，请选是哪一处的", "place", where)
        if thing.taken_on is not None and thing.taken_on > unit.today:
            yield Problem(f"“{where}”的拍摄日期 {thing.taken_on} 晚于今天 {unit.today}，请核对", "taken_on", where)
        if len(thing.note) > MOST_NOTE:
            yield Problem(f"“{where}”的说明超过 {MOST_NOTE} 字，请写短些", "note", where)


def _known_batches(unit: Unit, batch_ids: Iterable[int]) -> dict[int, object]:
    query = select(BatchRow.id, BatchRow.kind).where(among(BatchRow.id.expression, batch_ids))
    return {row.id: row.kind for row in unit.session.execute(query)}


def _hung(unit: Unit, thing: Hanging) -> EvidenceRow:
    sha = attachments.attach(unit, thing.path)
    if thing.sha and sha != thing.sha:
        raise Refused(
            [Problem(f"“{thing.path.name}”在选入以后被改过，没有收入，请移出后重新选入", "", thing.path.name)]
        )
    if _hangs(unit, thing, sha):
        raise Refused([Problem(f"“{thing.path.name}”已经归档在这里，不用再收，请移出", "", thing.path.name)])
    if thing.thumbnail and unit.session.get(Thumbnail, sha) is None:
        unit.session.add(Thumbnail(sha256=sha, content=thing.thumbnail))
    shared = SHARED.get(thing.kind) is not None
    batch = batches.get(unit, thing.batch_id) if shared else None
    return EvidenceRow(
        sha256=sha,
        kind=thing.kind,
        village_id=batch.village_id if batch else None,
        household_id=None if shared else thing.household_id,
        batch_id=batch.id if batch else None,
        place=thing.place if shared else "",
        taken_on=thing.taken_on,
        note=thing.note.strip(),
        at=unit.now,
        actor_id=unit.actor.id,
    )


def _hangs(unit: Unit, thing: Hanging, sha: str) -> bool:
    """Whether this very file was hung there before, as after a crash while many were being kept."""
    row, shared = EvidenceRow, SHARED.get(thing.kind) is not None
    owner = row.batch_id == thing.batch_id if shared else row.household_id == thing.household_id
    query = select(row.id).where(
        row.sha256 == sha,
        row.kind == thing.kind,
        row.place == (thing.place if shared else ""),
        owner,
        row.id.not_in(select(EvidenceVoid.evidence_id)),
    )
    return unit.session.scalar(query.limit(1)) is not None


def void(unit: Unit, evidence_id: int, reason: str) -> None:
    """Take down a file hung on the wrong household or paper; it stays in the record with the reason. Refused without one, or twice."""
    if not reason.strip():
        raise Refused([Problem("请写明为什么作废，会记入经过", "reason")])
    row = unit.session.get(EvidenceRow, evidence_id)
    if row is None:
        raise Refused("档案里没有这份材料，请刷新")
    if unit.session.scalar(select(EvidenceVoid.id).where(EvidenceVoid.evidence_id == evidence_id)) is not None:
        raise Refused("这份材料已经作废，请刷新")
    unit.session.add(EvidenceVoid(evidence_id=evidence_id, reason=reason.strip(), at=unit.now, actor_id=unit.actor.id))
    unit.trail("作废材料", entity="household" if row.household_id else "", entity_id=row.household_id, reason=reason)


def of_household(unit: Unit, household_id: int) -> tuple[Hung, ...]:
    """What hangs on one household, void ones included, in the order of the file."""
    return _read(unit, EvidenceRow.household_id == household_id)


def of_batches(unit: Unit, batch_ids: Collection[int]) -> tuple[Hung, ...]:
    """What hangs on papers of many households, void ones included."""
    return _read(unit, among(EvidenceRow.batch_id.expression, batch_ids)) if batch_ids else ()


def postings(unit: Unit, batch_ids: Collection[int]) -> tuple[Hung, ...]:
    """The photos that came in with the postings of these papers themselves; they have the id 0, for they cannot be taken down here."""
    event = BatchEventRow
    query = (
        select(
            event.photo_sha,
            Attachment.name,
            Attachment.mime,
            event.place,
            event.acted_on,
            event.entered_at,
            Account.name,
        )
        .join(Attachment, Attachment.sha256 == event.photo_sha)
        .join(Account, Account.id == event.actor_id)
        .where(among(event.batch_id.expression, batch_ids), event.photo_sha != "")
        .order_by(event.id)
    )
    return tuple(
        Hung(0, sha, EvidenceKind.NOTICE_START, name, mime == PDF, place, on, "", at, actor)
        for sha, name, mime, place, on, at, actor in unit.session.execute(query)
    )


def _read(unit: Unit, wanted: ColumnElement[bool]) -> tuple[Hung, ...]:
    row = EvidenceRow
    query = (
        select(
            row.id, row.sha256, row.kind, Attachment.name, Attachment.mime, row.place, row.taken_on, row.note, row.at,
            Account.name, EvidenceVoid.reason,
        )
        .join(Attachment, Attachment.sha256 == row.sha256)
        .join(Account, Account.id == row.actor_id)
        .outerjoin(EvidenceVoid, EvidenceVoid.evidence_id == row.id)
        .where(wanted)
        .order_by(row.id)
    )  # fmt: skip
    order = {kind: n for n, kind in enumerate(EvidenceKind)}
    found = [
        Hung(i, sha, kind, name, mime == PDF, place, taken, note, at, actor, reason or "")
        for i, sha, kind, name, mime, place, taken, note, at, actor, reason in unit.session.execute(query)
    ]
    return tuple(sorted(found, key=lambda one: (order[one.kind], one.id)))


def thumbnails(unit: Unit, shas: Collection[str]) -> dict[str, bytes]:
    """The small JPEGs of these files; those without one (PDF) are left out."""
    query = select(Thumbnail.sha256, Thumbnail.content).where(among(Thumbnail.sha256.expression, shas))
    return {row.sha256: row.content for row in unit.session.execute(query)}


def keep_thumbnails(unit: Unit, made: Mapping[str, bytes]) -> None:
    """Keep small JPEGs of files that have none yet, such as photos that came in with their posting."""
    known = thumbnails(unit, made)
    unit.session.add_all(Thumbnail(sha256=sha, content=small) for sha, small in made.items() if sha not in known)


def used(unit: Unit, shas: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Where files with these very bytes hang already, in words: 华南村第一组 陈某明户 的室内照片, 华南村2016年第1次公示 的张贴照片."""
    row = EvidenceRow
    query = (
        select(row.sha256, row.kind, HouseholdRow.head_name, Village.name, Group.name, BatchRow.label)
        .outerjoin(HouseholdRow, HouseholdRow.id == row.household_id)
        .outerjoin(Village, Village.id == HouseholdRow.village_id)
        .outerjoin(Group, Group.id == HouseholdRow.group_id)
        .outerjoin(BatchRow, BatchRow.id == row.batch_id)
        .where(among(row.sha256.expression, shas), row.id.not_in(select(EvidenceVoid.evidence_id)))
    )
    found: dict[str, list[str]] = {}
    for sha, kind, head, village, group, label in unit.session.execute(query):
        owner = f"{village}{group} {head}户" if head else label or ""
        found.setdefault(sha, []).append(f"{owner} 的{kind.label}")
    return {sha: tuple(owners) for sha, owners in found.items()}
