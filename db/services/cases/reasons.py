"""Reasons kept for doubts: why something that looks wrong stands as it is. A reason counts as long as the values it was given for.

The clerk is asked once; what he said is shown wherever the doubt would be shown again, with his name and the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from db.errors import Problem, Refused
from db.rules.checks import check_subject
from db.rules.checks.doubt import Doubt, doubt_of
from db.rules.checks.finding import Finding
from db.rules.checks.register import RULES
from db.rules.checks.subject import look_at
from db.rules.values import Household
from db.schema.account import Account
from db.schema.recheck import FindingReason
from db.services.bulk import among, insert_rows
from db.services.cases import cases
from db.services.register import households
from db.store.unit import Unit

LEAST = 2
"""Characters of a reason."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A reason with who gave it and when."""

    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """A fault, or a doubt without a reason, ready to be shown: the household, the rule's title, the sentence."""

    doubt: Doubt
    home: str
    head_name: str
    title: str
    text: str
    finding: Finding


def keep(unit: Unit, doubts: Sequence[Doubt], reason: str) -> int:
    """Keep one reason for all these doubts; returns how many. Refused without doubts or with an empty reason."""
    said = reason.strip()
    if not doubts:
        raise Refused("没有选中任何一处")
    if len(said) < LEAST:
        raise Refused([Problem("请写明理由，例如：户口簿如此，已向村委会核实", "reason")])
    rows = [
        {
            "household_id": d.household_id,
            "rule": d.rule,
            "subject": d.subject,
            "fingerprint": d.fingerprint,
            "reason": said,
            "at": unit.now,
            "actor_id": unit.actor.id,
        }
        for d in dict.fromkeys(doubts)
    ]
    insert_rows(unit, FindingReason, rows)
    unit.trail(
        "说明理由", entity="household", entity_id=doubts[0].household_id if len(rows) == 1 else None, reason=said,
        count=len(rows), rules="、".join(sorted({d.rule for d in doubts})),
    )  # fmt: skip
    return len(rows)


def kept(unit: Unit, household_ids: Iterable[int] | None = None) -> dict[Doubt, Kept]:
    """The newest reason of every doubt of these households, or of all; one query."""
    query = select(
        FindingReason.household_id, FindingReason.rule, FindingReason.subject, FindingReason.fingerprint,
        FindingReason.reason, Account.name, FindingReason.at,
    ).join(Account, Account.id == FindingReason.actor_id)  # fmt: skip
    if household_ids is not None:
        query = query.where(among(FindingReason.household_id.expression, household_ids))
    rows = unit.session.execute(query.order_by(FindingReason.id))
    return {
        Doubt(home, rule, subject, mark): Kept(reason, actor, at)
        for home, rule, subject, mark, reason, actor, at in rows
    }


def open_doubts(unit: Unit, household_ids: Sequence[int]) -> tuple[Open, ...]:
    """The doubts of these households nobody has explained yet, household by household; the door of a step asks for them."""
    return tuple(one for one in standing(unit, household_ids) if one.finding.severity == "W")


@dataclass(frozen=True, slots=True)
class Explained:
    """A doubt that still stands with the reason that answers it."""

    text: str
    kept: Kept


@dataclass(frozen=True, slots=True)
class Doubts:
    """All doubts of one household that stand: those nobody has explained yet, and those with a reason, so that nobody asks again."""

    open: tuple[Open, ...] = ()
    explained: tuple[Explained, ...] = ()


def doubts_of(unit: Unit, household_id: int) -> Doubts:
    """The doubts of one household, checked once; none when the record has no such household."""
    home = households.get_many(unit, [household_id]).get(household_id)
    if home is None:
        return Doubts()
    said = kept(unit, [household_id])
    found = [one for one in _findings(unit, household_id, home) if one.finding.severity == "W"]
    return Doubts(
        tuple(one for one in found if one.doubt not in said),
        tuple(Explained(one.text, said[one.doubt]) for one in found if one.doubt in said),
    )


def open_in_cases(unit: Unit, case_ids: Sequence[int]) -> tuple[Open, ...]:
    """As ``open_doubts`` for the households of these cases."""
    of = cases.households_of(unit, case_ids)
    return open_doubts(unit, [of[case_id] for case_id in case_ids if case_id in of])


def door(unit: Unit, case_ids: Sequence[int]) -> list[Problem]:
    """What keeps these households from a step that uses what is recorded of them: faults, and doubts without a reason."""
    of = cases.households_of(unit, case_ids)
    called = cases.names(unit, case_ids)
    name_of = {household_id: called[case_id] for case_id, household_id in of.items()}
    found = []
    for one in standing(unit, list(of.values())):
        name = name_of[one.doubt.household_id]
        text = one.text if one.finding.severity == "E" else f"还没有说明理由——{one.text}"
        found.append(Problem(f"{name}：{text}", one.finding.field, name, one.doubt.rule))
    return found


def standing(unit: Unit, household_ids: Sequence[int]) -> tuple[Open, ...]:
    """Faults and unexplained doubts of these households, household by household; six queries."""
    homes = households.get_many(unit, household_ids)
    explained = kept(unit, household_ids)
    return tuple(
        one
        for household_id in household_ids
        if household_id in homes
        for one in _standing(unit, household_id, homes[household_id], explained)
    )


def _standing(unit: Unit, household_id: int, household: Household, explained: Mapping[Doubt, Kept]) -> Iterator[Open]:
    for one in _findings(unit, household_id, household):
        if one.finding.severity == "E" or one.doubt not in explained:
            yield one


def _findings(unit: Unit, household_id: int, household: Household) -> Iterator[Open]:
    """Faults and doubts of one household, explained or not."""
    for finding in check_subject(look_at(household, unit.today, None)):
        if finding.severity != "I":
            doubt = doubt_of(household_id, household, finding)
            yield Open(doubt, household.named, household.head_name, RULES[finding.rule].title, finding.text, finding)
