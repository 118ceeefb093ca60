"""The events of the register since a day, what the county's sheets of 新增/终止 and 自然增减 count of them, and the households behind every
figure.

They are taken from the same stays as the month's sheet, so that 六进 and 七不进 together are its 新增 and 终止 (R67); `turn_problems`
proves it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import chain

from db.rules.codes import ChangeKind
from db.rules.counts import Count
from db.rules.ledger import (
    Gone,
    LedgerHousehold,
    MonthLedger,
    Shift,
    Stay,
    VillageMonth,
    first_size,
    size_on,
    was_there,
)
from db.rules.turn import Turn, TurnKind


@dataclass(frozen=True, slots=True)
class Tally:
    """Households and persons of one figure with the households' numbers in the record, each once."""

    households: int = 0
    persons: int = 0
    ids: tuple[int, ...] = ()

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.households + other.households, self.persons + other.persons, (*self.ids, *other.ids))


def tally(turns: Iterable[Turn]) -> Tally:
    """What these events come to. Where people came and went the households are those concerned, each once."""
    found = list(turns)
    ids = tuple(dict.fromkeys(t.counted_id for t in found))
    return Tally(sum(t.households for t in found) or len(ids), sum(t.persons for t in found), ids)


@dataclass(frozen=True, slots=True)
class ReasonRow:
    """One village of 新增/终止统计表: ``total``, the items of 六进 (six of them) or 七不进, and ``other``."""

    village: str
    total: Tally
    item1: Tally
    item2: Tally
    item3: Tally
    item4: Tally
    item5: Tally
    item6: Tally
    item7: Tally
    other: Tally


@dataclass(frozen=True, slots=True)
class NaturalRow:
    """One village of 自然增减表: who came and who went, by what happened. A household counts once in each column."""

    village: str
    came: Tally
    born: Tally
    married_in: Tally
    wrong_in: Tally
    other_in: Tally
    went: Tally
    died: Tally
    married_out: Tally
    wrong_out: Tally
    other_out: Tally


_IN = (ChangeKind.BORN, ChangeKind.MARRIED_IN, ChangeKind.WRONG_ADDED)
_OUT = (ChangeKind.DIED, ChangeKind.MARRIED_OUT, ChangeKind.WRONG_REMOVED)


def turns_of(households: Iterable[LedgerHousehold], gone: Iterable[Gone], first: date) -> tuple[Turn, ...]:
    """The events of these stays since ``first`` in the order of their days, without reasons and papers."""
    stays: Iterator[Stay] = chain(households, gone)
    found = [turn for stay in stays for turn in _of_stay(stay, first)]
    return tuple(sorted(found, key=lambda t: (t.on, t.change_id, t.kind is not TurnKind.ADDED)))


def _of_stay(stay: Stay, first: date) -> Iterator[Turn]:
    if stay.registered_on >= first and not stay.split_off:
        yield _turn(stay, stay.registered_on, TurnKind.ADDED, Count(1, first_size(stay)))
    for shift in stay.shifts:
        if shift.on >= first:
            yield from (_turn(stay, shift.on, kind, counted, shift) for kind, counted in _counted(shift))
    if isinstance(stay, Gone) and stay.ended and stay.left_on >= first:
        yield _turn(stay, stay.left_on, TurnKind.ENDED, Count(1, size_on(stay, stay.left_on)))


def _counted(shift: Shift) -> Iterator[tuple[TurnKind, Count]]:
    counts = shift.counts
    if counts.cancelled != Count():
        yield TurnKind.CANCELLED, counts.cancelled
    if counts.split:
        yield TurnKind.SPLIT, Count(counts.split, counts.split_persons)
    if counts.merged:
        yield TurnKind.MERGED, Count(counts.merged, counts.merged_persons)
    if counts.natural_in:
        yield TurnKind.NATURAL_IN, Count(0, counts.natural_in)
    if counts.natural_out:
        yield TurnKind.NATURAL_OUT, Count(0, counts.natural_out)


def _turn(stay: Stay, on: date, kind: TurnKind, counted: Count, shift: Shift | None = None) -> Turn:
    return Turn(
        on, kind, stay.household_id, stay.village, stay.group, stay.number, stay.head_name, counted.households,
        counted.persons, *((shift.kind, shift.change_id, shift.other_id) if shift else ()),
    )  # fmt: skip


def since(ledger: MonthLedger, first: date) -> tuple[Turn, ...]:
    """The events of the ledger from a day of its year on."""
    return tuple(turn for turn in ledger.turns if turn.on >= first)


def by_village(ledger: MonthLedger, turns: Iterable[Turn]) -> Iterator[tuple[str, list[Turn]]]:
    """Every village of the ledger in its order with its events."""
    found: dict[str, list[Turn]] = {row.village: [] for row in ledger.villages}
    for turn in turns:
        if turn.village in found:
            found[turn.village].append(turn)
    yield from found.items()


def reason_rows(ledger: MonthLedger, kind: TurnKind, first: date) -> tuple[ReasonRow, ...]:
    """新增 by 六进 or 终止 by 七不进, village by village; the last digit of the code is the item's number, 0 or none is 其他."""
    rows = []
    for village, turns in by_village(ledger, since(ledger, first)):
        mine = [turn for turn in turns if turn.kind is kind]
        items = {f"item{n}": tally(t for t in mine if t.code[1:] == str(n)) for n in range(1, 8)}
        other = tally(t for t in mine if t.code[1:] in ("", "0"))
        rows.append(ReasonRow(village, tally(mine), other=other, **items))
    return tuple(rows)


def natural_rows(ledger: MonthLedger, first: date) -> tuple[NaturalRow, ...]:
    """自然增减 village by village."""
    return tuple(
        NaturalRow(village, *_natural(turns, TurnKind.NATURAL_IN, _IN), *_natural(turns, TurnKind.NATURAL_OUT, _OUT))
        for village, turns in by_village(ledger, since(ledger, first))
    )


def _natural(turns: Sequence[Turn], kind: TurnKind, named: Sequence[ChangeKind]) -> Iterator[Tally]:
    mine = [turn for turn in turns if turn.kind is kind]
    yield tally(mine)
    for change in named:
        yield tally(t for t in mine if t.change is change)
    yield tally(t for t in mine if t.change not in named)


def turn_problems(ledger: MonthLedger) -> tuple[str, ...]:
    """R67: the events of the month and of the year are what the month's sheet counts; a sentence for each village where they are not."""
    return tuple(_problems(ledger, date(ledger.year, ledger.month, 1), _of_month)) + tuple(
        _problems(ledger, date(ledger.year, 1, 1), _of_year)
    )


_Moved = tuple[Count, Count, Count, int, int, int, int]
_KINDS = (TurnKind.ADDED, TurnKind.ENDED, TurnKind.CANCELLED, TurnKind.SPLIT, TurnKind.MERGED)


def _problems(ledger: MonthLedger, first: date, said: Callable[[VillageMonth], _Moved]) -> Iterator[str]:
    rows = {row.village: row for row in ledger.villages}
    for village, turns in by_village(ledger, since(ledger, first)):
        counted = _moved(turns)
        for kind, one, other in zip(TurnKind, counted, said(rows[village]), strict=True):
            if one != other:
                yield f"{village}：{first.year}年{first.month:02d}月{first.day:02d}日起{kind.label}各条合计 {one}，汇总表为 {other}，请核对后再上报"


def _moved(turns: Sequence[Turn]) -> _Moved:
    of = {kind: [t for t in turns if t.kind is kind] for kind in TurnKind}
    added, ended, cancelled, split, merged = (
        Count(sum(t.households for t in of[kind]), sum(t.persons for t in of[kind])) for kind in _KINDS
    )
    came, went = (sum(t.persons for t in of[kind]) for kind in (TurnKind.NATURAL_IN, TurnKind.NATURAL_OUT))
    return added, ended, cancelled, split.households, merged.households, came, went


def _of_month(row: VillageMonth) -> _Moved:
    m = row.movement
    return m.added, m.ended, m.cancelled, m.split, m.merged, m.natural_in, m.natural_out


def _of_year(row: VillageMonth) -> _Moved:
    m = row.year_shifted
    return row.year_added, row.year_ended, m.cancelled, m.split, m.merged, m.natural_in, m.natural_out


def behind(ledger: MonthLedger, village: str, figure: str) -> tuple[int, ...]:
    """The households behind a figure of 月报汇总表, each once: ``figure`` as `VillageMonth` names it (``movement.added``, ``closing``),
    ``village`` "" for the whole ledger. ValueError for a figure that no household is behind."""
    month, year = date(ledger.year, ledger.month, 1), date(ledger.year, 1, 1)
    everybody: Iterator[Stay] = chain(ledger.households, ledger.gone)
    stays = [s for s in everybody if village in ("", s.village)]
    if figure in ("year_start", "movement.opening"):
        first = year if figure == "year_start" else month
        return tuple(dict.fromkeys(s.household_id for s in stays if was_there(s, first)))
    if figure == "closing":
        return tuple(s.household_id for s in ledger.households if village in ("", s.village))
    kinds = _FIGURES.get(figure)
    if kinds is None:
        raise ValueError(figure)
    first = year if figure.startswith("year") else month
    return tally(t for t in since(ledger, first) if t.kind in kinds and village in ("", t.village)).ids


_NATURAL = (TurnKind.NATURAL_IN, TurnKind.NATURAL_OUT)
_FIGURES: Mapping[str, tuple[TurnKind, ...]] = {
    "movement.added": (TurnKind.ADDED,),
    "movement.ended": (TurnKind.ENDED,),
    "movement.cancelled": (TurnKind.CANCELLED,),
    "movement.split": (TurnKind.SPLIT,),
    "movement.merged": (TurnKind.MERGED,),
    "movement.natural_in": (TurnKind.NATURAL_IN,),
    "movement.natural_out": (TurnKind.NATURAL_OUT,),
    "year_added": (TurnKind.ADDED,),
    "year_ended": (TurnKind.ENDED,),
    "year_other": (TurnKind.CANCELLED, TurnKind.SPLIT, TurnKind.MERGED, *_NATURAL),
}
