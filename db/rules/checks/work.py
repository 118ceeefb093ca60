"""Rules between age, health, 劳动技能 and 务工."""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Person, Subject
from db.rules.codes import Health, Labour, Schooling, Sex, Work

_FULL = (Labour.ORDINARY, Labour.SKILLED)
_LEAST_AGE = 16
_LAST_AGE = {Sex.MALE: 60, Sex.FEMALE: 55}


def child_worker(subject: Subject) -> Iterator[Finding]:
    """R34 E: nobody below 16 is 普通 or 技能劳动力 (劳动法第十五条)."""
    for person in _full_workers(subject):
        if person.age is not None and person.age < _LEAST_AGE:
            text = f"{person.label} {person.age} 岁，不满 {_LEAST_AGE} 岁，劳动技能应为无劳动力，请改正"
            yield Finding("R34", "E", "labour", text, person.index)


def aged_worker(subject: Subject) -> Iterator[Finding]:
    """R36 W: 普通 or 技能劳动力 beyond 60 (men) or 55 (women)."""
    for person in _full_workers(subject):
        last = _LAST_AGE.get(person.sex) if person.sex else None
        if last and person.age is not None and person.age > last:
            text = f"{person.label} {person.age} 岁，已过劳动年龄，劳动技能却是{_label(person)}，请核对"
            yield Finding("R36", "W", "labour", text, person.index)


def idle_and_healthy(subject: Subject) -> Iterator[Finding]:
    """R37 W: healthy, of working age, not in school, and yet 无劳动力."""
    for person in subject.persons:
        member = person.member
        of_age = person.age is not None and person.sex and _LEAST_AGE <= person.age <= _LAST_AGE[person.sex]
        if (
            of_age
            and member.labour is Labour.NONE
            and member.health is Health.HEALTHY
            and member.health_also is None
            and member.schooling is Schooling.NONE
        ):
            text = f"{person.label} {person.age} 岁、健康、不在校，劳动技能却是无劳动力，请核对"
            yield Finding("R37", "W", "labour", text, person.index)


def pupil_at_work(subject: Subject) -> Iterator[Finding]:
    """R33 E: who is in school has no 务工状况, unless it is 其他 (半工半读) (建档立卡逻辑校验)."""
    for person in subject.registered:
        member = person.member
        at_school = member.schooling not in (None, Schooling.NONE, Schooling.KINDERGARTEN)
        if at_school and member.schooling and works(person) and member.work_status is not Work.OTHER:
            text = f"{person.label}在校（{member.schooling.label}）又填了务工，请改正；半工半读的务工状况选其他"
            yield Finding("R33", "E", "work_status", text, person.index)


def unable_at_work(subject: Subject) -> Iterator[Finding]:
    """R35 E: who has lost or has no labour has no 务工状况 and no 务工时间 (建档立卡逻辑校验)."""
    for person in subject.registered:
        if person.member.labour in (Labour.LOST, Labour.NONE) and works(person):
            text = f"{person.label}是{_label(person)}，又填了务工，请改正劳动技能或清空务工"
            yield Finding("R35", "E", "work_status", text, person.index)


def work_half_told(subject: Subject) -> Iterator[Finding]:
    """R43 W: 务工状况 or 务工地 go with 务工时间, and the other way round (家庭成员表 AAB011, AAB012, AAB025)."""
    for person in subject.registered:
        member = person.member
        told, months = member.work_status is not None or bool(member.work_place), member.work_months or 0
        if told and not months:
            text = f"{person.label}填了务工状况或务工地，务工时间却没有或是 0，请补填或核对"
            yield Finding("R43", "W", "work_months", text, person.index)
        elif months and not told:
            text = f"{person.label}务工 {months} 个月，没有填务工状况和务工地，请补填"
            yield Finding("R43", "W", "work_status", text, person.index)


def works(person: Person) -> bool:
    """Whether the paper says that this person is 务工."""
    return person.member.work_status is not None or (person.member.work_months or 0) > 0


def _full_workers(subject: Subject) -> Iterator[Person]:
    return (p for p in subject.persons if p.member.labour in _FULL)


def _label(person: Person) -> str:
    return person.member.labour.label if person.member.labour else ""


_RESTS = ("labour", "id_number")
_WORK = ("work_status", "work_place", "work_months")
RULES = (
    Rule("R34", "E", "不满 16 岁却是劳动力", "member", child_worker),
    Rule("R36", "W", "过了劳动年龄还是劳动力", "member", aged_worker, _RESTS),
    Rule(
        "R37",
        "W",
        "健康在劳动年龄却无劳动力",
        "member",
        idle_and_healthy,
        (*_RESTS, "health", "health_also", "schooling"),
    ),
)
EXTRA = (
    Rule("R33", "E", "在校生又填了务工", "member", pupil_at_work),
    Rule("R35", "E", "丧失或没有劳动力又填了务工", "member", unable_at_work),
    Rule("R43", "W", "务工状况与务工时间对不上", "member", work_half_told, _WORK),
)
