"""A frozen value keeps every part in its text, and the text is the same each time; older and newer texts read or are refused."""

from __future__ import annotations

import json
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal

import pytest

from db.errors import Known
from db.rules.codes import Health, Sex
from db.rules.ledger import LedgerHousehold, MonthLedger
from db.rules.monthfile import text_of, value_of
from tests.helpers.ledger import household, july, ledger


@dataclass(frozen=True, slots=True)
class Leaf:
    name: str
    sex: Sex | None = None


@dataclass(frozen=True, slots=True)
class Tree:
    on: date
    at: datetime | None
    yuan: Decimal | None
    leaves: tuple[Leaf, ...]
    words: tuple[str, ...] = ()
    healths: tuple[Health, ...] = ()
    count: int = 0
    whole: bool = False
    best: Leaf | None = None


AT = datetime(2016, 8, 3, 9, 30, 1, 5, tzinfo=timezone(timedelta(hours=8)))
TREE = Tree(
    date(2016, 7, 1), AT, Decimal("10.00"), (Leaf("甲", Sex.MALE), Leaf('乙"\u2028\n')), ("丙",), (Health.HEALTHY,), 3,
    True, Leaf("丁"),
)  # fmt: skip


def test_a_value_comes_back_as_it_was() -> None:
    assert value_of(Tree, text_of(TREE)) == TREE
    bare = Tree(date(2016, 7, 1), None, None, ())
    assert value_of(Tree, text_of(bare)) == bare
    assert str(value_of(Tree, text_of(TREE)).yuan) == "10.00"


def test_a_ledger_comes_back_as_it_was() -> None:
    found = july()
    again = value_of(MonthLedger, text_of(found))
    assert again == found
    assert text_of(again) == text_of(found)


def test_another_value_has_another_text() -> None:
    one = household("华南-2016-0001", date(2016, 6, 30))
    assert text_of(ledger(one)) != text_of(ledger(replace(one, disposable_per_head=Decimal("3410.51"))))


def test_a_text_written_before_a_part_was_added_reads_with_what_the_part_has_by_itself() -> None:
    content = json.loads(text_of(TREE))
    place = content["rows"]["Leaf"].index("sex")
    del content["rows"]["Leaf"][place]
    at = content["rows"]["Tree"].index("leaves")
    content["value"][at] = [[leaf[0]] for leaf in content["value"][at]]
    content["value"][content["rows"]["Tree"].index("best")] = None
    assert value_of(Tree, json.dumps(content)).leaves == (Leaf("甲"), Leaf('乙"\u2028\n'))


@pytest.mark.parametrize("turn", ["format", "column", "code"])
def test_a_text_of_a_newer_program_is_refused(turn: str) -> None:
    content = json.loads(text_of(TREE))
    if turn == "format":
        content["format"] = 2
    elif turn == "column":
        content["rows"]["Leaf"].append("weight")
    else:
        content["value"][content["rows"]["Tree"].index("healths")] = ["99"]
    with pytest.raises(Known, match="较新的程序"):
        value_of(Tree, json.dumps(content))


def test_a_text_that_lacks_what_must_be_there_is_refused() -> None:
    content = json.loads(text_of(TREE))
    content["rows"]["Leaf"] = ["sex"]
    with pytest.raises(Known):
        value_of(Tree, json.dumps(content))


@dataclass(frozen=True, slots=True)
class Loose:
    weight: float = 0.0
    parts: list[int] = field(default_factory=list)


def test_what_has_no_one_text_is_a_fault_of_the_caller() -> None:
    with pytest.raises(TypeError):
        text_of(Loose())


def test_every_part_of_the_ledger_has_a_text() -> None:
    assert '"LedgerPerson":["name"' in text_of(july())
    assert len(value_of(MonthLedger, text_of(july())).households) == 4
    assert isinstance(value_of(MonthLedger, text_of(july())).households[0], LedgerHousehold)
