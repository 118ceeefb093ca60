"""The list of households as it reads on 农户档案: its columns, and the cells of one line."""

from __future__ import annotations

from collections.abc import Sequence

from db.rules.procedure import IDENTIFICATION, Step
from db.services.town.search import Line
from desktop.app.listing import TONES
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


def step_of(line: Line) -> str:
    """Where the case shown for a household stands; a removal says that it is one."""
    if line.ladder == IDENTIFICATION:
        return line.step.label if line.step else Step.CARD.label
    return f"清退·{line.step.label}" if line.step else "清退"


def cells(line: Line) -> Sequence[str | Cell]:
    """One household, in the order of ``COLUMNS``."""
    return (
        line.village,
        line.group,
        line.head_name,
        str(line.size),
        line.attribute,
        line.cause,
        step_of(line),
        Cell(line.status.label, TONES[line.status], "pill"),
        Cell(line.why, "grey", tip=line.why),
        f"{line.since:%Y-%m-%d}",
        line.card_number,
    )
