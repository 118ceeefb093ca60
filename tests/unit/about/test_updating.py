"""What may be put over what, what is kept for the way back, and how each system is asked to install."""

from __future__ import annotations

import os
import stat
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from db.errors import Known
from db.store.backup import Backup
from db.store.clock import FixedClock
from desktop.about import hukup, launching, outside, updating
from desktop.about.hukup import Manifest
from desktop.about.kept import MOST, Kept, Update
from desktop.about.record import Backing
from desktop.about.updating import offered, older, ways_back
from tests.helpers.record import START
from tests.helpers.updates import CONTENT, SAID, deepin, here, make, said


def refused(call: object, *given: object) -> str:
    with pytest.raises(Known) as caught:
        call(*given)  # type: ignore[operator]
    return f"{caught.value.text}{caught.value.remedy}"


def test_only_a_newer_version_for_this_system_is_offered(tmp_path: Path) -> None:
    me = here(tmp_path)
    assert offered(me, make(tmp_path)).manifest == SAID
    assert "现在用的就是 0.1.0" in refused(offered, me, make(tmp_path, said(version="0.1.0")))
    old = refused(offered, me, make(tmp_path, said(version="0.0.9")))
    assert "比现在的 0.1.0 旧" in old
    assert "回到以前的版本" in old
    windows = said(platform="windows", installer="huyouka-0.2.0-setup.exe")
    assert "这个更新文件是给 Windows 用的，这台电脑是 统信UOS" in refused(offered, me, make(tmp_path, windows))
    far = said(version="0.9.0", oldest="0.5.0")
    assert "0.9.0 只能装在 0.5.0 以上的版本上" in refused(offered, me, make(tmp_path, far))


def test_from_elsewhere_only_an_older_version_is_taken_for_the_way_back(tmp_path: Path) -> None:
    me = here(tmp_path)
    assert older(me, make(tmp_path, said(version="0.0.9"))).manifest.version == "0.0.9"
    assert "不比现在的 0.1.0 旧" in refused(older, me, make(tmp_path))


def test_what_is_installed_is_the_copy_that_was_proven(tmp_path: Path) -> None:
    me = here(tmp_path, deepin)
    stick = make(tmp_path)
    chosen = offered(me, stick)
    kept, launch = updating.made_ready(me, chosen)
    assert kept.path.parent == me.shelf.folder
    installer = Path(launch.command[-1])
    assert installer.read_bytes() == CONTENT
    assert launch.command[0] == "/usr/bin/deepin-deb-installer"
    make(tmp_path, said(changes=("换过的",)))
    assert "换过" in refused(updating.made_ready, me, chosen)


def test_a_stick_changed_after_the_check_installs_nothing(tmp_path: Path) -> None:
    me = here(tmp_path, deepin)
    stick = make(tmp_path)
    chosen = offered(me, stick)
    whole = stick.read_bytes()
    stick.write_bytes(whole.replace(b"debian-binary an", b"debian-binary AN"))
    assert "已损坏" in refused(updating.made_ready, me, chosen)
    assert not (me.shelf.folder / "安装包").exists()


def test_a_bad_copy_never_takes_the_place_of_a_good_one(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = here(tmp_path, deepin)
    stick = make(tmp_path)
    kept = me.shelf.keep(stick, me.keys)
    other = tmp_path / "other"
    other.mkdir()
    good, looked = kept.path.read_bytes(), hukup.look

    def look_then_swap(path: Path, *given: Any) -> Manifest:
        found = looked(path, *given)
        path.write_bytes(swapped[-1])
        return found

    monkeypatch.setattr(hukup, "look", look_then_swap)
    swapped: list[bytes] = []
    for strange in (good[:-1], make(other, said(version="0.3.0")).read_bytes()):
        swapped.append(strange)
        stick.write_bytes(good)
        refused(me.shelf.keep, stick, me.keys)
        assert [path.read_bytes() for path in me.shelf.folder.iterdir()] == [good]


def test_the_installer_is_that_of_the_update_that_was_read_alone_in_a_folder_of_the_clerks_own(tmp_path: Path) -> None:
    me = here(tmp_path, deepin)
    kept = me.shelf.keep(make(tmp_path), me.keys)
    folder = me.shelf.folder / "安装包"
    (folder / "version.dll").mkdir(parents=True)
    (folder / "version.dll" / "planted").write_bytes(b"")
    installer = me.shelf.installer(kept, me.keys)
    assert list(folder.iterdir()) == [installer]
    if os.name == "posix":
        assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    kept.path.write_bytes(make(tmp_path, said(version="0.1.5")).read_bytes())
    assert "换过" in refused(me.shelf.installer, kept, me.keys)
    assert list(folder.iterdir()) == []


def test_an_update_gone_back_on_is_none_that_failed(tmp_path: Path) -> None:
    newer = here(tmp_path, version="0.2.0", revision=4)
    updating.remember(here(tmp_path), "0.2.0", None, None)
    updating.remember(newer, "0.1.0", None, None)
    assert updating.unfinished(here(tmp_path), newer.shelf.updates()) == ""
    assert "没有装成 0.1.0" in updating.unfinished(newer, newer.shelf.updates())
    swapped_in = Backup(tmp_path / "town-20260101-080000.huk", START, 1)
    updating.remember(newer, "0.1.0", tmp_path / "town.huk", swapped_in)
    said_so = updating.unfinished(newer, newer.shelf.updates())
    assert "没有退回 0.1.0，现在仍是 0.2.0" in said_so
    assert "档案已换成备份“town-20260101-080000.huk”" in said_so
    assert updating.unfinished(here(tmp_path), newer.shelf.updates()) == ""


def test_a_record_that_is_not_there_is_not_said_to_be_backed_up_or_kept_as_it_is(tmp_path: Path) -> None:
    away = tmp_path / "U盘" / "town.huk"
    backing = Backing(None, away, None, FixedClock(START))  # type: ignore[arg-type]
    assert (backing.record, backing.whole) == (None, False)
    assert "“town.huk”现在不在原处" in backing.told
    assert Backing(None, None, None, FixedClock(START)).told == "这台电脑上没有档案，不用备份"  # type: ignore[arg-type]
    me = here(tmp_path)
    me.shelf.keep(make(tmp_path, said(version="0.0.9", revision=2)), me.keys)
    assert [way.unseen for record in (away, None) for way in ways_back(me, record)] == [True, True]


def test_only_the_newest_few_stay_and_a_spoiled_one_is_passed_over(tmp_path: Path) -> None:
    me = here(tmp_path)
    for n in range(6):
        me.shelf.keep(make(tmp_path, said(version=f"0.0.{n + 1}")), me.keys)
    found = me.shelf.found(me.keys)
    assert [one.manifest.version for one in found] == ["0.0.6", "0.0.5", "0.0.4"][:MOST]
    found[0].path.write_bytes(found[0].path.read_bytes()[:-1])
    assert [one.manifest.version for one in me.shelf.found(me.keys)] == ["0.0.5", "0.0.4"]


def backup_at(record: Path, minutes: int) -> Path:
    at = START + timedelta(minutes=minutes)
    path = record.parent / "backups" / f"town-{at:%Y%m%d-%H%M%S}.huk"
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"a backup")
    return path


def test_the_way_back_keeps_the_record_when_its_form_is_the_same(tmp_path: Path) -> None:
    me, record = here(tmp_path), tmp_path / "town.huk"
    record.write_bytes(b"a record")
    me.shelf.keep(make(tmp_path, said(version="0.0.9", revision=3)), me.keys)
    (way,) = ways_back(me, record)
    assert (way.swaps, way.backup, way.problem) == (False, None, "")


def test_the_way_back_over_a_changed_form_takes_the_newest_backup_not_younger_than_the_update(tmp_path: Path) -> None:
    me, record = here(tmp_path), tmp_path / "town.huk"
    me.shelf.keep(make(tmp_path, said(version="0.0.9", revision=2)), me.keys)
    assert not ways_back(me, record)[0].swaps, "there is no record to lose"
    record.write_bytes(b"a record")
    assert "没有找到 0.0.9 那时的备份" in ways_back(me, record)[0].problem
    backup_at(record, 5)
    before, gone = backup_at(record, -60), backup_at(record, 0)
    assert ways_back(me, record)[0].problem, "no update is known: any backup may be of the newer form"
    me.shelf.remember(Update(START, "0.0.9", "0.1.0", 2, str(record), str(gone)))
    found = ways_back(me, record)[0]
    assert found.backup is not None
    assert found.backup.path == gone
    gone.unlink()
    thinned = ways_back(me, record)[0]
    assert thinned.backup is not None
    assert thinned.backup.path == before
    other = ways_back(me, tmp_path / "别的" / "town.huk")
    assert not other[0].swaps


def test_an_update_that_was_not_finished_is_told_next_time(tmp_path: Path) -> None:
    me = here(tmp_path)
    assert updating.unfinished(me, me.shelf.updates()) == ""
    updating.remember(me, "0.2.0", None, None)
    assert "没有装成 0.2.0，或者后来又换回来了，现在用的是 0.1.0" in updating.unfinished(me, me.shelf.updates())
    assert updating.unfinished(here(tmp_path, version="0.2.0"), me.shelf.updates()) == ""


def test_a_damaged_list_of_updates_is_an_empty_one(tmp_path: Path) -> None:
    me = here(tmp_path)
    updating.remember(me, "0.2.0", tmp_path / "town.huk", None)
    (one,) = me.shelf.updates()
    assert (one.before, one.after, one.record, one.backup) == ("0.1.0", "0.2.0", str(tmp_path / "town.huk"), "")
    listed = me.shelf.folder / "updates.json"
    good = listed.read_text()
    strange = (
        '[{"at": 1}]', "null", "[null]", good[:-2], good.replace("+08:00", ""),
        good.replace('"0.2.0"', '"newest"'), good.replace('"revision": 3', '"revision": "3"'), good.replace('"0.1.0"', "null"),
    )  # fmt: skip
    for text in strange:
        assert text != good
        listed.write_text(text)
        assert me.shelf.updates() == []


@pytest.mark.parametrize(
    ("there", "command"),
    [
        (("deepin-deb-installer", "kylin-installer", "xdg-open"), ("deepin-deb-installer",)),
        (("kylin-installer", "gdebi-gtk"), ("kylin-installer",)),
        (("gnome-software", "pkexec", "apt-get"), ("gnome-software", "--local-filename")),
        (("xdg-open", "pkexec", "apt-get"), ("xdg-open",)),
        (("pkexec", "apt-get"), ("pkexec", "/usr/bin/apt-get", "install", "--allow-downgrades", "-y")),
        (("pkexec",), ()),
    ],
)  # fmt: skip
def test_each_desktop_is_asked_in_its_own_way(there: tuple[str, ...], command: tuple[str, ...]) -> None:
    def find(name: str) -> str | None:
        return f"/usr/bin/{name}" if name in there else None

    installer = Path("/srv/村 长/更新/a.deb")
    launch = launching.plan(installer, "linux", find, lambda: "org.deepin.installer.desktop")
    assert launch.command == ((f"/usr/bin/{command[0]}", *command[1:], str(installer)) if command else ())
    assert "'/srv/村 长/更新/a.deb'" in launch.by_hand
    assert launch.told.endswith("。")


def test_an_archiver_is_no_installer() -> None:
    def find(name: str) -> str | None:
        return "/usr/bin/xdg-open" if name == "xdg-open" else None

    assert (
        launching.plan(Path("a.deb"), "linux", find, lambda: "org.gnome.FileRoller.file-roller.desktop").command == ()
    )
    assert launching.plan(Path("a.deb"), "linux", find, lambda: "").command == ()


def test_windows_installs_by_itself() -> None:
    assert launching.plan(Path("C:/a/setup.exe"), "windows").command[1:] == ("/S", "/RUN")


def test_other_programs_do_not_get_the_libraries_of_the_bundle() -> None:
    ours = {
        "LD_LIBRARY_PATH": "/opt/x/_internal",
        "LD_LIBRARY_PATH_ORIG": "/usr/lib/x",
        "QT_PLUGIN_PATH": "/opt/x",
        "_PYI_ARCHIVE_FILE": "/opt/x/huyouka",
        "A": "b",
    }
    assert outside.environment(ours, bundled=True) == {"LD_LIBRARY_PATH": "/usr/lib/x", "A": "b"}
    assert outside.environment({"LD_LIBRARY_PATH": "/opt/x"}, bundled=True) == {}
    assert outside.environment(ours, bundled=False) == ours


def test_a_program_is_started_and_one_that_is_not_there_is_told(tmp_path: Path) -> None:
    script, done = tmp_path / "安装.sh", tmp_path / "done"
    os.mkfifo(done)
    script.write_text(f'#!/bin/sh\necho "$1" > "{done}"\n')
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    assert outside.start((str(script), "𠮷 file"))
    assert done.read_text() == "𠮷 file\n"
    assert not outside.start((str(tmp_path / "none"),))


def test_a_full_disk_stops_before_anything_is_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    me = here(tmp_path)
    chosen = Kept(make(tmp_path), SAID)
    monkeypatch.setattr("db.store.files.shutil.disk_usage", lambda _: _Full)
    assert "只剩" in refused(updating.made_ready, me, chosen)
    assert me.shelf.found(me.keys) == []


class _Full:
    free = 1000
