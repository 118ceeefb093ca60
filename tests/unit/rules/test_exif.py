"""The time a photo was taken: read where the camera wrote it, None for everything damaged or strange."""

from __future__ import annotations

from datetime import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.exif import taken_at
from tests.helpers.photos import exif, jpeg_with

TAKEN = datetime(2016, 5, 20, 9, 31, 7)


@pytest.mark.parametrize("order", ["<", ">"])
def test_the_time_of_the_shutter_is_read_in_both_byte_orders(order: str) -> None:
    assert taken_at(jpeg_with(exif(TAKEN, order))) == TAKEN


def test_the_time_of_the_file_stands_in_where_the_shutter_is_silent() -> None:
    assert taken_at(jpeg_with(exif(TAKEN, original=False))) == TAKEN


def test_other_segments_before_it_do_not_matter() -> None:
    plain = jpeg_with(exif(TAKEN))
    assert taken_at(b"\xff\xd8\xff\xe0\x00\x10JFIF" + bytes(10) + plain[2:]) == TAKEN


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\xff\xd8",
        b"\x89PNG\r\n\x1a\n",
        b"\xff\xd8\xff\xe1\x00\x08Exif\x00\x00",
        jpeg_with(b"XX*\0" + bytes(20)),
        jpeg_with(b"II*\0\xff\xff\xff\x7f"),
        jpeg_with(exif(TAKEN)[:40]),
        jpeg_with(exif(TAKEN).replace(b"2016:05:20 09:31:07", b"0000:00:00 00:00:00")),
        jpeg_with(exif(TAKEN).replace(b"2016:05:20 09:31:07", b"    :  :     :  :  ")),
        jpeg_with(exif(TAKEN).replace(b"2016:05:20 09:31:07", b"2016:13:45 09:31:07")),
        jpeg_with(exif(TAKEN).replace(b"2016:05:20", "２０".encode()[:6] + b"\xff\xff\xff\xff")),
        b"\xff\xd8\xff\xe1\x00\x01",
        b"\xff\xd8\xff\xda\x00\x08" + exif(TAKEN),
    ],
)
def test_what_is_damaged_or_says_nothing_gives_none(content: bytes) -> None:
    assert taken_at(content) is None


@given(st.integers(0, 200), st.integers(0, 255))
def test_no_changed_byte_ever_raises(place: int, value: int) -> None:
    whole = bytearray(jpeg_with(exif(TAKEN)))
    whole[place % len(whole)] = value
    found = taken_at(bytes(whole))
    assert found is None or isinstance(found, datetime)


@given(st.integers(0, 400))
def test_no_cut_file_ever_raises(length: int) -> None:
    found = taken_at(jpeg_with(exif(TAKEN))[:length])
    assert found in (None, TAKEN)
