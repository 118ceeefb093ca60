"""Which backups stay: 12 daily, 10 weekly, 9 monthly, and all of the last day."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from db.store.clock import CST
from db.store.thinning import surplus

NOW = datetime(2016, 6, 30, 18, tzinfo=CST)


def every(step: timedelta, times: int) -> list[datetime]:
    return [NOW - timedelta(hours=25) - step * number for number in range(times)]


def test_the_last_day_is_kept_whole() -> None:
    assert surplus([NOW - timedelta(minutes=10 * n) for n in range(144)], NOW) == set()


def test_of_each_day_the_newest_stays() -> None:
    day = datetime(2016, 6, 20, tzinfo=CST)
    assert surplus([day + timedelta(hours=h) for h in (8, 12, 17)], NOW) == {
        day + timedelta(hours=8),
        day + timedelta(hours=12),
    }


def test_three_years_of_daily_backups_come_down_to_thirty_one() -> None:
    made = every(timedelta(days=1), 1000)
    kept = sorted(set(made) - surplus(made, NOW), reverse=True)
    assert len(kept) == 12 + 10 + 9
    assert kept[:12] == made[:12]
    assert all(later - earlier == timedelta(days=7) for later, earlier in pairwise(kept[13:22]))
    assert len({(at.year, at.month) for at in kept[22:]}) == 9


def test_thinned_every_day_the_same_stay_as_thinned_at_once() -> None:
    kept: set[datetime] = set()
    for day in range(700):
        now = datetime(2014, 1, 1, 18, tzinfo=CST) + timedelta(days=day)
        kept.add(now)
        kept -= surplus(kept, now)
    assert len(kept) == 1 + 12 + 10 + 9
    assert max(kept) - min(kept) > timedelta(days=300)


def test_thinning_again_removes_nothing_more() -> None:
    made = every(timedelta(hours=7), 2000)
    kept = set(made) - surplus(made, NOW)
    assert surplus(kept, NOW) == set()


@given(
    st.lists(
        st.datetimes(datetime(2014, 1, 1), datetime(2016, 7, 1)).map(lambda at: at.replace(tzinfo=CST)), max_size=60
    )
)
def test_what_goes_was_there_and_the_newest_never_goes(made: list[datetime]) -> None:
    gone = surplus(made, NOW)
    assert gone <= set(made)
    assert not made or max(made) not in gone
    assert len(set(made) - gone) <= 31 + sum(at > NOW - timedelta(days=1) for at in set(made))
