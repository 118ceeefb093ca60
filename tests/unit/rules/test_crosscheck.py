"""A list of another department names ours by number first, by name and village second, and never decides anything."""

from __future__ import annotations

import pytest

from db.rules.codes import Attribute, CrossKind, CrossMatch
from db.rules.crosscheck import ALARMS, BARS, ListRow, Person, advice, article, compare, sentence

NUMBER, OTHER = "441401196503074514", "441401197809128823"
HEAD = Person(1, "华南村", "廖某明", NUMBER, Attribute.ORDINARY, head=True)
WIFE = Person(1, "华南村", "钟某兰", OTHER, Attribute.ORDINARY)
WELFARE = Person(2, "华新村", "温某菊", "441401195001018824", Attribute.LOW_INCOME, head=True)
OURS = (HEAD, WIFE, WELFARE)


def row(name: str = "", number: str = "", village: str = "", place: str = "车辆 第2行") -> ListRow:
    return ListRow(place, name, number, village, (("车牌", "粤M00001"),))


def test_a_row_with_a_number_of_ours_is_a_hit_and_keeps_its_cells() -> None:
    found = compare(CrossKind.VEHICLE, OURS, [row("廖某明", NUMBER), row("张某", "441401199001010011")])
    assert [(h.person, h.match, h.place, h.facts) for h in found.hits] == [
        (HEAD, CrossMatch.NUMBER, "车辆 第2行", (("车牌", "粤M00001"),))
    ]
    assert (found.rows, found.named, found.agreeing) == (2, 1, 0)


def test_a_number_of_ours_under_another_name_is_told_as_such() -> None:
    (hit,) = compare(CrossKind.HOUSE, OURS, [row("廖某民", NUMBER)]).hits
    assert hit.match is CrossMatch.NAME_DIFFERS
    assert sentence(CrossKind.HOUSE, hit) == "身份证号相同，档案里是廖某明，房产名单里是廖某民"


def test_a_row_without_a_name_goes_by_its_number_alone() -> None:
    (hit,) = compare(CrossKind.VEHICLE, OURS, [row("", NUMBER)]).hits
    assert hit.match is CrossMatch.NUMBER


def test_a_name_counts_with_its_village_only() -> None:
    rows = [row("廖某明", "", "华南村"), row("廖某明", "", "华新村", "车辆 第3行"), row("廖某明", "", "", "车辆 第4行")]
    found = compare(CrossKind.VEHICLE, OURS, rows)
    assert [(h.match, h.place) for h in found.hits] == [(CrossMatch.NAME, "车辆 第2行")]
    assert "可能是同名" in sentence(CrossKind.VEHICLE, found.hits[0])


def test_of_several_with_one_name_each_is_named_and_none_guessed() -> None:
    namesake = Person(3, "华南村", "廖某明", "441401198001010019", Attribute.ORDINARY, head=True)
    found = compare(CrossKind.VEHICLE, (*OURS, namesake), [row("廖某明", "", "华南村")])
    assert [h.person.household_id for h in found.hits] == [1, 3]


def test_the_same_row_is_told_once_for_one_person() -> None:
    twice = row("廖某明", NUMBER)
    assert len(compare(CrossKind.VEHICLE, OURS, [twice, twice]).hits) == 1


@pytest.mark.parametrize(
    ("kind", "agreeing", "told"),
    [
        (CrossKind.LOW_INCOME, WELFARE, HEAD),
        (CrossKind.FIVE_GUARANTEES, Person(4, "华南村", "曾某", "441401194001010010", Attribute.FIVE_GUARANTEES, head=True), HEAD),
        (CrossKind.DISABLED, Person(5, "华南村", "曾某", "441401194001010010", Attribute.ORDINARY, disabled=True), HEAD),
    ],
)  # fmt: skip
def test_a_list_of_benefits_only_tells_where_the_record_says_otherwise(
    kind: CrossKind, agreeing: Person, told: Person
) -> None:
    rows = [row(agreeing.name, agreeing.number, place="a"), row(told.name, told.number, place="b")]
    found = compare(kind, (agreeing, told), rows)
    assert [h.person for h in found.hits] == [told]
    assert (found.named, found.agreeing) == (2, 1)


def test_who_is_not_on_a_complete_list_is_told_and_on_a_part_of_one_not() -> None:
    assert compare(CrossKind.LOW_INCOME, OURS, []).hits == ()
    (hit,) = compare(CrossKind.LOW_INCOME, OURS, [], complete=True).hits
    assert (hit.person, hit.match) == (WELFARE, CrossMatch.MISSING)
    assert sentence(CrossKind.LOW_INCOME, hit) == "档案登记的属性是低保户，低保名单里没有温某菊"


def test_one_member_on_the_list_is_enough_for_a_household_in_a_benefit() -> None:
    son = Person(2, "华新村", "温某平", "441401197801010016", Attribute.LOW_INCOME)
    assert compare(CrossKind.LOW_INCOME, (WELFARE, son), [row(son.name, son.number)], complete=True).hits == ()


def test_a_complete_list_that_should_not_name_ours_misses_nobody() -> None:
    assert compare(CrossKind.VEHICLE, OURS, [], complete=True).hits == ()


def test_the_police_list_tells_other_names_other_numbers_and_who_is_missing() -> None:
    rows = [row("廖某民", NUMBER, "华南村", "a"), row("钟某兰", "441401197809128824", "华南村", "b")]
    found = compare(CrossKind.IDENTITY, OURS, rows, complete=True)
    assert [(h.person.name, h.match) for h in found.hits] == [
        ("廖某明", CrossMatch.NAME_DIFFERS), ("钟某兰", CrossMatch.NAME), ("温某菊", CrossMatch.MISSING)
    ]  # fmt: skip
    assert "441401197809128824" in sentence(CrossKind.IDENTITY, found.hits[1])
    assert compare(CrossKind.IDENTITY, OURS, [row("廖某明", NUMBER, "华南村")]).hits == ()


def test_every_list_has_its_words() -> None:
    for kind in CrossKind:
        assert ALARMS[kind]
        assert advice(kind)
        assert ("七不进" in article(kind)) is (kind in BARS)
