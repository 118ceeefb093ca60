"""What differs from town to town, declared once: the ways of the procedure, and the words and numbers on its papers.

The keys are those of `db.services.town.town.Options`.
"""

from __future__ import annotations

from db.fields.base import Field, catalogue
from db.fields.kinds import Choice, Count, Name, Text
from db.rules.codes import YesNo

PROVINCE = Field("province", "省", Text(limit=30), demanded=True, help="如 广东省")
CITY = Field("city", "市", Text(limit=30), demanded=True, help="如 梅州市")
COUNTY = Field("county", "县（市、区）", Text(limit=30), demanded=True, help="如 五华县")
TOWN = Field("name", "镇（街道）", Text(limit=30), demanded=True, help="如 华阳镇；会印在公示和表册上")
PLACES = catalogue(PROVINCE, CITY, COUNTY, TOWN)

VILLAGE = Field("village", "村", Text(limit=30), demanded=True, help="行政村全名，如 华新村")
GROUPS = Field(
    "groups", "村民小组", Text(limit=2000), help="填个数（8），或逐个写：第一组、第二组、新屋组；空着按默认个数"
)
VILLAGE_PHONE = Field("phone", "村委会电话", Text(limit=30), help="印在公示上；暂时没有可以空着")
VILLAGES = catalogue(VILLAGE, GROUPS, VILLAGE_PHONE)

_NOTICE = "湛麻发〔2016〕5号 二（四）2；华委发〔2016〕23号 五、2"
NOTICE_DAYS = Field(
    "notice_days", "公示天数", Count(noun="天数"), demanded=True, basis=_NOTICE, help="不少于 7 天，可以更长"
)
COUNT_POSTING_DAY = Field(
    "count_posting_day",
    "张贴当天算第一天",
    Choice(table=YesNo),
    demanded=True,
    basis="民法通则第154条",
    help="通常选否：张贴次日起算，满期次日才能办下一步",
)
WORKDAYS = Field("workdays", "只算工作日", Choice(table=YesNo), demanded=True, help="通常选否：按自然日算")
ROLL_TO_WORKDAY = Field(
    "roll_to_workday",
    "末日遇节假日顺延",
    Choice(table=YesNo),
    demanded=True,
    basis="民法通则第154条",
    help="选是：最后一天放假的，顺延到下一个工作日",
)
ANNOUNCEMENT = Field(
    "announcement", "有县公告这一步", Choice(table=YesNo), demanded=True, help="县审定前由县公告名单的选是"
)
ANNOUNCEMENT_DAYS = Field("announcement_days", "公告天数", Count(noun="天数"), demanded=True)
RECHECK = Field("recheck", "县公告后再核查", Choice(table=YesNo), demanded=True)
SHOW_CAUSE = Field(
    "show_cause",
    "公示写致贫原因",
    Choice(table=YesNo),
    demanded=True,
    help="通常选否：致贫原因涉及病残隐私，县里有要求才写",
)
EVIDENCE_STOPS = Field(
    "evidence_stops",
    "缺材料不能镇审核",
    Choice(table=YesNo),
    demanded=True,
    help="选否：缺材料只提醒；选是：照片和材料没有补齐的户不能办镇审核",
)
EVIDENCE_SPARED = Field(
    "evidence_spared",
    "本镇不要求的材料",
    Text(limit=200),
    help="用顿号隔开，如 评议会场照片、入户合影；空着就是全部要求",
)
CARD_PATTERN = Field(
    "card_pattern",
    "户卡编号样式",
    Text(limit=60),
    demanded=True,
    help="{村}-{年}-{序} 编成 华南-2016-0037；必须有 {序}",
)
LEDGER_PATTERN = Field(
    "ledger_pattern",
    "台账文件名样式",
    Text(limit=80),
    demanded=True,
    help="{年}年{月}月{表名}-{镇} 得到 2016年07月台账-华阳镇.xlsx；还可以用 {县} {村}",
)
TEAM = Field("team", "驻村队伍称", Text(limit=20), demanded=True, help="驻村工作队 或 驻村工作组，印在核实表上")
VILLAGE_BODY = Field("village_body", "村一级称", Text(limit=20), demanded=True, help="村委会 或 村“两委”")
TOWN_BODY = Field("town_body", "镇一级称", Text(limit=20), demanded=True, help="镇政府 或 镇党委、政府")
OFFICE = Field("office", "本办公室称", Text(limit=30), demanded=True, help="如 镇扶贫办")
CONTACT = Field("contact", "公示联系人", Name(), help="印在公示上，群众有异议找他")
OFFICE_PHONE = Field("office_phone", "镇扶贫办电话", Text(limit=30), help="印在公示上")
COUNTY_PHONE = Field("county_phone", "县监督电话", Text(limit=30), help="印在公示上")
BASIS = Field("basis", "公示引用的文件", Text(limit=200), demanded=True, help="公示开头“根据……”后面的文件名")
OPTIONS = catalogue(
    NOTICE_DAYS, COUNT_POSTING_DAY, WORKDAYS, ROLL_TO_WORKDAY, ANNOUNCEMENT, ANNOUNCEMENT_DAYS, RECHECK, SHOW_CAUSE,
    EVIDENCE_STOPS, EVIDENCE_SPARED, CARD_PATTERN, LEDGER_PATTERN, TEAM, VILLAGE_BODY, TOWN_BODY, OFFICE, CONTACT, OFFICE_PHONE, COUNTY_PHONE, BASIS,
)  # fmt: skip
