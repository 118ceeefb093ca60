"""名单变化: one month's list against another's, each difference with its kind, day, cause and paper, and the counts that they come to.

What the acts of the time between explain is told by them (新增, 终止, 拆户, 自然增减 …); what is left over is 调整: something entered
since about a month that had been closed. So the old list and all entries always add up to the new one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import Enum

from db.rules.counts import Count
from db.rules.differing import Cell, Difference, counted, differences
from db.rules.ledger import LedgerHousehold, MonthLedger, last_day


class Variation(Enum):
    """What became of a household between two lists, in the words of the county's monthly sheet."""

    ADDED = "新增"
    ENDED = "终止（清退）"
    CANCELLED = "销户"
    SPLIT = "拆户"
    MERGED = "并户"
    JOINED = "自然增加"
    LEFT = "自然减少"
    PARTICULARS = "信息变更"
    ADJUSTED = "调整"


@dataclass(frozen=True, slots=True)
class Deed:
    """Something the record says happened to a household on the register: ``counts`` is what it added to the household's village.

    ``what`` says it in words, ``cause`` why, ``paper`` is its document or proof; ``entered_on`` and ``actor`` are of the entry.
    """

    kind: Variation
    on: date
    counts: Count
    what: str
    cause: str = ""
    paper: str = ""
    entered_on: date | None = None
    actor: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows of the time between two lists, by household.

    ``deeds`` happened between the two last days; ``late`` were entered since the older list was frozen and happened before its last
    day, or made something of that time void; ``edits`` are corrections of particulars.
    """

    deeds: Mapping[int, Sequence[Deed]] = field(default_factory=dict)
    late: Mapping[int, Sequence[Deed]] = field(default_factory=dict)
    edits: Mapping[int, Sequence[Deed]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of 名单变化. ``counts`` is what it adds to ``village``; ``size`` the people of the household as shown."""

    kind: Variation
    household_id: int
    village: str
    group: str
    number: str
    head_name: str
    size: int
    counts: Count
    what: str
    on: date | None = None
    cause: str = ""
    paper: str = ""
    entered_on: date | None = None
    actor: str = ""
    cells: tuple[Cell, ...] = ()


@dataclass(frozen=True, slots=True)
class Tally:
    """How many households a kind concerns, and what it adds."""

    households: int
    counts: Count


@dataclass(frozen=True, slots=True)
class VillageVariations:
    """One village: what it had, what each kind added, what it has."""

    village: str
    old: Count
    kinds: Mapping[Variation, Count]
    new: Count


@dataclass(frozen=True, slots=True)
class Comparison:
    """Two months of one town; ``entries`` by kind, then in the order of the list."""

    town: str
    old_month: tuple[int, int]
    new_month: tuple[int, int]
    old: Count
    new: Count
    entries: tuple[Entry, ...]
    villages: tuple[VillageVariations, ...]
    tallies: Mapping[Variation, Tally]

    @property
    def total(self) -> VillageVariations:
        """The whole town."""
        return VillageVariations("合计", self.old, {kind: t.counts for kind, t in self.tallies.items()}, self.new)


def compare(old: MonthLedger, new: MonthLedger, known: Known, called: Mapping[str, str]) -> Comparison:
    """``new`` against ``old``. ``called`` gives the name ``new`` has for a village that ``old`` calls otherwise."""
    found = sorted(entries(old.households, new.households, known, called), key=lambda entry: _ORDER[entry.kind])
    names = [*dict.fromkeys([row.village for row in new.villages] + [e.village for e in found])]
    before, after, turned = _counts(old, called), _counts(new, {}), _turned(found)
    rows = tuple(
        VillageVariations(name, before.get(name, Count()), turned.get(name, {}), after.get(name, Count()))
        for name in names
    )
    return Comparison(
        new.town, (old.year, old.month), (new.year, new.month), old.total.closing, new.total.closing, tuple(found), rows,
        _tallies(found),
    )  # fmt: skip


_ORDER = {kind: place for place, kind in enumerate(Variation)}


def entries(
    old: Iterable[LedgerHousehold], new: Iterable[LedgerHousehold], known: Known, called: Mapping[str, str]
) -> Iterator[Entry]:
    """Every difference between two lists, household by household."""
    now, told = list(new), set[int]()
    for difference in differences(old, now, called):
        told.add(difference.household_id)
        yield from _told(difference, known)
    for home in now:
        if home.household_id in known.deeds and home.household_id not in told:
            yield from _unchanged(home, known.deeds[home.household_id])


def _told(difference: Difference, known: Known) -> Iterator[Entry]:
    """What the deeds of the time say of one household, then what they leave over, then its particulars."""
    home = difference.shown
    deeds = known.deeds.get(difference.household_id, ())
    where = difference.old_village if difference.new is None else home.village
    for deed in deeds:
        if deed.kind is not Variation.PARTICULARS:
            yield _entry(home, where, deed)
    rest = dict(difference.by_village)
    rest[where] = rest.get(where, Count()) - sum((deed.counts for deed in deeds), Count())
    yield from _left_over(difference, {v: c for v, c in rest.items() if c != Count()}, known)
    if difference.cells:
        yield _particulars(difference, known)


def _unchanged(home: LedgerHousehold, deeds: Sequence[Deed]) -> Iterator[Entry]:
    """A household without any difference in the end: somebody came and left again."""
    if sum((deed.counts for deed in deeds), Count()) == Count():
        yield from (_entry(home, home.village, deed) for deed in deeds if deed.counts != Count())


def _left_over(difference: Difference, rest: Mapping[str, Count], known: Known) -> Iterator[Entry]:
    """调整: one line a late deed where they explain all of it, else one line with what is left over and all that was entered late."""
    home, late = difference.shown, known.late.get(difference.household_id, ())
    counting = [deed for deed in late if deed.counts != Count()]
    if len(rest) == 1 and counting and sum((d.counts for d in counting), Count()) == next(iter(rest.values())):
        for deed in counting:
            yield _entry(home, next(iter(rest)), deed, Variation.ADJUSTED)
        return
    for village, counts in rest.items():
        summed = Deed(
            Variation.ADJUSTED,
            max((d.on for d in late), default=home.registered_on),
            counts,
            _difference_told(difference, village),
            "；".join(dict.fromkeys(filter(None, (_reason(d) for d in late)))),
            "、".join(dict.fromkeys(d.paper for d in late if d.paper)),
            max((d.entered_on for d in late if d.entered_on), default=None),
            "、".join(dict.fromkeys(d.actor for d in late if d.actor)),
        )
        yield _entry(home, village, summed)


def _reason(deed: Deed) -> str:
    return f"{deed.what}：{deed.cause}" if deed.cause and deed.cause not in deed.what else deed.what


def _difference_told(difference: Difference, village: str) -> str:
    if difference.old is None:
        return "上册没有这一户，补入"
    if difference.new is None:
        return "上册有这一户，去掉"
    if difference.old_village != difference.new.village:
        return f"由{difference.old_village}改列{difference.new.village}"
    people = [f"增加{p.name}" for p in difference.joined] + [f"减少{p.name}" for p in difference.left]
    return f"{len(difference.old.persons)} 人 → {len(difference.new.persons)} 人" + (
        f"：{'、'.join(people)}" if people else ""
    )


def _particulars(difference: Difference, known: Known) -> Entry:
    home = difference.shown
    edits = [*known.edits.get(difference.household_id, ()), *known.late.get(difference.household_id, ())]
    deeds = known.deeds.get(difference.household_id, ())
    newest = max([*edits, *deeds], key=lambda d: d.entered_on or d.on, default=None)
    counts = Count()
    said = Deed(
        Variation.PARTICULARS,
        newest.on if newest else home.registered_on,
        counts,
        "；".join(str(cell) for cell in difference.cells),
        newest.cause or newest.what if newest else "",
        newest.paper if newest else "",
        newest.entered_on if newest else None,
        newest.actor if newest else "",
    )
    return _entry(home, home.village, said, cells=difference.cells)


def _entry(
    home: LedgerHousehold, village: str, deed: Deed, kind: Variation | None = None,
    cells: tuple[Cell, ...] = (),
) -> Entry:  # fmt: skip
    return Entry(
        kind or deed.kind, home.household_id, village, home.group, home.number, home.head_name, len(home.persons), deed.counts,
        deed.what, deed.on, deed.cause, deed.paper, deed.entered_on, deed.actor, cells,
    )  # fmt: skip


def _counts(ledger: MonthLedger, called: Mapping[str, str]) -> dict[str, Count]:
    found: dict[str, Count] = {}
    for home in ledger.households:
        name = called.get(home.village, home.village)
        found[name] = found.get(name, Count()) + counted(home)
    return found


def _turned(found: Iterable[Entry]) -> dict[str, dict[Variation, Count]]:
    turned: dict[str, dict[Variation, Count]] = {}
    for entry in found:
        of_village = turned.setdefault(entry.village, {})
        of_village[entry.kind] = of_village.get(entry.kind, Count()) + entry.counts
    return turned


def _tallies(found: Sequence[Entry]) -> Mapping[Variation, Tally]:
    return {
        kind: Tally(
            len({e.household_id for e in found if e.kind is kind}),
            sum((e.counts for e in found if e.kind is kind), Count()),
        )
        for kind in Variation
    }


def problems(comparison: Comparison) -> tuple[str, ...]:
    """Every village, and the town, where old and all kinds do not come to new; none unless the program is wrong."""
    return tuple(
        f"{row.village}：{row.old} 加减各类变化与 {row.new} 不符"
        for row in (*comparison.villages, comparison.total)
        if row.old + sum(row.kinds.values(), Count()) != row.new
    )


def sentence(comparison: Comparison) -> str:
    """The sentence for the 简报: from how many to how many, and by what."""
    year, month = comparison.new_month
    since = last_day(*comparison.old_month)
    near = (year * 12 + month) - (comparison.old_month[0] * 12 + comparison.old_month[1]) == 1
    when = f"{year}年{month}月" if near else f"{since.year}年{since.month}月底至{year}年{month}月底"
    parts = [text for kind in Variation if (text := _said(kind, comparison.tallies[kind]))]
    if not parts:
        return f"{when}，{comparison.town}在册贫困户{_both(comparison.new)}，与{since.month}月底相比没有变化。"
    net = comparison.new - comparison.old
    turned = (
        f"由{_both(comparison.old)}变为{_both(comparison.new)}（{_net(net)}）"
        if net != Count()
        else f"{_both(comparison.new)}，户数、人数与{since.month}月底相同"
    )
    return f"{when}，{comparison.town}在册贫困户{turned}；其中{'，'.join(parts)}。"


_WORDS: Mapping[Variation, str] = {
    Variation.JOINED: "自然增加{persons}人",
    Variation.LEFT: "自然减少{persons}人",
    Variation.SPLIT: "拆户增加{households}户",
    Variation.MERGED: "并户减少{households}户",
}


def _said(kind: Variation, tally: Tally) -> str:
    counts = tally.counts
    if not tally.households:
        return ""
    if kind is Variation.PARTICULARS:
        return f"信息变更{tally.households}户"
    if kind is Variation.ADJUSTED:
        return f"调整以前月份（{_net(counts)}）"
    words = _WORDS.get(kind, f"{kind.value}{{households}}户{{persons}}人")
    return words.format(households=abs(counts.households), persons=abs(counts.persons))


def _both(count: Count) -> str:
    return f"{count.households}户{count.persons}人"


def _net(count: Count) -> str:
    """户数增加1户、人数不变."""
    return f"户数{_signed(count.households, '户')}、人数{_signed(count.persons, '人')}"


def _signed(number: int, unit: str) -> str:
    return f"{'增加' if number > 0 else '减少'}{abs(number)}{unit}" if number else "不变"
