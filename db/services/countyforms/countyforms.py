"""报表填报: the county's blank form read, its columns proposed and remembered, filled from the register, and written with a line in the
trail."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from db.errors import Known
from db.rules.codes import Role
from db.rules.counts import Count
from db.services.countyforms.match import Proposal, carried, propose
from db.services.countyforms.plan import Answers, Plan
from db.services.sheets import sheetmemory
from db.services.town import town
from db.services.town.placenames import names_on
from db.sheets import template_fill
from db.sheets.findings import Ticket
from db.sheets.memory import fingerprint
from db.sheets.template import FormKind, FormSheet, Template
from db.sheets.template_frame import FILLER, HEAD, OFFICE, PHONE, Frame
from db.sheets.template_read import read_template
from db.store.record import Record
from db.store.unit import Unit

PURPOSE = "form"
_LEAST_ALIKE = 0.5
_MONTH = re.compile(r"(?:20\d\d[年.\-]?)?(?<!\d)\d{1,2}月(?:份)?|20\d{2}[年.\-]?(?:0[1-9]|1[0-2])(?!\d)")
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_SEP = "\x1f"


@dataclass(frozen=True, slots=True)
class Remembered:
    """A form that was filled before, for the list: ``at`` is the day it was last answered, ``columns`` how many it asked for."""

    fingerprint: str
    name: str
    file: str
    at: date
    columns: int


@dataclass(frozen=True, slots=True)
class Opened:
    """A form on the table: the proposals of every sheet, and how it stands to the forms remembered.

    ``known``: this very layout was answered before. ``like`` names the earlier form it grew out of, ``gone`` are captions that one had.
    """

    template: Template
    proposals: tuple[tuple[Proposal, ...], ...]
    known: bool
    name: str
    like: str = ""
    gone: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class Filled:
    """What was written: the file, its SHA-256 in hex, what it was filled from, and the rows."""

    path: Path
    sha256: str
    counted: Count
    rows: int


def forms(unit: Unit) -> tuple[Remembered, ...]:
    """The forms filled before, the newest first."""
    return tuple(
        Remembered(m.fingerprint, m.name, str(m.answers.get("file", "")), m.at.date(), len(m.answers.get("paths", ())))
        for m in sheetmemory.all_of(unit, PURPOSE)
    )


def forget(unit: Unit, of: str) -> None:
    """Forget what was answered for a form."""
    sheetmemory.forget(unit, PURPOSE, of)


def read(record: Record, path: Path, ticket: Ticket) -> Opened:
    """Read a form from a file, beside the record: what is asked, what is proposed, what was answered before.

    Known with one sentence when the file is no form that can be read.
    """
    with record.read() as unit:
        places = (*names_on(unit, unit.today), town.town(unit).name)
    template = read_template(path, places, ticket)
    with record.read() as unit:
        return opened(unit, template)


def opened(unit: Unit, template: Template) -> Opened:
    """A form as it stands to what is remembered."""
    exact = sheetmemory.recall(unit, PURPOSE, fingerprint(template.paths))
    earlier = exact or _most_alike(unit, template)
    if exact is not None:
        template = _kinds_as(template, exact.answers.get("kinds", {}))
    proposals = tuple(propose(sheet) for sheet in template.sheets)
    if earlier is None:
        return Opened(template, proposals, False, Path(template.name).stem)
    made, gone = _carried(template, proposals, earlier)
    like = "" if exact else earlier.name
    return Opened(template, made, exact is not None, earlier.name if exact else Path(template.name).stem, like, gone)


def rekinded(found: Opened, place: int, kind: FormKind) -> Opened:
    """The form with one sheet (by its place among those read) taken for another kind, its columns proposed anew."""
    sheet = replace(found.template.sheets[place], kind=kind)
    sheets = tuple(sheet if n == place else one for n, one in enumerate(found.template.sheets))
    proposals = tuple(propose(sheet) if n == place else one for n, one in enumerate(found.proposals))
    return replace(found, template=replace(found.template, sheets=sheets), proposals=proposals)


def keep(unit: Unit, found: Opened, answers: Answers, name: str = "") -> None:
    """Remember what each column of a form stands for, with the captions it had."""
    template = found.template
    said = {
        _SEP.join(_full(template, sheet, slot.path)): answers.get((sheet.number, place), "")
        for sheet in template.sheets
        for place, slot in enumerate(sheet.slots)
        if not slot.formula
    }
    kept: dict[str, Any] = {
        "answers": said,
        "paths": [list(path) for path in template.paths],
        "file": template.name,
        "kinds": {sheet.name: sheet.kind.value for sheet in template.sheets},
    }
    sheetmemory.keep(unit, PURPOSE, fingerprint(template.paths), name or found.name, kept)


def frame_of(unit: Unit, month: date) -> Frame:
    """The lines around the table as they can be filled: the town, who fills it in. Who reviews signs by hand, so that stays blank."""
    place, options = town.town(unit), town.options(unit)
    words = {OFFICE: f"{place.name}人民政府", PHONE: options.office_phone, HEAD: ""}
    if unit.actor.role is Role.CLERK:
        words[FILLER] = unit.actor.name
    return Frame(words, month, unit.today)


def file_name(template: Template, month: date) -> str:
    """The template's name with the month in place of its own or in front: 2016年07月贫困户情况统计表.xlsx."""
    stem = _UNFIT.sub("", Path(template.name).stem)
    said = f"{month.year}年{month.month:02d}月"
    renamed, times = _MONTH.subn(said, stem, count=1)
    return f"{renamed if times else f'{said}{stem}'}.xlsx"


def fill(record: Record, template: Template, wanted: Plan, path: Path, ticket: Ticket) -> Filled:
    """Write the filled form to ``path`` and say so in the trail with its SHA-256 and counts.

    The record is only held while the finished file takes its name: either the file is there and the trail says so, or neither. Known:
    a name that is not .xlsx, disk full, folder read-only, file open elsewhere.
    """
    if path.suffix.lower() != ".xlsx":
        raise Known(f"“{path.name}”要存成 .xlsx。", "请换一个以 .xlsx 结尾的文件名。")
    with ExitStack() as held:
        digest = ""

        def seal(fresh: Path) -> None:
            nonlocal digest
            digest = sha256(fresh.read_bytes()).hexdigest()
            unit = held.enter_context(record.write())
            unit.trail(
                "填写县表", entity="form", form=template.name, sha256=digest, households=wanted.counted.households,
                persons=wanted.counted.persons, rows=wanted.fill.rows,
            )  # fmt: skip

        template_fill.write(template, wanted.fill, path, ticket, seal)
    return Filled(path, digest, wanted.counted, wanted.fill.rows)


def _kinds_as(template: Template, kinds: Mapping[str, str]) -> Template:
    """The form with its sheets taken for what the clerk took them for last time."""
    known = {kind.value: kind for kind in FormKind}
    sheets = (
        sheet
        if sheet.kind is FormKind.FIGURES or sheet.named
        else replace(sheet, kind=known.get(kinds.get(sheet.name, ""), sheet.kind))
        for sheet in template.sheets
    )
    return replace(template, sheets=tuple(sheets))


def _full(template: Template, sheet: FormSheet, path: tuple[str, ...]) -> tuple[str, ...]:
    return (sheet.name, *path) if len(template.sheets) > 1 else path


def _most_alike(unit: Unit, template: Template) -> sheetmemory.Memory | None:
    """The form remembered that shares most captions with this one, if it shares half of them; names of sheets may be others."""
    here = {fingerprint([path]) for sheet in template.sheets for path in sheet.paths}
    best: tuple[float, sheetmemory.Memory | None] = (0.0, None)
    for one in sheetmemory.all_of(unit, PURPOSE):
        there = {fingerprint([path]) for paths in _sheets_of(one).values() for path in paths}
        share = len(here & there) / max(1, len(here | there))
        if share > best[0]:
            best = (share, one)
    return best[1] if best[0] >= _LEAST_ALIKE else None


def _sheets_of(memory: sheetmemory.Memory) -> dict[str, list[tuple[str, ...]]]:
    """The captions a form remembered had, by the name of the sheet."""
    names = list(memory.answers.get("kinds", {}))
    paths = [tuple(path) for path in memory.answers.get("paths", ())]
    if len(names) < 2:
        return dict.fromkeys(names or [""], paths)
    return {name: [path[1:] for path in paths if path[0] == name] for name in names}


def _carried(
    template: Template, proposals: tuple[tuple[Proposal, ...], ...], earlier: sheetmemory.Memory
) -> tuple[tuple[tuple[Proposal, ...], ...], tuple[tuple[str, ...], ...]]:
    """Old answers carried over sheet by sheet; a sheet that nothing is left of is gone as a whole."""
    before = _sheets_of(earlier)
    answered = {tuple(key.split(_SEP)): str(said) for key, said in earlier.answers.get("answers", {}).items()}
    several = len(before) > 1
    left = dict(before)
    made: list[tuple[Proposal, ...]] = []
    gone: list[tuple[str, ...]] = []
    for found, name in zip(proposals, _partners(template, before), strict=True):
        own = left.pop(name, [])
        said = {path: key for path in own if (key := answered.get((name, *path) if several else path)) is not None}
        kept, lost = carried(found, said, own) if own else (tuple(replace(p, change="new") for p in found), ())
        made.append(kept)
        gone += lost
    return tuple(made), (*gone, *((f"工作表“{name.strip()}”",) for name in left))


def _partners(template: Template, before: Mapping[str, Sequence[tuple[str, ...]]]) -> list[str]:
    """For each sheet the name of the one remembered it grew out of: that of its name, else the most alike of the others (6月 is now
    7月); "" for a new one."""
    own = {sheet.name for sheet in template.sheets}
    free = {name: {fingerprint([path]) for path in paths} for name, paths in before.items() if name not in own}
    found = []
    for sheet in template.sheets:
        here = {fingerprint([path]) for path in sheet.paths}
        shares = {name: len(here & there) / max(1, len(here | there)) for name, there in free.items()}
        best = max(shares, key=lambda name: shares[name], default="")
        alike = sheet.name if sheet.name in before else best if shares.get(best, 0) >= _LEAST_ALIKE else ""
        free.pop(alike, None)
        found.append(alike)
    return found
