"""One event of the register as 动态调整台账 tells it: a household or people that came or went, on which day, why and on which papers.

The types are those of the province's system (广东扶贫云: 新增、终止、销户、拆户、并户、自然增加、自然减少).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from db.rules.codes import ChangeKind, Code


class TurnKind(Code):
    """类型."""

    ADDED = "added", "新增"
    ENDED = "ended", "终止"
    CANCELLED = "cancelled", "销户"
    SPLIT = "split", "拆户"
    MERGED = "merged", "并户"
    NATURAL_IN = "natural_in", "自然增加"
    NATURAL_OUT = "natural_out", "自然减少"


NATIONAL: Mapping[ChangeKind, tuple[str, str]] = {
    ChangeKind.DIED: ("01", "死亡"),
    ChangeKind.MARRIED_OUT: ("02", "嫁出"),
    ChangeKind.ABROAD: ("03", "出国定居"),
    ChangeKind.PRISON: ("04", "判刑收监"),
    ChangeKind.MARRIED_IN: ("05", "嫁入"),
    ChangeKind.BORN: ("06", "新生儿"),
    ChangeKind.MOVED_IN: ("07", "其他转入"),
    ChangeKind.MOVED_OUT: ("08", "其他转出"),
    ChangeKind.WRONG_ADDED: ("", "错误"),
    ChangeKind.WRONG_REMOVED: ("", "错误"),
}
"""National codes of personal change; an error has none (全国扶贫开发信息系统 人员变动类型)."""


@dataclass(frozen=True, slots=True)
class Turn:
    """``households`` and ``persons`` are what the month's sheet counts for it; people who stay on the register (拆户, 并户) are told too.

    ``change`` is the change of people it comes from (None for 新增 and 终止) and ``change_id`` the record's own number of it;
    ``other_id`` is the household split off or taken in. ``code`` and ``cause`` say why (61–66, 60; 71–77, 70; national codes of personal
    change), ``proof``, ``town`` and ``county`` on which papers.
    """

    on: date
    kind: TurnKind
    household_id: int
    village: str
    group: str
    number: str
    head_name: str
    households: int
    persons: int
    change: ChangeKind | None = None
    change_id: int = 0
    other_id: int = 0
    code: str = ""
    cause: str = ""
    proof: str = ""
    town: str = ""
    county: str = ""

    @property
    def reason(self) -> str:
        """原因: the code with its words."""
        return " ".join(part for part in (self.code, self.cause) if part)

    @property
    def counted_id(self) -> int:
        """The household the figure counts: the one that came into being or ended beside the one the change was told of."""
        return self.other_id if self.kind in (TurnKind.SPLIT, TurnKind.MERGED) and self.other_id else self.household_id
