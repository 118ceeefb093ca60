"""Rules between age, health and 劳动技能."""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.checks.finding import Finding
from db.rules.checks.subject import Person, Rule, Subject
from db.rules.codes import Health, Labour, Schooling, Sex

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
            and member.schooling is Schooling.NONE
        ):
            text = f"{person.label} {person.age} 岁、健康、不在校，劳动技能却是无劳动力，请核对"
            yield Finding("R37", "W", "labour", text, person.index)


def _full_workers(subject: Subject) -> Iterator[Person]:
    return (p for p in subject.persons if p.member.labour in _FULL)


def _label(person: Person) -> str:
    return person.member.labour.label if person.member.labour else ""


RULES: tuple[Rule, ...] = (child_worker, aged_worker, idle_and_healthy)
