"""Rosters from the file into an encrypted record, against reading the same cells with python-calamine: the one of 华阳镇, and one of a
whole county's size."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from shutil import copyfile
from time import perf_counter

FOLDER = Path(__file__).parents[1] / "data" / "华阳镇"
ROSTER = FOLDER / "华阳镇2016年相对贫困户申报名册.xlsx"
HOUSEHOLDS = 552
LARGE = 6_289
WHOLE, READING, PREVIEW, APPLY = "import of the roster", "  reading + checks", "  preview", "  apply"


def large_roster(folder: Path) -> Path:
    """Where the large roster lies."""
    return folder / f"roster-{LARGE}.xlsx"


def prepare(folder: Path) -> None:
    """Write the large roster."""
    from tests.speed import villagelist

    villagelist.write(large_roster(folder))


def read_cells(path: Path = ROSTER) -> int:
    """The floor: every cell of every sheet as calamine gives it; how many rows there were."""
    from python_calamine import CalamineWorkbook

    book = CalamineWorkbook.from_filelike(io.BytesIO(path.read_bytes()))
    return sum(len(book.get_sheet_by_name(name).to_python(skip_empty_area=False)) for name in book.sheet_names)


class Taker:
    """Takes a roster into one fresh record after the other."""

    def __init__(self, folder: Path, households: int = HOUSEHOLDS) -> None:
        from tests.speed.town import GROUPS, PLACES, new_record

        self._households = households
        self.path = ROSTER if households == HOUSEHOLDS else large_roster(folder)
        answers = json.loads((FOLDER / "答案.json").read_text(encoding="utf-8"))
        self._villages = dict.fromkeys(answers["by_village"] if households == HOUSEHOLDS else PLACES, GROUPS)
        self._template = folder / f"empty-{households}.huk"
        if not self._template.exists():
            new_record(self._template, tuple(self._villages))
        self._fresh = self._records(folder)

    def take(self) -> dict[str, float]:
        """Seconds of the whole and of its parts; opening the record is not counted."""
        from db.services.sheets import imports
        from db.sheets.roster import read_roster
        from tests.speed.town import open_record

        with open_record(next(self._fresh)) as record:
            start = perf_counter()
            roster = read_roster(self.path, villages=self._villages)
            read = perf_counter()
            with record.read() as unit:
                shown = imports.preview(unit, roster, self.path.name)
            previewed = perf_counter()
            with record.write() as unit:
                imports.apply(unit, shown)
            end = perf_counter()
        assert len(roster.rows) == self._households
        return {WHOLE: end - start, READING: read - start, PREVIEW: previewed - read, APPLY: end - previewed}

    def _records(self, folder: Path) -> Iterator[Path]:
        for number in count():
            path = folder / f"taken-{self._households}-{number}.huk"
            for end in ("", ".keys"):
                copyfile(f"{self._template}{end}", f"{path}{end}")
            yield path


def measure(folder: Path, runs: int, households: int = HOUSEHOLDS) -> dict[str, dict[str, tuple[float, ...]]]:
    """Seconds of the import and its parts, in turn with the floor; the first of each is not counted."""
    taker = Taker(folder, households)
    taker.take(), read_cells(taker.path)
    ours: dict[str, list[float]] = {}
    floor = []
    for _ in range(runs):
        for part, length in taker.take().items():
            ours.setdefault(part, []).append(length)
        start = perf_counter()
        read_cells(taker.path)
        floor.append(perf_counter() - start)
    return {
        part: {"ours": tuple(lengths), "floor": tuple(floor) if part in (WHOLE, READING) else ()}
        for part, lengths in ours.items()
    }


def once(folder: Path, side: str, households: int = HOUSEHOLDS) -> dict[str, float]:
    """One import, or one reading of the cells, by a process that did nothing before; its seconds."""
    if side == "ours":
        return Taker(folder, households).take()
    path = ROSTER if households == HOUSEHOLDS else large_roster(folder)
    start = perf_counter()
    read_cells(path)
    return {WHOLE: perf_counter() - start}
