"""村初审 and 镇审核: the village's opinion after a full notice, then the town's review by someone who entered none of it.

A batch is all or nothing: when the door is shut for one household, nothing is written and every reason is told.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from db.errors import Problem, Refused
from db.rules.case import OWN_WORK, Gate, Kind, Outcome, State
from db.rules.codes import BatchKind, Direction, Role
from db.rules.documents import tidy
from db.rules.procedure import IDENTIFICATION
from db.schema.case import CaseRow, EventRow
from db.schema.household import HouseholdRow
from db.services.cases import batches, cases, documents, reasons
from db.services.cases.cases import Act
from db.services.cases.documents import Draft
from db.services.evidence import shortfall
from db.services.town import town
from db.store.unit import Unit

OWN_BAR = "录入过本户的步骤，不能再审核本户，须由另一人审核"


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
    cases.act(unit, Kind.OPINED, acts, bulk=len(acts) > 1, reason=opinion.reason)


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


def signers(unit: Unit, village_id: int) -> tuple[str, str]:
    """Who signed the village's last opinion: its head and the team's leader; ("", "") before the first one."""
    query = (
        select(EventRow.facts)
        .join(CaseRow, CaseRow.id == EventRow.case_id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(HouseholdRow.village_id == village_id, EventRow.kind == Kind.OPINED)
        .order_by(EventRow.id.desc())
        .limit(1)
    )
    facts = json.loads(unit.session.scalar(query) or "{}")
    return str(facts.get("signer", "")), str(facts.get("team_leader", ""))


def review(
    unit: Unit, case_ids: Sequence[int], *, reviewed_on: date, outcome: Outcome, reason: str = "", document: str = "",
    sampled: int | None = None, matching: str = "",
) -> int:  # fmt: skip
    """The town passes or returns households, singly or as a batch; returns the review's id.

    ``sampled`` is how many households were visited again, ``matching`` what the departments' data said. Refused unless the one
    acting is a reviewer who entered no step of any of the cases, to return without a reason, and to pass what lacks evidence where the
    town asks for all of it, or has a fault or a doubt without a reason.
    """
    if unit.actor.role is not Role.REVIEWER:
        raise Refused("镇审核须由审核人办理，请换审核人登录")
    if outcome is Outcome.REFUSED:
        raise Refused("镇审核只能通过或退回，不予认定由县决定")
    problems = _review_problems(case_ids, outcome, reason, sampled) + _own_problems(unit, case_ids)
    if outcome is Outcome.PASSED:
        problems += _evidence_problems(unit, case_ids)
        problems += _found_problems(unit, case_ids)
    if problems:
        raise Refused(problems)
    number = tidy(document)
    facts = {"outcome": outcome.value, "reason": reason.strip(), "document": number}
    acts = [Act(case_id, reviewed_on, facts) for case_id in case_ids]
    cases.admit(unit, Kind.REVIEWED, acts)
    days = town.options(unit).notice_days
    found = facts | {"sampled": sampled, "matching": matching.strip(), "notice_days": days}
    ladder = cases.ladder_of(unit, case_ids).key
    batch_id = batches.make(unit, BatchKind.REVIEW, village_id=None, dated=reviewed_on, facts=found, ladder=ladder)
    if number:
        _register(unit, number, reviewed_on, batch_id)
    cases.write(unit, Kind.REVIEWED, acts, batch_id=batch_id, bulk=len(acts) > 1, reason=reason)
    return batch_id


def _register(unit: Unit, number: str, dated: date, batch_id: int) -> None:
    """The report's number goes into 发文登记簿, so that it is typed once."""
    named = town.town(unit)
    title = f"{named.name}相对贫困户审核情况的报告"
    draft = Draft(Direction.OUT, number, title, f"{named.county}扶贫办", dated, batch_id)
    documents.adopt(unit, draft, BatchKind.REVIEW, field="document")


def _review_problems(case_ids: Sequence[int], outcome: Outcome, reason: str, sampled: int | None) -> list[Problem]:
    found = [] if case_ids else [Problem("没有选中任何一户")]
    if outcome is Outcome.RETURNED and not reason.strip():
        found.append(Problem("退回须写明原因", "reason"))
    if sampled is not None and sampled > len(case_ids):
        found.append(Problem(f"抽查核实 {sampled} 户，多于本次审核的 {len(case_ids)} 户，请核对", "sampled"))
    return found


def _evidence_problems(unit: Unit, case_ids: Sequence[int]) -> list[Problem]:
    """What the files lack, where the town lets nothing pass without it; elsewhere it is only shown."""
    if not town.options(unit).evidence_stops:
        return []
    lacking = {i: found for i, found in shortfall.lacking(unit, case_ids).items() if found}
    called = cases.names(unit, lacking)
    return [
        Problem(
            f"{called[i]}：还欠 {len(found)} 件材料（{'、'.join(one.text for one in found[:3])}{'等' if len(found) > 3 else ''}），补齐后再审核",
            where=called[i],
        )
        for i, found in lacking.items()
    ]


def _found_problems(unit: Unit, case_ids: Sequence[int]) -> list[Problem]:
    """Who comes onto the register is passed without faults, and with a reason for every doubt; removal asks for neither."""
    ladder_of = cases.ladders(unit, case_ids)
    return reasons.door(unit, [i for i in case_ids if i in ladder_of and ladder_of[i].key == IDENTIFICATION])


def own_cases(unit: Unit, case_ids: Sequence[int]) -> frozenset[int]:
    """Those of the cases of which the person logged in entered a step, and which he therefore may not review."""
    query = select(EventRow.case_id).where(
        EventRow.case_id.in_(case_ids), EventRow.actor_id == unit.actor.id, EventRow.kind.in_(OWN_WORK)
    )
    return frozenset(unit.session.scalars(query))


def _own_problems(unit: Unit, case_ids: Sequence[int]) -> list[Problem]:
    own = own_cases(unit, case_ids)
    called = cases.names(unit, own)
    text = f"{unit.actor.name}{OWN_BAR}"
    return [Problem(f"{called[i]}：{text}", where=called[i]) for i in case_ids if i in own]
