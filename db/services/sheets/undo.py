"""撤销录入: a file's taking-in undone as one step, as long as nothing was built on any of its households.

Changed households get their former content as a new version, a correction; new ones are withdrawn and leave the lists, so that the
numbers of their people are free again. What the file wrote stays readable behind them.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import delete, select

from db.errors import Problem, Refused
from db.rules.case import Kind
from db.rules.values import Household
from db.schema.base import Base
from db.schema.batch import BatchRow
from db.schema.case import CaseRow, EventRow
from db.schema.crosscheck import CrossHit
from db.schema.evidence import EvidenceRow, EvidenceVoid
from db.schema.household import HouseholdChange, HouseholdRow, IncomeRow, MemberRow
from db.schema.recheck import FindingReason, RecheckOutcome
from db.schema.rekey import RekeyItem
from db.schema.sheets import ImportUndo, SentRow
from db.services.bulk import among, insert_rows
from db.services.cases import applications, cases
from db.services.cases.cases import Act
from db.services.register import households, versions
from db.services.sheets import runs as import_runs
from db.services.sheets.runs import Run, Wrote
from db.sheets.findings import Ticket
from db.store.unit import Unit

REASON = "撤销录入"
_LISTED = 50
_BUILT: Mapping[type[Base], str] = {
    HouseholdChange: "人员变动",
    RecheckOutcome: "回头看结果",
    FindingReason: "疑点说明",
    RekeyItem: "抽中复录",
    CrossHit: "外部比对结果",
    SentRow: "发给村里填报",
}
"""What a table with a household's number in it says was built on the household."""


@dataclass(frozen=True, slots=True)
class Undoing:
    """What undoing a run would do: households and persons to be withdrawn and to be set back; ``built`` names every household that
    something was built on, with what, and then nothing is undone."""

    run: Run
    withdrawn: tuple[int, int]
    restored: tuple[int, int]
    built: tuple[Problem, ...]


def look(unit: Unit, run_id: int) -> Undoing:
    """What undoing this run would do; a dozen queries whatever its size."""
    run, wrote = import_runs.one(unit, run_id), import_runs.rows_of(unit, run_id)
    homes = households.get_many(unit, [w.household_id for w in wrote])
    new = [homes[w.household_id] for w in wrote if not w.before]
    changed = [homes[w.household_id] for w in wrote if w.before]
    built = () if run.undone else tuple(_built(unit, run, wrote, homes))
    return Undoing(run, _both(new), _both(changed), built)


def history(unit: Unit) -> tuple[tuple[Run, int], ...]:
    """The files taken in, the newest first, each with how many of its households something was built on; 0 of one taken back."""
    runs = import_runs.earlier(unit, _LISTED)
    built = standing(unit, runs)
    return tuple((run, built.get(run.id, 0)) for run in runs)


def standing(unit: Unit, runs: Sequence[Run]) -> dict[int, int]:
    """Of runs that were not undone, how many households something was built on; 0 means it can be undone."""
    found = {}
    for run in runs:
        if not run.undone:
            wrote = import_runs.rows_of(unit, run.id)
            found[run.id] = len(_found(unit, run, wrote)) or len(list(_numbers_taken(unit, wrote)))
    return found


def undo(unit: Unit, run_id: int, reason: str, ticket: Ticket | None = None) -> Undoing:
    """Take back exactly what this run wrote. Refused without a reason, when it was undone before, or with every household that
    something was built on."""
    found = look(unit, run_id)
    if not reason.strip():
        raise Refused([Problem("请写明为什么撤销，会记入经过", "reason")])
    if found.run.undone:
        raise Refused(f"“{found.run.file_name}”这次录入{found.run.undone}，不必再撤销")
    if found.built:
        raise Refused(found.built)
    wrote = import_runs.rows_of(unit, run_id)
    _withdraw(unit, [w for w in wrote if not w.before], reason.strip(), ticket)
    _restore(unit, [w for w in wrote if w.before], ticket)
    insert_rows(
        unit, ImportUndo, [{"run_id": run_id, "reason": reason.strip(), "at": unit.now, "actor_id": unit.actor.id}]
    )
    unit.trail(
        REASON, entity="import", entity_id=run_id, reason=reason.strip(), file_sha256=found.run.sha256,
        new=found.withdrawn[0], persons=found.withdrawn[1], changed=found.restored[0],
    )  # fmt: skip
    return found


def _withdraw(unit: Unit, wrote: Sequence[Wrote], reason: str, ticket: Ticket | None) -> None:
    """The households leave the lists with all their people; their applications are withdrawn."""
    if not wrote:
        return
    ids = [w.household_id for w in wrote]
    case_ids = cases.case_of(unit, ids)
    facts = {"reason": f"{REASON}：{reason}"}
    cases.write(unit, Kind.WITHDRAWN, [Act(case_ids[i], unit.today, facts) for i in ids], bulk=True, reason=reason)
    _report(ticket, "正在撤下新增的户")
    households.take_back(unit, ids)


def _restore(unit: Unit, wrote: Sequence[Wrote], ticket: Ticket | None) -> None:
    """The households as they were before, saved as a correction; a sheet of incomes that came with the file goes with it."""
    if not wrote:
        return
    _report(ticket, "正在恢复变动的户")
    before = versions.of_many(unit, [(w.household_id, w.before) for w in wrote])
    now = households.get_many(unit, before)
    _drop_incomes(unit, before, now)
    households.change_many(unit, [replace(old, version=now[i].version) for i, old in before.items()])
    case_ids = cases.case_of(unit, before)
    moved = [i for i, old in before.items() if old.applied_on not in (None, now[i].applied_on)]
    applications.file_anew(unit, {case_ids[i]: before[i].applied_on for i in moved if i in case_ids})


def _drop_incomes(unit: Unit, before: Mapping[int, Household], now: Mapping[int, Household]) -> None:
    newer: dict[int, list[int]] = defaultdict(list)
    for i, old in before.items():
        income = now[i].income
        if income is not None and (old.income is None or old.income.year < income.year):
            newer[income.year].append(i)
    row = IncomeRow
    for year, ids in newer.items():
        unit.session.execute(delete(row).where(among(row.household_id.expression, ids), row.year == year))


def _report(ticket: Ticket | None, text: str) -> None:
    if ticket is not None:
        ticket.check()
        ticket.report(0, 0, text)


def _built(unit: Unit, run: Run, wrote: Sequence[Wrote], homes: Mapping[int, Household]) -> Iterator[Problem]:
    """One sentence a household with all that was built on it, in the order of the file."""
    found = _found(unit, run, wrote)
    for w in wrote:
        if w.household_id in found:
            name = homes[w.household_id].named
            yield Problem(f"{name}：后来有{'、'.join(found[w.household_id])}", where=name)
    yield from _numbers_taken(unit, [w for w in wrote if w.household_id not in found])


def _found(unit: Unit, run: Run, wrote: Sequence[Wrote]) -> dict[int, list[str]]:
    """What was built on each household since, each thing once; households nothing was built on are left out."""
    ids = [w.household_id for w in wrote]
    found: dict[int, list[str]] = defaultdict(list)
    h = HouseholdRow
    query = select(h.id, h.version, h.live).where(among(h.id.expression, ids))
    now = {household_id: (version, live) for household_id, version, live in unit.session.execute(query)}
    void = import_runs.taken_back(unit, ids)
    for w in wrote:
        version, live = now[w.household_id]
        since = set(range(w.after + 1, version + 1)) - void.get(w.household_id, frozenset())
        if not live:
            found[w.household_id].append("销户")
        elif since:
            found[w.household_id].append("修改资料")
    for household_id, what in _all_built(unit, ids, import_runs.reached(unit, run.id)):
        if what not in found[household_id]:
            found[household_id].append(what)
    return {household_id: words for household_id, words in found.items() if words}


def _all_built(unit: Unit, ids: Sequence[int], reached: Mapping[str, int]) -> Iterator[tuple[int, str]]:
    yield from _events(unit, ids, reached.get(EventRow.__tablename__, 0))
    for row, words in _BUILT.items():
        column = row.__table__.c
        query = select(column.household_id).where(
            column.id > reached.get(row.__tablename__, 0), among(column.household_id, ids)
        )
        yield from ((household_id, words) for household_id in unit.session.scalars(query))
    c, e = HouseholdChange, EvidenceRow
    beside = select(c.other_id).where(c.id > reached.get(c.__tablename__, 0), among(c.other_id.expression, ids))
    yield from ((household_id, "另一户的人员变动") for household_id in unit.session.scalars(beside) if household_id)
    hung = select(e.household_id).where(
        e.id > reached.get(e.__tablename__, 0),
        among(e.household_id.expression, ids),
        e.id.not_in(select(EvidenceVoid.evidence_id)),
    )
    yield from ((household_id, "归档材料") for household_id in unit.session.scalars(hung) if household_id)
    yield from _papers(unit, ids, reached.get(BatchRow.__tablename__, 0))


def _events(unit: Unit, ids: Sequence[int], after: int) -> Iterator[tuple[int, str]]:
    query = (
        select(CaseRow.household_id, EventRow.kind)
        .join(EventRow, EventRow.case_id == CaseRow.id)
        .where(EventRow.id > after, among(CaseRow.household_id.expression, ids))
        .order_by(EventRow.id)
    )
    for household_id, kind in unit.session.execute(query):
        yield household_id, kind.label


def _papers(unit: Unit, ids: Sequence[int], after: int) -> Iterator[tuple[int, str]]:
    """Papers made since that list the household: an opened notice, a roll."""
    query = select(CaseRow.id, CaseRow.household_id).where(among(CaseRow.household_id.expression, ids))
    household_of = {row.id: row.household_id for row in unit.session.execute(query)}
    made = select(BatchRow.label, BatchRow.facts).where(BatchRow.id > after)
    for label, facts in unit.session.execute(made):
        listed = json.loads(facts).get("cases", ())
        for case_id in listed:
            if case_id in household_of:
                yield household_of[case_id], f"列入{label}"


def _numbers_taken(unit: Unit, wrote: Sequence[Wrote]) -> Iterator[Problem]:
    """A number the file took from a person, that somebody else has been entered with since."""
    before = versions.of_many(unit, [(w.household_id, w.before) for w in wrote if w.before])
    owner = {m.id_number: i for i, home in before.items() for m in home.members if m.id_number}
    query = select(MemberRow.id_number, MemberRow.household_id, HouseholdRow.head_name).join(
        HouseholdRow, HouseholdRow.id == MemberRow.household_id
    )
    for number, household_id, head in unit.session.execute(
        query.where(MemberRow.live, among(MemberRow.id_number.expression, owner))
    ):
        home = before[owner[number]]
        if household_id != home.id:
            text = f"{home.named}：恢复后的身份证号（尾号 {number[-4:]}）现在登记在{head}户"
            yield Problem(text, where=home.named)


def _both(homes: Sequence[Household]) -> tuple[int, int]:
    return len(homes), sum(home.size for home in homes)
