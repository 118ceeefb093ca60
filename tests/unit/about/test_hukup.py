"""An update file is believed only when all of it was signed: nothing changed, cut, added or packed into it gets through."""

from __future__ import annotations

import json
import random
import struct
import warnings
import zipfile
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from db.errors import Cancelled, Known
from desktop.about import hukup
from desktop.about.hukup import DAMAGED, NO_KEY, NOT_ONE, NOT_SIGNED, TOO_NEW
from tests.helpers.updates import CONTENT, KEY, OTHER, SAID, make, said

TRUSTED = (KEY.public_key(),)
Entry = tuple[str, bytes]


def entries(manifest: bytes | None = None, installer: bytes = CONTENT, key: Ed25519PrivateKey = KEY) -> list[Entry]:
    """The three entries of an update, the manifest signed whatever it says."""
    told = SAID.written() if manifest is None else manifest
    signature = key.sign(b"huyouka update\n" + told)
    return [("manifest.json", told), ("manifest.sig", signature), (SAID.installer, installer)]


def packed(path: Path, found: list[Entry], how: int = zipfile.ZIP_STORED) -> Path:
    with zipfile.ZipFile(path, "w", how) as package:
        for name, content in found:
            package.writestr(name, content)
    return path


def changed(**facts: object) -> bytes:
    return json.dumps({**json.loads(SAID.written()), **facts}, ensure_ascii=False).encode()


def refusal(path: Path) -> str:
    with pytest.raises(Known) as caught:
        hukup.look(path, TRUSTED)
    return caught.value.text


def test_what_was_written_is_read_and_its_installer_taken_out(tmp_path: Path) -> None:
    path = make(tmp_path)
    assert hukup.look(path, TRUSTED) == SAID
    assert hukup.look(path, (OTHER.public_key(), *TRUSTED)) == SAID, "the second slot is for the key to come"
    out = hukup.extract(path, TRUSTED, tmp_path / "安装包", SAID)
    assert (out.name, out.read_bytes()) == (SAID.installer, CONTENT)


def test_a_foreign_key_no_key_and_a_signature_over_another_thing(tmp_path: Path) -> None:
    assert refusal(make(tmp_path, key=OTHER)) == NOT_SIGNED.text
    with pytest.raises(Known, match=NO_KEY.text):
        hukup.look(make(tmp_path), ())
    bare = SAID.written()
    found = [("manifest.json", bare), ("manifest.sig", KEY.sign(bare)), (SAID.installer, CONTENT)]
    assert refusal(packed(tmp_path / "a.hukup", found)) == NOT_SIGNED.text


def test_one_byte_anywhere_changed_is_refused_or_changes_nothing(tmp_path: Path) -> None:
    whole = make(tmp_path).read_bytes()
    path, chance = tmp_path / "改动.hukup", random.Random(7)
    refused: set[str] = set()
    ends = [*range(0, 120, 2), *range(len(whole) - 420, len(whole), 2)]
    through = []
    for at in [*ends, *chance.sample(range(len(whole)), 150)]:
        path.write_bytes(whole[:at] + bytes([whole[at] ^ (1 << chance.randrange(8))]) + whole[at + 1 :])
        try:
            out = hukup.extract(path, TRUSTED, tmp_path / "out", SAID)
            through.append((hukup.look(path, TRUSTED), out.read_bytes()))
        except Known as known:
            refused.add(known.text)
    assert refused == {NOT_SIGNED.text, NOT_ONE.text, DAMAGED.text}
    assert set(through) == {(SAID, CONTENT)}
    assert len(through) < 120, "only dates and marks of the zip itself, which nothing is made of"


@pytest.mark.parametrize("part", [0.0, 0.01, 0.5, 0.99, 0.9999])
def test_a_truncated_file_is_damaged(tmp_path: Path, part: float) -> None:
    path = make(tmp_path)
    path.write_bytes(path.read_bytes()[: int(path.stat().st_size * part)])
    assert refusal(path) in {DAMAGED.text, NOT_ONE.text}


def test_bytes_before_after_and_between_are_refused(tmp_path: Path) -> None:
    path = make(tmp_path)
    whole = path.read_bytes()
    for strange in (whole + b"x", b"PK\x03\x04" + whole, whole + whole[-22:]):
        path.write_bytes(strange)
        assert refusal(path) in {DAMAGED.text, NOT_SIGNED.text}


def test_another_installer_under_a_good_manifest_is_refused_and_leaves_nothing(tmp_path: Path) -> None:
    other = CONTENT[:-1] + b"!"
    path = packed(tmp_path / "a.hukup", entries(installer=other))
    assert refusal(path) == NOT_SIGNED.text
    with pytest.raises(Known, match=NOT_SIGNED.text):
        hukup.extract(path, TRUSTED, tmp_path / "out", SAID)
    assert list((tmp_path / "out").iterdir()) == []
    assert refusal(packed(tmp_path / "b.hukup", entries(installer=CONTENT + b"more"))) == NOT_SIGNED.text


def test_bombs_are_refused_before_they_are_unpacked(tmp_path: Path) -> None:
    bomb = bytes(50_000_000)
    packed_whole = packed(tmp_path / "a.hukup", entries(installer=bomb), zipfile.ZIP_DEFLATED)
    assert packed_whole.stat().st_size < 100_000
    assert refusal(packed_whole) == NOT_SIGNED.text
    assert refusal(packed(tmp_path / "b.hukup", entries(manifest=changed(changes=["x" * 200_000])))) == NOT_SIGNED.text
    many = [*entries(), *((f"{n}", b"") for n in range(3000))]
    assert refusal(packed(tmp_path / "c.hukup", many)) == NOT_SIGNED.text


def test_a_directory_that_would_fill_the_memory_is_refused_before_it_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    many = packed(tmp_path / "many.zip", [*entries(), *((f"{n}", b"") for n in range(3000))]).read_bytes()
    lying = many[:-14] + (3).to_bytes(2, "little") * 2 + many[-10:]
    size, begins = (int.from_bytes(many[at:][:4], "little") for at in (-10, -6))
    large = b"PK\x06\x06" + struct.pack("<QHHLLQQQQ", 44, 45, 45, 0, 0, 3003, 3003, size, begins)
    locator = b"PK\x06\x07" + struct.pack("<LQL", 0, begins + size, 1)
    end = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 3, 3, 76, begins + size, 0)
    monkeypatch.setattr("desktop.about.hukup.zipfile.ZipFile", None)
    for bytes_of_it in (lying, many[:-22] + large + locator + end):
        path = tmp_path / "a.hukup"
        path.write_bytes(bytes_of_it)
        assert refusal(path) == NOT_SIGNED.text


def test_names_twice_in_other_letters_or_in_another_order_are_refused(tmp_path: Path) -> None:
    said_so, signed, installer = entries()
    for found in (
        [said_so, signed, ("manifest.json", CONTENT)],
        [said_so, signed, (SAID.installer.upper(), CONTENT)],
        [("MANIFEST.JSON", said_so[1]), signed, installer],
        [installer, said_so, signed],
        [said_so, said_so, signed],
        [said_so, signed, installer, installer],
    ):
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # the library says that a name is there twice
            path = packed(tmp_path / "a.hukup", found)
        assert refusal(path) == NOT_SIGNED.text


@pytest.mark.parametrize(
    "name",
    ["../../evil.deb", "/etc/evil.deb", "a/b.deb", "..\\evil.deb", "evil.exe", "x.deb\n", ".hidden.deb", "安装.deb"],
)
def test_an_installer_with_a_path_or_of_another_system_is_not_taken_even_when_it_is_signed(
    tmp_path: Path, name: str
) -> None:
    found = [*entries(manifest=changed(installer=name))[:2], (name, CONTENT)]
    assert refusal(packed(tmp_path / "a.hukup", found)) in {TOO_NEW.text, DAMAGED.text, NOT_SIGNED.text}
    assert not (tmp_path.parent / "evil.deb").exists()


@pytest.mark.parametrize(
    ("facts", "text"),
    [
        ({"product": "other"}, NOT_ONE.text),
        ({"format": 2}, TOO_NEW.text),
        ({"version": "1.0; rm -rf"}, TOO_NEW.text),
        ({"version": 2}, TOO_NEW.text),
        ({"platform": "mac"}, TOO_NEW.text),
        ({"size": -1}, TOO_NEW.text),
        ({"size": True}, TOO_NEW.text),
        ({"sha256": "zz"}, TOO_NEW.text),
        ({"changes": ["x" * 500]}, TOO_NEW.text),
        ({"changes": [7]}, TOO_NEW.text),
        ({"built": "soon"}, TOO_NEW.text),
    ],
)
def test_a_signed_manifest_this_program_cannot_read_is_not_guessed_at(
    tmp_path: Path, facts: dict[str, object], text: str
) -> None:
    assert refusal(packed(tmp_path / "a.hukup", entries(manifest=changed(**facts)))) == text


def test_a_signed_manifest_that_is_no_json_or_no_object(tmp_path: Path) -> None:
    for content in (b"{", b"[]", b"null", b"\xff\xfe"):
        assert refusal(packed(tmp_path / "a.hukup", entries(manifest=content))) == TOO_NEW.text


def test_other_files_are_told_from_updates(tmp_path: Path) -> None:
    word = tmp_path / "名册.hukup"
    word.write_bytes(b"%PDF-1.4 whatever")
    assert refusal(word) == NOT_ONE.text
    renamed = make(tmp_path).rename(tmp_path / "更新.zip")
    assert refusal(renamed) == NOT_ONE.text
    assert "不在原来的地方" in refusal(tmp_path / "没有.hukup")
    (tmp_path / "夹.hukup").mkdir()
    assert "文件夹" in refusal(tmp_path / "夹.hukup")


def test_checking_can_be_stopped(tmp_path: Path) -> None:
    def stop() -> None:
        raise Cancelled

    with pytest.raises(Cancelled):
        hukup.look(make(tmp_path), TRUSTED, stop)


def test_versions_are_compared_by_their_numbers() -> None:
    assert hukup.release("0.10.0") > hukup.release("0.9.9")
    assert hukup.release("1.0") == hukup.release("1.0.0")
    for text in ("1", "1.0a", "", "１.０", "1.0.0.0.0", "99999.1"):
        with pytest.raises(ValueError, match=f"^{text}$"):
            hukup.release(text)


def test_an_update_is_called_after_product_version_and_system() -> None:
    assert hukup.name_of(said(version="0.3.1")) == "户有卡-0.3.1-linux.hukup"
