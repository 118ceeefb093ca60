"""What the clerk has decided in a preview: which households and which cells are ticked, which cells of the file were mended.

It holds no widget, so that the table, the side and the button all ask one place.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable

from db.services.sheets import imports
from db.services.sheets.imports import Mend, Preview, PreviewRow

Count = tuple[int, int]
ALL, SOME, NONE = "☑", "◩", "☐"
BARRED = ""


class Picks:
    """The ticks over one preview; ``renew`` carries them over to the same file judged anew."""

    def __init__(self, shown: Preview) -> None:
        self.shown = shown
        self.mends: tuple[Mend, ...] = shown.mends
        self.typed: set[tuple[str, int]] = set()
        self._places = {row.key: place for place, row in enumerate(shown.rows)}
        self._chosen: dict[int, frozenset[int]] = imports.ticked(shown)

    def renew(self, shown: Preview) -> None:
        """Take the file judged anew; where a household stands as it did, so do its ticks."""
        before, chosen, places = self.shown, self._chosen, self._places
        self.shown = shown
        self._places = {row.key: place for place, row in enumerate(shown.rows)}
        self._chosen = imports.ticked(shown)
        for place, row in enumerate(shown.rows):
            old = places.get(row.key)
            if old is not None and _alike(before.rows[old], row):
                self._chosen.pop(place, None)
                if old in chosen:
                    self._chosen[place] = chosen[old]

    def place_of(self, row: PreviewRow) -> int:
        """Where a household stands in the preview."""
        return self._places[row.key]

    def chosen(self) -> dict[int, frozenset[int]]:
        """What is to be written, as `imports.apply` takes it."""
        return dict(self._chosen)

    def cells(self, place: int) -> frozenset[int]:
        """The ticked cells of a household."""
        return self._chosen.get(place, frozenset())

    def mark(self, place: int) -> str:
        """The tick of a household: all of it, some, none; blank where nothing can be ticked."""
        row = self.shown.rows[place]
        if not self._tickable(row):
            return BARRED
        if place not in self._chosen:
            return NONE
        return ALL if row.stored is None or self.cells(place) == row.open_cells() else SOME

    def toggle(self, places: Iterable[int]) -> None:
        """Turn households: on when any of them is off, else off. On takes a household's plain changes, and its conflicts only where
        it has nothing else."""
        free = [place for place in places if self._tickable(self.shown.rows[place])]
        on = any(place not in self._chosen for place in free)
        for place in free:
            row = self.shown.rows[place]
            if not on:
                self._chosen.pop(place, None)
            elif place not in self._chosen:
                self._chosen[place] = row.open_cells("plain") or row.open_cells()

    def set_cells(self, place: int, cells: Collection[int]) -> None:
        """Tick just these cells of a household, with what belongs to them; without any it is not written."""
        row = self.shown.rows[place]
        before = self.cells(place)
        on, off = row.bonded(set(cells) - before), row.bonded(before - set(cells))
        now = (before | on) - off
        if now:
            self._chosen[place] = now
        else:
            self._chosen.pop(place, None)

    def taken(self) -> Count:
        """Households and persons that will be written."""
        rows = [self.shown.rows[place] for place in self._chosen]
        return len(rows), sum(row.household.size for row in rows)

    def new_and_changed(self) -> tuple[Count, Count, int]:
        """The same by new and changed, and how many cells of the record will be changed."""
        rows = [(self.shown.rows[place], cells) for place, cells in self._chosen.items()]
        new = [row for row, _ in rows if row.stored is None]
        old = [(row, cells) for row, cells in rows if row.stored is not None]
        persons = sum(row.household.size for row in new), sum(row.household.size for row, _ in old)
        return (len(new), persons[0]), (len(old), persons[1]), sum(len(cells) for _, cells in old)

    def mend(self, mend: Mend) -> None:
        """Give a cell another text; the last one counts."""
        self.mends = (*(m for m in self.mends if m.place != mend.place), mend)

    def unmend(self) -> None:
        """The file as it came."""
        self.mends = ()

    def _tickable(self, row: PreviewRow) -> bool:
        return row.fate == "new" or (row.fate in ("changed", "conflict") and bool(row.open_cells()))


def _alike(old: PreviewRow, new: PreviewRow) -> bool:
    return old.fate == new.fate and old.changes == new.changes


__all__ = ["ALL", "BARRED", "NONE", "SOME", "Picks"]
