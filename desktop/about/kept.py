"""The update files kept on this computer and what was done with them, so that an update can be gone back on.

They lie in the data folder under 更新, with one list of the updates made: from which version, to which, with which backup.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from db.errors import Known
from db.store.files import atomic_write, explained, require_space, write_bytes
from desktop.about import hukup
from desktop.about.hukup import Manifest, release
from desktop.app.paths import data_folder

MOST = 3
"""Update files that stay; the oldest versions go first."""


@dataclass(frozen=True, slots=True)
class Update:
    """One update, or a way back, that was handed to the system's installer. ``revision`` is the record's form before it; ``backup`` the
    one made for it, on the way back the one put in the record's place. Both are "" where there was none."""

    at: datetime
    before: str
    after: str
    revision: int
    record: str
    backup: str


@dataclass(frozen=True, slots=True)
class Kept:
    """One proven update file of this folder."""

    path: Path
    manifest: Manifest


class Shelf:
    """The folder; made when something is put there."""

    def __init__(self, folder: Path | None = None) -> None:
        self.folder = folder or data_folder() / "更新"

    def keep(self, source: Path, keys: Sequence[Ed25519PublicKey]) -> Kept:
        """Copy an update file here and prove the copy. Known: no space, the copy is not sound."""
        manifest = hukup.look(source, keys)
        target = self.folder / hukup.name_of(manifest)
        if source.absolute() != target.absolute():
            self._copy(source, target, lambda fresh: hukup.require(fresh, keys, manifest))
        made = Kept(target, manifest)
        self._thin(made)
        return made

    def installer(self, kept: Kept, keys: Sequence[Ed25519PublicKey]) -> Path:
        """The installer out of a kept file, proven once more, in a folder of this clerk's alone where nothing else is left: Windows
        looks beside an installer for the libraries it loads."""
        folder = self.folder / "安装包"
        self._require_space(kept.manifest.size)
        try:
            if folder.is_symlink() or folder.is_file():
                folder.unlink()
            elif folder.exists():
                shutil.rmtree(folder)
            folder.mkdir(mode=0o700)
        except OSError as error:
            raise explained(error, folder) from error
        return hukup.extract(kept.path, keys, folder, kept.manifest)

    def found(self, keys: Sequence[Ed25519PublicKey]) -> list[Kept]:
        """The files that can be proven, newest version first; others are passed over."""
        proven: list[Kept] = []
        for path in self.folder.glob(f"*{hukup.ENDING}") if self.folder.is_dir() else ():
            try:
                proven.append(Kept(path, hukup.look(path, keys)))
            except Known:
                continue
        return sorted(proven, key=lambda one: release(one.manifest.version), reverse=True)

    def updates(self) -> list[Update]:
        """What was done, oldest first; a damaged list is an empty one."""
        try:
            rows = json.loads(self._list.read_bytes())
            return [_read(row) for row in rows]
        except (OSError, ValueError, TypeError, KeyError):
            return []

    def remember(self, update: Update) -> None:
        """Add one line to the list. Known when it cannot be written."""
        rows = [{**asdict(one), "at": one.at.isoformat()} for one in (*self.updates(), update)]
        self.folder.mkdir(parents=True, exist_ok=True)
        write_bytes(self._list, json.dumps(rows, ensure_ascii=False, indent=1).encode())

    @property
    def _list(self) -> Path:
        return self.folder / "updates.json"

    def _copy(self, source: Path, target: Path, verify: Callable[[Path], None]) -> None:
        self._require_space(source.stat().st_size)

        def fill(fresh: Path) -> None:
            with source.open("rb") as old, fresh.open("wb") as new:
                while piece := old.read(1 << 20):
                    new.write(piece)

        atomic_write(target, fill, verify)

    def _require_space(self, size: int) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise explained(error, self.folder) from error
        require_space(self.folder, 2 * size)

    def _thin(self, newest: Kept) -> None:
        versions: list[tuple[tuple[int, ...], Path]] = []
        for path in self.folder.glob(f"户有卡-*{hukup.ENDING}"):
            try:
                versions.append((release(path.stem.split("-")[1]), path))
            except (ValueError, IndexError):
                continue
        for _, path in sorted(versions, reverse=True)[MOST:]:
            if path != newest.path:
                with suppress(OSError):  # one that somebody holds goes the next time
                    path.unlink(missing_ok=True)


def _read(row: dict[str, Any]) -> Update:
    found = Update(**{**row, "at": datetime.fromisoformat(row["at"])})
    texts = (found.before, found.after, found.record, found.backup)
    release(found.before), release(found.after)
    if found.at.tzinfo is None or type(found.revision) is not int or not all(isinstance(text, str) for text in texts):
        raise ValueError(row)
    return found
