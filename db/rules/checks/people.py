"""Rules on one person: name, number and kind of document, sex, certificate, soldiers, and who is gone."""

from __future__ import annotations

from collections.abc import Iterator
from operator import attrgetter

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.checks.subject import Subject
from db.rules.codes import Health, IdKind, Labour, YesNo
from db.rules.identity import disability_problem, normalise
from db.rules.names import lost_text, name_doubt, name_problem, visible

_GONE = {
    "出国": "已出国", "国外": "在国外", "境外": "在境外", "服刑": "在服刑", "监狱": "在服刑", "看守所": "被羁押", "收监": "在服刑",
}  # fmt: skip
_SERVING = range(17, 61)
_TEXTS = ("village", "group", "bank", "address", "reason", "remark", "cause_note")
_MEMBER_TEXTS = ("illness", "school", "work_place", "employer")
_texts = attrgetter(*_TEXTS)


def names(subject: Subject) -> Iterator[Finding]:
    """R13 E: a name of two characters at least, as on the identity card (建档立卡登记表填表说明).

    A blank name of the head is R20's, of a member this rule's.
    """
    for name, field, member in subject.strange_names:
        if (name or member is not None) and (problem := name_problem(name)):
            yield Finding("R13", "E", field, problem, member)


def characters(subject: Subject) -> Iterator[Finding]:
    """R25 E: U+FFFD or control characters in free text (广州“双到”系统入库检查); W: characters of a private font in a name, which
    other computers cannot show. What is lost in a name is R13's."""
    household = subject.household
    if lost_text("".join(_texts(household))):
        for key in _TEXTS:
            if lost_text(getattr(household, key)):
                text = f"“{visible(getattr(household, key))}”里有损坏的字符，请重新录入"
                yield Finding("R25", "E", key, text)
    for name, field, member in subject.strange_names:
        if name and not name_problem(name) and (doubt := name_doubt(name)):
            yield Finding("R25", "W", field, doubt, member)
    for person in subject.registered:
        for key in _MEMBER_TEXTS:
            said = getattr(person.member, key)
            if lost_text(said):
                text = f"{person.label}：“{visible(said)}”里有损坏的字符，请重新录入"
                yield Finding("R25", "E", key, text, person.index)


def numbers(subject: Subject) -> Iterator[Finding]:
    """R01 E: the number of the document by its kind — identity card and 港澳台居民居住证 by GB 11643: 18 characters, check digit,
    a birthday that exists, not in the future, at most 120 years ago; 军官证 and 残疾人证 by their own shape."""
    for number, verdict, field, member, who in subject.strange_numbers:
        if number and verdict.problem:
            yield Finding("R01", "E", field, f"{who}{verdict.problem}", member)


def old_numbers(subject: Subject) -> Iterator[Finding]:
    """R02 W: a number of 15 digits is converted to 18 and to be compared with the card (GB 11643-1999)."""
    for _, verdict, field, member, who in subject.strange_numbers:
        if verdict.from_15:
            text = f"{who}15 位旧身份证号已换算为 {verdict.number}，请与新证核对"
            yield Finding("R02", "W", field, text, member)


def untidy_numbers(subject: Subject) -> Iterator[Finding]:
    """R04 E: numbers are kept with half-width digits and a capital X; readers and boxes make them so."""
    for number, verdict, field, member, who in subject.strange_numbers:
        if verdict.number and number != normalise(number):
            text = f"{who}号码“{number}”里有全角字、空格或小写 x，请重新录入"
            yield Finding("R04", "E", field, text, member)


def other_provinces(subject: Subject) -> Iterator[Finding]:
    """R12 I: a number from another province, or of a region no table knows. Regions never block: movers keep their number."""
    for _, verdict, field, member, who in subject.strange_numbers:
        for note in verdict.notes:
            yield Finding("R12", "I", field, f"{who}{note}", member)


def without_number(subject: Subject) -> Iterator[Finding]:
    """R110 E: who has no number needs the police's proof (2014 年建档立卡指标解释: 无证者由公安出具证明); W as long as it is not replaced."""
    for number, _, field, index, whose in subject.strange_numbers:
        if number:
            continue
        member = subject.head.member if subject.head and index is None else None
        member = subject.household.members[index] if index is not None else member
        if member is not None and member.police_proof:
            if index is not None:
                text = f"{whose}暂无身份证号，凭证明 {member.police_proof} 录入，补办到号码后请补填核对"
                yield Finding("R110", "W", field, text, index)
        elif index is not None and member is not None and member.id_kind is IdKind.NONE:
            text = f"{whose}证件类型是无证，没有填公安机关证明的编号，请补填"
            yield Finding("R110", "E", "police_proof", text, index)
        else:
            yield Finding("R110", "E", field, f"{whose}{_NO_NUMBER}", index)


_NO_NUMBER = "没有填写身份证号；确实无证的，请在“无证证明号”填公安机关证明的编号，补到号码后再补填"


def sex_and_number(subject: Subject) -> Iterator[Finding]:
    """R05 E: the 17th digit is odd for men and even for women (GB 11643)."""
    stated, verdict = subject.household.head_sex, subject.head_verdict
    if stated and verdict.sex and stated is not verdict.sex:
        text = f"户主性别填{stated.label}，身份证号第 17 位表示{verdict.sex.label}，请对照身份证改正"
        yield Finding("R05", "E", "head_sex", text)
    for person in subject.persons:
        sex, by_number = person.member.sex, person.verdict.sex
        if sex and by_number and sex is not by_number:
            text = f"{person.label}性别填{sex.label}，身份证号第 17 位表示{by_number.label}，请对照身份证改正"
            yield Finding("R05", "E", "sex", text, person.index)


def certificate(subject: Subject) -> Iterator[Finding]:
    """R19 E: 残疾证号 has 20 digits: own identity number, category 1–7, grade 1–4 (残疾人证管理办法)."""
    for person in subject.persons:
        if person.member.disability_number:
            problem = disability_problem(person.member.disability_number, person.verdict.number)
            if problem:
                yield Finding("R19", "E", "disability_number", f"{person.label}：{problem}", person.index)


def certified(subject: Subject) -> Iterator[Finding]:
    """R39 E: who holds a 残疾证 is 残疾; W: who is 残疾 holds one (残疾人证管理办法)."""
    for person in subject.persons:
        member = person.member
        if member.disability_number and member.health is not None and not person.is_(Health.DISABLED):
            text = f"{person.label}填了残疾证号，健康状况却是{member.health.label}，请核对"
            yield Finding("R39", "E", "health", text, person.index)
        elif not member.disability_number and person.is_(Health.DISABLED):
            text = f"{person.label}健康状况是残疾，没有填残疾证号，请补填或核对"
            yield Finding("R39", "W", "disability_number", text, person.index)


def one_health(subject: Subject) -> Iterator[Finding]:
    """R38 E: 健康 stands alone, and two answers are two different ones (健康状况 2018 年起可多选)."""
    for person in subject.registered:
        first, second = person.member.health, person.member.health_also
        if first is None or second is None:
            continue
        if first is second:
            text = f"{person.label}两项健康状况都填{first.label}，请清空第二项或核对"
            yield Finding("R38", "E", "health_also", text, person.index)
        elif Health.HEALTHY in (first, second):
            text = f"{person.label}健康状况同时填了{first.label}和{second.label}，请核对"
            yield Finding("R38", "E", "health_also", text, person.index)


def gone(subject: Subject) -> Iterator[Finding]:
    """R44 W: who lives abroad or is in prison is no longer counted in the household (建档立卡人员自然减少 03、04)."""
    for person in subject.registered:
        said = f"{person.member.work_place}{person.member.employer}"
        word = next((how for sign, how in _GONE.items() if sign in said), "")
        if word:
            text = f"{person.label}务工地写“{said}”，似乎{word}，不再计入家庭人口的，请办人员变动；仍计入的请核对"
            yield Finding("R44", "W", "work_place", text, person.index)


def soldiers(subject: Subject) -> Iterator[Finding]:
    """R45 W: 现役军人 are 17 to 60 years old and neither 残疾 nor without labour (兵役法)."""
    for person in subject.registered:
        member, why = person.member, ""
        if member.soldier is not YesNo.YES:
            continue
        if person.age is not None and person.age not in _SERVING:
            why = f"年龄是 {person.age} 岁"
        elif person.is_(Health.DISABLED):
            why = "健康状况是残疾"
        elif member.labour in (Labour.LOST, Labour.NONE):
            why = f"劳动技能是{member.labour.label}"
        if why:
            text = f"{person.label}填了现役军人，{why}，请核对"
            yield Finding("R45", "W", "soldier", text, person.index)


RULES = (
    Rule("R01", "E", "证件号码不对", "member", numbers),
    Rule("R02", "W", "15 位旧身份证号", "member", old_numbers, ("id_number", "head_id")),
    Rule("R04", "E", "证件号码里有全角或小写字", "member", untidy_numbers),
    Rule("R05", "E", "性别与身份证号不符", "member", sex_and_number),
    Rule("R12", "I", "外省身份证或地区码不在表内", "member", other_provinces),
    Rule("R13", "E", "姓名写法不对", "member", names),
    Rule("R19", "E", "残疾证号不对", "member", certificate),
    Rule("R25", "E", "有损坏的字符或自造字", "member", characters, ("name", "head_name")),
    Rule("R39", "E", "残疾证号与健康状况对不上", "member", certified, ("health", "health_also", "disability_number")),
    Rule("R110", "E", "没有身份证号", "member", without_number, ("id_number", "police_proof")),
)
EXTRA = (
    Rule("R38", "E", "健康又填了别的健康状况", "member", one_health),
    Rule("R44", "W", "似乎已出国或收监，仍计入人口", "member", gone, ("work_place", "employer")),
    Rule("R45", "W", "现役军人与年龄、健康对不上", "member", soldiers, ("soldier", "health", "health_also", "labour")),
)
