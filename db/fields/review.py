"""Fields of the village's opinion and of the town's review: 村初审意见 and 镇审核表."""

from __future__ import annotations

from decimal import Decimal

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Count, Date, Name, Text
from db.rules.codes import Agreement

_OPINION = "村初审意见"
_REVIEW = "镇审核表"

GIVEN_ON = Field("given_on", "意见日期", Date(), True, _OPINION, "不早于公示期满的次日")
SIGNER = Field("signer", "村负责人", Name(), True, _OPINION, "在意见上签名的村委会负责人")
TEAM_LEADER = Field("team_leader", "驻村队长", Name(), True, _OPINION, "在意见上签名的驻村工作队队长")
AGREE = Field("agree", "村里意见", Choice(table=Agreement), True, _OPINION, "对勾选的各户一并出具；意见不同的分两次办")
REASON = Field("reason", "不同意的理由", Text(), False, _OPINION, "不同意上报的必须写明，会记入经过")

REVIEWED_ON = Field("reviewed_on", "审核日期", Date(), True, _REVIEW)
DOCUMENT = Field("document", "上报文号", Text(limit=60), False, _REVIEW, "报县的文件号，还没有的留空")
SAMPLED = Field(
    "sampled", "抽查核实户数", Count(most=Decimal(99999)), False, _REVIEW, "审核时重新入户的户数；没有抽查的留空"
)
MATCHING = Field("matching", "部门比对结果", Text(limit=300), False, _REVIEW, "与车辆、房产、财政供养等数据比对的结果")
RETURN_REASON = Field("reason", "退回原因", Text(limit=300), False, _REVIEW, "退回的必须写明，印在退回单上")

PURPOSE = Field("purpose", "用途", Text(limit=60), True, "", "例如：报县扶贫办；会记入操作记录")

OPINION = catalogue(GIVEN_ON, SIGNER, TEAM_LEADER, AGREE, REASON)
REVIEW = catalogue(REVIEWED_ON, DOCUMENT, SAMPLED, MATCHING, RETURN_REASON)
