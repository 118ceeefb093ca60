"""公示证明单: where and how long a notice hung, with the photos that show it, sealed by the village.

Each place has its own day of posting and of taking down, and photos at the start, during the period and at its end.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import Enum

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    KeyValueGrid,
    Margins,
    PageBreak,
    Paper,
    Paragraph,
    Picture,
    Pictures,
    Row,
    Seal,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import both, day, listed, short_day

LEAST_PLACES = 6


class Moment(Enum):
    """When a photo of a notice was taken."""

    START = "张贴时"
    DURING = "公示期间"
    END = "期满撤下时"


@dataclass(frozen=True, slots=True)
class ProofPhoto:
    """One photo, kept under ``sha``."""

    sha: str
    moment: Moment
    on: date


@dataclass(frozen=True, slots=True)
class ProofPlace:
    """One wall; None is not known yet."""

    place: str
    posted_on: date | None = None
    removed_on: date | None = None
    photos: tuple[ProofPhoto, ...] = ()


@dataclass(frozen=True, slots=True)
class ProofFacts:
    """One notice. ``ProofFacts()`` is the blank form to be taken along when the list is hung."""

    title: str = ""
    village: str = ""
    committee: str = ""
    households: int | None = None
    persons: int = 0
    first_day: date | None = None
    last_day: date | None = None
    objections: str = ""
    places: tuple[ProofPlace, ...] = ()
    sealed_on: date | None = None
    footer: str = ""

    @property
    def unproved(self) -> tuple[str, ...]:
        """Places where the list hung and no photo shows it."""
        return tuple(one.place for one in self.places if one.posted_on is not None and not one.photos)


def build(facts: ProofFacts) -> Paper:
    """The sheet, and behind it the photos place by place."""
    shown = [(one, photo) for one in facts.places for photo in one.photos]
    pictures = tuple(
        Picture(f"{one.place}　{photo.moment.value}　{short_day(photo.on)}", sha=photo.sha) for one, photo in shown
    )
    photos: tuple[Block, ...] = (
        (PageBreak(), Paragraph("公示照片", 0, tone=Tone.HEADING, keep=True), Pictures(pictures)) if pictures else ()
    )
    blocks: tuple[Block, ...] = (
        Title("公示证明单"),
        _what(facts),
        _places(facts.places),
        *_statement(facts),
        Signatures((("张贴人（签名）：", "见证村民（签名、手印）："),)),
        Seal(f"{facts.committee or '　　　　　　村民委员会'}（盖章）", day(facts.sealed_on)),
        *photos,
    )
    stem = f"公示证明单-{facts.village}" if facts.places else "公示证明单-空白"
    return Paper("公示证明单", blocks, stem, margins=Margins.FORM, footer_left=facts.footer)


def _what(facts: ProofFacts) -> KeyValueGrid:
    listed_on = "" if facts.households is None else both(facts.households, facts.persons)
    span = f"{day(facts.first_day)}至{day(facts.last_day)}"
    days = (
        "" if facts.first_day is None or facts.last_day is None else f"{(facts.last_day - facts.first_day).days + 1}天"
    )
    rows = (
        labelled(("公示内容", facts.title), columns=4, prose=True),
        labelled(("公示户数", listed_on), ("公示天数", days)),
        labelled(("公示期", span), columns=4),
        labelled(("异议情况", facts.objections), columns=4, prose=True),
    )
    return KeyValueGrid((16, 34, 16, 34), grid_rows(rows, 10), size=12)


def _places(places: tuple[ProofPlace, ...]) -> Table:
    columns = (
        Column("序号", 8),
        Column("张贴地点", 34, Align.LEFT),
        Column("张贴日期", 22),
        Column("撤下日期", 22),
        Column("照片", 30),
        Column("备注", 20),
    )
    rows = [
        Row((str(n), one.place, short_day(one.posted_on, ""), short_day(one.removed_on, ""), _counted(one), ""))
        for n, one in enumerate(places, start=1)
    ]
    if not places:
        rows = [Row((str(n), "", "", "", "张贴时□ 期间□ 撤下□", "")) for n in range(1, LEAST_PLACES + 1)]
    return Table(columns, tuple(rows), joined=True, size=11, row_mm=9)


def _counted(one: ProofPlace) -> str:
    return f"{len(one.photos)}张" if one.photos else "缺"


def _statement(facts: ProofFacts) -> tuple[Paragraph, ...]:
    where = listed(one.place for one in facts.places) or "　　　　　　　　　　　　"
    text = f"兹证明上列公示已在{where}张贴，公示期间没有撕毁、遮盖或提前撤下。"
    return (Paragraph(text),)
