"""What the papers of one household say, read from the record: the application form, the visit sheet and the card.

Nothing is typed for a paper that the record knows; a reprint says the same as the first print, because it reads the same events.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from db.papers.application import ApplicationFacts, ApplicationMember, StepText
from db.papers.card import CardFacts, CardIncome, CardMember, CardStep
from db.papers.verification import Answer, MemberHealth, VerificationFacts, asset_pairs, housing_pairs
from db.papers.wording import day
from db.rules import income
from db.rules.case import Done, Event, Kind, Outcome, State, carded, latest, standing
from db.rules.codes import Attribute, Code, Finding, Standard
from db.rules.eligibility import LOOK_WORDS
from db.rules.identity import judge
from db.rules.income import Threshold
from db.rules.procedure import IDENTIFICATION, Step
from db.rules.values import Household, Income, Member
from db.services.cases.verification import latest_visit, read_visit
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.register.numbering import application_numbers
from db.services.town import town
from db.services.town.town import OptionRows, Options, TownInfo
from db.store.unit import Unit

BENEFIT_OF = {Attribute.LOW_INCOME: "低保", Attribute.FIVE_GUARANTEES: "五保（特困）", Attribute.ORDINARY: "无"}


def application(unit: Unit, household_id: int) -> ApplicationFacts:
    """The application form filled in as far as the case has come, opinions included."""
    number = application_numbers(unit, [household_id]).get(household_id, "")
    file = files.open_file(unit, household_id, ladder=IDENTIFICATION)
    return application_of(file, town.town(unit), options_of_visit(town.option_rows(unit), file), number)


def options_of_visit(rows: OptionRows, file: CaseFile) -> Options:
    """The options that held when the visit was recorded: the form keeps the words it was written with."""
    visit = latest_visit(file.events)
    return town.options_at(rows, visit.entered_at if visit else None)


def application_of(
    file: CaseFile, named: TownInfo, options: Options, number: str = "", handed_in: tuple[str, ...] = ()
) -> ApplicationFacts:
    """The application form of a file already read, ``options`` those of its visit; ``handed_in`` are labels of ``ATTACHMENTS`` kept."""
    h = file.applied
    events = standing(file.events)
    return ApplicationFacts(
        town=named.name,
        village=h.village,
        group=h.group,
        number=number,
        head_name=h.head_name,
        head_sex=_label(h.head_sex),
        head_id=h.head_id,
        ethnicity=_label(h.members[0].ethnicity) if h.members else "",
        phone=h.phone,
        address=h.address or f"{h.village}{h.group}",
        size=h.size,
        able_members=sum(1 for m in h.members if m.labour and m.labour.able),
        kind=_label(h.application_kind),
        benefit=BENEFIT_OF[h.attribute] if h.attribute else "",
        benefit_number=h.benefit_number,
        disposable=_totals(h)[0],
        per_head=_totals(h)[1],
        housing_area=h.housing_area,
        housing_grade=_label(h.housing_grade),
        housing_kind=_label(h.structure),
        built_year=h.built_year,
        main_cause=_label(h.main_cause),
        other_causes=tuple(c.label for c in (h.other_cause_1, h.other_cause_2) if c),
        reason=h.reason,
        members=tuple(_applicant(m) for m in h.members),
        applied_on=h.applied_on,
        attachments=handed_in,
        verification=_visit_text(events, options),
        appraisal=_vote_text(events),
        notice=_notice_text(events),
        village_opinion=_opinion_text(events),
        town_review=_outcome_text(events, Kind.REVIEWED),
        county_office=_outcome_text(events, Kind.RECHECKED),
        county_decision=_outcome_text(events, Kind.DECIDED),
    )


def visit_sheet(unit: Unit, household_id: int) -> VerificationFacts:
    """The visit sheet: what the record knows filled in, the rest blank until the visit is recorded."""
    file = files.open_file(unit, household_id, ladder=IDENTIFICATION)
    number = application_numbers(unit, [household_id]).get(household_id, "")
    return visit_sheet_of(file, town.town(unit), town.thresholds(unit), unit.today, number)


def visit_sheet_of(
    file: CaseFile, named: TownInfo, lines: tuple[Threshold, ...], today: date, number: str = ""
) -> VerificationFacts:
    """The visit sheet of a file already read."""
    event = latest_visit(file.events)
    h = file.visited
    visit, judged = read_visit(event) if event else None, files.judgement(file)
    year = (h.applied_on or today).year - 1
    return VerificationFacts(
        town=named.name,
        village=h.village,
        group=h.group,
        number=number,
        head_name=h.head_name,
        size=h.size,
        visited_on=visit.visited_on if visit else None,
        surveyors=visit.surveyors if visit else (),
        village_officer=visit.officer if visit else "",
        housing=housing_pairs(h),
        assets=asset_pairs(h),
        members=tuple(_health(m) for m in h.members),
        income=_income(h),
        threshold=Decimal(event.facts["line"]) if event else income.entry_line(lines, year),
        looks=tuple(
            Answer(item.value, LOOK_WORDS[item].get(look, "") if look else "", note)
            for item, (look, note) in visit.looks.items()
        )
        if visit
        else (),
        priorities=tuple(Answer(p.value, "是") for p in sorted(visit.priorities, key=lambda p: p.value))
        if visit
        else (),
        entries=tuple(Answer(k.value, f.label, note) for k, (f, note) in visit.entries.items()) if visit else (),
        bars=tuple(Answer(k.value, f.label, note) for k, (f, note) in visit.bars.items()) if visit else (),
        verdict=judged.verdict.label if judged else "",
        remarks=visit.remark if visit else "",
    )


def card(unit: Unit, household_id: int, *, show_ids: bool = False) -> CardFacts:
    """The household's card (户有卡)."""
    return cards(unit, [household_id], show_ids=show_ids)[0]


def cards(unit: Unit, household_ids: Sequence[int], *, show_ids: bool = False) -> tuple[CardFacts, ...]:
    """The cards of many households, in their order; a dozen queries however many."""
    named, options, found = town.town(unit), town.options(unit), files.open_files(unit, household_ids, IDENTIFICATION)
    return tuple(card_of(found[i], named, options, unit.today, show_ids=show_ids) for i in household_ids)


def card_of(file: CaseFile, named: TownInfo, options: Options, today: date, *, show_ids: bool) -> CardFacts:
    """The card of a file already read."""
    state, events = file.state, standing(file.events)
    decided = latest(events, Kind.DECIDED)
    reviewed = latest(events, Kind.REVIEWED)
    split = latest(events, Kind.INHERITED)
    made = carded(events)
    as_of = (
        file.signed.changed_on if made and file.signed.changed_on and file.signed.changed_on > made.acted_on else None
    )
    h = file.household_on(as_of or (made.acted_on if made else None))
    return CardFacts(
        number=state.number,
        area=f"{named.province}{named.city}{named.county}{named.name}",
        village=h.village,
        group=h.group,
        head_name=h.head_name,
        attribute=_label(h.attribute),
        able=_able(h),
        members=tuple(_card_member(m, today) for m in h.members),
        steps=_climb(state, split),
        causes=tuple(c.label for c in (h.main_cause, h.other_cause_1, h.other_cause_2) if c),
        entry_reason=entry_reason(events),
        standard=_label(h.standard) or Standard.PROVINCE.label,
        phone=h.phone,
        address=h.address,
        housing_area=h.housing_area,
        housing_grade=_label(h.housing_grade),
        income=_income(h),
        document=decided.facts["document"] if decided else "",
        decided_on=decided.acted_on if decided else None,
        filed_on=made.acted_on if made else None,
        as_of=as_of,
        filler=made.actor if made else "",
        reviewer=reviewed.actor if reviewed else "",
        committee=options.village_body,
        show_ids=show_ids,
    )


def _climb(state: State, split: Event | None) -> tuple[CardStep, ...]:
    """The steps below the card; a household split off a registered one stands on the card of that."""
    steps = [CardStep(d.step.label, d.on, _fact(d)) for d in state.done if d.step is not Step.CARD]
    if split is not None:
        facts = split.facts
        origin = f"由{facts['origin_head']}户分出，原档案号 {facts['origin_number']}（{facts['origin_on']} 建档）"
        steps.append(CardStep(split.kind.label, split.acted_on, origin))
    return tuple(steps)


def _fact(done: Done) -> str:
    """The figure of a step in words: 38:2 is for the ladder on the screen."""
    yes, _, no = done.note.partition(":")
    return f"同意{yes}票，不同意{no}票" if done.step is Step.APPRAISAL and no else done.note


def entry_reason(events: Sequence[Event]) -> str:
    """进入原因: the first of 六进 the visit found, else 其他 (60)."""
    visit = latest_visit(events)
    if visit is None:
        return ""
    found = [k for k, (f, _) in read_visit(visit).entries.items() if f is Finding.YES]
    return found[0].label if found else "其他（收入低于标准）"


def _card_member(m: Member, today: date) -> CardMember:
    return CardMember(
        m.name, _label(m.relation), _label(m.sex), m.id_number, judge(m.id_number, today).birth, _label(m.education),
        _label(m.schooling), _label(m.health), _label(m.labour),
    )  # fmt: skip


def _applicant(m: Member) -> ApplicationMember:
    return ApplicationMember(
        m.name, m.id_number, _label(m.sex), _label(m.relation), _label(m.health), _label(m.labour), _label(m.schooling)
    )


def _health(m: Member) -> MemberHealth:
    health = "、".join(word for word in (_label(m.health), _label(m.health_also)) if word)
    return MemberHealth(
        m.name, _label(m.relation), health, m.disability_number, _label(m.labour), m.illness, _label(m.medicated)
    )


def _able(h: Household) -> str:
    return "" if h.able is None else ("有" if h.able.value == "1" else "无")


def _totals(h: Household) -> tuple[Decimal | None, Decimal | None]:
    if h.income is None or not h.size:
        return None, None
    return income.totals(h.income).disposable, income.to_cents(income.per_head(h.income, h.size))


def _income(h: Household) -> CardIncome | None:
    sheet: Income | None = h.income
    if sheet is None:
        return None
    disposable, per_head = _totals(h)
    return CardIncome(
        sheet.year, sheet.wages, sheet.business, sheet.property, sheet.transfer, sheet.business_cost, sheet.transfer_cost,
        disposable, per_head,
    )  # fmt: skip


def _label(code: Code | None) -> str:
    return code.label if code else ""


def _visit_text(events: Sequence[Event], options: Options) -> StepText:
    event = latest(events, Kind.VERIFIED)
    if event is None:
        return StepText()
    text = f"{options.team}会同{options.village_body}入户核实，上年人均可支配收入 {event.facts['per_head']} 元。{event.facts['why']}"
    return StepText(text, "、".join(event.facts["surveyors"]), event.acted_on)


def _vote_text(events: Sequence[Event]) -> StepText:
    event = latest(events, Kind.APPRAISED)
    if event is None:
        return StepText()
    f = event.facts
    result = "通过" if f["passed"] else "未通过"
    text = f"应到 {f['due']} 人，实到 {f['present']} 人，同意 {f['yes']}、不同意 {f['no']}、弃权 {f['abstained']}，{result}。"
    return StepText(text, "", event.acted_on)


def _notice_text(events: Sequence[Event]) -> StepText:
    event = latest(events, Kind.OPINED)
    if event is None or not event.facts.get("notice_first"):
        return StepText()
    first, last = (day(date.fromisoformat(event.facts[key])) for key in ("notice_first", "notice_last"))
    return StepText(f"{first}至{last}在村委会和各村民小组公示，无未办结异议。", "", event.acted_on)


def _opinion_text(events: Sequence[Event]) -> StepText:
    event = latest(events, Kind.OPINED)
    if event is None:
        return StepText()
    text = "经评议、公示，同意上报。" if event.facts["agree"] else f"不同意上报：{event.facts['reason']}"
    return StepText(text, event.facts["signer"], event.acted_on)


def _outcome_text(events: Sequence[Event], kind: Kind) -> StepText:
    event = latest(events, kind)
    if event is None:
        return StepText()
    outcome = Outcome.of(event.facts["outcome"])
    text = outcome.label + (f"：{event.facts['reason']}" if event.facts["reason"] else "")
    document = event.facts.get("document", "")
    return StepText(f"{text} {document}".strip(), event.actor if kind is Kind.REVIEWED else "", event.acted_on)
