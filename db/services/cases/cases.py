"""The one way an event comes into the record: ask the door, write the event, derive the state, chain the trail.

Every step's service calls `act`; nothing else inserts events. All of it works on many cases at once with a fixed number of
queries, so that a batch of a village costs as much as one household.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Select, func, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.orm import aliased

from db.errors import Problem, Refused
from db.rules.case import Event, Gate, Kind, State, derive
from db.rules.current import Stand, current
from db.rules.door import refusals
from db.rules.procedure import Ladder
from db.schema.account import Account
from db.schema.batch import BatchRow, GateRow
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.household import HouseholdRow
from db.schema.town import Group, Village
from db.services.bulk import among, insert_rows
from db.services.town import town
from db.store.unit import Unit

_EVENT: tuple[Any, ...] = tuple(EventRow.__table__.columns)
_FACTS = json.JSONEncoder(ensure_ascii=False, sort_keys=True, default=str)


@dataclass(frozen=True, slots=True)
class Act:
    """One event to be added: the case, the day of the act, the paper's facts."""

    case_id: int
    acted_on: date
    facts: Mapping[str, Any] = field(default_factory=dict)
    undoes: tuple[int, ...] = ()


def events(unit: Unit, case_ids: Iterable[int]) -> dict[int, list[Event]]:
    """All events of the cases in order of entry, void ones included; one query."""
    approver = aliased(Account)
    query = (
        select(*_EVENT, Account.name.label("actor"), approver.name.label("second"))
        .join(Account, Account.id == EventRow.actor_id)
        .outerjoin(approver, approver.id == EventRow.approver_id)
        .where(among(EventRow.case_id.expression, case_ids))
        .order_by(EventRow.id)
    )
    found: dict[int, list[Event]] = {}
    for row in unit.session.execute(query):
        found.setdefault(row.case_id, []).append(_event(row, row.second or ""))
    return found


def voided(unit: Unit, kind: Kind) -> frozenset[int]:
    """Ids of the events of a kind that corrections made void."""
    found = unit.session.scalars(select(EventRow.undoes).where(EventRow.kind == Kind.CORRECTED))
    ids = {i for text in found for i in json.loads(text)}
    return frozenset(unit.session.scalars(select(EventRow.id).where(EventRow.kind == kind, EventRow.id.in_(ids))))


def events_of_batch(unit: Unit, batch_id: int) -> dict[int, Event]:
    """The event each case has from one paper, in order of entry; void ones included."""
    query = select(*_EVENT, Account.name.label("actor")).join(Account, Account.id == EventRow.actor_id)
    rows = unit.session.execute(query.where(EventRow.batch_id == batch_id).order_by(EventRow.id))
    return {row.case_id: _event(row, "") for row in rows}


def _event(row: Any, approver: str) -> Event:  # noqa: ANN401 - a result row has no static type
    return Event(
        id=row.id,
        kind=row.kind,
        acted_on=row.acted_on,
        entered_at=row.entered_at,
        actor_id=row.actor_id,
        actor=row.actor,
        approver=approver,
        batch_id=row.batch_id,
        undoes=() if row.undoes == "[]" else tuple(json.loads(row.undoes)),
        bulk=row.bulk,
        facts={} if row.facts == "{}" else json.loads(row.facts),
    )


def states(unit: Unit, case_ids: Sequence[int]) -> dict[int, State]:
    """The derived states of the cases."""
    ladder_of = ladders(unit, case_ids)
    return {case_id: derive(found, ladder_of[case_id]) for case_id, found in events(unit, case_ids).items()}


def ladders(unit: Unit, case_ids: Iterable[int]) -> dict[int, Ladder]:
    """The ladder each case climbs, by the town's options; two queries."""
    known = town.options(unit).ladders
    query = select(CaseRow.id, CaseRow.ladder).where(among(CaseRow.id.expression, case_ids))
    return {case_id: known[key] for case_id, key in unit.session.execute(query)}


def ladder_of(unit: Unit, case_ids: Iterable[int]) -> Ladder:
    """The one ladder these cases climb; Refused when they climb several, because no paper mixes them."""
    found = {ladder.key: ladder for ladder in ladders(unit, case_ids).values()}
    if len(found) > 1:
        words = "、".join(ladder.name for ladder in found.values())
        raise Refused(f"{words}不能在同一份文件里办，请分开办理；本次没有写入")
    if not found:
        raise Refused("没有选中任何一户")
    return next(iter(found.values()))


def gates(unit: Unit, batch_ids: Iterable[int]) -> dict[int, Gate]:
    """Notices and announcements as the door sees them."""
    query = select(GateRow, BatchRow.label).join(BatchRow, BatchRow.id == GateRow.batch_id)
    rows = unit.session.execute(query.where(GateRow.batch_id.in_(list(batch_ids))))
    return {
        gate.batch_id: Gate(gate.batch_id, label, gate.first, gate.last, gate.decide_from, gate.waits)
        for gate, label in rows
    }


def names(unit: Unit, case_ids: Iterable[int]) -> dict[int, str]:
    """How a case is called in sentences: 华南村第三组 廖某明户."""
    query = (
        select(CaseRow.id, Village.name, Group.name, HouseholdRow.head_name)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
        .where(among(CaseRow.id.expression, case_ids))
    )
    return {case_id: f"{village}{group} {head}户" for case_id, village, group, head in unit.session.execute(query)}


def require_village(unit: Unit, case_ids: Sequence[int], village_id: int) -> None:
    """Refused when one of the households lives in another village: its assembly and its walls are elsewhere."""
    query = (
        select(CaseRow.id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(among(CaseRow.id.expression, case_ids), HouseholdRow.village_id != village_id)
    )
    called = names(unit, unit.session.scalars(query).all())
    if called:
        raise Refused(
            [Problem(f"{called[i]}不是本村的农户，请在它自己的村办", where=called[i]) for i in sorted(called)]
        )


def admit(unit: Unit, kind: Kind, acts: Sequence[Act]) -> dict[int, State]:
    """The states of the cases if the door is open for all of them; else Refused with every reason of every household.

    Refused, too, when there are none, when one household stands in the list twice, or when they climb different ladders.
    """
    _require_each_once(unit, acts)
    if kind not in (Kind.INVESTIGATED, Kind.ANSWERED):  # an objector is answered though the household is no more
        require_live(unit, [a.case_id for a in acts])
    ladder = ladder_of(unit, [a.case_id for a in acts])
    found = {case_id: derive(e, ladder) for case_id, e in events(unit, [a.case_id for a in acts]).items()}
    gate_of = gates(unit, {s.gate_id for s in found.values() if s.gate_id is not None})
    reasons = [
        (act.case_id, text)
        for act in acts
        for text in refusals(
            found[act.case_id], kind, ladder, act.acted_on, unit.today, gate_of.get(found[act.case_id].gate_id or 0)
        )
    ]
    if reasons:
        called = names(unit, {case_id for case_id, _ in reasons})
        raise Refused([Problem(f"{called[case_id]}：{text}", where=called[case_id]) for case_id, text in reasons])
    return found


def require_live(unit: Unit, case_ids: Iterable[int]) -> None:
    """Refused when one of the households was dissolved (R76): nothing is done for it any more."""
    query = (
        select(CaseRow.id)
        .join(HouseholdRow, HouseholdRow.id == CaseRow.household_id)
        .where(among(CaseRow.id.expression, case_ids), HouseholdRow.live.is_(False))
    )
    called = names(unit, unit.session.scalars(query).all())
    if called:
        text = "{}已经销户，不能再办"
        raise Refused([Problem(text.format(called[i]), where=called[i], rule="R76") for i in sorted(called)])


def _require_each_once(unit: Unit, acts: Sequence[Act]) -> None:
    if not acts:
        raise Refused("没有选中任何一户")
    twice = {case_id for case_id, times in Counter(a.case_id for a in acts).items() if times > 1}
    if twice:
        called = names(unit, twice)
        raise Refused(
            [Problem(f"{called[i]}：在这一批里出现了两次，请去掉一次", where=called[i]) for i in sorted(twice)]
        )


def act(
    unit: Unit, kind: Kind, acts: Sequence[Act], *, batch_id: int | None = None, bulk: bool = False, reason: str = ""
) -> tuple[int, ...]:
    """Add one event to each case, all or none, and return their ids in the order of ``acts``.

    Refused with all reasons when the door is shut for any of them; the trail entry seals the events.
    """
    admit(unit, kind, acts)
    return write(unit, kind, acts, batch_id=batch_id, bulk=bulk, reason=reason)


def write(
    unit: Unit, kind: Kind, acts: Sequence[Act], *, batch_id: int | None = None, bulk: bool = False, reason: str = ""
) -> tuple[int, ...]:
    """Add events whose door was asked already (`act`) or needs no asking (a new case)."""
    rows = [
        {
            "case_id": a.case_id,
            "kind": kind,
            "acted_on": a.acted_on,
            "entered_at": unit.now,
            "actor_id": unit.actor.id,
            "approver_id": unit.second.id if unit.second else None,
            "batch_id": batch_id,
            "bulk": bulk,
            "undoes": json.dumps(a.undoes) if a.undoes else "[]",
            "facts": _FACTS.encode(a.facts) if a.facts else "{}",
        }
        for a in acts
    ]
    ids = insert_rows(unit, EventRow, rows)
    refresh(unit, [a.case_id for a in acts])
    entity_id = acts[0].case_id if len(acts) == 1 else None
    unit.trail(kind.label, entity="case", entity_id=entity_id, reason=reason, bulk=int(bulk), count=len(ids))
    return ids


def refresh(unit: Unit, case_ids: Sequence[int]) -> None:
    """Derive the states of these cases anew and copy them for the lists."""
    rows = [state_row(case_id, state) for case_id, state in states(unit, case_ids).items()]
    query = upsert(StateRow)
    changed = {key: query.excluded[key] for key in rows[0] if key != "case_id"}
    unit.session.execute(query.on_conflict_do_update(index_elements=["case_id"], set_=changed), rows)
    _mark_current(unit, case_ids)


def _mark_current(unit: Unit, case_ids: Sequence[int]) -> None:
    """Lists show one case of each household; only households with several need a look."""
    touched = select(CaseRow.household_id).where(among(CaseRow.id.expression, case_ids))
    several = (
        select(CaseRow.household_id)
        .where(CaseRow.household_id.in_(touched))
        .group_by(CaseRow.household_id)
        .having(func.count() > 1)
    )
    marked = {True: list[int](), False: list[int]()}
    for stands, shown in _stands(unit, several):
        for stand in stands:
            marked[stand.case_id == shown].append(stand.case_id)
    for value, ids in marked.items():
        if ids:
            where = among(StateRow.case_id.expression, ids)
            unit.session.execute(update(StateRow).where(where).values(current=value))


def _stands(unit: Unit, household_ids: Select[Any]) -> list[tuple[list[Stand], int]]:
    """The cases of each household, oldest first, and the one that is shown."""
    query = (
        select(CaseRow.household_id, CaseRow.id, CaseRow.ladder, StateRow.status)
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .where(CaseRow.household_id.in_(household_ids))
        .order_by(CaseRow.id)
    )
    found: dict[int, list[Stand]] = {}
    for household_id, case_id, ladder, status in unit.session.execute(query):
        found.setdefault(household_id, []).append(Stand(case_id, ladder, status))
    return [(stands, current(stands)) for stands in found.values()]


def shown(unit: Unit) -> frozenset[int]:
    """The cases that lists must show, worked out anew for the whole record; one query."""
    return frozenset(case_id for _, case_id in _stands(unit, select(HouseholdRow.id)))


def state_row(case_id: int, state: State) -> dict[str, Any]:
    """The state as its copy for the lists keeps it."""
    return {
        "case_id": case_id,
        "step": state.at,
        "status": state.status,
        "why": state.why,
        "gate_id": state.gate_id,
        "objections": len(state.objections),
        "since": state.done[-1].on,
        "registered_on": state.registered_on,
        "card_number": state.number,
    }


def case_of(unit: Unit, household_ids: Iterable[int], ladder: str = "") -> dict[int, int]:
    """The case shown for each household, or its newest on one ladder; households without one are left out."""
    query = select(CaseRow.household_id, CaseRow.id).where(among(CaseRow.household_id.expression, household_ids))
    if ladder:
        query = query.where(CaseRow.ladder == ladder)
    else:
        query = query.join(StateRow, StateRow.case_id == CaseRow.id).where(StateRow.current)
    return {row.household_id: row.id for row in unit.session.execute(query.order_by(CaseRow.id))}


def cases_of(unit: Unit, household_ids: Iterable[int]) -> dict[int, list[tuple[int, str, int]]]:
    """All cases of each household, oldest first: id, ladder, year."""
    query = (
        select(CaseRow.household_id, CaseRow.id, CaseRow.ladder, CaseRow.year)
        .where(among(CaseRow.household_id.expression, household_ids))
        .order_by(CaseRow.id)
    )
    found: dict[int, list[tuple[int, str, int]]] = {}
    for row in unit.session.execute(query):
        found.setdefault(row.household_id, []).append((row.id, row.ladder, row.year))
    return found


def require_newest(unit: Unit, case_ids: Sequence[int]) -> None:
    """Refused when a household has opened another case since: what was decided before it stays as it is."""
    require_live(unit, case_ids)
    newer = aliased(CaseRow)
    query = (
        select(CaseRow.id)
        .join(newer, (newer.household_id == CaseRow.household_id) & (newer.id > CaseRow.id))
        .where(among(CaseRow.id.expression, case_ids))
        .distinct()
    )
    called = names(unit, unit.session.scalars(query).all())
    if called:
        text = "{}后来又办了别的事项，以前的办理不能再更正"
        raise Refused([Problem(text.format(called[i]), where=called[i]) for i in sorted(called)])


def open_new(unit: Unit, ladder: str, opened: Sequence[tuple[int, int]]) -> tuple[int, ...]:
    """Open a case on a ladder for each (household, year); returns the ids in that order. The first event must follow at once."""
    start = unit.session.scalar(select(func.count()).select_from(CaseRow)) or 0
    rows = [
        {
            "household_id": household_id,
            "ladder": ladder,
            "year": year,
            "number": f"{year}-{start + order:05d}",
            "opened_at": unit.now,
        }
        for order, (household_id, year) in enumerate(opened, 1)
    ]
    return insert_rows(unit, CaseRow, rows)


def households_of(unit: Unit, case_ids: Iterable[int]) -> dict[int, int]:
    """The household of each case."""
    query = select(CaseRow.id, CaseRow.household_id).where(among(CaseRow.id.expression, case_ids))
    return {row.id: row.household_id for row in unit.session.execute(query)}
