"""Code tables of what proves a step: kinds of photos, scans and papers, numbers of documents, rounds of checking again."""

from __future__ import annotations

from db.rules.codes.base import Code


class EvidenceKind(Code):
    """What a photo or scan shows; the order is that of the household's file."""

    APPLICATION = "application", "申请书（签名）"
    HOUSEHOLD_BOOK = "household_book", "户口簿"
    ID_CARD = "id_card", "身份证"
    DISABILITY_CARD = "disability_card", "残疾证"
    BENEFIT_CARD = "benefit_card", "低保证（特困证）"
    MEDICAL = "medical", "病历（诊断证明）"
    SCHOOL = "school", "学籍证明"
    POLICE_PROOF = "police_proof", "公安证明"
    VISIT_SHEET = "visit_sheet", "入户核实表（签名）"
    HOUSE_OUTSIDE = "house_outside", "房屋外观照片"
    HOUSE_INSIDE = "house_inside", "室内照片"
    VISIT_PHOTO = "visit_photo", "入户合影"
    INCOME_SHEET = "income_sheet", "收入核算表（签名）"
    SIGN_IN = "sign_in", "评议签到表"
    MINUTES = "minutes", "评议会议记录（签名）"
    MEETING_PHOTO = "meeting_photo", "评议会场照片"
    NOTICE_START = "notice_start", "公示张贴照片"
    NOTICE_DURING = "notice_during", "公示期间照片"
    NOTICE_END = "notice_end", "公示期满照片"
    OBJECTION = "objection", "异议材料"
    OPINION = "opinion", "村初审意见（盖章）"
    ROLL = "roll", "汇总名册（盖章）"
    REVIEW = "review", "镇审核表（盖章）"
    REPORT = "report", "上报报告"
    ANNOUNCEMENT = "announcement", "县公告照片"
    DECISION = "decision", "县审定批复"
    CARD = "card", "户卡（签名）"
    CHANGE = "change", "变动证明"
    OTHER = "other", "其他材料"


class Direction(Code):
    """Which way a numbered document goes (文号登记)."""

    OUT = "out", "发文"
    IN = "in", "来文"


class VillageAct(Code):
    """What happened to a village or a group."""

    RENAMED = "renamed", "更名"
    MERGED = "merged", "并入"
    GROUP_RENAMED = "group_renamed", "小组更名"
    GROUP_MERGED = "group_merged", "小组并入"


class Recheck(Code):
    """Outcome of 回头看 for one household."""

    KEPT = "kept", "保留"
    CORRECTED = "corrected", "更正"
    REMOVED = "removed", "清退"
    ADDED = "added", "新增"


class RekeySubject(Code):
    """What a second person keys again without seeing the first entry."""

    INCOME = "income", "收入核算表"
    VISIT = "visit", "入户核实表"
