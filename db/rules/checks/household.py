"""Rules on the household's own line: head-count, causes, attribute, labour, phone and account."""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.checks.dates import in_order
from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Subject
from db.rules.codes import Attribute, Health, Labour, PovertyCause, Relation, Schooling, YesNo
from db.rules.identity import card_problem, luhn, phone_problem

_ILL = (Health.CHRONIC, Health.SERIOUS)
_NOT_IN_SCHOOL = (None, Schooling.NONE, Schooling.KINDERGARTEN)
_CAUSES = ("main_cause", "other_cause_1", "other_cause_2")
_GROWN_CHILDREN = (Relation.SON, Relation.DAUGHTER)
_ADULT = 18


def head_count(subject: Subject) -> Iterator[Finding]:
    """R09 E: 家庭人口 is the number of members (扶贫数据清洗检查)."""
    stated, counted = subject.household.size_stated, subject.household.size
    if stated is not None and counted and stated != counted:
        yield Finding("R09", "E", "size_stated", f"家庭人口填 {stated} 人，成员表有 {counted} 人，请核对后改成一致")


def no_members(subject: Subject) -> Iterator[Finding]:
    """R08 E: a household has at least one member (扶贫数据清洗检查)."""
    if not subject.persons:
        yield Finding("R08", "E", "members", "没有家庭成员，请在成员表中录入户主和全部成员")


def applied_in_future(subject: Subject) -> Iterator[Finding]:
    """R68 E: an application is dated before it is entered (湛麻发〔2016〕5号 二（四）2: 程序的先后)."""
    day = subject.household.applied_on
    if day is not None:
        for text in in_order((("申请日期", day),), subject.today):
            yield Finding("R68", "E", "applied_on", f"{text}，请按申请书改正")


def causes(subject: Subject) -> Iterator[Finding]:
    """R41 E: one main cause, at most two others, all different (贫困户登记表 AAC007, AAC008); I: a cause that the table of the year of
    the application did not have yet (因婚、因丧 2015 年起)."""
    household = subject.household
    if household.main_cause is None:
        yield Finding("R41", "E", "main_cause", "没有填写主要致贫原因，请选一项")
    year = household.applied_on.year if household.applied_on else None
    chosen: list[PovertyCause] = []
    for key in _CAUSES:
        cause: PovertyCause | None = getattr(household, key)
        if cause is None:
            continue
        if cause in chosen:
            yield Finding("R41", "E", key, f"致贫原因“{cause.label}”重复，请改选或清空")
        if year is not None and not cause.valid.covers(year):
            text = f"致贫原因“{cause.label}”不在 {year} 年的代码表里，报表可能不收，请核对"
            yield Finding("R41", "I", key, text)
        chosen.append(cause)


def cause_without_person(subject: Subject) -> Iterator[Finding]:
    """R40 W: the main cause shows in the members — a disabled or ill member, a pupil, too few workers (建档立卡逻辑校验)."""
    persons = subject.persons
    if not persons:
        return
    cause, lacks = subject.household.main_cause, ""
    if cause is PovertyCause.DISABILITY and not any(p.is_(Health.DISABLED) for p in persons):
        lacks = "没有残疾的成员"
    elif cause is PovertyCause.ILLNESS and not any(p.is_(*_ILL) for p in persons):
        lacks = "没有患病的成员"
    elif cause is PovertyCause.SCHOOLING and all(p.member.schooling in _NOT_IN_SCHOOL for p in persons):
        lacks = "没有在校的成员"
    elif cause is PovertyCause.LABOUR and _able_count(subject) >= 2:
        lacks = f"有 {_able_count(subject)} 名劳动力"
    if cause and lacks:
        yield Finding("R40", "W", "main_cause", f"主要致贫原因是{cause.label}，但家中{lacks}，请核对")


def other_cause_told(subject: Subject) -> Iterator[Finding]:
    """R111 W: 其他 as the main cause is written out (各省建档立卡填表说明)."""
    household = subject.household
    if household.main_cause is PovertyCause.OTHER and not (
        household.cause_note or household.reason or household.remark
    ):
        text = "主要致贫原因选了其他，没有写明是什么，请在致贫原因说明里写清，或改选"
        yield Finding("R111", "W", "cause_note", text)


def illness_named(subject: Subject) -> Iterator[Finding]:
    """R112 W: 因病 names who has which disease (各省建档立卡填表说明)."""
    household = subject.household
    ill = PovertyCause.ILLNESS in (household.main_cause, household.other_cause_1, household.other_cause_2)
    if subject.more and ill and not household.cause_note and not any(p.member.illness for p in subject.persons):
        text = "致贫原因有因病，没有写明谁得什么病，请填成员的患病名称或致贫原因说明"
        yield Finding("R112", "W", "cause_note", text)


def no_drive_without_worker(subject: Subject) -> Iterator[Finding]:
    """R42 W: 自身发展动力不足 needs somebody able to work (建档立卡逻辑校验)."""
    if subject.household.main_cause is PovertyCause.DRIVE and subject.persons and not _able_count(subject):
        yield Finding("R42", "W", "main_cause", "主要致贫原因是自身发展动力不足，但家中没有劳动力，请核对")


def able_household(subject: Subject) -> Iterator[Finding]:
    """R47 E: 有劳动能力 needs an able member; the reverse and a differing number of workers are W (广东扶贫云 LABOR_TYPE)."""
    household, counted = subject.household, _able_count(subject)
    if not subject.persons:
        return
    if household.able is YesNo.YES and not counted:
        yield Finding("R47", "E", "able", "填了有劳动能力，但成员中没有普通、技能或弱劳动力，请核对")
    elif household.able is YesNo.NO and counted:
        yield Finding("R47", "W", "able", f"填了无劳动能力，但成员中有 {counted} 名劳动力，请核对")
    elif household.able_stated is not None and household.able_stated != counted:
        text = f"劳动力人数填 {household.able_stated} 人，成员表有 {counted} 人，请核对"
        yield Finding("R47", "W", "able_stated", text)


def five_guarantees(subject: Subject) -> Iterator[Finding]:
    """R49 W: a 五保 household has at most two members and no able child grown up (农村五保供养工作条例第六条)."""
    household = subject.household
    if household.attribute is not Attribute.FIVE_GUARANTEES:
        return
    if household.size > 2:
        yield Finding("R49", "W", "attribute", f"五保户有 {household.size} 名成员，一般不超过 2 人，请与民政名单核对")
    for person in subject.persons:
        labour, grown = person.member.labour, person.age is not None and person.age >= _ADULT
        if person.member.relation in _GROWN_CHILDREN and grown and labour is not None and labour.able:
            text = f"五保户里有成年、有劳动能力的{person.member.relation.label.removeprefix('之')}{person.label}，请与民政名单核对"
            yield Finding("R49", "W", "relation", text, person.index)


def able_five_guarantees(subject: Subject) -> Iterator[Finding]:
    """R50 W: a 五保 household is not marked 有劳动能力 (农村五保供养工作条例第六条)."""
    household = subject.household
    if household.attribute is Attribute.FIVE_GUARANTEES and household.able is YesNo.YES:
        yield Finding("R50", "W", "able", "五保户填了有劳动能力，请与民政名单核对")


def benefit_and_attribute(subject: Subject) -> Iterator[Finding]:
    """R48 W: a 低保户 has a member who receives 低保, and a 一般户 has none (广东扶贫云数据比对 3、4、9、10)."""
    answers = [p.member.benefits for p in subject.registered if p.member.benefits is not None]
    attribute = subject.household.attribute
    if attribute is Attribute.LOW_INCOME and answers and YesNo.YES not in answers:
        yield Finding("R48", "W", "attribute", "属性是低保户，成员里没有人享受低保，请与民政名单核对")
    if attribute is Attribute.ORDINARY and YesNo.YES in answers:
        text = f"有 {answers.count(YesNo.YES)} 名成员享受低保（五保），属性却是一般贫困户，请与民政名单核对"
        yield Finding("R48", "W", "attribute", text)


def benefit_number(subject: Subject) -> Iterator[Finding]:
    """R115 W: who holds a 低保（特困）证 is not a 一般户; the list of 民政 prevails (2014 年建档立卡指标解释)."""
    household = subject.household
    if household.benefit_number and household.attribute is Attribute.ORDINARY:
        text = f"有低保（特困）证 {household.benefit_number}，属性却是一般贫困户，以民政名单为准，请核对"
        yield Finding("R115", "W", "attribute", text)


def phone(subject: Subject) -> Iterator[Finding]:
    """R22 W: 11 digits of a mobile, or a landline with its area code. How many share it needs the whole record."""
    number = subject.household.phone
    problem = phone_problem(number) if number else ""
    if problem:
        yield Finding("R22", "W", "phone", problem)


def bank_card(subject: Subject) -> Iterator[Finding]:
    """R23 W: 16–19 digits (一卡通发放要求). I, over the whole record only: the bank is named, and the check digit fits, which old
    passbooks fail; rosters have no column for the bank."""
    number = subject.household.bank_card
    problem = card_problem(number) if number else ""
    if problem:
        yield Finding("R23", "W", "bank_card", problem)
    elif number and subject.whole and not luhn(number):
        yield Finding("R23", "I", "bank_card", f"一卡通账号 {number} 的校验位不对，老存折属正常，其余请对照原件")
    if number and subject.whole and subject.more and not subject.household.bank:
        yield Finding("R23", "I", "bank", "填了一卡通账号，没有填开户银行，可补填")


def _able_count(subject: Subject) -> int:
    return sum(1 for m in subject.household.members if isinstance(m.labour, Labour) and m.labour.able)


_LABOURERS = ("able", "able_stated", "labour")
RULES = (
    Rule("R08", "E", "没有家庭成员", "household", no_members),
    Rule("R09", "E", "家庭人口与成员数不符", "household", head_count),
    Rule("R22", "W", "联系电话不对，或多户共用", "household", phone, ("phone",), ("db.rules.checks.record.shared_phones",)),
    Rule("R23", "W", "一卡通账号不对，或几户共用", "household", bank_card, ("bank_card",), ("db.rules.checks.record.shared_cards",)),
    Rule("R40", "W", "致贫原因在成员里找不到", "household", cause_without_person,
         ("main_cause", "health", "health_also", "schooling", "labour")),
    Rule("R41", "E", "致贫原因没填、重复或当年没有", "household", causes),
    Rule("R42", "W", "自身发展动力不足，却没有劳动力", "household", no_drive_without_worker, ("main_cause", "labour")),
    Rule("R47", "E", "有无劳动能力与成员对不上", "household", able_household, _LABOURERS),
    Rule("R49", "W", "五保户人多，或有成年子女", "household", five_guarantees, ("attribute", "relation", "labour")),
    Rule("R50", "W", "五保户填了有劳动能力", "household", able_five_guarantees, ("attribute", "able")),
    Rule("R111", "W", "致贫原因其他没有写明", "household", other_cause_told, ("main_cause", "cause_note")),
)  # fmt: skip
DATED = applied_in_future
EXTRA = (
    Rule("R48", "W", "低保属性与成员享受低保对不上", "household", benefit_and_attribute, ("attribute", "benefits")),
    Rule("R112", "W", "因病没有写明谁得什么病", "household", illness_named, (*_CAUSES, "cause_note", "illness")),
    Rule("R115", "W", "有低保（特困）证却是一般户", "household", benefit_number, ("attribute", "benefit_number")),
)
