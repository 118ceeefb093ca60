"""The floor of lists and search: the same questions as SQL written by hand, put straight to the driver. No SQLAlchemy, no services."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from sqlcipher3 import dbapi2

PAGE = 200
NAME, INITIALS, VILLAGE, STEP = "某明", "lmm", 1, "verification"
_PLACES = "JOIN village v ON v.id = h.village_id JOIN village_group g ON g.id = h.group_id"
_CASES = "JOIN case_file c ON c.household_id = h.id JOIN case_state s ON s.case_id = c.id"
_ORDER = "ORDER BY v.position, g.position, h.id"
_LINE = (
    "h.id, c.id, h.version, v.name, g.name, h.head_name, h.size, h.attribute, h.main_cause, s.step, s.status, s.why, s.since, "
    "h.applied_on, s.card_number, b.last, b.decide_from, s.gate_id"
)
_NAMED = (
    "SELECT household_id FROM member WHERE live AND name LIKE :like "
    "UNION ALL SELECT id FROM household WHERE village_id IN (SELECT id FROM village WHERE name LIKE :like) "
    "UNION ALL SELECT c.household_id FROM case_file c JOIN case_state s ON s.case_id = c.id WHERE s.card_number LIKE :like"
)
_SPELT = "SELECT household_id FROM member WHERE live AND ' ' || py LIKE :like"
_ENDING = (
    "SELECT household_id FROM member WHERE live AND id_tail = :like "
    "UNION ALL SELECT id FROM household WHERE phone_tail = :like"
)
Rows = list[tuple[object, ...]]
Questions = dict[str, Callable[[], Sequence[object]]]


class Raw:
    """A bare connection to one record; ``key`` is the PRAGMA that opens it."""

    def __init__(self, path: Path, key: str) -> None:
        self._driver = dbapi2.connect(str(path), isolation_level=None)
        self._driver.execute(key)
        self._driver.execute("PRAGMA journal_mode=WAL")
        self._driver.execute("PRAGMA query_only=ON")

    def close(self) -> None:
        """Let go of the file."""
        self._driver.close()

    def first_page(self) -> Rows:
        """The ids of all households in the town's order, and the rows of the first page."""
        return self._page(f"SELECT h.id FROM household h {_PLACES} WHERE h.live {_ORDER}")

    def count(self) -> tuple[object, ...]:
        """Households and persons."""
        return self._ask("SELECT count(*), sum(size) FROM household WHERE live")[0]

    def at_step(self, village: int, step: str) -> Rows:
        """The first page of a village's households at a step."""
        where = "h.live AND h.village_id = :village AND s.step = :step"
        return self._page(
            f"SELECT h.id FROM household h {_CASES} {_PLACES} WHERE {where} {_ORDER}", village=village, step=step
        )

    def listed(self, name: str) -> Rows:
        """The first page of the list of households that have a name."""
        where = f"h.live AND h.id IN ({_NAMED})"
        return self._page(f"SELECT h.id FROM household h {_PLACES} WHERE {where} {_ORDER}", like=f"%{name}%")

    def named(self, name: str) -> Rows:
        """What the search box offers for a name."""
        return self._find(_NAMED, f"%{name}%")

    def spelt(self, initials: str) -> Rows:
        """What it offers for initials."""
        return self._find(_SPELT, f"% {initials}%")

    def ending(self, tail: str) -> Rows:
        """What it offers for the last four of a number."""
        return self._find(_ENDING, tail)

    def a_tail(self) -> str:
        """The last four of the number of the person who came last."""
        return str(self._ask("SELECT id_tail FROM member ORDER BY id DESC LIMIT 1")[0][0])

    def _ask(self, sql: str, **values: object) -> Rows:
        found: Rows = self._driver.execute(sql, values).fetchall()
        return found

    def _page(self, sql: str, **values: object) -> Rows:
        self._driver.execute("BEGIN")
        ids = [row[0] for row in self._ask(sql, **values)]
        rows = self._ask(
            f"SELECT {_LINE} FROM household h {_CASES} {_PLACES} LEFT JOIN gate b ON b.batch_id = s.gate_id "
            f"WHERE h.id IN ({_list(ids[:PAGE])})"
        )
        self._driver.execute("COMMIT")
        return rows

    def _find(self, matching: str, like: str) -> Rows:
        self._driver.execute("BEGIN")
        rows = self._ask(
            f"SELECT h.id, h.head_name, v.name, g.name, h.size FROM household h {_PLACES} "
            f"WHERE h.live AND h.id IN ({matching}) ORDER BY h.head_name LIKE :like DESC, v.position, g.position, h.id LIMIT 12",
            like=like,
        )
        self._ask(
            "SELECT household_id, name, py, id_number FROM member "
            f"WHERE household_id IN ({_list([row[0] for row in rows])}) AND position > 0 AND live"
        )
        self._driver.execute("COMMIT")
        return rows


def questions(raw: Raw, tail: str) -> Questions:
    """Each question of the bench under its name."""
    return {
        "first page": raw.first_page,
        "search a name": lambda: raw.named(NAME),
        "search initials": lambda: raw.spelt(INITIALS),
        "search an ID tail": lambda: raw.ending(tail),
        "list of a name": lambda: raw.listed(NAME),
        "filter village + step": lambda: raw.at_step(VILLAGE, STEP),
        "count": raw.count,
    }


def once(path: Path) -> None:
    """Every question once, so that the memory can be told."""
    raw = Raw(path, path.with_suffix(".pragma").read_text(encoding="ascii"))
    for question in questions(raw, raw.a_tail()).values():
        question()
    raw.close()


def _list(ids: Sequence[object]) -> str:
    return ",".join(map(str, ids))
