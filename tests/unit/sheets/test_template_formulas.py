"""Formulas of a form when rows come in: what lies below moves, sums reach to the new end, a row's own is copied with its references."""

import pytest

from db.sheets.template_formulas import Stretch, copied_down, moved

STRETCH = Stretch("人口", first=7, at=10, by=100)


@pytest.mark.parametrize(
    ("formula", "expected"),
    [
        ("=SUM(M7:M9)", "=SUM(M7:M109)"),
        ("=SUM(M7:M8)", "=SUM(M7:M8)"),
        ("=M11*2+$B$12", "=M111*2+$B$112"),
        ("=M6/M5", "=M6/M5"),
        ("=SUM($M$7:$M$9)/COUNTA(A7:A9)", "=SUM($M$7:$M$109)/COUNTA(A7:A109)"),
        ('=IF(M10="10","M10",别的!M10)', '=IF(M110="10","M10",别的!M10)'),
        ("='人口'!M9:M12", "='人口'!M9:M112"),
        ("=SUM(M:M)", "=SUM(M:M)"),
    ],
)
def test_a_formula_follows_the_rows(formula: str, expected: str) -> None:
    assert moved(formula, "人口", STRETCH) == expected


def test_a_formula_of_another_sheet_follows_only_where_it_means_this_one() -> None:
    assert moved("=M12+人口!M12", "别的", STRETCH) == "=M12+人口!M112"


def test_a_sum_over_the_only_row_grows() -> None:
    one = Stretch("1", first=8, at=9, by=4)
    assert moved("=SUM(C8)", "1", one) == "=SUM(C8:C12)"
    assert moved("=SUM(C8:C8)", "1", one) == "=SUM(C8:C12)"
    assert moved("=C8", "1", one) == "=C8"


def test_a_formula_within_the_data_keeps_to_its_row() -> None:
    assert moved("=M9+SUM(A9:C9)", "人口", STRETCH, sums=False) == "=M9+SUM(A9:C9)"


def test_copied_down_moves_what_is_not_fixed() -> None:
    at = copied_down("=M7/SUM($M$7:M7)*$B7+C$3", 7)
    assert at(7) == "=M7/SUM($M$7:M7)*$B7+C$3"
    assert at(20) == "=M20/SUM($M$7:M20)*$B20+C$3"
