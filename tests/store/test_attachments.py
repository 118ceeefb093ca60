"""Photos and scans: taken for what they are, kept once, never changed."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import text

from db.errors import Known, Refused
from db.store.attachments import LARGEST, attach, attach_file, content_of
from db.store.check import check
from db.store.engine import connect
from db.store.record import Record
from tests.helpers.record import reopen

PHOTO = b"\xff\xd8\xff\xe0" + b"CANARY" * 100


@pytest.mark.parametrize(
    ("content", "mime"),
    [(PHOTO, "image/jpeg"), (b"\x89PNG\r\n\x1a\n" + bytes(50), "image/png"), (b"%PDF-1.4\n", "application/pdf")],
)
def test_photos_and_pdfs_are_kept_by_their_content(record: Record, tmp_path: Path, content: bytes, mime: str) -> None:
    file = tmp_path / "公示照片.dat"
    file.write_bytes(content)
    with record.write() as unit:
        sha256 = attach_file(unit, file)
    with record.read() as unit:
        assert content_of(unit, sha256) == content
        row = unit.session.execute(text("SELECT mime, size, name, added_by FROM attachment")).one()
    assert row == (mime, len(content), "公示照片.dat", 1)


def test_the_same_photo_is_kept_once(record: Record) -> None:
    with record.write() as unit:
        assert attach(unit, "a.jpg", PHOTO) == attach(unit, "b.jpg", PHOTO)
        assert unit.session.scalar(text("SELECT count(*) FROM attachment")) == 1
        assert unit.session.scalar(text("SELECT count(*) FROM trail WHERE action = 'attachment.add'")) == 1


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "0字节"),
        (b"MZ\x90\x00" + bytes(100), "其实是一个程序"),
        (b"PK\x03\x04" + bytes(100), "压缩包请先解开"),
        (b"\x00\x00\x00\x18ftypheic" + bytes(100), "HEIC.*另存为 jpg"),
        (b"\x00\x00\x00\x18ftypmp42" + bytes(100), "录像"),
        (b"something else", "内容不是照片"),
        (b"\xff\xd8\xff" + bytes(LARGEST), "超过20 MB"),
    ],
)
def test_what_is_no_photo_is_refused_with_a_sentence(record: Record, tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "照片.jpg"
    file.write_bytes(content)
    with pytest.raises(Refused, match=said), record.write() as unit:
        attach_file(unit, file)
    with record.read() as unit:
        assert unit.session.scalar(text("SELECT count(*) FROM attachment")) == 0


def test_a_photo_that_is_gone_is_said_to_be_gone(record: Record, tmp_path: Path) -> None:
    with pytest.raises(Known, match="读不出"), record.write() as unit:
        attach_file(unit, tmp_path / "拔掉的U盘.jpg")
    with pytest.raises(Known, match="不在档案里"), record.read() as unit:
        content_of(unit, "0" * 64)


def test_a_photo_is_not_readable_outside_the_record(record: Record, tmp_path: Path) -> None:
    with record.write() as unit:
        attach(unit, "a.jpg", PHOTO)
    assert all(b"CANARY" not in path.read_bytes() for path in tmp_path.iterdir())


def test_a_photo_swapped_later_is_named(record: Record) -> None:
    with record.write() as unit:
        sha256 = attach(unit, "公示照片.jpg", PHOTO)
    assert check(record) == []
    record.close()
    raw = connect(record.path, record.key)
    raw.execute("DROP TRIGGER attachment_no_update")
    raw.execute("UPDATE attachment SET content = replace(content, 'CANARY', 'CANARI')")
    raw.close()
    with reopen(record.path) as again:
        assert check(again) == ["附件“公示照片.jpg”内容被改。", "触发器缺失或被改：attachment_no_update。"]
        with pytest.raises(Known, match="内容被改"), again.read() as unit:
            content_of(unit, sha256)
