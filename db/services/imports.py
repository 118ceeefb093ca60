"""Taking in a village roster: a preview that says new, changed, same or faulty, then all of it in one transaction.

The preview is made from a roster read once; nothing is written before the clerk says so, and what is written is exactly what the
preview showed (the record's trail head is compared).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from sqlalchemy import select

from db.errors import Refused
from db.rules.case import State
from db.rules.changes import people_problems
from db.rules.checks import check_household
from db.rules.values import Household
from db.schema.household import HouseholdRow, MemberRow
from db.schema.trail import Trail
from db.services import applications, cases, households
from db.services.bulk import among
from db.services.renewal import Change, differences, renewed
from db.sheets.drafts import DraftHousehold, Roster
from db.sheets.findings import SheetFinding
from db.store.unit import Unit

__all__ = [
    "FATES", "FATE_WORDS", "Change", "Fate", "Imported", "Preview", "PreviewRow", "apply", "differences", "faulty_rows", "preview",
    "summary",
]  # fmt: skip

Fate = Literal["new", "same", "changed", "faulty"]
FATES: tuple[Fate, ...] = ("new", "changed", "same", "faulty")
FATE_WORDS: Mapping[Fate, str] = {"new": "新增", "changed": "有变动", "same": "相同", "faulty": "有错，不录入"}


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One household of the file and what will happen to it; ``household`` carries the record's id and version when it changes one."""

    fate: Fate
    household: Household
    sheet: str
    row: int
    findings: tuple[SheetFinding, ...]
    changes: tuple[Change, ...] = ()


@dataclass(frozen=True, slots=True)
class Preview:
    """What taking in the file would do. ``findings`` are all findings of the file, loose ones too; ``seen`` tells that this very file
    was taken in before; ``head`` is the trail it was compared with."""

    sha256: str
    file_name: str
    rows: tuple[PreviewRow, ...]
    findings: tuple[SheetFinding, ...]
    seen: str
    head: int

    def count(self, fate: Fate) -> tuple[int, int]:
        """Households and persons of one fate."""
        of = [r for r in self.rows if r.fate == fate]
        return len(of), sum(r.household.size for r in of)


@dataclass(frozen=True, slots=True)
class Imported:
    """What was written, households and persons."""

    new: tuple[int, int]
    changed: tuple[int, int]
    same: tuple[int, int]
    faulty: tuple[int, int]
    household_ids: tuple[int, ...]


def preview(unit: Unit, roster: Roster, file_name: str = "") -> Preview:
    """Compare a roster with the record; five queries whatever its size."""
    known = _known_heads(unit, roster)
    stored = households.get_many(unit, known.values())
    owners = _owners(unit, roster)
    states = _states(unit, stored)
    rows = tuple(
        _row(draft, stored.get(known.get(draft.household.head_id, 0)), owners, states, unit.today)
        for draft in roster.rows
    )
    added = [f for row, draft in zip(rows, roster.rows, strict=True) for f in row.findings[len(draft.findings) :]]
    findings = (*roster.findings, *added)
    return Preview(roster.sha256, file_name, rows, findings, _seen(unit, roster.sha256), _head(unit))


def apply(unit: Unit, shown: Preview) -> Imported:
    """Write what the preview showed; all or nothing. Refused when the record changed since, or when nothing is to be written."""
    if _head(unit) != shown.head:
        raise Refused("预览之后档案有了新的改动，请重新预览再录入；本次没有写入任何内容")
    new = [r.household for r in shown.rows if r.fate == "new"]
    changed = [r.household for r in shown.rows if r.fate == "changed"]
    if not new and not changed:
        raise Refused("文件里没有可以录入的新户或变动，档案没有改动")
    ids = households.insert_many(unit, new, shown.sha256) if new else ()
    if ids:
        days = [(i, h.applied_on or unit.today) for i, h in zip(ids, new, strict=True)]
        applications.open_cases(unit, days, bulk=True, reason="名册录入")
    for household in changed:
        applications.change(unit, household)
    result = Imported(shown.count("new"), shown.count("changed"), shown.count("same"), shown.count("faulty"), ids)
    unit.trail(
        "名册录入", entity="import", file_sha256=shown.sha256, new=len(new), persons=result.new[1], changed=len(changed),
        same=result.same[0], faulty=result.faulty[0],
    )  # fmt: skip
    return result


def _states(unit: Unit, stored: Mapping[int, Household]) -> dict[int, State]:
    case_ids = cases.case_of(unit, stored)
    states = cases.states(unit, list(case_ids.values()))
    return {household_id: states[case_id] for household_id, case_id in case_ids.items()}


def _row(
    draft: DraftHousehold,
    stored: Household | None,
    owners: Mapping[str, tuple[int, str]],
    states: Mapping[int, State],
    today: date,
) -> PreviewRow:
    findings = (*draft.findings, *_taken(draft, stored, owners))
    merged = draft.household if stored is None else renewed(draft.household, stored)
    if draft.faulty or len(findings) > len(draft.findings):
        return PreviewRow("faulty", merged, draft.sheet, draft.row, findings)
    if stored is None:
        return PreviewRow("new", merged, draft.sheet, draft.row, findings)
    changes = tuple(differences(stored, merged))
    why = _kept_from_saving(stored, merged, states[stored.id or 0], today) if changes else []
    if why:
        told = tuple(SheetFinding(draft.sheet, draft.row, "", draft.key, text, "E") for text in why)
        return PreviewRow("faulty", merged, draft.sheet, draft.row, (*findings, *told), changes)
    return PreviewRow("changed" if changes else "same", merged, draft.sheet, draft.row, findings, changes)


def _kept_from_saving(stored: Household, merged: Household, state: State, today: date) -> list[str]:
    """Why a change cannot be saved: people who come or go (they go through 人员变动), what later steps lock, and what the record's own words and today's date do to it."""
    people = [p.text for p in people_problems(stored, merged)]
    locked = people or [p.text for p in applications.locks(state, stored, merged)]
    return locked or [f.text for f in check_household(merged, today) if f.severity == "E"]


def _taken(
    draft: DraftHousehold, stored: Household | None, owners: Mapping[str, tuple[int, str]]
) -> list[SheetFinding]:
    own = stored.id if stored else None
    found = []
    for row, member in zip(draft.member_rows, draft.household.members, strict=False):
        owner = owners.get(member.id_number)
        if owner is not None and owner[0] != own:
            text = f"{member.name}的身份证号在档案里已属于{owner[1]}户，同一人不能在两户，请核对证件；该户换了户主、分了户或有人嫁来的，请在“人员变动”里办"
            caption, letter = draft.number_column
            found.append(SheetFinding(draft.member_sheet, row, caption, draft.key, text, "E", "R03", letter))
    return found


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


def _seen(unit: Unit, sha256: str) -> str:
    query = (
        select(Trail.at).where(Trail.action == "名册录入", Trail.payload.contains(sha256)).order_by(Trail.seq.desc())
    )
    at = unit.session.scalars(query).first()
    return f"这份文件已于 {at:%Y-%m-%d %H:%M} 录入过" if at else ""


def _head(unit: Unit) -> int:
    return unit.session.scalar(select(Trail.seq).order_by(Trail.seq.desc()).limit(1)) or 0


def summary(shown: Preview) -> dict[str, object]:
    """The preview as the one JSON object that ``python -m db import --json`` prints."""
    counts = {
        unit_name: {fate: shown.count(fate)[position] for fate in FATES}
        for position, unit_name in enumerate(("households", "persons"))
    }
    return {"counts": counts, "findings": [_plain(f) for f in shown.findings]}


def _plain(finding: SheetFinding) -> dict[str, object]:
    keys = ("sheet", "row", "column", "key", "text", "severity")
    return {key: getattr(finding, key) for key in keys}


def faulty_rows(shown: Preview) -> Sequence[PreviewRow]:
    """The households kept out, to be mended in the file or typed in the window."""
    return [r for r in shown.rows if r.fate == "faulty"]
