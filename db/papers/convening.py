"""评议会议通知: who is called to the assembly, when and where, how it will go, and which households it is to appraise.

Villagers' assemblies are announced beforehand (村民委员会组织法), so the sheet is hung up and handed out before anything is voted.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import Block, Column, PageBreak, Paper, Paragraph, Row, Seal, Table, Title
from db.papers.wording import both, day

AGENDA = (
    "主持人说明识别条件、程序和会议纪律，推选监票人、唱票人",
    "驻村工作队和村委会逐户报告入户核实情况",
    "逐户评议；与评议农户是近亲属的代表回避",
    "逐户表决，当场计票，宣布结果",
    "与会人员在签到表、会议记录上签名（手印）",
)


@dataclass(frozen=True, slots=True)
class CalledRow:
    """One household to be appraised."""

    group: str
    head_name: str
    size: int
    attribute: str = ""


@dataclass(frozen=True, slots=True)
class ConveningFacts:
    """The assembly to come; what is not known yet is left to be written. ``called_on`` is the day of the sheet."""

    village: str = ""
    committee: str = ""
    assembly: str = ""
    subject: str = "相对贫困户识别"
    held_on: date | None = None
    time: str = ""
    place: str = ""
    called_on: date | None = None
    contact: str = ""
    rows: tuple[CalledRow, ...] = ()
    footer: str = ""


def build(facts: ConveningFacts) -> Paper:
    """The notice with the list of households as its annex."""
    village = facts.village or "＿＿＿村"
    assembly = facts.assembly or "村民（代表）大会"
    title = f"{village}{assembly}民主评议会议通知"
    who = "全体村民" if assembly == "村民大会" else "各位村民代表"
    blocks: list[Block] = [
        Title(title),
        Paragraph(f"{who}：", 0),
        Paragraph(
            f"经研究，定于{_when(facts)}在{facts.place or '　　　　　　　　　　'}召开{assembly}，现将有关事项通知如下。"
        ),
        Paragraph(f"一、议题：{_subject(facts.subject)}{_how_many(facts)}。"),
        Paragraph("二、议程："),
        *(
            Paragraph(f"{n}. {text}；" if n < len(AGENDA) else f"{n}. {text}。")
            for n, text in enumerate(AGENDA, start=1)
        ),
        Paragraph(_asked(facts, assembly)),
    ]
    blocks.append(Seal(f"{facts.committee or '　　　　村民委员会'}（盖章）", day(facts.called_on)))
    if facts.rows:
        blocks += [PageBreak(), Paragraph("附：评议农户名单", 0, keep=True), _table(facts.rows)]
    return Paper(title, tuple(blocks), f"评议会议通知-{facts.village or '空白'}", footer_left=facts.footer)


def _asked(facts: ConveningFacts, assembly: str) -> str:
    phone = f"（电话{facts.contact}）" if facts.contact else ""
    return f"三、要求：请参会人员按时到会，带身份证签到；不能到会的，请提前向村委会请假{phone}。{_quorum(assembly)}"


def _when(facts: ConveningFacts) -> str:
    return f"{day(facts.held_on)}{facts.time or '　　时　　分'}"


def _subject(said: str) -> str:
    """What is to be appraised; a subject in the village's own words may say so already."""
    return said if "评议" in said else f"{said}民主评议"


def _how_many(facts: ConveningFacts) -> str:
    return f"，共{both(len(facts.rows), sum(row.size for row in facts.rows))}，名单附后" if facts.rows else ""


def _quorum(assembly: str) -> str:
    if assembly == "村民大会":
        return "村民大会须有过半数的十八周岁以上村民，或三分之二以上的户的代表到会。"
    return "村民代表大会须有三分之二以上的代表到会。"


def _table(rows: tuple[CalledRow, ...]) -> Table:
    columns = (
        Column("序号", 8), Column("村民小组", 20), Column("户主姓名", 20), Column("家庭人口", 14), Column("申报属性", 20),
    )  # fmt: skip
    lines = tuple(Row((str(n), r.group, r.head_name, str(r.size), r.attribute)) for n, r in enumerate(rows, start=1))
    return Table(columns, lines, size=14)
