"""The chain of the trail: adding a link, and finding where a link was changed, cut out or cut off.

Tamper-evident, not tamper-proof: what was cut off at the end shows only against an anchor kept elsewhere.
"""

from __future__ import annotations

import hashlib
import json
import platform
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from json.encoder import encode_basestring

from sqlalchemy import Connection

from db.errors import Refused
from db.rules.moments import moment_text
from db.schema.base import expected_triggers, load_all, trigger_faults
from db.store.actor import Actor
from db.store.revision import PROGRAM

COLUMNS = (
    "seq", "at", "mono_ok", "actor_id", "actor_name", "role", "pc", "app_version",
    "action", "entity", "entity_id", "reason", "payload", "prev", "hash",
)  # fmt: skip
PERSONAL = re.compile(r"(?<![0-9A-Za-z])(?:\d{17}[\dXx]|\d{15,19}|1[3-9]\d{9})(?![0-9A-Za-z])")
MASK = "〔号码〕"
_SELECT = f"SELECT {', '.join(COLUMNS)} FROM trail ORDER BY seq"
_INSERT = f"INSERT INTO trail ({', '.join(COLUMNS)}) VALUES ({', '.join('?' for _ in COLUMNS)})"
_STARTS = sorted(((place, f'"{name}":') for place, name in enumerate(COLUMNS[:-1])), key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Head:
    """The last link: its number and its hash (seq 0 and the genesis text before the first)."""

    seq: int
    hash: str

    @property
    def short(self) -> str:
        """Twelve digits to print on paper, such as 7F3A-91C2-04DE."""
        digits = self.hash[:12].upper()
        return "-".join((digits[:4], digits[4:8], digits[8:]))


@dataclass(frozen=True, slots=True)
class Act:
    """What a link says; ``facts`` are counts, field names and hashes of files."""

    action: str
    entity: str = ""
    entity_id: int | None = None
    reason: str = ""
    facts: Mapping[str, str | int] | None = None


def genesis(record: str) -> str:
    """What the first link points back to: it names the record, so that a chain can't be moved to another."""
    return "0" * 64 + record


def digest(link: Sequence[object]) -> str:
    """SHA-256 in hex over all ``COLUMNS`` but the last: JSON in UTF-8, keys sorted, no blanks, every value as text.

    Put together by hand, as a hundred thousand links are checked at every log-in.
    """
    pairs = (start + encode_basestring("" if link[place] is None else str(link[place])) for place, start in _STARTS)
    return hashlib.sha256(f"{{{','.join(pairs)}}}".encode()).hexdigest()


def head(connection: Connection, record: str) -> Head:
    """The last link as it stands."""
    row = connection.exec_driver_sql("SELECT seq, hash FROM trail ORDER BY seq DESC LIMIT 1").first()
    return Head(0, genesis(record)) if row is None else Head(row.seq, row.hash)


def holds(connection: Connection, anchor: Head) -> bool:
    """Whether the chain still has the link it had when ``anchor`` was noted."""
    row = connection.exec_driver_sql("SELECT hash FROM trail WHERE seq = ?", (anchor.seq,)).first()
    return row is not None and row.hash == anchor.hash


def append(connection: Connection, record: str, at: datetime, trusted: bool, actor: Actor, act: Act) -> Head:
    """Add a link in the transaction that runs on ``connection``; a personal number is refused in the reason and
    masked in the facts (a file's name may hold one)."""
    if PERSONAL.search(act.reason):
        raise Refused("理由会永久留痕，请不要写身份证号、手机号或银行卡号。")
    facts = {
        name: PERSONAL.sub(MASK, fact) if isinstance(fact, str) else fact for name, fact in (act.facts or {}).items()
    }
    payload = json.dumps(facts, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    last = head(connection, record)
    link = (
        last.seq + 1, moment_text(at), int(trusted), actor.id, actor.name, actor.role.value, platform.node(), PROGRAM,
        act.action, act.entity, act.entity_id, act.reason, payload, last.hash,
    )  # fmt: skip
    sealed = digest(link)
    connection.exec_driver_sql(_INSERT, (*link, sealed))
    return Head(last.seq + 1, sealed)


def verify(connection: Connection, record: str, anchor: Head | None = None) -> list[str]:
    """Every fault found in the chain and in the triggers of the record, as Chinese sentences; [] when sound."""
    return [*_trigger_findings(connection), *verify_links(connection, record, anchor)]


def _trigger_findings(connection: Connection) -> list[str]:
    rows = connection.exec_driver_sql("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
    present = {row.name: row.sql for row in rows}
    wrong = trigger_faults(present, expected_triggers(load_all().sorted_tables))
    return [f"触发器缺失或被改：{name}。" for name in wrong]


def verify_links(connection: Connection, record: str, anchor: Head | None = None) -> list[str]:
    """The faults of the links alone."""
    found: list[str] = []
    last = Head(0, genesis(record))
    anchored = anchor is None
    for row in connection.exec_driver_sql(_SELECT):
        found += _faults_of(row, last)
        last = Head(row[0], row[-1])
        if anchor is not None and last.seq == anchor.seq:
            anchored = True
            if last.hash != anchor.hash:
                found.append(f"留痕第{last.seq}条与上次使用时不同：内容被改。")
    if not anchored and anchor is not None:
        found.append(f"留痕尾部缺失：上次使用时到第{anchor.seq}条，现在只到第{last.seq}条。")
    return found


def _faults_of(row: Sequence[object], last: Head) -> list[str]:
    found: list[str] = []
    seq, prev, sealed = row[0], row[-2], row[-1]
    if seq != last.seq + 1:
        found.append(f"留痕第{seq}条之前中间缺失：前一条是第{last.seq}条。")
    elif prev != last.hash:
        found.append(f"留痕第{seq}条接不上前一条：中间缺失或被换过。")
    if digest(row) != sealed:
        found.append(f"留痕第{seq}条内容被改。")
    return found
