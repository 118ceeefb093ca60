"""What is remembered of a layout: how its columns were explained once, so that the same sheet is never asked about again."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from db.schema.sheets import SheetMemory
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Memory:
    """One layout with its answers as they were kept; ``name`` is what the clerk calls it, ``at`` when it was explained last."""

    fingerprint: str
    name: str
    answers: Mapping[str, Any]
    at: datetime


_COLUMNS = (SheetMemory.fingerprint, SheetMemory.name, SheetMemory.answers, SheetMemory.at)


def recall(unit: Unit, purpose: str, fingerprint: str) -> Memory | None:
    """What was answered for this layout; None when it was never met."""
    query = select(*_COLUMNS).where(SheetMemory.purpose == purpose, SheetMemory.fingerprint == fingerprint)
    row = unit.session.execute(query).one_or_none()
    return None if row is None else Memory(row.fingerprint, row.name, json.loads(row.answers), row.at)


def all_of(unit: Unit, purpose: str) -> tuple[Memory, ...]:
    """Every layout remembered for a purpose, the newest first."""
    query = (
        select(*_COLUMNS).where(SheetMemory.purpose == purpose).order_by(SheetMemory.at.desc(), SheetMemory.id.desc())
    )
    return tuple(Memory(r.fingerprint, r.name, json.loads(r.answers), r.at) for r in unit.session.execute(query))


def keep(unit: Unit, purpose: str, fingerprint: str, name: str, answers: Mapping[str, Any]) -> None:
    """Remember how a layout was explained, in place of what was remembered of it; the trail says so without the answers."""
    row = {
        "purpose": purpose, "fingerprint": fingerprint, "name": name, "at": unit.now, "actor_id": unit.actor.id,
        "answers": json.dumps(answers, ensure_ascii=False, sort_keys=True),
    }  # fmt: skip
    added = insert(SheetMemory).values(row)
    new = {key: added.excluded[key] for key in ("name", "answers", "at", "actor_id")}
    unit.session.execute(added.on_conflict_do_update(index_elements=["purpose", "fingerprint"], set_=new))
    unit.trail("记住表头", entity="sheet_memory", purpose=purpose, name=name)


def forget(unit: Unit, purpose: str, fingerprint: str) -> None:
    """Ask about this layout again next time."""
    unit.session.execute(
        delete(SheetMemory).where(SheetMemory.purpose == purpose, SheetMemory.fingerprint == fingerprint)
    )
    unit.trail("忘记表头", entity="sheet_memory", purpose=purpose)
