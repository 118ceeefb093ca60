"""From a form and its answers to what goes into every cell, and to what the form asks that the record lacks.

Values are made row by row each time they are asked for: for the preview, for writing, and again for checking what was written.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from itertools import islice

from db.rules.counts import Count
from db.rules.ledger import VillageMonth
from db.rules.values import Member
from db.services.countyforms.match import VILLAGE_NAME, fixed_text
from db.services.figures.counted import Counted, Share, counted_of, share_of, tally, totals
from db.services.figures.dimensions import SUMS
from db.services.figures.facts import Register, Registered
from db.services.figures.values import ORDER, VALUES, in_unit, shown
from db.sheets.template import FormKind, FormSheet, Slot, Template
from db.sheets.template_fill import Fill, SheetFill, Value
from db.sheets.template_frame import Frame
from db.sheets.template_kinds import place_key

Answers = Mapping[tuple[int, int], str]
"""The meaning of each slot that is to be filled, by the sheet's number in the workbook and the slot's place in it."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the clerk chose: ``villages`` none named means all; ``units`` 万元 or 元 by sheet number, the form's own where not said;
    ``once`` fills what concerns the household only in its first person's row. Its amounts stand there in any case, lest 合计 add them up
    for every person."""

    villages: tuple[str, ...] = ()
    units: Mapping[int, str] = field(default_factory=dict)
    once: bool = False


@dataclass(frozen=True, slots=True)
class Lack:
    """A household in which something a column asks for is blank; ``person`` is the member concerned, "" for the household."""

    household_id: int
    village: str
    group: str
    head_name: str
    person: str
    what: str


@dataclass(frozen=True, slots=True)
class SheetPlan:
    """One sheet before it is written: ``titles`` and ``first`` rows as text, ``letters`` of the columns shown, sentences about rows."""

    fill: SheetFill
    letters: tuple[str, ...]
    titles: tuple[str, ...]
    first: tuple[tuple[str, ...], ...]
    unanswered: tuple[str, ...]
    notes: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """The whole form before it is written. ``lacks`` has at most `MOST_LACKS` lines, ``lacking`` says how many there are."""

    fill: Fill
    sheets: tuple[SheetPlan, ...]
    counted: Count
    lacks: tuple[Lack, ...] = ()
    lacking: int = 0


MOST_LACKS = 20_000
_SHOWN = 40
_FAMILY = frozenset({"home", "income", "living"})


def plan(template: Template, answers: Answers, register: Register, frame: Frame, choices: Choices) -> Plan:
    """What will be written, sheet by sheet; a slot without an answer stays as the form has it."""
    homes = register.of(choices.villages)
    sheets: list[SheetPlan] = []
    lacks: list[Lack] = []
    lacking = 0
    for form in template.sheets:
        work = _Work(register, homes, form, _keys(form, answers), choices)
        made = work.made()
        sheets.append(made)
        for lack in work.lacks():
            lacking += 1
            if len(lacks) < MOST_LACKS:
                lacks.append(lack)
    counted = Count(len(homes), sum(one.home.size for one in homes))
    return Plan(Fill(tuple(one.fill for one in sheets), frame), tuple(sheets), counted, tuple(lacks), lacking)


def _keys(form: FormSheet, answers: Answers) -> dict[int, str]:
    """The answers of one sheet by the slot's place, those the form computes itself left out."""
    return {
        place: key
        for place, slot in enumerate(form.slots)
        if not slot.formula and (key := answers.get((form.number, place), ""))
    }


@dataclass(frozen=True, slots=True)
class _Work:
    """One sheet being planned."""

    register: Register
    homes: Sequence[Registered]
    form: FormSheet
    keys: Mapping[int, str]
    choices: Choices

    def made(self) -> SheetPlan:
        rows, cells, notes = self._filled()
        count = self._count(rows)
        texts = frozenset(
            self.form.slots[p].index for p, key in self.keys.items() if key in VALUES and VALUES[key].text
        )
        fill = SheetFill(self.form, count, rows if count else _nothing, cells, texts)
        columns = [slot for place, slot in enumerate(self.form.slots) if place in self.keys] or list(
            self.form.slots[:1]
        )
        unanswered = tuple(
            " › ".join("".join(part.split()) for part in slot.path)
            for place, slot in enumerate(self.form.slots)
            if place not in self.keys and not slot.formula
        )
        return SheetPlan(
            fill, tuple(slot.place for slot in columns), tuple("".join(slot.path[-1].split()) for slot in columns),
            tuple(self._preview(rows, cells, columns)), unanswered, (*self.form.said, *notes),
        )  # fmt: skip

    def _count(self, rows: Callable[[], Iterator[dict[int, Value]]]) -> int:
        """How many rows there are, without making them where the households tell."""
        if self.form.kind is FormKind.HOUSEHOLD:
            return len(self.homes)
        if self.form.kind is FormKind.PERSON:
            return sum(len(one.home.members) for one in self.homes)
        return 0 if self.form.kind is FormKind.FIGURES or self.form.named else sum(1 for _ in rows())

    def _filled(self) -> tuple[Callable[[], Iterator[dict[int, Value]]], dict[tuple[int, int], Value], list[str]]:
        kind = self.form.kind
        if kind in (FormKind.HOUSEHOLD, FormKind.PERSON):
            return self._rows, self._summed(), list(self._outside())
        figures = self._figures()
        if kind is FormKind.FIGURES:
            whole = figures(())
            return _nothing, {(self.form.slots[p].row, self.form.slots[p].index): v for p, v in whole.items()}, []
        if self.form.named:
            return self._named(figures)
        cells = self._town_row(figures)
        names = [v for v in self.register.villages if not self.choices.villages or v in self.choices.villages]
        if kind is FormKind.TOWN:
            return (lambda: iter([self._by_column(figures(()), 1)])), cells, []
        return (lambda: (self._by_column(figures((name,)), n) for n, name in enumerate(names, 1))), cells, []

    def _named(
        self, figures: Callable[[tuple[str, ...]], dict[int, Value]]
    ) -> tuple[Callable[[], Iterator[dict[int, Value]]], dict[tuple[int, int], Value], list[str]]:
        town = self.register.ledger.town
        known = {place_key(town): town, **{place_key(name): name for name in self.register.villages}}
        cells, met = self._town_row(figures), {}
        strangers: list[str] = []
        for number, (row, text) in enumerate(self.form.named.items(), 1):
            name = known.get(place_key(text))
            if name is None:
                strangers.append(f"第{row + 1}行“{text.strip()}”")
                continue
            met[row] = name
            if name != town and self.choices.villages and name not in self.choices.villages:
                continue
            values = self._by_column(figures(() if name == town else (name,)), number)
            cells |= {(row, column): value for column, value in values.items() if column != self.form.place}
        cells |= self._subtotals(figures, met)
        notes = [
            f"{'、'.join(strangers[:3])}{f'等 {len(strangers)} 行' * (len(strangers) > 3)}不是本镇的村，没有填"
        ] * bool(strangers)
        lost = [name for name in self.register.villages if name not in met.values()]
        if lost and town not in met.values():
            notes.append(f"表样里没有“{'、'.join(lost[:6])}”{f'等 {len(lost)} 个村' * (len(lost) > 6)}，没有填进去")
        return _nothing, cells, notes

    def _subtotals(
        self, figures: Callable[[tuple[str, ...]], dict[int, Value]], met: Mapping[int, str]
    ) -> dict[tuple[int, int], Value]:
        """Rows of 小计 left to whoever fills the form in: of the villages above each, down from the 小计 before."""
        cells: dict[tuple[int, int], Value] = {}
        above = -1
        for row, columns in self.form.subtotals.items():
            names = tuple(
                name
                for at, name in met.items()
                if above < at < row and (not self.choices.villages or name in self.choices.villages)
            )
            cells |= self._numbers(figures(names), row, columns) if names else {}
            above = row
        return cells

    def _town_row(self, figures: Callable[[tuple[str, ...]], dict[int, Value]]) -> dict[tuple[int, int], Value]:
        """The form's row of 合计, where it is left to whoever fills it in."""
        if self.form.total is None:
            return {}
        return self._numbers(figures(()), self.form.total, self.form.summed)

    def _numbers(self, values: Mapping[int, Value], row: int, columns: Sequence[int]) -> dict[tuple[int, int], Value]:
        """The figures among some values, in the columns a row of 合计 or 小计 leaves blank."""
        keys = self.keys.items()
        numbers = {p for p, key in keys if key.startswith("month.") or counted_of(key) or share_of(key)}
        found = {self.form.slots[p].index: v for p, v in values.items() if p in numbers}
        return {(row, column): found[column] for column in columns if column in found}

    def _by_column(self, values: Mapping[int, Value], number: int) -> dict[int, Value]:
        found = {self.form.slots[place].index: value for place, value in values.items()}
        return found | {self.form.slots[p].index: number for p, key in self.keys.items() if key == ORDER}

    def _figures(self) -> Callable[[tuple[str, ...]], dict[int, Value]]:
        """What the slots say of some villages together, none named being all that were chosen."""
        counted = {p: c for p, key in self.keys.items() if (c := counted_of(key)) is not None}
        shares = {p: s for p, key in self.keys.items() if (s := share_of(key)) is not None}
        wanted = list(dict.fromkeys((*counted.values(), *(f for s in shares.values() for f in (s.part, s.whole)))))
        by_village = totals(wanted, self.homes, self.register.last)

        def of(villages: tuple[str, ...]) -> dict[int, Value]:
            lines = [sums for name, sums in by_village.items() if not villages or name in villages]
            sums = {figure: sum((line[n] for line in lines), 0) for n, figure in enumerate(wanted)}
            found: dict[int, Value] = {p: self._amount(p, figure, sums[figure]) for p, figure in counted.items()}
            found |= {p: self._share(p, one, sums) for p, one in shares.items()}
            for place, key in self.keys.items():
                if place not in found and key != ORDER:
                    found[place] = self._said(key, villages)
            return found

        return of

    def _share(self, place: int, share: Share, sums: Mapping[Counted, int | Decimal]) -> Decimal | None:
        return share.of(sums[share.part], sums[share.whole], self.form.slots[place].percent)

    def _amount(self, place: int, figure: Counted, amount: int | Decimal) -> Value:
        money = figure.unit == "sum" and SUMS[figure.field].money
        return in_unit(Decimal(amount), self._unit(self.form.slots[place])) if money else amount

    def _said(self, key: str, villages: tuple[str, ...]) -> Value:
        """What a row of a village or the town says besides counts."""
        text = fixed_text(key)
        if text is not None:
            return text
        if key == VILLAGE_NAME:
            return villages[0] if villages else self.register.ledger.town
        if key.startswith("month."):
            return self._moved(key, villages)
        told: dict[str, Value] = {
            "place.year": self.register.last.year,
            "place.groups": len({one.home.group for one in self.homes if not villages or one.line.village in villages}),
            "made.town": self.register.ledger.town,
            "made.county": self.register.ledger.county,
            "made.city": self.register.ledger.city,
            "made.province": self.register.ledger.province,
        }
        return told.get(key)

    def _moved(self, key: str, villages: tuple[str, ...]) -> int:
        """A figure of the month's movement, of some villages or of all that were chosen."""
        _, name, part = key.split(".")
        chosen = set(villages or self.choices.villages)
        rows = [row for row in self.register.ledger.villages if not chosen or row.village in chosen]
        return sum(_of_month(row, name, part) for row in rows)

    def _unit(self, slot: Slot) -> str:
        return self.choices.units.get(self.form.number, slot.unit)

    def _takes(self) -> list[tuple[int, str, Callable[[Registered, Member], Value], bool]]:
        """For every slot of a row: its column, its key, how its value is taken, and whether it stands in the first row of a household
        only."""
        found = []
        for place, key in self.keys.items():
            slot = self.form.slots[place]
            amount = counted_of(key) is not None or (key in VALUES and VALUES[key].summed)
            first = amount or (self.choices.once and key.split(".")[0] in _FAMILY)
            found.append((slot.index, key, self._take(slot, key), first))
        return found

    def _take(self, slot: Slot, key: str) -> Callable[[Registered, Member], Value]:
        text, figure = fixed_text(key), counted_of(key)
        if text is not None:
            return lambda _, __: text
        if figure is not None:
            count = tally(figure, self.register.last)
            return lambda one, _: count(one)
        meaning, unit, register = VALUES[key], self._unit(slot), self.register
        return lambda one, person: shown(meaning, meaning.read(register, one, person), unit, slot.choices)

    def _rows(self) -> Iterator[dict[int, Value]]:
        takes = self._takes()
        persons = self.form.kind is FormKind.PERSON
        number = 0
        for one in self.homes:
            members = one.home.members if persons else one.home.members[:1] or (Member(one.home.head_name),)
            for place, person in enumerate(members):
                number += 1
                yield {
                    column: number if key == ORDER else None if place > 0 and first else take(one, person)
                    for column, key, take, first in takes
                }

    def _outside(self) -> Iterator[str]:
        """Words of the record that a drop-down list of the form does not allow, for each column that has one."""
        limited = {s.index: s for p, s in enumerate(self.form.slots) if s.choices and self.keys.get(p, ORDER) != ORDER}
        if not limited:
            return
        found: dict[int, set[str]] = {column: set() for column in limited}
        for values in self._rows():
            for column, slot in limited.items():
                value = values.get(column)
                if isinstance(value, str) and value not in slot.choices:
                    found[column].add(value)
        for column, words in found.items():
            if words:
                shown = "、".join(sorted(words)[:4])
                yield f"{limited[column].place}列的下拉里没有“{shown}”{'等' * (len(words) > 4)}，照档案填了"

    def _summed(self) -> dict[tuple[int, int], Value]:
        """合计 of a roster, for the columns that add up and that the form leaves blank."""
        if self.form.total is None:
            return {}
        adding = {
            self.form.slots[p].index
            for p, key in self.keys.items()
            if (counted_of(key) is not None or (key in VALUES and VALUES[key].summed)) and self.form.slots[p].index in self.form.summed
        }  # fmt: skip
        if not adding:
            return {}
        sums: dict[int, int | Decimal] = dict.fromkeys(adding, 0)
        for values in self._rows():
            for column in adding:
                value = values[column]
                sums[column] += value if isinstance(value, int | Decimal) else 0
        return {(self.form.total, column): amount for column, amount in sums.items()}

    def _preview(
        self,
        rows: Callable[[], Iterator[dict[int, Value]]],
        cells: Mapping[tuple[int, int], Value],
        columns: Sequence[Slot],
    ) -> Iterator[tuple[str, ...]]:
        if self.form.kind is FormKind.FIGURES:
            yield tuple(text_of(cells.get((slot.row, slot.index)), slot) for slot in columns)
        elif self.form.named:
            for row, text in islice(self.form.named.items(), _SHOWN):
                named = {self.form.place: text.strip()}
                yield tuple(text_of(cells.get((row, s.index), named.get(s.index)), s) for s in columns)
        else:
            for values in islice(rows(), _SHOWN):
                yield tuple(text_of(values.get(slot.index), slot) for slot in columns)

    def lacks(self) -> Iterator[Lack]:
        """What is blank in the record although a column asks for it."""
        if self.form.kind not in (FormKind.HOUSEHOLD, FormKind.PERSON):
            return
        asked = [VALUES[key] for key in self.keys.values() if key in VALUES and not VALUES[key].optional]
        persons = self.form.kind is FormKind.PERSON
        for one in self.homes:
            members = one.home.members if persons else one.home.members[:1]
            for place, person in enumerate(members):
                of_person = [m for m in asked if _of_person(m.key)]
                wanted = asked if place == 0 else of_person
                for meaning in wanted:
                    if meaning.read(self.register, one, person) in (None, ""):
                        name = person.name if persons and meaning in of_person else ""
                        line = one.line
                        yield Lack(one.household_id, line.village, line.group, line.head_name, name, meaning.label)


def _of_person(key: str) -> bool:
    return key.startswith("member.") or key in ("made.age", "made.birth")


def _of_month(row: VillageMonth, name: str, part: str) -> int:
    found = getattr(row, name) if hasattr(row, name) else getattr(row.movement, name)
    return int(found) if isinstance(found, int) else int(getattr(found, part))


def _nothing() -> Iterator[dict[int, Value]]:
    return iter(())


def text_of(value: Value, slot: Slot) -> str:
    """A value as the preview shows it."""
    if value is None:
        return ""
    if isinstance(value, Decimal) and slot.percent:
        return f"{value * 100:.2f}%"
    if isinstance(value, Decimal):
        return f"{value:,.2f}" if value == value.quantize(Decimal("0.01")) else f"{value:,.4f}"
    return value.isoformat() if isinstance(value, date) else str(value)
