"""Fields of the re-check of one household (回头看核查结果表), and of the round it belongs to."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Date, Text
from db.rules.codes import Recheck
from db.rules.removal import RemovalReason

_PAPER = "回头看核查结果表"

OUTCOME = Field("outcome", "核查结果", Choice(table=Recheck), True, _PAPER, "在册的户保留、更正或清退；漏评的户作新增")
ACTED_ON = Field("acted_on", "核查日期", Date(), True, _PAPER, "入户核查的日期，不早于本轮开始")
CHECKERS = Field("checkers", "核查人（两人以上）", Text(), True, _PAPER, "用顿号或空格分开")
CODE = Field("code", "清退原因", Choice(table=RemovalReason), False, "广东扶贫云 终止原因 70—77", "清退的必须选")
REASON = Field(
    "reason", "核查发现", Text(limit=300), False, _PAPER, "清退写事实依据，更正写哪一项记错，新增写漏评的情况"
)

STARTED_ON = Field("started_on", "开始日期", Date(), True, _PAPER, "这一天在册的户都要核查")

RECHECK = catalogue(OUTCOME, ACTED_ON, CHECKERS, CODE, REASON)
