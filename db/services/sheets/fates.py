"""What becomes of one household of a roster: new, changed, in conflict with the record, same or faulty, and cell by cell what differs.

Every cell that differs stands plain (taken unless the clerk unticks it), in conflict (the record holds something newer; the clerk
decides) or locked (a later step has used it; it is shown with its sentence and cannot be taken).
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from db.rules.case import State
from db.rules.changes import people_problems
from db.rules.checks import Finding, check_household
from db.rules.values import Household
from db.services.cases import applications
from db.services.sheets.renewal import Change, Spot, bonded, same_person, taken
from db.sheets.drafts import DraftHousehold
from db.sheets.findings import SheetFinding

Fate = Literal["new", "changed", "conflict", "same", "faulty"]
FATES: tuple[Fate, ...] = ("new", "changed", "conflict", "same", "faulty")
FATE_WORDS: Mapping[Fate, str] = {
    "new": "新增", "changed": "有变动", "conflict": "有冲突", "same": "相同", "faulty": "有错，不录入",
}  # fmt: skip
Standing = Literal["plain", "conflict", "locked"]


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell in which the file differs from the record, where it stands in the file, and why it is not simply taken."""

    change: Change
    standing: Standing
    why: str
    sheet: str
    row: int
    column: str
    letter: str

    @property
    def place(self) -> str:
        """Where the clerk looks: K5; the row alone where the sheet has no such column."""
        return f"{self.letter}{self.row}" if self.letter else f"第{self.row}行"


@dataclass(frozen=True, slots=True)
class PreviewRow:
    """One household of the file and what will happen to it; ``household`` carries the record's id and version when there is one.

    ``stored`` is the record's household, ``cells`` what differs from it; ``draft`` is how the file states it.
    """

    fate: Fate
    household: Household
    sheet: str
    row: int
    findings: tuple[SheetFinding, ...]
    cells: tuple[Cell, ...] = ()
    stored: Household | None = None
    draft: DraftHousehold | None = None

    @property
    def changes(self) -> tuple[Change, ...]:
        """What differs, without where and why."""
        return tuple(cell.change for cell in self.cells)

    @property
    def key(self) -> tuple[str, int]:
        """The same household when the file is judged anew."""
        return self.sheet, self.row

    def open_cells(self, *standings: Standing) -> frozenset[int]:
        """The places of the cells that stand so; of all that can be taken when none is named."""
        wanted = standings or ("plain", "conflict")
        return frozenset(n for n, cell in enumerate(self.cells) if cell.standing in wanted)

    def bonded(self, places: Collection[int]) -> frozenset[int]:
        """These cells with all that is taken together with them, without the locked."""
        return bonded(self.changes, places) & self.open_cells()


@dataclass(frozen=True, slots=True)
class Scene:
    """What a household is judged against: whose the numbers are, and the day."""

    owners: Mapping[str, tuple[int, str]]
    states: Mapping[int, State]
    newer: Mapping[int, Mapping[Spot, str]]
    today: date


def usual(row: PreviewRow) -> frozenset[int] | None:
    """The cells ticked to begin with: all plain ones; None when nothing of the household is taken."""
    if row.fate == "new":
        return frozenset()
    plain = row.open_cells("plain")
    return plain if plain and row.fate in ("changed", "conflict") else None


def outcome(row: PreviewRow, places: Collection[int]) -> Household:
    """The household as it will be saved when these of its cells are taken."""
    if row.stored is None:
        return row.household
    return taken(row.stored, row.household, [row.cells[place].change for place in sorted(places)])


def obstacles(row: PreviewRow, places: Collection[int], today: date) -> tuple[str, ...]:
    """Why the household cannot be saved with just these cells."""
    return tuple(finding.text for finding in _against(row, places, today))


def _against(row: PreviewRow, places: Collection[int], today: date) -> list[Finding]:
    if row.stored is None or not places:
        return []
    return [f for f in check_household(outcome(row, places), today) if f.severity == "E"]


def judge(
    draft: DraftHousehold, stored: Household | None, merged: Household, changes: Sequence[Change], scene: Scene
) -> PreviewRow:
    """The fate of one household; ``merged`` and ``changes`` are its renewal where the record has it."""
    other = tuple(_taken_elsewhere(draft, stored, scene.owners))
    findings = (*draft.findings, *other, *_older_income(draft, stored))
    cells = tuple(_cells(draft, stored, merged, changes, scene)) if stored is not None else ()
    told = tuple(_told(draft, cell) for cell in cells if cell.standing != "plain")

    def made(fate: Fate, more: Sequence[SheetFinding] = ()) -> PreviewRow:
        return PreviewRow(fate, merged, draft.sheet, draft.row, (*findings, *more), cells, stored, draft)

    if draft.faulty or other:
        return made("faulty")
    if stored is None:
        return made("new")
    if not cells:
        return made("same")
    row = made("conflict" if told else "changed", told)
    against = _against(row, row.open_cells("plain"), scene.today)
    if against:
        return made("faulty", [_at_cell(draft, stored, merged, finding) for finding in against])
    return row


def _at_cell(draft: DraftHousehold, stored: Household, merged: Household, finding: Finding) -> SheetFinding:
    """A fault of the household as it would be saved, at its cell of the file where that has one."""
    member = finding.member
    spot = Spot("household", finding.field) if member is None else Spot("member", finding.field, member)
    sheet, row, column, letter = _place(draft, stored, merged, spot)
    return SheetFinding(sheet, row, column, draft.key, finding.text, "E", finding.rule, letter)


def _cells(
    draft: DraftHousehold, stored: Household, merged: Household, changes: Sequence[Change], scene: Scene
) -> Iterator[Cell]:
    state, newer = scene.states[stored.id or 0], scene.newer.get(stored.id or 0, {})
    whole = [p.text for p in people_problems(stored, merged)]
    known: dict[str, tuple[Standing, str]] = {}
    for place, change in enumerate(changes):
        bond = change.bond or str(place)
        if bond not in known:
            group = [changes[n] for n in sorted(bonded(changes, [place]))]
            known[bond] = _stands(_lock(stored, merged, group, state, whole), group, newer)
        standing, why = known[bond]
        yield Cell(change, standing, why, *_place(draft, stored, merged, change.spot))


def _stands(lock: str, group: Sequence[Change], newer: Mapping[Spot, str]) -> tuple[Standing, str]:
    """How cells that are taken together stand, and why: as the worst of them."""
    if lock:
        return "locked", lock
    why = next((newer[change.spot] for change in group if change.spot in newer), "")
    return ("conflict", why) if why else ("plain", "")


def _lock(stored: Household, merged: Household, group: Sequence[Change], state: State, people: Sequence[str]) -> str:
    """Why these cells can't be taken: people who come or go, and what later steps have used."""
    if any(change.spot.part == "people" for change in group):
        return "；".join(people)
    after = taken(stored, merged, group)
    found = people_problems(stored, after) or applications.locks(state, stored, after)
    return "；".join(problem.text for problem in found)


def _place(draft: DraftHousehold, stored: Household, merged: Household, spot: Spot) -> tuple[str, int, str, str]:
    """Sheet, row, caption and letter of a cell in the file."""
    if spot.part in ("household", "income") or spot.member < 0:
        column = draft.columns.get(spot.key, ("", ""))
        return (draft.sheet, draft.row, *column)
    member = stored.members[spot.member] if spot.part == "member" else merged.members[spot.member]
    twin = same_person(member, draft.household.members)
    at = next((n for n, one in enumerate(draft.household.members) if one is twin), -1)
    row = draft.member_rows[at] if 0 <= at < len(draft.member_rows) else draft.row
    return (draft.member_sheet, row, *draft.member_columns.get(spot.key, ("", "")))


def _told(draft: DraftHousehold, cell: Cell) -> SheetFinding:
    """W: a cell the record holds otherwise, with both sides."""
    change = cell.change
    text = f"{change.label}：档案是“{change.old or '空'}”，名册是“{change.new or '空'}”；{cell.why}"
    return SheetFinding(cell.sheet, cell.row, cell.column, draft.key, text, "W", letter=cell.letter)


def _older_income(draft: DraftHousehold, stored: Household | None) -> Iterator[SheetFinding]:
    mine, known = draft.household.income, stored.income if stored is not None else None
    if mine is not None and known is not None and mine.year < known.year:
        text = f"名册的收入是 {mine.year} 年的，档案里已有 {known.year} 年的，收入没有采用"
        column = draft.columns.get("wages", ("", ""))
        yield SheetFinding(draft.sheet, draft.row, column[0], draft.key, text, "I", letter=column[1])


def _taken_elsewhere(
    draft: DraftHousehold, stored: Household | None, owners: Mapping[str, tuple[int, str]]
) -> Iterator[SheetFinding]:
    """R03 E: a person whose number another household of the record has."""
    own = stored.id if stored else None
    for row, member in zip(draft.member_rows, draft.household.members, strict=False):
        owner = owners.get(member.id_number)
        if owner is not None and owner[0] != own:
            text = f"{member.name}的身份证号在档案里已属于{owner[1]}户，同一人不能在两户，请核对证件；该户换了户主、分了户或有人嫁来的，请在“人员变动”里办"
            caption, letter = draft.number_column
            yield SheetFinding(draft.member_sheet, row, caption, draft.key, text, "E", "R03", letter)
