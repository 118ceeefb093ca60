"""The ladders of the procedure as data: which steps, in which order, whose act each is and which paper proves it.

Counties differ in an announcement or a second check, never in the order; those are options of the town, so a ladder is built
from the options and no rule ever asks which county it serves. Sources: 麻章区 and 华阳镇 papers of 2016; 粤扶办〔2016〕76号
(steps may not be merged, simplified or invented).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from db.rules.codes import Code


class Step(Code):
    """A rung of a ladder; the label is the office's word."""

    APPLICATION = "application", "申请"
    VERIFICATION = "verification", "入户核实"
    PROPOSAL = "proposal", "回头看核查"
    APPRAISAL = "appraisal", "民主评议"
    NOTICE = "notice", "公示"
    OPINION = "opinion", "村初审"
    REVIEW = "review", "镇审核"
    ANNOUNCEMENT = "announcement", "县公告"
    RECHECK = "recheck", "县核查"
    DECISION = "decision", "县审定"
    CARD = "card", "建档立卡"


@dataclass(frozen=True, slots=True)
class StepRule:
    """Who acts at a step, which paper it leaves and the article that demands it.

    ``correctable`` steps can be corrected or withdrawn with a second person; ``waits`` is what a household that has come this far
    waits for, in the office's words.
    """

    step: Step
    who: str
    paper: str
    waits: str
    basis: str
    correctable: bool = True


@dataclass(frozen=True, slots=True)
class Ladder:
    """An ordered run of steps, without those a town's options leave out (``dropped``).

    ``name`` is what the ladder does in the office's words (识别, 清退), ``opening`` what its first step is called when it is taken back,
    ``topic`` what an assembly talks about.
    """

    key: str
    name: str
    rules: tuple[StepRule, ...]
    opening: str
    topic: str
    dropped: frozenset[Step] = frozenset()

    @property
    def steps(self) -> tuple[Step, ...]:
        """The steps in climbing order."""
        return tuple(rule.step for rule in self.rules if rule.step not in self.dropped)

    def fitted(self, done: Collection[Step]) -> Ladder:
        """The ladder of a case that has ``done`` these: options changed meanwhile neither take away nor ask what lies behind it."""
        order = [rule.step for rule in self.rules]
        top = max(map(order.index, done), default=0)
        behind = OPTIONAL.intersection(order[:top])
        return replace(self, dropped=(self.dropped | behind) - frozenset(done))

    def rule(self, step: Step) -> StepRule:
        """The rule of one step; KeyError when the procedure has none of it."""
        for rule in self.rules:
            if rule.step is step:
                return rule
        raise KeyError(step)

    def after(self, step: Step) -> Step | None:
        """The step above ``step``; None at the top."""
        index = self.steps.index(step) + 1
        return self.steps[index] if index < len(self.steps) else None

    def before(self, step: Step) -> Step | None:
        """The step below ``step``; None at the bottom."""
        index = self.steps.index(step)
        return self.steps[index - 1] if index else None


IDENTIFICATION, REMOVAL = "identification", "removal"
"""The keys of the ladders, as cases and papers carry them."""

OPTIONAL = frozenset({Step.ANNOUNCEMENT, Step.RECHECK})
"""The steps a town's options may leave out."""

_MZ = "湛麻发〔2016〕5号 二（四）2"
_HY = "华委发〔2016〕23号 五、2"
_LOOK_BACK = "华委发〔2016〕23号 五：该进的进，该出的出"

_IDENTIFICATION = (
    StepRule(Step.APPLICATION, "农户", "贫困户申请书", "待提交申请", _HY),
    StepRule(Step.VERIFICATION, "驻村工作队会同村委会", "入户核实表", "待入户核实", _MZ),
    StepRule(Step.APPRAISAL, "村民大会或村民代表大会", "民主评议会议记录", "待民主评议", _MZ),
    StepRule(Step.NOTICE, "村委会", "公示", "待张贴公示", f"{_MZ}：在村委会和各村民小组公示 7 天"),
    StepRule(Step.OPINION, "村委会", "村初审意见", "待出具初审意见", _HY),
    StepRule(Step.REVIEW, "镇政府", "镇审核表", "待镇审核", f"{_MZ}；{_HY}", correctable=False),
    StepRule(Step.ANNOUNCEMENT, "县扶贫办", "公告", "待县公告", _MZ, correctable=False),
    StepRule(Step.RECHECK, "县扶贫办会同有关部门", "核查结果", "待县核查", _MZ, correctable=False),
    StepRule(Step.DECISION, "县政府", "批复", "待县审定", f"{_MZ}；{_HY}", correctable=False),
    StepRule(Step.CARD, "镇扶贫办", "户卡", "待建档立卡", "湛麻发〔2016〕5号 二（四）3", correctable=False),
)

_REMOVAL = (
    StepRule(Step.PROPOSAL, "驻村工作队会同村委会", "回头看核查记录", "待提出清退", _LOOK_BACK),
    StepRule(Step.APPRAISAL, "村民大会或村民代表大会", "民主评议会议记录", "待民主评议", _MZ),
    StepRule(Step.NOTICE, "村委会", "拟清退公示", "待张贴公示", f"{_MZ}：在村委会和各村民小组公示 7 天"),
    StepRule(Step.OPINION, "村委会", "村清退意见", "待出具村意见", _HY),
    StepRule(Step.REVIEW, "镇政府", "镇审核表", "待镇审核", f"{_MZ}；{_HY}", correctable=False),
    StepRule(Step.DECISION, "县政府", "批复", "待县审定", f"{_MZ}；{_HY}", correctable=False),
)


def identification(*, announcement: bool = True, recheck: bool = True) -> Ladder:
    """The ladder of identification for a town's options (公告 and 再核查 are options, the rest never)."""
    dropped = set()
    if not announcement:
        dropped.add(Step.ANNOUNCEMENT)
    if not recheck:
        dropped.add(Step.RECHECK)
    return Ladder(IDENTIFICATION, "识别", _IDENTIFICATION, "申请", "相对贫困户识别", frozenset(dropped))


def removal() -> Ladder:
    """The ladder of 清退: who was found not to belong on the register leaves it as he came, by assembly, notice and county (R78)."""
    return Ladder(REMOVAL, "清退", _REMOVAL, "清退", "不符合条件贫困户清退")


def ladders(*, announcement: bool = True, recheck: bool = True) -> Mapping[str, Ladder]:
    """Every ladder of a town with these options, by its key."""
    found = (identification(announcement=announcement, recheck=recheck), removal())
    return {ladder.key: ladder for ladder in found}
