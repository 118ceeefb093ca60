"""What the page 关于 says of licences: no part of a bundle without its text, nothing in it that belongs to nobody."""

from __future__ import annotations

import json
import re
from importlib.metadata import distribution
from pathlib import Path

import pytest

from installer import licences, origins

ROOT = Path(__file__).resolve().parents[3]
NOT_BUNDLED = {"chinesecalendar"}
"""Only the maker of holidays.json imports it."""


def bundled() -> list[str]:
    names = re.findall(r"^([a-z0-9-]+)==", (ROOT / "requirements.lock").read_text("utf-8"), re.MULTILINE)
    return sorted(set(names) - NOT_BUNDLED)


@pytest.mark.parametrize("name", bundled())
def test_every_package_that_is_bundled_has_a_licence_text(name: str) -> None:
    one = distribution(name)
    assert len(licences._text(one.metadata["Name"].lower(), one)) > 200


def folder(tmp_path: Path, *places: str) -> Path:
    for place in places:
        path = tmp_path / "_internal" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("x")
    (tmp_path / "_internal" / "resources").mkdir(parents=True, exist_ok=True)
    return tmp_path


@pytest.fixture(autouse=True)
def modules(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    compiled = ["db.rules", "desktop", "json", "sqlalchemy.orm"]
    monkeypatch.setattr(origins, "_compiled", lambda folder: compiled)
    monkeypatch.setattr(origins, "_debian", lambda library: "")
    return compiled


def test_a_part_is_known_by_its_place_or_its_module(tmp_path: Path) -> None:
    found = origins.Origins(folder(tmp_path, "openpyxl/__init__.py", "db/migrations/env.py", "base_library.zip"))
    assert found.packages == {"pyinstaller", "openpyxl", "sqlalchemy"}
    assert found.unknown == []


@pytest.mark.parametrize("place", ["libreadline.so.8", "strange/thing.bin", "resources/fonts/NotoSansSC.otf"])
def test_a_stray_library_or_a_font_without_its_licence_belongs_to_nobody(tmp_path: Path, place: str) -> None:
    assert origins.Origins(folder(tmp_path, place)).unknown == [place]


def test_a_stray_module_belongs_to_nobody(tmp_path: Path, modules: list[str]) -> None:
    modules.append("readline_of_somebody.core")
    assert origins.Origins(folder(tmp_path)).unknown == ["module readline_of_somebody"]


def test_a_bundle_with_a_stray_part_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(licences, "collect", lambda origins: iter([licences.Licence("bare", "1", "MIT", " ")]))
    assert licences.main(folder(tmp_path, "libreadline.so.8")) == 1
    assert capsys.readouterr().err.splitlines() == ["belongs to nobody: libreadline.so.8", "no licence text: bare"]
    written = json.loads((tmp_path / "_internal/resources/licences.json").read_text("utf-8"))
    assert written == [{"name": "bare", "version": "1", "licence": "MIT", "text": " "}]
