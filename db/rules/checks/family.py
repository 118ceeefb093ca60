"""Rules between the members of one household: one head, one spouse, and generations that fit their ages."""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Person, Subject
from db.rules.codes import Relation, Sex, YesNo
from db.rules.identity import age_on
from db.rules.names import normalise_name

_MALE = frozenset(
    {
        Relation.SON,
        Relation.SON_IN_LAW,
        Relation.GRANDSON,
        Relation.DAUGHTERS_SON,
        Relation.FATHER,
        Relation.WIFES_FATHER,
        Relation.HUSBANDS_FATHER,
        Relation.GRANDFATHER,
        Relation.MOTHERS_FATHER,
    }
)
_FEMALE = frozenset(
    {
        Relation.DAUGHTER,
        Relation.DAUGHTER_IN_LAW,
        Relation.GRANDDAUGHTER,
        Relation.DAUGHTERS_DAUGHTER,
        Relation.MOTHER,
        Relation.WIFES_MOTHER,
        Relation.HUSBANDS_MOTHER,
        Relation.GRANDMOTHER,
        Relation.MOTHERS_MOTHER,
    }
)
_CHILDREN = (Relation.SON, Relation.DAUGHTER)
_PARENTS = (Relation.FATHER, Relation.MOTHER)
_GENERATION = 14
_MARRIAGE_AGE = {Sex.MALE: 22, Sex.FEMALE: 20}
_HEAD_AGE = 16


def one_head(subject: Subject) -> Iterator[Finding]:
    """R07 E: exactly one member is 户主, and it is the one the household's line names, by name and number (建档立卡逻辑校验)."""
    heads = [p for p in subject.persons if p.member.relation is Relation.HEAD]
    if subject.persons and not heads:
        yield Finding("R07", "E", "members", "成员表里没有户主，请把户主本人也录入，关系填户主")
    for extra in heads[1:]:
        text = f"成员表里有 {len(heads)} 个户主，{extra.label}的与户主关系请改正"
        yield Finding("R07", "E", "relation", text, extra.index)
    if heads:
        yield from _same_head(subject, heads[0])


def _same_head(subject: Subject, head: Person) -> Iterator[Finding]:
    household = subject.household
    if (
        household.head_name
        and head.member.name
        and household.head_name != head.member.name
        and normalise_name(household.head_name) != normalise_name(head.member.name)
    ):
        text = f"户主姓名填{household.head_name}，成员表里户主是{head.member.name}，请核对"
        yield Finding("R07", "E", "head_name", text)
    here, there = subject.head_verdict.number, head.verdict.number
    if here and there and here != there:
        yield Finding("R07", "E", "head_id", f"户主身份证号 {here} 与成员表里户主的 {there} 不同，请对照身份证改正")


def one_spouse(subject: Subject) -> Iterator[Finding]:
    """R15 E: the head has at most one 配偶, of the other sex (民法典婚姻家庭编)."""
    spouses = [p for p in subject.persons if p.member.relation is Relation.SPOUSE]
    for extra in spouses[1:]:
        yield Finding(
            "R15", "E", "relation", f"填了 {len(spouses)} 个配偶，{extra.label}的与户主关系请改正", extra.index
        )
    head = subject.head
    for spouse in spouses:
        if head and head.sex and spouse.sex is head.sex:
            text = f"户主和配偶{spouse.label}都是{head.sex.label}性，请核对性别或关系"
            yield Finding("R15", "E", "relation", text, spouse.index)


def relation_and_sex(subject: Subject) -> Iterator[Finding]:
    """R18 E: sons, fathers, sons-in-law … are men, daughters, mothers … are women (与户主关系代码)."""
    for person in subject.persons:
        relation, sex = person.member.relation, person.sex
        if (relation in _MALE and sex is Sex.FEMALE) or (relation in _FEMALE and sex is Sex.MALE):
            text = f"{person.label}性别{sex.label}，与户主关系却是{relation.label}，请核对"
            yield Finding("R18", "E", "relation", text, person.index)


def generations(subject: Subject) -> Iterator[Finding]:
    """R16 W: a parent is at least 14 years old when the child is born."""
    for person in subject.persons:
        age, relation = _age_of_parent(subject.head, person), person.member.relation
        if relation and age is not None and age < _GENERATION:
            text = f"{person.label}是户主{relation.label}，两人年龄相差不到 {_GENERATION} 岁，请核对关系和身份证号"
            yield Finding("R16", "W", "relation", text, person.index)


def young_spouse(subject: Subject) -> Iterator[Finding]:
    """R17 W: a 配偶 below the age of marriage (婚姻法第六条: 男 22、女 20)."""
    for person in subject.persons:
        if person.member.relation is not Relation.SPOUSE or person.sex is None or person.age is None:
            continue
        least = _MARRIAGE_AGE[person.sex]
        if person.age < least:
            text = f"配偶{person.label} {person.age} 岁，不到法定婚龄 {least} 岁，请核对"
            yield Finding("R17", "W", "relation", text, person.index)


def young_head(subject: Subject) -> Iterator[Finding]:
    """R14 W: a head below 16."""
    head = subject.head
    if head and head.age is not None and head.age < _HEAD_AGE:
        yield Finding("R14", "W", "head_name", f"户主 {head.age} 岁，不到 {_HEAD_AGE} 岁，请核对并注明监护人")


def children_and_flags(subject: Subject) -> Iterator[Finding]:
    """R46 W: 独生子女户 and 双女户 agree with the children listed (广东省人口与计划生育条例)."""
    household = subject.household
    sons = sum(p.member.relation is Relation.SON for p in subject.persons)
    daughters = sum(p.member.relation is Relation.DAUGHTER for p in subject.persons)
    if household.only_child is YesNo.YES and sons + daughters > 1:
        text = f"填了独生子女户，成员表里户主的子女有 {sons + daughters} 人，请核对"
        yield Finding("R46", "W", "only_child", text)
    if household.two_daughters is YesNo.YES and (sons or daughters > 2):
        text = f"填了双女户，成员表里有 {sons} 子 {daughters} 女，请核对"
        yield Finding("R46", "W", "two_daughters", text)


def _age_of_parent(head: Person | None, person: Person) -> int | None:
    """The parent's age at the child's birth, when one of the two is the other's parent and both births are known."""
    if head is None or head.verdict.birth is None or person.verdict.birth is None:
        return None
    if person.member.relation in _CHILDREN:
        return age_on(head.verdict.birth, person.verdict.birth)
    if person.member.relation in _PARENTS:
        return age_on(person.verdict.birth, head.verdict.birth)
    return None


_KIN = ("relation", "id_number")
RULES = (
    Rule("R07", "E", "户主多于一个、没有或不符", "household", one_head),
    Rule("R14", "W", "户主未满 16 岁", "household", young_head, ("head_id",)),
    Rule("R15", "E", "配偶不止一个，或与户主同性", "household", one_spouse),
    Rule("R16", "W", "父母子女相差不到 14 岁", "member", generations, _KIN),
    Rule("R17", "W", "配偶不到法定婚龄", "member", young_spouse, _KIN),
    Rule("R18", "E", "与户主关系和性别矛盾", "member", relation_and_sex),
)
EXTRA = (
    Rule(
        "R46",
        "W",
        "独生子女、双女户与子女不符",
        "household",
        children_and_flags,
        ("only_child", "two_daughters", "relation"),
    ),
)
