"""Why each event of the register happened and on which papers: 六进 and 七不进 of the visits and removals, proofs of the changes, who
confirmed.

Two queries whatever the number of events.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from db.rules.case import Kind, Outcome, Status
from db.rules.codes import Entry, Finding
from db.rules.ledger import Gone, LedgerHousehold
from db.rules.removal import RemovalReason
from db.rules.turn import NATIONAL, Turn, TurnKind
from db.rules.turns import turns_of
from db.schema.account import Account
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.household import HouseholdChange
from db.services.bulk import among
from db.store.unit import Unit

_OTHER_ENTRY = "60", "其他"
_KINDS = (
    Kind.PROPOSED, Kind.VERIFIED, Kind.APPRAISED, Kind.OPINED, Kind.REVIEWED, Kind.DECIDED, Kind.CORRECTED,
)  # fmt: skip
_FACTS = ("code", "entries", "notice_note", "document", "outcome")


@dataclass(slots=True)
class _Papers:
    """What is known of the case that brought a household on the register or off it: facts and day of the newest event of each kind."""

    acts: dict[Kind, tuple[date, Mapping[str, str | None]]] = field(default_factory=dict)

    def told(self, turn: Turn) -> Turn:
        """The event with its reason and papers."""
        code, cause = self._entry() if turn.kind is TurnKind.ADDED else self._removal()
        return replace(
            turn, code=code, cause=cause, proof=self._village(), town=self._ruled(Kind.REVIEWED),
            county=self._ruled(Kind.DECIDED),
        )  # fmt: skip

    def _fact(self, kind: Kind, key: str) -> str:
        return (self.acts[kind][1].get(key) or "") if kind in self.acts else ""

    def _entry(self) -> tuple[str, str]:
        """The first of 六进 that was found; 其他 when none was."""
        said = json.loads(self._fact(Kind.VERIFIED, "entries") or "{}")
        found = next((e for e in Entry if said.get(e.value, [""])[0] == Finding.YES.value), None)
        return (found.value, found.label.removesuffix("要进")) if found else _OTHER_ENTRY

    def _removal(self) -> tuple[str, str]:
        code = self._fact(Kind.PROPOSED, "code")
        return (code, RemovalReason.of(code).label) if code else ("", "")

    def _village(self) -> str:
        """民主评议 and 公示."""
        noted = self._fact(Kind.OPINED, "notice_note")
        held = f"{self.acts[Kind.APPRAISED][0]}民主评议" if Kind.APPRAISED in self.acts else ""
        return "，".join(part for part in (held, f"公示{noted}" if noted else "") if part)

    def _ruled(self, kind: Kind) -> str:
        if self._fact(kind, "outcome") != Outcome.PASSED.value:
            return ""
        return f"{self.acts[kind][0]} {self._fact(kind, 'document')}".rstrip()


def told(unit: Unit, households: Iterable[LedgerHousehold], gone: Iterable[Gone], first: date) -> tuple[Turn, ...]:
    """The events of these stays since ``first`` with their reasons and papers, by their days."""
    bare = turns_of(households, gone, first)
    papers = _papers(unit, [t.household_id for t in bare if t.kind in (TurnKind.ADDED, TurnKind.ENDED)])
    changes = _changes(unit, sorted({t.change_id for t in bare if t.change_id}))
    return tuple(_told(turn, papers, changes) for turn in bare)


def _told(turn: Turn, papers: Mapping[tuple[int, TurnKind, date], _Papers], changes: Mapping[int, _Change]) -> Turn:
    if turn.change_id:
        said = changes[turn.change_id]
        code, cause = NATIONAL.get(turn.change, ("", said.cause)) if turn.change else ("", "")
        return replace(turn, code=code, cause=cause, proof=said.proof, town=said.town)
    found = papers.get((turn.household_id, turn.kind, turn.on))
    return found.told(turn) if found else turn


def _papers(unit: Unit, household_ids: Sequence[int]) -> dict[tuple[int, TurnKind, date], _Papers]:
    """The papers of each coming and going of these households, by what happened and on which day."""
    facts = [func.json_extract(EventRow.facts, f"$.{key}").label(key) for key in _FACTS]
    query = (
        select(
            CaseRow.id, CaseRow.household_id, StateRow.status, StateRow.registered_on, StateRow.since,
            EventRow.id.label("event_id"), EventRow.kind, EventRow.acted_on, EventRow.undoes, *facts,
        )
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .where(among(CaseRow.household_id.expression, household_ids), EventRow.kind.in_(_KINDS))
        .where(StateRow.status.in_((Status.REGISTERED, Status.REMOVED)))
        .order_by(EventRow.case_id, EventRow.id)
    )  # fmt: skip
    rows = unit.session.execute(query).all()
    void = {i for row in rows if row.kind is Kind.CORRECTED for i in json.loads(row.undoes)}
    found: dict[tuple[int, TurnKind, date], _Papers] = {}
    for row in rows:
        if row.kind is not Kind.CORRECTED and row.event_id not in void:
            found.setdefault(_key(row), _Papers()).acts[row.kind] = (
                row.acted_on,
                dict(zip(_FACTS, row[-len(_FACTS) :], strict=True)),
            )
    return found


def _key(row: Any) -> tuple[int, TurnKind, date]:  # noqa: ANN401 - a result row has no static type
    if row.status is Status.REMOVED:
        return row.household_id, TurnKind.ENDED, row.since
    return row.household_id, TurnKind.ADDED, row.registered_on


@dataclass(frozen=True, slots=True)
class _Change:
    """What a change says of itself: why, on which paper, and who of the town confirmed it when."""

    cause: str
    proof: str
    town: str


def _changes(unit: Unit, change_ids: Sequence[int]) -> dict[int, _Change]:
    if not change_ids:
        return {}
    c, second = HouseholdChange, aliased(Account)
    proof_on = func.json_extract(c.facts, "$.proof_on")
    query = (
        select(c.id, c.reason, c.proof, proof_on, c.entered_at, Account.name, second.name)
        .join(Account, Account.id == c.actor_id)
        .outerjoin(second, second.id == c.approver_id)
        .where(among(c.id.expression, change_ids))
    )
    return {
        change_id: _Change(
            reason, " ".join(part for part in (proof, proof_on) if part), f"{entered_at:%Y-%m-%d} {by or actor}"
        )
        for change_id, reason, proof, proof_on, entered_at, actor, by in unit.session.execute(query)
    }
