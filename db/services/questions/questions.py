"""要个数: questions are kept with the count they had, asked again with one key, and their lists written out; each leaves a line in the trail."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from datetime import date
from hashlib import file_digest
from pathlib import Path
from typing import Any

from sqlalchemy import select, update

from db.errors import Problem, Refused
from db.rules.counts import Count
from db.schema.question import Question as QuestionRow
from db.services.questions.answer import Answer, rows
from db.services.questions.asked import Counts, Question, as_json, dumped, from_json, problem, sentence, whose_said
from db.services.questions.columns import COLUMNS
from db.services.town import town
from db.sheets import answersheet
from db.sheets.answersheet import About, Heading
from db.sheets.findings import Ticket
from db.sheets.ledger_tables import Sheet
from db.store.record import Record
from db.store.unit import Unit

_LONGEST_NAME = 40
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_STEP = 2000


@dataclass(frozen=True, slots=True)
class Kept:
    """A question that was kept: ``counted`` is what it came to on ``counted_on``, None where it was never counted. ``question`` is None when
    another version of the program kept it and asks what this one does not know."""

    id: int
    name: str
    question: Question | None
    counted: Count | None
    counted_on: date | None


@dataclass(frozen=True, slots=True)
class Exported:
    """What was written: the file, its SHA-256 in hex, and how many households and people are on it."""

    path: Path
    sha256: str
    counted: Count


def kept(unit: Unit) -> tuple[Kept, ...]:
    """The questions that are not put away, in the order they were kept."""
    query = select(QuestionRow.id, QuestionRow.name, QuestionRow.content).where(QuestionRow.until.is_(None))
    return tuple(
        _kept(row.id, row.name, json.loads(row.content)) for row in unit.session.execute(query.order_by(QuestionRow.id))
    )


def _kept(number: int, name: str, content: Mapping[str, Any]) -> Kept:
    last = content.get("counted")
    counted = Count(last["households"], last["persons"]) if last else None
    return Kept(number, name, from_json(content), counted, date.fromisoformat(last["on"]) if last else None)


def keep(unit: Unit, name: str, question: Question, counted: Count | None = None) -> int:
    """Keep a question under a name; returns its number. Refused without a name, with one that is taken, or what cannot be asked."""
    clean = _checked(unit, name, question, None)
    row = QuestionRow(
        name=clean, content=_content(unit, question, counted), at=unit.now, actor_id=unit.actor.id, until=None
    )
    unit.session.add(row)
    unit.session.flush()
    _tell(unit, "记住要个数", row.id, question, counted)
    return row.id


def change(unit: Unit, number: int, name: str, question: Question, counted: Count | None = None) -> None:
    """Give a kept question another name, other conditions or today's count. Refused as ``keep`` is, and when it was put away meanwhile."""
    clean = _checked(unit, name, question, number)
    _require(unit, number)
    changed = {"name": clean, "content": _content(unit, question, counted)}
    unit.session.execute(update(QuestionRow).where(QuestionRow.id == number).values(**changed))
    _tell(unit, "改要个数", number, question, counted)


def put_away(unit: Unit, number: int) -> None:
    """Take a kept question off the list; it stays in the record. Refused when that was done already."""
    _require(unit, number)
    unit.session.execute(update(QuestionRow).where(QuestionRow.id == number).values(until=unit.now))
    unit.trail("收起要个数", entity="question", entity_id=number)


def _require(unit: Unit, number: int) -> None:
    query = select(QuestionRow.id).where(QuestionRow.id == number, QuestionRow.until.is_(None))
    if unit.session.scalar(query) is None:
        raise Refused("这一问已经收起，请按 F5 刷新后再办")


def _checked(unit: Unit, name: str, question: Question, number: int | None) -> str:
    clean = " ".join(name.split())
    why = problem(question)
    taken = {one.name: one.id for one in kept(unit)}
    if not clean:
        why = "请给这一问起个名字，如“六十岁以上的低保人口”"
    elif len(clean) > _LONGEST_NAME:
        why = f"名字最多 {_LONGEST_NAME} 个字，现有 {len(clean)} 个字，请缩短"
    elif taken.get(clean, number) != number:
        why = f"已经记住一个“{clean}”，请换个名字"
    if why:
        raise Refused([Problem(why, "name")])
    return clean


def _content(unit: Unit, question: Question, counted: Count | None) -> str:
    last = (
        {"households": counted.households, "persons": counted.persons, "on": unit.today.isoformat()}
        if counted
        else None
    )
    return dumped({**as_json(question), "counted": last})


def _tell(unit: Unit, action: str, number: int, question: Question, counted: Count | None) -> None:
    fields = "、".join(COLUMNS[key].label for key in question.shown)
    told: dict[str, Any] = {"households": counted.households, "persons": counted.persons} if counted else {}
    unit.trail(action, entity="question", entity_id=number, columns=fields, **told)


def file_name(unit: Unit, found: Answer, name: str, *, masked: bool = False) -> str:
    """The name proposed for the list: 危房户-华阳镇-20160705.xlsx."""
    stem = _UNFIT.sub("", name).strip(" .") or "名单"
    return f"{stem}-{town.town(unit).name}-{found.pool.sight.day:%Y%m%d}{'〔脱敏〕' if masked else ''}.xlsx"


def export(record: Record, found: Answer, name: str, path: Path, ticket: Ticket, *, masked: bool = False) -> Exported:
    """Write the list of an answer to ``path`` and say so in the trail with its SHA-256 and counts.

    The record is only held while the finished file takes its name: either the file is there and the trail says so, or neither. Refused for
    an empty list. Known: disk full, folder read-only, file open elsewhere; Cancelled through ``ticket``.
    """
    if not found.places:
        raise Refused("没有符合条件的，名单是空的，没有导出")
    counted = Count(found.households, found.persons)
    with record.read() as unit:
        made = _sheet(unit, found, name, ticket, masked)
    digest = ""
    with ExitStack() as held:

        def seal(fresh: Path) -> None:
            nonlocal digest
            with fresh.open("rb") as file:
                digest = file_digest(file, "sha256").hexdigest()
            unit = held.enter_context(record.write())
            fields = "、".join(COLUMNS[key].label for key in found.question.shown)
            more: dict[str, Any] = {"kind": "脱敏件"} if masked else {}
            unit.trail(
                "导出名单", entity="question", sha256=digest, households=counted.households, persons=counted.persons,
                columns=fields, **more,
            )  # fmt: skip

        answersheet.write(made, path, ticket, at=record.clock.now(), seal=seal)
    return Exported(path, digest, counted)


def _sheet(unit: Unit, found: Answer, name: str, ticket: Ticket, masked: bool) -> Sheet:
    question, day = found.question, found.pool.sight.day
    homes = question.counts is Counts.HOUSEHOLDS
    headings = [
        Heading(c.label, homes and c.summed, c.money, c.secret, c.number)
        for c in (COLUMNS[key] for key in question.shown)
    ]
    lines: list[tuple[Any, ...]] = []
    for first in range(0, len(found.places), _STEP):
        ticket.check()
        ticket.report(first, len(found.places), "正在整理名单")
        lines += rows(found, found.places[first : first + _STEP])
    return answersheet.sheet(
        name, About(town.town(unit).name, day.year, day.month), whose_said(question, day),
        f"{sentence(question, day)}，共 {found.said}", headings, lines, unit="户" if homes else "人", masked=masked,
    )  # fmt: skip
