"""Choices are read by the label as it is printed, full-width brackets and all, and say which rows other years did not have."""

from __future__ import annotations

import pytest

from db.fields.kinds import Choice, Unreadable
from db.rules import codes
from db.rules.codes import Code, IdKind, PovertyCause, Relocation, Valid, Work

TABLES = [
    table for name in codes.__all__ if isinstance(table := getattr(codes, name), type) and issubclass(table, Code)
]


@pytest.mark.parametrize("table", [t for t in TABLES if t is not Code], ids=lambda t: t.__name__)
def test_every_label_that_is_shown_is_read_back(table: type[Code]) -> None:
    kind = Choice(table=table)
    assert [kind.read(label) for label in table.labels()] == list(table)


def test_brackets_of_either_width_mean_the_same() -> None:
    assert Choice(table=Work).read("乡(镇)外县内务工") is Work.COUNTY
    assert Choice(table=IdKind).read("无证（公安证明）") is IdKind.NONE
    assert Choice(table=Relocation).read("自然村（村民小组）整体") is Relocation.GROUP
    with pytest.raises(Unreadable):
        Choice(table=Work).read("乡镇外县内")


def test_rows_of_other_years_are_told() -> None:
    notes = dict(zip(PovertyCause, Choice(table=PovertyCause).notes(2014), strict=True))
    assert (notes[PovertyCause.MARRIAGE], notes[PovertyCause.ILLNESS]) == ("2015 年起", "")
    assert not any(Choice(table=PovertyCause).notes(2015))
    told = (Valid(2014, 2015).told, Valid(until=2015).told, Valid().told)
    assert told == ("2014–2015 年", "至 2015 年", "")
