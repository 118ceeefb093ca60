"""What each cell of a form asks for: proposed from its captions, compared with what was answered before, never decided silently."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from functools import cache
from typing import Literal

from db.services.countyforms.words import read_figure, read_sum
from db.services.figures.counted import Condition, Counted, Share, counted_of, is_counted, share_of
from db.services.figures.dimensions import DIMENSIONS, SUMS, band_ends
from db.services.figures.values import VALUES, offered
from db.sheets.header import bare, caption
from db.sheets.template import FormKind, FormSheet, Slot

VILLAGE_NAME = "place.village"
PLACES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    VILLAGE_NAME: ("村名", ("村", "行政村", "贫困村", "村名", "村（居）", "村居", "村委会", "行政区域", "地区", "村（社区）", "行政村名称", "村别", "单位", "单位名称")),
    "made.order": ("序号", ("序号", "编号", "序")),
    "made.town": ("镇（街道）", ("镇", "乡镇", "镇街", "乡（镇）", "镇（街）", "镇名", "乡镇名称")),
    "made.county": ("县（市、区）", ("县", "县区", "县（区）", "区县", "县市区")),
    "made.city": ("市", ("市", "地市")),
    "made.province": ("省", ("省", "省份")),
    "place.year": ("年份", ("年份", "年度", "年")),
    "place.groups": ("村民小组数", ("村民小组数", "村民小组", "小组数")),
}  # fmt: skip
"""What a row of a village or the town can say besides figures."""
MONTHS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "month.year_start": ("年初在册", ("年初", "年初数", "年初在册", "上年末")),
    "month.opening": ("期初在册", ("期初", "月初", "上月末", "月初数", "上期末")),
    "month.added": ("本月新增", ("本月新增", "当月新增", "新增", "本期新增")),
    "month.ended": ("本月终止", ("本月终止", "终止", "本月清退", "清退", "本月退出", "本月减少")),
    "month.cancelled": ("本月销户", ("销户", "本月销户")),
    "month.closing": ("期末在册", ("期末", "月末", "月末数", "期末数", "本月末", "期末在册")),
    "month.year_added": ("本年累计新增", ("本年新增", "累计新增", "今年新增", "本年累计新增")),
    "month.year_ended": ("本年累计终止", ("本年终止", "累计终止", "今年终止", "本年累计终止", "本年清退")),
}  # fmt: skip
_NATURAL: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "month.split.households": ("本月拆户（户）", ("拆户", "分户", "本月拆户")),
    "month.merged.households": ("本月并户（户）", ("并户", "本月并户")),
    "month.natural_in.persons": ("本月自然增加（人）", ("自然增加", "本月自然增加", "自然增加人数")),
    "month.natural_out.persons": ("本月自然减少（人）", ("自然减少", "本月自然减少", "自然减少人数")),
}  # fmt: skip
_STRANGERS = re.compile("帮扶|挂钩|结对|包户|责任人|干部|驻村|填表|经办|监护|领导|企业|单位名")
_NEUTRAL = re.compile(
    "(?:家庭|成员|基本|情况|信息|户主|贫困|户|人口|收入|支出|住址|地址|住房|生活|生产|条件|其他|资料|个人|身份|健康|教育|就业|务工|保险|社会保障|社保|致贫|原因|农户|"
    "及|和|与|、|年度|上年|年|其中|主要|状况|表|状态|明细|项目|构成)+"
)
_SECTION = re.compile(r"^\s*[一二三四五六七八九十]{1,3}[、.．]")
_SHARE = re.compile("(?:占(?P<of>.*?)的?(?:比例|比重|百分比|比率|比)|比例|比重|百分比|比率)$")
_FIXED = "fixed:"
_LIKE = 0.6


@dataclass(frozen=True, slots=True)
class Proposal:
    """What a slot is taken for: ``key`` "" when nothing is proposed; ``sure`` needs no answer. ``change`` says how the form differs from
    the one remembered, ``before`` is the caption it had then."""

    slot: Slot
    key: str = ""
    sure: bool = False
    change: Literal["", "new", "renamed"] = ""
    before: str = ""


def fixed(text: str) -> str:
    """The meaning of a text the clerk gives, the same in every row."""
    return f"{_FIXED}{text}"


def fixed_text(key: str) -> str | None:
    """The text of such a meaning; None for any other."""
    return key.removeprefix(_FIXED) if key.startswith(_FIXED) else None


def propose(sheet: FormSheet) -> tuple[Proposal, ...]:
    """What the captions say; two columns that claim the same are both left to the clerk."""
    found = [_proposed(slot, sheet.kind) for slot in sheet.slots]
    if sheet.kind not in (FormKind.HOUSEHOLD, FormKind.PERSON):
        found = [one if one.key or one.slot.formula else _shared(one, found[:n]) for n, one in enumerate(found)]
    claims: dict[str, int] = {}
    for one in found:
        claims[one.key] = claims.get(one.key, 0) + 1
    return tuple(
        replace(p, sure=p.sure and (claims[p.key] == 1 or is_counted(p.key)) and not _overlaps(p.key, claims))
        if p.key
        else p
        for p in found
    )


def _proposed(slot: Slot, kind: FormKind) -> Proposal:
    if slot.formula:
        return Proposal(slot, "", True)
    if kind in (FormKind.HOUSEHOLD, FormKind.PERSON):
        key, sure = _of_rows(slot.path, kind)
    else:
        key, sure = _of_figures(slot.path, kind)
    return Proposal(slot, key, sure)


def _shared(one: Proposal, before: Sequence[Proposal]) -> Proposal:
    """A share (占比, 比例): of what its caption names, else of the figure left of it in its group; the clerk has to confirm it."""
    path = one.slot.path
    found = _SHARE.search(bare(path[-1]))
    if found is None:
        return one
    own = bare(path[-1])[: found.start()]
    named = read_figure([*path[:-1], own]) if own else None
    beside = (counted_of(p.key) for p in reversed(before) if p.slot.path[:-1] == path[:-1] and is_counted(p.key))
    part = named.figure if named is not None else None if own else next(beside, None)
    if part is None or part.unit == "sum":
        return one
    of = read_figure([found["of"]]) if found["of"] else None
    if found["of"] and of is None:
        return one
    return Proposal(one.slot, Share(part, of.figure if of is not None else Counted(part.unit)).key)


def _of_rows(path: Sequence[str], kind: FormKind) -> tuple[str, bool]:
    own = _looked_up(path, _titles(kind))
    if own is not None:
        return own
    figure = read_figure(path)
    if figure is not None and figure.figure.unit == "persons" and figure.figure.where:
        return figure.figure.key, figure.sure
    return "", False


def _of_figures(path: Sequence[str], kind: FormKind) -> tuple[str, bool]:
    """What a figure is; the sections of a list of items (一、人口情况) may only head it, or be part of what is counted."""
    place = _looked_up(path, _place_titles())
    if place is not None and len(path) <= 2:
        return place
    month = _month(path)
    if month:
        return month, True
    whole = read_figure(path) or read_sum(path)
    items = [text for text in path if not _SECTION.match(text)] if kind is FormKind.FIGURES else []
    if not items or len(items) == len(path):
        return (whole.figure.key, whole.sure) if whole is not None else ("", False)
    own = read_figure(items) or read_sum(items)
    meant = own if own is not None and (own.figure.where or own.figure.unit == "sum" or whole is None) else whole
    if meant is None:
        return "", False
    alike = own is not None and whole is not None and own.figure.key == whole.figure.key
    return meant.figure.key, alike and own is not None and own.sure


def _overlaps(one: str, others: Iterable[str]) -> bool:
    """Whether a figure's band shares a part, not the whole, of the band of another that is else the same: 16岁以下 beside 16—59岁."""
    own = _band_of(one)
    if own is None:
        return False
    rest, low, high = own
    found = (other for key in others if (other := _band_of(key)) is not None and other[0] == rest)
    return any(a < low <= b < high or low < a <= high < b for _, a, b in found)


def _band_of(key: str) -> tuple[Counted, float, float] | None:
    """A figure without its one band, and the band's ends."""
    figure = counted_of(key)
    bands = [c for c in figure.where if DIMENSIONS[c.dimension].is_band] if figure is not None else []
    if figure is None or len(bands) != 1 or len(bands[0].values) != 1:
        return None
    return replace(figure, where=tuple(c for c in figure.where if c not in bands)), *band_ends(bands[0].values[0])


def _month(path: Sequence[str]) -> str:
    """A figure of the month's movement: its word, and 户 or 人 behind or below it."""
    words = [re.sub(r"[(（]|[)）]", "", caption(text)) for text in path[-2:]]
    whole = "".join(words)
    for text in (whole, words[-1]):
        for key, (_, titles) in _NATURAL.items():
            if text in titles or text.removesuffix("户" if key.endswith("households") else "人") in titles:
                return key
        for suffix, part in (
            ("户数", "households"),
            ("户", "households"),
            ("人数", "persons"),
            ("人口", "persons"),
            ("人", "persons"),
        ):
            for key, (_, titles) in MONTHS.items():
                if text.endswith(suffix) and text.removesuffix(suffix) in titles:
                    return f"{key}.{part}"
    return ""


@cache
def _titles(kind: FormKind) -> dict[str, str]:
    """Captions of what a row can say; what comes first in the kind's order keeps a caption two would claim."""
    found: dict[str, str] = {}
    members = {one.key for one in offered(kind) if one.key.startswith("member.")}
    for exact in (True, False):
        for one in offered(kind):
            titles = (one.label,) if exact else one.titles
            for title in titles:
                for text in (caption(title), bare(title)):
                    if text and not (one.key in members and kind is FormKind.HOUSEHOLD and text in ("姓名", "关系")):
                        found.setdefault(text, one.key)
    return found


@cache
def _place_titles() -> dict[str, str]:
    return {text: key for key, (_, titles) in PLACES.items() for t in titles for text in (caption(t), bare(t)) if text}


def _looked_up(path: Sequence[str], titles: Mapping[str, str]) -> tuple[str, bool] | None:
    """The meaning of the most levels that are known together; groups above them must be neutral for it to be sure."""
    if any(_STRANGERS.search(bare(text)) for text in path):
        return None
    for start in range(len(path)):
        levels = path[start:]
        for words in (levels, levels[::-1])[: 1 if len(levels) == 1 else 2]:
            key = titles.get("".join(map(caption, words))) or titles.get("".join(map(bare, words)))
            if key:
                return key, all(_NEUTRAL.fullmatch(bare(group) or "情况") for group in path[:start])
    return None


def label_of(key: str) -> str:
    """What the clerk reads for a meaning, with what it counts where it counts."""
    text = fixed_text(key)
    if text is not None:
        return f"填“{text}”"
    figure = counted_of(key) or share_of(key)
    if figure is not None:
        return figure.sentence
    if key in VALUES:
        return VALUES[key].label
    if key in PLACES:
        return PLACES[key][0]
    if key in _NATURAL:
        return _NATURAL[key][0]
    stem, _, part = key.rpartition(".")
    return f"{MONTHS[stem][0]}（{'户' if part == 'households' else '人'}）" if stem in MONTHS else ""


def short_of(key: str) -> str:
    """The same in a few words, for a narrow place."""
    figure = counted_of(key) or share_of(key)
    return figure.short if figure is not None else label_of(key)


def is_known(key: str) -> bool:
    """Whether this program knows a meaning that was remembered."""
    return bool(label_of(key))


def choices(kind: FormKind) -> tuple[tuple[str, str, str], ...]:
    """Everything a slot of this kind of sheet may be given, as key, label and group."""
    if kind in (FormKind.HOUSEHOLD, FormKind.PERSON):
        of_head = kind is FormKind.HOUSEHOLD
        rows = [
            (one.key, one.label, "户主本人" if of_head and one.group == "成员" else one.group) for one in offered(kind)
        ]
        return (*rows, *((f.key, f.short, "本户人数") for f in _single("persons")))
    places = [(key, label, "名称") for key, (label, _) in PLACES.items()]
    parts = (("households", "户"), ("persons", "人"))
    moves = [
        (f"{key}.{part}", f"{label}（{word}）", "本月变动")
        for key, (label, _) in MONTHS.items()
        for part, word in parts
    ]
    natural = [(key, label, "本月变动") for key, (label, _) in _NATURAL.items()]
    counts = [(f.key, f.short, "户数") for f in (Counted("households"), *_single("households"))]
    counts += [(f.key, f.short, "人数") for f in (Counted("persons"), *_single("persons"))]
    sums = [(Counted("sum", (), key).key, f"{one.label}之和", "合计") for key, one in SUMS.items()]
    return (*places, *moves, *natural, *counts, *sums)


@cache
def _single(unit: Literal["households", "persons"]) -> tuple[Counted, ...]:
    """Every figure with one condition."""
    return tuple(
        Counted(unit, (Condition(one.key, (value,)),))
        for one in DIMENSIONS.values()
        if one.key not in ("relation", "ethnicity", "politics", "head_sex", "application_kind")
        for value in one.values()
    )


def carried(
    proposals: Sequence[Proposal], before: Mapping[tuple[str, ...], str], old: Sequence[tuple[str, ...]]
) -> tuple[tuple[Proposal, ...], tuple[tuple[str, ...], ...]]:
    """The proposals with what was answered before, and the captions that are gone.

    ``before`` are the answers by caption path of the form remembered, ``old`` all its paths in their order. A path met before keeps its
    answer; a new one at the place or with nearly the words of one that is gone is taken for it and asked about.
    """
    if not old:
        return tuple(proposals), ()
    known = {_plain(path): path for path in old}
    gone = [path for path in old if _plain(path) not in {_plain(p.slot.path) for p in proposals}]
    made = []
    for number, one in enumerate(proposals):
        path = known.get(_plain(one.slot.path))
        if path is not None:
            made.append(_answered(one, before.get(path), "", ""))
            continue
        meant = _renamed(one.slot.path, number, gone, old)
        if meant is None:
            made.append(Proposal(one.slot, one.key, one.sure, "new"))
            continue
        gone.remove(meant)
        made.append(_answered(one, before.get(meant), "renamed", " › ".join(meant)))
    return tuple(made), tuple(gone)


def _answered(one: Proposal, key: str | None, change: Literal["", "renamed"], before: str) -> Proposal:
    if one.slot.formula:
        return Proposal(one.slot, one.key, one.sure, change, before)
    renewed = bool(
        change and one.key and one.key != key
    )  # 60岁以上 became 65岁以上: its new words go before the old answer
    if key is None or (key and not is_known(key)) or renewed:
        return Proposal(one.slot, one.key, one.sure and not change, change, before)
    return Proposal(one.slot, key, not change, change, before)


def _plain(path: Sequence[str]) -> tuple[str, ...]:
    return tuple(map(caption, path))


def _renamed(
    path: Sequence[str], number: int, gone: Sequence[tuple[str, ...]], old: Sequence[tuple[str, ...]]
) -> tuple[str, ...] | None:
    """The caption that is gone which this one most likely was: nearly the same words, else the same place in the same group."""
    here = "".join(_plain(path))
    scored = [(SequenceMatcher(None, here, "".join(_plain(one))).ratio(), one) for one in gone]
    best = max(scored, default=(0.0, ()), key=lambda pair: pair[0])
    if best[0] >= _LIKE:
        return best[1]
    place = old[number] if number < len(old) else ()
    return place if place in gone and _plain(place)[:-1] == _plain(path)[:-1] and len(path) > 1 else None
