"""How a ledger sheet is declared: its columns in order, with captions, widths and where each value comes from, and what its rows are.

A new ledger is one more `Layout` over rows that the month's ledger holds under ``table``; previewing, writing, checking, masking and
counting follow from it. A column without a source is one whose data the record does not hold: it shows — in every row, and the note at
the foot names it.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

DASH = "—"
NONE = "无"


class Form(Enum):
    """How a value stands in its cell: numbers of papers and people are text so that no digit is lost."""

    ORDER = "序号"
    TEXT = "文字"
    CODE = "号码"
    COUNT = "数"
    YEAR = "年度"
    MONEY = "元"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``titles`` are its captions from the top, a group's caption first, ``source`` is
    ``object.attribute`` of the ledger ("" when the record does not hold it), ``blank`` stands where the household has no value.

    ``total`` columns are added up in 合计; ``wide`` ones may break into lines; ``once`` ones stand on the outer thing's first row only;
    ``secret`` ones are numbers that a masked copy shows by their last four digits.
    """

    titles: tuple[str, ...]
    width: float
    source: str = ""
    form: Form = Form.TEXT
    blank: str = DASH
    total: bool = False
    wide: bool = False
    once: bool = False
    secret: bool = False


@dataclass(frozen=True, slots=True)
class Layout:
    """One sheet. ``rows`` is what one row is called in the sources ("household", "village"), ``table`` the rows' name in the ledger;
    where a row is a part of such a thing, ``outer`` is what the thing is called and ``inner`` its attribute that holds the parts.

    ``frozen`` columns at the left stay in sight; ``counted`` is the column whose 合计 cell says how many rows there are, with ``unit``
    after it (None: no such cell); ``periodic`` sheets tell of a month or of the year so far.
    """

    name: str
    rows: str
    table: str
    columns: tuple[Column, ...]
    frozen: int
    counted: int | None = None
    unit: str = ""
    notes: tuple[str, ...] = ()
    outer: str = ""
    inner: str = ""
    periodic: bool = False

    @property
    def levels(self) -> int:
        """Rows of the header."""
        return max(len(column.titles) for column in self.columns)

    @property
    def money(self) -> bool:
        """Whether any figure of the sheet is money."""
        return any(column.form is Form.MONEY or "（元）" in column.titles[-1] for column in self.columns)
