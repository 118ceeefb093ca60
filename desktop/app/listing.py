"""What every list of households is made of: the source that reads it for the table, and the colour of each status.

The pages differ in the cells they show; each hands in how a line becomes cells.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from db.rules.case import Status
from db.services.town import search
from db.services.town.search import Filter, Line
from desktop.app.office import Office
from desktop.widgets.colours import Tone
from desktop.widgets.sheet import Cell

Cells = Callable[[Line], Sequence[str | Cell]]
TONES: Mapping[Status, Tone] = {
    Status.RUNNING: "pine",
    Status.INCOMPLETE: "ochre",
    Status.RULING: "ochre",
    Status.HELD: "red",
    Status.REJECTED: "grey",
    Status.WITHDRAWN: "grey",
    Status.REGISTERED: "pine",
    Status.REMOVED: "grey",
}


class Households:
    """Households of one filter, as `desktop.widgets.table.RecordTable` reads them."""

    def __init__(self, office: Office, wanted: Filter, cells: Cells) -> None:
        self._office = office
        self._wanted = wanted
        self._cells = cells

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """Household ids in the order of a column."""
        return self._office.see(search.ids, self._wanted, order or "village", descending=descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """The cells of some households, one query."""
        return {key: self._cells(line) for key, line in self._office.see(search.lines, list(ids)).items()}
