"""What stands against a change, one function a rule, each finding at the box of the step it concerns.

E stops the change; W asks for a reason that is kept with it. What the household itself must hold afterwards (one spouse, ages, numbers)
is asked by the checks of households on the outcome.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from db.rules.changes.change import ENTERING, LEAVING, OF_HOUSEHOLDS, WRONG, Change
from db.rules.changes.outcome import changed_head
from db.rules.checks.finding import Finding
from db.rules.codes import ChangeKind, Relation
from db.rules.groups import group_key
from db.rules.identity import age_on, judge
from db.rules.values import Household, Member

_PROVED = {
    ChangeKind.BORN: "出生医学证明或户口簿",
    ChangeKind.MARRIED_IN: "结婚证或户口迁入证明",
}
_NATURAL_AGE = 60


@dataclass(frozen=True, slots=True)
class Scene:
    """A change before it happens. ``newest`` is the day of the household's last change, ``since`` the day it applied, ``other`` the
    household taken in or the one the entrant is still a member of; ``live`` is False after 销户. ``entered`` is the day one of the two
    came on the register or was removed from it last."""

    home: Household
    change: Change
    today: date
    newest: date | None = None
    since: date | None = None
    other: Household | None = None
    live: bool = True
    entered: date | None = None


def findings(scene: Scene) -> tuple[Finding, ...]:
    """Everything found against the change, E before W."""
    found = [finding for rule in RULES for finding in rule(scene)]
    return tuple(sorted(found, key=lambda f: "EWI".index(f.severity)))


def _stop(rule: str, field: str, text: str, member: int | None = None) -> Finding:
    return Finding(rule, "E", field, text, member)


def still_there(scene: Scene) -> Iterator[Finding]:
    """R76 E: a dissolved household is not changed any more (建档立卡逻辑校验)."""
    if not scene.live:
        yield _stop("R76", "", "这一户已经销户，不能再办人员变动")


def dated(scene: Scene) -> Iterator[Finding]:
    """R73 E: a change has a day, not in the future; R68 E: not before the application nor before the last change (广东扶贫云变动表)."""
    day, change = scene.change.acted_on, scene.change
    if day is None:
        yield _stop("R73", "acted_on", "请填发生日期")
        return
    if day > scene.today:
        yield _stop("R73", "acted_on", f"发生日期 {day} 晚于今天 {scene.today}，请核对")
    if scene.since is not None and day < scene.since:
        mend = {True: "补录漏登的人", False: "去掉多登的人"}[change.kind in ENTERING]
        hint = f"；申请时就是这样的，请用“录错：{mend}”" if change.kind in ENTERING | LEAVING else ""
        yield _stop("R68", "acted_on", f"发生日期 {day} 早于本户申请日期 {scene.since}{hint}")
    if change.kind in OF_HOUSEHOLDS and scene.entered is not None and day < scene.entered:
        text = f"发生日期 {day} 早于建档或清退的 {scene.entered}；分户、并户、销户从这一天起才能登记，实际日期请写在情况说明里"
        yield _stop("R68", "acted_on", text)
    if scene.newest is not None and day < scene.newest:
        text = f"发生日期 {day} 早于本户上一次变动的 {scene.newest}，变动须按先后办，请核对"
        yield _stop("R73", "acted_on", text)


def proved(scene: Scene) -> Iterator[Finding]:
    """R73 E: a birth and a marriage into the household need a paper with its date (广东扶贫云自然增加)."""
    change = scene.change
    if change.kind in _PROVED:
        if not change.proof.strip():
            yield _stop("R73", "proof", f"请填证明材料：{_PROVED[change.kind]}")
        if change.proof_on is None:
            yield _stop("R73", "proof_on", "请填证明材料上的日期")
    if change.proof_on is not None and change.proof_on > scene.today:
        yield _stop("R73", "proof_on", f"证明日期 {change.proof_on} 晚于今天 {scene.today}，请核对")


def early_death(scene: Scene) -> Iterator[Finding]:
    """R75 W: the death of somebody below 60 without the number of a proof."""
    change = scene.change
    if change.kind is not ChangeKind.DIED or change.person is None or change.acted_on is None or change.proof.strip():
        return
    person = scene.home.members[change.person]
    birth = judge(person.id_number, scene.today).birth if person.id_number else None
    if birth is not None and birth <= change.acted_on and age_on(birth, change.acted_on) < _NATURAL_AGE:
        age = age_on(birth, change.acted_on)
        text = f"{person.name} {age} 岁去世，没有填死亡证明或户口注销证明的编号，请补填或写明理由"
        yield Finding("R75", "W", "proof", text)


def person_named(scene: Scene) -> Iterator[Finding]:
    """R10 E: who leaves is a member; who comes has a name and a relation, and is no second head (R07)."""
    change = scene.change
    if change.kind in LEAVING and change.person is None:
        yield _stop("R10", "person", "请选是哪一位成员")
    if change.kind in ENTERING:
        entrant = change.entrant
        if entrant is None or not entrant.name:
            yield _stop("R13", "name", "请填新来成员的姓名")
        elif entrant.relation is Relation.HEAD:
            yield _stop("R07", "relation", "一户只有一个户主；要换户主，请另办“户主变更”")


def newborn(scene: Scene) -> Iterator[Finding]:
    """R73 E: the day of a birth is the day in the ID number; R110 E: a child without number has a proof (2014年建档立卡指标解释)."""
    change = scene.change
    if change.entrant is None or change.kind not in ENTERING:
        return
    entrant = change.entrant
    if not entrant.id_number and not entrant.police_proof:
        text = "还没有身份证号的，请在“无证证明号”填出生医学证明或公安证明的编号，上户口后补号码"
        yield _stop("R110", "police_proof", text)
    birth = judge(entrant.id_number, scene.today).birth if entrant.id_number else None
    if change.kind is ChangeKind.BORN and birth is not None and change.acted_on not in (None, birth):
        yield _stop("R73", "acted_on", f"出生日期填 {change.acted_on}，身份证号里是 {birth}，请核对")
    if change.acted_on is not None and birth is not None and birth > change.acted_on:
        yield _stop("R73", "acted_on", f"身份证号里的出生日期 {birth} 晚于发生日期 {change.acted_on}，请核对")


def successor(scene: Scene) -> Iterator[Finding]:
    """R74 E: a household that loses or changes its head has the next one named, and everybody's relation to him."""
    change, home = scene.change, scene.home
    if not changed_head(home, change):
        return
    old = next((n for n, m in enumerate(home.members) if m.relation is Relation.HEAD), None)
    gone = {change.person, *change.parting}
    if change.head is None or not 0 <= change.head < home.size:
        what = "去世" if change.kind is ChangeKind.DIED else "不再当户主"
        who = home.members[old].name if old is not None else home.head_name
        yield _stop("R74", "head", f"户主{who}{what}，请先选定新户主")
        return
    if change.head in gone:
        yield _stop("R74", "head", f"{home.members[change.head].name}要离开本户，不能当户主，请另选")
    elif change.head == old:
        yield _stop("R74", "head", f"{home.members[change.head].name}本来就是户主，请另选")
    stay = {n: m for n, m in enumerate(home.members) if n not in gone and n != change.head}
    yield from _related(stay, change.relations, "relations")


def parted(scene: Scene) -> Iterator[Finding]:
    """R08, R07 E: a split leaves people on both sides, and gives the part that goes a head of its own."""
    change, home = scene.change, scene.home
    if change.kind is not ChangeKind.SPLIT:
        return
    if not change.parting:
        yield _stop("R08", "parting", "请勾选分出去的成员")
    elif len(set(change.parting)) >= home.size:
        yield _stop("R08", "parting", "不能全户都分出去，原户至少留一人；整户搬走请办“迁出”或“销户”")
    elif change.parting_head not in change.parting:
        yield _stop("R07", "parting_head", "请在分出去的人里选定新户的户主")
    else:
        going = {n: home.members[n] for n in change.parting if n != change.parting_head}
        yield from _related(going, change.others, "others")


def merged(scene: Scene) -> Iterator[Finding]:
    """R08 E: two households of one village become one; everybody taken in has a relation to its head."""
    if scene.change.kind is not ChangeKind.MERGED:
        return
    other = scene.other
    if other is None:
        yield _stop("R10", "other", "请选并进来的是哪一户")
    elif other.id == scene.home.id:
        yield _stop("R10", "other", "不能和本户自己合并，请另选一户")
    elif other.village != scene.home.village:
        text = f"{other.head_name}户在{other.village}，不是同一个村；跨村的请先办迁出、迁入"
        yield _stop("R10", "other", text)
    else:
        yield from _related(dict(enumerate(other.members)), scene.change.others, "others")


def pair(scene: Scene) -> Iterator[Finding]:
    """R80: who comes from another household leaves it by the same act (W); its head or last member cannot be taken away so (E)."""
    other, change = scene.other, scene.change
    if other is None or change.kind not in (ChangeKind.MARRIED_IN, ChangeKind.MOVED_IN) or change.entrant is None:
        return
    name = change.entrant.name
    if other.size == 1:
        yield _stop("R80", "id_number", f"{name}是{other.village}{other.head_name}户唯一的成员，请用“并户”")
    elif other.head_id and other.head_id == change.entrant.id_number:
        yield _stop("R80", "id_number", f"{name}是{other.village}{other.head_name}户的户主，请先在该户办“户主变更”")
    else:
        text = f"{name}还在{other.village}{other.group}{other.head_name}户里，确认后同时从该户办转出，请写明理由"
        yield Finding("R80", "W", "id_number", text)


def regrouped(scene: Scene) -> Iterator[Finding]:
    """R24 E: a move names another villager group."""
    change = scene.change
    if change.kind is not ChangeKind.GROUP:
        return
    if not change.group.strip():
        yield _stop("R24", "group", "请选调到哪个村民小组")
    elif group_key(change.group) == group_key(scene.home.group):
        yield _stop("R24", "group", f"本户已经在{scene.home.group}，请另选")


def reasoned(scene: Scene) -> Iterator[Finding]:
    """R75 E: what is taken back, given up or merged says why."""
    if scene.change.reason.strip():
        return
    if scene.change.kind in WRONG | {ChangeKind.DISSOLVED, ChangeKind.MERGED}:
        yield _stop("R75", "reason", "请写明情况和依据，会记入经过")


def _related(members: Mapping[int, Member], given: Mapping[int, Relation | None], field: str) -> Iterator[Finding]:
    """R74, R07 E: each of ``members`` has a relation, and none is a second head."""
    for place, member in members.items():
        relation = given.get(place)
        if relation is None:
            yield _stop("R74", field, f"请选{member.name}与新户主的关系", place)
        elif relation is Relation.HEAD:
            yield _stop("R07", field, f"一户只有一个户主，{member.name}与户主关系请改选", place)


RULES = (
    still_there, dated, proved, person_named, newborn, successor, parted, merged, pair, regrouped, reasoned, early_death,
)  # fmt: skip
