"""Taking in a village roster: a preview that says household by household and cell by cell what would happen, then all of it at once.

The preview is made from a roster read once; nothing is written before the clerk says so, and what is written is exactly what the
preview showed and the clerk ticked (the record's trail head is compared).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select

from db.errors import Refused
from db.rules.case import State
from db.rules.values import Household
from db.schema.household import HouseholdRow, MemberRow
from db.schema.trail import Trail
from db.services.bulk import among
from db.services.cases import applications, cases
from db.services.register import households
from db.services.sheets import runs as import_runs
from db.services.sheets.fates import (
    FATE_WORDS,
    FATES,
    Cell,
    Fate,
    PreviewRow,
    Scene,
    Standing,
    judge,
    obstacles,
    outcome,
    usual,
)
from db.services.sheets.newer import newer
from db.services.sheets.renewal import Change, differences, renewed
from db.services.sheets.runs import Wrote
from db.sheets.drafts import Roster
from db.sheets.findings import SheetFinding, Ticket
from db.sheets.mending import Mend
from db.store.unit import Unit

__all__ = [
    "FATES", "FATE_WORDS", "Cell", "Change", "Chosen", "Fate", "Imported", "Mend", "Preview", "PreviewRow", "Standing", "apply", "differences",
    "faulty_rows", "obstacles", "outcome", "preview", "summary", "ticked", "usual",
]  # fmt: skip

Chosen = Mapping[int, frozenset[int]]
"""What the clerk ticked: place of a household in the preview to the places of its cells; a new household has none and comes whole."""
_NAMED = 20
_UNITS = ("households", "persons")


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in the file would do. ``findings`` are all findings of the file, loose ones too; ``seen`` tells that this file, or its
    content under another name, was taken in before; ``mends`` are the cells mended in the preview; ``head`` is the trail it was
    compared with."""

    sha256: str
    file_name: str
    rows: tuple[PreviewRow, ...]
    findings: tuple[SheetFinding, ...]
    seen: str
    head: int
    mends: tuple[Mend, ...] = ()

    def count(self, fate: Fate) -> tuple[int, int]:
        """Households and persons of one fate."""
        return _both([r for r in self.rows if r.fate == fate])


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written and what was not, households and persons; ``left`` were sound and left out by the clerk, ``conflict`` kept a
    cell of the record's. ``run_id`` names it for undoing."""

    new: tuple[int, int]
    changed: tuple[int, int]
    same: tuple[int, int]
    faulty: tuple[int, int]
    household_ids: tuple[int, ...]
    left: tuple[int, int] = (0, 0)
    conflict: tuple[int, int] = (0, 0)
    run_id: int = 0


def preview(unit: Unit, roster: Roster, file_name: str = "", mends: Sequence[Mend] = ()) -> Preview:
    """Compare a roster with the record; ten queries whatever its size. ``mends`` are those the roster was read with."""
    known = _known_heads(unit, roster)
    stored = households.get_many(unit, known.values())
    found = [stored.get(known.get(draft.household.head_id, 0)) for draft in roster.rows]
    merged = [
        d.household if old is None else renewed(d.household, old) for d, old in zip(roster.rows, found, strict=True)
    ]
    changes = [[] if old is None else differences(old, new) for old, new in zip(found, merged, strict=True)]
    differing = {
        old.id: (old, own) for old, own in zip(found, changes, strict=True) if old is not None and old.id and own
    }
    scene = Scene(_owners(unit, roster), states_of(unit, stored), newer(unit, differing, roster.as_of), unit.today)
    rows = tuple(
        judge(draft, old, new, own, scene)
        for draft, old, new, own in zip(roster.rows, found, merged, changes, strict=True)
    )
    added = [f for row, draft in zip(rows, roster.rows, strict=True) for f in row.findings[len(draft.findings) :]]
    seen = _seen(unit, roster.sha256, rows)
    return Preview(roster.sha256, file_name, rows, (*roster.findings, *added), seen, head(unit), tuple(mends))


def ticked(shown: Preview) -> dict[int, frozenset[int]]:
    """What is ticked to begin with: new households and plain changes; what is in conflict is not."""
    found = ((place, usual(row)) for place, row in enumerate(shown.rows))
    return {place: cells for place, cells in found if cells is not None}


def apply(unit: Unit, shown: Preview, chosen: Chosen | None = None, ticket: Ticket | None = None) -> Imported:
    """Write what the preview showed and ``chosen`` ticks (by default `ticked`); all or nothing.

    Refused when the record changed since, when nothing is to be written, or with the households that cannot be saved so.
    """
    if head(unit) != shown.head:
        raise Refused("预览之后档案有了新的改动，请重新预览再录入；本次没有写入任何内容")
    wanted = ticked(shown) if chosen is None else dict(chosen)
    rows = {place: row for place, row in enumerate(shown.rows) if place in wanted and row.fate != "faulty"}
    new = {p: row for p, row in rows.items() if row.stored is None}
    changed = {p: row for p, row in rows.items() if row.stored is not None and wanted[p] & row.open_cells()}
    if not new and not changed:
        raise Refused("文件里没有可以录入的新户或变动，档案没有改动")
    wrote = [*_insert(unit, list(new.values()), shown.sha256, ticket), *_change(unit, changed, wanted, ticket)]
    done = _done(shown, new, changed, wanted, wrote)
    run_id = _keep(unit, shown, done, wrote)
    if ticket:
        ticket.check()  # the last moment at which nothing need have been written
    return replace(done, run_id=run_id)


def _insert(unit: Unit, rows: Sequence[PreviewRow], sha256: str, ticket: Ticket | None) -> list[Wrote]:
    if not rows:
        return []
    ids = households.insert_many(unit, [row.household for row in rows], sha256)
    if ticket:
        ticket.check()
    days = [(i, row.household.applied_on or unit.today) for i, row in zip(ids, rows, strict=True)]
    applications.open_cases(unit, days, bulk=True, reason="名册录入")
    return [Wrote(i, 0, 1) for i in ids]


def _change(unit: Unit, rows: Mapping[int, PreviewRow], wanted: Chosen, ticket: Ticket | None) -> list[Wrote]:
    homes = [outcome(row, row.bonded(wanted[place])) for place, row in rows.items()]
    if homes:
        applications.change_many(unit, homes, ticket)
    return [Wrote(home.id or 0, home.version, home.version + 1) for home in homes]


def _done(
    shown: Preview,
    new: Mapping[int, PreviewRow],
    changed: Mapping[int, PreviewRow],
    wanted: Chosen,
    wrote: Sequence[Wrote],
) -> Imported:
    rows = list(enumerate(shown.rows))
    left = [row for p, row in rows if row.fate in ("new", "changed") and p not in new and p not in changed]
    kept = [row for p, row in rows if row.fate == "conflict" and len(wanted.get(p, ())) < len(row.cells)]
    return Imported(
        new=_both(list(new.values())),
        changed=_both(list(changed.values())),
        same=shown.count("same"),
        faulty=shown.count("faulty"),
        household_ids=tuple(w.household_id for w in wrote if not w.before),
        left=_both(left),
        conflict=_both(kept),
    )


def _keep(unit: Unit, shown: Preview, done: Imported, wrote: Sequence[Wrote]) -> int:
    """Keep the run, so that it can be undone, and its line in the trail; where cells were mended the places are kept, not the words."""
    counts = {key: getattr(done, key) for key in ("new", "changed", "same", "faulty", "left", "conflict")}
    content = import_runs.content_of(row.draft.household for row in shown.rows if row.draft is not None)
    facts = {**counts, "content": content, "mended": len(shown.mends), "places": [mend.place for mend in shown.mends]}
    run_id = import_runs.keep(unit, shown.file_name, shown.sha256, facts, wrote)
    places = "、".join(mend.place for mend in shown.mends[:_NAMED])
    more = {"mended_at": places} if places else {}
    unit.trail(
        "名册录入", entity="import", entity_id=run_id, file_sha256=shown.sha256, new=done.new[0], persons=done.new[1],
        changed=done.changed[0], same=done.same[0], faulty=done.faulty[0], conflict=done.conflict[0], **more,
    )  # fmt: skip
    return run_id


def states_of(unit: Unit, stored: Mapping[int, Household]) -> dict[int, State]:
    """The state of the case shown for each of these households."""
    case_ids = cases.case_of(unit, stored)
    states = cases.states(unit, list(case_ids.values()))
    return {household_id: states[case_id] for household_id, case_id in case_ids.items()}


def _known_heads(unit: Unit, roster: Roster) -> dict[str, int]:
    heads = [d.household.head_id for d in roster.rows if d.household.head_id]
    query = select(HouseholdRow.head_id, HouseholdRow.id).where(
        HouseholdRow.live, among(HouseholdRow.head_id.expression, heads)
    )
    return {row.head_id: row.id for row in unit.session.execute(query)}


def _owners(unit: Unit, roster: Roster) -> dict[str, tuple[int, str]]:
    numbers = [m.id_number for d in roster.rows for m in d.household.members if m.id_number]
    query = (
        select(MemberRow.id_number, HouseholdRow.id, HouseholdRow.head_name)
        .join(HouseholdRow, HouseholdRow.id == MemberRow.household_id)
        .where(MemberRow.live, among(MemberRow.id_number.expression, numbers))
    )
    return {number: (household_id, head) for number, household_id, head in unit.session.execute(query)}


def _seen(unit: Unit, sha256: str, rows: Sequence[PreviewRow]) -> str:
    """When and by whom the file was taken in before; of one whose households are all in the record already, under what name."""
    told = import_runs.seen(unit, sha256)
    if told or not rows or any(row.fate != "same" for row in rows):
        return told
    content = import_runs.content_of(row.draft.household for row in rows if row.draft is not None)
    return import_runs.same_content(unit, sha256, content) or f"这份文件里的 {len(rows):,} 户与档案完全相同"


def head(unit: Unit) -> int:
    """The newest line of the trail: what a preview was compared with."""
    return unit.session.scalar(select(Trail.seq).order_by(Trail.seq.desc()).limit(1)) or 0


def _both(rows: Sequence[PreviewRow]) -> tuple[int, int]:
    return len(rows), sum(row.household.size for row in rows)


def summary(shown: Preview) -> dict[str, object]:
    """The preview as the one JSON object that ``python -m db import --json`` prints.

    ``counts`` of households and persons by fate, ``findings``, ``conflict`` counted alike with its ``cells`` and both sides, ``seen`` and
    how many households are ``taken`` unless somebody ticks otherwise.
    """
    counts = {
        unit_name: {fate: shown.count(fate)[position] for fate in FATES if fate != "conflict"}
        for position, unit_name in enumerate(_UNITS)
    }
    cells = [(row, cell) for row in shown.rows for cell in row.cells if cell.standing != "plain"]
    conflict = dict(zip(_UNITS, shown.count("conflict"), strict=True))
    return {
        "counts": counts,
        "findings": [_plain(f) for f in shown.findings],
        "conflict": {**conflict, "cells": [_both_sides(row, cell) for row, cell in cells]},
        "seen": shown.seen,
        "taken": len(ticked(shown)),
    }


def _plain(finding: SheetFinding) -> dict[str, object]:
    keys = ("sheet", "row", "column", "key", "text", "severity")
    return {key: getattr(finding, key) for key in keys}


def _both_sides(row: PreviewRow, cell: Cell) -> dict[str, object]:
    change, key = cell.change, row.draft.key if row.draft is not None else ""
    said = {"sheet": cell.sheet, "row": cell.row, "column": cell.column, "key": key, "label": change.label}
    return {**said, "record": change.old, "file": change.new, "locked": cell.standing == "locked", "why": cell.why}


def faulty_rows(shown: Preview) -> Sequence[PreviewRow]:
    """The households kept out, to be mended in the file or typed in the window."""
    return [r for r in shown.rows if r.fate == "faulty"]
