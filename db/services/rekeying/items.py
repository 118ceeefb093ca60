"""The items of a drawing as the record keeps them: who made the first entry, what was keyed again, how the differences stand."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass

from sqlalchemy import Select, func, select

from db.errors import Refused
from db.rules.codes import RekeySubject
from db.rules.rekey import Difference
from db.schema.account import Account
from db.schema.case import EventRow
from db.schema.household import HouseholdVersion
from db.schema.rekey import RekeyAnswer, RekeyItem, RekeyRound
from db.services.bulk import among
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Answer:
    """The newest state of an item: what was keyed, by whom, and how its differences stand."""

    content: str
    differences: tuple[Difference, ...]
    keyed_by: str


def answers(unit: Unit, of: Select[int]) -> dict[int, Answer]:
    """Item -> its answer; the first row of an item was keyed, later ones settle."""
    query = (
        select(RekeyAnswer, Account.name)
        .join(Account, Account.id == RekeyAnswer.actor_id)
        .where(RekeyAnswer.item_id.in_(of))
        .order_by(RekeyAnswer.id)
    )
    found: dict[int, Answer] = {}
    for row, actor in unit.session.execute(query):
        by = found[row.item_id].keyed_by if row.item_id in found else actor
        found[row.item_id] = Answer(row.content, tuple(Difference(**d) for d in json.loads(row.differences)), by)
    return found


def keep(unit: Unit, item_id: int, content: str, found: Iterable[Difference]) -> None:
    text = json.dumps([asdict(d) for d in found], ensure_ascii=False)
    unit.session.add(
        RekeyAnswer(item_id=item_id, content=content, differences=text, at=unit.now, actor_id=unit.actor.id)
    )


def item_of(unit: Unit, item_id: int) -> tuple[RekeyItem, RekeySubject]:
    found = unit.session.execute(
        select(RekeyItem, RekeyRound.subject)
        .join(RekeyRound, RekeyRound.id == RekeyItem.round_id)
        .where(RekeyItem.id == item_id)
    ).first()
    if found is None:
        raise Refused("样本里没有这一户，请刷新")
    return found[0], found[1]


def enterers(unit: Unit, rows: Sequence[RekeyItem]) -> dict[int, tuple[int, str]]:
    """Item -> who made its first entry: of the visit, or of the income sheet as it stands."""
    names = {row.id: row.name for row in unit.session.execute(select(Account.id, Account.name))}
    visits = [row.event_id for row in rows if row.event_id is not None]
    query = select(EventRow.id, EventRow.actor_id).where(among(EventRow.id.expression, visits))
    by_visit = {row.id: row.actor_id for row in unit.session.execute(query)}
    by_home = _income_by(unit, [row.household_id for row in rows if row.event_id is None])
    found = {row.id: by_visit[row.event_id] if row.event_id else by_home[row.household_id] for row in rows}
    return {item_id: (actor_id, names[actor_id]) for item_id, actor_id in found.items()}


def _income_by(unit: Unit, household_ids: Sequence[int]) -> dict[int, int]:
    """Household -> who entered the income sheet that stands: the first of the last run of versions that have it."""
    v = HouseholdVersion
    query = (
        select(v.household_id, v.actor_id, func.json_extract(v.content, "$.income"))
        .where(among(v.household_id.expression, household_ids))
        .order_by(v.household_id, v.version)
    )
    found: dict[int, tuple[int, str]] = {}
    for household_id, actor_id, sheet in unit.session.execute(query):
        if household_id not in found or found[household_id][1] != sheet:
            found[household_id] = (actor_id, sheet)
    return {household_id: actor_id for household_id, (actor_id, _) in found.items()}
