"""外部比对: what other departments' lists are about, and what becomes of a hit."""

from __future__ import annotations

from db.rules.codes.base import Code


class CrossKind(Code):
    """A list of another department, as the provincial platform compares it with the register (广东扶贫云 异常数据)."""

    IDENTITY = "identity", "公安户籍"
    VEHICLE = "vehicle", "车辆"
    HOUSE = "house", "房产"
    BUSINESS = "business", "工商登记"
    PUBLIC_PAY = "public_pay", "财政供养人员"
    DISABLED = "disabled", "残疾人"
    LOW_INCOME = "low_income", "低保"
    FIVE_GUARANTEES = "five_guarantees", "五保（特困）"


class CrossMatch(Code):
    """By what a row of a list was found to be one of ours; ``MISSING`` and the like are ours whom the list does not name."""

    NUMBER = "number", "身份证号"
    NAME = "name", "姓名和村"
    NAME_DIFFERS = "name_differs", "身份证号相同，姓名不同"
    MISSING = "missing", "名单里没有"


class CrossOutcome(Code):
    """What looking into a hit came to."""

    OTHER = "other", "不是同一人"
    OUTDATED = "outdated", "情况已变化"
    ALLOWED = "allowed", "属实，不影响资格"
    MENDED = "mended", "属实，已更正档案"
    REMOVAL = "removal", "属实，应清退"
    WAITING = "waiting", "待核实"
