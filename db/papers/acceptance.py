"""申请受理登记簿 and 受理回执: which applications a village took in, and the slip the applicant takes home.

The register stays in the office; the slip names the household, the day and what was handed in, and no number of anybody.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    Folio,
    GridRow,
    KeyValueGrid,
    Margins,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Signatures,
    Spacer,
    Table,
    Title,
    Tone,
)
from db.papers.wording import both, day, listed, short_day

BLANK_ROWS = 17
_SLIPS_A_PAGE = 4


@dataclass(frozen=True, slots=True)
class AcceptedRow:
    """One application; ``attachments`` are the papers handed in, ``taken_by`` who took them."""

    number: str
    accepted_on: date | None
    head_name: str
    group: str
    size: int
    attachments: tuple[str, ...] = ()
    taken_by: str = ""
    remark: str = ""
    village: str = ""


@dataclass(frozen=True, slots=True)
class AcceptanceFacts:
    """The register of one village over a period; without rows it prints empty lines to write on."""

    town: str = ""
    village: str = ""
    year: int | None = None
    first: date | None = None
    last: date | None = None
    rows: tuple[AcceptedRow, ...] = ()
    footer: str = ""


def build(facts: AcceptanceFacts) -> Paper:
    """The register on landscape A4, in the order of the days."""
    year = f"（{facts.year}年）" if facts.year else "（　　　　年）"
    title = f"{facts.town}{facts.village}贫困户申请受理登记簿{year}"
    rows = [Row(_cells(n, row)) for n, row in enumerate(facts.rows, start=1)]
    rows += [Row(("",) * len(_COLUMNS))] * (0 if rows else BLANK_ROWS)
    if facts.rows:
        total = f"合计　{both(len(facts.rows), sum(row.size for row in facts.rows))}"
        rows.append(Row((total,), RowKind.TOTAL, span=len(_COLUMNS)))
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(_span(facts), 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_COLUMNS, tuple(rows), size=10.5, row_mm=6.5 if facts.rows else 7),
        Signatures(((f"{_keeper(facts)}（盖章）：", "登记人（签名）：", "核对人（签名）："),)),
    )
    stem = f"申请受理登记簿-{facts.village}" if facts.rows else "申请受理登记簿-空白"
    return Paper(title, blocks, stem, True, Margins.FORM, footer_left=facts.footer)


def _keeper(facts: AcceptanceFacts) -> str:
    """Who keeps the register: the village its own, the town that of all villages."""
    return f"{facts.town}扶贫办" if facts.rows and not facts.village else "村委会"


def receipts(rows: tuple[AcceptedRow, ...], town: str, committee: str = "") -> Paper:
    """受理回执, four to a page to be cut apart; without rows, one page of blank ones."""
    each = rows or (AcceptedRow("", None, "", "", 0),) * _SLIPS_A_PAGE
    blocks: list[Block] = []
    for n, row in enumerate(each, start=1):
        blocks += [_slip(row, town, committee), PageBreak() if n % _SLIPS_A_PAGE == 0 else Spacer(6)]
    stem = f"受理回执-{each[0].village}{each[0].head_name if len(each) == 1 else ''}" if rows else "受理回执-空白"
    return Paper("贫困户申请受理回执", tuple(blocks[:-1]), stem, margins=Margins.FORM, folio=Folio.BARE)


_COLUMNS = (
    Column("序号", 7),
    Column("申请编号", 27),
    Column("受理日期", 17),
    Column("户主姓名", 15),
    Column("村民小组", 16),
    Column("家庭人口", 10),
    Column("所附材料", 52, Align.LEFT, prose=True),
    Column("受理人", 14),
    Column("备注", 30, Align.LEFT, prose=True),
)


def _span(facts: AcceptanceFacts) -> str:
    if facts.first is None or facts.last is None:
        return "受理日期：　　　　年　　月　　日至　　　　年　　月　　日"
    return f"受理日期：{day(facts.first)}至{day(facts.last)}"


def _cells(n: int, row: AcceptedRow) -> tuple[str, ...]:
    return (
        str(n), row.number, short_day(row.accepted_on, ""), row.head_name, row.group, str(row.size),
        listed(row.attachments), row.taken_by, row.remark,
    )  # fmt: skip


def _slip(row: AcceptedRow, town: str, committee: str) -> KeyValueGrid:
    name = row.head_name or "　　　　　"
    place = f"{row.village}{row.group}" or "　　　　村　　　　组"
    papers = (
        f"申请书{'、' + listed(row.attachments) if row.attachments else '及所附材料'}"
        if row.head_name
        else "申请书、　　　　　　　　"
    )
    text = (
        f"{place}{name}户：你户的相对贫困户申请已于{day(row.accepted_on)}受理，申请编号{row.number or '　　　　　　　　'}，"
        f"收到{papers}。驻村工作队将会同村委会入户核实，请留意村务公示栏。凭本回执可向村委会或{town or '镇'}扶贫办查询办理情况。"
    )
    foot = (
        f"受理人：{row.taken_by or '　　　　　　'}　　　　申请人（签名）：　　　　　　　　",
        f"{committee or '村民委员会'}（盖章）　　{day(row.accepted_on)}",
    )
    rows = (
        GridRow((Cell("贫困户申请受理回执", label=True, align=Align.CENTER),), 10),
        GridRow((Cell(text, prose=True, foot=foot),), 47),
    )
    return KeyValueGrid((100,), rows, size=12)
