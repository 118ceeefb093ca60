"""Rules on one person: name, ID number, sex, certificate, and what must be filled in."""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.checks.finding import Finding
from db.rules.checks.subject import Rule, Subject
from db.rules.codes import Health
from db.rules.identity import IdVerdict, disability_problem
from db.rules.names import name_doubt, name_problem

REQUIRED = {
    "sex": "性别",
    "relation": "与户主关系",
    "ethnicity": "民族",
    "schooling": "在校生状况",
    "health": "健康状况",
    "labour": "劳动技能",
}


def names(subject: Subject) -> Iterator[Finding]:
    """R13 E: a name as on the identity card; R25 W: characters of a private font that other computers cannot show.

    A blank name of the head is R20's, of a member R13's.
    """
    head = subject.household.head_name
    if head:
        yield from _named(head, "head_name", None)
    for person in subject.persons:
        yield from _named(person.member.name, "name", person.index)


def id_numbers(subject: Subject) -> Iterator[Finding]:
    """R01 E, R02 W, R12 I, R110 E: the ID number by GB 11643; an old one is converted and to be compared with the card.

    A person without number needs the police's proof (2014年建档立卡指标解释) and is refused until there is one.
    """
    yield from _numbered(subject.household.head_id, subject.head_verdict, "head_id", None, "")
    for person in subject.persons:
        yield from _numbered(person.member.id_number, person.verdict, "id_number", person.index, f"{person.label}：")


def sex_and_number(subject: Subject) -> Iterator[Finding]:
    """R05 E: the 17th digit is odd for men and even for women (GB 11643)."""
    stated, verdict = subject.household.head_sex, subject.head_verdict
    if stated and verdict.sex and stated is not verdict.sex:
        text = f"户主性别填{stated.label}，身份证号第 17 位表示{verdict.sex.label}，请对照身份证改正"
        yield Finding("R05", "E", "head_sex", text)
    for person in subject.persons:
        sex, by_number = person.member.sex, person.verdict.sex
        if sex and by_number and sex is not by_number:
            text = f"{person.label}性别填{sex.label}，身份证号第 17 位表示{by_number.label}，请对照身份证改正"
            yield Finding("R05", "E", "sex", text, person.index)


def required(subject: Subject) -> Iterator[Finding]:
    """R20 E: no blanks where the 家庭成员表 demands an answer; 文化程度 may be blank for those in school."""
    for person in subject.persons:
        for key, label in REQUIRED.items():
            if getattr(person.member, key) is None:
                yield Finding("R20", "E", key, f"{person.label}没有填写{label}，请补填", person.index)


def certificate(subject: Subject) -> Iterator[Finding]:
    """R19 E: 残疾证号 of 20 digits with the own ID number; R39 E: who holds one is 残疾, W: who is 残疾 has one (残疾人证管理办法)."""
    for person in subject.persons:
        member = person.member
        if member.disability_number:
            problem = disability_problem(member.disability_number, person.verdict.number)
            if problem:
                yield Finding("R19", "E", "disability_number", f"{person.label}：{problem}", person.index)
            if member.health not in (None, Health.DISABLED):
                text = f"{person.label}填了残疾证号，健康状况却是{member.health.label}，请核对"
                yield Finding("R39", "E", "health", text, person.index)
        elif member.health is Health.DISABLED:
            text = f"{person.label}健康状况是残疾，没有填残疾证号，请补填或核对"
            yield Finding("R39", "W", "disability_number", text, person.index)


def _named(name: str, field: str, member: int | None) -> Iterator[Finding]:
    problem = name_problem(name)
    if problem:
        yield Finding("R13", "E", field, problem, member)
    elif name_doubt(name):
        yield Finding("R25", "W", field, name_doubt(name), member)


def _numbered(number: str, verdict: IdVerdict, field: str, member: int | None, who: str) -> Iterator[Finding]:
    if not number:
        text = f"{who}没有填写身份证号；确实无证的，请先由公安机关出具证明、补到号码后再录入"
        yield Finding("R110", "E", field, text, member)
    elif verdict.problem:
        yield Finding("R01", "E", field, f"{who}{verdict.problem}", member)
    elif verdict.from_15:
        text = f"{who}15 位旧身份证号已换算为 {verdict.number}，请与新证核对"
        yield Finding("R02", "W", field, text, member)
    for note in verdict.notes:
        yield Finding("R12", "I", field, f"{who}{note}", member)


RULES: tuple[Rule, ...] = (names, id_numbers, sex_and_number, required, certificate)
