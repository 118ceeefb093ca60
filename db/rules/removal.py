"""清退: who may be proposed for removal from the register, and what the two people who looked again must say.

Nobody leaves the register by 清退 without an assembly, seven days of notice and the county's word, and never without the code of
the reason (R78; the province's own list of 终止原因: the seven 七不进 and 其他). He is never deleted: household, case and papers stay.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.rules.case import Status
from db.rules.codes import Code
from db.rules.names import normalise_name

CHECKERS = 2
"""People who look again at a household, as at the first visit."""


class RemovalReason(Code):
    """终止原因 70–77 (广东扶贫云 2016): the seven 七不进 found after the household was registered, and 其他."""

    NEW_HOUSE = "71", "近三年新建80平方米以上住房或在城镇购买商品房"
    UNFILIAL = "72", "子女有赡养能力但不履行赡养义务"
    CAR = "73", "拥有小汽车或大型农机具"
    PUBLIC_PAY = "74", "直系亲属有财政供养人员"
    EMPLOYER = "75", "长期雇佣他人从事生产经营活动"
    UNEXPLAINED = "76", "对举报或质疑不能做出合理解释"
    IDLE = "77", "有劳动能力但好吃懒做、赌博、吸毒致贫"
    OTHER = "70", "其他"


@dataclass(frozen=True, slots=True)
class Proposal:
    """What the re-check of one household came to when it is to be removed: the day, who looked, the reason's code and the facts."""

    checked_on: date
    checkers: tuple[str, ...]
    code: RemovalReason | None
    reason: str


def proposal_problems(
    proposal: Proposal, registered_on: date | None, today: date, since: date | None = None
) -> tuple[Problem, ...]:
    """What is wrong with a proposal, at its fields; ``registered_on`` is None for a household that is not on the register.

    ``since`` is the last day of an earlier removal that came to nothing.
    """
    if registered_on is None:
        return (Problem("本户不在册，不能清退"),)
    found = []
    if proposal.code is None:
        found.append(Problem("请选清退原因（70—77）", "code", rule="R78"))
    if not proposal.reason.strip():
        found.append(Problem("请写明核查发现的事实，作为清退的依据", "reason", rule="R78"))
    if proposal.checked_on > today:
        found.append(Problem(f"核查日期 {proposal.checked_on} 晚于今天 {today}，请核对", "acted_on"))
    if proposal.checked_on < registered_on:
        text = f"核查日期 {proposal.checked_on} 早于建档的 {registered_on}，次序颠倒，请核对"
        found.append(Problem(text, "acted_on", rule="R68"))
    elif since is not None and proposal.checked_on < since:
        text = f"核查日期 {proposal.checked_on} 早于上次清退办结的 {since}，须重新核查后再提出"
        found.append(Problem(text, "acted_on", rule="R68"))
    return (*found, *checker_problems(proposal.checkers))


def checker_problems(checkers: tuple[str, ...]) -> tuple[Problem, ...]:
    """Two different people look again."""
    if len({normalise_name(name) for name in checkers} - {""}) >= CHECKERS:
        return ()
    return (Problem("回头看核查须两人以上，请填写两名核查人", "checkers"),)


STANDING_BARS: Mapping[Status, str] = {
    Status.RUNNING: "本户正在办理，办结以后才能另办",
    Status.INCOMPLETE: "本户入户核实待补充，办结以后才能另办",
    Status.RULING: "本户七不进待认定，办结以后才能另办",
    Status.HELD: "本户有异议未办结，办结以后才能另办",
}
"""Why nothing new begins for a household whose case runs."""
