"""Reading a roster (申报名册) of any layout, with every fault at its cell: sheets of households and of persons, or both in one.

Harmless mess is absorbed without a word; every fault is said once, at its cell, and keeps its household out with all members when it
is grave. Nothing is guessed: a proposal stands in the sentence and is never taken.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from db.sheets.book import Book
from db.sheets.cells import Line
from db.sheets.drafting import head_first, household_of
from db.sheets.drafts import DraftHousehold, Roster
from db.sheets.findings import SheetFinding, Ticket, blocked
from db.sheets.joining import Family, Identity, Joined, families, household_identity, inherit_heads, join, name_heads
from db.sheets.judging import Draft, judge_draft
from db.sheets.layouts.roster import NAMED
from db.sheets.mixed import Mixed, mixed_of
from db.sheets.numbered import name_by_number
from db.sheets.places import Places
from db.sheets.plan import RosterPlan, propose
from db.sheets.refusing import refusal
from db.sheets.sides import side_of
from db.sheets.sums import sums
from db.sheets.table import Table, convert_old_numbers, table_of
from db.sheets.twins import twins
from db.sheets.workbook import open_workbook

_STEP = 50


def read_roster(
    path: Path, *, villages: Mapping[str, Collection[str]], today: date | None = None, ticket: Ticket | None = None
) -> Roster:
    """Read a roster as it would be proposed with nothing asked. ``villages`` are the town's villages with their group names (none: groups
    are not checked); ``today`` is the day ages and dates are judged on, by default the 填报日期 the file states.

    Raises `db.errors.Known` for a file that is no roster, states no day, or leaves open what must be asked; `db.errors.Cancelled`
    through ``ticket``.
    """
    return roster_of(open_workbook(path), villages=villages, today=today, ticket=ticket)


def roster_of(
    book: Book, plan: RosterPlan | None = None, *, villages: Mapping[str, Collection[str]], today: date | None = None,
    ticket: Ticket | None = None,
) -> Roster:  # fmt: skip
    """As ``read_roster`` of a workbook that is read already, as ``plan`` says; its rows may be mended in between and judged anew."""
    plan = plan or propose(book, villages=villages)
    why_not = plan.refusal(today)
    if why_not is not None:
        raise why_not
    as_of = today or plan.day
    assert as_of is not None, "a plan without a day refuses"
    places = Places.of(villages)
    tables = _tables(book, plan, places)
    _convert(tables, as_of)
    drafts, orphans = _drafts(tables, places, as_of)
    if not drafts and not orphans:
        raise refusal(book.name, "的表头下面一户也没有", "请核对是不是空白表，或选错了文件。")
    found = _judged(drafts, places, as_of, ticket)
    for index, finding in twins(drafts, [list(own) for own in found]):
        found[index].append(finding)
    loose = [*book.noted(), *plan.decided.skipped, *orphans, *_passed_over(tables.every), *sums(tables.every, drafts)]
    order = {sheet.name: place for place, sheet in enumerate(book.sheets)}
    return _roster(book, as_of, drafts, found, loose, order)


@dataclass(frozen=True, slots=True)
class _Tables:
    """The parts of a roster as read: ``households`` and ``persons`` are to be joined, of ``mixed`` the place of the rows tells;
    ``every`` has each part once."""

    households: list[Table]
    persons: list[Table]
    mixed: list[Mixed]
    every: list[Table]


def _tables(book: Book, plan: RosterPlan, places: Places) -> _Tables:
    sheets = {sheet.name: sheet for sheet in book.sheets}
    tables = _Tables([], [], [], [])
    for part in plan.parts:
        block = part.found.block
        sheet = side_of(sheets[part.found.sheet], block.columns, block.above_sides)
        if part.role != "mixed":
            table = table_of(sheet, part, places)
            (tables.households if part.role == "household" else tables.persons).append(table)
            tables.every.append(table)
            continue
        mixed = mixed_of(sheet, part, places)
        tables.every.append(mixed.households)
        if mixed.runs is None:
            tables.households.append(mixed.households)
            tables.persons.append(mixed.persons)
        else:
            tables.mixed.append(mixed)
    _name_heads(tables)
    return tables


def _name_heads(tables: _Tables) -> None:
    """Write into rows of persons whose row does not say it which head they belong to: by the household's number, else by their place."""
    heads = {line.text("head_id") for table in tables.households for line in table.lines} - {""}
    homes = [(line, table.numbers.get(line.row, "")) for table in tables.households for line in table.lines]
    unnamed = [table for table in tables.persons if not NAMED.keys() & table.header.columns.keys()]
    persons = [(line, table.numbers.get(line.row, "")) for table in unnamed for line in table.lines]
    numbered = bool(persons) and all(number for _, number in homes) and name_by_number(persons, homes)
    for table in tables.persons:
        if NAMED.keys() & table.header.columns.keys():
            inherit_heads(table.lines)
        elif not numbered:
            name_heads(table.lines, heads)


def _convert(tables: _Tables, as_of: date) -> None:
    """Turn 15-digit numbers into 18 digits everywhere; it is said where the number is the person's or the household's own."""
    for table in (*tables.households, *(one.households for one in tables.mixed)):
        if "head_id" in table.header.columns:
            convert_old_numbers(table, "head_id", as_of)
        else:
            _convert_quietly(table, as_of)
    for table in (*tables.persons, *(one.persons for one in tables.mixed)):
        convert_old_numbers(table, "id_number", as_of)
        _convert_quietly(table, as_of)


def _convert_quietly(table: Table, as_of: date) -> None:
    """The head's number on a person's row only names the household; its conversion was said at the household's own row."""
    known = [len(line.faults) for line in table.lines]
    convert_old_numbers(table, "head_id", as_of)
    for line, count in zip(table.lines, known, strict=True):
        del line.faults[count:]


def _drafts(tables: _Tables, places: Places, as_of: date) -> tuple[list[Draft], list[SheetFinding]]:
    drafts, orphans = _joined(tables.households, tables.persons, places, as_of) if tables.households else ([], [])
    for mixed in tables.mixed:
        for line, members in zip(mixed.households.lines, mixed.runs or (), strict=True):
            household = household_of(line, members, places, _day(line, as_of).year - 1)
            number = line.text("head_id")
            drafts.append(Draft(household, mixed.households, line, mixed.persons, members, number))
        orphans += [finding for lines in mixed.loose for finding in _between(mixed.persons, lines)]
    return drafts, orphans


def _joined(
    households: Sequence[Table], persons: Sequence[Table], places: Places, as_of: date
) -> tuple[list[Draft], list[SheetFinding]]:
    heads = [(table, line) for table in households for line in table.lines]
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
    named = Counter(_words(household_identity(line)) for _, line in heads)
    del named[()]
    for index in joined.orphans:
        orphans += _orphaned(found[index], persons, _names(households), named[_words(found[index].identity)])
    return drafts, orphans


def _between(table: Table, lines: Sequence[Line]) -> list[SheetFinding]:
    """E: persons below a blank line without a head or anything of a household above them."""
    text = "这一段没有户主，也没有户的内容，分不清归哪一户，请补上户主，或删去上面的空行"
    return [table.finding(line.row, "relation", line.text("name"), text, "E", "R10") for line in lines]


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
    if table.beside:  # the household's own row is the head's, whatever the relation there says
        members = tuple(sorted(members, key=lambda member: member.row != line.row))
    household = household_of(line, members, places, _day(line, as_of).year - 1)
    member_table = persons[family.table if family else 0]
    return Draft(household, table, line, member_table, members, family.identity.number if family else "", why_alone)


def _day(line: Line, as_of: date) -> date:
    applied = line.values.get("applied_on")
    return applied if isinstance(applied, date) and applied <= as_of else as_of


def _alone(joined: Joined, index: int, found: Sequence[Family], persons: Sequence[Table]) -> str:
    if joined.family_of[index] is not None:
        return ""
    if index not in joined.unclear:
        return f"“{_names(persons)}”表里找不到这一户的成员，请核对两张表的户主姓名和户主身份证号"
    rows = "、".join(f"第{found[family].lines[0].row}行" for family in joined.unclear[index])
    return f"“{_names(persons)}”表{rows}起的成员与这一户同村、同组、同户主姓名，分不清归哪一户，请改正户主身份证号"


def _names(tables: Sequence[Table]) -> str:
    return "”“".join(dict.fromkeys(table.sheet for table in tables))


def _words(identity: Identity) -> tuple[str, ...]:
    """Village, group and head's name; nothing where no head is named."""
    return (identity.village, identity.group, identity.name) if identity.name else ()


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


def _passed_over(tables: Sequence[Table]) -> list[SheetFinding]:
    """Rows that are no household or person of their own, and what there is to say about each part."""
    found = []
    for table in tables:
        for row, earlier in table.repeated:
            found.append(SheetFinding(table.sheet, row, "", "", f"与第{earlier}行完全相同，只计一次", "I"))
        for row, words in table.notes:
            found.append(SheetFinding(table.sheet, row, "", "", f"这一行只写了“{words}”，当作说明，没有录入", "I"))
        found += table.said
    return found


def _columns(table: Table) -> dict[str, tuple[str, str]]:
    columns = table.header.columns
    own = {key: columns[of_head] for key, of_head in table.borrowed.items()}
    return {key: (column.caption, column.letter) for key, column in {**own, **columns}.items()}


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

    tables = {id(table): table for draft in drafts for table in (draft.table, draft.member_table)}
    columns = {key: _columns(table) for key, table in tables.items()}
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
