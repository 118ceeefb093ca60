"""Which household of the record a row of a visit or appraisal sheet means: by village, name, group and head-count.

Those sheets carry no identity numbers. A row is matched only when all four agree for one household and for this row alone; in every
other case the clerk is asked and nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from db.rules.names import normalise_name
from db.sheets.places import group_key, village_key


@dataclass(frozen=True, slots=True)
class RowKey:
    """What a row or a household is known by; ``size`` is the head-count, None when the sheet left it blank."""

    village: str
    group: str
    head_name: str
    size: int | None


class Matched(Enum):
    """How a row was answered."""

    ONE = "matched"
    AMBIGUOUS = "ambiguous"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Match:
    """The answer for one row. ``household`` is set only for ``ONE``; ``candidates`` are the households to ask about, ``why`` says in
    a Chinese sentence what the clerk has to decide, "" when matched."""

    state: Matched
    household: int | None = None
    candidates: tuple[int, ...] = ()
    why: str = ""


_Full = tuple[str, str, str, int | None]


def match_rows(rows: Sequence[RowKey], households: Mapping[int, RowKey]) -> tuple[Match, ...]:
    """For each row, in order, the household it means. ``households`` maps the record's ids to what they are known by.

    Rows and households that agree in all four but are several are ambiguous. A row that agrees in three (another group or another
    head-count) with households no other row has taken is asked too; anything less is unknown.
    """
    wanted = [_full(row) for row in rows]
    known = _by_key((_full(key), number) for number, key in households.items())
    asked = _by_key((key, place) for place, key in enumerate(wanted))
    taken = {known[key][0] for key in asked if len(asked[key]) == 1 and len(known.get(key, ())) == 1}
    near = _near(households, taken)
    return tuple(_answer(key, known.get(key, []), len(asked[key]), near) for key in wanted)


def _answer(key: _Full, same: list[int], rows: int, near: Mapping[tuple[object, ...], list[int]]) -> Match:
    village, group, name, size = key
    if same and size is not None:
        if len(same) == 1 and rows == 1:
            return Match(Matched.ONE, same[0], (same[0],))
        return Match(Matched.AMBIGUOUS, None, tuple(same), _several(len(same), rows))
    other_size = near.get(("size", village, group, name), [])
    other_group = near.get(("group", village, name, size), [])
    if other_size:
        return Match(Matched.AMBIGUOUS, None, tuple(other_size), "村、组、户主相同，人口不同，请核对是不是这一户")
    if other_group:
        return Match(Matched.AMBIGUOUS, None, tuple(other_group), "村、户主、人口相同，组别不同，请核对是不是这一户")
    return Match(Matched.UNKNOWN, why="本镇已录入的农户中没有这一户，未采用这一行")


def _several(households: int, rows: int) -> str:
    if households == 1:
        return f"表中有 {rows} 行村、组、户主、人口都相同，只有一户对得上，请指定用哪一行"
    return f"有 {households} 户村、组、户主、人口都相同，请指定这一行是哪一户"


def _near(households: Mapping[int, RowKey], taken: set[int]) -> dict[tuple[object, ...], list[int]]:
    """Free households by three of the four; a household a row already agrees with in full is nobody else's."""
    found: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for number, row in households.items():
        if number not in taken:
            village, group, name, size = _full(row)
            found["size", village, group, name].append(number)
            found["group", village, name, size].append(number)
    return found


def _by_key(pairs: Iterable[tuple[_Full, int]]) -> dict[_Full, list[int]]:
    found: dict[_Full, list[int]] = defaultdict(list)
    for key, value in pairs:
        found[key].append(value)
    return found


def _full(row: RowKey) -> _Full:
    return village_key(row.village), group_key(row.group), normalise_name(row.head_name), row.size
