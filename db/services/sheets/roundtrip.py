"""发给村里填、收回: a sheet goes out with what the record holds, comes back edited, and only the cells changed in it touch the record.

What each row was based on is kept. A cell the village changed and somebody changed here too since is a conflict: both sides are shown and
nothing newer is overwritten unless the clerk says so. What comes back is judged like a roster, so that previewing, ticking, writing and
taking back are the same.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from db.errors import Refused
from db.fields.base import Field
from db.fields.household import ABLE_COUNT, GROUP, HEAD_ID, HEAD_NAME, HEAD_SEX, HOUSEHOLD, SIZE, VILLAGE
from db.fields.income import INCOME
from db.fields.member import ID_NUMBER, MEMBER, NAME, RELATION, SEX
from db.papers import wording
from db.rules.values import Household
from db.schema.account import Account
from db.schema.sheets import SentReturn, SentRow, SentSheet
from db.schema.town import Village
from db.services.bulk import insert_rows
from db.services.register import households
from db.services.sheets import imports
from db.services.sheets.fates import PreviewRow, Scene, judge
from db.services.sheets.imports import Chosen, Imported, Mend, Preview
from db.services.sheets.renewal import Change, differences
from db.services.sheets.returning import Filled, person_of, text_of
from db.services.town import search, town
from db.sheets import sending
from db.sheets.findings import SheetFinding, Ticket
from db.sheets.sent import Part, Returned, ReturnedRow, SentBook, SentColumn, SentLine, SentTable
from db.store.record import Record
from db.store.unit import Unit

_FIXED_HERE = frozenset(
    field.key
    for field in (VILLAGE, GROUP, HEAD_NAME, HEAD_ID, HEAD_SEX, SIZE, ABLE_COUNT, NAME, ID_NUMBER, SEX, RELATION)
)
"""Who a household and a person are is not filled in by a village; that goes through 人员变动."""
_TABLES: Mapping[Part, Mapping[str, Field]] = {"household": HOUSEHOLD, "income": INCOME, "member": MEMBER}
_PARTS: Mapping[Part, str] = {"household": "农户情况", "income": "收入", "member": "家庭成员"}
_HOMES, _PEOPLE = "农户", "成员"


@dataclass(frozen=True, slots=True)
class Offer:
    """A column that can be sent out to be filled: its name, label, and the group it is listed under."""

    name: str
    label: str
    group: str


@dataclass(frozen=True, slots=True)
class Sent:
    """A sheet that went out. ``returned`` is when it came back last, None while it is out, ``back`` the file it came back as, "" when that
    was only noted; ``rows`` its rows."""

    id: int
    village: str
    columns: tuple[str, ...]
    file_name: str
    rows: int
    at: datetime
    by: str
    returned: datetime | None
    back: str = ""


@dataclass(frozen=True, slots=True)
class Parcel:
    """A workbook before it is written: what it says, and the rows to be kept of it."""

    book: SentBook
    village_id: int
    columns: tuple[SentColumn, ...]
    rows: tuple[Mapping[str, Any], ...]

    @property
    def households(self) -> int:
        """How many households it holds."""
        return len({row["household_id"] for row in self.rows})


def offers() -> tuple[Offer, ...]:
    """Every column that can be sent out, in the order of the forms."""
    return tuple(
        Offer(SentColumn(part, key).name, field.label, _PARTS[part])
        for part, fields in _TABLES.items()
        for key, field in fields.items()
        if key not in _FIXED_HERE
    )


def parcel(unit: Unit, village_id: int, names: Sequence[str]) -> Parcel:
    """What one village gets: every household of the record that stands in it, with these columns. Refused without any."""
    columns = tuple(SentColumn.named(name) for name in names)
    if not columns:
        raise Refused("请至少选一栏要村里填的内容")
    wanted = search.Filter(village_id=village_id)
    ids = search.ids(unit, wanted)
    place = next((v for v in town.villages(unit) if v.id == village_id), None)
    if place is None or not ids:
        raise Refused(f"{place.name if place else '这个村'}还没有农户，没有可以发的表")
    homes = list(households.get_many(unit, ids).values())
    own = tuple(c for c in columns if c.part != "member")
    personal = tuple(c for c in columns if c.part == "member")
    tables, rows = [], []
    if own:
        lines = [*_home_lines(homes, own)]
        tables.append(SentTable(_HOMES, ("序号", "村民小组", "户主姓名"), own, tuple(line for line, _ in lines)))
        rows += [kept for _, kept in lines]
    if personal:
        lines = [*_person_lines(homes, personal)]
        fixed = ("序号", "村民小组", "户主姓名", "姓名", "与户主关系")
        tables.append(SentTable(_PEOPLE, fixed, personal, tuple(line for line, _ in lines)))
        rows += [kept for _, kept in lines]
    title = f"{town.town(unit).name}{place.name}填报表（{wording.day(unit.today)}发出）"
    return Parcel(SentBook(title, secrets.token_hex(8), tuple(tables)), village_id, columns, tuple(rows))


def send(record: Record, made: Parcel, path: Path) -> int:
    """Write the workbook and keep what each row was based on; either both are there or neither. Returns the sheet's id."""
    sent_id = 0
    with ExitStack() as held:

        def keep(_fresh: Path) -> None:
            nonlocal sent_id
            sent_id = _keep(held.enter_context(record.write()), made, path.name)

        sending.write(path, made.book, keep)
    return sent_id


def sheets(unit: Unit) -> tuple[Sent, ...]:
    """The sheets that went out, the newest first; three queries."""
    s = SentSheet
    query = (
        select(s.id, Village.name.label("village"), s.columns, s.file_name, s.at, Account.name.label("actor"))
        .join(Village, Village.id == s.village_id)
        .join(Account, Account.id == s.actor_id)
        .order_by(s.id.desc())
    )
    counted = dict(iter(unit.session.execute(select(SentRow.sent_id, func.count()).group_by(SentRow.sent_id))))
    came = select(SentReturn.sent_id, SentReturn.at, SentReturn.file_name).order_by(SentReturn.id)
    back = {row.sent_id: row for row in unit.session.execute(came)}
    return tuple(
        Sent(
            row.id, row.village, tuple(SentColumn.named(n).field.label for n in json.loads(row.columns)), row.file_name,
            counted.get(row.id, 0), row.at, row.actor, *((back[row.id].at, back[row.id].file_name) if row.id in back else (None, "")),
        )
        for row in unit.session.execute(query)
    )  # fmt: skip


def preview(unit: Unit, returned: Returned, mends: Sequence[Mend] = ()) -> Preview:
    """What taking a returned workbook in would do, ``mends`` being those it was read with; Refused for one this record did not send."""
    sent = unit.session.execute(
        select(SentSheet.id, SentSheet.columns).where(SentSheet.token == returned.token)
    ).one_or_none()
    if sent is None:
        raise Refused("这张表不是从本档案发出的（标识对不上），没有读入任何内容；请核对是不是别的镇或旧档案发的")
    columns = tuple(SentColumn.named(name) for name in json.loads(sent.columns))
    based = {
        row.key: row
        for row in unit.session.execute(
            select(SentRow.key, SentRow.household_id, SentRow.person, SentRow.base).where(SentRow.sent_id == sent.id)
        )
    }
    by_home: dict[int, list[tuple[ReturnedRow, Any]]] = {}
    findings = [*returned.findings, *_lacking(returned, columns, len(based))]
    for row in returned.rows:
        if row.key in based:
            by_home.setdefault(based[row.key].household_id, []).append((row, based[row.key]))
        else:
            findings.append(
                SheetFinding(row.sheet, row.row, "", "", "这一行的标识被改动过，认不出是哪一户，没有采用", "W")
            )
    stored = households.get_many(unit, by_home)
    gone = [home for home in by_home if home not in stored]
    findings += [
        SheetFinding(by_home[i][0][0].sheet, by_home[i][0][0].row, "", "", "这一户已经不在档案里，没有采用", "W")
        for i in gone
    ]
    rows = tuple(_judged(unit, {i: by_home[i] for i in by_home if i in stored}, stored, columns))
    every = (*findings, *(f for row in rows for f in row.findings))
    seen = _seen(unit, returned.sha256)
    return Preview(returned.sha256, returned.file_name, rows, every, seen, imports.head(unit), tuple(mends))


def take_in(
    unit: Unit, returned: Returned, shown: Preview, chosen: Chosen | None = None, ticket: Ticket | None = None
) -> Imported:
    """Write what was ticked, as `db.services.sheets.imports.apply` does, and keep that the sheet came back."""
    done = imports.apply(unit, shown, chosen, ticket)
    sent_id = unit.session.scalars(select(SentSheet.id).where(SentSheet.token == returned.token)).one()
    counts = {key: getattr(done, key) for key in ("changed", "same", "faulty", "conflict", "left")}
    insert_rows(unit, SentReturn, [{
        "sent_id": sent_id, "file_name": returned.file_name, "sha256": returned.sha256,
        "counts": json.dumps(counts), "at": unit.now, "actor_id": unit.actor.id,
    }])  # fmt: skip
    unit.trail(
        "收回填报表", entity="sent_sheet", entity_id=sent_id, file_sha256=returned.sha256, changed=done.changed[0]
    )
    return done


def _home_lines(homes: Sequence[Household], columns: Sequence[SentColumn]) -> Iterator[tuple[SentLine, dict[str, Any]]]:
    for number, home in enumerate(homes, 1):
        texts = tuple(text_of(home, None, column) for column in columns)
        line = SentLine(f"H{number}", (str(number), home.group, home.head_name), texts)
        yield line, _row(line, home, "", columns)


def _person_lines(
    homes: Sequence[Household], columns: Sequence[SentColumn]
) -> Iterator[tuple[SentLine, dict[str, Any]]]:
    people = ((home, member) for home in homes for member in home.members)
    for number, (home, member) in enumerate(people, 1):
        relation = member.relation.label if member.relation else ""
        texts = tuple(text_of(home, member, column) for column in columns)
        line = SentLine(f"P{number}", (str(number), home.group, home.head_name, member.name, relation), texts)
        yield line, _row(line, home, person_of(member), columns)


def _row(line: SentLine, home: Household, person: str, columns: Sequence[SentColumn]) -> dict[str, Any]:
    base = {column.name: text for column, text in zip(columns, line.texts, strict=True)}
    return {
        "key": line.key, "household_id": home.id, "person": person, "version": home.version,
        "base": json.dumps(base, ensure_ascii=False),
    }  # fmt: skip


def _keep(unit: Unit, made: Parcel, file_name: str) -> int:
    (sent_id,) = insert_rows(unit, SentSheet, [{
        "token": made.book.token, "subject": "fill", "village_id": made.village_id,
        "columns": json.dumps([column.name for column in made.columns]), "file_name": file_name,
        "at": unit.now, "actor_id": unit.actor.id,
    }])  # fmt: skip
    insert_rows(unit, SentRow, [{"sent_id": sent_id, **row} for row in made.rows])
    unit.trail(
        "发出填报表", entity="sent_sheet", entity_id=sent_id, rows=len(made.rows), households=made.households,
        columns="、".join(column.field.label for column in made.columns),
    )  # fmt: skip
    return sent_id


def _lacking(returned: Returned, columns: Sequence[SentColumn], rows: int) -> Iterator[SheetFinding]:
    """What went out and did not come back."""
    there = {name for row in returned.rows for name in row.cells}
    gone = [column.field.label for column in columns if column.name not in there]
    if gone:
        text = (
            f"收回的表里少了 {len(gone)} 列（{'、'.join(gone[:6])}{'等' if len(gone) > 6 else ''}），这些内容没有变动"
        )
        yield SheetFinding("", 0, "", "", text, "W")
    if len(returned.rows) < rows:
        text = f"发出 {rows} 行，收回 {len(returned.rows)} 行；少了的行没有变动"
        yield SheetFinding("", 0, "", "", text, "W")


def _judged(
    unit: Unit,
    by_home: Mapping[int, Sequence[tuple[ReturnedRow, Any]]],
    stored: Mapping[int, Household],
    columns: Sequence[SentColumn],
) -> Iterator[PreviewRow]:
    states = imports.states_of(unit, stored)
    for home_id, rows in by_home.items():
        old = stored[home_id]
        filled = Filled(old)
        for row, kept in rows:
            filled.take(row, kept.person, json.loads(kept.base), columns)
        changes: list[Change] = differences(old, filled.home)
        yield judge(filled.draft(), old, filled.home, changes, Scene({}, states, {home_id: filled.newer}, unit.today))


def _seen(unit: Unit, sha256: str) -> str:
    query = select(SentReturn.at, Account.name).join(Account, Account.id == SentReturn.actor_id)
    row = unit.session.execute(query.where(SentReturn.sha256 == sha256).order_by(SentReturn.id.desc())).first()
    return f"这份文件已由{row.name}于 {row.at:%Y-%m-%d %H:%M} 收回过" if row else ""
