"""Keeping the record well: backups and drills, the check of everything, the people and their ways in.

What the settings page asks for and no service may do, because it is the file's business and not a unit's.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TypeVar

from db.errors import Refused
from db.rules.codes import Role
from db.services.health import audit
from db.store.backup import Backup, backup, backups, folder_of, restore
from db.store.check import check
from db.store.keyring import by_password
from db.store.passwords import check_password
from db.store.record import Actor, NewPerson, Person
from db.store.revision import PROGRAM
from desktop.app.door import mark
from desktop.app.office import Failed, Office
from desktop.app.ticket import Ticket

__all__ = ["Backup", "Drill", "Keeper", "Person", "program_version"]

T = TypeVar("T")
BACKUP = frozenset({"backup"})
PEOPLE = frozenset({"people"})


@dataclass(frozen=True, slots=True)
class Drill:
    """What a rehearsal found in a backup, and what the record holds now."""

    backup: Path
    households: int
    persons: int


class Keeper:
    """One per settings page; acts through the office's threads and tells ``done`` on the window's."""

    def __init__(self, office: Office) -> None:
        self._office = office
        self._record = office.record

    @property
    def folder(self) -> Path:
        """Where backups go unless told otherwise."""
        return folder_of(self._record.path)

    @property
    def identity(self) -> str:
        """The record's mark, as its recovery sheet shows it."""
        return mark(self._record.uuid)

    @property
    def same_history(self) -> bool:
        """Whether the trail is the one last seen on this computer."""
        return self._record.same_history

    def backups(self) -> list[Backup]:
        """The backups in the usual folder, newest first."""
        return backups(self.folder, self._record.path.stem)

    def back_up(self, folder: Path | None, done: Callable[[Backup], None], failed: Failed) -> None:
        """Make a verified backup, in ``folder`` when given."""

        def op(_: Ticket) -> Backup:
            return backup(self._record, folder)

        self._office.long("备份并校验", op, done, failed, changes=BACKUP, writes=True)

    def drill(self, source: Path, password: str, done: Callable[[Drill], None], failed: Failed) -> None:
        """Bring a backup back in a place of its own, prove it, count it, and throw the copy away; the record is not touched."""

        def op(_: Ticket) -> Drill:
            with tempfile.TemporaryDirectory(dir=source.parent, prefix=".drill-") as place:
                unlock = by_password(self._record.actor.name, password)
                target = Path(place) / "drill.huk"
                rows = restore(source, target, unlock, clock=self._record.clock, cost=self._record.ring.cost)
            return Drill(source, rows["household"], rows["member"])

        self._office.long("恢复演练", op, done, failed)

    def check(self, done: Callable[[list[str]], None], failed: Failed) -> None:
        """Look at pages, references, files, the trail, and whether events, states and members agree."""

        def op(_: Ticket) -> list[str]:
            return [*check(self._record), *self._office.see(audit.faults)]

        self._office.long("数据体检", op, done, failed)

    def people(self) -> list[Person]:
        """Everybody who has or had an account."""
        return self._record.people()

    def password_problem(self, password: str, name: str) -> str:
        """Why a password is too weak; "" when it is fit."""
        try:
            check_password(password, name)
        except Refused as refused:
            return "".join(problem.text for problem in refused.problems)
        return ""

    def add(
        self, name: str, role: Role, password: str, second: Actor, done: Callable[[Actor], None], failed: Failed
    ) -> None:
        """Give a new person an account."""
        op = partial(self._record.add_person, NewPerson(name, role, password), second)
        self._act("增加人员", op, done, failed)

    def disable(self, account: int, second: Actor, done: Callable[[None], None], failed: Failed) -> None:
        """Take a leaver's way in."""
        self._act("停用账号", partial(self._record.disable_person, account, second), done, failed)

    def change(self, old: str, new: str, done: Callable[[None], None], failed: Failed) -> None:
        """The logged-in person's own password."""
        self._act("改密码", partial(self._record.change_password, old, new), done, failed)

    def reset(self, account: int, new: str, second: Actor, done: Callable[[None], None], failed: Failed) -> None:
        """A new password for one who forgot his."""
        self._act("重设密码", partial(self._record.reset_password, account, new, second), done, failed)

    def renew_recovery(self, second: Actor, done: Callable[[str], None], failed: Failed) -> None:
        """A new recovery code in place of the old one."""
        self._act("换恢复密钥", partial(self._record.renew_recovery, second), done, failed)

    def accept_history(self, second: Actor, reason: str, done: Callable[[None], None], failed: Failed) -> None:
        """Go on with a record that is older than the one last used here."""
        self._act("认可档案经过", partial(self._record.accept_history, second, reason), done, failed)

    def _act(self, title: str, op: Callable[[], T], done: Callable[[T], None], failed: Failed) -> None:
        def told(result: T) -> None:
            done(result)
            self._office.hub.announce(PEOPLE)

        self._office.work.write(title, op, told, failed)


def program_version() -> str:
    """The version that stands in every line of the trail."""
    return PROGRAM
