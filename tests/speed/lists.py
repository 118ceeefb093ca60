"""Lists and search over a record, through the services as the pages ask them, against the same questions in raw SQL."""

from __future__ import annotations

from pathlib import Path

from db.rules.procedure import Step
from db.services.office import desk
from db.services.town import search
from db.services.town.search import Filter, Hit, Line
from db.store.record import Record
from tests.speed import town
from tests.speed.raw import INITIALS, NAME, PAGE, VILLAGE, Questions, Raw, questions
from tests.speed.timing import alternate, seconds

Measured = dict[str, dict[str, tuple[float, ...]]]


def ours(record: Record, tail: str) -> Questions:
    """Each question through ``record.read()``."""

    def page(wanted: Filter) -> list[Line]:
        with record.read() as unit:
            return list(search.lines(unit, search.ids(unit, wanted)[:PAGE]).values())

    def find(text: str) -> tuple[Hit, ...]:
        with record.read() as unit:
            return search.find(unit, text)

    def count() -> tuple[int, int]:
        with record.read() as unit:
            return search.count(unit, Filter())

    return {
        "first page": lambda: page(Filter()),
        "search a name": lambda: find(NAME),
        "search initials": lambda: find(INITIALS),
        "search an ID tail": lambda: find(tail),
        "list of a name": lambda: page(Filter(text=NAME)),
        "filter village + step": lambda: page(Filter(village_id=VILLAGE, step=Step.VERIFICATION)),
        "count": count,
    }


def measure(path: Path, runs: int) -> Measured:
    """Seconds of every question, in turn with its floor. AssertionError when the two do not find the same."""
    with town.open_record(path) as record:
        raw = Raw(path, record.key.pragma)
        tail = raw.a_tail()
        mine, theirs = ours(record, tail), questions(raw, tail)
        require_same(mine, theirs)
        found: Measured = {}
        for name, question in mine.items():
            a, b = alternate(question, theirs[name], runs)
            found[name] = {"ours": a.runs, "floor": b.runs}
        found["desk overview"] = {"ours": tuple(seconds(lambda: _overview(record)) for _ in range(runs))}
        raw.close()
    return found


def once(path: Path) -> dict[str, object]:
    """Every question once, so that the memory can be told."""
    with town.open_record(path) as record:
        for question in ours(record, "0018").values():
            question()
    return {}


def require_same(mine: Questions, theirs: Questions) -> None:
    """Both sides answer with the same households, none of them with nothing."""
    for name, question in mine.items():
        found, wanted = _households(question()), _households(theirs[name]())
        assert found == wanted, f"{name}: {found[:5]} is not {wanted[:5]}"
        assert found, f"{name} found nothing"


def _households(answer: object) -> list[object]:
    assert isinstance(answer, (list, tuple))
    return sorted(
        row if isinstance(row, int) else row[0] if isinstance(row, tuple) else row.household_id for row in answer
    )


def _overview(record: Record) -> None:
    with record.read() as unit:
        desk.overview(unit)
