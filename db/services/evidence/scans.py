"""Photos and scans that hang on households and on their papers, read for printing: what each shows and where, not its bytes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select

from db.rules.codes import EvidenceKind
from db.schema.attachment import Attachment
from db.schema.evidence import EvidenceRow, EvidenceVoid
from db.services.bulk import among
from db.store.unit import Unit

PDF = "application/pdf"


@dataclass(frozen=True, slots=True)
class Scan:
    """One file: kept under ``sha``; ``name`` is what it was called when it came in, ``place`` where a posted list hangs."""

    sha: str
    kind: EvidenceKind
    name: str
    is_pdf: bool
    place: str = ""
    taken_on: date | None = None
    note: str = ""


def of_households(unit: Unit, household_ids: Iterable[int]) -> dict[int, tuple[Scan, ...]]:
    """What hangs on each household, in the order of the file; one query."""
    return _read(unit, EvidenceRow.household_id.expression, among(EvidenceRow.household_id.expression, household_ids))


def of_batches(unit: Unit, batch_ids: Iterable[int]) -> dict[int, tuple[Scan, ...]]:
    """What hangs on each paper that many households share (minutes, notice, review); one query."""
    return _read(unit, EvidenceRow.batch_id.expression, among(EvidenceRow.batch_id.expression, batch_ids))


def _read(unit: Unit, owner: ColumnElement[Any], wanted: ColumnElement[bool]) -> dict[int, tuple[Scan, ...]]:
    row = EvidenceRow
    query = (
        select(owner, row.sha256, row.kind, Attachment.name, Attachment.mime, row.place, row.taken_on, row.note)
        .join(Attachment, Attachment.sha256 == row.sha256)
        .where(wanted, row.id.not_in(select(EvidenceVoid.evidence_id)))
        .order_by(row.id)
    )
    found: dict[int, list[Scan]] = {}
    for of, sha, kind, name, mime, place, taken_on, note in unit.session.execute(query):
        found.setdefault(of, []).append(Scan(sha, kind, name, mime == PDF, place, taken_on, note))
    order = {kind: n for n, kind in enumerate(EvidenceKind)}
    return {of: tuple(sorted(scans, key=lambda scan: order[scan.kind])) for of, scans in found.items()}
