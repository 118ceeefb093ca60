"""Code tables of the procedure and of the office: assemblies, papers, thresholds, roles."""

from __future__ import annotations

from db.rules.codes.base import Code


class AppraisalKind(Code):
    """Who assembled for 民主评议; each has its own quorum (村民委员会组织法)."""

    VILLAGERS = "1", "村民大会", "村民会议"
    REPRESENTATIVES = "2", "村民代表大会", "村民代表会议"


class Agreement(Code):
    """What the village says to passing a household on to the town."""

    AGREED = "1", "同意"
    REFUSED = "0", "不同意"


class Role(Code):
    """What a person of the office may do; the two are never one account."""

    CLERK = "clerk", "经办人"
    REVIEWER = "reviewer", "审核人"


class ThresholdKind(Code):
    """Which yearly line a figure is (粤发〔2016〕13号 一)."""

    ENTRY = "entry", "贫困户识别标准"
    EXIT = "exit", "贫困户脱贫标准"
    VILLAGE_ENTRY = "village_entry", "相对贫困村识别标准"
    VILLAGE_EXIT = "village_exit", "相对贫困村出列标准"


class BatchKind(Code):
    """Which paper the batch is."""

    APPRAISAL = "appraisal", "民主评议"
    NOTICE = "notice", "公示"
    REVIEW = "review", "镇审核"
    ANNOUNCEMENT = "announcement", "县公告"
    RECHECK = "recheck", "县核查"
    DECISION = "decision", "县审定"


class BatchAct(Code):
    """What happened to a batch after it was made."""

    POSTED = "posted", "张贴"
    LATE_APPROVED = "late_approved", "补录同意"
    LATE_REFUSED = "late_refused", "补录不同意"
    EXTENDED = "extended", "延长"
    TAKEN_DOWN = "taken_down", "撤下"
    PHOTO = "photo", "补照片"
    PRINTED = "printed", "打印"
