"""The publisher's side: keys outside the tree, an installer signed and read back, public keys put into a bundle."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from db.store.revision import PROGRAM
from desktop.about import hukup, trust
from installer import sign


@pytest.fixture
def pair(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> tuple[Path, Path]:
    monkeypatch.setenv(sign.PASSWORD, "a publisher's pass")
    assert sign.main(["new-key", str(tmp_path / "keys")]) == 0
    return tmp_path / "keys" / sign.KEY, tmp_path / "keys" / sign.PUB


def made(
    tmp_path: Path, pair: tuple[Path, Path], name: str = f"cn.huyouka.register_{PROGRAM}_amd64.deb", *more: str
) -> int:
    installer, changes = tmp_path / name, tmp_path / "changes.txt"
    installer.write_bytes(b"!<arch>\n" * 999)
    changes.write_text("- 公示表多一栏监督电话\n\n· 修正了边距\n", "utf-8")
    out = ["--out", str(tmp_path / "out"), "--built", "2026-12-01"]
    return sign.main(
        ["sign", "--key", str(pair[0]), "--installer", str(installer), "--changes", str(changes), *out, *more]
    )  # fmt: skip


def test_an_installer_is_signed_and_reads_back_with_the_public_key(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    assert made(tmp_path, pair) == 0
    target = tmp_path / "out" / f"户有卡-{PROGRAM}-linux.hukup"
    said = hukup.look(target, (trust.read(pair[1]),))
    assert said.changes == ("公示表多一栏监督电话", "修正了边距")
    assert (said.version, said.built.isoformat(), said.oldest) == (PROGRAM, "2026-12-01", "0.1.0")
    assert sign.main(["check", str(target), "--pub", str(pair[1])]) == 0
    target.write_bytes(target.read_bytes()[:-30])
    assert sign.main(["check", str(target), "--pub", str(pair[1])]) == 1


def test_the_private_key_is_for_its_owner_alone_and_locked(
    tmp_path: Path, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    assert stat.S_IMODE(pair[0].stat().st_mode) == 0o600
    assert b"ENCRYPTED" in pair[0].read_bytes()
    monkeypatch.setenv(sign.PASSWORD, "wrong")
    assert made(tmp_path, pair) == 1
    assert "cannot be used as a key" in capsys.readouterr().err


def test_no_key_is_made_in_the_tree_or_over_another(
    pair: tuple[Path, Path], capsys: pytest.CaptureFixture[str]
) -> None:
    assert sign.main(["new-key", str(sign.ROOT / "installer")]) == 1
    assert "must never be committed" in capsys.readouterr().err
    assert not (sign.ROOT / "installer" / sign.KEY).exists()
    before = pair[0].read_bytes()
    assert sign.main(["new-key", str(pair[0].parent)]) == 1
    assert pair[0].read_bytes() == before


def test_an_installer_of_another_version_or_kind_is_not_signed(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    assert made(tmp_path, pair, "cn.huyouka.register_9.9.9_amd64.deb") == 1
    assert made(tmp_path, pair, f"huyouka-{PROGRAM}.zip") == 1


@pytest.mark.parametrize("oldest", ["v0.1", "9.9.9", ""])
def test_an_update_nobody_could_take_is_not_signed(tmp_path: Path, pair: tuple[Path, Path], oldest: str) -> None:
    assert made(tmp_path, pair, f"cn.huyouka.register_{PROGRAM}_amd64.deb", "--oldest", oldest) == 1
    assert not (tmp_path / "out").exists()


def test_an_update_that_does_not_read_back_is_taken_away(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    assert made(tmp_path, pair, f"安装包-{PROGRAM}.deb") == 1, "the program takes no such name"
    assert list((tmp_path / "out").iterdir()) == []


def test_public_keys_are_shipped_in_their_slots_and_nothing_else_is(tmp_path: Path, pair: tuple[Path, Path]) -> None:
    folder = tmp_path / "bundle" / "update"
    assert sign.main(["ship", str(folder), "--current", "", "--next", ""]) == 0
    assert not folder.exists()
    assert sign.main(["ship", str(folder), "--current", str(pair[0])]) == 1, "the private half must not be shipped"
    assert sign.main(["ship", str(folder), "--current", str(pair[1]), "--next", str(pair[1])]) == 0
    assert sorted(path.name for path in folder.iterdir()) == ["current.pub", "next.pub"]
    assert sign.main(["ship", str(folder), "--current", str(pair[1])]) == 0
    assert [path.name for path in folder.iterdir()] == ["current.pub"], "an earlier build's is not trusted unasked"


def test_the_program_trusts_what_lies_in_its_slots_alone(
    tmp_path: Path, pair: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert trust.shipped() == (), "the tree itself ships no key"
    monkeypatch.setattr(trust, "resource", lambda name: tmp_path / name)
    sign.ship(tmp_path / "update", str(pair[1]), "")
    (tmp_path / "update" / "third.pub").write_bytes(pair[1].read_bytes())
    assert trust.shipped() == (trust.read(pair[1]),)
