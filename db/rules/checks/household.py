"""Rules on the household's own line: what must be filled in, head-count, causes, attribute, phone and account."""

from __future__ import annotations

from collections.abc import Iterator

from db.rules.checks.finding import Finding
from db.rules.checks.subject import Rule, Subject
from db.rules.codes import Attribute, Health, Labour, PovertyCause, Schooling, YesNo
from db.rules.identity import card_problem, phone_problem
from db.rules.names import lost_text, visible

REQUIRED = {
    "village": "所在村",
    "group": "村民小组",
    "head_name": "户主姓名",
    "head_sex": "户主性别",
    "size_stated": "家庭人口",
    "able_stated": "劳动力人数",
    "attribute": "贫困户属性",
    "able": "有无劳动能力",
    "applied_on": "申请日期",
}
_TEXTS = ("village", "group", "bank", "address", "reason", "remark")
_ILL = (Health.CHRONIC, Health.SERIOUS)
_NOT_IN_SCHOOL = (None, Schooling.NONE, Schooling.KINDERGARTEN)


def required(subject: Subject) -> Iterator[Finding]:
    """R20 E: no blanks where the 申请登记表 demands an answer."""
    for key, label in REQUIRED.items():
        if getattr(subject.household, key) in (None, ""):
            yield Finding("R20", "E", key, f"没有填写{label}，请补填")


def lost_characters(subject: Subject) -> Iterator[Finding]:
    """R25 E: U+FFFD or control characters in free text (广州“双到”系统入库检查); names are looked at by R13."""
    for key in _TEXTS:
        text = getattr(subject.household, key)
        if lost_text(text):
            yield Finding("R25", "E", key, f"“{visible(text)}”里有损坏的字符，请重新录入")


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
    """R68 E: an application is dated before it is entered."""
    day = subject.household.applied_on
    if day is not None and day > subject.today:
        yield Finding("R68", "E", "applied_on", f"申请日期 {day} 晚于 {subject.today}，请按申请书改正")


def causes(subject: Subject) -> Iterator[Finding]:
    """R41 E: one main cause, at most two others, all different (贫困户登记表 AAC007, AAC008)."""
    household = subject.household
    if household.main_cause is None:
        yield Finding("R41", "E", "main_cause", "没有填写主要致贫原因，请选一项")
    chosen = [household.main_cause]
    for key in ("other_cause_1", "other_cause_2"):
        cause = getattr(household, key)
        if cause is not None and cause in chosen:
            yield Finding("R41", "E", key, f"致贫原因“{cause.label}”重复，请改选或清空")
        chosen.append(cause)


def cause_without_person(subject: Subject) -> Iterator[Finding]:
    """R40 W: the main cause shows in the members — a disabled or ill member, a pupil, too few workers."""
    members = subject.household.members
    if not members:
        return
    cause, lacks = subject.household.main_cause, ""
    if cause is PovertyCause.DISABILITY and not any(m.health is Health.DISABLED for m in members):
        lacks = "没有残疾的成员"
    elif cause is PovertyCause.ILLNESS and not any(m.health in _ILL for m in members):
        lacks = "没有患病的成员"
    elif cause is PovertyCause.SCHOOLING and all(m.schooling in _NOT_IN_SCHOOL for m in members):
        lacks = "没有在校的成员"
    elif cause is PovertyCause.LABOUR and _able_count(subject) >= 2:
        lacks = f"有 {_able_count(subject)} 名劳动力"
    if cause and lacks:
        yield Finding("R40", "W", "main_cause", f"主要致贫原因是{cause.label}，但家中{lacks}，请核对")


def no_drive_without_worker(subject: Subject) -> Iterator[Finding]:
    """R42 W: 自身发展动力不足 needs somebody able to work."""
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
    """R49 W: a 五保 household has at most two members and no able adult child; R50 W: nor is it marked 有劳动能力 (五保供养条例)."""
    household = subject.household
    if household.attribute is not Attribute.FIVE_GUARANTEES:
        return
    if household.size > 2:
        yield Finding("R49", "W", "attribute", f"五保户有 {household.size} 名成员，一般不超过 2 人，请与民政名单核对")
    if household.able is YesNo.YES:
        yield Finding("R50", "W", "able", "五保户填了有劳动能力，请与民政名单核对")


def phone(subject: Subject) -> Iterator[Finding]:
    """R22 W: 11 digits of a mobile, or a landline with its area code. How many share it needs the whole record."""
    number = subject.household.phone
    problem = phone_problem(number) if number else ""
    if problem:
        yield Finding("R22", "W", "phone", problem)


def bank_card(subject: Subject) -> Iterator[Finding]:
    """R23 W: 16–19 digits. The bank's name is not asked for: 一卡通 rosters have no such column."""
    number = subject.household.bank_card
    problem = card_problem(number) if number else ""
    if problem:
        yield Finding("R23", "W", "bank_card", problem)


def _able_count(subject: Subject) -> int:
    return sum(1 for m in subject.household.members if isinstance(m.labour, Labour) and m.labour.able)


RULES: tuple[Rule, ...] = (
    required,
    lost_characters,
    head_count,
    no_members,
    applied_in_future,
    causes,
    cause_without_person,
    no_drive_without_worker,
    able_household,
    five_guarantees,
    phone,
    bank_card,
)
