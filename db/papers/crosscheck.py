"""比对情况说明: what the lists of other departments say of a household, what looking into it came to, and what proves it.

It is handed in where the county or the province's platform asks (广东扶贫云 异常数据 has a 说明 and an attachment for each). What has not
been looked into yet is left blank, to be filled in by hand during the visit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from db.papers.model import (
    Align,
    Block,
    Column,
    Margins,
    PageBreak,
    Paper,
    Paragraph,
    Row,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.wording import day, masked


@dataclass(frozen=True, slots=True)
class CrossLine:
    """One hit: what the platform calls it, whom it concerns, whose list of which day, the sentence, the row's cells, the article, and what
    was found out ("" while it is open) with the names of what proves it."""

    alarm: str
    name: str
    source: str
    text: str
    listed: str
    article: str
    outcome: str = ""
    explanation: str = ""
    attachments: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class CrossFacts:
    """One household; ``filler`` is who fills it in."""

    town: str
    village: str
    group: str
    head_name: str
    on: date
    lines: tuple[CrossLine, ...]
    filler: str = ""

    @property
    def open(self) -> int:
        """How many hits are not explained yet."""
        return sum(not line.outcome for line in self.lines)


def build(households: Sequence[CrossFacts]) -> Paper:
    """One paper, a page for each household."""
    blocks: list[Block] = []
    for number, facts in enumerate(households):
        blocks += [*([PageBreak()] if number else []), *_blocks(facts)]
    one = households[0] if len(households) == 1 else None
    stem = f"比对情况说明-{one.village}{one.group}{one.head_name}" if one else f"比对情况说明-{len(households)}户"
    return Paper("比对情况说明", tuple(blocks), stem, True, Margins.FORM)


def _blocks(facts: CrossFacts) -> list[Block]:
    blanks = f"，其中 {facts.open} 处待核实后填写" if facts.open else ""
    told = f"{facts.village}{facts.group}户主{facts.head_name}家，与有关部门名单比对共有 {len(facts.lines)} 处需要说明{blanks}，核实情况如下："
    attached = [name for line in facts.lines for name in line.attachments]
    foot = [f"附件（{len(attached)} 份）：{'；'.join(masked(name) for name in attached)}"] if attached else []
    return [
        Title("比对情况说明", facts.town),
        Paragraph(told, 2, Align.LEFT, Tone.BODY, keep=True),
        Table(_COLUMNS, tuple(_row(number, line) for number, line in enumerate(facts.lines, 1)), size=9.5, row_mm=14),
        *(Paragraph(text, 0, Align.LEFT, Tone.NOTE) for text in foot),
        Signatures((
            ("户主（签名）：", "村委会（盖章）：", "驻村工作队："),
            (f"填表人：{facts.filler}", "镇扶贫办（盖章）：", f"日期：{day(facts.on)}"),
        )),
    ]  # fmt: skip


_COLUMNS = (
    Column("序号", 5),
    Column("比对项目", 11),
    Column("姓名", 8),
    Column("名单来源", 18, Align.LEFT, prose=True),
    Column("比中的情况", 26, Align.LEFT, prose=True),
    Column("名单里的内容", 26, Align.LEFT, prose=True),
    Column("涉及条款", 18, Align.LEFT, prose=True),
    Column("核实结果", 14, Align.LEFT, prose=True),
    Column("情况说明", 32, Align.LEFT, prose=True),
    Column("附件", 12, Align.LEFT, prose=True),
)


def _row(number: int, line: CrossLine) -> Row:
    attached = "；".join(masked(name) for name in line.attachments)
    return Row((
        str(number), line.alarm, line.name, line.source, masked(line.text), masked(line.listed), line.article, line.outcome,
        masked(line.explanation), attached,
    ))  # fmt: skip
