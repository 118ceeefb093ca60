"""A household of the record against the same household in a roster: what the roster says anew, and what it leaves as it was.

A blank in a roster says nothing: a village that drops a column does not take the certificates or the costs of last year's file away.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Any

from db.fields.household import ABLE_COUNT, HOUSEHOLD, SIZE
from db.fields.income import INCOME, ITEMS, PER_HEAD
from db.fields.member import DISABILITY, MEMBER
from db.rules.values import Household, Income, Member

_COUNTED = frozenset({SIZE.key, ABLE_COUNT.key})
"""What the record counts itself; a roster that states them wrongly was told so and changes nothing by it."""


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs from the record."""

    label: str
    old: str
    new: str


def renewed(new: Household, old: Household) -> Household:
    """The household as it would be saved: the roster's words, and the record's where the roster is blank."""
    unsaid = {key: getattr(old, key) for key in HOUSEHOLD if getattr(new, key) in (None, "")}
    members = _in_order([_renewed_member(m, _same(m, old.members)) for m in new.members], old.members)
    return replace(
        new, id=old.id, version=old.version, income=_renewed_income(new, old), members=members, living=new.living or old.living,
        **unsaid,
    )  # fmt: skip


def differences(old: Household, new: Household) -> list[Change]:
    """The cells in which a renewed household differs from the record, as a person reads them."""
    return [*_own(old, new), *_incomes(old.income, new.income), *_people(old, new)]


def _own(old: Household, new: Household) -> Iterator[Change]:
    for key, field in HOUSEHOLD.items():
        before, after = getattr(old, key), getattr(new, key)
        if key not in _COUNTED and before != after:
            yield Change(field.label, field.kind.show(before), field.kind.show(after))
    if old.size != new.size:
        yield Change(SIZE.label, str(old.size), str(new.size))


def _incomes(old: Income | None, new: Income | None) -> Iterator[Change]:
    for key, field in INCOME.items():
        before, after = getattr(old, key, None), getattr(new, key, None)
        if before != after:
            yield Change(field.label, field.kind.show(before), field.kind.show(after))


def _people(old: Household, new: Household) -> Iterator[Change]:
    for member in new.members:
        known = _same(member, old.members)
        if known is None:
            yield Change("家庭成员", "", member.name)
        else:
            yield from _facts(known, member)
    for member in old.members:
        if _same(member, new.members) is None:
            yield Change("家庭成员", member.name, "")


def _facts(old: Member, new: Member) -> Iterator[Change]:
    for key, field in MEMBER.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            yield Change(f"{old.name}的{field.label}", field.kind.show(before), field.kind.show(after))


def _same(member: Member, others: tuple[Member, ...]) -> Member | None:
    """The same person by number, else by name where the number was mended."""
    by_number = next((other for other in others if other.id_number == member.id_number), None)
    return by_number or next((other for other in others if other.name == member.name), None)


def _renewed_member(new: Member, old: Member | None) -> Member:
    if old is None:
        return new
    unsaid = {key: getattr(old, key) for key in MEMBER if getattr(new, key) in (None, "")}
    if new.health is not old.health:
        unsaid.pop(DISABILITY.key, None)
    return replace(new, **unsaid)


def _in_order(members: list[Member], known: tuple[Member, ...]) -> tuple[Member, ...]:
    """The members as the record has them, further ones behind: a sorted sheet is no change."""
    places = {member.id_number: place for place, member in enumerate(known)}
    return tuple(sorted(members, key=lambda member: places.get(member.id_number, len(known))))


def _renewed_income(new: Household, old: Household) -> Income | None:
    """The sheet of the same year with its blanks filled; the stated 人均 of old only while every item is as it was."""
    mine, known = new.income, old.income
    if mine is None or known is None or mine.year != known.year:
        return mine or known
    unsaid: dict[str, Any] = {key: getattr(known, key) for key in INCOME if getattr(mine, key) is None}
    unsaid.pop(PER_HEAD.key, None)
    mine = replace(mine, **unsaid)
    same = all(getattr(mine, item.key) == getattr(known, item.key) for item in ITEMS)
    if mine.per_head_stated is None and same:
        mine = replace(mine, per_head_stated=known.per_head_stated)
    return mine
