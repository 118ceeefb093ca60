"""The files that were taken in: what each wrote, when, by whom, whether it was seen before, and what the record held since.

A run keeps how far the tables reached when it ended, so that whatever was built on its households afterwards is found without a clock.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select

from db.rules.values import Household
from db.schema.account import Account
from db.schema.base import Base
from db.schema.batch import BatchRow
from db.schema.case import EventRow
from db.schema.crosscheck import CrossHit
from db.schema.evidence import EvidenceRow
from db.schema.household import HouseholdChange, HouseholdRow
from db.schema.recheck import FindingReason, RecheckOutcome
from db.schema.rekey import RekeyItem
from db.schema.sheets import ImportRow, ImportRun, ImportUndo, SentRow
from db.schema.trail import Trail
from db.services.bulk import among, insert_rows
from db.services.register import snapshots
from db.store.unit import Unit

ROSTER = "roster"
BUILDING: tuple[type[Base], ...] = (
    EventRow, HouseholdChange, EvidenceRow, RecheckOutcome, FindingReason, RekeyItem, CrossHit, SentRow, BatchRow,
)  # fmt: skip
"""What can be built on a household once it is in the record."""


@dataclass(frozen=True, slots=True)
class Wrote:
    """One household a file wrote: its version before (0 for a new one) and after."""

    household_id: int
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Run:
    """One file taken in. ``new`` and ``changed`` count households and persons; ``undone`` says when and by whom it was taken back, ""
    while it stands."""

    id: int
    kind: str
    file_name: str
    sha256: str
    at: datetime
    actor: str
    new: tuple[int, int]
    changed: tuple[int, int]
    mended: int
    undone: str = ""


def keep(
    unit: Unit, file_name: str, sha256: str, counts: Mapping[str, Any], wrote: Sequence[Wrote], kind: str = ROSTER
) -> int:
    """Keep what a file wrote and return the run's id; the caller's line of the trail seals it.

    ``counts`` are plain JSON values, "new" and "changed" among them as [households, persons].
    """
    facts = {**counts, "reached": {row.__tablename__: _highest(unit, row) for row in BUILDING}}
    run = {
        "kind": kind,
        "file_name": file_name,
        "sha256": sha256,
        "counts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
        "at": unit.now,
        "actor_id": unit.actor.id,
    }
    (run_id,) = insert_rows(unit, ImportRun, [run])
    rows = [{"run_id": run_id, "household_id": w.household_id, "before": w.before, "after": w.after} for w in wrote]
    insert_rows(unit, ImportRow, rows)
    return run_id


def earlier(unit: Unit, most: int = 200) -> tuple[Run, ...]:
    """The files taken in, the newest first."""
    return _runs(unit, [], most)


def one(unit: Unit, run_id: int) -> Run:
    """One run; LookupError when the record has none of that id."""
    found = _runs(unit, [ImportRun.id == run_id], 1)
    if not found:
        raise LookupError(run_id)
    return found[0]


def rows_of(unit: Unit, run_id: int) -> tuple[Wrote, ...]:
    """What one run wrote, in the order of the file."""
    query = select(ImportRow.household_id, ImportRow.before, ImportRow.after).where(ImportRow.run_id == run_id)
    return tuple(Wrote(*row) for row in unit.session.execute(query.order_by(ImportRow.id)))


def reached(unit: Unit, run_id: int) -> Mapping[str, int]:
    """The highest id of each table in ``BUILDING`` when the run ended."""
    said = unit.session.scalar(select(ImportRun.counts).where(ImportRun.id == run_id))
    found: dict[str, int] = json.loads(said or "{}").get("reached", {})
    return found


def seen(unit: Unit, sha256: str) -> str:
    """When and by whom this very file was taken in before, "" when it was not."""
    runs = _runs(unit, [ImportRun.sha256 == sha256], 1)
    if runs:
        (run,) = runs
        again = f"，{run.undone}" if run.undone else ""
        return f"这份文件已于 {run.at:%Y-%m-%d %H:%M} 由{run.actor}录入过{again}"
    line = unit.session.scalars(
        select(Trail).where(Trail.action == "名册录入", Trail.payload.contains(sha256)).order_by(Trail.seq.desc())
    ).first()
    return f"这份文件已于 {line.at:%Y-%m-%d %H:%M} 由{line.actor_name}录入过" if line else ""


def same_content(unit: Unit, sha256: str, content: str) -> str:
    """Under what other name the same households were taken in before, "" when they were not."""
    query = [ImportRun.sha256 != sha256, ImportRun.counts.contains(f'"content": "{content}"')]
    runs = [run for run in _runs(unit, query, 1) if not run.undone]
    return f"内容与 {runs[0].at:%Y-%m-%d %H:%M} 由{runs[0].actor}录入的“{runs[0].file_name}”相同" if runs else ""


def content_of(homes: Iterable[Household]) -> str:
    """A digest of what households say, in whatever order and under whatever name their file comes."""
    digests = sorted(hashlib.sha256(snapshots.snapshot(home).encode()).digest() for home in homes)
    return hashlib.sha256(b"".join(digests)).hexdigest()


def written(unit: Unit, household_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The versions of each household that a file wrote, runs taken back left out; households no file ever wrote are not in it."""
    row, gone, home = ImportRow, select(ImportUndo.run_id), HouseholdRow
    of_these = among(row.household_id.expression, household_ids)
    found: dict[int, set[int]] = {}
    for household_id, after in unit.session.execute(
        select(row.household_id, row.after).where(of_these, row.run_id.not_in(gone))
    ):
        found.setdefault(household_id, set()).add(after)
    # Records from before runs were kept say of a new household only that a file brought it.
    for household_id in unit.session.scalars(
        select(home.id).where(among(home.id.expression, household_ids), home.source_sha != "")
    ):
        found.setdefault(household_id, set()).add(1)
    return {household_id: frozenset(versions) for household_id, versions in found.items()}


def taken_back(unit: Unit, household_ids: Collection[int]) -> dict[int, frozenset[int]]:
    """The versions of each household that a run wrote and its undoing wrote over: as if they had never been."""
    row = ImportRow
    query = select(row.household_id, row.after).where(
        among(row.household_id.expression, household_ids), row.run_id.in_(select(ImportUndo.run_id))
    )
    found: dict[int, set[int]] = {}
    for household_id, after in unit.session.execute(query):
        found.setdefault(household_id, set()).update((after, after + 1))
    return {household_id: frozenset(versions) for household_id, versions in found.items()}


def _highest(unit: Unit, row: type[Base]) -> int:
    return unit.session.scalar(select(func.max(row.__table__.c.id))) or 0


def _runs(unit: Unit, where: Sequence[Any], most: int) -> tuple[Run, ...]:
    undoer = Account.__table__.alias("undoer")
    query = (
        select(ImportRun, Account.name, ImportUndo.at, undoer.c.name)
        .join(Account, Account.id == ImportRun.actor_id)
        .outerjoin(ImportUndo, ImportUndo.run_id == ImportRun.id)
        .outerjoin(undoer, undoer.c.id == ImportUndo.actor_id)
        .where(*where)
        .order_by(ImportRun.id.desc())
        .limit(most)
    )
    return tuple(_run(*row) for row in unit.session.execute(query))


def _run(row: ImportRun, actor: str, undone_at: datetime | None, undoer: str | None) -> Run:
    facts: dict[str, Any] = json.loads(row.counts)
    undone = f"已于 {undone_at:%Y-%m-%d %H:%M} 由{undoer}撤销" if undone_at else ""
    new, changed = ((pair[0], pair[1]) for pair in (facts.get("new", (0, 0)), facts.get("changed", (0, 0))))
    mended = int(facts.get("mended", 0))
    return Run(row.id, row.kind, row.file_name, row.sha256, row.at, actor, new, changed, mended, undone)
