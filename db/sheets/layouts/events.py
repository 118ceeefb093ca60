"""What happened to the register: 新增统计表 by 六进, 终止统计表 by 七不进, 自然增减表, 动态调整台账, 调整明细; and 收入明细.

The groups are those of the province's system (广东扶贫云 变动统计), captions and order are its own.
"""

from __future__ import annotations

from db.sheets.layouts.declared import NONE, Column, Form, Layout

_ORDER = Column(("序号",), 6, "order", Form.ORDER)
_CODE_WIDTH = 21
_NUMERALS = "一二三四五六七"


def _tally(titles: tuple[str, ...], source: str) -> tuple[Column, Column]:
    """户 and 人 of one figure."""
    return (
        Column((*titles, "户"), 6.5, f"{source}.households", Form.COUNT, total=True),
        Column((*titles, "人"), 6.5, f"{source}.persons", Form.COUNT, total=True),
    )


def _reasons(name: str, table: str, group: str, item: str, count: int, note: str) -> Layout:
    """新增/终止统计表: 合计, the items of 六进 or 七不进 and 其他, 户 and 人 each, under three rows of header."""
    items = [
        column
        for n, numeral in enumerate(_NUMERALS[:count], 1)
        for column in _tally((group, f"{item}之{numeral}"), f"reason.item{n}")
    ]
    return Layout(
        name,
        "reason",
        table,
        (
            _ORDER,
            Column(("行政区域",), 12, "reason.village"),
            *_tally(("合计", "合计"), "reason.total"),
            *items,
            *_tally(("其他", "其他"), "reason.other"),
        ),
        frozen=2,
        notes=(note,),
        periodic=True,
    )


ADDED = _reasons(
    "新增统计表", "added", "属于“六进”", "六进", 6,
    "一户符合“六进”几条的，只按入户核实表上第一条计一次；没有勾“六进”的计入其他。各栏之和等于合计，合计等于月报汇总表的新增。",
)  # fmt: skip
ENDED = _reasons(
    "终止统计表", "ended", "属于“七不进”", "七不进", 7,
    "按清退时认定的原因计，一户只有一个原因。各栏之和等于合计，合计等于月报汇总表的终止；终止不含销户、并户。",
)  # fmt: skip

NATURAL = Layout(
    "自然增减表",
    "natural",
    "natural",
    (
        _ORDER,
        Column(("行政区域",), 12, "natural.village"),
        *_tally(("自然增加", "合计"), "natural.came"),
        *_tally(("自然增加", "新生儿"), "natural.born"),
        *_tally(("自然增加", "嫁入"), "natural.married_in"),
        *_tally(("自然增加", "错误"), "natural.wrong_in"),
        *_tally(("自然增加", "其他"), "natural.other_in"),
        *_tally(("自然减少", "合计"), "natural.went"),
        *_tally(("自然减少", "死亡"), "natural.died"),
        *_tally(("自然减少", "嫁出"), "natural.married_out"),
        *_tally(("自然减少", "错误"), "natural.wrong_out"),
        *_tally(("自然减少", "其他"), "natural.other_out"),
    ),
    frozen=2,
    notes=(
        "户为人口有增减的户数，户本身不增不减；一户有几种增减的，各栏各计一次、合计只计一次，所以各栏户数之和可以大于合计。人数各栏之和等于合计。",
        "“错误”为补录漏登、去掉多登的人；“其他”为迁入、迁出、出国定居、判刑收监。",
    ),
    periodic=True,
)

TURNS = Layout(
    "动态调整台账",
    "turn",
    "turns",
    (
        _ORDER,
        Column(("日期",), 11, "turn.on"),
        Column(("村",), 9, "turn.village"),
        Column(("组",), 9, "turn.group", blank=""),
        Column(("户编号",), _CODE_WIDTH, "turn.number", Form.CODE),
        Column(("户主",), 9, "turn.head_name"),
        Column(("户",), 5, "turn.households", Form.COUNT, total=True),
        Column(("人",), 5, "turn.persons", Form.COUNT, total=True),
        Column(("类型",), 9, "turn.kind"),
        Column(("原因",), 26, "turn.reason", blank=NONE, wide=True),
        Column(("证明",), 30, "turn.proof", blank=NONE, wide=True),
        Column(("镇确认",), 22, "turn.town", blank=NONE, wide=True),
        Column(("县",), 22, "turn.county", blank=NONE, wide=True),
    ),
    frozen=6,
    counted=4,
    unit="件",
    notes=(
        "户、人为各件所涉的数，增减按类型看：新增、拆户、自然增加为增，终止、销户、并户、自然减少为减；拆户、并户的人仍在册。",
        "原因为编码加名称：六进61—66、其他60，七不进71—77、其他70；人员变动为全国编码01—08，错误没有编码。",
    ),
    periodic=True,
)  # fmt: skip

INCOMES = Layout(
    "收入明细",
    "household",
    "incomes",
    (
        _ORDER,
        Column(("年份",), 7, "household.income_year", Form.YEAR),
        Column(("市",), 8, "ledger.city"),
        Column(("县",), 8, "ledger.county"),
        Column(("镇",), 8, "ledger.town"),
        Column(("村",), 9, "household.village"),
        Column(("户码",), _CODE_WIDTH, "household.number", Form.CODE),
        Column(("户主",), 9, "household.head_name"),
        Column(("人数",), 6, "household.size", Form.COUNT, total=True),
        Column(("预脱贫时间",), 10),
        Column(("总收入（元）",), 14, "household.gross", Form.MONEY, total=True),
        Column(("总支出（元）",), 14, "household.spent", Form.MONEY, total=True),
        Column(("可支配收入（元）",), 14, "household.disposable", Form.MONEY, total=True),
        Column(("人均可支配收入（元）",), 14, "household.disposable_per_head", Form.MONEY),
    ),
    frozen=8,
    counted=6,
    unit="户",
    notes=(
        "总支出为生产经营性支出和转移性支出；可支配收入＝总收入－总支出。没有收入核算表的户，各栏写“—”，不计入合计。",
    ),
)

ADJUSTMENTS = Layout(
    "调整明细",
    "adjustment",
    "adjustments",
    (
        _ORDER,
        Column(("村",), 9, "adjustment.village"),
        Column(("组",), 9, "adjustment.group", blank=""),
        Column(("户编号",), _CODE_WIDTH, "adjustment.number", Form.CODE),
        Column(("户主",), 9, "adjustment.head_name"),
        Column(("户",), 6, "adjustment.counts.households", Form.COUNT, total=True),
        Column(("人",), 6, "adjustment.counts.persons", Form.COUNT, total=True),
        Column(("内容",), 32, "adjustment.what", wide=True),
        Column(("原因",), 26, "adjustment.reason", blank=NONE, wide=True),
        Column(("依据",), 24, "adjustment.paper", blank=NONE, wide=True),
        Column(("发生日期",), 11, "adjustment.acted_on"),
        Column(("登记日期",), 11, "adjustment.entered_on"),
        Column(("经办人",), 9, "adjustment.actor"),
    ),
    frozen=5,
    counted=3,
    unit="件",
    notes=("上月月结以后更正的往月户数、人数和内容；户、人为对期初的增减，只更正内容的为0。",),
)

BEHIND = Layout(
    "农户名单",
    "household",
    "behind",
    (
        _ORDER,
        Column(("村",), 9, "household.village"),
        Column(("组",), 9, "household.group", blank=""),
        Column(("户编号",), _CODE_WIDTH, "household.number", Form.CODE),
        Column(("户主",), 9, "household.head_name"),
        Column(("证件号码",), _CODE_WIDTH, "household.head_id", Form.CODE, secret=True),
        Column(("现有人口",), 7, "household.size", Form.COUNT, total=True),
        Column(("联系电话",), _CODE_WIDTH, "household.phone", Form.CODE, blank=NONE, secret=True),
        Column(("现在情形",), 16, "household.state"),
    ),
    frozen=5,
    counted=3,
    unit="户",
)
"""The households behind one figure, as the record has them now."""
