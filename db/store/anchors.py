"""How far each record's trail went when it was last closed here, kept outside the data folder.

A record put back to last month's copy is consistent in itself; only a memory elsewhere shows that something is gone.
"""

from __future__ import annotations

import json
from pathlib import Path

import platformdirs

from db.store.chain import Head
from db.store.files import write_bytes


def default_path() -> Path:
    """Where the program keeps its anchors: the user's own data folder, apart from the records."""
    return platformdirs.user_data_path("huyouka", appauthor=False) / "anchors.json"


def recall(path: Path | None, record: str) -> Head | None:
    """The head last seen of ``record``; None when nothing is known or the file can't be read."""
    found = _read(path).get(record)
    return None if found is None else Head(*found)


def remember(path: Path | None, record: str, head: Head) -> None:
    """Note the head of ``record``; the folder is made when it is missing."""
    if path is None:
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    known = {**_read(path), record: (head.seq, head.hash)}
    write_bytes(path, json.dumps(known, indent=1).encode())


def _read(path: Path | None) -> dict[str, tuple[int, str]]:
    if path is None or not path.exists():
        return {}
    try:
        return {str(k): (int(seq), str(text)) for k, (seq, text) in json.loads(path.read_bytes()).items()}
    except (OSError, ValueError, TypeError, AttributeError):
        return {}
