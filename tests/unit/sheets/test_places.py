"""A village or group is found however it is written and shown as the town wrote it."""

from __future__ import annotations

import pytest

from db.sheets.places import Places, village_key

TOWN = Places.of({"华新村": ("第一组", "上围组"), "城南社区居委会": ()})


@pytest.mark.parametrize(
    "written", ["华新村", " 华 新　村", "华新村委会", "华新村民委员会", "华新村村民委员会", "华新村村委会"]
)
def test_spellings_of_a_village(written: str) -> None:
    assert TOWN.village(written) == "华新村"


@pytest.mark.parametrize("written", ["华新", "新华村", "华新一村", "", "村委会"])
def test_other_villages_are_not_guessed(written: str) -> None:
    assert TOWN.village(written) is None


def test_a_residents_committee_keeps_its_name() -> None:
    assert village_key("城南社区居委会") == "城南社区居委会"


def test_groups_are_those_of_the_village() -> None:
    assert TOWN.group("华新村", "1组") == "第一组"
    assert TOWN.group("华新村", "上围村民小组") == "上围组"
    assert TOWN.group("华新村", "第二组") is None
    assert TOWN.group("城南社区居委会", "第九组") == "第九组"
