"""The columns of one layout matched to what they mean: surely, by a proposal that is still to be confirmed, or not at all."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from db.fields.base import Field
from db.fields.kinds import Money, plain
from db.sheets.book import Cell
from db.sheets.guessing import by_caption, by_content, contradicts, fits, foreign
from db.sheets.header import Column, Header, Titles, bare, caption, meaning
from db.sheets.refusing import column_letter

SHOWN = 4
_TEN_THOUSAND = 10_000
_MOSTLY = 0.5
_SHORT = 24
_OTHERS = ("户主", "户籍")
_SERIAL = frozenset({"序号", "编号", "序", "号", "户序号", "人序号", "No", "NO", "栏次"})


@dataclass(frozen=True, slots=True)
class Seen:
    """One column of a layout: its index from 0, its captions from the group down to its own, a few texts that stand in it, the key it
    means ("" for none) and whether that is sure; a ``rival`` claims its key with the same right as another column, of a ``guess`` the
    caption does not say it."""

    index: int
    path: tuple[str, ...]
    samples: tuple[str, ...]
    key: str = ""
    sure: bool = True
    rival: bool = False
    guess: bool = False
    in_ten_thousands: bool = False

    @property
    def letter(self) -> str:
        """The letter Excel shows above it."""
        return column_letter(self.index)

    @property
    def serial(self) -> bool:
        """Whether it only numbers the rows."""
        return caption(self.path[-1]) in _SERIAL

    @property
    def words(self) -> str:
        """Its own caption without blanks; where that is only a unit, with what stands above it."""
        own = self.path[-1] if bare(self.path[-1]) else "".join(self.path[-2:])
        return "".join(own.split())


def match(
    paths: Mapping[int, tuple[str, ...]],
    cells: Mapping[int, Sequence[Cell]],
    titles: Titles,
    fields: Mapping[str, Field],
    needed: Iterable[str],
) -> tuple[Seen, ...]:
    """Every column with captions, in the order of the sheet. ``cells`` are some of what stands in each, ``needed`` the keys that must
    be there: while one of them lacks, every column that is not understood is open."""
    claims = {index: meaning(path, titles) for index, path in paths.items()}
    winners, rivals = _winners(paths, claims, cells)
    found = []
    free = [key for key in fields if key not in {*winners.values(), *rivals.values()}]
    for index, path in paths.items():
        seen = Seen(index, path, _samples(cells.get(index, ())), in_ten_thousands=ten_thousands(path))
        if index in winners:
            key = winners[index]
            seen = replace(seen, key=key, sure=not contradicts(fields[key].kind, cells.get(index, ())))
        elif index in rivals:
            seen = replace(seen, key=rivals[index], sure=False, rival=True)
        elif claims[index] is None and not seen.serial and not foreign(path):
            key = by_caption(path, titles, free) or by_content(cells.get(index, ()), fields, free)
            seen = replace(seen, key=key, sure=not key, guess=bool(key))
        found.append(seen)
    found = _once_each(found)
    lacks = set(needed) - {seen.key for seen in found}
    if not lacks:
        return tuple(found)
    opened = [_opened(seen, claims[seen.index] is None) for seen in found]
    return tuple(_left_over(opened, cells, fields, lacks.pop()) if len(lacks) == 1 else opened)


def proposed(
    columns: Sequence[Seen], cells: Mapping[int, Sequence[Cell]], fields: Mapping[str, Field]
) -> tuple[Seen, ...]:
    """The same with a proposal among rivals: the only one whose cells are of the kind keeps the key."""
    found = list(columns)
    for key in {seen.key for seen in columns if seen.rival}:
        rivals = [seen for seen in columns if seen.rival and seen.key == key]
        fit = [seen for seen in rivals if fits(fields[key].kind, cells.get(seen.index, ())) >= _MOSTLY]
        keeps = fit[0].index if len(fit) == 1 else rivals[0].index
        found = [replace(one, key="") if one in rivals and one.index != keeps else one for one in found]
    return tuple(found)


def answered(columns: Sequence[Seen], answers: Mapping[str, str]) -> tuple[Seen, ...]:
    """The same with the clerk's word: key by index as text, "" for a column that is not taken."""
    return tuple(
        replace(seen, key=answers[str(seen.index)], sure=True, rival=False, guess=False)
        if str(seen.index) in answers
        else seen
        for seen in columns
    )


def header_of(top: int, bottom: int, columns: Iterable[Seen], fields: Mapping[str, Field], tens: bool) -> Header:
    """The header these columns make; ``tens``: money whose caption or line of units says 万元 counts ten thousand times."""
    by_key: dict[str, list[Column]] = {}
    for seen in columns:
        if seen.key in fields:
            factor = (
                _TEN_THOUSAND if isinstance(fields[seen.key].kind, Money) and (seen.in_ten_thousands or tens) else 1
            )
            by_key.setdefault(seen.key, []).append(Column(seen.key, seen.index, seen.words, seen.path, factor))
    single = {key: claimed[0] for key, claimed in by_key.items() if len(claimed) == 1}
    doubled = {key: tuple(claimed) for key, claimed in by_key.items() if len(claimed) > 1}
    return Header(top, bottom, single, doubled)


def ten_thousands(words: Iterable[str]) -> bool:
    """Whether captions say 万元 and nothing says 元 beside it (元/万元)."""
    text = "".join(words)
    return "万元" in text and "元" not in text.replace("万元", "")


def _winners(
    paths: Mapping[int, tuple[str, ...]],
    claims: Mapping[int, tuple[str, tuple[int, int]] | None],
    cells: Mapping[int, Sequence[Cell]],
) -> tuple[dict[int, str], dict[int, str]]:
    """The columns that have a key to themselves, and those that claim one with equal right; whoever has less right has none, and of a
    caption merged over several columns only one that holds something counts."""
    by_key: dict[str, list[tuple[tuple[int, int], int]]] = {}
    for index, claim in claims.items():
        if claim:
            by_key.setdefault(claim[0], []).append((claim[1], index))
    winners, rivals = {}, {}
    for key, claimed in by_key.items():
        best = max(right for right, _ in claimed)
        equal = [index for right, index in claimed if right == best]
        if _one_caption(equal, paths):
            equal = [index for index in equal if cells.get(index)] or equal[:1]
        own = [index for index in equal if not _of_the_head(paths[index])]
        if len(equal) > 1 and len(own) == 1:
            equal = own
        if len(equal) == 1:
            winners[equal[0]] = key
        else:
            rivals.update(dict.fromkeys(equal, key))
    return winners, rivals


def _one_caption(indexes: Sequence[int], paths: Mapping[int, tuple[str, ...]]) -> bool:
    """Whether columns lie side by side below the same words, as below a caption merged over them."""
    side_by_side = [*indexes] == [*range(indexes[0], indexes[0] + len(indexes))]
    return side_by_side and len({paths[index] for index in indexes}) == 1


def _of_the_head(path: Sequence[str]) -> bool:
    """Whether a group says that what stands below it is of the head alone (户主 | 民族)."""
    return any(word in bare(group) for group in path[:-1] for word in _OTHERS)


def _once_each(columns: Sequence[Seen]) -> list[Seen]:
    """A key proposed for several columns stays with the first of them."""
    taken = {seen.key for seen in columns if seen.sure or seen.rival}
    found = []
    for seen in columns:
        doubtful = seen.key and not seen.sure and not seen.rival
        found.append(replace(seen, key="", guess=False) if doubtful and seen.key in taken else seen)
        taken.add(seen.key)
    return found


def _left_over(
    columns: Sequence[Seen], cells: Mapping[int, Sequence[Cell]], fields: Mapping[str, Field], key: str
) -> list[Seen]:
    """With one key missing: the only column nobody understands whose cells could be it is proposed."""
    kind = fields[key].kind
    fit = [one for one in columns if not one.key and not one.sure and fits(kind, cells.get(one.index, ())) >= _MOSTLY]
    return [replace(one, key=key, guess=True) if len(fit) == 1 and one is fit[0] else one for one in columns]


def _opened(seen: Seen, unknown: bool) -> Seen:
    asked = unknown and not seen.key and seen.samples and not seen.serial and not foreign(seen.path)
    return replace(seen, sure=False) if asked else seen


def _samples(cells: Sequence[Cell]) -> tuple[str, ...]:
    texts = dict.fromkeys(plain(cell).strip()[:_SHORT] for cell in cells)
    return tuple(text for text in texts if text)[:SHOWN]
