"""文号登记: the numbers of papers going out and coming in, each registered once whether it is typed here or on the page that uses it.

A wrong entry is made void with a reason and stays in sight. A number that stands already is refused with the paper it stands for,
unless that paper is the very one: several reviews go up to the county under one number, several batches come down under another.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVarTuple

from sqlalchemy import Select, func, select

from db.errors import Problem, Refused, refuse_any
from db.papers.documents import DocumentLine, RegisterFacts
from db.rules import documents as rules
from db.rules.codes import BatchKind, Direction
from db.rules.documents import Number
from db.schema.account import Account
from db.schema.batch import BatchRow
from db.schema.document import DocumentRow, DocumentVoid
from db.schema.town import Village
from db.services.town import placenames, town
from db.store.unit import Unit

Columns = TypeVarTuple("Columns")

RECENT = 60
_NUMBERED = (BatchKind.REVIEW, BatchKind.ANNOUNCEMENT, BatchKind.RECHECK, BatchKind.DECISION)


@dataclass(frozen=True, slots=True)
class Draft:
    """One line to be registered; ``batch_id`` or ``village_id`` (a roll) say what it is used for, if anything."""

    direction: Direction
    number: str
    title: str
    body: str
    dated: date
    batch_id: int | None = None
    village_id: int | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Document:
    """One line of the register. ``used_for`` names the papers that carry the number, ``void`` why it counts no more."""

    id: int
    direction: Direction
    number: str
    title: str
    body: str
    dated: date
    used_for: str
    note: str
    actor: str
    entered_on: date
    void: str = ""

    @property
    def year(self) -> int:
        """The year of the number; of the paper where the number has none."""
        found = rules.read(self.number)
        return found.year if found else self.dated.year


@dataclass(frozen=True, slots=True)
class Use:
    """A paper of the record that may be given a number: what the clerk reads, and the batch or village it is."""

    label: str
    batch_id: int | None = None
    village_id: int | None = None


def register(unit: Unit, draft: Draft) -> int:
    """Enter one number; returns its id. Refused with every fault, and where a number taken already stands."""
    made = replace(draft, number=rules.tidy(draft.number), title=draft.title.strip(), body=draft.body.strip())
    problems = [*_blanks(made), *_wrong(unit, made)]
    taken = _standing(unit, made.direction, made.number)
    if taken is not None:
        problems.append(Problem(_stands(taken), "number"))
    refuse_any(problems)
    return _enter(unit, made)


def adopt(unit: Unit, draft: Draft, kind: BatchKind, *, field: str = "number") -> None:
    """Register the number typed on the page of a paper; nothing new when it stands for this paper already.

    An outgoing number serves further papers of one kind (several reviews reported together), an incoming one further batches of the
    same date. Refused at ``field`` otherwise.
    """
    number = rules.tidy(draft.number)
    if draft.direction is Direction.OUT and rules.read(number) is None:
        raise Refused([Problem(rules.fault(number, draft.dated), field)])
    taken = _standing(unit, draft.direction, number)
    if taken is None:
        _enter(unit, replace(draft, number=number))
        return
    row, of = taken
    same = of in (None, kind) if draft.direction is Direction.OUT else row.dated == draft.dated
    if not same:
        raise Refused([Problem(_stands(taken), field)])


def void(unit: Unit, document_id: int, reason: str) -> None:
    """Make an entry void: a slip, or a paper that never went out. The number may be registered anew."""
    row = unit.session.get(DocumentRow, document_id)
    if row is None:
        raise Refused("登记簿里没有这一条，请刷新")
    if not reason.strip():
        raise Refused([Problem("请写明作废的原因", "reason")])
    if unit.session.scalar(select(DocumentVoid.id).where(DocumentVoid.document_id == document_id)):
        raise Refused("这个文号已经作废")
    unit.session.add(DocumentVoid(document_id=document_id, reason=reason.strip(), at=unit.now, actor_id=unit.actor.id))
    unit.trail("文号作废", entity="document", entity_id=document_id, reason=reason.strip(), document=row.number)


def listed(
    unit: Unit, direction: Direction | None = None, year: int | None = None, text: str = ""
) -> tuple[Document, ...]:
    """The register, newest first: of one direction, of one year, with ``text`` in number, title or body."""
    wanted = rules.tidy(text)
    return tuple(
        d
        for d in _all(unit)
        if (direction is None or d.direction is direction)
        and (year is None or d.year == year)
        and (not wanted or any(wanted in part for part in (d.number, d.title, d.body, d.used_for)))
    )


def propose(unit: Unit) -> str:
    """The number the office gives out next: the series used last, or one made of the town's name before the first."""
    rows = unit.session.scalars(
        select(DocumentRow.number).where(DocumentRow.direction == Direction.OUT).order_by(DocumentRow.id)
    )
    taken = [n for n in map(rules.read, rows) if n is not None]
    issuer = taken[-1].issuer if taken else f"{town.town(unit).name[0]}扶办"
    return rules.next_number(taken, issuer, unit.today.year).text


def missing(unit: Unit, year: int | None = None) -> tuple[str, ...]:
    """The numbers left out in the series of outgoing papers; a void entry is no gap."""
    return rules.runs(rules.gaps(n for n in _numbers(_all(unit)) if year in (None, n.year)))


def unused(unit: Unit) -> tuple[Document, ...]:
    """Papers that came in and are on no batch yet, newest first: the county's pages offer them."""
    return tuple(d for d in _all(unit) if d.direction is Direction.IN and not d.void and not d.used_for)


def number_of(unit: Unit, batch_id: int) -> str:
    """The number registered for a paper, "" when it has none."""
    query = _live(select(DocumentRow.number)).where(DocumentRow.batch_id == batch_id)
    return unit.session.scalar(query.order_by(DocumentRow.id.desc()).limit(1)) or ""


def roll_number(unit: Unit, village_id: int, year: int) -> str:
    """The number registered for a village's roll of that year, "" when it has none."""
    query = _live(select(DocumentRow.number, DocumentRow.dated)).where(DocumentRow.village_id == village_id)
    rows = unit.session.execute(query.order_by(DocumentRow.id.desc()))
    return next((number for number, dated in rows if dated.year == year), "")


def uses(unit: Unit) -> tuple[Use, ...]:
    """What a number may be given to: the newest papers, then the roll of each village."""
    rows = unit.session.execute(
        select(BatchRow.id, BatchRow.label, BatchRow.dated).order_by(BatchRow.id.desc()).limit(RECENT)
    )
    papers = tuple(Use(f"{label}（{dated:%Y-%m-%d}）", batch_id=batch_id) for batch_id, label, dated in rows)
    return papers + tuple(Use(_roll(v.name), village_id=v.id) for v in town.villages(unit))


def years(unit: Unit) -> tuple[int, ...]:
    """The years of the register, newest first, this year always among them."""
    return tuple(sorted({d.year for d in _all(unit)} | {unit.today.year}, reverse=True))


def paper(unit: Unit, direction: Direction, year: int) -> RegisterFacts:
    """发文登记簿 or 收文登记簿 of a year, in the order of the entries."""
    rows = reversed(listed(unit, direction, year))
    lines = tuple(
        DocumentLine(d.number, d.title, d.body, d.dated, d.entered_on, d.used_for, d.actor, _remark(d)) for d in rows
    )
    gone = missing(unit, year) if direction is Direction.OUT else ()
    return RegisterFacts(town.town(unit).name, direction is Direction.OUT, year, lines, gone, unit.today)


def _remark(document: Document) -> str:
    return f"作废：{document.void}" if document.void else document.note


def _enter(unit: Unit, draft: Draft) -> int:
    row = DocumentRow(
        direction=draft.direction,
        number=draft.number,
        title=draft.title,
        body=draft.body,
        dated=draft.dated,
        batch_id=draft.batch_id,
        village_id=draft.village_id,
        note=draft.note.strip(),
        at=unit.now,
        actor_id=unit.actor.id,
    )
    unit.session.add(row)
    unit.session.flush()
    unit.trail(f"登记{draft.direction.label}文号", entity="document", entity_id=row.id, document=draft.number)
    return row.id


def _blanks(draft: Draft) -> Iterator[Problem]:
    body = "主送机关" if draft.direction is Direction.OUT else "来文机关"
    for key, value, label in (
        ("number", draft.number, "文号"),
        ("title", draft.title, "标题"),
        ("body", draft.body, body),
    ):
        if not value:
            yield Problem(f"请填写{label}", key)


def _wrong(unit: Unit, draft: Draft) -> Iterator[Problem]:
    if draft.dated > unit.today:
        yield Problem(f"成文日期 {draft.dated} 晚于今天 {unit.today}，请核对", "dated")
    if draft.direction is Direction.OUT and draft.number and (text := rules.fault(draft.number, draft.dated)):
        yield Problem(text, "number")


def _standing(unit: Unit, direction: Direction, number: str) -> tuple[DocumentRow, BatchKind | None] | None:
    """The live entry of a number, with the kind of paper it was given to."""
    query = (
        _live(select(DocumentRow, BatchRow.kind))
        .outerjoin(BatchRow, BatchRow.id == DocumentRow.batch_id)
        .where(DocumentRow.direction == direction, DocumentRow.number == number)
    )
    found = unit.session.execute(query.order_by(DocumentRow.id)).first()
    return (found[0], found[1]) if found else None


def _stands(taken: tuple[DocumentRow, BatchKind | None]) -> str:
    row, _ = taken
    return f"{row.number}已登记给 {row.dated} 的{row.direction.label}“{row.title}”，一个文号只能用一次；请核对，或先把那一条作废"


def _live(query: Select[*Columns]) -> Select[*Columns]:
    return query.outerjoin(DocumentVoid, DocumentVoid.document_id == DocumentRow.id).where(DocumentVoid.id.is_(None))


def _numbers(found: Iterable[Document]) -> Iterator[Number]:
    for document in found:
        number = rules.read(document.number)
        if number is not None and document.direction is Direction.OUT:
            yield number


def _all(unit: Unit) -> tuple[Document, ...]:
    """Every entry, newest first; two queries."""
    typed = _typed(unit)
    query = (
        select(DocumentRow, Account.name, BatchRow.label, Village.id, DocumentVoid.reason)
        .join(Account, Account.id == DocumentRow.actor_id)
        .outerjoin(BatchRow, BatchRow.id == DocumentRow.batch_id)
        .outerjoin(Village, Village.id == DocumentRow.village_id)
        .outerjoin(DocumentVoid, DocumentVoid.document_id == DocumentRow.id)
        .order_by(DocumentRow.id.desc())
    )
    names = placenames.Names(unit)
    return tuple(
        Document(
            row.id, row.direction, row.number, row.title, row.body, row.dated,
            "、".join(_used(row, label, names.village(village, row.dated) if village else "", typed)),
            row.note, actor, row.at.date(), reason or "",
        )
        for row, actor, label, village, reason in unit.session.execute(query)
    )  # fmt: skip


def _used(row: DocumentRow, label: str | None, village: str, typed: dict[str, list[str]]) -> Iterator[str]:
    """The paper it was registered for, then further ones the same number was typed on."""
    own = [label] if label else [_roll(village)] if village else []
    yield from dict.fromkeys([*own, *typed.get(row.number, ())])


def _typed(unit: Unit) -> dict[str, list[str]]:
    """Number -> labels of the papers on which it stands."""
    found: dict[str, list[str]] = {}
    stands = func.json_extract(BatchRow.facts, "$.document")
    query = select(BatchRow.label, stands).where(BatchRow.kind.in_(_NUMBERED)).order_by(BatchRow.id)
    for label, number in unit.session.execute(query):
        if number:
            found.setdefault(number, []).append(label)
    return found


def _roll(village: str) -> str:
    return f"{village}汇总名册"
