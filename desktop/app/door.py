"""Every way into a record: making one, logging in, the recovery code, an older record's upgrade, a backup brought back.

Pages before the log-in get this and nothing else. The database is only imported inside the functions that need it, which run off the
window's thread; what the first painted page asks for (names, whether a place or password is fit) needs the standard library alone.
"""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, NamedTuple

from db.errors import Known, Refused
from db.rules.codes import Role
from db.store.clock import Clock, SystemClock
from db.store.files import explained, there
from db.store.keys import keys_path, load
from db.store.passwords import check_password
from db.store.place import require_local
from db.store.practising import practice_file
from db.store.wrap import STRONG, Cost
from desktop.app.paths import anchor_folder, data_folder

if TYPE_CHECKING:
    from db.services.town.town import TownSetup
    from db.sheets.findings import Ticket
    from db.store.backup import Backup
    from db.store.record import Record

FILE_NAME = "town.huk"
BACKUPS = "backups"
_AT = re.compile(r"-\d{8}-\d{6}$")
"""How the name of a backup ends, see `db.store.backup`."""
PRACTICE = "练习/练习台账.huk"
"""The one practice record of this computer's user, in the data folder; never called as a clerk calls his, so that backups keep apart."""
HEAVY = ("desktop.app.wiring", "db.store.backup", "argon2.low_level", "desktop.pages.desk.page")
JOBS = (
    "households", "intake", "verification", "appraisals", "notices", "reviews", "county", "rechecks", "evidence", "crosscheck",
    "ledgers", "questions", "countyforms", "documents", "rekeys", "health", "care",
)  # fmt: skip
"""The other pages in the order of the work: imported last, so that the first click on one is answered at once."""


@dataclass(frozen=True, slots=True)
class Founder:
    """One of the first two people, as the guide takes him down."""

    name: str
    role: Role
    password: str


@dataclass(frozen=True, slots=True)
class Founded:
    """A record that was just made and closed again: what its recovery sheet says."""

    path: Path
    town: str
    mark: str
    code: str
    made_at: datetime


class Restored(NamedTuple):
    """A backup that was put in the place of the record: what it holds, and where the record of before lies now."""

    households: int
    persons: int
    replaced: Path | None


class Meant(NamedTuple):
    """The record a file stands for that the clerk opened, and what he should know about that; "" when it is just what he opened."""

    path: Path
    words: str = ""


class Door:
    """One per program. ``cost`` is only ever lowered by tests."""

    def __init__(
        self, clock: Clock | None = None, cost: Cost = STRONG, anchors: Path | None = None, practice: Path | None = None
    ) -> None:
        self.clock: Clock = clock or SystemClock()
        self._cost = cost
        self._anchors = anchors
        self._practice = practice

    @property
    def anchors(self) -> Path:
        """Where the last known heads of all records are noted."""
        return self._anchors or anchor_folder() / "anchors.json"

    @property
    def practice(self) -> Path:
        """Where the practice record of this user lies, made or not."""
        return self._practice or data_folder() / PRACTICE

    def is_practice(self, path: Path) -> bool:
        """Whether a practice record lies at ``path``; no password is needed to see it."""
        return path == self.practice or practice_file(path)

    def names(self, path: Path) -> tuple[str, ...]:
        """Who has a way into the record; () when the keys file is missing or unreadable (``fault`` says why)."""
        try:
            return tuple(slot.name for slot in load(keys_path(path)).slots)
        except (Known, OSError):
            return ()

    def exists(self, path: Path) -> bool:
        """Whether there is a record or at least half of one."""
        return bool(path.name) and (there(path) or there(keys_path(path)))

    def meant(self, path: Path, usual: Path | None) -> Meant:
        """Which record to ask the log-in for: a keys file stands for its record, a folder for the one in it, and a backup, in which
        nobody must work, for what it is the backup of; for the ``usual`` record where that does not lie beside it."""
        if path.suffix.casefold() == ".keys":
            return Meant(path.with_suffix(""))
        if not path.name or self.exists(path / FILE_NAME):  # a whole disk has no name
            return Meant(path / FILE_NAME)
        if not _AT.search(path.stem):
            return Meant(path)
        whole = path.parent.parent / f"{_AT.sub('', path.stem)}.huk"
        if path.parent.name == BACKUPS and self.exists(whole):
            return Meant(whole, f"“{path.name}”是备份，不在备份里办事；这是它原来的档案。要取回备份，请点“恢复备份”。")
        if there(path.with_name(f"{path.name}.sha256")):
            words = f"“{path.name}”是备份，不在备份里办事。要取回它，请点“恢复备份”，再点“选别处的备份”。"
            return Meant(usual or data_folder() / FILE_NAME, words)
        return Meant(path)

    def fault(self, path: Path) -> Known | None:
        """Why the record can't even be tried: a half missing, damaged, foreign. Not for the window's thread."""
        from db.store.opening import require_pair

        try:
            require_pair(path)
        except Known as known:
            return known
        return None

    def place_problem(self, folder: Path) -> str:
        """Why a new record can't lie in ``folder``; "" when it can."""
        if not folder.is_absolute():
            return "请写出从盘开始的完整位置，或点“选文件夹”。"
        try:
            require_local(folder / FILE_NAME)
        except Known as known:
            return known.text
        if not folder.is_dir() and (folder.exists() or not folder.parent.is_dir()):
            return "没有这个文件夹，请换一个位置。"
        if not os.access(folder if folder.is_dir() else folder.parent, os.W_OK):
            return "这个文件夹不能写入，请换一个位置。"
        taken = folder / FILE_NAME
        return f"这个文件夹里已有档案 {FILE_NAME}，请换一个位置，或直接打开它。" if self.exists(taken) else ""

    def password_problem(self, password: str, name: str) -> str:
        """Why a password is too weak, in one line; "" when it is fit."""
        try:
            check_password(password, name)
        except Refused as refused:
            return "".join(problem.text for problem in refused.problems)
        return ""

    def open(self, path: Path, name: str, password: str) -> Record:
        """Log in; Known as `db.store.record.Record.open`."""
        from db.store.record import Record

        return Record.open(path, name, password, clock=self.clock, cost=self._cost, anchors=self.anchors)

    def recover(self, path: Path, name: str, code: str, password: str) -> Record:
        """Open with the recovery code and give ``name`` a new password; Refused or Known as ``Record.recover``."""
        from db.store.record import Record

        return Record.recover(path, name, code, password, clock=self.clock, cost=self._cost, anchors=self.anchors)

    def practise(self, path: Path, fresh: bool, ticket: Ticket) -> Record:
        """Open the practice record at ``path`` as its clerk; that of this user is made when it is missing, too old or asked for ``fresh``.

        Known or Cancelled as `db.practice.making.make`; WrongPassword when somebody changed the password everybody knows.
        """
        from db.practice import making
        from db.store.record import NeedsUpgrade

        own = path == self.practice
        if own and (fresh or not (path.exists() and keys_path(path).exists())):
            making.make(path, self.clock, ticket)
        try:
            return making.enter(path, self.clock)
        except NeedsUpgrade:
            if not own:
                raise
            making.make(path, self.clock, ticket)
            return making.enter(path, self.clock)

    def upgrade(self, path: Path, name: str, password: str) -> str:
        """Bring an older record to this program's form; the file name of the backup made first, "" when there was nothing to do."""
        from db.store.keyring import by_password
        from db.store.upgrade import upgrade

        made = upgrade(path, by_password(name, password), clock=self.clock, cost=self._cost)
        return "" if made is None else made.path.name

    def found(self, folder: Path, setup: TownSetup, people: Sequence[Founder]) -> Founded:
        """Make the town's record in ``folder`` (made when missing) and close it; Refused or Known as ``Record.create``."""
        from db.services.town import town
        from db.store.record import NewPerson, Record, Unit

        def write(unit: Unit) -> None:
            town.set_up(unit, setup)

        path = folder / FILE_NAME
        require_local(path)
        _make_folder(path)
        persons = [NewPerson(one.name, one.role, one.password) for one in people]
        record, code = Record.create(
            path, people=persons, setup=write, clock=self.clock, cost=self._cost, anchors=self.anchors
        )
        with record:
            return Founded(path, setup.name, mark(record.uuid), code, self.clock.now())

    def backups(self, path: Path) -> list[Backup]:
        """The backups beside a record, newest first."""
        from db.store.backup import backups, folder_of

        return backups(folder_of(path), path.stem)

    def restore(self, backup: Path, path: Path, name: str, password: str) -> Restored:
        """Prove a backup as a new pair and only then put it in the place of the record, which is kept beside.

        The password is that of the day of the backup. Known: as `db.store.backup.restore` and ``swap_in``, and for a backup of a
        practice record, which would only be mistaken for the town's.
        """
        if practice_file(backup):
            raise Known(
                f"“{backup.name}”是练习台账的备份，没有恢复。", "练习台账坏了不用恢复，点“帮助—重新开始练习”就有新的。"
            )
        from db.store.backup import restore, swap_in
        from db.store.keyring import by_password
        from db.store.practising import refuse_mixing

        refuse_mixing(backup, path)

        _make_folder(path)
        now = self.clock.now()
        fresh = path.with_name(f"{path.stem}-恢复-{now:%Y%m%d-%H%M%S}.huk") if self.exists(path) else path
        rows = restore(backup, fresh, by_password(name, password), clock=self.clock, cost=self._cost)
        replaced = swap_in(fresh, path, self.clock) if fresh != path else None
        return Restored(rows["household"], rows["member"], replaced)

    def form_of(self, path: Path, name: str, password: str) -> int:
        """The revision of a record or backup that nobody has open. Known: as ``restore``."""
        from db.store.engine import DataKey
        from db.store.keyring import KeyRing, by_password
        from db.store.opening import inspect, require_pair

        found = require_pair(path)
        opened = by_password(name, password)(KeyRing(keys_path(path), found, self.clock, self._cost))
        return inspect(path, DataKey(found.record, opened.secret))

    def wrong_password(self, error: Exception) -> bool:
        """Whether an error says that the password was wrong (or must wait), and nothing else."""
        from db.store.keyring import WrongPassword

        return isinstance(error, WrongPassword)

    def needs_upgrade(self, error: Exception) -> bool:
        """Whether an error says that the record is of an older program."""
        from db.store.opening import NeedsUpgrade

        return isinstance(error, NeedsUpgrade)


def _make_folder(path: Path) -> None:
    """See that the folder of a record is there. Known: it cannot be made."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise explained(error, path) from error


def mark(uuid: str) -> str:
    """The first digits of a record's identity as paper shows them: 7F3A-91C2."""
    return f"{uuid[:4]}-{uuid[4:8]}".upper()


def preload(stop: Event | None = None) -> None:
    """Import what the log-in and the first page need while the clerk types his password, then the other pages; off the window's thread.

    ``stop`` ends it between two pages. qtawesome is not among them: it takes in every name of Qt at once, and Qt's types must not be
    made on two threads at the same time (seen once as a crash).
    """
    for name in HEAVY:
        import_module(name)
    import_module("db.store.pinyin").initials("户有卡")  # the table of readings costs more than the first roster
    for name in (f"desktop.pages.{job}.page" for job in JOBS):
        if stop is not None and stop.is_set():
            return
        import_module(name)
