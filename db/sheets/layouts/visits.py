"""The columns of a visit sheet (入户核实结果汇总), whose captions carry the item's number and more or less of its wording."""

from __future__ import annotations

import re
from collections.abc import Iterable

from db.fields.base import Field
from db.fields.household import GROUP, HEAD_NAME, SIZE, VILLAGE
from db.fields.kinds import Date, Name, Text
from db.rules.codes import Bar, Code, Entry, LookItem, Priority
from db.sheets.header import Titles, bare, caption, titles_from, titles_of

VISITED_ON = Field(
    "visited_on", "核实日期", Date(), True, titles=("入户日期", "入户核实日期", "入户时间", "核实时间", "调查日期")
)
OFFICER = Field("officer", "陪同村干部", Name(), titles=("村干部", "陪同人", "陪同干部"))
REMARK = Field("remark", "说明", Text(), titles=("备注", "情况说明", "核实说明"))
STATED = Field("stated", "核实结论", Text(), titles=("结论", "核实结果", "是否符合"))
SURVEYORS = tuple(
    Field(
        f"surveyor_{number}",
        f"调查人{word}",
        Text(limit=60),
        titles=(f"调查人{number}", f"核实人{word}", f"入户人{word}", *more),
    )
    for number, word, more in ((1, "一", ("调查人", "核实人", "入户人员")), (2, "二", ()), (3, "三", ()), (4, "四", ()))
)
SIGNED_HOUSEHOLD = Field(
    "signed_household", "农户签名", Text(), titles=("户主签名", "农户签字", "户主签字", "申请人签名")
)
SIGNED_OFFICER = Field("signed_officer", "村干部签名", Text(), titles=("村干部签字", "陪同村干部签名"))
SIGNED_SURVEYORS = Field("signed_surveyors", "调查人签名", Text(), titles=("调查人签字", "核实人签名"))
LOOKS = {
    item: Field(f"look_{item.value}", label, Text(), titles=(item.label, *titles))
    for item, label, titles in (
        (LookItem.HOUSE, "看房", ()),
        (LookItem.GRAIN, "看粮", ()),
        (LookItem.LABOUR, "看劳力", ("三看劳力", "看劳动力")),
        (LookItem.PUPILS, "看读书郎", ("四看读书郎", "看家中有没有读书郎")),
    )
}
_SERIES: dict[str, type[Code]] = {"六进": Entry, "七不进": Bar, "五优先": Priority}
_ITEM = re.compile(r"(六进|七不进|五优先)[(]?(?:之|第)?([1-7一二三四五六七])[)]?(?:条|项)?")
_NUMBERED = re.compile(r"\s*[(（]?[1-7一二三四五六七①-⑦]")
_DIGITS = {word: number for number, word in enumerate("一二三四五六七", 1)} | {str(n): n for n in range(1, 8)}
ITEMS: dict[Code, Field] = {
    code: Field(f"item_{code.value}", f"{series}{number}", Text(), titles=(code.label,))
    for series, table in _SERIES.items()
    for number, code in enumerate(table, 1)
}
FIELDS = {
    field.key: field
    for field in (
        VILLAGE, GROUP, HEAD_NAME, SIZE, VISITED_ON, OFFICER, REMARK, STATED, SIGNED_HOUSEHOLD, SIGNED_OFFICER, SIGNED_SURVEYORS,
        *SURVEYORS, *LOOKS.values(), *ITEMS.values(),
    )
}  # fmt: skip
NEEDED = (HEAD_NAME, GROUP, SIZE, VISITED_ON, SIGNED_HOUSEHOLD, *(ITEMS[bar] for bar in Bar))
_TITLES = titles_of(FIELDS.values())


def titles_for(captions: Iterable[str]) -> Titles:
    """The captions known for a sheet that shows these: 六进1 stands for its item whatever wording follows it, and so does a 1 under
    the group caption 六进."""
    numbered: dict[str, list[str]] = {}
    shown = tuple(captions)
    groups = [series for series in _SERIES if any(bare(text) == series for text in shown)]
    grouped = ((group + caption(text), group + text) for group in groups for text in shown if _NUMBERED.match(text))
    for text, counted in (*((text, text) for text in shown), *grouped):
        found = _ITEM.match(caption(counted))
        if found:
            rows = list(_SERIES[found[1]])
            number = _DIGITS[found[2]]
            if number <= len(rows):
                numbered.setdefault(ITEMS[rows[number - 1]].key, []).append(text)
    return _TITLES | titles_from(numbered)
