"""What a clerk chooses of a month's ledger before it is written: which sheets and villages, which period and unit, whole or masked, how
many files and what they are called.

Names of files follow a pattern that the county sets; figures of chosen villages are those of these villages and nobody else's.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from datetime import date
from enum import Enum

from db.rules.ledger import MonthLedger, total_of

PATTERN = "{年}年{月}月{表名}-{镇}"
WHOLE = "台账"
"""What a workbook of several sheets is called in its name."""
_PARTS = ("年", "月", "表名", "镇", "县", "村")
_UNFIT = '\\/:*?"<>|'
_UNFIT_RUN = re.compile(r'[\\/:*?"<>|\x00-\x1f]+')
_FEW = 3


class Files(Enum):
    """How many files are written."""

    ONE = "一个工作簿"
    SHEET = "每张表一个文件"
    VILLAGE = "每村一个文件"


@dataclass(frozen=True, slots=True)
class Choice:
    """``sheets`` and ``villages`` by name, none named means all. ``yearly`` tells the events since 1 January instead of the month's,
    ``wan`` writes money in 万元 cut to two places, ``freeze`` keeps header and names in sight, ``repeat`` fills the household's columns in
    every member's row, ``masked`` leaves the last four digits of numbers only (对外)."""

    sheets: tuple[str, ...] = ()
    villages: tuple[str, ...] = ()
    yearly: bool = False
    wan: bool = False
    freeze: bool = True
    repeat: bool = False
    masked: bool = False
    files: Files = Files.ONE


def pattern_problem(pattern: str) -> str:
    """Why files can't be named by this pattern; "" when they can. It knows {年} {月} {表名} {镇} {县} {村}."""
    known = re.sub("|".join(f"{{{part}}}" for part in _PARTS), "", pattern)
    if "{" in known or "}" in known:
        return "文件名样式里只能用 {年} {月} {表名} {镇} {县} {村}，请核对花括号里的字"
    if any(sign in known for sign in _UNFIT):
        return f"文件名样式里不能有 {' '.join(_UNFIT)} 这些符号"
    missing = [part for part in _PARTS[:3] if f"{{{part}}}" not in pattern]
    if missing:
        return f"文件名样式里要有 {'、'.join(f'{{{part}}}' for part in missing)}，否则各月各表的文件会互相覆盖"
    return ""


def file_name(ledger: MonthLedger, choice: Choice, pattern: str = PATTERN) -> str:
    """``2016年07月台账-华阳镇.xlsx``; one sheet alone is called by its own name, chosen villages and a masked copy are said."""
    scope = scope_of(ledger, choice.villages)
    said = {
        "年": str(ledger.year), "月": f"{ledger.month:02d}", "镇": ledger.town, "县": ledger.county, "村": scope,
        "表名": choice.sheets[0] if len(choice.sheets) == 1 else WHOLE,
    }  # fmt: skip
    stem = re.sub("|".join(f"{{{part}}}" for part in _PARTS), lambda found: said[found.group()[1:-1]], pattern)
    if scope and "{村}" not in pattern:
        stem += f"（{scope}）"
    return f"{_UNFIT_RUN.sub('', stem)}{'〔脱敏〕' if choice.masked else ''}.xlsx"


def scope_of(ledger: MonthLedger, villages: Collection[str]) -> str:
    """The chosen villages in a few words, in the ledger's order; "" for all of them."""
    chosen = [row.village for row in ledger.villages if row.village in villages]
    if not chosen or len(chosen) == len(ledger.villages):
        return ""
    return "、".join(chosen) if len(chosen) <= _FEW else f"{chosen[0]}等{len(chosen)}个村"


def narrowed(ledger: MonthLedger, villages: Collection[str]) -> MonthLedger:
    """The ledger of these villages alone, its total with them; the whole ledger when none is named. ValueError for a stranger."""
    strange = set(villages) - {row.village for row in ledger.villages}
    if strange:
        raise ValueError(f"no such village: {strange}")
    if not villages:
        return ledger
    rows = tuple(row for row in ledger.villages if row.village in villages)
    return replace(
        ledger,
        households=tuple(h for h in ledger.households if h.village in villages),
        villages=rows,
        total=total_of(ledger.town, rows),
        adjustments=tuple(a for a in ledger.adjustments if a.village in villages),
        gone=tuple(g for g in ledger.gone if g.village in villages),
        turns=tuple(t for t in ledger.turns if t.village in villages),
    )


def period_of(ledger: MonthLedger, *, yearly: bool) -> tuple[date, str]:
    """The first day of the period and how it is written: 2016年7月, 2016年1—7月."""
    if yearly and ledger.month > 1:
        return date(ledger.year, 1, 1), f"{ledger.year}年1—{ledger.month}月"
    return date(ledger.year, ledger.month, 1), f"{ledger.year}年{ledger.month}月"
