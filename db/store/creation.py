"""Making a new record: both halves grow under hidden names and appear together, or not at all."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace as changed
from pathlib import Path

from sqlalchemy.orm import Session

from db.errors import Known, Problem, Refused
from db.rules.codes import Role
from db.schema.info import RecordInfo
from db.store import keys as keyfile
from db.store.actor import Actor, NewPerson
from db.store.clock import Clock
from db.store.clockguard import ClockGuard
from db.store.engine import WRITING, DataKey, connect, make_engine
from db.store.faults import translated
from db.store.files import beside, explained, replace, sync
from db.store.keyring import KeyRing
from db.store.migrate import run_migrations
from db.store.passwords import check_password
from db.store.people import insert_person
from db.store.place import require_local
from db.store.practising import new_uuid
from db.store.recovery import new_code, understood
from db.store.revision import APPLICATION_ID
from db.store.seal import Seals
from db.store.unit import Unit
from db.store.units import fold
from db.store.wrap import Cost, wrap_code


def make_files(
    path: Path,
    people: Sequence[NewPerson],
    setup: Callable[[Unit], None],
    clock: Clock,
    cost: Cost,
    practice: bool = False,
) -> str:
    """Write the record and its keys file; returns the recovery code. Refused and Known as ``Record.create``."""
    require_local(path)
    _require_free(path)
    check_people(people)
    key = DataKey(new_uuid(practice), secrets.token_bytes(32))
    code = new_code()
    recovery = wrap_code(key.secret, understood(code), keyfile.recovery_purpose(key.uuid))
    fresh = beside(path)
    ring = KeyRing(keyfile.keys_path(fresh), keyfile.KeyFile(key.uuid, recovery), clock, cost)
    try:
        actors = _fill(fresh, key, people, setup, clock)
        slots = (ring.slot_for(a.id, a.name, p.password, key.secret) for a, p in zip(actors, people, strict=True))
        keyfile.save(ring.path, keyfile.KeyFile(key.uuid, recovery, tuple(slots)))
        sync(fresh)
        replace(ring.path, keyfile.keys_path(path))
        replace(fresh, path)
    except OSError as error:
        keyfile.keys_path(path).unlink(missing_ok=True)
        raise explained(error, path) from error
    finally:
        for rest in (fresh, ring.path, *(fresh.with_name(fresh.name + end) for end in ("-wal", "-shm", "-journal"))):
            rest.unlink(missing_ok=True)
    return code


def check_people(people: Sequence[NewPerson]) -> None:
    """Refuse a record nobody could work with by the rules: it needs a clerk and a reviewer, each with a fit password."""
    problems: list[Problem] = [
        Problem(f"至少要有一名{role.label}。", field="people")
        for role in Role
        if all(person.role is not role for person in people)
    ]
    twice = [name for name, times in Counter(person.name.strip() for person in people).items() if times > 1]
    problems += (Problem(f"有两个人都叫“{name}”，请加以区别。", field="name") for name in twice)
    for person in people:
        try:
            check_password(person.password, person.name)
        except Refused as refused:
            problems += (Problem(p.text, p.field, where=person.name) for p in refused.problems)
    if problems:
        raise Refused(problems)


def _require_free(path: Path) -> None:
    taken = next((half for half in (path, keyfile.keys_path(path)) if half.exists()), None)
    if taken is not None:
        raise Known(f"“{taken.name}”已存在，没有新建。", "请换一个文件名，或直接打开已有的档案。")
    if not path.parent.is_dir():
        raise Known(f"文件夹“{path.parent}”不存在。", "请先建好文件夹，或换一个位置。")


def _fill(
    fresh: Path, key: DataKey, people: Sequence[NewPerson], setup: Callable[[Unit], None], clock: Clock
) -> list[Actor]:
    """Schema, identity, people and town in one transaction."""
    with translated():
        raw = connect(fresh, key, new=True)
        try:
            raw.execute(f"PRAGMA application_id={APPLICATION_ID}")
        finally:
            raw.close()
        engine = make_engine(fresh, key)
        try:
            with Session(engine.execution_options(mode=WRITING), expire_on_commit=False) as session:
                run_migrations(session.connection())
                actors = _inhabit(session, key.uuid, people, setup, clock)
                session.commit()
        finally:
            engine.dispose()
        fold(fresh, key)
    return actors


def _inhabit(
    session: Session, record: str, people: Sequence[NewPerson], setup: Callable[[Unit], None], clock: Clock
) -> list[Actor]:
    guard = ClockGuard(clock, None)
    founder = next(person for person in people if person.role is Role.CLERK)
    nobody = Actor(0, founder.name.strip(), founder.role)
    unit = Unit(session, record, clock.now(), nobody, None, guard, Seals(session.connection()))
    session.add(RecordInfo(id=1, uuid=record, created_at=unit.now))
    actors = [insert_person(unit, person) for person in people]
    clerk, reviewer = (next(a for a in actors if a.role is role) for role in (Role.CLERK, Role.REVIEWER))
    unit = changed(unit, actor=clerk, second=reviewer)
    unit.trail("record.create", people=len(people))
    setup(unit)
    session.flush()
    return actors
