"""一户一档: the whole file of one household, or of many, read from the record: papers in archive order, scans, what is missing.

A fixed number of queries for the households and a few for each paper they share; the bytes of photos are fetched when they are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial

from db.errors import Refused
from db.papers.dossier import DossierFacts, Enclosure, Entry, Missing, pictured
from db.papers.model import Picture
from db.papers.wording import listed, short_day
from db.rules.case import latest
from db.rules.codes import EvidenceKind
from db.rules.procedure import IDENTIFICATION, Step
from db.services.deciding import files
from db.services.deciding.files import CaseFile
from db.services.evidence import shortfall
from db.services.evidence.scans import Scan
from db.services.papers.dossierparts import PARTS, Part, Shelf, lacking
from db.store.unit import Unit

PHOTOS = frozenset(
    {
        EvidenceKind.HOUSE_OUTSIDE,
        EvidenceKind.HOUSE_INSIDE,
        EvidenceKind.VISIT_PHOTO,
        EvidenceKind.MEETING_PHOTO,
        EvidenceKind.ANNOUNCEMENT,
        EvidenceKind.OTHER,
    }
)
"""Taken of things: two in a row. All others are scans of papers and get a page each."""


def household_dossier(
    unit: Unit, household_id: int, missing: Mapping[int, Sequence[Missing]] | None = None
) -> DossierFacts:
    """The file of one household. ``missing`` by household takes the place of what the meter finds. Refused when there is none."""
    return dossiers(unit, [household_id], missing)[0]


def dossiers(
    unit: Unit, household_ids: Sequence[int], missing: Mapping[int, Sequence[Missing]] | None = None
) -> tuple[DossierFacts, ...]:
    """The files of many households in the order given; Refused when one of them is gone."""
    found = files.open_files(unit, household_ids, IDENTIFICATION)
    if not found or any(one not in found for one in household_ids):
        raise Refused("档案里没有这一户，可能已被删除，请刷新列表")
    shelf = Shelf(unit, list(found.values()))
    lacks = _metered(unit, household_ids) if missing is None else missing
    return tuple(_dossier(shelf, found[one], lacks.get(one, ())) for one in household_ids)


def _metered(unit: Unit, household_ids: Sequence[int]) -> dict[int, list[Missing]]:
    """The photos and scans each file lacks."""
    found = shortfall.meter(unit, household_ids=household_ids)
    return {i: [Missing(m.text, m.step.label, m.remedy) for m in found.missing_of(i)] for i in household_ids}


def _dossier(shelf: Shelf, file: CaseFile, more: Sequence[Missing]) -> DossierFacts:
    home, named = file.household, shelf.named
    entries: list[Entry] = []
    lacks: list[Missing] = []
    for part in PARTS:
        made = list(_entries(shelf, file, part))
        entries += made
        if not made and part.remedy and file.state.reached(part.step):
            lacks.append(Missing(part.title, part.step.label, part.remedy))
    return DossierFacts(
        county=named.county,
        town=named.name,
        village=home.village,
        group=home.group,
        head_name=home.head_name,
        number=file.number,
        size=home.size or 0,
        attribute=home.attribute.label if home.attribute else "",
        year=(home.applied_on or shelf.unit.today).year,
        entries=tuple(entries),
        missing=tuple(sorted((*lacks, *lacking(shelf, file), *more), key=_place_in_file)),
        made_on=shelf.unit.today,
        filler=shelf.unit.actor.name,
    )


_ORDER = {step.label: n for n, step in enumerate(Step)}


def _place_in_file(missing: Missing) -> int:
    return _ORDER.get(missing.step, len(_ORDER))


def _entries(shelf: Shelf, file: CaseFile, part: Part) -> Iterator[Entry]:
    """The papers of a part, then the scans that lie behind them."""
    for sheet in part.make(shelf, file):
        yield Entry(sheet.title or part.title, sheet.on, (sheet.paper,), sheet.remark)
    hung = [scan for scan in shelf.scans.get(file.household.id or 0, ()) if scan.kind in part.kinds]
    event = latest(file.events, part.batch) if part.batch is not None else None
    if event is not None and event.batch_id is not None:
        hung += [scan for scan in shelf.batch_scans.get(event.batch_id, ()) if scan.kind in part.shared]
    photos = [scan for scan in hung if scan.kind in PHOTOS]
    if photos:
        yield _scanned(shelf, photos, whole=False)
    for kind in dict.fromkeys(scan.kind for scan in hung if scan.kind not in PHOTOS):
        yield _scanned(shelf, [scan for scan in hung if scan.kind is kind], whole=True)


def _scanned(shelf: Shelf, hung: Sequence[Scan], *, whole: bool) -> Entry:
    title = listed(dict.fromkeys(scan.kind.label for scan in hung))
    shown = [scan for scan in hung if not scan.is_pdf]
    enclosed = tuple(Enclosure(scan.sha, scan.name) for scan in hung if scan.is_pdf)
    days = [scan.taken_on for scan in hung if scan.taken_on is not None]
    key = (title, tuple(scan.sha for scan in shown))
    papers = (shelf.once("scans", key, partial(pictured, title, _pictures(shown), whole=whole)),) if shown else ()
    return Entry(title, min(days, default=None), papers, f"{len(shown)}张" if shown else "", enclosed)


def _pictures(shown: Sequence[Scan]) -> list[Picture]:
    return [Picture(_caption(scan), sha=scan.sha) for scan in shown]


def _caption(scan: Scan) -> str:
    taken = short_day(scan.taken_on, "")
    return "　".join(filter(None, (scan.kind.label, scan.place, taken, scan.note)))
