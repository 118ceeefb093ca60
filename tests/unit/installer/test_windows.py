"""What the Windows installer is told of a bundle, and the icon: nothing is ever deleted that was not installed."""

from __future__ import annotations

import re
import struct
from pathlib import Path, PureWindowsPath

import pytest
from PySide6.QtGui import QImage

from desktop.about import support
from desktop.app import oplog
from installer.windows import contents, icon

NSI = Path(__file__).parents[3] / "installer" / "windows" / "huyouka.nsi"


@pytest.fixture
def bundle(tmp_path: Path) -> Path:
    for name, size in (
        ("huyouka.exe", 3000),
        ("_internal/a/b/深.txt", 1),
        ("_internal/a/c.dll", 1025),
        ("_internal/𠮷.otf", 0),
    ):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(bytes(size))
    return tmp_path


def test_the_list_names_every_file_and_then_the_folders_from_the_inside_out(bundle: Path) -> None:
    contents.write_list(bundle)
    lines = (bundle / contents.LIST).read_bytes().decode("utf-16-le").split("\r\n")
    assert lines == [
        r"_internal\a\b\深.txt",
        r"_internal\a\c.dll",
        r"_internal\𠮷.otf",
        "files.txt",
        "huyouka.exe",
        "uninstall.exe",
        "_internal\\a\\b\\",
        "_internal\\a\\",
        "_internal\\",
        "",
    ]


def test_every_line_stays_inside_the_folder(bundle: Path) -> None:
    lines = contents.removal(contents.files_of(bundle))
    assert lines
    assert not [line for line in lines if PureWindowsPath(line).is_absolute() or ".." in line or set(line) & set("*?:")]


def test_the_installer_learns_version_size_and_how_long_a_folder_may_be_called(bundle: Path) -> None:
    told = dict(re.findall(r'!define (\w+) "(.*)"', contents.facts(bundle, "1.2.3")))
    assert told["VERSION"] == "1.2.3"
    assert told["VERSION4"] == "1.2.3.0"
    assert told["KILOBYTES"] == str(3 + 1 + 2 + 0)
    assert int(told["LONGEST_TARGET"]) == 259 - len(r"_internal\a\b\深.txt") - len(".previous\\")


def test_a_rare_character_counts_twice_as_windows_does(tmp_path: Path) -> None:
    (tmp_path / "𠮷").touch()
    assert '!define LONGEST_TARGET "247"' in contents.facts(tmp_path, "1.0.0")


def test_no_folder_is_deleted_with_what_is_in_it() -> None:
    script = NSI.read_text(encoding="utf-8")
    assert not re.findall(r"RMDir\s+/", script)
    deleted = re.findall(r'(?:Delete|RMDir) "([^"]*)"', script)
    ours = (
        "$0",
        "$SMPROGRAMS\\",
        "$DESKTOP\\${NAME}.lnk",
        "$INSTDIR.new",
        "$INSTDIR.replaced",
        "$LOCALAPPDATA\\huyouka",
    )
    assert deleted
    assert not [name for name in deleted if not name.startswith(ours)]
    whole = {name for name in deleted if re.search(r"[*?]", name)}
    assert whole == {rf"$LOCALAPPDATA\huyouka\{name}" for name in (r"更新\*.hukup", r"更新\安装包\*.exe")}
    assert not [name for name in deleted if re.search(r"\.huk\b|keys|backups|anchor|练习", name)]


def test_the_uninstaller_knows_the_programs_own_files() -> None:
    script = NSI.read_text(encoding="utf-8")
    logs = [support.CRASHES, oplog.FILE, *(f"{oplog.FILE}.{n}" for n in range(1, oplog.KEPT + 1))]
    assert [name for name in logs if rf'Delete "$LOCALAPPDATA\huyouka\Logs\{name}"' not in script] == []
    assert f"operations.log.{oplog.KEPT + 1}" not in script


def test_the_icon_holds_every_size(tmp_path: Path, qapp: object) -> None:
    drawing = Path(__file__).parents[3] / "resources" / "icon" / "huyouka.svg"
    icon.make(drawing, tmp_path / "it.ico", tmp_path / "side.bmp")
    data = (tmp_path / "it.ico").read_bytes()
    kind, count = struct.unpack_from("<2xHH", data)
    entries = [struct.unpack_from("<BBxxxxHII", data, 6 + 16 * n) for n in range(count)]
    assert kind == 1
    assert [entry[0] or 256 for entry in entries] == list(icon.SIZES)
    assert [entry[2] for entry in entries] == [32] * count
    assert data[entries[-1][4] :].startswith(b"\x89PNG")
    assert sum(entry[3] for entry in entries) + entries[0][4] == len(data)
    assert (QImage(str(tmp_path / "side.bmp")).width(), QImage(str(tmp_path / "side.bmp")).height()) == (164, 314)


def test_a_small_picture_is_the_right_way_up() -> None:
    red, blue = b"\x00\x00\xff\xff", b"\xff\x00\x00\xff"
    image = QImage.fromData(icon.ico({2: icon.bitmap(2, [red * 2, blue * 2])}))
    assert [image.pixelColor(0, y).name() for y in range(2)] == ["#ff0000", "#0000ff"]
