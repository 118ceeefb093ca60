"""Invented papers for the tests: a notice, a roll, a card and the forms of the township 太平镇."""

from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal

from db.papers.announcement import AnnouncementFacts, AnnouncementRow
from db.papers.application import ApplicationFacts, ApplicationMember, StepText
from db.papers.appraisal import AppraisalFacts, VoteRow
from db.papers.card import CardFacts, CardIncome, CardMember, CardStep
from db.papers.leftout import LeftOutFacts, LeftOutRow
from db.papers.notice import NoticeFacts, NoticeRow, Office
from db.papers.recovery import RecoveryFacts
from db.papers.review import ReviewFacts, ReviewRow
from db.papers.roll import RollFacts, RollRow
from db.papers.verification import Answer, MemberHealth, VerificationFacts

SURNAMES = "廖张李陈钟曾温古魏邓"
GIVEN = ("某明", "某华", "某英", "某", "某新", "某珍", "某福", "某妹", "某生", "某兰", "某强")
ATTRIBUTES = ("低保户", "五保户", "一般贫困户")
CAUSES = ("因病", "因残", "因学", "缺劳力", "缺技术", "缺资金")
GROUPS = tuple(f"第{n}村民小组" for n in "一二三四五六七八")


def head_name(n: int) -> str:
    return SURNAMES[n % 10] + GIVEN[n % 11]


def invented_id(n: int) -> str:
    return f"4414011956{n % 12 + 1:02d}{n % 27 + 1:02d}{n % 1000:03d}X"


def notice(count: int = 47, **changes: object) -> NoticeFacts:
    rows = tuple(
        NoticeRow(
            GROUPS[n * 8 // max(count, 1)], head_name(n), n % 6 + 1, ATTRIBUTES[n % 3], "男女"[n % 2], CAUSES[n % 6]
        )
        for n in range(count)
    )
    values: dict[str, object] = {
        "village": "华南村",
        "committee": "华南村村民委员会",
        "year": 2016,
        "basis": "《关于新时期精准扶贫精准脱贫三年攻坚的实施意见》（粤发〔2016〕13号）",
        "assembly": "村民代表大会",
        "assembly_on": date(2016, 6, 3),
        "rows": rows,
        "first_day": date(2016, 6, 7),
        "last_day": date(2016, 6, 13),
        "days": 7,
        "places": ("华南村村民委员会", *GROUPS),
        "offices": (
            Office("华南村村民委员会", "廖某某", "0753-4400001"),
            Office("太平镇扶贫办公室", "陈某某", "0753-4400002", "太平镇政府大院二楼"),
        ),
        "supervision": (Office("县扶贫局", "", "0753-4400003"),),
        "posted_on": date(2016, 6, 6),
        "footer": "校验码 7f3a-91c2　打印时间 2016-06-06 09:12",
    }
    return NoticeFacts(**(values | changes))  # type: ignore[arg-type]


def roll(count: int = 60, show_ids: bool = False) -> RollFacts:
    rows = tuple(
        RollRow(
            group=GROUPS[n % 8],
            head_name=head_name(n),
            head_sex="男女"[n % 2],
            id_number=invented_id(n),
            size=n % 6 + 1,
            able_members=n % 3,
            attribute=ATTRIBUTES[n % 3],
            able="有" if n % 3 else "无",
            main_cause=CAUSES[n % 6],
            income_per_head=Decimal(1800 + 37 * n) if n % 9 else None,
            housing_grade="ABCD"[n % 4] + "级",
            appraised_on=date(2016, 6, 3),
            notice_first=date(2016, 6, 7),
            notice_last=date(2016, 6, 13),
            opinion="同意上报",
            remark="补录，审核人已核准" if n == 5 else "",
        )
        for n in range(count)
    )
    return RollFacts(
        "太平镇", "华南村", "华南村村民委员会", 2016, rows, date(2016, 6, 15), "陈某某", "廖某某", "张某某", show_ids
    )


def family() -> tuple[CardMember, ...]:
    return (
        CardMember(
            "廖某明",
            "户主",
            "男",
            invented_id(1),
            date(1956, 2, 2),
            "小学",
            "非在校生",
            "长期慢性病",
            "弱劳动力或半劳动力",
        ),
        CardMember(
            "张某英", "配偶", "女", invented_id(2), date(1960, 3, 3), "文盲或半文盲", "非在校生", "健康", "普通劳动力"
        ),
        CardMember("廖某华", "之子", "男", invented_id(3), date(2000, 9, 1), "", "高中一年级", "健康", "无劳动力"),
        CardMember("廖某妹", "之女", "女", invented_id(4), date(2006, 9, 1), "", "小学", "健康", "无劳动力"),
    )


def card(members: int = 4) -> CardFacts:
    return CardFacts(
        number="华南-2016-0037",
        area="广东省梅州市某县太平镇",
        village="华南村",
        group="第三村民小组",
        head_name="廖某明",
        attribute="一般贫困户",
        able="有劳动能力",
        members=(family() * 20)[:members],
        steps=(
            CardStep("农户申请", date(2016, 5, 8), "申请编号 华南-2016-0041"),
            CardStep("入户核实", date(2016, 5, 17), "人均可支配收入3212.00元，低于4000元；七不进7项均未发现"),
            CardStep("民主评议", date(2016, 6, 3), "村民代表大会，应到45人，实到43人；同意41，不同意2，弃权0，通过"),
            CardStep("公示7天", date(2016, 6, 7), "2016-06-07至06-13，村民委员会及各村民小组，无异议"),
            CardStep("村初审", date(2016, 6, 14), "同意上报"),
            CardStep("镇审核", date(2016, 6, 20), "同意上报"),
            CardStep("县公告", date(2016, 6, 25), "2016-06-25至07-01，县政府网站和镇村公告栏"),
            CardStep("县审定", date(2016, 7, 8), "通过，某府扶〔2016〕5号"),
            CardStep("建档立卡", date(2016, 7, 12), "户编号 华南-2016-0037"),
        ),
        causes=("因病", "缺劳力", "因学"),
        entry_reason="家庭主要劳动力长期生病、不能从事基本劳动的农户要进",
        standard="省定标准（4000元）",
        phone="13712340000",
        address="华南村第三村民小组12号",
        housing_area=Decimal("68.50"),
        housing_grade="C级",
        income=CardIncome(
            2015,
            Decimal("9600"),
            Decimal("3200"),
            Decimal("0"),
            Decimal("1048"),
            Decimal("1000"),
            Decimal("0"),
            Decimal("12848"),
            Decimal("3212"),
        ),
        document="某府扶〔2016〕5号",
        decided_on=date(2016, 7, 8),
        filed_on=date(2016, 7, 12),
        filler="陈某",
        reviewer="李某",
        committee="华南村村民委员会",
    )


def application() -> ApplicationFacts:
    return ApplicationFacts(
        town="太平镇",
        village="华南村",
        group="第三村民小组",
        number="太平-华南-2016-0041",
        head_name="廖某明",
        head_sex="男",
        head_id=invented_id(1),
        ethnicity="汉族",
        phone="13712340000",
        address="华南村第三村民小组12号",
        size=4,
        able_members=2,
        kind="首次申请",
        benefit="无",
        disposable=Decimal("12848"),
        per_head=Decimal("3212"),
        housing_area=Decimal("68.50"),
        housing_grade="C级",
        housing_kind="砖木",
        built_year=1985,
        main_cause="因病",
        other_causes=("缺劳力", "因学"),
        reason="户主患病两年，不能从事重体力劳动，妻子在家照料；一子一女在读；住房为砖木结构，年久失修。家庭收入主要靠种田和零工，生活困难，特向村委会提出申请。",
        members=(
            ApplicationMember("廖某明", invented_id(1), "男", "户主", "长期慢性病", "弱劳动力或半劳动力", "务农"),
            ApplicationMember("张某英", invented_id(2), "女", "配偶", "健康", "普通劳动力", "务农"),
            ApplicationMember("廖某华", invented_id(3), "男", "之子", "健康", "无劳动力", "高中一年级"),
            ApplicationMember("廖某妹", invented_id(4), "女", "之女", "健康", "无劳动力", "小学"),
        ),
        applied_on=date(2016, 5, 8),
        attachments=("户口簿", "身份证", "病历"),
        verification=StepText("情况属实，符合条件。", "张某、王某", date(2016, 5, 17)),
        appraisal=StepText(
            "村民代表大会应到45人，实到43人；同意41票，不同意2票，弃权0票，评议通过。", "古某", date(2016, 6, 3)
        ),
        notice=StepText("2016年6月7日至6月13日在村民委员会及各村民小组公示7天，无异议。", "古某", date(2016, 6, 14)),
        village_opinion=StepText("经评议、公示无异议，同意上报。", "廖某", date(2016, 6, 14)),
    )


def verification() -> VerificationFacts:
    return VerificationFacts(
        town="太平镇",
        village="华南村",
        group="第三村民小组",
        number="太平-华南-2016-0041",
        head_name="廖某明",
        size=4,
        visited_on=date(2016, 5, 17),
        surveyors=("张某", "王某"),
        village_officer="古某",
        housing=(("住房面积（㎡）", "68.50"), ("房屋结构", "砖木"), ("危房等级", "C级"), ("近三年新建面积（㎡）", "0")),
        assets=(("汽车", "无"), ("大型农机具", "无"), ("工商登记", "无")),
        members=(MemberHealth("廖某明", "户主", "长期慢性病", "", "弱劳动力或半劳动力"),),
        income=card().income,
        threshold=Decimal("4000"),
        looks=(
            Answer("1", "差", "屋顶漏雨"),
            Answer("2", "一般"),
            Answer("3", "差"),
            Answer("4", "有", "一子一女在读"),
        ),
        priorities=(Answer("3", "是", "慢性病"),),
        entries=(Answer("63", "是", "病历"), *(Answer(code, "否") for code in ("61", "62", "64", "65", "66"))),
        bars=(*(Answer(str(code), "否") for code in range(71, 77)), Answer("77", "待核", "邻居有议论，待走访")),
        verdict="符合",
        remarks="户主患病属实，收入主要靠妻子务农和零工，住房为C级危房。",
    )


def appraisal(count: int = 20) -> AppraisalFacts:
    rows = tuple(
        VoteRow(GROUPS[n % 8], head_name(n), n % 6 + 1, 43 - n % 30, n % 30, 0, "通过" if n % 30 < 21 else "未通过")
        for n in range(count)
    )
    return AppraisalFacts(
        "太平镇",
        "华南村",
        "华南村村民委员会",
        "村民代表大会",
        "相对贫困户识别",
        date(2016, 6, 3),
        "村委会会议室",
        "廖某某",
        "古某",
        45,
        43,
        "代表三分之二以上到会，符合法定人数",
        rows,
        guests="镇驻村干部李某、工作队张某",
        withdrew="钟某（与申请户为兄弟）",
        watcher="温某",
        teller="魏某",
        speeches="主持人说明识别条件和程序；工作队逐户介绍核实情况；代表古某提出第三组一户收入需再核，工作队当场说明。",
    )


def review() -> ReviewFacts:
    rows = tuple(
        ReviewRow(GROUPS[n % 8], head_name(n), n % 6 + 1, ATTRIBUTES[n % 3], "收入表缺户主签名" if n in {3, 8} else "")
        for n in range(20)
    )
    return ReviewFacts(
        "太平镇",
        "华南村",
        "镇政府",
        "太平镇人民政府",
        2016,
        rows,
        date(2016, 6, 20),
        "陈某",
        "李某",
        4,
        "与民政、国土、交警、工商比对，未发现不符。",
        "经审核，同意上报县扶贫局。",
    )


def announcement() -> AnnouncementFacts:
    rows = tuple(
        AnnouncementRow("华南村" if n < 12 else "坪南村", GROUPS[n % 8], head_name(n), n % 6 + 1, ATTRIBUTES[n % 3])
        for n in range(30)
    )
    return AnnouncementFacts(
        "某县扶贫局",
        "太平镇",
        2016,
        "《关于新时期精准扶贫精准脱贫三年攻坚的实施意见》（粤发〔2016〕13号）",
        rows,
        date(2016, 6, 25),
        date(2016, 7, 1),
        7,
        ("县政府网站", "太平镇公告栏", "各村公告栏"),
        (Office("县扶贫局", "", "0753-4400003"),),
        date(2016, 6, 24),
        "某扶公告〔2016〕2号",
    )


def recovery() -> RecoveryFacts:
    return RecoveryFacts(
        "太平镇",
        "town.huk",
        "太平-3f9a",
        "7K3QF-02MNP-Q8RST-VWXYZ-01234-5K",
        datetime(2016, 5, 25, 9, 30),
    )


def left_out() -> LeftOutFacts:
    rows = (
        LeftOutRow(
            "华南村",
            GROUPS[0],
            "张某英",
            3,
            "入户核实",
            "2015年人均可支配收入4312.50元，不低于当年标准4064.00元",
            date(2016, 5, 17),
            "张某、王某",
        ),
        LeftOutRow(
            "华南村",
            GROUPS[2],
            "古某",
            4,
            "入户核实",
            "七不进第3项为“是”：户主名下有小汽车一辆",
            date(2016, 5, 18),
            "审核人李某",
        ),
        LeftOutRow("坪南村", GROUPS[1], "温某生", 2, "民主评议", "同意18票，实到43人，未过半数", date(2016, 6, 3)),
    )
    return LeftOutFacts("太平镇", 2016, date(2016, 7, 12), rows, "陈某")
