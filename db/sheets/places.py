"""The town's villages and groups as a workbook may write them: found by a spelling-free key, shown as the town wrote them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.rules import groups

_OFFICE = re.compile(r"(?<=.)村{1,2}民?委员?会$")
_IN_A_LINE = re.compile(r"村民?委员?会")
_SAYS_VILLAGE = re.compile(r"(?:村名|行政村|村\(居\)|村居|所在村|村别)[:：](\w+)")
_GROUP = re.compile(r"第?(?:[一二三四五六七八九十]{1,3}|\d{1,2})(?:村民)?小?组")
_NO_HEADING = re.compile(r"^(?:备注|附注|注|说明|合计|小计|总计)|填表人|审核人|负责人")
_LONGEST_HEADING = 40


@lru_cache(maxsize=4096)
def village_key(name: str) -> str:
    """What a village is compared by: no blanks, half-width, 村委会 and 村民委员会 read as 村."""
    return _OFFICE.sub("村", "".join(unicodedata.normalize("NFKC", name).split()))


@lru_cache(maxsize=4096)
def group_key(name: str) -> str:
    """`db.rules.groups.group_key`, remembered: a roster repeats a handful of groups on every row."""
    return groups.group_key(name)


def _stem(key: str) -> str:
    return key.removesuffix("村")


@dataclass(frozen=True, slots=True)
class Places:
    """A town's villages: key of the village to its name, and per village key of the group to its name (empty: groups not known)."""

    villages: Mapping[str, str]
    groups: Mapping[str, Mapping[str, str]]

    @classmethod
    def of(cls, villages: Mapping[str, Collection[str]]) -> Places:
        """From village names to the names of their groups, as the record keeps them."""
        return cls(
            {village_key(name): name for name in villages},
            {name: {group_key(group): group for group in groups} for name, groups in villages.items()},
        )

    def village(self, written: str) -> str | None:
        """The town's own spelling of a village; None when the town has no such village."""
        return self.villages.get(village_key(written))

    def group(self, village: str, written: str) -> str | None:
        """The town's own spelling of a group of ``village``; None when the village is known to have no such group."""
        known = self.groups.get(village)
        if not known:
            return written
        return known.get(group_key(written)) or known.get(group_key(written.removeprefix(village)))

    def named_in(self, line: str) -> tuple[str, str] | None:
        """The village and group that a line of text between rows names (华南村；村名：华南村；华阳镇华南村第三组名册), "" for what it does
        not say; None when it names neither, several villages, or is a remark."""
        text = _IN_A_LINE.sub("村", "".join(unicodedata.normalize("NFKC", line).split()))
        if len(text) > _LONGEST_HEADING or _NO_HEADING.search(text):
            return None
        group = _GROUP.search(text)
        said = _SAYS_VILLAGE.search(text)
        found = [key for key in self.villages if key in text]
        found = [key for key in found if not any(key != other and key in other for other in found)]
        if len(found) == 1:
            return self.villages[found[0]], group[0] if group else ""
        if said and not found:
            return said[1], group[0] if group else ""
        return ("", group[0]) if group and group[0] == text else None

    def both(self, written: str) -> tuple[str, str] | None:
        """Village and group from one cell (华南村第三组, 华南村委会 老屋组); None when it does not begin with a village of the town."""
        text = _IN_A_LINE.sub("村", "".join(unicodedata.normalize("NFKC", written).split())).replace("村村", "村")
        key = max((key for key in self.villages if text.startswith(key) and text != key), key=len, default="")
        return (self.villages[key], text.removeprefix(key)) if key else None

    def like(self, written: str) -> str:
        """The one village whose name shares its whole stem with what was written (华新, 华阳镇华新村), to be proposed; "" when none
        or several do."""
        said = village_key(written)
        near = [name for key, name in self.villages.items() if len(_stem(key)) > 1 and _stem(key) in said]
        return near[0] if len(near) == 1 else ""
