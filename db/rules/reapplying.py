"""申请类别: who may apply again, and as what.

Who was turned down or withdrew may apply again in a later year; who was removed applies for 恢复帮扶; 返贫 is only for those who had
left poverty (湛麻发〔2016〕5号; 动态管理: 中（终）止后恢复帮扶; a household on the register or one that left poverty is never new, R76).
"""

from __future__ import annotations

from datetime import date

from db.errors import Problem
from db.rules.case import GIVEN_UP, Status
from db.rules.codes import ApplicationKind
from db.rules.removal import STANDING_BARS


def fitting_kind(status: Status, *, removed: bool = False) -> ApplicationKind:
    """As what a household applies again whose last case stands at ``status``; ``removed`` as in `reapplying_problems`."""
    return ApplicationKind.RESUMED if removed or status is Status.REMOVED else ApplicationKind.FIRST


def reapplying_problems(
    kind: ApplicationKind, status: Status, ended_on: date, day: date, *, removed: bool = False
) -> tuple[Problem, ...]:
    """Why a household whose last case stands at ``status`` may not apply as ``kind`` on ``day``; empty when it may.

    ``ended_on`` is the day of the last act on that case; ``removed`` says that an earlier case took it off the register.
    """
    if status in STANDING_BARS:
        return (Problem(STANDING_BARS[status]),)
    if status is Status.REGISTERED:
        return (Problem("本户在册，不必再申请", rule="R76"),)
    found, was_on = [], fitting_kind(status, removed=removed) is ApplicationKind.RESUMED
    if kind is ApplicationKind.RETURN:
        found.append(Problem("返贫只用于已脱贫的农户，本户没有脱贫记录", "application_kind", rule="R76"))
    elif kind is ApplicationKind.RESUMED and not was_on:
        found.append(Problem("恢复帮扶只用于曾在册、后来清退的农户；本户没有建过档，请选“首次”", "application_kind"))
    elif kind is ApplicationKind.FIRST and was_on:
        found.append(Problem("本户曾在册、已清退，再申请请选“恢复帮扶”", "application_kind"))
    if day < ended_on:
        found.append(Problem(f"申请日期 {day} 早于上次办结的 {ended_on}，请核对", "applied_on", rule="R68"))
    elif status in GIVEN_UP and day.year <= ended_on.year:
        text = f"本户 {ended_on.year} 年的申请已办结，要到下一年度才能重新申请；录错的请用“更正”恢复原申请"
        found.append(Problem(text, "applied_on"))
    return tuple(found)
