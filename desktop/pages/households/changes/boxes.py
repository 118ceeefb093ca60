"""Which boxes each kind of change asks for, with the captions of its own paper; nothing here knows a widget's inside."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from db.fields import change as own
from db.fields import member as person
from db.fields.base import Field
from db.rules.changes import ENTERING, LEAVING
from db.rules.codes import ChangeKind, Education, Health, Labour, Relation, Schooling
from db.rules.identity import age_on, judge
from db.rules.values import Household, Member
from desktop.widgets.form import Section

MENU: tuple[tuple[ChangeKind, ...], ...] = (
    (ChangeKind.BORN, ChangeKind.MARRIED_IN, ChangeKind.MOVED_IN),
    (ChangeKind.DIED, ChangeKind.MARRIED_OUT, ChangeKind.MOVED_OUT, ChangeKind.ABROAD, ChangeKind.PRISON),
    (ChangeKind.HEAD, ChangeKind.SPLIT, ChangeKind.MERGED, ChangeKind.GROUP, ChangeKind.DISSOLVED),
    (ChangeKind.WRONG_ADDED, ChangeKind.WRONG_REMOVED),
)
"""What the menu offers, parted by what it does to the household: more people, fewer, other heads and households, mistakes."""

_DAY = {
    ChangeKind.BORN: "出生日期",
    ChangeKind.MARRIED_IN: "嫁入（入赘）日期",
    ChangeKind.MOVED_IN: "迁入日期",
    ChangeKind.DIED: "死亡日期",
    ChangeKind.MARRIED_OUT: "嫁出日期",
    ChangeKind.MOVED_OUT: "迁出日期",
    ChangeKind.ABROAD: "出国日期",
    ChangeKind.PRISON: "收监日期",
    ChangeKind.HEAD: "变更日期",
    ChangeKind.SPLIT: "分户日期",
    ChangeKind.MERGED: "并户日期",
    ChangeKind.DISSOLVED: "销户日期",
    ChangeKind.GROUP: "调整日期",
    ChangeKind.WRONG_ADDED: "更正日期",
    ChangeKind.WRONG_REMOVED: "更正日期",
}
_PAPER = {
    ChangeKind.BORN: "出生医学证明或户口簿，写上编号",
    ChangeKind.MARRIED_IN: "结婚证或户口迁入证明，写上编号",
    ChangeKind.DIED: "死亡证明、火化证明或户口注销证明，写上编号",
    ChangeKind.HEAD: "户主变更申请、户口簿",
    ChangeKind.SPLIT: "分户后的户口簿",
}
_REASONED = frozenset({ChangeKind.WRONG_ADDED, ChangeKind.WRONG_REMOVED, ChangeKind.MERGED, ChangeKind.DISSOLVED})
_PROVED = frozenset({ChangeKind.BORN, ChangeKind.MARRIED_IN})

ENTRANT = (
    Section(
        "新来的成员",
        (
            (person.NAME, person.RELATION, person.ID_NUMBER, person.SEX),
            (person.POLICE_PROOF, person.ETHNICITY, person.EDUCATION, person.SCHOOLING),
            (person.HEALTH, person.LABOUR, person.DISABILITY),
        ),
    ),
)
ENTRANT_REQUIRED = frozenset({"name", "relation", "sex", "ethnicity", "schooling", "health", "labour"})


@dataclass(frozen=True, slots=True)
class Asked:
    """The boxes of a kind: sections of the form, which are demanded, which are drop-downs over texts given later."""

    sections: tuple[Section, ...]
    required: frozenset[str]
    looks: Mapping[str, str]


def asked(kind: ChangeKind) -> Asked:
    """What the step of ``kind`` asks beside the people themselves."""
    day = replace(own.ACTED_ON, label=_DAY[kind])
    proof = replace(own.PROOF, help=_PAPER.get(kind, own.PROOF.help))
    first: tuple[Field, ...] = (day,)
    if kind in LEAVING:
        first = (own.PERSON, day)
    elif kind is ChangeKind.GROUP:
        first = (replace(own.GROUP, label="调到哪个村民小组"), day)
    elif kind is ChangeKind.MERGED:
        first = (own.OTHER, day)
    rows: tuple[Sequence[Field], ...] = ((*first, proof, own.PROOF_ON), (own.REASON,))
    required = {"acted_on", "person", "group", "other"}
    required |= {"proof", "proof_on"} if kind in _PROVED else set()
    required |= {"reason"} if kind in _REASONED else set()
    return Asked((Section("", rows),), frozenset(required), dict.fromkeys(("person", "group", "other"), "options"))


def called(members: Sequence[Member], today: date) -> list[str]:
    """How each member is offered: 林某华（配偶，46 岁）; two of one name and age are told apart by their order."""
    told: list[str] = []
    for m in members:
        birth = judge(m.id_number, today).birth if m.id_number else None
        age = f"，{age_on(birth, today)} 岁" if birth is not None and birth <= today else ""
        text = f"{m.name}（{m.relation.label if m.relation else '关系未填'}{age}）"
        same = sum(t.startswith(text) for t in told)
        told.append(f"{text}{same + 1}" if same else text)
    return told


def newcomer(kind: ChangeKind, home: Household) -> dict[str, object]:
    """What is already known of somebody who comes: a newborn's answers follow from his age, the people from the family."""
    head = next((m for m in home.members if m.relation is Relation.HEAD), None)
    found: dict[str, object] = {"ethnicity": head.ethnicity if head else None}
    if kind is ChangeKind.BORN:
        found |= {
            "education": Education.PRESCHOOL,
            "schooling": Schooling.NONE,
            "health": Health.HEALTHY,
            "labour": Labour.NONE,
        }
    return found


def of_kind(what: str) -> ChangeKind | None:
    """The kind an act of the menu means; None for any other act."""
    name = what.removeprefix("change:")
    return ChangeKind.of(name) if name != what else None


def act_of(kind: ChangeKind) -> str:
    """The key of a kind in the menu."""
    return f"change:{kind.value}"


def asks_person(kind: ChangeKind) -> bool:
    """Whether somebody comes whose boxes must be filled in."""
    return kind in ENTERING
