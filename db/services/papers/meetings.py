"""The papers of an assembly: the call, the sheet to sign, the minutes and the posted result; before it is held and after.

Before it is held they name the households of the village that wait for it, so that nothing but the votes is written by hand.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from db.errors import Refused
from db.papers import appraisal, convening
from db.papers.appraisal import AppraisalFacts, VoteRow
from db.papers.convening import CalledRow, ConveningFacts
from db.papers.model import Paper
from db.rules.case import Status
from db.rules.codes import AppraisalKind
from db.rules.procedure import IDENTIFICATION, Step, ladders
from db.services.cases import batches, cases
from db.services.cases.paperhomes import homes_of
from db.services.notices.paper import committee_of
from db.services.papers import village as village_papers
from db.services.town import search, town
from db.services.town.placenames import village_then
from db.services.town.search import Filter
from db.services.town.town import VillageInfo
from db.store.unit import Unit

CALL, SIGN_IN, MINUTES, RESULTS = "评议会议通知", "签到表", "会议记录", "评议结果表"
BEFORE = (CALL, SIGN_IN, MINUTES)
AFTER = (CALL, SIGN_IN, MINUTES, RESULTS)


@dataclass(frozen=True, slots=True)
class Plan:
    """An assembly to come, as far as it was typed."""

    village_id: int
    kind: AppraisalKind | None = None
    held_on: date | None = None
    time: str = ""
    place: str = ""
    called_on: date | None = None
    subject: str = ""
    chair: str = ""
    recorder: str = ""
    due: int | None = None
    guests: str = ""
    ladder: str = IDENTIFICATION

    @classmethod
    def of_values(cls, village_id: int, values: Mapping[str, Any], ladder: str = IDENTIFICATION) -> Plan:
        """From the values of the meeting's form; a blank text is ""."""
        texts: dict[str, Any] = {key: values.get(key) or "" for key in _TEXTS}
        texts |= {key: values.get(key) for key in ("kind", "held_on", "called_on", "due")}
        return cls(village_id, **texts, ladder=ladder)


_TEXTS = ("time", "place", "subject", "chair", "recorder", "guests")


def planned(unit: Unit, plan: Plan, name: str) -> Paper:
    """One of ``BEFORE`` for an assembly to come; Refused when the village is not there."""
    village = next((v for v in town.villages(unit) if v.id == plan.village_id), None)
    if village is None:
        raise Refused("先选哪个村开会")
    wanted = Filter(village_id=plan.village_id, step=Step.APPRAISAL, status=Status.RUNNING, ladder=plan.ladder)
    waiting = search.lines(unit, search.ids(unit, wanted)).values()
    if name == CALL:
        rows = tuple(CalledRow(x.group, x.head_name, x.size, x.attribute) for x in waiting)
        return convening.build(_call(plan, village, rows))
    votes = tuple(VoteRow(x.group, x.head_name, x.size, None, None, None, "") for x in waiting)
    facts = AppraisalFacts(
        town=town.town(unit).name,
        village=village.name,
        committee=committee_of(village.name),
        assembly=plan.kind.label if plan.kind else "",
        subject=plan.subject or ladders()[plan.ladder].topic,
        held_on=plan.held_on,
        place=plan.place,
        chair=plan.chair,
        recorder=plan.recorder,
        due=plan.due,
        present=None,
        quorum="",
        rows=votes,
        guests=plan.guests,
    )
    return _OF_MEETING[name](facts)


def held(unit: Unit, batch_id: int, name: str) -> Paper:
    """One of ``AFTER`` for an assembly in the record; its days are those of the assembly."""
    if name == CALL:
        return _call_again(unit, batch_id)
    return _OF_MEETING[name](village_papers.minutes(unit, batch_id))


def _call_again(unit: Unit, batch_id: int) -> Paper:
    batch = batches.get(unit, batch_id)
    facts, village = batch.facts, village_then(unit, batch.village_id or 0, batch.dated, batch.made_at)
    of = cases.households_of(unit, cases.events_of_batch(unit, batch_id))
    homes = homes_of(unit, of.values(), batch)
    called = facts.get("called_on")
    plan = Plan(
        village_id=village.id,
        kind=AppraisalKind.of(facts["kind"]),
        held_on=batch.dated,
        time=facts.get("time", ""),
        place=facts["place"],
        called_on=date.fromisoformat(called) if called else None,
        subject=facts.get("subject", ""),
        ladder=batch.ladder,
    )
    rows = tuple(
        CalledRow(h.group, h.head_name, h.size, h.attribute.label if h.attribute else "") for h in homes.values()
    )
    return convening.build(_call(plan, village, rows))


def _call(plan: Plan, village: VillageInfo, rows: tuple[CalledRow, ...]) -> ConveningFacts:
    return ConveningFacts(
        village=village.name,
        committee=committee_of(village.name),
        assembly=plan.kind.label if plan.kind else "",
        subject=plan.subject or ladders()[plan.ladder].topic,
        held_on=plan.held_on,
        time=plan.time,
        place=plan.place,
        called_on=plan.called_on,
        contact=village.phone,
        rows=rows,
    )


_OF_MEETING: Mapping[str, Callable[[AppraisalFacts], Paper]] = {
    SIGN_IN: appraisal.sign_in,
    MINUTES: appraisal.build,
    RESULTS: appraisal.results,
}
