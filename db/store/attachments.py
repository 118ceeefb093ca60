"""Photos and scans in the record: accepted by what they are, not by what they are called, and never changed."""

from __future__ import annotations

import hashlib
from pathlib import Path

from sqlalchemy import LargeBinary, cast, select

from db.errors import Known, Refused
from db.schema.attachment import Attachment
from db.store.files import unreadable
from db.store.unit import Unit

LARGEST = 20 * 1024 * 1024
"""Bytes: a phone's photo has 3 to 8 MB, a scanned form below 2 MB."""
_KINDS = ((b"\xff\xd8\xff", "image/jpeg"), (b"\x89PNG\r\n\x1a\n", "image/png"), (b"%PDF-", "application/pdf"))

_HEIC = (b"heic", b"heix", b"hevc", b"heim", b"heis", b"mif1", b"msf1")
_STRANGERS = (
    (b"MZ", "其实是一个程序，不是照片，没有收入。请不要打开。"),
    (b"\x7fELF", "其实是一个程序，不是照片，没有收入。请不要打开。"),
    (b"PK\x03\x04", "是 Word、Excel 文件或压缩包，没有收入。压缩包请先解开；文档请打印成 PDF 后再选。"),
    (b"\xd0\xcf\x11\xe0", "是 Word、Excel 或 WPS 文件，没有收入。请打印成 PDF 后再选。"),
    (b"Rar!", "是压缩包，没有收入。请先解开，再选里面的照片。"),
    (b"BM", "是 BMP 图片，没有收入。请打开后另存为 jpg。"),
    (b"GIF8", "是 GIF 图片，没有收入。请打开后另存为 jpg。"),
    (b"RIFF", "是 WebP 图片或录音录像，没有收入。图片请打开后另存为 jpg。"),
    (b"II*\x00", "是 TIFF 扫描件，没有收入。请在扫描时改存为 PDF 或 jpg。"),
    (b"MM\x00*", "是 TIFF 扫描件，没有收入。请在扫描时改存为 PDF 或 jpg。"),
)  # fmt: skip


def attach_file(unit: Unit, path: Path) -> str:
    """Keep the file at ``path``; returns its SHA-256. Refused: empty, too large, not a photo or PDF. Known: unreadable."""
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= LARGEST else b""
    except OSError as error:
        raise unreadable(error, path) from error
    _require_size(path.name, size)
    return attach(unit, path.name, content)


def attach(unit: Unit, name: str, content: bytes) -> str:
    """Keep ``content`` under its SHA-256, which is returned; the same bytes are kept once. Refused as ``attach_file``."""
    _require_size(name, len(content))
    mime = kind_of(content)
    if mime is None:
        raise Refused(strange(name, content))
    sha256 = hashlib.sha256(content).hexdigest()
    if unit.session.get(Attachment, sha256) is None:
        unit.session.add(
            Attachment(
                sha256=sha256,
                mime=mime,
                size=len(content),
                name=name,
                content=content,
                added_at=unit.now,
                added_by=unit.actor.id,
            )
        )
        unit.session.flush()
        unit.trail("attachment.add", entity="attachment", sha256=sha256, size=len(content))
    return sha256


def content_of(unit: Unit, sha256: str) -> bytes:
    """The bytes of a kept file. Known: it is not there, or no longer what was put in."""
    content = unit.session.scalar(select(cast(Attachment.content, LargeBinary)).where(Attachment.sha256 == sha256))
    if content is None:
        raise Known("附件不在档案里。", "请用“恢复备份”查找，并告知审核人。")
    if hashlib.sha256(content).hexdigest() != sha256:
        raise Known("附件内容被改，不能采用。", "请用“恢复备份”查找原件，并告知审核人。")
    return content


def kind_of(content: bytes) -> str | None:
    """The type by the first bytes: image/jpeg, image/png, application/pdf; None for anything else."""
    return next((mime for start, mime in _KINDS if content.startswith(start)), None)


def strange(name: str, start: bytes) -> str:
    """One sentence on what a file is that is no photo (jpg, png) or PDF by its first bytes, and what to do about it."""
    if start[4:8] == b"ftyp":
        if start[8:12] in _HEIC:
            return (
                f"“{name}”是苹果手机的 HEIC 照片，没有收入。请在手机“设置—相机—格式”选“兼容性最佳”重拍，"
                "或用电脑打开后另存为 jpg。"
            )
        return f"“{name}”是一段录像，没有收入。请截取画面另存为 jpg 照片。"
    for signature, what in _STRANGERS:
        if start.startswith(signature):
            return f"“{name}”{what}"
    return f"“{name}”的内容不是照片（jpg、png）或 PDF，没有收入。请把原件另存为照片或 PDF 后再选。"


def _require_size(name: str, size: int) -> None:
    if size == 0:
        raise Refused(f"“{name}”是空文件（0字节），没有收入。请重新拍照或扫描。")
    if size > LARGEST:
        raise Refused(f"“{name}”有{size / 1024 / 1024:.0f} MB，超过20 MB。请缩小照片或降低扫描精度后再选。")
