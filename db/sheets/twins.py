"""What only shows between the households of one roster: the same identity number twice (R03), one account or phone for several.

Of two rows with one number the one whose own particulars contradict the number is the faulty one and is kept out; the other comes in
with a word about it. Where the particulars cannot tell, both stay out.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.rules.codes import Relation
from db.sheets.findings import SheetFinding
from db.sheets.judging import Draft
from db.sheets.table import Table

_LENGTH = 18
_MOST_ON_ONE_PHONE = 5
_AGAINST = frozenset({"R05", "R14", "R16", "R17", "R19", "R28", "R29", "R32", "R34"})
"""Rules that hold a person's particulars against the sex and birth in the number (R05, R14 … R34) or a certificate (R19)."""


@dataclass(frozen=True, slots=True)
class _Statement:
    """One place that states a number. ``contradicted``: the same person's particulars speak against it."""

    draft: int
    key: str
    table: Table
    row: int
    column: str
    contradicted: bool

    @property
    def place(self) -> str:
        return f"{self.table.sheet}表第{self.row}行（{self.key}）"


def twins(drafts: Sequence[Draft], found: Sequence[Sequence[SheetFinding]]) -> Iterator[tuple[int, SheetFinding]]:
    """Findings between households, each with the index of the draft it concerns; ``found`` are the drafts' own findings."""
    yield from _doubled_numbers(drafts, found)
    yield from _shared(drafts, "bank_card", 1, "R23", "一卡通账号与{}相同，一个账号只能归一户，请核对")
    yield from _shared(drafts, "phone", _MOST_ON_ONE_PHONE, "R22", "联系电话与{}等多户相同，请核对")


def _doubled_numbers(
    drafts: Sequence[Draft], found: Sequence[Sequence[SheetFinding]]
) -> Iterator[tuple[int, SheetFinding]]:
    for number, statements in _statements(drafts, found).items():
        if len(statements) < 2:
            continue
        wrong = [statement for statement in statements if statement.contradicted] or statements
        for statement in statements:
            if drafts[statement.draft].alone_rule == "R03":
                continue  # its own row says already that the household stands there twice
            others = "、".join(other.place for other in statements if other is not statement)
            if statement in wrong:
                text, severity = f"身份证号 {number} 与{others}重复，请对照身份证改正", "E"
            else:
                text, severity = (
                    f"身份证号 {number} 与{others}重复，那一行与本人资料不符，已列为有误；这一行也请核对",
                    "W",
                )
            yield (
                statement.draft,
                statement.table.finding(
                    statement.row, statement.column, statement.key, text, "E" if severity == "E" else "W", "R03"
                ),
            )


def _statements(drafts: Sequence[Draft], found: Sequence[Sequence[SheetFinding]]) -> dict[str, list[_Statement]]:
    stated: dict[str, list[_Statement]] = defaultdict(list)
    counts: dict[str, int] = defaultdict(int)
    for draft in drafts:
        for number in {draft.household.head_id, *(member.id_number for member in draft.household.members)}:
            counts[number] += 1
        own = [member.id_number for member in draft.household.members]
        for number in own:
            counts[number] += len(own) > 1 and own.count(number) > 1
    for index, draft in enumerate(drafts):
        household = draft.household
        if counts[household.head_id] > 1:
            _add(stated, household.head_id, _head_statement(index, draft, found[index]))
        for place, member in enumerate(household.members):
            said = member.relation is Relation.HEAD and member.id_number == household.head_id
            if counts[member.id_number] > 1 and not said:
                row = draft.members[place].row
                against = _against(draft.member_table, row, found[index])
                _add(
                    stated,
                    member.id_number,
                    _Statement(index, draft.key, draft.member_table, row, "id_number", against),
                )
    return stated


def _add(stated: dict[str, list[_Statement]], number: str, statement: _Statement) -> None:
    if len(number) == _LENGTH:
        stated[number].append(statement)


def _head_statement(index: int, draft: Draft, found: Sequence[SheetFinding]) -> _Statement:
    """The household's own row, together with the head's row among the persons when that states the same number."""
    head = next((place for place, m in enumerate(draft.household.members) if m.relation is Relation.HEAD), None)
    other = head is not None and draft.household.members[head].id_number not in ("", draft.household.head_id)
    table, row, column = draft.spot("head_id")
    against = other or _against(table, row, found)
    if head is not None and not against:
        against = _against(draft.member_table, draft.members[head].row, found)
    return _Statement(index, draft.key, table, row, column, against)


def _against(table: Table, row: int, found: Sequence[SheetFinding]) -> bool:
    return any(f.row == row and f.sheet == table.sheet and f.rule in _AGAINST for f in found)


def _shared(
    drafts: Sequence[Draft], key: str, most: int, rule: str, sentence: str
) -> Iterator[tuple[int, SheetFinding]]:
    users: dict[str, list[int]] = defaultdict(list)
    for index, draft in enumerate(drafts):
        users[draft.line.text(key)].append(index)
    for number, indexes in users.items():
        if not number or len(indexes) <= most:
            continue
        for index in indexes:
            draft = drafts[index]
            others = "、".join(f"第{drafts[other].line.row}行" for other in indexes if other != index)
            yield index, draft.finding(key, sentence.format(others), "W", rule)
