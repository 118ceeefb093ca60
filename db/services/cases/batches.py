"""Papers that cover many households: making one, numbering it, reading it back, and what happens to it later."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import func, select

from db.errors import Refused
from db.rules.codes import BatchAct, BatchKind
from db.rules.procedure import IDENTIFICATION, ladders
from db.schema.account import Account
from db.schema.batch import BatchEventRow, BatchRow
from db.services.town.placenames import Names
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class BatchEvent:
    """One thing that happened to a batch."""

    id: int
    act: BatchAct
    place: str
    acted_on: date
    entered_at: datetime
    actor: str
    photo_sha: str
    facts: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Batch:
    """One paper as it was made. ``village`` goes by its name of that day, "" for papers of the whole town."""

    id: int
    kind: BatchKind
    village: str
    village_id: int | None
    year: int
    ordinal: int
    label: str
    dated: date
    facts: Mapping[str, Any]
    made_at: datetime
    actor: str
    ladder: str = IDENTIFICATION
    events: tuple[BatchEvent, ...] = field(default=())


def make(
    unit: Unit, kind: BatchKind, *, village_id: int | None, dated: date, facts: Mapping[str, Any], village: str = "",
    ladder: str = IDENTIFICATION,
) -> int:  # fmt: skip
    """Make a paper and number it within its kind, village, year and ladder; returns its id."""
    where = (
        BatchRow.kind == kind, BatchRow.village_id == village_id, BatchRow.year == dated.year, BatchRow.ladder == ladder,
    )  # fmt: skip
    topic = "" if ladder == IDENTIFICATION else ladders()[ladder].name
    ordinal = (unit.session.scalar(select(func.count()).select_from(BatchRow).where(*where)) or 0) + 1
    row = BatchRow(
        kind=kind,
        village_id=village_id,
        year=dated.year,
        ordinal=ordinal,
        label=f"{village}{dated.year}年第{ordinal}次{topic}{kind.label}",
        dated=dated,
        facts=json.dumps(facts, ensure_ascii=False, sort_keys=True, default=str),
        made_at=unit.now,
        actor_id=unit.actor.id,
        ladder=ladder,
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def add_event(
    unit: Unit,
    batch_id: int,
    act: BatchAct,
    acted_on: date,
    *,
    place: str = "",
    photo_sha: str = "",
    facts: Mapping[str, Any] | None = None,
) -> int:
    """Add one event to a paper; returns its id."""
    row = BatchEventRow(
        batch_id=batch_id,
        act=act,
        place=place,
        acted_on=acted_on,
        entered_at=unit.now,
        actor_id=unit.actor.id,
        photo_sha=photo_sha,
        facts=json.dumps(facts or {}, ensure_ascii=False, sort_keys=True, default=str),
    )
    unit.session.add(row)
    unit.session.flush()
    return row.id


def get(unit: Unit, batch_id: int) -> Batch:
    """One paper with its events; Refused when there is none."""
    found = get_many(unit, [batch_id])
    if batch_id not in found:
        raise Refused("档案里没有这份文件，请刷新列表")
    return found[batch_id]


def of_kind(unit: Unit, kind: BatchKind) -> tuple[Batch, ...]:
    """All papers of a kind, newest first."""
    ids = unit.session.scalars(select(BatchRow.id).where(BatchRow.kind == kind)).all()
    return tuple(sorted(get_many(unit, ids).values(), key=lambda b: -b.id))


def get_many(unit: Unit, batch_ids: Iterable[int]) -> dict[int, Batch]:
    """Papers by id with their events, five queries."""
    ids = list(batch_ids)
    history: dict[int, list[BatchEvent]] = {}
    query = select(BatchEventRow, Account.name).join(Account, Account.id == BatchEventRow.actor_id)
    for row, actor in unit.session.execute(query.where(BatchEventRow.batch_id.in_(ids)).order_by(BatchEventRow.id)):
        event = BatchEvent(
            row.id, row.act, row.place, row.acted_on, row.entered_at, actor, row.photo_sha, json.loads(row.facts)
        )
        history.setdefault(row.batch_id, []).append(event)
    names = Names(unit)
    papers = select(BatchRow, Account.name).join(Account, Account.id == BatchRow.actor_id).where(BatchRow.id.in_(ids))
    return {
        row.id: _batch(row, actor, _village(row, names), history.get(row.id, []))
        for row, actor in unit.session.execute(papers)
    }


def _village(row: BatchRow, names: Names) -> str:
    return "" if row.village_id is None else names.village(row.village_id, row.dated, row.made_at)


def _batch(row: BatchRow, actor: str, village: str, history: list[BatchEvent]) -> Batch:
    facts = json.loads(row.facts)
    return Batch(
        row.id, row.kind, village, row.village_id, row.year, row.ordinal, row.label, row.dated, facts, row.made_at, actor,
        row.ladder, tuple(history),
    )  # fmt: skip
