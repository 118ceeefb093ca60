"""The keys file beside a record (town.huk.keys): the record's key, wrapped once for each person and once for the safe.

Whoever leaves loses his slot; the record itself is never encrypted anew. The file also counts wrong passwords, names the record it
belongs to, and carries a checksum, so that damage is told apart from a wrong password.
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from db.errors import Known
from db.rules.moments import moment_text
from db.store.files import reason, write_bytes
from db.store.lockout import Failures
from db.store.wrap import Cost, Wrapped

FORMAT = "huyouka-keys"
VERSION = 1
LARGEST = 1_000_000
"""Bytes; a keys file has a few hundred per person."""


def keys_path(record: Path) -> Path:
    """Where the keys file of ``record`` lies."""
    return record.with_name(record.name + ".keys")


@dataclass(frozen=True, slots=True)
class Slot:
    """One person's way in. ``reset`` tells when and by whom the password was reset, until he has seen it."""

    account: int
    name: str
    cost: Cost
    wrapped: Wrapped
    reset: str = ""


@dataclass(frozen=True, slots=True)
class KeyFile:
    """All of a keys file. ``failures`` are by name as typed, so that unknown names wait like known ones."""

    record: str
    recovery: Wrapped
    slots: tuple[Slot, ...] = ()
    failures: dict[str, Failures] = field(default_factory=dict)

    def slot(self, name: str) -> Slot | None:
        """The slot of the person called ``name``."""
        return next((slot for slot in self.slots if slot.name == name), None)

    def with_slot(self, slot: Slot) -> KeyFile:
        """The same with ``slot`` in place of the one its person had."""
        return replace(self, slots=(*(s for s in self.slots if s.account != slot.account), slot))

    def without(self, account: int) -> KeyFile:
        """The same without this person's slot."""
        return replace(self, slots=tuple(slot for slot in self.slots if slot.account != account))

    def failed(self, name: str, failures: Failures | None) -> KeyFile:
        """The same with the failures of ``name``; strangers' names beyond the newest twenty are forgotten."""
        kept = {k: v for k, v in self.failures.items() if k != name}
        if failures is not None:
            kept[name] = failures
        strangers = sorted((k for k in kept if self.slot(k) is None), key=lambda k: kept[k].since)
        return replace(self, failures={k: v for k, v in kept.items() if k not in strangers[:-20]})


def purpose(record: str, account: int) -> str:
    """What a person's slot is sealed for."""
    return f"{record}:{account}"


def recovery_purpose(record: str) -> str:
    """What the recovery slot is sealed for."""
    return f"{record}:recovery"


def save(path: Path, keys: KeyFile) -> None:
    """Write the keys file beside and swap it in; Known when the disk refuses."""
    body = _plain(keys)
    text = json.dumps({**body, "sum": _sum(body)}, ensure_ascii=False, indent=1)
    write_bytes(path, text.encode())


def load(path: Path) -> KeyFile:
    """Read a keys file. Known: damaged, of a newer program, unreadable; the caller has seen that it exists."""
    damaged = Known(f"密码文件“{path.name}”已损坏。", "请从备份文件夹取回同名的 .keys 文件，放在档案旁边。")
    try:
        if path.stat().st_size > LARGEST:
            raise damaged
        found = json.loads(path.read_bytes())
        if found["format"] != FORMAT:
            raise damaged
        if found["version"] > VERSION:
            raise Known(f"密码文件“{path.name}”由更新版本的程序写成。", "请升级程序后再打开；文件没有改动。")
        if found.pop("sum") != _sum(found):
            raise damaged
        return _from_plain(found)
    except OSError as error:
        raise Known(f"读不出密码文件“{path.name}”（{reason(error)}）。", "请检查磁盘和文件夹的权限。") from error
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        raise damaged from error


def _sum(body: dict[str, Any]) -> str:
    text = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _plain(keys: KeyFile) -> dict[str, Any]:
    return {
        "format": FORMAT,
        "version": VERSION,
        "record": keys.record,
        "slots": [
            {
                "account": slot.account,
                "name": slot.name,
                "cost": asdict(slot.cost),
                "reset": slot.reset,
                **_texts(slot.wrapped),
            }
            for slot in keys.slots
        ],
        "recovery": _texts(keys.recovery),
        "failures": {
            name: {"count": known.count, "since": moment_text(known.since)} for name, known in keys.failures.items()
        },
    }


def _from_plain(found: dict[str, Any]) -> KeyFile:
    slots = (
        Slot(int(s["account"]), str(s["name"]), Cost(**s["cost"]), _bytes(s), str(s["reset"])) for s in found["slots"]
    )
    failures = {
        str(name): Failures(int(f["count"]), datetime.fromisoformat(f["since"]))
        for name, f in found["failures"].items()
    }
    return KeyFile(str(found["record"]), _bytes(found["recovery"]), tuple(slots), failures)


def _texts(wrapped: Wrapped) -> dict[str, str]:
    return {name: base64.b64encode(value).decode() for name, value in asdict(wrapped).items()}


def _bytes(found: dict[str, Any]) -> Wrapped:
    return Wrapped(*(base64.b64decode(found[name], validate=True) for name in ("salt", "nonce", "sealed")))
