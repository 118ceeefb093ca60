"""Persons who name their household by nothing but its number (户编号): they belong to the household of that number, wherever they stand."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from db.sheets.book import Cell, Sheet
from db.sheets.cells import Line
from db.sheets.columns import Seen
from db.sheets.header import bare
from db.sheets.layouts.roster import HEAD_KEYS
from db.sheets.places import village_key

_CAPTIONS = frozenset(
    {"户编号", "户号", "户编码", "户码", "户代码", "户序号", "家庭编号", "农户编号", "贫困户编号", "户主编号", "所属户编号", "所在户编号"}
)  # fmt: skip
Numbered = tuple[Line, str]
"""A row with the number of its household, "" where it has none."""


def numbers_of(sheet: Sheet, unused: Iterable[Seen], rows: Sequence[int]) -> Mapping[int, str]:
    """The household's number of each of these rows (as Excel counts them); empty where the sheet has no such column. Where every number
    stands once, on the first row of its household or merged over its rows, it is that of the rows below it too."""
    index = next((seen.index for seen in unused if counts_households(seen)), None)
    if index is None:
        return {}
    found = {row: _text(sheet.rows[row - 1][index]) for row in rows}
    once = Counter(text for text in found.values() if text)
    if max(once.values(), default=0) == 1:
        last = ""
        for row, text in found.items():
            last = found[row] = text or last
    return found


def counts_households(seen: Seen) -> bool:
    """Whether a column only counts the households."""
    return bare(seen.path[-1]) in _CAPTIONS


def _text(cell: Cell) -> str:
    return str(int(cell)) if type(cell) is float and cell.is_integer() else "".join(str(cell).split())


def name_by_number(persons: Sequence[Numbered], homes: Sequence[Numbered]) -> bool:
    """Write the head's words of the household with their number into persons' rows. False, and nothing is written, where the numbers do
    not tell: several households of a village have the same, or most persons have none of theirs."""
    for key in (_alone, _in_village):
        known = Counter(key(home) for home in homes)
        found = [key(person) for person in persons]
        if max(known.values(), default=0) == 1 and 2 * sum(one in known for one in found) > len(found):
            of = {key(home): home[0] for home in homes}
            for (line, _), one in zip(persons, found, strict=True):
                if one in of:
                    line.values.update({k: of[one].values[k] for k in HEAD_KEYS if k in of[one].values})
            return True
    return False


def _alone(one: Numbered) -> object:
    return one[1]


def _in_village(one: Numbered) -> object:
    return village_key(one[0].text("village")), one[1]
