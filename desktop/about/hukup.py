"""An update file (.hukup): what is in it, whether it was published by who publishes this program, and whether it fits here.

It is a zip of exactly three uncompressed entries: ``manifest.json``, ``manifest.sig`` (Ed25519 over the manifest's bytes) and the
system's own installer, which the manifest names with its size and SHA-256. Nothing in it is believed before the signature is.
"""

from __future__ import annotations

import hashlib
import json
import re
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Literal

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from db.errors import Known
from db.store.files import atomic_write, unreadable

Platform = Literal["linux", "windows"]
PRODUCT = "huyouka"
FORMAT = 1
ENDING = ".hukup"
SYSTEMS: dict[str, str] = {"linux": "统信UOS、银河麒麟等 Linux", "windows": "Windows"}
ENDINGS: dict[str, str] = {"linux": ".deb", "windows": ".exe"}
LARGEST = 600_000_000
"""Bytes of an installer; today's have about 60 million."""

_MANIFEST, _SIGNATURE = "manifest.json", "manifest.sig"
_CONTEXT = b"huyouka update\n"
"""Signed before the manifest, so that a signature of the same key over something else is none over an update."""
_LONGEST = 100_000
_SIGNED = 64
_CHANGES, _CHANGE = 200, 400
_PIECE = 1 << 20
_DATE = (2016, 1, 1, 0, 0, 0)
_END = struct.Struct("<4s4H2LH")
_LOCATOR = 20
_DIRECTORY = 1000
"""Bytes of the directory at the end; three entries take some 250."""
_NUMBER = re.compile(r"[0-9]{1,4}(\.[0-9]{1,4}){1,3}")
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+~-]{0,100}")
_ASK_AGAIN = "请向发给您文件的人重新要一份。"
_BROKEN = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, struct.error)

NOT_SIGNED = Known("这个更新文件不是本软件发布的，或者被改动过，没有安装。", _ASK_AGAIN)
NOT_ONE = Known("这不是户有卡的更新文件，没有安装。", f"请选扩展名为 {ENDING} 的更新文件。")
DAMAGED = Known("更新文件不完整或已损坏，没有安装。", "请重新拷贝一份再试；仍不行请重新要一份。")
TOO_NEW = Known("这个更新文件的格式比本程序新，本程序读不懂，没有安装。", "请改用安装包安装。")
EXCHANGED = Known(NOT_SIGNED.text, "更新文件在检查以后被换过，请重新选择。")
NO_KEY = Known("这个版本没有设置更新用的公钥，不能用更新文件更新。", "请改用安装包安装；数据不受影响。")


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the publisher says of one update. ``oldest`` is the oldest version it may be put over; ``revision`` the form of the record
    it writes; ``size`` in bytes and ``sha256`` in hexadecimal digits are the installer's."""

    version: str
    platform: Platform
    built: date
    oldest: str
    revision: int
    changes: tuple[str, ...]
    installer: str
    size: int
    sha256: str

    def written(self) -> bytes:
        """The bytes that are signed."""
        facts = {"product": PRODUCT, "format": FORMAT, **asdict(self), "built": self.built.isoformat()}
        return json.dumps(facts, ensure_ascii=False, indent=1).encode()


def release(version: str) -> tuple[int, ...]:
    """A version by which it can be compared; ValueError when it is none."""
    if not _NUMBER.fullmatch(version):
        raise ValueError(version)
    parts = [int(part) for part in version.split(".")]
    return tuple(parts + [0] * (4 - len(parts)))


def name_of(manifest: Manifest) -> str:
    """What an update file is called."""
    return f"户有卡-{manifest.version}-{manifest.platform}{ENDING}"


def write(target: Path, manifest: Manifest, installer: Path, key: Ed25519PrivateKey) -> None:
    """Make an update file; ``manifest`` must tell the truth about ``installer``. Known: see ``atomic_write``."""
    said = manifest.written()
    signature = key.sign(_CONTEXT + said)

    def fill(fresh: Path) -> None:
        with zipfile.ZipFile(fresh, "w", zipfile.ZIP_STORED) as package:
            package.writestr(zipfile.ZipInfo(_MANIFEST, _DATE), said)
            package.writestr(zipfile.ZipInfo(_SIGNATURE, _DATE), signature)
            with installer.open("rb") as source, package.open(zipfile.ZipInfo(manifest.installer, _DATE), "w") as entry:
                while piece := source.read(_PIECE):
                    entry.write(piece)

    atomic_write(target, fill)


def look(path: Path, keys: Sequence[Ed25519PublicKey], pause: Callable[[], None] | None = None) -> Manifest:
    """What an update file says of itself, once all of it has been proven. Known: it cannot be read, is none, is not signed by one of
    ``keys``, is damaged. ``pause`` is called between two pieces and may raise."""
    if path.suffix.lower() != ENDING:
        raise Known(NOT_ONE.text, NOT_ONE.remedy)
    with _opened(path, keys) as (package, manifest):
        for _ in _pieces(package, manifest):
            if pause is not None:
                pause()
        return manifest


def require(path: Path, keys: Sequence[Ed25519PublicKey], meant: Manifest) -> None:
    """Prove all of an update file, whatever it is called, and that it is the one that was looked at. Known as ``look``."""
    with _opened(path, keys) as (package, manifest):
        _require_same(manifest, meant)
        for _ in _pieces(package, manifest):
            pass


def extract(path: Path, keys: Sequence[Ed25519PublicKey], folder: Path, meant: Manifest) -> Path:
    """Put the installer of the update that was ``meant`` into ``folder`` and prove it on the way; it gets its name only when it is
    whole. Known as ``look``."""
    with _opened(path, keys) as (package, manifest):
        _require_same(manifest, meant)
        target = folder / manifest.installer
        proven = _pieces(package, manifest)
        folder.mkdir(parents=True, exist_ok=True)
        atomic_write(target, lambda fresh: _fill(fresh, proven))
        return target


def _require_same(manifest: Manifest, meant: Manifest) -> None:
    if manifest != meant:
        raise Known(EXCHANGED.text, EXCHANGED.remedy)


def _fill(fresh: Path, pieces: Iterator[bytes]) -> None:
    with fresh.open("wb") as file:
        file.writelines(pieces)


@contextmanager
def _opened(path: Path, keys: Sequence[Ed25519PublicKey]) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    if not keys:
        raise Known(NO_KEY.text, NO_KEY.remedy)
    try:
        _require_frame(path)
        with zipfile.ZipFile(path) as package:
            yield package, _manifest(package, keys)
    except OSError as error:
        raise unreadable(error, path) from error
    except _BROKEN as error:
        raise Known(DAMAGED.text, DAMAGED.remedy) from error


def _require_frame(path: Path) -> None:
    """Before any library reads it: a zip that ends in a short directory of three entries and nothing else. Nor may it refer to a second
    directory for large files: the library would believe that one, and a directory as large as the file fills the memory."""
    size = path.stat().st_size
    with path.open("rb") as file:
        if file.read(4) != b"PK\x03\x04":
            raise Known(NOT_ONE.text, NOT_ONE.remedy)
        if size > LARGEST + 10 * _LONGEST:
            raise Known(NOT_ONE.text, NOT_ONE.remedy)
        file.seek(max(0, size - _END.size - _LOCATOR))
        referred = file.read(_LOCATOR)[:4] if size >= _END.size + _LOCATOR else b""
        end = file.read(_END.size)
    if len(end) < _END.size or end[:4] != b"PK\x05\x06":
        raise Known(DAMAGED.text, DAMAGED.remedy)
    _, disk, first, here, all_of_them, length, begins, comment = _END.unpack(end)
    counts = (disk, first, here, all_of_them, comment)
    if (
        counts != (0, 0, 3, 3, 0)
        or begins + length + _END.size != size
        or length > _DIRECTORY
        or referred == b"PK\x06\x07"
    ):
        raise Known(NOT_SIGNED.text, NOT_SIGNED.remedy)


def _manifest(package: zipfile.ZipFile, keys: Sequence[Ed25519PublicKey]) -> Manifest:
    entries = package.infolist()
    first = [entry.filename for entry in entries[:2]]
    if len(entries) != 3 or first != [_MANIFEST, _SIGNATURE] or any(map(_is_packed, entries)):
        raise Known(NOT_SIGNED.text, NOT_SIGNED.remedy)
    if entries[0].file_size > _LONGEST or entries[1].file_size != _SIGNED or entries[2].file_size > LARGEST:
        raise Known(NOT_SIGNED.text, NOT_SIGNED.remedy)
    said = package.read(entries[0])
    if not any(_signed_by(key, package.read(entries[1]), said) for key in keys):
        raise Known(NOT_SIGNED.text, NOT_SIGNED.remedy)
    manifest = _understood(said)
    if (entries[2].filename, entries[2].file_size) != (manifest.installer, manifest.size):
        raise Known(NOT_SIGNED.text, NOT_SIGNED.remedy)
    return manifest


def _is_packed(entry: zipfile.ZipInfo) -> bool:
    """Compressed, encrypted, or of another size inside than outside: there may be a bomb in it."""
    plain = entry.compress_type == zipfile.ZIP_STORED and entry.compress_size == entry.file_size
    return not plain or bool(entry.flag_bits & 1) or entry.is_dir()


def _signed_by(key: Ed25519PublicKey, signature: bytes, said: bytes) -> bool:
    try:
        key.verify(signature, _CONTEXT + said)
    except InvalidSignature:
        return False
    return True


def _pieces(package: zipfile.ZipFile, manifest: Manifest) -> Iterator[bytes]:
    """The installer piece by piece; Known after the last one when it is not what the manifest says."""
    found, size = hashlib.sha256(), 0
    with package.open(manifest.installer) as entry:
        while piece := entry.read(_PIECE):
            found.update(piece)
            size += len(piece)
            yield piece
    if size != manifest.size or found.hexdigest() != manifest.sha256:
        raise Known(NOT_SIGNED.text, NOT_SIGNED.remedy)


def _understood(said: bytes) -> Manifest:
    """A manifest whose signature is good; one this program cannot read was written for a newer one."""
    try:
        facts = json.loads(said)
        if facts["product"] != PRODUCT:
            raise Known(NOT_ONE.text, NOT_ONE.remedy)
        if facts["format"] != FORMAT:
            raise Known(TOO_NEW.text, TOO_NEW.remedy)
        return _checked(facts)
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise Known(TOO_NEW.text, TOO_NEW.remedy) from error


def _checked(facts: dict[str, Any]) -> Manifest:
    release(facts["version"]), release(facts["oldest"])
    name, size, changes = facts["installer"], facts["size"], tuple(facts["changes"])
    if facts["platform"] not in SYSTEMS or not _NAME.fullmatch(name) or not name.endswith(ENDINGS[facts["platform"]]):
        raise ValueError(name)
    if len(changes) > _CHANGES or not all(isinstance(text, str) and len(text) <= _CHANGE for text in changes):
        raise ValueError
    if type(size) is not int or not 0 < size <= LARGEST or not re.fullmatch(r"[0-9a-f]{64}", facts["sha256"]):
        raise ValueError
    return Manifest(
        facts["version"], facts["platform"], date.fromisoformat(facts["built"]), facts["oldest"], int(facts["revision"]),
        changes, name, size, facts["sha256"],
    )  # fmt: skip
