"""Of several cases the one that says how the household stands is shown."""

from __future__ import annotations

import pytest

from db.rules.case import Status
from db.rules.current import Stand, current
from db.rules.procedure import IDENTIFICATION, REMOVAL


@pytest.mark.parametrize(
    ("stands", "shown"),
    [
        ([Stand(1, IDENTIFICATION, Status.RUNNING)], 1),
        ([Stand(1, IDENTIFICATION, Status.REGISTERED), Stand(2, REMOVAL, Status.RUNNING)], 2),
        ([Stand(1, IDENTIFICATION, Status.REGISTERED), Stand(2, REMOVAL, Status.HELD)], 2),
        ([Stand(1, IDENTIFICATION, Status.REGISTERED), Stand(2, REMOVAL, Status.REMOVED)], 2),
        ([Stand(1, IDENTIFICATION, Status.REGISTERED), Stand(2, REMOVAL, Status.REJECTED)], 1),
        ([Stand(1, IDENTIFICATION, Status.REGISTERED), Stand(2, REMOVAL, Status.WITHDRAWN)], 1),
        ([Stand(1, IDENTIFICATION, Status.REJECTED), Stand(2, IDENTIFICATION, Status.REJECTED)], 2),
        (
            [
                Stand(1, IDENTIFICATION, Status.REGISTERED),
                Stand(2, REMOVAL, Status.REJECTED),
                Stand(3, REMOVAL, Status.REMOVED),
                Stand(4, IDENTIFICATION, Status.WITHDRAWN),
            ],
            4,
        ),
    ],
)
def test_the_case_that_counts_is_shown(stands: list[Stand], shown: int) -> None:
    assert current(stands) == shown


def test_a_household_without_a_case_is_a_fault_of_the_program() -> None:
    with pytest.raises(ValueError, match="without a case"):
        current([])
