"""关于, 打包日志, 更新程序 and 回到以前的版本 in front of a clerk: what they show, what they refuse, what the program does then."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import timedelta
from pathlib import Path

import pytest
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QFileDialog, QLabel, QWidget

from desktop.about import outside
from desktop.about.aboutdialog import AboutDialog
from desktop.about.backdialog import BackDialog
from desktop.about.hukup import NO_KEY
from desktop.about.kept import Update
from desktop.about.supportdialog import SupportDialog
from desktop.about.updatedialog import UpdateDialog
from desktop.app.program import Program
from desktop.app.wiring import Workplace
from tests.helpers import updates
from tests.helpers.program import Clerk
from tests.helpers.record import CLERK


@pytest.fixture
def program(clerk: Clerk) -> Program:
    """At the log-in of the town's record."""
    clerk.make_record()
    made = clerk.start(clerk.path)
    made.about.at(updates.here(clerk.folder, updates.deepin))
    return made


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, ...]]:
    """What was started outside instead of being started."""
    found: list[tuple[str, ...]] = []

    def start(command: tuple[str, ...]) -> bool:
        found.append(command)
        return True

    monkeypatch.setattr(outside, "start", start)
    return found


def home(program: Program) -> None:
    program.work.drain()
    if program.workplace is not None:
        program.workplace.office.work.drain()


def opened(program: Program, what: str) -> QDialog:
    made = program.about.open(what)
    home(program)
    return made


def update(program: Program, path: Path) -> UpdateDialog:
    made = opened(program, "update")
    assert isinstance(made, UpdateDialog)
    made.take(path)
    home(program)
    return made


def press_install(program: Program, dialog: UpdateDialog) -> None:
    dialog.install.click()
    for _ in range(4):  # the backup, the copy, the note: each comes home before the next begins
        home(program)


@pytest.mark.parametrize("logged_in", [False, True])
def test_the_button_of_the_help_opens_them_before_the_log_in_and_after(
    clerk: Clerk, program: Program, logged_in: bool
) -> None:
    button = clerk.log_in(program).shell.top.help if logged_in else program.entry.help
    for key, kind in (("about", AboutDialog), ("support", SupportDialog), ("update", UpdateDialog)):
        button.act(key).trigger()
        home(program)
        found = program.window.findChildren(kind)
        assert [dialog.isVisible() for dialog in found] == [True]
        found[0].close()
        home(program)
        QTest.qWait(1)


def test_about_says_versions_opens_folders_and_shows_licences(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.log_in(program)
    dialog = opened(program, "about")
    assert isinstance(dialog, AboutDialog)
    assert dialog.minimumSizeHint().height() < 400  # 1366 × 768 drawn at 150 % is 512 high
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    dialog.opening[0].click()
    assert started == [("/usr/bin/xdg-open", str(clerk.folder))]
    dialog.opening[1].click()
    assert "还没有这个文件夹" in dialog.banner.text()
    monkeypatch.setattr(shutil, "which", lambda _: None)
    dialog.opening[0].click()
    assert "没有找到文件管理器" in dialog.banner.text()
    dialog.copying[0].click()
    assert QGuiApplication.clipboard().text() == str(clerk.folder)
    dialog.copy.click()
    copied = QGuiApplication.clipboard().text()
    assert "户有卡：0." in copied
    assert "SQLCipher" in copied
    assert str(clerk.folder) not in copied
    assert dialog.table.count() > 20
    assert "Permission is hereby granted" in dialog.text.toPlainText()
    dialog.close()


def test_a_log_is_shown_before_it_is_saved_and_a_failure_is_said(
    clerk: Clerk, program: Program, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk.log_in(program)
    dialog = opened(program, "support")
    assert isinstance(dialog, SupportDialog)
    assert dialog.table.count() == 7
    dialog.table.table.go_to(4)
    assert "household：0 行" in dialog.preview.toPlainText()
    assert "全面校验：没有问题" in dialog.preview.toPlainText()
    missing = clerk.folder / "没有" / "日志.zip"
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(missing), ""))
    dialog.save.click()
    home(program)
    assert "不存在" in dialog.banner.text()
    monkeypatch.setattr(QFileDialog, "getSaveFileName", lambda *_: (str(clerk.folder / "日志"), ""))
    dialog.save.click()
    home(program)
    assert "已保存" in dialog.banner.text()
    with zipfile.ZipFile(clerk.folder / "日志.zip") as package:
        assert "档案.txt" in package.namelist()
        assert "do " in package.read("操作记录.log").decode() or "start" in package.read("操作记录.log").decode()
    dialog.close()


def test_before_the_log_in_a_log_has_no_rows(program: Program) -> None:
    dialog = opened(program, "support")
    assert isinstance(dialog, SupportDialog)
    dialog.table.table.go_to(4)
    assert "没有登录" in dialog.preview.toPlainText()
    dialog.close()


def test_a_copy_without_keys_says_so_and_takes_no_file(clerk: Clerk) -> None:
    made = clerk.start()
    dialog = opened(made, "update")
    assert isinstance(dialog, UpdateDialog)
    assert NO_KEY.text in dialog.banner.text()
    assert not dialog.choose.isEnabled()
    assert not dialog.back.isEnabled()
    dialog.take(updates.make(clerk.folder))
    home(made)
    assert NO_KEY.text in dialog.banner.text()
    assert dialog.install.isHidden()
    dialog.close()


def test_a_file_that_is_not_good_is_refused_in_one_sentence_and_offers_nothing(clerk: Clerk, program: Program) -> None:
    dialog = update(program, updates.make(clerk.folder, key=updates.OTHER))
    assert "不是本软件发布的，或者被改动过" in dialog.banner.text()
    assert dialog.install.isHidden()
    dialog.take(updates.make(clerk.folder, updates.said(version="0.0.9")))
    home(program)
    assert "比现在的 0.1.0 旧" in dialog.banner.text()
    dialog.take(updates.make(clerk.folder))
    home(program)
    assert dialog.banner.text() == ""
    assert dialog.install.isVisible()
    dialog.close()


def test_an_update_backs_up_closes_the_program_and_only_then_begins_the_installer(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]]
) -> None:
    place = clerk.log_in(program)
    dialog = update(program, updates.make(clerk.folder))
    assert dialog.install.text() == "备份并安装 0.2.0"
    press_install(program, dialog)
    home(program)
    assert not program.window.isVisible()
    assert started == [], "the record is still open"
    made = list((clerk.folder / "backups").glob("town-*.huk"))
    assert len(made) == 1, "the one before the update serves as the one on the way out"
    program.end()
    assert [command[0] for command in started] == ["/usr/bin/deepin-deb-installer"]
    assert Path(started[0][1]).read_bytes() == updates.CONTENT
    assert place.office.record.path == clerk.path
    (noted,) = updates.here(clerk.folder).shelf.updates()
    assert (noted.before, noted.after, noted.record, noted.backup) == ("0.1.0", "0.2.0", str(clerk.path), str(made[0]))
    clerk.door.open(clerk.path, CLERK.name, CLERK.password).close()


def test_before_the_log_in_the_pair_is_copied_as_it_is(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]]
) -> None:
    dialog = update(program, updates.make(clerk.folder))
    press_install(program, dialog)
    assert not program.window.isVisible()
    (made,) = (clerk.folder / "backups").glob("town-*.huk")
    assert made.read_bytes() == clerk.path.read_bytes()
    program.end()
    assert len(started) == 1


def test_without_a_backup_nothing_is_installed(clerk: Clerk, program: Program, started: list[tuple[str, ...]]) -> None:
    clerk.log_in(program)
    dialog = update(program, updates.make(clerk.folder))
    (clerk.folder / "backups").write_bytes(b"in the way")
    press_install(program, dialog)
    assert "没有备份" in dialog.banner.text()
    assert program.window.isVisible()
    assert not program.about.ready
    dialog.close()
    (clerk.folder / "backups").unlink()


def test_where_no_installer_is_found_the_command_for_the_administrator_is_told(clerk: Clerk, program: Program) -> None:
    clerk.log_in(program)
    program.about.at(updates.here(clerk.folder))
    dialog = update(program, updates.make(clerk.folder))
    press_install(program, dialog)
    assert program.window.isVisible()
    assert "请管理员" in dialog.banner.text()
    assert dialog.command.text().startswith("sudo apt-get install ")
    dialog.copy.click()
    assert QGuiApplication.clipboard().text() == dialog.command.text()
    dialog.close()


def test_closing_the_window_for_another_reason_installs_nothing(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    place = clerk.log_in(program)
    monkeypatch.setattr(place.shell, "may_close", lambda: False)
    dialog = update(program, updates.make(clerk.folder))
    press_install(program, dialog)
    assert program.window.isVisible()
    assert program.about.ready
    monkeypatch.setattr(place.shell, "may_close", lambda: True)
    program.window.close()
    home(program)
    program.end()
    assert started == []


def way_back(clerk: Clerk, program: Program, revision: int) -> None:
    """Version 0.0.9 is kept here; the update from it was made at the record's beginning."""
    here = updates.here(clerk.folder, updates.deepin)
    here.shelf.keep(updates.make(clerk.folder, updates.said(version="0.0.9", revision=revision)), here.keys)
    here.shelf.remember(Update(clerk.clock.now(), "0.0.9", "0.1.0", revision, str(clerk.path), ""))


def test_back_to_a_version_of_the_same_form_keeps_the_record(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]]
) -> None:
    clerk.log_in(program)
    way_back(clerk, program, 3)
    dialog = opened(program, "back")
    assert isinstance(dialog, BackDialog)
    assert dialog.go.text() == "退回 0.0.9"
    assert dialog.password.isHidden()
    dialog.go.click()
    for _ in range(3):
        home(program)
    program.end()
    assert started[0][1].endswith("cn.huyouka.register_0.0.9_amd64.deb")
    last = updates.here(clerk.folder).shelf.updates()[-1]
    assert (last.before, last.after) == ("0.1.0", "0.0.9")
    assert not list(clerk.folder.glob("*换下*"))


def test_back_over_a_changed_form_asks_to_leave_the_record_first(clerk: Clerk, program: Program) -> None:
    place = clerk.log_in(program)
    _backed_up(place)
    way_back(clerk, program, 2)
    dialog = opened(program, "back")
    assert isinstance(dialog, BackDialog)
    assert dialog.go.text() == "退出档案，到登录页去办"
    dialog.go.click()
    home(program)
    QTest.qWait(50)
    home(program)
    assert program.workplace is None
    assert program.entry.path == clerk.path


def test_back_over_a_changed_form_swaps_the_backup_in_and_keeps_the_newer_record(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]]
) -> None:
    record = clerk.door.open(clerk.path, CLERK.name, CLERK.password)
    from db.store.backup import backup

    made = backup(record)
    record.close()
    newer = clerk.path.read_bytes()
    way_back(clerk, program, 2)
    dialog = opened(program, "back")
    assert isinstance(dialog, BackDialog)
    assert dialog.box.itemText(0) == CLERK.name
    dialog.go.click()
    assert "请输入那天的密码" in dialog.password.fault.text()
    dialog.secret.setText("not it")
    _go(program, dialog)
    assert "密码" in dialog.banner.text()
    assert clerk.path.read_bytes() == newer
    dialog.secret.setText(CLERK.password)
    _go(program, dialog)
    assert "已是新版本的格式" in dialog.banner.text(), "this program's own form is newer than what the older one reads"
    assert clerk.path.read_bytes() == newer
    assert made.path.exists()
    assert started == []
    dialog.close()


def test_the_swap_itself(
    clerk: Clerk, program: Program, started: list[tuple[str, ...]], monkeypatch: pytest.MonkeyPatch
) -> None:
    record = clerk.door.open(clerk.path, CLERK.name, CLERK.password)
    _backed_up_record(record)
    record.close()
    clerk.clock.pass_time(timedelta(hours=1))
    way_back(clerk, program, 2)
    monkeypatch.setattr(type(clerk.door), "form_of", lambda *_: 2)
    newer = clerk.path.read_bytes()
    dialog = opened(program, "back")
    assert isinstance(dialog, BackDialog)
    dialog.secret.setText(CLERK.password)
    _go(program, dialog)
    assert not program.window.isVisible()
    program.end()
    assert len(started) == 1
    (aside,) = clerk.folder.glob("town-换下-*.huk")
    assert aside.read_bytes() == newer
    clerk.door.open(clerk.path, CLERK.name, CLERK.password).close()


def test_nothing_kept_and_no_backup_are_said(clerk: Clerk, program: Program, monkeypatch: pytest.MonkeyPatch) -> None:
    dialog = opened(program, "back")
    assert isinstance(dialog, BackDialog)
    assert dialog.empty.isVisible()
    assert not dialog.go.isEnabled()
    dialog.take(updates.make(clerk.folder))
    home(program)
    assert "不比现在的 0.1.0 旧" in dialog.banner.text()
    older = updates.make(clerk.folder, updates.said(version="0.0.9", revision=2))
    away = clerk.path.rename(clerk.folder / "away")
    dialog.take(older)
    home(program)
    assert "没有找到档案" in texts(dialog.told)
    assert "0.0.9 打不开新版本打开过的档案" in texts(dialog.told)
    away.rename(clerk.path)
    dialog.take(older)
    home(program)
    assert not dialog.go.isEnabled()
    assert dialog.pick.isVisible()
    record = clerk.door.open(clerk.path, CLERK.name, CLERK.password)
    path = _backed_up_record(record)
    record.close()
    copied = path.rename(clerk.folder / path.name)  # to a stick, long after
    copied.with_name(f"{copied.name}.keys").write_bytes(path.with_name(f"{path.name}.keys").read_bytes())
    os.utime(copied, (0, 0))
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_: (str(copied), ""))
    dialog.pick.click()
    assert f"换回 {clerk.clock.now():%Y-%m-%d %H:%M} 的备份" in texts(dialog.told)
    assert dialog.go.isEnabled()
    assert dialog.password.isVisible()
    dialog.close()


def texts(part: QWidget) -> str:
    return "\n".join(one.text() for one in part.findChildren(QLabel))


def _go(program: Program, dialog: BackDialog) -> None:
    dialog.go.click()
    for _ in range(3):
        home(program)


def _backed_up(place: Workplace) -> Path:
    return _backed_up_record(place.office.record)


def _backed_up_record(record: object) -> Path:
    from db.store.backup import backup

    return backup(record).path  # type: ignore[arg-type]
