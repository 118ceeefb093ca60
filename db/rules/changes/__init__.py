"""人员变动: how people and households change by dated events, what such a change makes of them, and what stands against it.

Nothing else adds a person to a filed household or takes one out of it (广东扶贫云: 自然增加、自然减少、拆户、并户、销户).
"""

from __future__ import annotations

from db.rules.changes.anew import step_undone, waits, withdraws
from db.rules.changes.change import ENTERING, LEAVING, OF_HOUSEHOLDS, WRONG, Change
from db.rules.changes.checks import Scene, findings
from db.rules.changes.effect import Effect, Figures, effect
from db.rules.changes.kinship import relations_to
from db.rules.changes.outcome import Outcome, changed_head, counted, outcome
from db.rules.changes.roster import people_problems

__all__ = [
    "ENTERING",
    "LEAVING",
    "OF_HOUSEHOLDS",
    "WRONG",
    "Change",
    "Effect",
    "Figures",
    "Outcome",
    "Scene",
    "changed_head",
    "counted",
    "effect",
    "findings",
    "outcome",
    "people_problems",
    "relations_to",
    "step_undone",
    "waits",
    "withdraws",
]  # fmt: skip
