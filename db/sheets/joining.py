"""Which persons belong to which household of a roster.

The person sheet names the household by the head's number, name, village and group; any one of these may be damaged on either side.
Persons are therefore joined by ever weaker agreement, each time only where one household and one group of persons are left that agree;
where several do, nothing is joined and the clerk is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from db.rules.codes import Relation
from db.rules.identity import is_sound
from db.sheets.cells import Line
from db.sheets.layouts.roster import HEAD_KEYS, NAMED
from db.sheets.places import group_key, village_key

_LENGTH = 18


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
    headed: bool = True


@dataclass(frozen=True, slots=True)
class Joined:
    """For each household the index of its family or None; ``unclear`` are the households several families agree with (by household:
    the families), ``orphans`` the families no household took.

    ``strays`` are families without a head that belong to a household which has one (by household: the families): rows whose words for
    the head differ from the other rows'. ``doubles`` are households that stand in the sheet once more (by household: the first of them).
    """

    family_of: tuple[int | None, ...]
    unclear: dict[int, tuple[int, ...]]
    orphans: tuple[int, ...]
    strays: dict[int, tuple[int, ...]]
    doubles: dict[int, int]


def household_identity(line: Line) -> Identity:
    """A household by its own row."""
    size = line.values.get("size_stated")
    place = _place(line.text("village"), line.text("group"))
    number = _whole(line.text("head_id"))
    return Identity(*place, line.text("head_name"), number, "", size if isinstance(size, int) else None)


def families(lines: Sequence[Line], table: int) -> list[Family]:
    """The person lines of one sheet by the head they name. Without the head's number a further 户主 begins a new family."""
    groups: dict[Hashable, list[Line]] = {}
    runs: dict[Hashable, int] = defaultdict(int)
    for line in lines:
        key = (line.text("head_id"), line.text("head_name"), *_place(line.text("village"), line.text("group")))
        if not key[0] and line.values.get("relation") is Relation.HEAD:
            runs[key] += 1
        groups.setdefault((key, runs.get(key, 0)), []).append(line)
    return [_family(tuple(members), table) for members in groups.values()]


def name_heads(lines: Sequence[Line], known: Collection[str]) -> None:
    """Write the head's name and number into the rows of a sheet that has no column for them: every head begins a family, known by his
    relation or, where that is spoilt, by a number that is one of the ``known`` heads'."""
    head: dict[str, object] = {}
    for line in lines:
        own = line.values.get("id_number")
        if line.values.get("relation") is Relation.HEAD or own in known:
            head = {key: line.values[of_his] for key, of_his in NAMED.items() if of_his in line.values}
        line.values.update(head)


def inherit_heads(lines: Sequence[Line]) -> None:
    """Fill in the head's words where a sheet gives them on his own row only and leaves them blank on the members' rows below it.

    Nothing is filled in when any member's row names its head: then a blank is an omission.
    """
    last: dict[str, object] = {}
    if any(line.values.get("relation") is not Relation.HEAD and _names_head(line) for line in lines):
        return
    for line in lines:
        if _names_head(line):
            last = {key: line.values[key] for key in HEAD_KEYS if key in line.values}
        elif line.values.get("relation") is not Relation.HEAD:
            line.values.update({key: value for key, value in last.items() if key not in line.values})


def _names_head(line: Line) -> bool:
    return bool(line.text("head_name") or line.text("head_id"))


def join(households: Sequence[Identity], found: Sequence[Identity]) -> Joined:
    """Join families to households. A family or household that is joined is out of every weaker comparison."""
    taken: list[int | None] = [None] * len(households)
    free = set(range(len(found)))
    doubles = _doubles(households)
    for key in _KEYS:
        left = _by(key, ((i, households[i]) for i, own in enumerate(taken) if own is None and i not in doubles))
        right = _by(key, ((i, found[i]) for i in free))
        for value, here in left.items():
            there = right.get(value, [])
            if len(here) == len(there) == 1:
                taken[here[0]] = there[0]
                free.discard(there[0])
    strays = _strays(households, found, taken, free)
    free -= {family for families in strays.values() for family in families}
    unclear = _unclear(households, found, taken, free, doubles)
    named = {family for candidates in unclear.values() for family in candidates}
    return Joined(tuple(taken), unclear, tuple(sorted(free - named)), strays, doubles)


def _family(lines: tuple[Line, ...], table: int) -> Family:
    first = lines[0]
    head = next((line for line in lines if line.values.get("relation") is Relation.HEAD), None)
    name = first.text("head_name") or (head.text("name") if head else "")
    himself = head or next((line for line in lines if name and line.text("name") == name), None)
    own = _whole(himself.text("id_number")) if himself else ""
    place = _place(first.text("village"), first.text("group"))
    return Family(
        table, lines, Identity(*place, name, _whole(first.text("head_id")), own, len(lines), head is not None)
    )


def _whole(number: str) -> str:
    """The number where all 18 characters are there; what is left of a damaged one (4.41E+17, 无) is the same for many people."""
    return number if len(number) == _LENGTH and number[:-1].isdigit() else ""


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


def _doubles(households: Sequence[Identity]) -> dict[int, int]:
    """Households that agree in a sound number, in name, village and group with an earlier one."""
    sound = ((index, own) for index, own in enumerate(households) if is_sound(own.number))
    return {later: same[0] for same in _by(_KEYS[0], sound).values() for later in same[1:]}


def _strays(
    households: Sequence[Identity], found: Sequence[Identity], taken: Sequence[int | None], free: set[int]
) -> dict[int, tuple[int, ...]]:
    """Free families that can only be part of one joined household: by the head's number, else by village, group and head.

    Only one of the two sides may hold the head, and where the number names another household than the words, nothing is joined.
    """
    joined = [(i, households[i]) for i, family in enumerate(taken) if family is not None]
    by_number, by_words = _by(_KEYS[6], joined), _by(_KEYS[5], joined)
    strays: dict[int, tuple[int, ...]] = {}
    for family in sorted(free):
        own = found[family]
        named = {*by_number.get(_KEYS[6](own), ())} | {*by_words.get(_KEYS[5](own), ())}
        household = named.pop() if len(named) == 1 else None
        main = None if household is None else taken[household]
        if household is not None and main is not None and not (own.headed and found[main].headed):
            strays[household] = (*strays.get(household, ()), family)
    return strays


def _unclear(
    households: Sequence[Identity],
    found: Sequence[Identity],
    taken: Sequence[int | None],
    free: set[int],
    doubles: Mapping[int, int],
) -> dict[int, tuple[int, ...]]:
    """Households left alone although free families name their village, group and head."""
    by_name = _by(_KEYS[5], ((i, found[i]) for i in sorted(free)))
    unclear = {}
    for index, identity in enumerate(households):
        key = _KEYS[5](identity)
        if taken[index] is None and index not in doubles and key is not None and key in by_name:
            unclear[index] = tuple(by_name[key])
    return unclear
