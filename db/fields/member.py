"""Fields of one person: 家庭成员表."""

from __future__ import annotations

from decimal import Decimal

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Count, Digits, IdNumber, Name, Text
from db.rules.codes import (
    Dropout,
    Education,
    Ethnicity,
    Health,
    IdKind,
    Labour,
    Politics,
    Relation,
    Schooling,
    Sex,
    Work,
    YesNo,
)

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
ID_KIND = Field("id_kind", "证件类型", Choice(table=IdKind), False, _TABLE, "有居民身份证的可不填")
POLICE_PROOF = Field(
    "police_proof", "无证证明号", Digits(limit=40), False, _TABLE, "没有证件的，填公安机关出具证明的编号", ("公安证明号",), private=True,
)  # fmt: skip
POLITICS = Field("politics", "政治面貌", Choice(table=Politics), False, _TABLE)
SCHOOL = Field("school", "就读学校", Text(limit=60), False, _TABLE, "在校生填学校和年级", ("学校",))
DROPOUT = Field(
    "dropout", "失学辍学原因", Choice(table=Dropout), False, _TABLE, "义务教育年龄不在校的必须填", ("辍学原因",)
)
HEALTH_ALSO = Field(
    "health_also",
    "健康状况二",
    Choice(table=Health),
    False,
    _TABLE,
    "同时有病又有残疾的，填第二种；健康的不填",
    private=True,
)
ILLNESS = Field("illness", "患病名称", Text(limit=60), False, _TABLE, "按诊断证明填", ("疾病名称",), private=True)
MEDICATED = Field(
    "medicated", "长期用药", Choice(table=YesNo), False, "入户核实表", "", ("是否长期用药",), private=True
)
WORK_STATUS = Field("work_status", "务工状况", Choice(table=Work), False, _TABLE, "不务工的不填", ("务工区域",))
WORK_PLACE = Field("work_place", "务工地", Text(limit=60), False, _TABLE, "省、市、县、镇", ("务工地点",))
WORK_MONTHS = Field(
    "work_months",
    "务工时间（月）",
    Count(most=Decimal(12)),
    False,
    _TABLE,
    "上年务工的月数，0–12",
    ("务工时间", "务工月数"),
)
EMPLOYER = Field("employer", "务工企业", Text(limit=60), False, _TABLE, "", ("务工单位",))
PUBLIC_POST = Field("public_post", "公益岗位", Choice(table=YesNo), False, _TABLE, "", ("是否公益岗位",))
SOLDIER = Field("soldier", "现役军人", Choice(table=YesNo), False, _TABLE, "", ("是否现役军人",))
MEDICAL = Field(
    "medical_insured", "参加居民医保", Choice(table=YesNo), False, _TABLE, "城乡居民基本医疗保险",
    ("基本医疗保险", "城乡居民基本医疗", "是否参加城乡居民基本医疗保险", "新农合"),
)  # fmt: skip
SERIOUS = Field(
    "serious_insured",
    "参加大病保险",
    Choice(table=YesNo),
    False,
    _TABLE,
    "",
    ("大病保险", "参加大病医疗", "是否参加大病保险"),
)
PENSION = Field(
    "pension_insured", "参加养老保险", Choice(table=YesNo), False, _TABLE, "城乡居民基本养老保险",
    ("基本养老保险", "城乡居民基本养老", "是否参加城乡居民基本养老保险"),
)  # fmt: skip
BENEFITS = Field(
    "benefits",
    "享受低保（五保）",
    Choice(table=YesNo),
    False,
    _TABLE,
    "以民政名单为准",
    ("享受低保", "是否享受低保", "低保"),
)
COMMERCIAL = Field("commercial_insured", "商业医疗保险补贴", Choice(table=YesNo), False, _TABLE, "2018 年起")
ACCIDENT = Field("accident_insured", "意外险补贴", Choice(table=YesNo), False, _TABLE, "2018 年起")
MANDARIN = Field("mandarin", "会普通话", Choice(table=YesNo), False, _TABLE, "2018 年起")

APPLICANTS = catalogue(NAME, SEX, ID_NUMBER, RELATION, ETHNICITY, EDUCATION, SCHOOLING, HEALTH, DISABILITY, LABOUR)
"""What the application asks of each person."""

MEMBER = APPLICANTS | catalogue(
    ID_KIND, POLICE_PROOF, POLITICS, SCHOOL, DROPOUT, HEALTH_ALSO, ILLNESS, MEDICATED, WORK_STATUS, WORK_PLACE, WORK_MONTHS,
    EMPLOYER, PUBLIC_POST, SOLDIER, MEDICAL, SERIOUS, PENSION, BENEFITS, COMMERCIAL, ACCIDENT, MANDARIN,
)  # fmt: skip
"""The whole of 家庭成员表."""
