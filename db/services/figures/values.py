"""What can stand in a row of a form: every field of the record and what follows from it, each with its captions and how it is read.

A meaning is known by its key (home.phone, member.name, made.age); the same key means the same in every form and every month.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from db.fields.base import Field
from db.fields.household import ABLE_COUNT, DANGEROUS, HEAD_ID, HEAD_NAME, HEAD_SEX, HOUSEHOLD, SIZE
from db.fields.income import INCOME, PER_HEAD
from db.fields.kinds import Digits, Money
from db.fields.living import LIVING
from db.fields.member import MEMBER
from db.rules import income
from db.rules.identity import age_on
from db.rules.values import Member
from db.services.figures.dimensions import born
from db.services.figures.facts import Register, Registered
from db.sheets.template import FormKind
from db.sheets.template_fill import Value

Read = Callable[[Register, Registered, Member], Any]
"""From the register, a household and a person of it (the head in rows of households) to a value of the record."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing a cell can say. ``group`` is where a list shows it, ``optional`` what may be blank without anything lacking,
    ``summed`` whether 合计 adds it up, ``money`` whether it follows 元/万元, ``text`` whether its digits are a name."""

    key: str
    label: str
    group: str
    read: Read
    titles: tuple[str, ...] = ()
    field: Field | None = None
    optional: bool = False
    summed: bool = False
    money: bool = False
    text: bool = False


_MAY_BE_BLANK = frozenset(
    {
        "remark", "other_cause_1", "other_cause_2", "reason", "application_kind", "benefit_number", "cause_note", "bank", "address",
        "disability_number", "id_kind", "police_proof", "school", "dropout", "health_also", "illness", "work_status", "work_place",
        "work_months", "employer", "education", "relocation", "resettlement", "resettlement_place", "relocation_trouble", "debt",
        "public_pay", "transfer_cost", "new_house_area", "subsidised",
    }
)  # fmt: skip
"""Fields that are rightly blank for many: what does not apply to a household or person is not lacking."""
_ID_TITLES = ("证件号码", "身份证号", "身份证号码", "公民身份号码", "身份证", "证件号")
_MORE: Mapping[str, tuple[str, ...]] = {
    HEAD_NAME.key: ("户主", "户主姓名", "户名", "农户姓名", "贫困户姓名", "贫困户户主姓名"),
    HEAD_ID.key: tuple(f"户主{title}" for title in _ID_TITLES),
    HEAD_SEX.key: ("户主性别",),
    "village": ("村委会", "所在行政村", "行政村名称", "村名称", "村民委员会"),
    "size_stated": ("家庭成员数", "户籍人口", "家庭人口（人）", "人口（人）"),
    "phone": ("户主联系电话", "户主电话", "户主手机", "户主手机号码"),
    "relation": ("与户主的关系",),
    "labour": ("劳动能力状况",),
    "attribute": ("农户属性", "户属性", "贫困类型"),
}


def _own(part: str, key: str) -> Read:
    if part == "home":
        return lambda _, one, __: getattr(one.home, key)
    if part == "member":
        return lambda _, __, person: getattr(person, key)
    return lambda _, one, __: getattr(holder, key) if (holder := getattr(one.home, part)) is not None else None


def _meanings(part: str, group: str, fields: Iterable[Field]) -> list[Meaning]:
    return [
        Meaning(
            f"{part}.{f.key}", f.label, group, _own(part, f.key), (*f.titles, *_MORE.get(f.key, ())), f,
            not f.demanded and (f.key in _MAY_BE_BLANK or (part == "income" and f not in _NEEDED)), _adds(part, f),
            isinstance(f.kind, Money), isinstance(f.kind, Digits),
        )
        for f in fields
    ]  # fmt: skip


_NEEDED = tuple(f for f in INCOME.values() if f.demanded)


def _adds(part: str, field: Field) -> bool:
    return (part in ("income", "living") and field.kind.align == "right") or field in (SIZE, ABLE_COUNT)


def _age(register: Register, _: Registered, person: Member) -> int | None:
    birth = born(person, register.last)
    return age_on(birth, register.last) if birth is not None else None


def _birth(register: Register, _: Registered, person: Member) -> date | None:
    return born(person, register.last)


def _sheet(which: str) -> Callable[[Register, Registered, Member], Decimal | None]:
    return lambda _, one, __: getattr(income.totals(one.home.income), which) if one.home.income is not None else None


def _line(name: str) -> Read:
    return lambda _, one, __: getattr(one.line, name)


def _town(name: str) -> Read:
    return lambda register, _, __: getattr(register.ledger, name)


def _danger(_: Register, one: Registered, __: Member) -> str | None:
    told = one.line.dangerous_home or one.home.dangerous
    return told.label if told is not None else None


ORDER = "made.order"
_BOTH = "本镇与序号"
_DERIVED = "算出来的"
_MADE = (
    Meaning(ORDER, "序号", _BOTH, lambda *_: None, ("序", "编号", "序号", "次序", "顺序号"), optional=True),
    Meaning("made.province", "省", _BOTH, _town("province"), ("省份", "省（区）")),
    Meaning("made.city", "市", _BOTH, _town("city"), ("地市", "市（州）", "地级市")),
    Meaning("made.county", "县（市、区）", _BOTH, _town("county"), ("县", "区", "县区", "县（区）", "县市区", "区县")),
    Meaning("made.town", "镇（街道）", _BOTH, _town("town"), ("镇", "乡镇", "镇街", "乡（镇）", "镇（街）", "乡镇名称", "镇名", "所在镇")),
    Meaning("made.card", "户编号", "户", _line("number"), ("户码", "户号", "贫困户编号", "户卡编号", "建档编号", "户编码", "建档立卡编号"), text=True),
    Meaning("made.registered_year", "识别年度", "户", _line("registered_year"), ("建档年度", "识别年份", "建档年份", "纳入年度", "建档立卡年度")),
    Meaning("made.registered_on", "建档日期", "户", _line("registered_on"), ("建档时间", "建档立卡时间", "建档立卡日期", "识别时间", "纳入时间")),
    Meaning("made.other_causes", "其他致贫原因", "户", _line("other_causes"), ("次要致贫原因", "其它致贫原因"), optional=True),
    Meaning("made.danger", "危房户（是/否）", "户", _danger, ("危房户", "是否危房", "是否危房户", "是否住危房")),
    Meaning("made.age", "年龄", _DERIVED, _age, ("周岁", "年龄（岁）", "年龄（周岁）", "户主年龄")),
    Meaning("made.birth", "出生日期", _DERIVED, _birth, ("出生年月", "出生年月日", "出生时间")),
    Meaning("made.per_head", "人均可支配收入", _DERIVED, _line("disposable_per_head"), (*PER_HEAD.titles, "年人均可支配收入", "人均年可支配收入", "家庭人均可支配收入"), money=True),
    Meaning("made.net_per_head", "人均纯收入", _DERIVED, _line("net_per_head"), ("家庭人均纯收入", "人均年纯收入"), money=True),
    Meaning("made.gross", "家庭总收入", _DERIVED, _sheet("gross"), ("总收入", "年总收入", "家庭年总收入"), summed=True, money=True),
    Meaning("made.disposable", "家庭可支配收入", _DERIVED, _sheet("disposable"), ("可支配收入", "年可支配收入", "家庭年可支配收入"), summed=True, money=True),
)  # fmt: skip
_OF_HOME = [
    *_meanings("home", "户", (f for f in HOUSEHOLD.values() if f is not DANGEROUS)),
    *_meanings("income", "收入", (f for f in INCOME.values() if f is not PER_HEAD)),
    *_meanings("living", "生产生活", LIVING.values()),
]
_OF_MEMBER = _meanings("member", "成员", MEMBER.values())
VALUES: Mapping[str, Meaning] = {one.key: one for one in (*_MADE, *_OF_HOME, *_OF_MEMBER)}


def offered(kind: FormKind) -> tuple[Meaning, ...]:
    """What a row of this kind can say, in the order of the groups; a household's own row speaks of the head where a person is asked."""
    if kind is FormKind.PERSON:
        return (*_MADE, *_OF_MEMBER, *_OF_HOME)
    return (*_MADE, *_OF_HOME, *_OF_MEMBER)


def shown(meaning: Meaning, value: Any, unit: str, choices: tuple[str, ...]) -> Value:  # noqa: ANN401
    """What stands in the cell: codes by the word the form's own list has for them, money in the form's unit."""
    if value is None or value == "":
        return None
    if meaning.money and isinstance(value, Decimal):
        return in_unit(value, unit)
    if meaning.field is not None and not isinstance(value, str | int | Decimal | date):
        return _word(meaning.field, value, choices)
    assert isinstance(value, str | int | Decimal | date)
    return value


def in_unit(amount: Decimal, unit: str) -> Decimal:
    """Yuan as the form's unit wants them; 万元 with four places, so that nothing is lost of whole yuan."""
    return (amount / 10_000).quantize(Decimal("0.0001")) if unit == "万元" else amount


def _word(field: Field, value: Any, choices: tuple[str, ...]) -> str:  # noqa: ANN401
    label = field.kind.show(value)
    if not choices or label in choices:
        return label
    return next((word for word in (value.label, *value.synonyms) if word in choices), label)
