"""外部比对: a list taken in leaves its hits; each is looked into and explained, and an explanation stands until a later list says otherwise.

Whatever the size of town and list it is one pass over both; only the rows that name ours are kept, no stranger comes into the record.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Row, Select, func, or_, select
from sqlalchemy.orm import aliased

from db.errors import Refused
from db.rules.case import Status
from db.rules.codes import Attribute, CrossKind, CrossMatch, CrossOutcome, Health
from db.rules.crosscheck import BOTH_WAYS, Hit, Person, article, compare, sentence
from db.schema.account import Account
from db.schema.attachment import Attachment
from db.schema.case import CaseRow, StateRow
from db.schema.crosscheck import CrossAnswer, CrossHit, CrossList
from db.schema.household import HouseholdRow, MemberRow
from db.schema.town import Group, Village
from db.services.bulk import among, insert_rows
from db.services.sheets import sheetmemory
from db.sheets.crosslist import CrossFile, ListSheet
from db.sheets.findings import SheetFinding
from db.store.unit import Unit

PURPOSE = "crosscheck"
_OUT = (Status.REJECTED, Status.WITHDRAWN, Status.REMOVED)


@dataclass(frozen=True, slots=True)
class CrossPreview:
    """What taking in a list would leave. ``known`` of the hits stand in an earlier list with the same facts already, ``explained`` of them
    were explained there; ``seen`` tells that this very file was taken in before."""

    kind: CrossKind
    file_name: str
    sha256: str
    rows: int
    named: int
    agreeing: int
    hits: tuple[Hit, ...]
    known: int
    explained: int
    findings: tuple[SheetFinding, ...]
    seen: str

    @property
    def households(self) -> int:
        """How many households the hits concern."""
        return len({hit.person.household_id for hit in self.hits})

    @property
    def persons(self) -> int:
        """How many people the hits concern."""
        return len({(hit.person.household_id, hit.person.key) for hit in self.hits})


@dataclass(frozen=True, slots=True)
class Answer:
    """What was said to a hit last."""

    outcome: CrossOutcome
    explanation: str
    attachments: tuple[str, ...]
    at: datetime
    by: str


@dataclass(frozen=True, slots=True)
class HitView:
    """One hit as lists show it. ``person`` is the number, or the name of who has none; ``facts`` are the other cells of the row,
    ``listed_name`` and ``listed_number`` who stands there; ``answer`` is None until something was said, ``earlier`` what was said when an
    earlier list told the same."""

    id: int
    list_id: int
    kind: CrossKind
    office: str
    dated: date
    household_id: int
    village: str
    group: str
    head_name: str
    name: str
    person: str
    match: CrossMatch
    place: str
    facts: tuple[tuple[str, str], ...]
    text: str
    article: str
    listed_name: str = ""
    listed_number: str = ""
    answer: Answer | None = None
    earlier: Answer | None = None

    @property
    def open(self) -> bool:
        """Whether it still has to be looked into."""
        return self.answer is None or self.answer.outcome is CrossOutcome.WAITING


@dataclass(frozen=True, slots=True)
class ListView:
    """One list that was taken in, with its hits and how many of them are open."""

    id: int
    kind: CrossKind
    office: str
    dated: date
    file_name: str
    rows: int
    at: datetime
    by: str
    hits: int
    open: int


def recalled(unit: Unit) -> dict[str, dict[int, str]]:
    """What was answered for the columns of earlier lists, by layout."""
    return {
        m.fingerprint: {int(i): str(key) for i, key in m.answers.items()} for m in sheetmemory.all_of(unit, PURPOSE)
    }


def remember(unit: Unit, sheets: Sequence[ListSheet]) -> None:
    """Keep the clerk's word on the columns of these sheets."""
    for one in sheets:
        answers = {str(index): key for index, key in one.meanings.items()}
        sheetmemory.keep(unit, PURPOSE, one.fingerprint, one.sheet, answers)


def preview(unit: Unit, kind: CrossKind, file: CrossFile, *, complete: bool = False) -> CrossPreview:
    """Hold a list against everybody on the register or on the way to it; nothing is written. ``complete``: it names all it should."""
    found = compare(kind, people(unit), file.rows, complete=complete)
    earlier, answered = _facts_before(unit, kind), _answered_before(unit, _answers(unit))
    marks = [_mark(hit.person.household_id, hit.person.key, hit.match, _json(hit)) for hit in found.hits]
    return CrossPreview(
        kind, file.name, file.sha256, found.rows, found.named, found.agreeing, found.hits, sum(m in earlier for m in marks),
        sum((kind, *m) in answered for m in marks), file.findings, _seen(unit, file.sha256),
    )  # fmt: skip


def take_in(unit: Unit, shown: CrossPreview, office: str, dated: date) -> int:
    """Keep the list with its hits; returns the list's id. What was explained the same way before keeps its explanation as a proposal."""
    if not office.strip():
        raise Refused("请填写名单是哪个单位提供的")
    if dated > unit.today:
        raise Refused(f"名单日期 {dated} 晚于今天，请核对")
    (list_id,) = insert_rows(unit, CrossList, [{
        "kind": shown.kind, "office": office.strip(), "dated": dated, "file_name": shown.file_name, "sha256": shown.sha256,
        "rows": shown.rows, "at": unit.now, "actor_id": unit.actor.id,
    }])  # fmt: skip
    insert_rows(unit, CrossHit, [
        {
            "list_id": list_id, "household_id": hit.person.household_id, "person": hit.person.key, "name": hit.person.name,
            "match": hit.match, "place": hit.place, "facts": _json(hit),
        }
        for hit in shown.hits
    ])  # fmt: skip
    unit.trail(
        "录入比对名单", entity="cross_list", entity_id=list_id, kind=shown.kind.label, file_sha256=shown.sha256, rows=shown.rows,
        hits=len(shown.hits),
    )  # fmt: skip
    return list_id


def answer(
    unit: Unit, hit_ids: Sequence[int], outcome: CrossOutcome, explanation: str, attachments: Sequence[str] = ()
) -> int:
    """Say what looking into these hits came to; the newest word counts. Refused without an explanation, except while it waits."""
    if not hit_ids:
        raise Refused("请先选择要说明的比对结果")
    if not explanation.strip() and outcome is not CrossOutcome.WAITING:
        raise Refused("请写明核实的情况，县里来查时要看")
    there = set(unit.session.scalars(select(CrossHit.id).where(among(CrossHit.id.expression, hit_ids))))
    if there != set(hit_ids):
        raise Refused("有的比对结果已经不在，请刷新后再说明")
    kept = set(unit.session.scalars(select(Attachment.sha256).where(among(Attachment.sha256.expression, attachments))))
    if missing := set(attachments) - kept:
        raise Refused(f"有 {len(missing)} 份附件没有保存，请重新添加")
    said = json.dumps(list(attachments))
    insert_rows(unit, CrossAnswer, [
        {
            "hit_id": hit_id, "outcome": outcome, "explanation": explanation.strip(), "attachments": said, "at": unit.now,
            "actor_id": unit.actor.id,
        }
        for hit_id in hit_ids
    ])  # fmt: skip
    unit.trail("说明比对结果", entity="cross_hit", hits=len(hit_ids), outcome=outcome.label, reason=explanation.strip())
    return len(hit_ids)


def lists(unit: Unit) -> tuple[ListView, ...]:
    """The lists taken in, the newest first; three queries."""
    c = CrossList
    query = (
        select(c.id, c.kind, c.office, c.dated, c.file_name, c.rows, c.at, Account.name)
        .join(Account, Account.id == c.actor_id)
        .order_by(c.id.desc())
    )
    counted = _counted(unit, select(CrossHit.list_id, func.count()).group_by(CrossHit.list_id))
    settled = (
        select(CrossHit.list_id, func.count())
        .join(CrossAnswer, CrossAnswer.hit_id == CrossHit.id)
        .where(CrossAnswer.id.in_(_newest()), CrossAnswer.outcome != CrossOutcome.WAITING)
        .group_by(CrossHit.list_id)
    )
    done = _counted(unit, settled)
    return tuple(
        ListView(*row, hits=counted.get(row.id, 0), open=counted.get(row.id, 0) - done.get(row.id, 0))
        for row in unit.session.execute(query)
    )


def hits(unit: Unit, *, list_id: int | None = None, household_ids: Iterable[int] | None = None) -> tuple[HitView, ...]:
    """The hits of a list, of some households, or all of them, by village, group and head; four queries."""
    query = _hits_query()
    if list_id is not None:
        query = query.where(CrossHit.list_id == list_id)
    if household_ids is not None:
        query = query.where(among(CrossHit.household_id.expression, household_ids))
    rows = unit.session.execute(query.order_by(Village.position, Group.position, HouseholdRow.id, CrossHit.id)).all()
    answers = _answers(unit)
    before = _answered_before(unit, answers)
    return tuple(_view(unit, row, answers.get(row.id), before) for row in rows)


def everything(unit: Unit) -> tuple[tuple[ListView, ...], tuple[HitView, ...]]:
    """All lists and all hits; seven queries."""
    return lists(unit), hits(unit)


def waiting(unit: Unit) -> int:
    """How many hits still have to be explained; two queries."""
    settled = select(func.count()).where(CrossAnswer.id.in_(_newest()), CrossAnswer.outcome != CrossOutcome.WAITING)
    every = unit.session.scalar(select(func.count()).select_from(CrossHit)) or 0
    return every - (unit.session.scalar(settled) or 0)


def open_hits(unit: Unit, household_ids: Iterable[int]) -> dict[int, int]:
    """How many hits of these households still have to be explained; one query."""
    a, later = CrossAnswer, aliased(CrossAnswer)
    newest = select(func.max(later.id)).where(later.hit_id == CrossHit.id).correlate(CrossHit).scalar_subquery()
    settled = select(a.id).where(a.id == newest, a.outcome != CrossOutcome.WAITING).correlate(CrossHit).exists()
    query = select(CrossHit.household_id, func.count()).where(
        among(CrossHit.household_id.expression, household_ids), ~settled
    )
    return _counted(unit, query.group_by(CrossHit.household_id))


def people(unit: Unit) -> tuple[Person, ...]:
    """Everybody of the households on the register or on the way to it."""
    h, m = HouseholdRow, MemberRow
    query = (
        select(h.id, Village.name, m.name, m.id_number, h.attribute, m.health, m.disability_number, m.position)
        .join(m, m.household_id == h.id)
        .join(Village, Village.id == h.village_id)
        .join(CaseRow, CaseRow.household_id == h.id)
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .where(h.live, m.live, StateRow.current)
        .where(or_(StateRow.status.not_in(_OUT), StateRow.registered_on.is_not(None)))
        .order_by(h.id, m.position)
    )
    return tuple(_person(*row) for row in unit.session.execute(query))


def _person(
    household_id: int,
    village: str,
    name: str,
    number: str,
    attribute: Attribute | None,
    health: Health | None,
    card: str,
    at: int,
) -> Person:
    disabled = health is Health.DISABLED or bool(card)
    return Person(household_id, village, name, number, attribute, disabled, head=at == 0)


def _hits_query() -> Select[Any]:
    h = CrossHit
    columns: tuple[Any, ...] = (
        h.id, h.list_id, CrossList.kind, CrossList.office, CrossList.dated, h.household_id, Village.name.label("village"),
        Group.name.label("group"), HouseholdRow.head_name, HouseholdRow.attribute, h.name, h.person, h.match, h.place, h.facts,
    )  # fmt: skip
    return (
        select(*columns)
        .join(CrossList, CrossList.id == h.list_id)
        .join(HouseholdRow, HouseholdRow.id == h.household_id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
    )


def _view(unit: Unit, row: Row[Any], said: Answer | None, before: Mapping[tuple[object, ...], Answer]) -> HitView:
    kept = json.loads(row.facts)
    facts = tuple((title, text) for title, text in kept["cells"])
    person = Person(row.household_id, row.village, row.name, row.person, row.attribute)
    hit = Hit(person, row.match, row.place, facts, kept["name"], kept["number"])
    earlier = (
        before.get((row.kind, *_mark(row.household_id, row.person, row.match, row.facts))) if said is None else None
    )
    return HitView(
        row.id, row.list_id, row.kind, row.office, row.dated, row.household_id, row.village, row.group, row.head_name, row.name,
        row.person, row.match, row.place, facts, sentence(row.kind, hit), article(row.kind), hit.listed_name, hit.listed_number,
        said, earlier,
    )  # fmt: skip


def _counted(unit: Unit, query: Select[int, int]) -> dict[int, int]:
    return dict(iter(unit.session.execute(query)))


def _newest() -> Select[Any]:
    return select(func.max(CrossAnswer.id)).group_by(CrossAnswer.hit_id)


def _answers(unit: Unit) -> dict[int, Answer]:
    """The newest word on every hit."""
    a = CrossAnswer
    query = (
        select(a.hit_id, a.outcome, a.explanation, a.attachments, a.at, Account.name)
        .join(Account, Account.id == a.actor_id)
        .where(a.id.in_(_newest()))
    )
    return {
        row.hit_id: Answer(row.outcome, row.explanation, tuple(json.loads(row.attachments)), row.at, row.name)
        for row in unit.session.execute(query)
    }


def _answered_before(unit: Unit, answers: Mapping[int, Answer]) -> dict[tuple[object, ...], Answer]:
    """What was said to hits, by what they say; the newest hit's word counts."""
    query = (
        select(CrossHit.id, CrossList.kind, CrossHit.household_id, CrossHit.person, CrossHit.match, CrossHit.facts)
        .join(CrossList, CrossList.id == CrossHit.list_id)
        .where(among(CrossHit.id.expression, answers))
        .order_by(CrossHit.id)
    )
    return {
        (row.kind, *_mark(row.household_id, row.person, row.match, row.facts)): answers[row.id]
        for row in unit.session.execute(query)
        if answers[row.id].outcome is not CrossOutcome.WAITING
    }


def _facts_before(unit: Unit, kind: CrossKind) -> set[tuple[object, ...]]:
    query = select(CrossHit.household_id, CrossHit.person, CrossHit.match, CrossHit.facts)
    query = query.join(CrossList, CrossList.id == CrossHit.list_id).where(CrossList.kind == kind)
    return {_mark(*row) for row in unit.session.execute(query)}


def _mark(household_id: int, person: str, match: CrossMatch, facts: str) -> tuple[object, ...]:
    """What makes two hits say the same: the person and the row's cells, wherever they stand and whatever their serial number."""
    cells = [[title, text] for title, text in json.loads(facts)["cells"] if title not in ("序号", "编号")]
    return household_id, person, match, json.dumps(cells, ensure_ascii=False)


def _json(hit: Hit) -> str:
    kept = {"name": hit.listed_name, "number": hit.listed_number, "cells": hit.facts}
    return json.dumps(kept, ensure_ascii=False)


def _seen(unit: Unit, sha256: str) -> str:
    query = select(CrossList.at, Account.name).join(Account, Account.id == CrossList.actor_id)
    row = unit.session.execute(query.where(CrossList.sha256 == sha256).order_by(CrossList.id.desc())).first()
    return f"这份名单已由{row.name}于 {row.at:%Y-%m-%d %H:%M} 录入过" if row else ""


def both_ways(kind: CrossKind) -> bool:
    """Whether a complete list of this kind also tells who is missing on it."""
    return kind in BOTH_WAYS
