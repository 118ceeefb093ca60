"""The dated changes as they are kept and told: what one did, those of a household, of a village and period, and who a number belongs to."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, false, func, select
from sqlalchemy.orm import aliased

from db.rules.changes import Change, Outcome, counted
from db.rules.codes import ChangeKind, Relation
from db.rules.counts import Count, Movement
from db.rules.values import Household, Member
from db.schema.account import Account
from db.schema.household import HouseholdChange, HouseholdRow, MemberRow
from db.schema.town import Group, Village
from db.services.bulk import among, insert_rows
from db.services.register import snapshots
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change as it is read. ``before`` and ``after`` are the household's people; ``who`` are the names it concerns, ``other_head`` the
    head of the second household, ``head`` the household's head before it. ``relation`` is what the person was or became to the head."""

    id: int
    household_id: int
    kind: ChangeKind
    acted_on: date
    entered_at: datetime
    actor: str
    second: str
    village: str
    group: str
    head: str
    who: str
    relation: str
    proof: str
    proof_on: date | None
    reason: str
    before: int
    after: int
    version: int
    other_id: int
    other_head: str
    new_head: str
    text: str
    counts: Movement


@dataclass(frozen=True, slots=True)
class KnownPerson:
    """Whom an ID number belongs to: ``household_id`` is 0 when he left the record; ``head_name`` whose household it is or was."""

    member: Member
    household_id: int
    head_name: str


def write(
    unit: Unit, change: Change, home: Household, made: Outcome, *, version: int, other_id: int | None = None,
    other: Household | None = None,
) -> int:  # fmt: skip
    """Keep one change of ``home`` with everybody it concerns whole; returns its id."""
    assert change.acted_on is not None
    assert home.id is not None
    after = made.home
    facts: dict[str, Any] = {
        "head": home.head_name,
        "before": home.size,
        "after": after.size if after is not None else 0,
        "left": [snapshots.person_facts(m) for m in made.left],
        "joined": [snapshots.person_facts(m) for m in made.joined],
        "counts": _counts(counted(change, made, home.size)),
    }
    if change.proof_on is not None:
        facts["proof_on"] = change.proof_on.isoformat()
    if after is not None and after.head_name != home.head_name:
        facts["new_head"] = after.head_name
    if after is not None and after.group != home.group:
        facts["group"] = [home.group, after.group]
    if other is not None or made.other is not None:
        facts["other_head"] = (other or made.other).head_name  # type: ignore[union-attr]
    row = {
        "household_id": home.id,
        "kind": change.kind,
        "other_id": other_id,
        "acted_on": change.acted_on,
        "entered_at": unit.now,
        "actor_id": unit.actor.id,
        "approver_id": unit.second.id if unit.second else None,
        "person": _who(change, home, made),
        "proof": change.proof.strip(),
        "reason": change.reason.strip(),
        "version": version,
        "facts": json.dumps(facts, ensure_ascii=False, sort_keys=True),
    }
    (change_id,) = insert_rows(unit, HouseholdChange, [row])
    unit.trail(
        "人员变动",
        entity="household",
        entity_id=home.id,
        reason=change.reason.strip(),
        kind=change.kind.label,
        version=version,
    )
    return change_id


def _who(change: Change, home: Household, made: Outcome) -> str:
    if change.kind is ChangeKind.HEAD and made.home is not None:
        return made.home.head_name
    return "、".join(m.name for m in (*made.left, *made.joined)) or home.head_name


_COUNTED = ("split", "split_persons", "merged", "merged_persons", "natural_in", "natural_out")


def _counts(counts: Movement) -> dict[str, object]:
    """What is not nought of a movement."""
    plain = {key: getattr(counts, key) for key in _COUNTED if getattr(counts, key)}
    if counts.cancelled != Count():
        plain["cancelled"] = [counts.cancelled.households, counts.cancelled.persons]
    return plain


def movement_of(facts: Mapping[str, Any]) -> Movement:
    """The movement a change kept in its facts."""
    kept: dict[str, Any] = dict(facts["counts"])
    cancelled = Count(*kept.pop("cancelled", (0, 0)))
    return Movement(cancelled=cancelled, **kept)


def newest_day(unit: Unit, household_ids: Iterable[int]) -> date | None:
    """The day of the newest change of these households, the split that made one among them; None when they have none."""
    c, ids = HouseholdChange, list(household_ids)
    made = (c.kind == ChangeKind.SPLIT) & among(c.other_id.expression, ids)
    query = select(func.max(c.acted_on, type_=c.acted_on.type)).where(among(c.household_id.expression, ids) | made)
    return unit.session.scalar(query)


def history(unit: Unit, household_id: int) -> tuple[ChangeLine, ...]:
    """The changes of one household, the newest first; those that made it and those that ended it among them."""
    c = HouseholdChange
    where = (c.household_id == household_id) | ((c.other_id == household_id) & (c.kind == ChangeKind.SPLIT))
    return tuple(reversed(_lines(unit, where)))


def listed(unit: Unit, first: date, last: date, village_id: int | None = None) -> tuple[ChangeLine, ...]:
    """All changes of a village, or of the town, that happened from ``first`` to ``last``, in the order of their days."""
    c = HouseholdChange
    where: ColumnElement[bool] = c.acted_on.between(first, last)
    if village_id is not None:
        where &= HouseholdRow.village_id == village_id
    return tuple(sorted(_lines(unit, where), key=lambda line: (line.acted_on, line.id)))


def since(unit: Unit, first: date, last: date, entered: datetime | None = None) -> tuple[ChangeLine, ...]:
    """All changes that happened from ``first`` to ``last``, and those of earlier days entered after a moment, in the order of entry."""
    c = HouseholdChange
    late = (c.entered_at > entered) if entered is not None else false()
    return tuple(_lines(unit, (c.acted_on <= last) & ((c.acted_on >= first) | late)))


def one(unit: Unit, change_id: int) -> ChangeLine:
    """One change by its id; LookupError when the record has none."""
    found = _lines(unit, HouseholdChange.id == change_id)
    if not found:
        raise LookupError(change_id)
    return found[0]


def _lines(unit: Unit, where: ColumnElement[bool]) -> list[ChangeLine]:
    c, second, other = HouseholdChange, aliased(Account), aliased(HouseholdRow)
    query = (
        select(
            c, Account.name.label("actor"), second.name.label("second"), Village.name.label("village"),
            Group.name.label("group"), other.head_name.label("other_head"),
        )
        .join(Account, Account.id == c.actor_id)
        .outerjoin(second, second.id == c.approver_id)
        .join(HouseholdRow, HouseholdRow.id == c.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
        .outerjoin(other, other.id == c.other_id)
        .where(where)
        .order_by(c.id)
    )  # fmt: skip
    return [_line(row, *rest) for row, *rest in unit.session.execute(query)]


def _line(
    row: HouseholdChange, actor: str, second: str | None, village: str, group: str, other: str | None
) -> ChangeLine:
    facts: dict[str, Any] = json.loads(row.facts)
    people = [*facts["left"], *facts["joined"]]
    relation = Relation.of(people[0]["relation"]).label if len(people) == 1 and people[0].get("relation") else ""
    proof_on = date.fromisoformat(facts["proof_on"]) if "proof_on" in facts else None
    other_head = facts.get("other_head") or other or ""
    moved = facts.get("group", ["", group])
    return ChangeLine(
        id=row.id,
        household_id=row.household_id,
        kind=row.kind,
        acted_on=row.acted_on,
        entered_at=row.entered_at,
        actor=actor,
        second=second or "",
        village=village,
        group=moved[0] or group,
        head=facts["head"],
        who=row.person,
        relation=relation,
        proof=row.proof,
        proof_on=proof_on,
        reason=row.reason,
        before=facts["before"],
        after=facts["after"],
        version=row.version,
        other_id=row.other_id or 0,
        other_head=other_head,
        new_head=facts.get("new_head", ""),
        text=_told(row, facts, other_head),
        counts=movement_of(facts),
    )


def _told(row: HouseholdChange, facts: Mapping[str, Any], other_head: str) -> str:
    size = f"（{facts['before']} 人 → {facts['after']} 人）" if facts["before"] != facts["after"] else ""
    heads = f"，户主 {facts['head']} → {facts['new_head']}" if "new_head" in facts else ""
    if row.kind is ChangeKind.HEAD:
        return f"户主变更：{facts['head']} → {facts.get('new_head', row.person)}"
    if row.kind is ChangeKind.GROUP:
        return "调整村民小组：" + " → ".join(facts.get("group", ()))
    if row.kind is ChangeKind.SPLIT:
        return f"分户：{row.person}分出，新户主{other_head}{size}{heads}"
    if row.kind is ChangeKind.MERGED:
        return f"并户：{other_head}户（{row.person}）并入{size}"
    if row.kind is ChangeKind.DISSOLVED:
        return f"销户：{row.reason}" if row.reason else "销户"
    beside = f"，{'来自' if facts['joined'] else '去往'}{other_head}户" if other_head else ""
    return f"{row.kind.label}：{row.person}{size}{heads}{beside}"


def known_person(unit: Unit, id_number: str) -> KnownPerson | None:
    """Whom a number belongs to, a live member before one who left; None when nobody has it."""
    m = MemberRow
    query = (
        select(m, HouseholdRow.head_name)
        .join(HouseholdRow, HouseholdRow.id == m.household_id)
        .where(m.id_number == id_number)
        .order_by(m.live.desc(), m.id.desc())
        .limit(1)
    )
    found = unit.session.execute(query).first()
    if found is None or not id_number:
        return None
    row, head = found
    member = Member(**{key: getattr(row, key) for key in Member.__slots__})
    return KnownPerson(member, row.household_id if row.live else 0, head)
