"""清退: a removal begins with what two people found when they looked again, and climbs its own ladder from there.

What follows (assembly, notice, opinion, review, county) is done on the same pages and by the same verbs as identification.
"""

from __future__ import annotations

from datetime import date

from db.errors import Problem, Refused, refuse_any
from db.rules.case import Kind, standing
from db.rules.procedure import REMOVAL
from db.rules.removal import STANDING_BARS, Proposal, proposal_problems
from db.services.cases import cases
from db.services.cases.cases import Act
from db.store.unit import Unit


def propose(unit: Unit, household_id: int, proposal: Proposal) -> int:
    """Open the removal of a household on the register; returns the case.

    Refused with every reason: it is not on the register, its removal is under way, no code or facts (R78), fewer than two people.
    """
    standing = cases.case_of(unit, [household_id])
    if household_id not in standing:
        raise Refused("档案里没有这一户，请刷新列表")
    case_id = standing[household_id]
    cases.require_live(unit, [case_id])
    state = cases.states(unit, [case_id])[case_id]
    if state.status in STANDING_BARS:
        raise Refused(
            [Problem(f"{cases.names(unit, [case_id])[case_id]}：{STANDING_BARS[state.status]}（{state.why}）")]
        )
    since = _last_end(unit, household_id)
    refuse_any(proposal_problems(proposal, state.registered_on, unit.today, since))
    assert proposal.code is not None
    assert state.registered_on is not None
    (opened,) = cases.open_new(unit, REMOVAL, [(household_id, proposal.checked_on.year)])
    facts = {
        "number": state.number,
        "registered_on": state.registered_on.isoformat(),
        "code": proposal.code.value,
        "reason": proposal.reason.strip(),
        "checkers": [name.strip() for name in proposal.checkers if name.strip()],
    }
    cases.write(
        unit, Kind.PROPOSED, [Act(opened, proposal.checked_on, facts)], reason=f"清退原因 {proposal.code.value}"
    )
    return opened


def _last_end(unit: Unit, household_id: int) -> date | None:
    """The last day of the removal that came to nothing before this one; None for the first."""
    earlier = [i for i, key, _ in cases.cases_of(unit, [household_id])[household_id] if key == REMOVAL]
    acts = cases.events(unit, earlier)
    return max((e.acted_on for found in acts.values() for e in standing(found)), default=None)
