"""Which persons belong to which household of a roster.

The person sheet names the household by the head's number, name, village and group; any one of these may be damaged on either side.
Persons are therefore joined by ever weaker agreement, each time only where one household and one group of persons are left that agree;
where several do, nothing is joined and the clerk is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass

from db.rules.codes import Relation
from db.sheets.cells import Line
from db.sheets.places import group_key, village_key


@dataclass(frozen=True, slots=True)
class Family:
    """Persons who name the same head in the same words, in the order of the sheet; ``table`` says which person sheet they stand on."""

    table: int
    lines: tuple[Line, ...]
    identity: Identity

    @property
    def head(self) -> Line | None:
        """The line of the head himself."""
        return next((line for line in self.lines if line.values.get("relation") is Relation.HEAD), None)


@dataclass(frozen=True, slots=True)
class Identity:
    """What a household is known by on one of the two sheets; "" or None where the sheet does not say."""

    village: str
    group: str
    name: str
    number: str
    own_number: str
    size: int | None


@dataclass(frozen=True, slots=True)
class Joined:
    """For each household the index of its family or None; ``unclear`` are the households several families agree with (by household:
    the families), ``orphans`` the families no household took."""

    family_of: tuple[int | None, ...]
    unclear: dict[int, tuple[int, ...]]
    orphans: tuple[int, ...]


def household_identity(line: Line) -> Identity:
    """A household by its own row."""
    size = line.values.get("size_stated")
    place = _place(line.text("village"), line.text("group"))
    return Identity(*place, line.text("head_name"), line.text("head_id"), "", size if isinstance(size, int) else None)


def families(lines: Sequence[Line], table: int) -> list[Family]:
    """The person lines of one sheet by the head they name. Without the head's number a further 户主 begins a new family."""
    groups: dict[Hashable, list[Line]] = {}
    runs: dict[Hashable, int] = defaultdict(int)
    for line in lines:
        said = line.values.get
        key = (said("head_id"), said("head_name"), said("village"), said("group"))
        if not key[0] and said("relation") is Relation.HEAD:
            runs[key] += 1
        groups.setdefault((key, runs.get(key, 0)), []).append(line)
    return [_family(tuple(members), table) for members in groups.values()]


def join(households: Sequence[Identity], found: Sequence[Identity]) -> Joined:
    """Join families to households. A family or household that is joined is out of every weaker comparison."""
    taken: list[int | None] = [None] * len(households)
    free = set(range(len(found)))
    for key in _KEYS:
        left = _by(key, ((i, households[i]) for i in range(len(households)) if taken[i] is None))
        right = _by(key, ((i, found[i]) for i in free))
        for value, here in left.items():
            there = right.get(value, [])
            if len(here) == len(there) == 1:
                taken[here[0]] = there[0]
                free.discard(there[0])
    unclear = _unclear(households, found, taken, free)
    named = {family for candidates in unclear.values() for family in candidates}
    return Joined(tuple(taken), unclear, tuple(sorted(free - named)))


def _family(lines: tuple[Line, ...], table: int) -> Family:
    first = lines[0]
    head = next((line for line in lines if line.values.get("relation") is Relation.HEAD), None)
    name = first.text("head_name") or (head.text("name") if head else "")
    own = head.text("id_number") if head else ""
    place = _place(first.text("village"), first.text("group"))
    return Family(table, lines, Identity(*place, name, first.text("head_id"), own, len(lines)))


def _place(village: str, group: str) -> tuple[str, str]:
    return village_key(village) if village else "", group_key(group) if group else ""


_Key = Callable[[Identity], Hashable | None]


def _all(*parts: object) -> Hashable | None:
    return parts if all(parts) else None


_KEYS: tuple[_Key, ...] = (
    lambda i: _all(i.number, i.name, i.village, i.group),
    lambda i: _all(i.number, i.name),
    lambda i: _all(i.number, i.village, i.group),
    lambda i: _all(i.own_number or i.number, i.name),
    lambda i: _all(i.village, i.group, i.name, i.size),
    lambda i: _all(i.village, i.group, i.name),
    lambda i: _all(i.number),
    lambda i: _all(i.own_number or i.number),
)


def _by(key: _Key, identities: Iterable[tuple[int, Identity]]) -> dict[Hashable, list[int]]:
    found: dict[Hashable, list[int]] = defaultdict(list)
    for index, identity in identities:
        value = key(identity)
        if value is not None:
            found[value].append(index)
    return found


def _unclear(
    households: Sequence[Identity], found: Sequence[Identity], taken: Sequence[int | None], free: set[int]
) -> dict[int, tuple[int, ...]]:
    """Households left alone although free families name their village, group and head."""
    by_name = _by(_KEYS[5], ((i, found[i]) for i in sorted(free)))
    unclear = {}
    for index, identity in enumerate(households):
        key = _KEYS[5](identity)
        if taken[index] is None and key is not None and key in by_name:
            unclear[index] = tuple(by_name[key])
    return unclear
