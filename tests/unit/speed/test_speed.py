"""The bench measures what it says: its towns are well-formed, both sides answer alike, its table does not flatter."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path
from statistics import mean

import pytest

from db.rules.case import Status
from db.rules.identity import judge
from db.services.ledger import ledger
from db.services.town import search
from db.services.town.search import Filter
from tests.speed import lists, town
from tests.speed.raw import Raw, questions
from tests.speed.table import Row, render, span
from tests.speed.timing import Times, alternate, peak_mb


def test_invented_people_are_well_formed_and_nobody_comes_twice() -> None:
    homes = list(town.people(600, ("东山村", "东河村")))
    numbers = [m.id_number for home in homes for m in home.members]
    assert len(set(numbers)) == len(numbers)
    assert {n for n in numbers if judge(n, date(2016, 8, 1)).problem} == set()
    assert Counter(home.village for home in homes) == {"东山村": 300, "东河村": 300}
    assert 2.7 < mean(home.size for home in homes) < 3.3
    assert homes == list(town.people(600, ("东山村", "东河村")))


def test_both_sides_of_the_lists_find_the_same(tmp_path: Path) -> None:
    path = tmp_path / "lists.huk"
    town.make(path, 200, registered=False)
    with town.open_record(path) as record:
        raw = Raw(path, path.with_suffix(".pragma").read_text(encoding="ascii"))
        lists.require_same(lists.ours(record, raw.a_tail()), questions(raw, raw.a_tail()))
        other = questions(raw, raw.a_tail()) | {"count": lambda: (200, 1)}
        with pytest.raises(AssertionError, match="count"):
            lists.require_same(lists.ours(record, raw.a_tail()), other)
        raw.close()


def test_a_registered_town_is_on_the_ledger(tmp_path: Path) -> None:
    path = tmp_path / "ledger.huk"
    town.make(path, 60, registered=True)
    with town.open_record(path) as record, record.read() as unit:
        assert search.count(unit, Filter(status=Status.REGISTERED))[0] == 60
        closing = ledger.month(unit, 2016, 7).total.closing
        assert (closing.households, closing.persons) == search.count(unit, Filter())


def test_both_jobs_take_turns_and_the_first_runs_do_not_count() -> None:
    done: list[str] = []
    ours, floor = alternate(lambda: done.append("a"), lambda: done.append("b"), 2)
    assert done == ["a", "b"] * 3
    assert (len(ours.runs), len(floor.runs)) == (2, 2)


def test_the_peak_is_read_from_the_kernels_words(tmp_path: Path) -> None:
    status = tmp_path / "status"
    status.write_text("VmPeak:\t  900000 kB\nVmHWM:\t   52224 kB\n", encoding="ascii")
    assert peak_mb(status) == 51.0
    assert peak_mb(tmp_path / "none") == 0.0


def test_a_row_is_judged_by_its_median() -> None:
    floor = Times((0.010, 0.011, 0.030))
    assert Row("x", Times((0.021, 0.022, 0.9)), floor, target=2).verdict == "met"
    assert Row("x", Times((0.021, 0.023, 0.9)), floor, target=2).verdict == "missed by 1.00 ms"
    assert Row("x", Times((0.021, 0.022, 0.9)), floor, target=2, limit=0.02).verdict == "missed by 2.00 ms"
    assert Row("x", Times((0.021,)), floor).verdict == "-"


def test_the_table_lines_its_columns_up() -> None:
    rows = [
        Row("first page, 20,000", Times((0.2, 0.3)), Times((0.1, 0.1)), 2, 0.05, (77.4, 31)),
        Row("apply", Times((1.5,))),
    ]
    head, first, second = render(rows).splitlines()
    assert first.split()[3:] == (
        [
            "200.0",
            "ms",
            "250.0",
            "ms",
            "100.0",
            "ms",
            "100.0",
            "ms",
            "2.00",
            "2.50",
            "<=",
            "2x,",
            "<=",
            "50.0",
            "ms",
            "77",
            "/",
            "31",
            "missed",
            "by",
            "200.0",
            "ms",
        ]
    )
    assert second.split() == ["apply", "1.50", "s", "1.50", "s", "-"]
    assert len(head) == len(second) == len(first)


def test_lengths_of_time_are_read_easily() -> None:
    assert [span(x) for x in (0.00043, 0.0125, 1.534)] == ["0.43 ms", "12.5 ms", "1.53 s"]
