"""Fields of 文号登记: one line of 发文登记簿 or 收文登记簿."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Date, Text
from db.rules.codes import Direction

_REGISTER = "发文登记簿、收文登记簿"

DIRECTION = Field("direction", "发文还是来文", Choice(table=Direction), True, _REGISTER)
NUMBER = Field(
    "number",
    "文号",
    Text(limit=60),
    True,
    "GB/T 9704-2012 7.2.5",
    "如 华扶办〔2016〕12号；括号打成 [ ] 或（ ）也会改成〔 〕",
)
DATED = Field("dated", "成文日期", Date(), True, _REGISTER)
TITLE = Field("title", "标题", Text(limit=200), True, _REGISTER, "文件的标题，不写身份证号和电话")
BODY = Field("body", "主送或来文机关", Text(limit=60), True, _REGISTER, "发文写主送机关，来文写发来的机关")
USED_FOR = Field("used_for", "用于", Text(limit=120), False, _REGISTER, "这个文号印在哪一份文书上；没有的空着")
NOTE = Field("note", "备注", Text(limit=200), False, _REGISTER, "份数、签收人等")
REASON = Field("reason", "作废的原因", Text(limit=200), True, _REGISTER, "如 登记错了、文件没有发出；会记入经过")

DOCUMENT = catalogue(DIRECTION, NUMBER, DATED, TITLE, BODY, USED_FOR, NOTE)
