"""Identity numbers by GB 11643 and the other numbers a household is known by: what they say and what is wrong with them.

The region in front never blocks: spouses and movers keep the number of their birthplace, and no table of regions is complete.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from operator import mul

from db.rules.codes import IdKind, Sex

ADULT = 18
OLDEST = 120
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_CHECKS = "10X98765432"
_HOME_PROVINCE = "44"
_PROVINCE_ROWS = (
    "11北京 12天津 13河北 14山西 15内蒙古 21辽宁 22吉林 23黑龙江 31上海 32江苏 33浙江 34安徽 35福建 36江西 37山东 41河南 42湖北 43湖南 "
    "44广东 45广西 46海南 50重庆 51四川 52贵州 53云南 54西藏 61陕西 62甘肃 63青海 64宁夏 65新疆"
)
_PROVINCES = {row[:2]: row[2:] for row in _PROVINCE_ROWS.split()}
_RESIDENTS = {"71": "台湾", "81": "香港", "82": "澳门", "83": "台湾", "91": "外国人"}
_DIGITS = str.maketrans("０１２３４５６７８９Ｘｘx×Хх", "0123456789XXXXXX")
_DROPPED = frozenset(
    "'’‘`＇\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Quote marks of text cells, and what cannot be seen: zero-width characters and the marks of direction that copying brings along."""
_SCIENTIFIC = re.compile(r"\d(\.\d*)?[Ee]\+?\d{2}")
_MADE_NUMBER = re.compile(r"\d{15,18}\.0*")
_FIRST_GENERATION = re.compile(r"\d{15}")
_SECOND_GENERATION = re.compile(r"\d{17}[\dX]")
_DISABILITY = re.compile(r"(\d{17}[\dX])([1-7])([1-4])(B\d|\d\d)?")
_PERMIT_REGIONS = ("81", "82", "83")
_OFFICER = re.compile(r"[\u4e00-\u9fa5A-Z第号（）()]{0,6}\d{6,10}号?")
_MOBILE = re.compile(r"1[3-9]\d{9}")
_TWO_MOBILES = re.compile(r"(1[3-9]\d{9})[^\d]*(1[3-9]\d{9})")
_LANDLINE = re.compile(r"0(10|2\d|[3-9]\d{2})\d{7,8}")
DAMAGED = "被 Excel 存成数字，末几位已丢失，请把单元格设为文本后按身份证重新录入"


@dataclass(frozen=True, slots=True)
class IdVerdict:
    """What one identity number says. ``number`` is the 18-digit form, "" when there is a ``problem`` (a Chinese sentence).

    ``birth`` and ``sex`` are None with a problem; ``from_15`` marks a first-generation number that was converted and must be
    compared with the card; ``notes`` are for information only.
    """

    number: str = ""
    birth: date | None = None
    sex: Sex | None = None
    from_15: bool = False
    problem: str = ""
    notes: tuple[str, ...] = ()


def normalise(text: str) -> str:
    """The number without blanks, invisible characters and quote marks, digits half-width, x as X; all else is kept."""
    if text.isascii() and text.isalnum() and "x" not in text:
        return text  # as nearly all are; a roster holds thousands
    kept = "".join(c for c in text if not (c.isspace() or c in _DROPPED))
    return kept.translate(_DIGITS)


def judge(raw: str | int | float, today: date) -> IdVerdict:
    """Read an identity number as it stands in a form or cell; ``today`` is the day it is judged on (GB 11643-1999)."""
    text = normalise(raw if isinstance(raw, str) else _figure(raw))
    if not text:
        return IdVerdict(problem="没有填写身份证号，请按身份证或户口簿填写")
    if (len(text) != 18 or "." in text) and (_SCIENTIFIC.fullmatch(text) or _MADE_NUMBER.fullmatch(text)):
        return IdVerdict(problem=f"身份证号{DAMAGED}")
    if _FIRST_GENERATION.fullmatch(text):
        converted = text[:6] + "19" + text[6:]
        return _judge_body(converted + check_digit(converted), today, from_15=True)
    if not _SECOND_GENERATION.fullmatch(text):
        return IdVerdict(problem=_shape_problem(text))
    if check_digit(text[:17]) != text[17]:
        cut = "末三位是 000，像是被 Excel 截去了末几位，请对照身份证改正"
        wrong = f"的校验位不对（按前 17 位应为 {check_digit(text[:17])}），请对照身份证逐位核对"
        return IdVerdict(problem=f"身份证号 {text} {cut if text.endswith('000') else wrong}")
    return _judge_body(text, today, from_15=False)


def judge_kind(kind: IdKind | None, raw: str, today: date) -> IdVerdict:
    """Read the number of a document by its kind; without a kind it is an identity card.

    港澳台居民居住证 is numbered by GB 11643 under 81, 82, 83 (港澳台居民居住证申领发放办法); a 残疾人证 begins with the holder's
    identity number; a 军官证 says neither birth nor sex. A person without any document has no number, and that is no problem here.
    """
    if kind is None or kind is IdKind.RESIDENT:
        return judge(raw, today)
    text = normalise(raw)
    if kind is IdKind.NONE and not text:
        return IdVerdict()
    if kind is IdKind.OFFICER:
        return _judge_officer(text)
    if kind is IdKind.DISABILITY:
        problem = disability_problem(text, "")
        return IdVerdict(problem=problem) if problem else judge(text[:18], today)
    verdict = judge(text, today)
    if kind is not IdKind.HONGKONG_MACAU_TAIWAN:
        return verdict
    named = verdict.problem.replace("身份证", "居住证")
    return _judge_permit(replace(verdict, problem=named) if named != verdict.problem else verdict)


def check_digit(body: str) -> str:
    """The 18th character for a body of 17 digits (GB 11643-1999, ISO 7064 MOD 11-2)."""
    if len(body) != len(_WEIGHTS):
        raise ValueError(f"a body has 17 digits, not {len(body)}")
    return _CHECKS[sum(map(mul, _WEIGHTS, map(int, body))) % 11]


def is_sound(number: str) -> bool:
    """Whether these are 18 characters with the right check digit."""
    return bool(_SECOND_GENERATION.fullmatch(number)) and check_digit(number[:17]) == number[17]


def age_on(birth: date, day: date) -> int:
    """Full years on ``day``; a person born on 29 February turns a year older on 1 March."""
    return day.year - birth.year - ((day.month, day.day) < (birth.month, birth.day))


def is_minor(number: str, day: date) -> bool:
    """Whether the holder of a number is under 18 on that day (未成年人保护法 第二条); False where it tells no birth."""
    born = judge(number, day).birth
    return born is not None and age_on(born, day) < ADULT


def mask(number: str) -> str:
    """The number for lists inside the office: only the last four, because region and birth date give the rest away."""
    return "*" * max(len(number) - 4, 0) + number[-4:]


def disability_problem(number: str, own_id: str) -> str:
    """What is wrong with a 残疾人证号 (20 digits: own identity number, category 1–7, grade 1–4); "" when nothing is.

    A reissued certificate carries a further mark of two characters. ``own_id`` is the holder's number in 18 digits, "" if unknown.
    """
    match = _DISABILITY.fullmatch(normalise(number).upper())
    if match is None:
        return f"残疾证号 {number} 不对：应为 20 位，即本人身份证号 18 位、类别 1–7、等级 1–4，请对照残疾证核对"
    if own_id and match[1] != own_id:
        return f"残疾证号 {number} 的前 18 位与本人身份证号不同，请对照残疾证核对"
    return ""


def normalise_phone(text: str) -> str:
    """The number without blanks, hyphens, brackets and the country's +86."""
    kept = re.sub(r"[-—－–()（）]", "", normalise(text))
    return re.sub(r"^(\+|00)?86(?=1\d{10}$)", "", kept)


def phone_problem(text: str) -> str:
    """What is wrong with a phone number: 11 digits of a mobile or a landline with its area code; "" when nothing is."""
    number = normalise_phone(text)
    if _MOBILE.fullmatch(number) or _LANDLINE.fullmatch(number):
        return ""
    if _SCIENTIFIC.fullmatch(number):
        return f"联系电话 {text.strip()} 被 Excel 写成了科学计数，请设为文本后重新录入"
    several = _TWO_MOBILES.fullmatch(number)
    if several:
        return f"联系电话里有两个号码（{several[1]}、{several[2]}），请只留一个，另一个可写在备注"
    if number.isdigit() and number.startswith("1"):
        return (
            f"手机号 {number} 是 {len(number)} 位，应为 11 位，请核对"
            if len(number) != 11
            else f"没有 {number[:3]} 开头的手机号，请核对"
        )
    return f"联系电话 {text.strip()} 不对：手机 11 位，座机请带区号，请核对"


def card_problem(text: str) -> str:
    """What is wrong with an account number: 16–19 digits; "" when nothing is. Old passbook numbers fail Luhn, so it is not asked."""
    number = normalise(text)
    if _SCIENTIFIC.fullmatch(number):
        return f"一卡通账号 {text.strip()} 被 Excel 写成了科学计数，末几位已丢失，请设为文本后重新录入"
    if not number.isdigit():
        return f"一卡通账号 {text.strip()} 里有数字以外的字符，请核对"
    if not 16 <= len(number) <= 19:
        return f"一卡通账号 {number} 是 {len(number)} 位，应为 16–19 位，请核对"
    return ""


def luhn(number: str) -> bool:
    """Whether the last digit of a bank card is the right one (GB/T 17552, ISO/IEC 7812)."""
    doubled = (int(digit) * (2 if place % 2 else 1) for place, digit in enumerate(reversed(number)))
    return sum(value - 9 if value > 9 else value for value in doubled) % 10 == 0


def _figure(raw: float) -> str:
    """A cell that Excel holds as a number: 15 digits are exact, beyond them the tail is gone."""
    return f"{raw:.0f}" if abs(raw) < 10**15 and raw == int(raw) else f"{float(raw):.5E}"


def _judge_permit(verdict: IdVerdict) -> IdVerdict:
    if not verdict.number or verdict.number.startswith(_PERMIT_REGIONS):
        return replace(verdict, notes=())
    text = f"港澳台居民居住证号 {verdict.number} 应以 81、82 或 83 开头，请对照证件核对，或改证件类型"
    return IdVerdict(problem=text)


def _judge_officer(text: str) -> IdVerdict:
    if not text:
        return IdVerdict(problem="没有填写军官证号，请按证件填写")
    if _OFFICER.fullmatch(text):
        return IdVerdict(text)
    return IdVerdict(problem=f"军官证号 {text} 不对：字头后应为 6–10 位数字，请对照证件核对")


def _shape_problem(text: str) -> str:
    if re.fullmatch(r"[\dX]+", text) and len(text) != 18:
        return f"身份证号 {text} 是 {len(text)} 位，应为 18 位，请对照身份证核对"
    return f"身份证号 {text} 应为 17 位数字加一位数字或 X，请对照身份证核对"


def _judge_body(number: str, today: date, *, from_15: bool) -> IdVerdict:
    try:
        birth = date(int(number[6:10]), int(number[10:12]), int(number[12:14]))
    except ValueError:
        return IdVerdict(problem=f"身份证号 {number} 里的出生日期 {number[6:14]} 不存在，请对照身份证核对")
    if birth > today:
        return IdVerdict(problem=f"身份证号 {number} 里的出生日期 {birth} 晚于 {today}，请对照身份证核对")
    if age_on(birth, today) > OLDEST:
        return IdVerdict(problem=f"身份证号 {number} 里的出生日期 {birth} 距今超过 {OLDEST} 年，请对照身份证核对")
    sex = Sex.MALE if int(number[16]) % 2 else Sex.FEMALE
    return IdVerdict(number, birth, sex, from_15, notes=_region_notes(number[:2]))


def _region_notes(code: str) -> tuple[str, ...]:
    if code == _HOME_PROVINCE:
        return ()
    if code in _PROVINCES:
        return (f"外省身份证（{_PROVINCES[code]}）",)
    if code in _RESIDENTS:
        return (f"{_RESIDENTS[code]}居民证件号",)
    return (f"地区码 {code} 不在国家代码表内，请对照原件",)
