"""名单变化: the list of what became of each household between two months, and what each kind came to village by village."""

from __future__ import annotations

from db.rules.comparing import Variation
from db.sheets.layouts.declared import NONE, Column, Form, Layout

_ORDER = Column(("序号",), 6, "order", Form.ORDER)


def _pair(title: str, source: str) -> tuple[Column, Column]:
    return (
        Column((title, "户"), 6.5, f"{source}.households", Form.COUNT, total=True),
        Column((title, "人"), 6.5, f"{source}.persons", Form.COUNT, total=True),
    )


CHANGES = Layout(
    "名单变化",
    "entry",
    "entries",
    (
        _ORDER,
        Column(("类型",), 12, "entry.kind.value"),
        Column(("村",), 9, "entry.village"),
        Column(("组",), 9, "entry.group", blank=""),
        Column(("户编号",), 21, "entry.number", Form.CODE),
        Column(("户主",), 9, "entry.head_name"),
        Column(("户",), 6, "entry.counts.households", Form.COUNT, total=True),
        Column(("人",), 6, "entry.counts.persons", Form.COUNT, total=True),
        Column(("日期",), 11, "entry.on"),
        Column(("变化",), 40, "entry.what", wide=True),
        Column(("原因",), 28, "entry.cause", blank=NONE, wide=True),
        Column(("依据",), 26, "entry.paper", blank=NONE, wide=True),
        Column(("登记日期",), 11, "entry.entered_on"),
        Column(("经办人",), 9, "entry.actor"),
    ),
    frozen=6,
    counted=4,
    unit="条",
    notes=("户、人为对在册数的增减；拆户、并户的人在两户之间一减一增。信息变更不影响户数、人数。",),
)

VILLAGES = Layout(
    "名单变化汇总",
    "village",
    "villages",
    (
        _ORDER,
        Column(("村（居）",), 12, "village.village"),
        *_pair("原有", "village.old"),
        *(
            column
            for kind in Variation
            if kind is not Variation.PARTICULARS
            for column in _pair(kind.value, f"village.{kind.name.lower()}")
        ),
        *_pair("现有", "village.new"),
    ),
    frozen=2,
    notes=("原有＋各类增减＝现有；减少的为负数。",),
)
