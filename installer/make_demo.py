"""Makes the demo town 太平镇: three workbooks as villages hand them in, and the truth about what was planted in them.

``python -m installer.make_demo`` writes ``resources/demo`` and ``tests/data/demo.json``. The draw is seeded, so the same program
gives the same town; nothing in it is taken from a real person.
"""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

from installer.demo import books, faults, visits
from installer.demo.assemblies import PASSED, Assemblies, Meeting
from installer.demo.circumstances import Circumstances
from installer.demo.families import Families, Family
from installer.demo.faults import Faults, Mess, Roster
from installer.demo.people import Registry
from installer.demo.picking import Picker
from installer.demo.rows import HOUSEHOLD_START, Row
from installer.demo.town import AS_OF, GROUPS, SEED, TOWN, VILLAGES
from installer.demo.visits import FITS, Planted, Visits

ROOT = Path(__file__).resolve().parents[1]
FOLDER = ROOT / "resources" / "demo"
TRUTH = ROOT / "tests" / "data" / "demo.json"
ROSTER_FILE = f"{TOWN}2016年相对贫困户申报名册.xlsx"
VISITS_FILE = f"{TOWN}入户核实结果.xlsx"
VOTES_FILE = f"{TOWN}民主评议结果.xlsx"
_NAMESAKES = ("南夏村", "第二组")
_OVER_LINE = (5280, 5060, 4710, 4470)


class Demo:
    """The whole town, drawn once on construction."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = Random(seed)
        self._registry = Registry(self._random)
        self._draw_families()
        picker = Picker(self._random, self.families)
        for family in self.namesakes:
            picker.reserve(family)
        self._plant_incomes(picker)
        self.planted: Planted = visits.plant(picker)
        self.planted.over_line = self.over_line
        self.miscounted = picker.take()
        self.roster = Roster.of(self.families)
        Faults(self._random, picker, self.roster).plant()
        Mess(self._random, picker, self.roster).spread()
        self._sure = {id(f) for f in self.families if not picker.is_free(f)}
        self._visit()
        self._assemble()

    def of_village(self, village: str) -> list[Family]:
        """The families of one village in the roster's order."""
        return [f for f in self.families if f.village == village]

    def write(self, folder: Path) -> None:
        """The three workbooks."""
        folder.mkdir(parents=True, exist_ok=True)
        books.save(books.roster_book(self.roster), folder / ROSTER_FILE)
        books.save(books.visit_book(self.visits), folder / VISITS_FILE)
        books.save(books.vote_book(self.meetings), folder / VOTES_FILE)

    def truth(self) -> dict[str, Any]:
        """What was planted where, and the counts to be reached; rows are Excel's."""
        return {
            "town": f"广东省/湛江市/麻章区/{TOWN}",
            "as_of": AS_OF.isoformat(),
            "households": len(self.families),
            "people": sum(f.size for f in self.families),
            "data_rows": [HOUSEHOLD_START, HOUSEHOLD_START + len(self.families) - 1],
            "by_village": {v: [len(self.of_village(v)), sum(f.size for f in self.of_village(v))] for v in VILLAGES},
            "faults": self.roster.faults,
            "counterparts": self.roster.counterparts,
            "harmless": self.roster.mess,
            "over_line": [{**_who(f), "per_head": str(f.income["per_head"])} for f in self.over_line],
            "ambiguous": [_who(f) for f in self.namesakes],
            "visits": self.planted.told,
            "votes": [{**_who(self.miscounted), "kind": "票数之和不等于实到"}],
            "appraisal": {m.village: _meeting(m) for m in self.meetings},
            "cards_between": self._cards(),
        }

    def _draw_families(self) -> None:
        drawn = Families(self._random, self._registry)
        self.namesakes = drawn.namesakes(*_NAMESAKES)
        self.families: list[Family] = []
        for village, count in VILLAGES.items():
            here = list(self.namesakes) if village == _NAMESAKES[0] else []
            groups = self._random.choices(GROUPS, k=count - len(here))
            here += [drawn.draw(village, group) for group in groups]
            self.families += sorted(here, key=lambda f: GROUPS.index(f.group))
        self._circumstances = Circumstances(self._random, self._registry)
        for family in self.families:
            self._circumstances.settle(family)

    def _plant_incomes(self, picker: Picker) -> None:
        self.over_line = [picker.take(lambda f: f.able > 0 and f.attribute == "一般贫困户") for _ in _OVER_LINE]
        for family, per_head in zip(self.over_line, _OVER_LINE, strict=True):
            self._circumstances.earn(family, per_head)

    def _visit(self) -> None:
        writer = Visits(self._random, self._registry, self.planted)
        self.visits: dict[str, list[Row]] = {v: writer.sheet(self.of_village(v)) for v in VILLAGES}

    def _assemble(self) -> None:
        holder = Assemblies(self._random, self._registry, self.namesakes[0], self.miscounted, self._sure)
        self.meetings = [holder.hold(v, self.of_village(v)) for v in VILLAGES]

    def _cards(self) -> list[int]:
        """Fewest cards: everything faulty, asked or stopped stays out; most: all that can be mended or decided is."""
        voted = {
            id(f): row[7] for m in self.meetings for f, row in zip(self.of_village(m.village), m.rows, strict=True)
        }
        passed = [f for f in self.families if voted[id(f)] == PASSED]
        most = [f for f in passed if self.planted.verdict(f) != visits.UNFIT]
        out = self.roster.faulty | set(self.planted.bars) | {id(f) for f in (*self.namesakes, self.miscounted)}
        least = [f for f in most if self.planted.verdict(f) == FITS and id(f) not in out]
        return [len(least), len(most)]


def _who(family: Family) -> faults.Entry:
    return {"village": family.village, "group": family.group, "head": family.head.name, "size": family.size}


def _meeting(meeting: Meeting) -> dict[str, str | int]:
    return {"date": meeting.day.isoformat(), "due": meeting.due, "present": meeting.present, "passed": meeting.passed}


if __name__ == "__main__":
    demo = Demo()
    demo.write(FOLDER)
    TRUTH.parent.mkdir(parents=True, exist_ok=True)
    TRUTH.write_text(json.dumps(demo.truth(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
