"""Rules that need more than one household, or a household's earlier years: one person in two places, shared phones and accounts, jumps.

Each takes plain rows of the whole record and tells what it found of which household.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction

from db.rules.checks.finding import Finding
from db.rules.checks.rule import Rule
from db.rules.income import ZERO, below, to_cents, totals
from db.rules.values import Income

_SHARING = 5
_HALF = Decimal("0.5")
Told = tuple[int, Finding]
"""A household's id with what was found of it."""


@dataclass(frozen=True, slots=True)
class Someone:
    """A live person: ``home`` is how the household is called, ``number`` the identity number in 18 digits, "" when unreadable."""

    household_id: int
    home: str
    index: int
    name: str
    number: str
    birth: date | None


@dataclass(frozen=True, slots=True)
class Shared:
    """A household with a number others may have, too: its phone or its account."""

    household_id: int
    home: str
    number: str


@dataclass(frozen=True, slots=True)
class Shown:
    """A photo hung up as evidence of a household; ``what`` is what it is said to show."""

    household_id: int
    home: str
    sha256: str
    what: str


def doubled(people: Iterable[Someone]) -> Iterator[Told]:
    """R03 E: an identity number belongs to one live person of the whole record (广东扶贫云重复身份信息 23)."""
    by_number: dict[str, list[Someone]] = defaultdict(list)
    for one in people:
        if one.number:
            by_number[one.number].append(one)
    for number, same in by_number.items():
        for one in same if len(same) > 1 else ():
            others = "、".join(f"{o.home}的{o.name}" for o in same if o is not one)
            text = f"{one.name}的身份证号 {number} 与{others}相同，同一人不能在两处，请核对证件"
            yield one.household_id, Finding("R03", "E", "id_number", text, one.index)


def twice_alive(people: Iterable[Someone]) -> Iterator[Told]:
    """R80 W: one name and one birthday in two households with different numbers is most likely one person (双重身份): an entry without
    the leave, or a slip in the number."""
    by_person: dict[tuple[str, date], list[Someone]] = defaultdict(list)
    for one in people:
        if one.birth is not None and one.number:
            by_person[one.name, one.birth].append(one)
    for (name, birth), same in by_person.items():
        if len({o.household_id for o in same}) < 2 or len({o.number for o in same}) < 2:
            continue
        for one in same:
            others = "、".join(dict.fromkeys(o.home for o in same if o.household_id != one.household_id))
            if others:
                text = f"{name}（{birth} 生）与{others}的{name}同名同日生，请核对是否同一人、有没有漏办迁出或嫁出"
                yield one.household_id, Finding("R80", "W", "name", text, one.index)


def shared_phones(rows: Iterable[Shared]) -> Iterator[Told]:
    """R22 W: one phone for more than five households (建档立卡逻辑校验)."""
    yield from _shared(rows, "R22", "phone", _SHARING, "联系电话 {} 有 {} 户共用，请核对是否村干部代留的号码")


def shared_cards(rows: Iterable[Shared]) -> Iterator[Told]:
    """R23 W: one account for two households (建档立卡逻辑校验)."""
    yield from _shared(rows, "R23", "bank_card", 1, "一卡通账号 {} 有 {} 户共用，请对照存折核对")


def same_photos(shown: Iterable[Shown]) -> Iterator[Told]:
    """R99 W: one photo stands for two households."""
    by_photo: dict[str, list[Shown]] = defaultdict(list)
    for one in shown:
        by_photo[one.sha256].append(one)
    for same in by_photo.values():
        for one in same if len({s.household_id for s in same}) > 1 else ():
            others = "、".join(dict.fromkeys(s.home for s in same if s.household_id != one.household_id))
            text = f"{one.what}与{others}用的是同一张照片，请核对是否放错"
            yield one.household_id, Finding("R99", "W", "evidence", text)


def income_jump(before: Income, now: Income) -> Iterator[Finding]:
    """R61 W: 可支配收入 changes by no more than half from one year to the next (建档立卡逻辑校验)."""
    if now.year != before.year + 1 or totals(before).missing or totals(now).missing:
        return
    was, is_ = totals(before).disposable, totals(now).disposable
    if was > ZERO and abs(is_ - was) > was * _HALF:
        way = "增加" if is_ > was else "减少"
        share = to_cents(abs(Fraction(is_ - was)) / Fraction(was) * 100)
        text = f"{now.year} 年家庭可支配收入 {is_} 元，比上年 {was} 元{way} {share:.0f}%，请核对"
        yield Finding("R61", "W", "wages", text)


def over_exit_line(income: Income, size: int, line: Decimal) -> Iterator[Finding]:
    """R62 W: a registered household at the exit line of the income's year or above it waits for its exit (粤发〔2016〕13号 一、3)."""
    summed = totals(income)
    if size < 1 or summed.missing:
        return
    amount = Fraction(summed.disposable) / size
    if not below(amount, line):
        text = f"{income.year} 年人均可支配收入 {to_cents(amount)} 元，不低于脱贫标准 {to_cents(line)} 元，仍未脱贫，请核对"
        yield Finding("R62", "W", "wages", text)


def _shared(rows: Iterable[Shared], rule: str, field: str, most: int, text: str) -> Iterator[Told]:
    by_number: dict[str, list[Shared]] = defaultdict(list)
    for row in rows:
        if row.number:
            by_number[row.number].append(row)
    for number, same in by_number.items():
        for row in same if len(same) > most else ():
            yield row.household_id, Finding(rule, "W", field, text.format(number, len(same)))


_ITEMS = ("wages", "business", "property", "transfer", "business_cost", "transfer_cost")
RULES = (
    Rule("R03", "E", "同一身份证号在两处", "record", doubled, (), ("db.services.register.households.problems",)),
    Rule("R62", "W", "收入已过脱贫标准，仍未脱贫", "record", over_exit_line, (*_ITEMS, "year", "size_stated")),
    Rule(
        "R80", "W", "疑似同一人在两户", "record", twice_alive, ("name", "id_number"), ("db.rules.changes.checks.pair",)
    ),
    Rule("R99", "W", "几户用同一张照片", "record", same_photos, ()),
)
