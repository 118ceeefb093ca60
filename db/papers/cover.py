"""The three sheets before the papers of a household's file: 卷宗封面, 目录 and 缺件清单."""

from __future__ import annotations

from collections.abc import Sequence

from db.papers.dossier import DossierFacts, Entry
from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Column,
    Folio,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Row,
    Signatures,
    Spacer,
    Table,
    Title,
    Tone,
)
from db.papers.wording import UNKNOWN, day, short_day

COVER, CONTENTS, SHORTFALL = "卷宗封面", "卷内目录", "缺件清单"
LEAST_ROWS = 18


def cover(facts: DossierFacts, pages: int) -> Paper:
    """卷宗封面: whose file it is and how many pages it has, the cover counted."""
    rows = (
        labelled(("县（区）镇", f"{facts.county}{facts.town}"), columns=4),
        labelled(("村、村民小组", f"{facts.village}{facts.group}"), columns=4),
        labelled(("户　　主", facts.head_name), columns=4),
        labelled(("户 编 号", facts.number or "（未建卡）"), columns=4),
        labelled(("家庭人口", f"{facts.size}人"), ("属性", facts.attribute)),
        labelled(("年　　度", f"{facts.year}年"), ("页数", f"共{pages}页")),
    )
    blocks: tuple[Block, ...] = (
        Spacer(40),
        Title("贫困户档案", "一户一档"),
        Spacer(22),
        KeyValueGrid((27, 35, 15, 23), grid_rows(rows, 16), size=18),
        Spacer(34),
        Signatures(((f"立卷人：{facts.filler}", f"立卷日期：{day(facts.made_on)}"),)),
    )
    return Paper(COVER, blocks, COVER, margins=Margins.POSTER, folio=Folio.BARE)


def contents(facts: DossierFacts, places: Sequence[int]) -> Paper:
    """卷内目录 with the first page of each entry; 0 for one without a page of its own."""
    lines = [
        _line(n, entry, place) for n, (entry, place) in enumerate(zip(facts.entries, places, strict=True), start=1)
    ]
    lines += [Row(("",) * len(_CONTENTS))] * (LEAST_ROWS - len(lines))
    blocks: tuple[Block, ...] = (
        Title(CONTENTS),
        Paragraph(_whose(facts), 0, Align.RIGHT, Tone.NOTE, keep=True),
        Table(_CONTENTS, tuple(lines), size=11.5, row_mm=8),
    )
    return Paper(CONTENTS, blocks, CONTENTS, margins=Margins.FORM)


_CONTENTS = (
    Column("序号", 8),
    Column("题名", 52, Align.LEFT, prose=True),
    Column("日期", 20),
    Column("页次", 10),
    Column("备注", 40, Align.LEFT, prose=True),
)


def _line(n: int, entry: Entry, place: int) -> Row:
    named = "、".join(one.name for one in entry.enclosures)
    enclosed = f"附件（PDF，另存另印）：{named}" if named else ""
    remark = "；".join(filter(None, (entry.remark, enclosed)))
    return Row((str(n), entry.title, short_day(entry.on), str(place) if place else UNKNOWN, remark))


def shortfall(facts: DossierFacts) -> Paper:
    """缺件清单: what the file lacks, at which step, and what to do, with a column to tick off by hand."""
    count = (
        f"截至{day(facts.made_on)}，缺{len(facts.missing)}件" if facts.missing else f"截至{day(facts.made_on)}，无缺件"
    )
    lines = tuple(Row((str(n), m.step, m.title, m.remedy, "")) for n, m in enumerate(facts.missing, start=1))
    body: tuple[Block, ...] = (
        (Table(_SHORTFALL, lines, size=11.5, row_mm=10),) if lines else (Paragraph("已办各步的材料齐全，没有缺件。"),)
    )
    blocks: tuple[Block, ...] = (
        Title(SHORTFALL),
        Paragraph(f"{_whose(facts)}　　{count}", 0, Align.LEFT, Tone.NOTE, keep=True),
        *body,
        Signatures((("核对人（签名）：", "补齐日期：　　　　年　　月　　日"),)),
    )
    return Paper(SHORTFALL, blocks, SHORTFALL, margins=Margins.FORM)


_SHORTFALL = (
    Column("序号", 7),
    Column("步骤", 16),
    Column("缺少的材料", 42, Align.LEFT, prose=True),
    Column("怎样补", 48, Align.LEFT, prose=True),
    Column("补齐", 12),
)


def _whose(facts: DossierFacts) -> str:
    return f"{facts.title}　户编号：{facts.number or '（未建卡）'}"
