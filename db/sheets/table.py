"""The parts of a roster as lines: rows tidied and given their village, repeated rows dropped, and what is said about the part itself."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from db.fields.base import Field
from db.rules.identity import judge
from db.sheets import ditto
from db.sheets.body import Body, body_of
from db.sheets.book import Cell, Sheet
from db.sheets.cells import Fault, Line, LineReader
from db.sheets.findings import Severity, SheetFinding
from db.sheets.header import Header
from db.sheets.layouts import roster as layout
from db.sheets.numbered import counts_households, numbers_of
from db.sheets.places import Places
from db.sheets.planning import Part
from db.sheets.roles import TERMS

_OLD_NUMBER = 15


@dataclass(frozen=True, slots=True)
class Table:
    """The households or the persons of one part. ``totals`` are its rows of sums, ``repeated`` rows with the earlier row they repeat,
    ``notes`` rows that hold a remark only; ``said`` is what there is to say about the part itself.

    Where a sheet has both, ``borrowed`` names the column of the head's own row that says what the household has no column for, and
    ``beside`` are the household's columns as other rows of it state them, by row. ``numbers`` are the households' numbers by row where the
    sheet counts them.
    """

    sheet: str
    header: Header
    lines: tuple[Line, ...]
    totals: tuple[tuple[int, list[Cell]], ...]
    repeated: tuple[tuple[int, int], ...]
    fields: Mapping[str, Field]
    notes: tuple[tuple[int, str], ...] = ()
    said: tuple[SheetFinding, ...] = ()
    borrowed: Mapping[str, str] = field(default_factory=dict)
    beside: Mapping[int, Line] = field(default_factory=dict)
    numbers: Mapping[int, str] = field(default_factory=dict)

    def finding(
        self, row: int, key: str, household: str, text: str, severity: Severity, rule: str = ""
    ) -> SheetFinding:
        """A finding in the column of ``key``; where the sheet has no such column, its label without a letter."""
        column = self.header.columns.get(key)
        if column:
            return SheetFinding(self.sheet, row, column.caption, household, text, severity, rule, column.letter)
        label = self.fields[key].label if key in self.fields else ""
        return SheetFinding(self.sheet, row, label, household, text, severity, rule)


def body_of_part(sheet: Sheet, part: Part, places: Places) -> Body:
    """The rows of a part with every 同上 spelled out, without the hidden ones where the clerk does not want them."""
    block = part.found.block
    body = body_of(sheet, part.header, block.end, places.named_in, block.columns[0] if block.columns else 0)
    body = ditto.spelled_out(body, part.header, part.role)
    if part.hidden_rows or not sheet.hidden_rows:
        return body
    seen = tuple((row, cells) for row, cells in body.data if row - 1 not in sheet.hidden_rows)
    return replace(body, data=seen)


def table_of(sheet: Sheet, part: Part, places: Places) -> Table:
    """A part that holds households only or persons only."""
    body, fields = body_of_part(sheet, part, places), TERMS[part.role].fields
    read = LineReader(part.header.columns, fields, sheet.since_1904).read
    first: dict[tuple[Cell, ...], int] = {}
    lines, repeated = [], []
    for row, cells in body.data:
        line = read(row, cells)
        earlier = first.setdefault(line.raw, row)
        if earlier == row:
            lines.append(line)
        else:
            repeated.append((row, earlier))
    give_place(lines, part, body, places)
    rows = [row for row, _ in body.data]
    said, numbers = tuple(said_of(sheet, part, body)), numbers_of(sheet, part.unused, rows)
    return Table(
        sheet.name, part.header, tuple(lines), body.totals, tuple(repeated), fields, body.notes, said, numbers=numbers
    )


def give_place(lines: Sequence[Line], part: Part, body: Body, places: Places) -> None:
    """Write the village and group that titles, lines between the rows or the clerk name into the rows of a part without such columns;
    where the column of groups names the village too, that counts."""
    lacks = [key for key in ("village", "group") if key not in part.header.columns]
    if lacks == ["village"]:
        for line in lines:
            both = places.both(line.text("group"))
            if both is not None:
                line.values.update(zip(("village", "group"), both, strict=True))
    if not lacks or not (any(part.place) or body.marks):
        return
    marks = iter(body.marks)
    following = next(marks, None)
    here = dict(zip(("village", "group"), part.place, strict=True))
    for line in lines:
        while following is not None and following[0] < line.row:
            village, group = following[1]
            here = {"village": village or here["village"], "group": group if village or group else here["group"]}
            following = next(marks, None)
        line.values.update({key: here[key] for key in lacks if here[key] and key not in line.values})


def convert_old_numbers(table: Table, key: str, today: date) -> None:
    """Turn 15-digit numbers in a column into 18 digits, in place; each is a W to be compared with the card (R02)."""
    for line in table.lines:
        number = line.text(key)
        if len(number) == _OLD_NUMBER and number.isdigit():
            verdict = judge(number, today)
            if verdict.number:
                line.values[key] = verdict.number
                text = f"15 位旧身份证号已换算为 {verdict.number}，请与新证核对"
                line.faults.append(Fault(key, text, "R02", "W"))


def said_of(sheet: Sheet, part: Part, body: Body) -> Iterator[SheetFinding]:
    """What there is to say about a part itself: hidden rows and columns (W where read, I where left), amounts that were converted, cells
    that pointed above, and columns nobody has a use for."""
    yield from _hidden_rows(sheet, part, [row for row, _ in body.data])
    yield from _hidden_columns(sheet, part)
    yield from ditto.told(sheet.name, part.header, body.dittos)
    for column in part.header.columns.values():
        if column.factor != 1:
            text = f"“{column.caption}”以万元为单位，已逐格换算成元（1 万元 = 10,000 元），请核对"
            yield SheetFinding(sheet.name, part.header.bottom + 1, column.caption, "", text, "W", letter=column.letter)
    unused = [one for one in part.unused if one.samples and not one.serial and one.words != layout.FAULT_COLUMN]
    unused = [one for one in unused if not counts_households(one)]
    if unused:
        names = "、".join(f"{column.letter} 列“{column.words}”" for column in unused)
        text = f"{names} 不是名册的栏目，没有读取"
        yield SheetFinding(sheet.name, part.header.bottom + 1, unused[0].words, "", text, "I", letter=unused[0].letter)


def _hidden_rows(sheet: Sheet, part: Part, rows: Sequence[int]) -> Iterator[SheetFinding]:
    if not part.hidden_rows:
        left = part.found.hidden_rows
        if left:
            yield SheetFinding(
                sheet.name, left[0], "", "", f"有 {len(left)} 行被隐藏或筛掉（第{left[0]}行起），没有读取", "I"
            )
        return
    unseen = [row for row in rows if row - 1 in sheet.hidden_rows]
    if unseen:
        text = f"有 {len(unseen)} 行被隐藏或筛掉（第{unseen[0]}行起），也一并读取了；不该录入的请在文件里删去"
        yield SheetFinding(sheet.name, unseen[0], "", "", text, "W")


def _hidden_columns(sheet: Sheet, part: Part) -> Iterator[SheetFinding]:
    for column in part.header.columns.values():
        if column.index in sheet.hidden_columns:
            text = f"{column.letter} 列“{column.caption}”被隐藏，也一并读取了，请核对"
            yield SheetFinding(sheet.name, part.header.bottom + 1, column.caption, "", text, "W", letter=column.letter)
