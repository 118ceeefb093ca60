"""Update files for tests, signed by a key that lives as long as the test process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.store.clock import FixedClock
from desktop.about import hukup
from desktop.about.hukup import Manifest
from desktop.about.kept import Shelf
from desktop.about.updating import Here
from tests.helpers.record import START

KEY = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
OTHER = Ed25519PrivateKey.from_private_bytes(bytes(32))
CONTENT = b"!<arch>\ndebian-binary an installer" * 3000
SAID = Manifest(
    "0.2.0", "linux", date(2026, 12, 1), "0.1.0", 3, ("公示表多一栏监督电话", "修正了打印时的边距"),
    "cn.huyouka.register_0.2.0_amd64.deb", len(CONTENT), hashlib.sha256(CONTENT).hexdigest(),
)  # fmt: skip


def said(**other: Any) -> Manifest:
    """The manifest of an update to 0.2.0, with some facts changed; the installer is called after its version."""
    if "version" in other:
        other.setdefault("installer", f"cn.huyouka.register_{other['version']}_amd64.deb")
    return replace(SAID, **other)


def make(folder: Path, manifest: Manifest = SAID, key: Ed25519PrivateKey = KEY, content: bytes = CONTENT) -> Path:
    """An update file in ``folder``."""
    installer = folder / "made.installer"
    installer.write_bytes(content)
    path = folder / hukup.name_of(manifest)
    hukup.write(path, manifest, installer, key)
    installer.unlink()
    return path


def here(folder: Path, find: Callable[[str], str | None] | None = None, **other: Any) -> Here:
    """This program at 0.1.0, trusting KEY; ``find`` finds the system's installers, none unless given."""
    facts: dict[str, Any] = {"version": "0.1.0", "revision": 3, "platform": "linux", **other}
    return Here((KEY.public_key(),), Shelf(folder / "更新"), FixedClock(START), find=find or nothing_found, **facts)


def nothing_found(_: str) -> None:
    """A computer without any installer of packages."""


def deepin(name: str) -> str | None:
    """A computer with the installer of 统信UOS."""
    return "/usr/bin/deepin-deb-installer" if name == "deepin-deb-installer" else None
