"""On which papers a field is printed: what the clerk types once and where it then stands.

A table of facts about `db.papers`, by the name each paper is called in the office; tests print every paper with marked values and hold
the two together.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from db.fields.base import Field

APPLICATION = "贫困户申请书"
VISIT = "入户核实表"
REGISTER = "贫困户登记表"
PEOPLE = "家庭成员表"
SHEET = "收入核算表"
CARD = "户卡"
ROLL = "汇总名册"
NOTICE = "公示"

ON_PAPER: Mapping[str, tuple[Field, ...]] = {
    APPLICATION: (),
    VISIT: (),
    REGISTER: (),
    PEOPLE: (),
    SHEET: (),
    CARD: (),
    ROLL: (),
    NOTICE: (),
}


@cache
def papers_of(field: Field) -> tuple[str, ...]:
    """The papers a field is printed on, in the order of the work; none for what only the record keeps."""
    return tuple(paper for paper, fields in ON_PAPER.items() if field in fields)
