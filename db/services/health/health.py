"""数据体检: every rule asked of the whole record, household by household and across them, the findings grouped by rule in plain words.

Only looks. What was found is handed back; kept are the reasons for doubts (`db.services.cases.reasons`) and one line of the trail per check.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from sqlalchemy import func, select

from db.rules.case import ENDED, Status
from db.rules.checks import check_subject, record
from db.rules.checks.doubt import Doubt, doubt_of
from db.rules.checks.finding import Finding, Severity
from db.rules.checks.record import Shared, Shown, Someone
from db.rules.checks.register import RULES
from db.rules.checks.subject import Subject, look_at
from db.rules.codes import ThresholdKind
from db.rules.identity import normalise_phone
from db.rules.income import Threshold, threshold
from db.rules.values import Household, Income
from db.schema.case import CaseRow, StateRow
from db.schema.evidence import EvidenceRow, EvidenceVoid
from db.schema.household import HouseholdRow, IncomeRow
from db.schema.town import Group, Village
from db.schema.trail import Trail
from db.services.cases import reasons
from db.services.cases.reasons import Kept
from db.services.health.dates import of_cases
from db.services.register import households
from db.services.town import town
from db.sheets.findings import Ticket
from db.store.unit import Unit

_CHUNK = 400
_DONE = "数据体检"
_OF_APPLICANTS = frozenset({"R63"})
"""Rules that concern an application under way, not who was registered or turned away."""


Standing = Literal["E", "W", "I", "done"]
KINDS: tuple[Standing, ...] = ("E", "W", "done", "I")


@dataclass(frozen=True, slots=True)
class Spot:
    """A field of a household's file, to be opened: ``field`` "" is the file itself, ``member`` the place among the members."""

    household_id: int
    field: str = ""
    member: int | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One finding where it stands. ``who`` is the member concerned, "" for the household; ``member`` his place among the members.

    ``doubt`` is what a reason is kept for, None for what no reason helps; ``why`` is the reason kept; ``of_case`` marks what is wrong with the procedure and not with a field of the form.
    """

    household_id: int
    village: str
    group: str
    head_name: str
    who: str
    rule: str
    severity: Severity
    field: str
    member: int | None
    text: str
    doubt: Doubt | None = None
    why: Kept | None = None
    of_case: bool = False

    @property
    def kind(self) -> Standing:
        """E to be mended, W to be explained, I to be known, done: a doubt with its reason."""
        return "done" if self.why is not None else self.severity

    @property
    def home(self) -> tuple[int, str]:
        """Whose it is; a row of a roster has no number yet."""
        return (self.household_id, "") if self.household_id else (0, f"{self.village} {self.group} {self.head_name}")

    @property
    def spot(self) -> Spot:
        """Where it is mended in the record."""
        return Spot(self.household_id, "" if self.of_case else self.field, self.member)


@dataclass(frozen=True, slots=True)
class Found:
    """All hits of one rule that stand alike, in the order of villages."""

    rule: str
    kind: Standing
    title: str
    hits: tuple[Hit, ...]

    @property
    def households(self) -> int:
        """How many households are concerned."""
        return len({hit.home for hit in self.hits})


@dataclass(frozen=True, slots=True)
class Checkup:
    """What one check found. ``households`` and ``persons`` are those looked at; ``villages`` all names in the town's order.

    ``roster`` is the file when a roster was looked through and not the record; ``titles`` then say what rules mean of its cells.
    """

    at: datetime
    households: int
    persons: int
    villages: tuple[str, ...]
    hits: tuple[Hit, ...]
    roster: Path | None = None
    titles: Mapping[str, str] = field(default_factory=dict)

    def groups(self, village: str = "", kind: str = "") -> tuple[Found, ...]:
        """The hits by rule, the gravest first, within a gravity those with most hits; of one village or standing when named."""
        found: dict[tuple[Standing, str], list[Hit]] = defaultdict(list)
        for hit in self.hits:
            if village in ("", hit.village) and kind in ("", hit.kind):
                found[hit.kind, hit.rule].append(hit)
        order = sorted(found, key=lambda key: (KINDS.index(key[0]), -len(found[key]), key[1].rjust(4)))
        return tuple(Found(rule, stands, self._title(rule), tuple(found[stands, rule])) for stands, rule in order)

    def count(self, kind: Standing, village: str = "") -> int:
        """How many hits stand so."""
        return sum(hit.kind == kind and village in ("", hit.village) for hit in self.hits)

    def _title(self, rule: str) -> str:
        return self.titles.get(rule) or RULES[rule].title

    def explain(self, done: Mapping[Doubt, Kept]) -> Checkup:
        """The same findings with reasons given since."""
        hits = (
            replace(hit, why=done[hit.doubt]) if hit.doubt is not None and hit.doubt in done else hit
            for hit in self.hits
        )
        return replace(self, hits=tuple(hits))


@dataclass(frozen=True, slots=True)
class LastRun:
    """When the record was last checked and what was counted then."""

    at: datetime
    actor: str
    households: int
    errors: int
    doubts: int


@dataclass(slots=True)
class _Gathered:
    """What is gathered household by household for the rules over all of them."""

    homes: dict[int, Household]
    people: list[Someone]
    phones: list[Shared]
    cards: list[Shared]
    told: list[tuple[int, Finding]]


def check(unit: Unit, ticket: Ticket) -> Checkup:
    """Look at every live household; a fixed number of queries for each few hundred of them. Raises `Cancelled` when stopped."""
    ids = _live(unit)
    status, lines = _status(unit), town.thresholds(unit)
    found = _Gathered({}, [], [], [], [])
    for start in range(0, len(ids), _CHUNK):
        ticket.check()
        ticket.report(start, len(ids), f"已查 {start:,} 户，共 {len(ids):,} 户")
        for household_id, home in households.get_many(unit, ids[start : start + _CHUNK]).items():
            _look(unit, found, household_id, home, status.get(household_id), lines)
    ticket.check()
    ticket.report(len(ids), len(ids), "正在核对户与户之间、各步日期")
    told = [*found.told, *_across(unit, found, status, lines)]
    cases = [(home, finding) for home, finding in of_cases(unit) if home in found.homes]
    hits = _placed(unit, ids, found.homes, told, cases)
    persons = sum(home.size for home in found.homes.values())
    return Checkup(unit.now, len(ids), persons, tuple(v.name for v in town.villages(unit)), hits)


def note(unit: Unit, done: Checkup) -> None:
    """Leave a line in the trail that the record was checked and what was counted."""
    unit.trail(
        _DONE, entity="record", households=done.households, errors=done.count("E"), doubts=done.count("W"),
        explained=done.count("done"),
    )  # fmt: skip


def last(unit: Unit) -> LastRun | None:
    """When the record was checked last; None before the first time."""
    row = unit.session.execute(
        select(Trail.at, Trail.actor_name, Trail.payload)
        .where(Trail.action == _DONE)
        .order_by(Trail.seq.desc())
        .limit(1)
    ).first()
    if row is None:
        return None
    facts = json.loads(row.payload)
    return LastRun(row.at, row.actor_name, facts["households"], facts["errors"], facts["doubts"])


def _live(unit: Unit) -> list[int]:
    query = (
        select(HouseholdRow.id)
        .join(Village, Village.id == HouseholdRow.village_id)
        .join(Group, Group.id == HouseholdRow.group_id)
        .where(HouseholdRow.live)
        .order_by(Village.position, Group.position, HouseholdRow.id)
    )
    return list(unit.session.scalars(query))


def _status(unit: Unit) -> dict[int, Status]:
    query = select(CaseRow.household_id, StateRow.status).join(StateRow, StateRow.case_id == CaseRow.id)
    return {row.household_id: row.status for row in unit.session.execute(query.where(StateRow.current))}


def _look(
    unit: Unit, found: _Gathered, household_id: int, home: Household, status: Status | None, lines: Iterable[Threshold]
) -> None:
    """Ask the rules of one household and gather what the others are held against."""
    ended = status in ENDED
    year = home.income.year if home.income else None
    line = None if ended or year is None else threshold(lines, ThresholdKind.ENTRY, year)
    subject = look_at(home, unit.today, line.line if line else None, whole=True)
    found.homes[household_id] = home
    found.told += [
        (household_id, f) for f in check_subject(subject) if not (ended and f.rule in _OF_APPLICANTS)
    ]  # fmt: skip
    called = home.named
    found.people += _people(subject, household_id, called)
    if home.phone:
        found.phones.append(Shared(household_id, called, normalise_phone(home.phone)))
    if home.bank_card:
        found.cards.append(Shared(household_id, called, home.bank_card))


def _people(subject: Subject, household_id: int, called: str) -> Iterator[Someone]:
    for p in subject.persons:
        yield Someone(household_id, called, p.index, p.member.name, p.verdict.number, p.verdict.birth)


def _across(
    unit: Unit, found: _Gathered, status: Mapping[int, Status], lines: Sequence[Threshold]
) -> Iterator[tuple[int, Finding]]:
    yield from record.doubled(found.people)
    yield from record.twice_alive(found.people)
    yield from record.shared_phones(found.phones)
    yield from record.shared_cards(found.cards)
    yield from record.same_photos(_photos(unit, found.homes))
    for household_id, (before, now) in _years(unit).items():
        yield from ((household_id, f) for f in record.income_jump(before, now) if household_id in found.homes)
    exits: dict[int, Decimal | None] = {}
    for household_id, home in found.homes.items():
        if home.income is None or status.get(household_id) is not Status.REGISTERED:
            continue
        year = home.income.year
        if year not in exits:
            own = threshold(lines, ThresholdKind.EXIT, year)
            exits[year] = own.line if own else None
        line = exits[year]
        if line is not None:
            yield from ((household_id, f) for f in record.over_exit_line(home.income, home.size, line))


def _years(unit: Unit) -> dict[int, tuple[Income, Income]]:
    """The last two income sheets of households that have several; two queries."""
    several = select(IncomeRow.household_id).group_by(IncomeRow.household_id).having(func.count() > 1)
    columns = [getattr(IncomeRow, key) for key in _SIX]
    rows = unit.session.execute(
        select(IncomeRow.household_id, *columns)
        .where(IncomeRow.household_id.in_(several))
        .order_by(IncomeRow.household_id, IncomeRow.year)
    )
    sheets: dict[int, list[Income]] = defaultdict(list)
    for household_id, *figures in rows:
        sheets[household_id].append(Income(*figures))
    return {household_id: (found[-2], found[-1]) for household_id, found in sheets.items()}


_SIX = ("year", "wages", "business", "property", "transfer", "business_cost", "transfer_cost")


def _photos(unit: Unit, homes: Mapping[int, Household]) -> list[Shown]:
    """Files that hang on more than one household; one query."""
    standing = EvidenceRow.household_id.is_not(None) & EvidenceRow.id.not_in(select(EvidenceVoid.evidence_id))
    shared = (
        select(EvidenceRow.sha256)
        .where(standing)
        .group_by(EvidenceRow.sha256)
        .having(func.count(EvidenceRow.household_id.distinct()) > 1)
    )
    query = select(EvidenceRow.household_id, EvidenceRow.sha256, EvidenceRow.kind).where(
        standing, EvidenceRow.sha256.in_(shared)
    )
    return [
        Shown(row.household_id, homes[row.household_id].named, row.sha256, row.kind.label)
        for row in unit.session.execute(query)
        if row.household_id in homes
    ]


def _placed(
    unit: Unit,
    ids: Sequence[int],
    homes: Mapping[int, Household],
    told: Iterable[tuple[int, Finding]],
    cases: Iterable[tuple[int, Finding]],
) -> tuple[Hit, ...]:
    order = {household_id: place for place, household_id in enumerate(ids)}
    explained = reasons.kept(unit)
    hits = [_hit(homes[i], i, f, explained, of_case=False) for i, f in told]
    hits += [_hit(homes[i], i, f, explained, of_case=True) for i, f in cases]
    return tuple(sorted(hits, key=lambda hit: order[hit.household_id]))


def _hit(home: Household, household_id: int, f: Finding, explained: Mapping[Doubt, Kept], *, of_case: bool) -> Hit:
    doubt = doubt_of(household_id, home, f) if f.severity == "W" else None
    who = home.members[f.member].name if f.member is not None else ""
    return Hit(
        household_id, home.village, home.group, home.head_name, who, f.rule, f.severity, f.field, f.member, f.text, doubt,
        explained.get(doubt) if doubt else None, of_case,
    )  # fmt: skip
