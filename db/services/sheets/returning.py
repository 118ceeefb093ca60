"""What a village filled in, household by household, against what went out and what the record holds by now.

A cell as it went out says nothing; one that was filled is taken; one that was changed here as well since then is told as newer.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from db.fields.kinds import Digits, Unreadable
from db.rules.identity import mask
from db.rules.values import Household, Member
from db.services.sheets.renewal import Spot
from db.sheets.drafts import DraftHousehold
from db.sheets.findings import SheetFinding, blocked
from db.sheets.sent import Part, ReturnedRow, SentColumn, said, value_of

_PARTED = "|"


def text_of(home: Household, member: Member | None, column: SentColumn) -> str:
    """What goes out in a cell; a private number only by its tail."""
    value = value_in(home, member, column)
    text = "" if value in (None, "") else column.field.kind.edit(value)
    return mask(text) if text and column.field.private and isinstance(column.field.kind, Digits) else text


def value_in(home: Household, member: Member | None, column: SentColumn) -> object:
    holder = home if column.part == "household" else home.income if column.part == "income" else member
    return getattr(holder, column.key) if holder is not None else None


def person_of(member: Member) -> str:
    """What a person's row is kept under: a saved household gives its members new row numbers, so the number of the card and the name."""
    return f"{member.id_number}{_PARTED}{member.name}"


def place_of(person: str, members: Sequence[Member]) -> int:
    """Where that person stands now: by number, else by name where the number was mended and nobody else is called so; -1 for gone."""
    number, _, name = person.partition(_PARTED)
    by_number = [n for n, m in enumerate(members) if number and m.id_number == number]
    by_name = [n for n, m in enumerate(members) if m.name == name]
    return by_number[0] if by_number else by_name[0] if len(by_name) == 1 else -1


class Filled:
    """One household with what its rows brought back."""

    def __init__(self, old: Household) -> None:
        self.home = old
        self.newer: dict[Spot, str] = {}
        self.findings: list[SheetFinding] = []
        self._old = old
        self._rows: dict[int, ReturnedRow] = {}
        self._own: ReturnedRow | None = None

    def take(self, row: ReturnedRow, person: str, base: Mapping[str, str], columns: Sequence[SentColumn]) -> None:
        """Take the cells of a row that are not as they went out."""
        place = -1
        if person:
            place = place_of(person, self._old.members)
            if place < 0 or place in self._rows:
                self.findings.append(
                    replace(row.finding("", "这个人已经不在这一户里，没有采用这一行", self._called), severity="W")
                )
                return
            self._rows[place] = row
        else:
            self._own = row
        for column in columns:
            if (column.part == "member") is bool(person) and column.name in row.cells:
                self._cell(row, column, base.get(column.name, ""), place)

    def draft(self) -> DraftHousehold:
        """The household as a roster would state it."""
        first = self._own or next(iter(self._rows.values()), None)
        person = next(iter(self._rows.values()), first)
        sheet, row = (first.sheet, first.row) if first else ("", 0)
        rows = tuple(self._rows[n].row if n in self._rows else row for n in range(len(self.home.members)))
        return DraftHousehold(
            self.home, sheet, row, person.sheet if person else sheet, rows, tuple(self.findings), blocked(self.findings),
            columns=_places(self._own, ("household", "income")), member_columns=_places(person, ("member",)),
        )  # fmt: skip

    @property
    def _called(self) -> str:
        return " ".join((self._old.village, self._old.group, self._old.head_name))

    def _cell(self, row: ReturnedRow, column: SentColumn, base: str, place: int) -> None:
        cell = row.cells[column.name]
        text = said(cell)
        if text == base:
            return
        kind = column.field.kind
        try:
            value = value_of(kind, cell)
            if "*" not in base and value == value_of(kind, base):
                return
        except Unreadable as problem:
            self.findings.append(row.finding(column.name, f"{column.field.label}：{problem}", self._called))
            return
        if column.field.private and "*" in text:
            self.findings.append(
                row.finding(column.name, f"{column.field.label}没有填全，请填完整的号码，或保持原样", self._called)
            )
            return
        if column.part == "income" and self.home.income is None:
            text = "这一户还没有收入核算表，请先在农户档案里录入哪一年的收入"
            self.findings.append(row.finding(column.name, text, self._called))
            return
        self._set(column, value, place)
        now = text_of(self._old, self._old.members[place] if place >= 0 else None, column)
        if now != base:
            self.newer[Spot(column.part, column.key, place)] = f"发出时是“{base or '空'}”，发出以后档案里改过"

    def _set(self, column: SentColumn, value: object, place: int) -> None:
        facts: dict[str, Any] = {
            column.key: ""
            if value is None and isinstance(value_in(self.home, self._member(place), column), str)
            else value
        }
        if column.part == "member":
            people = list(self.home.members)
            people[place] = replace(people[place], **facts)
            self.home = replace(self.home, members=tuple(people))
        elif column.part == "income":
            assert self.home.income is not None
            self.home = replace(self.home, income=replace(self.home.income, **facts))
        else:
            self.home = replace(self.home, **facts)

    def _member(self, place: int) -> Member | None:
        return self.home.members[place] if place >= 0 else None


def _places(row: ReturnedRow | None, parts: tuple[Part, ...]) -> dict[str, tuple[str, str]]:
    """Caption and letter by field of these parts."""
    if row is None:
        return {}
    found = {}
    for name, place in row.places.items():
        column = SentColumn.named(name)
        if column.part in parts:
            found[column.key] = place
    return found
