"""Photos and scans cut off on their way, and those too large to be opened."""

from __future__ import annotations

import pytest

from db.rules.wholefile import flaw, is_locked
from tests.helpers.photos import PDF, jpeg_with, png_of

SCAN = b"\xff\xda\x00\x08" + bytes(6) + b"\x12\xff\x00\x34"
SMALL_INSIDE = b"II*\0" + b"\xff\xd8" + SCAN + b"\xff\xd9"
"""A camera's head holds a small picture with an end of its own."""


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (jpeg_with(SMALL_INSIDE, SCAN + b"\xff\xd9"), ""),
        (jpeg_with(SMALL_INSIDE, b"\xff" + SCAN + b"\xff\xd9 and what some telephones write behind it"), ""),
        (jpeg_with(SMALL_INSIDE, SCAN), "没有传完整"),
        (jpeg_with(SMALL_INSIDE, SCAN + bytes(500)), "没有传完整"),
        (jpeg_with(SMALL_INSIDE, b""), "没有传完整"),
        (b"\xff\xd8\xff", "没有传完整"),
        (png_of(8_000, 8_000), ""),
        (png_of(8_000, 8_001), "有 8000×8001 点"),
        (png_of(640, 480)[:-4], "没有传完整"),
        (PDF, ""),
        (PDF[:-7], "没有传完整"),
    ],
)
def test_a_file_is_whole_or_said_not_to_be(content: bytes, said: str) -> None:
    found = flaw(content)
    assert said in found if said else found == ""


def test_a_scan_with_a_password_is_known_by_its_trailer() -> None:
    assert is_locked(b"%PDF-1.6\ntrailer<</Encrypt 3 0 R>>\n%%EOF")
    assert not is_locked(PDF)
    assert not is_locked(b"\xff\xd8\xff /Encrypt")
