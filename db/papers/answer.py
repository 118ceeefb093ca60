"""异议答复书: what came of one objection, told to the objector, or posted without any name when he gave none.

A posted answer says nothing of the household beyond its head and group: neither what was said of it nor what was found, which may be an
illness or a figure; who wants to know asks the office.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from db.papers.model import Align, Block, Paper, Paragraph, Seal, Signatures, Title, Tone
from db.papers.wording import day, listed


@dataclass(frozen=True, slots=True)
class AnswerFacts:
    """One objection that was investigated; ``objector`` is "" for an anonymous one, ``upheld`` whether it was found true.

    ``household`` is how the record calls the household: 华南村第三组 廖某明户. ``consequence`` is what follows for it.
    """

    town: str
    village: str
    body: str
    household: str
    received_on: date
    channel: str
    content: str
    objector: str = ""
    investigators: tuple[str, ...] = ()
    investigated_on: date | None = None
    result: str = ""
    upheld: bool | None = None
    consequence: str = ""
    answered_on: date | None = None
    contact: str = ""
    footer: str = ""
    topic: str = "识别"


def build(facts: AnswerFacts) -> Paper:
    """The letter to the objector, or the sheet for the board."""
    named = bool(facts.objector)
    title = "异议答复书" if named else "异议答复书（张贴）"
    blocks: list[Block] = [
        Title(f"{facts.town}{facts.village}相对贫困户{facts.topic}{title}"),
        Paragraph(f"{facts.objector if named else '反映情况的群众'}：", 0),
        Paragraph(_reported(facts)),
        Paragraph(_looked_into(facts)),
        Paragraph(f"经核查{_found(facts)}{facts.consequence}"),
        Paragraph(f"{_further(facts)}{facts.contact or '镇扶贫办'}{'反映' if named else '询问、反映'}。特此答复。"),
        Seal(f"{facts.body}（盖章）", day(facts.answered_on)),
    ]
    if named:
        blocks += [
            Paragraph("送达回执", 0, Align.LEFT, Tone.HEADING, keep=True),
            Paragraph("本答复书已收到。", keep=True),
            Signatures((("收到人（签名）：", "送达人（签名）："), ("日期：　　　年　　月　　日", ""))),
        ]
    household = facts.household.rpartition(" ")[2]
    return Paper(title, tuple(blocks), f"异议答复书-{facts.village}-{household}", footer_left=facts.footer)


def _reported(facts: AnswerFacts) -> str:
    who = "你" if facts.objector else "有群众"
    said = f"：{_stop(facts.content)}" if facts.objector else "。"
    about = facts.household.replace(" ", "")
    return f"{day(facts.received_on)}，{who}{_through(facts.channel)}反映{about}的情况{said}"


def _found(facts: AnswerFacts) -> str:
    if facts.objector:
        return f"：{_stop(facts.result)}{_finding(facts.upheld)}"
    return f"，{_finding(facts.upheld)}" if facts.upheld is not None else "，"


def _further(facts: AnswerFacts) -> str:
    return "如对本答复仍有意见，可向" if facts.objector else "需要了解核查情况，或对本答复仍有意见的，可向"


def _through(channel: str) -> str:
    return f"通过{channel}" if channel else ""


def _stop(text: str) -> str:
    """The sentence with one full stop at its end."""
    return text.rstrip("。；;. ") + "。"


def _looked_into(facts: AnswerFacts) -> str:
    who = listed(facts.investigators) if facts.objector else f"{len(facts.investigators)}人"
    when = day(facts.investigated_on)
    return f"收到反映后，我们于{when}另派{who}（均不是原入户调查人）进行了核查。"


def _finding(upheld: bool | None) -> str:
    if upheld is None:
        return ""
    return "反映的情况属实，异议成立。" if upheld else "反映的情况不属实，异议不成立。"
