"""Every finding of one household of a roster, each at its cell: cells that could not be read, places, and the consistency rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from db.fields.income import ITEMS
from db.rules.checks import Finding, check_household
from db.rules.codes import Relation
from db.rules.identity import is_sound
from db.rules.values import Household
from db.sheets.cells import Line
from db.sheets.findings import Severity, SheetFinding
from db.sheets.layouts.roster import HEAD_KEYS, OF_THE_HOUSEHOLD, OFTEN_A_MEMBERS
from db.sheets.places import Places, group_key
from db.sheets.table import Table

_ITEM_KEYS = frozenset(item.key for item in ITEMS)
_RESTS_ON: Mapping[str, frozenset[str]] = {
    "R58": _ITEM_KEYS,
    "R60": _ITEM_KEYS,
    "R07": frozenset({"relation", "name", "head_name"}),
    "R15": frozenset({"relation", "sex", "id_number"}),
    "R39": frozenset({"health", "disability_number"}),
    "R40": frozenset({"health", "schooling", "labour", "main_cause"}),
    "R41": frozenset({"main_cause", "other_cause_1", "other_cause_2"}),
    "R42": frozenset({"labour"}),
    "R47": frozenset({"labour", "able", "able_stated"}),
}
"""What a rule looks at beside the field it names: where such a cell was unreadable, the rule has nothing to say."""
_COMPARED = frozenset(OF_THE_HOUSEHOLD) - OFTEN_A_MEMBERS
_WITHOUT_MEMBERS = frozenset({"R07", "R08", "R09"})


@dataclass(frozen=True, slots=True)
class Draft:
    """A household with the lines it was made of. ``members`` run parallel to its members; ``why_alone`` says why there are none."""

    household: Household
    table: Table
    line: Line
    member_table: Table
    members: tuple[Line, ...]
    number_column: str
    why_alone: str = ""
    alone_rule: str = "R10"

    def spot(self, key: str) -> tuple[Table, int, str]:
        """Where a column of the household stands: the table, the row, the key of the column; what it has no column for stands in the
        head's own row."""
        own = self.table.borrowed.get(key)
        if own and self.members:
            return self.member_table, self.members[0].row, own
        return self.table, self.line.row, key

    def finding(self, key: str, text: str, severity: Severity, rule: str = "") -> SheetFinding:
        """A finding at a column of the household."""
        table, row, column = self.spot(key)
        return table.finding(row, column, self.key, text, severity, rule)

    @property
    def key(self) -> str:
        """The words a clerk finds it by; the head named by the persons' sheet where the household's leaves him out."""
        head = self.household.head_name or next((m.name for m in self.household.members), "")
        return " ".join(filter(None, (self.household.village, self.household.group, head)))


def judge_draft(draft: Draft, places: Places, today: date) -> list[SheetFinding]:
    """Everything found in one household, without what needs the other households."""
    found = [draft.finding(fault.key, fault.text, fault.severity, fault.rule) for fault in draft.line.faults]
    for line in draft.members:
        found += _unread(draft.member_table, line, draft.key)
    found += _misplaced(draft, places)
    found += _elsewhere(draft, places)
    if draft.why_alone:
        found.append(draft.finding("head_id", draft.why_alone, "E", draft.alone_rule))
    found += _ruled(draft, today)
    found += _long_ago(draft, today)
    if draft.table.beside:
        found += _stated_otherwise(draft)
    return once_a_cell(draft, found)


def _unread(table: Table, line: Line, key: str) -> Iterator[SheetFinding]:
    for fault in line.faults:
        yield table.finding(line.row, fault.key, key, fault.text, fault.severity, fault.rule)


def _misplaced(draft: Draft, places: Places) -> Iterator[SheetFinding]:
    """R24 E: the village is one of the town's, the group one of the village's."""
    written = draft.line.text("village")
    if not written:
        return
    village, row = places.village(written), draft.line.row
    if village is None:
        near = places.like(written)
        text = f"第{row}行：本镇没有“{written}”这个村，{f'是不是“{near}”？' if near else ''}请改为本镇的村名"
        yield draft.finding("village", text, "E", "R24")
    elif draft.line.text("group") and places.group(village, draft.line.text("group")) is None:
        text = f"第{row}行：{village}没有“{draft.line.text('group')}”，请改为该村已建的组，或先在村组表中增加"
        yield draft.finding("group", text, "E", "R24")


def _long_ago(draft: Draft, today: date) -> Iterator[SheetFinding]:
    """R68 W: an application more than a year older than the roster is most likely a slip of the year."""
    day = draft.household.applied_on
    if day is not None and (day.year + 1, day.month, day.day) < (today.year, today.month, today.day):
        text = f"申请日期 {day} 比名册的日期 {today} 早一年以上，请按申请书核对"
        yield draft.finding("applied_on", text, "W", "R68")


def _elsewhere(draft: Draft, places: Places) -> Iterator[SheetFinding]:
    """R10: rows of members that name the head, his number or his place otherwise than the household's own row.

    A sound number of somebody else is an E: the row may belong to another household. All else the other words make up for.
    """
    home, line = draft.household, draft.line
    at = f"“{draft.table.sheet}”表第{line.row}行"
    head = draft.household.members[0].name if draft.household.members else ""
    first = [*map(draft.members[0].values.get, HEAD_KEYS)] if draft.members else []
    for index, row in enumerate(draft.members):
        if index and [*map(row.values.get, HEAD_KEYS)] == first:
            continue  # said once, at the first of them
        number, name = row.text("head_id"), row.text("head_name")
        if number and number != draft.number_column and home.head_id and number != home.head_id:
            yield _other(
                draft, row, "head_id", f"户主身份证号与{at}的{home.head_name}不同，请核对这名成员是不是这一户的"
            )
        if name not in ("", home.head_name, head) and number == home.head_id != "" != home.head_name:
            yield _other(
                draft, row, "head_name", f"户主姓名写“{name}”，{at}同一身份证号的户主是{home.head_name}，请核对"
            )
        yield from _other_place(draft, row, places, at)


def _other(draft: Draft, row: Line, key: str, text: str) -> SheetFinding:
    grave = key == "head_id" and is_sound(row.text("head_id"))
    return draft.member_table.finding(row.row, key, draft.key, text, "E" if grave else "W", "R10")


def _other_place(draft: Draft, row: Line, places: Places, at: str) -> Iterator[SheetFinding]:
    """W: the persons' sheet puts the household in another village or group; silent where the household's own place is faulty."""
    village = places.village(draft.line.text("village"))
    written = row.text("village")
    if village is None or not written:
        return
    if places.village(written) != village:
        text = f"村名写“{written}”，{at}是{village}，请核对"
        yield draft.member_table.finding(row.row, "village", draft.key, text, "W", "R10")
        return
    group, other = places.group(village, draft.line.text("group")), row.text("group")
    if group and draft.line.text("group") and other and group_key(other) != group_key(group):
        text = f"组别写“{other}”，{at}是{group}，请核对"
        yield draft.member_table.finding(row.row, "group", draft.key, text, "W", "R10")


def _ruled(draft: Draft, today: date) -> Iterator[SheetFinding]:
    unread = {fault.key for fault in draft.line.faults if fault.severity == "E"}
    member_unread = [{fault.key for fault in line.faults if fault.severity == "E"} for line in draft.members]
    anywhere = unread.union(*member_unread)
    for finding in check_household(draft.household, today):
        here = unread if finding.member is None else member_unread[finding.member]
        if finding.field in here or anywhere & _RESTS_ON.get(finding.rule, frozenset()):
            continue
        if draft.why_alone and finding.rule in _WITHOUT_MEMBERS:
            continue
        if finding.rule == "R07" and _head_unsaid(draft.household):
            continue
        yield _placed(draft, finding)


def _head_unsaid(home: Household) -> bool:
    """Whether nobody is the head and a relation is left blank: most likely his, and the blank is said at its cell."""
    relations = [member.relation for member in home.members]
    return Relation.HEAD not in relations and None in relations


def _placed(draft: Draft, finding: Finding) -> SheetFinding:
    if finding.rule == "R07" and finding.field == "head_id" and _named_right(draft):
        head = draft.members[0]
        text = f"户主本人的身份证号与{draft.table.sheet}表第{draft.line.row}行不同，请对照身份证改正"
        return draft.member_table.finding(head.row, "id_number", draft.key, text, "E", "R07")
    if finding.member is None:
        return draft.finding(finding.field, finding.text, finding.severity, finding.rule)
    row = draft.members[finding.member].row
    return draft.member_table.finding(row, finding.field, draft.key, finding.text, finding.severity, finding.rule)


def _stated_otherwise(draft: Draft) -> Iterator[SheetFinding]:
    """R10: what the household's columns say on other rows of it is not what they say on its first. E where it is demanded: nobody can
    tell which is right."""
    table, home = draft.table, draft.line
    unread = {fault.key: fault.text for fault in home.faults}
    for row in draft.members:
        other = table.beside.get(row.row)
        if other is None or other is home:
            continue
        for fault in other.faults:
            if fault.key in _COMPARED and fault.text != unread.get(fault.key):
                yield table.finding(row.row, fault.key, draft.key, fault.text, fault.severity, fault.rule)
        for key, value in other.values.items():
            if key in _COMPARED and value != home.values.get(key):
                label = table.fields[key].label
                text = f"{label}与同一户第{home.row}行写的不一样，请核对后改成一样，或只写在第{home.row}行"
                severity: Severity = "E" if table.fields[key].demanded else "W"
                yield table.finding(row.row, key, draft.key, text, severity, "R10")


def once_a_cell(draft: Draft, found: Sequence[SheetFinding]) -> list[SheetFinding]:
    """Where the head's own row speaks for the household too, what is wrong with a cell of it is said once."""
    borrowed = {*draft.table.borrowed.values()}
    if not borrowed or not draft.members:
        return list(found)
    header, row = draft.member_table.header, draft.members[0].row
    letters = {header.columns[key].letter for key in borrowed}
    said: set[tuple[str, str]] = set()
    kept = []
    for finding in found:
        place = finding.letter, finding.severity
        own = finding.sheet == draft.member_table.sheet and finding.row == row and finding.letter in letters
        if not own or place not in said:
            kept.append(finding)
        if own:
            said.add(place)
    return kept


def _named_right(draft: Draft) -> bool:
    """Whether the persons' sheet itself names the head by the household's number, so that only his own row differs."""
    return bool(draft.members) and draft.number_column == draft.household.head_id
