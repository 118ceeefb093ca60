"""Where a photo belongs, proposed from its name, its folder, its time and its neighbours; never decided without the clerk.

Every proposal carries its reason in words, and what cannot be told stays blank.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import pairwise

from db.rules.codes import EvidenceKind
from db.rules.evidence import SHARED

NEAR = timedelta(minutes=3)
"""Photos of one visit follow each other within this time."""
_STAMP = re.compile(r"(?<!\d)(20\d{6})[-_ ]?(\d{6})(?:\d{3})?(?!\d)")
_EPOCH = re.compile(r"mmexport(1\d{12})(?!\d)")
_K = EvidenceKind
WORDS: tuple[tuple[str, EvidenceKind], ...] = (
    ("申请书", _K.APPLICATION), ("申请表", _K.APPLICATION), ("户口簿", _K.HOUSEHOLD_BOOK), ("户口本", _K.HOUSEHOLD_BOOK),
    ("户口", _K.HOUSEHOLD_BOOK), ("身份证", _K.ID_CARD), ("残疾证", _K.DISABILITY_CARD), ("残疾", _K.DISABILITY_CARD),
    ("低保证", _K.BENEFIT_CARD), ("低保", _K.BENEFIT_CARD), ("特困证", _K.BENEFIT_CARD), ("五保证", _K.BENEFIT_CARD),
    ("五保", _K.BENEFIT_CARD), ("病历", _K.MEDICAL), ("诊断", _K.MEDICAL), ("出院", _K.MEDICAL), ("住院", _K.MEDICAL),
    ("学籍", _K.SCHOOL), ("在读", _K.SCHOOL), ("学生证", _K.SCHOOL), ("派出所", _K.POLICE_PROOF), ("公安证明", _K.POLICE_PROOF),
    ("核实表", _K.VISIT_SHEET), ("调查表", _K.VISIT_SHEET), ("外观", _K.HOUSE_OUTSIDE), ("外景", _K.HOUSE_OUTSIDE),
    ("外墙", _K.HOUSE_OUTSIDE), ("屋外", _K.HOUSE_OUTSIDE), ("房屋", _K.HOUSE_OUTSIDE), ("室内", _K.HOUSE_INSIDE),
    ("屋内", _K.HOUSE_INSIDE), ("内景", _K.HOUSE_INSIDE), ("厨房", _K.HOUSE_INSIDE), ("合影", _K.VISIT_PHOTO),
    ("合照", _K.VISIT_PHOTO), ("收入核算", _K.INCOME_SHEET), ("收入表", _K.INCOME_SHEET), ("签到", _K.SIGN_IN),
    ("会议记录", _K.MINUTES), ("评议记录", _K.MINUTES), ("会场", _K.MEETING_PHOTO), ("评议会", _K.MEETING_PHOTO),
    ("公示期间", _K.NOTICE_DURING), ("期满", _K.NOTICE_END), ("撤下", _K.NOTICE_END), ("公示", _K.NOTICE_START),
    ("张贴", _K.NOTICE_START), ("异议", _K.OBJECTION), ("初审意见", _K.OPINION), ("花名册", _K.ROLL), ("名册", _K.ROLL),
    ("审核表", _K.REVIEW), ("上报报告", _K.REPORT), ("公告", _K.ANNOUNCEMENT), ("批复", _K.DECISION), ("户卡", _K.CARD),
    ("死亡证明", _K.CHANGE), ("出生证明", _K.CHANGE), ("出生医学证明", _K.CHANGE), ("结婚证", _K.CHANGE), ("迁移证", _K.CHANGE),
)  # fmt: skip
"""What clerks and village cadres call the papers in the names of files and folders; the longest word found counts."""


@dataclass(frozen=True, slots=True)
class Clue:
    """What a file says of itself: its name without the ending, the folders above it (nearest first), when it was taken."""

    name: str
    folders: tuple[str, ...] = ()
    taken_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Home:
    """A household as photos are sorted to it; ``people`` are the other members."""

    id: int
    village_id: int
    group: str
    head: str
    people: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        return f"{self.group} {self.head}"


@dataclass(frozen=True, slots=True)
class Occasion:
    """A day on which something of a village was done: an assembly, a posting (``batch_id``, ``told`` in words), a visit (``home_id``)."""

    on: date
    village_id: int
    kind: EvidenceKind
    batch_id: int = 0
    home_id: int = 0
    told: str = ""


@dataclass(frozen=True, slots=True)
class Known:
    """What the record knows: villages by id, their households, occasions, and the papers that a kind may hang on, newest first.

    ``groups`` are the places of a village's notices, ``lacking`` the kinds each household lacks.
    """

    villages: Mapping[int, str]
    homes: Sequence[Home]
    occasions: Sequence[Occasion] = ()
    papers: Mapping[tuple[int, EvidenceKind], Sequence[int]] = field(default_factory=dict)
    places: Mapping[int, Sequence[str]] = field(default_factory=dict)
    lacking: Mapping[int, Sequence[EvidenceKind]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Proposal:
    """Where a photo seems to belong; 0, None and "" are not known. ``why`` are the reasons in words, ``doubt`` what the clerk must
    settle."""

    village_id: int = 0
    home_id: int = 0
    kind: EvidenceKind | None = None
    batch_id: int = 0
    place: str = ""
    taken_on: date | None = None
    why: tuple[str, ...] = ()
    doubt: str = ""

    @property
    def complete(self) -> bool:
        """Whether nothing is left to be said before it can be kept."""
        return self.kind is not None and bool(self.batch_id if self.kind in SHARED else self.home_id)


def propose(clues: Sequence[Clue], known: Known, today: date) -> tuple[Proposal, ...]:
    """A proposal for each file, in order."""
    sorter = _Sorter(known, today)
    single = [sorter.one(clue) for clue in clues]
    joined = _from_neighbours(clues, single)
    return tuple(sorter.finish(one) for one in joined)


class _Sorter:
    """Looks at one file after the other."""

    def __init__(self, known: Known, today: date) -> None:
        self.known = known
        self.today = today
        self.heads: dict[str, list[Home]] = {}
        self.people: dict[str, list[Home]] = {}
        self.by_id = {home.id: home for home in known.homes}
        for home in known.homes:
            self.heads.setdefault(home.head, []).append(home)
            for name in home.people:
                self.people.setdefault(name, []).append(home)
        names = {*self.heads, *self.people}
        self.lengths = sorted({len(name) for name in names if len(name) > 1}, reverse=True)

    def one(self, clue: Clue) -> Proposal:
        found = self._timed(Proposal(), clue)
        found = self._worded(found, clue)
        found = self._of_village(found, clue)
        found = self._of_household(found, clue)
        return self._placed(self._by_day(found), clue)

    def finish(self, found: Proposal) -> Proposal:
        """The kind when the household lacks only one, and the paper when its village has only one that asks for it."""
        lacks = self.known.lacking.get(found.home_id, ())
        if found.kind is None and found.home_id and len(lacks) == 1:
            found = _because(replace(found, kind=lacks[0]), "这一户只欠这一件")
        if found.kind in SHARED and not found.batch_id and found.kind is not None:
            papers = self.known.papers.get((found.village_id, found.kind), ())
            if len(papers) == 1:
                return _because(replace(found, batch_id=papers[0], home_id=0), "本村只有这一次")
            return replace(found, home_id=0)
        return found

    def _timed(self, found: Proposal, clue: Clue) -> Proposal:
        if clue.taken_at is None:
            return found
        day = clue.taken_at.date()
        if day > self.today:
            return replace(found, doubt=f"照片里的拍摄日期 {day} 晚于今天，没有采用")
        return replace(found, taken_on=day)

    def _worded(self, found: Proposal, clue: Clue) -> Proposal:
        for text, what in _texts(clue):
            hits = [(word, kind) for word, kind in WORDS if word in text]
            if hits:
                word, kind = max(hits, key=_length)
                return _because(replace(found, kind=kind), f"{what}含“{word}”")
        return found

    def _of_village(self, found: Proposal, clue: Clue) -> Proposal:
        for text, what in _texts(clue):
            hits = [(name, i) for i, full in self.known.villages.items() if (name := _short(full, text))]
            longest = max((len(name) for name, _ in hits), default=0)
            best = [(name, i) for name, i in hits if len(name) == longest]
            if len(best) == 1:
                return _because(replace(found, village_id=best[0][1]), f"{what}含“{best[0][0]}”")
        return found

    def _of_household(self, found: Proposal, clue: Clue) -> Proposal:
        for names, role in ((self.heads, "户主"), (self.people, "成员")):
            for text, what in _texts(clue):
                for name in self._names(text, names):
                    return self._chosen(found, name, names[name], clue, f"{what}含{role}“{name}”")
        return found

    def _names(self, text: str, names: Mapping[str, Sequence[Home]]) -> Iterator[str]:
        for length in self.lengths:
            for at in range(len(text) - length + 1):
                if text[at : at + length] in names:
                    yield text[at : at + length]

    def _chosen(self, found: Proposal, name: str, homes: Sequence[Home], clue: Clue, why: str) -> Proposal:
        """The one household of that name, narrowed by village and group; several of one name are the clerk's to tell apart."""
        unique = {home.id: home for home in homes}
        left = [h for h in unique.values() if found.village_id in (0, h.village_id)] or list(unique.values())
        grouped = [h for h in left if any(h.group in text for text, _ in _texts(clue))]
        left = grouped or left
        if len(left) == 1:
            return _because(replace(found, village_id=left[0].village_id, home_id=left[0].id), why)
        villages = {home.village_id for home in left}
        if len(villages) == 1:
            found = replace(found, village_id=villages.pop())
        return replace(found, doubt=f"叫“{name}”的有 {len(left)} 户，请选是哪一户")

    def _by_day(self, found: Proposal) -> Proposal:
        """What was done on the day it was taken, where that leaves no choice."""
        if found.taken_on is None or found.home_id or found.batch_id:
            return found
        here = [o for o in self.known.occasions if o.on == found.taken_on and found.village_id in (0, o.village_id)]
        kind = found.kind
        if kind is not None:
            paper = SHARED.get(kind)
            here = [o for o in here if (o.home_id if paper is None else SHARED.get(o.kind) is paper)]
        if len({(o.batch_id, o.home_id) for o in here}) != 1:
            return found
        one = here[0]
        told = f"那天{one.told}" if one.batch_id else "那天只入了这一户"
        fitting = kind or (one.kind if one.batch_id else None)
        chosen = replace(found, village_id=one.village_id, home_id=one.home_id, batch_id=one.batch_id, kind=fitting)
        return _because(chosen, f"拍于 {found.taken_on}，{told}")

    def _placed(self, found: Proposal, clue: Clue) -> Proposal:
        if found.kind not in SHARED:
            return found
        for place in self.known.places.get(found.village_id, ()):
            for text, what in _texts(clue):
                if place in text:
                    return _because(replace(found, place=place), f"{what}含“{place}”")
        return found


def _from_neighbours(clues: Sequence[Clue], found: Sequence[Proposal]) -> list[Proposal]:
    """A photo nobody named goes with the one taken just before it in the same folder; where the next one says otherwise, with none."""
    timed = sorted((n for n, c in enumerate(clues) if c.taken_at is not None), key=lambda n: (_when(clues[n]), n))
    joined = list(found)
    for before, n in pairwise(timed):
        gap = _when(clues[n]) - _when(clues[before])
        alone = not (joined[n].home_id or joined[n].batch_id or joined[n].doubt) and joined[n].kind not in SHARED
        same = joined[before].home_id and joined[n].village_id in (0, joined[before].village_id)
        if alone and same and gap <= NEAR and clues[n].folders[:1] == clues[before].folders[:1]:
            home, village = joined[before].home_id, joined[before].village_id
            told = f"与前一张相隔 {int(gap.total_seconds())} 秒"
            joined[n] = _because(replace(joined[n], home_id=home, village_id=village), told)
    return joined


def _when(clue: Clue) -> datetime:
    assert clue.taken_at is not None
    return clue.taken_at


def time_in_name(name: str) -> datetime | None:
    """The time that phones and chat programs put into names: IMG_20160520_093107, 微信图片_20160520093107, mmexport1463708467000."""
    digits = _STAMP.search(name)
    try:
        if digits is not None:
            return datetime.strptime("".join(digits.groups()), "%Y%m%d%H%M%S")
        epoch = _EPOCH.search(name)
        return datetime(1970, 1, 1) + timedelta(milliseconds=int(epoch[1]), hours=8) if epoch else None
    except ValueError:
        return None


def _texts(clue: Clue) -> Iterator[tuple[str, str]]:
    yield clue.name, "文件名"
    for folder in clue.folders:
        yield folder, "文件夹名"


def _short(village: str, text: str) -> str:
    """The village's name as the text has it, with or without 村; "" when it has neither."""
    bare = village.removesuffix("村")
    return village if village in text else bare if len(bare) > 1 and bare in text else ""


def _length(hit: tuple[str, EvidenceKind]) -> int:
    return len(hit[0])


def _because(found: Proposal, why: str) -> Proposal:
    return replace(found, why=(*found.why, why))
