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

INCOME = catalogue(WAGES, BUSINESS, PROPERTY, TRANSFER, BUSINESS_COST, TRANSFER_COST, PER_HEAD)
ITEMS = (WAGES, BUSINESS, PROPERTY, TRANSFER, BUSINESS_COST, TRANSFER_COST)
