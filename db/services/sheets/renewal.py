"""A household of the record against the same household in a roster: what the roster says anew, and what it leaves as it was.

A blank in a roster says nothing: a village that drops a column does not take the certificates or the costs of last year's file away.
Each cell that differs can be taken by itself; cells that only make sense together (health and certificate, the head's name in both
places) are taken together.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from db.fields.household import ABLE_COUNT, HEAD_ID, HEAD_NAME, HEAD_SEX, HOUSEHOLD, SIZE
from db.fields.income import INCOME, ITEMS, PER_HEAD
from db.fields.member import DISABILITY, HEALTH, ID_NUMBER, MEMBER, NAME, SEX
from db.rules.codes import Relation
from db.rules.values import Household, Income, Member

Part = Literal["household", "income", "member", "people"]
_COUNTED = frozenset({SIZE.key, ABLE_COUNT.key})
"""What the record counts itself; a roster that states them wrongly was told so and changes nothing by it."""
_TWICE = {NAME.key: HEAD_NAME.key, ID_NUMBER.key: HEAD_ID.key, SEX.key: HEAD_SEX.key}
"""What is said of the head twice, among the members and at the household: by the member's key the household's."""
_CERTIFIED = frozenset({HEALTH.key, DISABILITY.key})
_RECKONED = frozenset({PER_HEAD.key, *(item.key for item in ITEMS)})


@dataclass(frozen=True, slots=True)
class Spot:
    """One cell of a household: a ``part`` of it, the field's ``key``, the ``member`` by his place in the record (−1: none). The part
    "people" is somebody who comes (his place in the renewed household) or goes (−1 − his place in the record)."""

    part: Part
    key: str
    member: int = -1


@dataclass(frozen=True, slots=True)
class Change:
    """One cell that differs from the record, as a person reads it; cells with one ``bond`` are taken together."""

    label: str
    old: str
    new: str
    spot: Spot = Spot("household", "")
    bond: str = ""


def renewed(new: Household, old: Household) -> Household:
    """The household as it would be saved: the roster's words, and the record's where the roster is blank."""
    unsaid = {key: getattr(old, key) for key in HOUSEHOLD if getattr(new, key) in (None, "")}
    members = _in_order([_renewed_member(m, same_person(m, old.members)) for m in new.members], old.members)
    return replace(
        new, id=old.id, version=old.version, income=_renewed_income(new, old), members=members, living=new.living or old.living,
        **unsaid,
    )  # fmt: skip


def differences(old: Household, new: Household) -> list[Change]:
    """The cells in which a renewed household differs from the record, as a person reads them."""
    return [*_own(old, new), *_incomes(old.income, new.income), *_people(old, new)]


def taken(old: Household, new: Household, changes: Iterable[Change]) -> Household:
    """The record's household with only these cells as the renewed one has them; people who come or go are no cells and stay out."""
    own: dict[str, Any] = {}
    facts: dict[int, dict[str, Any]] = {}
    money: dict[str, Any] = {}
    for change in changes:
        spot = change.spot
        if spot.part == "household":
            own[spot.key] = getattr(new, spot.key)
        elif spot.part == "income":
            money[spot.key] = getattr(new.income, spot.key)
        elif spot.part == "member":
            twin = same_person(old.members[spot.member], new.members)
            facts.setdefault(spot.member, {})[spot.key] = getattr(twin, spot.key)
    members = tuple(replace(m, **facts.get(place, {})) for place, m in enumerate(old.members))
    able = sum(1 for m in members if m.labour is not None and m.labour.able)
    return replace(
        old, members=members, income=_taken_income(old.income, new.income, money), able_stated=able, **own
    )  # fmt: skip


def value_at(home: Household, spot: Spot, like: Household) -> object:
    """What a household, the same as ``like`` at another time, holds in a cell; None when it has no such person or sheet."""
    if spot.part == "household":
        return getattr(home, spot.key)
    if spot.part == "income":
        same = home.income is not None and like.income is not None and home.income.year == like.income.year
        return getattr(home.income, spot.key) if same else None
    if spot.part == "member":
        person = same_person(like.members[spot.member], home.members)
        return getattr(person, spot.key) if person is not None else None
    return None


def same_person(member: Member, others: Sequence[Member]) -> Member | None:
    """The same person by number, else by name where the number was mended."""
    number = member.id_number
    by_number = next((other for other in others if number and other.id_number == number), None)
    return by_number or next((other for other in others if other.name == member.name), None)


def bonded(changes: Sequence[Change], places: Collection[int]) -> frozenset[int]:
    """The places of these changes with all that must be taken with them."""
    bonds = {changes[place].bond for place in places if changes[place].bond}
    return frozenset(n for n, change in enumerate(changes) if n in places or change.bond in bonds)


def _own(old: Household, new: Household) -> Iterator[Change]:
    for key, field in HOUSEHOLD.items():
        before, after = getattr(old, key), getattr(new, key)
        if key not in _COUNTED and before != after:
            bond = f"head:{key}" if key in _TWICE.values() else ""
            yield Change(field.label, field.kind.show(before), field.kind.show(after), Spot("household", key), bond)
    if old.size != new.size:
        yield Change(SIZE.label, str(old.size), str(new.size), Spot("people", SIZE.key))


def _incomes(old: Income | None, new: Income | None) -> Iterator[Change]:
    """Of another year's sheet every cell; it replaces the one shown as a whole. A stated 人均 goes with the items it is reckoned from."""
    same = old is not None and new is not None and old.year == new.year
    stated = old is not None and new is not None and new.per_head_stated not in (None, old.per_head_stated)
    year = f"{new.year} 年" if new is not None and not same else ""
    for key, field in INCOME.items():
        before, after = getattr(old, key, None), getattr(new, key, None)
        if before != after and not (key == PER_HEAD.key and after is None):  # that goes by itself with the items
            bond = "sheet" if not same or (stated and key in _RECKONED) else ""
            yield Change(
                f"{year}{field.label}", field.kind.show(before), field.kind.show(after), Spot("income", key), bond
            )


def _people(old: Household, new: Household) -> Iterator[Change]:
    for place, member in enumerate(new.members):
        known = same_person(member, old.members)
        if known is None:
            yield Change("家庭成员", "", member.name, Spot("people", NAME.key, place))
        else:
            yield from _facts(old.members.index(known), known, member)
    for place, member in enumerate(old.members):
        if same_person(member, new.members) is None:
            yield Change("家庭成员", member.name, "", Spot("people", NAME.key, -1 - place))


def _facts(place: int, old: Member, new: Member) -> Iterator[Change]:
    for key, field in MEMBER.items():
        before, after = getattr(old, key), getattr(new, key)
        if before != after:
            label = f"{old.name}的{field.label}"
            bond = _bond(place, key, old, new)
            yield Change(label, field.kind.show(before), field.kind.show(after), Spot("member", key, place), bond)


def _bond(place: int, key: str, old: Member, new: Member) -> str:
    if key in _CERTIFIED and old.health is not new.health:
        return f"health:{place}"
    return f"head:{_TWICE[key]}" if key in _TWICE and old.relation is Relation.HEAD else ""


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
    """The sheet of the same year with its blanks filled, the record's own where it has a newer year's; the stated 人均 of old only while
    every item is as it was."""
    mine, known = new.income, old.income
    if mine is None or known is None or mine.year > known.year:
        return mine or known
    if mine.year < known.year:
        return known
    unsaid: dict[str, Any] = {key: getattr(known, key) for key in INCOME if getattr(mine, key) is None}
    unsaid.pop(PER_HEAD.key, None)
    mine = replace(mine, **unsaid)
    if mine.per_head_stated is None and _same_items(mine, known):
        mine = replace(mine, per_head_stated=known.per_head_stated)
    return mine


def _same_items(one: Income, other: Income) -> bool:
    return all(getattr(one, item.key) == getattr(other, item.key) for item in ITEMS)


def _taken_income(old: Income | None, new: Income | None, money: dict[str, Any]) -> Income | None:
    """The sheet with some cells of the new one; a stated 人均 does not outlive the items it was reckoned from."""
    if not money or new is None:
        return old
    if old is None or old.year != new.year:
        return new
    mine = replace(old, **money)
    if PER_HEAD.key in money or _same_items(mine, old):
        return mine
    return replace(mine, per_head_stated=None)
