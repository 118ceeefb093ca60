"""The register of a month: the county's 贫困户花名册, 贫困人口花名册 and 月报汇总表. Captions and order are the county's, so they are literal."""

from __future__ import annotations

from dataclasses import replace

from db.sheets.layouts.declared import NONE, Column, Form, Layout


def _pair(title: str, source: str = "") -> tuple[Column, Column]:
    households, persons = (f"{source}.households", f"{source}.persons") if source else ("", "")
    form = Form.COUNT if source else Form.TEXT
    return (
        Column((title, "户"), 6.5, households, form, total=bool(source)),
        Column((title, "人"), 6.5, persons, form, total=bool(source)),
    )


def _moved(title: str, source: str) -> tuple[Column, Column]:
    """户 and 人 of what makes or ends households while everybody stays on the register."""
    return (
        Column((title, "户"), 6.5, source, Form.COUNT, total=True),
        Column((title, "人"), 6.5, f"{source}_persons", Form.COUNT, total=True),
    )


_ORDER = Column(("序号",), 6, "order", Form.ORDER)
_CODE_WIDTH = 21

HOUSEHOLDS = Layout(
    "贫困户花名册",
    "household",
    "households",
    (
        _ORDER,
        Column(("镇",), 8, "ledger.town"),
        Column(("村",), 9, "household.village"),
        Column(("组",), 9, "household.group"),
        Column(("户编号",), _CODE_WIDTH, "household.number", Form.CODE),
        Column(("户主情况", "户主"), 9, "household.head_name"),
        Column(("户主情况", "性别"), 5, "household.head_sex"),
        Column(("户主情况", "证件号码"), _CODE_WIDTH, "household.head_id", Form.CODE, secret=True),
        Column(("家庭情况", "家庭人口"), 7.6, "household.size", Form.COUNT, total=True),
        Column(("家庭情况", "劳动力数"), 7.6, "household.able_count", Form.COUNT, total=True),
        Column(("家庭情况", "属性"), 11, "household.attribute"),
        Column(("家庭情况", "有无劳动能力"), 6.2, "household.able_word"),
        Column(("致贫原因", "主要致贫原因"), 16, "household.main_cause"),
        Column(("致贫原因", "其他致贫原因"), 16, "household.other_causes", blank=NONE, wide=True),
        Column(("人均可支配收入",), 12, "household.disposable_per_head", Form.MONEY),
        Column(("危房等级",), 7.6, "household.housing_grade"),
        Column(("识别年度",), 7.6, "household.registered_year", Form.YEAR),
        Column(("脱贫情况", "脱贫属性"), 7.6),
        Column(("脱贫情况", "脱贫年度"), 7.6),
        Column(("联系电话",), _CODE_WIDTH, "household.phone", Form.CODE, blank=NONE, secret=True),
        Column(("帮扶情况", "帮扶责任人"), 8),
        Column(("帮扶情况", "单位"), 10),
        Column(("备注",), 16, "household.remark", blank="", wide=True),
    ),
    frozen=6,
    counted=4,
    unit="户",
)

PERSONS = Layout(
    "贫困人口花名册",
    "person",
    "persons",
    (
        _ORDER,
        Column(("省",), 7.5, "ledger.province"),
        Column(("市",), 7.5, "ledger.city"),
        Column(("县",), 7.5, "ledger.county"),
        Column(("镇",), 8, "ledger.town"),
        Column(("村",), 9, "household.village"),
        Column(("自然村",), 9, "household.group"),
        Column(("户编号",), _CODE_WIDTH, "household.number", Form.CODE),
        Column(("人编号",), 7.6),
        Column(("姓名",), 9, "person.name"),
        Column(("证件号码",), _CODE_WIDTH, "person.id_number", Form.CODE, secret=True),
        Column(("人数",), 5, "household.size", Form.COUNT, total=True, once=True),
        Column(("与户主关系",), 9.4, "person.relation"),
        Column(("民族",), 7, "person.ethnicity"),
        Column(("文化程度",), 12, "person.education", blank=""),
        Column(("在校生状况",), 11, "person.schooling"),
        Column(("健康状况",), 10, "person.health"),
        Column(("劳动技能",), 18, "person.labour"),
        Column(("务工状况",), 7.6),
        Column(("务工时间",), 7.6),
        Column(("参加大病医疗",), 6.2),
        Column(("脱贫属性",), 7.6, once=True),
        Column(("脱贫年度",), 7.6, once=True),
        Column(("属性",), 11, "household.attribute", once=True),
        Column(("主要致贫原因",), 16, "household.main_cause", once=True),
        Column(("危房户",), 5, "household.dangerous_home", once=True),
        Column(("饮水安全",), 7.6, once=True),
        Column(("饮水困难",), 7.6, once=True),
        Column(("人均纯收入",), 12, "household.net_per_head", Form.MONEY, once=True),
        Column(("联系电话",), _CODE_WIDTH, "household.phone", Form.CODE, blank=NONE, once=True, secret=True),
    ),
    frozen=10,
    counted=9,
    unit="人",
    outer="household",
    inner="persons",
)

SUMMARY = Layout(
    "月报汇总表",
    "village",
    "villages",
    (
        _ORDER,
        Column(("村（居）",), 12, "village.village"),
        *_pair("年初", "village.year_start"),
        *_pair("期初", "village.movement.opening"),
        *_pair("新增", "village.movement.added"),
        *_pair("终止", "village.movement.ended"),
        *_pair("销户", "village.movement.cancelled"),
        *_moved("拆户", "village.movement.split"),
        *_moved("并户", "village.movement.merged"),
        Column(("自然增加人数",), 7, "village.movement.natural_in", Form.COUNT, total=True),
        Column(("自然减少人数",), 7, "village.movement.natural_out", Form.COUNT, total=True),
        *_pair("期末", "village.closing"),
        Column(("准确率%",), 7),
        Column(("脱贫", "计划"), 6.5),
        Column(("脱贫", "达标"), 6.5),
        Column(("脱贫", "累计"), 6.5),
        Column(("措施数",), 7),
        Column(("走访次数",), 7),
        Column(("资金（元）",), 9),
        *_pair("附：本年累计新增", "village.year_added"),
        *_pair("附：本年累计终止", "village.year_ended"),
        *_pair("附：本年累计其他增减", "village.year_other"),
    ),
    frozen=2,
    notes=(
        "年初为本年1月1日零时在册数，期初为本月1日零时在册数；期初＋新增－终止－销户＋拆户－并户＋自然增加－自然减少＝期末；拆户、并户的人仍在册，不加减。",
        "年初＋本年累计新增－本年累计终止＋本年累计其他增减（销户、拆户、并户、自然增减合计）＝期末。",
    ),
)

_AFTER_OPENING, _CLOSING_NOTES = (
    6,
    (
        "期初为上月封存的期末；调整为上月月结以后更正的往月户数、人数，逐户见“调整明细”。",
        "期初＋调整＋新增－终止－销户＋拆户－并户＋自然增加－自然减少＝期末；拆户、并户的人仍在册，不加减。",
        "年初＋本年累计调整＋本年累计新增－本年累计终止＋本年累计其他增减（销户、拆户、并户、自然增减合计）＝期末。",
    ),
)
SUMMARY_ADJUSTED = replace(
    SUMMARY,
    columns=(
        *SUMMARY.columns[:_AFTER_OPENING],
        *_pair("调整", "village.movement.adjusted"),
        *SUMMARY.columns[_AFTER_OPENING:],
        *_pair("附：本年累计调整", "village.year_adjusted"),
    ),
    notes=_CLOSING_NOTES,
)
"""月报汇总表 of a month that builds on a closed one and carries what was corrected since."""
