"""上报报告: the town's report to the county with the list of its proposed households, in the form of GB/T 9704.

Every figure stands in 户 and 人; the table by village adds up to the sums of the text, because both are counted from the same rows.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Block, Column, Head, Paper, Paragraph, Row, RowKind, Seal, Table, Title, Tone
from db.papers.wording import both, day
from db.rules.codes import Attribute


@dataclass(frozen=True, slots=True)
class ReportRow:
    """One household the town passes on. ``able`` is 有 or 无, "" when it is not known."""

    village: str
    size: int
    attribute: str
    able: str = ""


@dataclass(frozen=True, slots=True)
class Pair:
    """Households and persons."""

    households: int = 0
    persons: int = 0

    def text(self) -> str:
        return both(self.households, self.persons)


@dataclass(frozen=True, slots=True)
class ReportFacts:
    """``addressee`` is the county's office, ``body`` the town's government. ``objections`` and ``upheld`` count those during the
    notices; ``returned`` are those sent back to their villages in the same reviews."""

    town: str
    year: int
    body: str
    addressee: str
    basis: str
    rows: tuple[ReportRow, ...]
    reported_on: date | None
    document: str = ""
    applied: Pair = Pair()
    returned: Pair = Pair()
    objections: int = 0
    upheld: int = 0
    notice_days: int = 7
    contact: str = ""
    phone: str = ""
    footer: str = ""


def build(facts: ReportFacts) -> Paper:
    """The report with its table; the rolls of the villages are its annexes."""
    title = f"关于上报{facts.town}{facts.year}年度相对贫困户名单的报告"
    villages = tuple(dict.fromkeys(row.village for row in facts.rows))
    contact = f"（联系人：{facts.contact}，电话：{facts.phone}）" if facts.contact or facts.phone else ""
    blocks: tuple[Block, ...] = (
        Paragraph(facts.document or "　　〔　　　　〕　　号", 0, Align.CENTER, keep=True),
        Title(title),
        Paragraph(f"{facts.addressee}：", 0),
        Paragraph(f"根据{facts.basis}，我镇组织各村开展了{facts.year}年度相对贫困户识别工作，现将结果报告如下。"),
        Paragraph("一、基本情况", tone=Tone.HEADING, keep=True),
        *map(Paragraph, _figures(facts, len(villages))),
        Paragraph("二、识别程序", tone=Tone.HEADING, keep=True),
        Paragraph(_procedure(facts)),
        Paragraph("三、各村情况", tone=Tone.HEADING, keep=True),
        _table(facts.rows, villages),
        Paragraph("现予上报，请审定。"),
        *_annexes(facts, villages),
        Seal(f"{facts.body}（盖章）", day(facts.reported_on)),
        *((Paragraph(contact, 2),) if contact else ()),
    )
    return Paper(title, blocks, f"上报报告-{facts.town}", footer_left=facts.footer)


def counted(rows: Sequence[ReportRow], attribute: str = "", able: str = "") -> Pair:
    """户 and 人 of those rows that have the attribute and the ability, where one is asked for."""
    of = [row.size for row in rows if attribute in ("", row.attribute) and able in ("", row.able)]
    return Pair(len(of), sum(of))


def _figures(facts: ReportFacts, villages: int) -> tuple[str, ...]:
    each = "，".join(
        f"{name}{pair.text()}" for name in _names(facts.rows) if (pair := counted(facts.rows, name)).households
    )
    able, unable = counted(facts.rows, able="有"), counted(facts.rows, able="无")
    back = f"；退回村补正{facts.returned.text()}" if facts.returned.households else ""
    taken = (
        f"全镇{villages}个村共受理农户申请{facts.applied.text()}，"
        if facts.applied.households
        else f"全镇{villages}个村"
    )
    return (
        f"{taken}经审核，同意上报{counted(facts.rows).text()}{back}。",
        f"按贫困户属性分：{each}。按劳动能力分：有劳动能力的{able.text()}，无劳动能力的{unable.text()}。",
    )


def _names(rows: Sequence[ReportRow]) -> list[str]:
    known = list(Attribute.labels())
    return known + sorted({row.attribute for row in rows} - set(known))


def _procedure(facts: ReportFacts) -> str:
    heard = (
        f"公示期间收到异议{facts.objections}件，均已核查答复，其中成立{facts.upheld}件"
        if facts.objections
        else "公示期间没有收到异议"
    )
    return (
        "各户均经农户申请、驻村工作队会同村委会入户核实、村民（代表）大会民主评议、"
        f"村委会和各村民小组公示{facts.notice_days}天、村委会初审和镇审核。{heard}。"
    )


def _table(rows: tuple[ReportRow, ...], villages: tuple[str, ...]) -> Table:
    names = _names(rows)
    columns = (Column("村", 18), *(Column(word, 9) for _ in range(len(names) + 1) for word in ("户", "人")))
    heads = (
        (Head("村", rows=2), *(Head(name, columns=2) for name in names), Head("合计", columns=2)),
        tuple(Head(word) for _ in range(len(names) + 1) for word in ("户", "人")),
    )
    lines = [Row(_line(village, [r for r in rows if r.village == village], names)) for village in villages]
    return Table(columns, (*lines, Row(_line("合计", rows, names), RowKind.TOTAL)), heads, size=12, row_mm=7.5)


def _line(title: str, rows: Sequence[ReportRow], names: Sequence[str]) -> tuple[str, ...]:
    pairs = [*(counted(rows, name) for name in names), counted(rows)]
    return (title, *(str(figure) for pair in pairs for figure in (pair.households, pair.persons)))


def _annexes(facts: ReportFacts, villages: tuple[str, ...]) -> tuple[Paragraph, ...]:
    """附件说明 of GB/T 9704: below the text, before the seal."""
    return (
        Paragraph(f"附件：1. {facts.town}各村相对贫困户汇总名册（{len(villages)}份）", keep=True),
        Paragraph(f"2. {facts.town}各村镇审核表（{len(villages)}份）", 5, keep=True),
    )
