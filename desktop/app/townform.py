"""How the town's options and yearly lines are laid out, the same in the first-start guide and among the settings."""

from __future__ import annotations

from db.fields import town as fields
from db.rules import income
from desktop.widgets.editors import Look
from desktop.widgets.form import Section
from desktop.widgets.listtable import Item
from desktop.widgets.sheet import Column

LAYOUT = (
    Section(
        "公示和公告怎么算",
        (
            (fields.NOTICE_DAYS, fields.COUNT_POSTING_DAY, fields.ROLL_TO_WORKDAY, fields.WORKDAYS),
            (fields.ANNOUNCEMENT, fields.ANNOUNCEMENT_DAYS, fields.RECHECK, fields.SHOW_CAUSE),
        ),
    ),
    Section("照片与材料", ((fields.EVIDENCE_STOPS, fields.EVIDENCE_SPARED),)),
    Section(
        "表册上的称呼和电话",
        (
            (fields.TEAM, fields.VILLAGE_BODY, fields.TOWN_BODY, fields.OFFICE),
            (fields.CONTACT, fields.OFFICE_PHONE, fields.COUNTY_PHONE, fields.CARD_PATTERN),
            (fields.BASIS, fields.LEDGER_PATTERN),
        ),
    ),
)
_SHORT = ("count_posting_day", "roll_to_workday", "workdays", "announcement", "recheck", "show_cause", "evidence_stops")
_SEGMENTS: Look = "segments"
LOOKS = dict.fromkeys(_SHORT, _SEGMENTS)
LINES = (
    Column("year", "年度", 70, sortable=False),
    Column("kind", "标准", 160, sortable=False),
    Column("amount", "元/人", 80, align="right", sortable=False),
    Column("index", "价格指数", 80, align="right", sortable=False),
    Column("source", "文件依据", 560, sortable=False),
)


def line_item(line: income.Threshold) -> Item:
    """One yearly line as a row."""
    return Item(
        (
            str(line.year),
            line.kind.label,
            f"{line.amount:,.2f}".removesuffix(".00"),
            f"{line.price_index:.3f}",
            line.source,
        )
    )
