"""Fields of the income sheet by the Guangdong layout, yuan of one calendar year."""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Money

_SHEET = "收入核算表"

WAGES = Field("wages", "工资性收入", Money(), True, _SHEET, "没有填 0", ("工资收入",))
BUSINESS = Field("business", "生产经营性收入", Money(), True, _SHEET, "没有填 0", ("经营性收入", "生产经营收入"))
PROPERTY = Field("property", "财产性收入", Money(), True, _SHEET, "没有填 0", ("财产收入",))
TRANSFER = Field(
    "transfer", "转移性收入", Money(), True, _SHEET, "低保金、五保金、养老金等之和，没有填 0", ("转移收入",)
)
BUSINESS_COST = Field(
    "business_cost", "生产经营性支出", Money(), True, _SHEET, "没有填 0", ("经营支出", "生产经营支出")
)
TRANSFER_COST = Field("transfer_cost", "转移性支出", Money(), False, _SHEET, "个税、社保、赡养支出之和", ("转移支出",))
PER_HEAD = Field(
    "per_head_stated", "人均可支配收入", Money(least=None), False, _SHEET, "由程序按分项核算",
    ("人均收入", "人均可支配", "人均年可支配收入", "家庭人均可支配收入"),
)  # fmt: skip
DIVIDEND = Field("dividend", "资产收益分红", Money(), False, _SHEET, "财产性收入其中项", ("分红",))
OTHER_PROPERTY = Field("other_property", "其他财产性收入", Money(), False, _SHEET, "财产性收入其中项")
FAMILY_PLANNING = Field("family_planning", "计划生育金", Money(), False, _SHEET, "转移性收入其中项", ("计生金",))
LOW_INCOME_BENEFIT = Field("low_income_benefit", "低保金", Money(), False, _SHEET, "转移性收入其中项")
FIVE_GUARANTEES = Field(
    "five_guarantees", "五保金", Money(), False, _SHEET, "转移性收入其中项；特困供养金", ("特困供养金",)
)
PENSION = Field("pension", "养老保险金", Money(), False, _SHEET, "转移性收入其中项", ("养老金",))
ECOLOGY = Field("ecology", "生态补偿金", Money(), False, _SHEET, "转移性收入其中项")
MEDICAL_PAID = Field(
    "medical_paid",
    "医保报销医疗费",
    Money(),
    False,
    _SHEET,
    "转移性收入其中项；城乡居民基本医疗保险报销",
    ("医疗报销",),
)
MEDICAL_AID = Field("medical_aid", "医疗救助金", Money(), False, _SHEET, "转移性收入其中项")
OTHER_TRANSFER = Field("other_transfer", "其他转移性收入", Money(), False, _SHEET, "转移性收入其中项")
TAX = Field("tax", "个人所得税", Money(), False, _SHEET, "转移性支出其中项")
SOCIAL_SECURITY = Field("social_security", "社会保障支出", Money(), False, _SHEET, "转移性支出其中项")
SUPPORT_PAID = Field("support_paid", "赡养支出", Money(), False, _SHEET, "转移性支出其中项")
OTHER_TRANSFER_COST = Field("other_transfer_cost", "其他转移性支出", Money(), False, _SHEET, "转移性支出其中项")
DEBT = Field("debt", "未偿还借（贷）款", Money(), False, _SHEET, "只作参考，不计入收入", ("未偿还借贷款", "借款"))

ITEMS = (WAGES, BUSINESS, PROPERTY, TRANSFER, BUSINESS_COST, TRANSFER_COST)
PARTS = {
    PROPERTY.key: (DIVIDEND, OTHER_PROPERTY),
    TRANSFER.key: (
        FAMILY_PLANNING, LOW_INCOME_BENEFIT, FIVE_GUARANTEES, PENSION, ECOLOGY, MEDICAL_PAID, MEDICAL_AID, OTHER_TRANSFER,
    ),
    TRANSFER_COST.key: (TAX, SOCIAL_SECURITY, SUPPORT_PAID, OTHER_TRANSFER_COST),
}  # fmt: skip
"""The items a sum is made of, by the key of the sum."""

INCOME = catalogue(*ITEMS, PER_HEAD, *(part for parts in PARTS.values() for part in parts), DEBT)
