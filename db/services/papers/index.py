"""Every paper that speaks of one household: which there are, why one is not there yet, and each ready to be printed.

The list is the same for every household and in the order of the procedure, so that the clerk always finds a paper in its place.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from db.errors import Refused
from db.papers import application, card, income_sheet, people, registration, review, roll, verification
from db.papers.model import Paper
from db.rules.case import Event, Kind, Outcome, carded, latest, standing
from db.rules.procedure import IDENTIFICATION
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.notices import paper as noticepaper
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


@dataclass(frozen=True, slots=True)
class Offer:
    """One paper by its title; ``why`` says what is missing before it can be printed, "" when it can."""

    title: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class _Desk:
    """What the makers of papers read."""

    unit: Unit
    file: CaseFile
    household_id: int

    def event(self, kind: Kind) -> Event | None:
        return latest(standing(self.file.events), kind)

    def batch(self, kind: Kind) -> int:
        return self.act(kind)[0]

    def act(self, kind: Kind) -> tuple[int, str]:
        """The paper of this step, and the household's village by its name on that paper."""
        event = self.event(kind)
        if event is None or event.batch_id is None:
            raise Refused("这份文书还没有，请刷新")
        return event.batch_id, self.file.village_at(event)


def offers(unit: Unit, file: CaseFile) -> tuple[Offer, ...]:
    """All titles in the order of the procedure, each with what it waits for; ``file`` is the household's as it is shown."""
    assert file.household.id is not None
    on_it = file.ladder.key == IDENTIFICATION and file.case_id == file.cases[-1].case_id
    desk = _Desk(unit, file, file.household.id) if on_it else _desk(unit, file.household.id)
    return tuple(Offer(title, why(desk)) for title, (why, _) in _PAPERS.items())


def paper(unit: Unit, household_id: int, title: str) -> Paper:
    """The paper of this title; Refused with the reason when it is not there yet."""
    desk = _desk(unit, household_id)
    why, make = _PAPERS[title]
    reason = why(desk)
    if reason:
        raise Refused(f"{title}：{reason}")
    return make(desk)


def _desk(unit: Unit, household_id: int) -> _Desk:
    """The papers of identification stay what they are when the household climbs another ladder later."""
    file = files.open_files(unit, [household_id], IDENTIFICATION).get(household_id)
    return _Desk(unit, file or files.open_file(unit, household_id), household_id)


def _application(desk: _Desk) -> Paper:
    handed = intake_papers.ticked(desk.unit, desk.household_id)
    number = application_numbers(desk.unit, [desk.household_id]).get(desk.household_id, "")
    named, options = town.town(desk.unit), household_papers.options_of_visit(town.option_rows(desk.unit), desk.file)
    return application.build(household_papers.application_of(desk.file, named, options, number, handed))


def _receipt(desk: _Desk) -> Paper:
    return intake_papers.receipts(desk.unit, [desk.household_id])


def _visit(desk: _Desk) -> Paper:
    unit, lines = desk.unit, town.thresholds(desk.unit)
    number = application_numbers(unit, [desk.household_id]).get(desk.household_id, "")
    return verification.build(household_papers.visit_sheet_of(desk.file, town.town(unit), lines, unit.today, number))


def _minutes(desk: _Desk) -> Paper:
    return meeting_papers.held(desk.unit, desk.batch(Kind.APPRAISED), meeting_papers.MINUTES)


def _results(desk: _Desk) -> Paper:
    return meeting_papers.held(desk.unit, desk.batch(Kind.APPRAISED), meeting_papers.RESULTS)


def _notice(desk: _Desk) -> Paper:
    facts = noticepaper.facts_of(desk.unit, desk.batch(Kind.LISTED), desk.unit.today)
    return noticepaper.checked(desk.unit, facts)


def _answer(desk: _Desk) -> Paper:
    return answer_papers.answer(desk.unit, answer_papers.of_household(desk.unit, desk.file.case_id)[-1].id)


def _roll(desk: _Desk) -> Paper:
    return roll.build(village_papers.roll(desk.unit, _village_id(desk)))


def _review(desk: _Desk) -> Paper:
    return review.build(village_papers.review_sheet(desk.unit, *desk.act(Kind.REVIEWED)))


def _returned(desk: _Desk) -> Paper:
    return review.returned(village_papers.review_sheet(desk.unit, *desk.act(Kind.REVIEWED)))


def _announcement(desk: _Desk) -> Paper:
    batch, village = desk.act(Kind.ANNOUNCED)
    return village_papers.announcement_sheet(desk.unit, batch, None, village)


def _decision(desk: _Desk) -> Paper:
    return county_papers.sheet(desk.unit, desk.batch(Kind.DECIDED))


def _registration(desk: _Desk) -> Paper:
    return registration.build(registration_papers.registration_of(desk.file, town.town(desk.unit)))


def _people(desk: _Desk) -> Paper:
    return people.build(registration_papers.people_of(desk.file, town.town(desk.unit), _number(desk)))


def _income(desk: _Desk) -> Paper:
    lines = town.thresholds(desk.unit)
    return income_sheet.build(registration_papers.income_of(desk.file, town.town(desk.unit), _number(desk), lines))


def _card(desk: _Desk) -> Paper:
    named, options = town.town(desk.unit), town.options(desk.unit)
    return card.build(household_papers.card_of(desk.file, named, options, desk.unit.today, show_ids=True))


def _number(desk: _Desk) -> str:
    return desk.file.number or application_numbers(desk.unit, [desk.household_id]).get(desk.household_id, "")


def _village_id(desk: _Desk) -> int:
    name = desk.file.household.village
    return next(v.id for v in town.villages(desk.unit) if v.name == name)


def _always(_: _Desk) -> str:
    return ""


def _after(kind: Kind, words: str) -> Callable[[_Desk], str]:
    def why(desk: _Desk) -> str:
        return "" if desk.event(kind) else words

    return why


def _carded(desk: _Desk) -> str:
    return "" if carded(desk.file.events) else "建档立卡后才有"


def _answered(desk: _Desk) -> str:
    return "" if answer_papers.of_household(desk.unit, desk.file.case_id) else "没有核查过的异议"


def _agreed(desk: _Desk) -> str:
    opinion = desk.event(Kind.OPINED)
    return "" if opinion and opinion.facts["agree"] else "村初审同意后才有"


def _sent_back(desk: _Desk) -> str:
    reviewed = desk.event(Kind.REVIEWED)
    return "" if reviewed and reviewed.facts["outcome"] == Outcome.RETURNED.value else "镇审核没有退回本户"


def _announced(desk: _Desk) -> str:
    if desk.event(Kind.ANNOUNCED):
        return ""
    return "县公告后才有" if town.options(desk.unit).announcement else "本镇的程序没有县公告"


_PAPERS: Mapping[str, tuple[Callable[[_Desk], str], Callable[[_Desk], Paper]]] = {
    "贫困户申请书": (_always, _application),
    "受理回执": (_always, _receipt),
    "入户核实表": (_always, _visit),
    "收入核算表": (_always, _income),
    "家庭成员表": (_always, _people),
    "评议会议记录": (_after(Kind.APPRAISED, "民主评议后才有"), _minutes),
    "评议结果表": (_after(Kind.APPRAISED, "民主评议后才有"), _results),
    "公示": (_after(Kind.LISTED, "列入公示后才有"), _notice),
    "异议答复书": (_answered, _answer),
    "汇总名册": (_agreed, _roll),
    "镇审核表": (_after(Kind.REVIEWED, "镇审核后才有"), _review),
    "退回单": (_sent_back, _returned),
    "县公告": (_announced, _announcement),
    "县审定": (_after(Kind.DECIDED, "县审定后才有"), _decision),
    "贫困户登记表（信息采集表）": (_always, _registration),
    "户卡": (_carded, _card),
}
TITLES = tuple(_PAPERS)
"""The titles in the order of the list."""
