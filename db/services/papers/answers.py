"""异议答复书 and 异议登记表: what an objector is told, and the register with every objection in the order they came.

The register speaks of the last day anything happened in it, so it can be printed again unchanged.
"""

from __future__ import annotations

from datetime import date

from db.errors import Refused
from db.papers import answer as answer_paper
from db.papers.answer import AnswerFacts
from db.papers.model import Paper
from db.papers.notice import NoticeRow, printed_names
from db.rules.case import Finding
from db.rules.identity import is_minor
from db.rules.procedure import REMOVAL
from db.rules.values import Household
from db.services.notices import board as noticeboard
from db.services.notices import exposure, objections
from db.services.notices.objections import ObjectionView
from db.services.notices.paper import office_name
from db.services.papers.reports import body_of
from db.services.town import town
from db.store.unit import Unit

OF_REMOVAL = {
    Finding.UNFOUNDED: "该户继续办理清退程序。",
    Finding.UPHELD: "不予清退，该户继续在册。",
    Finding.CORRECT: "该户情况更正后重新公示，公示期重新计算。",
}
CONSEQUENCES = {
    Finding.UNFOUNDED: "该户继续办理识别程序。",
    Finding.UPHELD: "该户不再列入相对贫困户名单，不予上报。",
    Finding.CORRECT: "该户情况更正后重新公示，公示期重新计算。",
}


def answer(unit: Unit, objection_id: int) -> Paper:
    """The answer to one objection: a letter to who gave his name, a sheet for the board to who did not.

    Refused while nobody investigated it, and when a posted answer would make a number of anybody public.
    """
    view = _view(unit, objection_id)
    investigation = view.investigation
    if investigation is None:
        raise Refused("这条异议还没有核查，核查后才能答复")
    named, options = town.town(unit), town.options(unit, investigation.entered_at)
    home = noticeboard.household_then(unit, view)
    finding = Finding.of(investigation.facts["finding"])
    office = office_name(options, named.name)
    phone = f"（电话{options.office_phone}）" if options.office_phone else ""
    facts = AnswerFacts(
        town=named.name,
        village=home.village,
        body=body_of(options, named.name),
        household=f"{home.village}{home.group} {_head(home, view.answered.on or unit.today, public=not view.objector)}户",
        received_on=view.received_on,
        channel=view.channel,
        content=view.content,
        objector=view.objector,
        investigators=tuple(investigation.facts["investigators"]),
        investigated_on=investigation.acted_on,
        result=investigation.facts["result"],
        upheld=finding is not Finding.UNFOUNDED,
        consequence=(OF_REMOVAL if view.ladder == REMOVAL else CONSEQUENCES)[finding],
        topic=options.ladders[view.ladder].name,
        answered_on=view.answered.on,
        contact=f"{office}{phone}",
    )
    paper = answer_paper.build(facts)
    if not view.objector:
        exposure.require_clean(unit, paper, [options.office_phone])
    return paper


def of_household(unit: Unit, case_id: int) -> tuple[ObjectionView, ...]:
    """The objections against one household that were investigated, oldest first."""
    return tuple(o for o in reversed(objections.register_view(unit, [case_id])) if o.investigation is not None)


def _view(unit: Unit, objection_id: int) -> ObjectionView:
    found = next((o for o in objections.register_view(unit) if o.id == objection_id), None)
    if found is None:
        raise Refused("没有这条异议，或它已作废，请刷新")
    return found


def _head(home: Household, day: date, *, public: bool) -> str:
    """The head's name; on a wall that of a head under age is not printed."""
    row = NoticeRow(home.group, home.head_name, home.size, "", head_is_minor=public and is_minor(home.head_id, day))
    return printed_names([row])[0]
