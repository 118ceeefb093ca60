"""The town's villages and groups as a workbook may write them: found by a spelling-free key, shown as the town wrote them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

from db.rules import groups

_OFFICE = re.compile(r"(?<=.)村{1,2}民?委员?会$")


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

    def like(self, written: str) -> str:
        """The one village whose name shares its whole stem with what was written (华新, 华阳镇华新村), to be proposed; "" when none
        or several do."""
        said = village_key(written)
        near = [name for key, name in self.villages.items() if len(_stem(key)) > 1 and _stem(key) in said]
        return near[0] if len(near) == 1 else ""
