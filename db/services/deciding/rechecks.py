"""回头看: rounds of looking again at who is on the register, household by household, and what came of each.

A round belongs to a village or to the town. What it found is only added to; the newest finding of a household in a round counts, and
one that opened a removal stays.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from db.errors import Problem, Refused, refuse_any
from db.papers.recheck import RecheckFacts, RecheckRow
from db.rules.case import GIVEN_UP, Status
from db.rules.codes import Recheck
from db.rules.counts import Count
from db.rules.recheck import Outcome, Progress, outcome_problems, tally
from db.rules.removal import Proposal, RemovalReason
from db.schema.account import Account
from db.schema.case import StateRow
from db.schema.recheck import RecheckOutcome, RecheckRound
from db.schema.town import Village
from db.services.cases import cases
from db.services.deciding import removals
from db.services.town import search, town
from db.services.town.search import Filter, Line, Listed
from db.store.unit import Unit


@dataclass(frozen=True, slots=True)
class Round:
    """One round as the list shows it; ``village`` is "" when it goes over the whole town."""

    id: int
    label: str
    village: str
    village_id: int | None
    started_on: date
    by: str
    progress: Progress
    found: Mapping[Recheck, Count]


@dataclass(frozen=True, slots=True)
class Looked:
    """What a round found of one household; ``case_id`` is the removal it opened, ``given_up`` whether that came to nothing."""

    outcome: Recheck
    acted_on: date
    checkers: tuple[str, ...]
    code: RemovalReason | None
    reason: str
    case_id: int | None
    by: str
    given_up: bool = False

    @property
    def stands(self) -> bool:
        """Whether the household may not be judged anew in this round: the removal goes its way."""
        return self.outcome is Recheck.REMOVED and not self.given_up


@dataclass(frozen=True, slots=True)
class Target:
    """One household of a round; ``looked`` is None until somebody looked at it again."""

    line: Line
    looked: Looked | None = None


def begin(unit: Unit, village_id: int | None, started_on: date, label: str = "") -> int:
    """Begin a round for a village or, without one, the town; returns its id.

    Refused when nobody there is on the register, when a round there is not finished yet, or when the day lies ahead.
    """
    place = _place(unit, village_id)
    problems = []
    if started_on > unit.today:
        problems.append(Problem(f"开始日期 {started_on} 晚于今天 {unit.today}，请核对", "started_on"))
    if search.count(unit, _registered(village_id)) == (0, 0):
        problems.append(Problem(f"{place}还没有在册的农户，不必回头看", "village"))
    for one in rounds(unit):
        if one.progress.left.households and (one.village_id == village_id or None in (one.village_id, village_id)):
            problems.append(Problem(f"{one.label}还有 {one.progress.left} 没有核查，核查完再开新的一轮", "village"))
    refuse_any(problems)
    year = started_on.year
    where = (RecheckRound.year == year, RecheckRound.village_id == village_id)
    ordinal = (unit.session.scalar(select(func.count()).select_from(RecheckRound).where(*where)) or 0) + 1
    row = RecheckRound(
        year=year, label=label.strip() or f"{place}{year}年第{ordinal}次回头看", village_id=village_id,
        started_on=started_on, at=unit.now, actor_id=unit.actor.id,
    )  # fmt: skip
    unit.session.add(row)
    unit.session.flush()
    unit.trail("开始回头看", entity="recheck", entity_id=row.id)
    return row.id


def rounds(unit: Unit) -> tuple[Round, ...]:
    """All rounds, newest first, with how far they have come; four queries."""
    query = (
        select(RecheckRound, Village.name, Account.name)
        .join(Account, Account.id == RecheckRound.actor_id)
        .outerjoin(Village, Village.id == RecheckRound.village_id)
        .order_by(RecheckRound.id.desc())
    )
    begun = unit.session.execute(query).all()
    if not begun:
        return ()
    looked = _newest(unit)
    sizes = search.sizes(unit, {home for of in looked.values() for home in of})
    register = search.register(unit).values()
    found = []
    for row, village, by in begun:
        of = looked.get(row.id, {})
        counts = tally([(one.outcome, sizes[home]) for home, one in of.items()])
        done = sum(counts.values(), Count())
        left = sum((Count(1, x.size) for x in register if x.id not in of and _covers(row, x)), Count())
        place = (row.id, row.label, village or "", row.village_id, row.started_on, by)
        found.append(Round(*place, Progress(done + left, done), counts))
    return tuple(found)


def _covers(row: RecheckRound, one: Listed) -> bool:
    """Whether a household on the register is one of the round's: of its village, and registered when it began."""
    return row.village_id in (None, one.village_id) and one.registered_on <= row.started_on


def targets(unit: Unit, round_id: int) -> tuple[Target, ...]:
    """The households of a round in village order: the register when it began, who was looked at, and who applied since; six queries."""
    row = _round(unit, round_id)
    looked = _newest(unit, round_id).get(round_id, {})
    wanted = looked.keys() | {x.id for x in search.register(unit).values() if _covers(row, x)}
    wanted |= set(search.applied_since(unit, row.started_on, row.village_id))
    lines = search.lines(unit, [home for home in search.ids(unit, Filter()) if home in wanted])
    return tuple(Target(line, looked.get(home)) for home, line in lines.items())


def record(unit: Unit, round_id: int, household_ids: Sequence[int], found: Outcome) -> tuple[int, ...]:
    """Put down what was found of these households, all or none; returns the removals opened.

    Refused with every reason of every household. A household whose removal this round has opened is not judged anew until that has
    come to nothing.
    """
    row = _round(unit, round_id)
    if not household_ids:
        raise Refused("没有选中任何一户")
    lines = search.lines(unit, household_ids)
    _require_theirs(unit, row, household_ids)
    looked = _newest(unit, round_id).get(round_id, {})
    problems = [p for home in household_ids for p in _problems(unit, row, lines[home], looked.get(home), found)]
    refuse_any(dict.fromkeys(problems))
    opened = [_open(unit, home, found) for home in household_ids] if found.outcome is Recheck.REMOVED else []
    for place, home in enumerate(household_ids):
        unit.session.add(_row(unit, round_id, home, found, opened[place] if opened else None))
    unit.trail("回头看核查", entity="recheck", entity_id=round_id, count=len(household_ids), kind=found.outcome.label)
    return tuple(opened)


def _problems(unit: Unit, row: RecheckRound, line: Line, before: Looked | None, found: Outcome) -> list[Problem]:
    told = list(outcome_problems(found, row.started_on, unit.today, registered=line.on_register))
    if before is not None and before.stands:
        told.append(Problem(f"{line.named}：本轮已提出清退，要改请在户档撤回清退", where=line.named))
    return told


def _require_theirs(unit: Unit, row: RecheckRound, household_ids: Sequence[int]) -> None:
    """Each household once, still there, and of the round's village."""
    if len(set(household_ids)) < len(household_ids):
        raise Refused("有一户选了两次，请去掉一次；本次没有写入")
    case_ids = list(cases.case_of(unit, household_ids).values())
    cases.require_live(unit, case_ids)
    if row.village_id is not None:
        cases.require_village(unit, case_ids, row.village_id)


def _open(unit: Unit, household_id: int, found: Outcome) -> int:
    return removals.propose(unit, household_id, Proposal(found.acted_on, found.checkers, found.code, found.reason))


def _row(unit: Unit, round_id: int, household_id: int, found: Outcome, case_id: int | None) -> RecheckOutcome:
    code = found.code.value if found.code and found.outcome is Recheck.REMOVED else ""
    return RecheckOutcome(
        round_id=round_id, household_id=household_id, outcome=found.outcome, acted_on=found.acted_on,
        checkers=json.dumps([n.strip() for n in found.checkers if n.strip()], ensure_ascii=False), reason_code=code,
        reason=found.reason.strip(), case_id=case_id, at=unit.now, actor_id=unit.actor.id,
    )  # fmt: skip


def paper(unit: Unit, round_id: int) -> RecheckFacts:
    """What the printed list of a round says: every household looked at, by village, with what was found."""
    row = _round(unit, round_id)
    found = targets(unit, round_id)
    rows = tuple(_paper_row(t.line, t.looked) for t in found if t.looked is not None)
    if not rows:
        raise Refused("本轮还没有核查结果，名单是空的；先录入核查结果")
    left = [t.line.size for t in found if t.looked is None and t.line.on_register]
    return RecheckFacts(
        town.town(unit).name, row.label, row.started_on, unit.today, rows, Count(len(left), sum(left)), unit.actor.name
    )


def _paper_row(line: Line, looked: Looked) -> RecheckRow:
    reason = f"{looked.code.value} {looked.reason}" if looked.code else looked.reason
    return RecheckRow(
        line.village, line.group, line.head_name, line.size, line.card_number, looked.outcome.label, looked.acted_on,
        looked.checkers, reason,
    )  # fmt: skip


def _newest(unit: Unit, round_id: int | None = None) -> dict[int, dict[int, Looked]]:
    """Round -> household -> what was found last; one query."""
    query = (
        select(RecheckOutcome, Account.name, StateRow.status)
        .join(Account, Account.id == RecheckOutcome.actor_id)
        .outerjoin(StateRow, StateRow.case_id == RecheckOutcome.case_id)
    )
    if round_id is not None:
        query = query.where(RecheckOutcome.round_id == round_id)
    found: dict[int, dict[int, Looked]] = {}
    for row, by, status in unit.session.execute(query.order_by(RecheckOutcome.id)):
        code = RemovalReason.of(row.reason_code) if row.reason_code else None
        found.setdefault(row.round_id, {})[row.household_id] = Looked(
            row.outcome,
            row.acted_on,
            tuple(json.loads(row.checkers)),
            code,
            row.reason,
            row.case_id,
            by,
            status in GIVEN_UP,
        )
    return found


def _registered(village_id: int | None) -> Filter:
    return Filter(village_id=village_id, status=Status.REGISTERED)


def _round(unit: Unit, round_id: int) -> RecheckRound:
    row = unit.session.get(RecheckRound, round_id)
    if row is None:
        raise Refused("没有这一轮回头看，请刷新")
    return row


def _place(unit: Unit, village_id: int | None) -> str:
    if village_id is None:
        return town.town(unit).name
    found = next((v.name for v in town.villages(unit) if v.id == village_id), "")
    if not found:
        raise Refused([Problem("没有这个村，请刷新", "village")])
    return found
