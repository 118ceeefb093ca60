"""What a layout is known by, so that what was once answered about its columns need not be asked again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from hashlib import sha256

from db.sheets.header import caption

_LEVEL, _COLUMN = "\x1f", "\x1e"


def fingerprint(paths: Iterable[Sequence[str]]) -> str:
    """Hex SHA-256 of the captions of a layout's columns in their order, each with those of the groups above it (see
    `db.sheets.header.captions_of`).

    Blanks, line breaks, stars, numbering and full-width forms make no difference; a unit in brackets does. Where the order of the
    columns means nothing, the caller sorts them.
    """
    words = _COLUMN.join(_LEVEL.join(map(caption, path)) for path in paths)
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()
