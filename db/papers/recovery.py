"""恢复密钥: the one sheet that opens the record when every password is lost; printed once for the office's safe.

It says what it is for, how to keep it, and leaves places to sign for who sealed it.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from db.papers.model import (
    Align,
    Block,
    Cell,
    Folio,
    GridRow,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Seal,
    Signatures,
    Spacer,
    Title,
    Tone,
)
from db.papers.wording import day

KEEPING = (
    "本页是打开本镇扶贫档案的最后一把钥匙：所有人的密码都忘记时，凭恢复密钥可以重设密码。",
    "请装入信封，封口处由经办人、审核人签名并加盖公章，存入单位保险柜，由专人保管并登记。",
    "不要拍照、不要抄录、不要存入电脑或手机，不要与档案文件放在一起。",
    "得到本页和档案文件的人可以看到全部农户资料。信封破损、遗失或保管人调离时，请立即在“设置与备份”中换新的恢复密钥，旧页随即作废。",
    "密码和恢复密钥都丢失的，任何人都无法打开档案。",
)


@dataclass(frozen=True, slots=True)
class RecoveryFacts:
    """``code`` is the recovery key as it must be typed; ``record_name`` and ``record_mark`` tell which record it opens."""

    town: str
    record_name: str
    record_mark: str
    code: str
    made_at: datetime


def build(facts: RecoveryFacts) -> Paper:
    """One page; the code stands in groups, so that it can be typed back without a slip."""
    title = f"{facts.town}扶贫档案恢复密钥"
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(f"档案文件：{facts.record_name}　　档案标记：{facts.record_mark}", 0, Align.CENTER, Tone.NOTE),
        Paragraph(f"生成时间：{facts.made_at:%Y-%m-%d %H:%M}", 0, Align.CENTER, Tone.NOTE, keep=True),
        Spacer(4),
        *_code(facts.code),
        Spacer(6),
        *(Paragraph(f"{n}. {text}") for n, text in enumerate(KEEPING, start=1)),
        Signatures((("经办人（签名）：", "审核人（签名）："), ("保管人（签名）：", "存放处："))),
        Seal(f"{facts.town}人民政府（盖章）", day(facts.made_at.date())),
    )
    return Paper(title, blocks, f"恢复密钥-{facts.town}", margins=Margins.FORM, folio=Folio.BARE)


def code_lines(code: str) -> tuple[str, ...]:
    """The code's groups, three to a line, so that none is broken."""
    groups = code.split("-")
    return tuple("-".join(groups[n : n + 3]) for n in range(0, len(groups), 3))


def _code(code: str) -> tuple[KeyValueGrid, KeyValueGrid]:
    caption = Cell("恢复码（不分大小写，横线可以不输）", label=True, align=Align.CENTER)
    lines = tuple(GridRow((Cell(line, align=Align.CENTER),), 15) for line in code_lines(code))
    return KeyValueGrid((100,), (GridRow((caption,), 9),)), KeyValueGrid((100,), lines, joined=True, size=22)
