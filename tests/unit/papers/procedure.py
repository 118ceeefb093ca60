"""Invented papers of the procedure for the tests: acceptance, assembly, answer, report, what the county said."""

from __future__ import annotations

from datetime import date

from db.papers.acceptance import AcceptanceFacts, AcceptedRow
from db.papers.answer import AnswerFacts
from db.papers.convening import CalledRow, ConveningFacts
from db.papers.received import ReceivedFacts, ReceivedRow
from db.papers.report import Pair, ReportFacts, ReportRow
from tests.unit.papers.examples import ATTRIBUTES, GROUPS, head_name

COMMITTEE = "华南村村民委员会"


def accepted(count: int = 30) -> tuple[AcceptedRow, ...]:
    return tuple(
        AcceptedRow(
            f"太平-华南-2016-{n + 1:05d}",
            date(2016, 5, 4 + n % 20),
            head_name(n),
            GROUPS[n % 8],
            n % 6 + 1,
            ("户口簿", "身份证", "低保证", "病历", "学籍证明")[: n % 5 + 1],
            "陈某新",
            "补交残疾证" if n == 4 else "",
            "华南村",
        )
        for n in range(count)
    )


def acceptance(count: int = 30) -> AcceptanceFacts:
    return AcceptanceFacts("太平镇", "华南村", 2016, date(2016, 5, 4), date(2016, 5, 23), accepted(count))


def convening(count: int = 18) -> ConveningFacts:
    rows = tuple(CalledRow(GROUPS[n % 8], head_name(n), n % 6 + 1, ATTRIBUTES[n % 3]) for n in range(count))
    return ConveningFacts(
        village="华南村",
        committee=COMMITTEE,
        assembly="村民代表大会",
        held_on=date(2016, 6, 3),
        time="上午9时",
        place="华南村村委会会议室",
        called_on=date(2016, 5, 24),
        contact="0753-4400001",
        rows=rows,
    )


def answer(objector: str = "钟某强", *, upheld: bool = False) -> AnswerFacts:
    return AnswerFacts(
        town="太平镇",
        village="华南村",
        body="太平镇人民政府",
        household="华南村第三村民小组 廖某明户",
        received_on=date(2016, 6, 9),
        channel="来信",
        content="该户名下有一辆小汽车",
        objector=objector,
        investigators=("李某", "温某"),
        investigated_on=date(2016, 6, 10),
        result="经查车辆管理部门登记和入户查看，车辆登记在户主已分户的兄弟名下",
        upheld=upheld,
        consequence="该户继续办理识别程序。",
        answered_on=date(2016, 6, 11),
        contact="太平镇扶贫办（电话 0753-4400002）",
    )


def report(count: int = 120) -> ReportFacts:
    villages = ("华南村", "坪南村", "双头村", "高车村", "罗经坝村", "小都村")
    rows = tuple(
        ReportRow(villages[n % 6], n % 6 + 1, ATTRIBUTES[n % 3], "无" if n % 3 < 2 and n % 2 else "有")
        for n in range(count)
    )
    return ReportFacts(
        town="太平镇",
        year=2016,
        body="太平镇人民政府",
        addressee="某县扶贫局",
        basis="《关于新时期精准扶贫精准脱贫三年攻坚的实施意见》（粤发〔2016〕13号）",
        rows=rows,
        reported_on=date(2016, 6, 20),
        document="太府报〔2016〕12号",
        applied=Pair(150, 498),
        returned=Pair(4, 13),
        objections=3,
        upheld=1,
        contact="陈某新",
        phone="0753-4400002",
    )


def received(kind: str = "县审定", count: int = 24) -> ReceivedFacts:
    rows = tuple(
        ReceivedRow(
            "华南村" if n < 14 else "坪南村",
            GROUPS[n % 8],
            head_name(n),
            n % 6 + 1,
            ATTRIBUTES[n % 3],
            "不予认定" if n == 5 else "通过",
            "县核查组比对发现户主名下有在营个体工商户" if n == 5 else "",
        )
        for n in range(count)
    )
    return ReceivedFacts(
        kind,
        "太平镇",
        2016,
        "某县人民政府",
        "某府函〔2016〕9号",
        date(2016, 7, 8),
        rows,
        date(2016, 7, 10),
        clerk="陈某新",
    )
