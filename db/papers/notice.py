"""公示: the list of households proposed as poor, hung at the village office and in every group.

Its columns are fixed: 序号, 村民小组, 户主姓名, 家庭人口, 贫困户属性, and the main cause only where the town chose so. There is no
column for a number of any kind, and illness and disability are printed as 其他.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Block, Column, Paper, Paragraph, Row, Seal, Table, Title
from db.papers.wording import both, day, listed

IDENTIFYING, REMOVING = "识别", "清退"
_LISTS = {IDENTIFYING: "相对贫困户（拟）", REMOVING: "相对贫困户拟清退"}
PRIVATE_CAUSES = frozenset({"因病", "因残", "因婚", "因丧"})
COMPOUND_SURNAMES = frozenset(
    {"欧阳", "司徒", "上官", "诸葛", "司马", "夏侯", "皇甫", "尉迟", "公孙", "慕容", "令狐", "东方"}
)


@dataclass(frozen=True, slots=True)
class NoticeRow:
    """One household on the notice. ``head_sex`` is 男 or 女 and is printed only to tell two heads of one name apart."""

    group: str
    head_name: str
    size: int
    attribute: str
    head_sex: str = ""
    cause: str = ""
    head_is_minor: bool = False


@dataclass(frozen=True, slots=True)
class Office:
    """An office that takes objections; its phone is the office's, never a household's. ``role`` e.g. 村民委员会."""

    name: str
    person: str
    phone: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class NoticeFacts:
    """Everything the notice says; ``topic`` is 识别 or 清退, and the list that of who is to come on the register or to leave it.

    ``basis`` names the document(s) with number, ``assembly`` the kind of meeting (村民代表大会), ``places`` the village office and
    every group. ``offices`` take objections (village, town), ``supervision`` is the county's office. ``replaces`` is the
    posting day of a wrong list this one takes the place of, ``corrects`` that of a list that goes on hanging for the others while
    ``changes`` are what reads otherwise here, ``earlier`` are assemblies before ``assembly`` that some of the
    households passed at, each with its kind and day. ``document`` is the number registered for it, where the village gives one.
    """

    village: str
    committee: str
    year: int
    basis: str
    assembly: str
    assembly_on: date
    rows: tuple[NoticeRow, ...]
    first_day: date
    last_day: date
    days: int
    places: tuple[str, ...]
    offices: tuple[Office, ...]
    supervision: tuple[Office, ...]
    posted_on: date
    show_cause: bool = False
    replaces: date | None = None
    day_kind: str = "天"
    footer: str = ""
    earlier: tuple[tuple[str, date], ...] = ()
    topic: str = IDENTIFYING
    corrects: date | None = None
    changes: tuple[str, ...] = ()
    document: str = ""


def build(facts: NoticeFacts) -> Paper:
    """The notice as one paper; households stand in the order of ``facts.rows``."""
    title = f"关于{facts.village}{facts.year}年度{_LISTS[facts.topic]}名单的{_kind(facts)}公示"
    number = [Paragraph(facts.document, 0, Align.CENTER, keep=True)] if facts.document else []
    blocks: list[Block] = [Title(title), *number, Paragraph("全体村民：", indent=0), Paragraph(_intro(facts))]
    if facts.replaces is not None:
        blocks.append(Paragraph(f"本名单张贴后，{day(facts.replaces)}张贴的名单作废，公示期重新计算。"))
    if facts.corrects is not None:
        blocks.append(Paragraph(_correction(facts)))
    blocks += [Paragraph(text) for text in _clauses(facts)]
    blocks += [_table(facts), Seal(f"{facts.committee}（盖章）", day(facts.posted_on))]
    topic = "" if facts.topic == IDENTIFYING else facts.topic
    stem = f"{topic}{_kind(facts)}公示-{facts.village}"
    return Paper(title, tuple(blocks), stem, footer_left=facts.footer)


def corrected(old: NoticeRow, new: NoticeRow) -> str:
    """What of a household reads otherwise on a new list than on the old one; "" when it reads the same."""
    pairs = (
        ("村民小组", old.group, new.group),
        ("户主姓名", _open_name(old), _open_name(new)),
        ("家庭人口", str(old.size), str(new.size)),
        ("贫困户属性", old.attribute, new.attribute),
    )
    told = [f"{caption}由“{before}”更正为“{after}”" for caption, before, after in pairs if before != after]
    return f"{old.group}{_open_name(old)}户{'，'.join(told)}" if told else ""


def _kind(facts: NoticeFacts) -> str:
    if facts.corrects is not None and facts.changes:
        return "更正"
    return "重新" if facts.replaces is not None or facts.corrects is not None else ""


def _correction(facts: NoticeFacts) -> str:
    told = f"更正内容：{'；'.join(facts.changes)}。" if facts.changes else ""
    return (
        f"本公示所列农户原在{day(facts.corrects)}张贴的名单中，现以本公示为准，公示期重新计算；"
        f"原名单中的其他农户不变。{told}"
    )


def indistinct(rows: Sequence[NoticeRow]) -> tuple[NoticeRow, ...]:
    """Households that even head-count and sex do not tell apart; the clerk must see them before posting."""
    seen = Counter((row.group, _open_name(row), row.size, row.head_sex) for row in rows)
    return tuple(row for row in rows if seen[row.group, _open_name(row), row.size, row.head_sex] > 1)


def printed_names(rows: Sequence[NoticeRow]) -> tuple[str, ...]:
    """户主姓名 as printed: the name alone where the head-count beside it tells two apart, else with the sex.

    A head under age is printed by surname only.
    """
    same = Counter((row.group, _open_name(row), row.size) for row in rows)
    return tuple(
        f"{_open_name(row)}（{row.head_sex}）"
        if row.head_sex and same[row.group, _open_name(row), row.size] > 1
        else _open_name(row)
        for row in rows
    )


def _open_name(row: NoticeRow) -> str:
    return _surname(row.head_name) + "某" if row.head_is_minor else row.head_name


def _surname(name: str) -> str:
    return name[:2] if name[:2] in COMPOUND_SURNAMES else name[:1]


def _intro(facts: NoticeFacts) -> str:
    total = both(len(facts.rows), sum(row.size for row in facts.rows))
    held = (*facts.earlier, (facts.assembly, facts.assembly_on))
    assemblies = listed(f"{day(held_on)}{facts.village}{kind}" for kind, held_on in held)
    if facts.topic == REMOVING:
        return (
            f"根据{facts.basis}，经回头看核查，并经{assemblies}民主评议通过，"
            f"下列{total}不符合相对贫困户条件，拟予清退。现予公示，请广大群众监督。"
        )
    return (
        f"根据{facts.basis}，经农户申请、入户核实，并经{assemblies}民主评议通过，"
        f"拟将下列{total}列为相对贫困户。现予公示，请广大群众监督。"
    )


def _clauses(facts: NoticeFacts) -> list[str]:
    offices = "；".join(map(_office, facts.offices))
    watchers = "；".join(map(_office, facts.supervision))
    return [
        f"公示时间：{day(facts.first_day)}至{day(facts.last_day)}，共{facts.days}{facts.day_kind}。",
        f"公示地点：{listed(facts.places)}。",
        f"对名单有异议的，请在公示期内署真实姓名书面反映，或到场、来电反映：{offices}。",
        f"监督电话：{watchers}。",
    ]


def _office(office: Office) -> str:
    return " ".join(part for part in (office.name, office.person, office.phone, office.address) if part)


def _table(facts: NoticeFacts) -> Table:
    columns = [
        Column("序号", 8),
        Column("村民小组", 18),
        Column("户主姓名", 18),
        Column("家庭人口", 14),
        Column("贫困户属性", 20),
    ]
    names = printed_names(facts.rows)
    cells: list[tuple[str, ...]] = [
        (str(n), row.group, name, str(row.size), row.attribute)
        for n, (row, name) in enumerate(zip(facts.rows, names, strict=True), start=1)
    ]
    if facts.show_cause:
        columns.append(Column("主要致贫原因", 20))
        cells = [(*line, _open_cause(row.cause)) for line, row in zip(cells, facts.rows, strict=True)]
    return Table(tuple(columns), tuple(map(Row, cells)), size=14)


def _open_cause(cause: str) -> str:
    """Illness, disability and family matters are nobody's business on a wall."""
    return "其他" if cause in PRIVATE_CAUSES else cause
