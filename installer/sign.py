"""Publishes updates by file: makes the pair of keys, signs an installer into a .hukup, checks one, puts public keys into a bundle.

    python installer/sign.py new-key FOLDER
    python installer/sign.py sign --key KEY --installer FILE --changes FILE [--oldest 0.1.0] [--out dist]
    python installer/sign.py check FILE --pub PUB
    python installer/sign.py ship FOLDER [--current PUB] [--next PUB]

The private key is written outside the tree only, encrypted when a password is given. See UPDATES.md beside this file.
"""

from __future__ import annotations

import getpass
import hashlib
import os
import shutil
import sys
from argparse import ArgumentParser, Namespace
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey  # noqa: E402 - run by its path
from cryptography.hazmat.primitives.serialization import (  # noqa: E402
    BestAvailableEncryption,
    Encoding,
    KeySerializationEncryption,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
)

from db.errors import Known  # noqa: E402
from db.store.revision import HEAD, PROGRAM  # noqa: E402
from desktop.about import hukup, trust  # noqa: E402

FIRST = "0.1.0"
"""The oldest version an update may be put over unless told otherwise: a record is brought up from any revision."""
KEY, PUB = "huyouka-update.key", "huyouka-update.pub"
PASSWORD = "HUYOUKA_KEY_PASSWORD"
_PLATFORM: dict[str, hukup.Platform] = {".deb": "linux", ".exe": "windows"}


class Wrong(Exception):
    """What the publisher did cannot be done; the text says why."""


def new_key(folder: Path, password: bytes) -> tuple[Path, Path]:
    """Make a pair of keys in ``folder``, which must not lie in the tree; returns the private and the public file."""
    if folder.resolve().is_relative_to(ROOT):
        raise Wrong(f"{folder} lies in the tree: a private key must never be committed. Choose a folder elsewhere.")
    private, public = folder / KEY, folder / PUB
    if private.exists() or public.exists():
        raise Wrong(f"{folder} already holds a key; a new one would shut out every program that trusts the old one.")
    folder.mkdir(parents=True, exist_ok=True)
    key = Ed25519PrivateKey.generate()
    locked: KeySerializationEncryption = BestAvailableEncryption(password) if password else NoEncryption()
    handle = os.open(private, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, locked))
    public.write_bytes(key.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo))
    return private, public


def read_key(path: Path, password: bytes) -> Ed25519PrivateKey:
    """The private key of ``path``."""
    try:
        key = load_pem_private_key(path.read_bytes(), password or None)
    except (OSError, ValueError, TypeError) as error:
        raise Wrong(f"{path} cannot be used as a key: {error}") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise Wrong(f"{path} is not an Ed25519 key.")
    return key


def sign(
    installer: Path, key: Ed25519PrivateKey, changes: Path, out: Path, *,
    built: date, oldest: str = FIRST, version: str = PROGRAM, revision: int = int(HEAD),
) -> Path:  # fmt: skip
    """Make the update file for an installer of this tree; ``changes`` holds one sentence a line, in the clerk's words."""
    said = tuple(line.lstrip("-·•* ").strip() for line in changes.read_text("utf-8").splitlines() if line.strip())
    platform = _PLATFORM.get(installer.suffix.lower())
    if platform is None or not said:
        raise Wrong("The installer must be a .deb or a setup .exe, and the changes at least one line.")
    if version not in installer.name:
        raise Wrong(f"{installer.name} does not bear the version {version} of this tree.")
    try:
        if hukup.release(oldest) > hukup.release(version):
            raise Wrong(f"The oldest version, {oldest}, is newer than this one, {version}.")
    except ValueError as error:
        raise Wrong(f"{error} is no version.") from error
    with installer.open("rb") as file:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
    manifest = hukup.Manifest(
        version, platform, built, oldest, revision, said, installer.name, installer.stat().st_size, digest
    )  # fmt: skip
    target = out / hukup.name_of(manifest)
    out.mkdir(parents=True, exist_ok=True)
    hukup.write(target, manifest, installer, key)
    try:
        hukup.require(target, (key.public_key(),), manifest)
    except Known as known:
        target.unlink()
        raise Wrong(f"{target.name} does not read back as it was written and was taken away: {known.text}") from known
    return target


def ship(folder: Path, current: str, following: str) -> tuple[Path, ...]:
    """Put public keys where a bundle looks for them, and take away any that lies there and is not given; () when none is."""
    shipped = []
    for slot, given in zip(trust.SLOTS, (current, following), strict=True):
        if given:
            try:
                trust.read(Path(given))
            except (OSError, ValueError) as error:
                raise Wrong(f"{given} is no public key: {error}") from error
            folder.mkdir(parents=True, exist_ok=True)
            shipped.append(Path(shutil.copyfile(given, folder / slot)))
        else:
            (folder / slot).unlink(missing_ok=True)
    return tuple(shipped)


def main(arguments: list[str]) -> int:
    """The exit code; 1 with a sentence when something is wrong."""
    given = _parse(arguments)
    try:
        sys.stdout.write(f"{_run(given)}\n")
    except (Wrong, Known, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def _run(given: Namespace) -> str:
    if given.act == "new-key":
        private, public = new_key(given.folder, _password("Password for the new key (empty for none): "))
        return f"{private}\n{public}"
    if given.act == "ship":
        return "\n".join(map(str, ship(given.folder, given.current, given.next))) or "no update key is shipped"
    if given.act == "check":
        said = hukup.look(given.file, (trust.read(given.pub),))
        return f"good: {said.version} for {said.platform}, {said.installer}, built {said.built}"
    key = read_key(given.key, _password("Password of the key (empty for none): "))
    built = date.fromisoformat(given.built) if given.built else date.today()
    return str(sign(given.installer, key, given.changes, given.out, built=built, oldest=given.oldest))


def _password(question: str) -> bytes:
    told = os.environ.get(PASSWORD)
    return (told if told is not None else getpass.getpass(question) if sys.stdin.isatty() else "").encode()


def _parse(arguments: list[str]) -> Namespace:
    parser = ArgumentParser(prog="sign.py", description="Publish updates by file")
    acts = parser.add_subparsers(dest="act", required=True)
    acts.add_parser("new-key").add_argument("folder", type=Path)
    signing = acts.add_parser("sign")
    for name in ("--key", "--installer", "--changes"):
        signing.add_argument(name, type=Path, required=True)
    signing.add_argument("--oldest", default=FIRST)
    signing.add_argument("--built", default="", help="YYYY-MM-DD, today unless given")
    signing.add_argument("--out", type=Path, default=ROOT / "dist")
    checking = acts.add_parser("check")
    checking.add_argument("file", type=Path)
    checking.add_argument("--pub", type=Path, required=True)
    shipping = acts.add_parser("ship")
    shipping.add_argument("folder", type=Path)
    for name in ("--current", "--next"):
        shipping.add_argument(name, default="")
    return parser.parse_args(arguments)


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
