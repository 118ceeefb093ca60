"""村初审 and 镇审核: the village's opinion after a full notice, then the town's review by someone who entered none of it.

A batch is all or nothing: when the door is shut for one household, nothing is written and every reason is told.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.errors import Problem, Refused
from db.rules.case import Gate, Kind, Outcome, State
from db.rules.codes import BatchKind, Role
from db.schema.account import Account
from db.schema.case import EventRow
from db.services import batches, cases
from db.services.cases import Act
from db.store.unit import Unit

OWN_WORK = (Kind.FILED, Kind.VERIFIED, Kind.APPRAISED, Kind.LISTED, Kind.OBJECTED, Kind.INVESTIGATED, Kind.OPINED)


@dataclass(frozen=True, slots=True)
class Opinion:
    """The village's opinion: on which day, by whom signed, agreeing or not and why."""

    given_on: date
    signer: str
    team_leader: str
    agree: bool = True
    reason: str = ""


def opine(unit: Unit, case_ids: Sequence[int], opinion: Opinion) -> None:
    """Record the village's opinion on these households; needs a full period without open objection."""
    unit.require_trusted_day()
    problems = [Problem(f"没有填写{label}", key) for key, value, label in (
        ("signer", opinion.signer, "村负责人"), ("team_leader", opinion.team_leader, "驻村队长")) if not value.strip()]  # fmt: skip
    if not opinion.agree and not opinion.reason.strip():
        problems.append(Problem("不同意上报须写明理由", "reason"))
    if problems:
        raise Refused(problems)
    before = cases.states(unit, case_ids)
    gate_of = cases.gates(unit, {s.gate_id for s in before.values() if s.gate_id})
    acts = [Act(i, opinion.given_on, _facts(opinion, before[i], gate_of)) for i in case_ids]
    cases.admit(unit, Kind.OPINED, acts)
    _not_inside(unit, acts, before, gate_of)
    cases.write(unit, Kind.OPINED, acts, bulk=len(acts) > 1, reason=opinion.reason)


def _facts(opinion: Opinion, state: State, gate_of: dict[int, Gate]) -> dict[str, object]:
    gate = gate_of.get(state.gate_id or 0)
    return {
        "agree": opinion.agree,
        "reason": opinion.reason.strip(),
        "signer": opinion.signer,
        "team_leader": opinion.team_leader,
        "notice_id": state.gate_id,
        "notice_first": gate.first.isoformat() if gate and gate.first else "",
        "notice_last": gate.last.isoformat() if gate and gate.last else "",
        "notice_note": f"{gate.first:%m-%d}—{gate.last:%m-%d}" if gate and gate.first and gate.last else "",
    }


def _not_inside(unit: Unit, acts: Sequence[Act], before: dict[int, State], gate_of: dict[int, Gate]) -> None:
    """The opinion's own date may not lie inside the notice either, whatever today is."""
    early = [
        (a, gate) for a in acts if (gate := gate_of.get(before[a.case_id].gate_id or 0)) and gate.decide_from
        and a.acted_on < gate.decide_from
    ]  # fmt: skip
    if early:
        called = cases.names(unit, [a.case_id for a, _ in early])
        raise Refused([
            Problem(f"{called[a.case_id]}：意见日期 {a.acted_on} 在公示期内，公示到 {gate.last} 才满", "given_on", called[a.case_id])
            for a, gate in early
        ])  # fmt: skip


def review(
    unit: Unit, case_ids: Sequence[int], *, reviewed_on: date, outcome: Outcome, reason: str = "", document: str = ""
) -> int:
    """The town passes or returns households, singly or as a batch; returns the review's id.

    Refused unless the one acting is a reviewer who entered no step of any of the cases, and to return without a reason.
    """
    if unit.actor.role is not Role.REVIEWER:
        raise Refused("镇审核须由审核人办理，请换审核人登录")
    if outcome is Outcome.REFUSED:
        raise Refused("镇审核只能通过或退回，不予认定由县决定")
    if outcome is Outcome.RETURNED and not reason.strip():
        raise Refused([Problem("退回须写明原因", "reason")])
    _refuse_own(unit, case_ids)
    facts = {"outcome": outcome.value, "reason": reason.strip(), "document": document}
    acts = [Act(case_id, reviewed_on, facts) for case_id in case_ids]
    cases.admit(unit, Kind.REVIEWED, acts)
    batch_id = batches.make(unit, BatchKind.REVIEW, village_id=None, dated=reviewed_on, facts=facts)
    cases.write(unit, Kind.REVIEWED, acts, batch_id=batch_id, bulk=len(acts) > 1, reason=reason)
    return batch_id


def _refuse_own(unit: Unit, case_ids: Sequence[int]) -> None:
    query = (
        select(EventRow.case_id)
        .join(Account, Account.id == EventRow.actor_id)
        .where(EventRow.case_id.in_(case_ids), EventRow.actor_id == unit.actor.id, EventRow.kind.in_(OWN_WORK))
    )
    own = set(unit.session.scalars(query))
    if own:
        called = cases.names(unit, own)
        raise Refused(
            [
                Problem(
                    f"{called[i]}：{unit.actor.name}录入过本户的步骤，不能再审核本户，须由另一人审核", where=called[i]
                )
                for i in own
            ]
        )
