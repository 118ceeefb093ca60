"""办理方式: changing what differs from town to town, with the reviewer.

A notice keeps the counting it was posted with, and a case keeps the steps it has done; what lies ahead of a case follows the new options,
so the cases the county has are derived anew.
"""

from __future__ import annotations

from sqlalchemy import select

from db.errors import Refused
from db.fields.town import OPTIONS
from db.rules.codes import Role
from db.rules.procedure import Step
from db.schema.case import StateRow
from db.services.cases import cases
from db.services.town import town
from db.services.town.town import Options
from db.store.unit import Unit

_AFTER_REVIEW = (Step.ANNOUNCEMENT, Step.RECHECK, Step.DECISION)
"""Where a case may stand whose next step depends on the options."""


def change(unit: Unit, wanted: Options) -> None:
    """Change options; needs the reviewer as the one acting or as the second person."""
    acting = [a for a in (unit.actor, unit.second) if a is not None and a.role is Role.REVIEWER]
    if not acting:
        raise Refused("更改本镇的办理方式须由审核人确认")
    town.refuse_faulty_options(wanted)
    before = town.options(unit)
    changed = town.write_options(unit, before, wanted)
    if not changed:
        return
    labels = "、".join(OPTIONS[key].label for key in changed)
    unit.trail("更改设置", entity="town", reason=labels, approver=acting[0].name)
    if before.ladder != wanted.ladder:
        _follow(unit)


def _follow(unit: Unit) -> None:
    waiting = unit.session.scalars(select(StateRow.case_id).where(StateRow.step.in_(_AFTER_REVIEW))).all()
    if waiting:
        cases.refresh(unit, waiting)
