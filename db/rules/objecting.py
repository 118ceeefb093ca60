"""异议: what is claimed against a household, who looks into it, and what the objector is told.

谁调查谁复核、谁审核谁负责: two people look into it, where possible others than the first surveyors; where it is not possible the reason is
kept. Who gave his name is answered on a day and in a way that stand on the register (湛麻发〔2016〕5号 七不进⑥).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from db.errors import Problem
from db.rules.codes import Code
from db.rules.names import normalise_name

INVESTIGATORS = 2


class Claim(Code):
    """The item of 六进 or 七不进 that an objection speaks of (codes as those items have them), or something else."""

    DEAD = "61", "六进①主要劳动力死亡不属实"
    LONELY = "62", "六进②孤寡、单亲不属实"
    ILL = "63", "六进③主要劳动力长期生病不属实"
    DISABLED = "64", "六进④残疾丧失劳动能力不属实"
    UNSAFE = "65", "六进⑤住房不避风雨不属实"
    DISASTER = "66", "六进⑥受灾、突发事件不属实"
    NEW_HOUSE = "71", "七不进①新建住房或购商品房"
    UNFILIAL = "72", "七不进②子女不履行赡养义务"
    CAR = "73", "七不进③有小汽车或大型农机具"
    PUBLIC_PAY = "74", "七不进④直系亲属财政供养"
    EMPLOYER = "75", "七不进⑤长期雇人经营"
    UNEXPLAINED = "76", "七不进⑥不能作出合理解释"
    IDLE = "77", "七不进⑦好吃懒做、赌博吸毒"
    OTHER = "00", "其他（收入、人口等）"


@dataclass(frozen=True, slots=True)
class Answered:
    """When and in which way the objector was told what came of it, and in which words; None and "" as long as he was not."""

    on: date | None = None
    way: str = ""
    words: str = ""


def investigator_problems(people: Sequence[str], first: Collection[str], own_reason: str) -> tuple[Problem, ...]:
    """Two different people; one of the ``first`` surveyors only with a reason that is kept."""
    names = {normalise_name(name) for name in people} - {""}
    found = []
    if len(names) < INVESTIGATORS:
        found.append(Problem("核查须有两人以上，请填写两名核查人", "investigators"))
    same = sorted(names & {normalise_name(name) for name in first})
    if same and not own_reason.strip():
        text = f"{'、'.join(same)}是原调查人，核查应另派人；确实派不出别人的，写明原因"
        found.append(Problem(text, "own_reason"))
    return tuple(found)


def answer_problems(answered: Answered, investigated_on: date, today: date) -> tuple[Problem, ...]:
    """An answer has its day, not before the investigation nor ahead, and its way."""
    found = []
    if answered.on is None:
        if answered.way or answered.words.strip():
            found.append(Problem("填了答复方式，还要填答复日期", "answered_on"))
        return tuple(found)
    if not investigated_on <= answered.on <= today:
        found.append(Problem("答复日期应在核查以后、今天以前，请核对", "answered_on"))
    if not (answered.way or answered.words.strip()):
        found.append(Problem("填了答复日期，还要选答复方式", "way"))
    return tuple(found)
