"""Sending sheets to several villages at once: which villages there are, which columns are usual, one file a village into a folder.

No file that lies in the folder is ever replaced: it may be one that a village has filled in already.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from sqlalchemy import select

from db.errors import Cancelled, Known, Refused
from db.fields.household import BUILT_YEAR, DANGEROUS, HOUSING_AREA, HOUSING_GRADE, PHONE, STRUCTURE
from db.fields.income import ITEMS
from db.fields.member import EDUCATION, HEALTH, LABOUR, SCHOOL, SCHOOLING, WORK_MONTHS, WORK_PLACE, WORK_STATUS
from db.schema.sheets import SentReturn, SentSheet
from db.services.bulk import insert_rows
from db.services.sheets import roundtrip
from db.services.town import search, town
from db.services.town.search import Filter
from db.sheets.findings import Ticket
from db.store.practising import named
from db.store.record import Record
from db.store.unit import Unit

PRESETS: Mapping[str, tuple[str, ...]] = {
    "收入核算": tuple(f"income.{field.key}" for field in ITEMS),
    "住房": tuple(f"household.{f.key}" for f in (HOUSING_AREA, HOUSING_GRADE, STRUCTURE, BUILT_YEAR, DANGEROUS)),
    "家庭成员": tuple(f"member.{f.key}" for f in (EDUCATION, SCHOOLING, SCHOOL, HEALTH, LABOUR)),
    "务工": tuple(f"member.{f.key}" for f in (WORK_STATUS, WORK_PLACE, WORK_MONTHS)),
    "联系电话": (f"household.{PHONE.key}",),
}
"""What villages are usually asked for, as names of columns."""
_FORBIDDEN = re.compile(r'[\\/:*?"<>|\s]+')
_MOST_ALIKE = 999


@dataclass(frozen=True, slots=True)
class Place:
    """A village a sheet can be sent to, with what it holds."""

    village_id: int
    name: str
    households: int
    persons: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What went out: files with the households in them; the villages that got none because of ``why``. ``beside`` are files that were
    given another name since one of theirs lay there already."""

    files: tuple[Path, ...]
    households: int
    left: tuple[str, ...] = ()
    why: str = ""
    beside: tuple[str, ...] = ()


def places(unit: Unit) -> tuple[Place, ...]:
    """The villages with their households and persons, in the town's order."""
    found = town.villages(unit)
    counted = search.counts(unit, [Filter(village_id=village.id) for village in found])
    return tuple(Place(v.id, v.name, *count) for v, count in zip(found, counted, strict=True))


def last_columns(unit: Unit) -> tuple[str, ...]:
    """The columns asked for last time, as far as they can be asked for still; those of 收入核算 the first time."""
    names = unit.session.scalar(select(SentSheet.columns).order_by(SentSheet.id.desc()).limit(1))
    known = {offer.name for offer in roundtrip.offers()}
    return tuple(name for name in json.loads(names) if name in known) if names else PRESETS["收入核算"]


def file_name(village: str, day: date, taken: Collection[str] = ()) -> str:
    """华南村填报表-20160525.xlsx, with a number when there is such a file."""
    stem = f"{_FORBIDDEN.sub('', village)}填报表-{day:%Y%m%d}"
    there = {name.casefold() for name in taken}
    return next(name for name in _names(stem) if name.casefold() not in there)


def send_all(record: Record, villages: Sequence[Place], names: Sequence[str], folder: Path, ticket: Ticket) -> Outcome:
    """Write one workbook a village. What was written when something goes wrong or is stopped has gone out and stays; the outcome says so.

    Refused without columns or villages; Known when not even the first could be written.
    """
    if not villages:
        raise Refused("请至少选一个要发的村")
    files: list[Path] = []
    homes, beside, why = 0, [], ""
    for place in villages:
        try:
            ticket.check()
            ticket.report(len(files), len(villages), place.name)
            with record.read() as unit:
                made, day = roundtrip.parcel(unit, place.village_id, names), unit.today
            name = file_name(place.name, day, _there(folder))
            roundtrip.send(record, made, folder / name)
        except (Cancelled, Known, Refused) as trouble:
            if not files:
                raise
            why = _why(trouble)
            break
        files.append(folder / name)
        homes += made.households
        beside += [name] if name != file_name(place.name, day) else []
    return Outcome(tuple(files), homes, tuple(p.name for p in villages[len(files) :]), why, tuple(beside))


def close(unit: Unit, sent_id: int) -> None:
    """A sheet that went out is not waited for any more: it came back on paper or without anything filled in."""
    insert_rows(unit, SentReturn, [{
        "sent_id": sent_id, "file_name": "", "sha256": "", "counts": "{}", "at": unit.now, "actor_id": unit.actor.id,
    }])  # fmt: skip
    unit.trail("登记收回填报表", entity="sent_sheet", entity_id=sent_id)


def _names(stem: str) -> Iterator[str]:
    stem = named(stem)
    yield f"{stem}.xlsx"
    yield from (f"{stem}（{number}）.xlsx" for number in range(2, _MOST_ALIKE))


def _there(folder: Path) -> list[str]:
    try:
        return [one.name for one in folder.iterdir()]
    except OSError as error:
        raise Known(f"文件夹“{folder}”打不开，没有写出任何表。", "请换一个文件夹再发。") from error


def _why(trouble: Exception) -> str:
    if isinstance(trouble, Known):
        return f"{trouble.text}{trouble.remedy}"
    if isinstance(trouble, Refused):
        return "；".join(problem.text for problem in trouble.problems)
    return "您停下了。"
