"""县公告、县核查、县审定: what the county announces and decides, as it comes back to the town in batches.

Each household of a batch has its own outcome (通过, 退回, 不予认定) with a reason; the document's number and date stand on the batch.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date

from db.errors import Problem, refuse_any
from db.rules.case import Kind, Outcome
from db.rules.codes import BatchKind, Direction
from db.rules.documents import tidy
from db.rules.notice import Counting
from db.services.cases import batches, cases, documents
from db.services.cases.cases import Act
from db.services.cases.documents import Draft
from db.services.notices import notices, objections
from db.services.notices.notices import NoticeView
from db.services.notices.objections import ObjectionView
from db.services.register import households
from db.services.town import town
from db.store.unit import Unit

BATCH_OF = {Kind.RECHECKED: BatchKind.RECHECK, Kind.DECIDED: BatchKind.DECISION}


@dataclass(frozen=True, slots=True)
class CountyPaper:
    """The county's document: number, date, and what it says in a word."""

    number: str
    dated: date
    note: str = ""


@dataclass(frozen=True, slots=True)
class Ruling:
    """The county's outcome for one household; ``reason`` is demanded for 退回 and 不予认定."""

    case_id: int
    outcome: Outcome
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Announced:
    """One announcement: the county's document number, where it hangs since when, and what was raised against it."""

    document: str
    view: NoticeView
    objections: tuple[ObjectionView, ...] = ()


def announcements(unit: Unit) -> tuple[Announced, ...]:
    """All announcements, newest first."""
    documents = {b.id: str(b.facts.get("document", "")) for b in batches.of_kind(unit, BatchKind.ANNOUNCEMENT)}
    raised = objections.register_view(unit)
    return tuple(
        Announced(documents[v.id], v, tuple(o for o in raised if o.notice_id == v.id))
        for v in notices.views(unit, BatchKind.ANNOUNCEMENT)
    )


def announce(unit: Unit, case_ids: Sequence[int], paper: CountyPaper) -> int:
    """Record the county's announcement of these households; it is posted at the town and in their villages like a notice."""
    refuse_any(_paper_problems(paper))
    paper = replace(paper, number=tidy(paper.number))
    acts = [Act(case_id, paper.dated, {"document": paper.number}) for case_id in case_ids]
    cases.admit(unit, Kind.ANNOUNCED, acts)
    of = cases.households_of(unit, case_ids)
    homes = households.get_many(unit, of.values())
    rows = notices.printed_rows(unit, case_ids)
    villages = list(dict.fromkeys(homes[of[i]].village for i in case_ids))
    options = town.options(unit)
    facts = {
        "counting": asdict(Counting(days=options.announcement_days)),
        "places": [town.town(unit).name, *villages],
        "rows": [
            asdict(r) | {"group": f"{homes[of[i]].village}{r.group}"} for i, r in zip(case_ids, rows, strict=True)
        ],
        "cases": list(case_ids),
        "document": paper.number,
    }
    batch_id = batches.make(unit, BatchKind.ANNOUNCEMENT, village_id=None, dated=paper.dated, facts=facts)
    _register(unit, paper, BatchKind.ANNOUNCEMENT, batch_id)
    notices.write_gate(unit, batch_id)
    cases.write(unit, Kind.ANNOUNCED, acts, batch_id=batch_id, bulk=True)
    return batch_id


def recheck(unit: Unit, rulings: Sequence[Ruling], paper: CountyPaper) -> int:
    """Record the county's second check; returns the batch's id."""
    return _rule(unit, Kind.RECHECKED, rulings, paper)


def decide(unit: Unit, rulings: Sequence[Ruling], paper: CountyPaper) -> int:
    """Record the county government's decision; returns the batch's id."""
    return _rule(unit, Kind.DECIDED, rulings, paper)


def _rule(unit: Unit, kind: Kind, rulings: Sequence[Ruling], paper: CountyPaper) -> int:
    unit.require_trusted_day()
    problems = _paper_problems(paper)
    called = cases.names(unit, [r.case_id for r in rulings])
    problems += [
        Problem(f"{called[r.case_id]}：{r.outcome.label}须写明原因", "reason", called[r.case_id])
        for r in rulings
        if r.outcome is not Outcome.PASSED and not r.reason.strip()
    ]
    refuse_any(problems)
    paper = replace(paper, number=tidy(paper.number))
    acts = [Act(r.case_id, paper.dated, _facts(r, paper)) for r in rulings]
    cases.admit(unit, kind, acts)
    facts = {"document": paper.number, "note": paper.note}
    ladder = cases.ladder_of(unit, [a.case_id for a in acts]).key
    batch_id = batches.make(unit, BATCH_OF[kind], village_id=None, dated=paper.dated, facts=facts, ladder=ladder)
    _register(unit, paper, BATCH_OF[kind], batch_id)
    cases.write(unit, kind, acts, batch_id=batch_id, bulk=True)
    return batch_id


def _register(unit: Unit, paper: CountyPaper, kind: BatchKind, batch_id: int) -> None:
    """The county's number goes into 收文登记簿, so that it is typed once."""
    county = town.town(unit).county
    body = f"{county}人民政府" if kind is BatchKind.DECISION else f"{county}扶贫办"
    draft = Draft(Direction.IN, paper.number, f"相对贫困户名单（{kind.label}）", body, paper.dated, batch_id)
    documents.adopt(unit, draft, kind)


def _facts(ruling: Ruling, paper: CountyPaper) -> Mapping[str, str]:
    return {"outcome": ruling.outcome.value, "reason": ruling.reason.strip(), "document": paper.number}


def _paper_problems(paper: CountyPaper) -> list[Problem]:
    return [] if paper.number.strip() else [Problem("请填写县里文件的文号", "number")]
