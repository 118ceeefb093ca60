"""A row means a household only when village, group, name and head-count agree for both alone; all else is asked."""

from __future__ import annotations

from db.sheets.matching import Matched, RowKey, match_rows

ONE = RowKey("华新村", "第一组", "温某菊", 1)


def test_four_keys_that_agree_match() -> None:
    row = RowKey("华新村委会", "1组", "温 某菊", 1)
    (match,) = match_rows([row], {7: ONE})
    assert (match.state, match.household, match.why) == (Matched.ONE, 7, "")


def test_two_rows_and_two_households_alike_are_asked() -> None:
    matches = match_rows([ONE, ONE], {7: ONE, 8: ONE, 9: RowKey("华新村", "第一组", "林某", 1)})
    assert [(m.state, m.household, m.candidates) for m in matches] == [(Matched.AMBIGUOUS, None, (7, 8))] * 2
    assert "2 户" in matches[0].why


def test_one_row_for_two_households_and_two_rows_for_one_are_asked() -> None:
    (match,) = match_rows([ONE], {7: ONE, 8: ONE})
    assert match.candidates == (7, 8)
    matches = match_rows([ONE, ONE], {7: ONE})
    assert [m.state for m in matches] == [Matched.AMBIGUOUS] * 2
    assert "2 行" in matches[0].why


def test_another_head_count_or_group_is_asked() -> None:
    rows = [RowKey("华新村", "第一组", "温某菊", 2), RowKey("华新村", "第二组", "温某菊", 1)]
    for row, word in zip(rows, ("人口不同", "组别不同"), strict=True):
        (match,) = match_rows([row], {7: ONE})
        assert (match.state, match.candidates) == (Matched.AMBIGUOUS, (7,))
        assert word in match.why


def test_a_blank_head_count_is_asked() -> None:
    (match,) = match_rows([RowKey("华新村", "第一组", "温某菊", None)], {7: ONE})
    assert match.state is Matched.AMBIGUOUS


def test_two_unlike_in_two_keys_are_strangers() -> None:
    rows = [
        RowKey("华新村", "第二组", "温某菊", 2),
        RowKey("华南村", "第一组", "温某菊", 1),
        RowKey("华新村", "第一组", "温某", 1),
    ]
    assert [m.state for m in match_rows(rows, {7: ONE})] == [Matched.UNKNOWN] * 3


def test_a_household_that_has_its_row_is_nobody_elses() -> None:
    rows = [ONE, RowKey("华新村", "第六组", "温某菊", 1)]
    assert [m.state for m in match_rows(rows, {7: ONE})] == [Matched.ONE, Matched.UNKNOWN]


def test_nothing_to_match() -> None:
    assert match_rows([], {7: ONE}) == ()
    assert match_rows([ONE], {})[0].state is Matched.UNKNOWN
