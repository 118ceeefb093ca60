"""Which rows that follow each other are one household, by what is filled in on them and not by names."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.rules.codes import Relation
from db.sheets.body import Body
from db.sheets.cells import Line
from db.sheets.layouts.roster import OFTEN_A_MEMBERS

_MOST = 1.25
_LEAST = 0.5
_SHARE = 0.4
_USUAL = 0.6


class Runs:
    """``own`` are the household's columns each row fills in itself, ``held`` the numbers of rows that are merged into the row above."""

    def __init__(
        self, own: Sequence[set[str]], persons: Sequence[Line], homes: Sequence[Line],
        held: frozenset[int], body: Body,
    ) -> None:  # fmt: skip
        self._own, self._persons, self._homes, self._held = own, persons, homes, held
        self._heads = [line.values.get("relation") is Relation.HEAD for line in persons]
        marks = [row for row, _ in body.marks]
        before = [0, *(line.row for line in persons)]
        self._marked = [
            any(earlier < mark < line.row for mark in marks) for earlier, line in zip(before, persons, strict=False)
        ]
        self._gaps = [line.row in body.gaps for line in persons]
        self._telling = self._columns()
        parted = [gap for gap, head in zip(self._gaps[1:], self._heads[1:], strict=True) if head]
        self._by_gaps = bool(parted) and sum(parted) >= _USUAL * len(parted)

    def split(self) -> list[tuple[int, ...]]:
        """The places of the rows of each household, in the order of the sheet."""
        runs: list[list[int]] = []
        for at in range(len(self._persons)):
            if not runs or self._begins(at, runs[-1]):
                runs.append([])
            runs[-1].append(at)
        return [tuple(run) for run in runs]

    def _columns(self) -> frozenset[str]:
        """The household's columns that are filled in about as often as there are heads: these begin a household."""
        counts: dict[str, int] = {}
        for own in self._own:
            for key in own - OFTEN_A_MEMBERS:
                counts[key] = counts.get(key, 0) + 1
        heads = sum(self._heads) or max(counts.values(), default=0)
        if heads == 0:
            return frozenset()
        return frozenset(key for key, count in counts.items() if _LEAST * heads <= count <= _MOST * heads + 1)

    def _begins(self, at: int, run: Sequence[int]) -> bool:
        if self._marked[at]:
            return True
        if self._persons[at].row in self._held:
            return False
        told = len(self._own[at] & self._telling)
        if told and told >= min(max(2, _SHARE * len(self._telling)), len(self._telling)):
            return True
        if self._heads[at]:
            return not self._telling or told > 0 or self._gaps[at]
        if not self._telling:
            return self._changed(at, run[0])
        return self._gaps[at] and self._by_gaps

    def _changed(self, at: int, first: int) -> bool:
        """Where the household stands on every row: whether most of it is another's."""
        pairs = list(self._compared(at, first))
        return len(pairs) > 1 and 2 * sum(one != other for one, other in pairs) > len(pairs)

    def _compared(self, at: int, first: int) -> Iterator[tuple[object, object]]:
        here, there = self._homes[at], self._homes[first]
        yield from ((one, other) for one, other in zip(here.raw, there.raw, strict=True) if one != "" and other != "")
