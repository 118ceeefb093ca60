"""The public keys this copy of the program trusts for its updates: a current one and the one that may follow it.

They are put into the bundle when it is built and come with it alone: no setting and no variable of the environment adds one. A tree
that was only cloned has none, for nobody holds the private half of a key that lies in the open.
"""

from __future__ import annotations

from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import load_pem_public_key

from desktop.app.paths import resource

FOLDER = "update"
SLOTS = ("current.pub", "next.pub")


def shipped() -> tuple[Ed25519PublicKey, ...]:
    """The keys of this bundle; () where none were put in."""
    try:
        folder = resource(FOLDER)
    except FileNotFoundError:
        return ()
    return tuple(read(path) for slot in SLOTS if (path := folder / slot).is_file())


def read(path: Path) -> Ed25519PublicKey:
    """A public key in PEM; ValueError when the file holds another thing."""
    key = load_pem_public_key(path.read_bytes())
    if not isinstance(key, Ed25519PublicKey):
        raise ValueError(f"{path.name}: not an Ed25519 key")
    return key
