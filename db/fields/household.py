"""Fields of a household: 申请登记表 and 贫困户登记表, section 基本信息 and 住房."""

from __future__ import annotations

from decimal import Decimal

from db.fields.base import Field, catalogue
from db.fields.kinds import Area, Card, Choice, Count, Date, Digits, IdNumber, Name, Phone, Text
from db.rules.codes import ApplicationKind, Attribute, HousingGrade, PovertyCause, Sex, Standard, Structure, YesNo

_FORM = "申请登记表"
_REGISTER = "贫困户登记表"

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
APPLICATION_KIND = Field(
    "application_kind", "申请类别", Choice(table=ApplicationKind), False, _FORM, "以前未建档的填首次申请"
)
BENEFIT_NUMBER = Field(
    "benefit_number", "低保（特困）证号", Digits(limit=40), False, _FORM, "低保户、五保户填证上的编号",
    ("低保证号", "五保证号", "特困证号"), private=True,
)  # fmt: skip
STANDARD = Field(
    "standard", "识别标准", Choice(table=Standard), False, _REGISTER, "广东 2016 年为省定标准", ("贫困户识别标准",)
)
CAUSE_NOTE = Field(
    "cause_note", "致贫原因说明", Text(limit=100), False, _REGISTER, "因病写明谁得什么病；主要原因为其他的必须写明",
    private=True,
)  # fmt: skip
ONLY_CHILD = Field(
    "only_child", "独生子女户", Choice(table=YesNo), False, _REGISTER, "按计生证件填", ("是否独生子女户",)
)
TWO_DAUGHTERS = Field("two_daughters", "双女户", Choice(table=YesNo), False, _REGISTER, "按计生证件填", ("是否双女户",))
MARTYR_FAMILY = Field(
    "martyr_family", "军烈属", Choice(table=YesNo), False, _REGISTER, "有军属证、烈属证的填是", ("是否军烈属",)
)
STRUCTURE = Field(
    "structure", "住房结构", Choice(table=Structure), False, _FORM, "无房户留空", ("房屋结构", "结构"),
)  # fmt: skip
BUILT_YEAR = Field(
    "built_year", "建造年份", Count(least=Decimal(1900), most=Decimal(2100)), False, _FORM, "四位年份，例如 1986",
    ("建房年份", "建造年代"),
)  # fmt: skip
DANGEROUS = Field(
    "dangerous", "是否危房", Choice(table=YesNo), False, _REGISTER, "C、D 级为危房", ("危房", "危房户"),
)  # fmt: skip

HOUSEHOLD = catalogue(
    VILLAGE, GROUP, HEAD_NAME, HEAD_SEX, HEAD_ID, SIZE, ABLE_COUNT, ATTRIBUTE, ABLE, MAIN_CAUSE, OTHER_CAUSE_1, OTHER_CAUSE_2,
    HOUSING_AREA, HOUSING_GRADE, PHONE, BANK, BANK_CARD, ADDRESS, APPLIED_ON, REASON, REMARK, APPLICATION_KIND,
    BENEFIT_NUMBER, STANDARD, CAUSE_NOTE, ONLY_CHILD, TWO_DAUGHTERS, MARTYR_FAMILY, STRUCTURE, BUILT_YEAR, DANGEROUS,
)  # fmt: skip
