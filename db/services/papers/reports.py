"""上报报告: what the town reports to the county after its review, counted from the reviews that carry one document number."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from db.errors import Refused
from db.papers import report as report_paper
from db.papers.model import Paper
from db.papers.report import Pair, ReportFacts, ReportRow
from db.rules.case import Finding, Outcome
from db.rules.codes import BatchKind
from db.rules.values import Household
from db.services.cases import batches, cases
from db.services.cases.batches import Batch
from db.services.cases.paperhomes import homes_of
from db.services.notices import objections
from db.services.town import search, town
from db.services.town.placenames import names_on
from db.services.town.search import Filter
from db.services.town.town import Options
from db.store.unit import Unit


def report(unit: Unit, batch_id: int) -> Paper:
    """The report of a review and of all others with its document number; Refused while nobody passed."""
    made = _together(unit, batches.get(unit, batch_id))
    passed, back = _sorted_out(unit, made)
    if not passed:
        raise Refused("这次审核没有同意上报的农户，没有可上报的名单")
    named, options, last = town.town(unit), town.options(unit, made[-1].made_at), made[-1]
    heard = objections.register_view(unit, [*passed, *back])
    upheld = [o for o in heard if o.investigation and o.investigation.facts["finding"] != Finding.UNFOUNDED.value]
    homes = [*passed.values(), *back.values()]
    place = {name: n for n, name in enumerate(names_on(unit, last.dated))}
    facts = ReportFacts(
        town=named.name,
        year=last.year,
        body=body_of(options, named.name),
        addressee=f"{named.county}扶贫办",
        basis=options.basis,
        rows=tuple(map(_row, sorted(passed.values(), key=lambda h: place.get(h.village, 0)))),
        reported_on=last.dated,
        document=str(last.facts.get("document", "")),
        applied=_applied(unit, {h.village for h in homes}, last),
        returned=_pair(back.values()),
        objections=len(heard),
        upheld=len(upheld),
        notice_days=int(last.facts.get("notice_days", options.notice_days)),
        contact=options.contact,
        phone=options.office_phone,
    )
    return report_paper.build(facts)


def body_of(options: Options, named: str) -> str:
    """The town's government as it signs: 华阳镇人民政府."""
    if options.town_body in ("镇政府", "镇人民政府"):
        return f"{named}人民政府"
    return f"{named}{options.town_body.removeprefix('镇')}" if options.town_body.startswith("镇") else options.town_body


def _together(unit: Unit, batch: Batch) -> list[Batch]:
    """The reviews of one report, oldest first: those of the same document number, else this one alone."""
    document = batch.facts.get("document", "")
    if not document:
        return [batch]
    same = [b for b in batches.of_kind(unit, BatchKind.REVIEW) if b.facts.get("document") == document]
    return sorted(same, key=lambda b: (b.dated, b.id))


def _sorted_out(unit: Unit, made: Sequence[Batch]) -> tuple[dict[int, Household], dict[int, Household]]:
    """Households by case that were passed and that were sent back; the last word of the reviews counts."""
    events = {case_id: e for batch in made for case_id, e in cases.events_of_batch(unit, batch.id).items()}
    of = cases.households_of(unit, events)
    homes = homes_of(unit, of.values(), made[-1])
    passed, back = dict[int, Household](), dict[int, Household]()
    for case_id, event in events.items():
        good = event.facts["outcome"] == Outcome.PASSED.value
        (passed if good else back)[case_id] = homes[of[case_id]]
    return passed, back


def _row(h: Household) -> ReportRow:
    able = "" if h.able is None else ("有" if h.able.value == "1" else "无")
    return ReportRow(h.village, h.size, h.attribute.label if h.attribute else "属性未填", able)


def _pair(homes: Iterable[Household]) -> Pair:
    sizes = [h.size for h in homes]
    return Pair(len(sizes), sum(sizes))


def _applied(unit: Unit, villages: set[str], review: Batch) -> Pair:
    """Who of these villages had applied when the review was made: what came later is of the next report."""
    of = cases.case_of(unit, search.ids(unit, Filter()), review.ladder)
    opened = {case_id: acts[0].entered_at for case_id, acts in cases.events(unit, of.values()).items()}
    in_time = [i for i, case_id in of.items() if opened[case_id] <= review.made_at]
    return _pair(h for h in homes_of(unit, in_time, review).values() if h.village in villages)
