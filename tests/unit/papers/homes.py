"""Invented households for the papers that are made of the record's own values: a working family, a 低保户, a 五保户."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from db.papers.income_sheet import IncomeFacts
from db.papers.people import PeopleFacts
from db.papers.registration import HelperLine, RegistrationFacts
from db.rules import codes
from db.rules.codes import ThresholdKind, YesNo
from db.rules.identity import check_digit
from db.rules.income import Threshold
from db.rules.values import Household, Income, Living, Member

LINE = Threshold(
    2014,
    ThresholdKind.ENTRY,
    Decimal(4000),
    Decimal("1.000"),
    "粤发〔2016〕13号 一、2.对象范围（2014年不变价；价格指数以县通知为准）",
)
FILLED = date(2016, 7, 12)


def number(born: str, order: int) -> str:
    body = f"441401{born}{order:03d}"
    return body + check_digit(body)


def members() -> tuple[Member, ...]:
    head, wife = number("19560202", 101), number("19600303", 202)
    yes, no = YesNo.YES, YesNo.NO
    return (
        Member(
            "廖某明", codes.Relation.HEAD, head, codes.Sex.MALE, codes.Ethnicity.HAN, codes.Education.PRIMARY,
            codes.Schooling.NONE, codes.Health.CHRONIC, f"{head}42", codes.Labour.WEAK, codes.IdKind.RESIDENT,
            politics=codes.Politics.MASSES, health_also=codes.Health.DISABLED, illness="慢性支气管炎、肢体残疾", medicated=yes,
            soldier=no, medical_insured=yes, serious_insured=yes, pension_insured=yes, benefits=no, mandarin=no,
        ),
        Member(
            "张某英", codes.Relation.SPOUSE, wife, codes.Sex.FEMALE, codes.Ethnicity.SHE, codes.Education.ILLITERATE,
            codes.Schooling.NONE, codes.Health.HEALTHY, "", codes.Labour.ORDINARY, codes.IdKind.RESIDENT,
            work_status=codes.Work.TOWN, work_place="太平镇圩镇", work_months=6, employer="太平镇永兴电子加工厂",
            public_post=no, soldier=no, medical_insured=yes, serious_insured=yes, pension_insured=yes, benefits=no, mandarin=yes,
        ),
        Member(
            "廖某华", codes.Relation.SON, number("20000901", 303), codes.Sex.MALE, codes.Ethnicity.HAN, None,
            codes.Schooling.SENIOR_1, codes.Health.HEALTHY, "", codes.Labour.NONE, codes.IdKind.RESIDENT, school="某县第二中学",
            politics=codes.Politics.YOUTH_LEAGUE, medical_insured=yes, mandarin=yes,
        ),
        Member(
            "廖某妹", codes.Relation.DAUGHTER, "", codes.Sex.FEMALE, codes.Ethnicity.HAN, None,
            codes.Schooling.PRIMARY, codes.Health.HEALTHY, "", codes.Labour.NONE, codes.IdKind.NONE, police_proof="太公证〔2016〕17号",
            school="太平镇中心小学", medical_insured=yes, mandarin=yes,
        ),
    )  # fmt: skip


def sheet() -> Income:
    return Income(
        2015, wages=Decimal("9600"), business=Decimal("3200"), property=Decimal("0"), transfer=Decimal("1848"),
        business_cost=Decimal("1000"), transfer_cost=Decimal("800"), dividend=Decimal("0"), other_property=Decimal("0"),
        family_planning=Decimal("0"), low_income_benefit=Decimal("0"), five_guarantees=Decimal("0"), pension=Decimal("1320"),
        ecology=Decimal("128"), medical_paid=Decimal("400"), medical_aid=Decimal("0"), other_transfer=Decimal("0"),
        tax=Decimal("0"), social_security=Decimal("800"), support_paid=Decimal("0"), other_transfer_cost=Decimal("0"),
        debt=Decimal("12000"),
    )  # fmt: skip


def household() -> Household:
    yes, no = YesNo.YES, YesNo.NO
    living = Living(
        arable=Decimal("2.50"), irrigated=Decimal("1.80"), woodland=Decimal("6.00"), farm_power=yes, home_power=yes,
        water_scarce=no, water_safe=yes, broadcast=yes, road_distance=Decimal("1.20"), road=codes.Road.CEMENT, toilet=no,
        fuel=codes.Fuel.WOOD, cooperative=no, enterprise_led=no, leader_led=no, new_house=no, town_flat=no, car=no, machinery=no,
        registered_business=no, employs=no, savings=Decimal("2000"),
    )  # fmt: skip
    return Household(
        "华南村", "第三村民小组", "廖某明", number("19560202", 101), codes.Sex.MALE, attribute=codes.Attribute.ORDINARY,
        able=yes, main_cause=codes.PovertyCause.ILLNESS, other_cause_1=codes.PovertyCause.LABOUR,
        other_cause_2=codes.PovertyCause.SCHOOLING, housing_area=Decimal("68.50"), housing_grade=codes.HousingGrade.C,
        phone="13712340000", bank="某县农村信用合作联社太平信用社", bank_card="6217000000000000017", address="华南村第三村民小组12号",
        applied_on=date(2016, 5, 8), application_kind=codes.ApplicationKind.FIRST, standard=codes.Standard.PROVINCE,
        cause_note="户主患慢性支气管炎多年，长期用药，不能从事重体力劳动", only_child=no, two_daughters=no, martyr_family=no,
        structure=codes.Structure.BRICK_WOOD, built_year=1985, income=sheet(), living=living, members=members(),
    )  # fmt: skip


def income() -> IncomeFacts:
    return IncomeFacts(
        "太平镇",
        "华南村",
        "第三村民小组",
        "华南-2016-0037",
        "廖某明",
        4,
        sheet(),
        LINE,
        date(2016, 5, 17),
        "陈某新",
        "李某",
    )


def people() -> PeopleFacts:
    return PeopleFacts("太平镇", "华南村", "第三村民小组", "华南-2016-0037", "廖某明", members(), FILLED, "陈某新")


def registration() -> RegistrationFacts:
    return RegistrationFacts(
        household(), "广东省梅州市某县太平镇", "华南-2016-0037", 2016, "未脱贫",
        "家庭主要劳动力长期生病、不能从事基本劳动的农户要进", "某府函〔2016〕9号", date(2016, 7, 8),
        (HelperLine("温某军", "男", "某市水务局", "市", "科员", "中共党员", "大学本科", "种植", "是", "13712340001", date(2016, 7, 20)),),
        "陈某新", FILLED,
    )  # fmt: skip
