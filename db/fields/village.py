"""Fields of a village or group renamed or merged; the keys are those the refusals of the record name."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Date, Text
from db.rules.codes import VillageAct

_BASIS = "村民委员会组织法 第三条"

ACT = Field("act", "办什么", Choice(table=VillageAct), True, _BASIS)
VILLAGE = Field("village", "哪个村", Text(limit=30), True)
GROUP = Field("group", "哪个组", Text(limit=30), True)
NEW_NAME = Field("new_name", "新名称", Text(limit=30), True, help="写全名，如 华新村、新屋组")
INTO = Field("into", "并入哪个村", Text(limit=30), True)
INTO_GROUP = Field("into_group", "并入哪个组", Text(limit=30), True)
ON = Field("on", "从哪天起", Date(), True, help="批复或决定生效的日期；这一天以前的文书仍印旧名")
BASIS = Field("basis", "依据", Text(limit=100), True, _BASIS, "批复或会议决定的文号，如 华民函〔2016〕3号")

CHANGE = catalogue(ACT, VILLAGE, GROUP, NEW_NAME, INTO, INTO_GROUP, ON, BASIS)
