"""The list of households as the record table wants it: ids for an order, rows for ids."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from db.rules.case import Status
from db.services import search
from db.services.search import Filter, Line
from desktop.app.office import Office
from desktop.widgets.colours import Tone
from desktop.widgets.sheet import Cell, Column

COLUMNS = (
    Column("village", "村", 80),
    Column("group", "村民小组", 82, sortable=False),
    Column("head_name", "户主", 92),
    Column("size", "人口", 60, "right", summed=True),
    Column("attribute", "贫困户属性", 108),
    Column("cause", "主要致贫原因", 112),
    Column("step", "办到哪一步", 92),
    Column("status", "状态", 84),
    Column("why", "为什么", 196, sortable=False),
    Column("since", "上一步日期", 98),
    Column("card_number", "档案号", 132),
)
TONES: Mapping[Status, Tone] = {
    Status.RUNNING: "pine",
    Status.INCOMPLETE: "ochre",
    Status.RULING: "ochre",
    Status.HELD: "red",
    Status.REJECTED: "grey",
    Status.WITHDRAWN: "grey",
    Status.REGISTERED: "pine",
}


class HouseholdSource:
    """Households of one filter."""

    def __init__(self, office: Office, wanted: Filter) -> None:
        self._office = office
        self._wanted = wanted

    def ids(self, order: str | None, descending: bool) -> Sequence[int]:
        """Household ids in the order of a column."""
        return self._office.see(search.ids, self._wanted, order or "village", descending=descending)

    def rows(self, ids: Sequence[int]) -> Mapping[int, Sequence[str | Cell]]:
        """The cells of some households, one query."""
        return {key: _cells(line) for key, line in self._office.see(search.lines, ids).items()}


def _cells(line: Line) -> Sequence[str | Cell]:
    return (
        line.village,
        line.group,
        line.head_name,
        str(line.size),
        line.attribute,
        line.cause,
        line.step.label if line.step else "建档立卡",
        Cell(line.status.label, TONES[line.status], "pill"),
        Cell(line.why, "grey", tip=line.why),
        f"{line.since:%Y-%m-%d}",
        line.card_number,
    )
