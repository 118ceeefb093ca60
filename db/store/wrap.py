"""Wrapping the record's data key: under a password (Argon2id) for a person, under the recovery code for the safe.

AES-GCM seals the key together with what the slot is for, so that a slot moved to another person or record does not open.
The libraries are imported where they are used: the log-in page reads the names out of a keys file before anybody needs them.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass

from db.store.passwords import normal


@dataclass(frozen=True, slots=True)
class Cost:
    """The price of one guess at a password: passes, memory in KiB, lanes (RFC 9106, the low-memory choice)."""

    time: int = 3
    memory: int = 65536
    lanes: int = 4


STRONG = Cost()


@dataclass(frozen=True, slots=True)
class Wrapped:
    """A sealed data key with the salt of its key and the nonce of its seal."""

    salt: bytes
    nonce: bytes
    sealed: bytes


def wrap_password(secret: bytes, password: str, purpose: str, cost: Cost) -> Wrapped:
    """Seal ``secret`` so that ``password`` opens it for ``purpose``."""
    salt = secrets.token_bytes(16)
    return _seal(secret, salt, _from_password(password, salt, cost), purpose)


def unwrap_password(wrapped: Wrapped, password: str, purpose: str, cost: Cost) -> bytes | None:
    """The sealed bytes, or None when the password is wrong."""
    return _open(wrapped, _from_password(password, wrapped.salt, cost), purpose)


def wrap_code(secret: bytes, code: bytes, purpose: str) -> Wrapped:
    """Seal ``secret`` under the recovery code; its 128 random bits need no slow hash."""
    salt = secrets.token_bytes(16)
    return _seal(secret, salt, _from_code(code, salt), purpose)


def unwrap_code(wrapped: Wrapped, code: bytes, purpose: str) -> bytes | None:
    """The sealed bytes, or None when the code is another record's."""
    return _open(wrapped, _from_code(code, wrapped.salt), purpose)


def _from_password(password: str, salt: bytes, cost: Cost) -> bytes:
    from argon2.low_level import Type, hash_secret_raw

    return hash_secret_raw(
        normal(password).encode(),
        salt,
        time_cost=cost.time,
        memory_cost=cost.memory,
        parallelism=cost.lanes,
        hash_len=32,
        type=Type.ID,
    )


def _from_code(code: bytes, salt: bytes) -> bytes:
    from cryptography.hazmat.primitives import hashes
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    return HKDF(hashes.SHA256(), 32, salt, b"huyouka recovery").derive(code)


def _seal(secret: bytes, salt: bytes, key: bytes, purpose: str) -> Wrapped:
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    nonce = secrets.token_bytes(12)
    return Wrapped(salt, nonce, AESGCM(key).encrypt(nonce, secret, purpose.encode()))


def _open(wrapped: Wrapped, key: bytes, purpose: str) -> bytes | None:
    from cryptography.exceptions import InvalidTag
    from cryptography.hazmat.primitives.ciphers.aead import AESGCM

    try:
        return AESGCM(key).decrypt(wrapped.nonce, wrapped.sealed, purpose.encode())
    except InvalidTag:
        return None
