"""Reading a roster (申报名册): a sheet of households and a sheet of persons, with every fault at its cell.

Harmless mess is absorbed without a word; every fault is said once, at its cell, and keeps its household out with all members when it
is grave. Nothing is guessed: a proposal stands in the sentence and is never taken.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path

from db.errors import Known
from db.sheets.body import bare_line, filled_on
from db.sheets.cells import Line
from db.sheets.drafting import head_first, household_of
from db.sheets.drafts import DraftHousehold, Roster
from db.sheets.findings import SheetFinding, Ticket, blocked
from db.sheets.joining import Family, Joined, families, household_identity, inherit_heads, join
from db.sheets.judging import Draft, judge_draft
from db.sheets.places import Places
from db.sheets.table import Table, convert_old_numbers, roster_tables
from db.sheets.twins import twins
from db.sheets.workbook import Book, Cell, open_workbook

_STEP = 50
_HOUSEHOLDS = re.compile(r"(\d+)户")


def read_roster(
    path: Path, *, villages: Mapping[str, Collection[str]], today: date | None = None, ticket: Ticket | None = None
) -> Roster:
    """Read a roster. ``villages`` are the town's villages with their group names (none: groups are not checked); ``today`` is the day
    ages and dates are judged on, by default the 填报日期 the file states.

    Raises `db.errors.Known` for a file that is no roster or states no day, `db.errors.Cancelled` through ``ticket``.
    """
    return roster_of(open_workbook(path), villages=villages, today=today, ticket=ticket)


def roster_of(
    book: Book, *, villages: Mapping[str, Collection[str]], today: date | None = None, ticket: Ticket | None = None
) -> Roster:
    """As ``read_roster`` of a workbook that is read already; its rows may be mended in between and judged anew."""
    households, persons, notes = roster_tables(book)
    as_of = today or _stated_day(book)
    for table in households:
        convert_old_numbers(table, "head_id", as_of)
    for table in persons:
        convert_old_numbers(table, "id_number", as_of)
        _convert_quietly(table, as_of)
    places = Places.of(villages)
    drafts, orphans = _drafts(households, persons, places, as_of)
    found = _judged(drafts, places, as_of, ticket)
    for index, finding in twins(drafts, [list(own) for own in found]):
        found[index].append(finding)
    loose = [*notes, *orphans, *_passed_over(households, persons), *_sums(households, drafts)]
    order = {sheet.name: place for place, sheet in enumerate(book.sheets)}
    return _roster(book, as_of, drafts, found, loose, order)


def _stated_day(book: Book) -> date:
    for sheet in book.sheets:
        day = filled_on(sheet)
        if day:
            return day
    raise Known(
        f"“{book.name}”里找不到填报日期，或写的日期不存在，不知道该按哪一天核对年龄和日期，没有读入任何内容。",
        "请在表尾写上“填报日期：2016年5月25日”的样子，或导入时指定日期。",
    )


def _convert_quietly(table: Table, as_of: date) -> None:
    """The head's number on a person's row only names the household; its conversion was said at the household's own row."""
    known = [len(line.faults) for line in table.lines]
    convert_old_numbers(table, "head_id", as_of)
    for line, count in zip(table.lines, known, strict=True):
        del line.faults[count:]


def _drafts(
    households: Sequence[Table], persons: Sequence[Table], places: Places, as_of: date
) -> tuple[list[Draft], list[SheetFinding]]:
    heads = [(table, line) for table in households for line in table.lines]
    for table in persons:
        inherit_heads(table.lines)
    found = [family for number, table in enumerate(persons) for family in families(table.lines, number)]
    joined = join([household_identity(line) for _, line in heads], [family.identity for family in found])
    drafts = [
        _draft(
            table, line, _family(joined, index, found), _alone(joined, index, found, persons), persons, places, as_of
        )
        for index, (table, line) in enumerate(heads)
    ]
    for later, first in joined.doubles.items():
        drafts[later] = replace(drafts[later], why_alone=_same_household(drafts[first]), alone_rule="R03")
    orphans = []
    for index in joined.orphans:
        same = sum(_same_words(found[index], draft.line) for draft in drafts)
        orphans += _orphaned(found[index], persons, households[0].sheet, same)
    return drafts, orphans


def _family(joined: Joined, index: int, found: Sequence[Family]) -> Family | None:
    """The persons of a household, its strays among them in the order of the sheet."""
    number = joined.family_of[index]
    if number is None:
        return None
    own = found[number]
    strays = [line for stray in joined.strays.get(index, ()) for line in found[stray].lines]
    return replace(own, lines=tuple(sorted((*own.lines, *strays), key=lambda line: line.row))) if strays else own


def _same_household(first: Draft) -> str:
    place = f"“{first.table.sheet}”表第{first.line.row}行"
    return f"与{place}是同一户（户主姓名和身份证号相同），内容不一样，请核对后只留一行"


def _draft(
    table: Table,
    line: Line,
    family: Family | None,
    why_alone: str,
    persons: Sequence[Table],
    places: Places,
    as_of: date,
) -> Draft:
    members = head_first(family) if family else ()
    applied = line.values.get("applied_on")
    day = applied if isinstance(applied, date) and applied <= as_of else as_of
    household = household_of(line, members, places, day.year - 1)
    member_table = persons[family.table if family else 0]
    return Draft(household, table, line, member_table, members, family.identity.number if family else "", why_alone)


def _alone(joined: Joined, index: int, found: Sequence[Family], persons: Sequence[Table]) -> str:
    if joined.family_of[index] is not None:
        return ""
    if index not in joined.unclear:
        return f"“{persons[0].sheet}”表里找不到这一户的成员，请核对两张表的户主姓名和户主身份证号"
    rows = "、".join(f"第{found[family].lines[0].row}行" for family in joined.unclear[index])
    return f"“{persons[0].sheet}”表{rows}起的成员与这一户同村、同组、同户主姓名，分不清归哪一户，请改正户主身份证号"


def _same_words(family: Family, household: Line) -> bool:
    own, other = family.identity, household_identity(household)
    return bool(own.name) and (own.village, own.group, own.name) == (other.village, other.group, other.name)


def _orphaned(family: Family, persons: Sequence[Table], sheet: str, same: int) -> list[SheetFinding]:
    """``same`` households of the sheet have the family's village, group and head's name."""
    table, first = persons[family.table], family.lines[0]
    key = " ".join(filter(None, (first.text("village"), first.text("group"), first.text("head_name"))))
    if same > 1:
        text = f"“{sheet}”表里有 {same} 户同村、同组、户主同名，分不清这名成员归哪一户，请填对户主身份证号"
    elif first.text("head_name"):
        text = (
            f"“{sheet}”表里找不到户主“{first.text('head_name')}”这一户，这名成员没有归属，请核对户主姓名和户主身份证号"
        )
    else:
        text = "没有写明户主，这名成员没有归属，请补填户主姓名和户主身份证号"
    return [table.finding(line.row, "head_name", key, text, "E", "R10") for line in family.lines]


def _judged(drafts: Sequence[Draft], places: Places, as_of: date, ticket: Ticket | None) -> list[list[SheetFinding]]:
    found = []
    for number, draft in enumerate(drafts):
        if ticket and number % _STEP == 0:
            ticket.check()
            ticket.report(number, len(drafts), "正在核对名册")
        found.append(judge_draft(draft, places, as_of))
    return found


def _passed_over(households: Sequence[Table], persons: Sequence[Table]) -> list[SheetFinding]:
    """Rows that are no household or person of their own, and rows and columns that were read although the sheet hides them."""
    found = []
    for table in (*households, *persons):
        for row, earlier in table.repeated:
            found.append(SheetFinding(table.sheet, row, "", "", f"与第{earlier}行完全相同，只计一次", "I"))
        for row, words in table.notes:
            found.append(SheetFinding(table.sheet, row, "", "", f"这一行只写了“{words}”，当作说明，没有录入", "I"))
        found += table.hidden
    return found


def _sums(households: Sequence[Table], drafts: Sequence[Draft]) -> list[SheetFinding]:
    """Each row of sums against the rows above it, all of them or those since the last such row: W where it does not add up, I where
    only the persons' sheet says otherwise (R120)."""
    found = []
    for table in households:
        own = [draft for draft in drafts if draft.table is table]
        earlier = 0
        for row, cells in table.totals:
            above = [draft for draft in own if draft.line.row < row]
            block = [draft for draft in above if draft.line.row > earlier] or above
            found += _summed(table, row, cells, (above, block) if table.totals[-1][0] == row else (block, above))
            earlier = row
    return found


def _summed(table: Table, row: int, cells: Sequence[Cell], spans: Sequence[Sequence[Draft]]) -> list[SheetFinding]:
    """What a row of sums says against the first of the spans that fits it; where none does, the first is the one to name."""
    found = []
    said = _HOUSEHOLDS.search(bare_line("".join(cell for cell in cells if isinstance(cell, str))))
    if said and int(said[1]) not in {len(span) for span in spans}:
        text = f"合计行写 {said[1]} 户，上面共 {len(spans[0])} 户，请核对"
        found.append(table.finding(row, "head_name", "", text, "W", "R120"))
    column = table.header.columns.get("size_stated")
    value = cells[column.index] if column else ""
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        found += _persons(table, row, int(value), spans)
    return found


def _persons(table: Table, row: int, said: int, spans: Sequence[Sequence[Draft]]) -> list[SheetFinding]:
    stated = [sum(draft.household.size_stated or 0 for draft in span) for span in spans]
    counted = [sum(draft.household.size for draft in span) for span in spans]
    if said not in stated:
        text = f"合计行写 {said} 人，上面各户家庭人口相加是 {stated[0]} 人，请核对"
        return [table.finding(row, "size_stated", "", text, "W", "R120")]
    if said != counted[stated.index(said)]:
        text = f"合计行写 {said} 人，人口表中各户成员共 {counted[stated.index(said)]} 人"
        return [table.finding(row, "size_stated", "", text, "I", "R120")]
    return []


def _columns(table: Table) -> dict[str, tuple[str, str]]:
    return {key: (column.caption, column.letter) for key, column in table.header.columns.items()}


def _roster(
    book: Book,
    as_of: date,
    drafts: Sequence[Draft],
    found: Sequence[list[SheetFinding]],
    loose: Sequence[SheetFinding],
    order: Mapping[str, int],
) -> Roster:
    def place(finding: SheetFinding) -> tuple[int, int, int]:
        return order.get(finding.sheet, len(order)), finding.row, "EWI".index(finding.severity)

    columns = {id(table): _columns(table) for draft in drafts for table in (draft.table, draft.member_table)}
    rows = tuple(
        DraftHousehold(
            draft.household,
            draft.table.sheet,
            draft.line.row,
            draft.member_table.sheet,
            tuple(line.row for line in draft.members),
            tuple(sorted(own, key=place)),
            blocked(own),
            columns[id(draft.member_table)]["id_number"],
            columns[id(draft.table)],
            columns[id(draft.member_table)],
        )
        for draft, own in zip(drafts, found, strict=True)
    )
    every = [*loose, *(finding for own in found for finding in own)]
    return Roster(book.sha256, as_of, rows, tuple(sorted(every, key=place)), tuple(sorted(loose, key=place)))
