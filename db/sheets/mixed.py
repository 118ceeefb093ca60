"""Sheets with households and persons together: which rows are one household.

Where members name their head on every row they are joined by that, as on a sheet of persons. Else their place tells: the household's
columns stand on one row of it or are merged over its rows, 户主 begins it, a blank line may part it from the next.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from db.fields.member import MEMBER
from db.rules.codes import Relation
from db.sheets.body import Body, filled
from db.sheets.book import Sheet
from db.sheets.cells import Fault, Line, LineReader
from db.sheets.findings import SheetFinding
from db.sheets.header import Column
from db.sheets.joining import Family, families
from db.sheets.layouts import roster as layout
from db.sheets.numbered import numbers_of
from db.sheets.places import Places
from db.sheets.planning import Part
from db.sheets.runs import Runs
from db.sheets.table import Table, body_of_part, give_place, said_of

_FEWEST, _MOST = 0.8, 1.25


@dataclass(frozen=True, slots=True)
class Mixed:
    """A part of both. ``runs`` are the persons of each household of ``households.lines``, in that order, where their place tells; None
    where they have to be joined. ``loose`` are persons between two households that belong to neither for sure."""

    households: Table
    persons: Table
    runs: tuple[tuple[Line, ...], ...] | None
    loose: tuple[tuple[Line, ...], ...] = ()


def mixed_of(sheet: Sheet, part: Part, places: Places) -> Mixed:
    """Read a part that holds both."""
    body = body_of_part(sheet, part, places)
    columns, fields = part.header.columns, layout.MIXED_FIELDS
    of_person = {key: column for key, column in columns.items() if key in MEMBER or key in layout.HEAD_KEYS}
    of_household = {key: column for key, column in columns.items() if key in layout.HOUSEHOLD_FIELDS}
    rows = _rows(sheet, part, body, of_person, of_household)
    give_place(rows.persons, part, body, places)
    give_place(rows.homes, part, body, places)
    borrowed = {key: own for key, own in layout.HEADS_OWN.items() if key not in columns and own in columns}
    numbers = numbers_of(sheet, part.unused, [row for row, _ in body.data])
    made = _joined(rows) if _names_heads(rows, columns) else _placed(rows, body, numbers)
    _borrow(made, borrowed)
    said = (*said_of(sheet, part, body), *_members_own(sheet, part, made, rows))
    households = Table(
        sheet.name, part.header, made.homes, body.totals, made.repeated, fields, body.notes, said, borrowed,
        {line.row: line for line in rows.homes},
    )  # fmt: skip
    persons = Table(sheet.name, part.header, made.persons, (), (), fields)
    return Mixed(households, persons, made.runs, made.loose)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Every data row as a person and as a household; ``own`` are the household's columns a row fills in itself, ``held`` the rows that
    are merged into the household of the row above by columns of nothing but one household; ``nobody`` tells of each row whether all
    columns of a person are blank on it."""

    persons: list[Line]
    homes: list[Line]
    own: list[set[str]]
    held: frozenset[int]
    nobody: list[bool]


def _rows(
    sheet: Sheet, part: Part, body: Body, of_person: Mapping[str, Column], of_household: Mapping[str, Column]
) -> _Rows:
    person = LineReader(of_person, layout.MIXED_FIELDS, sheet.since_1904).read
    home = LineReader(of_household, layout.MIXED_FIELDS, sheet.since_1904).read
    homes = [home(row, cells) for row, cells in body.data]
    merged = _merged(sheet, part, {column.index: key for key, column in of_household.items()})
    own = [
        {key for key, cell in zip(of_household, line.raw, strict=True) if filled(cell)} - merged.get(line.row, set())
        for line in homes
    ]
    held = frozenset(row for row, keys in merged.items() if keys - layout.LOOSELY_MERGED)
    mine = [place for place, key in enumerate(of_person) if key in MEMBER]
    persons = [person(row, cells) for row, cells in body.data]
    nobody = [not any(filled(line.raw[place]) for place in mine) for line in persons]
    return _Rows(persons, homes, own, held, nobody)


@dataclass(frozen=True, slots=True)
class _Made:
    homes: tuple[Line, ...]
    persons: tuple[Line, ...]
    heads: tuple[Line | None, ...]
    repeated: tuple[tuple[int, int], ...]
    runs: tuple[tuple[Line, ...], ...] | None
    loose: tuple[tuple[Line, ...], ...] = ()


def _merged(sheet: Sheet, part: Part, keys: Mapping[int, str]) -> dict[int, set[str]]:
    """The household's columns a row only has from the row above it, by the row's number."""
    found: dict[int, set[str]] = {}
    for top, left, bottom, right in sheet.merges:
        if top > part.header.bottom and bottom > top and left == right and left in keys:
            for row in range(top + 1, bottom + 1):
                found.setdefault(row + 1, set()).add(keys[left])
    return found


def _names_heads(rows: _Rows, columns: Collection[str]) -> bool:
    """Whether most members' rows name their head themselves."""
    naming = {"head_name", "head_id"} & {*columns}
    members = [
        at for at, line in enumerate(rows.persons)
        if line.values.get("relation") is not Relation.HEAD and not rows.nobody[at]
    ]  # fmt: skip
    if not naming or rows.held or not members:
        return bool(naming) and not rows.held and not members
    return 2 * sum(bool(naming & rows.own[at]) for at in members) > len(members)


def _joined(rows: _Rows) -> _Made:
    """One row of every family is the household's: the head's, by what he is called, else by his relation."""
    first: dict[object, int] = {}
    repeated, persons, at_row = [], [], {}
    for line, home in zip(rows.persons, rows.homes, strict=True):
        earlier = first.setdefault((line.raw, home.raw), line.row)
        if earlier == line.row:
            persons.append(line)
            at_row[line.row] = home
        else:
            repeated.append((line.row, earlier))
    found = families(persons, 0)
    picked = {number: head for number, family in enumerate(found) if (head := _head_of(family)) is not None}
    known = {key for number in picked for key in _words(found[number])}
    for number, family in enumerate(found):
        if number not in picked and not known & {*_words(family)}:
            picked[number] = family.lines[0]
    heads = sorted(picked.values(), key=lambda line: line.row)
    return _Made(tuple(at_row[line.row] for line in heads), tuple(persons), tuple(heads), tuple(repeated), None)


def _head_of(family: Family) -> Line | None:
    named, number = family.lines[0].text("head_name"), family.lines[0].text("head_id")
    own = [
        line for line in family.lines
        if (named and line.text("name") == named) or (number and line.text("id_number") == number)
    ]  # fmt: skip
    heads = [line for line in family.lines if line.values.get("relation") is Relation.HEAD]
    both = [line for line in own if line in heads]
    return next(iter([*both, *heads, *own]), None)


def _words(family: Family) -> Iterator[object]:
    identity = family.identity
    if identity.number:
        yield identity.number
    if identity.name:
        yield identity.village, identity.group, identity.name


def _numbered(rows: _Rows, numbers: Mapping[int, str]) -> list[tuple[int, ...]]:
    """The rows of each household by the number every one of them states; none where there are not about as many numbers as heads, or one
    number has two."""
    runs: dict[str, list[int]] = {}
    for at, line in enumerate(rows.persons):
        runs.setdefault(numbers.get(line.row, ""), []).append(at)
    headed = [line.values.get("relation") is Relation.HEAD for line in rows.persons]
    told = "" not in runs and not rows.held and _FEWEST * sum(headed) <= len(runs) <= _MOST * sum(headed)
    single = all(sum(headed[at] for at in run) < 2 for run in runs.values())
    return [tuple(run) for run in runs.values()] if told and single else []


def _placed(rows: _Rows, body: Body, numbers: Mapping[int, str]) -> _Made:
    """Households by their number, else by the place of their rows."""
    runs = _numbered(rows, numbers) or Runs(rows.own, rows.persons, rows.homes, rows.held, body).split()
    homes, heads, members, loose, repeated = [], [], [], [], []
    seen: dict[object, int] = {}
    for run in runs:
        earlier = seen.setdefault(tuple((rows.persons[at].raw, rows.homes[at].raw) for at in run), run[0])
        if earlier != run[0] and any(rows.persons[at].text("id_number") for at in run):
            repeated += [(rows.persons[at].row, rows.persons[earlier + place].row) for place, at in enumerate(run)]
            continue
        kept, again = _without_repeats(rows, run)
        repeated += again
        people = [
            at for at in kept if not rows.nobody[at]
        ] or kept  # a line of the household's own is none of its people
        lines = tuple(rows.persons[at] for at in people)
        filled = [at for at in kept if rows.own[at] - layout.OFTEN_A_MEMBERS]
        head = next((at for at in people if rows.persons[at].values.get("relation") is Relation.HEAD), None)
        if head is None and not filled:
            loose.append(lines)
            continue
        stated = next((at for at in filled if len(rows.own[at]) > 1), filled[0] if filled else head)
        homes.append(rows.homes[stated if stated is not None else kept[0]])
        first = head if head is not None else stated if stated in people else people[0]
        heads.append(rows.persons[first])
        members.append((rows.persons[first], *(line for line in lines if line is not rows.persons[first])))
    every = tuple(line for lines in (*members, *loose) for line in lines)
    return _Made(tuple(homes), every, tuple(heads), tuple(repeated), tuple(members), tuple(loose))


def _without_repeats(rows: _Rows, run: Sequence[int]) -> tuple[list[int], list[tuple[int, int]]]:
    first: dict[object, int] = {}
    kept, repeated = [], []
    for at in run:
        line = rows.persons[at]
        earlier = first.setdefault(line.raw, at)
        if earlier == at or not line.text("id_number"):
            kept.append(at)
        else:
            repeated.append((line.row, rows.persons[earlier].row))
    return kept, repeated


def _borrow(made: _Made, borrowed: Mapping[str, str]) -> None:
    """What the household has no column for is what its head's own row says, readable or not."""
    for home, head in zip(made.homes, made.heads, strict=True):
        if head is None:
            continue
        home.values.update({key: head.values[own] for key, own in borrowed.items() if own in head.values})
        unread = {fault.key: fault for fault in head.faults}
        home.faults += [replace_key(unread[own], key) for key, own in borrowed.items() if own in unread]


def replace_key(fault: Fault, key: str) -> Fault:
    """The same fault of another column."""
    return replace(fault, key=key)


def _members_own(sheet: Sheet, part: Part, made: _Made, rows: _Rows) -> Iterator[SheetFinding]:
    """I: what members' rows state in columns of which only the head's counts, as a telephone of their own."""
    at_row = {line.row: (line, own) for line, own in zip(rows.homes, rows.own, strict=True)}
    counts: dict[str, int] = {}
    for home, lines in zip(made.homes, made.runs or (), strict=False):
        for row in (line.row for line in lines if line.row != home.row):
            other, own = at_row[row]
            for key in own & layout.OFTEN_A_MEMBERS:
                if other.values.get(key) != home.values.get(key):
                    counts[key] = counts.get(key, 0) + 1
    for key, count in counts.items():
        column = part.header.columns[key]
        text = f"“{column.caption}”在成员的行上另有 {count} 处，只取了户主那一行的"
        yield SheetFinding(sheet.name, part.header.bottom + 1, column.caption, "", text, "I", letter=column.letter)
