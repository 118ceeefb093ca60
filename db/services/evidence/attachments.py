"""Photos and scans of papers: judged by their content before they are taken in, kept inside the record.

The bytes are looked at where they lie first, so that a wrong file is said at once and not when the form is saved.
"""

from __future__ import annotations

from pathlib import Path

from db.errors import Refused
from db.rules.wholefile import flaw
from db.store import attachments as store
from db.store.attachments import LARGEST, kind_of
from db.store.files import unreadable
from db.store.unit import Unit

PATTERN = "*.jpg *.jpeg *.png *.pdf"
"""What a file chooser offers; what counts is the content."""
MEGA = 1024 * 1024


def check(path: Path) -> bytes:
    """Whether the file can be taken in, judged by its size and its bytes, which are returned.

    Refused: empty, too large, no photo or PDF, cut off on its way. Known: it cannot be read.
    """
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise unreadable(error, path) from error
    if not size:
        raise Refused(f"“{path.name}”是空文件，请重新拍照或扫描后再选。")
    if size > LARGEST:
        raise Refused(
            f"“{path.name}”有 {size / MEGA:.0f} MB，超过 {LARGEST // MEGA} MB，请缩小照片或降低扫描精度后再选。"
        )
    if kind_of(content) is None:
        raise Refused(store.strange(path.name, content))
    if fault := flaw(content):
        raise Refused(f"“{path.name}”{fault}")
    return content


def attach(unit: Unit, path: Path) -> str:
    """Keep the file; returns its SHA-256. Refused and Known as ``check``."""
    return store.attach_file(unit, path)


def content(unit: Unit, sha256: str) -> bytes:
    """The bytes of a kept file. Known: it is not there, or was changed."""
    return store.content_of(unit, sha256)
