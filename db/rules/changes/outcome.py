"""What a change makes of a household: who is left, who leads it, and the household that comes into being or ceases beside it.

A change that still lacks answers gives an outcome with blanks in it; whether it may be saved is said by the checks, not here.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from db.rules.changes.change import ENTERING, LEAVING, PAIRED, Change
from db.rules.codes import ChangeKind, Relation, YesNo
from db.rules.counts import Count, Movement
from db.rules.values import Household, Member


@dataclass(frozen=True, slots=True)
class Outcome:
    """``home`` is the household afterwards, None when nobody is left and it is dissolved; ``other`` the part split off, or the household
    a person came from. ``left`` and ``joined`` are persons of ``home``; ``moved`` of them stay in the record, in the other household."""

    home: Household | None
    other: Household | None = None
    left: tuple[Member, ...] = ()
    joined: tuple[Member, ...] = ()
    moved: bool = False


def outcome(home: Household, change: Change, other: Household | None = None) -> Outcome:
    """What becomes of ``home``. ``other`` is the household taken in, or the one the entrant is still a member of."""
    if change.kind in ENTERING and change.entrant is not None:
        return _entered(home, change, change.entrant, other)
    if change.kind in LEAVING and change.person is not None:
        gone = (home.members[change.person],)
        return Outcome(_without(home, {change.person}, change), left=gone)
    made = {
        ChangeKind.HEAD: _headed,
        ChangeKind.SPLIT: _split,
        ChangeKind.GROUP: _regrouped,
        ChangeKind.DISSOLVED: _dissolved,
    }
    if change.kind is ChangeKind.MERGED and other is not None:
        return _merged(home, change, other)
    return made[change.kind](home, change) if change.kind in made else Outcome(home)


def changed_head(home: Household, change: Change) -> bool:
    """Whether somebody else must lead the household afterwards: the head goes, or hands over."""
    if change.kind is ChangeKind.HEAD:
        return True
    head = next((n for n, m in enumerate(home.members) if m.relation is Relation.HEAD), None)
    leaving = _leaving(change)
    return head in leaving and len(leaving) < home.size


def counted(change: Change, made: Outcome, size: int) -> Movement:
    """What the month's sheet counts of this household for a change of a household on the register with ``size`` people."""
    if change.kind is ChangeKind.SPLIT:
        return Movement(split=1, split_persons=len(made.left))
    if change.kind is ChangeKind.MERGED:
        return Movement(merged=1, merged_persons=len(made.joined))
    if (
        made.home is None
    ):  # people who go over by a merge are counted there, the last to leave with the 销户 that follows
        own = change.kind is ChangeKind.DISSOLVED and not made.moved
        return Movement(cancelled=Count(1, size)) if own else Movement()
    return Movement(natural_in=len(made.joined), natural_out=len(made.left))


def _leaving(change: Change) -> frozenset[int]:
    if change.kind is ChangeKind.SPLIT:
        return frozenset(change.parting)
    return frozenset({change.person} if change.kind in LEAVING and change.person is not None else ())


def _entered(home: Household, change: Change, entrant: Member, other: Household | None) -> Outcome:
    after = _with_members(home, (*home.members, replace(entrant, id=None)))
    came_from = None
    if other is not None and change.kind in PAIRED:
        came_from = _with_members(other, [m for m in other.members if m.id_number != entrant.id_number])
    return Outcome(after, came_from, joined=(entrant,), moved=came_from is not None)


def _without(home: Household, places: Iterable[int], change: Change) -> Household | None:
    gone = frozenset(places)
    kept = {n: m for n, m in enumerate(home.members) if n not in gone}
    if not kept:
        return None
    return (
        _led(home, kept, change.head, change.relations)
        if changed_head(home, change)
        else _with_members(home, kept.values())
    )


def _led(
    home: Household, kept: Mapping[int, Member], head: int | None, relations: Mapping[int, Relation | None]
) -> Household:
    """The household under the member at ``head``, everybody in the relation to him that was given."""
    members = {n: replace(m, relation=Relation.HEAD if n == head else relations.get(n)) for n, m in kept.items()}
    leader = members.get(-1 if head is None else head)
    if leader is not None:
        home = replace(home, head_name=leader.name, head_id=leader.id_number, head_sex=leader.sex)
    return _with_members(home, sorted(members.values(), key=lambda m: m.relation is not Relation.HEAD))


def _headed(home: Household, change: Change) -> Outcome:
    return Outcome(_led(home, dict(enumerate(home.members)), change.head, change.relations))


def _split(home: Household, change: Change) -> Outcome:
    parting = {n: home.members[n] for n in change.parting}
    stay = _without(home, change.parting, change)
    fresh = replace(
        home, id=None, version=0, group=change.group or home.group, income=None, living=None, phone="", bank="", bank_card="",
        housing_area=None, housing_grade=None, structure=None, built_year=None, dangerous=None, address="",
        remark=f"{change.acted_on or ''} 由{home.head_name}户分出".strip(), head_name="", head_id="", head_sex=None,
    )  # fmt: skip
    off = _led(fresh, {n: replace(m, id=None) for n, m in parting.items()}, change.parting_head, change.others)
    return Outcome(stay, off, left=tuple(parting.values()), moved=True)


def _merged(home: Household, change: Change, other: Household) -> Outcome:
    taken = tuple(replace(m, id=None, relation=change.others.get(n)) for n, m in enumerate(other.members))
    return Outcome(_with_members(home, (*home.members, *taken)), other, joined=other.members, moved=True)


def _regrouped(home: Household, change: Change) -> Outcome:
    return Outcome(replace(home, group=change.group))


def _dissolved(home: Household, change: Change) -> Outcome:
    return Outcome(None, left=home.members)


def _with_members(home: Household, members: Iterable[Member]) -> Household:
    """The household with these people: counted anew, 有无劳动能力 by whether somebody is able, no stated 人均 of another head-count."""
    kept = tuple(members)
    able = _able(kept)
    flag = home.able
    if bool(able) != bool(_able(home.members)):
        flag = YesNo.YES if able else YesNo.NO
    income = home.income
    if income is not None and len(kept) != home.size:
        income = replace(income, per_head_stated=None)
    return replace(home, members=kept, size_stated=len(kept), able_stated=able, able=flag, income=income)


def _able(members: Iterable[Member]) -> int:
    return sum(1 for m in members if m.labour is not None and m.labour.able)
