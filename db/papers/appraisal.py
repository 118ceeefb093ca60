"""民主评议: the record of the assembly with its votes, the sheet its members sign, and the result that is posted.

The quorum is shown with its figures, because a list is only as good as the meeting that passed it. Before the meeting the same
papers are printed with the households in them and everything else left to be written.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from db.papers.forms import grid_rows, labelled
from db.papers.model import (
    Align,
    Block,
    Cell,
    Column,
    GridRow,
    KeyValueGrid,
    Margins,
    Paper,
    Paragraph,
    Row,
    RowKind,
    Seal,
    Signatures,
    Table,
    Title,
    Tone,
)
from db.papers.notice import NoticeRow, printed_names
from db.papers.wording import UNKNOWN, both, day, number


@dataclass(frozen=True, slots=True)
class VoteRow:
    """One household's votes; None is not counted yet. ``result`` is 通过 or 未通过, "" before the vote.

    ``minor`` is a head under age, whom the posted result does not name.
    """

    group: str
    head_name: str
    size: int
    yes: int | None
    no: int | None
    abstained: int | None
    result: str
    summary: str = ""
    minor: bool = False


@dataclass(frozen=True, slots=True)
class AppraisalFacts:
    """One assembly. ``quorum`` says in words whether it was reached and by which rule, e.g. 到会过三分之二，符合法定人数.

    Before it is held the day, the figures and the votes are None and print as blank boxes. ``course`` is 程序要点, ``watcher`` and
    ``teller`` are 监票人 and 唱票人.
    """

    town: str
    village: str
    committee: str
    assembly: str
    subject: str
    held_on: date | None
    place: str
    chair: str
    recorder: str
    due: int | None
    present: int | None
    quorum: str
    rows: tuple[VoteRow, ...]
    guests: str = ""
    withdrew: str = ""
    watcher: str = ""
    teller: str = ""
    course: str = ""
    speeches: str = ""
    footer: str = ""

    @property
    def held(self) -> bool:
        """Whether there is anything but the call to write of."""
        return self.present is not None


COURSE = "主持人说明识别条件和程序；驻村工作队逐户报告核实情况；逐户评议；回避人退场；逐户表决，当场计票；宣布结果。"
LEAST_SIGNERS = 40


def build(facts: AppraisalFacts) -> Paper:
    """会议记录: the meeting, what was said, the votes per household, signatures."""
    title = f"{facts.village}{facts.assembly}民主评议会议记录"
    blocks: tuple[Block, ...] = (
        Title(title),
        _meeting(facts),
        *_told("程序要点", facts.course or ("" if facts.held else COURSE)),
        *_told("发言摘要", facts.speeches),
        *(() if facts.held else _to_write("发言摘要")),
        Paragraph("评议结果", 0, tone=Tone.HEADING, keep=True),
        _votes(facts.rows, facts.held),
        Signatures(
            (
                ("主持人（签名）：", "记录人（签名）："),
                (
                    f"监票人（签名）：{'' if facts.held else facts.watcher}",
                    f"唱票人（签名）：{'' if facts.held else facts.teller}",
                ),
            )
        ),
        Seal(f"{facts.committee}（盖章）", day(facts.held_on)),
    )
    stem = f"会议记录-{facts.village}{_blank_mark(facts)}"
    return Paper(title, blocks, stem, margins=Margins.FORM, footer_left=facts.footer)


def sign_in(facts: AppraisalFacts) -> Paper:
    """签到表: one numbered line for everybody who is due."""
    title = f"{facts.village}{facts.assembly}民主评议签到表"
    columns = (
        Column("序号", 8),
        Column("姓名", 20),
        Column("身份（代表、村民、党员）", 30),
        Column("联系电话", 22),
        Column("签名（手印）", 24),
    )
    rows = tuple(Row((str(n), "", "", "", "")) for n in range(1, (facts.due or LEAST_SIGNERS) + 1))
    due = f"{facts.due}人" if facts.due else "　　　人"
    present = f"{facts.present}人" if facts.present is not None else "　　　人"
    said = f"时间：{day(facts.held_on)}　　地点：{facts.place}　　应到：{due}　　实到：{present}"
    blocks = (
        Title(title),
        Paragraph(said, 0, tone=Tone.NOTE, keep=True),
        Table(columns, rows, size=12, row_mm=9),
    )
    return Paper(title, blocks, f"签到表-{facts.village}", margins=Margins.FORM, footer_left=facts.footer)


def results(facts: AppraisalFacts) -> Paper:
    """评议结果表, hung up after the assembly: the votes and the result of every household, and nothing else of it."""
    title = f"{facts.village}{facts.assembly}民主评议结果表"
    columns = (
        Column("序号", 8), Column("村民小组", 18), Column("户主姓名", 18), Column("家庭人口", 11), Column("同意", 10),
        Column("不同意", 11), Column("弃权", 10), Column("结果", 14),
    )  # fmt: skip
    shown = zip(facts.rows, printed_names([_public(row) for row in facts.rows]), strict=True)
    lines = [Row(_vote(n, replace(row, head_name=name))[:-1]) for n, (row, name) in enumerate(shown, start=1)]
    held = f"评议时间：{day(facts.held_on)}　　地点：{facts.place}　　应到{number(facts.due)}人，实到{number(facts.present)}人"
    blocks: tuple[Block, ...] = (
        Title(title),
        Paragraph(held, 0, tone=Tone.NOTE, keep=True),
        Table(columns, (*lines, _total(facts.rows, len(columns))), size=12, row_mm=7.5),
        Signatures((("主持人（签名）：", "监票人（签名）：", "唱票人（签名）：", "记录人（签名）："),)),
        Seal(f"{facts.committee}（盖章）", day(facts.held_on)),
    )
    return Paper(title, blocks, f"评议结果表-{facts.village}", margins=Margins.FORM, footer_left=facts.footer)


def _public(row: VoteRow) -> NoticeRow:
    return NoticeRow(row.group, row.head_name, row.size, "", head_is_minor=row.minor)


def attendance(present: int, due: int) -> str:
    """到会率 in per cent with one place; a dash when nobody was due."""
    if due <= 0:
        return UNKNOWN
    return f"{(Decimal(present) * 100 / due).quantize(Decimal('0.1'), ROUND_HALF_UP)}%"


def _meeting(facts: AppraisalFacts) -> KeyValueGrid:
    due = "" if facts.due is None else f"{facts.due}人"
    present = "" if facts.present is None else f"{facts.present}人（到会率{attendance(facts.present, facts.due or 0)}）"
    rows = (
        labelled(("会议类型", facts.assembly), ("议题", facts.subject)),
        labelled(("时间", day(facts.held_on)), ("地点", facts.place), prose=True),
        labelled(("主持人", facts.chair), ("记录人", facts.recorder)),
        labelled(("应到", due), ("实到", present)),
        labelled(("法定人数", facts.quorum), columns=4, prose=True),
        labelled(("列席", facts.guests), columns=4, prose=True),
        labelled(("回避人", facts.withdrew), columns=4, prose=True),
        labelled(("监票人", facts.watcher), ("唱票人", facts.teller)),
    )
    return KeyValueGrid((14, 36, 14, 36), grid_rows(rows, 9), size=12)


def _told(heading: str, text: str) -> tuple[Paragraph, ...]:
    """Running text and no box, because it may be longer than a page."""
    parts = [part for part in text.split("\n") if part.strip()]
    return (Paragraph(heading, 0, tone=Tone.HEADING, keep=True), *map(Paragraph, parts)) if parts else ()


def _to_write(heading: str) -> tuple[Block, ...]:
    """Room to write by hand what was said."""
    return (
        Paragraph(heading, 0, tone=Tone.HEADING, keep=True),
        KeyValueGrid((100,), tuple(GridRow((Cell(""),), 10) for _ in range(6))),
    )


def _votes(rows: tuple[VoteRow, ...], held: bool) -> Table:
    columns = (
        Column("序号", 8),
        Column("村民小组", 16),
        Column("户主姓名", 16),
        Column("人口", 9),
        Column("同意", 9),
        Column("不同意", 11),
        Column("弃权", 9),
        Column("结果", 12),
        Column("评议意见", 26, Align.LEFT, prose=True),
    )
    body = [Row(_vote(n, row) if held else _open_vote(n, row)) for n, row in enumerate(rows, start=1)]
    if not held:
        body += [Row(("",) * len(columns))] * (0 if body else BLANK_VOTES)
        return Table(columns, tuple(body), size=11, row_mm=8)
    return Table(columns, (*body, _total(rows, len(columns))), size=11)


BLANK_VOTES = 15


def _total(rows: tuple[VoteRow, ...], columns: int) -> Row:
    passed = [row for row in rows if row.result == "通过"]
    total = (
        f"合计　评议{both(len(rows), sum(row.size for row in rows))}"
        f"，通过{both(len(passed), sum(row.size for row in passed))}"
    )
    return Row((total,), RowKind.TOTAL, span=columns)


def _vote(n: int, row: VoteRow) -> tuple[str, ...]:
    votes = (number(row.yes), number(row.no), number(row.abstained))
    return (str(n), row.group, row.head_name, str(row.size), *votes, row.result, row.summary)


def _open_vote(n: int, row: VoteRow) -> tuple[str, ...]:
    return (str(n), row.group, row.head_name, str(row.size), "", "", "", "", "")


def _blank_mark(facts: AppraisalFacts) -> str:
    return "" if facts.held else "（空白）"
