"""The people of the record and their passwords: joining, leaving, changing, forgetting.

The account lies in the record, the way in lies in the keys file; the keys file is written inside the record's transaction and put
back when that fails, so that the two halves agree.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from sqlalchemy import func, select

from db.errors import Known, Problem, Refused
from db.rules.codes import Role
from db.schema.account import Account
from db.store.actor import Actor, NewPerson, Person
from db.store.passwords import check_password
from db.store.recovery import new_code, understood
from db.store.unit import Unit

if TYPE_CHECKING:
    from db.store.record import Record


def everybody(record: Record) -> list[Person]:
    """Every account, in the order they were made."""
    slots = {slot.account for slot in record.ring.keys.slots}
    with record.read() as unit:
        rows = unit.session.scalars(select(Account).order_by(Account.id)).all()
        return [Person(row.id, row.name, row.role, row.active, row.id in slots) for row in rows]


def add(record: Record, person: NewPerson, second: Actor) -> Actor:
    """Give a new person an account and a slot."""
    if Role.REVIEWER not in {record.actor.role, second.role}:
        raise Refused("增加人员要有审核人参加。")
    check_password(person.password, person.name)
    with _both(record, second) as unit:
        actor = insert_person(unit, person)
        unit.trail("account.add", entity="account", entity_id=actor.id, role=person.role.value)
        record.ring.give(record.ring.slot_for(actor.id, actor.name, person.password, record.key.secret))
    return actor


def insert_person(unit: Unit, person: NewPerson) -> Actor:
    """The account's row; Refused when the name is empty or taken."""
    name = person.name.strip()
    if not name:
        raise Refused((Problem("请填写姓名。", field="name"),))
    if unit.session.scalar(select(Account.id).where(Account.name == name)) is not None:
        raise Refused((Problem(f"已有叫“{name}”的人，请加以区别，如“{name}（二）”。", field="name"),))
    row = Account(name=name, role=person.role, active=True, since=unit.now, until=None)
    unit.session.add(row)
    unit.session.flush()
    return Actor(row.id, row.name, row.role)


def disable(record: Record, account: int, second: Actor) -> None:
    """End a leaver's account; the slot goes after the commit, as an account without a slot can always be given one."""
    if account == record.actor.id:
        raise Refused("不能停用自己的账号，请由别人登录后停用。")
    with record.write(second) as unit:
        row = _active(unit, account)
        same = select(func.count()).select_from(Account).where(Account.active, Account.role == row.role)
        if unit.session.scalar(same) == 1:
            raise Refused(f"“{row.name}”是唯一的{row.role.label}，请先增加接替的人。")
        row.active, row.until = False, unit.now
        unit.trail("account.disable", entity="account", entity_id=account)
    prune(record)


def prune(record: Record) -> None:
    """Take the slots of those whose account has ended; what fails now is done at the next log-in, and opens nothing meanwhile."""
    with record.units.look() as connection:
        active = set(connection.scalars(select(Account.id).where(Account.active)))
    with contextlib.suppress(Known):
        for slot in record.ring.keys.slots:
            if slot.account not in active:
                record.ring.take(slot.account)


def change(record: Record, old: str, new: str) -> None:
    """A new password for the one who knows the old."""
    record.ring.open(record.actor.name, old)
    check_password(new, record.actor.name)
    with _both(record, None) as unit:
        unit.trail("password.change", entity="account", entity_id=record.actor.id)
        record.ring.give(record.ring.slot_for(record.actor.id, record.actor.name, new, record.key.secret))


def reset(record: Record, account: int, new: str, second: Actor) -> None:
    """A new password given by two people to one who forgot his."""
    with _both(record, second) as unit:
        row = _active(unit, account)
        check_password(new, row.name)
        unit.trail("password.reset", entity="account", entity_id=account)
        told = f"于{unit.now:%Y-%m-%d %H:%M}由{record.actor.name}和{second.name}重置"
        record.ring.give(record.ring.slot_for(row.id, row.name, new, record.key.secret, told))


def regain(record: Record, name: str, new: str) -> Actor:
    """A new password for ``name`` by the recovery code that opened ``record``; nobody is logged in yet."""
    with record.units.look() as connection:
        row = connection.execute(select(Account.__table__).where(Account.name == name.strip(), Account.active)).first()
    if row is None:
        raise Refused((Problem(f"没有叫“{name.strip()}”的在用账号。", field="name"),))
    check_password(new, row.name)
    actor = Actor(row.id, row.name, row.role)
    with _restoring(record), record.units.write(actor, None) as unit:
        unit.trail("password.recover", entity="account", entity_id=actor.id)
        record.ring.give(record.ring.slot_for(actor.id, actor.name, new, record.key.secret))
    return actor


def renew_recovery(record: Record, second: Actor) -> str:
    """A fresh recovery code in place of the old one."""
    code = new_code()
    with _both(record, second) as unit:
        unit.trail("recovery.renew")
        record.ring.seal_recovery(record.key.secret, understood(code))
    return code


@contextmanager
def _both(record: Record, second: Actor | None) -> Iterator[Unit]:
    with _restoring(record), record.write(second) as unit:
        yield unit


@contextmanager
def _restoring(record: Record) -> Iterator[None]:
    """Put the keys file back as it was when the record's transaction fails."""
    before = record.ring.keys
    try:
        yield
    except BaseException:
        record.ring.update(before)
        raise


def _active(unit: Unit, account: int) -> Account:
    row = unit.session.get(Account, account)
    if row is None or not row.active:
        raise Refused("这个账号不存在或已停用。")
    return row
