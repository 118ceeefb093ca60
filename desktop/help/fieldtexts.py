"""The paragraph of a field, made of the field itself: what to fill, how it is written, when it must be, on what it rests, where it is
printed. Nothing of it is written a second time."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from types import ModuleType

from db.fields import (
    appraisal,
    change,
    county,
    document,
    household,
    income,
    living,
    member,
    notice,
    recheck,
    rekey,
    review,
    town,
    village,
)
from db.fields.base import Field
from db.fields.kinds import Area, Choice, Count, Date, Digits, IdNumber, Kind, Measure, Money, Name, Text
from db.fields.papers import papers_of

_LISTED = 16
"""As many choices are named one by one; of longer tables the first few."""
_FEW = 8
_TITLED = 6
_BLANK = "\u3000"
"""An empty cell: Markdown would join it to the one before."""
_COUNTABLE = 100
"""A figure that goes no further has limits worth telling on paper."""


@dataclass(frozen=True, slots=True)
class Group:
    """Fields that are explained in one chapter: its key, title, what it is about, and where in the program they are filled in."""

    key: str
    title: str
    told: str
    module: ModuleType


GROUPS = (
    Group("fields-household", "农户基本情况", "在[申请与名册](intake.md)录入，建档前后都可以在[农户档案](households.md)里改。", household),
    Group("fields-member", "家庭成员", "一人一行，户主也占一行；有人来去用[人员变动](changes.md)办。", member),
    Group("fields-income", "收入核算表", "金额一律填全家一整年的元数，没有的填 0；写法见[入户核实](verification.md)。", income),
    Group("fields-living", "生产生活条件和财产", "入户时问到，也可以在[农户档案](households.md)里补齐。", living),
    Group("fields-verification", "入户核实表和复录", "用在[入户核实](verification.md)和[复录核对](rekeys.md)。", rekey),
    Group("fields-appraisal", "民主评议", "用在[民主评议](appraisals.md)。", appraisal),
    Group("fields-notice", "公示和异议", "用在[公示](notices.md)。", notice),
    Group("fields-review", "村初审和镇审核", "用在[初审与镇审核](reviews.md)。", review),
    Group("fields-county", "县里的文件和建卡", "用在[县审定与户卡](county.md)。", county),
    Group("fields-change", "人员变动", "用在[人员变动](changes.md)。", change),
    Group("fields-recheck", "回头看", "用在[回头看](rechecks.md)。", recheck),
    Group("fields-document", "文号登记", "用在[文号登记](documents.md)。", document),
    Group("fields-town", "本镇、办理方式", "[首次使用](first.md)时填，以后在[设置与备份](care.md)里改。", town),
    Group("fields-village", "村组更名、合并", "在[设置与备份](care.md)的村和小组里办。", village),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Subject:
    """A chapter made of fields; ``told`` opens it, ``places`` gives the heading of each."""

    key: str
    title: str
    told: str
    text: str
    places: Mapping[Field, str]


def paragraph(field: Field, heading: str = "") -> str:
    """The paragraph of any field in Markdown, also of one that stands in no chapter."""
    papers = papers_of(field)
    rows = (
        f"**填什么**：{_sentence(field.help)}" if field.help else "",
        f"**怎样写**：{written(field.kind)}",
        "**必填**：是，空着不能提交。" if field.demanded else "**必填**：可以先空着，以后补。",
        f"**依据**：{_sentence(field.basis)}" if field.basis else "",
        f"**印在**：{'、'.join(papers)}。" if papers else "",
        f"**名册里也认**：{'、'.join(field.titles[:_TITLED])}。" if field.titles else "",
        "**保密**：列表和对外的表里只显示一部分。" if field.private else "",
    )
    body = "\n".join(f"- {row}" for row in rows if row)
    return f"### {heading or field.label}\n\n{body}\n"


def written(kind: Kind) -> str:
    """How a value of a kind is typed."""
    match kind:
        case Choice():
            return _choice(kind.options())
        case Measure():
            return f"{kind.unit}，最多两位小数。"
        case Count():
            return f"整数，{kind.least or 0} 到 {kind.most}。"
        case Text():
            return f"文字，最多 {kind.limit} 个字。"
    return next((told for of, told in _WRITTEN.items() if isinstance(kind, of)), "照纸质表填写。")


_SORTS: Mapping[type[Kind], str] = {
    Date: "日期。",
    Money: "金额。",
    Area: "面积。",
    Count: "整数。",
    IdNumber: "18 位号码。",
    Digits: "号码。",
    Name: "姓名。",
    Text: "文字。",
}


_WRITTEN: Mapping[type[Kind], str] = {
    Date: "日期，20160630、2016.6.30、2016年6月30日 都可以。",
    Money: "元，最多两位小数，千分位的逗号打不打都行。",
    Area: "平方米，最多两位小数。",
    IdNumber: "18 位号码，末位 X 大小写都可以；录完当场核对校验码、出生日期和性别。",
    Digits: "号码，按文本保存，中间的空格、横线会去掉。",
    Name: "姓名，中间不留空格；少数民族姓名的间隔号写“·”。",
}


def table(subject: Subject) -> str:
    """All fields of a subject as one table, for paper: caption with * where demanded, what to fill and how, on what it rests."""
    rows = "\n".join(_line(field, heading) for field, heading in subject.places.items())
    return f"| 栏目（* 必填） | 填什么、怎样写 | 依据 |\n|---|---|---|\n{rows}\n"


def _line(field: Field, heading: str) -> str:
    star = r" \*" if field.demanded else ""
    told = _sentence(field.help) if field.help else ""
    own = _own(field.kind, told)
    return f"| {heading}{star} | {told + own or _sort(field.kind)} | {field.basis or _BLANK} |"


def _sort(kind: Kind) -> str:
    """What sort of value it is, in a word."""
    return next((told for of, told in _SORTS.items() if isinstance(kind, of)), "照纸质表填写。")


def _own(kind: Kind, told: str) -> str:
    """How a value is typed, as far as ``told`` does not say it and it is not the same for all of its kind: that stands once, before the tables (writing.md)."""
    match kind:
        case Choice():
            return (
                _choice(kind.options()).removeprefix("选一项：")
                if len(kind.options()) < _FEW
                else _choice(kind.options())
            )
        case Measure() if kind.unit not in told:
            return f"单位：{kind.unit}。"
        case Count() if kind.most <= _COUNTABLE and str(kind.most) not in told:
            return f"{kind.least or 0} 到 {kind.most}。"
    return ""


@cache
def subjects() -> tuple[Subject, ...]:
    """The chapters on fields; a field declared for two subjects is explained in the first."""
    seen: set[Field] = set()
    made = []
    for group in GROUPS:
        places: dict[Field, str] = {}
        for field in _declared(group.module):
            if field not in seen:
                seen.add(field)
                places[field] = _heading(field, set(places.values()))
        told = "\n".join(paragraph(field, heading) for field, heading in places.items())
        made.append(Subject(group.key, group.title, group.told, f"# {group.title}\n\n{group.told}\n\n{told}", places))
    return tuple(made)


def place_of(field: Field) -> tuple[str, str] | None:
    """Chapter and heading where a field is explained; None for one a page made for itself."""
    for subject in subjects():
        if field in subject.places:
            return subject.key, subject.places[field]
    return None


def _declared(module: ModuleType) -> Iterator[Field]:
    """Every field that stands in a module, alone or in a catalogue."""
    for value in vars(module).values():
        if isinstance(value, Field):
            yield value
        elif isinstance(value, dict):
            yield from (one for one in value.values() if isinstance(one, Field))


def _heading(field: Field, taken: set[str]) -> str:
    """The caption; one that was there already says from which paper this one is."""
    first = f"{field.label}（{field.basis}）" if field.label in taken and field.basis else field.label
    return next(name for name in (first, *(f"{field.label}（{n}）" for n in range(2, 99))) if name not in taken)


def _choice(options: tuple[str, ...]) -> str:
    if len(options) <= _LISTED:
        return f"选一项：{'、'.join(options)}。"
    return f"选一项，共 {len(options)} 项，如 {'、'.join(options[:_FEW])}；打拼音首字母就能选到。"


def _sentence(text: str) -> str:
    return text if text.endswith(("。", "；", "！")) else f"{text}。"
