"""From the captions above a column to a figure that is counted: a small vocabulary, every word of which stands for a condition.

A caption is understood when every word of it is; what is left over, or a word that may mean two things, makes the figure a proposal the
clerk has to confirm. Bands follow 民法通则第155条: 以上、以下、以内 include the number itself, 不满 does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from typing import Literal

from db.fields.household import ABLE, ATTRIBUTE, HEAD_SEX, MAIN_CAUSE, OTHER_CAUSE_1, OTHER_CAUSE_2
from db.fields.kinds import Choice
from db.fields.member import BENEFITS, RELATION
from db.rules.codes import YesNo
from db.services.figures.counted import Condition, Counted, Unit
from db.services.figures.dimensions import DIMENSIONS, SUMS, band
from db.sheets.header import caption

Role = Literal["value", "name", "unit", "noise", "new", "period", "doubt"]
_TOPIC = re.compile("(?:情况|状况)$")
_BRACKET = re.compile(r"[(\[〔【]([^()\[\]〔〕【】]*)[)\]〕】]")
_UNITS: Mapping[str, Unit] = {
    **dict.fromkeys(("户数", "户", "总户数", "家庭户数"), "households"),
    **dict.fromkeys(("人数", "人口数", "人口", "人", "口", "口数", "总人数", "总人口", "总人口数"), "persons"),
}
_NOISE = (
    "其中", "基本情况", "情况", "数量", "总数", "合计", "小计", "总计", "共计", "共有", "现有", "在册", "建档立卡", "建档", "全村", "全镇", "本村", "本镇",
    "相对贫困", "分类", "类型", "构成", "状况", "统计", "的", "数", "总", "共", "按", "分", "及", "和", "与", "、", "，", ",", "/", "名", "个", "：", "(", ")",
    "贫困", "对象", "家庭", "成员", "类", "者", "人员", "期末", "月末", "现", "计", "有", "其", "中", "等",
)  # fmt: skip
_WEAK: Mapping[str, Unit] = {"贫困户": "households", "贫困人口": "persons", "农户": "households", "住户": "households"}
_SKIPPED = {
    HEAD_SEX.key,
    OTHER_CAUSE_1.key,
    OTHER_CAUSE_2.key,
    BENEFITS.key,
    RELATION.key,
    "health_also",
    "application_kind",
    "dropout",
}
_TAKEN = (("", "1"), ("参加", "1"), ("已参加", "1"), ("已参", "1"), ("未参加", "0"), ("没有参加", "0"), ("未参", "0"))
_VALUES: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("低保", "低保户", "低保贫困"), (ATTRIBUTE.key, ("04",))),
    **dict.fromkeys(("五保", "五保户", "特困", "特困供养", "特困户"), (ATTRIBUTE.key, ("06",))),
    **dict.fromkeys(("一般", "一般户", "一般贫困户", "一般农户"), (ATTRIBUTE.key, ("01",))),
    **dict.fromkeys(("有劳动能力", "有劳力", "有劳动力"), (ABLE.key, ("1",))),
    **dict.fromkeys(("无劳动能力", "没有劳动能力", "无劳力", "无劳动力户"), (ABLE.key, ("0",))),
    **dict.fromkeys(("危房", "危房户", "住危房"), ("danger", ("1",))),
    **dict.fromkeys(("劳动力", "劳力"), ("worker", ("1",))),
    **dict.fromkeys(("在校生", "在校学生", "学生", "在读学生", "在校"), ("pupil", ("1",))),
    **dict.fromkeys(("义务教育", "义务教育阶段", "义务教育阶段学生"), ("compulsory", ("1",))),
    **dict.fromkeys(("高中阶段", "高中等", "高中阶段学生"), ("senior", ("1",))),
    **dict.fromkeys(("大专以上在校", "大学生", "大专以上学生"), ("college", ("1",))),
    **dict.fromkeys(("残疾人", "残疾", "残疾人口", "有残疾证"), ("disabled", ("1",))),
    **dict.fromkeys(("务工", "外出务工", "务工人员", "务工人"), ("works", ("1",))),
    **dict.fromkeys(("大病", "患大病", "患有大病"), ("health", ("03",))),
    **dict.fromkeys(("慢性病", "长期慢性病", "慢病"), ("health", ("02",))),
    **dict.fromkeys(("女性", "妇女"), ("sex", ("2",))),
    **dict.fromkeys(("男性",), ("sex", ("1",))),
    **{
        f"{said}{word}": ("medical_insured", (code,))
        for said, code in _TAKEN
        for word in ("合作医疗", "新农合", "城乡居民医保", "医疗保险", "居民医保")
    },
    **{
        f"{said}{word}": ("pension_insured", (code,))
        for said, code in _TAKEN
        for word in ("养老保险", "新农保", "居民养老保险")
    },
    **dict.fromkeys(("党员", "中共党员"), ("politics", ("01",))),
    **dict.fromkeys(("单人户", "独居"), ("size", ("1..1",))),
}
"""Words for a value beside the labels of the code tables; they go before those."""
_DOUBTFUL: Mapping[str, tuple[str, tuple[str, ...]]] = {
    **dict.fromkeys(("低收入", "低收入户"), (ATTRIBUTE.key, ("01",))),
    **dict.fromkeys(("老年人", "老人", "老年"), ("age", ("60..",))),
    **dict.fromkeys(("未成年人", "儿童"), ("age", ("..17",))),
    **dict.fromkeys(("因病致贫",), (MAIN_CAUSE.key, ("01",))),
    **dict.fromkeys(("丧失劳动能力",), (ABLE.key, ("0",))),
    **dict.fromkeys(("辍学", "失学"), ("dropout", ("1", "2", "3", "9"))),
}
"""Words that need not mean in the county's form what they mean in the record."""
_NEW = frozenset({"新增", "新识别", "新纳入", "新建档"})
_PERIODS: Mapping[str, str] = {
    **dict.fromkeys(("本月", "当月", "月内"), "since_month"), **dict.fromkeys(("本年", "今年", "当年", "本年度", "年内", "累计"), "since_year"),
}  # fmt: skip
_AGE = (
    (re.compile(r"(\d{1,3})(?:周岁|岁)?(?:[-—–~～]+|至|到)(\d{1,3})周?岁"), lambda a, b: band(int(a), int(b))),
    (re.compile(r"(\d{1,3})周?岁(?:含|以上含)?(?:及其?)?以上"), lambda a: band(int(a), None)),
    (re.compile(r"(?:不满|未满)(\d{1,3})周?岁"), lambda a: band(None, int(a) - 1)),
    (re.compile(r"(\d{1,3})周?岁(?:及其?)?以[下内]"), lambda a: band(None, int(a))),
)
_SIZE = (
    (re.compile(r"(\d)人(?:及其?)?以上户"), lambda a: band(int(a), None)),
    (re.compile(r"(\d)人户"), lambda a: band(int(a), int(a))),
)
_PER_HEAD = (
    (
        re.compile(r"(?:人均)?(?:年?可支配收入|年?收入)?(\d{3,6})元?(?:[-—–~～]+|至)(\d{3,6})元"),
        lambda a, b: band(int(a), int(b)),
    ),
    (re.compile(r"(?:人均)?(?:年?可支配收入|年?收入)?(\d{3,6})元(?:及其?)?以上"), lambda a: band(int(a), None)),
    (re.compile(r"(?:人均)?(?:年?可支配收入|年?收入)?(\d{3,6})元(?:及其?)?以[下内]"), lambda a: band(None, int(a))),
)


@dataclass(frozen=True, slots=True)
class _Word:
    role: Role
    means: tuple[tuple[str, tuple[str, ...]], ...] = ()
    unit: Unit | None = None
    period: str = ""


@dataclass(slots=True)
class _Heard:
    """What was heard while a path was read."""

    found: dict[str, tuple[str, ...]] = field(default_factory=dict)
    named: list[str] = field(default_factory=list)
    strong: Unit | None = None
    weak: Unit | None = None
    new: bool = False
    period: str = ""
    sure: bool = True
    left: str = ""
    leaf_heard: bool = False


@dataclass(frozen=True, slots=True)
class Proposed:
    """A figure read out of captions; ``sure`` when every word was understood in one way only."""

    figure: Counted
    sure: bool


def read_figure(path: Sequence[str]) -> Proposed | None:
    """The figure a path of captions asks for; None when its own caption says nothing of it."""
    heard = _Heard()
    topic: set[str] = set()
    for number, text in enumerate(path):
        before = (dict(heard.found), heard.strong, len(heard.left))
        own = _Heard()
        _hear(own, text)
        if heard.strong and own.weak and not own.strong and own.weak != heard.strong:  # 人口情况 above 低保户
            heard.sure = False
        if number < len(path) - 1 and own.found and _TOPIC.search(_bare(text)):  # a condition or only what it is about?
            heard.sure = False
            topic.update(own.found)
        _hear(heard, text)
        if number == len(path) - 1:
            said = (dict(heard.found), heard.strong) != before[:2] or heard.weak is not None
            heard.leaf_heard = said and len(heard.left) == before[2]
    if "worker" in topic and ABLE.key in heard.found:  # 劳动力情况 above 无劳动能力
        del heard.found["worker"]
    return _made(heard)


def _made(heard: _Heard) -> Proposed | None:
    if heard.new or heard.period:
        heard.found[heard.period or "since_month"] = ("1",)
        heard.sure = heard.sure and heard.new and bool(heard.period)
    unit = heard.strong or heard.weak
    people = [d for d in heard.found if DIMENSIONS[d].of == "person"]
    if unit is None and heard.found:
        unit, heard.sure = "persons" if people else "households", heard.sure and bool(people)
    if unit is None or not heard.leaf_heard or (heard.left and not heard.found):
        return None
    where = dict(heard.found)
    if unit == "persons" and set(where) == {ABLE.key}:  # of the household, or of the person? the clerk says
        where, heard.sure = {"worker": where[ABLE.key]}, False
    conditions = tuple(Condition(dimension, values) for dimension, values in where.items())
    return Proposed(Counted(unit, conditions), heard.sure and not heard.left)


def read_sum(path: Sequence[str]) -> Proposed | None:
    """The sum of a field a path of captions asks for (耕地面积（亩）); None when it names none."""
    name = _bare(path[-1])
    for key, one in SUMS.items():
        titles = (one.label, *(one.field.titles if one.field is not None else ()))
        if any(
            name in (_bare(t), f"{_bare(t)}合计", f"{_bare(t)}总额", f"{_bare(t)}之和", f"总{_bare(t)}") for t in titles
        ):
            upper = read_figure([*path[:-1], "户"]) if len(path) > 1 else None
            if upper is None:
                return Proposed(Counted("sum", (), key), len(path) == 1)
            return Proposed(Counted("sum", upper.figure.where, key), upper.sure)
    return None


def _hear(heard: _Heard, text: str) -> None:
    clean = caption(text)
    for inside in _BRACKET.findall(clean):
        if inside in _UNITS:
            heard.strong = _UNITS[inside]
    for word, text_left in _words(_bare(text)):
        if word is None:
            heard.left += text_left
        else:
            _take(heard, word)


def _take(heard: _Heard, word: _Word) -> None:
    if word.unit is not None:
        if word.role == "unit":
            heard.strong = word.unit
        else:
            heard.weak = word.unit
    if word.role == "name":
        heard.named += [dimension for dimension, _ in word.means]
    elif word.role in ("value", "doubt"):
        dimension, values = next((m for m in word.means if m[0] in heard.named), word.means[0])
        told = len({d for d, _ in word.means}) == 1 or dimension in heard.named
        if dimension in heard.found and heard.found[dimension] != values and not _refines(heard, dimension, values):
            heard.sure = False
        heard.found[dimension] = values
        heard.sure = heard.sure and told and word.role == "value"
    elif word.role == "new":
        heard.new = True
    elif word.role == "period":
        heard.period = word.period


def _refines(heard: _Heard, dimension: str, values: tuple[str, ...]) -> bool:
    """Whether a value only says more closely what was said before: 通广播电视 | 否."""
    return dimension in heard.named and set(heard.found[dimension]) | set(values) <= {"0", "1"}


def _words(text: str) -> Iterator[tuple[_Word | None, str]]:
    """The words of a caption, the longest that fits first; characters of no word one by one."""
    table = _table()
    longest = max(map(len, table))
    place = 0
    while place < len(text):
        banded = _banded(text, place)
        if banded is not None:
            word, place = banded
            yield word, ""
            continue
        for length in range(min(longest, len(text) - place), 0, -1):
            known = table.get(text[place : place + length])
            if known is not None:
                yield known, ""
                place += length
                break
        else:
            yield None, text[place]
            place += 1


def _banded(text: str, place: int) -> tuple[_Word, int] | None:
    for dimension, patterns in (("age", _AGE), ("size", _SIZE), ("per_head", _PER_HEAD)):
        for pattern, made in patterns:
            found = pattern.match(text, place)
            if found:
                unit: Unit | None = "households" if dimension == "size" else None
                return _Word("value", ((dimension, (made(*found.groups()),)),), unit), found.end()
    return None


@cache
def _table() -> dict[str, _Word]:
    """The vocabulary: labels and synonyms of every code table, names of the fields, and the words above, which go before them."""
    values: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    table: dict[str, _Word] = {}
    for dimension in DIMENSIONS.values():
        told = dimension.field
        if told is None or dimension.key in _SKIPPED or not isinstance(told.kind, Choice):
            continue
        titles = tuple(_bare(t) for t in (told.label, *told.titles))
        if told.kind.table is YesNo:
            for title in titles:
                values.setdefault(title, []).append((dimension.key, ("1",)))
            continue
        for title in titles:
            table[title] = _Word("name", ((dimension.key, ()),))
        for row in told.kind.table:
            for label in (row.label, *row.synonyms):
                if len(label) > 1 or label in "男女":
                    values.setdefault(_bare(label), []).append((dimension.key, (str(row.value),)))
    table |= {word: _Word("value", tuple(means)) for word, means in values.items()}
    table |= {word: _Word("noise") for word in _NOISE}
    table |= {word: _Word("value", (meant,), _inside(word)) for word, meant in _VALUES.items()}
    table |= {word: _Word("doubt", (meant,), _inside(word)) for word, meant in _DOUBTFUL.items()}
    table |= {word: _Word("noise", unit=unit) for word, unit in _WEAK.items()}
    table |= {word: _Word("unit", unit=unit) for word, unit in _UNITS.items()}
    table |= {word: _Word("new") for word in _NEW}
    table |= {word: _Word("period", period=period) for word, period in _PERIODS.items()}
    table |= {
        _bare(word): _Word("name", ((key, ()),))
        for word, key in (
            ("致贫原因", MAIN_CAUSE.key),
            ("年龄", "age"),
            ("年龄段", "age"),
            ("住房", "danger"),
            ("人均可支配收入", "per_head"),
            ("人均收入", "per_head"),
        )
    }
    return {word: one for word, one in table.items() if word}


def _inside(word: str) -> Unit | None:
    """What a word that ends in 户 counts unless another word says otherwise."""
    return "households" if word.endswith("户") else None


def _bare(text: str) -> str:
    clean = caption(text)
    while _BRACKET.search(clean):
        clean = _BRACKET.sub("", clean)
    return clean
