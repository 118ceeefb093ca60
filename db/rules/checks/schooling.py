"""Rules between age, 文化程度 and 在校生状况."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Subject
from db.rules.codes import Education, Schooling
from db.rules.identity import age_on

_TAUGHT = (Education.PRIMARY, Education.JUNIOR, Education.SENIOR, Education.COLLEGE)
_JUNIOR = (Schooling.GRADE_7, Schooling.GRADE_8, Schooling.GRADE_9)
_SENIOR = (
    Schooling.SENIOR_1,
    Schooling.SENIOR_2,
    Schooling.SENIOR_3,
    Schooling.VOCATIONAL_1,
    Schooling.VOCATIONAL_2,
    Schooling.VOCATIONAL_3,
)
_HIGHER = (
    Schooling.HIGHER_VOCATIONAL_1,
    Schooling.HIGHER_VOCATIONAL_2,
    Schooling.HIGHER_VOCATIONAL_3,
    Schooling.COLLEGE,
)
_BANDS: dict[Schooling, tuple[int, int]] = {
    Schooling.PRIMARY: (5, 15),
    **dict.fromkeys(_JUNIOR, (11, 18)),
    **dict.fromkeys(_SENIOR, (14, 22)),
    **dict.fromkeys(_HIGHER, (16, 35)),
}
_SCHOOL = (Schooling.PRIMARY, *_JUNIOR, Schooling.SENIOR_1, Schooling.SENIOR_2, Schooling.SENIOR_3)
_KINDERGARTEN_FROM = 3
_GROWN_UP = 24
_SCHOOL_AGES = range(7, 16)


def infant_in_school(subject: Subject) -> Iterator[Finding]:
    """R27 W: below 3 years nobody is 在校."""
    for person in subject.persons:
        schooling = person.member.schooling
        if schooling is Schooling.KINDERGARTEN and person.age is not None and person.age < _KINDERGARTEN_FROM:
            text = f"{person.label} {person.age} 岁，在校生状况却是{schooling.label}，请核对"
            yield Finding("R27", "W", "schooling", text, person.index)


def preschool_grown_up(subject: Subject) -> Iterator[Finding]:
    """R28 E: 学龄前儿童 below 7 only (建档立卡指标解释, 文化程度)."""
    for person in subject.persons:
        if person.member.education is Education.PRESCHOOL and person.age is not None and person.age >= 7:
            text = f"{person.label} {person.age} 岁，文化程度却是学龄前儿童，请改正（在校生不填文化程度）"
            yield Finding("R28", "E", "education", text, person.index)


def taught_too_young(subject: Subject) -> Iterator[Finding]:
    """R29 E: nobody below 6 has finished 小学 or more."""
    for person in subject.persons:
        education = person.member.education
        if education in _TAUGHT and person.age is not None and person.age < 6:
            text = f"{person.label} {person.age} 岁，文化程度却是{education.label}，请改正"
            yield Finding("R29", "E", "education", text, person.index)


def grade_and_age(subject: Subject) -> Iterator[Finding]:
    """R32 E: a grade stays within its ages (小学 5–15, 初中 11–18, 高中和中职 14–22, 高职以上 16–35); beyond 24 it is R31's, too."""
    for person in subject.persons:
        schooling = person.member.schooling
        band = _BANDS.get(schooling) if schooling else None
        if schooling and band and person.age is not None and not band[0] <= person.age <= band[1]:
            text = (
                f"{person.label} {person.age} 岁，在校生状况是{schooling.label}（一般 {band[0]}–{band[1]} 岁），请核对"
            )
            yield Finding("R32", "E", "schooling", text, person.index)


def out_of_school(subject: Subject) -> Iterator[Finding]:
    """R30 W: a child over 6 and up to 15 on 31 August is in school, or 失学辍学原因 says why not (义务教育法第十一条)."""
    day = subject.today
    enrolment = date(day.year if (day.month, day.day) >= (8, 31) else day.year - 1, 8, 31)
    for person in subject.persons:
        birth = person.verdict.birth
        if (
            person.member.schooling is Schooling.NONE
            and person.member.dropout is None
            and birth
            and birth <= enrolment
            and age_on(birth, enrolment) in _SCHOOL_AGES
        ):
            text = f"{person.label} {person.age} 岁，应在接受义务教育却填非在校生，请核对，确实不在校的填失学辍学原因"
            yield Finding("R30", "W", "schooling", text, person.index)


def grown_up_pupil(subject: Subject) -> Iterator[Finding]:
    """R31 W: beyond 24 nobody is between 小学 and 高中三年级 (建档立卡逻辑校验); 中职 and above are R32's alone."""
    for person in subject.persons:
        schooling = person.member.schooling
        if schooling in _SCHOOL and person.age is not None and person.age > _GROWN_UP:
            text = f"{person.label} {person.age} 岁，在校生状况却是{schooling.label}，请核对是否非在校生"
            yield Finding("R31", "W", "schooling", text, person.index)


_RESTS = ("schooling", "id_number")
RULES = (
    Rule("R27", "W", "不满 3 岁却在校", "member", infant_in_school, _RESTS),
    Rule("R28", "E", "7 岁以上还是学龄前儿童", "member", preschool_grown_up),
    Rule("R29", "E", "不满 6 岁已有小学以上文化", "member", taught_too_young),
    Rule("R30", "W", "义务教育年龄不在校，没有写原因", "member", out_of_school, (*_RESTS, "dropout")),
    Rule("R31", "W", "24 岁以上还在小学到高中", "member", grown_up_pupil, _RESTS),
    Rule("R32", "E", "年级与年龄不符", "member", grade_and_age),
)
