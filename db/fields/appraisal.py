"""Fields of an assembly and of the votes on one household: 民主评议会议记录."""

from __future__ import annotations

from decimal import Decimal

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Count, Date, Name, Text
from db.rules.codes import AppraisalKind

_PAPER = "民主评议会议记录"

KIND = Field(
    "kind",
    "会议类型",
    Choice(table=AppraisalKind),
    True,
    _PAPER,
    "村民大会须过半数村民到会；村民代表大会须三分之二以上代表到会",
)
HELD_ON = Field("held_on", "时间", Date(), True, _PAPER, "开会那天")
PLACE = Field("place", "地点", Text(limit=60), True, _PAPER)
CHAIR = Field("chair", "主持人", Name(), True, _PAPER)
RECORDER = Field("recorder", "记录人", Name(), True, _PAPER)
DUE = Field("due", "应到人数", Count(most=Decimal(99999)), True, _PAPER, "有表决权的人数，按签到表")
PRESENT = Field("present", "实到人数", Count(most=Decimal(99999)), True, _PAPER, "签到的人数；每户三种票数之和应等于它")
CALLED_ON = Field("called_on", "通知日期", Date(), False, "评议会议通知", "村民大会须提前十天通知")
TIME = Field("time", "几点", Text(limit=20), False, "评议会议通知", "如“上午9时”")
SUBJECT = Field("subject", "议题", Text(limit=40), False, _PAPER, "不填印“相对贫困户识别”")
GUESTS = Field("guests", "列席", Text(limit=100), False, _PAPER, "镇驻村干部、驻村工作队")
WITHDREW = Field(
    "withdrew", "回避人", Text(limit=100), False, _PAPER, "与评议农户是近亲属的代表，写明与哪一户是什么关系"
)
WATCHER = Field("watcher", "监票人", Text(limit=40), False, _PAPER)
TELLER = Field("teller", "唱票人", Text(limit=40), False, _PAPER)
COURSE = Field("course", "程序要点", Text(limit=500), False, _PAPER, "会议怎样开的")
SPEECHES = Field("speeches", "发言摘要", Text(limit=2000), False, _PAPER, "谁说了什么，与哪一户有关")

GROUP = Field("group", "村民小组", Text(limit=30))
HEAD_NAME = Field("head_name", "户主姓名", Name())
SIZE = Field("size", "人口", Count())
YES = Field("yes", "同意", Count(), True, _PAPER)
NO = Field("no", "不同意", Count(), True, _PAPER, "没有填 0")
ABSTAINED = Field("abstained", "弃权", Count(), True, _PAPER, "没有填 0")
RESULT = Field("result", "结果", Text(limit=30), False, _PAPER, "同意超过实到的一半即通过")

MEETING = catalogue(KIND, HELD_ON, PLACE, CHAIR, RECORDER, DUE, PRESENT)
MINUTES = catalogue(CALLED_ON, TIME, SUBJECT, GUESTS, WITHDREW, WATCHER, TELLER, COURSE, SPEECHES)
"""What the minutes and the call say besides; none of it decides anything."""
VOTE = catalogue(GROUP, HEAD_NAME, SIZE, YES, NO, ABSTAINED, RESULT)
