"""Putting another version in the place of this one, and going back: what may be put over what, and the steps off the window's thread.

Nothing here installs anything. It proves the file, keeps it, sees to a backup, and says how the system's installer is to be begun.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from db.errors import Known
from db.store.backup import Backup, backups, folder_of
from db.store.clock import Clock
from db.store.revision import HEAD, PROGRAM
from desktop.about import hukup, launching
from desktop.about.hukup import SYSTEMS, Manifest, Platform, release
from desktop.about.kept import Kept, Shelf, Update
from desktop.about.launching import Launch

PLATFORM: Platform = "windows" if sys.platform == "win32" else "linux"
"""The system this copy was made for."""


@dataclass(frozen=True, slots=True)
class Here:
    """This copy of the program: what it is, whom it trusts, where it keeps update files. Tests hand in their own; the program takes
    the keys of its bundle and nothing else."""

    keys: tuple[Ed25519PublicKey, ...]
    shelf: Shelf
    clock: Clock
    version: str = PROGRAM
    revision: int = int(HEAD)
    platform: Platform = PLATFORM
    find: launching.Find | None = None


@dataclass(frozen=True, slots=True)
class Way:
    """A way back to an older version. ``backup`` is the one made before its update, None where the record's form is the same and the
    record stays as it is, or where ``problem`` says why it cannot be gone. ``unseen``: the form is another one, and no record was found
    to bring back with it."""

    kept: Kept
    backup: Backup | None = None
    swaps: bool = False
    problem: str = ""
    unseen: bool = False


def offered(here: Here, path: Path, pause: Callable[[], None] | None = None) -> Kept:
    """An update file the clerk chose, proven and found to be an update of this copy. Known: why it is not."""
    manifest = hukup.look(path, here.keys, pause)
    _require_platform(here, manifest)
    mine, theirs = release(here.version), release(manifest.version)
    if theirs == mine:
        raise Known(f"现在用的就是 {here.version}，不用再装。", "")
    if theirs < mine:
        raise Known(
            f"这个更新文件是 {manifest.version}，比现在的 {here.version} 旧，没有安装。",
            "要退回旧版本，请点“回到以前的版本…”。",
        )
    if mine < release(manifest.oldest):
        raise Known(
            f"{manifest.version} 只能装在 {manifest.oldest} 以上的版本上，现在是 {here.version}，没有安装。",
            f"请先更新到 {manifest.oldest}，再装这一个。",
        )
    return Kept(path, manifest)


def older(here: Here, path: Path) -> Kept:
    """An update file of an earlier version, from elsewhere. Known: why it is not."""
    manifest = hukup.look(path, here.keys)
    _require_platform(here, manifest)
    if release(manifest.version) >= release(here.version):
        raise Known(
            f"这个更新文件是 {manifest.version}，不比现在的 {here.version} 旧，没有安装。", "请用“选择更新文件…”。"
        )
    return Kept(path, manifest)


def ways_back(here: Here, record: Path | None) -> list[Way]:
    """The earlier versions whose files are kept here, newest first."""
    mine = release(here.version)
    found = [one for one in here.shelf.found(here.keys) if release(one.manifest.version) < mine]
    return [way_back(here, one, record) for one in found if one.manifest.platform == here.platform]


def way_back(here: Here, kept: Kept, record: Path | None) -> Way:
    """What going back to one earlier version asks of the record that was open last.

    The backup is the newest one not younger than the update: with the months they grow fewer, and the one made for it may be gone.
    """
    if kept.manifest.revision >= here.revision:
        return Way(kept)
    if record is None or not record.exists():
        return Way(kept, unseen=True)
    updates = [one for one in here.shelf.updates() if one.record == str(record)]
    last = max((one.at for one in updates if one.revision <= kept.manifest.revision), default=None)
    made = [one for one in backups(folder_of(record), record.stem) if last is not None and one.at <= last]
    if made:
        return Way(kept, made[0], swaps=True)
    return Way(
        kept, swaps=True, problem=f"没有找到 {kept.manifest.version} 那时的备份，旧版本打不开现在的档案，所以不能退回。"
    )


def made_ready(here: Here, chosen: Kept) -> tuple[Kept, Launch]:
    """Keep an update file and take its installer out; both are proven once more. Known: no space, changed meanwhile."""
    kept = here.shelf.keep(chosen.path, here.keys)
    if kept.manifest != chosen.manifest:
        raise Known(hukup.EXCHANGED.text, hukup.EXCHANGED.remedy)
    return kept, begun(here, here.shelf.installer(kept, here.keys))


def begun(here: Here, installer: Path) -> Launch:
    """How an installer would be begun on this computer."""
    if here.find is None:
        return launching.plan(installer, here.platform)
    return launching.plan(installer, here.platform, here.find)


def remember(here: Here, after: str, record: Path | None, backup: Backup | None) -> None:
    """Note what is being done, for the way back and for saying later that it did not come to its end."""
    here.shelf.remember(
        Update(
            here.clock.now().replace(microsecond=0), here.version, after, here.revision,
            str(record or ""), str(backup.path) if backup else "",
        )
    )  # fmt: skip


def unfinished(here: Here, updates: Sequence[Update]) -> str:
    """What became of the last update, when it did not come to its end; "" when there is nothing to say."""
    last = updates[-1] if updates else None
    if last is None or last.after == here.version or last.before != here.version:
        return ""
    when = f"{last.at:%Y-%m-%d %H:%M} 那次"
    if not last.backup or release(last.after) > release(last.before):
        return f"{when}没有装成 {last.after}，或者后来又换回来了，现在用的是 {here.version}；可以再试一次。"
    name = Path(last.backup).name
    return (
        f"{when}没有退回 {last.after}，现在仍是 {here.version}，可以再试一次；那时档案已换成备份“{name}”，"
        "换下的那一份还在旁边，名字里有“换下”，不退了可以打开它。"
    )


def _require_platform(here: Here, manifest: Manifest) -> None:
    if manifest.platform != here.platform:
        raise Known(
            f"这个更新文件是给 {SYSTEMS[manifest.platform]} 用的，这台电脑是 {SYSTEMS[here.platform]}，没有安装。",
            "请要一份给这台电脑的更新文件。",
        )
