"""Whether two versions of a filed household are the same people under the same head.

A typing error in a name or a number is mended on the form; somebody who comes, goes or takes over the household is a dated change.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from db.errors import Problem
from db.rules.codes import Relation
from db.rules.values import Household, Member

COMES = "{}不在本户原来的成员里；人员增加请在“人员变动”里办（出生、嫁入、迁入，申请时漏登的用“录错”）"
GOES = "{}是本户成员，不能从表里去掉；人员减少请在“人员变动”里办（死亡、嫁出、迁出，登错的用“录错”）"
LEADS = "户主由{}改成了{}；换户主请在“人员变动”里办“户主变更”"


def people_problems(before: Household, after: Household) -> tuple[Problem, ...]:
    """One sentence for everybody who is new or missing, and for a head who was changed without the act for it."""
    return tuple(_problems(before, after))


def _problems(before: Household, after: Household) -> Iterator[Problem]:
    old, new = _pairs(before.members, after.members)
    for place, member in enumerate(after.members):
        if place not in new:
            yield Problem(COMES.format(member.name or f"第 {place + 1} 行"), "name", f"member:{place}", "R10")
    for place, member in enumerate(before.members):
        if place not in old:
            yield Problem(GOES.format(member.name), "members", rule="R10")
    was, now = _head(before), _head(after)
    if was is not None and now is not None and was in old and old[was] != now:
        names = (before.members[was].name, after.members[now].name)
        yield Problem(LEADS.format(*names), "head_name", rule="R74")


def _pairs(before: Sequence[Member], after: Sequence[Member]) -> tuple[dict[int, int], dict[int, int]]:
    """Places of the same people: by number, then by name for those whose number was mended."""
    old: dict[int, int] = {}
    for same in (_same_number, _same_name):
        for n, member in enumerate(after):
            if n in old.values():
                continue
            found = next((o for o, other in enumerate(before) if o not in old and same(member, other)), None)
            if found is not None:
                old[found] = n
    return old, {n: o for o, n in old.items()}


def _same_number(one: Member, other: Member) -> bool:
    return bool(one.id_number) and one.id_number == other.id_number


def _same_name(one: Member, other: Member) -> bool:
    return bool(one.name) and one.name == other.name


def _head(home: Household) -> int | None:
    return next((n for n, m in enumerate(home.members) if m.relation is Relation.HEAD), None)
