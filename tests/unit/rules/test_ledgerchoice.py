"""What is chosen of a ledger: names of files, villages and periods."""

from __future__ import annotations

import pytest

from db.rules.counts import Count
from db.rules.ledger import problems
from db.rules.ledgerchoice import PATTERN, Choice, file_name, narrowed, pattern_problem, period_of, scope_of
from db.rules.turns import turn_problems
from tests.helpers.ledger import july, ledger


def test_a_file_is_called_by_the_countys_pattern() -> None:
    month = july()
    assert file_name(month, Choice()) == "2016年07月台账-华阳镇.xlsx"
    assert file_name(month, Choice(sheets=("收入明细",))) == "2016年07月收入明细-华阳镇.xlsx"
    assert file_name(month, Choice(villages=("小拔村",), masked=True)) == "2016年07月台账-华阳镇（小拔村）〔脱敏〕.xlsx"
    named = "{县}_{镇}{村}_{表名}_{年}{月}"
    assert file_name(month, Choice(villages=("小拔村",)), named) == "五华县_华阳镇小拔村_台账_201607.xlsx"
    assert file_name(month, Choice(villages=("华南村", "小拔村", "太平村"))) == "2016年07月台账-华阳镇.xlsx"
    assert file_name(ledger(town="{年}镇"), Choice()) == "2016年07月台账-{年}镇.xlsx"


@pytest.mark.parametrize(
    ("pattern", "sentence"),
    [
        (PATTERN, ""),
        ("{镇}{表名}{年}-{月}", ""),
        ("{年}{月}{表名}{乡}", "花括号"),
        ("{年}{月}{表名}{", "花括号"),
        ("{年}/{月}{表名}", "不能有"),
        ("{年}{表名}", "{月}"),
        ("", "{年}、{月}、{表名}"),
    ],
)
def test_a_pattern_that_names_no_file_or_the_same_twice_is_refused(pattern: str, sentence: str) -> None:
    found = pattern_problem(pattern)
    assert sentence in found
    assert bool(found) is bool(sentence)


def test_a_ledger_of_some_villages_is_whole_in_itself() -> None:
    part = narrowed(july(), ("小拔村", "太平村"))
    assert [row.village for row in part.villages] == ["小拔村", "太平村"]
    assert part.total.closing == Count(1, 2)
    assert [h.village for h in part.households] == [t.village for t in part.turns] == ["小拔村"]
    assert problems(part) == turn_problems(part) == ()
    assert narrowed(july(), ()) == july()
    with pytest.raises(ValueError, match="no such village"):
        narrowed(july(), ("别的村",))


def test_the_villages_are_said_in_few_words() -> None:
    assert scope_of(july(), ()) == scope_of(july(), ("华南村", "小拔村", "太平村")) == ""
    assert scope_of(july(), ("太平村", "华南村")) == "华南村、太平村"


def test_a_period_is_the_month_or_the_year_so_far() -> None:
    assert [period_of(july(), yearly=yearly)[1] for yearly in (False, True)] == ["2016年7月", "2016年1—7月"]
    assert period_of(ledger(month=1), yearly=True)[1] == "2016年1月"
