"""Fields of the county's papers as they come back to the town, and of the card that is made on them."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Date, Text

NUMBER = Field("number", "文号", Text(limit=60), True, "县里的文件", "例如：华府函〔2016〕9号")
DATED = Field("dated", "日期", Date(), True, "县里的文件", "文件上的成文日期")

REASON = Field("reason", "原因", Text(limit=300), False, "县里的文件", "退回和不予认定的必须写明，会记入经过")

ISSUED_ON = Field("issued_on", "建卡日期", Date(), True, "户卡", "不早于县审定的日期")

PAPER = catalogue(NUMBER, DATED, REASON, ISSUED_ON)
