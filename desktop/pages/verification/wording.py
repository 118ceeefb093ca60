"""The items of the visit in the few words that fit a line; the full wording of the paper stands in the tool tip.

六进 and 七不进 are 麻章区's of 2016; what is cut is only the refrain 的农户要进 and 的农户不能进.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from db.rules.case import Status
from db.rules.codes import Bar, Entry, Finding, LookItem, Priority
from desktop.widgets.colours import Tone

ENTRIES: Mapping[Entry, str] = {
    Entry.BREADWINNER_DEAD: "家庭主要劳动力死亡、孩子未成年",
    Entry.LONELY: "不符合五保条件的孤寡农户和单亲家庭",
    Entry.BREADWINNER_ILL: "家庭主要劳动力长期生病、不能从事基本劳动",
    Entry.DISABLED: "家庭人口有丧失劳动能力的残疾人口",
    Entry.UNSAFE_HOME: "住房不避风雨",
    Entry.DISASTER: "因自然灾害、突发事件造成特别困难",
}
BARS: Mapping[Bar, str] = {
    Bar.NEW_HOUSE: "近三年新建住房 80 ㎡ 以上，或在城镇购房",
    Bar.UNFILIAL: "子女有赡养能力而不履行赡养义务",
    Bar.CAR: "拥有小汽车或大型农机具",
    Bar.PUBLIC_PAY: "直系亲属有财政供养人员",
    Bar.EMPLOYER: "长期雇佣他人从事生产经营",
    Bar.UNEXPLAINED: "对举报或质疑不能作出合理解释",
    Bar.IDLE: "有劳动能力但因懒、赌、毒致贫",
}
PRIORITIES: Mapping[Priority, str] = {p: p.label.removesuffix("优先") for p in Priority}
LOOKS: Mapping[LookItem, str] = {item: item.label for item in LookItem}
FINDINGS: tuple[str, ...] = Finding.labels()
OUTCOMES: Mapping[Status, tuple[str, Tone]] = {
    Status.RUNNING: ("符合", "pine"),
    Status.INCOMPLETE: ("待补充", "ochre"),
    Status.RULING: ("待认定", "red"),
    Status.REJECTED: ("不符合", "red"),
}
"""How a case stands by its visit, in one word."""


def numbered(items: Mapping[Entry, str] | Mapping[Bar, str]) -> dict[str, tuple[int, str]]:
    """Code of an item to its number on the paper and its short wording."""
    return {item.value: (n, text) for n, (item, text) in enumerate(items.items(), 1)}


def counted(statuses: Iterable[Status]) -> str:
    """How many visits came to what: 符合 30 户，待补充 2 户."""
    found = Counter(OUTCOMES[status][0] for status in statuses)
    return "，".join(f"{word} {count} 户" for word, count in found.most_common())
