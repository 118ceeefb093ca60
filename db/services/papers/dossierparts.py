"""What a household's file is made of: each part in archive order, how it is read from the record, and which scans lie behind it.

A new paper of the procedure is one line in `PARTS`. Papers that several households share are made once for all of them, and the same
object is handed out, so that they are also laid out once.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from typing import TypeVar

from db.errors import Refused
from db.papers import (
    announcement,
    application,
    card,
    income_sheet,
    notice,
    objections,
    people,
    proof,
    registration,
    review,
    verification,
)
from db.papers.dossier import Missing
from db.papers.model import Paper
from db.papers.wording import listed
from db.rules.case import Event, Kind, carded, latest
from db.rules.codes import EvidenceKind
from db.rules.procedure import Step
from db.services.cases import batches
from db.services.cases.verification import latest_visit, read_visit
from db.services.deciding.files import CaseFile
from db.services.evidence import scans
from db.services.notices import notices
from db.services.notices import objections as register
from db.services.notices import paper as noticepaper
from db.services.notices import proof as noticeproof
from db.services.notices.board import household_then, register_of
from db.services.notices.notices import NoticeView
from db.services.notices.objections import ObjectionView
from db.services.notices.paper import VOID
from db.services.papers import answers as answer_papers
from db.services.papers import county as county_papers
from db.services.papers import household as household_papers
from db.services.papers import intake as intake_papers
from db.services.papers import meetings as meeting_papers
from db.services.papers import registration as registration_papers
from db.services.papers import village as village_papers
from db.services.register.numbering import application_numbers
from db.services.town import town
from db.store.unit import Unit

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Sheet:
    """One paper of a file, the day of the act it is about, and a word on it."""

    paper: Paper
    on: date | None = None
    remark: str = ""
    title: str = ""


class Shelf:
    """Everything the files of some households have in common, each thing read once; lives as long as its unit."""

    def __init__(self, unit: Unit, files: Sequence[CaseFile]) -> None:
        self.unit = unit
        self.named = town.town(unit)
        self.said = town.option_rows(unit)
        self.options = town.options_at(self.said, None)
        self.thresholds = town.thresholds(unit)
        self._notices = notices.views(unit)
        self._known: dict[tuple[str, object], object] = {}
        self._objections: dict[int, list[ObjectionView]] = {}
        for one in register.register_view(unit, [file.case_id for file in files]):
            self._objections.setdefault(one.case_id, []).insert(0, one)
        shared = {e.batch_id for file in files for e in file.events if e.batch_id is not None}
        homes = [file.household.id for file in files if file.household.id]
        self.numbers = application_numbers(unit, homes)
        self.scans = scans.of_households(unit, homes)
        self.batch_scans = scans.of_batches(unit, shared)

    def once(self, what: str, key: object, make: Callable[[], T]) -> T:
        """What ``make`` gives, made the first time it is asked for."""
        if (what, key) not in self._known:
            self._known[what, key] = make()
        return self._known[what, key]  # type: ignore[return-value]

    def notices_of(self, file: CaseFile) -> tuple[NoticeView, ...]:
        """The notices the household stood on that hung somewhere, oldest first."""
        return tuple(n for n in reversed(self._notices) if file.case_id in n.case_ids and n.postings)

    def handed_in(self, file: CaseFile) -> tuple[str, ...]:
        """Which of the form's attachments are kept, in the form's words."""
        kinds = {scan.kind for scan in self.scans.get(file.household.id or 0, ())}
        return tuple(word for kind, word in intake_papers.TICKS.items() if kind in kinds)

    def number_of(self, file: CaseFile) -> str:
        """The number of the household's application."""
        return self.numbers.get(file.household.id or 0, "")

    def objections_of(self, file: CaseFile) -> Sequence[ObjectionView]:
        """Objections against the household in the order they came."""
        return self._objections.get(file.case_id, ())


Make = Callable[[Shelf, CaseFile], Iterator[Sheet]]


@dataclass(frozen=True, slots=True)
class Part:
    """One part of the file. ``remedy`` says what to do when ``step`` is done and nothing is found; "" demands nothing.

    ``kinds`` are the scans of the household that lie behind it, ``shared`` those of the paper ``batch`` (its event) made.
    """

    title: str
    step: Step
    make: Make
    remedy: str = ""
    kinds: tuple[EvidenceKind, ...] = ()
    shared: tuple[EvidenceKind, ...] = ()
    batch: Kind | None = None


def _application(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    facts = household_papers.application_of(
        file,
        shelf.named,
        household_papers.options_of_visit(shelf.said, file),
        shelf.number_of(file),
        shelf.handed_in(file),
    )
    yield Sheet(application.build(facts), file.household.applied_on)


def _visit(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    visit = latest_visit(file.events)
    if visit is not None:
        facts = household_papers.visit_sheet_of(
            file, shelf.named, shelf.thresholds, shelf.unit.today, shelf.number_of(file)
        )
        yield Sheet(verification.build(facts), visit.acted_on)


def _meeting(name: str, shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = latest(file.events, Kind.APPRAISED)
    if event is not None and event.batch_id is not None:
        paper = shelf.once(name, event.batch_id, partial(meeting_papers.held, shelf.unit, event.batch_id, name))
        yield Sheet(paper, event.acted_on, "同次评议各户共用")


def _notices(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    for now in shelf.notices_of(file):
        paper = shelf.once("notice", now.id, partial(_notice_paper, shelf.unit, now))
        yield Sheet(paper, min(p.posted_on for p in now.postings), "错榜，已撤下作废" if now.down else "")


def _notice_paper(unit: Unit, now: NoticeView) -> Paper:
    paper = notice.build(noticepaper.facts_of(unit, now.id, now.made_on))
    return replace(paper, watermark=VOID) if now.down else paper


def _proofs(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    for now in shelf.notices_of(file):
        if not now.down:
            paper = shelf.once("proof", now.id, partial(_proof_paper, shelf, now))
            yield Sheet(paper, now.taken_on or now.last)


def _proof_paper(shelf: Shelf, now: NoticeView) -> Paper:
    hung = shelf.batch_scans.get(now.id, ())
    return proof.build(noticeproof.proof_of(batches.get(shelf.unit, now.id), now, hung))


def _objections(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    found = shelf.objections_of(file)
    if found:
        home = household_then(shelf.unit, found[-1])
        scope = home.named
        yield Sheet(objections.build(register_of(shelf.unit, scope, found)), found[-1].received_on)


def _answers(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    for one in shelf.objections_of(file):
        try:
            paper = None if one.is_open else answer_papers.answer(shelf.unit, one.id)
        except (
            Refused
        ):  # an answer to be posted that would make a number public is no paper; the register says the same
            paper = None
        if paper is not None and one.investigation is not None:
            yield Sheet(paper, one.investigation.acted_on)


def _review(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = latest(file.events, Kind.REVIEWED)
    if event is not None and event.batch_id is not None:
        key = (event.batch_id, file.village_at(event))
        yield Sheet(shelf.once("review", key, partial(_review_paper, shelf.unit, *key)), event.acted_on)


def _review_paper(unit: Unit, batch_id: int, village: str) -> Paper:
    return review.build(village_papers.review_sheet(unit, batch_id, village))


def _announcement(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = latest(file.events, Kind.ANNOUNCED)
    if event is not None and event.batch_id is not None:
        key = (event.batch_id, file.village_at(event))
        document = _document(shelf, event)
        yield Sheet(shelf.once("announcement", key, partial(_announced, shelf.unit, *key)), event.acted_on, document)


def _announced(unit: Unit, batch_id: int, village: str) -> Paper:
    return announcement.build(village_papers.announcement(unit, batch_id, village=village))


def _document(shelf: Shelf, event: Event) -> str:
    if event.batch_id is None:
        return ""
    batch = shelf.once("batch", event.batch_id, partial(batches.get, shelf.unit, event.batch_id))
    return str(batch.facts.get("document", ""))


def _decision(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = latest(file.events, Kind.DECIDED)
    if event is not None and event.batch_id is not None:
        key = (event.batch_id, file.village_at(event))
        paper = shelf.once("decision", key, partial(county_papers.sheet, shelf.unit, *key))
        yield Sheet(paper, event.acted_on, _document(shelf, event))


def _registration(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = latest(file.events, Kind.DECIDED)
    if event is not None:
        yield Sheet(registration.build(registration_papers.registration_of(file, shelf.named)), event.acted_on)


def _people(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = latest(file.events, Kind.DECIDED)
    if event is not None:
        number = file.number or shelf.number_of(file)
        yield Sheet(people.build(registration_papers.people_of(file, shelf.named, number)), event.acted_on)


def _income(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    visit = latest_visit(file.events)
    if visit is not None and file.household.income is not None:
        number = file.number or shelf.number_of(file)
        facts = registration_papers.income_of(file, shelf.named, number, shelf.thresholds)
        yield Sheet(income_sheet.build(facts), visit.acted_on)


def _card(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    event = carded(file.events)
    if event is not None:
        facts = household_papers.card_of(file, shelf.named, shelf.options, shelf.unit.today, show_ids=True)
        yield Sheet(card.build(facts), event.acted_on)


def _none(shelf: Shelf, file: CaseFile) -> Iterator[Sheet]:
    """A part of scans only."""
    return iter(())


K = EvidenceKind
_APPLICANT = (
    K.APPLICATION, K.HOUSEHOLD_BOOK, K.ID_CARD, K.DISABILITY_CARD, K.BENEFIT_CARD, K.MEDICAL, K.SCHOOL, K.POLICE_PROOF,
)  # fmt: skip
_VISIT = (K.VISIT_SHEET, K.HOUSE_OUTSIDE, K.HOUSE_INSIDE, K.VISIT_PHOTO)

PARTS: tuple[Part, ...] = (
    Part("贫困户申请书", Step.APPLICATION, _application, "在“农户档案”里打印，请户主签名、按手印", _APPLICANT),
    Part("入户核实表", Step.VERIFICATION, _visit, "在“入户核实”录入核实结果", _VISIT),
    Part(
        "评议会议记录", Step.APPRAISAL, partial(_meeting, meeting_papers.MINUTES), "在“民主评议”录入评议结果", (),
        (K.SIGN_IN, K.MINUTES, K.MEETING_PHOTO), Kind.APPRAISED,
    ),
    Part("评议结果表", Step.APPRAISAL, partial(_meeting, meeting_papers.RESULTS)),
    Part("公示", Step.NOTICE, _notices, "在“公示”登记张贴"),
    Part("公示证明单", Step.NOTICE, _proofs, "在“公示”登记张贴和照片"),
    Part("村初审意见（盖章）", Step.OPINION, _none, "", (K.OPINION,)),
    Part(
        "镇审核表", Step.REVIEW, _review, "在“镇审核”登记审核结果", (), (K.ROLL, K.REVIEW, K.REPORT), Kind.REVIEWED,
    ),
    Part("县公告", Step.ANNOUNCEMENT, _announcement, "在“县审定与户卡”登记公告", (), (K.ANNOUNCEMENT,), Kind.ANNOUNCED),
    Part("县审定", Step.DECISION, _decision, "在“县审定与户卡”登记审定", (), (K.DECISION,), Kind.DECIDED),
    Part("贫困户登记表（信息采集表）", Step.DECISION, _registration),
    Part("家庭成员表", Step.DECISION, _people),
    Part("收入核算表", Step.VERIFICATION, _income, "在“农户档案”录入收入", (K.INCOME_SHEET,)),
    Part("户卡", Step.CARD, _card, "在“建档立卡”编号建卡", (K.CARD,)),
    Part("异议登记表", Step.NOTICE, _objections, "", (K.OBJECTION,)),
    Part("异议答复书", Step.NOTICE, _answers),
    Part("变动与其他材料", Step.CARD, _none, "", (K.CHANGE, K.OTHER)),
)  # fmt: skip
"""In archive order: application, visit, assembly, notice, opinion and review, the county, registration, card, objections, what came
later."""


def lacking(shelf: Shelf, file: CaseFile) -> Iterator[Missing]:
    """What papers that are there lack: signatures on the visit, the end of an objection. Photos and scans are the meter's to count."""
    event = latest_visit(file.events)
    visit = read_visit(event) if event is not None else None
    if visit is not None:
        unsigned = [
            who
            for who, there in (
                ("户主", visit.signed_household),
                ("村干部", visit.signed_officer),
                ("调查人员（两人以上）", visit.signed_surveyors >= 2),
            )
            if not there
        ]
        if unsigned:
            told = f"入户核实表签名：{listed(unsigned)}"
            yield Missing(told, Step.VERIFICATION.label, "请到户补签，再在“入户核实”更正签名")
    if any(one.is_open for one in shelf.objections_of(file)):
        yield Missing("异议核查结果和答复", Step.NOTICE.label, "在“公示”登记核查结果和答复")
