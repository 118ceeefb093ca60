"""How the record stands as a whole: what the line at the foot and the marks of the navigation say, the trail's lines, the last change."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from db.schema.account import Account
from db.schema.town import Village
from db.schema.trail import Trail
from db.services.crosscheck import crosscheck
from db.services.office import desk
from db.services.town import search, town
from db.services.town.search import Filter
from db.store.unit import Unit

SILENT = ("login",)
"""Acts that leave nothing in the record that a backup would have to hold."""

WORDS = {
    "village": "村", "villages": "村数", "groups": "小组数", "people": "人数", "count": "户数", "new": "新增户数", "changed": "变动户数",
    "same": "相同户数", "faulty": "有错户数", "recorded": "录入户数", "left": "未录户数", "households": "户数", "persons": "人数",
    "fields": "改了", "size": "现有人数", "places": "处数", "hits": "比中处数", "rows": "名单行数", "copies": "份数", "notices": "公示数", "month": "月份", "sheets": "表", "year": "年度",
    "kind": "种类", "approver": "审核人", "file": "文件", "files": "件数", "from": "原版本", "to": "新版本", "lost_seq": "上次留痕到第",
}  # fmt: skip
"""What the facts of a line are called; those not named here are not read by people."""


@dataclass(frozen=True, slots=True)
class Standing:
    """The town's name, villages, households and persons in the record, and what waits on each page."""

    town: str
    villages: int
    households: int
    persons: int
    waiting: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class TrailLine:
    """One line of the trail as a person reads it. ``facts`` holds counts and names of fields, never a person's number."""

    seq: int
    at: datetime
    actor: str
    action: str
    reason: str
    facts: str
    pc: str
    trusted: bool


def standing(unit: Unit) -> Standing:
    """All of it in a fixed number of queries."""
    households, persons = search.count(unit, Filter())
    villages = unit.session.scalar(select(func.count()).select_from(Village)) or 0
    waiting, crossed = desk.counts_by_page(unit), crosscheck.waiting(unit)
    if crossed:
        waiting["crosscheck"] = crossed
    return Standing(town.town(unit).name, villages, households, persons, waiting)


def last_change(unit: Unit) -> datetime | None:
    """When something was last changed, logging in apart; None in a record nobody wrote in."""
    query = select(func.max(Trail.at, type_=Trail.at.type)).where(Trail.action.not_in(SILENT))
    return unit.session.scalar(query)


def trail_lines(unit: Unit, most: int = 500) -> tuple[TrailLine, ...]:
    """The newest lines of the trail, newest first."""
    names: dict[int, str] = {row.id: row.name for row in unit.session.execute(select(Account.id, Account.name))}
    rows = unit.session.scalars(select(Trail).order_by(Trail.seq.desc()).limit(most))
    return tuple(
        TrailLine(t.seq, t.at, t.actor_name, t.action, t.reason, _facts(t.payload, names), t.pc, t.mono_ok)
        for t in rows
    )


def _facts(payload: str, names: Mapping[int, str]) -> str:
    """What the facts say in words; hashes and numbers of rows are for the check, not for reading."""
    facts: dict[str, object] = json.loads(payload)
    second = names.get(int(str(facts.get("second") or 0)), "")
    told = [f"{word} {facts[key]}" for key, word in WORDS.items() if facts.get(key) not in (None, "", 0)]
    return "，".join([*told, f"第二人 {second}"] if second else told)
