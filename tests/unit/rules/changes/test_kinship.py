"""Who is what to a new head: certain where the paper says it, left open where only the family knows."""

from __future__ import annotations

import pytest

from db.rules.changes import relations_to
from db.rules.codes import Relation, Sex
from db.rules.values import Member

MEN = {
    Relation.SON, Relation.SON_IN_LAW, Relation.GRANDSON, Relation.FATHER, Relation.WIFES_FATHER, Relation.HUSBANDS_FATHER,
    Relation.GRANDFATHER, Relation.MOTHERS_FATHER, Relation.DAUGHTERS_SON,
}  # fmt: skip


def household(*relations: Relation, head: Sex = Sex.MALE) -> list[Member]:
    """A head and these people; the spouse is of the other sex."""
    other = Sex.FEMALE if head is Sex.MALE else Sex.MALE
    sexes = {Relation.HEAD: head, Relation.SPOUSE: other}
    found = [Relation.HEAD, *relations]
    return [Member(f"某{n}", r, sex=sexes.get(r, Sex.MALE if r in MEN else Sex.FEMALE)) for n, r in enumerate(found)]


R = Relation


@pytest.mark.parametrize(
    ("people", "head", "expected"),
    [
        (household(R.SPOUSE, R.SON, R.FATHER), 1, [R.SPOUSE, R.HEAD, R.SON, R.HUSBANDS_FATHER]),
        (household(R.SPOUSE, R.DAUGHTER, R.MOTHER, head=Sex.FEMALE), 1, [R.SPOUSE, R.HEAD, R.DAUGHTER, R.WIFES_MOTHER]),
        (household(R.SPOUSE, R.WIFES_MOTHER), 1, [R.SPOUSE, R.HEAD, R.MOTHER]),
        (household(R.SPOUSE, R.SON, R.DAUGHTER_IN_LAW, R.GRANDSON), 2, [R.FATHER, R.MOTHER, R.HEAD, R.SPOUSE, R.SON]),
        (household(R.SON, R.SON, R.DAUGHTER_IN_LAW), 1, [R.FATHER, R.HEAD, R.OTHER, None]),
        (household(R.SON, R.MOTHER), 1, [R.FATHER, R.HEAD, R.GRANDMOTHER]),
        (household(R.DAUGHTER, R.MOTHER, head=Sex.FEMALE), 1, [R.MOTHER, R.HEAD, R.MOTHERS_MOTHER]),
        (household(R.FATHER, R.MOTHER, R.SPOUSE, R.SON), 1, [R.SON, R.HEAD, R.SPOUSE, R.DAUGHTER_IN_LAW, R.GRANDSON]),
        (household(R.MOTHER, R.DAUGHTER, head=Sex.FEMALE), 1, [R.DAUGHTER, R.HEAD, R.DAUGHTERS_DAUGHTER]),
        (household(R.SON, R.DAUGHTER_IN_LAW, R.GRANDDAUGHTER), 2, [R.HUSBANDS_FATHER, R.SPOUSE, R.HEAD, R.DAUGHTER]),
        (household(R.SON, R.SON, R.DAUGHTER_IN_LAW, R.GRANDSON), 3, [R.HUSBANDS_FATHER, None, None, R.HEAD, None]),
        (household(R.GRANDSON, R.SON), 1, [R.GRANDFATHER, R.HEAD, None]),
        (household(R.OTHER, R.SON), 1, [None, R.HEAD, None]),
    ],
)  # fmt: skip
def test_relations_follow_where_they_can_be_known(
    people: list[Member], head: int, expected: list[Relation | None]
) -> None:
    assert list(relations_to(people, head).values()) == expected


def test_a_head_who_stays_changes_nothing() -> None:
    people = household(Relation.SPOUSE, Relation.SON)
    assert list(relations_to(people, 0).values()) == [m.relation for m in people]


@pytest.mark.parametrize("head", list(Relation))
def test_there_is_always_exactly_one_head(head: Relation) -> None:
    people = household(*[r for r in Relation if r is not Relation.HEAD])
    place = next(n for n, m in enumerate(people) if m.relation is head)
    assert [n for n, r in relations_to(people, place).items() if r is Relation.HEAD] == [place]


def test_nothing_is_guessed_of_people_whose_sex_is_unknown() -> None:
    people = [Member("甲", Relation.HEAD), Member("乙", Relation.SON), Member("丙", Relation.MOTHER)]
    assert relations_to(people, 1) == {0: None, 1: Relation.HEAD, 2: None}
