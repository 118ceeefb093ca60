"""The workbook of 名单变化: its two sheets over one comparison, written and read back as the month's ledgers are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.comparing import Comparison, Entry, Variation, VillageVariations
from db.rules.counts import Count
from db.rules.ledger import VillageMonth
from db.sheets.layouts.changes import CHANGES, VILLAGES
from db.sheets.ledger_tables import Sheet, Table


@dataclass(frozen=True, slots=True)
class _About:
    """What the sheets' frame says of the comparison."""

    town: str
    year: int
    month: int
    receipt: str = ""
    villages: tuple[VillageMonth, ...] = ()


@dataclass(frozen=True, slots=True)
class _Row:
    """One village with what each kind added, as columns."""

    village: str
    old: Count
    added: Count
    ended: Count
    cancelled: Count
    split: Count
    merged: Count
    joined: Count
    left: Count
    adjusted: Count
    new: Count


def sheets(comparison: Comparison, entries: Sequence[Entry]) -> tuple[Sheet, ...]:
    """The list of these entries, and the figures of all of them village by village."""
    (old_year, old_month), (year, month) = comparison.old_month, comparison.new_month
    about = _About(comparison.town, year, month)
    period = f"{year}年{month}月与{old_year}年{old_month}月对照"
    total = _row(comparison.total)
    return (
        Sheet(CHANGES, Table(tuple(entries)), about, period),
        Sheet(VILLAGES, Table(tuple(_row(one) for one in comparison.villages), total), about, period),
    )


def file_name(comparison: Comparison) -> str:
    """``2016年07月名单变化-华阳镇.xlsx``."""
    year, month = comparison.new_month
    return f"{year}年{month:02d}月名单变化-{comparison.town}.xlsx"


def _row(one: VillageVariations) -> _Row:
    kinds = {kind.name.lower(): one.kinds.get(kind, Count()) for kind in Variation if kind is not Variation.PARTICULARS}
    return _Row(village=one.village, old=one.old, new=one.new, **kinds)
