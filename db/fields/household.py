"""Fields of a household: 申请登记表 and 贫困户登记表, section 基本信息 and 住房."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Area, Card, Choice, Count, Date, IdNumber, Name, Phone, Text
from db.rules.codes import Attribute, HousingGrade, PovertyCause, Sex, YesNo

_FORM = "申请登记表"

VILLAGE = Field(
    "village", "村（居）", Text(limit=30), True, _FORM, "农户所在的行政村，须是本镇已建的村",
    ("村", "行政村", "村居", "村委会", "村名", "所在村", "村别"),
)  # fmt: skip
GROUP = Field(
    "group",
    "村民小组",
    Text(limit=30),
    True,
    _FORM,
    "第三组、第三村民小组、3组 是同一个组",
    ("组", "小组", "组别", "自然村组", "村组"),
)
HEAD_NAME = Field(
    "head_name",
    "户主姓名",
    Name(),
    True,
    _FORM,
    "与身份证、户口簿一致",
    ("户主", "姓名", "户主名", "申请人", "申请人姓名"),
)
HEAD_SEX = Field("head_sex", "性别", Choice(table=Sex), True, _FORM, "须与身份证号第 17 位一致", ("户主性别",))
HEAD_ID = Field(
    "head_id", "身份证号", IdNumber(), True, _FORM, "18 位；一代证 15 位会换算成 18 位，请与原件核对",
    ("证件号码", "身份证号码", "户主身份证号", "户主身份证号码", "公民身份号码", "身份证"), private=True,
)  # fmt: skip
SIZE = Field(
    "size_stated", "家庭人口", Count(), True, _FORM, "户口簿上共同生活的人数，应与成员行数一致",
    ("人口", "家庭人口数", "人口数", "家庭人数", "人数"),
)  # fmt: skip
ABLE_COUNT = Field(
    "able_stated",
    "劳动力人数",
    Count(),
    True,
    _FORM,
    "普通、技能、弱劳动力人数之和",
    ("劳动力", "劳动力数", "家庭劳动力"),
)
ATTRIBUTE = Field(
    "attribute",
    "贫困户属性",
    Choice(table=Attribute),
    True,
    _FORM,
    "低保户、五保户以民政名单为准",
    ("属性", "户类型", "贫困户类型"),
)
ABLE = Field(
    "able",
    "有无劳动能力",
    Choice(table=YesNo, words=("有", "无")),
    True,
    _FORM,
    "有一名以上劳动力即为有",
    ("有/无劳动能力", "劳动能力", "是否有劳动能力"),
)
MAIN_CAUSE = Field(
    "main_cause",
    "主要致贫原因",
    Choice(table=PovertyCause),
    True,
    _FORM,
    "只选一项",
    ("致贫主因", "致贫原因", "主要原因"),
)
OTHER_CAUSE_1 = Field(
    "other_cause_1",
    "其他致贫原因一",
    Choice(table=PovertyCause),
    False,
    _FORM,
    "与主要原因不同",
    ("其他致贫原因", "次要致贫原因"),
)
OTHER_CAUSE_2 = Field("other_cause_2", "其他致贫原因二", Choice(table=PovertyCause), False, _FORM, "与前两项不同")
HOUSING_AREA = Field(
    "housing_area", "住房面积", Area(), False, _FORM, "平方米；无房户填 0", ("住房面积（㎡）", "房屋面积", "面积")
)
HOUSING_GRADE = Field(
    "housing_grade",
    "危房等级",
    Choice(table=HousingGrade),
    False,
    "住建部危险房屋鉴定",
    "A、B 级安全，C 级局部危险，D 级整幢危险",
    ("住房等级", "房屋等级"),
)
PHONE = Field(
    "phone",
    "联系电话",
    Phone(),
    False,
    _FORM,
    "手机 11 位或带区号的座机",
    ("电话", "手机", "手机号", "联系方式"),
    private=True,
)
BANK = Field("bank", "开户银行", Text(limit=60), False, _FORM, "一卡通的开户行", ("开户行",))
BANK_CARD = Field(
    "bank_card",
    "一卡通账号",
    Card(),
    False,
    _FORM,
    "16–19 位",
    ("银行卡号", "账号", "一卡通", "卡号", "银行账号"),
    private=True,
)
ADDRESS = Field("address", "住址", Text(limit=100), False, _FORM, "门牌或地名", ("家庭住址", "地址"), private=True)
APPLIED_ON = Field("applied_on", "申请日期", Date(), True, _FORM, "申请书上签名的日期", ("申请时间",))
REASON = Field("reason", "申请理由", Text(limit=300), False, _FORM, "不超过 300 字", ("理由",))
REMARK = Field("remark", "备注", Text(limit=300), False, _FORM)

HOUSEHOLD = catalogue(
    VILLAGE, GROUP, HEAD_NAME, HEAD_SEX, HEAD_ID, SIZE, ABLE_COUNT, ATTRIBUTE, ABLE, MAIN_CAUSE, OTHER_CAUSE_1, OTHER_CAUSE_2,
    HOUSING_AREA, HOUSING_GRADE, PHONE, BANK, BANK_CARD, ADDRESS, APPLIED_ON, REASON, REMARK,
)  # fmt: skip
