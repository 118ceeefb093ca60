"""Fields of a change of people or households: 家庭人员变动登记表."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Date, Text
from db.rules.codes import Relation

_REGISTER = "家庭人员变动登记表"

ACTED_ON = Field("acted_on", "发生日期", Date(), True, _REGISTER, "事情发生的那一天，不是来登记的日子")
PERSON = Field("person", "哪一位成员", Text(limit=60), True, _REGISTER)
PROOF = Field(
    "proof", "证明材料和编号", Text(limit=120), False, _REGISTER, "如 出生医学证明 P440123456；没有编号的只写材料名称"
)
PROOF_ON = Field("proof_on", "证明日期", Date(), False, _REGISTER, "证明材料上的日期")
REASON = Field("reason", "情况说明", Text(limit=200), False, _REGISTER, "会记入经过，不写身份证号和电话")
HEAD = Field("head", "新户主", Text(limit=60), True, "户主变更申请", "户主去世或离开的，先选定新户主")
PARTING_HEAD = Field("parting_head", "新户的户主", Text(limit=60), True, "分户确认表", "在分出去的人里选")
GROUP = Field("group", "村民小组", Text(limit=60), True, _REGISTER)
OTHER = Field("other", "并进来的是哪一户", Text(limit=120), True, _REGISTER, "同一个村的；可打姓名的拼音首字母")
RELATION = Choice(table=Relation)
"""The kind of each person's relation to a head who is new to him."""

CHANGE = catalogue(ACTED_ON, PERSON, PROOF, PROOF_ON, REASON, HEAD, PARTING_HEAD, GROUP, OTHER)
