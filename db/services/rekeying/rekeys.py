"""复录核对: rounds drawn, their households keyed again blind, what differs settled; the first entry is never handed out before.

Whoever entered a sheet may not key it again. A difference settled for the second entry goes the way of every correction: the visit that
used the figure is made void with a reason and a second person and stands again with the right one; nothing is changed silently.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import func, select

from db.errors import Problem, Refused
from db.fields.rekey import FIELDS
from db.papers.rekey import RekeyFacts, RekeyLine
from db.rules import rekey as rules
from db.rules.case import Kind
from db.rules.codes import RekeySubject
from db.rules.procedure import Step
from db.rules.rekey import SECOND, Difference
from db.rules.values import Household
from db.schema.account import Account
from db.schema.case import CaseRow, EventRow
from db.schema.household import HouseholdRow, IncomeRow
from db.schema.rekey import RekeyAnswer, RekeyItem, RekeyRound
from db.schema.town import Group, Village
from db.services.cases import applications, cases, verification
from db.services.cases.verification import Visit
from db.services.deciding import corrections
from db.services.register import households
from db.services.rekeying import rekeyed
from db.services.rekeying.items import answers, enterers, item_of, keep
from db.services.town import placenames, town
from db.store.unit import Unit

WHOLE = "全镇"


@dataclass(frozen=True, slots=True)
class Round:
    """One drawing: of which scope, ``drawn`` of ``pool`` households, how many are keyed again and how many settled."""

    id: int
    subject: RekeySubject
    scope: str
    pool: int
    drawn: int
    keyed: int
    settled: int
    at: datetime
    actor: str

    @property
    def seed(self) -> str:
        """What the drawing can be repeated with."""
        return seed_of(self.at)


@dataclass(frozen=True, slots=True)
class Item:
    """One household of a drawing. ``own`` says that the person logged in made the first entry; ``differing`` is None until it is keyed
    again, ``open`` how many differences are not settled."""

    id: int
    household_id: int
    village: str
    group: str
    head_name: str
    size: int
    own: bool
    keyed_by: str
    differing: int | None
    open: int


@dataclass(frozen=True, slots=True)
class Blank:
    """What the second person gets: whose sheet, of which year, and nothing that stands in it."""

    item_id: int
    subject: RekeySubject
    called: str
    year: int | None


@dataclass(frozen=True, slots=True)
class Compared:
    """Both entries where they differ."""

    item_id: int
    called: str
    first_by: str
    second_by: str
    fields: int
    differences: tuple[Difference, ...]


@dataclass(frozen=True, slots=True)
class _Entry:
    """The first entry of one item: who made it and what stands in it."""

    actor_id: int
    actor: str
    values: Mapping[str, Any]
    year: int | None = None


def seed_of(at: datetime) -> str:
    """The moment of the drawing, which is kept with it."""
    return f"{at:%Y%m%d%H%M%S%f}"


def pool(unit: Unit, subject: RekeySubject, village_id: int | None = None) -> tuple[tuple[int, int | None], ...]:
    """What can be drawn: (household, visit or None) in the order of the record."""
    if subject is RekeySubject.INCOME:
        query = select(HouseholdRow.id).where(HouseholdRow.live, HouseholdRow.id.in_(select(IncomeRow.household_id)))
        if village_id is not None:
            query = query.where(HouseholdRow.village_id == village_id)
        return tuple((i, None) for i in unit.session.scalars(query.order_by(HouseholdRow.id)))
    gone = cases.voided(unit, Kind.VERIFIED)
    visits = (
        select(HouseholdRow.id, func.max(EventRow.id))
        .join(CaseRow, CaseRow.household_id == HouseholdRow.id)
        .join(EventRow, EventRow.case_id == CaseRow.id)
        .where(HouseholdRow.live, EventRow.kind == Kind.VERIFIED, EventRow.id.not_in(gone))
        .group_by(HouseholdRow.id)
    )
    if village_id is not None:
        visits = visits.where(HouseholdRow.village_id == village_id)
    return tuple((i, event_id) for i, event_id in unit.session.execute(visits.order_by(HouseholdRow.id)))


def draw(unit: Unit, subject: RekeySubject, village_id: int | None, count: int) -> int:
    """Draw ``count`` sheets of a village or the town; returns the round's id. Refused when there is nothing to draw from."""
    if count < 1:
        raise Refused([Problem("请填写抽几户", "count")])
    found = pool(unit, subject, village_id)
    if not found:
        raise Refused(f"还没有录入过{subject.label}，没有可以抽的户")
    chosen = rules.draw(found, count, seed_of(unit.now))
    row = RekeyRound(subject=subject, village_id=village_id, pool=len(found), at=unit.now, actor_id=unit.actor.id)
    unit.session.add(row)
    unit.session.flush()
    for household_id, event_id in chosen:
        unit.session.add(RekeyItem(round_id=row.id, household_id=household_id, event_id=event_id))
    unit.trail(
        "抽取复录样本", entity="rekey_round", entity_id=row.id, subject=subject.label, seed=seed_of(unit.now),
        pool=len(found), drawn=len(chosen),
    )  # fmt: skip
    return row.id


def rounds(unit: Unit) -> tuple[Round, ...]:
    """All drawings, newest first."""
    names = placenames.Names(unit)
    query = select(RekeyRound, Account.name).join(Account, Account.id == RekeyRound.actor_id)
    known = answers(unit, select(RekeyItem.id))
    of: dict[int, list[int]] = {}
    for item_id, round_id in unit.session.execute(select(RekeyItem.id, RekeyItem.round_id)):
        of.setdefault(round_id, []).append(item_id)
    found = []
    for row, actor in unit.session.execute(query.order_by(RekeyRound.id.desc())):
        keyed = [known[i] for i in of[row.id] if i in known]
        scope = names.village(row.village_id, row.at.date()) if row.village_id else WHOLE
        settled = sum(all(d.settled for d in a.differences) for a in keyed)
        found.append(Round(row.id, row.subject, scope, row.pool, len(of[row.id]), len(keyed), settled, row.at, actor))
    return tuple(found)


def items(unit: Unit, round_id: int) -> tuple[Item, ...]:
    """The households of a drawing, in the order of villages and groups."""
    query = (
        select(RekeyItem, Village.name, Group.name, HouseholdRow.head_name, HouseholdRow.size)
        .join(HouseholdRow, HouseholdRow.id == RekeyItem.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
        .where(RekeyItem.round_id == round_id)
        .order_by(Village.position, Group.position, RekeyItem.id)
    )
    rows = unit.session.execute(query).all()
    known = answers(unit, select(RekeyItem.id).where(RekeyItem.round_id == round_id))
    entered = enterers(unit, [row for row, *_ in rows])
    found = []
    for row, village, group, head, size in rows:
        a = known.get(row.id)
        still = sum(not d.settled for d in a.differences) if a else 0
        found.append(
            Item(
                row.id,
                row.household_id,
                village,
                group,
                head,
                size,
                entered[row.id][0] == unit.actor.id,
                a.keyed_by if a else "",
                len(a.differences) if a else None,
                still,
            )
        )
    return tuple(found)


def blank(unit: Unit, item_id: int) -> Blank:
    """The sheet to be keyed again; Refused to whoever made the first entry, and when it is keyed already."""
    row, subject = item_of(unit, item_id)
    _require_blind(unit, row)
    home = households.get(unit, row.household_id)
    year = home.income.year if subject is RekeySubject.INCOME and home.income else None
    return Blank(item_id, subject, home.named, year)


def answer(unit: Unit, item_id: int, values: Mapping[str, Any]) -> int:
    """Keep what the second person keyed and compare it; returns how many fields differ. It can't be keyed once more."""
    row, subject = item_of(unit, item_id)
    _require_blind(unit, row)
    fields, first = FIELDS[subject], _first(unit, row)
    labels = {key: field.label for key, field in fields.items()}
    found = rules.differences(labels, rekeyed.read(fields, first.values), rekeyed.read(fields, values))
    keep(unit, item_id, json.dumps(rekeyed.kept(fields, values), ensure_ascii=False, sort_keys=True), found)
    unit.trail("复录", entity="rekey_item", entity_id=item_id, fields=len(fields), differing=len(found))
    return len(found)


def compared(unit: Unit, item_id: int) -> Compared:
    """The differences of a sheet that was keyed again; Refused before, because nobody may see the first entry until then."""
    row, subject = item_of(unit, item_id)
    kept = answers(unit, select(RekeyItem.id).where(RekeyItem.id == item_id)).get(item_id)
    if kept is None:
        raise Refused("这一户还没有复录，复录以后才能看差异")
    _, name = enterers(unit, [row])[item_id]
    home = households.get(unit, row.household_id)
    return Compared(item_id, home.named, name, kept.keyed_by, len(FIELDS[subject]), kept.differences)


def settle(unit: Unit, item_id: int, choices: Mapping[str, str], reason: str = "") -> None:
    """Settle differences: FIRST or SECOND by field key. Those for the second entry are corrected in the record with the reason.

    Refused where the record refuses the correction; then nothing is settled.
    """
    row, subject = item_of(unit, item_id)
    kept = answers(unit, select(RekeyItem.id).where(RekeyItem.id == item_id)).get(item_id)
    if kept is None:
        raise Refused("这一户还没有复录")
    still = {d.key for d in kept.differences if not d.settled}
    wanted = {key: choice for key, choice in choices.items() if key in still}
    if not wanted:
        raise Refused("没有选定任何一处差异")
    wrong = [key for key, choice in wanted.items() if choice == SECOND]
    if wrong:
        if not reason.strip():
            raise Refused([Problem("以复录为准要更正原录，请写明理由", "reason")])
        fields = FIELDS[subject]
        values = rekeyed.back(fields, json.loads(kept.content))
        _correct(unit, row, subject, {key: values[key] for key in wrong}, reason.strip())
    found = tuple(replace(d, settled=wanted.get(d.key, d.settled)) for d in kept.differences)
    keep(unit, item_id, kept.content, found)
    unit.trail(
        "核对复录差异", entity="rekey_item", entity_id=item_id, reason=reason.strip(), settled=len(wanted),
        corrected=len(wrong),
    )  # fmt: skip


def result(unit: Unit, round_id: int) -> RekeyFacts:
    """What the round found: households, fields, differences, how they were settled and the rate of error."""
    made = next((r for r in rounds(unit) if r.id == round_id), None)
    if made is None:
        raise Refused("没有这一批复录，请刷新")
    known = answers(unit, select(RekeyItem.id).where(RekeyItem.round_id == round_id))
    found = [d for a in known.values() for d in a.differences]
    names = {i.id: i for i in items(unit, round_id)}
    lines = tuple(
        RekeyLine(names[i].village, names[i].group, names[i].head_name, d.label, d.settled)
        for i, a in known.items()
        for d in a.differences
    )
    fields = len(known) * len(FIELDS[made.subject])
    wrong = sum(d.settled == SECOND for d in found)
    return RekeyFacts(
        town=town.town(unit).name,
        subject=made.subject.label,
        scope=made.scope,
        drawn_on=made.at.date(),
        drawn_by=made.actor,
        seed=made.seed,
        pool=made.pool,
        drawn=made.drawn,
        keyed=made.keyed,
        fields=fields,
        differing=len(found),
        wrong=wrong,
        open=sum(not d.settled for d in found),
        rate=rules.error_rate(wrong, fields),
        agreement=_agreement(len(found), fields),
        keyers=tuple(sorted({a.keyed_by for a in known.values()})),
        lines=lines,
        printed_on=unit.today,
    )


def _agreement(differing: int, fields: int) -> Decimal | None:
    rate = rules.error_rate(differing, fields)
    return None if rate is None else 100 - rate


def _require_blind(unit: Unit, row: RekeyItem) -> None:
    if unit.session.scalar(select(RekeyAnswer.id).where(RekeyAnswer.item_id == row.id).limit(1)):
        raise Refused("这一户已经复录过，不能再录；请看差异")
    if enterers(unit, [row])[row.id][0] == unit.actor.id:
        raise Refused(f"这一户的原录是{unit.actor.name}录的，须由另一人复录")


def _first(unit: Unit, row: RekeyItem) -> _Entry:
    actor_id, actor = enterers(unit, [row])[row.id]
    if row.event_id is not None:
        case_id = unit.session.scalar(select(EventRow.case_id).where(EventRow.id == row.event_id))
        assert case_id is not None
        event = next(e for e in cases.events(unit, [case_id])[case_id] if e.id == row.event_id)
        return _Entry(actor_id, actor, rekeyed.of_visit(verification.read_visit(event)))
    home = households.get(unit, row.household_id)
    if home.income is None:
        raise Refused("这一户的收入核算表已经不在档案里，请另抽一户")
    return _Entry(actor_id, actor, rekeyed.of_income(home.income), home.income.year)


def _correct(unit: Unit, row: RekeyItem, subject: RekeySubject, values: Mapping[str, Any], reason: str) -> None:
    """Put the right values in by the ways of every correction; the visit that used them is made void and stands anew."""
    home = households.get(unit, row.household_id)
    case_id = cases.case_of(unit, [row.household_id])[row.household_id]
    event = verification.latest_visit(cases.events(unit, [case_id])[case_id])
    visit = verification.read_visit(event) if event else None
    if subject is RekeySubject.VISIT and (event is None or event.id != row.event_id):
        raise Refused("这次入户核实已经更正过或另有新的核实，不能再按复录更正；请以原录为准")
    if event is not None:
        corrections.correct(unit, [case_id], Step.VERIFICATION, reason)
    if subject is RekeySubject.INCOME:
        applications.change(unit, _with_income(home, values))
    elif visit is not None:
        visit = rekeyed.visit_with(visit, values)
    if visit is not None:
        verification.record(unit, [Visit(case_id, visit)])


def _with_income(home: Household, values: Mapping[str, Any]) -> Household:
    if home.income is None:
        raise Refused("这一户的收入核算表已经不在档案里")
    return replace(home, income=replace(home.income, **values))
