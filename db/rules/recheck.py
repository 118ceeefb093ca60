"""回头看: what two people who looked again at a registered household may find, and what each finding leads to.

保留 keeps it, 更正 leads to a correction of what the record says, 清退 opens its removal, 新增 sends a household that was missed to the
application (华委发〔2016〕23号: 该进的进，该出的出，不漏一户，不落一人).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.rules.codes import Recheck
from db.rules.counts import Count
from db.rules.removal import RemovalReason, checker_problems

OF_REGISTERED = (Recheck.KEPT, Recheck.CORRECTED, Recheck.REMOVED)
"""What can be found of a household on the register; 新增 is for those that are not."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What was found of one household: the day, the people, the finding, and for 更正 and 清退 the reason."""

    outcome: Recheck
    acted_on: date
    checkers: tuple[str, ...]
    code: RemovalReason | None = None
    reason: str = ""


def outcome_problems(found: Outcome, started_on: date, today: date, *, registered: bool) -> tuple[Problem, ...]:
    """What is wrong with an outcome, at its fields; ``registered`` is whether the household stands on the register now."""
    told = list(checker_problems(found.checkers))
    if found.acted_on > today:
        told.append(Problem(f"核查日期 {found.acted_on} 晚于今天 {today}，请核对", "acted_on"))
    if found.acted_on < started_on:
        told.append(Problem(f"核查日期 {found.acted_on} 早于本轮开始的 {started_on}，请核对", "acted_on"))
    if registered != (found.outcome in OF_REGISTERED):
        text = "本户不在册，只能作“新增”" if not registered else "本户已在册，不能作“新增”"
        told.append(Problem(text, "outcome"))
    if found.outcome in (Recheck.CORRECTED, Recheck.ADDED) and not found.reason.strip():
        text = "请写明哪一项要更正" if found.outcome is Recheck.CORRECTED else "请写明漏评的情况"
        told.append(Problem(text, "reason"))
    return tuple(told)


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a round has come, in households and persons."""

    whole: Count
    done: Count

    @property
    def left(self) -> Count:
        """Not yet looked at."""
        return self.whole - self.done


def tally(outcomes: Sequence[tuple[Recheck, int]]) -> dict[Recheck, Count]:
    """Households and persons by finding, from (finding, persons) of each household."""
    found = {one: Count() for one in Recheck}
    for outcome, size in outcomes:
        found[outcome] += Count(1, size)
    return found
