"""Fields of the forms around a village notice: the objection, its investigation, a lengthening, the taking down."""

from __future__ import annotations

from db.fields.base import Field
from db.fields.kinds import Choice, Date, Name, Text
from db.rules.case import Finding
from db.rules.objecting import Claim

_REGISTER = "异议登记表"

HOUSEHOLD = Field("household", "涉及户", Text(), True, _REGISTER, "按姓名首字母可直接选到，如 lmm")
RECEIVED_ON = Field("received_on", "收到日期", Date(), True, _REGISTER)
OBJECTOR = Field("objector", "异议人", Name(), False, _REGISTER, "不愿具名的留空，按匿名登记")
CONTACT = Field(
    "contact", "联系方式", Text(limit=60), False, _REGISTER, "只供答复用，不上榜、不印在登记表上", private=True
)
CLAIM = Field("claim", "反映的事项", Choice(table=Claim), False, _REGISTER, "六进、七不进的哪一项；都不是的选“其他”")
CHANNEL = Field("channel", "反映方式", Text(), True, _REGISTER)
CONTENT = Field("content", "异议内容", Text(limit=1000), True, _REGISTER, "写明反映的事实，不写身份证号和电话")

INVESTIGATED_ON = Field("investigated_on", "核查日期", Date(), True, _REGISTER)
INVESTIGATORS = Field(
    "investigators", "核查人（两人以上）", Text(), True, _REGISTER, "用顿号或空格分开；应另派人，不用原入户调查人"
)
OWN_REASON = Field("own_reason", "由原调查人核查的原因", Text(), False, _REGISTER, "派不出别人时才填，会留在登记里")
FINDING = Field("finding", "核查结论", Choice(table=Finding), True, _REGISTER)
RESULT = Field("result", "核查结果", Text(limit=1000), True, _REGISTER, "查了什么、查到什么、据此怎样认定")
ANSWERED_ON = Field("answered_on", "答复日期", Date(), False, _REGISTER)
WAY = Field("way", "答复方式", Text(), False, _REGISTER, "匿名的张贴答复")
ANSWER = Field("answer", "答复内容和对方意见", Text(limit=300), False, _REGISTER)

LAST = Field("last", "延长到", Date(), True, "公示", "含当日；只能延长，不能缩短")
TAKEN_ON = Field("taken_on", "撤下日期", Date(), True, "公示", "公示期满以后撤下的日期")
REASON = Field("reason", "理由", Text(), True, "", "会记入经过")
