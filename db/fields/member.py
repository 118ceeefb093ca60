"""Fields of one person: 家庭成员表."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Digits, IdNumber, Name
from db.rules.codes import Education, Ethnicity, Health, Labour, Relation, Schooling, Sex

_TABLE = "家庭成员表"

NAME = Field("name", "姓名", Name(), True, _TABLE, "与身份证一致", ("成员姓名", "家庭成员姓名", "家庭成员"))
SEX = Field("sex", "性别", Choice(table=Sex), True, _TABLE, "须与身份证号第 17 位一致")
ID_NUMBER = Field(
    "id_number", "身份证号", IdNumber(), True, _TABLE, "18 位", ("身份证号码", "证件号码", "公民身份号码"), private=True
)
RELATION = Field("relation", "与户主关系", Choice(table=Relation), True, _TABLE, "户主本人填户主", ("关系", "家庭关系"))
ETHNICITY = Field("ethnicity", "民族", Choice(table=Ethnicity), True, _TABLE)
EDUCATION = Field("education", "文化程度", Choice(table=Education), False, _TABLE, "在校生不填", ("学历", "受教育程度"))
SCHOOLING = Field(
    "schooling", "在校生状况", Choice(table=Schooling), True, _TABLE, "不在校的填非在校生", ("在校状况", "在校情况")
)
HEALTH = Field("health", "健康状况", Choice(table=Health), True, _TABLE, "", ("健康情况", "身体状况"), private=True)
DISABILITY = Field(
    "disability_number",
    "残疾证号",
    Digits(),
    False,
    _TABLE,
    "20 位：本人身份证号、类别、等级",
    ("残疾人证号", "残疾证号码"),
    private=True,
)
LABOUR = Field("labour", "劳动技能", Choice(table=Labour), True, _TABLE, "", ("劳动能力", "劳动力状况"))

MEMBER = catalogue(NAME, SEX, ID_NUMBER, RELATION, ETHNICITY, EDUCATION, SCHOOLING, HEALTH, DISABILITY, LABOUR)
