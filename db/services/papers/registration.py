"""What the registration form, the family sheet and the income sheet of a household say, read from the record.

The income sheet is of the day of the visit. The two others show the present and carry the day of the last change, so a reprint carries
the day of the first print as long as nothing changed.
"""

from __future__ import annotations

from datetime import date

from db.papers.income_sheet import IncomeFacts
from db.papers.people import PeopleFacts
from db.papers.registration import RegistrationFacts
from db.rules import income
from db.rules.case import Kind, Status, carded, latest, standing
from db.rules.codes import ThresholdKind
from db.rules.income import Threshold
from db.services.deciding.files import CaseFile
from db.services.papers.household import entry_reason
from db.services.town.town import TownInfo

NOT_OUT = "未脱贫"


def registration_of(file: CaseFile, named: TownInfo) -> RegistrationFacts:
    """贫困户登记表（信息采集表） of a file already read."""
    events = standing(file.events)
    decided, made = latest(events, Kind.DECIDED), carded(events)
    return RegistrationFacts(
        household=file.household_on(_filled_on(file)),
        area=f"{named.province}{named.city}{named.county}{named.name}",
        number=file.number,
        year=decided.acted_on.year if decided else None,
        status=NOT_OUT if file.state.status is Status.REGISTERED else "",
        entry_reason=entry_reason(events),
        document=decided.facts["document"] if decided else "",
        decided_on=decided.acted_on if decided else None,
        filler=made.actor if made else "",
        filled_on=_filled_on(file),
    )


def people_of(file: CaseFile, named: TownInfo, number: str) -> PeopleFacts:
    """家庭成员表 of a file already read; ``number`` is the household's or its application's."""
    h, made = file.household_on(_filled_on(file)), carded(file.events)
    return PeopleFacts(
        named.name, h.village, h.group, number, h.head_name, h.members, _filled_on(file), made.actor if made else ""
    )


def income_of(file: CaseFile, named: TownInfo, number: str, lines: tuple[Threshold, ...]) -> IncomeFacts:
    """收入核算表 of a file already read: the sheet, the line of its year, who stated and who looked at it."""
    events = standing(file.events)
    visit, reviewed = latest(events, Kind.VERIFIED), latest(events, Kind.REVIEWED)
    h = file.visited
    known = [
        x for x in lines if visit is None or x.kind is not ThresholdKind.ENTRY or str(x.line) == visit.facts["line"]
    ]
    line = income.threshold(known, ThresholdKind.ENTRY, h.income.year) if h.income else None
    return IncomeFacts(
        town=named.name,
        village=h.village,
        group=h.group,
        number=number,
        head_name=h.head_name,
        size=h.size or None,
        sheet=h.income,
        line=line,
        stated_on=visit.acted_on if visit else h.applied_on,
        filler=visit.actor if visit else "",
        reviewer=reviewed.actor if reviewed else "",
    )


def _filled_on(file: CaseFile) -> date | None:
    """The day these sheets speak of: that of the card or the application, or of the last change of people or household after it."""
    made, changed = carded(file.events), file.signed.changed_on
    first = made.acted_on if made else file.household.applied_on
    return first if changed is None or first is None else max(first, changed)
