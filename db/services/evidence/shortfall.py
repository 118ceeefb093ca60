"""What is still missing in the files: of one household, of a village, of the whole town, in a fixed number of queries.

Photos that came in with a posting count as photos of that posting, so nobody is asked twice.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Text, column, func, select

from db.rules.case import Kind, Outcome, Status
from db.rules.codes import BatchAct, BatchKind, EvidenceKind, Health, IdKind, Schooling
from db.rules.evidence import PROVED_CHANGES, Missing, Owner, Paper, Tally, of_household, of_paper, spared_from, traits
from db.rules.procedure import IDENTIFICATION, Step, ladders
from db.rules.values import Household, Member
from db.schema.case import CaseRow, EventRow, StateRow
from db.schema.evidence import EvidenceRow, EvidenceVoid
from db.schema.household import HouseholdChange, HouseholdRow, MemberRow
from db.schema.town import Group, Village
from db.services.bulk import among
from db.services.cases import batches
from db.services.cases.batches import Batch
from db.services.town import town
from db.store.unit import Unit

Held = frozenset[tuple[EvidenceKind, str]]
_STEP_OF = {
    Kind.APPRAISED: Step.APPRAISAL,
    Kind.LISTED: Step.NOTICE,
    Kind.REVIEWED: Step.REVIEW,
    Kind.ANNOUNCED: Step.ANNOUNCEMENT,
    Kind.DECIDED: Step.DECISION,
}
_PHOTO_OF = {BatchKind.NOTICE: EvidenceKind.NOTICE_START, BatchKind.ANNOUNCEMENT: EvidenceKind.ANNOUNCEMENT}
_CHANGES = tuple(PROVED_CHANGES)


@dataclass(frozen=True, slots=True)
class HouseholdMeter:
    """One household: its own proofs, and the papers it shares with others (``papers``, ids)."""

    id: int
    village_id: int
    village: str
    group: str
    head_name: str
    size: int
    own: Tally
    papers: tuple[int, ...] = ()

    @property
    def lacking(self) -> int:
        """How many of its own proofs are missing."""
        return len(self.own.missing)

    @property
    def named(self) -> str:
        return f"{self.village}{self.group} {self.head_name}户"


@dataclass(frozen=True, slots=True)
class PaperMeter:
    """A paper of many households; ``village_id`` is 0 for papers of the town. ``places`` are where its list hung, or the villages a
    review speaks of."""

    id: int
    kind: BatchKind
    label: str
    village_id: int
    tally: Tally
    places: tuple[str, ...] = ()
    village: str = ""

    @property
    def short(self) -> str:
        """2016年第1次公示, where the village is known already."""
        return self.label.removeprefix(self.village)


@dataclass(frozen=True, slots=True)
class VillageMeter:
    """A village: how many households and persons it has, how many households lack something, and how many things are missing, those of
    its papers counted once."""

    id: int
    name: str
    households: int
    persons: int
    lacking_households: int
    lacking: int
    due: int


@dataclass(frozen=True, slots=True)
class Meter:
    """What is missing in part of the record: villages in the town's order, households in village order, papers newest first.

    ``names`` are the names of all villages: a wall of another village is no lack of a household's own file.
    """

    villages: tuple[VillageMeter, ...]
    homes: Mapping[int, HouseholdMeter]
    papers: Mapping[int, PaperMeter]
    names: frozenset[str] = frozenset()

    def homes_of(self, village_id: int) -> tuple[HouseholdMeter, ...]:
        """The households of one village."""
        return tuple(home for home in self.homes.values() if home.village_id == village_id)

    def papers_of(self, village_id: int) -> tuple[PaperMeter, ...]:
        """The papers of one village; 0 asks for the town's own."""
        return tuple(paper for paper in self.papers.values() if paper.village_id == village_id)

    def missing_of(self, household_id: int) -> tuple[Missing, ...]:
        """All that one household's file lacks, shared papers included, in the order of the steps."""
        home = self.homes.get(household_id)
        if home is None:
            return ()
        elsewhere = self.names - {home.village}
        shared = [
            one
            for i in home.papers
            if i in self.papers
            for one in self.papers[i].tally.missing
            if one.place not in elsewhere
        ]
        return tuple(sorted((*home.own.missing, *shared), key=_place_in_file))


_ORDER = {step: n for n, step in enumerate(Step)}


def _place_in_file(one: Missing) -> int:
    return _ORDER[one.step]


@dataclass(slots=True)
class _Read:
    """What was read of the households, before it is weighed."""

    rows: Sequence[Any]
    members: dict[int, list[Member]] = field(default_factory=dict)
    reached: dict[int, frozenset[Step]] = field(default_factory=dict)
    cases: dict[int, tuple[int, Step | None, int | None]] = field(default_factory=dict)
    papers: dict[int, set[int]] = field(default_factory=dict)
    opined: set[int] = field(default_factory=set)
    objected: set[int] = field(default_factory=set)
    changes: Counter[int] = field(default_factory=Counter)
    held: dict[int, set[EvidenceKind]] = field(default_factory=dict)


def meter(unit: Unit, village_id: int | None = None, household_ids: Collection[int] | None = None) -> Meter:
    """What is missing in the whole town, in one village or of some households; a dozen queries however many."""
    spared, _ = spared_from(town.options(unit).evidence_spared)
    read = _read(unit, village_id, household_ids)
    homes = {row.id: _home(read, row, spared) for row in read.rows}
    papers = _papers(unit, read, homes, spared)
    names = frozenset(v.name for v in town.villages(unit))
    return Meter(_villages(unit, homes, papers), homes, papers, names)


def missing_of(unit: Unit, household_ids: Collection[int]) -> dict[int, tuple[Missing, ...]]:
    """All that the files of these households lack, shared papers included."""
    found = meter(unit, household_ids=household_ids)
    return {i: found.missing_of(i) for i in household_ids}


def lacking(unit: Unit, case_ids: Collection[int]) -> dict[int, tuple[Missing, ...]]:
    """What the households of these cases lack before the town reviews them: proofs of households and villages up to the opinion."""
    query = select(CaseRow.id, CaseRow.household_id).where(among(CaseRow.id.expression, case_ids))
    of = {row.id: row.household_id for row in unit.session.execute(query)}
    found = missing_of(unit, set(of.values()))
    return {i: tuple(one for one in found[of[i]] if one.demand.owner is not Owner.TOWN) for i in case_ids if i in of}


def _read(unit: Unit, village_id: int | None, household_ids: Collection[int] | None) -> _Read:
    home = HouseholdRow
    where: list[ColumnElement[bool]] = [home.live.is_(True)]
    if village_id is not None:
        where.append(home.village_id == village_id)
    if household_ids is not None:
        where.append(among(home.id.expression, household_ids))
    query = (
        select(
            home.id, home.village_id, Village.name.label("village"), Group.name.label("group"), home.head_name, home.size,
            home.attribute, home.main_cause, home.other_cause_1, home.other_cause_2, home.benefit_number,
        )
        .join(Village, Village.id == home.village_id)
        .join(Group, Group.id == home.group_id)
        .where(*where)
        .order_by(Village.position, Group.position, home.id)
    )  # fmt: skip
    wanted = select(home.id).where(*where)
    read = _Read(unit.session.execute(query).all())
    _read_members(unit, read, wanted)
    _read_cases(unit, read, wanted)
    _read_events(unit, read, wanted)
    _read_evidence(unit, read, wanted)
    return read


def _read_members(unit: Unit, read: _Read, wanted: Any) -> None:  # noqa: ANN401 - a sub-query
    """Only the people some proof is asked for because of them."""
    m = MemberRow.__table__.c
    telling = (
        (m.id_number == "") | (m.id_kind == IdKind.NONE) | (m.disability_number != "")
        | m.health.in_((Health.DISABLED, Health.SERIOUS)) | m.health_also.in_((Health.DISABLED, Health.SERIOUS))
        | (m.schooling.is_not(None) & (m.schooling != Schooling.NONE))
    )  # fmt: skip
    query = (
        select(
            m.household_id, m.name, m.id_number, m.schooling, m.health, m.disability_number, m.id_kind, m.health_also
        )
        .where(m.household_id.in_(wanted), m.live, telling)
        .order_by(m.household_id, m.position)
    )
    for of, name, number, schooling, health, disability, kind, also in unit.session.execute(query):
        person = Member(
            name, id_number=number, schooling=schooling, health=health, disability_number=disability, id_kind=kind,
            health_also=also,
        )  # fmt: skip
        read.members.setdefault(of, []).append(person)


def _read_cases(unit: Unit, read: _Read, wanted: Any) -> None:  # noqa: ANN401 - a sub-query
    """The steps each household has behind it on the ladder of identification; a case taken back asks for nothing."""
    inherited = select(EventRow.case_id).where(EventRow.kind == Kind.INHERITED)
    query = (
        select(
            CaseRow.id, CaseRow.household_id, CaseRow.ladder, StateRow.step, StateRow.status, StateRow.gate_id,
            CaseRow.id.in_(inherited),
        )
        .join(StateRow, StateRow.case_id == CaseRow.id)
        .where(CaseRow.household_id.in_(wanted))
        .order_by(CaseRow.id)
    )  # fmt: skip
    steps = ladders()[IDENTIFICATION].steps
    behind: dict[Step | None, frozenset[Step]] = {s: frozenset(steps[:n]) for n, s in enumerate(steps)}
    behind[None] = frozenset(steps)
    for case_id, of, ladder, step, status, gate_id, split in unit.session.execute(query):
        if status is Status.WITHDRAWN:
            continue
        read.cases[case_id] = (of, step, gate_id)
        if ladder == IDENTIFICATION:
            read.reached[of] = frozenset({Step.CARD}) if split else behind[step]


def _read_events(unit: Unit, read: _Read, wanted: Any) -> None:  # noqa: ANN401 - a sub-query
    """The papers each household stands on, and whether somebody objected to it."""
    cases = select(CaseRow.id).where(CaseRow.household_id.in_(wanted))
    undone = func.json_each(EventRow.undoes).table_valued(column("value", Text), joins_implicitly=True)
    void = set(unit.session.scalars(select(undone.c.value).select_from(EventRow).where(EventRow.undoes != "[]")))
    kinds = (*_STEP_OF, Kind.OBJECTED, Kind.OPINED)
    query = (
        select(EventRow.id, EventRow.case_id, EventRow.kind, EventRow.batch_id)
        .where(EventRow.case_id.in_(cases), EventRow.kind.in_(kinds))
        .order_by(EventRow.id)
    )
    newest: dict[tuple[int, Kind], int | None] = {}
    for event_id, case_id, kind, batch_id in unit.session.execute(query):
        if event_id in void or case_id not in read.cases:
            continue
        newest[case_id, kind] = batch_id
        if kind is Kind.OBJECTED:
            read.objected.add(read.cases[case_id][0])
    for (case_id, kind), batch_id in newest.items():
        of, at, gate_id = read.cases[case_id]
        done = at is None or _ORDER[at] > _ORDER[_STEP_OF.get(kind, Step.OPINION)]
        if kind is Kind.OPINED and done and (case_id, Kind.LISTED) in newest:
            read.opined.add(newest[case_id, Kind.LISTED] or 0)
        elif batch_id is not None and (done or gate_id == batch_id):
            read.papers.setdefault(of, set()).add(batch_id)


def _read_evidence(unit: Unit, read: _Read, wanted: Any) -> None:  # noqa: ANN401 - a sub-query
    """The kinds that hang on each household, and how many changes somebody must certify."""
    row = EvidenceRow
    query = (
        select(row.household_id, row.kind, func.count())
        .where(row.household_id.in_(wanted), row.id.not_in(select(EvidenceVoid.evidence_id)))
        .group_by(row.household_id, row.kind)
    )
    proofs: Counter[int] = Counter()
    for of, kind, times in unit.session.execute(query):
        read.held.setdefault(of or 0, set()).add(kind)
        if kind is EvidenceKind.CHANGE:
            proofs[of or 0] = times
    change = HouseholdChange
    counted = (
        select(change.household_id, func.count())
        .where(change.household_id.in_(wanted), change.kind.in_(_CHANGES))
        .group_by(change.household_id)
    )
    for of, times in unit.session.execute(counted):
        read.changes[of] = times
        if proofs[of] < times:
            read.held.get(of, set()).discard(EvidenceKind.CHANGE)


def _home(read: _Read, row: Any, spared: frozenset[EvidenceKind]) -> HouseholdMeter:  # noqa: ANN401 - a result row
    telling = Household(
        row.village, row.group, row.head_name, attribute=row.attribute, main_cause=row.main_cause,
        other_cause_1=row.other_cause_1, other_cause_2=row.other_cause_2, benefit_number=row.benefit_number,
        members=tuple(read.members.get(row.id, ())),
    )  # fmt: skip
    of = traits(telling, objected=row.id in read.objected, changes=read.changes[row.id])
    own = of_household(read.reached.get(row.id, frozenset()), of, read.held.get(row.id, set()), spared)
    shared = tuple(sorted(read.papers.get(row.id, ())))
    return HouseholdMeter(row.id, row.village_id, row.village, row.group, row.head_name, row.size, own, shared)


def _papers(
    unit: Unit, read: _Read, homes: Mapping[int, HouseholdMeter], spared: frozenset[EvidenceKind]
) -> dict[int, PaperMeter]:
    ids = {i for home in homes.values() for i in home.papers}
    villages: dict[int, dict[str, None]] = {}
    for home in homes.values():
        for i in home.papers:
            villages.setdefault(i, {})[home.village] = None
    found = batches.get_many(unit, sorted(ids, reverse=True))
    held = _held(unit, ids)
    made = {}
    for batch in sorted(found.values(), key=lambda b: -b.id):
        paper = _paper(batch, tuple(villages[batch.id]), opined=batch.id in read.opined)
        tally = of_paper(paper, held.get(batch.id, frozenset()) | _posted_with(batch), spared)
        made[batch.id] = PaperMeter(
            batch.id,
            batch.kind,
            batch.label,
            batch.village_id or 0,
            tally,
            paper.posted or paper.villages,
            batch.village,
        )
    return made


def _held(unit: Unit, ids: Iterable[int]) -> dict[int, Held]:
    row = EvidenceRow
    query = select(row.batch_id, row.kind, row.place).where(
        among(row.batch_id.expression, ids), row.id.not_in(select(EvidenceVoid.evidence_id))
    )
    found: dict[int, set[tuple[EvidenceKind, str]]] = {}
    for batch_id, kind, place in unit.session.execute(query):
        found.setdefault(batch_id or 0, set()).add((kind, place))
    return {i: frozenset(kinds) for i, kinds in found.items()}


def _posted_with(batch: Batch) -> Held:
    """The photos that came in with the postings themselves."""
    kind = _PHOTO_OF.get(batch.kind)
    acts = (BatchAct.POSTED, BatchAct.PHOTO)
    return frozenset((kind, e.place) for e in batch.events if kind and e.act in acts and e.photo_sha)


def _paper(batch: Batch, villages: tuple[str, ...], *, opined: bool) -> Paper:
    posted = dict.fromkeys(e.place for e in batch.events if e.act is BatchAct.POSTED)
    down = any(e.act is BatchAct.TAKEN_DOWN for e in batch.events)
    passed = batch.facts.get("outcome", Outcome.PASSED.value) == Outcome.PASSED.value
    return Paper(batch.id, batch.kind, batch.label, tuple(posted), down, opined, passed, villages)


def _villages(
    unit: Unit, homes: Mapping[int, HouseholdMeter], papers: Mapping[int, PaperMeter]
) -> tuple[VillageMeter, ...]:
    of: dict[int, list[HouseholdMeter]] = {}
    for home in homes.values():
        of.setdefault(home.village_id, []).append(home)
    shared: dict[int, list[Tally]] = {}
    for paper in papers.values():
        shared.setdefault(paper.village_id, []).append(paper.tally)
    found = []
    for village in town.villages(unit):
        here, tallies = of.get(village.id, []), shared.get(village.id, [])
        missing = sum(h.lacking for h in here) + sum(len(t.missing) for t in tallies)
        due = sum(h.own.due for h in here) + sum(t.due for t in tallies)
        lacking_homes = sum(1 for h in here if h.lacking)
        persons = sum(h.size for h in here)
        found.append(VillageMeter(village.id, village.name, len(here), persons, lacking_homes, missing, due))
    return tuple(found)
