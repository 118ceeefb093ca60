"""What must lie in the file to prove each step, as data, and what of it a household or a paper still lacks.

Only steps that were reached demand theirs: nobody is asked for the minutes of an assembly that has not been held. Some proofs belong to
one household, others to a paper many households share (an assembly, a notice), and are asked for once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from enum import Enum
from functools import lru_cache

from db.rules.codes import Attribute, BatchKind, ChangeKind, EvidenceKind, Health, IdKind, PovertyCause, Schooling
from db.rules.procedure import Step
from db.rules.values import Household, Member


class Owner(Enum):
    """Who has to bring it: the household, its village, or the town itself. Lists sent to a village leave the town's own out."""

    HOUSEHOLD = "农户"
    VILLAGE = "村"
    TOWN = "镇"


class Trait(Enum):
    """What about a household calls for a further proof."""

    NO_ID = "无身份证号"
    DISABLED = "有残疾"
    BENEFIT = "低保或五保"
    ILL = "因病或大病"
    PUPIL = "因学"
    OBJECTED = "有异议"
    CHANGED = "有变动"


@dataclass(frozen=True, slots=True)
class Demand:
    """One proof a step calls for: ``remedy`` says what to do, ``basis`` why it is asked for; ``trait`` limits it to some households."""

    step: Step
    kind: EvidenceKind
    owner: Owner
    remedy: str
    basis: str
    trait: Trait | None = None


_FORM = "贫困户申请书附件栏：户口簿、身份证、残疾证、低保证、病历、学籍证明、房屋照片"
_SIGNED = "湛麻发〔2016〕5号 二（四）2：入户核实表由农户、村委干部、调查人员签名"
_WHOLE = "粤扶办〔2016〕76号：不得合并步骤、不得简化程序、不得伪造"
_POSTED = "湛麻发〔2016〕5号 二（四）2：在村委会和各村民小组公示"
_ASSEMBLY = "村民委员会组织法：会议到会人数和决定须有据可查"
_SEALED = "华委发〔2016〕23号 五、2：村初审、镇审核的意见签名盖章"
_CODE = EvidenceKind

OF_HOUSEHOLD: tuple[Demand, ...] = (
    Demand(Step.APPLICATION, _CODE.APPLICATION, Owner.HOUSEHOLD, "请户主在申请书上签名按手印后拍照或扫描", _FORM),
    Demand(Step.APPLICATION, _CODE.HOUSEHOLD_BOOK, Owner.HOUSEHOLD, "拍户口簿首页和每个家庭成员的那一页", _FORM),
    Demand(Step.APPLICATION, _CODE.ID_CARD, Owner.HOUSEHOLD, "拍户主和成员的身份证正反面", _FORM),
    Demand(Step.APPLICATION, _CODE.POLICE_PROOF, Owner.HOUSEHOLD, "没有身份证号的，请派出所开具证明", _FORM, Trait.NO_ID),
    Demand(Step.APPLICATION, _CODE.DISABILITY_CARD, Owner.HOUSEHOLD, "拍残疾证内页，编号要看得清", _FORM, Trait.DISABLED),
    Demand(Step.APPLICATION, _CODE.BENEFIT_CARD, Owner.HOUSEHOLD, "拍低保证或特困（五保）证", _FORM, Trait.BENEFIT),
    Demand(Step.APPLICATION, _CODE.MEDICAL, Owner.HOUSEHOLD, "拍病历、诊断证明或出院小结", _FORM, Trait.ILL),
    Demand(Step.APPLICATION, _CODE.SCHOOL, Owner.HOUSEHOLD, "请学校开具在读证明，或拍学生证、学籍卡", _FORM, Trait.PUPIL),
    Demand(Step.VERIFICATION, _CODE.VISIT_SHEET, Owner.VILLAGE, "农户、村干部、调查人员三方签名后扫描", _SIGNED),
    Demand(Step.VERIFICATION, _CODE.HOUSE_OUTSIDE, Owner.VILLAGE, "入户时站在屋前拍整栋房屋", _FORM),
    Demand(Step.VERIFICATION, _CODE.HOUSE_INSIDE, Owner.VILLAGE, "入户时拍屋内陈设", _FORM),
    Demand(Step.VERIFICATION, _CODE.VISIT_PHOTO, Owner.VILLAGE, "入户时户主与调查人员合影", _WHOLE),
    Demand(Step.VERIFICATION, _CODE.INCOME_SHEET, Owner.VILLAGE, "户主在收入核算表上签名后扫描", _SIGNED),
    Demand(Step.NOTICE, _CODE.OBJECTION, Owner.VILLAGE, "扫描异议登记、核查和答复的材料", _WHOLE, Trait.OBJECTED),
    Demand(Step.OPINION, _CODE.OPINION, Owner.VILLAGE, "村委会在申请表上签署初审意见、盖章后扫描", _SEALED),
    Demand(Step.CARD, _CODE.CARD, Owner.VILLAGE, "户主在户卡上签名后扫描", _WHOLE),
    Demand(Step.CARD, _CODE.CHANGE, Owner.HOUSEHOLD, "拍出生、死亡、婚姻或户口迁移的证明", _WHOLE, Trait.CHANGED),
)  # fmt: skip
"""The household's own proofs in the order of its file. 入户合影 and 户卡签名 are the office's custom; a town may leave kinds out."""

OF_BATCH: Mapping[BatchKind, tuple[Demand, ...]] = {
    BatchKind.APPRAISAL: (
        Demand(Step.APPRAISAL, _CODE.SIGN_IN, Owner.VILLAGE, "扫描到会人员签名的签到表", _ASSEMBLY),
        Demand(Step.APPRAISAL, _CODE.MINUTES, Owner.VILLAGE, "主持人、记录人签名后扫描会议记录", _ASSEMBLY),
        Demand(Step.APPRAISAL, _CODE.MEETING_PHOTO, Owner.VILLAGE, "拍会场，看得出到会的人和会标", _ASSEMBLY),
    ),
    BatchKind.NOTICE: (
        Demand(Step.NOTICE, _CODE.NOTICE_START, Owner.VILLAGE, "在张贴的地方拍照，要看得清榜和周围", _POSTED),
        Demand(Step.NOTICE, _CODE.NOTICE_END, Owner.VILLAGE, "期满撤下前拍照，证明一直张贴着", _POSTED),
        Demand(Step.OPINION, _CODE.ROLL, Owner.VILLAGE, "村委会在汇总名册上盖章后扫描", _SEALED),
    ),
    BatchKind.REVIEW: (
        Demand(Step.REVIEW, _CODE.REVIEW, Owner.TOWN, "镇审核表签名盖章后扫描", _SEALED),
        Demand(Step.REVIEW, _CODE.REPORT, Owner.TOWN, "上报报告盖章后扫描", _SEALED),
    ),
    BatchKind.ANNOUNCEMENT: (
        Demand(Step.ANNOUNCEMENT, _CODE.ANNOUNCEMENT, Owner.TOWN, "在张贴县公告的地方拍照", "湛麻发〔2016〕5号 二（四）2：县公告"),
    ),
    BatchKind.DECISION: (
        Demand(Step.DECISION, _CODE.DECISION, Owner.TOWN, "扫描县里的批复", "湛麻发〔2016〕5号 二（四）2：县政府审定"),
    ),
}  # fmt: skip
"""What a paper of many households needs, once for all of them; photos of postings once for each place."""

PER_PLACE = frozenset({EvidenceKind.NOTICE_START, EvidenceKind.NOTICE_END, EvidenceKind.ANNOUNCEMENT})
"""Kinds that are asked for at each place where the list hung."""
PLACED = PER_PLACE | {EvidenceKind.NOTICE_DURING, EvidenceKind.REVIEW}
"""Kinds that say of which wall, or of which village of a review, they are."""
DEMANDED: frozenset[EvidenceKind] = frozenset(
    demand.kind for demands in (OF_HOUSEHOLD, *OF_BATCH.values()) for demand in demands
)
"""Every kind that is asked for at all; the others may be added but are never missing."""
SHARED: Mapping[EvidenceKind, BatchKind] = {
    **{demand.kind: kind for kind, demands in OF_BATCH.items() for demand in demands},
    EvidenceKind.NOTICE_DURING: BatchKind.NOTICE,
}
"""Kinds that hang on a paper of many households, and on which."""

PROVED_CHANGES = frozenset({
    ChangeKind.BORN, ChangeKind.MARRIED_IN, ChangeKind.MOVED_IN, ChangeKind.DIED, ChangeKind.MARRIED_OUT, ChangeKind.MOVED_OUT,
    ChangeKind.ABROAD, ChangeKind.PRISON, ChangeKind.SPLIT, ChangeKind.DISSOLVED,
})  # fmt: skip
"""Changes somebody outside the office certifies (户口、医院、民政、法院)."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing the file lacks. ``place`` is the wall a photo is missing from, ``batch_id`` the paper it belongs to, 0 for the
    household's own."""

    demand: Demand
    detail: str = ""
    batch_id: int = 0
    place: str = ""

    @property
    def kind(self) -> EvidenceKind:
        return self.demand.kind

    @property
    def step(self) -> Step:
        return self.demand.step

    @property
    def remedy(self) -> str:
        """What to do about it, in one sentence."""
        return self.demand.remedy

    @property
    def text(self) -> str:
        """身份证, 残疾证（廖某明）, 公示张贴照片（第二组）."""
        more = self.place or self.detail
        return f"{self.demand.kind.label}（{more}）" if more else self.demand.kind.label


@dataclass(frozen=True, slots=True)
class Paper:
    """A paper of many households: where its list hung (``posted``), whether it came down after its time, whether the village has given
    its opinion on it, whether it passed households on, and of which villages it speaks."""

    id: int
    kind: BatchKind
    label: str
    posted: tuple[str, ...] = ()
    taken_down: bool = False
    opined: bool = False
    passed: bool = True
    villages: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many proofs are due and which of them are missing."""

    due: int = 0
    missing: tuple[Missing, ...] = field(default=())


def traits(home: Household, *, objected: bool = False, changes: int = 0) -> dict[Trait, str]:
    """What about the household calls for further proofs, with the people it is about."""
    causes = {home.main_cause, home.other_cause_1, home.other_cause_2}
    found = {
        Trait.NO_ID: _named(home, _without_number),
        Trait.DISABLED: _named(home, _disabled),
        Trait.ILL: _named(home, _seriously_ill),
    }
    held = {trait: names for trait, names in found.items() if names}
    if PovertyCause.ILLNESS in causes:
        held.setdefault(Trait.ILL, "因病")
    if home.attribute in (Attribute.LOW_INCOME, Attribute.FIVE_GUARANTEES) or home.benefit_number:
        held[Trait.BENEFIT] = home.attribute.label if home.attribute else ""
    if PovertyCause.SCHOOLING in causes:
        held[Trait.PUPIL] = _named(home, _in_school) or "因学"
    if objected:
        held[Trait.OBJECTED] = ""
    if changes:
        held[Trait.CHANGED] = f"{changes} 项变动"
    return held


def of_household(
    reached: Collection[Step],
    of: Mapping[Trait, str],
    held: Collection[EvidenceKind],
    spared: Collection[EvidenceKind] = frozenset(),
) -> Tally:
    """What the household itself must show for the steps it has ``reached``; ``held`` are the kinds hung on it, ``spared`` those the town
    does not ask for. A change is asked for at any step, for it has nothing to do with the ladder."""
    due = _due(frozenset(reached), frozenset(of), frozenset(spared))
    missing = tuple(
        Missing(one.demand, of[one.demand.trait]) if one.demand.trait else one for one in due if one.kind not in held
    )
    return Tally(len(due), missing)


@lru_cache(maxsize=1024)
def _due(reached: frozenset[Step], of: frozenset[Trait], spared: frozenset[EvidenceKind]) -> tuple[Missing, ...]:
    """What is asked for, as if nothing of it were there: the same for all households that stand alike."""
    return tuple(
        Missing(demand)
        for demand in OF_HOUSEHOLD
        if demand.kind not in spared
        and (demand.trait is None or demand.trait in of)
        and (demand.step in reached or demand.trait is Trait.CHANGED or demand.trait is Trait.OBJECTED)
    )


def of_paper(
    paper: Paper, held: Collection[tuple[EvidenceKind, str]], spared: Collection[EvidenceKind] = frozenset()
) -> Tally:
    """What a paper of many households must show; ``held`` are the kinds hung on it with their places."""
    kinds = {kind for kind, _ in held}
    due = 0
    missing: list[Missing] = []
    for demand in OF_BATCH.get(paper.kind, ()):
        if demand.kind in spared or not _is_due(paper, demand.kind):
            continue
        for place in _places(paper, demand.kind):
            due += 1
            if demand.kind not in kinds if not place else (demand.kind, place) not in held:
                missing.append(Missing(demand, "", paper.id, place))
    return Tally(due, tuple(missing))


def missing(
    home: Household,
    reached: Collection[Step],
    held: Collection[EvidenceKind],
    papers: Collection[tuple[Paper, Collection[tuple[EvidenceKind, str]]]] = (),
) -> tuple[Missing, ...]:
    """All that one household's file lacks, its own first, then that of the papers it shares, in the order of the file."""
    own = of_household(reached, traits(home), held).missing
    shared = [one for paper, hung in papers for one in of_paper(paper, hung).missing]
    return (*own, *shared)


def spared_from(text: str) -> tuple[frozenset[EvidenceKind], tuple[str, ...]]:
    """The kinds a town does not ask for, from what was typed (会场照片、公示期满照片), and the words that name none."""
    words = [w for w in text.replace("，", "、").replace(",", "、").replace("；", "、").split("、") if w.strip()]
    found = {word: _named_kind(word.strip()) for word in words}
    return frozenset(k for k in found.values() if k), tuple(w.strip() for w, kind in found.items() if kind is None)


def _named_kind(word: str) -> EvidenceKind | None:
    exact = EvidenceKind.by_label(word)
    if exact in DEMANDED:
        return exact
    close = [kind for kind in EvidenceKind if kind in DEMANDED and len(word) > 1 and word in kind.label]
    return close[0] if len(close) == 1 else None


def _is_due(paper: Paper, kind: EvidenceKind) -> bool:
    if kind is EvidenceKind.NOTICE_END:
        return paper.taken_down
    if kind is EvidenceKind.ROLL:
        return paper.opined
    return paper.passed if kind is EvidenceKind.REPORT else True


def _places(paper: Paper, kind: EvidenceKind) -> tuple[str, ...]:
    """Where the kind is asked for; one empty place for what is asked for once."""
    if kind in PER_PLACE:
        return paper.posted
    return paper.villages or ("",) if kind is EvidenceKind.REVIEW else ("",)


def _named(home: Household, what: Callable[[Member], bool]) -> str:
    return "、".join(member.name for member in home.members if what(member))


def _without_number(member: Member) -> bool:
    return not member.id_number or member.id_kind is IdKind.NONE


def _disabled(member: Member) -> bool:
    return bool(member.disability_number) or Health.DISABLED in (member.health, member.health_also)


def _seriously_ill(member: Member) -> bool:
    return Health.SERIOUS in (member.health, member.health_also)


def _in_school(member: Member) -> bool:
    return member.schooling not in (None, Schooling.NONE)
